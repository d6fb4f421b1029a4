/* Cases in which the short way once proved too much: by half a unit of the price's
 * second double, or beside under- and overflow.  It may decline them; where it is
 * done it must say what the long way says. */
#include "support.h"

#include "kernel/kernels.h"
#include "solve/fast.h"

enum { MOST = 9 };

static void agrees(const rm_view *v, double total)
{
    int64_t passes = 0;
    rm_watch watch = rm_watch_none(&passes);
    rm_row row = {total, total};
    rm_water expected, found;
    double wanted[MOST], x[MOST];
    rm_status status = rm_waterfill_solve(v, row, wanted, &watch, &expected);
    for (int level = 0; level < RM_LEVELS; level++) {
        int done;
        if (!rm_level_runs(level))
            continue;
        rm_level_force(level);
        assert_ok(rm_fast_solve(v, total, x, &watch, NULL, NULL, &found, &done));
        if (!done)
            continue;
        assert_status(status, RM_OK);
        assert_same(found.multiplier, expected.multiplier);
        assert_same(found.price.low, expected.price.low);
        for (int64_t i = 0; i < v->n; i++)
            assert_same(x[i], wanted[i]);
    }
    rm_level_force(-1);
}

/* One double of the price will do, but the second one, rounded up by half its unit,
 * looks as if it were needed. */
static void a_second_double_that_is_not_needed(void **state)
{
    (void)state;
    const double c = 13.0 / 128, low[] = {-INFINITY, -INFINITY};
    const double target[] = {c, -c}, price[] = {0x1p20, 0x1p20};
    agrees(&(rm_view){2, NULL, target, price, NULL, low, NULL}, 0.55 * 0x1p-52);
    const double small[] = {c * 0x1p-20, -c * 0x1p-20}, one[] = {1, 1};
    agrees(&(rm_view){2, NULL, small, one, NULL, low, NULL}, 0.55 * 0x1p-72);
}

/* Below a power of two the border of the next double lies inside a unit of the
 * second one. */
static void the_border_below_a_power_of_two(void **state)
{
    (void)state;
    const double target[] = {0x1p-20 + 1000 * 0x1p-72, -0x1p-20}, price[] = {1, 1}, low[] = {-INFINITY, -INFINITY};
    agrees(&(rm_view){2, NULL, target, price, NULL, low, NULL}, -260630.498 * 0x1p-72);
}

/* 1 / (2 w) overflows, but the weight is not 0. */
static void a_subnormal_weight_is_no_linear_cost(void **state)
{
    (void)state;
    const double weight[] = {0x1p-1025, 0.5}, coef[] = {0x1p-505, 1}, upper[] = {1.5 * 0x1p520, INFINITY};
    const double total = 1.5 * 0x1p15 + 1;
    double x[2], multiplier = 0;
    agrees(&(rm_view){2, weight, NULL, NULL, coef, NULL, upper}, total);
    assert_ok(rm_waterfill(2, weight, NULL, NULL, coef, NULL, upper, total, x, &multiplier, NULL));
    assert_same(multiplier, 0x1.7ffc000fffcp+1);
    assert_same(x[0], 0x1.7ffc000fffcp+520);
}

static void products_that_underflow(void **state)
{
    (void)state;
    const double weight[] = {0x1.3456789abcdefp-720}, coef[] = {0x1.23456789abcdep-550}, low[] = {-INFINITY};
    agrees(&(rm_view){1, weight, NULL, NULL, coef, low, NULL}, 0x1.7p-861);
    const double light[] = {0x1.e7370106284b1p-773}, thin[] = {0x1.065debe6f4813p-577};
    agrees(&(rm_view){1, light, NULL, NULL, thin, low, NULL}, 0x1.c8d3ad9b65b36p-666);
}

/* Bounds +0 and -0 leave one place; every lane and every level writes the same zero. */
static void a_zero_is_positive(void **state)
{
    (void)state;
    const double target[] = {1, 1, 1, 1, 1, 1, 1, 1, 1}, upper[] = {-0.0, 5, 5, 5, 5, 5, 5, 5, -0.0};
    rm_view v = {9, NULL, target, NULL, NULL, NULL, upper};
    const double totals[] = {6, 35, 0};
    for (int k = 0; k < 3; k++) {
        double x[MOST];
        agrees(&v, totals[k]);
        assert_ok(rm_waterfill(9, NULL, target, NULL, NULL, NULL, upper, totals[k], x, NULL, NULL));
        assert_same(x[0], 0.0);
        assert_same(x[8], 0.0);
    }
    /* Also one that is tied and filled up. */
    const double none[] = {0, 0}, one[] = {1, 1}, low[] = {-1, -1}, end[] = {-0.0, -0.0};
    double tied[2];
    assert_ok(rm_waterfill(2, none, NULL, one, NULL, low, end, -0.5, tied, NULL, NULL));
    assert_same(tied[0], 0.0);
    assert_same(tied[1], -0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_double_that_is_not_needed),
        cmocka_unit_test(the_border_below_a_power_of_two),
        cmocka_unit_test(a_subnormal_weight_is_no_linear_cost),
        cmocka_unit_test(products_that_underflow),
        cmocka_unit_test(a_zero_is_positive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

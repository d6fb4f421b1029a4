/* The pass over the variables says what the responses say. */
#include "instance.h"
#include "kernel/pass.h"

static rm_view view_of(const instance *t)
{
    rm_view v = {t->n, t->weight, t->target, t->price, t->coef, t->lower, t->upper};
    return v;
}

/* The sum of the responses, with the tests' own exact sum; 0 when infinite. */
static int sum_of_responses(const rm_view *v, double y, int end, double *sum, double *size)
{
    exact e = {0, {0}};
    *size = 0;
    for (int64_t i = 0; i < v->n; i++) {
        rm_cost c = rm_view_cost(v, i);
        double a = rm_view_coef(v, i);
        rm_response r;
        rm_cost_respond(&c, a * y, 0, 0, &r);
        double x = (a > 0) == (end > 0) ? r.high : r.low;
        if (a == 0)
            continue;
        if (isinf(x))
            return 0;
        exact_add_product(&e, a, x);
        *size += fabs(a) * (fabs(x) + (c.weight > 0 ? fabs(c.target) + (fabs(a * y) + fabs(c.price)) / c.weight : 0));
    }
    *sum = exact_value(&e);
    return 1;
}

static void sums_agree(void **state)
{
    (void)state;
    dice d = {1};
    for (int round = 0; round < 2000 / slowness(); round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, 60), round % KINDS);
        rm_view v = view_of(&t);
        double y = round % KINDS == TIED ? (double)(dice_below(&d, 5) - 2) / 2 : dice_wild(&d, 3), low, high, size;
        for (int precision = RM_COARSE; precision <= RM_PRECISE; precision++) {
            rm_tally tally;
            rm_tally_clear(&tally);
            rm_price price = {y, 0, 1};
            rm_tally_range(&tally, &v, 0, v.n, price, precision);
            if (sum_of_responses(&v, y, -1, &low, &size) && sum_of_responses(&v, y, 1, &high, &size)) {
                assert_false(tally.below || tally.above || tally.tied_below || tally.tied_above);
                assert_within(rm_sum_round(&tally.sum), low, 0x1p-48 * size);
                assert_within(rm_sum_round(&tally.tied), high - low, 0x1p-48 * size);
            } else {
                assert_true(tally.below || tally.above || tally.tied_below || tally.tied_above);
            }
        }
        instance_free(&t);
    }
}

static void parts_add_up_to_the_whole(void **state)
{
    (void)state;
    dice d = {2};
    for (int round = 0; round < 300; round++) {
        instance t = instance_random(&d, 100, round % KINDS);
        rm_view v = view_of(&t);
        rm_price y = {dice_wild(&d, 3), 0, 0};
        y.low = y.high * 0x1p-60;
        rm_tally whole, parts;
        rm_tally_clear(&whole);
        rm_tally_clear(&parts);
        rm_tally_range(&whole, &v, 0, 100, y, RM_PRECISE);
        int64_t cut = dice_below(&d, 101);
        rm_tally_range(&parts, &v, cut, 100, y, RM_PRECISE);
        rm_tally_range(&parts, &v, 0, cut, y, RM_PRECISE);
        rm_sum_subtract_sum(&whole.sum, &parts.sum);
        rm_sum_subtract_sum(&whole.tied, &parts.tied);
        rm_sum_subtract_sum(&whole.slope, &parts.slope);
        assert_int_equal(rm_sum_sign(&whole.sum), 0);
        assert_int_equal(rm_sum_sign(&whole.tied), 0);
        assert_int_equal(rm_sum_sign(&whole.slope), 0);
        assert_int_equal(whole.between, parts.between);
        assert_int_equal(whole.ties, parts.ties);
        assert_same(whole.reach, parts.reach);
        assert_same(whole.next_up, parts.next_up);
        assert_same(whole.next_down, parts.next_down);
        instance_free(&t);
    }
}

static void each_variable_stands_at_its_response(void **state)
{
    (void)state;
    dice d = {3};
    for (int round = 0; round < 500; round++) {
        instance t = instance_random(&d, 50, round % KINDS);
        rm_view v = view_of(&t);
        rm_price y = {round % KINDS == TIED ? (double)(dice_below(&d, 5) - 2) / 2 : dice_wild(&d, 3), 0, 1};
        int64_t between = 0, ties = 0;
        for (int64_t i = 0; i < v.n; i++) {
            rm_cost c = rm_view_cost(&v, i);
            double a = rm_view_coef(&v, i);
            rm_stand s = rm_cost_stand(&c, a, y);
            rm_response r;
            rm_cost_respond(&c, a * y.high, 0, 0, &r);
            assert_true(s.x >= c.lower && s.x <= c.upper);
            if (s.tied) {
                assert_true(r.low < r.high && s.x >= r.low && s.x <= r.high);
            } else if (c.weight > 0) {
                double size = fabs(c.target) + (fabs(a * y.high) + fabs(c.price)) / c.weight;
                assert_within(s.x, r.low, 0x1p-50 * size);
            } else if (a != 0) {
                assert_same(s.x, r.low);
            }
            between += s.between && a != 0;
            ties += s.tied;
        }
        rm_tally tally;
        rm_tally_clear(&tally);
        rm_tally_range(&tally, &v, 0, v.n, y, RM_PRECISE);
        assert_int_equal(tally.between, between);
        assert_int_equal(tally.ties, ties);
        instance_free(&t);
    }
}

static void infinite_prices_lead_to_the_ends(void **state)
{
    (void)state;
    const rm_cost quadratic = {3, 1, 2, -4, 5}, linear = {0, 1, 2, -4, 5};
    const rm_price up = {INFINITY, 0, 0}, down = {-INFINITY, 0, 0};
    assert_same(rm_cost_stand(&quadratic, 2, up).x, 5);
    assert_same(rm_cost_stand(&quadratic, -2, up).x, -4);
    assert_same(rm_cost_stand(&quadratic, 2, down).x, -4);
    assert_same(rm_cost_stand(&linear, -0.5, down).x, 5);
    assert_same(rm_cost_stand(&quadratic, 0, up).x, 2.0 / 3); /* in no row: its own best */
}

static void the_nearest_breakpoints_are_found(void **state)
{
    (void)state;
    const double weight[] = {1, 2, 0}, target[] = {0, 0, 0}, price[] = {0, 0, 7}, lower[] = {2, -9, 0},
                 upper[] = {5, -1, 3};
    rm_view v = {3, weight, target, price, NULL, lower, upper};
    rm_tally t;
    rm_tally_clear(&t);
    const rm_price zero = {0, 0, 1};
    rm_tally_range(&t, &v, 0, 3, zero, RM_PRECISE); /* 0 at 2 until 4; 1 at -1 from -4; 2 at 0 until 7 */
    assert_same(t.next_up, 4);
    assert_same(t.next_down, -4);
    assert_int_equal(t.between, 0);
    assert_same(rm_sum_round(&t.sum), 1);
}

static void a_second_double_decides_what_one_cannot(void **state)
{
    (void)state;
    const rm_cost c = {0.5, 0, 0, 1, 2}; /* x = y */
    rm_price y = {1, 0x1p-80, 0};
    assert_true(rm_cost_stand(&c, 1, y).between);
    assert_same(rm_cost_stand(&c, 1, y).x, 1);
    y.low = -0x1p-80;
    assert_false(rm_cost_stand(&c, 1, y).between);
    const rm_cost line = {0, 0, 3, 0, 8};
    y.high = 3;
    y.low = 0x1p-90;
    assert_same(rm_cost_stand(&line, 1, y).x, 8);
    y.jump = 1; /* its own price, and not the point between two doubles */
    assert_true(rm_cost_stand(&line, 1, y).tied);
    y.jump = 0;
    y.low = -0x1p-90;
    assert_same(rm_cost_stand(&line, 1, y).x, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_agree),
        cmocka_unit_test(parts_add_up_to_the_whole),
        cmocka_unit_test(each_variable_stands_at_its_response),
        cmocka_unit_test(infinite_prices_lead_to_the_ends),
        cmocka_unit_test(the_nearest_breakpoints_are_found),
        cmocka_unit_test(a_second_double_decides_what_one_cannot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

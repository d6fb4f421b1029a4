/* A variable's answer to a price, against looking everywhere. */
#include "cost/cost.h"
#include "support.h"

/* f(x) + p x + rho/2 (x - v)^2 - q x, in more digits than the library has. */
static long double total_cost(const rm_cost *c, double x, double q, double rho, double v)
{
    long double miss = (long double)x - c->target, pull = (long double)x - v;
    return c->weight * miss * miss + (long double)c->price * x + (long double)rho / 2 * pull * pull
           - (long double)q * x;
}

static rm_cost random_cost(dice *d, int linear)
{
    rm_cost c = {linear ? 0 : fabs(dice_eighths(d, 4)) + 0.125, dice_eighths(d, 5), dice_eighths(d, 5), 0, 0};
    c.lower = dice_below(d, 4) == 0 ? -INFINITY : dice_eighths(d, 8);
    c.upper = dice_below(d, 4) == 0 ? INFINITY : (isinf(c.lower) ? 0 : c.lower) + fabs(dice_eighths(d, 8));
    return c;
}

/* No point of a fine grid over the domain costs less than the answer. */
static void beats_the_grid(const rm_cost *c, double q, double rho, double v, const rm_response *r)
{
    enum { STEPS = 2000 };
    double low = fmax(c->lower, -60), high = fmin(c->upper, 60);
    long double best = total_cost(c, r->low, q, rho, v);
    for (int k = 0; k <= STEPS; k++) {
        double x = low + (high - low) * k / STEPS;
        long double other = total_cost(c, x, q, rho, v);
        assert_true(other >= best - 1e-12L * (1 + fabsl(best)));
    }
}

static void a_pull_gives_one_answer(void **state)
{
    (void)state;
    dice d = {1};
    for (int round = 0; round < 1000 / slowness(); round++) {
        rm_cost c = random_cost(&d, round % 2);
        double q = dice_eighths(&d, 20), rho = fabs(dice_eighths(&d, 3)) + 0.125, v = dice_eighths(&d, 10);
        rm_response r;
        rm_cost_respond(&c, q, rho, v, &r);
        assert_same(r.low, r.high);
        assert_true(r.low >= c.lower && r.low <= c.upper);
        beats_the_grid(&c, q, rho, v, &r);
        /* Stationary, or pushed against a bound. */
        double slope = 2 * c.weight * (r.low - c.target) + c.price + rho * (r.low - v) - q;
        if (r.low > c.lower && r.low < c.upper) {
            assert_within(slope, 0, 1e-12);
            assert_near(r.slope, 1 / (2 * c.weight + rho), 1);
        } else {
            assert_same(r.slope, 0);
            assert_true(c.lower == c.upper || (r.low == c.lower ? slope >= -1e-12 : slope <= 1e-12));
        }
    }
}

static void without_a_pull_quadratic(void **state)
{
    (void)state;
    dice d = {2};
    for (int round = 0; round < 1000 / slowness(); round++) {
        rm_cost c = random_cost(&d, 0);
        double q = dice_eighths(&d, 20);
        rm_response r;
        rm_cost_respond(&c, q, 0, 123, &r); /* where the pull would go is of no matter */
        assert_same(r.low, r.high);
        double free_x = c.target + (q - c.price) / (2 * c.weight);
        assert_same(r.low, fmin(fmax(free_x, c.lower), c.upper));
        assert_same(r.slope, free_x > c.lower && free_x < c.upper ? 1 / (2 * c.weight) : 0);
        beats_the_grid(&c, q, 0, 0, &r);
    }
}

static void without_a_pull_linear(void **state)
{
    (void)state;
    const double inf = INFINITY;
    const struct {
        rm_cost c;
        double q, low, high;
    } row[] = {
        {{0, 9, 2, -1, 5}, 1, -1, -1},     {{0, 9, 2, -1, 5}, 2, -1, 5},   {{0, 9, 2, -1, 5}, 3, 5, 5},
        {{0, 9, 2, -inf, inf}, 1, -inf, -inf}, {{0, 9, 2, -inf, inf}, 2, -inf, inf},
        {{0, 9, 2, -inf, inf}, 3, inf, inf},   {{0, 9, 2, 4, 4}, 1, 4, 4},
        {{0, 9, 2, 4, 4}, 3, 4, 4},
    };
    for (int64_t k = 0; k < COUNT_OF(row); k++) {
        rm_response r;
        rm_cost_respond(&row[k].c, row[k].q, 0, 0, &r);
        assert_same(r.low, row[k].low);
        assert_same(r.high, row[k].high);
        assert_same(r.slope, 0);
        assert_same(r.first, 2);
        assert_same(r.second, 0);
        if (isfinite(r.low))
            assert_same(r.value, 2 * r.low);
    }
}

static void value_and_derivatives_are_of_the_cost(void **state)
{
    (void)state;
    dice d = {3};
    for (int round = 0; round < 2000; round++) {
        rm_cost c = random_cost(&d, 0);
        rm_response r;
        rm_cost_respond(&c, dice_eighths(&d, 20), 0.5, dice_eighths(&d, 10), &r);
        double miss = r.low - c.target;
        double size = c.weight * miss * miss + fabs(c.price * r.low);
        assert_within(r.value, c.weight * miss * miss + c.price * r.low, 1e-13 * (1 + size));
        assert_within(r.first, 2 * c.weight * miss + c.price, 1e-13 * (1 + fabs(c.price) + fabs(r.first)));
        assert_same(r.second, 2 * c.weight);
    }
}

static void answers_never_fall_as_the_price_rises(void **state)
{
    (void)state;
    dice d = {4};
    for (int round = 0; round < 300; round++) {
        rm_cost c = random_cost(&d, round % 3 == 0);
        double rho = round % 2 ? 0 : 0.25, last = -INFINITY;
        for (double q = -30; q <= 30; q += 0.25) {
            rm_response r;
            rm_cost_respond(&c, q, rho, 1, &r);
            assert_true(r.low >= last && r.high >= r.low);
            last = r.high;
        }
    }
}

static void values_are_summed_with_more_than_a_double(void **state)
{
    (void)state;
    dice d = {5};
    for (int round = 0; round < 20000; round++) {
        rm_cost c = {fabs(dice_wild(&d, 10)), dice_wild(&d, 10), dice_wild(&d, 10), -INFINITY, INFINITY};
        double x = dice_wild(&d, 10);
        if (round % 2) /* x - t is exact */
            x = c.target + ldexp((double)dice_below(&d, 1000), -30);
        rm_sum value, error;
        rm_sum_clear(&value);
        rm_sum_clear(&error);
        assert_same(rm_cost_add_value(&c, x, &value, &error), 0);
        /* Less w x x - 2 w t x + w t t + p x, exactly, from products of two products. */
        const double factor[4][3] = {{c.weight, x, x}, {-2 * c.weight, c.target, x}, {c.weight, c.target, c.target},
                                     {1, c.price, x}};
        rm_sum off = value;
        double shown = rm_sum_round(&value);
        exact rest = {0, {0}};
        for (int k = 0; k < 4; k++) {
            double high = factor[k][0] * factor[k][1], low = fma(factor[k][0], factor[k][1], -high);
            rm_sum_add_product(&off, -high, factor[k][2]);
            rm_sum_add_product(&off, -low, factor[k][2]);
            exact_add_product(&rest, high, factor[k][2]);
            exact_add_product(&rest, low, factor[k][2]);
        }
        assert_near(shown, exact_value(&rest), 2);
        double most = rm_sum_round(&error);
        assert_true(fabs(rm_sum_round(&off)) <= 0x1p-10 * most); /* the bound is a thousand times what is needed */
        assert_true(most <= 0x1p-89 * c.weight * (x - c.target) * (x - c.target));
    }
}

static void values_overflow_to_infinity(void **state)
{
    (void)state;
    rm_sum value, error;
    rm_sum_clear(&value);
    rm_sum_clear(&error);
    const rm_cost square = {1, 0, 0, -INFINITY, INFINITY}, line = {0, 0, 1e300, -INFINITY, INFINITY};
    assert_same(rm_cost_add_value(&square, 1e200, &value, &error), INFINITY);
    assert_same(rm_cost_add_value(&line, 1e200, &value, &error), INFINITY);
    assert_same(rm_cost_add_value(&line, -1e200, &value, &error), -INFINITY);
    assert_int_equal(rm_sum_sign(&value), 0);
    assert_int_equal(rm_sum_sign(&error), 0);
}

static void breakpoints_are_where_a_variable_starts_to_move(void **state)
{
    (void)state;
    dice d = {6};
    for (int round = 0; round < 5000; round++) {
        int linear = round % 4 == 0;
        rm_cost c = {linear ? 0 : fabs(dice_wild(&d, 6)), dice_wild(&d, 6), dice_wild(&d, 6), 0, 0};
        double x = dice_wild(&d, 6), a = dice_wild(&d, 6), rest;
        double b = rm_cost_breakpoint(&c, x, a, &rest);
        assert_true(fabs(rest) <= 0x1p-52 * fabs(b));
        /* a (b + rest) = 2 w (x - t) + p, to 2^-100 of the largest term. */
        exact e = {0, {0}};
        exact_add_product(&e, 2 * c.weight, x);
        exact_add_product(&e, -2 * c.weight, c.target);
        exact_add(&e, c.price);
        exact_add_product(&e, -a, b);
        exact_add_product(&e, -a, rest);
        assert_true(fabs(exact_value(&e)) <= 0x1p-100 * (2 * c.weight * (fabs(x) + fabs(c.target)) + fabs(c.price)));
    }
    double rest;
    const rm_cost plain = {2, 3, 1, 0, 4};
    assert_same(rm_cost_breakpoint(&plain, 4, 2, &rest), 2.5);
    assert_same(rest, 0);
}

static void reduced_costs_have_the_exact_sign(void **state)
{
    (void)state;
    dice d = {7};
    for (int round = 0; round < 20000; round++) {
        rm_cost c = {round % 5 ? fabs(dice_wild(&d, 4)) : 0, dice_wild(&d, 4), 0, -INFINITY, INFINITY};
        double x = dice_wild(&d, 4), a = dice_wild(&d, 4), y = dice_wild(&d, 4), y_low = y * 0x1p-54, size;
        c.price = a * y - 2 * c.weight * (x - c.target); /* nearly stationary */
        exact e = {0, {0}};
        exact_add_product(&e, 2 * c.weight, x);
        exact_add_product(&e, -2 * c.weight, c.target);
        exact_add(&e, c.price);
        exact_add_product(&e, -a, y);
        exact_add_product(&e, -a, y_low);
        double d_i = rm_cost_reduced(&c, x, a, y, y_low, &size);
        assert_near(d_i, exact_value(&e), 2);
        assert_near(size, 2 * c.weight * (fabs(x) + fabs(c.target)) + fabs(c.price) + fabs(a * y), 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pull_gives_one_answer),
        cmocka_unit_test(without_a_pull_quadratic),
        cmocka_unit_test(without_a_pull_linear),
        cmocka_unit_test(value_and_derivatives_are_of_the_cost),
        cmocka_unit_test(answers_never_fall_as_the_price_rises),
        cmocka_unit_test(values_are_summed_with_more_than_a_double),
        cmocka_unit_test(values_overflow_to_infinity),
        cmocka_unit_test(breakpoints_are_where_a_variable_starts_to_move),
        cmocka_unit_test(reduced_costs_have_the_exact_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The responses of the curved families, with a pull and without: where they stand, how they
 * move, and what f, f' and f'' are, beside differences of f. */
#include "support.h"

#include "cost/answer.h"

static rm_cost draw(dice *d)
{
    rm_cost c = {.weight = dice_between(d, 0.25, 4), .target = dice_between(d, 0.5, 3), .price = dice_between(d, -1, 1),
                 .lower = -INFINITY, .upper = INFINITY, .shape = dice_between(d, 0.25, 6),
                 .family = RM_FAMILY_LOG + (int)dice_below(d, 4)};
    if (dice_below(d, 3) == 0)
        c.shape = 1;
    if (dice_below(d, 2))
        c.upper = dice_between(d, 0, 3);
    if (dice_below(d, 2))
        c.lower = dice_between(d, -1, 0);
    rm_cost_clip(&c);
    return c;
}

/* f' + p + rho (x - v) - q: of the sign of how far x is beyond the response. */
static double beyond(const rm_cost *c, double x, double q, double rho, double v)
{
    return rm_cost_marginal(c, x) + (rho > 0 ? rho * (x - v) : 0) - q;
}

static void responses_stand_where_the_slope_turns(void **state)
{
    (void)state;
    dice d = {61};
    for (int round = 0; round < 20000; round++) {
        rm_cost c = draw(&d);
        double q = dice_between(&d, -3, 3), v = dice_between(&d, -3, 6);
        double rho = round % 3 ? dice_between(&d, 0.01, 3) : 0;
        rm_response r;
        rm_cost_respond(&c, q, rho, v, &r);
        assert_same(r.low, r.high);
        if (isinf(r.low)) { /* a log at a price above its own */
            assert_true(rho == 0 && q >= c.price && c.family <= RM_FAMILY_ALPHA);
            continue;
        }
        double step = 1e-9 * (1 + fabs(r.low));
        assert_true(r.low >= c.lower && r.low <= c.upper);
        if (r.low - step > c.lower)
            assert_true(beyond(&c, r.low - step, q, rho, v) < 0);
        if (r.low + step < c.upper)
            assert_true(beyond(&c, r.low + step, q, rho, v) > 0);
    }
}

static void responses_move_by_their_slope_and_never_fall(void **state)
{
    (void)state;
    dice d = {62};
    for (int round = 0; round < 5000; round++) {
        rm_cost c = draw(&d);
        double rho = round % 2 ? dice_between(&d, 0.01, 3) : 0, v = dice_between(&d, -3, 6), last = -INFINITY;
        double q = -4;
        for (int k = 0; k < 20; k++, q += 0.25) {
            rm_response r, next;
            rm_cost_respond(&c, q, rho, v, &r);
            rm_cost_respond(&c, q + 1e-6, rho, v, &next);
            assert_true(r.low >= last || r.low >= last - 1e-12 * fabs(last));
            last = r.low;
            if (r.slope == 0 || next.slope == 0 || isinf(next.low))
                continue;
            double moved = (next.low - r.low) / 1e-6;
            assert_within(moved, (r.slope + next.slope) / 2, 1e-3 * (r.slope + next.slope) + 1e-8 * (1 + fabs(r.low)));
        }
    }
}

static void value_and_derivatives_are_of_one_function(void **state)
{
    (void)state;
    dice d = {63};
    for (int round = 0; round < 20000; round++) {
        rm_cost c = draw(&d);
        double low, high, h = 1e-5, value[3];
        int open;
        rm_response r;
        rm_cost_domain(&c, &low, &high, &open);
        double x = fmax(low, -1) + dice_between(&d, 0.1, 0.9) * (fmin(high, 3) - fmax(low, -1));
        for (int k = -1; k <= 1; k++) {
            rm_sum sum, error;
            rm_sum_clear(&sum);
            rm_sum_clear(&error);
            assert_same(rm_cost_add_value(&c, x + k * h, &sum, &error), 0);
            value[k + 1] = rm_sum_round(&sum);
        }
        /* At x the response to f'(x) + p is x. */
        double q = rm_cost_marginal(&c, x), first = (value[2] - value[0]) / (2 * h);
        c.lower = low;
        c.upper = high;
        rm_cost_respond(&c, q, 0, 0, &r);
        double size = 1 + fabs(q) + fabs(r.second);
        assert_within(r.low, x, 1e-11 * (1 + 1 / r.second));
        assert_within(first, q, 1e-4 * size * size);
        assert_within(r.value, value[1], 1e-9 * (1 + fabs(value[1])));
        assert_within(r.first, q, 1e-9 * size);
        assert_within((value[2] - 2 * value[1] + value[0]) / (h * h), r.second,
                      1e-3 * size * size + 1e-5 * size * size * size);
    }
}

/* alpha = 1 is the log, and its neighbours are near it. */
static void alpha_one_is_the_log(void **state)
{
    (void)state;
    rm_cost log_cost = {.weight = 2, .target = 0.5, .lower = -0.5, .upper = INFINITY, .family = RM_FAMILY_LOG};
    rm_cost same = log_cost, near = log_cost;
    same.family = near.family = RM_FAMILY_ALPHA;
    same.shape = 1;
    near.shape = 1 + 1e-9;
    for (double x = 0; x < 5; x += 0.37) {
        rm_response a, b, c;
        double q = rm_cost_marginal(&log_cost, x);
        rm_cost_respond(&log_cost, q, 0, 0, &a);
        rm_cost_respond(&same, q, 0, 0, &b);
        rm_cost_respond(&near, q, 0, 0, &c);
        assert_same(a.low, b.low);
        assert_near(a.value, b.value, 4);
        assert_within(a.low, c.low, 1e-7);
        assert_within(a.value, c.value, 1e-7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(responses_stand_where_the_slope_turns),
        cmocka_unit_test(responses_move_by_their_slope_and_never_fall),
        cmocka_unit_test(value_and_derivatives_are_of_one_function),
        cmocka_unit_test(alpha_one_is_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

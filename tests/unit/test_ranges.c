/* One-sided prices and how far they hold, against solving nearby. */
#include "instance.h"

typedef struct ranges {
    double dual, low, high, from, to;
} ranges;

static ranges ranges_of(rm_problem *p)
{
    ranges r;
    assert_ok(rm_problem_get_row_duals(p, 1, NULL, &r.dual));
    assert_ok(rm_problem_get_row_ranges(p, 1, NULL, &r.low, &r.high, &r.from, &r.to));
    assert_true(r.low <= r.dual && r.dual <= r.high);
    assert_true(r.from <= r.to);
    return r;
}

static rm_problem *two(double lower, double upper)
{
    rm_problem *p = NULL;
    const double t[] = {1, 2}, up[] = {4, 4};
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, NULL, t, NULL));
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, up));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, lower, upper, NULL));
    return p;
}

static void check(double lower, double upper, double dual, double low, double high, double from, double to)
{
    rm_problem *p = two(lower, upper);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    ranges r = ranges_of(p);
    assert_same(r.dual, dual);
    assert_same(r.low, low);
    assert_same(r.high, high);
    assert_same(r.from, from);
    assert_same(r.to, to);
    rm_problem_destroy(p);
}

/* x = (1, 2) + y / 2, within [0, 4]: at totals 0..1 only the second moves, at
 * 1..7 both, at 7..8 only the first. */
static void known_pieces(void **state)
{
    (void)state;
    check(5, 5, 2, 2, 2, 1, 7);
    check(3, 3, 0, 0, 0, 1, 7);
    check(0.5, 0.5, -3, -3, -3, 0, 1);
    check(7.5, 7.5, 5, 5, 5, 7, 8);
    check(8, 8, 6, 6, INFINITY, 8, 8); /* nobody is between: only there */
    check(0, 0, -4, -INFINITY, -4, 0, 0);
    check(2, 4, 0, 0, 0, 3, 3);   /* does not bind: price 0 gives 3 */
    check(5, 9, 2, 2, 2, 1, 7);
    check(-1, 2, -1, -1, -1, 1, 7);
}

static void linear_pieces(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double w[] = {0, 0}, price[] = {1, 3}, up[] = {4, 4};
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, w, NULL, price));
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, up));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 2, 2, NULL));
    static const struct {
        double total, dual, low, high, from, to;
    } row[] = {{2, 1, 1, 1, 0, 4}, {6, 3, 3, 3, 4, 8}, {4, 1, 1, 3, 4, 4}, {8, 3, 3, INFINITY, 8, 8},
               {0, 1, -INFINITY, 1, 0, 0}};
    for (int64_t k = 0; k < COUNT_OF(row); k++) {
        const double open[] = {-INFINITY, INFINITY};
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, open, open + 1));
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &row[k].total, &row[k].total));
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        ranges r = ranges_of(p);
        assert_same(r.dual, row[k].dual);
        assert_same(r.low, row[k].low);
        assert_same(r.high, row[k].high);
        assert_same(r.from, row[k].from);
        assert_same(r.to, row[k].to);
    }
    rm_problem_destroy(p);
}

static double objective_at(rm_problem *p, double total)
{
    const double open[] = {-INFINITY, INFINITY};
    double v;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, open, open + 1));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &total, &total));
    rm_status status = rm_problem_solve(p, RM_SOLVER_AUTO);
    if (status == RM_INFEASIBLE)
        return INFINITY;
    assert_status(status, RM_OK);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &v));
    return v;
}

/* The one-sided prices are the slopes of the optimum; the price is affine in
 * the total between the two sides. */
static void prices_are_derivatives(void **state)
{
    (void)state;
    dice d = {1};
    int compared = 0;
    for (int round = 0; round < 300; round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, 8), round % 2 ? PLAIN : TIED);
        rm_problem *p = instance_problem(&t, NULL, NULL);
        rm_status status = rm_problem_solve(p, RM_SOLVER_AUTO);
        if (status == RM_OK) {
            const double h = 0x1p-16;
            ranges r = ranges_of(p);
            double here, left, right, curve = 0;
            assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &here));
            for (int64_t i = 0; i < t.n; i++) /* no piece of the optimum is more curved than the sum */
                curve += t.coef[i] != 0 ? t.weight[i] / (t.coef[i] * t.coef[i]) : 0;
            double slack = 2 * h * curve + 1e-6 * (1 + fabs(here));
            left = objective_at(p, t.total - h);
            right = objective_at(p, t.total + h);
            if (isinf(r.low))
                assert_same(left, INFINITY);
            else
                assert_within((here - left) / h, r.low, slack);
            if (isinf(r.high))
                assert_same(right, INFINITY);
            else
                assert_within((right - here) / h, r.high, slack);
            compared++;
            double from = fmax(r.from, t.total - 100), to = fmin(r.to, t.total + 100);
            if (to > from && from < t.total && t.total < to) { /* affine: the price half-way is half-way */
                double price[3];
                for (int k = 0; k < 3; k++) {
                    objective_at(p, from + (to - from) * (k + 1) / 4);
                    assert_ok(rm_problem_get_row_duals(p, 1, NULL, &price[k]));
                }
                assert_within(price[0] + price[2], 2 * price[1], 1e-9 * (1 + fabs(price[0]) + fabs(price[2])));
            }
        }
        rm_problem_destroy(p);
        instance_free(&t);
    }
    assert_true(compared > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_pieces),
        cmocka_unit_test(linear_pieces),
        cmocka_unit_test(prices_are_derivatives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Costs of every family through the handle: what is refused, what a change of family does to
 * the numbers, known answers, and outcomes at the edges of a domain. */
#include "snapshot.h"

static rm_problem *problem(int64_t n, double total)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, n, NULL, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, total, total, NULL));
    return p;
}

/* Solves; x and the multiplier must be these. */
static void must_answer(rm_problem *p, int64_t n, const double *x, double y)
{
    double got[8], dual, residual;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, n, NULL, got));
    assert_ok(rm_problem_get_row_duals(p, 1, NULL, &dual));
    for (int64_t i = 0; i < n; i++)
        assert_near(got[i], x[i], 4);
    assert_near(dual, y, 2);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_DUAL_RESIDUAL, &residual));
    assert_true(residual < 0x1p-50);
}

/* --- known answers ---------------------------------------------------------------- */

static void water_over_channels(void **state)
{
    (void)state;
    const double shift[] = {0.8, 1, 1.2};
    /* The level is 4/3: 0.8 and 1.2, as they are rounded, add up to 2.  The last x is 2/15 and what
     * 1.2 was rounded by. */
    const double x[] = {8.0 / 15, 1.0 / 3, 0x1.1111111111113p-3};
    rm_problem *p = problem(3, 1);
    assert_ok(rm_problem_set_log(p, 3, NULL, NULL, shift));
    must_answer(p, 3, x, -0.75);
    const double half = 0.5, other[] = {0.75, 1, 1.25}; /* no power for the worst channel: the level is 9/8 */
    assert_ok(rm_problem_set_log(p, 3, NULL, NULL, other));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &half, &half));
    must_answer(p, 3, (const double[]){0.375, 0.125, 0}, -8.0 / 9);
    rm_problem_destroy(p);
}

static void proportional_shares(void **state)
{
    (void)state;
    const double weight[] = {1, 2, 5}, alpha[] = {1, 1, 1}, two[] = {2, 2, 2}, square[] = {1, 4, 25};
    rm_problem *p = problem(3, 16);
    assert_ok(rm_problem_set_log(p, 3, NULL, weight, NULL));
    must_answer(p, 3, (const double[]){2, 4, 10}, -0.5);
    assert_ok(rm_problem_set_alpha_fair(p, 3, NULL, weight, NULL, alpha));
    must_answer(p, 3, (const double[]){2, 4, 10}, -0.5);
    assert_ok(rm_problem_set_alpha_fair(p, 3, NULL, square, NULL, two));
    must_answer(p, 3, (const double[]){2, 4, 10}, -0.25);
    rm_problem_destroy(p);
}

static void shares_by_one_factor(void **state)
{
    (void)state;
    const double target[] = {1, 2, 3}, none = 0;
    rm_problem *p = problem(3, 6);
    assert_ok(rm_problem_set_entropy(p, 3, NULL, NULL, target));
    must_answer(p, 3, target, 0);
    const double twelve = 12;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &twelve, &twelve));
    must_answer(p, 3, (const double[]){2, 4, 6}, log(2));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &none, &none)); /* its price is minus infinity */
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INACCURATE);
    rm_problem_destroy(p);
}

static void requests_over_servers(void **state)
{
    (void)state;
    const double capacity[] = {9, 4, 1};
    rm_problem *p = problem(3, 8);
    assert_ok(rm_problem_set_queue(p, 3, NULL, NULL, capacity));
    /* c - x is in proportion to the square root of c; the slowest serves nobody. */
    must_answer(p, 3, (const double[]){6, 2, 0}, 1);
    rm_problem_destroy(p);
}

static void a_mix(void **state)
{
    (void)state;
    const int64_t at[] = {0, 1, 2, 3};
    const double one = 1, four = 4, half = 0.5, price = -1.5;
    rm_problem *p = problem(4, 9.5);
    /* At the multiplier -1/2: -2 / x, 4 / (4 - x)^2 - 3/2, x - 4 and 2 x. */
    const double two = 2;
    assert_ok(rm_problem_set_log(p, 1, &at[0], &two, NULL));
    assert_ok(rm_problem_set_queue(p, 1, &at[1], &one, &four));
    assert_ok(rm_problem_set_price(p, 1, &at[1], &price));
    assert_ok(rm_problem_set_quadratic(p, 1, &at[2], &half, &four, NULL));
    must_answer(p, 4, (const double[]){4, 2, 3.5, 0}, -0.5);
    rm_problem_destroy(p);
}

/* --- numbers ------------------------------------------------------------------------ */

static void a_change_of_family_brings_its_defaults(void **state)
{
    (void)state;
    const double weight[] = {3, 3}, target[] = {5, 7}, shift[] = {1, 2}, price[] = {0.5, -0.5};
    rm_problem *p = problem(2, 12), *plain = problem(2, 12);
    double x[2], y[2];
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, weight, target, price));
    assert_ok(rm_problem_set_log(p, 2, NULL, NULL, shift)); /* weight 1, not 3; the price stays */
    assert_ok(rm_problem_set_log(p, 2, NULL, weight, NULL)); /* the shift stays */
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2, NULL, x));
    assert_within(3 / (x[0] + 1) - 3 / (x[1] + 2), 1, 1e-12);
    assert_ok(rm_problem_set_queue(p, 2, NULL, NULL, target));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE); /* capacities 5 and 7 */
    /* Back to the quadratic one: weight 1, target 0, the price as it was. */
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, NULL, NULL, NULL));
    assert_ok(rm_problem_set_price(plain, 2, NULL, price));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_solve(plain, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2, NULL, x));
    assert_ok(rm_problem_get_solution(plain, 2, NULL, y));
    assert_same_array(x, y, 2);
    rm_problem_destroy(p);
    rm_problem_destroy(plain);
}

static void families_move_with_their_variables(void **state)
{
    (void)state;
    const double capacity[] = {9, 4, 1}, alpha[] = {2};
    const int64_t first = 0, last = 3;
    rm_problem *p = problem(4, 8), *copy;
    assert_ok(rm_problem_set_queue(p, 3, (const int64_t[]){1, 2, 3}, NULL, capacity));
    assert_ok(rm_problem_set_alpha_fair(p, 1, &first, NULL, NULL, alpha));
    assert_ok(rm_problem_remove_variables(p, 1, &first));
    must_answer(p, 4, (const double[]){0, 6, 2, 0}, 1);
    assert_ok(rm_problem_compact(p, 4, NULL));
    must_answer(p, 3, (const double[]){6, 2, 0}, 1);
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
    assert_ok(rm_problem_add_variables(p, 1, NULL)); /* quadratic: it takes what costs less than 2 x */
    assert_ok(rm_problem_set_bounds(p, 1, &last, NULL, &(const double){0}));
    must_answer(p, 4, (const double[]){6, 2, 0, 0}, 1);
    must_answer(copy, 3, (const double[]){6, 2, 0}, 1);
    rm_problem_destroy(p);
    rm_problem_destroy(copy);
}

/* --- what is refused ------------------------------------------------------------------ */

static void numbers_out_of_range(void **state)
{
    (void)state;
    const double nan = NAN, minus = -1, none = 0, inf = INFINITY, one = 1;
    const int64_t i = 1;
    rm_problem *p = problem(3, 1);
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 1, "gpu-b"));
    assert_refused(p, RM_ERROR_NAN, rm_problem_set_log(p, 1, &i, &nan, NULL), "rm_problem_set_log", "weight[0]",
                   "variable 1 ('gpu-b')");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_log(p, 1, &i, &minus, NULL), "weight[0]", "not negative");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_log(p, 1, &i, NULL, &inf), "shift[0]", "finite");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_alpha_fair(p, 1, &i, NULL, NULL, &none), "alpha[0]", "above 0");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_entropy(p, 1, &i, &one, &minus), "target[0]", "above 0");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_queue(p, 1, &i, &one, &none), "capacity[0]", "above 0");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_queue(p, 4, NULL, NULL, NULL), "count is 4");
    assert_status(rm_problem_set_log(NULL, 0, NULL, NULL, NULL), RM_ERROR_NULL);
    assert_status(rm_problem_set_alpha_fair(NULL, 0, NULL, NULL, NULL, NULL), RM_ERROR_NULL);
    assert_status(rm_problem_set_entropy(NULL, 0, NULL, NULL, NULL), RM_ERROR_NULL);
    assert_status(rm_problem_set_queue(NULL, 0, NULL, NULL, NULL), RM_ERROR_NULL);
    rm_problem_destroy(p);
}

static void bounds_and_domain_must_meet(void **state)
{
    (void)state;
    const double two = 2, five = 5, nine = 9, minus = -1, low = -3;
    const int64_t i = 1;
    rm_problem *p = problem(3, 1);
    assert_ok(rm_problem_set_bounds(p, 1, &i, &two, &five));
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_queue(p, 1, &i, NULL, &two), "variable 1", "2 to 5", "below 2",
                   "capacity");
    assert_ok(rm_problem_set_queue(p, 1, &i, NULL, &five));
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_bounds(p, 1, &i, &five, &nine), "variable 1", "5 to 9", "below 5");
    assert_ok(rm_problem_set_bounds(p, 1, &i, &low, &two));
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_bounds(p, 1, &i, &low, &minus), "-3 to -1", "from 0");
    const double shift = -2;
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_log(p, 1, &i, NULL, &shift), "above 2", "shift");
    assert_ok(rm_problem_set_quadratic(p, 1, &i, NULL, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, 1, &i, &low, &minus));
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_entropy(p, 1, &i, NULL, NULL), "from 0", "at least 0");
    rm_problem_destroy(p);
}

/* --- outcomes ------------------------------------------------------------------------- */

static void more_requests_than_servers_can_hold(void **state)
{
    (void)state;
    const double capacity[] = {10, 20, 11.75}, most = 41.75, less = nextafter(41.75, 0);
    rm_problem *p = problem(3, 45);
    assert_ok(rm_problem_set_queue(p, 3, NULL, NULL, capacity));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_says(p, "can carry stays below 41.75, 3.25 short of the total 45");
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &most, &most));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_says(p, "stays below 41.75");
    double missing;
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SHORTFALL, &missing));
    assert_true(missing > 0);
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &less, &less));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    double x[3];
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    for (int64_t i = 0; i < 3; i++)
        assert_true(x[i] < capacity[i]);
    rm_problem_destroy(p);
}

static void a_log_cost_falls_for_ever(void **state)
{
    (void)state;
    const double least = 1, most = INFINITY, price = 0.5, alpha = 3;
    const int64_t i = 0;
    rm_problem *p = problem(2, 1);
    assert_ok(rm_problem_set_log(p, 1, &i, NULL, NULL));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &least, &most));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_UNBOUNDED);
    assert_says(p, "variable 0 runs upwards; with a bound on that side it would not");
    assert_ok(rm_problem_set_price(p, 1, &i, &price)); /* now one more unit costs more than it brings, from 2 on */
    must_answer(p, 2, (const double[]){2, 0}, 0);
    const double none = 0;
    assert_ok(rm_problem_set_alpha_fair(p, 1, &i, NULL, NULL, &alpha)); /* towards a limit, but for ever */
    assert_ok(rm_problem_set_price(p, 1, &i, &none));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_UNBOUNDED);
    /* With a price alone and in no row. */
    rm_problem *q = NULL;
    assert_ok(rm_problem_create(&q, 1, NULL, NULL));
    assert_ok(rm_problem_set_log(q, 1, NULL, NULL, NULL));
    assert_status(rm_problem_solve(q, RM_SOLVER_AUTO), RM_UNBOUNDED);
    rm_problem_destroy(p);
    rm_problem_destroy(q);
}

/* Once wrong: products of weight and capacity beyond the range of doubles, results that
 * are subnormal, domains of one point. */
static void numbers_at_the_ends_of_the_range(void **state)
{
    (void)state;
    const double tiny = 1e-200, huge = 1e200, none = 0, low = -1, one = 1;
    const double cheap = -1e-10, dear = -4;
    double x, y;
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 1, NULL, NULL));
    assert_ok(rm_problem_set_queue(p, 1, NULL, &tiny, &tiny)); /* f'(0) = 1 */
    assert_ok(rm_problem_set_price(p, 1, NULL, &cheap));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 1, NULL, &x));
    assert_same(x, 0);
    assert_ok(rm_problem_set_queue(p, 1, NULL, &huge, &huge));
    assert_ok(rm_problem_set_price(p, 1, NULL, &dear));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 1, NULL, &x));
    assert_near(x, 5e199, 4);
    assert_ok(rm_problem_set_entropy(p, 1, NULL, &one, &one));
    for (double price = 700; price < 760; price += 5) {
        assert_ok(rm_problem_set_price(p, 1, NULL, &price));
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        assert_ok(rm_problem_get_solution(p, 1, NULL, &x));
        assert_within(x, exp(-price), 1e-13 * exp(-price) + 5e-324);
    }
    assert_ok(rm_problem_set_bounds(p, 1, NULL, &low, &none)); /* the domain leaves 0 alone */
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 1, NULL, &x));
    assert_same(x, 0);
    /* Beside a pole x is not taken for stationary because doubles are sparse there. */
    const double inf = INFINITY, next = nextafter(1, 0);
    const int32_t key = RM_INFO_DUAL_RESIDUAL;
    assert_ok(rm_problem_set_queue(p, 1, NULL, &one, &one));
    assert_ok(rm_problem_set_bounds(p, 1, NULL, &none, &inf));
    assert_ok(rm_problem_set_price(p, 1, NULL, &none));
    assert_ok(rm_problem_verify(p, &next, NULL, 1, &key, &y));
    assert_true(y > 0.5);
    rm_problem_destroy(p);
}

static void what_would_repair_it(void **state)
{
    (void)state;
    const double capacity[] = {5, 7}, shift[] = {1, 2}, low[] = {-9, -9}, nothing = -4;
    rm_problem *p = problem(2, 13);
    assert_ok(rm_problem_set_queue(p, 2, NULL, NULL, capacity));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_ok(rm_problem_explain(p, NULL));
    assert_says(p, "or raise the capacity of variable 0 by 1");
    assert_ok(rm_problem_set_log(p, 2, NULL, NULL, shift));
    assert_ok(rm_problem_set_bounds(p, 2, NULL, low, NULL));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &nothing, &nothing));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_says(p, "can carry stays above -3");
    assert_ok(rm_problem_explain(p, NULL));
    assert_says(p, "or raise the shift of variable 0 by 1");
    /* All of nothing: an answer, but no price. */
    const double none = 0;
    assert_ok(rm_problem_set_entropy(p, 2, NULL, NULL, NULL));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &none, &none));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INACCURATE);
    assert_says(p, "a marginal cost is infinite");
    rm_problem_destroy(p);
}

/* Stopped after any number of passes, and then solved after all. */
static void limits_stop_it_anywhere(void **state)
{
    (void)state;
    const double shift[] = {0.8, 1, 1.2}, capacity = 2, up[] = {0.1, 0.1, 0.1, 0.1};
    const int64_t last = 3;
    double x[4], again[4];
    rm_problem *p = problem(4, 3);
    assert_ok(rm_problem_set_log(p, 3, NULL, NULL, shift));
    assert_ok(rm_problem_set_queue(p, 1, &last, NULL, &capacity));
    assert_ok(rm_problem_set_move_cost(p, 4, NULL, NULL, up, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 4, NULL, x));
    int64_t passes;
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_ITERATIONS, &passes));
    for (int64_t most = 1; most < passes; most++) {
        assert_ok(rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, most));
        assert_ok(rm_problem_set_price(p, 1, NULL, (const double[]){0})); /* a known price would save passes */
        assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_LIMIT);
    }
    assert_ok(rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, passes));
    assert_ok(rm_problem_set_price(p, 1, NULL, (const double[]){0}));
    int32_t stop = 1;
    assert_ok(rm_problem_set_cancel_flag(p, &stop));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_CANCELLED);
    stop = 0;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 4, NULL, again));
    assert_same_array(x, again, 4);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(water_over_channels),
        cmocka_unit_test(proportional_shares),
        cmocka_unit_test(shares_by_one_factor),
        cmocka_unit_test(requests_over_servers),
        cmocka_unit_test(a_mix),
        cmocka_unit_test(a_change_of_family_brings_its_defaults),
        cmocka_unit_test(families_move_with_their_variables),
        cmocka_unit_test(numbers_out_of_range),
        cmocka_unit_test(bounds_and_domain_must_meet),
        cmocka_unit_test(more_requests_than_servers_can_hold),
        cmocka_unit_test(a_log_cost_falls_for_ever),
        cmocka_unit_test(numbers_at_the_ends_of_the_range),
        cmocka_unit_test(what_would_repair_it),
        cmocka_unit_test(limits_stop_it_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

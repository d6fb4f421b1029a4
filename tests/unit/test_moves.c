/* The cost of moving away from where devices stand. */
#include "snapshot.h"

/* Three devices that stand at 4, 4, 2 and would rather be at their targets. */
static rm_problem *problem(double total, const double *up, const double *down)
{
    rm_problem *p = NULL;
    const double weight[] = {0.5, 0.5, 0.5}, target[] = {2, 5, 6}, current[] = {4, 4, 2};
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 3, NULL, weight, target, NULL));
    assert_ok(rm_problem_set_move_cost(p, 3, NULL, current, up, down));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, total, total, NULL));
    return p;
}

static void must_answer(rm_problem *p, const double *x, double y, double objective)
{
    double got[3], dual, value, gap;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, got));
    assert_ok(rm_problem_get_row_duals(p, 1, NULL, &dual));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &value));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_GAP, &gap));
    assert_same_array(got, x, 3);
    assert_same(dual, y);
    assert_same(value, objective);
    assert_same(gap, 0);
}

static void nobody_moves_for_less_than_it_costs(void **state)
{
    (void)state;
    const double up[] = {1, 1, 1}, down[] = {1, 1, 1};
    /* At the price 0: -2 < 0 - 1 takes device 0 to 3, 1 is no more than 1, 4 - 1 takes device 2 to 5. */
    rm_problem *p = problem(12, up, down);
    must_answer(p, (const double[]){3, 4, 5}, 0, 0.5 + 0.5 + 0.5 + 1 + 3);
    /* 11: the price is -1/2: 2 - 1/2 + 1 = 2.5, 4 (between -2 and 0), 6 - 1/2 - 1 = 4.5. */
    const double eleven = 11;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &eleven, &eleven));
    must_answer(p, (const double[]){2.5, 4, 4.5}, -0.5, 0.125 + 0.5 + 1.125 + 1.5 + 2.5);
    rm_problem_destroy(p);
}

static void all_stay_where_that_is_best(void **state)
{
    (void)state;
    const double up[] = {9, 9, 9}, down[] = {9, 9, 9};
    rm_problem *p = problem(10, up, down);
    double low, high;
    /* Prices from where somebody would go down to where somebody would go up; the end nearest 0. */
    must_answer(p, (const double[]){4, 4, 2}, 5, 2 + 0.5 + 8);
    assert_ok(rm_problem_get_row_ranges(p, 1, NULL, &low, &high, NULL, NULL));
    assert_same(low, -7);
    assert_same(high, 5);
    rm_problem_destroy(p);
}

static void linear_costs_move_by_steps(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double none[] = {0, 0, 0}, price[] = {1, 2, 3}, most[] = {5, 5, 5}, current[] = {0, 3, 2};
    const double up[] = {1.5, 0, 0}, down[] = {0, 0.25, 2.5}, total = 5;
    double cost[3];
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 3, NULL, none, NULL, price));
    assert_ok(rm_problem_set_bounds(p, 3, NULL, NULL, most));
    assert_ok(rm_problem_set_move_cost(p, 3, NULL, current, up, down));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, total, total, NULL));
    /* Offers: device 0 at 2.5; device 1 up to 3 at 1.75, then at 2; device 2 up to 2 at 0.5, then at 3. */
    must_answer(p, (const double[]){0, 3, 2}, 1.75, 6 + 6);
    assert_ok(rm_problem_get_reduced_costs(p, 3, NULL, cost));
    assert_values(cost, 0.75, 0, 0);
    const double more = 9;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &more, &more));
    must_answer(p, (const double[]){2, 5, 2}, 2.5, 2 + 10 + 6 + 3);
    const double less = 3;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &less, &less));
    must_answer(p, (const double[]){0, 1, 2}, 1.75, 2 + 6 + 0.5);
    rm_problem_destroy(p);
}

/* A place outside the bounds is only a price. */
static void a_place_out_of_reach(void **state)
{
    (void)state;
    rm_problem *p = NULL, *same = NULL;
    const double most[] = {3, 3, 3}, current[] = {9, -9, 3}, up[] = {1, 1, 1}, down[] = {0.5, 0.5, 0.5};
    const double price[] = {-0.5, 1, -0.5}, total = 4;
    double x[3], y[3];
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, 3, NULL, NULL, most));
    assert_ok(rm_problem_clone(p, &same, NULL, NULL));
    assert_ok(rm_problem_set_move_cost(p, 3, NULL, current, up, down));
    assert_ok(rm_problem_set_price(same, 3, NULL, price));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, total, total, NULL));
    assert_ok(rm_problem_add_row(same, RM_ALL, NULL, NULL, total, total, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_solve(same, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_ok(rm_problem_get_solution(same, 3, NULL, y));
    assert_same_array(x, y, 3);
    rm_problem_destroy(p);
    rm_problem_destroy(same);
}

static void what_is_set_stays_and_can_go(void **state)
{
    (void)state;
    const double up[] = {1, 1, 1}, down[] = {1, 1, 1}, none[] = {0, 0, 0}, shift[] = {1, 1, 1};
    rm_problem *p = problem(12, up, down), *copy;
    double x[3], y[3];
    const int64_t middle = 1;
    /* With another family. */
    const double less = 11.5, twelve = 12;
    assert_ok(rm_problem_set_log(p, 3, NULL, NULL, shift));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &less, &less));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_values(x, 4, 4); /* between -1/5 - 1 and -1/5 + 1 */
    assert_near(x[2], 3.5, 2); /* at -1/4.5 + 1 */
    /* For nothing. */
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &twelve, &twelve));
    assert_ok(rm_problem_set_quadratic(p, 3, NULL, NULL, shift, NULL));
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
    assert_ok(rm_problem_set_move_cost(p, 3, NULL, NULL, none, none));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_values(x, 4, 4, 4);
    assert_ok(rm_problem_solve(copy, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(copy, 3, NULL, y));
    assert_values(y, 4, 4, 4);
    /* A removed variable pays nothing; the others keep what they pay when indices change. */
    assert_ok(rm_problem_remove_variables(copy, 1, &middle));
    assert_ok(rm_problem_compact(copy, 3, NULL));
    assert_ok(rm_problem_set_row_bounds(copy, 1, NULL, &(const double){6}, &(const double){6}));
    assert_ok(rm_problem_solve(copy, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(copy, 2, NULL, y));
    assert_values(y, 3.5, 2.5); /* 2 (x - 1) - 1 = 2 (x' - 1) + 1 */
    rm_problem_destroy(p);
    rm_problem_destroy(copy);
}

static void what_moves_is_listed(void **state)
{
    (void)state;
    const double up[] = {1, 1, 1}, down[] = {1, 1, 1}, none = 0;
    rm_problem *p = problem(12, up, down);
    int64_t index[3] = {-1, -1, -1}, count = -1;
    double from[3] = {0}, to[3] = {0};
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_get_moves(p, 3, index, from, to, &count), "rm_problem_get_moves");
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO)); /* 3, 4, 5 */
    assert_ok(rm_problem_get_moves(p, 3, index, from, to, &count));
    assert_int_equal(count, 2);
    assert_int_equal(index[0], 0);
    assert_int_equal(index[1], 2);
    assert_values(from, 4, 2);
    assert_values(to, 3, 5);
    index[0] = index[1] = -1;
    assert_ok(rm_problem_get_moves(p, 1, index, NULL, NULL, &count));
    assert_int_equal(count, 2);
    assert_int_equal(index[0], 0);
    assert_int_equal(index[1], -1);
    assert_ok(rm_problem_get_moves(p, 0, NULL, NULL, NULL, NULL));
    assert_refused(p, RM_ERROR_RANGE, rm_problem_get_moves(p, -1, NULL, NULL, NULL, NULL), "capacity is -1");
    assert_status(rm_problem_get_moves(NULL, 0, NULL, NULL, NULL, NULL), RM_ERROR_NULL);
    /* Who does not pay for moving is not listed. */
    const int64_t first = 0;
    assert_ok(rm_problem_set_move_cost(p, 1, &first, NULL, &none, &none));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_moves(p, 3, index, NULL, to, &count));
    assert_int_equal(count, 2);
    assert_int_equal(index[0], 1);
    assert_int_equal(index[1], 2);
    rm_problem_destroy(p);
}

static void refused(void **state)
{
    (void)state;
    const double up[] = {1, 1, 1}, bad[] = {1, -1, 1}, nan[] = {1, 1, NAN}, inf[] = {INFINITY, 1, 1};
    rm_problem *p = problem(12, up, up);
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_move_cost(p, 3, NULL, NULL, bad, NULL), "rm_problem_set_move_cost",
                   "up[1]", "variable 1", "not negative");
    assert_refused(p, RM_ERROR_NAN, rm_problem_set_move_cost(p, 3, NULL, NULL, NULL, nan), "down[2]");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_move_cost(p, 3, NULL, inf, NULL, NULL), "current[0]", "finite");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_move_cost(p, 4, NULL, NULL, NULL, NULL), "count is 4");
    assert_status(rm_problem_set_move_cost(NULL, 0, NULL, NULL, NULL, NULL), RM_ERROR_NULL);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_moves_for_less_than_it_costs),
        cmocka_unit_test(all_stay_where_that_is_best),
        cmocka_unit_test(linear_costs_move_by_steps),
        cmocka_unit_test(a_place_out_of_reach),
        cmocka_unit_test(what_is_set_stays_and_can_go),
        cmocka_unit_test(what_moves_is_listed),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

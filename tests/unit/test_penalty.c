/* Rows that may be missed at a price. */
#include "snapshot.h"

/* Two devices that are wanted to carry 2 and 4; the total is to be 10. */
static rm_problem *problem(double low, double high)
{
    rm_problem *p = NULL;
    const double weight[] = {0.5, 0.5}, target[] = {2, 4};
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, weight, target, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, low, high, NULL));
    return p;
}

static void must_answer(rm_problem *p, double x0, double x1, double y, double objective, double missed)
{
    double x[2], dual, value, gap, shortfall, residual, again;
    const int32_t key = RM_INFO_OBJECTIVE;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2, NULL, x));
    assert_ok(rm_problem_get_row_duals(p, 1, NULL, &dual));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &value));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_GAP, &gap));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SHORTFALL, &shortfall));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_ROW_RESIDUAL, &residual));
    assert_ok(rm_problem_verify(p, x, &dual, 1, &key, &again));
    assert_values(x, x0, x1);
    assert_same(dual, y);
    assert_same(value, objective);
    assert_same(again, objective);
    assert_same(shortfall, missed);
    assert_same(gap, 0);
    assert_same(residual, 0);
}

static void a_row_is_met_as_far_as_that_pays(void **state)
{
    (void)state;
    const double dear = 3, cheap = 1.5, none = 0;
    rm_problem *p = problem(10, 10);
    must_answer(p, 4, 6, 2, 4, 0);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, &dear, NULL, NULL));
    must_answer(p, 4, 6, 2, 4, 0);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, &cheap, NULL, NULL));
    must_answer(p, 3.5, 5.5, 1.5, 2.25 + 1.5, 1);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, &none, NULL, NULL));
    must_answer(p, 2, 4, 0, 0, 4);
    /* Hard again. */
    const double must = INFINITY;
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, &must, NULL, NULL));
    must_answer(p, 4, 6, 2, 4, 0);
    rm_problem_destroy(p);
}

static void the_other_side_and_squares(void **state)
{
    (void)state;
    const double over = 1, one = 1, half = 0.5, under = 0.5;
    rm_problem *p = problem(1, 2);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, NULL, &over, NULL));
    must_answer(p, 1, 3, -1, 1 + 2, -2);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, NULL, NULL, &half)); /* 1 + z where z too many are left */
    double x[2], missed;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2, NULL, x));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SHORTFALL, &missed));
    assert_within(x[0] + x[1] + missed, 2, 1e-15);
    assert_within(2 - x[0], 1 - missed, 1e-15); /* both margins are the price */
    rm_problem_destroy(p);
    p = problem(10, 10);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, &under, NULL, &one));
    /* 1/2 + 2 z = (4 - z) / 2: z = 0.6 */
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SHORTFALL, &missed));
    assert_near(missed, 0.6, 4);
    rm_problem_destroy(p);
}

static void what_could_not_be_met(void **state)
{
    (void)state;
    const double most[] = {3, 4}, dear = 100, two = 2;
    rm_problem *p = problem(10, 10);
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, most));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, &dear, NULL, NULL));
    must_answer(p, 3, 4, 100, 0.5 + 300, 3);
    /* On the side without a penalty it is infeasible still, and the words count devices only. */
    const double least[] = {3, 4};
    assert_ok(rm_problem_set_bounds(p, 2, NULL, least, NULL));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &two, &two));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_says(p, "the least the 2 variables of row 0 can carry is 7, 5 more than the total 2");
    int64_t items;
    assert_ok(rm_problem_explain(p, &items));
    assert_int_equal(items, 3);
    rm_problem_destroy(p);
}

static void missing_a_row_for_ever(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double none = 0, price = -5, over = 1;
    assert_ok(rm_problem_create(&p, 1, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 1, NULL, &none, NULL, &price));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 3, 3, NULL));
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, NULL, &over, NULL));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_UNBOUNDED);
    assert_says(p, "variable 0 runs upwards against the penalty of row 0; with a bound on that side, or");
    rm_problem_destroy(p);
}

static void with_families_coefficients_and_holes(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double coef[] = {1, 2, 1, 0.5}, total = 20, under = 0.25, shift[] = {1, 1, 1, 1};
    const int64_t hole = 2;
    double x[4], y, missed, bound, objective;
    assert_ok(rm_problem_create(&p, 4, NULL, NULL));
    assert_ok(rm_problem_set_entropy(p, 4, NULL, NULL, shift));
    assert_ok(rm_problem_add_row(p, 4, NULL, coef, total, total, NULL));
    assert_ok(rm_problem_remove_variables(p, 1, &hole));
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, &under, NULL, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 4, NULL, x));
    assert_ok(rm_problem_get_row_duals(p, 1, NULL, &y));
    assert_same(y, 0.25); /* x = exp(a / 4) */
    assert_near(x[0], exp(0.25), 2);
    assert_near(x[1], exp(0.5), 2);
    assert_same(x[2], 0);
    assert_ok(rm_problem_compact(p, 4, NULL));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SHORTFALL, &missed));
    assert_within(missed, 20 - exp(0.25) - 2 * exp(0.5) - 0.5 * exp(0.125), 1e-13);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_BOUND, &bound));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &objective));
    assert_within(bound, objective, 1e-12);
    rm_problem_destroy(p);
}

static void refused(void **state)
{
    (void)state;
    const double minus = -1, nan = NAN, inf = INFINITY;
    const int64_t far = 1;
    rm_problem *p = problem(1, 2);
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_penalty(p, 1, NULL, &minus, NULL, NULL),
                   "rm_problem_set_row_penalty", "under[0]", "row 0", "not negative");
    assert_refused(p, RM_ERROR_NAN, rm_problem_set_row_penalty(p, 1, NULL, NULL, &nan, NULL), "over[0]");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_penalty(p, 1, NULL, NULL, NULL, &inf), "quadratic[0]", "finite");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_penalty(p, 1, &far, &inf, NULL, NULL), "row[0]", "is 1");
    assert_status(rm_problem_set_row_penalty(NULL, 0, NULL, NULL, NULL, NULL), RM_ERROR_NULL);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_met_as_far_as_that_pays),
        cmocka_unit_test(the_other_side_and_squares),
        cmocka_unit_test(what_could_not_be_met),
        cmocka_unit_test(missing_a_row_for_ever),
        cmocka_unit_test(with_families_coefficients_and_holes),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Several rows: nested quotas, what is refused, and what may be read. */
#include "heap.h"
#include "snapshot.h"

/* Four GPU users in two teams under one total. */
enum { ALL, TEAM_A, TEAM_B, ROWS };

static rm_problem *quotas(heap *h)
{
    rm_problem *p = NULL;
    static const double target[] = {4, 3, 2, 1}, lower[] = {10, -INFINITY, 4}, upper[] = {10, 5, INFINITY};
    static const int64_t start[] = {0, 4, 6, 8}, index[] = {0, 1, 2, 3, 0, 1, 2, 3};
    int64_t first = -1;
    assert_ok(rm_problem_create(&p, 4, h ? heap_resize : NULL, h));
    assert_ok(rm_problem_set_quadratic(p, 4, NULL, NULL, target, NULL));
    assert_ok(rm_problem_add_rows(p, ROWS, start, index, NULL, lower, upper, &first));
    assert_int_equal(first, 0);
    return p;
}

/* Team A is cut to 5, so its price is -2; team B takes the rest at 2, which is the price of the total. */
static void a_cap_within_a_total(void **state)
{
    (void)state;
    rm_problem *p = quotas(NULL), *copy = NULL;
    double x[4], dual[ROWS], value, cost[4];
    int64_t solver;
    for (int32_t wish = RM_SOLVER_AUTO; wish <= RM_SOLVER_TREE; wish += RM_SOLVER_TREE) {
        assert_ok(rm_problem_solve(p, wish));
        assert_ok(rm_problem_get_info_i64(p, RM_INFO_SOLVER, &solver));
        assert_int_equal(solver, RM_SOLVER_TREE);
        assert_ok(rm_problem_get_solution(p, 4, NULL, x));
        assert_values(x, 3, 2, 3, 2);
        assert_ok(rm_problem_get_row_duals(p, ROWS, NULL, dual));
        assert_values(dual, 2, -4, 0);
    }
    assert_ok(rm_problem_get_reduced_costs(p, 4, NULL, cost));
    assert_values(cost, 0, 0, 0, 0);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &value));
    assert_same(value, 4);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_BOUND, &value));
    assert_same(value, 4);
    assert_ok(rm_problem_get_row_duals(p, 1, (const int64_t[]){TEAM_A}, dual));
    assert_same(dual[0], -4);
    /* The copy has the answer, and solves alike. */
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
    for (int again = 0; again < 2; again++) {
        assert_ok(rm_problem_get_row_duals(copy, ROWS, NULL, dual));
        assert_values(dual, 2, -4, 0);
        assert_ok(rm_problem_get_reduced_costs(copy, 4, NULL, cost));
        assert_ok(rm_problem_solve(copy, RM_SOLVER_AUTO));
    }
    rm_problem_destroy(copy);
    rm_problem_destroy(p);
}

/* Weak duality on answers that are not the best: any duals give a bound, and a spoiled x is told by its residuals. */
static void any_answer_is_checked(void **state)
{
    (void)state;
    rm_problem *p = quotas(NULL);
    const double x[] = {3, 2.5, 3, 2}, best[] = {3, 2, 3, 2}, dual[] = {1, -2, 0};
    const int32_t key[] = {RM_INFO_OBJECTIVE, RM_INFO_BOUND, RM_INFO_GAP, RM_INFO_ROW_RESIDUAL, RM_INFO_DUAL_RESIDUAL};
    double value[5];
    assert_ok(rm_problem_verify(p, best, dual, 5, key, value));
    assert_same(value[0], 4);
    /* 10 - 2 * 5 + sum of min (x - t)^2 - q x with q = -1, -1, 1, 1 */
    assert_within(value[1], 0 + (4 - 0.25) + (3 - 0.25) + (-2 - 0.25) + (-1 - 0.25), 1e-13);
    assert_within(value[2], value[0] - value[1], 1e-13);
    assert_same(value[3], 0);
    assert_true(value[4] > 0.01);
    assert_ok(rm_problem_verify(p, x, dual, 5, key, value));
    assert_same(value[3], 0.5);
    /* Rows with one side: team B one short of 4, team A one over 5; a price for a side that is not there proves nothing. */
    const double huge[] = {1e308, 1e308, 1e308, 1e308};
    assert_ok(rm_problem_verify(p, huge, dual, 5, key, value));
    assert_same(value[3], INFINITY); /* the row of all; their sum is no double */
    const double short_of_b[] = {3, 2, 2, 1}, beyond_a[] = {3, 3, 3, 1}, astray[] = {2, 4, 0};
    assert_ok(rm_problem_verify(p, short_of_b, dual, 5, key, value));
    assert_same(value[3], 2);
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, (const double[]){-INFINITY}, (const double[]){INFINITY}));
    assert_ok(rm_problem_verify(p, short_of_b, dual, 5, key, value));
    assert_same(value[3], 1);
    assert_ok(rm_problem_verify(p, beyond_a, astray, 5, key, value));
    assert_same(value[3], 1);
    assert_same(value[1], -INFINITY);
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, (const double[]){10}, (const double[]){10}));
    assert_status(rm_problem_verify(p, NULL, NULL, 5, key, value), RM_ERROR_NO_ANSWER);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_verify(p, NULL, NULL, 5, key, value));
    assert_same(value[2], 0);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, (const double[]){3}, NULL, NULL));
    assert_refused(p, RM_ERROR_NOT_SUPPORTED, rm_problem_verify(p, best, dual, 5, key, value),
                   "may be missed at a price");
    rm_problem_destroy(p);
}

static void what_is_not_nested_is_refused(void **state)
{
    (void)state;
    const int64_t crossing[] = {1, 2};
    const double coef[] = {1, 2};
    rm_problem *p = quotas(NULL);
    assert_ok(rm_problem_set_name(p, RM_NAME_ROW, TEAM_B, "b"));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_refused(p, RM_ERROR_NOT_SUPPORTED, rm_problem_solve(p, RM_SOLVER_WATERFILL), "more than one row");
    assert_ok(rm_problem_explain(p, NULL));
    assert_says(p, "2 of 3 rows bind; row 1 most: one unit more saves 4");
    double low;
    assert_refused(p, RM_ERROR_NOT_SUPPORTED, rm_problem_get_row_ranges(p, 1, NULL, &low, NULL, NULL, NULL),
                   "more than one row");
    assert_ok(rm_problem_set_row_penalty(p, 1, (const int64_t[]){TEAM_B}, (const double[]){3}, NULL, NULL));
    assert_refused(p, RM_ERROR_NOT_SUPPORTED, rm_problem_solve(p, RM_SOLVER_AUTO),
                   "row 2 ('b') may be missed at a price");
    assert_ok(rm_problem_set_row_penalty(p, 1, (const int64_t[]){TEAM_B}, (const double[]){INFINITY}, NULL, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    rm_problem *q = NULL;
    assert_ok(rm_problem_clone(p, &q, NULL, NULL));
    assert_ok(rm_problem_add_row(p, 2, crossing, NULL, 0, 9, NULL));
    assert_refused(p, RM_ERROR_NOT_SUPPORTED, rm_problem_solve(p, RM_SOLVER_AUTO),
                   "row 2 ('b') and row 3 share variables and neither holds all of the other");
    assert_ok(rm_problem_add_row(q, 2, NULL, coef, 0, 99, NULL));
    assert_refused(q, RM_ERROR_NOT_SUPPORTED, rm_problem_solve(q, RM_SOLVER_AUTO),
                   "row 3 has a coefficient other than 1");
    rm_problem_destroy(p);
    rm_problem_destroy(q);
}

static void must_conflict(rm_problem *p, int64_t count, const int32_t *kind, const int64_t *index, const double *repair)
{
    int64_t items = 0, at[8];
    int32_t what[8];
    double multiplier[8], change[8];
    assert_ok(rm_problem_explain(p, &items));
    assert_int_equal(items, count);
    assert_ok(rm_problem_get_conflict(p, 0, count, what, at, multiplier, change));
    for (int64_t k = 0; k < count; k++) {
        assert_int_equal(what[k], kind[k]);
        assert_int_equal(at[k], index[k]);
        assert_same(multiplier[k], 1);
        assert_same(change[k], repair[k]);
    }
}

static void what_cannot_be_met_is_named(void **state)
{
    (void)state;
    rm_problem *p = quotas(NULL);
    double shortfall;
    /* Both teams together can carry 5 + 4. */
    assert_ok(rm_problem_set_row_bounds(p, 1, (const int64_t[]){TEAM_B}, NULL, (const double[]){4}));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_says(p,
                "the most the 4 variables of row 0, with the rows within it, can carry is 9, 1 short of the total 10");
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SHORTFALL, &shortfall));
    assert_same(shortfall, 1);
    must_conflict(p, 3, (const int32_t[]){RM_CONFLICT_ROW_LOWER, RM_CONFLICT_ROW_UPPER, RM_CONFLICT_ROW_UPPER},
                  (const int64_t[]){ALL, TEAM_A, TEAM_B}, (const double[]){-1, 1, 1});
    assert_ok(rm_problem_explain(p, NULL));
    assert_says(p, "Cheapest repair: lower the lower side of row 0 by 1, or raise the upper side of row 1 by 1");
    /* Half a unit more is all that team A could use. */
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, (const double[]){3, 2.5}));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    must_conflict(p, 3, (const int32_t[]){RM_CONFLICT_ROW_LOWER, RM_CONFLICT_ROW_UPPER, RM_CONFLICT_ROW_UPPER},
                  (const int64_t[]){ALL, TEAM_B, TEAM_A}, (const double[]){-1, 1, INFINITY});
    /* With bounds of 2 each it is these, and not the row, that hold team A back. */
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, (const double[]){2, 2}));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    must_conflict(p, 4,
                  (const int32_t[]){RM_CONFLICT_ROW_LOWER, RM_CONFLICT_ROW_UPPER, RM_CONFLICT_UPPER, RM_CONFLICT_UPPER},
                  (const int64_t[]){ALL, TEAM_B, 0, 1}, (const double[]){-2, 2, INFINITY, INFINITY});
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, (const double[]){INFINITY, INFINITY}));
    /* The mirror image: too much of what must be. */
    assert_ok(rm_problem_set_row_bounds(p, 2, NULL, (const double[]){-INFINITY, 3}, (const double[]){6, INFINITY}));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    must_conflict(p, 3, (const int32_t[]){RM_CONFLICT_ROW_UPPER, RM_CONFLICT_ROW_LOWER, RM_CONFLICT_ROW_LOWER},
                  (const int64_t[]){ALL, TEAM_A, TEAM_B}, (const double[]){1, -1, -1});
    assert_ok(rm_problem_set_row_bounds(p, 2, NULL, (const double[]){10, -INFINITY}, (const double[]){10, 5}));
    /* And team B alone. */
    assert_ok(rm_problem_set_bounds(p, 2, (const int64_t[]){2, 3}, NULL, (const double[]){1, 2}));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_says(p, "of row 2");
    assert_says(p, "can carry is 3, 1 short of the total 4");
    /* Unbounded: a variable outside all rows. */
    int64_t alone;
    assert_ok(rm_problem_set_bounds(p, 2, (const int64_t[]){2, 3}, NULL, (const double[]){9, 9}));
    assert_ok(rm_problem_set_row_bounds(p, 1, (const int64_t[]){TEAM_B}, NULL, (const double[]){6}));
    assert_ok(rm_problem_add_variables(p, 1, &alone));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_set_quadratic(p, 1, &alone, (const double[]){0}, NULL, (const double[]){-1}));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_UNBOUNDED);
    assert_says(p, "variable 4 runs upwards");
    rm_problem_destroy(p);
}

static void rows_are_added_all_or_none(void **state)
{
    (void)state;
    rm_problem *p = quotas(NULL);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    const int64_t start[] = {0, 1, 3}, falling[] = {0, 2, 1}, below[] = {-1, 1, 2}, good[] = {0, 1, 2},
                  twice[] = {0, 1, 1}, outside[] = {0, 1, 4};
    const double lower[] = {0, 0}, upper[] = {1, 1}, wrong[] = {2, 2}, nan[] = {0, NAN}, coef[] = {1, 1, INFINITY};
    int64_t first = -7;
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_rows(p, -1, start, good, NULL, lower, upper, &first),
                   "rows is -1");
    assert_refused(p, RM_ERROR_NULL, rm_problem_add_rows(p, 2, NULL, good, NULL, lower, upper, &first),
                   "start is NULL");
    assert_refused(p, RM_ERROR_NULL, rm_problem_add_rows(p, 2, start, NULL, NULL, lower, upper, &first),
                   "index is NULL");
    assert_refused(p, RM_ERROR_NULL, rm_problem_add_rows(p, 2, start, good, NULL, NULL, upper, &first),
                   "lower is NULL");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_rows(p, 2, falling, good, NULL, lower, upper, &first),
                   "start is 1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_rows(p, 2, below, good, NULL, lower, upper, &first), "start");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_rows(p, 2, start, twice, NULL, lower, upper, &first), "twice");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_rows(p, 2, start, outside, NULL, lower, upper, &first), "4");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_rows(p, 2, start, good, NULL, wrong, upper, &first), "lower");
    assert_refused(p, RM_ERROR_NAN, rm_problem_add_rows(p, 2, start, good, NULL, nan, upper, &first), "lower");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_rows(p, 2, start, good, coef, lower, upper, &first), "coef");
    assert_int_equal(first, -7);
    assert_ok(rm_problem_add_rows(p, 0, NULL, NULL, NULL, NULL, NULL, &first));
    assert_int_equal(first, ROWS);
    /* Entries before the first start are not looked at; empty rows need no index. */
    const int64_t later[] = {1, 1, 3};
    assert_ok(rm_problem_add_rows(p, 2, later, good, NULL, lower, (const double[]){1, 9}, &first));
    assert_ok(rm_problem_add_rows(p, 2, (const int64_t[]){5, 5, 5}, NULL, NULL, lower, upper, NULL));
    int64_t rows;
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_ROWS, &rows));
    assert_int_equal(rows, ROWS + 4);
    assert_refused(p, RM_ERROR_NOT_SUPPORTED, rm_problem_solve(p, RM_SOLVER_AUTO), "row 2 and row 4 share variables");
    rm_problem_destroy(p);
}

/* Holes, rows of all, variables that come later, the same set twice. */
static void shapes(void **state)
{
    (void)state;
    rm_problem *p = quotas(NULL);
    double x[6], dual[5];
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, -INFINITY, 14, NULL));
    assert_ok(rm_problem_add_row(p, 2, NULL, NULL, -INFINITY, 4, NULL)); /* team A again */
    assert_ok(rm_problem_add_variables(p, 2, NULL));
    assert_ok(rm_problem_remove_variables(p, 1, (const int64_t[]){3}));
    assert_ok(rm_problem_set_quadratic(p, 2, (const int64_t[]){4, 5}, NULL, (const double[]){7, 1}, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 6, NULL, x));
    /* 4 of team A, 6 of the one that is left in B, 4 of those outside at the price -4. */
    assert_values(x, 2.5, 1.5, 6, 0, 4, 0);
    assert_ok(rm_problem_get_row_duals(p, 5, NULL, dual));
    assert_same(dual[3], -6);
    assert_same(dual[0] + dual[3], 8);
    assert_same(dual[0] + dual[3] + dual[1] + dual[4], -3);
    assert_ok(rm_problem_compact(p, 6, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 5, NULL, x));
    assert_values(x, 2.5, 1.5, 6, 4, 0);
    rm_problem_destroy(p);
}

/* Stopped at any pass there is no answer; then all is as it was. */
static void stopped_half_way(void **state)
{
    (void)state;
    rm_problem *p = quotas(NULL);
    double x[4];
    int64_t limit = 0, has;
    const int32_t set = 1;
    rm_status status;
    do {
        assert_ok(rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, limit));
        status = rm_problem_solve(p, RM_SOLVER_AUTO);
        assert_ok(rm_problem_get_info_i64(p, RM_INFO_HAS_ANSWER, &has));
        assert_int_equal(has, status == RM_OK);
        assert_true(status == RM_OK || status == RM_LIMIT);
    } while (status != RM_OK && limit++ < 100);
    assert_true(limit > 2);
    assert_ok(rm_problem_get_solution(p, 4, NULL, x));
    assert_values(x, 3, 2, 3, 2);
    assert_ok(rm_problem_set_cancel_flag(p, &set));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_CANCELLED);
    assert_status(rm_problem_get_row_duals(p, 1, NULL, x), RM_ERROR_NO_ANSWER);
    assert_ok(rm_problem_set_cancel_flag(p, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    rm_problem_destroy(p);
}

/* The default cost by the host, x = t + price / 2; *user counts down to a fault. */
static int32_t squares(void *user, int64_t count, const int64_t *index, const double *price, const double *rho,
                       const double *centre, double *x_low, double *x_high, double *slope, double *value)
{
    static const double target[] = {4, 3, 2, 1};
    int64_t *left = user;
    for (int64_t k = 0; k < count; k++) {
        double t = target[index[k]], x = (2 * t + price[k] + rho[k] * centre[k]) / (2 + rho[k]);
        x_low[k] = x_high[k] = x;
        slope[k] = 1 / (2 + rho[k]);
        value[k] = (x - t) * (x - t);
    }
    return *left > 0 && --*left == 0 ? -1 : 0;
}

static void costs_of_the_host(void **state)
{
    (void)state;
    rm_problem *p = quotas(NULL);
    double x[4], dual[ROWS];
    int64_t left = 0, has, faults = 0;
    assert_ok(rm_problem_set_custom(p, 4, NULL, squares, &left));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    for (int64_t at = 1;; at++) { /* a fault at every call in turn, until there are no more */
        left = at;
        rm_status status = rm_problem_solve(p, RM_SOLVER_AUTO);
        if (left > 0)
            break;
        assert_status(status, RM_ERROR_CALLBACK);
        assert_says(p, "returned a negative number");
        assert_ok(rm_problem_get_info_i64(p, RM_INFO_HAS_ANSWER, &has));
        assert_int_equal(has, 0);
        faults++;
    }
    assert_true(faults > 3);
    left = 0;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 4, NULL, x));
    assert_ok(rm_problem_get_row_duals(p, ROWS, NULL, dual));
    for (int64_t i = 0; i < 4; i++)
        assert_within(x[i], ((const double[]){3, 2, 3, 2})[i], 1e-11);
    for (int64_t r = 0; r < ROWS; r++)
        assert_within(dual[r], ((const double[]){2, -4, 0})[r], 1e-11);
    rm_problem_destroy(p);
}

static void a_solve_again_allocates_nothing(void **state)
{
    (void)state;
    heap h = {0};
    rm_problem *p = quotas(&h);
    double x[4], dual[ROWS], cost[4], value;
    const int32_t key = RM_INFO_GAP;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    h.allocations = 0;
    for (int k = 0; k < 3; k++) {
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, (const double[]){9}, (const double[]){9 + k}));
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        assert_ok(rm_problem_get_solution(p, 4, NULL, x));
        assert_ok(rm_problem_get_row_duals(p, ROWS, NULL, dual));
        assert_ok(rm_problem_get_reduced_costs(p, 4, NULL, cost));
        assert_ok(rm_problem_verify(p, NULL, NULL, 1, &key, &value));
    }
    assert_int_equal(h.allocations, 0);
    rm_problem_destroy(p);
    assert_int_equal(h.live, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cap_within_a_total),
        cmocka_unit_test(any_answer_is_checked),
        cmocka_unit_test(what_is_not_nested_is_refused),
        cmocka_unit_test(what_cannot_be_met_is_named),
        cmocka_unit_test(rows_are_added_all_or_none),
        cmocka_unit_test(shapes),
        cmocka_unit_test(stopped_half_way),
        cmocka_unit_test(costs_of_the_host),
        cmocka_unit_test(a_solve_again_allocates_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

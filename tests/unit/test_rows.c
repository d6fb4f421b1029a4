/* Rows: adding them, their sides, what is refused. */
#include "snapshot.h"

static rm_problem *problem(void)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 4, NULL, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 4, 8, NULL));
    assert_ok(rm_problem_set_name(p, RM_NAME_ROW, 0, "total"));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    return p;
}

static void add_refuses(void **state)
{
    (void)state;
    rm_problem *p = problem();
    const double coef[] = {1, 2}, not[] = {1, NAN}, open[] = {INFINITY, 1};
    const int64_t index[] = {2, 1};
    int64_t row = 77;
    assert_status(rm_problem_add_row(NULL, RM_ALL, NULL, NULL, 0, 1, &row), RM_ERROR_NULL);
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_row(p, RM_ALL, index, NULL, 0, 1, &row), "RM_ALL", "NULL");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_row(p, RM_ALL, NULL, coef, 0, 1, &row), "RM_ALL", "NULL");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_row(p, -2, NULL, coef, 0, 1, &row), "count is -2");
    assert_refused(p, RM_ERROR_NAN, rm_problem_add_row(p, 2, index, not, 0, 1, &row), "coef[1]", "variable 1", "NaN");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_row(p, 2, index, open, 0, 1, &row), "coef[0]", "variable 2",
                   "infinity", "finite");
    assert_refused(p, RM_ERROR_NAN, rm_problem_add_row(p, 2, index, coef, NAN, 1, &row), "lower", "NaN");
    assert_refused(p, RM_ERROR_NAN, rm_problem_add_row(p, 2, index, coef, 0, NAN, &row), "upper", "NaN");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_row(p, 2, index, coef, INFINITY, INFINITY, &row), "lower",
                   "infinity", "below +infinity");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_row(p, 2, index, coef, -INFINITY, -INFINITY, &row), "upper",
                   "above -infinity");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_row(p, 2, index, coef, 2, 1, &row), "lower 2", "upper 1",
                   "at most");
    assert_int_equal(row, 77);
    rm_problem_destroy(p);
}

static void sides_refuse(void **state)
{
    (void)state;
    rm_problem *p = problem();
    const double one[] = {1}, nine[] = {9}, not[] = {NAN}, high[] = {INFINITY}, low[] = {-INFINITY}, two[] = {1, 1};
    const int64_t zero[] = {0, 0}, wrong[] = {1}, below[] = {-1};
    assert_status(rm_problem_set_row_bounds(NULL, 1, NULL, one, nine), RM_ERROR_NULL);
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_bounds(p, 1, wrong, one, nine), "rm_problem_set_row_bounds",
                   "row[0] is 1", "index of a row", "0 to 0");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_bounds(p, 1, below, one, nine), "row[0] is -1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_bounds(p, 2, zero, two, NULL), "row[1] is 0", "twice");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_bounds(p, 2, NULL, two, NULL), "count is 2", "1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_bounds(p, -1, NULL, two, NULL), "count is -1");
    assert_refused(p, RM_ERROR_NAN, rm_problem_set_row_bounds(p, 1, NULL, not, nine), "lower[0]", "row 0 ('total')");
    assert_refused(p, RM_ERROR_NAN, rm_problem_set_row_bounds(p, 1, NULL, one, not), "upper[0]", "row 0 ('total')");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_bounds(p, 1, NULL, high, high), "lower[0]",
                   "below +infinity");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_bounds(p, 1, NULL, low, low), "upper[0]",
                   "above -infinity");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_bounds(p, 1, NULL, nine, one), "row 0 ('total')", "lower 9",
                   "upper 1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_bounds(p, 1, NULL, nine, NULL), "lower 9", "upper 8");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_row_bounds(p, 1, NULL, NULL, one), "lower 4", "upper 1");
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, low, high));
    rm_problem_destroy(p);
}

static double solve_for_first(rm_problem *p)
{
    double x;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 1, NULL, &x));
    return x;
}

static void all_means_the_future_too(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    int64_t row = -1, first = -1;
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 12, 12, &row));
    assert_int_equal(row, 0);
    assert_same(solve_for_first(p), 6);
    assert_ok(rm_problem_add_variables(p, 2, &first));
    assert_int_equal(first, 2);
    assert_same(solve_for_first(p), 3);
    assert_ok(rm_problem_remove_variables(p, 1, &first));
    assert_same(solve_for_first(p), 4);
    rm_problem_destroy(p);
}

static void a_list_is_what_was_listed(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const int64_t index[] = {2, 0};
    const double coef[] = {1, 3};
    double x[4];
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_add_row(p, 2, index, coef, 20, 20, NULL));
    assert_ok(rm_problem_add_variables(p, 1, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 4, NULL, x));
    assert_values(x, 6, 0, 2, 0);
    rm_problem_destroy(p);
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_add_row(p, 2, index, NULL, 20, 20, NULL)); /* ones */
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_values(x, 10, 0, 10);
    rm_problem_destroy(p);
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_add_row(p, 2, NULL, coef, 20, 20, NULL)); /* 0..1 */
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_values(x, 2, 6, 0);
    rm_problem_destroy(p);
}

static void many_rows_can_be_held(void **state)
{
    (void)state;
    rm_problem *p = problem();
    int64_t rows = 0, row = -1;
    for (int64_t r = 1; r < 50; r++) {
        int64_t index = r % 4;
        double coef = (double)r;
        assert_ok(rm_problem_add_row(p, 1, &index, &coef, -INFINITY, (double)r, &row));
        assert_int_equal(row, r);
    }
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_ROWS, &rows));
    assert_int_equal(rows, 50);
    const int32_t key = RM_INFO_OBJECTIVE;
    double value, x[4] = {0}, dual[50] = {0};
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_ERROR_NOT_SUPPORTED);
    assert_says(p, "row 2 has a coefficient other than 1");
    assert_ok(rm_problem_verify(p, x, dual, 1, &key, &value)); /* an answer can be checked all the same */
    const int64_t some[] = {49, 7};
    const double side[] = {-1, -2};
    assert_ok(rm_problem_set_row_bounds(p, 2, some, side, NULL));
    rm_problem_destroy(p);
}

static void sides_bind_as_their_signs_say(void **state)
{
    (void)state;
    static const struct {
        double lower, upper, x, dual;
    } row[] = {
        {10, INFINITY, 5, 4},  {-INFINITY, 4, 2, -2}, {2, 8, 3, 0}, {-INFINITY, INFINITY, 3, 0},
        {7, 9, 3.5, 1},        {1, 5, 2.5, -1},       {6, 6, 3, 0}, {8, 8, 4, 2},
        {4, 4, 2, -2},         {6, 9, 3, 0},          {-INFINITY, 6, 3, 0},
    };
    const double t[] = {3, 3};
    for (int64_t k = 0; k < COUNT_OF(row); k++) {
        rm_problem *p = NULL;
        double x[2], dual = 77;
        assert_ok(rm_problem_create(&p, 2, NULL, NULL));
        assert_ok(rm_problem_set_quadratic(p, 2, NULL, NULL, t, NULL));
        assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, row[k].lower, row[k].upper, NULL));
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        assert_ok(rm_problem_get_solution(p, 2, NULL, x));
        assert_ok(rm_problem_get_row_duals(p, 1, NULL, &dual));
        assert_same(x[0], row[k].x);
        assert_same(x[1], row[k].x);
        assert_same(dual, row[k].dual);
        rm_problem_destroy(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(add_refuses),           cmocka_unit_test(sides_refuse),
        cmocka_unit_test(all_means_the_future_too), cmocka_unit_test(a_list_is_what_was_listed),
        cmocka_unit_test(many_rows_can_be_held), cmocka_unit_test(sides_bind_as_their_signs_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

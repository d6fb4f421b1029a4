/* Adding and removing variables, closing the holes. */
#include "heap.h"
#include "snapshot.h"

static int64_t info(rm_problem *p, int32_t key)
{
    int64_t value = -77;
    assert_ok(rm_problem_get_info_i64(p, key, &value));
    return value;
}

static void get_name(rm_problem *p, int64_t index, char text[32])
{
    memset(text, 0, 32);
    rm_problem_get_name(p, RM_NAME_VARIABLE, index, text, 32);
}

/* Six devices with names a to f, targets 0 to 5, holes at 1 and 4. */
static rm_problem *problem(int listed)
{
    rm_problem *p = NULL;
    const double t[] = {0, 1, 2, 3, 4, 5}, coef[] = {1, 1, 1, 1, 1, 1};
    const int64_t hole[] = {4, 1};
    assert_ok(rm_problem_create(&p, 6, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 6, NULL, NULL, t, NULL));
    assert_ok(rm_problem_add_row(p, listed ? 6 : RM_ALL, NULL, listed ? coef : NULL, 14, 14, NULL));
    for (int64_t i = 0; i < 6; i++)
        assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, i, (char[]){(char)('a' + i), 0}));
    assert_ok(rm_problem_remove_variables(p, 2, hole));
    return p;
}

static void holes_are_zero_and_nameless(void **state)
{
    (void)state;
    for (int listed = 0; listed < 2; listed++) {
        rm_problem *p = problem(listed);
        double x[6], cost[6];
        char name[32];
        assert_int_equal(info(p, RM_INFO_VARIABLES), 6);
        assert_int_equal(info(p, RM_INFO_ACTIVE_VARIABLES), 4);
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        assert_ok(rm_problem_get_solution(p, 6, NULL, x));
        assert_values(x, 1, 0, 3, 4, 0, 6);
        assert_ok(rm_problem_get_reduced_costs(p, 6, NULL, cost));
        assert_values(cost, 0, 0, 0, 0, 0, 0);
        get_name(p, 1, name);
        assert_string_equal(name, "");
        get_name(p, 2, name);
        assert_string_equal(name, "c");
        const int64_t hole[] = {1, 4};
        assert_refused(p, RM_ERROR_RANGE, rm_problem_set_name(p, RM_NAME_VARIABLE, 4, "x"), "index is 4");
        assert_refused(p, RM_ERROR_RANGE, rm_problem_remove_variables(p, 2, hole), "index[0] is 1", "removed");
        rm_problem_destroy(p);
    }
}

static void compact_keeps_order_names_and_answer(void **state)
{
    (void)state;
    for (int kind = 0; kind < 4; kind++) {
        rm_problem *p = problem(kind & 1);
        int64_t map[6];
        double x[4], dual = 0, again[4];
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        assert_ok(rm_problem_compact(p, 6, kind & 2 ? map : NULL));
        if (kind & 2) {
            static const int64_t expected[] = {0, -1, 1, 2, -1, 3};
            assert_memory_equal(map, expected, sizeof expected);
        }
        assert_int_equal(info(p, RM_INFO_VARIABLES), 4);
        assert_int_equal(info(p, RM_INFO_ACTIVE_VARIABLES), 4);
        assert_int_equal(info(p, RM_INFO_HAS_ANSWER), 1);
        assert_ok(rm_problem_get_solution(p, 4, NULL, x));
        assert_values(x, 1, 3, 4, 6);
        assert_ok(rm_problem_get_row_duals(p, 1, NULL, &dual));
        assert_same(dual, 2);
        static const char *const name[] = {"a", "c", "d", "f"};
        for (int64_t i = 0; i < 4; i++) {
            char text[32];
            get_name(p, i, text);
            assert_string_equal(text, name[i]);
        }
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        assert_ok(rm_problem_get_solution(p, 4, NULL, again));
        assert_same_array(x, again, 4);
        double far = 0;
        assert_refused(p, RM_ERROR_RANGE, rm_problem_get_solution(p, 1, (int64_t[]){4}, &far), "index[0] is 4",
                       "0 to 3");
        /* What comes after is new: no hole, no name. */
        int64_t first = -1;
        assert_ok(rm_problem_add_variables(p, 2, &first));
        assert_int_equal(first, 4);
        char text[32];
        get_name(p, 4, text);
        assert_string_equal(text, "");
        assert_ok(rm_problem_set_price(p, 2, (int64_t[]){4, 5}, (double[]){0, 0}));
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        rm_problem_destroy(p);
    }
}

static void compact_without_holes_changes_nothing(void **state)
{
    (void)state;
    rm_problem *p = problem(1);
    assert_ok(rm_problem_compact(p, 6, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    snapshot before = snapshot_take(p);
    int64_t map[4];
    assert_ok(rm_problem_compact(p, 4, map));
    for (int64_t i = 0; i < 4; i++)
        assert_int_equal(map[i], i);
    assert_ok(rm_problem_compact(p, 4, NULL));
    snapshot after = snapshot_take(p);
    assert_true(snapshot_equal(&before, &after));
    snapshot_free(&before);
    snapshot_free(&after);
    rm_problem_destroy(p);
}

static void compact_refuses(void **state)
{
    (void)state;
    rm_problem *p = problem(1);
    int64_t map[7];
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_status(rm_problem_compact(NULL, 6, map), RM_ERROR_NULL);
    for (int64_t count = -1; count < 8; count++)
        if (count != 6)
            assert_refused(p, RM_ERROR_RANGE, rm_problem_compact(p, count, map), "rm_problem_compact", "count is",
                           "number of variables, 6");
    rm_problem_destroy(p);
}

/* What the last solve found stays explainable, in the new numbers. */
static void compact_keeps_the_outcome(void **state)
{
    (void)state;
    const double shut[] = {1, 1, 1, 1}, low[] = {-INFINITY}, line[] = {0}, price[] = {1};
    const int64_t there[] = {0, 2, 3, 5}, last[] = {5};
    for (int listed = 0; listed < 2; listed++) {
        rm_problem *p = problem(listed);
        assert_ok(rm_problem_set_bounds(p, 4, there, NULL, shut));
        assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
        assert_ok(rm_problem_compact(p, 6, NULL));
        int64_t items = -1;
        assert_ok(rm_problem_explain(p, &items));
        assert_says(p, "4 variables");
        assert_int_equal(items, 5);
        for (int64_t k = 1; k < items; k++) {
            int32_t kind = 0;
            int64_t index = -1;
            double multiplier = -1, repair = -1;
            assert_ok(rm_problem_get_conflict(p, k, 1, &kind, &index, &multiplier, &repair));
            assert_int_equal(kind, RM_CONFLICT_UPPER);
            assert_int_equal(index, k - 1);
            assert_same(multiplier, 1);
            assert_same(repair, 10);
        }
        rm_problem_destroy(p);

        p = problem(listed);
        const double any[] = {INFINITY}, none[] = {-INFINITY};
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, none, any));
        assert_ok(rm_problem_set_bounds(p, 1, last, low, NULL));
        assert_ok(rm_problem_set_quadratic(p, 1, last, line, NULL, price));
        assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_UNBOUNDED);
        assert_says(p, "variable 5 ('f') runs downwards");
        assert_ok(rm_problem_compact(p, 6, NULL));
        assert_ok(rm_problem_explain(p, NULL));
        assert_says(p, "variable 3 ('f') runs downwards");
        rm_problem_destroy(p);
    }
}

static void add_refuses(void **state)
{
    (void)state;
    heap h = {0};
    rm_problem *p = NULL;
    int64_t first = 77;
    assert_ok(rm_problem_create(&p, 3, heap_resize, &h));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_status(rm_problem_add_variables(NULL, 1, &first), RM_ERROR_NULL);
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_variables(p, -1, &first), "rm_problem_add_variables",
                   "count is -1", "2^40");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_variables(p, ((int64_t)1 << 40) - 2, &first), "count", "2^40");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_add_variables(p, INT64_MAX, &first), "count");
    h.limit = 1 << 16;
    assert_refused(p, RM_ERROR_MEMORY, rm_problem_add_variables(p, 1 << 20, &first), "memory");
    assert_int_equal(first, 77);
    assert_ok(rm_problem_add_variables(p, 1, &first));
    assert_int_equal(first, 3);
    rm_problem_destroy(p);
    assert_int_equal(h.live, 0);
    assert_int_equal(h.wrong, 0);
}

static void growing_one_by_one_is_cheap(void **state)
{
    (void)state;
    heap h = {0};
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 0, heap_resize, &h));
    for (int64_t i = 0; i < 2000; i++) {
        int64_t first = -1;
        assert_ok(rm_problem_add_variables(p, 1, &first));
        assert_int_equal(first, i);
    }
    assert_true(h.allocations < 300); /* a few for each doubling of each array */
    double x[2000];
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 4000, 4000, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2000, NULL, x));
    for (int i = 0; i < 2000; i++)
        assert_same(x[i], 2);
    rm_problem_destroy(p);
    assert_int_equal(h.live, 0);
}

static void everything_can_be_removed(void **state)
{
    (void)state;
    rm_problem *p = problem(1);
    double x[6] = {9, 9, 9, 9, 9, 9};
    assert_ok(rm_problem_remove_variables(p, 4, (int64_t[]){0, 2, 3, 5}));
    assert_int_equal(info(p, RM_INFO_ACTIVE_VARIABLES), 0);
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    const double zero = 0;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &zero, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 6, NULL, x));
    assert_values(x, 0, 0, 0, 0, 0, 0);
    assert_ok(rm_problem_compact(p, 6, NULL));
    assert_int_equal(info(p, RM_INFO_VARIABLES), 0);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_add_variables(p, 2, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holes_are_zero_and_nameless),
        cmocka_unit_test(compact_keeps_order_names_and_answer),
        cmocka_unit_test(compact_without_holes_changes_nothing),
        cmocka_unit_test(compact_refuses),
        cmocka_unit_test(compact_keeps_the_outcome),
        cmocka_unit_test(add_refuses),
        cmocka_unit_test(growing_one_by_one_is_cheap),
        cmocka_unit_test(everything_can_be_removed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

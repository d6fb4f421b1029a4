/* Making, copying, reserving, freeing. */
#include "heap.h"
#include "instance.h"
#include "snapshot.h"

static void a_new_problem_has_the_defaults(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    int64_t value = -1;
    const int64_t expected[] = {3, 0, 3, 0, RM_ERROR_NO_ANSWER, 0, 0};
    for (int32_t key = RM_INFO_VARIABLES; key <= RM_INFO_ITERATIONS; key++) {
        assert_ok(rm_problem_get_info_i64(p, key, &value));
        assert_int_equal(value, expected[key - RM_INFO_VARIABLES]);
    }
    assert_int_equal(rm_problem_message(p, NULL, 0), 0);
    assert_int_equal(rm_problem_get_name(p, RM_NAME_PROBLEM, 0, NULL, 0), 0);
    /* weight 1, target 0, price 0, lower 0, upper +infinity */
    double x[3], objective = -1;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_values(x, 0, 0, 0);
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 6e9, 6e9, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_values(x, 2e9, 2e9, 2e9);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &objective));
    assert_same(objective, 12e18);
    const double less = -1;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &less, &less));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    rm_problem_destroy(p);
}

static void create_refuses(void **state)
{
    (void)state;
    rm_problem *p = (rm_problem *)state;
    assert_status(rm_problem_create(NULL, 3, NULL, NULL), RM_ERROR_NULL);
    assert_status(rm_problem_create(&p, -1, NULL, NULL), RM_ERROR_RANGE);
    assert_null(p);
    p = (rm_problem *)state;
    assert_status(rm_problem_create(&p, ((int64_t)1 << 40) + 1, NULL, NULL), RM_ERROR_RANGE);
    assert_null(p);
    assert_status(rm_problem_create(&p, INT64_MIN, NULL, NULL), RM_ERROR_RANGE);
    assert_status(rm_problem_create(&p, INT64_MAX, NULL, NULL), RM_ERROR_RANGE);
    heap h = {.limit = 1 << 20};
    p = (rm_problem *)state;
    assert_status(rm_problem_create(&p, (int64_t)1 << 40, heap_resize, &h), RM_ERROR_MEMORY);
    assert_null(p);
    assert_int_equal(h.live, 0);
    assert_int_equal(h.wrong, 0);
    rm_problem_destroy(NULL);
}

static void a_problem_may_have_no_variables(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    double nothing;
    assert_ok(rm_problem_create(&p, 0, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 0, NULL, NULL, NULL, NULL));
    assert_ok(rm_problem_set_price(p, 0, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, 0, NULL, NULL, NULL));
    assert_ok(rm_problem_remove_variables(p, 0, NULL));
    assert_ok(rm_problem_compact(p, 0, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 0, NULL, NULL));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &nothing));
    assert_same(nothing, 0);
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 0, 0, NULL));
    assert_ok(rm_problem_add_row(p, 0, NULL, NULL, 0, 0, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO)); /* nested: both hold nothing */
    rm_problem_destroy(p);
    assert_ok(rm_problem_create(&p, 0, NULL, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 0, 0, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_row_duals(p, 1, NULL, &nothing));
    assert_same(nothing, 0);
    const double one = 1;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, NULL, &one));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &one, NULL));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    rm_problem_destroy(p);
}

static rm_problem *furnished(rm_alloc_fn alloc, void *user)
{
    rm_problem *p = NULL;
    const double w[] = {4, 2, 1}, t[] = {3, 2, 1}, a[] = {1, 2, 1}, up[] = {4, 9, 9};
    const int64_t last = 2;
    assert_ok(rm_problem_create(&p, 4, alloc, user));
    assert_ok(rm_problem_set_quadratic(p, 3, NULL, w, t, NULL));
    assert_ok(rm_problem_set_bounds(p, 3, NULL, NULL, up));
    assert_ok(rm_problem_set_constant(p, 12.5));
    assert_ok(rm_problem_add_row(p, 3, NULL, a, 8, 8, NULL));
    assert_ok(rm_problem_remove_variables(p, 1, &last));
    assert_ok(rm_problem_set_name(p, RM_NAME_PROBLEM, 0, "fleet"));
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 1, "gpu-b"));
    assert_ok(rm_problem_set_name(p, RM_NAME_ROW, 0, "total"));
    assert_ok(rm_problem_set_option_i64(p, RM_OPTION_PROGRESS_STEP, 5));
    assert_ok(rm_problem_set_option_f64(p, RM_OPTION_TIME_LIMIT, 1e9));
    return p;
}

static void a_clone_is_equal_and_independent(void **state)
{
    (void)state;
    for (int solved = 0; solved < 3; solved++) {
        heap one = {0}, two = {0};
        rm_problem *p = furnished(heap_resize, &one), *copy = NULL;
        const double far = 1e6;
        if (solved == 2) { /* with a conflict explained */
            const double shut[] = {1, 1, 0, 0};
            const int64_t there[] = {0, 1, 3};
            assert_ok(rm_problem_set_bounds(p, 3, there, NULL, shut));
        }
        if (solved)
            assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), solved == 2 ? RM_INFEASIBLE : RM_OK);
        if (solved == 2)
            assert_ok(rm_problem_explain(p, NULL));
        assert_ok(rm_problem_clone(p, &copy, heap_resize, &two));
        snapshot before = snapshot_take(p), of_copy = snapshot_take(copy);
        assert_true(snapshot_equal(&before, &of_copy));
        /* Whatever happens to the copy, the original stays. */
        assert_ok(rm_problem_set_constant(copy, -1));
        assert_ok(rm_problem_set_name(copy, RM_NAME_VARIABLE, 1, "other"));
        assert_ok(rm_problem_set_row_bounds(copy, 1, NULL, NULL, &far));
        assert_ok(rm_problem_add_variables(copy, 30, NULL));
        assert_ok(rm_problem_set_price(copy, 1, (int64_t[]){20}, &far));
        rm_problem_solve(copy, RM_SOLVER_AUTO);
        snapshot after = snapshot_take(p);
        assert_true(snapshot_equal(&before, &after));
        rm_problem_destroy(copy);
        snapshot_free(&after);
        after = snapshot_take(p);
        assert_true(snapshot_equal(&before, &after));
        assert_int_equal(two.live, 0);
        assert_ok(rm_problem_clone(p, &copy, heap_resize, &two));
        rm_problem_destroy(p); /* and the other way round */
        assert_int_equal(one.live, 0);
        snapshot_free(&of_copy);
        of_copy = snapshot_take(copy);
        assert_true(snapshot_equal(&before, &of_copy));
        rm_problem_destroy(copy);
        assert_int_equal(two.live, 0);
        assert_int_equal(one.wrong + two.wrong, 0);
        snapshot_free(&before);
        snapshot_free(&after);
        snapshot_free(&of_copy);
    }
}

static int32_t stop(void *user, const rm_problem *p)
{
    (void)p;
    ++*(int *)user;
    return 1;
}

static void a_clone_has_no_callbacks(void **state)
{
    (void)state;
    rm_problem *p = furnished(NULL, NULL), *copy = NULL;
    int calls = 0;
    const int32_t flag = 1;
    assert_ok(rm_problem_set_progress_callback(p, stop, &calls));
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
    assert_ok(rm_problem_solve(copy, RM_SOLVER_AUTO));
    rm_problem_destroy(copy);
    assert_int_equal(calls, 0);
    assert_ok(rm_problem_set_progress_callback(p, NULL, NULL));
    assert_ok(rm_problem_set_cancel_flag(p, &flag));
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
    assert_ok(rm_problem_solve(copy, RM_SOLVER_AUTO));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_CANCELLED);
    rm_problem_destroy(copy);
    rm_problem_destroy(p);
}

static void clone_refuses(void **state)
{
    (void)state;
    rm_problem *p = furnished(NULL, NULL), *copy = p;
    assert_refused(p, RM_ERROR_NULL, rm_problem_clone(p, NULL, NULL, NULL), "");
    assert_status(rm_problem_clone(NULL, &copy, NULL, NULL), RM_ERROR_NULL);
    assert_null(copy);
    rm_problem_destroy(p);
}

static void reserve_refuses(void **state)
{
    (void)state;
    heap h = {0};
    rm_problem *p = furnished(heap_resize, &h);
    const int64_t most = (int64_t)1 << 40, rows = (int64_t)1 << 31;
    assert_status(rm_problem_reserve(NULL, 1, 1, 1), RM_ERROR_NULL);
    assert_refused(p, RM_ERROR_RANGE, rm_problem_reserve(p, -1, 1, 1), "rm_problem_reserve", "variables", "-1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_reserve(p, most + 1, 1, 1), "variables", "1099511627777", "2^40");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_reserve(p, 1, -7, 1), "rows", "-7");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_reserve(p, 1, rows + 1, 1), "rows", "2147483649", "2^31");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_reserve(p, 1, 1, -1), "nonzeros", "-1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_reserve(p, 1, 1, INT64_MAX), "nonzeros");
    h.limit = 1 << 20;
    assert_refused(p, RM_ERROR_MEMORY, rm_problem_reserve(p, most, 1, 1), "rm_problem_reserve", "memory");
    assert_refused(p, RM_ERROR_MEMORY, rm_problem_reserve(p, 1, rows, 1), "memory");
    assert_refused(p, RM_ERROR_MEMORY, rm_problem_reserve(p, 1, 1, (int64_t)1 << 40), "memory");
    snapshot before = snapshot_take(p);
    assert_ok(rm_problem_reserve(p, 0, 0, 0));
    assert_ok(rm_problem_reserve(p, 1000, 10, 1000));
    snapshot after = snapshot_take(p);
    assert_true(snapshot_equal(&before, &after)); /* the answer too stays */
    snapshot_free(&before);
    snapshot_free(&after);
    rm_problem_destroy(p);
    assert_int_equal(h.live, 0);
    assert_int_equal(h.wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_problem_has_the_defaults),   cmocka_unit_test(create_refuses),
        cmocka_unit_test(a_problem_may_have_no_variables),  cmocka_unit_test(a_clone_is_equal_and_independent),
        cmocka_unit_test(a_clone_has_no_callbacks),         cmocka_unit_test(clone_refuses),
        cmocka_unit_test(reserve_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

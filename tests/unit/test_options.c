/* Options, and the executor: ranges, defaults, what is refused. */
#include "snapshot.h"

static rm_problem *problem(void)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    return p;
}

static void ranges_and_defaults(void **state)
{
    (void)state;
    double low = 7, high = 7, standard = 7, value = 7;
    int64_t low_i = 7, high_i = 7, standard_i = 7, value_i = 7;
    rm_problem *p = problem();
    assert_ok(rm_option_range_f64(RM_OPTION_TIME_LIMIT, &low, &high, &standard));
    assert_same(low, 0);
    assert_same(high, INFINITY);
    assert_same(standard, INFINITY);
    assert_ok(rm_option_range_f64(RM_OPTION_TIME_LIMIT, NULL, NULL, NULL));
    assert_ok(rm_problem_get_option_f64(p, RM_OPTION_TIME_LIMIT, &value));
    assert_same(value, standard);
    static const struct {
        int32_t key;
        int64_t low, standard;
    } row[] = {{RM_OPTION_ITERATION_LIMIT, 0, INT64_MAX}, {RM_OPTION_PROGRESS_STEP, 1, 1}};
    for (int64_t k = 0; k < COUNT_OF(row); k++) {
        assert_ok(rm_option_range_i64(row[k].key, &low_i, &high_i, &standard_i));
        assert_int_equal(low_i, row[k].low);
        assert_true(high_i == INT64_MAX);
        assert_true(standard_i == row[k].standard);
        assert_ok(rm_option_range_i64(row[k].key, NULL, NULL, NULL));
        assert_ok(rm_problem_get_option_i64(p, row[k].key, &value_i));
        assert_true(value_i == standard_i);
        const int64_t some[] = {low_i, low_i + 1, 12345, high_i};
        for (int64_t j = 0; j < COUNT_OF(some); j++) {
            assert_ok(rm_problem_set_option_i64(p, row[k].key, some[j]));
            assert_ok(rm_problem_get_option_i64(p, row[k].key, &value_i));
            assert_true(value_i == some[j]);
        }
    }
    const double some[] = {0, 0x1p-1074, 2.5, INFINITY};
    for (int64_t j = 0; j < COUNT_OF(some); j++) {
        assert_ok(rm_problem_set_option_f64(p, RM_OPTION_TIME_LIMIT, some[j]));
        assert_ok(rm_problem_get_option_f64(p, RM_OPTION_TIME_LIMIT, &value));
        assert_same(value, some[j]);
    }
    rm_problem_destroy(p);
}

static void keys_of_the_other_type_are_unknown(void **state)
{
    (void)state;
    rm_problem *p = problem();
    static const int32_t not_f64[] = {0, -1, 200, 202, RM_OPTION_ITERATION_LIMIT, RM_INFO_GAP, INT32_MIN, INT32_MAX};
    static const int32_t not_i64[] = {0, -1, 300, 304, RM_OPTION_TIME_LIMIT, RM_INFO_ROWS, INT32_MIN, INT32_MAX};
    double value = 7, low = 7;
    int64_t value_i = 7, low_i = 7;
    for (int64_t k = 0; k < COUNT_OF(not_f64); k++) {
        assert_refused(p, RM_ERROR_RANGE, rm_problem_set_option_f64(p, not_f64[k], 1), "rm_problem_set_option_f64",
                       "key is", "RM_OPTION_");
        assert_refused(p, RM_ERROR_RANGE, rm_problem_get_option_f64(p, not_f64[k], &value),
                       "rm_problem_get_option_f64", "key is");
        assert_status(rm_option_range_f64(not_f64[k], &low, NULL, NULL), RM_ERROR_RANGE);
    }
    for (int64_t k = 0; k < COUNT_OF(not_i64); k++) {
        assert_refused(p, RM_ERROR_RANGE, rm_problem_set_option_i64(p, not_i64[k], 1), "rm_problem_set_option_i64",
                       "key is", "RM_OPTION_");
        assert_refused(p, RM_ERROR_RANGE, rm_problem_get_option_i64(p, not_i64[k], &value_i),
                       "rm_problem_get_option_i64", "key is");
        assert_status(rm_option_range_i64(not_i64[k], &low_i, NULL, NULL), RM_ERROR_RANGE);
    }
    assert_same(value, 7);
    assert_same(low, 7);
    assert_int_equal(value_i, 7);
    assert_int_equal(low_i, 7);
    rm_problem_destroy(p);
}

static void values_out_of_range(void **state)
{
    (void)state;
    rm_problem *p = problem();
    double v;
    int64_t i;
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_option_f64(p, RM_OPTION_TIME_LIMIT, -0.5), "value is -0.5",
                   "from 0 to infinity");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_option_f64(p, RM_OPTION_TIME_LIMIT, -INFINITY), "-infinity");
    assert_refused(p, RM_ERROR_NAN, rm_problem_set_option_f64(p, RM_OPTION_TIME_LIMIT, NAN), "NaN");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, -1), "value is -1",
                   "from 0 to 9223372036854775807");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_option_i64(p, RM_OPTION_PROGRESS_STEP, 0), "value is 0",
                   "from 1 to");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_option_i64(p, RM_OPTION_PROGRESS_STEP, INT64_MIN),
                   "-9223372036854775808");
    assert_refused(p, RM_ERROR_NULL, rm_problem_get_option_f64(p, RM_OPTION_TIME_LIMIT, NULL), "value");
    assert_refused(p, RM_ERROR_NULL, rm_problem_get_option_i64(p, RM_OPTION_PROGRESS_STEP, NULL), "value");
    assert_status(rm_problem_set_option_f64(NULL, RM_OPTION_TIME_LIMIT, 1), RM_ERROR_NULL);
    assert_status(rm_problem_set_option_i64(NULL, RM_OPTION_PROGRESS_STEP, 1), RM_ERROR_NULL);
    assert_status(rm_problem_get_option_f64(NULL, RM_OPTION_TIME_LIMIT, &v), RM_ERROR_NULL);
    assert_status(rm_problem_get_option_i64(NULL, RM_OPTION_PROGRESS_STEP, &i), RM_ERROR_NULL);
    assert_status(rm_problem_set_cancel_flag(NULL, NULL), RM_ERROR_NULL);
    assert_status(rm_problem_set_progress_callback(NULL, NULL, NULL), RM_ERROR_NULL);
    rm_problem_destroy(p);
}

static int32_t never_called(void *user, rm_task_fn fn, void *task, int64_t parts)
{
    (void)fn;
    (void)task;
    (void)parts;
    ++*(int *)user;
    return -1;
}

static void threads_are_counted_from_1_to_64(void **state)
{
    (void)state;
    rm_problem *p = problem(), *copy = NULL;
    int64_t low = 7, high = 7, standard = 7, value = 7;
    assert_ok(rm_option_range_i64(RM_OPTION_THREADS, &low, &high, &standard));
    assert_int_equal(low, 1);
    assert_int_equal(high, 64);
    assert_int_equal(standard, 1);
    assert_ok(rm_problem_get_option_i64(p, RM_OPTION_THREADS, &value));
    assert_int_equal(value, 1);
    for (int64_t threads = low; threads <= high; threads += 7) {
        assert_ok(rm_problem_set_option_i64(p, RM_OPTION_THREADS, threads));
        assert_ok(rm_problem_get_option_i64(p, RM_OPTION_THREADS, &value));
        assert_int_equal(value, threads);
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    }
    const int64_t refused[] = {0, -1, 65, INT64_MAX, INT64_MIN};
    for (int64_t k = 0; k < COUNT_OF(refused); k++)
        assert_refused(p, RM_ERROR_RANGE, rm_problem_set_option_i64(p, RM_OPTION_THREADS, refused[k]), "value is",
                       "from 1 to 64");
    assert_ok(rm_problem_get_option_i64(p, RM_OPTION_THREADS, &value));
    assert_int_equal(value, 64);
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL)); /* an option: it is copied */
    assert_ok(rm_problem_get_option_i64(copy, RM_OPTION_THREADS, &value));
    assert_int_equal(value, 64);
    rm_problem_destroy(copy);
    rm_problem_destroy(p);
}

static void the_width_of_an_executor(void **state)
{
    (void)state;
    rm_problem *p = problem();
    int calls = 0;
    const int32_t refused[] = {0, -1, 1025, INT32_MAX, INT32_MIN};
    for (int64_t k = 0; k < COUNT_OF(refused); k++)
        assert_refused(p, RM_ERROR_RANGE, rm_problem_set_executor(p, never_called, &calls, refused[k]),
                       "rm_problem_set_executor", "width is", "from 1 to 1024");
    const int32_t allowed[] = {1, 2, 1024};
    for (int64_t k = 0; k < COUNT_OF(allowed); k++) {
        assert_ok(rm_problem_set_executor(p, never_called, &calls, allowed[k]));
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO)); /* two variables stay on this thread */
    }
    for (int64_t k = 0; k < COUNT_OF(refused); k++) /* none: then there is no width */
        assert_ok(rm_problem_set_executor(p, NULL, NULL, refused[k]));
    assert_status(rm_problem_set_executor(NULL, never_called, &calls, 2), RM_ERROR_NULL);
    assert_int_equal(calls, 0);
    rm_problem_destroy(p);
}

static void an_executor_is_not_copied(void **state)
{
    (void)state;
    int64_t n = 140000;
    int calls = 0;
    rm_problem *p = NULL, *copy = NULL;
    assert_ok(rm_problem_create(&p, n, NULL, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 1000, 1000, NULL));
    assert_ok(rm_problem_set_executor(p, never_called, &calls, 4));
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
    assert_ok(rm_problem_solve(copy, RM_SOLVER_AUTO));
    assert_int_equal(calls, 0);
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_ERROR_CALLBACK);
    assert_int_equal(calls, 1);
    rm_problem_destroy(copy);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_and_defaults),
        cmocka_unit_test(keys_of_the_other_type_are_unknown),
        cmocka_unit_test(values_out_of_range),
        cmocka_unit_test(threads_are_counted_from_1_to_64),
        cmocka_unit_test(the_width_of_an_executor),
        cmocka_unit_test(an_executor_is_not_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

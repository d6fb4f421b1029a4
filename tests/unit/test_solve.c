/* Solving: outcomes, limits, cancelling, progress, what is busy meanwhile. */
#include "snapshot.h"

/* Three devices with targets 1, 2, 3 and a total of 12. */
static rm_problem *problem(void)
{
    rm_problem *p = NULL;
    const double t[] = {1, 2, 3}, w[] = {1, 2, 3};
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 3, NULL, w, t, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 12, 12, NULL));
    return p;
}

static int64_t info(const rm_problem *p, int32_t key)
{
    int64_t value = -77;
    assert_ok(rm_problem_get_info_i64(p, key, &value));
    return value;
}

static void no_answer(rm_problem *p, rm_status status)
{
    double v = 7;
    assert_int_equal(info(p, RM_INFO_STATUS), status);
    assert_int_equal(info(p, RM_INFO_HAS_ANSWER), 0);
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_get_solution(p, 1, NULL, &v), "rm_problem_get_solution",
                   "no answer");
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_get_row_duals(p, 1, NULL, &v), "no answer");
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_get_reduced_costs(p, 1, NULL, &v), "no answer");
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_get_row_ranges(p, 1, NULL, &v, &v, &v, &v), "no answer");
    for (int32_t key = RM_INFO_OBJECTIVE; key <= RM_INFO_DUAL_RESIDUAL; key++)
        assert_status(rm_problem_get_info_f64(p, key, &v), RM_ERROR_NO_ANSWER);
    const int32_t key = RM_INFO_OBJECTIVE;
    const double x[3] = {1, 1, 1};
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_verify(p, NULL, x, 1, &key, &v), "no answer");
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_verify(p, x, NULL, 1, &key, &v), "no answer");
    assert_same(v, 7);
}

static void solvers(void **state)
{
    (void)state;
    rm_problem *p = problem();
    assert_status(rm_problem_solve(NULL, RM_SOLVER_AUTO), RM_ERROR_NULL);
    no_answer(p, RM_ERROR_NO_ANSWER);
    assert_int_equal(info(p, RM_INFO_SOLVER), 0);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(rm_problem_message(p, NULL, 0), 0);
    assert_int_equal(info(p, RM_INFO_SOLVER), RM_SOLVER_WATERFILL);
    assert_int_equal(info(p, RM_INFO_STATUS), RM_OK);
    assert_int_equal(info(p, RM_INFO_HAS_ANSWER), 1);
    snapshot one = snapshot_take(p);
    assert_ok(rm_problem_solve(p, RM_SOLVER_WATERFILL));
    double seconds = -1;
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SECONDS, &seconds));
    assert_true(seconds >= 0);
    static const int32_t wrong[] = {-1, 2, INT32_MAX, INT32_MIN};
    for (int64_t k = 0; k < COUNT_OF(wrong); k++)
        assert_refused(p, RM_ERROR_RANGE, rm_problem_solve(p, wrong[k]), "rm_problem_solve", "RM_SOLVER_AUTO");
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 0, 99, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(info(p, RM_INFO_SOLVER), RM_SOLVER_TREE);
    assert_refused(p, RM_ERROR_NOT_SUPPORTED, rm_problem_solve(p, RM_SOLVER_WATERFILL), "more than one row");
    snapshot_free(&one);
    rm_problem_destroy(p);
}

static void infeasible(void **state)
{
    (void)state;
    rm_problem *p = problem();
    const double up[] = {3, 3, 3};
    double shortfall = 7;
    assert_ok(rm_problem_set_bounds(p, 3, NULL, NULL, up));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_says(p, "9");
    assert_says(p, "3 short of the total 12");
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SHORTFALL, &shortfall));
    assert_same(shortfall, 3);
    no_answer(p, RM_INFEASIBLE);
    const double nine = 9;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &nine, &nine));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SHORTFALL, &shortfall));
    assert_same(shortfall, 0);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    rm_problem_destroy(p);
}

/* 0.7 + 0.1 is a hair below 0.8, and that counts as met. */
static void a_hair_is_no_shortfall(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double up[] = {0.7, 0.1};
    double x[2];
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, up));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 0.8, 0.8, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2, NULL, x));
    assert_same_array(x, up, 2);
    const double more = 0.8 + 1e-12;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, NULL, &more));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &more, NULL));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    rm_problem_destroy(p);
}

static void unbounded(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double w[] = {0, 0, 1}, price[] = {1, 2, 0}, low[] = {-INFINITY, -INFINITY, 0};
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 3, NULL, w, NULL, price));
    assert_ok(rm_problem_set_bounds(p, 3, NULL, low, NULL));
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 1, "dear"));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_UNBOUNDED); /* no row at all */
    assert_says(p, "variable 0 runs downwards");
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 5, 5, NULL));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_UNBOUNDED); /* one against the other */
    assert_says(p, "variable 0");
    assert_says(p, "variable 1 ('dear')");
    assert_says(p, "against");
    no_answer(p, RM_UNBOUNDED);
    const double same[] = {2, 2};
    assert_ok(rm_problem_set_price(p, 2, NULL, same)); /* the price has to be 2, and x_2 is 1 */
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    rm_problem_destroy(p);
}

static void limits(void **state)
{
    (void)state;
    rm_problem *p = problem();
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    int64_t passes = info(p, RM_INFO_ITERATIONS);
    assert_in_range(passes, 1, 300);
    snapshot whole = snapshot_take(p);
    for (int64_t limit = 0; limit < passes; limit++) {
        assert_ok(rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, limit));
        assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_LIMIT);
        assert_says(p, "limit");
        assert_int_equal(info(p, RM_INFO_ITERATIONS), limit);
        no_answer(p, RM_LIMIT);
    }
    assert_ok(rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, passes));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, INT64_MAX));
    assert_ok(rm_problem_set_option_f64(p, RM_OPTION_TIME_LIMIT, 0));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_LIMIT);
    assert_says(p, "RM_OPTION_TIME_LIMIT");
    no_answer(p, RM_LIMIT);
    assert_ok(rm_problem_set_option_f64(p, RM_OPTION_TIME_LIMIT, 1e9));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(info(p, RM_INFO_ITERATIONS), passes);
    snapshot_free(&whole);
    rm_problem_destroy(p);
}

static void the_cancel_flag(void **state)
{
    (void)state;
    rm_problem *p = problem();
    int32_t flag = 1;
    assert_ok(rm_problem_set_cancel_flag(p, &flag));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_CANCELLED);
    assert_says(p, "cancelled");
    no_answer(p, RM_CANCELLED);
    flag = -5;
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_CANCELLED);
    flag = 0;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    flag = 1;
    assert_ok(rm_problem_set_cancel_flag(p, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    rm_problem_destroy(p);
}

/* A callback that answers `then` at its call number `at`, and counts. */
typedef struct script {
    int calls, at;
    int32_t then, *flag;
    int64_t passes[400];
} script;

static int32_t follow(void *user, const rm_problem *p)
{
    script *s = user;
    double seconds = -1;
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SECONDS, &seconds));
    assert_true(seconds >= 0);
    assert_int_equal(info(p, RM_INFO_HAS_ANSWER), 0);
    assert_int_equal(info(p, RM_INFO_VARIABLES), 3);
    assert_true(s->calls < COUNT_OF(s->passes));
    s->passes[s->calls++] = info(p, RM_INFO_ITERATIONS);
    if (s->calls != s->at)
        return 0;
    if (s->flag)
        *s->flag = 1;
    return s->then;
}

static void progress_is_called_before_each_pass(void **state)
{
    (void)state;
    rm_problem *p = problem();
    for (int64_t step = 1; step < 5; step++) {
        script s = {0};
        assert_ok(rm_problem_set_option_i64(p, RM_OPTION_PROGRESS_STEP, step));
        assert_ok(rm_problem_set_progress_callback(p, follow, &s));
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        int64_t passes = info(p, RM_INFO_ITERATIONS);
        assert_int_equal(s.calls, (passes + step - 1) / step);
        for (int k = 0; k < s.calls; k++)
            assert_int_equal(s.passes[k], k * step);
    }
    script s = {0};
    assert_ok(rm_problem_set_option_i64(p, RM_OPTION_PROGRESS_STEP, INT64_MAX));
    assert_ok(rm_problem_set_progress_callback(p, follow, &s));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(s.calls, 1); /* once before the first */
    assert_ok(rm_problem_set_progress_callback(p, NULL, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(s.calls, 1);
    rm_problem_destroy(p);
}

static void progress_may_stop_the_solve(void **state)
{
    (void)state;
    rm_problem *p = problem();
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    int passes = (int)info(p, RM_INFO_ITERATIONS);
    for (int at = 1; at <= passes; at++)
        for (int kind = 0; kind < 4; kind++) {
            static const int32_t then[] = {1, -1, INT32_MAX, INT32_MIN};
            script s = {.at = at, .then = then[kind]};
            assert_ok(rm_problem_set_progress_callback(p, follow, &s));
            assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), then[kind] > 0 ? RM_CANCELLED : RM_ERROR_CALLBACK);
            assert_says(p, then[kind] > 0 ? "cancelled" : "callback");
            assert_int_equal(s.calls, at);
            assert_ok(rm_problem_set_progress_callback(p, NULL, NULL));
            no_answer(p, then[kind] > 0 ? RM_CANCELLED : RM_ERROR_CALLBACK);
        }
    for (int at = 1; at <= passes; at++) { /* the flag set half-way */
        int32_t flag = 0;
        script s = {.at = at, .flag = &flag};
        assert_ok(rm_problem_set_progress_callback(p, follow, &s));
        assert_ok(rm_problem_set_cancel_flag(p, &flag));
        rm_status status = rm_problem_solve(p, RM_SOLVER_AUTO);
        assert_true(status == RM_CANCELLED || (at == passes && status == RM_OK));
    }
    assert_ok(rm_problem_set_cancel_flag(p, NULL));
    assert_ok(rm_problem_set_progress_callback(p, NULL, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    rm_problem_destroy(p);
}

/* Every other call is refused from inside. */
static int32_t intrude(void *user, const rm_problem *p)
{
    rm_problem *own = *(rm_problem **)user, *copy = own;
    assert_ptr_equal(own, p);
    double v[3] = {1, 1, 1};
    const int32_t key = RM_INFO_OBJECTIVE;
    int32_t flag = 0, kind;
    int64_t i = 0;
    rm_status got[] = {
        rm_problem_clone(own, &copy, NULL, NULL),
        rm_problem_reserve(own, 10, 10, 10),
        rm_problem_set_quadratic(own, 1, NULL, v, v, v),
        rm_problem_set_price(own, 1, NULL, v),
        rm_problem_set_constant(own, 1),
        rm_problem_set_bounds(own, 1, NULL, v, v),
        rm_problem_add_row(own, RM_ALL, NULL, NULL, 0, 1, NULL),
        rm_problem_set_row_bounds(own, 1, NULL, v, v),
        rm_problem_add_variables(own, 1, NULL),
        rm_problem_remove_variables(own, 1, NULL),
        rm_problem_compact(own, 3, NULL),
        rm_problem_set_name(own, RM_NAME_PROBLEM, 0, "x"),
        rm_problem_set_option_f64(own, RM_OPTION_TIME_LIMIT, 1),
        rm_problem_set_option_i64(own, RM_OPTION_PROGRESS_STEP, 1),
        rm_problem_get_option_f64(own, RM_OPTION_TIME_LIMIT, v),
        rm_problem_get_option_i64(own, RM_OPTION_PROGRESS_STEP, &i),
        rm_problem_set_cancel_flag(own, &flag),
        rm_problem_set_progress_callback(own, NULL, NULL),
        rm_problem_solve(own, RM_SOLVER_AUTO),
        rm_problem_get_solution(own, 3, NULL, v),
        rm_problem_get_row_duals(own, 1, NULL, v),
        rm_problem_get_reduced_costs(own, 1, NULL, v),
        rm_problem_get_row_ranges(own, 1, NULL, v, v, v, v),
        rm_problem_verify(own, v, v, 1, &key, v),
        rm_problem_explain(own, &i),
        rm_problem_get_conflict(own, 0, 1, &kind, &i, v, v),
    };
    for (int64_t k = 0; k < COUNT_OF(got); k++)
        assert_status(got[k], RM_ERROR_BUSY);
    assert_null(copy);
    rm_problem_destroy(own); /* ignored */
    /* Another handle, and calls without one, are nobody's business. */
    rm_problem *other = NULL;
    assert_ok(rm_problem_create(&other, 1, NULL, NULL));
    assert_ok(rm_problem_solve(other, RM_SOLVER_AUTO));
    rm_problem_destroy(other);
    assert_ok(rm_waterfill(1, NULL, NULL, NULL, NULL, NULL, NULL, 3, v, NULL, NULL));
    return 0;
}

static void a_solving_handle_is_busy(void **state)
{
    (void)state;
    rm_problem *p = problem();
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    snapshot before = snapshot_take(p);
    assert_ok(rm_problem_set_progress_callback(p, intrude, &p));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(info(p, RM_INFO_STATUS), RM_OK);
    double x[3], seconds = 0;
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_ok(rm_problem_set_progress_callback(p, NULL, NULL));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SECONDS, &seconds));
    assert_true(seconds >= 0);
    rm_problem *copy = NULL; /* the same answer as without; the seconds differ */
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
    double y[3];
    assert_ok(rm_problem_solve(copy, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(copy, 3, NULL, y));
    assert_same_array(x, y, 3);
    snapshot_free(&before);
    rm_problem_destroy(copy);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solvers),
        cmocka_unit_test(infeasible),
        cmocka_unit_test(a_hair_is_no_shortfall),
        cmocka_unit_test(unbounded),
        cmocka_unit_test(limits),
        cmocka_unit_test(the_cancel_flag),
        cmocka_unit_test(progress_is_called_before_each_pass),
        cmocka_unit_test(progress_may_stop_the_solve),
        cmocka_unit_test(a_solving_handle_is_busy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Every allocation of every call fails once, and from there on all of them: no
 * crash, no leak, nothing changed, and the call works when tried again. */
#include "heap.h"
#include "snapshot.h"

/* A problem with everything in it that grows: names, holes, a row by list. */
static rm_problem *furnished(heap *h)
{
    rm_problem *p = NULL;
    const double w[] = {4, 2, 1, 3}, t[] = {3, 2, 1, 5}, up[] = {4, 9, 9, 2};
    assert_ok(rm_problem_create(&p, 4, heap_resize, h));
    assert_ok(rm_problem_set_quadratic(p, 4, NULL, w, t, NULL));
    assert_ok(rm_problem_set_bounds(p, 4, NULL, NULL, up));
    assert_ok(rm_problem_add_row(p, 4, NULL, w, 30, 30, NULL));
    assert_ok(rm_problem_remove_variables(p, 1, (int64_t[]){2}));
    assert_ok(rm_problem_set_name(p, RM_NAME_PROBLEM, 0, "fleet"));
    assert_ok(rm_problem_set_name(p, RM_NAME_ROW, 0, "total"));
    return p;
}

static rm_problem *solved(heap *h)
{
    rm_problem *p = furnished(h);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    return p;
}

static rm_problem *named(heap *h)
{
    rm_problem *p = solved(h);
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 1, "gpu-b"));
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 3, "gpu-d"));
    return p;
}

static rm_problem *infeasible(heap *h)
{
    rm_problem *p = furnished(h);
    const double far = 1000;
    assert_ok(rm_problem_set_bounds(p, 1, (int64_t[]){1}, NULL, &far));
    assert_ok(rm_problem_set_bounds(p, 1, (int64_t[]){1}, NULL, (double[]){1}));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    return p;
}

/* Of several families, with steps and moving costs; its path grows as it is found. */
static rm_problem *mixed(heap *h)
{
    rm_problem *p = furnished(h);
    const double one[] = {1}, at[] = {0, 1}, slope[] = {1, 2};
    assert_ok(rm_problem_set_alpha_fair(p, 1, (int64_t[]){1}, one, one, (double[]){2}));
    assert_ok(rm_problem_set_piecewise(p, 1, (int64_t[]){3}, (int64_t[]){0, 2}, at, slope));
    assert_ok(rm_problem_set_move_cost(p, 1, (int64_t[]){0}, one, one, one));
    return p;
}

/* Quotas within quotas, solved. */
static rm_problem *nested(heap *h)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 3, heap_resize, h));
    assert_ok(rm_problem_add_row(p, 2, NULL, NULL, 1, 2, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 6, 6, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    return p;
}

static rm_problem *bare(heap *h)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 3, heap_resize, h));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 6, 6, NULL));
    return p;
}

/* --- the calls that may allocate ------------------------------------------------ */

static rm_status add_variables(rm_problem *p)
{
    return rm_problem_add_variables(p, 100, NULL);
}

static rm_status add_row(rm_problem *p)
{
    int64_t row = -77;
    rm_status status = rm_problem_add_row(p, 2, NULL, (double[]){1, 2}, 0, 9, &row);
    assert_true(status == RM_OK || row == -77);
    return status;
}

static rm_status add_rows(rm_problem *p)
{
    static const int64_t start[] = {0, 1, 3}, index[] = {0, 1, 0};
    static const double lower[] = {0, 0}, upper[] = {9, 9};
    int64_t first = -77;
    rm_status status = rm_problem_add_rows(p, 2, start, index, NULL, lower, upper, &first);
    assert_true(status == RM_OK || first == -77);
    return status;
}

static rm_status add_total(rm_problem *p)
{
    return rm_problem_add_row(p, RM_ALL, NULL, NULL, 0, 9, NULL);
}

static rm_status reserve(rm_problem *p)
{
    return rm_problem_reserve(p, 500, 20, 900);
}

static rm_status name_problem(rm_problem *p)
{
    return rm_problem_set_name(p, RM_NAME_PROBLEM, 0, "another name");
}

static rm_status name_variable(rm_problem *p)
{
    return rm_problem_set_name(p, RM_NAME_VARIABLE, 1, "another name");
}

static rm_status name_row(rm_problem *p)
{
    return rm_problem_set_name(p, RM_NAME_ROW, 0, "another name");
}

static rm_status remove_one(rm_problem *p)
{
    return rm_problem_remove_variables(p, 1, (int64_t[]){1});
}

static rm_status compact(rm_problem *p)
{
    int64_t n = 0;
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_VARIABLES, &n));
    return rm_problem_compact(p, n, NULL);
}

static rm_status solve(rm_problem *p)
{
    return rm_problem_solve(p, RM_SOLVER_AUTO);
}

static rm_status explain(rm_problem *p)
{
    return rm_problem_explain(p, NULL);
}

static rm_status verify(rm_problem *p)
{
    double v;
    const double x[8] = {1, 2, 3, 4, 5, 6, 7, 8}, y[2] = {1, 1}; /* two rows at the most */
    const int32_t key = RM_INFO_GAP;
    return rm_problem_verify(p, x, y, 1, &key, &v);
}

static rm_status set_all(rm_problem *p)
{
    const double v[] = {5, 6};
    const int64_t index[] = {1, 0};
    rm_status status = rm_problem_set_quadratic(p, 2, index, v, v, v);
    if (status == RM_OK)
        status = rm_problem_set_bounds(p, 2, index, v, v);
    if (status == RM_OK)
        status = rm_problem_set_row_bounds(p, 1, NULL, v, v + 1);
    return status;
}

static rm_status set_alpha(rm_problem *p)
{
    const double v[] = {5, 6};
    const int64_t index[] = {1, 0};
    return rm_problem_set_alpha_fair(p, 2, index, v, v, v);
}

static rm_status set_moves(rm_problem *p)
{
    const double v[] = {5, 6};
    const int64_t index[] = {1, 0};
    return rm_problem_set_move_cost(p, 2, index, v, v, v);
}

static rm_status set_steps(rm_problem *p)
{
    const double at[] = {0, 1, 0, 2}, slope[] = {1, 2, 0, 3};
    const int64_t index[] = {1, 0}, start[] = {0, 2, 4};
    return rm_problem_set_piecewise(p, 2, index, start, at, slope);
}

/* Answers with the centre of all: never asked here. */
static int32_t respond(void *user, int64_t count, const int64_t *index, const double *price, const double *rho,
                       const double *centre, double *x_low, double *x_high, double *slope, double *value)
{
    (void)user, (void)index, (void)price, (void)rho;
    for (int64_t k = 0; k < count; k++) {
        x_low[k] = x_high[k] = centre[k];
        slope[k] = value[k] = 0;
    }
    return 0;
}

static rm_status set_custom(rm_problem *p)
{
    return rm_problem_set_custom(p, 2, (int64_t[]){1, 0}, respond, NULL);
}

static rm_status follow(rm_problem *p)
{
    return rm_problem_build_path(p, 0, 0, 9, NULL);
}

static rm_status ask_path(rm_problem *p)
{
    double x;
    rm_status status = rm_problem_build_path(p, 0, 1, 9, NULL);
    return status == RM_OK ? rm_problem_get_path_solution(p, 2, 1, NULL, &x) : status;
}

static const struct {
    const char *name;
    rm_status (*call)(rm_problem *p);
} calls[] = {
    {"add_variables", add_variables}, {"add_row", add_row},             {"add_rows", add_rows},           {"add_total", add_total},
    {"reserve", reserve},             {"name_problem", name_problem},   {"name_variable", name_variable},
    {"name_row", name_row},           {"remove_one", remove_one},       {"compact", compact},
    {"solve", solve},                 {"explain", explain},             {"verify", verify},
    {"set_all", set_all},             {"set_alpha", set_alpha},         {"set_moves", set_moves},
    {"set_steps", set_steps},         {"follow", follow},               {"ask_path", ask_path},
    {"set_custom", set_custom},
};

static rm_problem *(*const makers[])(heap *) = {furnished, solved, named, infeasible, mixed, nested, bare};

static rm_status without_failure(rm_problem *(*make)(heap *), rm_status (*call)(rm_problem *))
{
    heap h = {0};
    rm_problem *p = make(&h);
    rm_status status = call(p);
    rm_problem_destroy(p);
    assert_int_equal(h.live, 0);
    return status;
}

/* Fails the k-th allocation of the call; returns whether there was one. */
static int fail_one(rm_problem *(*make)(heap *), rm_status (*call)(rm_problem *), int64_t k, int fail_on,
                    rm_status expected)
{
    heap h = {0};
    rm_problem *p = make(&h);
    snapshot before = snapshot_take(p);
    h.allocations = 0;
    h.fail_at = k;
    h.fail_on = fail_on;
    rm_status status = call(p);
    int failed = h.allocations >= k;
    h.fail_at = 0;
    assert_true(status == RM_ERROR_MEMORY || status == expected);
    assert_int_equal(h.wrong, 0);
    if (status == RM_ERROR_MEMORY) {
        assert_true(failed);
        assert_says(p, "memory");
        snapshot now = snapshot_take(p);
        assert_true(snapshot_equal(&before, &now));
        snapshot_free(&now);
        assert_status(call(p), expected); /* again, with memory */
    }
    heap other = {0};
    rm_problem *q = make(&other);
    assert_status(call(q), expected);
    snapshot one = snapshot_content(p), two = snapshot_content(q);
    assert_true(snapshot_equal(&one, &two)); /* as if it had never failed */
    snapshot_free(&one);
    snapshot_free(&two);
    snapshot_free(&before);
    rm_problem_destroy(p);
    rm_problem_destroy(q);
    assert_int_equal(h.live, 0);
    assert_int_equal(h.bytes, 0);
    assert_int_equal(h.wrong, 0);
    return failed;
}

static void every_allocation_of_every_call_fails(void **state)
{
    (void)state;
    int64_t failures = 0;
    for (int64_t m = 0; m < COUNT_OF(makers); m++)
        for (int64_t c = 0; c < COUNT_OF(calls); c++) {
            rm_status expected = without_failure(makers[m], calls[c].call);
            for (int fail_on = 0; fail_on < 2; fail_on++) {
                int64_t k = 1;
                while (fail_one(makers[m], calls[c].call, k, fail_on, expected)) {
                    k++;
                    failures++;
                    assert_true(k < 200);
                }
            }
        }
    assert_true(failures > 200);
}

static void making_fails(void **state)
{
    (void)state;
    for (int fail_on = 0; fail_on < 2; fail_on++)
        for (int64_t n = 0; n < 3; n++) {
            int64_t k = 1;
            for (int done = 0; !done; k++) {
                heap h = {.fail_at = k, .fail_on = fail_on};
                rm_problem *p = (rm_problem *)&h;
                rm_status status = rm_problem_create(&p, n * 50, heap_resize, &h);
                done = h.allocations < k;
                assert_status(status, done ? RM_OK : RM_ERROR_MEMORY);
                if (!done)
                    assert_null(p);
                h.fail_at = 0;
                rm_problem_destroy(p);
                assert_int_equal(h.live, 0);
                assert_int_equal(h.wrong, 0);
            }
            assert_true(k > 3);
        }
}

static void cloning_fails(void **state)
{
    (void)state;
    for (int64_t m = 0; m < COUNT_OF(makers); m++)
        for (int fail_on = 0; fail_on < 2; fail_on++) {
            heap own = {0};
            rm_problem *p = makers[m](&own);
            rm_problem_explain(p, NULL); /* with a conflict, where there is one */
            snapshot before = snapshot_take(p);
            int64_t k = 1, calls_before = own.calls;
            for (int done = 0; !done; k++) {
                heap h = {.fail_at = k, .fail_on = fail_on};
                rm_problem *copy = p;
                rm_status status = rm_problem_clone(p, &copy, heap_resize, &h);
                done = h.allocations < k;
                assert_status(status, done ? RM_OK : RM_ERROR_MEMORY);
                if (!done) {
                    assert_null(copy);
                    assert_says(p, "memory");
                }
                h.fail_at = 0;
                snapshot now = snapshot_take(done ? copy : p);
                assert_true(snapshot_equal(&before, &now));
                snapshot_free(&now);
                rm_problem_destroy(copy);
                assert_int_equal(h.live, 0);
                assert_int_equal(h.wrong, 0);
            }
            assert_true(k > 5);
            assert_int_equal(own.calls, calls_before);
            snapshot_free(&before);
            rm_problem_destroy(p);
            assert_int_equal(own.live, 0);
        }
}

/* A solve keeps what the next one may use; without memory for that it solves all the
 * same, and with it the next one allocates nothing. */
static void a_solve_that_cannot_keep_anything(void **state)
{
    (void)state;
    enum { N = 2000 };
    double x[2][N], target[N], y[2];
    for (int64_t i = 0; i < N; i++)
        target[i] = (double)(i * 7 % 101);
    for (int fails = 0; fails < 2; fails++) {
        heap h = {0};
        rm_problem *p = NULL;
        assert_ok(rm_problem_create(&p, N, heap_resize, &h));
        assert_ok(rm_problem_set_quadratic(p, N, NULL, NULL, target, NULL));
        assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 5e4, 5e4, NULL));
        h.fail_at = fails ? h.allocations + 1 : 0;
        h.fail_on = fails;
        int64_t before = h.allocations;
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        assert_true(h.allocations > before); /* it asked */
        before = h.allocations;
        const double other = 6e4;
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &other, &other));
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        if (!fails)
            assert_int_equal(h.allocations, before);
        assert_ok(rm_problem_get_solution(p, N, NULL, x[fails]));
        assert_ok(rm_problem_get_row_duals(p, 1, NULL, &y[fails]));
        rm_problem_destroy(p);
        assert_int_equal(h.live, 0);
        assert_int_equal(h.wrong, 0);
    }
    assert_same_array(x[0], x[1], N);
    assert_same(y[0], y[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_of_every_call_fails),
        cmocka_unit_test(making_fails),
        cmocka_unit_test(cloning_fails),
        cmocka_unit_test(a_solve_that_cannot_keep_anything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

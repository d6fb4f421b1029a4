/* Reading the answer: what is refused, and what is said of a known one. */
#include "snapshot.h"

/* x = (3, 4, 0 a hole, 1), total 8, price 2: 0 at its upper bound, 1 between, 3 at its lower one. */
static rm_problem *problem(void)
{
    rm_problem *p = NULL;
    const double w[] = {1, 1, 1, 1}, t[] = {5, 3, 0, 0}, low[] = {0, 0, 0, 1}, up[] = {3, 9, 9, 9},
                 price[] = {0, 0, 0, 3};
    assert_ok(rm_problem_create(&p, 4, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 4, NULL, w, t, price));
    assert_ok(rm_problem_set_bounds(p, 4, NULL, low, up));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 8, 8, NULL));
    assert_ok(rm_problem_remove_variables(p, 1, (int64_t[]){2}));
    assert_ok(rm_problem_set_constant(p, 100));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    return p;
}

static void a_known_answer(void **state)
{
    (void)state;
    rm_problem *p = problem();
    double x[4], cost[4], dual[3], v;
    const int64_t index[] = {3, 0, 3, 2}, row[] = {0, 0, 0};
    assert_ok(rm_problem_get_solution(p, 4, NULL, x));
    assert_values(x, 3, 4, 0, 1);
    assert_ok(rm_problem_get_solution(p, 4, index, x)); /* one may stand twice, and a hole may be asked for */
    assert_values(x, 1, 3, 1, 0);
    assert_ok(rm_problem_get_row_duals(p, 3, row, dual));
    assert_values(dual, 2, 2, 2);
    assert_ok(rm_problem_get_reduced_costs(p, 4, NULL, cost));
    assert_values(cost, -6, 0, 0, 3);
    assert_ok(rm_problem_get_reduced_costs(p, 4, index, cost));
    assert_values(cost, 3, -6, 3, 0);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &v));
    assert_same(v, 100 + 4 + 1 + 1 + 3);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_BOUND, &v));
    assert_true(v <= 109 && v >= 109 - 1e-9);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_GAP, &v));
    assert_true(v >= 0 && v <= 1e-20);
    for (int32_t key = RM_INFO_ROW_RESIDUAL; key <= RM_INFO_DUAL_RESIDUAL; key++) {
        assert_ok(rm_problem_get_info_f64(p, key, &v));
        assert_same(v, 0);
    }
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_SHORTFALL, &v));
    assert_same(v, 0);
    rm_problem_destroy(p);
}

typedef rm_status (*read_fn)(rm_problem *p, int64_t count, const int64_t *index, double *out);

static rm_status read_ranges(rm_problem *p, int64_t count, const int64_t *row, double *out)
{
    return rm_problem_get_row_ranges(p, count, row, out, NULL, NULL, out);
}

static void reading_refuses(void **state)
{
    (void)state;
    static const struct {
        read_fn read;
        const char *name, *list;
        int64_t size; /* how many there are */
    } row[] = {{rm_problem_get_solution, "rm_problem_get_solution", "index", 4},
               {rm_problem_get_reduced_costs, "rm_problem_get_reduced_costs", "index", 4},
               {rm_problem_get_row_duals, "rm_problem_get_row_duals", "row", 1},
               {read_ranges, "rm_problem_get_row_ranges", "row", 1}};
    rm_problem *p = problem();
    for (int64_t k = 0; k < COUNT_OF(row); k++) {
        read_fn read = row[k].read;
        double out[5] = {7, 7, 7, 7, 7};
        char first[32], wrong[32];
        snprintf(first, sizeof first, "%s[0]", row[k].list);
        snprintf(wrong, sizeof wrong, "%s[0] is %d", row[k].list, (int)row[k].size);
        int64_t high = row[k].size, low = -1;
        assert_status(read(NULL, 1, NULL, out), RM_ERROR_NULL);
        assert_refused(p, RM_ERROR_RANGE, read(p, -1, NULL, out), row[k].name, "count is -1");
        assert_refused(p, RM_ERROR_RANGE, read(p, high + 1, NULL, out), row[k].name, "count is");
        assert_refused(p, RM_ERROR_RANGE, read(p, 1, &high, out), row[k].name, wrong);
        assert_refused(p, RM_ERROR_RANGE, read(p, 1, &low, out), first, "is -1");
        if (read != read_ranges)
            assert_refused(p, RM_ERROR_NULL, read(p, 1, NULL, NULL), row[k].name, "NULL");
        for (int j = 0; j < 5; j++)
            assert_same(out[j], 7);
        assert_ok(read(p, 0, NULL, NULL));
    }
    assert_ok(rm_problem_get_row_ranges(p, 1, NULL, NULL, NULL, NULL, NULL));
    rm_problem_destroy(p);
}

static void infos_refuse(void **state)
{
    (void)state;
    rm_problem *p = problem();
    double v = 7;
    int64_t i = 7;
    assert_status(rm_problem_get_info_f64(NULL, RM_INFO_GAP, &v), RM_ERROR_NULL);
    assert_status(rm_problem_get_info_f64(p, RM_INFO_GAP, NULL), RM_ERROR_NULL);
    assert_status(rm_problem_get_info_i64(NULL, RM_INFO_ROWS, &i), RM_ERROR_NULL);
    assert_status(rm_problem_get_info_i64(p, RM_INFO_ROWS, NULL), RM_ERROR_NULL);
    static const int32_t not_f64[] = {0, 10, -1, 100, RM_INFO_ROWS, RM_OPTION_TIME_LIMIT, INT32_MAX};
    static const int32_t not_i64[] = {0, 100, 108, -1, RM_INFO_GAP, RM_OPTION_PROGRESS_STEP, INT32_MIN};
    for (int64_t k = 0; k < COUNT_OF(not_f64); k++) {
        assert_status(rm_problem_get_info_f64(p, not_f64[k], &v), RM_ERROR_RANGE);
        assert_status(rm_problem_get_info_i64(p, not_i64[k], &i), RM_ERROR_RANGE);
    }
    assert_same(v, 7);
    assert_int_equal(i, 7);
    /* Infos leave the message as it is. */
    assert_status(rm_problem_set_price(p, 9, NULL, &v), RM_ERROR_RANGE);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_GAP, &v));
    assert_status(rm_problem_get_info_i64(p, 0, &i), RM_ERROR_RANGE);
    assert_says(p, "rm_problem_set_price: count is 9");
    assert_ok(rm_problem_set_name(p, RM_NAME_PROBLEM, 0, "x")); /* a call that has nothing to say */
    assert_int_equal(rm_problem_message(p, NULL, 0), 0);
    rm_problem_destroy(p);
}

static void verify_refuses(void **state)
{
    (void)state;
    rm_problem *p = problem();
    const int32_t good[] = {RM_INFO_OBJECTIVE, RM_INFO_GAP};
    const double x[] = {3, 4, 0, 1}, not[] = {3, NAN, 0, 1}, open[] = {3, 4, INFINITY, 1}, dual[] = {2},
                 dual_not[] = {NAN}, dual_open[] = {-INFINITY};
    double v[2] = {7, 7};
    assert_status(rm_problem_verify(NULL, x, dual, 2, good, v), RM_ERROR_NULL);
    assert_refused(p, RM_ERROR_NULL, rm_problem_verify(p, x, dual, 2, NULL, v), "key is NULL");
    assert_refused(p, RM_ERROR_NULL, rm_problem_verify(p, x, dual, 2, good, NULL), "value is NULL");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_verify(p, x, dual, -2, good, v), "count is -2");
    assert_refused(p, RM_ERROR_NAN, rm_problem_verify(p, not, dual, 2, good, v), "x[1]", "variable 1", "NaN");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_verify(p, open, dual, 2, good, v), "x[2]", "infinity");
    assert_refused(p, RM_ERROR_NAN, rm_problem_verify(p, x, dual_not, 2, good, v), "dual[0]", "row 0", "NaN");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_verify(p, x, dual_open, 2, good, v), "dual[0]", "-infinity");
    static const int32_t bad[] = {0, -1, RM_INFO_SECONDS, RM_INFO_SHORTFALL, RM_INFO_ROWS, 99};
    for (int64_t k = 0; k < COUNT_OF(bad); k++) {
        const int32_t keys[] = {RM_INFO_OBJECTIVE, bad[k]};
        assert_refused(p, RM_ERROR_RANGE, rm_problem_verify(p, x, dual, 2, keys, v), "rm_problem_verify", "key is");
    }
    assert_values(v, 7, 7);
    assert_ok(rm_problem_verify(p, NULL, NULL, 0, NULL, NULL));
    rm_problem_destroy(p);
}

static void verify_leaves_the_answer_alone(void **state)
{
    (void)state;
    rm_problem *p = problem();
    const double x[] = {0, 0, 0, 0}, dual[] = {-5};
    const int32_t key[] = {RM_INFO_OBJECTIVE, RM_INFO_BOUND, RM_INFO_GAP, RM_INFO_ROW_RESIDUAL,
                           RM_INFO_ROW_RESIDUAL_RELATIVE, RM_INFO_BOUND_RESIDUAL, RM_INFO_DUAL_RESIDUAL};
    double v[COUNT_OF(key)], own;
    snapshot before = snapshot_take(p);
    assert_ok(rm_problem_verify(p, x, dual, COUNT_OF(key), key, v));
    assert_same(v[3], 8);
    assert_same(v[5], 1);
    assert_ok(rm_problem_verify(p, x, NULL, COUNT_OF(key), key, v));
    assert_ok(rm_problem_verify(p, NULL, dual, COUNT_OF(key), key, v));
    snapshot after = snapshot_take(p);
    assert_true(snapshot_equal(&before, &after));
    assert_ok(rm_problem_verify(p, NULL, NULL, COUNT_OF(key), key, v)); /* its own answer: its own infos */
    for (int64_t k = 0; k < COUNT_OF(key); k++) {
        assert_ok(rm_problem_get_info_f64(p, key[k], &own));
        assert_same(v[k], own);
    }
    snapshot_free(&before);
    snapshot_free(&after);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_known_answer), cmocka_unit_test(reading_refuses),
        cmocka_unit_test(infos_refuse),   cmocka_unit_test(verify_refuses),
        cmocka_unit_test(verify_leaves_the_answer_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

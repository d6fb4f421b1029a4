/* Setting costs and bounds: what is refused, in which words, and that it
 * changes nothing; what is accepted and what it means. */
#include "snapshot.h"

static const int64_t OK_INDEX[] = {3, 0};

/* Four variables and a hole at 2, a row, an answer. */
static rm_problem *problem(void)
{
    rm_problem *p = NULL;
    const double w[] = {1, 2, 3, 4, 5}, t[] = {5, 4, 3, 2, 1}, price[] = {-1, 0, 1, 2, 3}, up[] = {9, 9, 9, 9, 9};
    const int64_t hole = 2;
    assert_ok(rm_problem_create(&p, 5, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 5, NULL, w, t, price));
    assert_ok(rm_problem_set_bounds(p, 5, NULL, NULL, up));
    assert_ok(rm_problem_remove_variables(p, 1, &hole));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 10, 10, NULL));
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 3, "gpu-d"));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    return p;
}

/* A call with two variables, everything right but the index array. */
typedef rm_status (*call_fn)(rm_problem *p, int64_t count, const int64_t *index);

static const double TWO[] = {1, 2};

static rm_status call_quadratic(rm_problem *p, int64_t count, const int64_t *index)
{
    return rm_problem_set_quadratic(p, count, index, TWO, TWO, TWO);
}

static rm_status call_price(rm_problem *p, int64_t count, const int64_t *index)
{
    return rm_problem_set_price(p, count, index, TWO);
}

static rm_status call_bounds(rm_problem *p, int64_t count, const int64_t *index)
{
    return rm_problem_set_bounds(p, count, index, TWO, TWO);
}

static rm_status call_remove(rm_problem *p, int64_t count, const int64_t *index)
{
    return rm_problem_remove_variables(p, count, index);
}

static rm_status call_row(rm_problem *p, int64_t count, const int64_t *index)
{
    return rm_problem_add_row(p, count, index, TWO, 0, 1, NULL);
}

static void wrong_indices(void **state)
{
    (void)state;
    static const struct {
        call_fn call;
        const char *name;
    } row[] = {{call_quadratic, "rm_problem_set_quadratic"}, {call_price, "rm_problem_set_price"},
               {call_bounds, "rm_problem_set_bounds"}, {call_remove, "rm_problem_remove_variables"},
               {call_row, "rm_problem_add_row"}};
    static const int64_t high[] = {0, 5}, low[] = {-1, 0}, hole[] = {1, 2}, twice[] = {3, 3},
                         far[] = {1, INT64_MAX}, under[] = {INT64_MIN, 1};
    rm_problem *p = problem();
    for (int64_t k = 0; k < COUNT_OF(row); k++) {
        call_fn call = row[k].call;
        assert_status(call(NULL, 2, OK_INDEX), RM_ERROR_NULL);
        assert_refused(p, RM_ERROR_RANGE, call(p, 2, high), row[k].name, "index[1]", "is 5", "0 to 4");
        assert_refused(p, RM_ERROR_RANGE, call(p, 2, low), row[k].name, "index[0]", "is -1", "0 to 4");
        assert_refused(p, RM_ERROR_RANGE, call(p, 2, far), "index[1]", "9223372036854775807");
        assert_refused(p, RM_ERROR_RANGE, call(p, 2, under), "index[0]", "-9223372036854775808");
        assert_refused(p, RM_ERROR_RANGE, call(p, 2, hole), row[k].name, "index[1]", "is 2", "removed");
        assert_refused(p, RM_ERROR_RANGE, call(p, 2, twice), row[k].name, "index[1]", "is 3", "twice");
        assert_refused(p, RM_ERROR_RANGE, call(p, 3, NULL), row[k].name, "2", "removed"); /* 0..2 */
        assert_refused(p, RM_ERROR_RANGE, call(p, 6, NULL), row[k].name, "count is 6", "5");
        assert_refused(p, RM_ERROR_RANGE, call(p, INT64_MAX, NULL), "count is 9223372036854775807");
        assert_refused(p, RM_ERROR_RANGE, call(p, -2, OK_INDEX), row[k].name, "count is -2", "at least 0");
        assert_refused(p, RM_ERROR_RANGE, call(p, INT64_MIN, NULL), "count");
    }
    rm_problem_destroy(p);
}

static void wrong_numbers_in_costs(void **state)
{
    (void)state;
    rm_problem *p = problem();
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    static const char *const text[] = {"NaN", "infinity", "-infinity"};
    for (int k = 0; k < 3; k++) {
        const double v[] = {1, bad[k]}, u[] = {bad[k], 1};
        rm_status expected = k == 0 ? RM_ERROR_NAN : RM_ERROR_RANGE;
        assert_refused(p, expected, rm_problem_set_quadratic(p, 2, OK_INDEX, v, TWO, TWO), "weight[1]", "variable 0",
                       text[k], "finite", "not negative");
        assert_refused(p, expected, rm_problem_set_quadratic(p, 2, OK_INDEX, u, TWO, TWO), "weight[0]",
                       "variable 3 ('gpu-d')", text[k]);
        assert_refused(p, expected, rm_problem_set_quadratic(p, 2, OK_INDEX, TWO, v, TWO), "target[1]", "variable 0",
                       text[k], "finite");
        assert_refused(p, expected, rm_problem_set_quadratic(p, 2, OK_INDEX, TWO, TWO, v), "price[1]", "variable 0",
                       text[k], "finite");
        assert_refused(p, expected, rm_problem_set_price(p, 2, OK_INDEX, v), "rm_problem_set_price", "price[1]",
                       "variable 0", text[k], "finite");
        assert_refused(p, expected, rm_problem_set_constant(p, bad[k]), "rm_problem_set_constant", text[k], "finite");
    }
    const double negative[] = {1, -0x1p-1074}, minus[] = {-0.1, 1};
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_quadratic(p, 2, OK_INDEX, negative, NULL, NULL), "weight[1]",
                   "-5e-324", "not negative");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_quadratic(p, 2, NULL, minus, NULL, NULL), "weight[0]",
                   "variable 0", "-0.1");
    assert_status(rm_problem_set_constant(NULL, 1), RM_ERROR_NULL);
    const double zero[] = {-0.0, 0};
    assert_ok(rm_problem_set_quadratic(p, 2, OK_INDEX, zero, zero, zero));
    rm_problem_destroy(p);
}

static void wrong_bounds(void **state)
{
    (void)state;
    rm_problem *p = problem();
    const double not[] = {1, NAN}, high[] = {1, INFINITY}, low[] = {1, -INFINITY}, two[] = {2, 2}, one[] = {2, 1},
                 ten[] = {1, 10}, minus[] = {5, -1};
    assert_refused(p, RM_ERROR_NAN, rm_problem_set_bounds(p, 2, OK_INDEX, not, NULL), "lower[1]", "variable 0", "NaN");
    assert_refused(p, RM_ERROR_NAN, rm_problem_set_bounds(p, 2, OK_INDEX, NULL, not), "upper[1]", "variable 0", "NaN");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_bounds(p, 2, OK_INDEX, high, NULL), "lower[1]", "infinity",
                   "below +infinity");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_bounds(p, 2, OK_INDEX, high, high), "lower[1]", "infinity");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_bounds(p, 2, OK_INDEX, NULL, low), "upper[1]", "-infinity",
                   "above -infinity");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_bounds(p, 2, OK_INDEX, two, one), "variable 0", "lower 2",
                   "upper 1", "at most");
    /* One of the two stays as it is: 0 to 9. */
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_bounds(p, 2, OK_INDEX, ten, NULL), "variable 0", "lower 10",
                   "upper 9");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_bounds(p, 2, OK_INDEX, NULL, minus), "variable 0", "lower 0",
                   "upper -1");
    assert_ok(rm_problem_set_bounds(p, 2, OK_INDEX, two, two)); /* equal is allowed */
    assert_ok(rm_problem_set_bounds(p, 2, OK_INDEX, low, high));
    rm_problem_destroy(p);
}

static int has_answer(rm_problem *p)
{
    int64_t has = -1, status = -1;
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_HAS_ANSWER, &has));
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_STATUS, &status));
    assert_int_equal(has, status == RM_OK);
    return (int)has;
}

static void every_change_withdraws_the_answer(void **state)
{
    (void)state;
    rm_problem *p = problem();
    const double one[] = {1}, five[] = {5};
    for (int call = 0; call < 9; call++) {
        if (call == 7) { /* so that there is one row again */
            rm_problem_destroy(p);
            p = problem();
        }
        rm_status solved = rm_problem_solve(p, RM_SOLVER_AUTO);
        assert_status(solved, RM_OK);
        assert_true(has_answer(p));
        switch (call) {
        case 0: assert_ok(rm_problem_set_quadratic(p, 1, NULL, one, NULL, NULL)); break;
        case 1: assert_ok(rm_problem_set_price(p, 1, NULL, one)); break;
        case 2: assert_ok(rm_problem_set_constant(p, 1)); break;
        case 3: assert_ok(rm_problem_set_bounds(p, 1, NULL, NULL, five)); break;
        case 4: assert_ok(rm_problem_set_row_bounds(p, 1, NULL, five, NULL)); break;
        case 5: assert_ok(rm_problem_add_variables(p, 1, NULL)); break;
        case 6: assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 0, 10, NULL)); break;
        case 7: assert_ok(rm_problem_remove_variables(p, 1, NULL)); break;
        default: /* names and options are no change of the model */
            assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 1, "b"));
            assert_ok(rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, 100));
            assert_ok(rm_problem_set_cancel_flag(p, NULL));
            assert_ok(rm_problem_reserve(p, 100, 3, 100));
            assert_true(has_answer(p));
            break;
        }
        double x = 7;
        int32_t key = RM_INFO_OBJECTIVE;
        if (call == 8)
            continue;
        assert_false(has_answer(p));
        assert_status(rm_problem_get_solution(p, 1, NULL, &x), RM_ERROR_NO_ANSWER);
        assert_status(rm_problem_get_info_f64(p, key, &x), RM_ERROR_NO_ANSWER);
        assert_same(x, 7);
    }
    rm_problem_destroy(p);
}

static void null_arrays_leave_things_as_they_are(void **state)
{
    (void)state;
    rm_problem *p = problem();
    const double w[] = {2, 1}, t[] = {2, 1}, price[] = {7, 8};
    rm_problem *q = NULL;
    assert_ok(rm_problem_clone(p, &q, NULL, NULL));
    /* All at once, and one by one: the same problem. */
    assert_ok(rm_problem_set_quadratic(p, 2, OK_INDEX, w, t, price));
    assert_ok(rm_problem_set_quadratic(q, 2, OK_INDEX, w, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(q, 2, OK_INDEX, NULL, t, NULL));
    assert_ok(rm_problem_set_price(q, 2, OK_INDEX, price));
    assert_ok(rm_problem_set_price(q, 2, OK_INDEX, NULL));
    assert_ok(rm_problem_set_quadratic(q, 2, OK_INDEX, NULL, NULL, NULL));
    assert_ok(rm_problem_set_bounds(q, 2, OK_INDEX, NULL, NULL));
    assert_ok(rm_problem_set_row_bounds(q, 1, NULL, NULL, NULL));
    snapshot a = snapshot_take(p), b = snapshot_take(q);
    assert_true(snapshot_equal(&a, &b));
    snapshot_free(&a);
    snapshot_free(&b);
    rm_problem_destroy(p);
    rm_problem_destroy(q);
}

static void arrays_are_copied(void **state)
{
    (void)state;
    rm_problem *p = problem();
    double w[] = {2, 1};
    int64_t index[] = {0, 3};
    double x[5], again[5];
    assert_ok(rm_problem_set_quadratic(p, 2, index, w, NULL, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 5, NULL, x));
    memset(w, 0xff, sizeof w);
    memset(index, 0xff, sizeof index);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 5, NULL, again));
    assert_same_array(x, again, 5);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_indices),
        cmocka_unit_test(wrong_numbers_in_costs),
        cmocka_unit_test(wrong_bounds),
        cmocka_unit_test(every_change_withdraws_the_answer),
        cmocka_unit_test(null_arrays_leave_things_as_they_are),
        cmocka_unit_test(arrays_are_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

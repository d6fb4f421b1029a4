/* rm_waterfill: the caller's arrays. */
#include "instance.h"

static void every_combination_of_missing_arrays_is_the_handle(void **state)
{
    (void)state;
    enum { N = 13 };
    dice d = {1};
    for (int mask = 0; mask < 64; mask++)
        for (int kind = 0; kind < KINDS; kind++) {
            instance t = instance_random(&d, N, kind);
            instance defaults = instance_make(N);
            double **array[] = {&t.weight, &t.target, &t.price, &t.coef, &t.lower, &t.upper};
            double *standard[] = {defaults.weight, defaults.target, defaults.price,
                                  defaults.coef,   defaults.lower,  defaults.upper};
            const double *given[6];
            for (int k = 0; k < 6; k++) {
                given[k] = mask >> k & 1 ? NULL : *array[k];
                if (!given[k])
                    memcpy(*array[k], standard[k], N * sizeof(double));
            }
            for (int i = 0; i < N; i++) /* a default may contradict what was drawn */
                if (t.lower[i] > t.upper[i])
                    (mask & 32 ? t.upper : given[4] ? t.lower : t.upper)[i] = given[4] ? t.upper[i] : t.lower[i];
            double x[N], y[N], price = 0, dual = 0;
            rm_problem *p = instance_problem(&t, NULL, NULL);
            rm_status direct = rm_waterfill(N, given[0], given[1], given[2], given[3], given[4], given[5], t.total, x,
                                            &price, NULL);
            rm_status handle = rm_problem_solve(p, RM_SOLVER_WATERFILL);
            assert_status(direct, handle);
            if (direct == RM_OK) {
                assert_ok(rm_problem_get_solution(p, N, NULL, y));
                assert_ok(rm_problem_get_row_duals(p, 1, NULL, &dual));
                assert_same_array(x, y, N);
                assert_same(price, dual);
            }
            rm_problem_destroy(p);
            instance_free(&t);
            instance_free(&defaults);
        }
}

static void outputs_may_be_missing(void **state)
{
    (void)state;
    dice d = {2};
    for (int round = 0; round < 200; round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, 20), round % KINDS);
        answer a = answer_direct(&t);
        double price = 7;
        int64_t where = 7;
        assert_status(rm_waterfill(t.n, t.weight, t.target, t.price, t.coef, t.lower, t.upper, t.total, NULL, &price,
                                   &where), a.status);
        if (a.status == RM_OK) {
            assert_same(price, a.multiplier);
            assert_int_equal(where, -1);
            assert_optimal(&t, &a);
        }
        assert_status(rm_waterfill(t.n, t.weight, t.target, t.price, t.coef, t.lower, t.upper, t.total, NULL, NULL,
                                   NULL), a.status);
        answer_free(&a);
        instance_free(&t);
    }
}

static void refused(instance *t, rm_status expected, int64_t expected_where)
{
    double x[4], price;
    int64_t where = 77;
    assert_status(rm_waterfill(t->n, t->weight, t->target, t->price, t->coef, t->lower, t->upper, t->total, x, &price,
                               &where), expected);
    assert_int_equal(where, expected_where);
    assert_status(rm_waterfill(t->n, t->weight, t->target, t->price, t->coef, t->lower, t->upper, t->total, NULL,
                               NULL, NULL), expected);
}

static void wrong_numbers_name_their_device(void **state)
{
    (void)state;
    static const double bad[] = {NAN, INFINITY, -INFINITY};
    for (int64_t i = 0; i < 4; i++)
        for (int array = 0; array < 6; array++)
            for (int k = 0; k < 3; k++) {
                instance t = instance_make(4);
                t.total = 4;
                (double *[]){t.weight, t.target, t.price, t.coef, t.lower, t.upper}[array][i] = bad[k];
                int allowed = (array == 4 && bad[k] < 0) || (array == 5 && bad[k] > 0);
                refused(&t, allowed ? RM_OK : isnan(bad[k]) ? RM_ERROR_NAN : RM_ERROR_RANGE, allowed ? -1 : i);
                instance_free(&t);
            }
    instance t = instance_make(4);
    t.total = 4;
    t.weight[2] = -0x1p-1074;
    refused(&t, RM_ERROR_RANGE, 2);
    t.weight[2] = -0.0;
    t.upper[2] = 1;
    refused(&t, RM_OK, -1);
    t.lower[3] = 2;
    t.upper[3] = nextafter(2, 0);
    refused(&t, RM_ERROR_RANGE, 3);
    t.upper[3] = 2;
    refused(&t, RM_OK, -1);
    instance_free(&t);
}

static void wrong_counts_and_totals(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        double total;
        rm_status status;
    } row[] = {{-1, 1, RM_ERROR_RANGE},      {((int64_t)1 << 40) + 1, 1, RM_ERROR_RANGE},
               {INT64_MIN, 1, RM_ERROR_RANGE}, {2, INFINITY, RM_ERROR_RANGE},
               {2, -INFINITY, RM_ERROR_RANGE}, {2, NAN, RM_ERROR_NAN},
               {0, 0, RM_OK},                {0, 1, RM_INFEASIBLE},
               {2, -1, RM_INFEASIBLE}};
    for (int64_t k = 0; k < COUNT_OF(row); k++) {
        double x[2], price = 7;
        int64_t where = 7;
        assert_status(rm_waterfill(row[k].n, NULL, NULL, NULL, NULL, NULL, NULL, row[k].total, x, &price, &where),
                      row[k].status);
        assert_int_equal(where, -1);
    }
}

static void who_runs_away_is_named(void **state)
{
    (void)state;
    instance t = instance_make(4);
    t.total = 1;
    t.weight[1] = t.weight[2] = 0;
    t.price[1] = 1;
    t.price[2] = -1;
    t.lower[1] = -INFINITY;
    double x[4];
    int64_t where = 7;
    assert_status(rm_waterfill(4, t.weight, t.target, t.price, t.coef, t.lower, t.upper, 1, x, NULL, &where),
                  RM_UNBOUNDED);
    assert_true(where == 1 || where == 2); /* one against the other */
    t.coef[2] = 0;
    assert_status(rm_waterfill(4, t.weight, t.target, t.price, t.coef, t.lower, t.upper, 1, x, NULL, &where),
                  RM_UNBOUNDED);
    assert_int_equal(where, 2);
    t.price[2] = 0;
    assert_status(rm_waterfill(4, t.weight, t.target, t.price, t.coef, t.lower, t.upper, 1, x, NULL, &where), RM_OK);
    assert_int_equal(where, -1);
    instance_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_combination_of_missing_arrays_is_the_handle),
        cmocka_unit_test(outputs_may_be_missing),
        cmocka_unit_test(wrong_numbers_name_their_device),
        cmocka_unit_test(wrong_counts_and_totals),
        cmocka_unit_test(who_runs_away_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

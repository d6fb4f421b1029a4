/* See twins.h. */
#include "twins.h"

static void must_read_the_same_number(rm_problem *p, rm_problem *q, int32_t key)
{
    double one = 7, two = 7;
    rm_status status = rm_problem_get_info_f64(p, key, &one);
    assert_status(rm_problem_get_info_f64(q, key, &two), status);
    assert_same(one, two);
}

static void must_say_the_same(rm_problem *p, rm_problem *q)
{
    char one[1100], two[1100];
    rm_problem_message(p, one, sizeof one);
    rm_problem_message(q, two, sizeof two);
    assert_string_equal(one, two);
}

static void must_list_the_same(rm_problem *p, rm_problem *q)
{
    int64_t items = -1, others = -2;
    assert_ok(rm_problem_explain(p, &items));
    assert_ok(rm_problem_explain(q, &others));
    assert_true(items == others);
    must_say_the_same(p, q);
    for (int64_t k = 0; k < items; k++) {
        int32_t kind[2];
        int64_t index[2];
        double multiplier[2], repair[2];
        assert_ok(rm_problem_get_conflict(p, k, 1, &kind[0], &index[0], &multiplier[0], &repair[0]));
        assert_ok(rm_problem_get_conflict(q, k, 1, &kind[1], &index[1], &multiplier[1], &repair[1]));
        assert_true(kind[0] == kind[1] && index[0] == index[1]);
        assert_same(multiplier[0], multiplier[1]);
        assert_same(repair[0], repair[1]);
    }
}

void must_read_the_same(rm_problem *p, rm_problem *q, int64_t n)
{
    rm_status status = rm_problem_solve(p, RM_SOLVER_AUTO);
    assert_status(rm_problem_solve(q, RM_SOLVER_AUTO), status);
    must_say_the_same(p, q);
    for (int32_t key = RM_INFO_OBJECTIVE; key <= RM_INFO_SHORTFALL; key++)
        if (key != RM_INFO_SECONDS)
            must_read_the_same_number(p, q, key);
    if (status == RM_OK) {
        double *one = doubles(2 * n + 5), *two = doubles(2 * n + 5);
        for (int k = 0; k < 2; k++) {
            double *to = k ? two : one;
            rm_problem *from = k ? q : p;
            assert_ok(rm_problem_get_solution(from, n, NULL, to));
            assert_ok(rm_problem_get_reduced_costs(from, n, NULL, to + n));
            to += 2 * n;
            assert_ok(rm_problem_get_row_duals(from, 1, NULL, to));
            assert_ok(rm_problem_get_row_ranges(from, 1, NULL, to + 1, to + 2, to + 3, to + 4));
        }
        assert_same_array(one, two, 2 * n + 5);
        free(one);
        free(two);
    }
    must_list_the_same(p, q);
}

instance beside_an_idle_one(const instance *t)
{
    instance u = instance_make(t->n + 1);
    double *from[] = {t->weight, t->target, t->price, t->coef, t->lower, t->upper};
    double *to[] = {u.weight, u.target, u.price, u.coef, u.lower, u.upper};
    for (int64_t k = 0; k < COUNT_OF(to); k++)
        for (int64_t i = 0; i < t->n; i++)
            to[k][i] = from[k][i];
    u.coef[t->n] = u.weight[t->n] = 0;
    u.lower[t->n] = -INFINITY;
    u.total = t->total;
    return u;
}

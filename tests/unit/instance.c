/* See instance.h. */
#include "instance.h"

const flaw flaws[FLAWS] = {
    {0, NAN},       {0, INFINITY},  {0, -INFINITY}, {0, -1},        {0, -0x1p-1074}, {1, NAN},      {1, INFINITY},
    {1, -INFINITY}, {2, NAN},       {2, INFINITY},  {2, -INFINITY}, {3, NAN},        {3, INFINITY}, {3, -INFINITY},
    {4, NAN},       {4, INFINITY},  {4, 0x1p300},   {5, NAN},       {5, -INFINITY},  {5, -0x1p300},
};

double *doubles(int64_t n)
{
    double *v = malloc((size_t)(n > 0 ? n : 1) * sizeof *v);
    assert_non_null(v);
    return v;
}

instance instance_make(int64_t n)
{
    instance t = {n, doubles(n), doubles(n), doubles(n), doubles(n), doubles(n), doubles(n), 0};
    for (int64_t i = 0; i < n; i++) {
        t.weight[i] = 1;
        t.target[i] = t.price[i] = t.lower[i] = 0;
        t.coef[i] = 1;
        t.upper[i] = INFINITY;
    }
    return t;
}

static double number(dice *d, int kind)
{
    return kind == WILD ? dice_wild(d, 4) : kind == SPREAD ? dice_wild(d, 30) : dice_eighths(d, 10);
}

static double positive(dice *d, int kind)
{
    double v = fabs(number(d, kind));
    return v > 0 ? v : 1;
}

instance instance_random(dice *d, int64_t n, int kind)
{
    instance t = instance_make(n);
    for (int64_t i = 0; i < n; i++) {
        t.weight[i] = positive(d, kind);
        t.target[i] = number(d, kind);
        t.price[i] = dice_below(d, 3) == 0 ? 0 : number(d, kind);
        t.coef[i] = dice_below(d, 2) == 0 ? 1 : dice_below(d, 8) == 0 ? 0 : number(d, kind);
        t.lower[i] = dice_below(d, 6) == 0 ? -INFINITY : number(d, kind);
        t.upper[i] = dice_below(d, 4) == 0 ? INFINITY : (isinf(t.lower[i]) ? 0 : t.lower[i]) + positive(d, kind);
        if (dice_below(d, 10) == 0 && isfinite(t.lower[i]))
            t.upper[i] = t.lower[i];
        if (kind == TIED && dice_below(d, 2) == 0) { /* linear, bounded, one of three prices per unit of the row */
            t.weight[i] = 0;
            t.coef[i] = dice_below(d, 2) ? 1 : -2;
            t.price[i] = t.coef[i] * (double)(dice_below(d, 3) - 1);
            t.lower[i] = dice_eighths(d, 10);
            t.upper[i] = t.lower[i] + positive(d, kind);
        }
    }
    /* The total of a point within the bounds, rounded: it can be met. */
    exact sum = {0, {0}};
    for (int64_t i = 0; i < n; i++) {
        double x = dice_below(d, 2) ? t.lower[i] : t.upper[i];
        if (isinf(x))
            x = fmin(fmax(number(d, kind), t.lower[i]), t.upper[i]);
        exact_add_product(&sum, t.coef[i], x);
    }
    t.total = exact_value(&sum);
    return t;
}

void instance_close(instance *t)
{
    for (int64_t i = 0; i < t->n; i++) {
        double way = fabs(t->target[i]) + t->weight[i] + 1;
        if (t->coef[i] == 0)
            t->coef[i] = i % 2 ? 1 : -1;
        if (isinf(t->lower[i]))
            t->lower[i] = fmin(t->upper[i], 0) - way;
        if (isinf(t->upper[i]))
            t->upper[i] = t->lower[i] + way;
    }
}

double instance_end(const instance *t, int64_t i, int side)
{
    return (t->coef[i] > 0) == (side > 0) ? t->upper[i] : t->lower[i];
}

instance instance_permuted(const instance *from, const int64_t *order)
{
    instance t = instance_make(from->n);
    for (int64_t k = 0; k < t.n; k++) {
        int64_t i = order ? order[k] : k;
        t.weight[k] = from->weight[i];
        t.target[k] = from->target[i];
        t.price[k] = from->price[i];
        t.coef[k] = from->coef[i];
        t.lower[k] = from->lower[i];
        t.upper[k] = from->upper[i];
    }
    t.total = from->total;
    return t;
}

instance instance_copy(const instance *from)
{
    return instance_permuted(from, NULL);
}

void instance_free(instance *t)
{
    double *all[] = {t->weight, t->target, t->price, t->coef, t->lower, t->upper};
    for (int64_t k = 0; k < COUNT_OF(all); k++)
        free(all[k]);
    memset(t, 0, sizeof *t);
}

rm_problem *instance_problem(const instance *t, rm_alloc_fn alloc, void *user)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, t->n, alloc, user));
    assert_ok(rm_problem_set_quadratic(p, t->n, NULL, t->weight, t->target, t->price));
    assert_ok(rm_problem_set_bounds(p, t->n, NULL, t->lower, t->upper));
    assert_ok(rm_problem_add_row(p, t->n, NULL, t->coef, t->total, t->total, NULL));
    return p;
}

answer answer_direct(const instance *t)
{
    answer a = {RM_OK, t->n, doubles(t->n), 0};
    a.status = rm_waterfill(t->n, t->weight, t->target, t->price, t->coef, t->lower, t->upper, t->total, a.x,
                            &a.multiplier, NULL);
    return a;
}

answer answer_of(rm_problem *p)
{
    int64_t n = 0, rows = 0;
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_VARIABLES, &n));
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_ROWS, &rows));
    answer a = {RM_OK, n, doubles(n), 0};
    a.status = rm_problem_solve(p, RM_SOLVER_AUTO);
    if (a.status == RM_OK) {
        assert_ok(rm_problem_get_solution(p, n, NULL, a.x));
        assert_ok(rm_problem_get_row_duals(p, rows, NULL, &a.multiplier));
    }
    return a;
}

void answer_free(answer *a)
{
    free(a->x);
    a->x = NULL;
}

void assert_optimal(const instance *t, const answer *a)
{
    assert_status(a->status, RM_OK);
    const double unit = 0x1p-52;
    exact sum = {0, {0}};
    long double free_size = 0, size = 0;
    int64_t between = 0;
    exact_add(&sum, -t->total);
    for (int64_t i = 0; i < t->n; i++) {
        double x = a->x[i], c = t->coef[i], w = 2 * t->weight[i];
        assert_true(x >= t->lower[i] && x <= t->upper[i]);
        exact_add_product(&sum, c, x);
        size += fabsl((long double)c * x);
        if (c != 0 && x > t->lower[i] && x < t->upper[i]) {
            free_size += fabsl((long double)c * x);
            between++;
        }
        long double d = w * ((long double)x - t->target[i]) + t->price[i] - (long double)c * a->multiplier;
        double terms = w * fabs(x) + w * fabs(t->target[i]) + fabs(t->price[i]) + fabs(c * a->multiplier);
        double off = x <= t->lower[i] && x >= t->upper[i] ? 0
                     : x <= t->lower[i]                   ? (double)fmaxl(0, -d)
                     : x >= t->upper[i]                   ? (double)fmaxl(0, d)
                                                          : (double)fabsl(d);
        assert_true(off <= 8 * unit * terms);
    }
    double allowed = 4 * unit * (double)(between > 0 ? free_size : size + fabs(t->total));
    assert_true(fabs(exact_value(&sum)) <= allowed);
}

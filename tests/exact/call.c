/* Calls of the library, through its public header alone.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const int32_t figure_keys[FIGURES] = {RM_INFO_OBJECTIVE,    RM_INFO_BOUND,
                                             RM_INFO_GAP,          RM_INFO_ROW_RESIDUAL,
                                             RM_INFO_ROW_RESIDUAL_RELATIVE, RM_INFO_BOUND_RESIDUAL,
                                             RM_INFO_DUAL_RESIDUAL};

/* NULL where the whole array is the header's default, so that both forms are used. */
static const double *or_null(const double *v, int n, double standard)
{
    for (int i = 0; i < n; i++)
        if (v[i] != standard)
            return v;
    return NULL;
}

static void poison(double *v, int n)
{
    for (int i = 0; i < n; i++)
        v[i] = NAN;
}

void call_waterfill(const instance *in, answer *a, report *r)
{
    int n = in->n;
    double again = NAN;
    answer_resize(a, n);
    poison(a->x, n);
    a->y = NAN;
    a->where = -7;
    a->status = rm_waterfill(n, or_null(in->w, n, 1), or_null(in->t, n, 0), or_null(in->p, n, 0),
                             or_null(in->a, n, 1), or_null(in->l, n, 0), or_null(in->u, n, HUGE_VAL), in->low, a->x,
                             &a->y, &a->where);
    int32_t status = rm_waterfill(n, in->w, in->t, in->p, in->a, in->l, in->u, in->low, NULL, &again, NULL);
    if (status != a->status || (status == RM_OK && memcmp(&again, &a->y, sizeof again) != 0))
        complain(r, "rm_waterfill without x: status %d and price %.17g, with x %d and %.17g", status, again, a->status,
                 a->y);
}

typedef struct build {
    rm_problem *p;
    int64_t total;
    int64_t *map; /* variable of the instance -> index in the handle */
    int64_t *back;
    report *r;
} build;

static int ok(build *b, rm_status s, const char *call)
{
    if (s == RM_OK)
        return 1;
    char text[300];
    rm_problem_message(b->p, text, sizeof text);
    complain(b->r, "%s returned %d: %s", call, s, text);
    return 0;
}

static void *block(size_t count, size_t size)
{
    void *m = calloc(count ? count : 1, size);
    if (m == NULL)
        abort();
    return m;
}

/* Chooses where the holes are; map and back follow. */
static void place(build *b, int n, int holes, rng *random)
{
    b->total = n + holes;
    b->map = block((size_t)n, sizeof *b->map);
    b->back = block((size_t)b->total, sizeof *b->back);
    int next = 0;
    for (int64_t k = 0; k < b->total; k++) {
        int64_t left = b->total - k, holes_left = left - (n - next);
        int hole = holes_left > 0 && rng_int(random, 1, (int)left) <= holes_left;
        b->back[k] = hole ? -1 : next;
        if (!hole)
            b->map[next++] = k;
    }
}

static int set_variables(build *b, const instance *in, unsigned vary, rng *random)
{
    size_t n = (size_t)in->n;
    int64_t *index = block(n, sizeof *index);
    double *v = block(n * 5, sizeof *v);
    int good;
    int *order = block(n, sizeof *order);
    for (int i = 0; i < in->n; i++)
        order[i] = i;
    for (int i = in->n - 1; i > 0 && (vary & VARY_SHUFFLE); i--) {
        int j = rng_int(random, 0, i), k = order[i];
        order[i] = order[j];
        order[j] = k;
    }
    for (size_t k = 0; k < n; k++) {
        int i = order[k];
        index[k] = b->map[i];
        v[k] = in->w[i];
        v[n + k] = in->t[i];
        v[2 * n + k] = in->p[i];
        v[3 * n + k] = in->l[i];
        v[4 * n + k] = in->u[i];
    }
    if (vary & VARY_SHUFFLE)
        good = ok(b, rm_problem_set_quadratic(b->p, in->n, index, v, v + n, NULL), "set_quadratic") &&
               ok(b, rm_problem_set_price(b->p, in->n, index, v + 2 * n), "set_price");
    else
        good = ok(b, rm_problem_set_quadratic(b->p, in->n, index, v, v + n, v + 2 * n), "set_quadratic");
    good = good && ok(b, rm_problem_set_bounds(b->p, in->n, index, v + 3 * n, v + 4 * n), "set_bounds") &&
           ok(b, rm_problem_set_constant(b->p, in->constant), "set_constant");
    free(order);
    free(index);
    free(v);
    return good;
}

static int all_ones(const instance *in)
{
    return or_null(in->a, in->n, 1) == NULL;
}

static int add_row(build *b, const instance *in, unsigned vary, double low, double high)
{
    int64_t row = -1, count = 0;
    int ones = all_ones(in), good;
    if (ones && (vary & VARY_ALL)) {
        good = ok(b, rm_problem_add_row(b->p, RM_ALL, NULL, NULL, low, high, &row), "add_row");
        return good && row == 0;
    }
    int64_t *index = block((size_t)b->total, sizeof *index);
    double *coef = block((size_t)b->total, sizeof *coef);
    for (int64_t k = 0; k < b->total; k++) {
        int64_t i = b->back[k];
        double a = i < 0 ? 3.5 : in->a[i];
        if (a == 0 && (vary & VARY_SPARSE))
            continue;
        index[count] = k;
        coef[count++] = a;
    }
    int whole = count == b->total && !(vary & VARY_SHUFFLE);
    int no_coef = ones && b->total == in->n;
    good = ok(b, rm_problem_add_row(b->p, count, whole ? NULL : index, no_coef ? NULL : coef, low, high, &row),
              "add_row");
    free(index);
    free(coef);
    return good && row == 0;
}

/* Holes get data that would change everything if it were looked at. */
static int dig_holes(build *b)
{
    int64_t *index = block((size_t)b->total, sizeof *index), count = 0;
    double *w = block((size_t)b->total, sizeof *w), *p = block((size_t)b->total, sizeof *p);
    for (int64_t k = 0; k < b->total; k++)
        if (b->back[k] < 0) {
            p[count] = -1e9;
            index[count++] = k;
        }
    int good = ok(b, rm_problem_set_quadratic(b->p, count, index, w, NULL, p), "set_quadratic") &&
               ok(b, rm_problem_remove_variables(b->p, count, index), "remove_variables");
    free(index);
    free(w);
    free(p);
    return good;
}

static void pretend(build *b, const instance *in, rng *random)
{
    /* Another problem of the same shape is solved first; its answer does not matter. */
    for (int k = 0; k < 2; k++) {
        double side = rng_int(random, -3, 9);
        if (in->has_row)
            ok(b, rm_problem_set_row_bounds(b->p, 1, NULL, &side, &side), "set_row_bounds");
        rm_problem_solve(b->p, RM_SOLVER_AUTO);
    }
}

static int make(build *b, const instance *in, unsigned vary, rng *random)
{
    int holes = (vary & VARY_HOLES) ? rng_int(random, 1, 4 + in->n / 4) : 0;
    place(b, in->n, holes, random);
    int64_t first = b->total - (b->total > 0 ? rng_int(random, 0, 1) : 0), got = -1;
    if (rm_problem_create(&b->p, first, NULL, NULL) != RM_OK) {
        complain(b->r, "rm_problem_create failed");
        return 0;
    }
    /* Only the implicit row can come before the variables it is to hold. */
    int early = in->has_row && (vary & VARY_ALL) && all_ones(in);
    double low = in->low, high = in->high;
    if (early && !add_row(b, in, vary, low, high))
        return 0;
    if (first < b->total && !ok(b, rm_problem_add_variables(b->p, b->total - first, &got), "add_variables"))
        return 0;
    if (!set_variables(b, in, vary, random))
        return 0;
    if (in->has_row && !early && !add_row(b, in, vary, low, high))
        return 0;
    if (vary & VARY_WARM) {
        pretend(b, in, random);
        if (in->has_row && !ok(b, rm_problem_set_row_bounds(b->p, 1, NULL, &low, &high), "set_row_bounds"))
            return 0;
    }
    if (holes && !dig_holes(b))
        return 0;
    if (vary & VARY_COMPACT) {
        int64_t *renamed = block((size_t)b->total, sizeof *renamed);
        int good = ok(b, rm_problem_compact(b->p, b->total, renamed), "compact");
        for (int64_t k = 0; k < b->total && good; k++)
            if (renamed[k] != b->back[k]) {
                complain(b->r, "compact: index %lld became %lld, expected %lld", (long long)k, (long long)renamed[k],
                         (long long)b->back[k]);
                good = 0;
            }
        free(renamed);
        if (!good)
            return 0;
        b->total = in->n;
        for (int i = 0; i < in->n; i++)
            b->map[i] = b->back[i] = i;
    }
    if (vary & VARY_CLONE) {
        rm_problem *copy = NULL;
        if (!ok(b, rm_problem_clone(b->p, &copy, NULL, NULL), "clone"))
            return 0;
        rm_problem_destroy(b->p);
        b->p = copy;
    }
    return 1;
}

static void finish(build *b)
{
    rm_problem_destroy(b->p);
    free(b->map);
    free(b->back);
}

/* A point within the bounds and a small price: for figures of what is no answer. */
static void other_point(const instance *in, rng *random, full_answer *h)
{
    for (int i = 0; i < in->n; i++) {
        double low = isinf(in->l[i]) ? (isinf(in->u[i]) ? -4 : in->u[i] - 4) : in->l[i];
        double high = isinf(in->u[i]) ? low + 8 : in->u[i], part = rng_int(random, 0, 4) / 4.0;
        double x = low * (1 - part) + high * part;
        h->other_x[i] = x < in->l[i] ? in->l[i] : x > in->u[i] ? in->u[i] : x;
    }
    h->other_y = in->has_row ? rng_int(random, -12, 12) / 4.0 : 0;
}

static void read_figures(build *b, const instance *in, rng *random, full_answer *h)
{
    double *x = block((size_t)b->total, sizeof *x);
    if (h->a.status == RM_OK) {
        for (int k = 0; k < FIGURES; k++)
            ok(b, rm_problem_get_info_f64(b->p, figure_keys[k], &h->info[k]), "get_info_f64");
        ok(b, rm_problem_verify(b->p, NULL, NULL, FIGURES, figure_keys, h->verified), "verify");
        double given[FIGURES];
        for (int i = 0; i < in->n; i++)
            x[b->map[i]] = h->a.x[i];
        ok(b, rm_problem_verify(b->p, x, &h->a.y, FIGURES, figure_keys, given), "verify");
        if (memcmp(&given[0], &h->verified[0], sizeof given[0]) != 0)
            complain(b->r, "verify: objective %.17g of the answer, %.17g of the same x given", h->verified[0],
                     given[0]);
    }
    other_point(in, random, h);
    for (int i = 0; i < in->n; i++)
        x[b->map[i]] = h->other_x[i];
    h->has_other = ok(b, rm_problem_verify(b->p, x, in->has_row ? &h->other_y : (const double *)x, FIGURES,
                                           figure_keys, h->other),
                      "verify");
    free(x);
}

static void read_conflict(build *b, const instance *in, full_answer *h)
{
    int64_t items = -1;
    h->items = 0;
    if (!ok(b, rm_problem_explain(b->p, &items), "explain"))
        return;
    if (items < 0 || items > in->n + 1) {
        complain(b->r, "explain: %lld items", (long long)items);
        return;
    }
    h->items = (int)items;
    if (items == 0)
        return;
    if (!ok(b, rm_problem_get_conflict(b->p, 0, items, h->kind, h->index, h->multiplier, h->repair), "get_conflict"))
        h->items = 0;
    for (int k = 0; k < h->items; k++)
        if (h->kind[k] == RM_CONFLICT_LOWER || h->kind[k] == RM_CONFLICT_UPPER)
            h->index[k] = h->index[k] >= 0 && h->index[k] < b->total ? b->back[h->index[k]] : -1;
    ok(b, rm_problem_get_info_f64(b->p, RM_INFO_SHORTFALL, &h->shortfall), "get_info_f64");
}

static void read_answer(build *b, const instance *in, full_answer *h)
{
    double hole = 1;
    ok(b, rm_problem_get_solution(b->p, in->n, b->map, h->a.x), "get_solution");
    ok(b, rm_problem_get_reduced_costs(b->p, in->n, b->map, h->reduced), "get_reduced_costs");
    for (int64_t k = 0; k < b->total; k++) {
        if (b->back[k] >= 0)
            continue;
        ok(b, rm_problem_get_solution(b->p, 1, &k, &hole), "get_solution");
        if (hole != 0)
            complain(b->r, "a hole has x = %g", hole);
        ok(b, rm_problem_get_reduced_costs(b->p, 1, &k, &hole), "get_reduced_costs");
        if (hole != 0)
            complain(b->r, "a hole has reduced cost %g", hole);
    }
    h->a.y = 0;
    if (!in->has_row)
        return;
    ok(b, rm_problem_get_row_duals(b->p, 1, NULL, &h->a.y), "get_row_duals");
    ok(b, rm_problem_get_row_ranges(b->p, 1, NULL, &h->dual_low, &h->dual_high, &h->side_low, &h->side_high),
       "get_row_ranges");
}

void call_handle(const instance *in, unsigned vary, rng *random, full_answer *h, report *r)
{
    build b = {.r = r};
    full_resize(h, in->n);
    poison(h->a.x, in->n);
    poison(h->reduced, in->n);
    h->a.y = NAN;
    h->a.where = -2;
    h->a.status = RM_ERROR_NO_ANSWER;
    h->dual_low = h->dual_high = h->side_low = h->side_high = NAN;
    if (make(&b, in, vary, random)) {
        h->a.status = rm_problem_solve(b.p, (vary & VARY_ALL) ? RM_SOLVER_WATERFILL : RM_SOLVER_AUTO);
        if (h->a.status == RM_OK)
            read_answer(&b, in, h);
        read_figures(&b, in, random, h);
        if (h->a.status >= 0)
            read_conflict(&b, in, h);
    } else if (r->count == 0) {
        complain(r, "the handle could not be built");
    }
    finish(&b);
}

int32_t call_status(const instance *in, report *r)
{
    build b = {.r = r};
    int32_t status = RM_ERROR_NO_ANSWER;
    rng random;
    rng_seed(&random, 1);
    if (make(&b, in, 0, &random))
        status = rm_problem_solve(b.p, RM_SOLVER_AUTO);
    finish(&b);
    return status;
}

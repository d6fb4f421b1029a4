/* The ways to run: each kind of contender, and how it is timed. */
#include "clock.h"
#include "contender.h"
#include "memory.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A result that nobody uses must still be computed. */
static volatile double kept;

static void begin(contender *c, pool *p, kind k, measure_fn measure)
{
    memset(c, 0, sizeof *c);
    c->kind = k;
    c->measure = measure;
    c->pool = p;
    c->threads = 1;
    c->residual = -1;
}

/* How far the row is missed, by sums of its own.  What rounding takes from the
 * running total is kept apart: a million equal terms are all rounded one way. */
static double residual(const instance *in, const double *x)
{
    long double sum = -(long double)in->r, lost = 0, size = fabsl((long double)in->r);
    for (int64_t i = 0; i < in->n; i++) {
        long double v = (long double)(in->b != NULL ? in->b[i] : 1) * x[i];
        long double next = sum + v, part = next - sum;
        lost += (sum - (next - part)) + (v - part);
        sum = next;
        size += fabsl(v);
    }
    return size > 0 ? (double)(fabsl(sum + lost) / size) : 0;
}

static void note_residual(contender *c, const instance *in)
{
    if (c->residual < 0)
        c->residual = residual(in, c->pool->x);
}

/* --- floors ---------------------------------------------------------------- */

static double measure_floor(contender *c, int64_t turns)
{
    if (c->threads > 1) {
        double seconds = 0;
        for (int64_t t = 0; t < turns; t++)
            for (int k = 0; k < c->pool->count; k++)
                seconds += floor_run_threads(&c->job, c->threads);
        return seconds;
    }
    double began = clock_seconds();
    for (int64_t t = 0; t < turns; t++)
        for (int k = 0; k < c->pool->count; k++)
            kept = floor_run(&c->job);
    return clock_seconds() - began;
}

int contender_floor(contender *c, pool *p, int floor_kind, int arrays, int own, int streaming, int threads)
{
    static const char *const names[] = {"read", "two_pass", "copy"};
    begin(c, p, KIND_FLOOR, measure_floor);
    c->threads = threads;
    c->job = (floor_job){floor_kind, streaming, arrays, p->n, {NULL}, p->x};
    const double *inputs[5] = {NULL};
    int have = own ? instance_inputs(p->instance[0], inputs) : 5;
    for (int k = 0; k < 5; k++)
        c->job.in[k] = own && k < have ? inputs[k] : p->floor_in[k];
    snprintf(c->name, sizeof c->name, "floor.%s%s%d%s", names[floor_kind], own ? ".own" : "", arrays,
             floor_kind == FLOOR_READ ? ""
             : streaming              ? ".streaming"
                                      : ".plain");
    if (threads > 1)
        snprintf(c->name + strlen(c->name), sizeof c->name - strlen(c->name), "@%d", threads);
    return 1;
}

/* --- the direct call ------------------------------------------------------- */

static double measure_waterfill(contender *c, int64_t turns)
{
    pool *p = c->pool;
    double multiplier = 0, began = clock_seconds();
    rm_status status = RM_OK;
    for (int64_t t = 0; t < turns; t++)
        for (int k = 0; k < p->count; k++) {
            const instance *in = p->instance[k];
            rm_status s = rm_waterfill(in->n, in->weight, in->target, NULL, in->b, in->l, in->u, in->r,
                                       c->price_only ? NULL : p->x, &multiplier, NULL);
            status = s != RM_OK ? s : status;
        }
    double seconds = clock_seconds() - began;
    c->status = status;
    kept = multiplier;
    if (status == RM_OK && !c->price_only)
        note_residual(c, p->instance[p->count - 1]);
    return seconds;
}

int contender_waterfill(contender *c, pool *p, int price_only)
{
    begin(c, p, KIND_LIBRARY, measure_waterfill);
    c->price_only = price_only;
    snprintf(c->name, sizeof c->name, "rm_waterfill%s", price_only ? ".price" : "");
    return 1;
}

/* --- the handle ------------------------------------------------------------ */

int option_key(const char *name, int32_t *key)
{
    int64_t value;
    if (rm_constant(name, &value) != RM_OK)
        return 0;
    *key = (int32_t)value;
    return 1;
}

static rm_problem *new_handle(const instance *in)
{
    rm_problem *h = NULL;
    rm_status s = rm_problem_create(&h, in->n, memory_for_handle, NULL);
    if (s == RM_OK)
        s = rm_problem_set_quadratic(h, in->n, NULL, in->weight, in->target, NULL);
    if (s == RM_OK)
        s = rm_problem_set_bounds(h, in->n, NULL, in->l, in->u);
    if (s == RM_OK && in->b != NULL)
        s = rm_problem_add_row(h, in->n, NULL, in->b, in->r, in->r, NULL);
    else if (s == RM_OK)
        s = rm_problem_add_row(h, RM_ALL, NULL, NULL, in->r, in->r, NULL);
    if (s == RM_OK)
        return h;
    rm_problem_destroy(h);
    return NULL;
}

static void set_totals(pool *p, const instance *in)
{
    static const double away[] = {0, 0.01, -0.01, 0.02};
    double least, greatest;
    instance_limits(in, &least, &greatest);
    for (int k = 0; k < 4; k++)
        p->total[k] = isinf(greatest) ? in->r * (1 + away[k]) : in->r + (greatest - least) * away[k];
}

static rm_status set_total(rm_problem *h, double total)
{
    return rm_problem_set_row_bounds(h, 1, NULL, &total, &total);
}

/* An option that the library does not have keeps its one value. */
static rm_status set_options(contender *c)
{
    int32_t key;
    rm_status s = RM_OK;
    if (option_key("RM_OPTION_THREADS", &key))
        s = rm_problem_set_option_i64(c->pool->handle, key, c->threads);
    if (s == RM_OK && option_key("RM_OPTION_SUMS", &key))
        s = rm_problem_set_option_i64(c->pool->handle, key, c->sums);
    return s;
}

static double measure_handle(contender *c, int64_t turns)
{
    pool *p = c->pool;
    const instance *in = p->instance[0];
    rm_problem *h = p->handle;
    double seconds = 0;
    for (int64_t t = 0; t < turns; t++) {
        rm_status s = set_options(c);
        if (s == RM_OK && c->way == WAY_FRESH) /* new data: whatever was kept of the old is of no use */
            s = rm_problem_set_quadratic(h, in->n, NULL, in->weight, in->target, NULL);
        else if (s == RM_OK) { /* a solve before, so that there is something to start from */
            s = set_total(h, p->total[c->calls % 4]);
            if (s == RM_OK)
                s = rm_problem_solve(h, RM_SOLVER_AUTO);
        }
        if (s == RM_OK && c->way == WAY_FRESH)
            s = set_total(h, in->r);
        double began = clock_seconds();
        if (s == RM_OK && c->way != WAY_FRESH)
            s = set_total(h, p->total[(c->calls + 1) % 4]);
        if (s == RM_OK)
            s = rm_problem_solve(h, RM_SOLVER_AUTO);
        if (s == RM_OK && c->way == WAY_AGAIN_READ)
            s = rm_problem_get_solution(h, in->n, NULL, p->x);
        seconds += clock_seconds() - began;
        c->status = s;
        if (s == RM_OK && c->way == WAY_FRESH && c->residual < 0 &&
            rm_problem_get_solution(h, in->n, NULL, p->x) == RM_OK)
            note_residual(c, in);
        c->calls++;
    }
    return seconds;
}

/* A handle holds one instance, so pools of several are not for it. */
int contender_handle(contender *c, pool *p, way w, int threads, int64_t sums)
{
    static const char *const names[] = {"fresh", "again", "again_read"};
    int32_t key;
    int64_t low, high;
    begin(c, p, KIND_LIBRARY, measure_handle);
    if (p->count != 1)
        return 0;
    if (threads > 1 && (!option_key("RM_OPTION_THREADS", &key) ||
                        rm_option_range_i64(key, &low, &high, NULL) != RM_OK || threads > high))
        return 0;
    if (sums != 0 &&
        (!option_key("RM_OPTION_SUMS", &key) || rm_option_range_i64(key, &low, &high, NULL) != RM_OK || sums > high))
        return 0;
    if (p->handle == NULL) {
        p->handle = new_handle(p->instance[0]);
        if (p->handle == NULL)
            return 0;
        set_totals(p, p->instance[0]);
    }
    c->threads = threads;
    c->way = w;
    c->sums = sums;
    snprintf(c->name, sizeof c->name, "handle.%s.%s@%d", names[w], sums != 0 ? "tree" : "exact", threads);
    return 1;
}

/* --- baselines ------------------------------------------------------------- */

static double measure_baseline(contender *c, int64_t turns)
{
    pool *p = c->pool;
    double multiplier = 0, began = clock_seconds();
    int status = 0;
    for (int64_t t = 0; t < turns; t++)
        for (int k = 0; k < p->count; k++)
            status |= c->method->solve(p->instance[k], p->scratch, p->x, &multiplier);
    double seconds = clock_seconds() - began;
    c->status = status;
    kept = multiplier;
    if (status == 0)
        note_residual(c, p->instance[p->count - 1]);
    return seconds;
}

int contender_baseline(contender *c, pool *p, const baseline *method)
{
    begin(c, p, KIND_BASELINE, measure_baseline);
    if (method->simplex_only && p->instance[0]->form != FORM_SIMPLEX)
        return 0;
    c->method = method;
    snprintf(c->name, sizeof c->name, "%s", method->name);
    return 1;
}

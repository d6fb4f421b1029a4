/* See sweep.h. */
#include "solve/sweep.h"

enum {
    AROUND_CACHE = 1 << 18, /* so many x do not stay in the cache anyway */
    BATCH = 512,            /* variables sifted before what is gathered is handed on */
    BATCH_ROOM = BATCH + 320
};

/* A pass, cut into parts. */
typedef struct pass {
    const rm_sweep *sweep;
    int64_t parts;
    rm_status status[RM_MOST_PARTS];
    double y_low, y_high;
    rm_quads *into;
    int64_t gathered;
    rm_price y;
    double size;
    double *x;
    int kept; /* the reciprocals are in x */
    union { /* what the parts found */
        rm_sifted sifted[RM_MOST_PARTS];
        rm_poured poured[RM_MOST_PARTS];
    } found;
} pass;

/* Where part k begins: at a whole block, so that blocks are the same for any number
 * of parts. */
static int64_t begin_of(const pass *p, int64_t k)
{
    int64_t n = p->sweep->view->n, blocks = (n + RM_WATCH_BLOCK - 1) / RM_WATCH_BLOCK;
    int64_t begin = blocks * k / p->parts * RM_WATCH_BLOCK;
    return begin < n ? begin : n;
}

static int64_t parts_for(const rm_sweep *s)
{
    if (!s->crew || s->crew->width <= 1 || s->view->n < RM_CREW_LEAST)
        return 1;
    int64_t blocks = s->view->n / RM_WATCH_BLOCK;
    return blocks < RM_MOST_PARTS ? blocks : RM_MOST_PARTS;
}

/* Runs the parts; one part without further ado. */
static rm_status run(pass *p, rm_task_fn part)
{
    rm_status status = rm_watch_pass(p->sweep->watch);
    if (status != RM_OK)
        return status;
    for (int64_t k = 0; k < p->parts; k++)
        p->status[k] = RM_OK;
    if (p->parts == 1)
        part(p, 0);
    else
        status = rm_crew_run(p->sweep->crew, part, p, p->parts);
    for (int64_t k = 0; k < p->parts && status == RM_OK; k++)
        status = p->status[k];
    return status;
}

static int64_t block_end(int64_t i, int64_t end)
{
    return end - i > RM_WATCH_BLOCK ? i + RM_WATCH_BLOCK : end;
}

static void add_sifted(rm_sifted *a, const rm_sifted *b)
{
    rm_pair_add(&a->sum, b->sum);
    rm_pair_add(&a->slope, b->slope);
    a->bad |= b->bad;
    a->full |= b->full;
}

static void join_sifted(const pass *p, rm_sifted *out)
{
    *out = p->found.sifted[0];
    for (int64_t k = 1; k < p->parts; k++)
        add_sifted(out, &p->found.sifted[k]);
}

/* --- sift ----------------------------------------------------------------- */

static int32_t sift_alone(void *context, int64_t part)
{
    pass *p = context;
    const rm_sweep *s = p->sweep;
    rm_sifted *out = &p->found.sifted[part];
    int64_t n = s->view->n;
    p->into->count = 0;
    for (int64_t i = 0; i < n && p->status[part] == RM_OK && !out->bad && !out->full; i += RM_WATCH_BLOCK) {
        s->kernels->sift(s->view, i, block_end(i, n), p->y_low, p->y_high, p->into, out);
        p->status[part] = rm_watch_block(s->watch);
    }
    return p->status[part];
}

/* Beside others: gathers into a batch of its own, and takes room for it. */
static RM_APART int32_t sift_beside(void *context, int64_t part)
{
    pass *p = context;
    const rm_sweep *s = p->sweep;
    rm_sifted *out = &p->found.sifted[part];
    double room[4][BATCH_ROOM];
    rm_quads batch = {room[0], room[1], room[2], room[3], 0, BATCH_ROOM};
    int64_t begin = begin_of(p, part), end = begin_of(p, part + 1);
    for (int64_t i = begin; i < end && !out->bad && !out->full; i += BATCH) {
        int64_t stop = end - i > BATCH ? i + BATCH : end;
        batch.count = 0;
        s->kernels->sift(s->view, i, stop, p->y_low, p->y_high, &batch, out);
        if (batch.count > 0) {
            int64_t at = rm_atomic_add(&p->gathered, batch.count);
            if (at + batch.count > p->into->most - BATCH_ROOM + BATCH) {
                out->full = 1;
                break;
            }
            size_t bytes = (size_t)batch.count * sizeof(double);
            memcpy(p->into->alpha + at, batch.alpha, bytes);
            memcpy(p->into->sigma + at, batch.sigma, bytes);
            memcpy(p->into->lambda + at, batch.lambda, bytes);
            memcpy(p->into->mu + at, batch.mu, bytes);
        }
        if ((i - begin) % RM_WATCH_BLOCK == 0) {
            p->status[part] = rm_watch_block(s->watch);
            if (p->status[part] != RM_OK)
                break;
        }
    }
    return p->status[part] != RM_OK || out->bad || out->full;
}

rm_status rm_sweep_sift(const rm_sweep *s, double y_low, double y_high, rm_quads *into, rm_sifted *out)
{
    pass p;
    p.sweep = s;
    p.parts = parts_for(s);
    p.y_low = y_low;
    p.y_high = y_high;
    p.into = into;
    p.gathered = 0;
    memset(p.found.sifted, 0, (size_t)p.parts * sizeof p.found.sifted[0]);
    rm_status status = run(&p, p.parts == 1 ? sift_alone : sift_beside);
    if (p.parts > 1)
        into->count = p.gathered < into->most ? p.gathered : 0; /* as many as fit, or it is full */
    join_sifted(&p, out);
    return status;
}

/* --- gauge ---------------------------------------------------------------- */

static int32_t gauge_part(void *context, int64_t part)
{
    pass *p = context;
    const rm_sweep *s = p->sweep;
    rm_sifted *out = &p->found.sifted[part];
    int64_t end = begin_of(p, part + 1);
    for (int64_t i = begin_of(p, part); i < end && p->status[part] == RM_OK && !out->bad; i += RM_WATCH_BLOCK) {
        s->kernels->gauge(s->view, i, block_end(i, end), p->y_low, p->x, p->kept, out);
        p->status[part] = rm_watch_block(s->watch);
    }
    return p->status[part] != RM_OK || out->bad;
}

rm_status rm_sweep_gauge(const rm_sweep *s, double y, double *inverse, int kept, rm_sifted *out)
{
    pass p;
    p.sweep = s;
    p.parts = parts_for(s);
    p.y_low = y;
    p.x = inverse;
    p.kept = kept;
    memset(p.found.sifted, 0, (size_t)p.parts * sizeof p.found.sifted[0]);
    rm_status status = run(&p, gauge_part);
    join_sifted(&p, out);
    return status;
}

/* --- pour ----------------------------------------------------------------- */

static void pour_open(rm_poured *out, double size)
{
    memset(out, 0, sizeof *out);
    out->anchor = rm_anchor_for(size);
}

static int32_t pour_part(void *context, int64_t part)
{
    pass *p = context;
    const rm_sweep *s = p->sweep;
    rm_poured *out = &p->found.poured[part];
    int stream = p->x && s->view->n >= AROUND_CACHE;
    int64_t end = begin_of(p, part + 1);
    pour_open(out, p->size);
    for (int64_t i = begin_of(p, part); i < end && p->status[part] == RM_OK && !out->bad; i += RM_WATCH_BLOCK) {
        s->kernels->pour(s->view, i, block_end(i, end), p->y, p->x, stream, p->kept, out);
        p->status[part] = rm_watch_block(s->watch);
    }
    return p->status[part] != RM_OK || out->bad;
}

rm_status rm_sweep_pour(const rm_sweep *s, rm_price y, double size, double *x, int kept, rm_poured *out)
{
    if (s->view->n <= RM_WATCH_BLOCK) { /* the short way for few: all this would be most of the work */
        rm_status status = rm_watch_pass(s->watch);
        pour_open(out, size);
        if (status == RM_OK)
            s->kernels->pour(s->view, 0, s->view->n, y, x, 0, kept, out);
        return status;
    }
    pass p;
    p.sweep = s;
    p.parts = parts_for(s);
    p.y = y;
    p.size = size;
    p.x = x;
    p.kept = kept;
    for (int64_t k = 0; k < p.parts; k++)
        p.found.poured[k].bad = 0;
    rm_status status = run(&p, pour_part);
    if (status != RM_OK)
        return status;
    int bad = 0;
    for (int64_t k = 0; k < p.parts; k++)
        bad |= p.found.poured[k].bad;
    *out = p.found.poured[0];
    out->bad = bad;
    for (int64_t k = 1; k < p.parts && !bad; k++) { /* beside a bad part others may not have been begun */
        const rm_poured *more = &p.found.poured[k];
        rm_pair_add(&out->sum, more->sum);
        out->rest += more->rest;
        out->size += more->size;
        out->doubt += more->doubt;
        out->free_least += more->free_least;
        out->free_most += more->free_most;
        out->slope += more->slope;
    }
    return RM_OK;
}

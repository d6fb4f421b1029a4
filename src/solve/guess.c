/* See guess.h; the essay is in fast.c. */
#include "solve/guess.h"

enum {
    LINE = 8,             /* variables of a sample that lie together */
    MOST_LINES = 64,
    SPARSE = 8,           /* the larger sample is one in so many, */
    MOST_GROUPS = 1024,   /* but no more groups than that */
    MOST_PASSES = 40,     /* over all variables, when sifts do not help */
    MOST_SIFTS = 4,
    IN_PLACE = 1 << 17    /* variables that stay in a cache */
};

/* So many standard errors of the sample wide is the bracket on each side. */
#define DEVIATIONS 2.4
/* A bracket is never narrower than this share of its price. */
#define NARROWEST 0x1p-40

/* A number that has nothing to do with any period of the data (the finaliser of
 * splitmix64; Steele, Lea and Flood 2014). */
static uint64_t scatter(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Gathers one line out of each of so many equal parts of the data. */
static int take_sample(rm_work *w, int64_t lines)
{
    int64_t n = w->view->n, part = n / lines;
    int bad = 0;
    w->quads.count = 0;
    for (int64_t k = 0; k < lines; k++) {
        int64_t at = k * part + (int64_t)(scatter((uint64_t)k + 1) % (uint64_t)(part - LINE + 1));
        bad |= w->kernels->turn(w->view, at, at + LINE, &w->quads);
    }
    return bad;
}

static int64_t lines_for(int64_t n, int64_t most)
{
    double third = 1; /* the cube root of n, roughly */
    while (third * third * third < (double)n)
        third *= 1.25;
    int64_t lines = (int64_t)(third * third) / LINE;
    lines = lines < MOST_LINES ? lines : MOST_LINES;
    return lines < most / LINE ? lines : most / LINE;
}

/* Where nothing can be negative, the sample alone, if it had to take the whole
 * total, needs a price that is not too low for all.  If few of the sample are not
 * at their lower bound then, that end is all that a bracket needs. */
static int bound_by_sample(rm_work *w, double start, double *high, double *share)
{
    rm_pair y;
    rm_search s = {.low = -DBL_MAX, .high = DBL_MAX, .y = start};
    if (w->view->coef || w->view->lower || rm_balance(w, &s, &y) != RM_FOUND)
        return 0;
    int64_t off = 0;
    for (int64_t k = 0; k < w->quads.count; k++)
        off += w->quads.alpha[k] + w->quads.sigma[k] * y.high > 0;
    *high = y.high + NARROWEST * fabs(y.high);
    *share = (double)off / (double)w->quads.count;
    double undecided = 2 * *share * (double)w->view->n;
    return undecided + LINE * sqrt(undecided) < (double)(w->quads.most - RM_ROOM / 2) && undecided < (double)w->view->n / 16;
}

/* The share of the quads that a bracket leaves undecided. */
static double share_within(const rm_quads *q, double low, double high)
{
    int64_t count = 0;
    for (int64_t k = 0; k < q->count; k++) {
        double a = q->alpha[k], least = a + q->sigma[k] * low, most = a + q->sigma[k] * high;
        count += !(most <= q->lambda[k] || least >= q->mu[k] || (least >= q->lambda[k] && most <= q->mu[k]));
    }
    return (double)count / (double)q->count;
}

/* A larger sample, where it lies: groups of variables that Newton goes over from the
 * price of the first one.  The bracket shrinks as the square root of the size. */
static void refine(const rm_work *w, rm_estimate *e)
{
    enum { GROUP = 64, STEPS = 2 };
    int64_t n = w->view->n, groups = n / SPARSE / GROUP;
    groups = groups < MOST_GROUPS ? groups : MOST_GROUPS;
    double size = (double)(groups * GROUP), part = size / (double)n, y = e->bracket.y;
    double narrower = sqrt((double)w->quads.count / size);
    if (!(narrower < 0.7))
        return;
    int64_t apart = n / groups;
    for (int step = 0; step < STEPS; step++) {
        rm_sifted s;
        memset(&s, 0, sizeof s);
        for (int64_t k = 0; k < groups; k++) {
            int64_t at = k * apart + (int64_t)(scatter((uint64_t)k + 1) % (uint64_t)(apart - GROUP + 1));
            w->kernels->gauge(w->view, at, at + GROUP, y, NULL, 0, &s);
        }
        double next = (w->total * part - s.sum.high) / s.slope.high;
        if (s.bad || !(fabs(next - e->bracket.y) <= 2 * e->half))
            return;
        y = next;
    }
    e->bracket.y = y;
    e->half *= narrower;
    e->share *= narrower;
}

/* A bracket of prices from a sample, and a price to start with. */
void rm_guess_sample(rm_work *w, rm_estimate *e)
{
    rm_pair y;
    rm_search *s = &e->bracket;
    memset(e, 0, sizeof *e);
    int64_t lines = lines_for(w->view->n, w->quads.most - LINE);
    if (take_sample(w, lines))
        return;
    double part = (double)(lines * LINE) / (double)w->view->n, total = w->total;
    w->total = total * part;
    rm_search in_sample = rm_search_open(w);
    int end = rm_balance(w, &in_sample, &y);
    w->total = total;
    if (end != RM_FOUND)
        return;
    double slope = w->slope;
    *s = (rm_search){.low = -DBL_MAX, .y = y.high, .soft = 1};
    e->few_off = bound_by_sample(w, y.high, &s->high, &e->share);
    e->known = e->few_off;
    if (e->known)
        return;
    double sum, squares, count = (double)w->quads.count;
    w->kernels->spread(&w->quads, y.high, &sum, &squares);
    double variance = rm_max(0, squares / count - (sum / count) * (sum / count)) * (1 - part);
    e->half = DEVIATIONS * sqrt(variance * count) / slope + NARROWEST * fabs(y.high);
    e->share = share_within(&w->quads, y.high - e->half, y.high + e->half);
    e->known = isfinite(e->half) != 0;
    if (e->known)
        refine(w, e);
    s->low = s->y - e->half;
    s->high = s->y + e->half;
}

int64_t rm_warm_room(int64_t n)
{
    return n <= RM_FEW ? 0 : n / 8 + RM_ROOM;
}

/* Keeps what a sift has found, if there is room. */
static void keep(const rm_work *w, rm_warm *warm, double low, double high, double y)
{
    const rm_quads *from = &w->quads;
    if (!warm || from->count > warm->quads.most - (RM_ROOM - RM_FEW))
        return;
    size_t bytes = (size_t)from->count * sizeof(double);
    memcpy(warm->quads.alpha, from->alpha, bytes);
    memcpy(warm->quads.sigma, from->sigma, bytes);
    memcpy(warm->quads.lambda, from->lambda, bytes);
    memcpy(warm->quads.mu, from->mu, bytes);
    warm->quads.count = from->count;
    warm->base = w->base;
    warm->low = low;
    warm->high = high;
    warm->y = y;
    warm->known = 1;
}

int rm_guess_recall(rm_work *w, rm_warm *warm, rm_pair *y)
{
    if (!warm || !warm->known)
        return RM_LOST;
    rm_quads room = w->quads;
    w->quads = warm->quads;
    w->base = warm->base;
    rm_search s = {.low = warm->low, .high = warm->high, .soft = 1, .y = warm->y};
    int end = rm_balance(w, &s, y);
    w->quads = room;
    if (end != RM_FOUND) {
        memset(&w->base, 0, sizeof w->base);
        return RM_LOST;
    }
    warm->y = y->high;
    return RM_FOUND;
}

/* Newton over all in turn with a sift around where it leads, as narrow as it may
 * be: for when a bracket leaves too many undecided, or there is no sample.  A step
 * e of Newton is off by about half of e times the share of the slope that changes
 * on its way; `share` of the variables did within `half`. */
static rm_status narrow(rm_work *w, double start, double half, double share, rm_pair *y, int *end)
{
    rm_search all = {.low = -DBL_MAX, .high = DBL_MAX, .y = start};
    for (int pass = 0; pass < MOST_PASSES; pass += 2) {
        rm_sifted sums;
        double from = all.y, next;
        rm_status status = rm_sweep_weigh(&w->sweep, from, &w->quads, &sums);
        *end = RM_LOST;
        if (status != RM_OK || sums.bad)
            return status;
        *end = rm_search_step(&all, w->total - sums.sum.low, sums.sum.high, sums.slope.high, &next);
        w->slope = sums.slope.high;
        *y = w->slope > 0 ? rm_search_piece(w->total, &sums) : (rm_pair){next, 0};
        if (*end >= 0)
            return RM_OK;
        if (all.y != next) { /* Newton did not lead there: no use to look around it */
            pass--;
            continue;
        }
        double step = fabs(all.y - from), around = step * rm_min(0.25, 2 * share * step / half);
        around += NARROWEST * fabs(all.y);
        if (!isfinite(around))
            continue;
        rm_search s = {.low = rm_max(all.y - around, all.low), .high = rm_min(all.y + around, all.high), .soft = 1,
                    .y = all.y};
        status = rm_sweep_sift(&w->sweep, s.low, s.high, &w->quads, &w->base);
        if (status != RM_OK || w->base.bad)
            return status;
        if (w->base.full)
            continue;
        *end = rm_balance(w, &s, y);
        if (*end == RM_FOUND)
            return RM_OK;
        if (*end != RM_LOST && y->high > all.low && y->high < all.high)
            all.y = y->high;
    }
    *end = RM_LOST;
    return RM_OK;
}

/* Newton over all from a price near by, for problems that stay in a cache: left when
 * no breakpoint is to be expected on the way of the last step. */
static rm_status step_in_place(rm_work *w, const rm_estimate *e, rm_pair *y, int *end)
{
    rm_search s = {.low = -DBL_MAX, .high = DBL_MAX, .y = e->bracket.y};
    double n = (double)w->view->n, crowd = e->share * n / (2 * e->half), way = 0, slope = 0;
    double *reciprocals = w->view->weight ? w->x : NULL; /* x is not needed yet */
    for (int pass = 0; pass < MOST_PASSES; pass++) {
        rm_sifted sums;
        double from = s.y, next;
        rm_status status = rm_sweep_gauge(&w->sweep, from, reciprocals, w->kept, &sums);
        w->kept = reciprocals != NULL;
        *end = RM_LOST;
        if (status != RM_OK || sums.bad || !isfinite(sums.sum.high) || !(sums.slope.high > 0))
            return status;
        *end = rm_search_step(&s, w->total - sums.sum.low, sums.sum.high, sums.slope.high, &next);
        w->slope = sums.slope.high;
        *y = rm_search_piece(w->total, &sums);
        if (*end >= 0)
            return RM_OK;
        if (pass > 0) /* so many breakpoints per unit of price */
            crowd = n * fabs(w->slope / slope - 1) / way;
        slope = w->slope;
        way = fabs(s.y - from);
        if (s.y == next && crowd * way < 0.05) {
            *end = RM_FOUND;
            return RM_OK;
        }
    }
    *end = RM_LOST;
    return RM_OK;
}

rm_status rm_guess_price(rm_work *w, const rm_estimate *e, rm_warm *warm, rm_pair *y, int *end)
{
    rm_search s = e->bracket;
    if (w->view->n <= IN_PLACE && e->known && !e->few_off) {
        rm_status status = step_in_place(w, e, y, end);
        if (status != RM_OK || *end == RM_FOUND)
            return status;
        w->kept = 0; /* what follows needs the room */
    }
    double half = e->known && !e->few_off ? e->half : 1, share = e->known ? e->share : 1;
    /* Where the bracket would leave too many undecided it is not tried. */
    int fits = share * (double)w->view->n < 0.9 * (double)(w->quads.most - RM_ROOM + RM_FEW);
    for (int k = 0; e->known && fits && k < MOST_SIFTS; k++) {
        rm_status status = rm_sweep_sift(&w->sweep, s.low, s.high, &w->quads, &w->base);
        *end = RM_LOST;
        if (status != RM_OK || w->base.bad)
            return status;
        if (w->base.full)
            break;
        double from = s.low, to = s.high;
        *end = rm_balance(w, &s, y);
        if (*end == RM_FOUND) {
            keep(w, warm, from, to, y->high);
            return RM_OK;
        }
        if (*end == RM_LOST)
            break;
        /* Beyond an end: by Newton's step from there, and as far again. */
        double edge = *end == RM_ABOVE ? to : from, step = y->high - edge;
        if (!isfinite(step))
            break;
        s = (rm_search){.low = rm_min(edge, edge + 2 * step) - NARROWEST * fabs(edge),
                     .high = rm_max(edge, edge + 2 * step) + NARROWEST * fabs(edge), .soft = 1, .y = y->high};
    }
    return narrow(w, s.y, half, share, y, end);
}

/* See sample.h. */
#include "solve/sample.h"

enum {
    LINE = 8,            /* variables of a sample that lie together */
    MOST_LINES = 8192,
    ENOUGH_LINES = 64    /* where a larger sample follows */
};

/* So many standard errors of the sample wide is the bracket on each side. */
#define DEVIATIONS 3.0

/* A number that has nothing to do with any period of the data (the finaliser of
 * splitmix64; Steele, Lea and Flood 2014). */
static uint64_t scatter(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Gathers one line out of each of so many equal parts of the data. */
static int take_sample(const rm_work *w, rm_quads *into, int64_t lines)
{
    int64_t n = w->view->n, part = n / lines;
    int bad = 0;
    into->count = 0;
    for (int64_t k = 0; k < lines; k++) {
        int64_t at = k * part + (int64_t)(scatter((uint64_t)k + 1) % (uint64_t)(part - LINE + 1));
        bad |= w->kernels->turn(w->view, at, at + LINE, into);
    }
    return bad;
}

/* The square of the cube root, roughly. */
static double two_thirds(int64_t n)
{
    double third = 1;
    while (third * third * third < (double)n)
        third *= 1.25;
    return third * third;
}

/* Many where a few variables off their bounds may tell (bound_by_sample). */
static int64_t lines_for(const rm_view *v, int64_t most)
{
    int64_t lines = (int64_t)two_thirds(v->n) / LINE, enough = rm_sample_unsigned(v) ? MOST_LINES : ENOUGH_LINES;
    lines = lines < enough ? lines : enough;
    return lines < most / LINE ? lines : most / LINE;
}

/* Where nothing can be negative, the sample alone, if it had to take the whole
 * total, needs a price that is not too low for all.  If few of the sample are not
 * at their lower bound then, that end is all that a bracket needs. */
static int bound_by_sample(rm_work *w, double start, double *high, double *share)
{
    rm_pair y;
    rm_search s = {.low = -DBL_MAX, .high = DBL_MAX, .y = start};
    if (!rm_sample_unsigned(w->view) || rm_balance(w, &s, &y) != RM_FOUND)
        return 0;
    int64_t off = 0;
    for (int64_t k = 0; k < w->quads.count; k++)
        off += w->quads.alpha[k] + w->quads.sigma[k] * y.high > 0;
    *high = y.high + RM_NARROWEST * fabs(y.high);
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

/* A larger sample, where it lies: a step of Newton over groups of variables, from the
 * price of the first one.  The bracket shrinks as the square root of the size. */
static void refine(const rm_work *w, rm_estimate *e)
{
    enum { GROUP = 64, MORE = 8 };
    int64_t n = w->view->n, group = w->quads.most > RM_ROOM ? GROUP : MORE * GROUP; /* little room: a narrow bracket */
    int64_t groups = (int64_t)(2 * two_thirds(n)) / GROUP + 1, apart = n / groups;
    double size = (double)(groups * group), y = e->bracket.y;
    double narrower = sqrt((double)w->quads.count / size);
    if (!(narrower < 0.7) || apart < group)
        return;
    rm_sifted s;
    memset(&s, 0, sizeof s);
    for (int64_t k = 0; k < groups; k++) {
        int64_t at = k * apart + (int64_t)(scatter((uint64_t)k + 1) % (uint64_t)(apart - group + 1));
        w->kernels->gauge(w->view, at, at + group, y, NULL, 0, &s);
    }
    double next = (w->total * (size / (double)n) - s.sum.high) / s.slope.high;
    if (s.bad || !(fabs(next - y) <= 2 * e->half))
        return;
    e->bracket.y = next;
    e->half *= narrower;
    e->share *= narrower;
}

/* A bracket of prices from a sample, and a price to start with. */
void rm_sample_price(rm_work *w, rm_estimate *e)
{
    rm_pair y;
    rm_search *s = &e->bracket;
    memset(e, 0, sizeof *e);
    int64_t lines = lines_for(w->view, w->quads.most - LINE);
    if (take_sample(w, &w->quads, lines))
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
    e->half = DEVIATIONS * sqrt(variance * count) / slope + RM_NARROWEST * fabs(y.high);
    e->share = share_within(&w->quads, y.high - e->half, y.high + e->half);
    e->known = isfinite(e->half) != 0;
    if (e->known)
        refine(w, e);
    s->low = s->y - e->half;
    s->high = s->y + e->half;
}

RM_APART double rm_sample_share(const rm_work *w, double low, double high)
{
    enum { LINES = 16, COUNT = LINES * LINE };
    double room[4][COUNT];
    rm_quads few = {room[0], room[1], room[2], room[3], 0, COUNT};
    return take_sample(w, &few, LINES) ? 1 : share_within(&few, low, high);
}

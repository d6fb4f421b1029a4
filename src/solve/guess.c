/* See guess.h; the essay is in fast.c. */
#include "solve/guess.h"

enum {
    LINE = 8,             /* variables of a sample that lie together */
    MOST_LINES = 8192,
    ENOUGH_LINES = 64,    /* where a larger sample follows */
    MOST_PASSES = 40,     /* over all variables, when sifts do not help */
    MOST_SIFTS = 3,
    SLOW = 8,             /* a step that is not so much shorter than the last one is slow */
    ONE_SIDED = 2,        /* steps before a slow one leads to a look at the end of its side, */
    CLOSING_IN = 2,       /* or to gathering what lies between the ends */
    IN_PLACE = 1 << 17    /* variables that stay in a cache */
};

/* So many standard errors of the sample wide is the bracket on each side. */
#define DEVIATIONS 2.4
/* A bracket may leave so many undecided, with a share told by a small sample. */
#define LARGE_SHARE 0.12
/* And so many, for what is kept for the next solve. */
#define KEPT_SHARE 0.08
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

/* Whether nothing can be negative. */
static int may_be_bound(const rm_view *v)
{
    return !v->coef && !v->lower;
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
    int64_t lines = (int64_t)two_thirds(v->n) / LINE, enough = may_be_bound(v) ? MOST_LINES : ENOUGH_LINES;
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
    if (!may_be_bound(w->view) || rm_balance(w, &s, &y) != RM_FOUND)
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
void rm_guess_sample(rm_work *w, rm_estimate *e)
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
    e->half = DEVIATIONS * sqrt(variance * count) / slope + NARROWEST * fabs(y.high);
    e->share = share_within(&w->quads, y.high - e->half, y.high + e->half);
    e->known = isfinite(e->half) != 0;
    if (e->known)
        refine(w, e);
    s->low = s->y - e->half;
    s->high = s->y + e->half;
}

/* About the share of all variables that a bracket leaves undecided, from a small sample. */
static RM_APART double share_of_all(const rm_work *w, double low, double high)
{
    enum { LINES = 16, COUNT = LINES * LINE };
    double room[4][COUNT];
    rm_quads few = {room[0], room[1], room[2], room[3], 0, COUNT};
    return take_sample(w, &few, LINES) ? 1 : share_within(&few, low, high);
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

/* The last bracket, made wider so that this solve's price lies in it and the next one's is
 * likely to: totals that go back and forth are then met without a look at all variables. */
static void widen(const rm_work *w, const rm_warm *warm, double edge, double step, rm_estimate *e)
{
    double low = rm_min(warm->low, edge + 2 * step), high = rm_max(warm->high, edge + 2 * step);
    memset(e, 0, sizeof *e);
    e->bracket = (rm_search){.low = low, .high = high, .soft = 1, .y = edge + step};
    e->half = high / 2 - low / 2;
    e->share = isfinite(e->half) ? share_of_all(w, low, high) : 1;
    e->known = e->share <= KEPT_SHARE;
}

int rm_guess_recall(rm_work *w, rm_warm *warm, rm_pair *y, rm_estimate *e)
{
    e->known = 0;
    if (!warm || !warm->known)
        return RM_LOST;
    rm_quads room = w->quads;
    w->quads = warm->quads;
    w->base = warm->base;
    rm_search s = {.low = warm->low, .high = warm->high, .soft = 1, .y = warm->y};
    int end = rm_balance(w, &s, y);
    w->quads = room;
    if (end == RM_FOUND) {
        warm->y = y->high;
        return RM_FOUND;
    }
    memset(&w->base, 0, sizeof w->base);
    if (end != RM_LOST) {
        double edge = end == RM_ABOVE ? warm->high : warm->low;
        widen(w, warm, edge, y->high - edge, e);
    }
    return RM_LOST;
}

/* As far beyond an end as the room for the undecided allows: by Newton's step from there
 * and some times as far again.  Returns 0 where not even that leads anywhere. */
static int look_further(const rm_work *w, rm_search *s, double edge, double step)
{
    static const double times[] = {4096, 256, 16, 2};
    for (int k = 0; k < 4; k++) {
        double far = edge + times[k] * step;
        if (!isfinite(far) || share_of_all(w, rm_min(edge, far), rm_max(edge, far)) > LARGE_SHARE)
            continue;
        *s = (rm_search){.low = rm_min(edge, far) - NARROWEST * fabs(edge),
                         .high = rm_max(edge, far) + NARROWEST * fabs(edge), .soft = 1, .y = edge + step};
        return 1;
    }
    return 0;
}

/* Whether the total lies beyond what any price on one side can give, or about there. */
static rm_status look_beyond(rm_work *w, rm_search *s, int up, int *beyond)
{
    rm_sifted sums;
    double end = up ? DBL_MAX : -DBL_MAX;
    rm_status status = rm_sweep_gauge(&w->sweep, end, w->kept ? w->x : NULL, w->kept, &sums);
    double missing = w->total - sums.sum.high;
    *beyond = sums.slope.high == 0 && (up ? missing : -missing) > -0x1p-40 * fabs(w->total);
    if (*beyond || !isfinite(missing))
        return status;
    if (up) {
        s->high = end;
        s->tried_high = 1;
        s->excess = -missing;
    } else {
        s->low = end;
        s->tried_low = 1;
        s->missing = missing;
    }
    return status;
}

/* Where Newton creeps through orders of magnitude, to 0 or to the geometric mean of
 * where it leads and the end beyond. */
static void leap(rm_search *s, double from)
{
    const double far = 16;
    double to = s->y, end = to > from ? s->high : s->low;
    int tried = to > from ? s->tried_high : s->tried_low;
    if (from != 0 && (to > 0) != (from > 0) && fabs(to) > fabs(from))
        s->y = 0;
    else if (tried && fabs(end) < DBL_MAX && fabs(to) > far * fabs(from) && end / to > far)
        s->y = to * sqrt(end / to);
}

/* A sift of a bracket that is known to be narrow, and the solution of what it gathers. */
static rm_status gather(rm_work *w, double low, double high, double start, rm_pair *y, int *end)
{
    rm_search s = {.low = low, .high = high, .soft = 1, .y = start};
    w->kept = 0; /* what is gathered may need the room */
    *end = RM_LOST;
    rm_status status = rm_sweep_sift(&w->sweep, low, high, &w->quads, &w->base);
    if (status != RM_OK || w->base.bad)
        return status;
    if (!w->base.full)
        *end = rm_balance(w, &s, y);
    if (*end != RM_FOUND)
        memset(&w->base, 0, sizeof w->base);
    return RM_OK;
}

/* Newton over all from a price near by.  It is left when no breakpoint is to be
 * expected on the way of the last step. */
static rm_status step_in_place(rm_work *w, rm_search s, double crowd, rm_pair *y, int *end)
{
    double n = (double)w->view->n, way = 0, slope = 0;
    double *reciprocals = w->view->weight ? w->x : NULL; /* x is not needed yet */
    int looked = 0, sifted = 0;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
        rm_sifted sums;
        double from = s.y, next;
        rm_status status = rm_sweep_gauge(&w->sweep, from, reciprocals, w->kept, &sums);
        w->kept = reciprocals != NULL;
        *end = RM_LOST;
        if (status != RM_OK || sums.bad || !isfinite(sums.sum.high))
            return status;
        *end = rm_search_step(&s, w->total - sums.sum.low, sums.sum.high, sums.slope.high, &next);
        w->slope = sums.slope.high;
        *y = w->slope > 0 ? rm_search_piece(w->total, &sums) : (rm_pair){next, 0};
        if (*end >= 0)
            return RM_OK;
        if (pass > 0) /* so many breakpoints per unit of price */
            crowd = n * fabs(w->slope / slope - 1) / way;
        slope = w->slope;
        int slow = fabs(s.y - from) > way / SLOW; /* Newton's steps shrink faster near the end */
        way = fabs(s.y - from);
        if (s.y == next && crowd * way < 0.05) {
            *end = RM_FOUND;
            return RM_OK;
        }
        /* Creeping to one side: is there an answer there at all? */
        int up = s.y > from, one_sided = up ? !s.tried_high : !s.tried_low;
        if (!looked && one_sided && ((slow && pass >= ONE_SIDED) || fabs(s.y) == DBL_MAX)) {
            looked = 1;
            status = look_beyond(w, &s, up, &one_sided);
            *end = RM_LOST;
            if (status != RM_OK || one_sided)
                return status;
        }
        if (s.y == next)
            leap(&s, from);
        double around = way * rm_min(0.25, 2 * crowd * way / n) + NARROWEST * fabs(s.y);
        double room = (double)(w->quads.most - RM_ROOM + RM_FEW);
        if (n > IN_PLACE && s.y == next && 3 * crowd * around < room) {
            status = gather(w, rm_max(s.y - around, s.low), rm_min(s.y + around, s.high), s.y, y, end);
        } else if (slow && pass >= CLOSING_IN && !sifted && s.tried_low && s.tried_high
                   && share_of_all(w, s.low, s.high) * n < rm_min(LARGE_SHARE * n, room)) {
            sifted = 1;
            status = gather(w, s.low, s.high, s.y, y, end);
        }
        if (status != RM_OK || w->base.bad || *end == RM_FOUND)
            return status;
    }
    *end = RM_LOST;
    return RM_OK;
}

rm_status rm_guess_price(rm_work *w, const rm_estimate *e, rm_warm *warm, rm_pair *y, int *end)
{
    rm_search s = e->bracket;
    double n = (double)w->view->n, crowd = INFINITY;
    if (e->known && !e->few_off) /* a sample says little of what it has none of */
        crowd = rm_max(e->share, 1.0 / (LINE * ENOUGH_LINES)) * n / (2 * e->half);
    /* A bracket that would leave too many undecided is not tried. */
    int fits = e->share * n < 0.9 * (double)(w->quads.most - RM_ROOM + RM_FEW);
    /* Newton is slow where most stand at one bound. */
    int in_place = w->view->n <= IN_PLACE && !(may_be_bound(w->view) && !w->view->upper);
    int sifts = e->known && fits && (e->few_off || !in_place) ? MOST_SIFTS : 0;
    for (int k = 0; k < sifts; k++) {
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
        double edge = *end == RM_ABOVE ? to : from;
        if (!look_further(w, &s, edge, y->high - edge)) {
            s.y = edge;
            break;
        }
    }
    memset(&w->base, 0, sizeof w->base);
    return step_in_place(w, (rm_search){.low = -DBL_MAX, .high = DBL_MAX, .y = isfinite(s.y) ? s.y : 0}, crowd, y, end);
}

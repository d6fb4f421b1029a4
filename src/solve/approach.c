/* See approach.h.
 *
 * Newton's method on plain sums, kept between known ends.  It starts where price 0 is possible.
 * From a flat piece, and where a sum is infinite (near the price at which a log's answer grows
 * without end), it goes to the outermost breakpoint on the other side, or further and further. Where
 * Newton leaves the ends, or is slow (his steps on 1 / y only halve the way), the middle of the ends is
 * taken instead, in the manner of balance.h.
 *
 * Nothing here needs to be right: the exact search starts from the guess.  But where answers are
 * known to 2^-60 only, two neighbouring prices may both seem to be the one; so that the order in
 * which plain sums are taken does not decide between them, the guess is rounded to a few digits.
 */
#include "solve/approach.h"

#include "kernel/pass.h"
#include "solve/balance.h"

enum { MOST_STEPS = 48 };

/* Digits of the guess in base 2, and how near the last step has to be. */
#define DIGITS 40
#define NEAR_ENOUGH 0x1p-42
/* Or how near the step after it would be expected to be, once the steps are short. */
#define ALREADY_NEAR 0x1p-20
#define NEXT_ENOUGH 0x1p-60

/* What is summed. */
typedef struct source {
    const rm_sweep *sweep;
    int64_t every; /* one of so many blocks of BLOCK; 1: all */
} source;

enum { BLOCK = 64 };

/* Where the k-th of the blocks stands that are looked at: one of each run of `every`, not always the same. */
static int64_t block_at(const source *s, int64_t k)
{
    const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15);
    return BLOCK * (k * s->every + (int64_t)(((uint64_t)k * golden >> 32) % (uint64_t)s->every));
}

/* How many variables are looked at. */
static int64_t looked_at(const source *s)
{
    return s->every == 1 ? s->sweep->view->n : s->sweep->view->n / (BLOCK * s->every) * BLOCK;
}

static rm_status take_sums(const source *s, double y, double *sum, double *slope)
{
    rm_sifted at;
    rm_status status;
    if (s->every == 1) {
        status = rm_sweep_gauge(s->sweep, y, NULL, 0, &at);
    } else {
        memset(&at, 0, sizeof at);
        status = rm_watch_pass(s->sweep->watch);
        for (int64_t k = 0; k < looked_at(s) / BLOCK && status == RM_OK; k++)
            s->sweep->kernels->gauge(s->sweep->view, block_at(s, k), block_at(s, k) + BLOCK, y, NULL, 0, &at);
    }
    *sum = at.sum.high + at.sum.low;
    *slope = at.slope.high + at.slope.low;
    return status;
}

rm_status rm_plain_sums(const rm_view *v, double y, rm_watch *watch, double *sum, double *slope)
{
    rm_sweep sweep = {v, rm_kernels_best(), watch, NULL};
    source all = {&sweep, 1};
    if (!v->custom.record)
        return take_sums(&all, y, sum, slope);
    rm_status status = rm_watch_pass(watch);
    *sum = *slope = 0;
    for (int64_t begin = 0; begin < v->n && status == RM_OK; begin += RM_WATCH_BLOCK) {
        int64_t end = v->n - begin > RM_WATCH_BLOCK ? begin + RM_WATCH_BLOCK : v->n;
        rm_tally_plainly(v, begin, end, y, sum, slope);
        status = end < v->n ? rm_watch_block(watch) : RM_OK;
    }
    return status;
}

/* The nearest double with so many digits. */
static double rounded(double y)
{
    int exponent;
    double digits = frexp(y, &exponent);
    return ldexp(nearbyint(ldexp(digits, DIGITS)), exponent - DIGITS);
}

/* What is known of the price. */
typedef struct ends {
    double low, high; /* it is between; prices tried, but for the first */
    int tried_low, tried_high, steps, middles;
    double first, last; /* outermost breakpoints */
} ends;

/* Without an end on the side where the price is: the last breakpoint there, or a step whose length is
 * squared from one to the next. */
static double further(const ends *e, double y, int up)
{
    double limit = up ? e->high : e->low, to = up ? e->last : e->first;
    if (!isfinite(to) || (up ? to <= y : to >= y))
        to = y + (up ? 1 : -1) * rm_max(1, fabs(y)) * ldexp(1, 1 << (e->steps < 9 ? e->steps : 9));
    if (up ? to < limit : to > limit)
        return to;
    return isfinite(limit) && fabs(limit) < DBL_MAX ? y / 2 + limit / 2 : limit;
}

/* Where to look after y, at which so much was missing. */
static double propose(ends *e, double y, double missing, double slope, double missed_before)
{
    int up = missing > 0, open = up ? !e->tried_high : !e->tried_low;
    double next = y + missing / slope;
    int leads = slope > 0 && next > e->low && next < e->high && next != y;
    int slow = fabs(missing) > fabs(missed_before) / 4;
    e->steps++;
    if (leads && !(slow && e->steps % 3 == 0))
        return next;
    if (open)
        return further(e, y, up);
    return rm_search_middle(e->low, e->high, 4 * e->middles++);
}

/* From y on, to about 2^-84: *guess is NaN where nothing was found. */
static rm_status search(const rm_view *v, const source *some, double total, const rm_prices *known, double y,
                        rm_watch *watch, rm_pair *guess, double *slope)
{
    double way_before = INFINITY;
    ends e = {.low = known->floor, .high = known->ceiling, .first = known->first, .last = known->last};
    double before = INFINITY;
    *guess = (rm_pair){NAN, 0};
    for (int step = 0; step < MOST_STEPS; step++) {
        double sum;
        rm_status status = some ? take_sums(some, y, &sum, slope) : rm_plain_sums(v, y, watch, &sum, slope);
        double missing = total - sum;
        if (status != RM_OK || isnan(missing))
            return status;
        if (missing > 0) {
            e.low = y;
            e.tried_low = 1;
        } else {
            e.high = y;
            e.tried_high = 1;
        }
        double way = missing / *slope;
        /* Newton's misses go with the squares of his steps. */
        double next = fabs(way) <= ALREADY_NEAR * fabs(y) ? way / way_before * (way / way_before) * fabs(way) : INFINITY;
        if (*slope > 0 && (fabs(way) <= NEAR_ENOUGH * fabs(y) || next <= NEXT_ENOUGH * fabs(y))) {
            *guess = (rm_pair){y, way};
            return RM_OK;
        }
        way_before = way;
        y = propose(&e, y, missing, *slope, before);
        before = missing;
        if ((e.tried_low && y <= e.low) || (e.tried_high && y >= e.high)) /* nothing between them */
            return RM_OK;
    }
    return RM_OK;
}

rm_status rm_approach_price(const rm_view *v, double total, const rm_prices *known, rm_watch *watch, double *guess)
{
    double slope, start = rm_min(rm_max(0, known->floor), known->ceiling);
    rm_pair found;
    rm_status status = search(v, NULL, total, known, start, watch, &found, &slope);
    *guess = isnan(found.high) ? NAN : rounded(found.high + found.low);
    return status;
}

rm_status rm_approach_closely(const rm_sweep *sweep, double total, double near, rm_pair *guess, double *slope)
{
    enum { FEW = 1 << 14, SHARE = 64 };
    const rm_prices unknown = {-DBL_MAX, DBL_MAX, INFINITY, -INFINITY};
    int64_t n = sweep->view->n, wanted = n / SHARE > FEW / 4 ? n / SHARE : FEW / 4;
    source all = {sweep, 1}, some = {sweep, n / wanted};
    double start = near;
    rm_status status = RM_OK;
    /* The miss of a row may be most of it: it is in no sample. */
    if (n >= FEW && near == 0 && !sweep->view->slack.on) {
        double share = (double)looked_at(&some) / (double)n;
        status = search(NULL, &some, total * share, &unknown, start, sweep->watch, guess, slope);
        start = isnan(guess->high) ? 0 : guess->high + guess->low;
    }
    return status == RM_OK ? search(NULL, &all, total, &unknown, start, sweep->watch, guess, slope) : status;
}

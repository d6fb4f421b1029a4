/* See approach.h.
 *
 * Newton's method on plain sums, kept between known ends.  It starts where price 0 is possible.
 * From a flat piece, and where a sum is infinite (near the price at which a log's answer grows
 * without end), it goes to the outermost breakpoint on the other side, or further and further. Where
 * Newton leaves the ends, or is slow (his steps on 1 / y only halve the way), the middle of the ends is
 * taken instead, in the manner of balance.h.
 *
 * Of many variables samples are asked first, larger and larger ones: the price of a sample of m is off by some
 * 1 / sqrt m, and the first pass over all starts there.  From then on a sample serves in another way.  Newton leaves
 * an error of K d^2 after a step of d, K the sum's bend over its slope.  The sample's bend is the whole's but for a
 * share of about 1 / sqrt m; so where the step is bent like the sample, K d^2 / sqrt m is left: for a sample of
 * 60,000 and d = 10^-3 that is 10^-9 in place of 10^-6, and two passes over all do instead of three or four.
 *
 * Nothing here needs to be right: the exact search, or the pour that proves a price, starts from the guess.  But
 * where answers are known to 2^-63 only, two neighbouring prices may both seem to be the one; so that the order in
 * which plain sums are taken does not decide between them, the exact search gets a guess of a few digits.
 */
#include "solve/approach.h"

#include "kernel/pass.h"
#include "solve/balance.h"

enum {
    MOST_STEPS = 48,
    BLOCK = 64,            /* variables of a small sample that lie together, */
    LARGE_BLOCK = 256,     /* and of a large one */
    FIRST_SAMPLE = 1024,   /* variables of the first sample, */
    FIRST_SHARE = 8,       /* which is at most one of so many; */
    LEAST_SAMPLE = 4096,   /* of the second one, at the least, */
    SHARE = 64,            /* which is one of so many at the least, */
    LEAST_SHARE = 16,      /* and at the most; */
    LARGE_SHARE = 4,       /* of one that is looked at but once, */
    LARGE_LEAST = 1 << 17, /* where there are so many in all; */
    LEADER_SHARE = 16      /* and of that which Newton's steps are bent by */
};

/* Digits of the guess in base 2, and how near the last step has to be. */
#define DIGITS 40
#define NEAR_ENOUGH 0x1p-42
/* Or how near the step after it would be expected to be, once the steps are short. */
#define ALREADY_NEAR 0x1p-20
#define NEXT_ENOUGH 0x1p-54
/* What a bent step is off by, as a share of how much it was bent, times the root of the sample's size; and so many
 * breakpoints may lie on it, were they spread evenly from 0 to the price. */
#define SAMPLE_DOUBT 0.5
#define CROWD 0.5
/* And in a sample, which tells no more. */
#define SAMPLE_ENOUGH 0x1p-10
#define ONE_LOOK 0.25
/* A sum so large has infinite answers in it. */
#define ENDLESS 0x1p890

/* What is summed. */
typedef struct source {
    const rm_sweep *sweep;
    int64_t every; /* one of so many blocks; 1: all */
    int64_t block; /* so many variables that lie together */
} source;

/* What is found at a price. */
typedef struct look {
    double y, slope;
    rm_pair sum;
} look;

/* Where the k-th of the blocks stands that are looked at: one of each run of `every`, not always the same. */
static int64_t block_at(const source *s, int64_t k)
{
    const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15);
    return s->block * (k * s->every + (int64_t)(((uint64_t)k * golden >> 32) % (uint64_t)s->every));
}

/* How many variables are looked at. */
static int64_t looked_at(const source *s)
{
    return s->every == 1 ? s->sweep->view->n : s->sweep->view->n / (s->block * s->every) * s->block;
}

/* Custom costs, one by one. */
static rm_status ask_all(const rm_view *v, rm_watch *watch, look *at)
{
    rm_status status = rm_watch_pass(watch);
    for (int64_t begin = 0; begin < v->n && status == RM_OK; begin += RM_WATCH_BLOCK) {
        int64_t end = v->n - begin > RM_WATCH_BLOCK ? begin + RM_WATCH_BLOCK : v->n;
        rm_tally_plainly(v, begin, end, at->y, &at->sum.high, &at->slope);
        status = end < v->n ? rm_watch_block(watch) : RM_OK;
    }
    return status;
}

static rm_status take_look(const source *s, double y, look *at)
{
    const rm_sweep *sweep = s->sweep;
    rm_sifted sums;
    rm_status status;
    *at = (look){y, 0, {0, 0}};
    if (sweep->view->custom.record)
        return ask_all(sweep->view, sweep->watch, at);
    if (s->every == 1) {
        status = rm_sweep_gauge(sweep, y, NULL, 0, &sums);
    } else {
        memset(&sums, 0, sizeof sums);
        status = rm_watch_pass(sweep->watch);
        for (int64_t k = 0; k < looked_at(s) / s->block && status == RM_OK; k++)
            sweep->kernels->gauge(sweep->view, block_at(s, k), block_at(s, k) + s->block, y, NULL, 0, &sums);
    }
    at->sum = sums.sum;
    at->slope = sums.slope.high + sums.slope.low;
    return status;
}

/* What the sum falls short by: its second double counts where a price has to be told to the last place. */
static double missing_at(const look *at, rm_pair total)
{
    return (total.high - at->sum.high) + (total.low - at->sum.low);
}

rm_status rm_plain_sums(const rm_view *v, double y, rm_watch *watch, double *sum, double *slope)
{
    rm_sweep sweep = {v, rm_kernels_best(), watch, NULL};
    source all = {&sweep, 1, 0};
    look at;
    rm_status status = take_look(&all, y, &at);
    *sum = at.sum.high + at.sum.low;
    *slope = at.slope;
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

/* Where to look after y, from where `way` leads on. */
static double propose(ends *e, double y, double way, double missing, double missed_before)
{
    int up = missing > 0, open = up ? !e->tried_high : !e->tried_low;
    double next = y + way;
    int leads = next > e->low && next < e->high && next != y;
    int slow = fabs(missing) > fabs(missed_before) / 4;
    e->steps++;
    if (leads && !(slow && e->steps % 3 == 0))
        return next;
    if (open)
        return further(e, y, up);
    return rm_search_middle(e->low, e->high, 4 * e->middles++);
}

/* Newton takes the sum for a straight line.  A sample bends as the whole does, but for a share that falls with the
 * root of its size: so the next step goes to where the sample's sum has grown by what the straight line says.
 * *doubt receives what that step may be off by. */
static rm_status follow(const source *sample, const look *at, double *way, double *doubt)
{
    look here, there;
    rm_status status = take_look(sample, at->y, &here);
    if (status == RM_OK)
        status = take_look(sample, at->y + *way, &there);
    if (status != RM_OK)
        return status;
    rm_pair want = here.sum;
    rm_pair_add(&want, (rm_pair){*way * here.slope, 0});
    double step = (there.y - at->y) + missing_at(&there, want) / there.slope;
    if (!(step / *way > 0.5 && step / *way < 2))
        return RM_OK;
    *doubt = SAMPLE_DOUBT * fabs(step - *way) / sqrt((double)looked_at(sample));
    /* A breakpoint on the way, of which the sample has none, would spoil it. */
    if (fabs(step) * (double)sample->sweep->view->n > CROWD * fabs(at->y))
        *doubt = INFINITY;
    *way = step;
    return RM_OK;
}

/* What is found: y.high is NaN where nothing was. */
typedef struct found {
    rm_pair y;
    double slope;
} found;

/* From y on.  Without `enough` to about 2^-84. */
static rm_status search(const source *s, const source *leader, rm_pair total, const rm_prices *known, double y,
                        double enough, found *f)
{
    ends e = {.low = known->floor, .high = known->ceiling, .first = known->first, .last = known->last};
    double before = INFINITY, way_before = INFINITY;
    *f = (found){{NAN, 0}, 0};
    for (int step = 0; step < MOST_STEPS; step++) {
        look at;
        rm_status status = take_look(s, y, &at);
        double missing = missing_at(&at, total);
        if (status != RM_OK || isnan(missing))
            return status;
        if (missing > 0) {
            e.low = y;
            e.tried_low = 1;
        } else {
            e.high = y;
            e.tried_high = 1;
        }
        int leads = at.slope > 0 && fabs(at.sum.high) < ENDLESS;
        double way = leads ? missing / at.slope : 0, next = INFINITY;
        if (fabs(way) <= ALREADY_NEAR * fabs(y)) /* the misses go with the squares of the steps */
            next = way / way_before * (way / way_before) * fabs(way);
        if (leads && leader && fabs(way) > NEAR_ENOUGH * fabs(y))
            status = follow(leader, &at, &way, &next);
        if (status != RM_OK)
            return status;
        if (leads && (fabs(way) <= rm_max(enough, NEAR_ENOUGH) * fabs(y) || next <= NEXT_ENOUGH * fabs(y))) {
            *f = (found){{y, way}, at.slope};
            return RM_OK;
        }
        way_before = way;
        y = propose(&e, y, way, missing, before);
        before = missing;
        if ((e.tried_low && y <= e.low) || (e.tried_high && y >= e.high)) /* nothing between them */
            return RM_OK;
    }
    return RM_OK;
}

rm_status rm_approach_price(const rm_view *v, double total, const rm_prices *known, rm_watch *watch, double *guess)
{
    rm_sweep sweep = {v, rm_kernels_best(), watch, NULL};
    source all = {&sweep, 1, 0};
    found f;
    double start = rm_min(rm_max(0, known->floor), known->ceiling);
    rm_status status = search(&all, NULL, (rm_pair){total, 0}, known, start, 0, &f);
    *guess = isnan(f.y.high) ? NAN : rounded(f.y.high + f.y.low);
    return status;
}

static const rm_prices unknown = {-DBL_MAX, DBL_MAX, INFINITY, -INFINITY};

/* The price of a sample, from `near` on; that where nothing is found. */
static rm_status ask_sample(const source *s, double total, double enough, double *near)
{
    found f;
    double share = (double)looked_at(s) / (double)s->sweep->view->n;
    rm_status status = search(s, NULL, (rm_pair){total * share, 0}, &unknown, *near, enough, &f);
    if (isfinite(f.y.high))
        *near = f.y.high + f.y.low;
    return status;
}

rm_status rm_approach_closely(const rm_sweep *sweep, double total, double near, rm_pair *guess, double *slope)
{
    int64_t n = sweep->view->n, one_of = n / SHARE > LEAST_SAMPLE ? SHARE : n / LEAST_SAMPLE;
    source all = {sweep, 1, 0}, first = {sweep, n / FIRST_SAMPLE > FIRST_SHARE ? n / FIRST_SAMPLE : FIRST_SHARE, BLOCK};
    source second = {sweep, one_of, BLOCK}, leader = {sweep, LEADER_SHARE, LARGE_BLOCK},
           large = {sweep, LARGE_SHARE, LARGE_BLOCK};
    /* The miss of a row may be most of it: it is in no sample. */
    int samples = !sweep->view->slack.on, two = samples && one_of >= LEAST_SHARE;
    rm_status status = RM_OK;
    if (samples && near == 0 && n >= BLOCK * FIRST_SHARE) {
        status = ask_sample(&first, total, SAMPLE_ENOUGH, &near);
        if (status == RM_OK && two)
            status = ask_sample(&second, total, SAMPLE_ENOUGH, &near);
        if (status == RM_OK && n >= LARGE_LEAST)
            status = ask_sample(&large, total, ONE_LOOK, &near);
    }
    found f = {{NAN, 0}, 0};
    if (status == RM_OK)
        status = search(&all, two ? &leader : NULL, (rm_pair){total, 0}, &unknown, near, 0, &f);
    *guess = f.y;
    *slope = f.slope;
    return status;
}

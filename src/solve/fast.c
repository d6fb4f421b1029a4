/* WATERFILL, the short way.
 *
 * The price y* of one row solves G(y) = M, G the sum of what all variables answer
 * (waterfill.c).  The answer is defined without any method: its price is the
 * double nearest y*, and each x_i is the double nearest to what variable i
 * answers that price.  Where that price is too coarse for the row's rule (x small
 * beside targets or prices: the simplex), it gets a second double, rounded to 20
 * bits.  So however the price is found, the bits are the same, provided that it
 * is known which double is nearest.
 *
 * 1. Guess.  A sample of a few thousand variables is solved; statistics tell how
 *    far its price may be off.  One pass over all (the sift) then sums what every
 *    price of that bracket leaves free, or at the same bound, and gathers the
 *    few others; the small problem that they make is solved by Newton's method
 *    on its breakpoints (Floyd and Rivest 1975 select a median in this manner;
 *    for this problem cf. Kiwiel 2008).  If the bracket was wrong, the next one
 *    starts at its end; if too many are undecided, Newton goes over all.  Few
 *    variables are all gathered.  Nothing here needs to be right.
 *
 * 2. Proof.  One more pass (the pour) answers the rounded price y: each answer in
 *    two doubles, so that its rounding to x_i is known, and their sum with a
 *    bound e on its error.  Let R = M - G(y).  The variables well inside their
 *    bounds, whose slopes sum to D, stay inside for some ulps around y, and no
 *    term of G ever falls; so G rises at least by D per unit of price there, and
 *
 *        |y* - y| <= (|R| + e) / D.
 *
 *    If that is less than half the distance to the next double, y is the double
 *    nearest y*, whatever the guess was worth.  If not, y + R / D is a better
 *    guess, and x is poured again.  The row's rule is checked on the x written.
 *
 * Where neither can be proved (the total met at a kink, ties, no variable free,
 * numbers too far apart, bad data, no answer), the long way decides, with exact
 * sums.  So that it cannot tell other bits, it rounds its price in the same way.
 *
 * Cost: two passes over the data and the sample, O(n); the second one writes x.
 * The gathered variables live in x itself, four doubles each; without x, or for
 * few variables, on 17 KiB of stack.
 *
 * Sources: Floyd and Rivest 1975; Kiwiel 2008; the proof is the intermediate
 * value theorem with error bounds in the manner of Rump 1999.
 */
#include "solve/fast.h"

#include "base/expansion.h"
#include "solve/price.h"
#include "solve/sweep.h"

enum {
    FEW = 512,            /* so many are gathered on the stack */
    ROOM = FEW + 32,      /* with space for whole vectors */
    LINE = 8,             /* variables of a sample that lie together */
    MOST_LINES = 8192,
    MOST_STEPS = 64,      /* of Newton on the gathered */
    MOST_PASSES = 40,     /* of Newton on all */
    MOST_SIFTS = 4,
    MOST_POURS = 4
};

/* So many standard errors of the sample wide is the bracket on each side. */
#define DEVIATIONS 2.5
/* A bracket is never narrower than this share of its price. */
#define NARROWEST 0x1p-40
/* Plain sums of positive numbers are right to better than this. */
#define PLAIN 0x1p-20

typedef struct work {
    const rm_view *view;
    const rm_kernels *kernels;
    rm_sweep sweep;
    double total;
    double *x;
    rm_quads quads;
    rm_sifted base; /* what the others give */
    double slope;   /* of the sum at the price found */
} work;

/* What a search for the price ended with. */
enum { FOUND, BELOW, ABOVE, LOST };

/* (total - sum) / slope as two doubles. */
static rm_pair solve_piece(double total, const rm_sifted *s)
{
    double error, product_error;
    double rest = rm_two_sum(total, -s->sum.high, &error);
    error -= s->sum.low;
    double slope = s->slope.high + s->slope.low;
    double y = (rest + error) / slope;
    double product = rm_two_product(y, slope, &product_error);
    double slope_error = (s->slope.high - slope) + s->slope.low;
    return (rm_pair){y, (((rest - product) - product_error) + error - y * slope_error) / slope};
}

/* A search for the price: what is known of it, and where it stands. */
typedef struct search {
    double low, high;   /* where it lies, as far as is known; prices tried, but for the first */
    int soft;           /* it may lie beyond the first ends too: *end says so */
    int tried_low, tried_high;
    double y;
} search;

/* Takes the sums at y in: the next price in s->y.  Returns FOUND when that is y,
 * BELOW or ABOVE when the solution is not within the first ends, LOST when there
 * is no telling, or -1 to go on. */
static int step_on(search *s, double total, double sum, double slope, double *next)
{
    double y = s->y;
    *next = slope > 0 ? (total - sum) / slope : total > sum ? INFINITY : total < sum ? -INFINITY : NAN;
    if (*next == y)
        return FOUND;
    int up = *next > y;
    if (!up && !(*next < y))
        return LOST; /* not a number; or a flat piece that meets the total */
    if (s->soft && (up ? y >= s->high && !s->tried_high : y <= s->low && !s->tried_low))
        return up ? ABOVE : BELOW;
    if (up) {
        s->low = y;
        s->tried_low = 1;
    } else {
        s->high = y;
        s->tried_high = 1;
    }
    double to = *next;
    if (to <= s->low && !s->tried_low)
        to = s->low;
    if (to >= s->high && !s->tried_high)
        to = s->high;
    if ((to <= s->low && s->tried_low) || (to >= s->high && s->tried_high))
        to = s->low / 2 + s->high / 2;
    if (!isfinite(to))
        return LOST;
    if ((to <= s->low && s->tried_low) || (to >= s->high && s->tried_high)) {
        *next = y; /* neighbours: either will do */
        return FOUND;
    }
    s->y = to;
    return -1;
}

/* Puts ends that were not tried at the outermost breakpoints of the quads. */
static void find_edges(const rm_quads *q, search *s)
{
    double low = INFINITY, high = -INFINITY;
    for (int64_t k = 0; k < q->count; k++) {
        double end[] = {(q->lambda[k] - q->alpha[k]) / q->sigma[k], (q->mu[k] - q->alpha[k]) / q->sigma[k]};
        for (int e = 0; e < 2; e++) {
            if (!(q->sigma[k] > 0) || !isfinite(end[e]))
                continue;
            low = rm_min(low, end[e]);
            high = rm_max(high, end[e]);
        }
    }
    if (!s->tried_low)
        s->low = low;
    if (!s->tried_high)
        s->high = high;
}

/* The price of the base and the quads, from s->y on. */
static int balance(work *w, search *s, rm_pair *found)
{
    double base_slope = w->base.slope.high + w->base.slope.low, next = s->y;
    int end = -1;
    for (int step = 0; step < MOST_STEPS && end < 0; step++) {
        double sum, slope;
        w->kernels->weigh(&w->quads, s->y, &sum, &slope);
        end = step_on(s, w->total - w->base.sum.low, w->base.sum.high + sum, base_slope + slope, &next);
        if (end < 0 && fabs(s->y) == DBL_MAX) { /* from a flat piece: no further than the last breakpoint */
            find_edges(&w->quads, s);
            s->y = s->y > 0 ? s->high : s->low;
        }
    }
    *found = (rm_pair){next, 0};
    if (end == FOUND) {
        rm_sifted close = w->base;
        w->kernels->weigh_closely(&w->quads, next, &close);
        w->slope = close.slope.high;
        if (w->slope > 0)
            *found = solve_piece(w->total, &close);
    }
    return end < 0 ? LOST : end;
}

/* A search over the quads alone that knows nothing yet.  It starts where the price
 * would be without bounds. */
static search open_search(const work *w)
{
    double alpha, sigma;
    w->kernels->weigh(&w->quads, NAN, &alpha, &sigma); /* a price at which nothing is held by a bound */
    double y = (w->total - alpha) / sigma;
    return (search){.low = -DBL_MAX, .high = DBL_MAX, .y = isfinite(y) ? y : 0};
}

/* --- the guess ---------------------------------------------------------------- */

static void use_room(work *w, double *room, int64_t most)
{
    w->quads = (rm_quads){room, room + most, room + 2 * most, room + 3 * most, 0, most};
    memset(&w->base, 0, sizeof w->base);
}

/* A number that has nothing to do with any period of the data (the finaliser of
 * splitmix64; Steele, Lea and Flood 2014). */
static uint64_t scatter(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Gathers one line out of each of so many equal parts of the data. */
static int take_sample(work *w, int64_t lines)
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
    int64_t lines = (int64_t)(3 * third * third) / LINE;
    lines = lines < MOST_LINES ? lines : MOST_LINES;
    return lines < most / LINE ? lines : most / LINE;
}

/* Where nothing can be negative, the sample alone, if it had to take the whole
 * total, needs a price that is not too low for all.  If few of the sample are not
 * at their lower bound then, that end is all that a bracket needs. */
static int bound_by_sample(work *w, double start, double *high)
{
    rm_pair y;
    search s = {.low = -DBL_MAX, .high = DBL_MAX, .y = start};
    if (w->view->coef || w->view->lower || balance(w, &s, &y) != FOUND)
        return 0;
    int64_t off = 0;
    for (int64_t k = 0; k < w->quads.count; k++)
        off += w->quads.alpha[k] + w->quads.sigma[k] * y.high > 0;
    *high = y.high + NARROWEST * fabs(y.high);
    double undecided = 2 * (double)off / (double)w->quads.count * (double)w->view->n;
    return undecided + LINE * sqrt(undecided) < (double)(w->quads.most - ROOM / 2) && undecided < (double)w->view->n / 16;
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

/* A bracket of prices from a sample, how wide it is on each side, which share of
 * the variables it leaves undecided, and a price to start with. */
static int guess_by_sample(work *w, search *s, double *half, double *share)
{
    rm_pair y;
    int64_t lines = lines_for(w->view->n, w->quads.most - LINE);
    if (take_sample(w, lines))
        return LOST;
    double part = (double)(lines * LINE) / (double)w->view->n, total = w->total;
    w->total = total * part;
    search in_sample = open_search(w);
    int end = balance(w, &in_sample, &y);
    w->total = total;
    if (end != FOUND)
        return end;
    double slope = w->slope;
    *s = (search){.low = -DBL_MAX, .y = y.high, .soft = 1};
    *share = 0;
    if (bound_by_sample(w, y.high, &s->high))
        return FOUND;
    double sum, squares, count = (double)w->quads.count;
    w->kernels->spread(&w->quads, y.high, &sum, &squares);
    double variance = rm_max(0, squares / count - (sum / count) * (sum / count)) * (1 - part);
    *half = DEVIATIONS * sqrt(variance * count) / slope + NARROWEST * fabs(y.high);
    s->low = y.high - *half;
    s->high = y.high + *half;
    *share = share_within(&w->quads, s->low, s->high);
    return isfinite(*half) ? FOUND : LOST;
}

int64_t rm_warm_room(int64_t n)
{
    return n <= FEW ? 0 : n / 8 + ROOM;
}

/* Keeps what a sift has found, if there is room. */
static void keep(const work *w, rm_warm *warm, double low, double high, double y)
{
    const rm_quads *from = &w->quads;
    if (!warm || from->count > warm->quads.most - (ROOM - FEW))
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

/* The price from what an earlier solve knew; LOST where it lies elsewhere. */
static int recall(work *w, rm_warm *warm, rm_pair *y)
{
    if (!warm || !warm->known)
        return LOST;
    rm_quads room = w->quads;
    w->quads = warm->quads;
    w->base = warm->base;
    search s = {.low = warm->low, .high = warm->high, .soft = 1, .y = warm->y};
    int end = balance(w, &s, y);
    w->quads = room;
    if (end != FOUND)
        return LOST;
    warm->y = y->high;
    return FOUND;
}

/* Newton over all in turn with a sift around where it leads, as narrow as it may
 * be: for when a bracket leaves too many undecided, or there is no sample.  A step
 * e of Newton is off by about half of e times the share of the slope that changes
 * on its way; `share` of the variables did within `half`. */
static rm_status narrow(work *w, double start, double half, double share, rm_pair *y, int *end)
{
    search all = {.low = -DBL_MAX, .high = DBL_MAX, .y = start};
    for (int pass = 0; pass < MOST_PASSES; pass += 2) {
        rm_sifted sums;
        double from = all.y, next;
        rm_status status = rm_sweep_weigh(&w->sweep, from, &sums);
        *end = LOST;
        if (status != RM_OK || sums.bad)
            return status;
        *end = step_on(&all, w->total - sums.sum.low, sums.sum.high, sums.slope.high, &next);
        w->slope = sums.slope.high;
        if (*end == FOUND && w->slope > 0)
            *y = solve_piece(w->total, &sums);
        if (*end >= 0)
            return RM_OK;
        double step = fabs(all.y - from), around = step * rm_min(0.25, 2 * share * step / half);
        around += NARROWEST * fabs(all.y);
        if (!isfinite(around))
            continue;
        search s = {.low = rm_max(all.y - around, all.low), .high = rm_min(all.y + around, all.high), .soft = 1,
                    .y = all.y};
        status = rm_sweep_sift(&w->sweep, s.low, s.high, &w->quads, &w->base);
        if (status != RM_OK || w->base.bad)
            return status;
        if (w->base.full)
            continue;
        *end = balance(w, &s, y);
        if (*end == FOUND)
            return RM_OK;
        if (*end != LOST && y->high > all.low && y->high < all.high)
            all.y = y->high;
    }
    *end = LOST;
    return RM_OK;
}

/* The sample was small for want of room: Newton on a larger one, where it lies. */
static double refine(const work *w, double y, double *half)
{
    enum { GROUP = 64, GROUPS = 1024, STEPS = 3 };
    int64_t n = w->view->n, part = n / GROUPS;
    if (w->quads.most > ROOM || part < 4 * GROUP)
        return y;
    double share = (double)(GROUPS * GROUP) / (double)n, start = y;
    for (int step = 0; step < STEPS; step++) {
        rm_sifted s;
        memset(&s, 0, sizeof s);
        for (int64_t k = 0; k < GROUPS && !s.bad; k++) {
            int64_t at = k * part + (int64_t)(scatter((uint64_t)k + 1) % (uint64_t)(part - GROUP));
            rm_quads few = w->quads;
            few.count = 0;
            w->kernels->sift(w->view, at, at + GROUP, y, y, &few, &s);
        }
        double next = (w->total * share - s.sum.high) / s.slope.high;
        if (s.bad || !(fabs(next - start) <= 2 * *half))
            return start;
        y = next;
    }
    *half *= sqrt((double)FEW / (GROUPS * GROUP));
    return y;
}

static rm_status guess(work *w, rm_warm *warm, rm_pair *y, int *end)
{
    *end = recall(w, warm, y);
    if (*end == FOUND)
        return RM_OK;
    search s = {.soft = 0};
    double half = 1, share = 1;
    int sampled = guess_by_sample(w, &s, &half, &share) == FOUND;
    /* Where the bracket would leave too many undecided it is not tried. */
    int fits = share * (double)w->view->n < 0.9 * (double)(w->quads.most - ROOM + FEW);
    for (int k = 0; sampled && fits && k < MOST_SIFTS; k++) {
        rm_status status = rm_sweep_sift(&w->sweep, s.low, s.high, &w->quads, &w->base);
        *end = LOST;
        if (status != RM_OK || w->base.bad)
            return status;
        if (w->base.full)
            break;
        double from = s.low, to = s.high;
        *end = balance(w, &s, y);
        if (*end == FOUND) {
            keep(w, warm, from, to, y->high);
            return RM_OK;
        }
        if (*end == LOST)
            break;
        /* Beyond an end: by Newton's step from there, and as far again. */
        double edge = *end == ABOVE ? to : from, step = y->high - edge;
        if (!isfinite(step))
            break;
        s = (search){.low = rm_min(edge, edge + 2 * step) - NARROWEST * fabs(edge),
                     .high = rm_max(edge, edge + 2 * step) + NARROWEST * fabs(edge), .soft = 1, .y = y->high};
    }
    double start = sampled && !fits ? refine(w, s.y, &half) : s.y;
    return narrow(w, start, half, share, y, end);
}

/* --- the proof ---------------------------------------------------------------- */

/* A poured price, judged. */
typedef struct judged {
    double missing;   /* R */
    double doubt;     /* e */
    double residual;  /* M - sum a_i x_i, as x was written */
    double slope;     /* D */
    int usable;
} judged;

static judged judge(const work *w, const rm_poured *p)
{
    judged j;
    double error;
    double rest = rm_two_sum(w->total, -p->sum.high, &error);
    j.residual = rest + (error - p->sum.low);
    j.missing = rest + ((error - p->sum.low) - p->rest);
    j.doubt = RM_POUR_ERROR * (p->size + fabs(w->total)) * (1 + (double)w->view->n * 0x1p-32) + p->doubt;
    j.slope = p->slope * (1 - PLAIN);
    j.usable = !p->bad && isfinite(j.missing) && isfinite(j.doubt) && j.slope > 0x1p-400 && j.slope < 0x1p400;
    return j;
}

/* Whether y* is within `half` of the price. */
static int proved(const judged *j, double half)
{
    return fabs(j->missing) * (1 + PLAIN) + j->doubt < half * j->slope;
}

/* Whether the price will do, by the x written: 1 yes, 0 no, -1 cannot tell. */
static int rule(const judged *j, const rm_poured *p)
{
    double missed = fabs(j->residual);
    double share = 4 * RM_UNIT * RM_PRICE_WILL_DO;
    if (missed * (1 + PLAIN) + j->doubt <= share * (1 - PLAIN) * p->free_least)
        return 1;
    if (missed * (1 - PLAIN) - j->doubt > share * (1 + PLAIN) * p->free_most)
        return 0;
    return -1;
}

/* Finds the double nearest y* from a guess and pours it. */
static rm_status prove_high(work *w, rm_pair guess, double *y, rm_poured *p, judged *j, int *yes)
{
    double rest;
    *y = rm_price_round(guess.high, guess.low, &rest);
    *yes = 0;
    for (int k = 0; k < MOST_POURS; k++) {
        if (!(fabs(*y) > 0x1p-500 && fabs(*y) < 0x1p500))
            return RM_OK;
        rm_status status = rm_sweep_pour(&w->sweep, (rm_price){*y, 0, 0}, w->total, w->x, p);
        if (status != RM_OK)
            return status;
        *j = judge(w, p);
        if (!j->usable)
            return RM_OK;
        if (proved(j, rm_price_reach(*y, j->missing > 0))) {
            *yes = 1;
            return RM_OK;
        }
        double better = rm_price_round(*y, j->missing / rm_max(j->slope, w->slope), &rest);
        if (better == *y)
            return RM_OK;
        *y = better;
    }
    return RM_OK;
}

/* The same for the second double. */
static rm_status prove_low(work *w, double high, double low, rm_price *y, rm_poured *p, judged *j, int *yes)
{
    *yes = 0;
    *y = (rm_price){high, rm_price_second(high, low), 0};
    for (int k = 0; k < MOST_POURS; k++) {
        rm_status status = rm_sweep_pour(&w->sweep, *y, w->total, w->x, p);
        if (status != RM_OK)
            return status;
        *j = judge(w, p);
        if (!j->usable || !(fabs(y->low) < rm_price_reach(high, y->low > 0) * (1 - PLAIN)))
            return RM_OK;
        if (proved(j, rm_price_half_second(high))) {
            *yes = rule(j, p) == 1;
            return RM_OK;
        }
        double better = rm_price_second(high, y->low + j->missing / rm_max(j->slope, w->slope));
        if (better == y->low)
            return RM_OK;
        y->low = better;
    }
    return RM_OK;
}

/* Whether the first double alone could not do, from what the second one changed:
 * without it the row would be missed by that, but for the rounding of x. */
static int too_coarse(const judged *j, const rm_poured *p, double low)
{
    return fabs(low) * j->slope > (4 * RM_PRICE_WILL_DO + 1) * RM_UNIT * (1 + PLAIN) * p->free_most;
}

/* Pours the price, with its second double where that is needed. */
static rm_status prove(work *w, rm_pair guess, rm_water *out, int *done)
{
    rm_price y = {0, 0, 0};
    rm_poured p;
    judged j = {0, 0, 0, 0, 0};
    double rest;
    int met = 0;
    rm_status status = RM_OK;
    y.high = rm_price_round(guess.high, guess.low, &rest);
    /* It is likely to be needed: that saves a pass. */
    if (w->x && fabs(rest) * w->slope > 4.2 * RM_UNIT * fabs(w->total)) {
        status = prove_low(w, y.high, rest, &y, &p, &j, &met);
        met = met == 1 && too_coarse(&j, &p, y.low);
    }
    if (status == RM_OK && met != 1) {
        int yes;
        y.low = 0;
        status = prove_high(w, guess, &y.high, &p, &j, &yes);
        if (status != RM_OK || !yes)
            return status;
        met = w->x ? rule(&j, &p) : 1; /* without x there is no rule to meet */
        if (met == 0)
            status = prove_low(w, y.high, j.missing / j.slope, &y, &p, &j, &met);
    }
    if (status != RM_OK || met != 1)
        return status;
    out->price = y;
    out->multiplier = y.high;
    out->side = y.high > 0 ? RM_SIDE_LOWER : RM_SIDE_UPPER;
    *done = 1;
    return RM_OK;
}

rm_status rm_fast_solve(const rm_view *v, double total, double *x, rm_watch *watch, rm_crew *crew, rm_warm *warm,
                        rm_water *out, int *done)
{
    double room[4 * ROOM];
    const rm_kernels *kernels = rm_kernels_best();
    work w = {.view = v, .kernels = kernels, .sweep = {v, kernels, watch, crew}, .total = total, .x = x};
    rm_pair y;
    int end = LOST;
    rm_status status = RM_OK;
    *done = 0;
    if (x && v->n / 4 > ROOM)
        use_room(&w, x, v->n / 4);
    else
        use_room(&w, room, ROOM);
    if (v->n <= FEW) {
        if (w.kernels->turn(v, 0, v->n, &w.quads))
            return RM_OK;
        search s = open_search(&w);
        end = balance(&w, &s, &y);
    } else {
        status = guess(&w, warm, &y, &end);
    }
    if (status != RM_OK || end != FOUND)
        return status;
    return prove(&w, y, out, done);
}

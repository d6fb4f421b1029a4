/* See balance.h. */
#include "solve/balance.h"

#include "base/expansion.h"

enum { MOST_STEPS = 64 };

rm_pair rm_search_piece(double total, const rm_sifted *s)
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

double rm_search_middle(double low, double high, int halvings)
{
    if (low < 0 && high > 0)
        return 0;
    double small = rm_min(fabs(low), fabs(high)), large = rm_max(fabs(low), fabs(high));
    if (small > 0 && small < large / 4)
        return (high > 0 ? 1 : -1) * sqrt(small) * sqrt(large);
    return small == 0 ? (high > 0 ? 1 : -1) * ldexp(large, -4 - halvings) : low / 2 + high / 2;
}

/* Where Newton leaves the ends: in turn where a straight line between the sums at
 * the ends meets the total, and in the middle. */
static double between(rm_search *s)
{
    double middle = rm_search_middle(s->low, s->high, 4 * s->halvings), share = s->missing / (s->missing + s->excess);
    if (s->halvings++ % 2 == 0 || !s->tried_low || !s->tried_high || !(share > 0 && share < 1))
        return middle;
    double to = s->low + share * (s->high - s->low);
    return to > s->low && to < s->high ? to : middle;
}

int rm_search_step(rm_search *s, double total, double sum, double slope, double *next)
{
    double y = s->y;
    *next = slope > 0 ? (total - sum) / slope : total > sum ? INFINITY : total < sum ? -INFINITY : NAN;
    if (*next == y)
        return RM_FOUND;
    int up = *next > y;
    if (!up && !(*next < y))
        return RM_LOST; /* not a number; or a flat piece that meets the total */
    if (s->soft && (up ? y >= s->high && !s->tried_high : y <= s->low && !s->tried_low))
        return up ? RM_ABOVE : RM_BELOW;
    double missing = total - sum - slope * y;
    if (up) {
        s->low = y;
        s->tried_low = 1;
        s->missing = missing;
    } else {
        s->high = y;
        s->tried_high = 1;
        s->excess = -missing;
    }
    double to = *next;
    if (to <= s->low && !s->tried_low)
        to = s->low;
    if (to >= s->high && !s->tried_high)
        to = s->high;
    if ((to <= s->low && s->tried_low) || (to >= s->high && s->tried_high))
        to = between(s);
    if (!isfinite(to))
        return RM_LOST;
    if ((to <= s->low && s->tried_low) || (to >= s->high && s->tried_high)) {
        *next = y; /* neighbours: either will do */
        return RM_FOUND;
    }
    s->y = to;
    return RM_GO_ON;
}

/* Puts ends that were not tried at the outermost breakpoints of the quads. */
static void find_edges(const rm_quads *q, rm_search *s)
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

int rm_balance(rm_work *w, rm_search *s, rm_pair *found)
{
    double base_slope = w->base.slope.high + w->base.slope.low, total = w->total - w->base.sum.low;
    double low = s->low, high = s->high;
    int end = w->kernels->newton(&w->quads, total, w->base.sum.high, base_slope, &low, &high, &s->y) ? RM_FOUND : RM_GO_ON;
    double next = s->y;
    /* What Newton alone does not find is found with care. */
    s->tried_low |= low != s->low;
    s->tried_high |= high != s->high;
    s->low = low;
    s->high = high;
    for (int step = 0; step < MOST_STEPS && end == RM_GO_ON; step++) {
        double sum, slope;
        w->kernels->weigh(&w->quads, s->y, &sum, &slope);
        end = rm_search_step(s, total, w->base.sum.high + sum, base_slope + slope, &next);
        if (end == RM_GO_ON && fabs(s->y) == DBL_MAX) { /* from a flat piece: no further than the last breakpoint */
            find_edges(&w->quads, s);
            s->y = s->y > 0 ? s->high : s->low;
        }
    }
    *found = (rm_pair){next, 0};
    if (end == RM_FOUND) {
        rm_sifted close = w->base;
        w->kernels->weigh_closely(&w->quads, next, &close);
        w->slope = close.slope.high;
        if (w->slope > 0)
            *found = rm_search_piece(w->total, &close);
    }
    return end == RM_GO_ON ? RM_LOST : end;
}

/* It starts where the price would be without bounds. */
rm_search rm_search_open(const rm_work *w)
{
    double alpha, sigma;
    w->kernels->weigh(&w->quads, NAN, &alpha, &sigma); /* a price at which nothing is held by a bound */
    double y = (w->total - alpha) / sigma;
    return (rm_search){.low = -DBL_MAX, .high = DBL_MAX, .y = isfinite(y) ? y : 0};
}

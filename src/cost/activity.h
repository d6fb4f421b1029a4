/* The row's sum: what the bounds allow, and what an answer gives. */
#ifndef RM_COST_ACTIVITY_H
#define RM_COST_ACTIVITY_H

#include "cost/view.h"

/* The end of the domain where a x is least (side < 0) or greatest. */
static inline double rm_end_of(const rm_cost *c, double a, int side)
{
    return (a > 0) == (side > 0) ? c->upper : c->lower;
}

/* Least and greatest sums the bounds allow. */
typedef struct rm_reach {
    rm_sum least, most;
    int64_t least_open, most_open; /* variables without a bound on that side */
    int64_t least_missed, most_missed; /* variables that only come near the end of their domain there */
    int64_t members;               /* variables with a_i != 0 */
} rm_reach;

void rm_reach_clear(rm_reach *r);
void rm_reach_range(rm_reach *r, const rm_view *v, int64_t begin, int64_t end);

/* The sum at an answer, and what the public rule lets it miss the row by: 4 u
 * |a_i x_i| over all variables, and over those strictly between their bounds.
 * Four u are a power of two, so these sums are exact too. */
typedef struct rm_total {
    rm_sum sum, allowance, free_allowance;
    int64_t free_count;
} rm_total;

void rm_total_clear(rm_total *t);
void rm_total_range(rm_total *t, const rm_view *v, const double *x, int64_t begin, int64_t end);

#endif

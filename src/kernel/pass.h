/* Passes over the variables of a problem with one row: what the row's sum is at
 * a price, and what each variable answers.
 */
#ifndef RM_KERNEL_PASS_H
#define RM_KERNEL_PASS_H

#include "base/sum.h"
#include "cost/activity.h"
#include "cost/pieces.h"

/* What a pass finds.  Every figure is a function of the set of variables, not of
 * their order: sums are exact, the rest are least or greatest values. */
typedef struct rm_tally {
    rm_sum sum;          /* of a_i x_i, tied variables at the end where it is least, if finite */
    rm_sum tied;         /* what tied variables at the other end add to it, if finite */
    rm_sum slope;        /* d sum / d y over the variables between their bounds */
    int64_t between;     /* how many those are */
    int64_t ties;        /* how many variables are tied */
    int below, above;    /* sum is -infinity, +infinity */
    int tied_below, tied_above; /* tied variables can take it there */
    double reach;        /* greatest |a_i (x_i - t_i)| among those between */
    double rough;        /* greatest |a_i| times what an answer may be off by (answer.h) */
    double next_up;      /* nearest price above at which a variable leaves its bound; rounded */
    double next_down;    /* nearest below */
} rm_tally;

void rm_tally_clear(rm_tally *t);
/* Adds the variables begin..end-1 at price y. */
void rm_tally_range(rm_tally *t, const rm_view *v, int64_t begin, int64_t end, rm_price y, int precision);

/* Adds the same in plain doubles: the sum, with tied variables at their lower ends, and its slope. */
void rm_tally_plainly(const rm_view *v, int64_t begin, int64_t end, double y, double *sum, double *slope);

#endif

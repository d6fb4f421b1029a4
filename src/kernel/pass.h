/* Passes over the variables of a problem with one row: what the row's sum is at
 * a price, and what each variable answers.
 *
 * A price is y = high + low, two doubles, so that it is known far beyond the
 * last place of one.  At y = +-infinity every variable stands at the end that
 * makes the row's sum greatest or least.
 *
 * A linear cost (w = 0) jumps at its price p / a, rounded to a double: two
 * devices whose prices agree to the last place are tied.
 */
#ifndef RM_KERNEL_PASS_H
#define RM_KERNEL_PASS_H

#include "base/sum.h"
#include "cost/activity.h"

typedef struct rm_price {
    double high, low;
    int jump; /* it is the price of linear variables whose own rounds to `high`: they are tied */
} rm_price;

/* How closely a pass looks.  RM_COARSE takes each answer as a double; RM_PRECISE
 * keeps it as the target and three more doubles, 2^-150 relative. */
enum { RM_COARSE = 0, RM_PRECISE = 1 };

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
    double next_up;      /* nearest price above at which a variable leaves its bound; rounded */
    double next_down;    /* nearest below */
} rm_tally;

void rm_tally_clear(rm_tally *t);
/* Adds the variables begin..end-1 at price y. */
void rm_tally_range(rm_tally *t, const rm_view *v, int64_t begin, int64_t end, rm_price y, int precision);

/* What a variable answers at y. */
typedef struct rm_stand {
    double x;     /* rounded; for a tied variable the end it starts from */
    int tied;     /* linear, and the price is its own */
    int between;  /* strictly between its bounds before rounding */
} rm_stand;

rm_stand rm_variable_stand(const rm_cost *c, double a, rm_price y);

#endif

/* A guess of the price for costs that the kernels do not know. */
#ifndef RM_SOLVE_APPROACH_H
#define RM_SOLVE_APPROACH_H

#include "base/pair.h"
#include "solve/sweep.h"

/* What is known of prices beforehand. */
typedef struct rm_prices {
    double floor, ceiling; /* those that are possible */
    double first, last;    /* the least and greatest at which a variable leaves a bound; rounded, perhaps infinite */
} rm_prices;

/* One pass: the row's sum at a price and its slope, added up as they come. */
rm_status rm_plain_sums(const rm_view *v, double y, rm_watch *watch, double *sum, double *slope);
/* The price of `total` to about 2^-40; NaN in *guess where none was found.  RM_OK, or what
 * the watch says. */
rm_status rm_approach_price(const rm_view *v, double total, const rm_prices *known, rm_watch *watch, double *guess);
/* The same as two doubles, with the slope there, by passes over all: from a price that may be near, or with 0
 * from a sample. */
rm_status rm_approach_closely(const rm_sweep *sweep, double total, double near, rm_pair *guess, double *slope);

#endif

/* WATERFILL: one row, solved exactly.  The essay is in waterfill.c. */
#ifndef RM_SOLVE_WATERFILL_H
#define RM_SOLVE_WATERFILL_H

#include "base/watch.h"
#include "check/verify.h"
#include "kernel/pass.h"

/* Which side of the row the answer stands on. */
enum { RM_SIDE_UPPER = -1, RM_SIDE_NONE = 0, RM_SIDE_LOWER = 1 };

/* What a solve finds besides x. */
typedef struct rm_water {
    rm_price price;      /* x answers it; infinite high part: every variable at an end */
    double multiplier;   /* the single value: finite */
    int side;            /* the binding side; of an equality, the sign of the price */
    int overflow;        /* inaccurate: no double is the price, or some x_i, and x is not to be read */
    double shortfall;    /* infeasible: by how much */
    double attainable;   /* infeasible: the nearest sum that can be had */
    int64_t members;     /* infeasible: variables with a_i != 0 */
    int only_near;       /* infeasible: sums come near `attainable` but do not reach it */
    int64_t runaway[2];  /* unbounded: who runs, or -1 */
    int runs_up[2];      /* and which way */
} rm_water;

/* x may be NULL.  RM_OK, RM_INFEASIBLE, RM_UNBOUNDED, RM_INACCURATE, or what the
 * watch says.  Allocates nothing. */
rm_status rm_waterfill_solve(const rm_view *v, rm_row row, double *x, rm_watch *watch, rm_water *out);

/* What is known before any price is tried: RM_OK, RM_INFEASIBLE or RM_UNBOUNDED, and which sums the
 * bounds allow. */
rm_status rm_waterfill_look(const rm_view *v, rm_row row, rm_watch *watch, rm_reach *reach, rm_water *out);

/* The prices at which x stays as it is (ranges.c): both ends are the price
 * where a variable is free to move.  x may be NULL. */
rm_status rm_waterfill_prices(const rm_view *v, rm_row row, const rm_water *w, const double *x, rm_watch *watch,
                              double *low, double *high);
/* The totals over which the price's formula holds, for the answer x. */
rm_status rm_waterfill_totals(const rm_view *v, rm_row row, const rm_water *w, const double *x, rm_watch *watch,
                              double *low, double *high);

/* From a price to x (split.c). */
typedef struct rm_bracket {
    double low, high; /* doubles around the price: x may be moved between their answers */
} rm_bracket;
rm_status rm_waterfill_split(const rm_view *v, rm_row row, rm_bracket around, double *x, rm_watch *watch, rm_water *w);

/* One pass at a price, in blocks under the watch. */
rm_status rm_waterfill_tally(rm_tally *t, const rm_view *v, rm_price y, int precision, rm_watch *watch);

#endif

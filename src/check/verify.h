/* Checks an answer to a problem with one row on the data as given.  Uses what a
 * cost is and exact sums, and no solver. */
#ifndef RM_CHECK_VERIFY_H
#define RM_CHECK_VERIFY_H

#include "base/watch.h"
#include "cost/activity.h"
#include "cost/rows.h"

/* The problem besides the variables; no row: both sides infinite. */
typedef struct rm_row {
    double lower, upper;
} rm_row;

static inline int rm_no_row(rm_row row)
{
    return isinf(row.lower) && isinf(row.upper);
}

typedef struct rm_figures {
    double objective, bound, gap;
    double row_residual, row_residual_relative, bound_residual, dual_residual;
} rm_figures;

/* What a check of the data as given accepts as stationary: x rounded to a
 * double, at a price within some units in the last place. */
#define RM_STATIONARY (8 * RM_UNIT)

/* By how much a row that may be missed (view.h) is missed by x: not at all where that is what
 * the public rule excuses as rounding. */
double rm_verify_miss(const rm_view *v, rm_row row, const double *x);
/* RM_OK, or why the watch stopped it.  `miss` goes with x; 0 where the row must be met. */
rm_status rm_verify(const rm_view *v, rm_row row, double constant, const double *x, double miss, double y,
                    const rm_watch *watch, rm_figures *out);
/* What each variable is offered by the rows: sum_r a_ri y_r as high + low, and the sum of the magnitudes. */
typedef struct rm_offers {
    double *high, *low, *size;
} rm_offers;

void rm_offers_take(const rm_offers *o, const rm_row_set *r, const double *dual);
/* The same for several rows, whose offers have been taken.  The residuals are those of the worst row. */
rm_status rm_verify_rows(const rm_view *v, const rm_row_set *r, double constant, const double *x, const double *dual,
                         const rm_offers *o, const rm_watch *watch, rm_figures *out);
/* The greatest violation of stationarity alone, of a row that must be met; see
 * RM_INFO_DUAL_RESIDUAL. */
double rm_verify_stationarity(const rm_view *v, rm_row row, const double *x, double y);

#endif

/* Checks an answer to a problem with one row on the data as given.  Uses what a
 * cost is and exact sums, and no solver. */
#ifndef RM_CHECK_VERIFY_H
#define RM_CHECK_VERIFY_H

#include "base/watch.h"
#include "cost/activity.h"

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

/* RM_OK, or why the watch stopped it. */
rm_status rm_verify(const rm_view *v, rm_row row, double constant, const double *x, double y, const rm_watch *watch,
                    rm_figures *out);
/* The greatest violation of stationarity alone; see RM_INFO_DUAL_RESIDUAL. */
double rm_verify_stationarity(const rm_view *v, rm_row row, const double *x, double y);

#endif

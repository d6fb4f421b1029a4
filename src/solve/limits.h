/* Totals at a limit of what the bounds allow, or beyond.  The essay is in limits.c. */
#ifndef RM_SOLVE_LIMITS_H
#define RM_SOLVE_LIMITS_H

#include "kernel/kernels.h"
#include "solve/waterfill.h"

/* As rm_fast_solve (fast.h); *out and *done come as for no answer.  `likely` is the side to look at first: 1 or -1. */
rm_status rm_limits_solve(const rm_view *v, double total, int likely, double *x, const rm_kernels *kernels,
                          rm_watch *watch, rm_water *out, int *done);

#endif

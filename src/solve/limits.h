/* Totals at a limit of what the bounds allow, or beyond.  The essay is in limits.c. */
#ifndef RM_SOLVE_LIMITS_H
#define RM_SOLVE_LIMITS_H

#include "kernel/kernels.h"
#include "solve/waterfill.h"

/* As rm_fast_solve (fast.h); with *done = 1 it may also say RM_INFEASIBLE. */
rm_status rm_limits_solve(const rm_view *v, double total, double *x, const rm_kernels *kernels, rm_watch *watch,
                          rm_water *out, int *done);

#endif

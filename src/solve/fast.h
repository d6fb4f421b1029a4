/* WATERFILL's short way: a guess of the price, and one pass that proves it.  The
 * essay is in fast.c. */
#ifndef RM_SOLVE_FAST_H
#define RM_SOLVE_FAST_H

#include "solve/guess.h"
#include "solve/waterfill.h"

/* Tries to split `total` exactly.  RM_OK with *done = 1: x (unless NULL) and *out
 * hold the answer, the one that the long way gives; RM_INFEASIBLE with *done = 1
 * likewise.  RM_OK with *done = 0: not decided here, x is of no use.  Else what the
 * watch says.  Data need not have been looked at: what is not as it should be is left
 * to the long way.  `crew` and `warm` may be NULL. */
rm_status rm_fast_solve(const rm_view *v, double total, double *x, rm_watch *watch, rm_crew *crew, rm_warm *warm,
                        rm_water *out, int *done);

/* The same for a row of any sides. */
rm_status rm_fast_row(const rm_view *v, rm_row row, double *x, rm_watch *watch, rm_crew *crew, rm_warm *warm,
                      rm_water *out, int *done);

#endif

/* One pass over all variables, in parts that may run side by side.  What a pass
 * finds is added up in whatever order the parts end: see kernels.h for why that
 * changes no bit of an answer. */
#ifndef RM_SOLVE_SWEEP_H
#define RM_SOLVE_SWEEP_H

#include "base/crew.h"
#include "base/watch.h"
#include "kernel/kernels.h"

/* Fewer variables stay on the caller's thread. */
#define RM_CREW_LEAST ((int64_t)1 << 17)

typedef struct rm_sweep {
    const rm_view *view;
    const rm_kernels *kernels;
    rm_watch *watch;
    rm_crew *crew; /* NULL: all on this thread */
} rm_sweep;

/* Each returns RM_OK, or what the watch or the crew says. */

/* Sums what a bracket of prices decides, and gathers the others into `into`, from
 * its first place on. */
rm_status rm_sweep_sift(const rm_sweep *s, double y_low, double y_high, rm_quads *into, rm_sifted *out);
/* The sums at one price; see kernels.h. */
rm_status rm_sweep_gauge(const rm_sweep *s, double y, double *inverse, int kept, rm_sifted *out);
/* Answers a rounded price.  x may be NULL; `size` is a guess at that of the row's
 * sum; `kept` as in kernels.h. */
rm_status rm_sweep_pour(const rm_sweep *s, rm_price y, double size, double *x, int kept, rm_poured *out);

#endif

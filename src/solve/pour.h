/* One pass that answers a rounded price for all variables, and writes x. */
#ifndef RM_SOLVE_POUR_H
#define RM_SOLVE_POUR_H

#include "base/watch.h"
#include "kernel/kernels.h"

/* x may be NULL; `size` is a guess at that of the row's sum.  RM_OK, or what the watch says. */
rm_status rm_pour_all(const rm_kernels *k, const rm_view *v, rm_price y, double size, double *x, rm_watch *watch,
                      rm_poured *out);

#endif

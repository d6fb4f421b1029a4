/* Which solver fits a problem. */
#ifndef RM_SOLVE_CHOOSE_H
#define RM_SOLVE_CHOOSE_H

#include "base/base.h"

/* What the choice is made by. */
typedef struct rm_shape {
    int64_t rows;
} rm_shape;

/* The solver for a wish (RM_SOLVER_...): written to *solver, or RM_ERROR_RANGE
 * for a wish that names none, RM_ERROR_NOT_SUPPORTED with the reason in *why. */
rm_status rm_choose(const rm_shape *shape, int32_t wish, int32_t *solver, const char **why);

#endif

/* See choose.h.  Today there is one solver. */
#include "solve/choose.h"

rm_status rm_choose(const rm_shape *shape, int32_t wish, int32_t *solver, const char **why)
{
    *why = "solver must be RM_SOLVER_AUTO or RM_SOLVER_WATERFILL";
    if (wish != RM_SOLVER_AUTO && wish != RM_SOLVER_WATERFILL)
        return RM_ERROR_RANGE;
    *why = "the problem has more than one row, and this version solves at most one";
    if (shape->rows > 1)
        return RM_ERROR_NOT_SUPPORTED;
    *solver = RM_SOLVER_WATERFILL;
    return RM_OK;
}

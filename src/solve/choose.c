/* See choose.h. */
#include "solve/choose.h"

rm_status rm_choose(const rm_shape *shape, int32_t wish, int32_t *solver, const char **why)
{
    *why = "solver must be RM_SOLVER_AUTO, RM_SOLVER_WATERFILL or RM_SOLVER_TREE";
    if (wish != RM_SOLVER_AUTO && wish != RM_SOLVER_WATERFILL && wish != RM_SOLVER_TREE)
        return RM_ERROR_RANGE;
    *why = "the problem has more than one row, and RM_SOLVER_WATERFILL solves at most one";
    if (wish == RM_SOLVER_WATERFILL && shape->rows > 1)
        return RM_ERROR_NOT_SUPPORTED;
    *solver = wish == RM_SOLVER_TREE || shape->rows > 1 ? RM_SOLVER_TREE : RM_SOLVER_WATERFILL;
    return RM_OK;
}

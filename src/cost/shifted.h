/* What the two families of x + s, log and alpha-fair, share. */
#ifndef RM_COST_SHIFTED_H
#define RM_COST_SHIFTED_H

#include "base/elementary.h"
#include "base/expansion.h"
#include "cost/cost.h"

/* log(x + s) as two doubles; -infinity at the end of the domain. */
static inline double rm_shifted_log(const rm_cost *c, double x, double *low)
{
    double rest, z = rm_two_sum(x, c->target, &rest);
    *low = 0;
    if (!(z > 0) || isinf(z))
        return z > 0 ? INFINITY : -INFINITY;
    double high = rm_log_pair(z, low);
    return rm_two_sum(high, *low + rest / z, low);
}

/* w / -(high + low) as two doubles; infinite where that is not above 0. */
static inline double rm_shifted_ratio(const rm_cost *c, double high, double low, double *z_low)
{
    double d = -high, error;
    *z_low = 0;
    double z = d > 0 ? c->weight / d : INFINITY;
    if (!(z < INFINITY))
        return INFINITY;
    double product = rm_two_product(z, d, &error);
    double rest = ((c->weight - product) - error + z * low) / d;
    *z_low = isfinite(rest) ? rest : 0;
    return z;
}

#endif

/* Log cost: f(x) = -w log(x + s), x > -s.
 *
 * Proportional fairness (Kelly 1997) and the water-filling of power over channels
 * (Gallager 1968; Cover and Thomas 2006, section 9.4): with price 0 and coefficients 1
 * all x_i + s_i that are not at a bound stand in proportion to their weights, and the water level is 1 / |y|.
 *
 * f' = -w / (x + s) is below 0 everywhere, so the answer to e = a y - p is
 *
 *     x = w / (-e) - s   for e < 0, and without end else.
 */
#include "cost/family.h"
#include "cost/shifted.h"

static double value(const rm_cost *c, double x, double *magnitude)
{
    double low, high = rm_shifted_log(c, x, &low);
    *magnitude = c->weight * (fabs(high) + 1);
    return -c->weight * (high + low);
}

static double first(const rm_cost *c, double x)
{
    return -c->weight / (x + c->target);
}

static double second(const rm_cost *c, double x)
{
    double z = x + c->target;
    return c->weight / z / z;
}

static rm_answer answer(const rm_cost *c, double high, double low)
{
    double z_low, z = rm_shifted_ratio(c, high, low, &z_low);
    return z < INFINITY ? rm_answer_of(-c->target, z, z_low, z / -high, 0x1p-97 * z) : rm_answer_nowhere(INFINITY);
}

static double plain(const rm_cost *c, double e, double *slope)
{
    double z = e < 0 ? c->weight / -e : INFINITY;
    *slope = z < INFINITY ? z / -e : 0;
    return z - c->target;
}

const rm_curve rm_log_curve = {value, first, second, answer, plain};

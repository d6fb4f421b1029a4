/* Alpha-fair cost: f(x) = -w ((x + s)^(1 - alpha) - 1) / (1 - alpha), x > -s, alpha > 0.
 *
 * Mo and Walrand 2000: alpha = 1 is the log cost, and the limit is continuous; the larger alpha,
 * the more the least served count.  f' = -w (x + s)^-alpha, so the answer to e = a y - p is
 *
 *     x = (w / -e)^(1 / alpha) - s   for e < 0, and without end else.
 */
#include "cost/family.h"
#include "cost/shifted.h"

static double value(const rm_cost *c, double x, double *magnitude)
{
    double low, high = rm_shifted_log(c, x, &low), share = 1 - c->shape;
    if (isinf(high)) {
        *magnitude = c->weight;
        return share == 0 || (high > 0) == (share > 0) ? -c->weight * high : c->weight / share;
    }
    double f = high * rm_growth(share * high);
    /* The power's relative error grows with the logarithm that it is taken of. */
    *magnitude = c->weight * (fabs(f) + 1) * (1 + fabs(share * high));
    return -c->weight * f;
}

/* (x + s)^power */
static double power_of(const rm_cost *c, double x, double power)
{
    double low, high = rm_shifted_log(c, x, &low), error, rest;
    if (isinf(high))
        return (high > 0) == (power > 0) ? INFINITY : 0;
    double product = rm_two_product(high, power, &error);
    return rm_exp_pair(product, error + low * power, &rest);
}

static double first(const rm_cost *c, double x)
{
    return -c->weight * power_of(c, x, -c->shape);
}

static double second(const rm_cost *c, double x)
{
    return c->weight * c->shape * power_of(c, x, -c->shape - 1);
}

static rm_answer answer(const rm_cost *c, double high, double low)
{
    double ratio_low, ratio = rm_shifted_ratio(c, high, low, &ratio_low);
    if (!(ratio < INFINITY))
        return rm_answer_nowhere(INFINITY);
    if (c->shape == 1)
        return rm_answer_of(-c->target, ratio, ratio_low, ratio / -high, 0x1p-97 * ratio);
    if (ratio == 0)
        return rm_answer_of(-c->target, 0, 0, 0, 0);
    double log_low, log_high = rm_log_pair(ratio, &log_low), error;
    double exponent = log_high / c->shape, product = rm_two_product(exponent, c->shape, &error);
    double rest = ((log_high - product) - error + (log_low + ratio_low / ratio)) / c->shape;
    double z_low, z = rm_exp_pair(exponent, rest, &z_low);
    return z < INFINITY ? rm_answer_of(-c->target, z, z_low, z / (c->shape * -high),
                                       0x1p-63 * (1 + fabs(exponent)) * z)
                        : rm_answer_nowhere(INFINITY);
}

static double plain(const rm_cost *c, double e, double *slope)
{
    double z = e < 0 ? rm_power(c->weight / -e, 1 / c->shape) : INFINITY;
    *slope = z < INFINITY ? z / (c->shape * -e) : 0;
    return z - c->target;
}

const rm_curve rm_alpha_curve = {value, first, second, answer, plain};

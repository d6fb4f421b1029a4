/* Entropy cost: f(x) = w (x log(x / t) - x), x >= 0, t > 0, 0 log 0 = 0.
 *
 * The Kullback-Leibler distance from t, up to a constant: the split that strays least from
 * shares t in the sense of information (Kullback and Leibler 1951), and the one that
 * multiplies each of them by the same factor where prices are 0 and coefficients 1.
 * f' = w log(x / t), so the answer to e = a y - p is x = t exp(e / w).
 */
#include "base/elementary.h"
#include "base/expansion.h"
#include "cost/family.h"

/* log(x / t), right to its last places also where x is nearly t. */
static double distance(const rm_cost *c, double x)
{
    double ratio = x / c->target, error, low;
    if (!(ratio > DBL_MIN && ratio < INFINITY))
        return rm_log(x) - rm_log(c->target); /* x = 0: -infinity */
    double product = rm_two_product(ratio, c->target, &error);
    double rest = ((x - product) - error) / x;
    double high = rm_log_pair(ratio, &low);
    return high + (low + (isfinite(rest) ? rest : 0));
}

static double value(const rm_cost *c, double x, double *magnitude)
{
    double share = x > 0 ? x * distance(c, x) : 0;
    *magnitude = c->weight * (fabs(share) + 2 * fabs(x));
    return x >= 0 ? c->weight * (share - x) : INFINITY;
}

static double first(const rm_cost *c, double x)
{
    return c->weight * distance(c, x);
}

static double second(const rm_cost *c, double x)
{
    return c->weight / x;
}

static rm_answer answer(const rm_cost *c, double high, double low)
{
    double exponent = high / c->weight, error;
    double product = rm_two_product(exponent, c->weight, &error);
    double rest = ((high - product) - error + low) / c->weight;
    double low_factor, factor = rm_exp_pair(exponent, isfinite(rest) ? rest : 0, &low_factor);
    double x = rm_two_product(c->target, factor, &error);
    return x < INFINITY ? rm_answer_of(0, x, error + c->target * low_factor, x / c->weight, 0x1p-63 * x)
                        : rm_answer_nowhere(INFINITY);
}

static double plain(const rm_cost *c, double e, double *slope)
{
    double x = c->target * rm_exp(e / c->weight);
    *slope = x < INFINITY ? x / c->weight : 0;
    return x;
}

const rm_curve rm_entropy_curve = {value, first, second, answer, plain};

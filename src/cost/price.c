/* See price.h. */
#include "cost/price.h"

#include "base/expansion.h"

double rm_price_round(double high, double low, double *rest)
{
    double y = rm_two_sum(high, low, rest);
    if (y == 0 || !isfinite(y) || fabs(*rest) < rm_price_reach(y, *rest > 0))
        return y;
    double other = rm_price_neighbour(y, (*rest > 0) == (y > 0));
    *rest += y - other; /* both of one binade or neighbours of a power of two: exact but for the last bits of low */
    return other;
}

static double unit_of(double high)
{
    uint64_t power = rm_bits(fabs(high)) >> 52 << 52; /* 2^k for |high| in [2^k, 2^(k+1)) */
    return rm_from_bits(power) * RM_UNIT * RM_PRICE_SECOND;
}

double rm_price_second(double high, double rest)
{
    double unit = unit_of(high);
    return unit > 0 ? nearbyint(rest / unit) * unit : 0;
}

double rm_price_half_second(double high)
{
    return unit_of(high) / 2;
}

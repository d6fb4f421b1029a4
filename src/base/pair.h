/* Two doubles whose sum is meant: about 106 bits.
 *
 * Dekker 1971; Joldes, Muller and Popescu 2017 for the bounds: a sum of two of one sign, a
 * product and a quotient are right to 2^-100 of themselves as long as nothing over- or
 * underflows.  Where a product overflows, the pair is infinite and its low part says nothing.
 */
#ifndef RM_BASE_PAIR_H
#define RM_BASE_PAIR_H

#include "base/expansion.h"

typedef struct rm_pair {
    double high, low;
} rm_pair;

/* a += b. */
static inline void rm_pair_add(rm_pair *a, rm_pair b)
{
    double error, high = rm_two_sum(a->high, b.high, &error);
    a->high = rm_two_sum(high, error + a->low + b.low, &a->low);
}

static inline rm_pair rm_pair_minus(rm_pair a, rm_pair b)
{
    rm_pair_add(&a, (rm_pair){-b.high, -b.low});
    return a;
}

/* a - b of two doubles, exactly. */
static inline rm_pair rm_pair_difference(double a, double b)
{
    rm_pair r;
    r.high = rm_two_sum(a, -b, &r.low);
    return r;
}

static inline rm_pair rm_pair_times(rm_pair a, double b)
{
    double error, high = rm_two_product(a.high, b, &error);
    error += a.low * b;
    if (!isfinite(error))
        return (rm_pair){high, 0};
    rm_pair r;
    r.high = rm_two_sum(high, error, &r.low);
    return r;
}

static inline rm_pair rm_pair_product(rm_pair a, rm_pair b)
{
    rm_pair r = rm_pair_times(a, b.high);
    if (isfinite(r.high))
        rm_pair_add(&r, (rm_pair){a.high * b.low, 0});
    return r;
}

static inline rm_pair rm_pair_over(rm_pair a, double b)
{
    double high = a.high / b, error, product = rm_two_product(high, b, &error);
    double rest = ((a.high - product) - error + a.low) / b;
    rm_pair r = {high, 0};
    if (isfinite(high) && isfinite(rest))
        r.high = rm_two_sum(high, rest, &r.low);
    return r;
}

static inline rm_pair rm_pair_quotient(rm_pair a, rm_pair b)
{
    rm_pair r = {a.high / b.high, 0};
    if (!isfinite(r.high))
        return r;
    rm_pair rest = rm_pair_minus(a, rm_pair_times(b, r.high));
    double low = rest.high / b.high;
    if (isfinite(low))
        r.high = rm_two_sum(r.high, low, &r.low);
    return r;
}

static inline int rm_pair_less(rm_pair a, rm_pair b)
{
    return a.high < b.high || (a.high == b.high && a.low < b.low);
}

#endif

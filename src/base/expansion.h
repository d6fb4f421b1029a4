/* Small exact arithmetic: sums and products of a few doubles without error.
 *
 * An expansion is a list of doubles whose exact sum is the value, ordered by
 * growing magnitude, no two of them overlapping, zeros left out.  Adding a
 * double by repeated two_sum keeps all of that (Shewchuk 1997, theorems 6 and
 * 10).  Everything is exact as long as nothing overflows and no product falls
 * below 2^-969; callers look at magnitudes first.
 */
#ifndef RM_BASE_EXPANSION_H
#define RM_BASE_EXPANSION_H

#include "base/base.h"

/* a + b = return value + *error, exactly (Knuth 1969). */
static inline double rm_two_sum(double a, double b, double *error)
{
    double s = a + b;
    double c = s - a;
    *error = (a - (s - c)) + (b - c);
    return s;
}

/* a * b = return value + *error, exactly (Dekker 1971, Veltkamp's split).  Not
 * fma(): where the processor has none it is a slow call, and some C libraries
 * round it wrongly. */
static inline double rm_two_product(double a, double b, double *error)
{
    const double splitter = 134217729.0; /* 2^27 + 1 */
    double scale = 1.0;
    /* Splitting a factor above 2^996 would overflow though the product need not. */
    if (fabs(a) > 0x1p970) {
        a *= 0x1p-100;
        scale = 0x1p100;
    } else if (fabs(b) > 0x1p970) {
        b *= 0x1p-100;
        scale = 0x1p100;
    }
    double product = a * b;
    double big = splitter * a;
    double a_high = big - (big - a);
    double a_low = a - a_high;
    big = splitter * b;
    double b_high = big - (big - b);
    double b_low = b - b_high;
    *error = (((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low) * scale;
    return product * scale;
}

enum { RM_EXPANSION_SIZE = 16 };

typedef struct rm_expansion {
    int count;
    double part[RM_EXPANSION_SIZE];
} rm_expansion;

static inline void rm_expansion_add(rm_expansion *e, double b)
{
    int kept = 0;
    double carry = b;
    for (int k = 0; k < e->count; k++) {
        double rest;
        carry = rm_two_sum(carry, e->part[k], &rest);
        if (rest != 0.0)
            e->part[kept++] = rest;
    }
    if (carry != 0.0)
        e->part[kept++] = carry;
    e->count = kept;
}

static inline void rm_expansion_add_product(rm_expansion *e, double a, double b)
{
    double low;
    double high = rm_two_product(a, b, &low);
    rm_expansion_add(e, low);
    rm_expansion_add(e, high);
}

/* The value to within an ulp or two; its sign is exact. */
static inline double rm_expansion_round(const rm_expansion *e)
{
    double s = 0.0;
    for (int k = 0; k < e->count; k++)
        s += e->part[k];
    return s;
}

/* Quotient of an expansion by a double, as three doubles of falling magnitude:
 * their sum has a relative error below 2^-150.  The expansion is used up. */
static inline void rm_expansion_divide(rm_expansion *e, double divisor, double quotient[3])
{
    for (int k = 0; k < 3; k++) {
        quotient[k] = rm_expansion_round(e) / divisor;
        if (quotient[k] != 0.0)
            rm_expansion_add_product(e, -quotient[k], divisor);
    }
}

#endif

/* Exact sums of any number of doubles and of products of two doubles.
 *
 * The accumulator is a wide fixed-point number: chunk k counts units of
 * 2^(32 k - 2148), so that the smallest product of two doubles and the largest
 * both fit, with room for 2^40 of them.  Every chunk is a signed 64-bit number
 * that is used to 32 bits and so takes 2^30 additions before its carry has to
 * be passed on (the small superaccumulator of Neal 2015, widened to products).
 * Only integers are used: no rounding mode, contraction, under- or overflow of
 * the floating-point unit can touch the sum, and the order of the terms cannot
 * either.
 */
#ifndef RM_BASE_SUM_H
#define RM_BASE_SUM_H

#include "base/base.h"

enum { RM_SUM_CHUNKS = 136 };

typedef struct rm_sum {
    int64_t chunk[RM_SUM_CHUNKS];
    int64_t additions; /* since carries were last passed on */
} rm_sum;

void rm_sum_clear(rm_sum *s);
/* Terms must be finite. */
void rm_sum_add(rm_sum *s, double v);
void rm_sum_add_product(rm_sum *s, double a, double b);
/* a b 2^exponent; what lies below 2^-2148 is dropped.  The value must be below
 * 2^2048. */
void rm_sum_add_scaled(rm_sum *s, double a, double b, int exponent);
void rm_sum_add_sum(rm_sum *s, rm_sum *other);
void rm_sum_subtract_sum(rm_sum *s, rm_sum *other);
/* -1, 0 or 1. */
int rm_sum_sign(rm_sum *s);
/* The sum rounded to nearest, ties to even; infinite if it overflows. */
double rm_sum_round(const rm_sum *s);
/* The sum times 2^exponent, rounded in the same way. */
double rm_sum_round_times(const rm_sum *s, int exponent);
/* The greatest double that is not above the sum; the least that is not below. */
double rm_sum_round_down(const rm_sum *s);
double rm_sum_round_up(const rm_sum *s);

#endif

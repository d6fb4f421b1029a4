/* A sum that keeps what rounding drops (Neumaier 1974).
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_SUM_H
#define RMSOLVE_SUM_H

#include <math.h>

struct sum {
    double high;
    double low;
};

static inline void sum_add(struct sum *sum, double value)
{
    double high = sum->high + value;

    sum->low += fabs(sum->high) >= fabs(value) ? (sum->high - high) + value : (value - high) + sum->high;
    sum->high = high;
}

static inline double sum_value(const struct sum *sum)
{
    /* Where the sum overflowed, what was dropped is not a number. */
    return isfinite(sum->high) ? sum->high + sum->low : sum->high;
}

#endif

/* Logarithm, exponential and power, the same bits on every machine.
 *
 * The C library's differ from one to the next in the last place.  These use nothing
 * but +, -, *, / and the bits of a double, each rounded to nearest, so their results
 * are a function of their arguments.  Inside they carry two doubles, high + low.
 *
 * Errors, in units in the last place of a normal result: log 0.51, exp 0.54, power 0.55
 * for |y| <= 16 and 1.2 for any other.  A subnormal result is off by one of the smallest
 * doubles at most.
 */
#ifndef RM_BASE_ELEMENTARY_H
#define RM_BASE_ELEMENTARY_H

#include "base/base.h"

/* -infinity at 0, NaN below, infinity at infinity. */
double rm_log(double x);
/* 0 and infinity where the value is too small or too large for a double. */
double rm_exp(double x);
/* x^y for x >= 0 and a finite y other than 0; 1 where x is 1. */
double rm_power(double x, double y);
/* (e^u - 1) / u, continuous at 0: right to some 2^-51 of itself. */
double rm_growth(double u);
/* log x as two doubles, off by less than 2^-63 of it; x positive and finite. */
double rm_log_pair(double x, double *low);
/* exp(high + low), |low| at most some units in the last place of high, as two doubles, of
 * which *rest receives the second: off by less than 2^-64 where they are normal numbers. */
double rm_exp_pair(double high, double low, double *rest);

#endif

/* The methods of the literature, written for this benchmark from the papers.
 *
 * Each solves min sum 1/2 d x^2 - a x, sum b x = r, l <= x <= u with d > 0 and
 * b > 0, as the papers assume, for a feasible r.  None checks its input; none
 * knows of exact sums.  They stop where the row is met to SUM_TOLERANCE of the
 * sum of its terms, as is usual in the literature.
 */
#ifndef BENCH_BASELINE_H
#define BENCH_BASELINE_H

#include "instance.h"

#define SUM_TOLERANCE 1e-13

/* Returns 0 when solved.  scratch has room for BASELINE_SCRATCH n + 64 doubles. */
typedef int (*baseline_fn)(const instance *in, double *scratch, double *x, double *multiplier);

#define BASELINE_SCRATCH 8

typedef struct baseline {
    const char *name;
    baseline_fn solve;
    int simplex_only;
} baseline;

/* Ends with a NULL name. */
extern const baseline baselines[];

int solve_sort_scan(const instance *in, double *scratch, double *x, double *multiplier);
int solve_bisection(const instance *in, double *scratch, double *x, double *multiplier);
int solve_newton(const instance *in, double *scratch, double *x, double *multiplier);
int solve_secant(const instance *in, double *scratch, double *x, double *multiplier);
int solve_fixing(const instance *in, double *scratch, double *x, double *multiplier);
int solve_median(const instance *in, double *scratch, double *x, double *multiplier);
int solve_fixed_point(const instance *in, double *scratch, double *x, double *multiplier);
int solve_condat(const instance *in, double *scratch, double *x, double *multiplier);

#endif

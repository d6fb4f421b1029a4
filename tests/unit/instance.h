/* Problems with one row as plain arrays, random ones, and their answers. */
#ifndef TESTS_INSTANCE_H
#define TESTS_INSTANCE_H

#include "support.h"

typedef struct instance {
    int64_t n;
    double *weight, *target, *price, *coef, *lower, *upper; /* none NULL */
    double total;
} instance;

/* What random numbers are like. */
enum {
    PLAIN,   /* eighths: many equal, exact sums */
    WILD,    /* 53 bits, exponents -4 to 4 */
    SPREAD,  /* 53 bits, exponents -30 to 30 */
    TIED,    /* plain, and half of them linear with one of three prices */
    KINDS
};

/* Room for n doubles, and never NULL. */
double *doubles(int64_t n);

instance instance_make(int64_t n);
/* n random devices; the total can be met. */
instance instance_random(dice *d, int64_t n, int kind);
/* Gives all an end on both sides and a coefficient: the sum has a least and a greatest value. */
void instance_close(instance *t);
/* The end of variable i's domain where a_i x_i is greatest (side > 0) or least. */
double instance_end(const instance *t, int64_t i, int side);
instance instance_copy(const instance *from);
/* Device k of the result is device order[k]. */
instance instance_permuted(const instance *from, const int64_t *order);
void instance_free(instance *t);
/* A handle with it: quadratics, bounds and one row with all coefficients. */
rm_problem *instance_problem(const instance *t, rm_alloc_fn alloc, void *user);

/* Values that are wrong wherever they stand; a finite bound, where the other one is finite too. */
typedef struct flaw {
    int array; /* weight, target, price, coef, lower, upper */
    double value;
} flaw;

enum { FLAWS = 20 };
extern const flaw flaws[FLAWS];

typedef struct answer {
    rm_status status;
    int64_t n;
    double *x;
    double multiplier;
} answer;

answer answer_direct(const instance *t);
answer answer_of(rm_problem *p); /* solves; at most one row */
void answer_free(answer *a);

/* The residual rule of the public header, with the tests' own exact sums; every
 * x within its bounds; stationary at the price to 8 units in the last place of
 * the terms. */
void assert_optimal(const instance *t, const answer *a);

#endif

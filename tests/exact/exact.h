/* Shared declarations of the second witness.
 *
 * SPDX-License-Identifier: MIT
 *
 * Nothing here comes from the library: every formula is rewritten from the
 * comments of include/rm/rm.h, in rationals.
 */
#ifndef EXACT_H
#define EXACT_H

#include <gmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "rm/rm.h"

/* The library's u: one unit in the last place of 1. */
#define UNIT 0x1p-52

/* ---- instances (instance.c) ---- */

typedef struct instance {
    int n, room;
    double *w, *t, *p, *a, *l, *u;
    double constant;
    int has_row;
    double low, high; /* sides of the row */
    char name[96];
} instance;

void instance_init(instance *in);
void instance_free(instance *in);
void instance_resize(instance *in, int n); /* keeps what fits; new variables are the header's defaults */
void instance_copy(instance *to, const instance *from);
void instance_print(FILE *f, const instance *in);
int instance_read(FILE *f, instance *in); /* 1 = one read, 0 = end of file, -1 = bad data */
int is_equality(const instance *in);

/* ---- random numbers (instance.c): xoshiro256** seeded by splitmix64 ---- */

typedef struct rng {
    uint64_t s[4];
} rng;

void rng_seed(rng *r, uint64_t seed);
uint64_t rng_next(rng *r);
double rng_unit(rng *r);                      /* [0, 1), 53 bits */
double rng_real(rng *r, double a, double b);  /* U(a, b) as in the workloads page */
int rng_int(rng *r, int a, int b);            /* a..b, both included */
int rng_chance(rng *r, double probability);

/* ---- reports (instance.c) ---- */

typedef struct report {
    int count;
    size_t used;
    char text[4096];
} report;

void report_clear(report *r);
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void complain(report *r, const char *format, ...);

/* ---- the exact solver (rational.c) ---- */

typedef struct price_set {
    int low_inf, high_inf;
    mpq_t low, high;
} price_set;

typedef struct exact {
    int n, room, has_row, equality;
    const instance *in;
    mpq_t *w, *w2, *t, *p, *a, *l, *u; /* w2 = 2 w */
    mpq_t *break_l, *break_u;          /* prices at which the variable leaves its bound (w = 0: both p / a) */
    mpq_ptr *sorted;
    mpq_t *tied_x;
    char *tied;
    int breaks;
    /* the answer */
    int status;
    int tolerated;        /* missed exactly, but by no more than the header's rule allows */
    int ties;             /* number of tied variables in the row */
    int binding;          /* +1 the lower side, -1 the upper, 0 neither; an equality is +1 */
    int low_inf, high_inf;
    mpq_t low, high;      /* sides, moved to the reachable limit when tolerated */
    price_set set;        /* every multiplier */
    mpq_t y;              /* the one the header picks */
    mpq_t total;          /* sum a_i x_i */
    mpq_t objective;      /* optimum, constant included */
    mpq_t shortfall;      /* how much the row is missed by, >= 0 */
    mpq_t allowance;      /* 4u (sum |a_i x_i| + |side|) there */
    mpq_t least, most;    /* reachable sums */
    int least_inf, most_inf;
} exact;

void exact_init(exact *e);
void exact_free(exact *e);
void exact_solve(exact *e, const instance *in);
/* The same with the side that is nearest to `sum` moved there. */
void exact_solve_at(exact *e, const instance *in, mpq_srcptr sum);
/* One end (side < 0 lower, > 0 upper) of a response; returns -1 or +1 where it is infinite, else 0. */
int exact_response(const exact *e, int i, mpq_srcptr price, int side, mpq_ptr out);
/* One end of the set of sums that a price gives; same return value. */
int exact_sum(const exact *e, mpq_srcptr price, int side, mpq_ptr out);
void exact_x(const exact *e, int i, mpq_ptr out);
/* Dual function at a price with the sides as they are in the instance; 0 when it is minus infinity. */
int exact_dual(const exact *e, mpq_srcptr price, int original_sides, mpq_ptr out);
/* Objective of any x. */
void exact_cost(const exact *e, const double *x, mpq_ptr out);
/* Totals over which the price's formula holds; flags tell infinite ends. */
typedef struct side_range {
    int low_inf, high_inf;
    mpq_t low, high;
    double low_scale, high_scale; /* sum |a_i x_i| there, for the tolerance */
} side_range;
void exact_side_range(const exact *e, int binds, side_range *r); /* binds: take the row as one that binds */
/* The witness checks itself: weak duality proves its own answer.  Returns NULL or what is wrong. */
const char *exact_self_check(const exact *e);

/* ---- small tools on rationals (number.c) ---- */

double q_nearest(mpq_srcptr q);          /* rounded to nearest; infinite on overflow */
double ulp_of(double v);                 /* spacing of doubles at |v| */
double q_ulps(double v, mpq_srcptr q);   /* |v - q| in units of the last place of the larger one */
int q_cmp_abs_d(mpq_srcptr q, double d); /* compares |q| with d */

/* ---- answers and their checks (check.c, figures.c, conflict.c) ---- */

typedef struct answer {
    int32_t status;
    int room;
    double *x;
    double y;
    int64_t where; /* of rm_waterfill; -2: not asked */
} answer;

enum { FIGURES = 7 };

typedef struct full_answer {
    answer a;
    int room;
    double dual_low, dual_high, side_low, side_high;
    double *reduced;
    double info[FIGURES], verified[FIGURES], other[FIGURES];
    double *other_x; /* another x and price, for verify alone */
    double other_y;
    int has_other;
    double shortfall;
    int items;
    int32_t *kind;
    int64_t *index;
    double *multiplier, *repair;
} full_answer;

void answer_init(answer *a);
void answer_free(answer *a);
void answer_resize(answer *a, int n);
void full_init(full_answer *h);
void full_free(full_answer *h);
void full_resize(full_answer *h, int n);

/* The exact solution at the sum of x, where the header lets that take the side's place; else NULL. */
const exact *at_its_own_sum(const instance *in, const exact *e, const answer *a);
void check_answer(const instance *in, const exact *e, const answer *a, report *r);
/* A linear cost whose price p / a is not the exact one, but cannot be told from it by doubles. */
int near_tie(const exact *e, int i);
void check_ranges(const instance *in, const exact *e, const full_answer *h, report *r);
void check_reduced(const instance *in, const full_answer *h, report *r);
void check_figures(const instance *in, const exact *e, const double *x, double y, const double *value, int is_answer,
                   const char *which, report *r);
void check_conflict(const instance *in, const exact *e, const full_answer *h, report *r);
void check_full(const instance *in, const exact *e, const full_answer *h, report *r);
/* The instance with one item of a conflict repaired. */
void repair_instance(instance *to, const instance *from, int32_t kind, int64_t index, double repair);
int at_bound(const instance *in, const double *x, int i); /* bit 1: lower, bit 2: upper */

/* ---- calling the library (call.c) ---- */

enum {
    VARY_HOLES = 1,   /* removed variables between the others */
    VARY_ALL = 2,     /* the implicit row, where all coefficients are 1 */
    VARY_SPARSE = 4,  /* variables with coefficient 0 are left out of the row */
    VARY_WARM = 8,    /* solved with other data first */
    VARY_SHUFFLE = 16,/* setting calls with shuffled index arrays */
    VARY_CLONE = 32,  /* answer read from a clone's solve */
    VARY_COMPACT = 64 /* holes closed before the solve */
};
void call_waterfill(const instance *in, answer *a, report *r);
void call_handle(const instance *in, unsigned vary, rng *random, full_answer *h, report *r);
int32_t call_status(const instance *in, report *r);

/* ---- generators (generate.c, large.c) ---- */

void make_small(instance *in, rng *r);
void make_built(instance *in, rng *r, int integers); /* from a chosen x and price */
void make_limit(instance *in, rng *r);
void make_real(instance *in, rng *r, int most);
void make_large(instance *in, rng *r, int which, int most);
int large_kinds(void);
enum { SCALE_COST, SCALE_UNITS, SCALES };
void scale_instance(instance *to, const instance *from, int manner, double factor);

/* ---- running (run.c, morph.c, named.c, selftest.c) ---- */

typedef struct tally {
    long runs, failed;
    long ok, infeasible, unbounded;
    long equality, ranged, one_sided, rowless;
    long interval, infinite_end, whole_line, tied, tolerated, lower_binds, upper_binds, slack;
    long price_by_total, by_own_sum, near_ties, ranges_skipped, ranges_checked, conflicts, repairs;
    long rounded_right, rounded_all;
    double price_ulps, x_ulps, end_ulps, bound_loss;
} tally;
extern tally counts;
extern long print_limit; /* failures printed in full */

enum { RUN_HANDLE = 1, RUN_LIBRARY_REPAIR = 2 };
/* Solves and checks one instance; 1 when all is well.  a_out, where not NULL, gets rm_waterfill's (or else the
 * handle's) answer. */
int run_instance(const instance *in, unsigned what, unsigned vary, rng *random, answer *a_out);
int run_failed(const instance *in, const report *r);
int morph_instance(const instance *in, rng *random);
int run_named(void);
int self_test(uint64_t seed, int instances);

#endif

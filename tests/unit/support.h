/* What the tests share: assertions on doubles, random numbers, exact sums of
 * their own, the root of the repository and the real data.  Nothing here uses
 * code of the library. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rm/rm.h"

#define COUNT_OF(array) ((int64_t)(sizeof(array) / sizeof *(array)))

/* --- assertions -------------------------------------------------------------- */

/* The same bits; any NaN equals any NaN, and -0 is not 0. */
#define assert_same(a, b) support_same((a), (b), __FILE__, __LINE__)
/* At most so many doubles apart. */
#define assert_near(a, b, ulps) support_near((a), (b), (ulps), __FILE__, __LINE__)
/* |a - b| <= distance. */
#define assert_within(a, b, distance) support_within((a), (b), (distance), __FILE__, __LINE__)
#define assert_same_array(a, b, n) support_same_array((a), (b), (n), __FILE__, __LINE__)
/* An array begins with these numbers. */
#define assert_values(a, ...)                                                                                          \
    support_same_array((a), (const double[]){__VA_ARGS__}, COUNT_OF(((const double[]){__VA_ARGS__})), __FILE__,        \
                       __LINE__)
#define assert_contains(text, part) support_contains((text), (part), __FILE__, __LINE__)
/* The message of a handle has this part. */
#define assert_says(p, part) support_says((p), (part), __FILE__, __LINE__)
#define assert_ok(call) support_status((call), RM_OK, #call, __FILE__, __LINE__)
#define assert_status(call, expected) support_status((call), (expected), #call, __FILE__, __LINE__)

void support_same(double a, double b, const char *file, int line);
void support_near(double a, double b, int64_t ulps, const char *file, int line);
void support_within(double a, double b, double distance, const char *file, int line);
void support_same_array(const double *a, const double *b, int64_t n, const char *file, int line);
void support_contains(const char *text, const char *part, const char *file, int line);
void support_says(const rm_problem *p, const char *part, const char *file, int line);
void support_status(rm_status got, rm_status expected, const char *call, const char *file, int line);

/* How many doubles apart; INT64_MAX for a NaN. */
int64_t ulps_apart(double a, double b);
uint64_t bits_of(double v);
double from_bits(uint64_t bits);

/* --- random numbers: splitmix64 (Steele, Lea and Flood 2014) ------------------- */

typedef struct dice {
    uint64_t state;
} dice;

uint64_t dice_bits(dice *d);
int64_t dice_below(dice *d, int64_t n);
/* Uniform in [low, high). */
double dice_between(dice *d, double low, double high);
/* Eighths from -range to range: sums of many are exact. */
double dice_eighths(dice *d, int64_t range);
/* 53 random bits, exponent from -reach to reach, either sign. */
double dice_wild(dice *d, int reach);
/* A random permutation of 0..n-1. */
void dice_shuffle(dice *d, int64_t *order, int64_t n);

/* --- exact sums: an expansion of doubles (Shewchuk 1997) ----------------------- */

typedef struct exact {
    int count;
    double part[80];
} exact;

void exact_add(exact *e, double v);
/* Neither the product nor its error may under- or overflow. */
void exact_add_product(exact *e, double a, double b);
/* Within an ulp or two, exact in sign. */
double exact_value(const exact *e);

/* --- surroundings -------------------------------------------------------------- */

/* A file of the repository, as malloc'ed text; fails the test when missing. */
char *read_source(const char *path);
/* A file of the real data, or NULL. */
char *read_data(const char *path);
/* Sizes of large tests are divided by this: 1, or more under a tool that makes
 * programs slow. */
int64_t slowness(void);

#endif

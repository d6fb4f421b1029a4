/* What every file of librm may rely on: the language, the arithmetic, the
 * words.  Includes nothing of the library but the public header. */
#ifndef RM_BASE_BASE_H
#define RM_BASE_BASE_H

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "rm/rm.h"

/* Every promise about bits rests on IEEE arithmetic done as written. */
#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "librm cannot be compiled with -ffast-math: its exact sums need arithmetic as written"
#endif
#if defined(__FLT_EVAL_METHOD__)
#if __FLT_EVAL_METHOD__ != 0
#error "librm needs doubles that are rounded to double: on 32-bit x86 compile with -msse2 -mfpmath=sse"
#endif
#endif
#if FLT_RADIX != 2 || DBL_MANT_DIG != 53 || DBL_MAX_EXP != 1024
#error "librm needs IEEE 754 double precision"
#endif
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif

/* u of the accuracy promises: the spacing of doubles just above 1. */
#define RM_UNIT DBL_EPSILON

/* For functions with much on the stack: not to be made part of those that call them. */
#if defined(__GNUC__) && !defined(__TINYC__)
#define RM_APART __attribute__((noinline))
#else
#define RM_APART
#endif

/* The most variables a problem may have: sums of so many cannot overflow the
 * exact accumulator, and sizes in bytes cannot overflow an int64_t. */
#define RM_MOST_VARIABLES ((int64_t)1 << 40)
#define RM_MOST_ROWS ((int64_t)1 << 31)

static inline uint64_t rm_bits(double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static inline double rm_from_bits(uint64_t bits)
{
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

static inline double rm_min(double a, double b)
{
    return b < a ? b : a;
}

static inline double rm_max(double a, double b)
{
    return b > a ? b : a;
}

#endif

/* See elementary.h: one double at a time, and what is not a normal number. */
#include "base/elementary.h"

#include "base/expansion.h"

#define RM_INLINE inline
typedef double V;

static inline V v_set(double a) { return a; }
static inline V v_add(V a, V b) { return a + b; }
static inline V v_sub(V a, V b) { return a - b; }
static inline V v_mul(V a, V b) { return a * b; }
static inline V v_div(V a, V b) { return a / b; }
static inline V two_sum(V a, V b, V *error) { return rm_two_sum(a, b, error); }

static inline V v_product_error(V a, V b, V product)
{
    double error;
    (void)product;
    rm_two_product(a, b, &error);
    return error;
}

/* x = 2^k m with m from sqrt 1/2 to sqrt 2; returns k. */
static inline V v_exponent(V x, V *m)
{
    const uint64_t root = UINT64_C(0x3fe6a09e667f3bcd); /* sqrt 1/2 */
    int64_t k = (int64_t)((rm_bits(x) - root + (UINT64_C(1024) << 52)) >> 52) - 1024;
    *m = rm_from_bits(rm_bits(x) - ((uint64_t)k << 52));
    return (double)k;
}

/* x 2^k in two steps, so that only the last one rounds or overflows. */
static inline V v_scale(V x, V k)
{
    int64_t whole = (int64_t)k, half = whole / 2;
    double first = rm_from_bits((uint64_t)(1023 + half) << 52);
    double second = rm_from_bits((uint64_t)(1023 + whole - half) << 52);
    return x * first * second;
}

#include "base/elementary.inc"

/* Beyond these exp is 0 or infinite, with a margin. */
#define LEAST_EXPONENT (-746.0)
#define GREATEST_EXPONENT 710.0

double rm_log_pair(double x, double *low)
{
    if (x >= DBL_MIN)
        return log_pair(x, low);
    /* 2^64 times as large it is normal. */
    const double k = -64;
    double rest, high = log_pair(x * 0x1p64, low);
    high = rm_two_sum(high, k * LOG2_HIGH, &rest);
    return rm_two_sum(high, rest + *low + k * LOG2_LOW, low);
}

double rm_log(double x)
{
    if (!(x > 0))
        return x == 0 ? -INFINITY : NAN;
    if (!(x < INFINITY))
        return x;
    double low, high = rm_log_pair(x, &low);
    return high + low;
}

double rm_exp_pair(double high, double low, double *rest)
{
    *rest = 0;
    if (!(high > LEAST_EXPONENT))
        return high <= LEAST_EXPONENT ? 0 : NAN;
    return high < GREATEST_EXPONENT ? exp_pair(high, low, rest) : INFINITY;
}

double rm_exp(double x)
{
    double rest;
    return rm_exp_pair(x, 0, &rest);
}

double rm_power(double x, double y)
{
    if (x == 0 || isinf(x))
        return (x == 0) == (y > 0) ? 0 : INFINITY;
    double low, high = rm_log_pair(x, &low), error, rest;
    double product = high * y;
    if (!(fabs(product) < 0x1p20)) /* far beyond any exponent; the two doubles are not needed */
        return rm_exp_pair(product, 0, &rest);
    product = rm_two_product(high, y, &error);
    return rm_exp_pair(product, error + low * y, &rest);
}

double rm_growth(double u)
{
    enum { TERMS = 16 };
    if (fabs(u) >= 0.5)
        return (rm_exp(u) - 1) / u;
    double sum = 0; /* 1/n! u^(n-1), the smallest first */
    double term[TERMS];
    term[0] = 1;
    for (int n = 1; n < TERMS; n++)
        term[n] = term[n - 1] * u / (n + 1);
    for (int n = TERMS - 1; n >= 0; n--)
        sum += term[n];
    return sum;
}

/* The passes in plain C, one double at a time: for every other processor. */
#include "kernel/levels.h"

#include "base/expansion.h"

#define W 1
#define RM_LANES(a) a
typedef double V;
typedef unsigned M; /* 1 where true */

static RM_INLINE V v_set(double a) { return a; }
static RM_INLINE V v_load(const double *p) { return *p; }
static RM_INLINE void v_store(double *p, V a) { *p = a; }
static RM_INLINE void v_stream(double *p, V a) { *p = a; }
static RM_INLINE void v_fence(void) {}
static RM_INLINE V v_add(V a, V b) { return a + b; }
static RM_INLINE V v_sub(V a, V b) { return a - b; }
static RM_INLINE V v_mul(V a, V b) { return a * b; }
static RM_INLINE V v_div(V a, V b) { return a / b; }
static RM_INLINE V v_sqrt(V a) { return sqrt(a); }
static RM_INLINE V v_min(V a, V b) { return a < b ? a : b; }
static RM_INLINE V v_max(V a, V b) { return a > b ? a : b; }
static RM_INLINE V v_abs(V a) { return fabs(a); }
static RM_INLINE V v_negative(V a) { return -a; }
static RM_INLINE V v_fma(V a, V b, V c) { return a * b + c; }
static RM_INLINE V v_negative_fma(V a, V b, V c) { return c - a * b; }
/* a b - near, for a number near to the product.  Not fma(), which is a slow call where
 * the processor has none. */
static RM_INLINE V v_product_error(V a, V b, V near)
{
    double error;
    double product = rm_two_product(a, b, &error);
    return (product - near) + error;
}
static RM_INLINE V v_remainder(V a, V q, V b)
{
    double error;
    double product = rm_two_product(q, b, &error);
    return (a - product) - error;
}
static RM_INLINE V v_select(M m, V a, V b) { return m ? a : b; }
static RM_INLINE V v_keep(M m, V a) { return m ? a : 0; }
static RM_INLINE V v_fma_keep(M m, V a, V b, V c) { return m ? a * b + c : c; }
static RM_INLINE double v_first(V a) { return a; }
static RM_INLINE double v_least(V a) { return a; }
static RM_INLINE double v_total(V a) { return a; }
static RM_INLINE M m_lt(V a, V b) { return a < b; }
static RM_INLINE M m_le(V a, V b) { return a <= b; }
static RM_INLINE M m_eq(V a, V b) { return a == b; }
static RM_INLINE M m_and(M a, M b) { return a & b; }
static RM_INLINE M m_or(M a, M b) { return a | b; }
static RM_INLINE M m_all(void) { return 1; }
static RM_INLINE M m_not(M a) { return !a; }
static RM_INLINE M m_and_not(M a, M b) { return a & !b; }
static RM_INLINE M m_not_lt(V a, V b) { return !(a < b); }
static RM_INLINE V v_add_keep(M m, V a, V b) { return m ? b + a : b; }
static RM_INLINE int m_any(M m) { return m != 0; }
static RM_INLINE int m_is_all(M m) { return m != 0; }
static RM_INLINE unsigned m_bits(M m) { return m; }
static RM_INLINE int64_t m_count(M m) { return m; }
static RM_INLINE M m_finite(V a) { return fabs(a) < INFINITY; }
static RM_INLINE M m_not_negative_finite(V a) { return a >= 0 && a < INFINITY; }
/* Of one lane none is ever left over. */
static RM_INLINE M m_first(int64_t count) { return count > 0; }
static RM_INLINE V v_load_first(const double *p, int64_t count) { return count > 0 ? *p : 0; }
static RM_INLINE void v_store_first(double *p, int64_t count, V a)
{
    if (count > 0)
        *p = a;
}
static RM_INLINE void v_compress(double *p, M m, V a)
{
    if (m)
        *p = a;
}

#define RM_SET rm_kernels_portable
#define RM_SET_NAME "any processor"
#include "kernel/passes.inc"

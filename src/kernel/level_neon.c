/* The passes for 64-bit ARM: two doubles at a time. */
#include "kernel/levels.h"

#if RM_HAVE_NEON
#include <arm_neon.h>

#define W 2
#define RM_LANES(a) a, a
typedef float64x2_t V;
typedef uint64x2_t M; /* all ones where true */

static RM_INLINE V v_set(double a) { return vdupq_n_f64(a); }
static RM_INLINE V v_load(const double *p) { return vld1q_f64(p); }
static RM_INLINE void v_store(double *p, V a) { vst1q_f64(p, a); }
static RM_INLINE void v_stream(double *p, V a) { vst1q_f64(p, a); }
static RM_INLINE void v_fence(void) {}
static RM_INLINE V v_add(V a, V b) { return vaddq_f64(a, b); }
static RM_INLINE V v_sub(V a, V b) { return vsubq_f64(a, b); }
static RM_INLINE V v_mul(V a, V b) { return vmulq_f64(a, b); }
static RM_INLINE V v_div(V a, V b) { return vdivq_f64(a, b); }
static RM_INLINE V v_sqrt(V a) { return vsqrtq_f64(a); }
static RM_INLINE V v_min(V a, V b) { return vminq_f64(a, b); }
static RM_INLINE V v_max(V a, V b) { return vmaxq_f64(a, b); }
static RM_INLINE V v_abs(V a) { return vabsq_f64(a); }
static RM_INLINE V v_negative(V a) { return vnegq_f64(a); }
static RM_INLINE V v_fma(V a, V b, V c) { return vfmaq_f64(c, a, b); }
static RM_INLINE V v_negative_fma(V a, V b, V c) { return vfmsq_f64(c, a, b); }
static RM_INLINE V v_product_error(V a, V b, V product) { return vfmaq_f64(vnegq_f64(product), a, b); }
static RM_INLINE V v_remainder(V a, V q, V b) { return vfmsq_f64(a, q, b); }
static RM_INLINE V v_select(M m, V a, V b) { return vbslq_f64(m, a, b); }
static RM_INLINE V v_keep(M m, V a) { return vreinterpretq_f64_u64(vandq_u64(m, vreinterpretq_u64_f64(a))); }
static RM_INLINE V v_fma_keep(M m, V a, V b, V c) { return vbslq_f64(m, vfmaq_f64(c, a, b), c); }
static RM_INLINE V v_across(V a, const int by)
{
    (void)by;
    return vextq_f64(a, a, 1);
}
static RM_INLINE double v_first(V a) { return vgetq_lane_f64(a, 0); }
static RM_INLINE double v_least(V a) { return vminvq_f64(a); }
static RM_INLINE double v_total(V a) { return vaddvq_f64(a); }
static RM_INLINE M m_lt(V a, V b) { return vcltq_f64(a, b); }
static RM_INLINE M m_le(V a, V b) { return vcleq_f64(a, b); }
static RM_INLINE M m_eq(V a, V b) { return vceqq_f64(a, b); }
static RM_INLINE M m_and(M a, M b) { return vandq_u64(a, b); }
static RM_INLINE M m_or(M a, M b) { return vorrq_u64(a, b); }
static RM_INLINE M m_all(void) { return vdupq_n_u64(UINT64_MAX); }
static RM_INLINE M m_not(M a) { return veorq_u64(a, m_all()); }
static RM_INLINE M m_and_not(M a, M b) { return vbicq_u64(a, b); }
static RM_INLINE unsigned m_bits(M m)
{
    return (unsigned)(vgetq_lane_u64(m, 0) & 1) | (unsigned)(vgetq_lane_u64(m, 1) & 2);
}
static RM_INLINE M m_not_lt(V a, V b) { return m_not(m_lt(a, b)); }
static RM_INLINE V v_add_keep(M m, V a, V b) { return v_add(b, v_keep(m, a)); }
static RM_INLINE int m_any(M m) { return m_bits(m) != 0; }
static RM_INLINE int m_is_all(M m) { return m_bits(m) == 3; }
static RM_INLINE int64_t m_count(M m) { return (int64_t)((m_bits(m) + 1) / 2); }
static RM_INLINE M m_finite(V a) { return m_lt(v_abs(a), v_set(INFINITY)); }
static RM_INLINE M m_not_negative_finite(V a) { return m_and(m_le(v_set(0), a), m_lt(a, v_set(INFINITY))); }

/* One lane of two. */
static RM_INLINE M m_first(int64_t count)
{
    return vcombine_u64(vdup_n_u64(count > 0 ? UINT64_MAX : 0), vdup_n_u64(0));
}
static RM_INLINE V v_load_first(const double *p, int64_t count)
{
    (void)count;
    return vsetq_lane_f64(*p, v_set(0), 0);
}
static RM_INLINE void v_store_first(double *p, int64_t count, V a)
{
    (void)count;
    *p = v_first(a);
}

/* Writes the marked lanes, then anything up to a whole vector. */
static RM_INLINE void v_compress(double *p, M m, V a)
{
    v_store(p, m_bits(m) == 2 ? vextq_f64(a, a, 1) : a);
}

#define RM_SET rm_kernels_neon
#define RM_SET_NAME "neon"
#include "kernel/passes.inc"
#endif

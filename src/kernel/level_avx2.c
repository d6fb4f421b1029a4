/* The passes for x86-64 with AVX2 and FMA: four doubles at a time. */
#include "kernel/levels.h"

#if RM_HAVE_AVX2
#include <immintrin.h>

RM_TARGET_BEGIN("avx2,fma,popcnt")

#define W 4
#define RM_LANES(a) a, a, a, a
typedef __m256d V;
typedef __m256d M; /* all ones where true */

static RM_INLINE V v_set(double a) { return _mm256_set1_pd(a); }
static RM_INLINE V v_load(const double *p) { return _mm256_loadu_pd(p); }
static RM_INLINE void v_store(double *p, V a) { _mm256_storeu_pd(p, a); }
static RM_INLINE void v_stream(double *p, V a) { _mm256_stream_pd(p, a); }
static RM_INLINE void v_fence(void) { _mm_sfence(); }
static RM_INLINE V v_add(V a, V b) { return _mm256_add_pd(a, b); }
static RM_INLINE V v_sub(V a, V b) { return _mm256_sub_pd(a, b); }
static RM_INLINE V v_mul(V a, V b) { return _mm256_mul_pd(a, b); }
static RM_INLINE V v_div(V a, V b) { return _mm256_div_pd(a, b); }
static RM_INLINE V v_sqrt(V a) { return _mm256_sqrt_pd(a); }
static RM_INLINE V v_min(V a, V b) { return _mm256_min_pd(a, b); }
static RM_INLINE V v_max(V a, V b) { return _mm256_max_pd(a, b); }
static RM_INLINE V v_abs(V a) { return _mm256_andnot_pd(_mm256_set1_pd(-0.0), a); }
static RM_INLINE V v_negative(V a) { return _mm256_xor_pd(_mm256_set1_pd(-0.0), a); }
static RM_INLINE V v_fma(V a, V b, V c) { return _mm256_fmadd_pd(a, b, c); }
static RM_INLINE V v_negative_fma(V a, V b, V c) { return _mm256_fnmadd_pd(a, b, c); }
static RM_INLINE V v_product_error(V a, V b, V product) { return _mm256_fmsub_pd(a, b, product); }
static RM_INLINE V v_remainder(V a, V q, V b) { return _mm256_fnmadd_pd(q, b, a); }
static RM_INLINE V v_select(M m, V a, V b) { return _mm256_blendv_pd(b, a, m); }
static RM_INLINE V v_keep(M m, V a) { return _mm256_and_pd(m, a); }
static RM_INLINE V v_fma_keep(M m, V a, V b, V c) { return _mm256_blendv_pd(c, _mm256_fmadd_pd(a, b, c), m); }
static RM_INLINE V v_across(V a, const int by)
{
    return by == 2 ? _mm256_permute2f128_pd(a, a, 1) : _mm256_permute_pd(a, 5);
}
static RM_INLINE double v_first(V a) { return _mm256_cvtsd_f64(a); }
static RM_INLINE double v_least(V a)
{
    __m256d b = _mm256_min_pd(a, v_across(a, 2));
    return v_first(_mm256_min_pd(b, v_across(b, 1)));
}
static RM_INLINE double v_total(V a)
{
    __m128d half = _mm_add_pd(_mm256_castpd256_pd128(a), _mm256_extractf128_pd(a, 1));
    return _mm_cvtsd_f64(_mm_add_sd(half, _mm_unpackhi_pd(half, half)));
}
static RM_INLINE M m_lt(V a, V b) { return _mm256_cmp_pd(a, b, _CMP_LT_OQ); }
static RM_INLINE M m_le(V a, V b) { return _mm256_cmp_pd(a, b, _CMP_LE_OQ); }
static RM_INLINE M m_eq(V a, V b) { return _mm256_cmp_pd(a, b, _CMP_EQ_OQ); }
static RM_INLINE M m_and(M a, M b) { return _mm256_and_pd(a, b); }
static RM_INLINE M m_or(M a, M b) { return _mm256_or_pd(a, b); }
static RM_INLINE M m_all(void) { return _mm256_castsi256_pd(_mm256_set1_epi64x(-1)); }
static RM_INLINE M m_not(M a) { return _mm256_xor_pd(a, m_all()); }
static RM_INLINE M m_and_not(M a, M b) { return _mm256_andnot_pd(b, a); }
static RM_INLINE unsigned m_bits(M m) { return (unsigned)_mm256_movemask_pd(m); }
static RM_INLINE M m_not_lt(V a, V b) { return _mm256_cmp_pd(a, b, _CMP_NLT_UQ); }
static RM_INLINE V v_add_keep(M m, V a, V b) { return v_add(b, v_keep(m, a)); }
static RM_INLINE int m_any(M m) { return m_bits(m) != 0; }
static RM_INLINE int m_is_all(M m) { return m_bits(m) == 0xf; }
static RM_INLINE int64_t m_count(M m) { return __builtin_popcount(m_bits(m)); }
static RM_INLINE M m_finite(V a) { return m_lt(v_abs(a), v_set(INFINITY)); }
static RM_INLINE M m_not_negative_finite(V a) { return m_and(m_le(v_set(0), a), m_lt(a, v_set(INFINITY))); }

static RM_INLINE __m256i first_lanes(int64_t count)
{
    return _mm256_cmpgt_epi64(_mm256_set1_epi64x(count), _mm256_setr_epi64x(0, 1, 2, 3));
}
static RM_INLINE M m_first(int64_t count) { return _mm256_castsi256_pd(first_lanes(count)); }
static RM_INLINE V v_load_first(const double *p, int64_t count) { return _mm256_maskload_pd(p, first_lanes(count)); }
static RM_INLINE void v_store_first(double *p, int64_t count, V a) { _mm256_maskstore_pd(p, first_lanes(count), a); }

/* For each set of marked lanes the pairs of 32-bit parts that come first. */
static const int32_t packed[16][8] = {
    {0, 1, 2, 3, 4, 5, 6, 7}, {0, 1, 2, 3, 4, 5, 6, 7}, {2, 3, 0, 1, 4, 5, 6, 7}, {0, 1, 2, 3, 4, 5, 6, 7},
    {4, 5, 0, 1, 2, 3, 6, 7}, {0, 1, 4, 5, 2, 3, 6, 7}, {2, 3, 4, 5, 0, 1, 6, 7}, {0, 1, 2, 3, 4, 5, 6, 7},
    {6, 7, 0, 1, 2, 3, 4, 5}, {0, 1, 6, 7, 2, 3, 4, 5}, {2, 3, 6, 7, 0, 1, 4, 5}, {0, 1, 2, 3, 6, 7, 4, 5},
    {4, 5, 6, 7, 0, 1, 2, 3}, {0, 1, 4, 5, 6, 7, 2, 3}, {2, 3, 4, 5, 6, 7, 0, 1}, {0, 1, 2, 3, 4, 5, 6, 7}};

/* Writes the marked lanes, then anything up to a whole vector. */
static RM_INLINE void v_compress(double *p, M m, V a)
{
    __m256i order = _mm256_loadu_si256((const __m256i *)packed[m_bits(m)]);
    v_store(p, _mm256_castsi256_pd(_mm256_permutevar8x32_epi32(_mm256_castpd_si256(a), order)));
}

#define RM_SET rm_kernels_avx2
#define RM_SET_NAME "avx2"
#include "kernel/passes.inc"

RM_TARGET_END
#endif

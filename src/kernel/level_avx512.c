/* The passes for x86-64 with AVX-512 (F and DQ): eight doubles at a time. */
#include "kernel/levels.h"

#if RM_HAVE_AVX512
#include <immintrin.h>

RM_TARGET_BEGIN("avx512f,avx512dq,avx512vl,avx2,fma,popcnt")

#define W 8
#define RM_LANES(a) a, a, a, a, a, a, a, a
typedef __m512d V;
typedef __mmask8 M;

static RM_INLINE V v_set(double a) { return _mm512_set1_pd(a); }
static RM_INLINE V v_load(const double *p) { return _mm512_loadu_pd(p); }
static RM_INLINE void v_store(double *p, V a) { _mm512_storeu_pd(p, a); }
static RM_INLINE void v_stream(double *p, V a) { _mm512_stream_pd(p, a); }
static RM_INLINE void v_fence(void) { _mm_sfence(); }
static RM_INLINE V v_add(V a, V b) { return _mm512_add_pd(a, b); }
static RM_INLINE V v_sub(V a, V b) { return _mm512_sub_pd(a, b); }
static RM_INLINE V v_mul(V a, V b) { return _mm512_mul_pd(a, b); }
static RM_INLINE V v_div(V a, V b) { return _mm512_div_pd(a, b); }
static RM_INLINE V v_sqrt(V a) { return _mm512_sqrt_pd(a); }
static RM_INLINE V v_min(V a, V b) { return _mm512_min_pd(a, b); }
static RM_INLINE V v_max(V a, V b) { return _mm512_max_pd(a, b); }
static RM_INLINE V v_abs(V a) { return _mm512_andnot_pd(_mm512_set1_pd(-0.0), a); }
static RM_INLINE V v_negative(V a) { return _mm512_xor_pd(_mm512_set1_pd(-0.0), a); }
static RM_INLINE V v_fma(V a, V b, V c) { return _mm512_fmadd_pd(a, b, c); }
static RM_INLINE V v_negative_fma(V a, V b, V c) { return _mm512_fnmadd_pd(a, b, c); }
static RM_INLINE V v_product_error(V a, V b, V product) { return _mm512_fmsub_pd(a, b, product); }
static RM_INLINE V v_remainder(V a, V q, V b) { return _mm512_fnmadd_pd(q, b, a); }
static RM_INLINE V v_select(M m, V a, V b) { return _mm512_mask_blend_pd(m, b, a); }
static RM_INLINE V v_keep(M m, V a) { return _mm512_maskz_mov_pd(m, a); }
static RM_INLINE V v_fma_keep(M m, V a, V b, V c) { return _mm512_mask3_fmadd_pd(a, b, c, m); }
static RM_INLINE V v_across(V a, const int by)
{
    return by == 4   ? _mm512_shuffle_f64x2(a, a, 0x4e)
           : by == 2 ? _mm512_shuffle_f64x2(a, a, 0xb1)
                     : _mm512_permute_pd(a, 0x55);
}
static RM_INLINE double v_first(V a) { return _mm512_cvtsd_f64(a); }
static RM_INLINE double v_least(V a) { return _mm512_reduce_min_pd(a); }
static RM_INLINE double v_total(V a) { return _mm512_reduce_add_pd(a); }
static RM_INLINE M m_lt(V a, V b) { return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ); }
static RM_INLINE M m_le(V a, V b) { return _mm512_cmp_pd_mask(a, b, _CMP_LE_OQ); }
static RM_INLINE M m_eq(V a, V b) { return _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ); }
static RM_INLINE M m_and(M a, M b) { return _kand_mask8(a, b); }
static RM_INLINE M m_or(M a, M b) { return _kor_mask8(a, b); }
static RM_INLINE M m_not(M a) { return _knot_mask8(a); }
static RM_INLINE M m_and_not(M a, M b) { return _kandn_mask8(b, a); }
static RM_INLINE M m_all(void) { return 0xff; }
static RM_INLINE M m_not_lt(V a, V b) { return _mm512_cmp_pd_mask(a, b, _CMP_NLT_UQ); }
static RM_INLINE V v_add_keep(M m, V a, V b) { return _mm512_mask_add_pd(b, m, a, b); }
static RM_INLINE int m_any(M m) { return !_kortestz_mask8_u8(m, m); }
static RM_INLINE int m_is_all(M m) { return _kortestc_mask8_u8(m, m); }
static RM_INLINE unsigned m_bits(M m) { return m; }
static RM_INLINE int64_t m_count(M m) { return __builtin_popcount(m); }
static RM_INLINE M m_finite(V a) { return m_lt(v_abs(a), v_set(INFINITY)); }
static RM_INLINE M m_not_negative_finite(V a)
{
    return _mm512_cmp_epu64_mask(_mm512_castpd_si512(a), _mm512_castpd_si512(v_set(INFINITY)), _MM_CMPINT_LT);
}
static RM_INLINE M m_first(int64_t count) { return (M)((1 << count) - 1); }
static RM_INLINE V v_load_first(const double *p, int64_t count) { return _mm512_maskz_loadu_pd(m_first(count), p); }
static RM_INLINE void v_store_first(double *p, int64_t count, V a) { _mm512_mask_storeu_pd(p, m_first(count), a); }
/* Writes the marked lanes, then anything up to a whole vector. */
static RM_INLINE void v_compress(double *p, M m, V a) { v_store(p, _mm512_maskz_compress_pd(m, a)); }

/* See pour.inc, where others have these one by one. */
#define RM_HAVE_POWERS 1
static RM_INLINE V v_load_bytes(const unsigned char *p)
{
    return _mm512_cvtepi64_pd(_mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(const void *)p)));
}
static RM_INLINE V v_exponent(V x, V *m)
{
    const int64_t root = INT64_C(0x3fe6a09e667f3bcd), bias = INT64_C(1024) << 52; /* sqrt 1/2 */
    __m512i bits = _mm512_castpd_si512(x);
    __m512i of = _mm512_srli_epi64(_mm512_add_epi64(bits, _mm512_set1_epi64(bias - root)), 52);
    of = _mm512_sub_epi64(of, _mm512_set1_epi64(1024));
    *m = _mm512_castsi512_pd(_mm512_sub_epi64(bits, _mm512_slli_epi64(of, 52)));
    return _mm512_cvtepi64_pd(of);
}
static RM_INLINE V v_scale(V x, V k)
{
    const __m512i bias = _mm512_set1_epi64(1023);
    __m512i whole = _mm512_cvtpd_epi64(k);
    __m512i half = _mm512_srai_epi64(_mm512_add_epi64(whole, _mm512_srli_epi64(whole, 63)), 1);
    V first = _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_add_epi64(bias, half), 52));
    V second = _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_add_epi64(bias, _mm512_sub_epi64(whole, half)), 52));
    return _mm512_mul_pd(_mm512_mul_pd(x, first), second);
}

#define RM_SET rm_kernels_avx512
#define RM_SET_NAME "avx512"
#include "kernel/passes.inc"

RM_TARGET_END
#endif

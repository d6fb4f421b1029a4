/* See sum.h. */
#include "base/sum.h"

enum {
    CHUNK_BITS = 32,
    LOWEST_BIT = -2148,     /* exponent of bit 0: the last bit of the smallest product */
    SINGLE_OFFSET = 1074,   /* bit 0 of the smallest double, counted from LOWEST_BIT */
    MANTISSA_BITS = 52
};

#define LOW_HALF UINT64_C(0xffffffff)
#define MOST_ADDITIONS ((int64_t)1 << 30)

void rm_sum_clear(rm_sum *s)
{
    memset(s, 0, sizeof *s);
}

/* Passes carries up.  Afterwards every chunk but the last is in [0, 2^32), and
 * the last one carries the sign. */
static void settle(rm_sum *s)
{
    int64_t carry = 0;
    for (int k = 0; k + 1 < RM_SUM_CHUNKS; k++) {
        int64_t v = s->chunk[k] + carry;
        int64_t low = (int64_t)((uint64_t)v & LOW_HALF);
        s->chunk[k] = low;
        carry = (v - low) / ((int64_t)1 << CHUNK_BITS);
    }
    s->chunk[RM_SUM_CHUNKS - 1] += carry;
    s->additions = 0;
}

/* Splits a finite double into a whole number below 2^53 and the position of
 * its last bit, counted from the last bit of the smallest double. */
static inline uint64_t split(double v, int *position, int *negative)
{
    uint64_t bits = rm_bits(v);
    int exponent = (int)(bits >> MANTISSA_BITS) & 0x7ff;
    uint64_t mantissa = bits & ((UINT64_C(1) << MANTISSA_BITS) - 1);
    *negative = (int)(bits >> 63);
    if (exponent == 0) {
        *position = 0;
        return mantissa;
    }
    *position = exponent - 1;
    return mantissa | (UINT64_C(1) << MANTISSA_BITS);
}

/* Adds (high * 2^64 + low) * 2^position, below 2^106 before the shift. */
static inline void add_bits(rm_sum *s, uint64_t high, uint64_t low, int position, int negative)
{
    int shift = position % CHUNK_BITS;
    int64_t *chunk = s->chunk + position / CHUNK_BITS;
    uint64_t first = low << shift;
    uint64_t second = shift == 0 ? high : (high << shift) | (low >> (64 - shift));
    uint64_t third = shift == 0 ? 0 : high >> (64 - shift);
    int64_t sign = negative ? -1 : 1;
    chunk[0] += sign * (int64_t)(first & LOW_HALF);
    chunk[1] += sign * (int64_t)(first >> CHUNK_BITS);
    chunk[2] += sign * (int64_t)(second & LOW_HALF);
    chunk[3] += sign * (int64_t)(second >> CHUNK_BITS);
    chunk[4] += sign * (int64_t)third;
    if (++s->additions >= MOST_ADDITIONS)
        settle(s);
}

void rm_sum_add(rm_sum *s, double v)
{
    int position, negative;
    uint64_t mantissa = split(v, &position, &negative);
    if (mantissa != 0)
        add_bits(s, 0, mantissa, position + SINGLE_OFFSET, negative);
}

void rm_sum_add_scaled(rm_sum *s, double a, double b, int exponent)
{
    int position_a, position_b, negative_a, negative_b;
    uint64_t m = split(a, &position_a, &negative_a);
    uint64_t n = split(b, &position_b, &negative_b);
    if (m == 0 || n == 0)
        return;
    /* 53 x 53 bits from four products of 32 x 32; none of the sums overflows,
     * because both high parts are below 2^21. */
    uint64_t m_low = m & LOW_HALF, m_high = m >> 32;
    uint64_t n_low = n & LOW_HALF, n_high = n >> 32;
    uint64_t low = m_low * n_low;
    uint64_t middle = m_high * n_low + m_low * n_high + (low >> 32);
    uint64_t high = m_high * n_high + (middle >> 32);
    low = (middle << 32) | (low & LOW_HALF);
    int position = position_a + position_b + exponent;
    for (; position < 0 && (high | low) != 0; position++) {
        low = low >> 1 | high << 63;
        high >>= 1;
    }
    if ((high | low) != 0)
        add_bits(s, high, low, position, negative_a ^ negative_b);
}

void rm_sum_add_product(rm_sum *s, double a, double b)
{
    rm_sum_add_scaled(s, a, b, 0);
}

void rm_sum_add_sum(rm_sum *s, rm_sum *other)
{
    settle(s);
    settle(other);
    for (int k = 0; k < RM_SUM_CHUNKS; k++)
        s->chunk[k] += other->chunk[k];
    settle(s);
}

void rm_sum_subtract_sum(rm_sum *s, rm_sum *other)
{
    settle(s);
    settle(other);
    for (int k = 0; k < RM_SUM_CHUNKS; k++)
        s->chunk[k] -= other->chunk[k];
    settle(s);
}

int rm_sum_sign(rm_sum *s)
{
    settle(s);
    if (s->chunk[RM_SUM_CHUNKS - 1] < 0)
        return -1;
    for (int k = RM_SUM_CHUNKS - 1; k >= 0; k--)
        if (s->chunk[k] != 0)
            return 1;
    return 0;
}

double rm_sum_round_times(const rm_sum *sum, int exponent)
{
    rm_sum s = *sum;
    int sign = rm_sum_sign(&s);
    if (sign == 0)
        return 0.0;
    if (sign < 0) {
        for (int k = 0; k < RM_SUM_CHUNKS; k++)
            s.chunk[k] = -s.chunk[k];
        settle(&s);
    }
    int top = RM_SUM_CHUNKS - 1;
    while (s.chunk[top] == 0)
        top--;
    int leading = top * CHUNK_BITS;
    for (uint64_t v = (uint64_t)s.chunk[top]; v > 1; v >>= 1)
        leading++;
    /* Bit `last` becomes the last of the result: 53 bits, fewer where the
     * result is subnormal. */
    int last = leading - MANTISSA_BITS;
    if (last < SINGLE_OFFSET - exponent)
        last = SINGLE_OFFSET - exponent;
    int k = last / CHUNK_BITS, shift = last % CHUNK_BITS;
    uint64_t mantissa = (uint64_t)s.chunk[k] >> shift;
    for (int up = 1; up <= 2 && k + up < RM_SUM_CHUNKS; up++) {
        int left = up * CHUNK_BITS - shift;
        if (left < 64)
            mantissa |= (uint64_t)s.chunk[k + up] << left;
    }
    int half = last - 1;
    int above = (int)((uint64_t)s.chunk[half / CHUNK_BITS] >> (half % CHUNK_BITS)) & 1;
    if (above) {
        int rest = ((uint64_t)s.chunk[half / CHUNK_BITS] & ((UINT64_C(1) << (half % CHUNK_BITS)) - 1)) != 0;
        for (int j = half / CHUNK_BITS - 1; j >= 0 && !rest; j--)
            rest = s.chunk[j] != 0;
        mantissa += (uint64_t)(rest || (mantissa & 1));
    }
    double v = ldexp((double)mantissa, last + LOWEST_BIT + exponent);
    return sign < 0 ? -v : v;
}

double rm_sum_round(const rm_sum *s)
{
    return rm_sum_round_times(s, 0);
}

double rm_sum_round_down(const rm_sum *sum)
{
    double v = rm_sum_round(sum);
    if (isinf(v))
        return v > 0 ? DBL_MAX : v;
    rm_sum rest = *sum;
    rm_sum_add(&rest, -v);
    return rm_sum_sign(&rest) < 0 ? nextafter(v, -INFINITY) : v;
}

double rm_sum_round_up(const rm_sum *sum)
{
    double v = rm_sum_round(sum);
    if (isinf(v))
        return v > 0 ? v : -DBL_MAX;
    rm_sum rest = *sum;
    rm_sum_add(&rest, -v);
    return rm_sum_sign(&rest) > 0 ? nextafter(v, INFINITY) : v;
}

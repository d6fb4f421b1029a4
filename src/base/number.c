/* Shortest decimal of a double: free-format printing (Steele and White 1990, in
 * the form of Burger and Dybvig 1996).  The value and half the distance to its
 * neighbours are kept as whole numbers r, up, down over a common s; digits are
 * produced until what is left lies within a neighbour's half.  Used for
 * messages only, so plain big integers are fast enough. */
#include "base/number.h"

enum {
    WORDS = 76,  /* 2^1026 * 20, and 10^324 * 2^4, fit with room to spare */
    DIGITS = 17
};

typedef struct big {
    int count;
    uint32_t word[WORDS];
} big;

static void big_set(big *b, uint64_t v)
{
    b->count = 0;
    for (; v != 0; v >>= 32)
        b->word[b->count++] = (uint32_t)v;
}

static void big_multiply(big *b, uint32_t factor)
{
    uint64_t carry = 0;
    for (int k = 0; k < b->count; k++) {
        carry += (uint64_t)b->word[k] * factor;
        b->word[k] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0)
        b->word[b->count++] = (uint32_t)carry;
}

static void big_shift(big *b, int bits)
{
    for (; bits >= 31; bits -= 31)
        big_multiply(b, UINT32_C(1) << 31);
    big_multiply(b, UINT32_C(1) << bits);
}

static int big_compare(const big *a, const big *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (int k = a->count - 1; k >= 0; k--)
        if (a->word[k] != b->word[k])
            return a->word[k] < b->word[k] ? -1 : 1;
    return 0;
}

static void big_add(big *a, const big *b)
{
    uint64_t carry = 0;
    int count = a->count > b->count ? a->count : b->count;
    for (int k = 0; k < count || carry != 0; k++) {
        carry += (k < a->count ? a->word[k] : 0);
        carry += (k < b->count ? b->word[k] : 0);
        if (k >= a->count)
            a->count = k + 1;
        a->word[k] = (uint32_t)carry;
        carry >>= 32;
    }
}

/* a - b for a >= b. */
static void big_subtract(big *a, const big *b)
{
    int64_t borrow = 0;
    for (int k = 0; k < a->count; k++) {
        int64_t v = (int64_t)a->word[k] - (k < b->count ? (int64_t)b->word[k] : 0) + borrow;
        borrow = v < 0 ? -1 : 0;
        a->word[k] = (uint32_t)v;
    }
    while (a->count > 0 && a->word[a->count - 1] == 0)
        a->count--;
}

/* Sign of a + b - c. */
static int big_compare_sum(const big *a, const big *b, const big *c)
{
    big sum = *a;
    big_add(&sum, b);
    return big_compare(&sum, c);
}

/* Digits of v > 0: v reads back from 0.d1 d2 ... times 10^*exponent. */
static int shortest(double v, char digit[DIGITS + 1], int *exponent)
{
    uint64_t bits = rm_bits(v);
    int e = (int)(bits >> 52) & 0x7ff;
    uint64_t m = bits & ((UINT64_C(1) << 52) - 1);
    if (e == 0)
        e = 1;
    else
        m |= UINT64_C(1) << 52;
    /* At a power of two the neighbour below is only half as far. */
    int narrow = m == UINT64_C(1) << 52 && e > 1;
    int even = (m & 1) == 0;
    e -= 1075;
    big r, s, up, down;
    big_set(&r, m);
    big_set(&s, 1);
    big_set(&up, 1);
    big_set(&down, 1);
    big_shift(&r, (e > 0 ? e : 0) + 1 + narrow);
    big_shift(&s, (e < 0 ? -e : 0) + 1 + narrow);
    big_shift(&up, (e > 0 ? e : 0) + narrow);
    big_shift(&down, e > 0 ? e : 0);
    int k = 0;
    while (big_compare_sum(&r, &up, &s) >= (even ? 0 : 1)) {
        big_multiply(&s, 10);
        k++;
    }
    int count = 0;
    for (;;) {
        big_multiply(&r, 10);
        big_multiply(&up, 10);
        big_multiply(&down, 10);
        if (count == 0 && big_compare_sum(&r, &up, &s) < (even ? 0 : 1)) {
            k--; /* a leading zero */
            continue;
        }
        int d = 0;
        while (big_compare(&r, &s) >= 0) {
            big_subtract(&r, &s);
            d++;
        }
        int enough_below = big_compare(&r, &down) < (even ? 1 : 0);
        int enough_above = big_compare_sum(&r, &up, &s) >= (even ? 0 : 1);
        if (!enough_below && !enough_above && count < DIGITS) {
            digit[count++] = (char)('0' + d);
            continue;
        }
        if (enough_above && (!enough_below || big_compare_sum(&r, &r, &s) >= 0))
            d++;
        digit[count++] = (char)('0' + d);
        *exponent = k;
        return count;
    }
}

/* Rounds a digit string to `most` digits and drops zeros at its end. */
static int shorten(char *digit, int count, int most, int *exponent)
{
    if (count > most) {
        int up = digit[most] >= '5';
        count = most;
        for (int k = most - 1; up && k >= 0; k--) {
            up = digit[k] == '9';
            digit[k] = up ? '0' : (char)(digit[k] + 1);
        }
        if (up) {
            digit[0] = '1'; /* 9.99 has become 10.0: the rest are zeros */
            ++*exponent;
        }
    }
    while (count > 1 && digit[count - 1] == '0')
        count--;
    return count;
}

int rm_integer_text(char *out, int64_t v)
{
    char reversed[RM_NUMBER_SIZE];
    int count = 0, length = 0;
    uint64_t magnitude = v < 0 ? UINT64_C(0) - (uint64_t)v : (uint64_t)v;
    do {
        reversed[count++] = (char)('0' + (int)(magnitude % 10));
        magnitude /= 10;
    } while (magnitude != 0);
    if (v < 0)
        out[length++] = '-';
    while (count > 0)
        out[length++] = reversed[--count];
    out[length] = 0;
    return length;
}

static int put_word(char *out, int length, const char *word)
{
    while (*word)
        out[length++] = *word++;
    out[length] = 0;
    return length;
}

int rm_number_text(char *out, double v, int most)
{
    int length = 0;
    if (v != v)
        return put_word(out, 0, "NaN");
    if (v < 0)
        out[length++] = '-';
    if (v - v != 0)
        return put_word(out, length, "infinity");
    if (v == 0)
        return put_word(out, 0, "0");
    char digit[DIGITS + 1];
    int point; /* digits before the decimal point */
    int count = shortest(fabs(v), digit, &point);
    count = shorten(digit, count, most, &point);
    int plain = point > -5 && point <= 16;
    int shown = plain ? point : 1;
    if (shown <= 0) {
        out[length++] = '0';
        out[length++] = '.';
        for (int k = shown; k < 0; k++)
            out[length++] = '0';
    }
    for (int k = 0; k < count || k < shown; k++) {
        if (k == shown && k > 0)
            out[length++] = '.';
        out[length++] = k < count ? digit[k] : '0';
    }
    out[length] = 0;
    if (!plain) {
        length = put_word(out, length, point > 0 ? "e+" : "e-");
        length += rm_integer_text(out + length, point > 0 ? point - 1 : 1 - point);
    }
    return length;
}

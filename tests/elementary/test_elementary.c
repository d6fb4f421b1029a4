/* The library's own elementary functions beside MPFR, with 200 digits in base 2: the errors
 * that elementary.h states are kept. */
#include "support.h"

#include <float.h>
#include <stdio.h>

#include <mpfr.h>

#include "base/elementary.h"

enum { DIGITS = 200, ROUNDS = 200000 };

/* How far `got` is from the value, in units in the last place of a double there. */
static double off_by(double got, mpfr_t value)
{
    double nearest = mpfr_get_d(value, MPFR_RNDN);
    int exponent;
    if (isnan(got))
        return INFINITY;
    if (isinf(nearest) || isinf(got))
        return got == nearest || (isinf(nearest) && fabs(got) == DBL_MAX) ? 0 : INFINITY;
    frexp(nearest, &exponent);
    exponent = nearest == 0 || exponent < DBL_MIN_EXP ? DBL_MIN_EXP : exponent;
    mpfr_t difference;
    mpfr_init2(difference, DIGITS);
    mpfr_sub_d(difference, value, got, MPFR_RNDN);
    mpfr_mul_2si(difference, difference, DBL_MANT_DIG - exponent, MPFR_RNDN);
    double units = fabs(mpfr_get_d(difference, MPFR_RNDU));
    mpfr_clear(difference);
    return units;
}

typedef int (*mpfr_function)(mpfr_t, const mpfr_t, mpfr_rnd_t);

static double error_of(double got, mpfr_function f, double x)
{
    mpfr_t value;
    mpfr_init2(value, DIGITS);
    mpfr_set_d(value, x, MPFR_RNDN);
    f(value, value, MPFR_RNDN);
    double units = off_by(got, value);
    mpfr_clear(value);
    return units;
}

static double positive(dice *d, int64_t round)
{
    switch (round % 5) {
    case 0: return dice_between(d, 0.5, 2);
    case 1: return fabs(dice_wild(d, 1000));
    case 2: return 1 + dice_between(d, -1e-3, 1e-3) * ldexp(1, -(int)dice_below(d, 40)); /* log near 0 */
    case 3: return from_bits(1 + dice_bits(d) % (UINT64_C(0x7ff) << 52)); /* any, subnormal ones too */
    default: return dice_between(d, 0.69, 0.72) * ldexp(1, (int)dice_below(d, 5)); /* where the exponent changes */
    }
}

static void logarithms(void **state)
{
    (void)state;
    dice d = {501};
    double worst = 0, worst_pair = 0;
    mpfr_t value;
    mpfr_init2(value, DIGITS);
    for (int64_t round = 0; round < ROUNDS / slowness(); round++) {
        double x = positive(&d, round), low, high;
        if (x == 1 || isinf(x))
            continue;
        worst = fmax(worst, error_of(rm_log(x), mpfr_log, x));
        high = rm_log_pair(x, &low);
        mpfr_set_d(value, x, MPFR_RNDN);
        mpfr_log(value, value, MPFR_RNDN);
        double size = fabs(mpfr_get_d(value, MPFR_RNDN));
        mpfr_sub_d(value, value, high, MPFR_RNDN);
        mpfr_sub_d(value, value, low, MPFR_RNDN);
        worst_pair = fmax(worst_pair, fabs(mpfr_get_d(value, MPFR_RNDU)) / size);
        assert_same(high + low, high);
    }
    mpfr_clear(value);
    print_message("log: %.4f units, as two doubles 2^%.2f\n", worst, log2(worst_pair));
    assert_true(worst < 0.51);
    assert_true(worst_pair < 0x1p-63);
}

static void exponentials(void **state)
{
    (void)state;
    dice d = {502};
    double worst = 0, worst_small = 0, worst_pair = 0;
    mpfr_t value, told;
    mpfr_inits2(DIGITS, value, told, (mpfr_ptr)0);
    for (int64_t round = 0; round < ROUNDS / slowness(); round++) {
        double exponent = dice_between(&d, -600, 600) / (double)(1 + dice_below(&d, 1000)), low, rest;
        low = exponent * dice_between(&d, -1, 1) * 0x1p-53;
        mpfr_set_d(value, exponent, MPFR_RNDN);
        mpfr_add_d(value, value, low, MPFR_RNDN);
        mpfr_exp(value, value, MPFR_RNDN);
        mpfr_set_d(told, rm_exp_pair(exponent, low, &rest), MPFR_RNDN);
        mpfr_add_d(told, told, rest, MPFR_RNDN);
        mpfr_sub(told, told, value, MPFR_RNDN);
        mpfr_div(told, told, value, MPFR_RNDN);
        worst_pair = fmax(worst_pair, fabs(mpfr_get_d(told, MPFR_RNDU)));
        double x = round % 3 == 0 ? dice_between(&d, -1, 1) : dice_between(&d, -750, 711);
        double off = error_of(rm_exp(x), mpfr_exp, x);
        if (x > -708)
            worst = fmax(worst, off);
        else
            worst_small = fmax(worst_small, off);
    }
    mpfr_clears(value, told, (mpfr_ptr)0);
    print_message("exp: %.4f units, subnormal %.4f, as two doubles 2^%.2f\n", worst, worst_small, log2(worst_pair));
    assert_true(worst_pair < 0x1p-64);
    assert_true(worst < 0.51);
    assert_true(worst_small < 1);
}

static void powers(void **state)
{
    (void)state;
    dice d = {503};
    double worst[3] = {0, 0, 0};
    mpfr_t value, exponent;
    mpfr_inits2(DIGITS, value, exponent, (mpfr_ptr)0);
    for (int64_t round = 0; round < ROUNDS / slowness(); round++) {
        double x = positive(&d, round), y = dice_between(&d, 0.1, 16) * (dice_below(&d, 2) ? 1 : -1);
        int wide = round % 7 == 0;
        if (wide) { /* as far as a double goes */
            x = dice_between(&d, 0.7, 1.5);
            y = dice_between(&d, -1500, 1500);
        } else if (round % 2) {
            y = 1 / y;
        }
        mpfr_set_d(value, x, MPFR_RNDN);
        mpfr_set_d(exponent, y, MPFR_RNDN);
        mpfr_pow(value, value, exponent, MPFR_RNDN);
        double off = off_by(rm_power(x, y), value), size = fabs(mpfr_get_d(value, MPFR_RNDN));
        int kind = size < DBL_MIN ? 2 : wide;
        worst[kind] = fmax(worst[kind], off);
    }
    mpfr_clears(value, exponent, (mpfr_ptr)0);
    print_message("power: %.4f units, exponents up to 1500 %.4f, subnormal %.4f\n", worst[0], worst[1], worst[2]);
    assert_true(worst[0] < 0.55);
    assert_true(worst[1] < 1.2);
    assert_true(worst[2] < 1);
}

static void ends(void **state)
{
    (void)state;
    assert_same(rm_log(0), -INFINITY);
    assert_same(rm_log(1), 0);
    assert_same(rm_log(INFINITY), INFINITY);
    assert_true(isnan(rm_log(-1)));
    assert_true(isnan(rm_log(NAN)));
    assert_same(rm_exp(0), 1);
    assert_same(rm_exp(-INFINITY), 0);
    assert_same(rm_exp(-800), 0);
    assert_same(rm_exp(INFINITY), INFINITY);
    assert_same(rm_exp(710), INFINITY);
    assert_true(isnan(rm_exp(NAN)));
    assert_same(rm_power(1, 1e300), 1);
    assert_same(rm_power(2, 1e300), INFINITY);
    assert_same(rm_power(2, -1e300), 0);
    assert_same(rm_power(0, 2), 0);
    assert_same(rm_power(0, -2), INFINITY);
    assert_same(rm_power(INFINITY, 0.5), INFINITY);
    assert_same(rm_power(INFINITY, -0.5), 0);
    assert_same(rm_power(4, 0.5), 2);
    assert_same(rm_power(10, 3), 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithms),
        cmocka_unit_test(exponentials),
        cmocka_unit_test(powers),
        cmocka_unit_test(ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

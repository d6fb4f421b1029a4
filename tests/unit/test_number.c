/* Doubles as text: the shortest decimal that reads back. */
#include "base/number.h"
#include "support.h"

/* Digits of a decimal, leading and closing zeros apart. */
static int digits_of(const char *text)
{
    int count = 0, zeros = 0;
    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9')
            continue;
        if (*text == '0') {
            zeros += count > 0;
            continue;
        }
        count += zeros + 1;
        zeros = 0;
    }
    return count;
}

/* Reads back, and no shorter decimal does (the C library's correctly rounded
 * printf and strtod, in the C locale, are the witness). */
static void look_at(double v)
{
    char text[RM_NUMBER_SIZE], other[64];
    int length = rm_number_text(text, v, 17);
    assert_int_equal(length, (int)strlen(text));
    assert_true(length < RM_NUMBER_SIZE);
    double back = strtod(text, NULL);
    if (back != v)
        print_error("%a is written %s\n", v, text);
    assert_true(back == v);
    int digits = digits_of(text);
    assert_in_range(digits, v == 0 ? 0 : 1, 17);
    if (digits > 1) {
        snprintf(other, sizeof other, "%.*e", digits - 2, v);
        if (strtod(other, NULL) == v)
            print_error("%a is written %s, and %s is shorter\n", v, text, other);
        assert_true(strtod(other, NULL) != v);
    }
    /* Of the shortest ones the nearest. */
    snprintf(other, sizeof other, "%.*e", digits > 0 ? digits - 1 : 0, v);
    if (strtod(other, NULL) == v && digits < 17) {
        char nearest[RM_NUMBER_SIZE];
        snprintf(nearest, sizeof nearest, "%.*e", digits > 0 ? digits - 1 : 0, strtod(text, NULL));
        assert_string_equal(nearest, other);
    }
}

static void every_kind_of_double_reads_back(void **state)
{
    (void)state;
    dice d = {1};
    for (int round = 0; round < 40000 / (int)slowness(); round++) {
        double v = from_bits(dice_bits(&d));
        if (isfinite(v))
            look_at(v);
        look_at(dice_wild(&d, 60));
        look_at(from_bits(dice_bits(&d) >> (12 + dice_below(&d, 52)))); /* subnormal */
        look_at((double)dice_below(&d, INT64_C(1) << 60) / 1000);
    }
}

static void borders_read_back(void **state)
{
    (void)state;
    for (int e = -1074; e < 1024; e++) {
        double v = ldexp(1, e);
        look_at(v);
        look_at(-v);
        look_at(nextafter(v, INFINITY));
        look_at(nextafter(v, 0));
    }
    const double some[] = {0x1.fffffffffffffp1023, 0x1p-1074, 0x1p-1022, 0x0.fffffffffffffp-1022, 1e22, 1e23, 5e-324,
                           9007199254740993.0, 0.1, 0.3, 2.0 / 3, 123456789012345678.0, 9.5e-5, 9.999999999999999e22};
    for (int64_t k = 0; k < COUNT_OF(some); k++)
        look_at(some[k]);
    for (int k = -30; k < 40; k++)
        look_at(strtod((char[]){'1', 'e', k < 0 ? '-' : '+', (char)('0' + abs(k) / 10), (char)('0' + abs(k) % 10), 0},
                       NULL));
}

static void check_text(double v, int most, const char *expected)
{
    char text[RM_NUMBER_SIZE];
    rm_number_text(text, v, most);
    assert_string_equal(text, expected);
}

static void notation(void **state)
{
    (void)state;
    check_text(0, 17, "0");
    check_text(-0.0, 17, "0");
    check_text(1, 17, "1");
    check_text(-1, 17, "-1");
    check_text(0.1, 17, "0.1");
    check_text(-12.5, 17, "-12.5");
    check_text(100, 17, "100");
    check_text(1e15, 17, "1000000000000000");
    check_text(9999999999999998.0, 17, "9999999999999998");
    check_text(1e16, 17, "1e+16");
    check_text(1.5e300, 17, "1.5e+300");
    check_text(1e-5, 17, "0.00001");
    check_text(9.5e-6, 17, "9.5e-6");
    check_text(5e-324, 17, "5e-324");
    check_text(1.7976931348623157e308, 17, "1.7976931348623157e+308");
    check_text(INFINITY, 17, "infinity");
    check_text(-INFINITY, 17, "-infinity");
    check_text(NAN, 17, "NaN");
}

static void fewer_digits_are_rounded(void **state)
{
    (void)state;
    check_text(2.0 / 3, 3, "0.667");
    check_text(1.0 / 3, 3, "0.333");
    check_text(9.996, 3, "10");
    check_text(9.994, 3, "9.99");
    check_text(0.09996, 3, "0.1");
    check_text(9.9999e15, 2, "1e+16");
    check_text(-123456, 2, "-120000");
    check_text(0.5, 1, "0.5");
    check_text(9.6, 1, "10");
    check_text(1.0000000001, 10, "1");
    check_text(1234.5678, 10, "1234.5678");
}

static void whole_numbers(void **state)
{
    (void)state;
    const int64_t some[] = {0, 1, -1, 9, 10, -10, 1234567890123, INT64_MAX, INT64_MIN, INT64_MIN + 1};
    for (int64_t k = 0; k < COUNT_OF(some); k++) {
        char text[RM_NUMBER_SIZE], expected[32];
        snprintf(expected, sizeof expected, "%lld", (long long)some[k]);
        assert_int_equal(rm_integer_text(text, some[k]), strlen(expected));
        assert_string_equal(text, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_double_reads_back), cmocka_unit_test(borders_read_back),
        cmocka_unit_test(notation),                        cmocka_unit_test(fewer_digits_are_rounded),
        cmocka_unit_test(whole_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

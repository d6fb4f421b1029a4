/* Exact sums, against 128-bit whole numbers and against each other. */
#include "base/sum.h"
#include "support.h"

__extension__ typedef __int128 wide;

/* v * 2^40 as a whole number; v must be one of its multiples and below 2^60. */
static wide units(double v)
{
    return (wide)(v * 0x1p20) * ((wide)1 << 20) + (wide)((v - trunc(v * 0x1p20) * 0x1p-20) * 0x1p40);
}

/* To nearest, ties to even: what the conversion of a whole number does. */
static double rounded(wide v)
{
    return (double)v;
}

/* A multiple of 2^-20 below 2^33, 53 bits at the most. */
static double multiple(dice *d)
{
    return (double)((int64_t)(dice_bits(d) >> 11) >> dice_below(d, 50)) * (dice_below(d, 2) ? 0x1p-20 : -0x1p-20);
}

static void sums_agree_with_whole_numbers(void **state)
{
    (void)state;
    dice d = {1};
    for (int round = 0; round < 2000; round++) {
        rm_sum s;
        rm_sum_clear(&s);
        wide sum = 0;
        for (int64_t k = dice_below(&d, 40); k >= 0; k--) {
            double v = multiple(&d);
            rm_sum_add(&s, v);
            sum += units(v);
        }
        assert_same(rm_sum_round(&s), rounded(sum) * 0x1p-40);
        assert_int_equal(rm_sum_sign(&s), sum > 0 ? 1 : sum < 0 ? -1 : 0);
    }
}

static void products_agree_with_whole_numbers(void **state)
{
    (void)state;
    dice d = {2};
    for (int round = 0; round < 2000; round++) {
        rm_sum s;
        rm_sum_clear(&s);
        wide sum = 0;
        for (int64_t k = dice_below(&d, 30); k >= 0; k--) {
            /* 60 bits each: whole numbers of which a double holds 53. */
            int64_t a = ((int64_t)(dice_bits(&d) >> 11) - ((int64_t)1 << 52)) * (1 << dice_below(&d, 6));
            int64_t b = ((int64_t)(dice_bits(&d) >> 11) - ((int64_t)1 << 52)) * (1 << dice_below(&d, 6));
            rm_sum_add_product(&s, (double)a * 0x1p-30, (double)b * 0x1p-50);
            sum += (wide)a * b;
        }
        assert_same(rm_sum_round(&s), rounded(sum) * 0x1p-80);
        assert_int_equal(rm_sum_sign(&s), sum > 0 ? 1 : sum < 0 ? -1 : 0);
    }
}

static double sum_of(const double *v, int64_t n)
{
    rm_sum s;
    rm_sum_clear(&s);
    for (int64_t k = 0; k < n; k++)
        rm_sum_add(&s, v[k]);
    return rm_sum_round(&s);
}

#define SUM(...) sum_of((double[]){__VA_ARGS__}, COUNT_OF(((double[]){__VA_ARGS__})))

static void ties_go_to_even(void **state)
{
    (void)state;
    assert_same(SUM(1, 0x1p-53), 1);
    assert_same(SUM(1 + 0x1p-52, 0x1p-53), 1 + 0x1p-51);
    assert_same(SUM(-1, -0x1p-53), -1);
    assert_same(SUM(1, 0x1p-53, 0x1p-1074), 1 + 0x1p-52);
    assert_same(SUM(1, 0x1p-53, -0x1p-1074), 1);
    assert_same(SUM(1, -0x1p-54), 1); /* below a power of two the doubles are twice as near */
    assert_same(SUM(1, -0x1p-54, -0x1p-1074), 1 - 0x1p-53);
    assert_same(SUM(1, 0x1p-54, 0x1p-55, 0x1p-55), 1);
    assert_same(SUM(0x1.fffffffffffffp0, 0x1p-53), 2);
    assert_same(SUM(1e300, 1, -1e300), 1);
    assert_same(SUM(1e300, 1e-300, -1e300), 1e-300);
    assert_same(SUM(0, -0.0), 0);
}

static void overflow_is_infinite_only_in_the_end(void **state)
{
    (void)state;
    const double most = 0x1.fffffffffffffp1023;
    assert_same(SUM(most, most), INFINITY);
    assert_same(SUM(-most, -most), -INFINITY);
    assert_same(SUM(most, most, -most), most);
    assert_same(SUM(most, 0x1p969), most);
    assert_same(SUM(most, 0x1p970), INFINITY);                 /* a tie, to even */
    assert_same(SUM(most, 0x1p970, -0x1p-1074), most);
    assert_same(SUM(-most, -0x1p970, 0x1p-1074), -most);
    rm_sum s;
    rm_sum_clear(&s);
    for (int k = 0; k < 1000; k++)
        rm_sum_add_product(&s, most, most);
    assert_same(rm_sum_round(&s), INFINITY);
    assert_int_equal(rm_sum_sign(&s), 1);
    for (int k = 0; k < 1000; k++)
        rm_sum_add_product(&s, -most, most);
    assert_int_equal(rm_sum_sign(&s), 0);
    assert_same(rm_sum_round(&s), 0);
}

static double product_and(double a, double b, double c, double e)
{
    rm_sum s;
    rm_sum_clear(&s);
    rm_sum_add_product(&s, a, b);
    rm_sum_add_product(&s, c, e);
    return rm_sum_round(&s);
}

static void subnormal_results_are_rounded_once(void **state)
{
    (void)state;
    const double least = 0x1p-1074;
    assert_same(SUM(least), least);
    assert_same(SUM(least, least), 2 * least);
    assert_same(SUM(0x1p-1022, -least), 0x1.ffffffffffffep-1023);
    assert_same(product_and(least, 0.5, 0, 0), 0);              /* a tie, to even */
    assert_same(product_and(least, 0.5, least, least), least);  /* a hair above it */
    assert_same(product_and(least, 1.5, 0, 0), 2 * least);
    assert_same(product_and(least, 1.5, -least, least), least);
    assert_same(product_and(-least, 0.5, -least, least), -least);
    assert_same(product_and(least, least, 0, 0), 0);
    assert_same(product_and(0x1.8p-540, 0x1.8p-540, 0, 0), 0);
    rm_sum s;
    rm_sum_clear(&s);
    rm_sum_add_product(&s, least, least);
    assert_int_equal(rm_sum_sign(&s), 1); /* too small to show, and there */
    rm_sum_add_product(&s, -least, least);
    assert_int_equal(rm_sum_sign(&s), 0);
}

static void order_does_not_matter(void **state)
{
    (void)state;
    enum { TERMS = 300 };
    dice d = {3};
    for (int round = 0; round < 200; round++) {
        double a[TERMS], b[TERMS];
        int64_t order[TERMS];
        for (int k = 0; k < TERMS; k++) {
            a[k] = dice_wild(&d, round % 2 ? 1000 : 30);
            b[k] = dice_wild(&d, round % 2 ? 20 : 3);
        }
        rm_sum one, two, half;
        rm_sum_clear(&one);
        for (int k = 0; k < TERMS; k++)
            rm_sum_add_product(&one, a[k], b[k]);
        dice_shuffle(&d, order, TERMS);
        rm_sum_clear(&two);
        rm_sum_clear(&half);
        for (int k = 0; k < TERMS; k++)
            rm_sum_add_product(k % 2 ? &two : &half, b[order[k]], a[order[k]]);
        rm_sum_add_sum(&two, &half);
        assert_same(rm_sum_round(&one), rm_sum_round(&two));
        rm_sum_subtract_sum(&two, &one);
        assert_int_equal(rm_sum_sign(&two), 0);
        assert_same(rm_sum_round(&two), 0);
    }
}

static void round_down_is_the_double_below(void **state)
{
    (void)state;
    dice d = {4};
    for (int round = 0; round < 5000; round++) {
        rm_sum s;
        rm_sum_clear(&s);
        for (int k = 0; k < 5; k++)
            rm_sum_add(&s, dice_wild(&d, 60));
        double down = rm_sum_round_down(&s);
        rm_sum above = s, next = s;
        rm_sum_add(&above, -down);
        rm_sum_add(&next, -nextafter(down, INFINITY));
        assert_true(rm_sum_sign(&above) >= 0);
        assert_true(rm_sum_sign(&next) < 0);
    }
    rm_sum s;
    rm_sum_clear(&s);
    rm_sum_add_product(&s, -0x1p-1074, 0x1p-1000);
    assert_same(rm_sum_round_down(&s), -0x1p-1074);
    rm_sum_clear(&s);
    rm_sum_add(&s, 0x1.fffffffffffffp1023);
    rm_sum_add(&s, 0x1.fffffffffffffp1023);
    assert_same(rm_sum_round_down(&s), 0x1.fffffffffffffp1023);
}

static void many_additions_pass_their_carries(void **state)
{
    (void)state;
    rm_sum s;
    rm_sum_clear(&s);
    s.additions = ((int64_t)1 << 30) - 5; /* as if so many had been made: carries are due soon */
    int64_t terms = 2000000 / slowness();
    for (int64_t k = 0; k < terms; k++)
        rm_sum_add(&s, 0x1.fffffffffffffp52);
    assert_same(rm_sum_round(&s), (double)((wide)terms * ((INT64_C(1) << 53) - 1)));
    assert_true(s.additions < (int64_t)1 << 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_agree_with_whole_numbers), cmocka_unit_test(products_agree_with_whole_numbers),
        cmocka_unit_test(ties_go_to_even), cmocka_unit_test(overflow_is_infinite_only_in_the_end),
        cmocka_unit_test(subnormal_results_are_rounded_once), cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(round_down_is_the_double_below), cmocka_unit_test(many_additions_pass_their_carries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

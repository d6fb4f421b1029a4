/* two_sum, two_product and expansions: nothing is lost. */
#include "base/expansion.h"
#include "base/sum.h"
#include "support.h"

/* Sign of a b - high - low, exactly. */
static int difference(double a, double b, double high, double low)
{
    rm_sum s;
    rm_sum_clear(&s);
    rm_sum_add_product(&s, a, b);
    rm_sum_add(&s, -high);
    rm_sum_add(&s, -low);
    return rm_sum_sign(&s);
}

static void two_sum_loses_nothing(void **state)
{
    (void)state;
    dice d = {1};
    for (int round = 0; round < 100000; round++) {
        double a = dice_wild(&d, 60), b = dice_wild(&d, round % 2 ? 60 : 1000), error;
        double sum = rm_two_sum(a, b, &error);
        assert_same(sum, a + b);
        rm_sum s;
        rm_sum_clear(&s);
        rm_sum_add(&s, a);
        rm_sum_add(&s, b);
        rm_sum_add(&s, -sum);
        rm_sum_add(&s, -error);
        assert_int_equal(rm_sum_sign(&s), 0);
    }
}

static void two_product_loses_nothing(void **state)
{
    (void)state;
    dice d = {2};
    for (int round = 0; round < 100000; round++) {
        double a = dice_wild(&d, 480), b = dice_wild(&d, 480), error;
        double product = rm_two_product(a, b, &error);
        assert_same(product, a * b);
        if (fabs(product) > 0x1p-900)
            assert_int_equal(difference(a, b, product, error), 0);
    }
    /* Factors so large that splitting them has to be scaled. */
    for (int round = 0; round < 10000; round++) {
        double a = dice_wild(&d, 20) * 0x1p1000, b = dice_wild(&d, 20) * 0x1p-60, error;
        double product = rm_two_product(a, b, &error);
        assert_same(product, a * b);
        assert_int_equal(difference(a, b, product, error), 0);
        product = rm_two_product(b, a, &error);
        assert_same(product, a * b);
        assert_int_equal(difference(a, b, product, error), 0);
    }
}

static void expansions_lose_nothing(void **state)
{
    (void)state;
    dice d = {3};
    for (int round = 0; round < 20000; round++) {
        rm_expansion e = {0, {0}};
        rm_sum s;
        rm_sum_clear(&s);
        for (int64_t k = 1 + dice_below(&d, 5); k > 0; k--) {
            double a = dice_wild(&d, 40), b = dice_wild(&d, 40);
            if (dice_below(&d, 2)) {
                rm_expansion_add_product(&e, a, b);
                rm_sum_add_product(&s, a, b);
            } else {
                rm_expansion_add(&e, a);
                rm_sum_add(&s, a);
            }
        }
        double value = rm_sum_round(&s), shown = rm_expansion_round(&e);
        assert_near(shown, value, 2);
        for (int k = 0; k < e.count; k++) {
            assert_true(e.part[k] != 0);
            assert_true(k == 0 || fabs(e.part[k]) > fabs(e.part[k - 1]));
            rm_sum_add(&s, -e.part[k]);
        }
        assert_int_equal(rm_sum_sign(&s), 0);
    }
}

static void what_cancels_is_nothing(void **state)
{
    (void)state;
    rm_expansion e = {0, {0}};
    assert_same(rm_expansion_round(&e), 0);
    rm_expansion_add(&e, 0);
    assert_int_equal(e.count, 0);
    rm_expansion_add_product(&e, 3, 0x1.5555555555555p-2);
    rm_expansion_add(&e, -1);
    assert_same(rm_expansion_round(&e), -0x1p-54);
    rm_expansion_add(&e, 0x1p-54);
    assert_int_equal(e.count, 0);
}

static void quotients_have_150_bits(void **state)
{
    (void)state;
    dice d = {4};
    for (int round = 0; round < 20000; round++) {
        rm_expansion e = {0, {0}};
        rm_sum rest, size;
        rm_sum_clear(&rest);
        rm_sum_clear(&size);
        for (int k = 0; k < 3; k++) {
            double a = dice_wild(&d, 20), b = dice_wild(&d, 20);
            rm_expansion_add_product(&e, a, b);
            rm_sum_add_product(&rest, a, b);
        }
        double divisor = dice_wild(&d, 30), quotient[3], value = rm_sum_round(&rest);
        rm_expansion_divide(&e, divisor, quotient);
        assert_near(quotient[0], value / divisor, 3);
        for (int k = 0; k < 3; k++)
            rm_sum_add_product(&rest, -quotient[k], divisor);
        assert_true(fabs(rm_sum_round(&rest)) <= 0x1p-150 * fabs(value));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_sum_loses_nothing),   cmocka_unit_test(two_product_loses_nothing),
        cmocka_unit_test(expansions_lose_nothing), cmocka_unit_test(what_cancels_is_nothing),
        cmocka_unit_test(quotients_have_150_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

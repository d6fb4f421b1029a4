/* How the price of a row is rounded: every point of the line goes to one double,
 * the same whatever the sign or the scale. */
#include "cost/price.h"
#include "support.h"

enum { ROUNDS = 20000 };

/* A price of any size that is used, some of them powers of two, and a second
 * double of at most an ulp. */
static rm_price draw(dice *d)
{
    double high = dice_wild(d, 400);
    if (dice_below(d, 4) == 0)
        high = ldexp(high < 0 ? -1 : 1, (int)dice_below(d, 800) - 400);
    double ulp = nextafter(fabs(high), INFINITY) - fabs(high);
    double share = dice_below(d, 3) ? dice_between(d, -1, 1) : dice_eighths(d, 1);
    return (rm_price){high, share * ulp, 0};
}

static double gap_above(double y)
{
    return nextafter(y, INFINITY) - y;
}

static void what_is_left_is_within_reach(void **state)
{
    (void)state;
    dice d = {1};
    for (int round = 0; round < ROUNDS; round++) {
        rm_price p = draw(&d);
        double rest = NAN, y = rm_price_round(p.high, p.low, &rest);
        double reach = rm_price_reach(y, rest > 0);
        assert_true(fabs(rest) <= reach * (1 + 0x1p-50)); /* the border itself is rounded */
        assert_true(ulps_apart(y, p.high) <= 2);
    }
}

/* Nothing is lost but the last bits of the second double. */
static void both_parts_are_the_price(void **state)
{
    (void)state;
    dice d = {2};
    for (int round = 0; round < ROUNDS; round++) {
        rm_price p = draw(&d);
        double rest = NAN, y = rm_price_round(p.high, p.low, &rest);
        exact off = {0, {0}};
        exact_add(&off, p.high);
        exact_add(&off, p.low);
        exact_add(&off, -y);
        exact_add(&off, -rest);
        assert_true(fabs(exact_value(&off)) <= 0x1p-104 * fabs(p.high));
    }
}

static void rounding_twice_is_rounding_once(void **state)
{
    (void)state;
    dice d = {3};
    for (int round = 0; round < ROUNDS; round++) {
        rm_price p = draw(&d);
        double rest = NAN, again = NAN, y = rm_price_round(p.high, p.low, &rest);
        if (fabs(rest) >= rm_price_reach(y, rest > 0) * (1 - 0x1p-48))
            continue; /* on the border */
        assert_same(rm_price_round(y, rest, &again), y);
        assert_same(again, rest);
        assert_same(rm_price_round(y, 0, &again), y);
        assert_same(again, 0);
    }
}

static void signs_change_signs_only(void **state)
{
    (void)state;
    dice d = {4};
    for (int round = 0; round < ROUNDS; round++) {
        rm_price p = draw(&d);
        double rest = NAN, mirrored = NAN, y = rm_price_round(p.high, p.low, &rest);
        assert_same(rm_price_round(-p.high, -p.low, &mirrored), -y);
        assert_same(mirrored, rest == 0 ? mirrored : -rest);
        assert_same(rm_price_reach(-y, 0), rm_price_reach(y, 1));
        assert_same(rm_price_reach(-y, 1), rm_price_reach(y, 0));
        double second = rm_price_second(p.high, p.low);
        assert_true(rm_price_second(-p.high, -p.low) == -second);
        assert_same(rm_price_half_second(-p.high), rm_price_half_second(p.high));
    }
}

static void powers_of_two_scale(void **state)
{
    (void)state;
    dice d = {5};
    for (int round = 0; round < ROUNDS; round++) {
        rm_price p = draw(&d);
        int k = (int)dice_below(&d, 200) - 100;
        double high = ldexp(p.high, k), low = ldexp(p.low, k), rest = NAN, scaled = NAN;
        double y = rm_price_round(p.high, p.low, &rest);
        assert_same(rm_price_round(high, low, &scaled), ldexp(y, k));
        assert_same(scaled, ldexp(rest, k));
        for (int up = 0; up < 2; up++)
            assert_same(rm_price_reach(ldexp(y, k), up), ldexp(rm_price_reach(y, up), k));
        assert_same(rm_price_second(high, low), ldexp(rm_price_second(p.high, p.low), k));
        assert_same(rm_price_half_second(high), ldexp(rm_price_half_second(p.high), k));
    }
}

/* What a double reaches upwards and its neighbour downwards is all that lies
 * between them, once. */
static void neighbours_cover_the_line(void **state)
{
    (void)state;
    dice d = {6};
    for (int round = 0; round < ROUNDS; round++) {
        double y = draw(&d).high, next = nextafter(y, INFINITY), gap = gap_above(y), rest = NAN;
        double up = rm_price_reach(y, 1), down = rm_price_reach(next, 0);
        assert_within(up + down, gap, 0x1p-50 * gap);
        /* Just before the border and just behind it, told from either side. */
        double before = up * (1 - 0x1p-40), behind = up * (1 + 0x1p-40);
        assert_same(rm_price_round(y, before, &rest), y);
        assert_same(rm_price_round(next, before - gap, &rest), y);
        assert_same(rm_price_round(y, behind, &rest), next);
        assert_same(rm_price_round(next, behind - gap, &rest), next);
        assert_true(rest < 0);
    }
}

/* That is what the border is moved for: sums of short numbers end in the middle. */
static void the_middle_is_not_the_border(void **state)
{
    (void)state;
    dice d = {7};
    for (int round = 0; round < ROUNDS; round++) {
        double y = fabs(draw(&d).high), next = nextafter(y, INFINITY), gap = gap_above(y), rest = NAN;
        assert_same(rm_price_round(y, gap / 2, &rest), y); /* to the one nearer zero */
        assert_same(rm_price_round(next, -gap / 2, &rest), y);
        assert_true(rm_price_reach(y, 1) > gap * 0.5005);
        assert_true(rm_price_reach(next, 0) < gap * 0.4995);
        /* Nor does any point with ten binary places of an ulp lie near the border. */
        double places = rm_price_reach(y, 1) / gap * 1024;
        assert_true(fabs(places - nearbyint(places)) > 0x1p-11);
    }
}

static void nothing_and_infinity_stay(void **state)
{
    (void)state;
    double rest = NAN;
    assert_same(rm_price_round(0, 0, &rest), 0);
    assert_same(rest, 0);
    assert_same(rm_price_round(INFINITY, 0, &rest), INFINITY);
    assert_same(rm_price_round(-INFINITY, 0, &rest), -INFINITY);
    assert_same(rm_price_second(0, 0), 0);
}

static void the_second_double_is_near_and_short(void **state)
{
    (void)state;
    dice d = {8};
    for (int round = 0; round < ROUNDS; round++) {
        rm_price p = draw(&d);
        double half = rm_price_half_second(p.high), second = rm_price_second(p.high, p.low);
        assert_true(half > 0);
        assert_true(fabs(second - p.low) <= half);
        double steps = second / (2 * half); /* a whole number of units, of 21 bits and a sign */
        assert_true(steps == nearbyint(steps) && fabs(steps) <= 0x1p21);
        assert_true(rm_price_second(p.high, second) == second);
        assert_true(rm_price_second(p.high, second + 0.99 * half) == second);
        assert_true(rm_price_second(p.high, second + 1.01 * half) == second + 2 * half);
        /* The unit is a power of two, and that of all doubles of a binade. */
        int exponent, of_price;
        assert_same(frexp(half, &exponent), 0.5);
        frexp(p.high, &of_price);
        assert_int_equal(of_price - exponent, 52 + 20 + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_is_within_reach), cmocka_unit_test(both_parts_are_the_price),
        cmocka_unit_test(rounding_twice_is_rounding_once), cmocka_unit_test(signs_change_signs_only),
        cmocka_unit_test(powers_of_two_scale),          cmocka_unit_test(neighbours_cover_the_line),
        cmocka_unit_test(the_middle_is_not_the_border), cmocka_unit_test(nothing_and_infinity_stay),
        cmocka_unit_test(the_second_double_is_near_and_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

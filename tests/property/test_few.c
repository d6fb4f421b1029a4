/* Up to 64 variables in one go (kernel/few.inc), on every level of processor: what is
 * said to be done is the long way's answer, bit for bit, and most of what is nothing
 * special is done.  In doubt nothing is said. */
#if defined(__unix__) && !defined(_DEFAULT_SOURCE)
#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS */
#endif
#include "ways.h"

#if defined(__unix__)
#include <sys/mman.h>
#include <unistd.h>
#endif

typedef struct said {
    int known;
    rm_pair price;
    double slope;
} said;

static said ask(const rm_kernels *k, const rm_view *v, double total, double *x)
{
    said s = {-1, {NAN, NAN}, NAN};
    s.known = k->few(v, total, x, &s.price, &s.slope);
    return s;
}

#define for_each_level(k)                                                                                              \
    for (int level = 0; level < RM_LEVELS; level++)                                                                    \
        for (const rm_kernels *k = rm_level_runs(level) ? rm_kernels_at(level) : NULL; k; k = NULL)

/* No linear costs, and fixed variables only by chance. */
static instance draw(dice *d, int64_t n, int kind)
{
    instance t = instance_random(d, n, kind);
    for (int64_t i = 0; i < n; i++)
        t.weight[i] += t.weight[i] == 0;
    return t;
}

/* Returns what was said with x; without x nothing else may be found. */
static int must_be_the_answer(const rm_kernels *k, const rm_view *v, double total, const reference *r)
{
    double x[RM_HANDFUL];
    said with = ask(k, v, total, x), without = ask(k, v, total, NULL);
    if (with.known == RM_HANDFUL_DONE) {
        assert_status(r->status, RM_OK);
        assert_same(with.price.high, r->water.multiplier);
        assert_same(r->water.price.low, 0);
        assert_same_array(x, r->x, v->n);
    }
    if (without.known == RM_HANDFUL_DONE) {
        assert_status(r->bare_status, RM_OK);
        assert_same(without.price.high, r->bare.multiplier);
    }
    assert_true(with.known != RM_HANDFUL_DONE || without.known == RM_HANDFUL_DONE);
    return with.known;
}

static void most_are_done(void **state)
{
    (void)state;
    dice d = {401};
    int64_t tried = 0, done = 0;
    for (int64_t round = 0; round < 2000; round++) {
        instance t = draw(&d, 1 + dice_below(&d, RM_HANDFUL), WILD);
        flatten(&t, (unsigned)dice_below(&d, 64));
        rm_view v = view_of(&t, (unsigned)dice_below(&d, 64));
        reference r = long_way(&v, equal_sides(t.total));
        for_each_level(k) {
            tried++;
            done += must_be_the_answer(k, &v, t.total, &r) == RM_HANDFUL_DONE;
        }
        free(r.x);
        instance_free(&t);
    }
    print_message("done: %.1f %%\n", 100.0 * (double)done / (double)tried);
    assert_true(done > tried / 2);
}

static void what_is_awkward_is_right_or_not_done(void **state)
{
    (void)state;
    dice d = {402};
    for (int64_t round = 0; round < 4000; round++) {
        instance t = draw(&d, 1 + dice_below(&d, round % 2 ? 9 : RM_HANDFUL), (int)(round % KINDS));
        if (round % 3 == 0) /* sums that the bounds just allow, and beyond */
            t.total = nextafter(t.total, dice_below(&d, 2) ? INFINITY : -INFINITY);
        rm_view v = view_of(&t, (unsigned)dice_below(&d, 64));
        reference r = long_way(&v, equal_sides(t.total));
        for_each_level(k)
            must_be_the_answer(k, &v, t.total, &r);
        free(r.x);
        instance_free(&t);
    }
}

/* Where nobody is free at some price on the way, the next one who is shows where to go on. */
static void a_flat_piece_is_left(void **state)
{
    (void)state;
    const double weight[] = {1, 1}, target[] = {0, 20}, lower[] = {0, 9}, upper[] = {1, 10};
    rm_view v = {2, weight, target, NULL, NULL, lower, upper};
    for_each_level(k) {
        double x[2];
        said s = ask(k, &v, 10.5, x);
        assert_int_equal(s.known, RM_HANDFUL_DONE);
        assert_same(s.price.high, 1);
        assert_values(x, 0.5, 10);
        s = ask(k, &v, 9.25, x);
        assert_int_equal(s.known, RM_HANDFUL_DONE);
        assert_same(s.price.high, -21.5);
        assert_values(x, 0, 9.25);
    }
}

/* A price so near the border of two doubles that no sum of two doubles tells the side. */
static void a_price_on_the_border_is_not_decided(void **state)
{
    (void)state;
    const double weight[] = {0.5}, lower[] = {-10}, border = (0.5 + 1.0 / 1021) * 0x1p-52;
    for_each_level(k) {
        for (int side = -1; side <= 1; side++) {
            const double target[] = {-(border + side * 0x1p-66)};
            rm_view v = {1, weight, target, NULL, NULL, lower, NULL};
            said s = ask(k, &v, 1, NULL);
            /* Below the border the nearest double, without it, would still be the upper one. */
            assert_int_equal(s.known, side == 1 ? RM_HANDFUL_DONE : RM_HANDFUL_PRICE);
            assert_same(s.price.high, 1 + 0x1p-52);
            assert_near(s.slope, 1, 1);
        }
    }
}

/* An answer on a bound, or as small as its rounding, is looked at elsewhere. */
static void doubt_is_told(void **state)
{
    (void)state;
    const double weight[] = {0.5, 0.5}, target[] = {1, 2}, lower[] = {0, 0}, upper[] = {3, 9};
    const double apart[] = {1, 1e6};
    rm_view v = {2, weight, target, NULL, NULL, lower, upper}, far = {2, weight, apart, NULL, NULL, NULL, NULL};
    for_each_level(k) {
        double x[2];
        assert_int_equal(ask(k, &v, 6, x).known, RM_HANDFUL_DONE);
        assert_values(x, 2.5, 3.5);
        assert_int_not_equal(ask(k, &v, 7, x).known, RM_HANDFUL_DONE); /* x_0 = 3 */
        assert_int_not_equal(ask(k, &v, 1, x).known, RM_HANDFUL_DONE); /* x_0 = 0 */
        assert_int_equal(ask(k, &far, 1e6, x).known, RM_HANDFUL_DONE);
        assert_int_not_equal(ask(k, &far, 1, x).known, RM_HANDFUL_DONE); /* x_1 = 1, made of 1e6 */
    }
}

/* Where the sums cancel, their errors may move the price. */
static void what_cancels_is_not_decided(void **state)
{
    (void)state;
    const double weight[] = {0.5, 0.5, 0.5}, lower[] = {-INFINITY, -INFINITY, -INFINITY};
    for_each_level(k) {
        for (int power = 10; power <= 60; power += 50) {
            double large = ldexp(1, power), target[] = {large, -large, -0.3};
            rm_view v = {3, weight, target, NULL, NULL, lower, NULL};
            assert_int_equal(ask(k, &v, 1, NULL).known, power == 10 ? RM_HANDFUL_DONE : RM_HANDFUL_PRICE);
        }
    }
}

static void bad_data_are_not_answered(void **state)
{
    (void)state;
    dice d = {403};
    for (int64_t n = 1; n <= RM_HANDFUL; n++) {
        for (int64_t f = 0; f < FLAWS; f++) {
            instance t = draw(&d, n, PLAIN);
            double *all[] = {t.weight, t.target, t.price, t.coef, t.lower, t.upper}, x[RM_HANDFUL];
            int64_t at = dice_below(&d, n);
            t.lower[at] = fmax(t.lower[at], -9);
            t.upper[at] = fmin(t.upper[at], 9);
            all[flaws[f].array][at] = flaws[f].value;
            rm_view v = view_of(&t, 0);
            for_each_level(k) {
                assert_int_not_equal(ask(k, &v, t.total, x).known, RM_HANDFUL_DONE);
                assert_int_not_equal(ask(k, &v, t.total, NULL).known, RM_HANDFUL_DONE);
            }
            instance_free(&t);
        }
    }
}

#if defined(__unix__)
/* n doubles that end where the memory ends. */
static double *last_of_a_page(size_t page, int64_t n)
{
    char *at = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(at != MAP_FAILED);
    assert_int_equal(mprotect(at + page, page, PROT_NONE), 0);
    return (double *)(void *)(at + page) - n;
}

static void nothing_beyond_the_arrays_is_touched(void **state)
{
    (void)state;
    dice d = {404};
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    for (int64_t n = 1; n <= RM_HANDFUL; n++) {
        instance t = draw(&d, n, WILD);
        const double *all[] = {t.weight, t.target, t.price, t.coef, t.lower, t.upper};
        double *copy[7];
        for (int a = 0; a < 7; a++) {
            copy[a] = last_of_a_page(page, n);
            if (a < 6)
                memcpy(copy[a], all[a], (size_t)n * sizeof(double));
        }
        rm_view v = {n, copy[0], copy[1], copy[2], copy[3], copy[4], copy[5]};
        reference r = long_way(&v, equal_sides(t.total));
        for_each_level(k) {
            said s = ask(k, &v, t.total, copy[6]);
            if (s.known == RM_HANDFUL_DONE)
                assert_same_array(copy[6], r.x, n);
        }
        for (int a = 0; a < 7; a++)
            munmap((char *)(copy[a] + n) - page, 2 * page);
        free(r.x);
        instance_free(&t);
    }
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(most_are_done),
        cmocka_unit_test(what_is_awkward_is_right_or_not_done),
        cmocka_unit_test(a_flat_piece_is_left),
        cmocka_unit_test(a_price_on_the_border_is_not_decided),
        cmocka_unit_test(doubt_is_told),
        cmocka_unit_test(what_cancels_is_not_decided),
        cmocka_unit_test(bad_data_are_not_answered),
#if defined(__unix__)
        cmocka_unit_test(nothing_beyond_the_arrays_is_touched),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

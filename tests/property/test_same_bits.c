/* The answer is a function of the problem: what must not change a bit of it. */
#include "instance.h"

enum { ROUNDS = 10000, MOST = 60 };

static int rounds(void)
{
    return ROUNDS / (int)slowness();
}

static void free_all(instance *t, answer *a, instance *u, answer *b)
{
    instance_free(t);
    instance_free(u);
    answer_free(a);
    answer_free(b);
}

/* A variable that has one best place at the price; ties go by index. */
static int tied(const instance *t, int64_t i, double multiplier)
{
    return t->weight[i] == 0 && t->coef[i] != 0 && t->price[i] / t->coef[i] == multiplier;
}

static void order(void **state)
{
    (void)state;
    dice d = {1};
    for (int round = 0; round < rounds(); round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, MOST), round % KINDS);
        int64_t place[MOST];
        dice_shuffle(&d, place, t.n);
        instance u = instance_permuted(&t, place);
        answer a = answer_direct(&t), b = answer_direct(&u);
        assert_status(b.status, a.status);
        for (int64_t k = 0; a.status == RM_OK && k < t.n; k++)
            if (!tied(&u, k, b.multiplier))
                assert_same(b.x[k], a.x[place[k]]);
        if (a.status == RM_OK) {
            assert_same(a.multiplier, b.multiplier);
            assert_optimal(&t, &a);
            assert_optimal(&u, &b);
        }
        free_all(&t, &a, &u, &b);
    }
}

static void order_of_a_row(void **state)
{
    (void)state;
    dice d = {2};
    for (int round = 0; round < rounds(); round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, MOST), round % KINDS);
        int64_t place[MOST], count = 0;
        double coef[MOST], obj_a = 0, obj_b = 0;
        rm_problem *p = instance_problem(&t, NULL, NULL), *q = NULL;
        dice_shuffle(&d, place, t.n);
        for (int64_t k = 0; k < t.n; k++) /* those with coefficient 0 are left out */
            if (t.coef[place[k]] != 0) {
                coef[count] = t.coef[place[k]];
                place[count++] = place[k];
            }
        assert_ok(rm_problem_create(&q, t.n, NULL, NULL));
        assert_ok(rm_problem_add_row(q, count, place, coef, t.total, t.total, NULL));
        assert_ok(rm_problem_set_quadratic(q, t.n, NULL, t.weight, t.target, t.price));
        assert_ok(rm_problem_set_bounds(q, t.n, NULL, t.lower, t.upper));
        answer a = answer_of(p), b = answer_of(q);
        assert_status(b.status, a.status);
        if (a.status == RM_OK) {
            assert_same_array(a.x, b.x, t.n);
            assert_same(a.multiplier, b.multiplier);
            for (int32_t key = RM_INFO_OBJECTIVE; key <= RM_INFO_DUAL_RESIDUAL; key++) {
                assert_ok(rm_problem_get_info_f64(p, key, &obj_a));
                assert_ok(rm_problem_get_info_f64(q, key, &obj_b));
                assert_same(obj_a, obj_b);
            }
        }
        answer_free(&a);
        answer_free(&b);
        rm_problem_destroy(p);
        rm_problem_destroy(q);
        instance_free(&t);
    }
}

static void power_of_two_of_costs(void **state)
{
    (void)state;
    dice d = {3};
    for (int round = 0; round < rounds(); round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, MOST), round % KINDS);
        instance u = instance_copy(&t);
        int power = (int)dice_below(&d, 200) - 100;
        for (int64_t i = 0; i < t.n; i++) {
            u.weight[i] = ldexp(t.weight[i], power);
            u.price[i] = ldexp(t.price[i], power);
        }
        answer a = answer_direct(&t), b = answer_direct(&u);
        assert_status(b.status, a.status);
        if (a.status == RM_OK) {
            assert_same_array(a.x, b.x, t.n);
            assert_same(ldexp(a.multiplier, power), b.multiplier);
        }
        free_all(&t, &a, &u, &b);
    }
}

static void power_of_two_of_quantities(void **state)
{
    (void)state;
    dice d = {4};
    for (int round = 0; round < rounds(); round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, MOST), round % KINDS);
        instance u = instance_copy(&t);
        int power = (int)dice_below(&d, 200) - 100;
        for (int64_t i = 0; i < t.n; i++) {
            double *scaled[] = {&u.target[i], &u.lower[i], &u.upper[i], &u.price[i]};
            for (int k = 0; k < 4; k++)
                *scaled[k] = ldexp(*scaled[k], power);
        }
        u.total = ldexp(t.total, power);
        answer a = answer_direct(&t), b = answer_direct(&u);
        assert_status(b.status, a.status);
        for (int64_t i = 0; a.status == RM_OK && i < t.n; i++)
            assert_same(ldexp(a.x[i], power), b.x[i]);
        if (a.status == RM_OK)
            assert_same(ldexp(a.multiplier, power), b.multiplier);
        free_all(&t, &a, &u, &b);
    }
}

static void signs_of_the_row(void **state)
{
    (void)state;
    dice d = {5};
    for (int round = 0; round < rounds(); round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, MOST), round % KINDS);
        instance u = instance_copy(&t);
        for (int64_t i = 0; i < t.n; i++)
            u.coef[i] = -t.coef[i];
        u.total = -t.total;
        answer a = answer_direct(&t), b = answer_direct(&u);
        assert_status(b.status, a.status);
        if (a.status == RM_OK) {
            assert_same_array(a.x, b.x, t.n);
            /* Of two ends at the same distance from zero either is the nearest. */
            assert_same(fabs(a.multiplier), fabs(b.multiplier));
            double low = -1, high = 1;
            rm_problem *p = instance_problem(&t, NULL, NULL);
            assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
            assert_ok(rm_problem_get_row_ranges(p, 1, NULL, &low, &high, NULL, NULL));
            assert_true(a.multiplier == -b.multiplier || low == -high);
            rm_problem_destroy(p);
        }
        free_all(&t, &a, &u, &b);
    }
}

static void twice_as_many_devices(void **state)
{
    (void)state;
    dice d = {6};
    for (int round = 0; round < rounds(); round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, MOST), round % 3); /* no ties */
        instance u = instance_make(2 * t.n);
        for (int64_t i = 0; i < u.n; i++) {
            int64_t from = i % t.n;
            u.weight[i] = t.weight[from];
            u.target[i] = t.target[from];
            u.price[i] = t.price[from];
            u.coef[i] = t.coef[from];
            u.lower[i] = t.lower[from];
            u.upper[i] = t.upper[from];
        }
        u.total = 2 * t.total;
        answer a = answer_direct(&t), b = answer_direct(&u);
        assert_status(b.status, a.status);
        if (a.status == RM_OK) {
            assert_same_array(a.x, b.x, t.n);
            assert_same_array(a.x, b.x + t.n, t.n);
            assert_same(a.multiplier, b.multiplier);
        }
        free_all(&t, &a, &u, &b);
    }
}

static void holes_and_compacting(void **state)
{
    (void)state;
    dice d = {7};
    for (int round = 0; round < rounds(); round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, MOST), round % KINDS);
        instance more = instance_random(&d, 2 * t.n + 3, round % KINDS);
        int64_t at[MOST], holes[2 * MOST + 3], gone = 0, next = 0, map[2 * MOST + 3];
        for (int64_t i = 0; i < more.n; i++) { /* t's devices somewhere among others, in their order */
            int64_t left = more.n - i, needed = t.n - next;
            if (needed > 0 && dice_below(&d, left) < needed) {
                at[next++] = i;
                continue;
            }
            holes[gone++] = i;
        }
        rm_problem *p = instance_problem(&more, NULL, NULL);
        assert_ok(rm_problem_remove_variables(p, gone, holes));
        assert_ok(rm_problem_set_quadratic(p, t.n, at, t.weight, t.target, t.price));
        for (int64_t k = 0; k < t.n; k++) { /* one by one: old and new bounds may cross */
            const double none[] = {-INFINITY, INFINITY};
            assert_ok(rm_problem_set_bounds(p, 1, &at[k], none, none + 1));
        }
        assert_ok(rm_problem_set_bounds(p, t.n, at, t.lower, t.upper));
        /* The row has more's coefficients: t takes them over. */
        for (int64_t k = 0; k < t.n; k++)
            t.coef[k] = more.coef[at[k]];
        t.total = more.total;
        answer a = answer_direct(&t), b = answer_of(p);
        assert_status(b.status, a.status);
        if (a.status == RM_OK) {
            for (int64_t k = 0; k < t.n; k++)
                assert_same(a.x[k], b.x[at[k]]);
            assert_same(a.multiplier, b.multiplier);
            assert_ok(rm_problem_compact(p, more.n, map));
            double x[MOST];
            assert_ok(rm_problem_get_solution(p, t.n, NULL, x));
            assert_same_array(a.x, x, t.n);
            answer c = answer_of(p);
            assert_same_array(a.x, c.x, t.n);
            assert_same(a.multiplier, c.multiplier);
            answer_free(&c);
        }
        rm_problem_destroy(p);
        free_all(&t, &a, &more, &b);
    }
}

static void devices_that_cannot_move(void **state)
{
    (void)state;
    dice d = {8};
    for (int round = 0; round < rounds(); round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, MOST - 1), PLAIN), u = instance_make(t.n + 1);
        for (int64_t i = 0; i < t.n; i++) {
            u.weight[i] = t.weight[i];
            u.target[i] = t.target[i];
            u.price[i] = t.price[i];
            u.coef[i] = t.coef[i];
            u.lower[i] = t.lower[i];
            u.upper[i] = t.upper[i];
        }
        u.lower[t.n] = u.upper[t.n] = dice_eighths(&d, 100);
        u.coef[t.n] = 3;
        u.target[t.n] = 1e6;
        u.total = t.total + 3 * u.lower[t.n]; /* exact: eighths squared */
        answer a = answer_direct(&t), b = answer_direct(&u);
        if (a.status == RM_OK) {
            assert_status(b.status, RM_OK);
            assert_same_array(a.x, b.x, t.n);
            assert_same(a.multiplier, b.multiplier);
            assert_same(b.x[t.n], u.lower[t.n]);
        }
        free_all(&t, &a, &u, &b);
    }
}

static void what_was_solved_before(void **state)
{
    (void)state;
    dice d = {9};
    for (int round = 0; round < rounds(); round++) {
        instance t = instance_random(&d, 30, round % KINDS), u = instance_random(&d, 30, (round + 1) % KINDS);
        rm_problem *p = instance_problem(&t, NULL, NULL);
        answer first = answer_of(p);
        const double open[] = {-INFINITY, INFINITY};
        assert_ok(rm_problem_set_quadratic(p, 30, NULL, u.weight, u.target, u.price));
        assert_ok(rm_problem_set_bounds(p, 30, NULL, u.lower, u.upper));
        answer other = answer_of(p);
        answer_free(&other);
        assert_ok(rm_problem_set_quadratic(p, 30, NULL, t.weight, t.target, t.price));
        assert_ok(rm_problem_set_bounds(p, 30, NULL, t.lower, t.upper));
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, open, open + 1));
        rm_problem_solve(p, RM_SOLVER_AUTO);
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &t.total, &t.total));
        answer again = answer_of(p);
        assert_status(again.status, first.status);
        if (first.status == RM_OK) {
            assert_same_array(first.x, again.x, 30);
            assert_same(first.multiplier, again.multiplier);
        }
        rm_problem_destroy(p);
        free_all(&t, &first, &u, &again);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order),
        cmocka_unit_test(order_of_a_row),
        cmocka_unit_test(power_of_two_of_costs),
        cmocka_unit_test(power_of_two_of_quantities),
        cmocka_unit_test(signs_of_the_row),
        cmocka_unit_test(twice_as_many_devices),
        cmocka_unit_test(holes_and_compacting),
        cmocka_unit_test(devices_that_cannot_move),
        cmocka_unit_test(what_was_solved_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

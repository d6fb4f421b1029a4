/* The check of an answer: what it must notice, and what its bound may never say. */
#include "instance.h"

enum { OBJECTIVE, BOUND, GAP, ROW, ROW_RELATIVE, BOUNDS, DUAL, FIGURES };

typedef struct figures {
    double of[FIGURES];
} figures;

static figures check(rm_problem *p, const double *x, double y)
{
    static const int32_t key[FIGURES] = {RM_INFO_OBJECTIVE, RM_INFO_BOUND, RM_INFO_GAP, RM_INFO_ROW_RESIDUAL,
                                         RM_INFO_ROW_RESIDUAL_RELATIVE, RM_INFO_BOUND_RESIDUAL, RM_INFO_DUAL_RESIDUAL};
    figures f;
    assert_ok(rm_problem_verify(p, x, &y, FIGURES, key, f.of));
    return f;
}

/* A problem in whole numbers that is built around its answer x at price y. */
static double built(dice *d, instance *t, double *x, double y)
{
    double objective = 0;
    t->total = 0;
    for (int64_t i = 0; i < t->n; i++) {
        t->weight[i] = (double)dice_below(d, 4);
        t->target[i] = (double)(dice_below(d, 21) - 10);
        t->coef[i] = (double)(dice_below(d, 7) - 3);
        x[i] = (double)(dice_below(d, 41) - 20);
        int where = (int)dice_below(d, 3) - 1; /* at its lower bound, between, at its upper one */
        t->lower[i] = x[i] - (where < 0 ? 0 : (double)dice_below(d, 9) + 1);
        t->upper[i] = x[i] + (where > 0 ? 0 : (double)dice_below(d, 9) + 1);
        double push = where < 0 ? (double)dice_below(d, 5) : where > 0 ? -(double)dice_below(d, 5) : 0;
        t->price[i] = t->coef[i] * y - 2 * t->weight[i] * (x[i] - t->target[i]) + push;
        t->total += t->coef[i] * x[i];
        objective += t->weight[i] * (x[i] - t->target[i]) * (x[i] - t->target[i]) + t->price[i] * x[i];
    }
    return objective;
}

static void the_optimum_is_confirmed(void **state)
{
    (void)state;
    dice d = {1};
    for (int round = 0; round < 300; round++) {
        instance t = instance_make(1 + dice_below(&d, 30));
        double x[30], y = (double)(dice_below(&d, 31) - 15);
        double best = built(&d, &t, x, y);
        rm_problem *p = instance_problem(&t, NULL, NULL);
        figures f = check(p, x, y);
        assert_same(f.of[OBJECTIVE], best);
        assert_true(f.of[BOUND] <= best && f.of[BOUND] >= best - 1e-12 * (1 + fabs(best)));
        assert_true(f.of[GAP] >= 0 && f.of[GAP] <= 1e-20 * (1e5 + fabs(best)));
        for (int k = ROW; k < FIGURES; k++)
            assert_same(f.of[k], 0);
        rm_problem_destroy(p);
        instance_free(&t);
    }
}

static void the_bound_is_never_above_the_optimum(void **state)
{
    (void)state;
    dice d = {2};
    for (int round = 0; round < 300; round++) {
        instance t = instance_make(1 + dice_below(&d, 30));
        double x[30], y = (double)(dice_below(&d, 31) - 15);
        double best = built(&d, &t, x, y);
        rm_problem *p = instance_problem(&t, NULL, NULL);
        for (int other = 0; other < 20; other++) {
            double point[30];
            for (int64_t i = 0; i < t.n; i++)
                point[i] = dice_below(&d, 3) ? dice_wild(&d, 5) : x[i];
            figures f = check(p, point, dice_wild(&d, 6));
            assert_true(f.of[BOUND] <= best);
            assert_true(f.of[GAP] >= 0);
        }
        for (int near = -3; near <= 3; near++) /* by a hair beside the price */
            assert_true(check(p, x, y * (1 + near * 0x1p-52)).of[BOUND] <= best);
        rm_problem_destroy(p);
        instance_free(&t);
    }
}

static void a_wrong_x_is_noticed(void **state)
{
    (void)state;
    dice d = {3};
    for (int round = 0; round < 200; round++) {
        instance t = instance_make(12);
        double x[12], y = 3;
        built(&d, &t, x, y);
        t.coef[4] = 2; /* this one is moved */
        t.weight[4] = 1;
        t.price[4] = 2 * y - 2 * (x[4] - t.target[4]);
        t.lower[4] = x[4] - 1;
        t.upper[4] = x[4] + 1;
        t.total = 0;
        for (int i = 0; i < 12; i++)
            t.total += t.coef[i] * x[i];
        rm_problem *p = instance_problem(&t, NULL, NULL);
        x[4] += 0x1p-20;
        figures f = check(p, x, y);
        assert_same(f.of[ROW], 0x1p-19);
        assert_true(f.of[ROW_RELATIVE] > 0 && f.of[ROW_RELATIVE] <= 0x1p-19);
        assert_same(f.of[BOUNDS], 0);
        assert_true(f.of[DUAL] > 0x1p-30);
        x[4] += 3; /* out of its bounds */
        f = check(p, x, y);
        assert_same(f.of[BOUNDS], 2 + 0x1p-20);
        rm_problem_destroy(p);
        instance_free(&t);
    }
}

static void a_wrong_price_is_noticed(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double w[] = {4, 2}, t[] = {3, 2}, price[] = {1, 1}, x[] = {4, 4};
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, w, t, price));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 8, 8, NULL));
    figures f = check(p, x, 9);
    assert_same(f.of[OBJECTIVE], 20);
    assert_same(f.of[DUAL], 0);
    assert_same(f.of[GAP] < 1e-20, 1);
    f = check(p, x, 8); /* each could gain 1^2 / (4 w): 1/16 + 1/8 */
    assert_within(f.of[GAP], 0.1875, 1e-9);
    assert_true(f.of[GAP] >= 0.1875);
    assert_within(f.of[BOUND], 20 - 0.1875, 1e-9);
    /* 1 of |8 * 4| + |8 * 3| + |1| + |8| */
    assert_same(f.of[DUAL], 1.0 / 33);
    rm_problem_destroy(p);
}

static void the_side_belongs_to_the_sign_of_the_price(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double x[] = {1, 1};
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 2, INFINITY, NULL));
    assert_true(check(p, x, 2).of[GAP] < 1e-20);
    assert_same(check(p, x, -1).of[GAP], INFINITY); /* there is no upper side to be paid for */
    assert_same(check(p, x, -1).of[BOUND], -INFINITY);
    assert_true(check(p, x, 0).of[BOUND] <= 0);
    const double low = 1, high = 3;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &low, &high));
    assert_true(check(p, x, 0.5).of[BOUND] <= 0.5);
    assert_true(check(p, x, -0.5).of[BOUND] <= 0);
    const double outside[] = {3, 1};
    assert_same(check(p, outside, 0).of[ROW], 1);
    assert_same(check(p, outside, 0).of[ROW_RELATIVE], 1.0 / 7);
    rm_problem_destroy(p);
}

static void a_linear_cost_without_a_bound_takes_one_from_the_row(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double w[] = {0, 0}, price[] = {1, 2}, x[] = {10, 0};
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, w, NULL, price));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 10, 10, NULL));
    assert_true(check(p, x, 1).of[GAP] < 1e-20);
    figures f = check(p, x, 1.5); /* x_0 would run up, but the row and x_1 >= 0 hold it at 10: the optimum is 10 */
    assert_true(isfinite(f.of[GAP]));
    assert_true(f.of[BOUND] <= 10 && f.of[BOUND] >= 10 - 1e-6);
    const double minus[] = {-INFINITY, -INFINITY};
    assert_ok(rm_problem_set_bounds(p, 2, NULL, minus, NULL)); /* now nothing holds it */
    f = check(p, x, 1.5);
    assert_same(f.of[GAP], INFINITY);
    assert_same(f.of[BOUND], -INFINITY);
    assert_same(f.of[OBJECTIVE], 10);
    rm_problem_destroy(p);
}

static void without_a_row_the_price_is_nothing(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double t[] = {3, -2}, x[] = {3, 0};
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, NULL, t, NULL));
    assert_ok(rm_problem_set_constant(p, 100));
    figures f = check(p, x, 55);
    assert_same(f.of[OBJECTIVE], 104);
    assert_true(f.of[BOUND] <= 104 && f.of[BOUND] > 104 - 1e-9);
    for (int k = ROW; k < FIGURES; k++)
        assert_same(f.of[k], 0);
    rm_problem_destroy(p);
}

static void an_objective_that_overflows_is_infinite(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double x = 1e200, price = -1e200, weight = 0;
    assert_ok(rm_problem_create(&p, 1, NULL, NULL));
    assert_same(check(p, &x, 0).of[OBJECTIVE], INFINITY);
    assert_same(check(p, &x, 0).of[BOUND], -INFINITY);
    assert_ok(rm_problem_set_quadratic(p, 1, NULL, &weight, NULL, &price));
    assert_same(check(p, &x, 0).of[OBJECTIVE], -INFINITY);
    rm_problem_destroy(p);
}

static void holes_are_in_no_row(void **state)
{
    (void)state;
    const double ones[] = {1, 1, 1}, x[] = {2, 5, 3};
    const int64_t hole = 1;
    for (int listed = 0; listed < 2; listed++) {
        rm_problem *p = NULL;
        assert_ok(rm_problem_create(&p, 3, NULL, NULL));
        assert_ok(rm_problem_add_row(p, listed ? 3 : RM_ALL, NULL, listed ? ones : NULL, 5, 5, NULL));
        assert_ok(rm_problem_remove_variables(p, 1, &hole));
        figures f = check(p, x, 4);
        assert_same(f.of[ROW], 0); /* whatever stands in its place */
        assert_same(f.of[OBJECTIVE], 13);
        rm_problem_destroy(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_optimum_is_confirmed),
        cmocka_unit_test(the_bound_is_never_above_the_optimum),
        cmocka_unit_test(a_wrong_x_is_noticed),
        cmocka_unit_test(a_wrong_price_is_noticed),
        cmocka_unit_test(the_side_belongs_to_the_sign_of_the_price),
        cmocka_unit_test(a_linear_cost_without_a_bound_takes_one_from_the_row),
        cmocka_unit_test(without_a_row_the_price_is_nothing),
        cmocka_unit_test(an_objective_that_overflows_is_infinite),
        cmocka_unit_test(holes_are_in_no_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

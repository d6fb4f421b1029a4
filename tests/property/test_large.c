/* A million devices of every shape: the residual rule, the optimality
 * conditions, and no more passes than are promised. */
#include "instance.h"

enum { MOST_PASSES = 300 };

enum { RANDOM, SORTED, FALLING, PERIODIC, PARETO, IDENTICAL, ONE_GIANT, LINEAR, SAME_BREAKPOINT, GEOMETRIC, SHAPES };

static instance shaped(dice *d, int shape, int64_t n)
{
    instance t = instance_make(n);
    for (int64_t i = 0; i < n; i++) {
        double u = dice_between(d, 0, 1), place = (double)i / (double)n;
        t.weight[i] = 0.5 + dice_between(d, 0, 4);
        t.target[i] = dice_between(d, 0, 10);
        t.upper[i] = t.target[i] + dice_between(d, 0, 5);
        switch (shape) {
        case RANDOM: t.price[i] = dice_between(d, -3, 3); break;
        case SORTED: t.target[i] = 10 * place, t.upper[i] = t.target[i] + 1; break;
        case FALLING: t.target[i] = 10 * (1 - place), t.weight[i] = 1 + place; break;
        case PERIODIC: t.target[i] = (double)(i % 1024), t.weight[i] = 1 + (double)(i % 7), t.upper[i] = 2000; break;
        case PARETO: t.target[i] = pow(1 - u, -1 / 1.1), t.upper[i] = 1e9; break;
        case IDENTICAL: t.weight[i] = 3, t.target[i] = 0.1, t.upper[i] = 0.7; break;
        case ONE_GIANT:
            if (i == n / 3)
                t.target[i] = 1e15, t.upper[i] = INFINITY, t.weight[i] = 1e-3;
            break;
        case LINEAR: t.weight[i] = 0, t.price[i] = t.target[i]; break;
        case SAME_BREAKPOINT: t.target[i] = t.upper[i] = 5, t.lower[i] = dice_between(d, 0, 5); break;
        default: t.weight[i] = ldexp(1 + u, (int)(i % 120) - 60), t.upper[i] = 1e6; break;
        }
    }
    /* What half of the devices could carry at the most, as a total. */
    exact sum = {0, {0}};
    for (int64_t i = 0; i < n; i++)
        exact_add(&sum, fmin(t.upper[i], 2 * t.target[i] + 1) * 0.625);
    t.total = exact_value(&sum);
    return t;
}

static void check_shape(int shape)
{
    dice d = {(uint64_t)shape + 1};
    instance t = shaped(&d, shape, 1000000 / slowness());
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, t.n, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, t.n, NULL, t.weight, t.target, t.price));
    assert_ok(rm_problem_set_bounds(p, t.n, NULL, t.lower, t.upper));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, t.total, t.total, NULL));
    answer a = answer_of(p);
    int64_t passes = 0;
    double v;
    assert_optimal(&t, &a);
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_ITERATIONS, &passes));
    assert_true(passes <= MOST_PASSES);
    print_message("%d passes\n", (int)passes);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_BOUND_RESIDUAL, &v));
    assert_same(v, 0);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_DUAL_RESIDUAL, &v));
    assert_true(v <= 8 * 0x1p-52);
    answer b = answer_direct(&t); /* the caller's arrays give the same */
    assert_status(b.status, RM_OK);
    assert_same_array(a.x, b.x, t.n);
    assert_same(a.multiplier, b.multiplier);
    answer_free(&a);
    answer_free(&b);
    rm_problem_destroy(p);
    instance_free(&t);
}

#define SHAPE(name, shape)                                                                                             \
    static void name(void **state)                                                                                     \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        check_shape(shape);                                                                                            \
    }

SHAPE(random_devices, RANDOM)
SHAPE(sorted_devices, SORTED)
SHAPE(falling_devices, FALLING)
SHAPE(periodic_devices, PERIODIC)
SHAPE(pareto_devices, PARETO)
SHAPE(identical_devices, IDENTICAL)
SHAPE(one_giant_device, ONE_GIANT)
SHAPE(linear_devices, LINEAR)
SHAPE(devices_with_one_breakpoint, SAME_BREAKPOINT)
SHAPE(weights_in_a_geometric_row, GEOMETRIC)

/* Breakpoints one after the other in every size: Newton's step falls short each
 * time, and a search that goes from one breakpoint to the next is quadratic. */
static void a_staircase_of_breakpoints(void **state)
{
    (void)state;
    enum { N = 2000 };
    instance t = instance_make(N);
    for (int64_t i = 0; i < N; i++) {
        t.weight[i] = ldexp(1, (int)(i / 2) - 500);
        t.target[i] = 0;
        t.price[i] = ldexp(1, (int)(i / 2) - 500);
        t.lower[i] = i % 2 ? 0 : 1;
        t.upper[i] = i % 2 ? ldexp(1, -(int)(i % 50)) : INFINITY;
    }
    t.total = 1e4;
    rm_problem *p = instance_problem(&t, NULL, NULL);
    answer a = answer_of(p);
    int64_t passes = 0;
    assert_optimal(&t, &a);
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_ITERATIONS, &passes));
    assert_true(passes <= MOST_PASSES);
    answer_free(&a);
    rm_problem_destroy(p);
    instance_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_devices),     cmocka_unit_test(sorted_devices),
        cmocka_unit_test(falling_devices),    cmocka_unit_test(periodic_devices),
        cmocka_unit_test(pareto_devices),     cmocka_unit_test(identical_devices),
        cmocka_unit_test(one_giant_device),   cmocka_unit_test(linear_devices),
        cmocka_unit_test(devices_with_one_breakpoint), cmocka_unit_test(weights_in_a_geometric_row),
        cmocka_unit_test(a_staircase_of_breakpoints),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

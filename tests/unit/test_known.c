/* Answers that are known. */
#include "instance.h"

/* Both ways in, exactly these numbers. */
static void check_two(double total, double x0, double x1, double price)
{
    instance t = instance_make(2);
    memcpy(t.weight, (double[]){4, 2}, 16);
    memcpy(t.target, (double[]){3, 2}, 16);
    memcpy(t.price, (double[]){1, 1}, 16);
    t.total = total;
    rm_problem *p = instance_problem(&t, NULL, NULL);
    answer one = answer_direct(&t), two = answer_of(p);
    assert_status(one.status, RM_OK);
    assert_status(two.status, RM_OK);
    assert_values(one.x, x0, x1);
    assert_values(two.x, x0, x1);
    assert_same(one.multiplier, price);
    assert_same(two.multiplier, price);
    answer_free(&one);
    answer_free(&two);
    rm_problem_destroy(p);
    instance_free(&t);
}

static void the_worked_example(void **state)
{
    (void)state;
    check_two(5, 3, 2, 1);
    check_two(8, 4, 4, 9);
    check_two(2, 2, 0, -7); /* the second stands at its bound */
}

static void halves_do_not_count_twice(void **state)
{
    (void)state;
    /* One device: x = M whatever it costs, and the price is 2 w (M - t) + p. */
    double x, y;
    const double w = 3, t = 10, p = -2;
    assert_ok(rm_waterfill(1, &w, &t, &p, NULL, NULL, NULL, 4, &x, &y, NULL));
    assert_same(x, 4);
    assert_same(y, -38);
    const double a = -2, low = -INFINITY;
    assert_ok(rm_waterfill(1, &w, &t, &p, &a, &low, NULL, 4, &x, &y, NULL));
    assert_same(x, -2);
    assert_same(y, 37); /* (6 (-2 - 10) - 2) / -2 */
}

static void equal_devices_share_equally(void **state)
{
    (void)state;
    enum { N = 1024 };
    double x[N], y;
    assert_ok(rm_waterfill(N, NULL, NULL, NULL, NULL, NULL, NULL, 1e9, x, &y, NULL));
    for (int i = 0; i < N; i++)
        assert_same(x[i], 1e9 / N);
    assert_same(y, 2e9 / N);
}

static void ties_go_by_index_from_the_lower_end(void **state)
{
    (void)state;
    const double w[] = {0, 0, 0, 0}, price[] = {2, 1, 2, 2}, low[] = {1, 0, 1, 1}, up[] = {3, 5, 4, 9};
    double x[4], y;
    assert_ok(rm_waterfill(4, w, NULL, price, NULL, low, up, 12, x, &y, NULL));
    assert_values(x, 3, 5, 3, 1);
    assert_same(y, 2);
    assert_ok(rm_waterfill(4, w, NULL, price, NULL, low, up, 8, x, &y, NULL));
    assert_values(x, 1, 5, 1, 1);
    /* Without a lower end from the target. */
    const double open[] = {-INFINITY, -INFINITY}, target[] = {4, 7}, both[] = {3, 3};
    assert_ok(rm_waterfill(2, w, target, both, NULL, open, NULL, 15, x, &y, NULL));
    assert_values(x, 8, 7);
    assert_same(y, 3);
}

static void a_price_is_zero_where_nothing_binds(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    double v[3];
    const double t[] = {5, 6};
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, NULL, t, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2, NULL, v));
    assert_values(v, 5, 6);
    assert_ok(rm_problem_get_reduced_costs(p, 2, NULL, v));
    assert_values(v, 0, 0);
    assert_ok(rm_problem_get_row_duals(p, 0, NULL, NULL));
    rm_problem_destroy(p);
}

static void a_fixed_device_does_not_move(void **state)
{
    (void)state;
    instance t = instance_make(3);
    t.lower[1] = t.upper[1] = 0.1;
    t.total = 1.3;
    answer a = answer_direct(&t);
    assert_optimal(&t, &a);
    assert_same(a.x[1], 0.1);
    assert_same(a.x[0], a.x[2]);
    assert_near(a.x[0], 0.6, 1);
    answer_free(&a);
    instance_free(&t);
}

static void infinite_objectives_keep_their_answer(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double t[] = {1e200, 0};
    double x[2], v;
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, NULL, t, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 0, 0, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2, NULL, x));
    assert_values(x, 0, 0);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &v));
    assert_same(v, INFINITY);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_BOUND, &v));
    assert_same(v, -INFINITY);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example),
        cmocka_unit_test(halves_do_not_count_twice),
        cmocka_unit_test(equal_devices_share_equally),
        cmocka_unit_test(ties_go_by_index_from_the_lower_end),
        cmocka_unit_test(a_price_is_zero_where_nothing_binds),
        cmocka_unit_test(a_fixed_device_does_not_move),
        cmocka_unit_test(infinite_objectives_keep_their_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

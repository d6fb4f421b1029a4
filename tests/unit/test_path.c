/* The price of every total, on problems whose path is known. */
#include "heap.h"
#include "snapshot.h"

enum { MOST = 64 };

static rm_problem *with_total(int64_t n)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, n, NULL, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 1, 1, NULL));
    return p;
}

/* The worked example of the README: x_1 leaves 0 at the price -23, x_2 at -7. */
static rm_problem *two_devices(void)
{
    const double w[] = {4, 2}, t[] = {3, 2}, price[] = {1, 1};
    rm_problem *p = with_total(2);
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, w, t, price));
    return p;
}

/* The path has these points. */
static void must_have(rm_problem *p, double from, double to, int64_t count, const double *total, const double *dual,
                      const double *objective)
{
    int64_t points;
    double got[3][MOST];
    assert_ok(rm_problem_build_path(p, 0, from, to, &points));
    assert_int_equal(points, count);
    assert_ok(rm_problem_get_path(p, 0, points, got[0], got[1], got[2]));
    assert_same_array(got[0], total, count);
    assert_same_array(got[1], dual, count);
    assert_same_array(got[2], objective, count);
}

static void must_cost(rm_problem *p, double total, double objective, double low, double high)
{
    double got[3];
    assert_ok(rm_problem_path_at(p, 1, &total, &got[0], &got[1], &got[2]));
    assert_same(got[0], objective);
    assert_same(got[1], low);
    assert_same(got[2], high);
}

static void must_buy(rm_problem *p, double dual, double low, double high)
{
    double got[2];
    assert_ok(rm_problem_path_at_dual(p, 1, &dual, &got[0], &got[1]));
    assert_same(got[0], low);
    assert_same(got[1], high);
}

static void two_devices_in_full(void **state)
{
    (void)state;
    rm_problem *p = two_devices();
    must_have(p, 0, 8, 4, (const double[]){0, 2, 4.625, 8}, (const double[]){-23, -7, 0, 9},
              (const double[]){44, 14, 4.8125, 20});
    must_cost(p, 5, 5, 1, 1);
    must_cost(p, 8, 20, 9, 9);
    must_cost(p, 2, 14, -7, -7);
    must_cost(p, 0, 44, -INFINITY, -23);
    must_cost(p, 1, 44 - 23 + 4, -15, -15);
    must_buy(p, 1, 5, 5);
    must_buy(p, 100, 8, 8);
    must_buy(p, -100, 0, 0);
    /* The constant is part of the objective; the row's own sides say nothing. */
    assert_ok(rm_problem_set_constant(p, 100));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, (const double[]){-INFINITY}, (const double[]){3}));
    must_have(p, -INFINITY, 8, 4, (const double[]){0, 2, 4.625, 8}, (const double[]){-23, -7, 0, 9},
              (const double[]){144, 114, 104.8125, 120});
    /* A part of it: a total below 0 cannot be had. */
    must_have(p, 1, 2, 2, (const double[]){1, 2}, (const double[]){-15, -7}, (const double[]){125, 114});
    must_have(p, 5, 5, 1, (const double[]){5}, (const double[]){1}, (const double[]){105});
    must_have(p, -7, 0, 1, (const double[]){0}, (const double[]){-23}, (const double[]){144});
    rm_problem_destroy(p);
}

static void offers_by_price(void **state)
{
    (void)state;
    const double none[] = {0, 0, 0, 0}, price[] = {5, 2, 1, 2}, upper[] = {20, 5, 10, 5};
    rm_problem *p = with_total(4);
    assert_ok(rm_problem_set_quadratic(p, 4, NULL, none, NULL, price));
    assert_ok(rm_problem_set_bounds(p, 4, NULL, NULL, upper));
    must_have(p, -INFINITY, INFINITY, 6, (const double[]){0, 10, 10, 20, 20, 40}, (const double[]){1, 1, 2, 2, 5, 5},
              (const double[]){0, 10, 10, 30, 30, 130});
    must_cost(p, 10, 10, 1, 2);
    must_cost(p, 15, 20, 2, 2);
    must_cost(p, 40, 130, 5, INFINITY);
    must_buy(p, 2, 10, 20);
    must_buy(p, 3, 20, 20);
    must_buy(p, 0, 0, 0);
    must_have(p, 10, 25, 5, (const double[]){10, 10, 20, 20, 25}, (const double[]){1, 2, 2, 5, 5},
              (const double[]){10, 10, 30, 30, 55});
    rm_problem_destroy(p);
}

/* A linear device without a lower end: the price never falls below its own. */
static void a_floor_of_prices(void **state)
{
    (void)state;
    const double w[] = {0, 1}, price[] = {2, 0}, lower[] = {-INFINITY, -INFINITY}, upper[] = {5, INFINITY};
    rm_problem *p = with_total(2);
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, w, NULL, price));
    assert_ok(rm_problem_set_bounds(p, 2, NULL, lower, upper));
    must_have(p, -10, 10, 3, (const double[]){-10, 6, 10}, (const double[]){2, 2, 10}, (const double[]){-21, 11, 35});
    /* Nor above it, without an upper end either. */
    assert_ok(rm_problem_set_bounds(p, 1, NULL, NULL, (const double[]){INFINITY}));
    must_have(p, -10, 10, 2, (const double[]){-10, 10}, (const double[]){2, 2}, (const double[]){-21, 19});
    rm_problem_destroy(p);
}

static void coefficients_of_both_signs(void **state)
{
    (void)state;
    /* a x is y / 2 from each, x_2 between -1 and 0 only: up to the price 2. */
    const double w[] = {1, 1}, lower[] = {-INFINITY, -1}, upper[] = {INFINITY, 0}, coef[] = {1, -1};
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, w, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, 2, NULL, lower, upper));
    assert_ok(rm_problem_add_row(p, 2, NULL, coef, 0, 0, NULL));
    must_have(p, -1, 4, 4, (const double[]){-1, 0, 2, 4}, (const double[]){-2, 0, 2, 6}, (const double[]){1, 0, 2, 10});
    rm_problem_destroy(p);
}

static void flat_ground_has_two_prices(void **state)
{
    (void)state;
    const double w[] = {1, 1}, t[] = {0, 9}, upper[] = {2, 2}, price[] = {0, 30};
    rm_problem *p = with_total(2);
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, w, t, price));
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, upper));
    must_have(p, 0, 4, 4, (const double[]){0, 2, 2, 4}, (const double[]){0, 4, 12, 16},
              (const double[]){81, 85, 85, 113});
    must_cost(p, 2, 85, 4, 12);
    must_buy(p, 7, 2, 2);
    /* Begun or ended there, it has both prices as well. */
    must_have(p, 2, 4, 3, (const double[]){2, 2, 4}, (const double[]){4, 12, 16}, (const double[]){85, 85, 113});
    must_have(p, 0, 2, 3, (const double[]){0, 2, 2}, (const double[]){0, 4, 12}, (const double[]){81, 85, 85});
    rm_problem_destroy(p);
}

static void a_total_that_may_be_missed(void **state)
{
    (void)state;
    rm_problem *p = with_total(1);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, (const double[]){3}, NULL, NULL));
    must_have(p, -INFINITY, 10, 3, (const double[]){0, 1.5, 10}, (const double[]){0, 3, 3},
              (const double[]){0, 2.25, 27.75});
    rm_problem_destroy(p);
}

/* Where a device stands, both prices of moving it. */
static void moves_make_steps(void **state)
{
    (void)state;
    const double current[] = {1, 0}, up[] = {1, 0}, down[] = {3, 0};
    rm_problem *p = with_total(2);
    assert_ok(rm_problem_set_move_cost(p, 2, NULL, current, up, down));
    /* x_1 rises to 1 up to the price 2 - 3, stays up to 2 + 1; x_2 = y / 2 from 0 on. */
    must_have(p, 0, 4, 5, (const double[]){0, 1, 1, 2.5, 4}, (const double[]){-3, -1, 0, 3, 4.5},
              (const double[]){3, 1, 1, 3.25, 8.875});
    rm_problem_destroy(p);
}

static void water_level_of_a_log(void **state)
{
    (void)state;
    const double shift[] = {0.8, 1.0, 1.2};
    double total[MOST], dual[MOST], objective[MOST], at, low, high;
    int64_t points;
    rm_problem *p = with_total(3);
    assert_ok(rm_problem_set_log(p, 3, NULL, NULL, shift));
    assert_ok(rm_problem_build_path(p, 0, 0, 1, &points));
    assert_int_equal(points, 4);
    assert_ok(rm_problem_get_path(p, 0, 4, total, dual, objective));
    const double want_total[] = {0, 0.2, 0.6, 1}, want_dual[] = {-1.25, -1, -1 / 1.2, -0.75};
    for (int k = 0; k < 4; k++) {
        assert_within(total[k], want_total[k], 1e-15);
        assert_within(dual[k], want_dual[k], 1e-15);
    }
    assert_within(objective[0], -log(0.8 * 1.0 * 1.2), 1e-15);
    assert_within(objective[3], -3 * log(4.0 / 3), 1e-15);
    /* The level is a straight line: half way from 1 to 1.2. */
    assert_ok(rm_problem_path_at(p, 1, (const double[]){0.4}, &at, &low, &high));
    assert_within(low, -1 / 1.1, 1e-15);
    assert_same(low, high);
    assert_within(at, -log(1.1 * 1.1 * 1.2), 1e-15);
    rm_problem_destroy(p);
}

/* One log whose shift is its lower end: infinite price and cost there. */
static void from_an_open_end(void **state)
{
    (void)state;
    double dual, at, low, high, shares[] = {0, 1};
    rm_problem *p = with_total(1);
    assert_ok(rm_problem_set_log(p, 1, NULL, NULL, NULL));
    assert_ok(rm_problem_build_path(p, 0, -1, 4, NULL));
    assert_ok(rm_problem_get_path(p, 0, 1, NULL, &dual, NULL));
    assert_same(dual, -INFINITY);
    assert_ok(rm_problem_path_at(p, 1, (const double[]){0}, &at, &low, &high));
    assert_same(at, INFINITY);
    assert_same(high, -INFINITY);
    assert_ok(rm_problem_path_at(p, 1, (const double[]){0.5}, &at, &low, &high));
    assert_within(at, log(2.0), 1e-15);
    assert_within(low, -2, 1e-15);
    /* A mix with an entropy begins a little inside. */
    assert_ok(rm_problem_add_variables(p, 1, NULL));
    assert_ok(rm_problem_set_entropy(p, 1, (const int64_t[]){1}, NULL, (const double[]){1}));
    assert_ok(rm_problem_build_path(p, 0, -1, 4, NULL));
    assert_ok(rm_problem_get_path(p, 0, 1, shares, NULL, NULL));
    assert_true(shares[0] > 0 && shares[0] <= 4 * 0x1p-40);
    /* -1 / x = log z, x + z = 1.5: y = -1 / x. */
    assert_ok(rm_problem_path_at(p, 1, (const double[]){1.5}, NULL, &low, &high));
    double x = -1 / low;
    assert_within(x + exp(low), 1.5, 1e-5);
    rm_problem_destroy(p);
}

static void x_of_a_total(void **state)
{
    (void)state;
    rm_problem *p = two_devices();
    double x[2] = {7, 7}, got;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_build_path(p, 0, 0, 8, NULL));
    assert_ok(rm_problem_get_path_solution(p, 8, 2, NULL, x));
    assert_values(x, 4, 4);
    assert_ok(rm_problem_get_path_solution(p, 5, 1, (const int64_t[]){1}, x));
    assert_values(x, 2, 4);
    /* The last answer is what it was. */
    assert_ok(rm_problem_get_solution(p, 1, NULL, &got));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 1, NULL, x));
    assert_same(x[0], got);
    /* A solve leaves the path. */
    must_cost(p, 5, 5, 1, 1);
    rm_problem_destroy(p);
}

static void edits_withdraw_it(void **state)
{
    (void)state;
    rm_problem *p = two_devices(), *copy = NULL;
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_get_path(p, 0, 0, NULL, NULL, NULL), "there is no path");
    assert_ok(rm_problem_build_path(p, 0, 0, 8, NULL));
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
    assert_status(rm_problem_path_at(copy, 0, NULL, NULL, NULL, NULL), RM_ERROR_NO_ANSWER);
    rm_problem_destroy(copy);
    assert_ok(rm_problem_set_name(p, RM_NAME_ROW, 0, "total"));
    must_cost(p, 5, 5, 1, 1);
    assert_ok(rm_problem_set_price(p, 1, NULL, (const double[]){0}));
    assert_status(rm_problem_path_at_dual(p, 0, NULL, NULL, NULL), RM_ERROR_NO_ANSWER);
    assert_status(rm_problem_get_path_solution(p, 1, 0, NULL, NULL), RM_ERROR_NO_ANSWER);
    rm_problem_destroy(p);
}

static void outcomes_in_words(void **state)
{
    (void)state;
    rm_problem *p = two_devices();
    const double upper[] = {3, 4};
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, upper));
    assert_ok(rm_problem_build_path(p, 0, 1, 2, NULL));
    assert_refused(p, RM_INFEASIBLE, rm_problem_build_path(p, 0, 9, 10, NULL), "can carry is 7", "2 short of the total 9");
    assert_refused(p, RM_INFEASIBLE, rm_problem_build_path(p, 0, -3, -1, NULL), "can carry is 0", "more than the total -1");
    must_cost(p, 1, 25, -15, -15); /* the one before is still there */
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, (const double[]){INFINITY, 4}));
    assert_refused(p, RM_ERROR_RANGE, rm_problem_build_path(p, 0, 0, INFINITY, NULL), "no limit", "finite");
    /* Two that run against each other. */
    const double w[] = {0, 0}, price[] = {1, 3}, lower[] = {0, -INFINITY};
    assert_ok(rm_problem_set_quadratic(p, 2, NULL, w, NULL, price));
    assert_ok(rm_problem_set_bounds(p, 2, NULL, lower, NULL));
    assert_refused(p, RM_UNBOUNDED, rm_problem_build_path(p, 0, 0, 1, NULL), "variable 0 runs upwards",
                   "variable 1 runs downwards");
    int32_t flag = 1;
    assert_ok(rm_problem_set_cancel_flag(p, &flag));
    assert_refused(p, RM_CANCELLED, rm_problem_build_path(p, 0, 0, 1, NULL), "cancelled");
    assert_ok(rm_problem_set_cancel_flag(p, NULL));
    assert_ok(rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, 0));
    assert_refused(p, RM_LIMIT, rm_problem_build_path(p, 0, 0, 1, NULL), "limit");
    rm_problem_destroy(p);
}

static void refused(void **state)
{
    (void)state;
    rm_problem *p = two_devices();
    double out[2];
    assert_refused(p, RM_ERROR_RANGE, rm_problem_build_path(p, 1, 0, 1, NULL), "rm_problem_build_path", "1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_build_path(p, 0, 2, 1, NULL), "to is 1", "at least from");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_build_path(p, 0, INFINITY, INFINITY, NULL), "from is inf");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_build_path(p, 0, -INFINITY, -INFINITY, NULL), "to is -inf");
    assert_refused(p, RM_ERROR_NAN, rm_problem_build_path(p, 0, NAN, 1, NULL), "from is NaN");
    assert_ok(rm_problem_build_path(p, 0, 0, 8, NULL));
    assert_refused(p, RM_ERROR_RANGE, rm_problem_get_path(p, 5, 0, NULL, NULL, NULL), "first is 5");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_get_path(p, -1, 0, NULL, NULL, NULL), "first is -1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_get_path(p, 1, 4, NULL, NULL, NULL), "count is 4");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_path_at(p, 2, (const double[]){3, 9}, out, NULL, NULL), "total 1 is 9",
                   "from 0 to 8");
    assert_refused(p, RM_ERROR_NAN, rm_problem_path_at(p, 1, (const double[]){NAN}, out, NULL, NULL), "total 0 is NaN");
    assert_refused(p, RM_ERROR_NULL, rm_problem_path_at(p, 1, NULL, out, NULL, NULL), "total is NULL");
    assert_refused(p, RM_ERROR_NULL, rm_problem_path_at_dual(p, 1, NULL, out, NULL), "dual is NULL");
    assert_refused(p, RM_ERROR_NAN, rm_problem_path_at_dual(p, 1, (const double[]){NAN}, out, NULL), "dual is NaN");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_path_at_dual(p, -1, out, NULL, NULL), "count is -1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_get_path_solution(p, 9, 2, NULL, out), "is 9");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_get_path_solution(p, 1, 3, NULL, out), "count is 3");
    assert_refused(p, RM_ERROR_NULL, rm_problem_get_path_solution(p, 1, 2, NULL, NULL), "x is NULL");
    assert_status(rm_problem_build_path(NULL, 0, 0, 1, NULL), RM_ERROR_NULL);
    assert_status(rm_problem_get_path(NULL, 0, 0, NULL, NULL, NULL), RM_ERROR_NULL);
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 0, 1, NULL));
    assert_refused(p, RM_ERROR_NOT_SUPPORTED, rm_problem_build_path(p, 0, 0, 1, NULL), "more than one row");
    rm_problem_destroy(p);
}

/* What was once wrong. */
static void found_by_trying(void **state)
{
    (void)state;
    double objective, low, high;
    int64_t points;
    /* The floor of a linear device below what is asked for. */
    rm_problem *p = with_total(3);
    assert_ok(rm_problem_set_quadratic(p, 3, NULL, (const double[]){0, 1, 1}, (const double[]){0, 0, -5}, NULL));
    assert_ok(rm_problem_set_bounds(p, 3, NULL, (const double[]){-INFINITY, 0, 0}, (const double[]){0, 1, 1}));
    must_have(p, 1.5, 2, 2, (const double[]){1.5, 2}, (const double[]){11, 12}, (const double[]){31.25, 37});
    rm_problem_destroy(p);
    /* Slopes over 400 orders of magnitude. */
    p = with_total(5);
    const double weight[] = {1e-200, 1e-150, 1e-100, 1e-50, 1}, one[] = {1, 1, 1, 1, 1};
    assert_ok(rm_problem_set_quadratic(p, 5, NULL, weight, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, 5, NULL, NULL, one));
    assert_ok(rm_problem_build_path(p, 0, 0, 4.5, NULL));
    must_cost(p, 4.25, 0.0625, 0.5, 0.5);
    must_cost(p, 4.5, 0.25, 1, 1);
    rm_problem_destroy(p);
    /* A parabola far from its ends; the end of a queue; alpha near 1; prices of a penalty beside a log. */
    p = with_total(1);
    assert_ok(rm_problem_set_quadratic(p, 1, NULL, NULL, (const double[]){1e6}, NULL));
    assert_ok(rm_problem_build_path(p, 0, 0, 2e6, NULL));
    must_cost(p, 1000001, 1, 2, 2);
    assert_ok(rm_problem_set_queue(p, 1, NULL, NULL, (const double[]){2}));
    assert_ok(rm_problem_build_path(p, 0, -INFINITY, INFINITY, NULL));
    must_cost(p, 2, INFINITY, INFINITY, INFINITY);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, (const double[]){2}, NULL, NULL));
    assert_ok(rm_problem_build_path(p, 0, 1.9, 3, &points));
    assert_ok(rm_problem_path_at(p, 1, (const double[]){2.5}, NULL, &low, &high));
    assert_same(low, 2);
    assert_same(high, 2);
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, (const double[]){INFINITY}, NULL, NULL));
    assert_ok(rm_problem_set_alpha_fair(p, 1, NULL, NULL, (const double[]){1}, (const double[]){1 + 0x1p-52}));
    assert_ok(rm_problem_build_path(p, 0, 0, 100, NULL));
    assert_ok(rm_problem_path_at(p, 1, (const double[]){50}, &objective, NULL, NULL));
    assert_within(objective, -log(51), 1e-14);
    rm_problem_destroy(p);
    /* A penalty without a side that could be missed. */
    p = with_total(1);
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, (const double[]){-INFINITY}, (const double[]){INFINITY}));
    assert_ok(rm_problem_set_row_penalty(p, 1, NULL, (const double[]){3}, NULL, NULL));
    assert_ok(rm_problem_build_path(p, 0, 0, 10, NULL));
    must_cost(p, 10, 27.75, 3, 3);
    double x;
    assert_ok(rm_problem_get_path_solution(p, 10, 1, NULL, &x));
    assert_same(x, 1.5);
    rm_problem_destroy(p);
}

/* Nobody can move: one point. */
static void nothing_to_choose(void **state)
{
    (void)state;
    rm_problem *p = two_devices();
    const double at[] = {1, 2};
    assert_ok(rm_problem_set_bounds(p, 2, NULL, at, at));
    must_have(p, -INFINITY, INFINITY, 1, (const double[]){3}, (const double[]){0}, (const double[]){4 * 4 + 1 + 2});
    must_cost(p, 3, 19, -INFINITY, INFINITY);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_devices_in_full),
        cmocka_unit_test(offers_by_price),
        cmocka_unit_test(a_floor_of_prices),
        cmocka_unit_test(coefficients_of_both_signs),
        cmocka_unit_test(flat_ground_has_two_prices),
        cmocka_unit_test(a_total_that_may_be_missed),
        cmocka_unit_test(moves_make_steps),
        cmocka_unit_test(water_level_of_a_log),
        cmocka_unit_test(from_an_open_end),
        cmocka_unit_test(x_of_a_total),
        cmocka_unit_test(edits_withdraw_it),
        cmocka_unit_test(outcomes_in_words),
        cmocka_unit_test(refused),
        cmocka_unit_test(found_by_trying),
        cmocka_unit_test(nothing_to_choose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Piecewise linear costs: offers in steps. */
#include "snapshot.h"

/* Two offers: 0 to 3 at 2, then at 5; 0 to 2 at 1, to 4 at 3, then at 4. */
static const int64_t START[] = {0, 2, 5};
static const double BREAKPOINT[] = {0, 3, 0, 2, 4}, SLOPE[] = {2, 5, 1, 3, 4};

static rm_problem *problem(double total)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_piecewise(p, 2, NULL, START, BREAKPOINT, SLOPE));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, total, total, NULL));
    return p;
}

static void must_answer(rm_problem *p, double total, double x0, double x1, double y, double objective)
{
    double x[2], dual, value, gap;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &total, &total));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2, NULL, x));
    assert_ok(rm_problem_get_row_duals(p, 1, NULL, &dual));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &value));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_GAP, &gap));
    assert_values(x, x0, x1);
    assert_same(dual, y);
    assert_same(value, objective);
    assert_same(gap, 0);
}

static void the_cheapest_steps_are_bought_first(void **state)
{
    (void)state;
    rm_problem *p = problem(1);
    double low, high;
    must_answer(p, 1, 0, 1, 1, 1);
    must_answer(p, 4, 2, 2, 2, 6);
    must_answer(p, 6.5, 3, 3.5, 3, 12.5);
    must_answer(p, 10, 3, 7, 4, 26);
    /* At the end of a step the price may be anything up to the next one. */
    must_answer(p, 5, 3, 2, 2, 8);
    assert_ok(rm_problem_get_row_ranges(p, 1, NULL, &low, &high, NULL, NULL));
    assert_same(low, 2);
    assert_same(high, 3);
    rm_problem_destroy(p);
}

static void price_bounds_and_moving_come_on_top(void **state)
{
    (void)state;
    rm_problem *p = problem(1);
    const double price[] = {0, 1.5}, most[] = {5, 3}, current[] = {1, 3}, up[] = {0.75, 0}, down[] = {0, 0.5};
    double cost[2];
    assert_ok(rm_problem_set_price(p, 2, NULL, price)); /* the second at 2.5, 4.5, 5.5 */
    must_answer(p, 4, 3, 1, 2.5, 8.5);
    assert_ok(rm_problem_set_bounds(p, 2, NULL, NULL, most));
    must_answer(p, 8, 5, 3, 5, 6 + 10 + 7.5 + 2);
    assert_ok(rm_problem_set_move_cost(p, 2, NULL, current, up, down));
    /* 2 to 1, 2.75 to 3, 5.75 to 5; 2 to 2, 4 to 3. */
    must_answer(p, 3.5, 1.5, 2, 2.75, 3 + 5 + 0.375 + 0.5);
    must_answer(p, 8, 5, 3, 5.75, 25.5 + 3);
    must_answer(p, 2, 1, 1, 2, 2 + 2.5 + 1); /* a tie at 2: lowest index first */
    assert_ok(rm_problem_get_reduced_costs(p, 2, NULL, cost));
    assert_values(cost, 0, 0);
    must_answer(p, 7, 4, 3, 5.75, 11 + 7.5 + 2 + 2.25);
    assert_ok(rm_problem_get_reduced_costs(p, 2, NULL, cost));
    assert_values(cost, 0, -1.75); /* at its bound, inside the second step, whose price below 3 is 4 */
    rm_problem_destroy(p);
}

/* A fixed variable's reduced cost is the slope there, the lower one at a kink, with what moving costs on top. */
static void a_fixed_variable(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double at[] = {2, 4, 5}, slope[] = {-2, -1, 0}, price = 3, one = 1;
    static const struct {
        double x, current, cost;
    } cases[] = {{3, 3, 2}, {4, 4, 2}, {4.5, 4.5, 3}, {7, 7, 4}, {2, 2, 2}, {3, 2.5, 2}, {3, 3.5, 0}, {4.5, 3, 3}};
    assert_ok(rm_problem_create(&p, 1, NULL, NULL));
    assert_ok(rm_problem_set_piecewise(p, 1, NULL, (int64_t[]){0, 3}, at, slope));
    assert_ok(rm_problem_set_price(p, 1, NULL, &price));
    for (int64_t k = 0; k < COUNT_OF(cases); k++) {
        double cost;
        assert_ok(rm_problem_set_move_cost(p, 1, NULL, &cases[k].current, &one, &one));
        assert_ok(rm_problem_set_bounds(p, 1, NULL, &cases[k].x, &cases[k].x));
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        assert_ok(rm_problem_get_reduced_costs(p, 1, NULL, &cost));
        assert_same(cost, cases[k].cost);
    }
    rm_problem_destroy(p);
}

static void the_domain_begins_at_the_first_breakpoint(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const int64_t start[] = {0, 2, 4};
    const double at[] = {1, 2, -INFINITY, 0}, slope[] = {3, 4, -2, 6}, low[] = {-9, -2}, none = 0, half = 0.5;
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_piecewise(p, 2, NULL, start, at, slope));
    assert_ok(rm_problem_set_bounds(p, 2, NULL, low, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 0, 0, NULL));
    must_answer(p, 0, 1, -1, -2, 3 + 2); /* f(1) as if the first slope began at 0 */
    must_answer(p, 1.5, 1.5, 0, 3, 4.5);
    assert_status(rm_problem_set_row_bounds(p, 1, NULL, &(const double){-2}, &(const double){-2}), RM_OK);
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_says(p, "can carry is -1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_bounds(p, 1, NULL, &none, &half), "0 to 0.5", "from 1",
                   "first breakpoint");
    rm_problem_destroy(p);
}

static void costs_can_be_set_again_and_again(void **state)
{
    (void)state;
    enum { N = 5, MOST = 6, ROUNDS = 300 };
    dice d = {77};
    rm_problem *p = NULL;
    double at[N][MOST], slope[N][MOST];
    int64_t steps[N] = {0};
    assert_ok(rm_problem_create(&p, N, NULL, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 4, 4, NULL));
    for (int round = 0; round < ROUNDS; round++) {
        int64_t i = dice_below(&d, N), start[2] = {0, 0};
        double x[N], fresh_x[N], weight = 1;
        steps[i] = dice_below(&d, 5) ? 1 + dice_below(&d, MOST) : 0;
        for (int64_t j = 0; j < steps[i]; j++) {
            at[i][j] = j == 0 ? 0 : at[i][j - 1] + 0.25 * (double)(1 + dice_below(&d, 4));
            slope[i][j] = (j == 0 ? 0 : slope[i][j - 1]) + 0.125 * (double)dice_below(&d, 9);
        }
        start[1] = steps[i];
        if (steps[i] > 0)
            assert_ok(rm_problem_set_piecewise(p, 1, &i, start, at[i], slope[i]));
        else
            assert_ok(rm_problem_set_quadratic(p, 1, &i, &weight, NULL, NULL));
        /* The same problem, made at once. */
        rm_problem *fresh = NULL;
        assert_ok(rm_problem_create(&fresh, N, NULL, NULL));
        for (int64_t k = 0; k < N; k++) {
            start[1] = steps[k];
            if (steps[k] > 0)
                assert_ok(rm_problem_set_piecewise(fresh, 1, &k, start, at[k], slope[k]));
        }
        assert_ok(rm_problem_add_row(fresh, RM_ALL, NULL, NULL, 4, 4, NULL));
        if (round % 7 == 0) { /* as a copy */
            rm_problem *copy = NULL;
            assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
            rm_problem_destroy(p);
            p = copy;
        }
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        assert_ok(rm_problem_solve(fresh, RM_SOLVER_AUTO));
        assert_ok(rm_problem_get_solution(p, N, NULL, x));
        assert_ok(rm_problem_get_solution(fresh, N, NULL, fresh_x));
        assert_same_array(x, fresh_x, N);
        rm_problem_destroy(fresh);
    }
    rm_problem_destroy(p);
}

static void steps_move_with_their_variables(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const int64_t behind[] = {1, 3}, gone[] = {0, 2};
    assert_ok(rm_problem_create(&p, 4, NULL, NULL));
    assert_ok(rm_problem_set_piecewise(p, 2, behind, START, BREAKPOINT, SLOPE));
    assert_ok(rm_problem_set_piecewise(p, 1, gone, START, BREAKPOINT, SLOPE));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 1, 1, NULL));
    assert_ok(rm_problem_remove_variables(p, 2, gone));
    assert_ok(rm_problem_compact(p, 4, NULL));
    must_answer(p, 6.5, 3, 3.5, 3, 12.5);
    rm_problem_destroy(p);
}

/* Steps that cost the same are one tie, also where it is left downwards. */
static void equal_steps_are_one(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const int64_t start[] = {0, 2}, first = 0, second = 1;
    const double at[] = {-INFINITY, 4}, slope[] = {0, 0}, low = 2, high = 3, none = 0, coef[] = {-1, 1};
    double x[2];
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, 1, &first, &low, NULL));
    assert_ok(rm_problem_set_piecewise(p, 1, &first, start, at, slope));
    assert_ok(rm_problem_set_quadratic(p, 1, &second, &none, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, 1, &second, NULL, &high));
    assert_ok(rm_problem_add_row(p, 2, NULL, coef, 0, 0, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2, NULL, x));
    assert_values(x, 2, 2);
    const double three = 3; /* x_0 - x_1 = 3, with x_1 = 3 at the most */
    const double other[] = {1, -1};
    rm_problem *q = NULL;
    assert_ok(rm_problem_create(&q, 2, NULL, NULL));
    assert_ok(rm_problem_set_bounds(q, 1, &first, &low, NULL));
    assert_ok(rm_problem_set_piecewise(q, 1, &first, start, at, slope));
    assert_ok(rm_problem_set_bounds(q, 1, &second, &three, &three));
    assert_ok(rm_problem_add_row(q, 2, NULL, other, 3, 3, NULL));
    assert_ok(rm_problem_solve(q, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(q, 2, NULL, x));
    assert_values(x, 6, 3); /* through the breakpoint */
    rm_problem_destroy(p);
    rm_problem_destroy(q);
}

static void refused(void **state)
{
    (void)state;
    rm_problem *p = problem(1);
    const int64_t empty[] = {0, 0, 1}, back[] = {2, 1, 3}, before[] = {-1, 1, 2};
    const double falling[] = {2, 5, 1, 3, 2.5}, twice[] = {0, 3, 0, 2, 2}, nan[] = {0, 3, 0, NAN, 4};
    const double inf[] = {2, INFINITY, 1, 3, 4}, open[] = {0, -INFINITY, 0, 2, 4};
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 1, "spot"));
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_piecewise(p, 2, NULL, START, BREAKPOINT, falling),
                   "rm_problem_set_piecewise", "slope[4]", "variable 1 ('spot')", "is 2.5",
                   "at least the one before it, 3");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_piecewise(p, 2, NULL, START, twice, SLOPE), "breakpoint[4]",
                   "above the one before it, 2");
    assert_refused(p, RM_ERROR_NAN, rm_problem_set_piecewise(p, 2, NULL, START, nan, SLOPE), "breakpoint[3]");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_piecewise(p, 2, NULL, START, open, SLOPE), "breakpoint[1]",
                   "finite");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_piecewise(p, 2, NULL, START, BREAKPOINT, inf), "slope[1]",
                   "finite");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_piecewise(p, 2, NULL, empty, BREAKPOINT, SLOPE), "start");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_piecewise(p, 2, NULL, back, BREAKPOINT, SLOPE), "start");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_piecewise(p, 2, NULL, before, BREAKPOINT, SLOPE), "start");
    assert_refused(p, RM_ERROR_NULL, rm_problem_set_piecewise(p, 2, NULL, NULL, BREAKPOINT, SLOPE), "start is NULL");
    assert_refused(p, RM_ERROR_NULL, rm_problem_set_piecewise(p, 2, NULL, START, NULL, SLOPE), "breakpoint is NULL");
    assert_refused(p, RM_ERROR_NULL, rm_problem_set_piecewise(p, 2, NULL, START, BREAKPOINT, NULL), "slope is NULL");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_piecewise(p, 3, NULL, START, BREAKPOINT, SLOPE), "count is 3");
    const double most[] = {-1, 9}, least[] = {-4, 0};
    rm_problem *low = NULL;
    assert_ok(rm_problem_create(&low, 2, NULL, NULL));
    assert_ok(rm_problem_set_bounds(low, 2, NULL, least, most));
    assert_refused(low, RM_ERROR_RANGE, rm_problem_set_piecewise(low, 2, NULL, START, BREAKPOINT, SLOPE),
                   "breakpoint[0]", "at most the upper bound of the variable, -1");
    assert_status(rm_problem_set_piecewise(NULL, 0, NULL, NULL, NULL, NULL), RM_ERROR_NULL);
    rm_problem_destroy(low);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cheapest_steps_are_bought_first),
        cmocka_unit_test(price_bounds_and_moving_come_on_top),
        cmocka_unit_test(the_domain_begins_at_the_first_breakpoint),
        cmocka_unit_test(a_fixed_variable),
        cmocka_unit_test(costs_can_be_set_again_and_again),
        cmocka_unit_test(steps_move_with_their_variables),
        cmocka_unit_test(equal_steps_are_one),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The allocator hook, and when nothing may be allocated. */
#include "heap.h"
#include "instance.h"

static void sizes_are_right_and_all_is_given_back(void **state)
{
    (void)state;
    heap h = {0};
    dice d = {1};
    for (int round = 0; round < 60; round++) {
        rm_problem *p = NULL;
        assert_ok(rm_problem_create(&p, dice_below(&d, 20), heap_resize, &h));
        for (int edit = 0; edit < 40; edit++) {
            int64_t n = 0, at;
            assert_ok(rm_problem_get_info_i64(p, RM_INFO_VARIABLES, &n));
            at = n > 0 ? dice_below(&d, n) : 0;
            char name[] = "a name of some length";
            name[dice_below(&d, 20)] = 0;
            switch (dice_below(&d, 8)) {
            case 0: rm_problem_add_variables(p, dice_below(&d, 30), NULL); break;
            case 1: rm_problem_remove_variables(p, 1, &at); break;
            case 2: rm_problem_compact(p, n, NULL); break;
            case 3: rm_problem_set_name(p, RM_NAME_VARIABLE, at, name); break;
            case 4: rm_problem_set_name(p, RM_NAME_ROW, 0, name); break;
            case 5: rm_problem_add_row(p, 1, &at, NULL, -5, 5, NULL); break;
            case 6: rm_problem_reserve(p, dice_below(&d, 90), dice_below(&d, 9), dice_below(&d, 90)); break;
            default:
                if (rm_problem_solve(p, RM_SOLVER_AUTO) >= 0)
                    rm_problem_explain(p, NULL);
                break;
            }
            assert_int_equal(h.wrong, 0);
        }
        rm_problem_destroy(p);
        assert_int_equal(h.live, 0);
        assert_int_equal(h.bytes, 0);
    }
}

static void a_solve_of_the_same_shape_allocates_nothing(void **state)
{
    (void)state;
    heap h = {0};
    dice d = {2};
    instance t = instance_random(&d, 500, WILD);
    rm_problem *p = instance_problem(&t, heap_resize, &h);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    int64_t calls = h.calls;
    double side = t.total, x[500], v[4];
    for (int round = 0; round < 20; round++) {
        int64_t i = dice_below(&d, 500);
        double price = dice_wild(&d, 3);
        side += round % 2 ? 1 : -1;
        const double open[] = {-INFINITY, INFINITY};
        assert_ok(rm_problem_set_price(p, 1, &i, &price));
        assert_ok(rm_problem_set_quadratic(p, 500, NULL, t.weight, t.target, NULL));
        assert_ok(rm_problem_set_bounds(p, 500, NULL, t.lower, t.upper));
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, open, open + 1));
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &side, &side));
        rm_status status = rm_problem_solve(p, RM_SOLVER_AUTO);
        assert_true(status == RM_OK || status == RM_INFEASIBLE);
        if (status != RM_OK)
            continue;
        assert_ok(rm_problem_get_solution(p, 500, NULL, x));
        assert_ok(rm_problem_get_row_duals(p, 1, NULL, v));
        assert_ok(rm_problem_get_row_ranges(p, 1, NULL, v, v + 1, v + 2, v + 3));
        assert_ok(rm_problem_explain(p, NULL));
    }
    assert_int_equal(h.calls, calls);
    rm_problem_destroy(p);
    assert_int_equal(h.live, 0);
    instance_free(&t);
}

static void explaining_again_allocates_nothing(void **state)
{
    (void)state;
    heap h = {0};
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 50, heap_resize, &h));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, -INFINITY, -1, NULL));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_ok(rm_problem_explain(p, NULL));
    int64_t calls = h.calls;
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_ok(rm_problem_explain(p, NULL));
    assert_int_equal(h.calls, calls);
    rm_problem_destroy(p);
}

/* Grows to the sizes that were reserved, and no further. */
static void grow(rm_problem *p, int64_t variables, int64_t rows)
{
    int64_t index[100];
    double one[100];
    for (int64_t k = 0; k < 100; k++) {
        index[k] = variables - 1 - k;
        one[k] = 1;
    }
    assert_ok(rm_problem_add_variables(p, variables - 50, NULL));
    assert_ok(rm_problem_add_variables(p, 50, NULL));
    assert_ok(rm_problem_set_quadratic(p, 100, index, one, one, one));
    assert_ok(rm_problem_add_row(p, 100, index, one, 40, 400, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    for (int64_t r = 1; r < rows; r++)
        assert_ok(rm_problem_add_row(p, 100, index, r % 2 ? one : NULL, 0, (double)r, NULL));
}

static void what_was_reserved_is_there(void **state)
{
    (void)state;
    heap h = {0};
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 0, heap_resize, &h));
    assert_ok(rm_problem_reserve(p, 1000, 7, 700));
    int64_t calls = h.calls;
    grow(p, 1000, 7);
    assert_int_equal(h.calls, calls);
    rm_problem_destroy(p);
    assert_int_equal(h.live, 0);
}

static void reserved_rows_need_no_coefficients(void **state)
{
    (void)state;
    heap h = {0};
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 0, heap_resize, &h));
    assert_ok(rm_problem_reserve(p, 100, 2, 0));
    int64_t calls = h.calls;
    assert_ok(rm_problem_add_variables(p, 100, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 3, 3, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(h.calls, calls);
    assert_ok(rm_problem_add_row(p, 0, NULL, NULL, 0, 0, NULL));
    assert_int_equal(h.calls, calls);
    rm_problem_destroy(p);
}

static void removing_needs_no_memory_that_was_not_reserved(void **state)
{
    (void)state;
    heap h = {0};
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 0, heap_resize, &h));
    assert_ok(rm_problem_reserve(p, 100, 1, 0));
    int64_t calls = h.calls;
    assert_ok(rm_problem_add_variables(p, 100, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 3, 3, NULL));
    assert_ok(rm_problem_remove_variables(p, 10, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(h.calls, calls);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_right_and_all_is_given_back),
        cmocka_unit_test(a_solve_of_the_same_shape_allocates_nothing),
        cmocka_unit_test(explaining_again_allocates_nothing),
        cmocka_unit_test(what_was_reserved_is_there),
        cmocka_unit_test(reserved_rows_need_no_coefficients),
        cmocka_unit_test(removing_needs_no_memory_that_was_not_reserved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

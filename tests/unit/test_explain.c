/* Words and conflicts. */
#include "instance.h"
#include "snapshot.h"

typedef struct item {
    int32_t kind;
    int64_t index;
    double multiplier, repair;
} item;

static item get(rm_problem *p, int64_t k)
{
    item i = {-1, -1, -1, -1};
    assert_ok(rm_problem_get_conflict(p, k, 1, &i.kind, &i.index, &i.multiplier, &i.repair));
    return i;
}

static void check_item(rm_problem *p, int64_t k, int32_t kind, int64_t index, double multiplier, double repair)
{
    item i = get(p, k);
    assert_int_equal(i.kind, kind);
    assert_int_equal(i.index, index);
    assert_same(i.multiplier, multiplier);
    assert_same(i.repair, repair);
}

/* Three devices, coefficients 1, 2 and -1. */
static rm_problem *problem(double lower, double upper)
{
    rm_problem *p = NULL;
    const double low[] = {0, 0, 1}, up[] = {4, 5, 3}, coef[] = {1, 2, -1};
    assert_ok(rm_problem_create(&p, 4, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, 3, NULL, low, up));
    assert_ok(rm_problem_add_row(p, 3, NULL, coef, lower, upper, NULL)); /* from -3 to 13 */
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 1, "big"));
    return p;
}

static void too_much_is_wanted(void **state)
{
    (void)state;
    rm_problem *p = problem(17, INFINITY);
    int64_t items = -1;
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_ok(rm_problem_explain(p, &items));
    assert_int_equal(items, 4);
    assert_says(p, "13");
    assert_says(p, "lower side of row 0 by 4");
    assert_says(p, "upper bound of variable 1 ('big') by 2");
    check_item(p, 0, RM_CONFLICT_ROW_LOWER, 0, 1, -4);
    check_item(p, 1, RM_CONFLICT_UPPER, 1, 2, 2); /* the least repair first */
    check_item(p, 2, RM_CONFLICT_UPPER, 0, 1, 4);
    check_item(p, 3, RM_CONFLICT_LOWER, 2, 1, -4);
    rm_problem_destroy(p);
}

static void too_little_is_allowed(void **state)
{
    (void)state;
    rm_problem *p = problem(-INFINITY, -6);
    int64_t items = -1;
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_ok(rm_problem_explain(p, &items));
    assert_int_equal(items, 4);
    check_item(p, 0, RM_CONFLICT_ROW_UPPER, 0, 1, 3);
    check_item(p, 1, RM_CONFLICT_LOWER, 1, 2, -1.5);
    check_item(p, 2, RM_CONFLICT_LOWER, 0, 1, -3);
    check_item(p, 3, RM_CONFLICT_UPPER, 2, 1, 3);
    rm_problem_destroy(p);
}

static void conflict_refuses(void **state)
{
    (void)state;
    rm_problem *p = problem(17, INFINITY);
    item i;
    assert_status(rm_problem_explain(NULL, NULL), RM_ERROR_NULL);
    assert_status(rm_problem_get_conflict(NULL, 0, 1, NULL, NULL, NULL, NULL), RM_ERROR_NULL);
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_explain(p, NULL), "rm_problem_explain", "not solved");
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_get_conflict(p, 0, 0, NULL, NULL, NULL, NULL), "explain");
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_refused(p, RM_ERROR_NO_ANSWER,
                   rm_problem_get_conflict(p, 0, 1, &i.kind, &i.index, &i.multiplier, &i.repair), "explain");
    assert_ok(rm_problem_explain(p, NULL));
    assert_ok(rm_problem_explain(p, NULL)); /* again is the same */
    static const struct {
        int64_t first, count;
    } wrong[] = {{-1, 1}, {0, -1}, {0, 5}, {5, 0}, {4, 1}, {1, INT64_MAX}, {INT64_MAX, 1}, {INT64_MIN, 1}};
    for (int64_t k = 0; k < COUNT_OF(wrong); k++)
        assert_refused(p, RM_ERROR_RANGE,
                       rm_problem_get_conflict(p, wrong[k].first, wrong[k].count, NULL, NULL, NULL, NULL),
                       "rm_problem_get_conflict", "first is", "0 to 3");
    assert_ok(rm_problem_get_conflict(p, 4, 0, NULL, NULL, NULL, NULL));
    assert_ok(rm_problem_get_conflict(p, 0, 4, NULL, NULL, NULL, NULL));
    const double ten = 10;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &ten, NULL));
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_get_conflict(p, 0, 1, NULL, NULL, NULL, NULL), "explain");
    assert_refused(p, RM_ERROR_NO_ANSWER, rm_problem_explain(p, NULL), "not solved");
    rm_problem_destroy(p);
}

static void words_of_other_outcomes(void **state)
{
    (void)state;
    rm_problem *p = problem(10, 10);
    int64_t items = 7;
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_explain(p, &items));
    assert_int_equal(items, 0);
    assert_says(p, "row 0");
    assert_says(p, "one more unit costs");
    const double most = 13;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, NULL, &most));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &most, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_explain(p, NULL));
    assert_says(p, "cannot be had");
    const int32_t flag = 1;
    assert_ok(rm_problem_set_cancel_flag(p, &flag));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_CANCELLED);
    assert_ok(rm_problem_explain(p, &items));
    assert_says(p, "cancelled");
    assert_int_equal(items, 0);
    rm_problem_destroy(p);
    assert_ok(rm_problem_create(&p, 1, NULL, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_explain(p, NULL));
    assert_says(p, "no row");
    rm_problem_destroy(p);
}

/* Each repair alone makes the problem feasible, and one that is a little less
 * does not; the multipliers are a proof. */
static void repairs_repair(void **state)
{
    (void)state;
    dice d = {1};
    int seen = 0;
    for (int round = 0; round < 400; round++) {
        instance t = instance_random(&d, 1 + dice_below(&d, 6), PLAIN);
        for (int64_t i = 0; i < t.n; i++) { /* bounded, so that some totals are out of reach */
            t.lower[i] = fmax(t.lower[i], -20);
            t.upper[i] = fmin(t.upper[i], fmax(20, t.lower[i]));
        }
        t.total += (double)(dice_below(&d, 2) ? 200 : -200);
        rm_problem *p = instance_problem(&t, NULL, NULL);
        int64_t items = 0;
        if (rm_problem_solve(p, RM_SOLVER_AUTO) == RM_INFEASIBLE) {
            assert_ok(rm_problem_explain(p, &items));
            exact constant = {0, {0}}; /* the sum of the items without x */
            double last = 0;
            for (int64_t k = 0; k < items; k++) {
                item it = get(p, k);
                double lower = t.total, upper = t.total;
                assert_true(it.multiplier > 0);
                assert_true(k == 0 || fabs(it.repair) >= last);
                last = k == 0 ? 0 : fabs(it.repair);
                rm_problem *copy = NULL;
                assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
                int64_t i = it.index;
                switch (it.kind) {
                case RM_CONFLICT_ROW_LOWER:
                case RM_CONFLICT_ROW_UPPER:
                    lower = upper = t.total + it.repair;
                    if (it.repair > 0) {
                        assert_ok(rm_problem_set_row_bounds(copy, 1, &i, NULL, &upper));
                        assert_ok(rm_problem_set_row_bounds(copy, 1, &i, &lower, NULL));
                    } else {
                        assert_ok(rm_problem_set_row_bounds(copy, 1, &i, &lower, NULL));
                        assert_ok(rm_problem_set_row_bounds(copy, 1, &i, NULL, &upper));
                    }
                    exact_add_product(&constant, it.multiplier, it.kind == RM_CONFLICT_ROW_LOWER ? -t.total : t.total);
                    break;
                case RM_CONFLICT_LOWER:
                    lower = t.lower[i] + it.repair;
                    assert_ok(rm_problem_set_bounds(copy, 1, &i, &lower, NULL));
                    exact_add_product(&constant, it.multiplier, -t.lower[i]);
                    break;
                default:
                    assert_int_equal(it.kind, RM_CONFLICT_UPPER);
                    upper = t.upper[i] + it.repair;
                    assert_ok(rm_problem_set_bounds(copy, 1, &i, NULL, &upper));
                    exact_add_product(&constant, it.multiplier, t.upper[i]);
                    break;
                }
                assert_status(rm_problem_solve(copy, RM_SOLVER_AUTO), RM_OK);
                rm_problem_destroy(copy);
                seen++;
            }
            assert_true(exact_value(&constant) < 0);
        }
        rm_problem_destroy(p);
        instance_free(&t);
    }
    assert_true(seen > 300);
}

static void holes_are_in_no_conflict(void **state)
{
    (void)state;
    rm_problem *p = NULL;
    const double up[] = {1, 1, 1, 1};
    int64_t items = -1;
    assert_ok(rm_problem_create(&p, 4, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, 4, NULL, NULL, up));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 5, 5, NULL));
    assert_ok(rm_problem_remove_variables(p, 2, (int64_t[]){1, 2}));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_says(p, "2 variables");
    assert_ok(rm_problem_explain(p, &items));
    assert_int_equal(items, 3);
    check_item(p, 1, RM_CONFLICT_UPPER, 0, 1, 3);
    check_item(p, 2, RM_CONFLICT_UPPER, 3, 1, 3);
    rm_problem_destroy(p);
}

static void long_names_leave_room_for_the_rule(void **state)
{
    (void)state;
    rm_problem *p = problem(17, INFINITY);
    char name[3001], text[4096];
    memset(name, 0, sizeof name);
    for (int k = 0; k + 3 < 3000; k += 3)
        memcpy(name + k, "\xe2\x82\xac", 3);
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 1, name));
    assert_ok(rm_problem_set_name(p, RM_NAME_ROW, 0, name));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    assert_ok(rm_problem_explain(p, NULL));
    assert_says(p, "by 2");
    int64_t whole = rm_problem_message(p, text, sizeof text);
    assert_int_equal(whole, strlen(text));
    for (int64_t capacity = 1; capacity < whole + 3; capacity++) { /* cut, and never inside a character */
        char cut[4096];
        assert_int_equal(rm_problem_message(p, cut, capacity), whole);
        size_t length = strlen(cut);
        assert_true((int64_t)length < capacity);
        assert_memory_equal(cut, text, length);
        assert_true(((unsigned char)text[length] & 0xc0) != 0x80);
        assert_true((int64_t)length >= whole || (int64_t)length + 3 >= capacity - 1);
    }
    assert_int_equal(rm_problem_message(p, NULL, 0), whole);
    assert_int_equal(rm_problem_message(NULL, text, 10), 0);
    assert_string_equal(text, "");
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_much_is_wanted),       cmocka_unit_test(too_little_is_allowed),
        cmocka_unit_test(conflict_refuses),         cmocka_unit_test(words_of_other_outcomes),
        cmocka_unit_test(repairs_repair),           cmocka_unit_test(holes_are_in_no_conflict),
        cmocka_unit_test(long_names_leave_room_for_the_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

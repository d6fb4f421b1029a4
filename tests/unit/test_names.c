/* Names of the problem, of variables and of rows. */
#include "snapshot.h"

static rm_problem *problem(void)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 3, 3, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    return p;
}

static void check_name(rm_problem *p, int32_t kind, int64_t index, const char *expected)
{
    char text[100];
    assert_int_equal(rm_problem_get_name(p, kind, index, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
}

static void names_are_kept_and_taken_away(void **state)
{
    (void)state;
    static const struct {
        int32_t kind;
        int64_t index;
    } thing[] = {{RM_NAME_PROBLEM, 0}, {RM_NAME_VARIABLE, 0}, {RM_NAME_VARIABLE, 2}, {RM_NAME_ROW, 0}};
    rm_problem *p = problem();
    for (int64_t k = 0; k < COUNT_OF(thing); k++) {
        char held[] = "caller's";
        check_name(p, thing[k].kind, thing[k].index, "");
        assert_ok(rm_problem_set_name(p, thing[k].kind, thing[k].index, NULL));
        assert_ok(rm_problem_set_name(p, thing[k].kind, thing[k].index, held));
        held[0] = 'X'; /* it was copied */
        check_name(p, thing[k].kind, thing[k].index, "caller's");
        assert_ok(rm_problem_set_name(p, thing[k].kind, thing[k].index, "a longer name than that"));
        check_name(p, thing[k].kind, thing[k].index, "a longer name than that");
        assert_ok(rm_problem_set_name(p, thing[k].kind, thing[k].index, ""));
        check_name(p, thing[k].kind, thing[k].index, "");
        assert_ok(rm_problem_set_name(p, thing[k].kind, thing[k].index, "b"));
        assert_ok(rm_problem_set_name(p, thing[k].kind, thing[k].index, NULL));
        check_name(p, thing[k].kind, thing[k].index, "");
        assert_ok(rm_problem_set_name(p, thing[k].kind, thing[k].index, "kept"));
    }
    check_name(p, RM_NAME_VARIABLE, 1, "");
    int64_t has = 0;
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_HAS_ANSWER, &has));
    assert_int_equal(has, 1);
    rm_problem_destroy(p);
}

static void long_names(void **state)
{
    (void)state;
    enum { MOST = 65535 };
    rm_problem *p = problem();
    char *text = malloc(MOST + 2), *back = malloc(MOST + 2);
    memset(text, 'n', MOST + 1);
    text[MOST + 1] = 0;
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_name(p, RM_NAME_VARIABLE, 1, text), "rm_problem_set_name",
                   "65535");
    text[MOST] = 0;
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 1, text));
    assert_int_equal(rm_problem_get_name(p, RM_NAME_VARIABLE, 1, NULL, 0), MOST);
    assert_int_equal(rm_problem_get_name(p, RM_NAME_VARIABLE, 1, back, MOST + 2), MOST);
    assert_string_equal(back, text);
    assert_int_equal(rm_problem_get_name(p, RM_NAME_VARIABLE, 1, back, 5), MOST);
    assert_string_equal(back, "nnnn");
    free(text);
    free(back);
    rm_problem_destroy(p);
}

static void names_are_cut_between_characters(void **state)
{
    (void)state;
    rm_problem *p = problem();
    char text[8];
    const char *name = "\xe2\x82\xac\xe2\x82\xac"; /* two characters of three bytes */
    assert_ok(rm_problem_set_name(p, RM_NAME_PROBLEM, 0, name));
    for (int64_t capacity = 1; capacity < 8; capacity++) {
        assert_int_equal(rm_problem_get_name(p, RM_NAME_PROBLEM, 0, text, capacity), 6);
        assert_int_equal(strlen(text), (capacity - 1) / 3 * 3);
    }
    rm_problem_destroy(p);
}

static void set_refuses(void **state)
{
    (void)state;
    rm_problem *p = problem();
    assert_status(rm_problem_set_name(NULL, RM_NAME_PROBLEM, 0, "x"), RM_ERROR_NULL);
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_name(p, 3, 0, "x"), "rm_problem_set_name", "kind is 3",
                   "RM_NAME_VARIABLE");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_name(p, -1, 0, "x"), "kind is -1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_name(p, RM_NAME_PROBLEM, 1, "x"), "index is 1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_name(p, RM_NAME_VARIABLE, 3, "x"), "index is 3");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_name(p, RM_NAME_VARIABLE, -1, "x"), "index is -1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_name(p, RM_NAME_ROW, 1, "x"), "index is 1");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_name(p, RM_NAME_VARIABLE, 3, NULL), "index is 3");
    assert_refused(p, RM_ERROR_RANGE, rm_problem_set_name(p, RM_NAME_VARIABLE, INT64_C(9007199254740993), "x"),
                   "9007199254740993"); /* every digit, though no double holds it */
    rm_problem_destroy(p);
}

static void get_finds_nothing(void **state)
{
    (void)state;
    rm_problem *p = problem();
    char text[4] = "xyz";
    assert_ok(rm_problem_set_name(p, RM_NAME_PROBLEM, 0, "name"));
    static const struct {
        int32_t kind;
        int64_t index;
    } thing[] = {{RM_NAME_PROBLEM, 1}, {RM_NAME_VARIABLE, 0}, {RM_NAME_VARIABLE, 3}, {RM_NAME_VARIABLE, -1},
                 {RM_NAME_ROW, 0},     {RM_NAME_ROW, 1},      {RM_NAME_ROW, -1},     {99, 0}};
    for (int64_t k = 0; k < COUNT_OF(thing); k++) {
        strcpy(text, "xyz");
        assert_int_equal(rm_problem_get_name(p, thing[k].kind, thing[k].index, text, sizeof text), 0);
        assert_string_equal(text, "");
        assert_int_equal(rm_problem_get_name(p, thing[k].kind, thing[k].index, NULL, 0), 0);
    }
    assert_int_equal(rm_problem_get_name(NULL, RM_NAME_PROBLEM, 0, text, sizeof text), 0);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_kept_and_taken_away),    cmocka_unit_test(long_names),
        cmocka_unit_test(names_are_cut_between_characters), cmocka_unit_test(set_refuses),
        cmocka_unit_test(get_finds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

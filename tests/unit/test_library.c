/* Calls without a handle: constants, names of statuses, version, features. */
#include "support.h"

static char *trimmed(char *text)
{
    while (*text == ' ')
        text++;
    char *end = text + strlen(text);
    while (end > text && end[-1] == ' ')
        *--end = 0;
    return text;
}

/* Splits a line of constants.list at its bars; the last part is a text that may
 * have some of its own.  Returns how many parts. */
static int split(char *line, char *part[8])
{
    int count = 0, most = strncmp(line, "option", 6) == 0 ? 7 : 4;
    for (; line && count < most; count++) {
        char *bar = count + 1 < most ? strchr(line, '|') : NULL;
        if (bar)
            *bar = 0;
        part[count] = trimmed(line);
        line = bar ? bar + 1 : NULL;
    }
    return count;
}

static void check_constant(char *part[8], int parts)
{
    int64_t value = INT64_MIN, expected = strtoll(part[2], NULL, 10);
    assert_ok(rm_constant(part[1], &value));
    assert_true(value == expected);
    if (strcmp(part[0], "status") == 0) {
        char text[1024], want[1024];
        snprintf(want, sizeof want, "%s: %s", part[1], part[parts - 1]);
        assert_int_equal(rm_status_name((rm_status)expected, text, sizeof text), strlen(want));
        assert_string_equal(text, want);
    }
    if (strcmp(part[0], "option_f64") == 0) {
        double low, high, standard;
        assert_ok(rm_option_range_f64((int32_t)expected, &low, &high, &standard));
        assert_same(low, strtod(part[3], NULL));
        assert_same(high, strtod(part[4], NULL));
        assert_same(standard, strtod(part[5], NULL));
    }
    if (strcmp(part[0], "option_i64") == 0) {
        int64_t low, high, standard;
        assert_ok(rm_option_range_i64((int32_t)expected, &low, &high, &standard));
        assert_true(low == strtoll(part[3], NULL, 10));
        assert_true(high == strtoll(part[4], NULL, 10));
        assert_true(standard == strtoll(part[5], NULL, 10));
    }
}

static void every_line_of_the_list(void **state)
{
    (void)state;
    char *text = read_source("src/api/constants.list");
    int seen = 0;
    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        char *part[8];
        if (*line == '#' || !strchr(line, '|'))
            continue;
        int parts = split(line, part);
        assert_true(parts == 4 || parts == 7);
        check_constant(part, parts);
        seen++;
    }
    free(text);
    assert_true(seen >= 47);
}

static void constants_refuse(void **state)
{
    (void)state;
    static const char *const unknown[] = {"", "RM_", "RM_O", "RM_OKAY", "rm_ok", "RM_OK ", "OK", "RM_ERROR_NAN\n"};
    int64_t value = 7;
    assert_status(rm_constant(NULL, &value), RM_ERROR_NULL);
    assert_status(rm_constant("RM_OK", NULL), RM_ERROR_NULL);
    for (int64_t k = 0; k < COUNT_OF(unknown); k++)
        assert_status(rm_constant(unknown[k], &value), RM_ERROR_RANGE);
    assert_int_equal(value, 7);
}

static void unknown_statuses_are_named_as_such(void **state)
{
    (void)state;
    static const rm_status unknown[] = {-12, 7, 101, INT32_MAX, INT32_MIN};
    for (int64_t k = 0; k < COUNT_OF(unknown); k++) {
        char text[100], number[20];
        snprintf(number, sizeof number, "%d", (int)unknown[k]);
        int64_t length = rm_status_name(unknown[k], text, sizeof text);
        assert_int_equal(length, strlen(text));
        assert_contains(text, "unknown");
        assert_contains(text, number);
    }
    char cut[6] = "xxxxx";
    assert_int_equal(rm_status_name(RM_OK, cut, sizeof cut), rm_status_name(RM_OK, NULL, 0));
    assert_string_equal(cut, "RM_OK");
}

static void version_and_build(void **state)
{
    (void)state;
    char text[300], version[30];
    assert_int_equal(rm_version(), RM_VERSION);
    snprintf(version, sizeof version, "%d.%d.%d", RM_VERSION / 10000, RM_VERSION / 100 % 100, RM_VERSION % 100);
    int64_t length = rm_build_info(text, sizeof text);
    assert_int_equal(length, strlen(text));
    assert_contains(text, version);
    assert_int_equal(rm_build_info(NULL, 0), strlen(text));
}

static void features(void **state)
{
    (void)state;
    static const char *const known[] = {"solver.waterfill", "family.quadratic", "family.linear", "explain", "verify"};
    static const char *const unknown[] = {"", "solver", "solver.waterfill ", "SOLVER.WATERFILL", "family.log"};
    for (int64_t k = 0; k < COUNT_OF(known); k++)
        assert_int_equal(rm_has(known[k]), 1);
    for (int64_t k = 0; k < COUNT_OF(unknown); k++)
        assert_int_equal(rm_has(unknown[k]), 0);
    assert_int_equal(rm_has(NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_of_the_list),
        cmocka_unit_test(constants_refuse),
        cmocka_unit_test(unknown_statuses_are_named_as_such),
        cmocka_unit_test(version_and_build),
        cmocka_unit_test(features),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Power dispatch with known optima: cost a + b p + c p^2 is weight c, target 0,
 * price b, and a in the constant.  The data is not part of the repository; see
 * support.h for where it is looked for. */
#include "instance.h"

#include <ctype.h>

/* Units of one case. */
typedef struct fleet {
    instance t;
    double constant;
} fleet;

enum { MOST = 1000 };

/* The column of a name in the head line of a table, or -1. */
static int column(const char *head, const char *name)
{
    size_t length = strlen(name);
    int at = 0;
    for (const char *s = head; *s && *s != '\n'; s++) {
        if ((s == head || s[-1] == ',') && strncmp(s, name, length) == 0
            && (s[length] == ',' || s[length] == '\n' || s[length] == '\r'))
            return at;
        at += *s == ',';
    }
    return -1;
}

static double field(const char *line, int at)
{
    for (; at > 0; at--)
        line = strchr(line, ',') + 1;
    return strtod(line, NULL);
}

/* A table with columns named so: constant, price, weight, least, most. */
static fleet read_table(const char *text, const char *const name[5])
{
    int at[5];
    fleet f = {instance_make(MOST), 0};
    exact constant = {0, {0}};
    for (int k = 0; k < 5; k++) {
        at[k] = column(text, name[k]);
        assert_true(at[k] >= 0);
    }
    int64_t n = 0;
    for (const char *end = strchr(text, '\n'); end && isdigit((unsigned char)end[1]); end = strchr(end + 1, '\n')) {
        const char *line = end + 1;
        assert_true(n < MOST);
        exact_add(&constant, field(line, at[0]));
        f.t.price[n] = field(line, at[1]);
        f.t.weight[n] = field(line, at[2]);
        f.t.lower[n] = field(line, at[3]);
        f.t.upper[n++] = field(line, at[4]);
    }
    f.t.n = n;
    f.constant = exact_value(&constant);
    return f;
}

/* The numbers of one array of a flat JSON text. */
static int64_t read_array(const char *text, const char *key, double *to)
{
    char quoted[40];
    snprintf(quoted, sizeof quoted, "\"%s\": [", key);
    const char *s = strstr(text, quoted);
    assert_non_null(s);
    s += strlen(quoted);
    int64_t n = 0;
    for (char *end; *s != ']'; s = end + strspn(end, ", \n")) {
        assert_true(n < MOST);
        to[n++] = strtod(s, &end);
        assert_true(end != s);
    }
    return n;
}

static fleet read_json(const char *text)
{
    double a[MOST];
    fleet f = {instance_make(MOST), 0};
    exact constant = {0, {0}};
    f.t.n = read_array(text, "a", a);
    for (int64_t k = 0; k < f.t.n; k++)
        exact_add(&constant, a[k]);
    assert_int_equal(read_array(text, "b", f.t.price), f.t.n);
    assert_int_equal(read_array(text, "c", f.t.weight), f.t.n);
    assert_int_equal(read_array(text, "P_min", f.t.lower), f.t.n);
    assert_int_equal(read_array(text, "P_max", f.t.upper), f.t.n);
    f.constant = exact_value(&constant);
    return f;
}

static fleet read_case(const char *name)
{
    static const char *const dispatch[] = {"a", "b", "c", "pmin", "pmax"};
    static const char *const grid[] = {"c0", "c1", "c2", "pmin", "pmax"};
    char path[200];
    int json = strncmp(name, "wood", 4) == 0 || strncmp(name, "kazarlis", 8) == 0;
    int eld = strncmp(name, "eld", 3) == 0;
    if (eld)
        snprintf(path, sizeof path, "dispatch_uc/%.5s.csv", name);
    else if (strncmp(name, "kazarlis10", 10) == 0)
        snprintf(path, sizeof path, "dispatch_uc/kazarlis10.json");
    else
        snprintf(path, sizeof path, json ? "dispatch_uc/%s.json" : "pglib_opf_dispatch/%s.csv", name);
    char *text = read_data(path);
    if (!text)
        fail_msg("the data has no %s", path);
    fleet f = json ? read_json(text) : read_table(text, eld ? dispatch : grid);
    free(text);
    return f;
}

static rm_problem *solved(const fleet *f)
{
    rm_problem *p = instance_problem(&f->t, NULL, NULL);
    assert_ok(rm_problem_set_constant(p, f->constant));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    return p;
}

static void textbook_example(void **state)
{
    (void)state;
    fleet f = read_case("wood_wollenberg_3A");
    double x[3], cost, price;
    f.t.total = 850;
    assert_same(f.constant, 949);
    rm_problem *p = solved(&f);
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_within(x[0], 393.16984, 5e-6);
    assert_within(x[1], 334.60376, 5e-6);
    assert_within(x[2], 122.22641, 5e-6);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &cost));
    assert_within(cost, 8194.356121, 5e-7);
    assert_ok(rm_problem_get_row_duals(p, 1, NULL, &price));
    assert_within(price, 9.148262571, 5e-10);
    rm_problem_destroy(p);
    instance_free(&f.t);
}

static void every_computed_optimum(void **state)
{
    (void)state;
    char *table = read_data("dispatch_uc/computed_convex_optima.csv");
    assert_non_null(table);
    int seen = 0;
    for (char *line = strchr(table, '\n'); line && line[1]; line = strchr(line, '\n')) {
        char name[100] = "";
        size_t length = strcspn(++line, ",");
        assert_true(length < sizeof name);
        memcpy(name, line, length);
        fleet f = read_case(name);
        f.t.total = field(line, 1);
        double cost = field(line, 2), price = field(line, 3), value, gap, residual, low, high;
        rm_problem *p = solved(&f);
        assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &value));
        assert_within(value, cost, 1e-9 * cost + 5e-7);
        assert_ok(rm_problem_get_info_f64(p, RM_INFO_GAP, &gap));
        assert_true(gap <= 1e-9 * cost);
        assert_ok(rm_problem_get_info_f64(p, RM_INFO_ROW_RESIDUAL_RELATIVE, &residual));
        assert_true(residual <= 4 * 0x1p-52);
        /* The price is printed to nine places; at a kink any between the two is one. */
        assert_ok(rm_problem_get_row_ranges(p, 1, NULL, &low, &high, NULL, NULL));
        assert_true(price >= low - 1e-8 && price <= high + 1e-8);
        answer a = answer_direct(&f.t);
        assert_optimal(&f.t, &a);
        answer_free(&a);
        rm_problem_destroy(p);
        instance_free(&f.t);
        seen++;
    }
    assert_int_equal(seen, 9);
    free(table);
}

int main(void)
{
    char *there = read_data("dispatch_uc/computed_convex_optima.csv");
    if (!there) {
        puts("skipped: no data");
        return 77;
    }
    free(there);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(textbook_example),
        cmocka_unit_test(every_computed_optimum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

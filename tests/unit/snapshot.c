/* See snapshot.h. */
#include "snapshot.h"

static void put(snapshot *s, const void *from, size_t size)
{
    if (s->size + size > s->room) {
        s->room = 2 * s->room + size + 256;
        unsigned char *more = realloc(s->byte, s->room);
        assert_non_null(more);
        s->byte = more;
    }
    memcpy(s->byte + s->size, from, size);
    s->size += size;
}

static void put_double(snapshot *s, double v)
{
    uint64_t bits = isnan(v) ? UINT64_C(0x7ff8000000000000) : bits_of(v);
    put(s, &bits, sizeof bits);
}

static void put_integer(snapshot *s, int64_t v)
{
    put(s, &v, sizeof v);
}

static int64_t info(rm_problem *p, int32_t key)
{
    int64_t value = -1;
    assert_ok(rm_problem_get_info_i64(p, key, &value));
    return value;
}

static void put_infos(snapshot *s, rm_problem *p)
{
    for (int32_t key = RM_INFO_VARIABLES; key <= RM_INFO_ITERATIONS; key++)
        put_integer(s, info(p, key));
    for (int32_t key = RM_INFO_OBJECTIVE; key <= RM_INFO_SHORTFALL; key++) {
        double value = 0;
        put_integer(s, rm_problem_get_info_f64(p, key, &value));
        if (key != RM_INFO_SECONDS)
            put_double(s, value);
    }
}

static void put_options(snapshot *s, rm_problem *p)
{
    double seconds = 0;
    assert_ok(rm_problem_get_option_f64(p, RM_OPTION_TIME_LIMIT, &seconds));
    put_double(s, seconds);
    for (int32_t key = RM_OPTION_ITERATION_LIMIT; key <= RM_OPTION_PROGRESS_STEP; key++) {
        int64_t value = 0;
        assert_ok(rm_problem_get_option_i64(p, key, &value));
        put_integer(s, value);
    }
}

static void put_name(snapshot *s, rm_problem *p, int32_t kind, int64_t index)
{
    char text[256] = "";
    put_integer(s, rm_problem_get_name(p, kind, index, text, sizeof text));
    put(s, text, strlen(text) + 1);
}

static void put_names(snapshot *s, rm_problem *p)
{
    put_name(s, p, RM_NAME_PROBLEM, 0);
    for (int64_t i = 0; i < info(p, RM_INFO_VARIABLES); i++)
        put_name(s, p, RM_NAME_VARIABLE, i);
    for (int64_t r = 0; r < info(p, RM_INFO_ROWS); r++)
        put_name(s, p, RM_NAME_ROW, r);
}

static void put_answer(snapshot *s, rm_problem *p)
{
    for (int64_t i = 0; i < info(p, RM_INFO_VARIABLES); i++) {
        double v = 0;
        put_integer(s, rm_problem_get_solution(p, 1, &i, &v));
        put_double(s, v);
        put_integer(s, rm_problem_get_reduced_costs(p, 1, &i, &v));
        put_double(s, v);
    }
    for (int64_t r = 0; r < info(p, RM_INFO_ROWS); r++) {
        double v[5] = {0};
        put_integer(s, rm_problem_get_row_duals(p, 1, &r, v));
        put_integer(s, rm_problem_get_row_ranges(p, 1, &r, v + 1, v + 2, v + 3, v + 4));
        for (int k = 0; k < 5; k++)
            put_double(s, v[k]);
    }
}

static void put_conflict(snapshot *s, rm_problem *p)
{
    rm_status status = RM_OK;
    for (int64_t k = 0; status == RM_OK; k++) {
        int32_t kind = 0;
        int64_t index = -1;
        double multiplier = 0, repair = 0;
        status = rm_problem_get_conflict(p, k, 1, &kind, &index, &multiplier, &repair);
        put_integer(s, status);
        put_integer(s, kind);
        put_integer(s, index);
        put_double(s, multiplier);
        put_double(s, repair);
    }
}

/* What a check says of a fixed point shows costs, bounds and rows. */
static void put_check(snapshot *s, rm_problem *p, double scale)
{
    static const int32_t key[] = {RM_INFO_OBJECTIVE, RM_INFO_BOUND, RM_INFO_ROW_RESIDUAL, RM_INFO_BOUND_RESIDUAL,
                                  RM_INFO_DUAL_RESIDUAL};
    double value[COUNT_OF(key)] = {0}, x[64] = {0}, dual[8];
    if (info(p, RM_INFO_VARIABLES) > COUNT_OF(x) || info(p, RM_INFO_ROWS) > COUNT_OF(dual))
        return;
    for (int64_t i = 0; i < COUNT_OF(x); i++)
        x[i] = scale * (double)((i * 37 + 11) % 23 - 9);
    for (int64_t r = 0; r < COUNT_OF(dual); r++)
        dual[r] = 0.375 * scale;
    put_integer(s, rm_problem_verify(p, x, dual, COUNT_OF(key), key, value));
    for (int64_t k = 0; k < COUNT_OF(key); k++)
        put_double(s, value[k]);
}

static void put_probes(snapshot *s, rm_problem *p)
{
    rm_problem *copy = NULL;
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
    char text[1100] = "";
    int64_t items = -1;
    put_integer(s, rm_problem_explain(copy, &items));
    put_integer(s, items);
    put_integer(s, rm_problem_message(copy, text, sizeof text));
    put(s, text, strlen(text) + 1);
    put_check(s, copy, 1);
    put_check(s, copy, 1e-3);
    put_check(s, copy, 1e6);
    put_integer(s, rm_problem_solve(copy, RM_SOLVER_AUTO));
    put_infos(s, copy);
    put_answer(s, copy);
    for (int64_t r = 0; r < info(copy, RM_INFO_ROWS); r++) { /* sides that were there still decide what is refused */
        double low = 3, high = 4;
        put_integer(s, rm_problem_set_row_bounds(copy, 1, &r, &low, NULL));
        put_integer(s, rm_problem_set_row_bounds(copy, 1, &r, NULL, &high));
        put_integer(s, rm_problem_solve(copy, RM_SOLVER_AUTO));
        put_answer(s, copy);
    }
    int64_t first = -1;
    put_integer(s, rm_problem_add_variables(copy, 1, &first));
    put_integer(s, first);
    put_integer(s, rm_problem_solve(copy, RM_SOLVER_AUTO));
    put_answer(s, copy);
    rm_problem_destroy(copy);
}

snapshot snapshot_take(rm_problem *p)
{
    snapshot s = snapshot_content(p);
    double seconds = 0;
    if (p) {
        assert_ok(rm_problem_get_info_f64(p, RM_INFO_SECONDS, &seconds));
        put_double(&s, seconds);
    }
    return s;
}

snapshot snapshot_content(rm_problem *p)
{
    snapshot s = {NULL, 0, 0};
    if (!p)
        return s;
    put_infos(&s, p);
    put_options(&s, p);
    put_names(&s, p);
    put_answer(&s, p);
    put_conflict(&s, p);
    put_probes(&s, p);
    return s;
}

int snapshot_equal(const snapshot *a, const snapshot *b)
{
    return a->size == b->size && (a->size == 0 || memcmp(a->byte, b->byte, a->size) == 0);
}

void snapshot_free(snapshot *s)
{
    free(s->byte);
    s->byte = NULL;
    s->size = s->room = 0;
}

void support_refused(rm_problem *p, snapshot *before, rm_status got, rm_status expected, const char *const *words,
                     int64_t count, const char *call, const char *file, int line)
{
    support_status(got, expected, call, file, line);
    for (int64_t k = 0; p && k < count; k++)
        support_says(p, words[k], file, line);
    snapshot after = snapshot_take(p);
    int equal = snapshot_equal(before, &after);
    snapshot_free(before);
    snapshot_free(&after);
    if (!equal) {
        print_error("%s\n  was refused and changed something\n", call);
        _fail(file, line);
    }
}

/* See ways.h. */
#include "ways.h"

static const double standard[] = {1, 0, 0, 1, 0, INFINITY};

void flatten(instance *t, unsigned which)
{
    double *all[] = {t->weight, t->target, t->price, t->coef, t->lower, t->upper};
    for (int64_t k = 0; k < COUNT_OF(all); k++)
        for (int64_t i = 0; i < t->n && which >> k & 1; i++)
            all[k][i] = standard[k];
    for (int64_t i = 0; i < t->n; i++)
        t->upper[i] = fmax(t->upper[i], t->lower[i]);
}

rm_view view_of(const instance *t, unsigned hidden)
{
    const double *all[] = {t->weight, t->target, t->price, t->coef, t->lower, t->upper};
    for (int64_t k = 0; k < COUNT_OF(all); k++) {
        int64_t i = 0;
        while (i < t->n && all[k][i] == standard[k])
            i++;
        if (i == t->n && hidden >> k & 1)
            all[k] = NULL;
    }
    return (rm_view){t->n, all[0], all[1], all[2], all[3], all[4], all[5]};
}

double *lines(int64_t n)
{
    double *v = aligned_alloc(64, ((size_t)n * sizeof *v + 63) / 64 * 64);
    assert_non_null(v);
    return v;
}

rm_row equal_sides(double total)
{
    return (rm_row){total, total};
}

reference long_way(const rm_view *v, rm_row row)
{
    reference r = {.x = doubles(v->n)};
    int64_t passes = 0;
    rm_watch watch = rm_watch_none(&passes);
    r.status = rm_waterfill_solve(v, row, r.x, &watch, &r.water);
    r.bare_status = rm_waterfill_solve(v, row, NULL, &watch, &r.bare);
    return r;
}

rm_status short_way(const rm_view *v, rm_row row, double *x, rm_crew *crew, rm_water *out, int *done)
{
    int64_t passes = 0;
    rm_watch watch = rm_watch_none(&passes);
    memset(out, 0x55, sizeof *out); /* nothing there may be left as it is and read */
    *done = -1;
    return rm_fast_row(v, row, x, &watch, crew, NULL, out, done);
}

/* Enough to draw the case again, and small ones whole. */
static void tell_case(const rm_view *v, rm_row row, const char *wrong)
{
    const double *all[] = {v->weight, v->target, v->price, v->coef, v->lower, v->upper};
    static const char *const names[] = {"weight", "target", "price", "coef", "lower", "upper"};
    print_error("level %s, n = %d, row %a to %a: %s\n", rm_kernels_best()->name, (int)v->n, row.lower, row.upper,
                wrong);
    for (int64_t k = 0; k < COUNT_OF(all); k++) {
        print_error("  %s:%s", names[k], all[k] ? "" : " NULL");
        for (int64_t i = 0; all[k] && i < v->n && i < 12; i++)
            print_error(" %a", all[k][i]);
        print_error("\n");
    }
}

#define assert_case(condition, v, row)                                                                                 \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            tell_case((v), (row), #condition);                                                                         \
            _fail(__FILE__, __LINE__);                                                                                 \
        }                                                                                                              \
    } while (0)

static int same(double a, double b)
{
    return bits_of(a) == bits_of(b);
}

static int64_t first_difference(const double *a, const double *b, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        if (!same(a[i], b[i]))
            return i;
    return -1;
}

/* Around x: nothing else may be written. */
enum { GUARDS = 16 };
#define GUARD 0x1.5a5a5a5a5a5a5p+321

/* What is said of a row that cannot be met. */
static void must_say_the_same(const rm_view *v, rm_row row, const rm_water *found, const rm_water *wanted)
{
    assert_case(same(found->shortfall, wanted->shortfall), v, row);
    assert_case(same(found->attainable, wanted->attainable), v, row);
    assert_case(found->members == wanted->members, v, row);
    assert_case(found->side == wanted->side, v, row);
}

/* What is found besides x.  A price between two doubles needs x to be told in full. */
static void must_tell_the_same(const rm_view *v, rm_row row, rm_status status, const rm_water *found,
                               rm_status wanted_status, const rm_water *wanted)
{
    if (status != wanted_status || !same(found->multiplier, wanted->multiplier))
        print_error("short: status %d, price %a + %a, multiplier %a\nlong: status %d, price %a + %a, multiplier %a\n",
                    (int)status, found->price.high, found->price.low, found->multiplier, (int)wanted_status,
                    wanted->price.high, wanted->price.low, wanted->multiplier);
    assert_case(status == wanted_status, v, row);
    if (status == RM_INFEASIBLE) {
        must_say_the_same(v, row, found, wanted);
        return;
    }
    int at_ends = isinf(found->price.high) || found->price.high == 0;
    assert_case(!at_ends || same(found->price.high, wanted->price.high), v, row);
    assert_case(!at_ends || found->price.jump == wanted->price.jump, v, row);
    assert_case(same(found->multiplier, wanted->multiplier), v, row);
    assert_case(found->side == wanted->side, v, row);
}

int agrees(const rm_view *v, rm_row row, const reference *r, rm_crew *crew, int64_t place)
{
    int64_t n = v->n;
    double *room = lines(n + GUARDS), *x = room + GUARDS / 2 + place % 8; /* place 0: where a cache line begins */
    rm_water found;
    int done;
    for (int64_t k = 0; k < n + GUARDS; k++)
        room[k] = GUARD;
    rm_status status = short_way(v, row, x, crew, &found, &done);
    assert_case(status == RM_OK || (status == RM_INFEASIBLE && done), v, row);
    assert_case(done == 0 || done == 1, v, row);
    if (done)
        must_tell_the_same(v, row, status, &found, r->status, &r->water);
    if (done && status == RM_OK) {
        assert_case(same(found.price.high, r->water.price.high), v, row);
        assert_case(same(found.price.low, r->water.price.low), v, row);
        assert_case(first_difference(x, r->x, n) < 0, v, row);
        /* What the long way is checked by afterwards, and the short way is not. */
        if (n <= 10000 || place == 0)
            assert_case(rm_verify_stationarity(v, row, x, found.multiplier) <= RM_STATIONARY, v, row);
    }
    for (double *k = room; k < room + n + GUARDS; k += k + 1 == x ? n + 1 : 1)
        assert_case(same(*k, GUARD), v, row);
    free(room);
    return done;
}

int agrees_without_x(const rm_view *v, rm_row row, const reference *r, rm_crew *crew)
{
    rm_water found;
    int done;
    rm_status status = short_way(v, row, NULL, crew, &found, &done);
    assert_case(status == RM_OK || (status == RM_INFEASIBLE && done), v, row);
    assert_case(done == 0 || done == 1, v, row);
    if (done)
        must_tell_the_same(v, row, status, &found, r->bare_status, &r->bare);
    return done;
}

void compare(const rm_view *v, rm_row row, rm_crew *crew, int64_t place, int64_t *tried, int64_t *done)
{
    reference r = long_way(v, row);
    for (int level = 0; level < RM_LEVELS; level++) {
        if (!rm_level_runs(level))
            continue;
        rm_level_force(level);
        *done += agrees(v, row, &r, crew, place + level);
        *done += agrees_without_x(v, row, &r, crew);
        *tried += 2;
    }
    rm_level_force(-1);
    free(r.x);
}

int32_t backwards(void *user, rm_task_fn fn, void *task, int64_t parts)
{
    ++*(int *)user;
    for (int64_t part = parts - 1; part >= 0; part--)
        fn(task, part);
    return 0;
}

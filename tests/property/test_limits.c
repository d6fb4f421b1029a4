/* Totals at a limit of what the bounds allow, or beyond: what the short way says of them
 * (solve/limits.c) is what the long way says, bit for bit, also through the public calls. */
#include "solve/limits.h"
#include "twins.h"
#include "ways.h"

/* Besides the kinds of instance.h: products over most of what doubles can hold. */
enum { FAR_APART = KINDS, SORTS };

/* --- data --------------------------------------------------------------------------- */

static void make_far_apart(dice *d, instance *t)
{
    for (int64_t i = 0; i < t->n; i++) {
        double one = dice_wild(d, 300), two = dice_wild(d, 300);
        t->coef[i] = dice_below(d, 2) ? dice_wild(d, 300) : 1;
        t->lower[i] = fmin(one, two);
        t->upper[i] = fmax(one, two);
    }
}

/* Bounds on the other side are not needed to tell a limit. */
static void open_some(dice *d, instance *t, int side)
{
    for (int64_t i = 0; i < t->n; i++) {
        if (dice_below(d, 8))
            continue;
        if (instance_end(t, i, side) == t->upper[i])
            t->lower[i] = -INFINITY;
        else
            t->upper[i] = INFINITY;
    }
}

/* At price 0 all stand at 0, near their ends; seen from their targets some are there. */
static void come_near(dice *d, instance *t)
{
    int far = (int)dice_below(d, 120);
    for (int64_t i = 0; i < t->n; i++) {
        t->weight[i] = ldexp(1, (int)dice_below(d, 20) - 10);
        t->target[i] = dice_wild(d, 100);
        t->price[i] = 2 * t->weight[i] * t->target[i];
        t->upper[i] = ldexp(fabs(dice_wild(d, 20)), -far);
        t->lower[i] = -ldexp(fabs(dice_wild(d, 20)), -far);
    }
}

/* A problem with a limit on this side, but for a few. */
static instance draw(dice *d, int64_t n, int side)
{
    int sort = (int)dice_below(d, SORTS), special = (int)dice_below(d, 10);
    instance t = instance_random(d, n, sort % KINDS);
    if (special > 0)
        instance_close(&t);
    if (sort == FAR_APART)
        make_far_apart(d, &t);
    for (int64_t i = 0; i < n && special == 1; i++) /* one point is all there is */
        t.upper[i] = t.lower[i];
    for (int64_t i = 0; i < n && special == 2; i++) /* some cost nothing but their price */
        t.weight[i] = dice_below(d, 6) ? t.weight[i] : 0;
    if (special == 3)
        open_some(d, &t, side);
    if (special == 4)
        come_near(d, &t);
    if (special == 5 && n > 0)
        t.coef[dice_below(d, n)] = 0;
    if (dice_below(d, 2))
        flatten(&t, (unsigned)dice_below(d, 32));
    return t;
}

/* The sum at the ends of a side, or about as far from it as is still allowed, or elsewhere. */
static double total_of(dice *d, const instance *t, int side)
{
    exact sum = {0, {0}};
    double size = 0;
    for (int64_t i = 0; i < t->n; i++) {
        double a = t->coef[i], end = instance_end(t, i, side);
        if (a == 0 || isinf(end))
            continue;
        exact_add_product(&sum, a, end);
        size += fabs(a * end);
    }
    double limit = exact_value(&sum), allowed = 4 * 0x1p-52 * (fabs(limit) + size);
    switch (dice_below(d, 9)) {
    case 0: return nextafter(limit, INFINITY);
    case 1: return nextafter(limit, -INFINITY);
    case 2: return limit + side * allowed * dice_between(d, 0, 2);
    case 3: return limit + side * allowed * (1 + dice_between(d, -0x1p-18, 0x1p-18));
    case 4: return limit + side * (fabs(limit) + 1) * dice_between(d, 0, 2);
    case 5: return limit * (1 + dice_between(d, -1e-3, 1e-3));
    default: return limit;
    }
}

static int side_of(dice *d)
{
    return dice_below(d, 2) ? 1 : -1;
}

/* --- the two ways --------------------------------------------------------------------- */

static void play(dice *d, int64_t n, int64_t *tried, int64_t *done)
{
    int side = side_of(d);
    instance t = draw(d, n, side);
    double total = total_of(d, &t, side);
    rm_view v = view_of(&t, dice_below(d, 2) ? 63 : (unsigned)dice_below(d, 64));
    compare(&v, equal_sides(total), NULL, dice_below(d, 8), tried, done);
    instance_free(&t);
}

static void small_problems(void **state)
{
    (void)state;
    dice d = {1};
    int64_t tried = 0, done = 0;
    for (int64_t round = 0; round < 8000 / slowness(); round++)
        play(&d, dice_below(&d, 25), &tried, &done);
    assert_true(done > tried / 3);
}

static void large_problems(void **state)
{
    (void)state;
    dice d = {2};
    int64_t tried = 0, done = 0;
    for (int64_t round = 0; round < 600 / slowness(); round++)
        play(&d, 25 + dice_below(&d, 1200), &tried, &done);
    for (int64_t round = 0; round < 20 / slowness(); round++) /* more than one block between two looks at the watch */
        play(&d, 2 * RM_WATCH_BLOCK + dice_below(&d, RM_WATCH_BLOCK), &tried, &done);
    assert_true(done > tried / 3);
}

/* One pass tells that it is too much, a second one writes x.  Stopped before any of them it
 * says so, and is not done. */
static void a_watch_stops_it(void **state)
{
    (void)state;
    instance t = instance_make(RM_LEAVE_MOST + 1);
    double *x = doubles(t.n);
    for (int64_t i = 0; i < t.n; i++)
        t.upper[i] = 1;
    rm_view v = view_of(&t, 31);
    for (int beyond = 0; beyond < 2; beyond++)
        for (int64_t most = 0; most <= 2 - beyond; most++) {
            int64_t passes = 0;
            rm_watch watch = rm_watch_none(&passes);
            rm_water found;
            int done = 0;
            watch.most_passes = most;
            rm_status status = rm_limits_solve(&v, (double)(t.n + beyond), 1, x, rm_kernels_best(), &watch, &found, &done);
            assert_status(status, most < 2 - beyond ? RM_LIMIT : beyond ? RM_INFEASIBLE : RM_OK);
            assert_int_equal(done, status != RM_LIMIT);
            assert_true(passes == most);
        }
    free(x);
    instance_free(&t);
}

/* --- public calls ------------------------------------------------------------------------ */

static void must_answer_as(const instance *t, const reference *r, int with_x)
{
    double *x = doubles(t->n), multiplier = 7;
    int64_t where = -7;
    rm_row row = {t->total, t->total};
    rm_view v = view_of(t, 0);
    rm_status wanted = with_x ? r->status : r->bare_status;
    if (wanted == RM_OK && with_x && rm_verify_stationarity(&v, row, r->x, r->water.multiplier) > RM_STATIONARY)
        wanted = RM_INACCURATE;
    assert_status(rm_waterfill(t->n, t->weight, t->target, t->price, t->coef, t->lower, t->upper, t->total,
                               with_x ? x : NULL, &multiplier, &where),
                  wanted);
    assert_same(multiplier, wanted != RM_OK ? 7 : with_x ? r->water.multiplier : r->bare.multiplier);
    assert_true(where == -1 || wanted == RM_UNBOUNDED);
    if (wanted == RM_OK && with_x)
        assert_same_array(x, r->x, t->n);
    free(x);
}

static int done_here(const instance *t, rm_water *found)
{
    int done;
    rm_view v = view_of(t, 0);
    double *x = doubles(t->n);
    short_way(&v, equal_sides(t->total), x, NULL, found, &done);
    free(x);
    return done;
}

static void public_calls_tell_the_same(void **state)
{
    (void)state;
    dice d = {3};
    int64_t rounds = 1500 / slowness(), at_limit = 0, infeasible = 0;
    for (int64_t round = 0; round < rounds; round++) {
        int side = side_of(&d);
        instance t = draw(&d, 1 + dice_below(&d, 20), side);
        t.total = total_of(&d, &t, side);
        rm_view v = view_of(&t, 0);
        reference r = long_way(&v, equal_sides(t.total));
        must_answer_as(&t, &r, 1);
        must_answer_as(&t, &r, 0);
        instance u = beside_an_idle_one(&t);
        rm_problem *p = instance_problem(&t, NULL, NULL), *q = instance_problem(&u, NULL, NULL);
        must_read_the_same(p, q, t.n);
        rm_water found;
        if (done_here(&t, &found) && (r.status == RM_INFEASIBLE || isinf(found.price.high))) {
            assert_false(done_here(&u, &found));
            *(r.status == RM_INFEASIBLE ? &infeasible : &at_limit) += 1;
        }
        rm_problem_destroy(p);
        rm_problem_destroy(q);
        free(r.x);
        instance_free(&t);
        instance_free(&u);
    }
    assert_true(at_limit > rounds / 8);
    assert_true(infeasible > rounds / 8);
}

/* Nothing of an earlier outcome is left in a handle whose total moves to a limit, beyond
 * and back. */
static void a_handle_is_as_new_after_any_total(void **state)
{
    (void)state;
    dice d = {4};
    for (int64_t round = 0; round < 60 / slowness() + 2; round++) {
        instance t = draw(&d, 1 + dice_below(&d, 20), 1);
        rm_problem *p = instance_problem(&t, NULL, NULL);
        for (int step = 0; step < 12; step++) {
            t.total = total_of(&d, &t, side_of(&d));
            assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &t.total, &t.total));
            rm_problem *fresh = instance_problem(&t, NULL, NULL);
            must_read_the_same(p, fresh, t.n);
            rm_problem_destroy(fresh);
        }
        rm_problem_destroy(p);
        instance_free(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_problems),
        cmocka_unit_test(large_problems),
        cmocka_unit_test(a_watch_stops_it),
        cmocka_unit_test(public_calls_tell_the_same),
        cmocka_unit_test(a_handle_is_as_new_after_any_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

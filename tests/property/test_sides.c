/* Rows that need not meet one total: "at most", "at least", ranges, no row.  What the short
 * way says of them is what the long way says, bit for bit, also through handles whose sides
 * move and whose row binds now on one side, now on the other. */
#include "twins.h"
#include "ways.h"

/* Besides the kinds of instance.h: whole numbers, many of them tied at the price 0. */
enum { WHOLE = KINDS, SORTS };

/* What a problem may be as well. */
enum { CLOSED, ALL_FIXED, FREE_OF_COST, ZEROS, IDLE, SPECIALS = 2 * IDLE };

/* --- data --------------------------------------------------------------------------- */

static void make_whole(dice *d, instance *t)
{
    for (int64_t i = 0; i < t->n; i++) {
        t->weight[i] = (double)dice_below(d, 3);
        t->target[i] = (double)dice_below(d, 5);
        t->price[i] = t->weight[i] * (double)(2 * dice_below(d, 3)) - (double)dice_below(d, 2);
        t->coef[i] = (double)(1 + dice_below(d, 2));
        t->lower[i] = (double)dice_below(d, 3);
        t->upper[i] = t->lower[i] + (double)dice_below(d, 4);
    }
}

static void make_special(dice *d, instance *t, int special)
{
    if (special == CLOSED || special == ALL_FIXED)
        instance_close(t);
    for (int64_t i = 0; i < t->n; i++) {
        if (special == ALL_FIXED)
            t->upper[i] = t->lower[i];
        if (special == FREE_OF_COST && dice_below(d, 4) == 0) /* at the price 0 it may be anywhere */
            t->weight[i] = t->price[i] = 0;
        if (special == ZEROS && dice_below(d, 2)) /* of either sign */
            t->target[i] = t->price[i] = dice_below(d, 2) ? 0.0 : -0.0;
        if (special == IDLE && dice_below(d, 3) == 0)
            t->coef[i] = dice_below(d, 2) ? 0.0 : -0.0;
    }
}

static instance draw(dice *d, int64_t n)
{
    int sort = (int)dice_below(d, SORTS);
    instance t = instance_random(d, n, sort % KINDS);
    if (sort == WHOLE)
        make_whole(d, &t);
    make_special(d, &t, (int)dice_below(d, SPECIALS));
    if (dice_below(d, 3) == 0)
        flatten(&t, (unsigned)dice_below(d, 64));
    return t;
}

/* --- rows ---------------------------------------------------------------------------- */

/* Sums at the ends and at the price 0, with whatever is tied there at its least or its
 * greatest; infinite terms left out. */
enum { LEAST, AT_ZERO, AT_ZERO_TOO, GREATEST, PLACES };

static double sum_at(const instance *t, int place, double *size)
{
    exact sum = {0, {0}};
    rm_view v = view_of(t, 0);
    *size = 0;
    for (int64_t i = 0; i < t->n; i++) {
        double a = t->coef[i], up = instance_end(t, i, 1), down = instance_end(t, i, -1);
        rm_cost c = rm_view_cost(&v, i);
        int tied = c.weight == 0 && c.price == 0;
        double x = rm_cost_stand(&c, a, (rm_price){0, 0, 0}).x;
        if (place == LEAST || (tied && place == AT_ZERO))
            x = down;
        if (place == GREATEST || (tied && place == AT_ZERO_TOO))
            x = up;
        if (a == 0 || isinf(x))
            continue;
        exact_add_product(&sum, a, x);
        *size += fabs(a * x);
    }
    return exact_value(&sum);
}

/* A side at one of those sums, or about as far from it as is allowed, or elsewhere. */
static double side_of(dice *d, const instance *t)
{
    static const int places[] = {LEAST, AT_ZERO, AT_ZERO, AT_ZERO_TOO, GREATEST};
    double size, at = sum_at(t, places[dice_below(d, COUNT_OF(places))], &size);
    double allowed = 4 * 0x1p-52 * (fabs(at) + size), way = dice_below(d, 2) ? 1 : -1;
    switch (dice_below(d, 10)) {
    case 0: return at;
    case 1: return nextafter(at, way * INFINITY);
    case 2: return at + way * allowed * dice_between(d, 0, 2);
    case 3: return at + way * allowed * (1 + dice_between(d, -0x1p-18, 0x1p-18));
    case 4: return at + way * size * ldexp(1, -(int)dice_below(d, 60));
    default: return at + way * size * dice_between(d, 0, 1.25);
    }
}

static rm_row row_of(dice *d, const instance *t)
{
    rm_row row = {-INFINITY, INFINITY};
    double one = side_of(d, t), two = side_of(d, t);
    switch (dice_below(d, 10)) {
    case 0: return row;
    case 1: return (rm_row){one, nextafter(one, INFINITY)};
    case 2: return equal_sides(one);
    case 3:
    case 4: return (rm_row){fmin(one, two), fmax(one, two)};
    case 5:
    case 6:
    case 7: row.lower = one; return row;
    default: row.upper = one; return row;
    }
}

/* --- the two ways ---------------------------------------------------------------------- */

/* How often the short way was tried, and what it was done with. */
typedef struct tally {
    int64_t tried, done, infeasible, binding[3]; /* upper side, none, lower side */
} tally;

static int64_t done_with(const tally *s, int side)
{
    return s->binding[side - RM_SIDE_UPPER];
}

static void play(dice *d, int64_t n, tally *s)
{
    instance t = draw(d, n);
    rm_row row = row_of(d, &t);
    rm_view v = view_of(&t, dice_below(d, 2) ? 63 : (unsigned)dice_below(d, 64));
    int64_t before = s->done;
    compare(&v, row, NULL, dice_below(d, 8), &s->tried, &s->done);
    if (s->done > before) {
        rm_water found;
        int done;
        double *x = doubles(n);
        rm_status status = short_way(&v, row, x, NULL, &found, &done);
        s->infeasible += done && status == RM_INFEASIBLE;
        if (done && status == RM_OK)
            s->binding[found.side - RM_SIDE_UPPER]++;
        free(x);
    }
    instance_free(&t);
}

static void must_be_of_all_kinds(const tally *s, int64_t rounds)
{
    assert_true(s->done > s->tried / 3);
    assert_true(s->infeasible > rounds / 40);
    for (int side = RM_SIDE_UPPER; side <= RM_SIDE_LOWER; side++)
        assert_true(done_with(s, side) > rounds / 15);
}

static void small_problems(void **state)
{
    (void)state;
    dice d = {1};
    tally s = {0};
    int64_t rounds = 6000 / slowness();
    for (int64_t round = 0; round < rounds; round++)
        play(&d, dice_below(&d, 25), &s);
    must_be_of_all_kinds(&s, rounds);
}

/* Up to more than one block between two looks at the watch. */
static void large_problems(void **state)
{
    (void)state;
    dice d = {2};
    tally s = {0};
    int64_t rounds = 390 / slowness() + 20;
    for (int64_t round = 0; round < rounds; round++)
        play(&d, round % 40 ? 25 + dice_below(&d, 1200) : RM_WATCH_BLOCK + dice_below(&d, RM_WATCH_BLOCK), &s);
    must_be_of_all_kinds(&s, rounds);
}

/* At the price 0 the terms add up to nearly nothing, and the side is not far from that. */
static void sums_that_cancel(void **state)
{
    (void)state;
    dice d = {3};
    tally s = {0};
    for (int64_t round = 0; round < 1500 / slowness(); round++) {
        instance t = instance_make(2 + dice_below(&d, 30));
        int far = (int)dice_below(&d, 60);
        for (int64_t i = 0; i < t.n; i++) {
            t.weight[i] = fabs(dice_wild(&d, 2));
            t.target[i] = dice_wild(&d, 2);
            t.coef[i] = i % 2 ? -t.target[i - 1] : dice_wild(&d, 2);
            t.lower[i] = -INFINITY;
            if (i % 2)
                t.target[i] = t.coef[i - 1] * (1 + ldexp(dice_between(&d, -1, 1), -far));
        }
        double size, at = sum_at(&t, AT_ZERO, &size);
        double off = size * ldexp(dice_between(&d, -1, 1), -(int)dice_below(&d, 70));
        rm_row row = {-INFINITY, INFINITY};
        *(dice_below(&d, 2) ? &row.lower : &row.upper) = at + off;
        rm_view v = view_of(&t, 63);
        compare(&v, row, NULL, round, &s.tried, &s.done);
        instance_free(&t);
    }
    assert_true(s.done > s.tried / 3);
}

/* Where nothing is special the short way does not decline. */
static instance plain(dice *d, int64_t n)
{
    instance t = instance_make(n);
    for (int64_t i = 0; i < n; i++) {
        t.weight[i] = dice_between(d, 0.5, 4);
        t.target[i] = dice_between(d, -1, 1);
        t.price[i] = dice_between(d, -1, 1);
        t.coef[i] = dice_between(d, 0.5, 2);
        t.lower[i] = dice_between(d, -2, 0);
        t.upper[i] = dice_between(d, 0, 2);
    }
    return t;
}

/* A row that binds on this side, or does not, with room to spare. */
static rm_row plain_row(const instance *t, int side)
{
    double size, at = sum_at(t, AT_ZERO, &size), way = size / 8;
    rm_row rows[] = {{-INFINITY, at - way}, {at - way, at + way}, {at + way, at + 2 * way}};
    return rows[side - RM_SIDE_UPPER];
}

static void plain_rows_are_done(void **state)
{
    (void)state;
    dice d = {4};
    tally s = {0};
    for (int64_t round = 0; round < 60 / slowness() + 6; round++) {
        instance t = plain(&d, 1 + dice_below(&d, round % 6 < 3 ? 60 : 3000));
        rm_view v = view_of(&t, 63);
        compare(&v, plain_row(&t, (int)(round % 3) - 1), NULL, round, &s.tried, &s.done);
        instance_free(&t);
    }
    assert_true(s.done == s.tried);
}

static void crews_change_no_bit(void **state)
{
    (void)state;
    if (slowness() > 5)
        skip(); /* crews are for problems too large for a tool that makes programs so slow */
    dice d = {5};
    int called = 0;
    instance t = plain(&d, RM_CREW_LEAST + 1111);
    rm_view v = view_of(&t, 63);
    rm_crew crew = {.width = 3}, host = {.run = backwards, .user = &called, .width = 2};
    rm_crew *crews[] = {NULL, &crew, &host};
    rm_crew_room room;
    rm_crew_open(&crew, &room);
    for (int side = RM_SIDE_UPPER; side <= RM_SIDE_LOWER; side++) {
        rm_row row = plain_row(&t, side);
        reference r = long_way(&v, row);
        for (int level = 0; level < RM_LEVELS; level++) {
            if (!rm_level_runs(level))
                continue;
            rm_level_force(level);
            for (int64_t c = 0; c < COUNT_OF(crews); c++) {
                assert_true(agrees(&v, row, &r, crews[c], 1 + c));
                assert_true(agrees_without_x(&v, row, &r, crews[c]));
            }
        }
        rm_level_force(-1);
        free(r.x);
    }
    rm_crew_close(&crew);
    assert_true(called > 0);
    instance_free(&t);
}

/* Stopped before any of its passes it says so, and is not done. */
static void a_watch_stops_it(void **state)
{
    (void)state;
    dice d = {6};
    instance t = plain(&d, 1000);
    rm_view v = view_of(&t, 63);
    double *x = doubles(t.n);
    for (int side = RM_SIDE_UPPER; side <= RM_SIDE_LOWER; side++) {
        rm_status status = RM_LIMIT;
        for (int64_t most = 0; status != RM_OK; most++) {
            int64_t passes = 0;
            rm_watch watch = rm_watch_none(&passes);
            rm_water found;
            int done = -1;
            watch.most_passes = most;
            status = rm_fast_row(&v, plain_row(&t, side), x, &watch, NULL, NULL, &found, &done);
            assert_true(status == RM_OK || status == RM_LIMIT);
            assert_int_equal(done, status == RM_OK);
            assert_true(passes <= most);
            assert_true(most < 20);
        }
    }
    free(x);
    instance_free(&t);
}

/* --- handles --------------------------------------------------------------------------- */

static void set_row(rm_problem *p, rm_row row)
{
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &row.lower, &row.upper));
}

static rm_problem *problem_with(const instance *t, rm_row row)
{
    rm_problem *p = instance_problem(t, NULL, NULL);
    set_row(p, row);
    return p;
}

/* What the handle tells is what a new one tells, and one that the short way leaves alone. */
static void must_be_as_new(rm_problem *p, const instance *t, rm_row row)
{
    instance u = beside_an_idle_one(t);
    rm_problem *fresh = problem_with(t, row), *slow = problem_with(&u, row);
    must_read_the_same(p, fresh, t->n);
    must_read_the_same(p, slow, t->n);
    if (row.lower < row.upper) {
        rm_water found;
        int done;
        rm_view v = view_of(&u, 0);
        double *x = doubles(u.n);
        assert_ok(short_way(&v, row, x, NULL, &found, &done));
        assert_false(done);
        free(x);
    }
    rm_problem_destroy(fresh);
    rm_problem_destroy(slow);
    instance_free(&u);
}

/* One or both sides elsewhere: most often by some per cent of the range, so that the other one
 * binds, or the same one at another total. */
static rm_row move(dice *d, const instance *t, rm_row row)
{
    double size, least = sum_at(t, LEAST, &size), range = sum_at(t, GREATEST, &size) - least;
    double step = range * dice_between(d, -0.08, 0.08), middle = least + range * dice_between(d, 0.3, 0.7);
    switch (dice_below(d, 7)) {
    case 0: return row_of(d, t);
    case 1: return (rm_row){-INFINITY, middle};
    case 2: return (rm_row){middle, INFINITY};
    case 3: return equal_sides(middle);
    default: return (rm_row){row.lower + step, row.upper + step};
    }
}

static void edit(dice *d, rm_problem *p, instance *t)
{
    int64_t i = dice_below(d, t->n);
    switch (dice_below(d, 4)) {
    case 0: t->target[i] += dice_between(d, -1, 1); break;
    case 1: t->price[i] += dice_between(d, -1, 1); break;
    case 2: t->weight[i] = dice_between(d, 1, 9); break;
    default: t->upper[i] = fmax(t->lower[i], 0) + dice_between(d, 0, 5); break;
    }
    assert_ok(rm_problem_set_quadratic(p, 1, &i, &t->weight[i], &t->target[i], &t->price[i]));
    assert_ok(rm_problem_set_bounds(p, 1, &i, NULL, &t->upper[i]));
}

static void a_handle_is_as_new_after_any_side(void **state)
{
    (void)state;
    dice d = {7};
    for (int64_t round = 0; round < 72 / slowness() + 4; round++) {
        int large = round % 4 == 0;
        instance t = large ? plain(&d, 450 + dice_below(&d, 1500)) : draw(&d, 1 + dice_below(&d, 20));
        rm_row row = row_of(&d, &t);
        rm_problem *p = problem_with(&t, row);
        for (int step = 0; step < (large ? 6 : 10); step++) {
            must_be_as_new(p, &t, row);
            if (dice_below(&d, 5) == 0)
                edit(&d, p, &t);
            row = move(&d, &t, row);
            set_row(p, row);
        }
        rm_problem_destroy(p);
        instance_free(&t);
    }
}

/* A limit on the passes ends a solve without an answer, and the next one is as new. */
static void a_handle_goes_on_after_a_limit(void **state)
{
    (void)state;
    dice d = {8};
    for (int round = 0; round < 12; round++) {
        instance t = plain(&d, 1 + dice_below(&d, 1500));
        rm_row row = plain_row(&t, round % 3 - 1);
        rm_problem *p = problem_with(&t, row);
        rm_status status = RM_LIMIT;
        for (int64_t most = 0; status == RM_LIMIT; most++) {
            int64_t passes = -1, has = -1;
            assert_ok(rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, most));
            status = rm_problem_solve(p, RM_SOLVER_AUTO);
            assert_ok(rm_problem_get_info_i64(p, RM_INFO_ITERATIONS, &passes));
            assert_ok(rm_problem_get_info_i64(p, RM_INFO_HAS_ANSWER, &has));
            assert_true(passes <= most);
            assert_int_equal(has, status == RM_OK);
        }
        assert_ok(status);
        assert_ok(rm_problem_set_option_i64(p, RM_OPTION_ITERATION_LIMIT, INT64_MAX));
        must_be_as_new(p, &t, row);
        rm_problem_destroy(p);
        instance_free(&t);
    }
}

/* --- what a handle keeps ------------------------------------------------------------------ */

static int64_t passes_of(rm_problem *p)
{
    int64_t passes = 0;
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_ITERATIONS, &passes));
    return passes;
}

/* Solves a handle and a new one with the same; the passes of both are added. */
static void must_answer_as_new(rm_problem *p, rm_problem *fresh, int64_t *kept, int64_t *anew)
{
    answer a = answer_of(p), b = answer_of(fresh);
    assert_status(a.status, b.status);
    if (a.status == RM_OK) {
        assert_same(a.multiplier, b.multiplier);
        assert_same_array(a.x, b.x, a.n);
    }
    *kept += passes_of(p);
    *anew += passes_of(fresh);
    answer_free(&a);
    answer_free(&b);
}

/* The next total: about as the first one, or by some per cent of the range, between two
 * places, far off, beyond a limit. */
static double jump(dice *d, double total, double least, double range, int near)
{
    if (near)
        return least + range * dice_between(d, 0.49, 0.51);
    switch (dice_below(d, 12)) {
    case 0: return least + range * dice_between(d, -0.05, 1.05);
    case 1: return least;
    case 2:
    case 3: return least + range * (dice_below(d, 2) ? 0.5 : 0.52);
    default: return total + range * 0.03 * dice_between(d, -1, 1);
    }
}

/* Its row holds all, and only what is not as it was made is set. */
static rm_problem *simplex(const instance *t, rm_row row)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, t->n, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, t->n, NULL, NULL, t->target, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, row.lower, row.upper, NULL));
    return p;
}

static void totals_jump(dice *d, int64_t n, int is_simplex, int near, int64_t *kept, int64_t *anew)
{
    instance t = plain(d, n);
    double size, least = is_simplex ? 0 : sum_at(&t, LEAST, &size);
    double range = is_simplex ? (double)n / 20 : sum_at(&t, GREATEST, &size) - least;
    double total = least + range / 2;
    rm_problem *p = is_simplex ? simplex(&t, equal_sides(total)) : problem_with(&t, equal_sides(total));
    for (int step = 0; step < 20 / (int)slowness() + 5; step++) {
        int sort = (int)dice_below(d, 8);
        rm_row row = {sort == 0 ? -INFINITY : total, sort == 1 ? INFINITY : total};
        rm_problem *fresh = is_simplex ? simplex(&t, row) : problem_with(&t, row);
        set_row(p, row);
        must_answer_as_new(p, fresh, kept, anew);
        rm_problem_destroy(fresh);
        if (!is_simplex && !near && dice_below(d, 12) == 0)
            edit(d, p, &t);
        total = jump(d, total, least, range, near);
    }
    rm_problem_destroy(p);
    instance_free(&t);
}

/* The bracket that a handle keeps grows with the totals it has seen; what it answers is none
 * of its business. */
static void a_kept_bracket_changes_no_bit(void **state)
{
    (void)state;
    static const int64_t sizes[] = {600, 449, 1900, 4000, 9000, 20000};
    dice d = {9};
    for (int near = 0; near < 2; near++) {
        int64_t kept = 0, anew = 0;
        for (int64_t k = 0; k < COUNT_OF(sizes) - (slowness() > 5 ? 3 : 0); k++)
            for (int is_simplex = 0; is_simplex < 2; is_simplex++)
                totals_jump(&d, sizes[k] + dice_below(&d, 99), is_simplex, near, &kept, &anew);
        /* But it saves passes, from the third solve on: a slow tool's few solves do not tell. */
        assert_true(!near || slowness() > 5 || kept < anew - anew / 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_problems),
        cmocka_unit_test(large_problems),
        cmocka_unit_test(sums_that_cancel),
        cmocka_unit_test(plain_rows_are_done),
        cmocka_unit_test(crews_change_no_bit),
        cmocka_unit_test(a_watch_stops_it),
        cmocka_unit_test(a_handle_is_as_new_after_any_side),
        cmocka_unit_test(a_handle_goes_on_after_a_limit),
        cmocka_unit_test(a_kept_bracket_changes_no_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The short way of a solve with one row against the long one.  Where the short way
 * says that it is done, its answer is that of the long way, bit for bit: on every
 * level of processor, however the work is cut, in any order of the variables.
 * And it is done where the data are nothing special, or all of this would say
 * nothing. */
#include "ways.h"

enum {
    /* the classes of the literature: plain continuous data */
    UNCORRELATED, WEAKLY_CORRELATED, CORRELATED, RESOURCE, SIMPLEX_UNIFORM, SIMPLEX_NORMAL, CAPPED_SIMPLEX,
    CLASSES,
    /* and awkward ones */
    IDENTICAL = CLASSES, INTEGERS, PARETO, ONE_GIANT, SORTED, PERIODIC, SCALES, OPEN_ABOVE, FIXED, SIGNS, LINEAR,
    LIKE_OTHER_TESTS, /* and the next ones: the kinds of instance.h */
    SHAPES = LIKE_OTHER_TESTS + KINDS
};

/* --- data -------------------------------------------------------------------- */

static double normal(dice *d)
{
    double u = 1 - dice_between(d, 0, 1), v = dice_between(d, 0, 1);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* Variable i of: minimise sum 1/2 q x^2 - a x subject to sum b x = r, l <= x <= u. */
static void put(instance *t, int64_t i, double q, double a, double b, double lower, double upper)
{
    t->weight[i] = q / 2;
    t->target[i] = a / q;
    t->coef[i] = b;
    t->lower[i] = fmin(lower, upper);
    t->upper[i] = fmax(lower, upper);
}

static void draw_class(dice *d, instance *t, int64_t i, int class)
{
    double b = dice_between(d, 10, 25), low = dice_between(d, 1, 15), high = dice_between(d, 1, 15);
    switch (class) {
    case UNCORRELATED: put(t, i, dice_between(d, 10, 25), dice_between(d, 10, 25), b, low, high); break;
    case WEAKLY_CORRELATED:
        put(t, i, dice_between(d, b - 5, b + 5), dice_between(d, b - 5, b + 5), b, low, high);
        break;
    case CORRELATED: put(t, i, b + 5, b + 5, b, low, high); break;
    case RESOURCE:
        put(t, i, dice_between(d, 1, 10001), dice_between(d, -1000, 1000), 1, 0, dice_between(d, 0, 1000));
        break;
    case SIMPLEX_UNIFORM: put(t, i, 2, 2 * dice_between(d, 0, 1), 1, 0, INFINITY); break;
    case SIMPLEX_NORMAL: put(t, i, 2, 2 * normal(d), 1, 0, INFINITY); break;
    default: put(t, i, 2, 2 * dice_between(d, -0.5, 1.5), 1, 0, 1); break;
    }
}

static void repeat(instance *t, int64_t i, int64_t from)
{
    double *all[] = {t->weight, t->target, t->price, t->coef, t->lower, t->upper};
    for (int64_t k = 0; k < COUNT_OF(all); k++)
        all[k][i] = all[k][from];
}

/* Makes variable i, drawn from a class and with a price, an awkward one. */
static void make_awkward(dice *d, instance *t, int64_t i, int shape, int64_t period)
{
    switch (shape) {
    case IDENTICAL: repeat(t, i, 0); break;
    case INTEGERS:
        put(t, i, 2 * (double)(1 + dice_below(d, 3)), 2 * (double)dice_below(d, 5), (double)(1 + dice_below(d, 2)),
            (double)dice_below(d, 3), (double)dice_below(d, 6));
        t->price[i] = (double)dice_below(d, 3);
        break;
    case PARETO: t->target[i] = pow(1 - dice_between(d, 0, 1), -2), t->upper[i] = t->lower[i] + 2 * t->target[i]; break;
    case ONE_GIANT:
        if (i == t->n / 3)
            t->target[i] = 1e12, t->upper[i] = INFINITY, t->weight[i] = 1e-3;
        break;
    case SORTED: t->target[i] = 10 * (double)i / (double)t->n; break;
    case PERIODIC:
        if (i >= period)
            repeat(t, i, i - period);
        break;
    case SCALES:
        t->weight[i] *= pow(10, dice_between(d, -9, 9));
        t->target[i] *= pow(10, dice_between(d, -9, 9));
        t->upper[i] = t->lower[i] + pow(10, dice_between(d, -9, 9));
        break;
    case OPEN_ABOVE: t->upper[i] = INFINITY; break;
    case FIXED:
        if (dice_below(d, 2))
            t->upper[i] = t->lower[i];
        break;
    case SIGNS:
        t->coef[i] *= dice_below(d, 5) == 0 ? 0 : dice_below(d, 2) ? 1 : -1;
        if (dice_below(d, 4) == 0)
            t->lower[i] = -INFINITY;
        break;
    default: /* LINEAR */
        if (dice_below(d, 3) == 0)
            t->weight[i] = 0;
        t->price[i] = dice_below(d, 2) ? normal(d) : (double)dice_below(d, 4);
        break;
    }
}

static instance draw(dice *d, int64_t n, int shape)
{
    static const int64_t periods[] = {8, 64, 512, 4096};
    if (shape >= LIKE_OTHER_TESTS)
        return instance_random(d, n, shape - LIKE_OTHER_TESTS);
    instance t = instance_make(n);
    int class = shape < CLASSES ? shape : (int)dice_below(d, CLASSES);
    int priced = shape >= CLASSES && dice_below(d, 2);
    int64_t period = periods[dice_below(d, COUNT_OF(periods))];
    for (int64_t i = 0; i < n; i++) {
        draw_class(d, &t, i, class);
        if (priced)
            t.price[i] = dice_between(d, -3, 3);
        if (shape >= CLASSES)
            make_awkward(d, &t, i, shape, period);
    }
    return t;
}

/* The row's sum with every variable this share of the way from the end where it
 * gives least to the other one. */
static double sum_at(const instance *t, double share)
{
    exact sum = {0, {0}};
    for (int64_t i = 0; i < t->n; i++) {
        double low = t->lower[i], high = t->upper[i];
        if (isinf(low))
            low = fmin(t->target[i], high) - 1;
        if (isinf(high))
            high = fmax(t->target[i], low) + 1;
        double along = t->coef[i] < 0 ? 1 - share : share;
        exact_add_product(&sum, t->coef[i], along == 1 ? high : low + along * (high - low));
    }
    return exact_value(&sum);
}

static double total_of(dice *d, const instance *t, int shape)
{
    double share = dice_between(d, 0.1, 0.9);
    if (shape >= LIKE_OTHER_TESTS)
        return t->total;
    if (shape < CLASSES)
        return shape == CAPPED_SIMPLEX ? (double)t->n / 3 : shape >= SIMPLEX_UNIFORM ? 1 : sum_at(t, share);
    double limit = sum_at(t, (double)dice_below(d, 2)); /* some stand at a limit, or an ulp beside it */
    switch (dice_below(d, 10)) {
    case 0: return limit;
    case 1: return nextafter(limit, INFINITY);
    case 2: return nextafter(limit, -INFINITY);
    default: return sum_at(t, share);
    }
}

/* A round draws a problem of some shape and compares. */
static void play(dice *d, int64_t n, int shape, unsigned flat, rm_crew *crew, int64_t *tried, int64_t *done)
{
    instance t = draw(d, n, shape);
    if (flat)
        flatten(&t, flat);
    double total = flat && shape >= LIKE_OTHER_TESTS ? sum_at(&t, 0.5) : total_of(d, &t, shape);
    rm_view v = view_of(&t, (unsigned)dice_below(d, 64));
    compare(&v, equal_sides(total), crew, dice_below(d, 8), tried, done);
    instance_free(&t);
}

/* --- tests ----------------------------------------------------------------------- */

static void small_problems(void **state)
{
    (void)state;
    dice d = {1};
    int64_t tried = 0, done = 0;
    for (int round = 0; round < 2400 / slowness(); round++)
        play(&d, 1 + dice_below(&d, 40), round % SHAPES, 0, NULL, &tried, &done);
    assert_true(done > tried / 2);
}

static void problems_of_some_hundreds(void **state)
{
    (void)state;
    dice d = {2};
    int64_t tried = 0, done = 0;
    for (int round = 0; round < 320 / slowness(); round++)
        play(&d, 100 + dice_below(&d, 601), round % SHAPES, 0, NULL, &tried, &done);
    assert_true(done > tried / 2);
}

static void any_arrays_may_be_null(void **state)
{
    (void)state;
    dice d = {3};
    int64_t tried = 0, done = 0;
    for (int round = 0; round < 1280 / slowness(); round++) {
        unsigned flat = (unsigned)round % 64;
        int64_t n = round % 20 == 0 ? 513 + dice_below(&d, 600) : 1 + dice_below(&d, 60);
        play(&d, n, (int)dice_below(&d, SHAPES), flat, NULL, &tried, &done);
    }
    assert_true(done > tried / 4);
}

/* More than are gathered on the stack: from here on a sample is taken. */
static void large_problems(void **state)
{
    (void)state;
    dice d = {4};
    int64_t tried = 0, done = 0;
    for (int shape = 0; shape < SHAPES; shape++)
        play(&d, 3000 / slowness() + dice_below(&d, 100), shape, 0, NULL, &tried, &done);
    for (int round = 0; round < 6; round++)
        play(&d, 20000 / slowness() + dice_below(&d, 100), (int)dice_below(&d, SHAPES), 0, NULL, &tried, &done);
    assert_true(done > tried / 2);
}

/* The plain classes are what the short way is for: there it must not decline. */
static void plain_classes_are_done(void **state)
{
    (void)state;
    static const int64_t sizes[] = {40, 150, 512, 513, 700, 2200, 3000};
    dice d = {5};
    for (int class = 0; class < CLASSES; class++) {
        int64_t tried = 0, done = 0;
        for (int64_t k = 0; k < COUNT_OF(sizes) * 4 / slowness(); k++)
            play(&d, sizes[k % COUNT_OF(sizes)], class, 0, NULL, &tried, &done);
        if (done != tried)
            print_error("class %d: %d of %d done\n", class, (int)done, (int)tried);
        assert_true(done == tried);
    }
}

/* Numbers near over- and underflow, bounds that nearly meet, targets beside which
 * the answers are nothing. */
static instance far_apart(dice *d, int64_t n)
{
    static const int reaches[] = {6, 60, 100, 300, 480};
    instance t = instance_make(n);
    int reach = reaches[dice_below(d, COUNT_OF(reaches))];
    double base = dice_wild(d, reach), near = ldexp(base, -(int)dice_below(d, 60)), total = 0;
    for (int64_t i = 0; i < n; i++) {
        t.weight[i] = fabs(dice_wild(d, dice_below(d, 3) ? 3 : reach));
        t.target[i] = dice_below(d, 2) ? base + near * dice_between(d, -1, 1) : dice_wild(d, reach);
        t.price[i] = dice_below(d, 2) ? dice_eighths(d, 3) : dice_wild(d, reach);
        t.coef[i] = dice_below(d, 3) ? dice_wild(d, 2) : dice_wild(d, reach / 3);
        t.lower[i] = dice_below(d, 3) ? base + near * dice_between(d, -1, 1) : -INFINITY;
        t.upper[i] = (isinf(t.lower[i]) ? 0 : t.lower[i]) + fabs(dice_below(d, 2) ? near : dice_wild(d, reach));
        double low = isinf(t.lower[i]) ? fmin(t.upper[i], -fabs(base)) : t.lower[i];
        total += t.coef[i] * (low + dice_between(d, 0, 1) * (t.upper[i] - low));
    }
    t.total = dice_below(d, 5) && isfinite(total) ? total : dice_wild(d, reach);
    return t;
}

static void numbers_far_apart(void **state)
{
    (void)state;
    dice d = {12};
    int64_t tried = 0, done = 0;
    for (int round = 0; round < 1200 / slowness(); round++) {
        instance t = far_apart(&d, round % 100 ? 1 + dice_below(&d, 30) : 513 + dice_below(&d, 500));
        unsigned flat = (unsigned)dice_below(&d, 64);
        if (!(flat & 16)) /* the bounds belong together */
            flatten(&t, flat & ~32u);
        rm_view v = view_of(&t, (unsigned)dice_below(&d, 64));
        compare(&v, equal_sides(t.total), NULL, round, &tried, &done);
        instance_free(&t);
    }
    assert_true(done > tried / 4);
}

static void order_changes_no_bit(void **state)
{
    (void)state;
    dice d = {6};
    for (int round = 0; round < 300 / slowness(); round++) {
        int shape = round % SHAPES;
        instance t = draw(&d, round % 10 ? 1 + dice_below(&d, 300) : 1500, shape);
        t.total = total_of(&d, &t, shape);
        int64_t *order = malloc((size_t)t.n * sizeof *order);
        assert_non_null(order);
        dice_shuffle(&d, order, t.n);
        instance u = instance_permuted(&t, order);
        rm_view v = view_of(&t, 63), w = view_of(&u, 63);
        reference r = long_way(&v, equal_sides(t.total)), s = r;
        s.x = doubles(t.n);
        for (int64_t k = 0; k < t.n; k++)
            s.x[k] = r.x[order[k]];
        for (int level = 0; level < RM_LEVELS; level++)
            if (rm_level_runs(level)) {
                rm_level_force(level);
                agrees(&w, equal_sides(t.total), &s, NULL, round);
                agrees_without_x(&w, equal_sides(t.total), &s, NULL);
            }
        rm_level_force(-1);
        free(order);
        free(r.x);
        free(s.x);
        instance_free(&t);
        instance_free(&u);
    }
}

/* On threads of the library's own, by an executor, and on this thread alone. */
static void crews_change_no_bit(void **state)
{
    (void)state;
    if (slowness() > 5)
        skip(); /* crews are for problems too large for a tool that makes programs so slow */
    dice d = {7};
    int64_t tried = 0, done = 0;
    const int shapes[] = {UNCORRELATED, SIMPLEX_NORMAL};
    int called = 0;
    for (int k = 0; k < COUNT_OF(shapes); k++) {
        int64_t n = k == 0 && slowness() == 1 ? 200000 : RM_CREW_LEAST + 1111;
        rm_crew crew = {.width = 2 + k}, host = {.run = backwards, .user = &called, .width = 3};
        rm_crew_room room;
        instance t = draw(&d, n, shapes[k]);
        double total = total_of(&d, &t, shapes[k]);
        rm_view v = view_of(&t, 63);
        reference r = long_way(&v, equal_sides(total));
        rm_crew_open(&crew, &room);
        for (int level = 0; level < RM_LEVELS; level++) {
            if (!rm_level_runs(level))
                continue;
            rm_level_force(level);
            rm_crew *crews[] = {NULL, &crew, &host};
            int first = -1;
            for (int64_t c = 0; c < COUNT_OF(crews); c++) {
                int now = agrees(&v, equal_sides(total), &r, crews[c], c);
                now += agrees_without_x(&v, equal_sides(total), &r, crews[c]);
                assert_true(first < 0 || now == first); /* nor does a crew decide whether it is done */
                first = now;
                done += now;
                tried += 2;
            }
        }
        rm_level_force(-1);
        rm_crew_close(&crew);
        free(r.x);
        instance_free(&t);
    }
    assert_true(called > 0);
    assert_true(done == tried);
}

/* Most variables at 0: that has a pass of its own, where x begins with a cache line. */
static void a_large_simplex(void **state)
{
    (void)state;
    dice d = {13};
    if (slowness() > 5)
        skip();
    for (int class = SIMPLEX_UNIFORM; class <= SIMPLEX_NORMAL; class++) {
        instance t = draw(&d, RM_CREW_LEAST + 1 + dice_below(&d, 5000), class);
        rm_view v = view_of(&t, 63);
        for (double total = 1; total < 1e6; total *= class == SIMPLEX_UNIFORM ? 1e6 : 1000) {
            reference r = long_way(&v, equal_sides(total));
            for (int level = 0; level < RM_LEVELS; level++) {
                if (!rm_level_runs(level))
                    continue;
                rm_level_force(level);
                for (int64_t place = 0; place < 8; place += 3)
                    assert_true(agrees(&v, equal_sides(total), &r, NULL, place));
                assert_true(agrees_without_x(&v, equal_sides(total), &r, NULL));
            }
            rm_level_force(-1);
            free(r.x);
        }
        instance_free(&t);
    }
}

/* --- bad data ---------------------------------------------------------------------- */

/* Never done, whatever stands around the flaw. */
static void must_decline(const rm_view *v, double total, const flaw *f, int64_t at)
{
    double *x = lines(v->n);
    for (int level = 0; level < RM_LEVELS; level++) {
        if (!rm_level_runs(level))
            continue;
        rm_level_force(level);
        for (int with = 0; with < 2; with++) {
            rm_water found;
            int done;
            rm_status status = short_way(v, equal_sides(total), with ? x : NULL, NULL, &found, &done);
            if (status != RM_OK || done) {
                print_error("level %s, %s x: array %d at %d of %d is %a, total %a: done\n", rm_kernels_best()->name,
                            with ? "with" : "without", f->array, (int)at, (int)v->n, f->value, total);
                const double *all[] = {v->weight, v->target, v->price, v->coef, v->lower, v->upper};
                for (int64_t k = 0; k < COUNT_OF(all); k++)
                    print_error("  array %d there: %a%s\n", (int)k, all[k] ? all[k][at] : 0, all[k] ? "" : " (NULL)");
                fail();
            }
        }
    }
    rm_level_force(-1);
    free(x);
}

/* Puts a flaw at a random place of a problem with these arrays. */
static void spoil(dice *d, int64_t n, int shape, unsigned hidden, const flaw *f)
{
    instance t = draw(d, n, shape);
    flatten(&t, hidden);
    double total = shape >= CLASSES || (hidden & 7) ? sum_at(&t, 0.5) : total_of(d, &t, shape);
    double *all[] = {t.weight, t.target, t.price, t.coef, t.lower, t.upper};
    int64_t at = dice_below(d, n);
    all[f->array][at] = f->value;
    if (f->array == 4 && isfinite(f->value))
        t.upper[at] = f->value / 2;
    rm_view v = view_of(&t, hidden);
    must_decline(&v, total, f, at);
    instance_free(&t);
}

static void bad_data_are_declined(void **state)
{
    (void)state;
    dice d = {8};
    for (int64_t k = 0; k < COUNT_OF(flaws); k++)
        for (int round = 0; round < 120 / slowness(); round++) {
            int64_t n = round % 12 == 0 ? 513 + dice_below(&d, 3000) : 1 + dice_below(&d, 40);
            spoil(&d, n, (int)dice_below(&d, CLASSES + 2), (unsigned)dice_below(&d, 64), &flaws[k]);
        }
}

/* The simplex and what is like it have passes of their own. */
static void bad_data_among_variables_at_zero_are_declined(void **state)
{
    (void)state;
    dice d = {9};
    for (int64_t k = 0; k < COUNT_OF(flaws); k++)
        for (int round = 0; round < 40 / (int)slowness() + 1; round++) {
            unsigned hidden = 63 & ~(1u << flaws[k].array) & ~2u & ~(round % 2 ? 32u : 0u);
            spoil(&d, 600 + dice_below(&d, 2500), SIMPLEX_UNIFORM + round % 3, hidden, &flaws[k]);
        }
}

static void bad_data_in_a_large_simplex_are_declined(void **state)
{
    (void)state;
    dice d = {14};
    if (slowness() > 5)
        skip();
    instance t = draw(&d, RM_CREW_LEAST + 100 + dice_below(&d, 16), SIMPLEX_NORMAL);
    rm_view v = view_of(&t, 63);
    const int64_t places[] = {0, 17, 9000, dice_below(&d, t.n), dice_below(&d, t.n), t.n - 1};
    for (int64_t k = 0; k < COUNT_OF(flaws); k++)
        for (int64_t at = 0; at < COUNT_OF(places) && flaws[k].array == 1; at++) {
            double held = t.target[places[at]];
            t.target[places[at]] = flaws[k].value;
            must_decline(&v, 1, &flaws[k], places[at]);
            t.target[places[at]] = held;
        }
    instance_free(&t);
}

/* The public call names the place instead of answering. */
static void bad_data_are_named(void **state)
{
    (void)state;
    dice d = {10};
    for (int64_t k = 0; k < COUNT_OF(flaws); k++) {
        instance t = draw(&d, 2000, SIMPLEX_UNIFORM);
        double *all[] = {t.weight, t.target, t.price, t.coef, t.lower, t.upper};
        int64_t at = dice_below(&d, t.n), where = -7;
        t.target[at] = 0; /* far below the price: it stands at 0 */
        all[flaws[k].array][at] = flaws[k].value;
        if (flaws[k].array == 4 && isfinite(flaws[k].value))
            t.upper[at] = 1;
        rm_view v = view_of(&t, 63);
        double *x = doubles(t.n);
        rm_status status = rm_waterfill(v.n, v.weight, v.target, v.price, v.coef, v.lower, v.upper, 1, x, NULL, &where);
        assert_status(status, isnan(flaws[k].value) ? RM_ERROR_NAN : RM_ERROR_RANGE);
        assert_true(where == at);
        free(x);
        instance_free(&t);
    }
}

/* --- a handle that is solved again -------------------------------------------------- */

/* What a handle keeps of the last solve is good for nothing but speed. */
static void must_be_as_new(rm_problem *p, const instance *t)
{
    answer kept = answer_of(p), fresh = answer_direct(t);
    assert_status(kept.status, fresh.status);
    if (fresh.status == RM_OK) {
        assert_same(kept.multiplier, fresh.multiplier);
        assert_same_array(kept.x, fresh.x, t->n);
    }
    answer_free(&kept);
    answer_free(&fresh);
}

/* One edit of the handle, and the same of the arrays. */
static void edit(dice *d, rm_problem *p, instance *t)
{
    int64_t i = dice_below(d, t->n);
    switch (dice_below(d, 8)) {
    case 0:
        t->target[i] += dice_between(d, -1, 1);
        assert_ok(rm_problem_set_quadratic(p, 1, &i, NULL, &t->target[i], NULL));
        break;
    case 1:
        t->weight[i] = dice_between(d, 1, 9);
        assert_ok(rm_problem_set_quadratic(p, 1, &i, &t->weight[i], NULL, NULL));
        break;
    case 2:
        t->price[i] = dice_between(d, -9, 9);
        assert_ok(rm_problem_set_price(p, 1, &i, &t->price[i]));
        break;
    case 3:
        t->upper[i] = (isinf(t->lower[i]) ? 0 : t->lower[i]) + dice_between(d, 0, 5);
        assert_ok(rm_problem_set_bounds(p, 1, &i, NULL, &t->upper[i]));
        break;
    default: /* most often only the total moves, by a little or by much */
        t->total += t->total * (dice_below(d, 4) ? 1e-4 : 0.1) * dice_between(d, -1, 1);
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &t->total, &t->total));
        break;
    }
}

static void solving_again_is_as_solving_for_the_first_time(void **state)
{
    (void)state;
    dice d = {11};
    for (int shape = 0; shape < SHAPES; shape++) {
        instance t = draw(&d, 600 + dice_below(&d, 2400), shape);
        t.total = total_of(&d, &t, shape);
        rm_problem *p = instance_problem(&t, NULL, NULL);
        for (int round = 0; round < 12 / (int)slowness() + 2; round++) {
            must_be_as_new(p, &t);
            edit(&d, p, &t);
        }
        must_be_as_new(p, &t);
        rm_problem_destroy(p);
        instance_free(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_problems),
        cmocka_unit_test(problems_of_some_hundreds),
        cmocka_unit_test(any_arrays_may_be_null),
        cmocka_unit_test(large_problems),
        cmocka_unit_test(plain_classes_are_done),
        cmocka_unit_test(numbers_far_apart),
        cmocka_unit_test(order_changes_no_bit),
        cmocka_unit_test(crews_change_no_bit),
        cmocka_unit_test(a_large_simplex),
        cmocka_unit_test(bad_data_are_declined),
        cmocka_unit_test(bad_data_among_variables_at_zero_are_declined),
        cmocka_unit_test(bad_data_in_a_large_simplex_are_declined),
        cmocka_unit_test(bad_data_are_named),
        cmocka_unit_test(solving_again_is_as_solving_for_the_first_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The passes of every level of processor against plain references, made variable
 * by variable with the tests' own exact sums. */
#include "instance.h"
#include "kernel/kernels.h"

enum { ROOM = 4096, MOST = 3000, GUARDS = 32 };
#define GUARD 0x1.5a5a5a5a5a5a5p+321

/* A problem with some arrays NULL, and the same with all of them. */
typedef struct sample {
    instance t;
    rm_view v;
} sample;

static const double standard[] = {1, 0, 0, 1, 0, INFINITY};

static sample sample_make(dice *d, int64_t n, int kind, unsigned hidden)
{
    sample s = {.t = instance_random(d, n, kind)};
    double *all[] = {s.t.weight, s.t.target, s.t.price, s.t.coef, s.t.lower, s.t.upper};
    const double *shown[6];
    for (int64_t k = 0; k < COUNT_OF(all); k++) {
        for (int64_t i = 0; i < n && hidden >> k & 1; i++)
            all[k][i] = standard[k];
        shown[k] = hidden >> k & 1 ? NULL : all[k];
    }
    for (int64_t i = 0; i < n; i++)
        s.t.upper[i] = fmax(s.t.upper[i], s.t.lower[i]);
    s.v = (rm_view){n, shown[0], shown[1], shown[2], shown[3], shown[4], shown[5]};
    return s;
}

/* The same with two ends for each domain, and all in the row. */
static sample sample_closed(dice *d, int64_t n, int kind, unsigned hidden)
{
    sample s = sample_make(d, n, kind, hidden & 31);
    instance_close(&s.t);
    return s;
}

/* Products of coefficients and ends over most of what doubles can hold, or below. */
static sample sample_far_apart(dice *d, int64_t n, int kind, unsigned hidden)
{
    static const int reaches[] = {60, 120, 300, 480};
    sample s = sample_closed(d, n, kind, hidden & ~16u);
    int reach = reaches[dice_below(d, COUNT_OF(reaches))], small = reach == 120 ? -500 : 0;
    for (int64_t i = 0; i < n; i++) {
        double one = ldexp(dice_wild(d, reach), small), two = ldexp(dice_wild(d, reach), small);
        s.t.coef[i] = s.v.coef && dice_below(d, 3) ? ldexp(dice_wild(d, reach), small) : s.t.coef[i];
        s.t.lower[i] = fmin(one, two);
        s.t.upper[i] = fmax(one, two);
    }
    return s;
}

/* --- references -------------------------------------------------------------------- */

/* Where variable i stands at a price of two doubles: a bound, or target + part[0..3]. */
typedef struct stand {
    int between;
    double bound, part[4];
} stand;

static stand stand_of(const instance *t, int64_t i, rm_price y)
{
    stand s = {0, 0, {0, 0, 0, 0}};
    exact drive = {0, {0}}; /* a y - p */
    exact_add_product(&drive, t->coef[i], y.high);
    exact_add_product(&drive, t->coef[i], y.low);
    exact_add(&drive, -t->price[i]);
    if (t->weight[i] == 0) {
        double way = exact_value(&drive);
        s.bound = way > 0 ? t->upper[i] : t->lower[i];
        return s;
    }
    for (int k = 0; k < 4; k++) {
        s.part[k] = exact_value(&drive) / (2 * t->weight[i]);
        exact_add_product(&drive, -s.part[k], 2 * t->weight[i]);
    }
    for (int end = 0; end < 2; end++) {
        double bound = end ? t->upper[i] : t->lower[i];
        exact beyond = {0, {0}};
        if (isinf(bound))
            continue;
        exact_add(&beyond, t->target[i]);
        exact_add(&beyond, -bound);
        for (int k = 0; k < 4; k++)
            exact_add(&beyond, s.part[k]);
        if (end ? exact_value(&beyond) >= 0 : exact_value(&beyond) <= 0) {
            s.bound = bound;
            return s;
        }
    }
    s.between = 1;
    return s;
}

/* Adds a_i times where it stands. */
static void add_stand(exact *sum, const instance *t, int64_t i, rm_price y)
{
    stand s = stand_of(t, i, y);
    if (t->coef[i] == 0)
        return;
    exact_add_product(sum, t->coef[i], s.between ? t->target[i] : s.bound);
    for (int k = 0; k < 4 && s.between; k++)
        exact_add_product(sum, t->coef[i], s.part[k]);
}

/* Magnitudes that variable i's term is made of. */
static double size_of(const instance *t, int64_t i, double y)
{
    double offset = (fabs(t->coef[i] * y) + fabs(t->price[i])) / t->weight[i];
    double inside = t->weight[i] > 0 ? fabs(t->target[i]) + offset : 0;
    double low = isinf(t->lower[i]) ? 0 : fabs(t->lower[i]), high = isinf(t->upper[i]) ? 0 : fabs(t->upper[i]);
    return fabs(t->coef[i]) * (inside + fmax(low, high));
}

/* The row's sum over begin..end-1 at a price; returns 0 where it is infinite, or
 * a linear variable stands at its jump. */
static int row_sum(const instance *t, int64_t begin, int64_t end, double y, double *sum, double *size, double *slope)
{
    exact e = {0, {0}};
    *size = *slope = 0;
    for (int64_t i = begin; i < end; i++) {
        if (t->weight[i] == 0 && (isinf(t->lower[i]) || isinf(t->upper[i]) || t->coef[i] * y == t->price[i]))
            return 0;
        stand s = stand_of(t, i, (rm_price){y, 0, 0});
        add_stand(&e, t, i, (rm_price){y, 0, 0});
        *size += size_of(t, i, y);
        *slope += s.between ? t->coef[i] * t->coef[i] / (2 * t->weight[i]) : 0;
    }
    *sum = exact_value(&e);
    return 1;
}

/* The slope of those between their bounds: without those that rounding may take for
 * others, and with them. */
static void slopes_at(const instance *t, int64_t begin, int64_t end, double y, double *least, double *most)
{
    *least = *most = 0;
    for (int64_t i = begin; i < end; i++) {
        double a = t->coef[i], w = 2 * t->weight[i], z = t->target[i] + (a * y - t->price[i]) / w;
        double depth = fmin(z - t->lower[i], t->upper[i] - z);
        double near = 0x1p-44 * (fabs(t->target[i]) + (fabs(a * y) + fabs(t->price[i])) / w);
        if (w == 0)
            continue;
        *least += depth > near ? a * a / w : 0;
        *most += depth >= -near ? a * a / w : 0;
    }
}

/* What quads give at a price. */
static double quads_sum(const rm_quads *q, int64_t count, double y)
{
    exact e = {0, {0}};
    for (int64_t k = 0; k < count; k++)
        exact_add(&e, fmin(fmax(q->alpha[k] + q->sigma[k] * y, q->lambda[k]), q->mu[k]));
    return exact_value(&e);
}

/* --- room for quads -------------------------------------------------------------------- */

static double quad_room[4][ROOM];

static rm_quads empty(void)
{
    memset(quad_room, 0x55, sizeof quad_room);
    return (rm_quads){quad_room[0], quad_room[1], quad_room[2], quad_room[3], 0, ROOM};
}

/* --- tests: each for one level and one problem ------------------------------------------ */

typedef struct setting {
    const rm_kernels *kernels;
    dice *d;
    sample s;
    int64_t begin, end;
} setting;

static void check_sift(const setting *g)
{
    const instance *t = &g->s.t;
    double one = dice_wild(g->d, 3), two = one + fabs(dice_wild(g->d, 2)), sum, size, slope;
    rm_quads q = empty();
    rm_sifted out = {{0, 0}, {0, 0}, 0, 0};
    g->kernels->sift(&g->s.v, g->begin, g->end, one, two, &q, &out);
    assert_int_equal(out.bad, 0);
    assert_int_equal(out.full, 0);
    assert_in_range(q.count, 0, g->end - g->begin);
    for (int k = 0; k <= 4; k++) {
        double y = k == 4 ? two : one + (two - one) * k / 4;
        if (!row_sum(t, g->begin, g->end, y, &sum, &size, &slope))
            continue;
        double told = out.sum.high + out.sum.low + (out.slope.high + out.slope.low) * y + quads_sum(&q, q.count, y);
        double widest = size + (out.slope.high + fabs(slope)) * fmax(fabs(one), fabs(two));
        assert_within(told, sum, 0x1p-44 * widest);
    }
}

static void check_turn(const setting *g)
{
    const instance *t = &g->s.t;
    rm_quads q = empty();
    int64_t n = g->end - g->begin;
    assert_int_equal(g->kernels->turn(&g->s.v, g->begin, g->end, &q), 0);
    assert_in_range(q.count, n, n + 7);
    double y = dice_wild(g->d, 3), sum, size, slope, told, gradient;
    for (int64_t k = 0; k < n; k++)
        if (row_sum(t, g->begin + k, g->begin + k + 1, y, &sum, &size, &slope)) {
            rm_quads one = {q.alpha + k, q.sigma + k, q.lambda + k, q.mu + k, 1, 1};
            assert_within(quads_sum(&one, 1, y), sum, 0x1p-48 * size);
        }
    for (int64_t k = n; k < q.count; k++) /* made up to whole vectors by some that give nothing */
        assert_true(q.alpha[k] == 0 && q.sigma[k] == 0 && q.lambda[k] == 0 && q.mu[k] == 0);
    if (!row_sum(t, g->begin, g->end, y, &sum, &size, &slope))
        return;
    g->kernels->weigh(&q, y, &told, &gradient);
    assert_within(gradient, slope, 0x1p-44 * slope);
    assert_within(told + gradient * y, sum, 0x1p-44 * (size + slope * fabs(y)));
    rm_sifted out = {{3, 0}, {5, 0}, 0, 0}; /* closely, and added */
    g->kernels->weigh_closely(&q, y, &out);
    double close = out.slope.high + out.slope.low - 5;
    assert_within(close, slope, 0x1p-44 * (slope + 5));
    assert_within(out.sum.high + out.sum.low - 3 + close * y, sum, 0x1p-44 * (size + 3 + slope * fabs(y)));
}

static void check_spread(const setting *g)
{
    rm_quads q = empty();
    assert_int_equal(g->kernels->turn(&g->s.v, g->begin, g->end, &q), 0);
    double y = dice_wild(g->d, 3), sum = NAN, squares = NAN, size = 0, size_of_squares = 0;
    exact plain = {0, {0}}, squared = {0, {0}};
    for (int64_t k = 0; k < q.count; k++) {
        double z = fmin(fmax(q.alpha[k] + q.sigma[k] * y, q.lambda[k]), q.mu[k]);
        double terms = fmin(fabs(q.alpha[k]) + fabs(q.sigma[k] * y), fmax(fabs(q.lambda[k]), fabs(q.mu[k])));
        if (!isfinite(z) || fabs(z) > 0x1p400)
            return;
        exact_add(&plain, z);
        exact_add_product(&squared, z, z);
        size += fabs(z) + fabs(q.alpha[k]) * (terms > 0);
        size_of_squares += z * z + (fabs(z) + terms) * terms;
    }
    g->kernels->spread(&q, y, &sum, &squares);
    assert_within(sum, exact_value(&plain), 0x1p-44 * size);
    assert_within(squares, exact_value(&squared), 0x1p-44 * size_of_squares);
}

static double guarded[MOST + GUARDS];

static void guard(void)
{
    for (int64_t k = 0; k < COUNT_OF(guarded); k++)
        guarded[k] = GUARD;
}

/* Nothing was written but to begin..end-1 of x, which may be NULL. */
static void check_guards(const setting *g, const double *x)
{
    for (double *k = guarded; k < guarded + COUNT_OF(guarded); k++)
        if (!x || k < x + g->begin || k >= x + g->end)
            assert_same(*k, GUARD);
}

static void check_gauge(const setting *g)
{
    const instance *t = &g->s.t;
    double y = dice_below(g->d, 2) ? dice_wild(g->d, 3) : dice_eighths(g->d, 4), sum, size, slope, least, most;
    double *inverse = guarded + dice_below(g->d, 9);
    const rm_sifted start = {{3, 0}, {5, 0}, 0, 0}; /* it adds */
    rm_sifted bare = start, first = start, again = start;
    guard();
    g->kernels->gauge(&g->s.v, g->begin, g->end, dice_wild(g->d, 3), inverse, 0, &first);
    check_guards(g, inverse);
    for (int64_t i = g->begin; i < g->end; i++) /* fewer than a vector at the end are not worth it */
        if (i < g->end - 7 || bits_of(inverse[i]) != bits_of(GUARD))
            assert_same(inverse[i], 1 / (2 * t->weight[i]));
    g->kernels->gauge(&g->s.v, g->begin, g->end, y, NULL, 0, &bare);
    g->kernels->gauge(&g->s.v, g->begin, g->end, y, inverse, 1, &again);
    assert_int_equal(first.bad | bare.bad | again.bad, 0);
    if (!row_sum(t, g->begin, g->end, y, &sum, &size, &slope))
        return;
    slopes_at(t, g->begin, g->end, y, &least, &most);
    for (int kept = 0; kept < 2; kept++) {
        const rm_sifted *s = kept ? &again : &bare;
        double rise = s->slope.high + s->slope.low - 5;
        assert_within(s->sum.high + s->sum.low - 3 + rise * y, sum, 0x1p-44 * (size + 3 + most * fabs(y)));
        assert_within(rise, fmin(fmax(rise, least), most), 0x1p-44 * (most + 5));
    }
}

/* What a pour says of its sums and their errors. */
static void check_poured(const setting *g, rm_price y, const double *x, const rm_poured *p)
{
    const instance *t = &g->s.t;
    exact all = {0, {0}}, written = {0, {0}};
    double free_size = 0, slope = 0, size = 0, slack = 1 + (double)(g->end - g->begin) * 0x1p-52;
    for (int64_t i = g->begin; i < g->end; i++) {
        double a = t->coef[i];
        add_stand(&all, t, i, y);
        exact_add_product(&written, a, x[i]);
        free_size += x[i] > t->lower[i] && x[i] < t->upper[i] ? fabs(a * x[i]) : 0;
        size += fabs(a * x[i]);
        slope += stand_of(t, i, y).between ? a * a / (2 * t->weight[i]) : 0;
    }
    exact_add(&written, -p->sum.high);
    exact_add(&written, -p->sum.low);
    exact_add(&all, -p->sum.high);
    exact_add(&all, -p->sum.low);
    exact_add(&all, -p->rest);
    double allowed = RM_POUR_ERROR * p->size + p->doubt;
    if (fabs(exact_value(&all)) > allowed || fabs(exact_value(&written)) > allowed)
        print_error("sum + rest is off by %a, sum by %a, allowed is %a (size %a, doubt %a)\n", exact_value(&all),
                    exact_value(&written), allowed, p->size, p->doubt);
    assert_true(fabs(exact_value(&all)) <= allowed);
    assert_true(fabs(exact_value(&written)) <= allowed);
    assert_within(p->size, size, size * (slack - 1));
    assert_true(p->free_least <= free_size * slack);
    assert_true(p->free_most * slack >= free_size);
    assert_true(p->slope <= slope * slack);
}

/* A pour into x at some place in memory, which may hold what a gauge left there: what it
 * writes, and that it writes nothing else. */
static rm_poured pour(const setting *g, rm_price y, double guess, double *x, int stream, int kept)
{
    rm_poured p = {.anchor = rm_anchor_for(guess)};
    rm_sifted gauged = {{0, 0}, {0, 0}, 0, 0};
    guard();
    if (kept)
        g->kernels->gauge(&g->s.v, g->begin, g->end, 1, x, 0, &gauged);
    g->kernels->pour(&g->s.v, g->begin, g->end, y, x, stream, kept, &p);
    check_guards(g, x);
    return p;
}

/* Whether some linear variable stands at its own price, or has nowhere to stand. */
static int undecided(const setting *g, rm_price y)
{
    const instance *t = &g->s.t;
    for (int64_t i = g->begin; i < g->end; i++) {
        stand s = stand_of(t, i, y);
        if (isinf(s.bound) || (t->weight[i] == 0 && t->lower[i] < t->upper[i] && t->coef[i] * y.high == t->price[i]))
            return 1;
    }
    return 0;
}

static void check_pour(const setting *g)
{
    rm_price y = {dice_wild(g->d, 3), 0, 0};
    if (dice_below(g->d, 2))
        y.low = ldexp(y.high, -53) * dice_between(g->d, -1, 1);
    if (dice_below(g->d, 4) == 0)
        y = (rm_price){dice_eighths(g->d, 2), 0, 0};
    if (undecided(g, y))
        return;
    const double guesses[] = {0, 1, 0x1p60, 1e-30};
    double *x = guarded + dice_below(g->d, 9), plain[MOST];
    rm_poured first = pour(g, y, guesses[dice_below(g->d, 4)], x, 0, 0);
    assert_int_equal(first.bad, 0);
    check_poured(g, y, x, &first);
    for (int64_t i = g->begin; i < g->end; i++) {
        rm_cost c = rm_view_cost(&g->s.v, i);
        assert_same(x[i], rm_cost_stand(&c, rm_view_coef(&g->s.v, i), y).x);
        plain[i] = x[i];
    }
    for (int place = 0; place < 10; place++) { /* around the cache, at every place in a line of it; and not */
        x = guarded + place;
        rm_poured p = pour(g, y, guesses[place % 4], x, place < 9, place == 9 || dice_below(g->d, 2));
        assert_same_array(x + g->begin, plain + g->begin, g->end - g->begin);
        check_poured(g, y, x, &p);
    }
    rm_poured none = pour(g, y, 1, NULL, 0, 0);
    check_poured(g, y, plain, &none);
}

/* --- the ends of the domains ---------------------------------------------------------------- */

static void check_ends(const setting *g)
{
    const instance *t = &g->s.t;
    static const double guesses[] = {0, 1, 0x1p60, 1e-30}; /* too small: once more; too large: one by one */
    for (int k = 0; k < 8; k++) {
        int side = k % 2 ? 1 : -1;
        double size = 7, reach = 3;
        rm_sum sum;
        rm_ends e = {.size = size, .scale = reach, .anchor = rm_anchor_for(guesses[k / 2])};
        rm_sum_clear(&sum);
        rm_sum_add(&sum, 0.1);
        rm_sum_add(&e.sum, 0.1); /* it adds */
        for (int64_t i = g->begin; i < g->end; i++) {
            rm_sum_add_product(&sum, t->coef[i], instance_end(t, i, side));
            size += fabs(t->coef[i] * instance_end(t, i, side));
            reach = fmax(reach, fabs(t->coef[i] * t->target[i]));
        }
        int64_t middle = g->begin + dice_below(g->d, g->end - g->begin + 1);
        g->kernels->ends(&g->s.v, g->begin, middle, side, &e);
        g->kernels->ends(&g->s.v, middle, g->end, side, &e);
        assert_int_equal(e.bad, 0);
        rm_sum_subtract_sum(&sum, &e.sum);
        assert_int_equal(rm_sum_sign(&sum), 0);
        assert_within(e.size, size, 0x1p-40 * size);
        assert_true(e.scale >= reach);
    }
}

/* Who leaves its end at `best` or further is named, and nobody who plainly does not. */
static void check_named(const setting *g, int side, double best, const double *near, int64_t count)
{
    const instance *t = &g->s.t;
    int64_t k = 0;
    for (int64_t i = g->begin; i < g->end; i++) {
        double a = t->coef[i], w = 2 * t->weight[i], place = instance_end(t, i, side);
        int named = k < count && near[k] == (double)i;
        exact beyond = {0, {0}}; /* a times: the price at which it leaves, less `best` */
        k += named;
        if (t->lower[i] == t->upper[i]) {
            assert_false(named);
            continue;
        }
        if (isinf(best)) {
            assert_true(named);
            continue;
        }
        exact_add_product(&beyond, w, place);
        exact_add_product(&beyond, -w, t->target[i]);
        exact_add(&beyond, t->price[i]);
        exact_add_product(&beyond, -a, best);
        double way = side * (a > 0 ? 1 : -1) * exact_value(&beyond);
        double made_of = w * (fabs(place) + fabs(t->target[i])) + fabs(t->price[i]) + fabs(a * best);
        if (named != (way >= 0))
            assert_true(named && (way > -0x1p-44 * made_of || i >= g->end - 7)); /* beyond whole vectors all are */
    }
    assert_true(k == count);
}

static void check_leave(const setting *g)
{
    static double near[RM_LEAVE_ROOM + GUARDS], same[RM_LEAVE_ROOM];
    const instance *t = &g->s.t;
    for (int k = 0; k < 8; k++) {
        int side = k % 2 ? 1 : -1;
        double best = side > 0 ? -INFINITY : INFINITY, *x = guarded + dice_below(g->d, 9), rest;
        if (k >= 2 && g->begin < g->end) { /* where somebody leaves, or next to it */
            int64_t at = g->begin + dice_below(g->d, g->end - g->begin);
            rm_cost c = rm_view_cost(&g->s.v, at);
            best = rm_cost_breakpoint(&c, instance_end(t, at, side), t->coef[at], &rest);
            best = k < 4 || best == 0 ? best : nextafter(best, k < 6 ? INFINITY : -INFINITY);
        }
        guard();
        for (int64_t j = 0; j < COUNT_OF(near); j++)
            near[j] = GUARD;
        int64_t count = g->kernels->leave(&g->s.v, g->begin, g->end, side, best, x, near);
        assert_in_range(count, 0, g->end - g->begin);
        check_named(g, side, best, near, count);
        check_guards(g, x);
        for (int64_t i = g->begin; i < g->end; i++)
            assert_same(x[i], instance_end(t, i, side));
        for (int64_t j = g->end - g->begin + 8; j < COUNT_OF(near); j++)
            assert_same(near[j], GUARD);
        assert_true(g->kernels->leave(&g->s.v, g->begin, g->end, side, best, NULL, same) == count);
        assert_same_array(same, near, count);
    }
}

/* --- bad data ---------------------------------------------------------------------------------- */

static int told_bad(const setting *g, const rm_view *v, int side)
{
    rm_ends e = {.anchor = rm_anchor_for(1)};
    g->kernels->ends(v, g->begin, g->end, side, &e);
    return e.bad;
}

static void check_flaws(const setting *g)
{
    const instance *t = &g->s.t;
    if (g->begin == g->end)
        return;
    int64_t at = g->begin + dice_below(g->d, g->end - g->begin);
    double *all[] = {t->weight, t->target, t->price, t->coef, t->lower, t->upper};
    for (int64_t k = 0; k < COUNT_OF(flaws); k++) {
        const flaw *f = &flaws[k];
        rm_view v = g->s.v;
        const double **array[] = {&v.weight, &v.target, &v.price, &v.coef, &v.lower, &v.upper};
        double *place = all[f->array] + at, held = *place;
        rm_sifted out = {{0, 0}, {0, 0}, 0, 0};
        *array[f->array] = all[f->array];
        *place = f->value;
        assert_true(told_bad(g, &v, -1) && told_bad(g, &v, 1));
        g->kernels->gauge(&v, g->begin, g->end, dice_wild(g->d, 3), NULL, 0, &out);
        assert_true(out.bad || (f->array == 3 && !isfinite(out.sum.high))); /* at coefficients it does not look */
        *place = held;
    }
    if (g->s.v.coef) { /* in no row, where it may stand anywhere */
        double held = t->coef[at];
        t->coef[at] = 0;
        assert_true(told_bad(g, &g->s.v, -1) && told_bad(g, &g->s.v, 1));
        t->coef[at] = held;
    }
    for (int end = 0; end < 2; end++) { /* an open end is nowhere to stand, and a linear cost must have none */
        rm_view v = g->s.v;
        v.lower = t->lower;
        v.upper = t->upper;
        double *place = all[4 + end] + at, held = *place;
        *place = end ? INFINITY : -INFINITY;
        for (int side = -1; side <= 1; side += 2)
            assert_int_equal(told_bad(g, &v, side), isinf(instance_end(t, at, side)) || t->weight[at] == 0);
        *place = held;
    }
}

/* --- every level, length, beginning and set of arrays -------------------------------------- */

typedef sample (*make_fn)(dice *, int64_t n, int kind, unsigned hidden);

static void for_all(int64_t rounds, int64_t most, make_fn make, void (*check)(const setting *))
{
    dice d = {1};
    for (int64_t round = 0; round < rounds / slowness(); round++) {
        int64_t n = round < 41 ? round : dice_below(&d, most + 1);
        sample s = make(&d, n, (int)(round % KINDS), (unsigned)dice_below(&d, 64));
        int64_t begin = dice_below(&d, 2) ? 0 : dice_below(&d, n + 1);
        for (int level = 0; level < RM_LEVELS; level++) {
            dice same = d;
            setting g = {rm_kernels_at(level), &same, s, begin, n};
            if (rm_level_runs(level))
                check(&g);
        }
        instance_free(&s.t);
    }
}

static void a_sift_tells_the_sum_over_its_bracket(void **state)
{
    (void)state;
    for_all(1500, 60, sample_make, check_sift);
    for_all(20, MOST / slowness(), sample_make, check_sift);
}

static void a_gauge_tells_the_sum_at_its_price(void **state)
{
    (void)state;
    for_all(1500, 60, sample_make, check_gauge);
    for_all(20, MOST / slowness(), sample_make, check_gauge);
}

static void quads_give_what_their_variables_give(void **state)
{
    (void)state;
    for_all(1500, 60, sample_make, check_turn);
    for_all(20, MOST / slowness(), sample_make, check_turn);
}

static void spread_is_the_sum_and_the_sum_of_squares(void **state)
{
    (void)state;
    for_all(1500, 60, sample_make, check_spread);
}

static void a_pour_answers_and_bounds_its_error(void **state)
{
    (void)state;
    for_all(1200, 40, sample_make, check_pour);
    for_all(60, MOST / slowness(), sample_make, check_pour);
}

static void ends_are_summed_exactly(void **state)
{
    (void)state;
    for_all(600, 60, sample_closed, check_ends);
    for_all(20, MOST / slowness(), sample_closed, check_ends);
    for_all(300, 60, sample_far_apart, check_ends);
    for_all(20, MOST / slowness(), sample_far_apart, check_ends);
}

static void who_may_leave_its_end_is_named(void **state)
{
    (void)state;
    for_all(800, 60, sample_closed, check_leave);
    for_all(30, RM_LEAVE_MOST, sample_closed, check_leave);
}

static void bad_data_are_flagged(void **state)
{
    (void)state;
    for_all(500, 60, sample_closed, check_flaws);
    for_all(10, MOST / slowness(), sample_closed, check_flaws);
}

/* The simplex: 0 is written where the answer is 0, the other variables are handed
 * on in their order. */
static void check_skim(dice *d, const rm_kernels *kernels, int64_t n, int64_t begin, double y)
{
    static double kept[2][MOST + 8];
    double *t = malloc((size_t)(n + 1) * sizeof *t), *x = aligned_alloc(64, (size_t)(n + 16) * sizeof *x);
    assert_non_null(t);
    assert_non_null(x);
    for (int64_t i = 0; i < n; i++)
        t[i] = dice_below(d, 3) ? dice_eighths(d, 2) : dice_wild(d, 20);
    for (int with = 0; with < 2; with++) {
        int64_t count = 3, expected = 3;
        for (int64_t i = 0; i < n + 16; i++)
            x[i] = GUARD;
        kept[0][2] = kept[1][2] = GUARD;
        assert_int_equal(kernels->skim(t, begin, n, y, with ? x : NULL, kept[0], kept[1], &count, MOST + 8), 0);
        assert_same(kept[0][2], GUARD);
        assert_same(kept[1][2], GUARD);
        for (int64_t i = begin; i < n; i++) {
            exact z = {0, {0}};
            exact_add(&z, t[i]);
            exact_add(&z, y / 2);
            if (exact_value(&z) <= 0) {
                assert_true(!with || x[i] == 0);
                continue;
            }
            assert_true(expected < count);
            assert_same(kept[0][expected], t[i]);
            assert_true(kept[1][expected] == (double)i);
            expected++;
        }
        assert_true(count == expected);
        for (int64_t i = 0; i < n + 16; i++)
            assert_true((with && i >= begin && i < n) || bits_of(x[i]) == bits_of(GUARD));
        /* No room: it says so, and stays within what there is. */
        int64_t none = 0, least = count - 3 > 16 ? (count - 3) / 2 : 0;
        kept[0][least] = kept[1][least] = GUARD;
        if (least > 0) {
            assert_int_not_equal(kernels->skim(t, begin, n, y, with ? x : NULL, kept[0], kept[1], &none, least), 0);
            assert_same(kept[0][least], GUARD);
            assert_same(kept[1][least], GUARD);
        }
    }
    static const double bad[] = {NAN, -INFINITY};
    for (int k = 0; k < 2 && n > begin; k++) {
        int64_t count = 0, at = begin + dice_below(d, n - begin);
        double held = t[at];
        t[at] = bad[k];
        assert_int_not_equal(kernels->skim(t, begin, n, y, NULL, kept[0], kept[1], &count, MOST + 8), 0);
        t[at] = held;
    }
    free(t);
    free(x);
}

static void a_skim_hands_on_what_is_not_at_zero(void **state)
{
    (void)state;
    dice d = {2};
    for (int64_t round = 0; round < 600 / slowness(); round++) {
        int64_t n = 16 * dice_below(&d, round % 20 ? 12 : MOST / 16), begin = n > 0 ? 16 * dice_below(&d, n / 16) : 0;
        double y = round % 3 ? dice_eighths(&d, 4) : dice_wild(&d, 20);
        for (int level = 0; level < RM_LEVELS; level++)
            if (rm_level_runs(level))
                check_skim(&d, rm_kernels_at(level), n, begin, y);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sift_tells_the_sum_over_its_bracket),
        cmocka_unit_test(a_gauge_tells_the_sum_at_its_price),
        cmocka_unit_test(quads_give_what_their_variables_give),
        cmocka_unit_test(spread_is_the_sum_and_the_sum_of_squares),
        cmocka_unit_test(a_pour_answers_and_bounds_its_error),
        cmocka_unit_test(ends_are_summed_exactly),
        cmocka_unit_test(who_may_leave_its_end_is_named),
        cmocka_unit_test(bad_data_are_flagged),
        cmocka_unit_test(a_skim_hands_on_what_is_not_at_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

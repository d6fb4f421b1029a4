/* The price of every total beside solves at single totals, on random problems of every kind.
 *
 * A breakpoint's total is rounded, and on a steep piece the price changes much within that rounding.
 * So the path's two prices at a total M are held against the prices of solves at M less and more by some
 * units in the last place: they must lie between those, and the other way round, the solve's between
 * the path's beside M.  A solve itself may miss the row by what the public rule allows, which is more
 * than an ulp of M where terms of both signs cancel.  Where numbers are whole, all is the same to the last bit.
 *
 * The witness knows nothing of solves: for any price y the sum of min f_i - a_i x_i y, plus y M, is no
 * more than v(M), and is v(M) at a price of the path; and the sums of the answers to prices beside
 * y have M between them. */
#include "instance.h"

#include <float.h>

enum { QUADRATIC, LINEAR, LOG, ALPHA, QUEUE, ENTROPY, FAMILIES };

/* The kinds of instance.h come first. */
enum {
    WHOLE = KINDS, /* small whole numbers: every figure is a short one */
    WIDE,          /* weights, coefficients and widths over many powers of ten */
    OPEN,          /* a linear device without an upper or a lower end */
    MOVING,        /* moving costs beside anything quadratic or linear */
    STEPS,         /* piecewise linear costs */
    SOFT,          /* a total that may be missed */
    LOGS,
    FAIR,          /* alpha-fair, one alpha */
    QUEUES,
    MIX,
    SORTS
};

enum { MOST_STEPS = 4 };

typedef struct device {
    int family, is_hole;
    double weight, second, price, coef, lower, upper; /* second: target, shift or capacity */
    double current, up, down;
    int64_t steps;
    double breakpoint[MOST_STEPS], slope[MOST_STEPS];
} device;

typedef struct model {
    int sort;
    int64_t n;
    device *d;
    double alpha, constant;
    int soft;
    double under, over, quadratic;
} model;

/* --- models ---------------------------------------------------------------------------- */

static double power10(dice *d, double low, double high)
{
    return pow(10, dice_between(d, low, high));
}

static model empty_model(int sort, int64_t n)
{
    model m = {.sort = sort, .n = n, .alpha = 1};
    m.d = calloc((size_t)n, sizeof *m.d);
    assert_non_null(m.d);
    return m;
}

/* Of the kinds of instance.h, and with both ends wherever a cost might fall without limit. */
static model from_instance(dice *d, int sort, int64_t n)
{
    instance t = instance_random(d, n, sort < KINDS ? sort : WILD);
    if (sort == SPREAD || dice_below(d, 3) == 0)
        instance_close(&t);
    model m = empty_model(sort, n);
    for (int64_t i = 0; i < n; i++)
        m.d[i] = (device){.family = QUADRATIC, .weight = t.weight[i], .second = t.target[i], .price = t.price[i],
                          .coef = t.coef[i], .lower = t.lower[i], .upper = t.upper[i]};
    instance_free(&t);
    return m;
}

static void draw_whole(dice *d, device *v)
{
    v->weight = (double)dice_below(d, 3);
    v->second = (double)dice_below(d, 5);
    v->price = v->weight * (double)(2 * dice_below(d, 3)) - (double)dice_below(d, 2);
    v->coef = (double)(1 + dice_below(d, 2)) * (dice_below(d, 3) ? 1 : -1);
    v->lower = (double)dice_below(d, 3) - 1;
    v->upper = v->lower + (double)dice_below(d, 4);
}

static void draw_wide(dice *d, device *v)
{
    v->weight = dice_below(d, 6) ? power10(d, -9, 9) : 0;
    v->coef = power10(d, -3, 3) * (dice_below(d, 4) ? 1 : -1);
    v->lower = dice_between(d, -1, 1) * power10(d, -3, 3);
    v->upper = v->lower + power10(d, -6, 3);
    v->second = dice_between(d, -1, 1) * power10(d, -3, 3);
    v->price = dice_between(d, -1, 1) * power10(d, -6, 6);
}

/* One linear device that holds the price at or above its own, or at or below; all others have both ends. */
static void open_one(dice *d, model *m)
{
    for (int64_t i = 0; i < m->n; i++) {
        device *v = &m->d[i];
        if (isinf(v->lower))
            v->lower = fmin(v->upper, 0) - 8;
        if (isinf(v->upper))
            v->upper = v->lower + 8;
    }
    device *v = &m->d[dice_below(d, m->n)];
    v->weight = 0;
    if (v->coef == 0)
        v->coef = 1;
    if (dice_below(d, 2))
        v->lower = -INFINITY;
    else
        v->upper = INFINITY;
}

static void draw_moving(dice *d, device *v)
{
    double low = isinf(v->lower) ? fmin(v->upper, 0) - 2 : v->lower, high = isinf(v->upper) ? low + 4 : v->upper;
    v->current = dice_between(d, low - (high - low) / 4, high + (high - low) / 4);
    if (dice_below(d, 4) == 0)
        v->current = low;
    v->up = dice_below(d, 3) ? fabs(dice_wild(d, 3)) : 0;
    v->down = dice_below(d, 3) ? fabs(dice_wild(d, 3)) : 0;
}

static void draw_steps(dice *d, device *v)
{
    double at = dice_eighths(d, 2), slope = dice_eighths(d, 2);
    v->steps = 1 + dice_below(d, MOST_STEPS);
    v->weight = 0;
    for (int64_t j = 0; j < v->steps; j++) {
        v->breakpoint[j] = at;
        v->slope[j] = slope;
        at += dice_below(d, 2) ? 0.25 * (double)(1 + dice_below(d, 8)) : dice_between(d, 0.01, 2);
        slope += dice_below(d, 3) == 0 ? 0 : dice_between(d, 0, 1);
    }
    v->lower = dice_below(d, 2) ? v->breakpoint[0] : v->breakpoint[0] + dice_between(d, -1, 1);
    v->upper = fmax(v->lower, v->breakpoint[0]) + dice_between(d, 0.1, 5);
    if (dice_below(d, 2))
        draw_moving(d, v);
}

/* `ratio` is p / a of all that are not linear. */
static void draw_curved(dice *d, model *m, device *v, int family, double ratio)
{
    v->family = family;
    v->weight = power10(d, -2, 2);
    v->coef = dice_below(d, 2) ? 1 : ldexp(dice_between(d, 1, 2), (int)dice_below(d, 5) - 2);
    if (ratio != 0) /* the product must be exact */
        v->coef = (double)(1 + dice_below(d, 12)) / 4;
    v->price = ratio * v->coef;
    v->second = power10(d, -1, 2);
    v->lower = 0;
    v->upper = dice_below(d, 4) ? power10(d, -1, 2) : INFINITY;
    if (family == QUEUE && dice_below(d, 3) == 0)
        v->lower = v->second * dice_between(d, 0, 0.5);
    if (family == QUEUE && isfinite(v->upper))
        v->upper = v->lower + (v->second - v->lower) * dice_between(d, 0.1, 1.2);
    if ((family == LOG || family == ALPHA) && dice_below(d, 4) == 0)
        v->lower = -v->second * dice_between(d, 0, 1.2);
    /* Linear ones beside them, on the side of the price where all have a measure. */
    if (dice_below(d, 4) == 0) {
        double away = power10(d, -2, 2);
        *v = (device){.family = QUADRATIC, .coef = v->coef, .lower = v->lower, .upper = v->lower + power10(d, -1, 1)};
        v->price = v->coef * (ratio + (family == QUEUE ? away : -away));
    }
    (void)m;
}

static void draw_mixed(dice *d, device *v)
{
    int family = (int)dice_below(d, FAMILIES);
    *v = (device){.family = family, .weight = dice_between(d, 0.25, 4), .second = dice_between(d, 0.5, 3),
                  .price = dice_below(d, 2) ? dice_between(d, -2, 2) : 0,
                  .coef = dice_below(d, 2) ? 1 : dice_between(d, 0.25, 4)};
    if (family == LINEAR) {
        v->family = QUADRATIC;
        v->weight = 0;
    }
    v->lower = dice_below(d, 2) ? 0 : dice_between(d, 0, 0.4);
    v->upper = v->lower + dice_between(d, 0.25, 5);
}

/* Identical devices, thousands at times, fixed ones and holes. */
static void draw_crowd(dice *d, model *m)
{
    if (dice_below(d, 3) == 0)
        for (int64_t i = 1; i < m->n; i++)
            if (dice_below(d, 3) == 0)
                m->d[i] = m->d[dice_below(d, i)];
    for (int64_t i = 0; i < m->n; i++) {
        device *v = &m->d[i];
        if (dice_below(d, 12) == 0 && isfinite(v->lower) && v->family == QUADRATIC && v->steps == 0)
            v->upper = v->lower;
        v->is_hole = dice_below(d, 12) == 0;
    }
}

static model draw_model(dice *d, int sort, int64_t n)
{
    int by_instance = sort < KINDS || sort == OPEN || sort == MOVING || sort == SOFT;
    model m = by_instance ? from_instance(d, sort, n) : empty_model(sort, n);
    double ratio = dice_below(d, 2) ? 0 : (double)(dice_below(d, 17) - 8) / 8;
    static const double alphas[] = {0.5, 2, 3};
    if (sort == FAIR)
        m.alpha = dice_below(d, 2) ? alphas[dice_below(d, 3)] : dice_between(d, 0.3, 0.8) + (double)dice_below(d, 3);
    for (int64_t i = 0; i < n; i++) {
        device *v = &m.d[i];
        switch (sort) {
        case WHOLE: draw_whole(d, v); break;
        case WIDE: draw_wide(d, v); break;
        case MOVING: draw_moving(d, v); break;
        case STEPS:
            if (dice_below(d, 3))
                draw_steps(d, v);
            else
                draw_whole(d, v);
            v->coef = dice_below(d, 4) ? 1 : -0.5;
            break;
        case LOGS: draw_curved(d, &m, v, LOG, ratio); break;
        case FAIR: draw_curved(d, &m, v, ALPHA, ratio); break;
        case QUEUES: draw_curved(d, &m, v, QUEUE, ratio); break;
        case MIX: draw_mixed(d, v); break;
        default: break;
        }
    }
    if (sort == OPEN)
        open_one(d, &m);
    if (sort == SOFT) {
        m.soft = 1;
        m.under = dice_below(d, 4) ? fabs(dice_wild(d, 3)) : INFINITY;
        m.over = dice_below(d, 4) || isinf(m.under) ? fabs(dice_wild(d, 3)) : INFINITY;
        m.quadratic = dice_below(d, 2) ? fabs(dice_wild(d, 3)) : 0;
    }
    if (dice_below(d, 4) == 0)
        m.constant = (double)dice_below(d, 9);
    draw_crowd(d, &m);
    return m;
}

static rm_problem *build_model(const model *m)
{
    static const int64_t start[] = {0, 0};
    rm_problem *p = NULL;
    double *coef = doubles(m->n);
    assert_ok(rm_problem_create(&p, m->n, NULL, NULL));
    for (int64_t i = 0; i < m->n; i++) {
        const device *v = &m->d[i];
        const int64_t *k = &i, steps[] = {start[0], v->steps};
        coef[i] = v->coef;
        assert_ok(rm_problem_set_bounds(p, 1, k, &v->lower, &v->upper));
        switch (v->family) {
        case LOG: assert_ok(rm_problem_set_log(p, 1, k, &v->weight, &v->second)); break;
        case ALPHA: assert_ok(rm_problem_set_alpha_fair(p, 1, k, &v->weight, &v->second, &m->alpha)); break;
        case QUEUE: assert_ok(rm_problem_set_queue(p, 1, k, &v->weight, &v->second)); break;
        case ENTROPY: assert_ok(rm_problem_set_entropy(p, 1, k, &v->weight, &v->second)); break;
        default: assert_ok(rm_problem_set_quadratic(p, 1, k, &v->weight, &v->second, NULL)); break;
        }
        if (v->steps > 0)
            assert_ok(rm_problem_set_piecewise(p, 1, k, steps, v->breakpoint, v->slope));
        assert_ok(rm_problem_set_price(p, 1, k, &v->price));
        if (v->up > 0 || v->down > 0)
            assert_ok(rm_problem_set_move_cost(p, 1, k, &v->current, &v->up, &v->down));
    }
    assert_ok(rm_problem_add_row(p, m->n, NULL, coef, 1, 1, NULL));
    for (int64_t i = 0; i < m->n; i++)
        if (m->d[i].is_hole)
            assert_ok(rm_problem_remove_variables(p, 1, &i));
    if (m->soft)
        assert_ok(rm_problem_set_row_penalty(p, 1, NULL, &m->under, &m->over, &m->quadratic));
    assert_ok(rm_problem_set_constant(p, m->constant));
    free(coef);
    return p;
}

static model permuted(dice *d, const model *m)
{
    model q = *m;
    int64_t *order = malloc((size_t)m->n * sizeof *order);
    assert_non_null(order);
    q.d = empty_model(m->sort, m->n).d;
    dice_shuffle(d, order, m->n);
    for (int64_t i = 0; i < m->n; i++)
        q.d[i] = m->d[order[i]];
    free(order);
    return q;
}

/* Everybody at some place of its own: a total that can be met. */
static double some_total(dice *d, const model *m)
{
    exact sum = {0, {0}};
    for (int64_t i = 0; i < m->n; i++) {
        const device *v = &m->d[i];
        double low = v->lower, high = v->upper;
        if (v->is_hole)
            continue;
        if (v->family == LOG || v->family == ALPHA)
            low = fmax(low, -v->second);
        if (v->family == QUEUE)
            high = fmin(high, v->second);
        if (v->steps > 0)
            low = fmax(low, v->breakpoint[0]);
        if (isinf(low))
            low = fmin(high, 0) - 4 * fabs(dice_wild(d, 2));
        if (isinf(high))
            high = low + 4 * fabs(dice_wild(d, 2));
        int anywhere = v->family != QUADRATIC || dice_below(d, 4); /* the others may have no cost at an end */
        exact_add_product(&sum, v->coef, anywhere ? dice_between(d, low, high) : dice_below(d, 2) ? low : high);
    }
    return exact_value(&sum);
}

/* --- what the path and a solve say ------------------------------------------------------- */

typedef struct line {
    rm_problem *p;
    int64_t points;
    double *total, *dual, *objective;
} line;

static line read_line(rm_problem *p, int64_t points)
{
    line l = {p, points, doubles(points), doubles(points), doubles(points)};
    assert_ok(rm_problem_get_path(p, 0, points, l.total, l.dual, l.objective));
    return l;
}

static void line_free(line *l)
{
    free(l->total);
    free(l->dual);
    free(l->objective);
}

typedef struct costs {
    double objective, low, high;
} costs;

static costs ask(const line *l, double total)
{
    costs c;
    assert_ok(rm_problem_path_at(l->p, 1, &total, &c.objective, &c.low, &c.high));
    return c;
}

/* Nearby totals, some units in the last place away and held on the path. */
static double units_off(double total, int units)
{
    return isinf(total) ? total : total + units * (nextafter(fabs(total), INFINITY) - fabs(total));
}

static double on_line(const line *l, double total)
{
    return fmin(fmax(total, l->total[0]), l->total[l->points - 1]);
}

static double beside(const line *l, double total, int units)
{
    return on_line(l, units_off(total, units));
}

/* What is large beside a total: prices and values of the points around it. */
typedef struct sizes {
    double price, value, way, largest, area; /* of all the path: its largest value, and that of the prices */
} sizes;

static double finite_size(double v)
{
    return isfinite(v) ? fabs(v) : 0;
}

static sizes around(const line *l, double total)
{
    int64_t low = 0, high = l->points;
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (l->total[middle] <= total)
            low = middle;
        else
            high = middle;
    }
    int64_t k = low, first = k;
    while (first > 0 && l->total[first] == l->total[k])
        first--;
    int64_t last = k + 1 < l->points ? k + 1 : k;
    sizes s = {0, 0, l->total[last] - l->total[first], 0, 0};
    for (int64_t j = 0; j < l->points; j++)
        s.largest = fmax(s.largest, finite_size(l->objective[j]));
    for (int64_t j = 0; j + 1 < l->points; j++)
        s.area += fmax(finite_size(l->dual[j]), finite_size(l->dual[j + 1])) * (l->total[j + 1] - l->total[j]);
    const int64_t ends[] = {first, k, last};
    for (int j = 0; j < 3; j++) {
        s.price = fmax(s.price, finite_size(l->dual[ends[j]]));
        s.value = fmax(s.value, finite_size(l->objective[ends[j]]));
    }
    return s;
}

static double accuracy(const model *m)
{
    /* Of a level's rounding the price feels alpha times as much, of a queue's twice. */
    return m->sort == MIX ? 1e-5 : 16 * (1 + m->alpha) * 0x1p-53;
}

/* A linear jump at price 0 has no magnitude to be near to. */
static double price_room(const model *m, double price)
{
    return accuracy(m) * (m->sort == MIX ? fmax(price, 0x1p-30) : price);
}

typedef struct tally {
    int64_t built, refused, compared, unanswered, points, exactly, parts_refused;
} tally;

/* RM_OK, or not an answer whose figures are to be trusted. */
static int solve_at(rm_problem *p, double total, costs *c)
{
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &total, &total));
    if (rm_problem_solve(p, RM_SOLVER_AUTO) != RM_OK)
        return 0;
    assert_ok(rm_problem_get_row_ranges(p, 1, NULL, &c->low, &c->high, NULL, NULL));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &c->objective));
    return 1;
}

static void tell(const model *m, const char *what, double total, costs path, costs other)
{
    print_error("sort %d, n %d: %s at total %.17g\n  prices %.17g %.17g, objective %.17g\n  against %.17g %.17g, %.17g\n",
                m->sort, (int)m->n, what, total, path.low, path.high, path.objective, other.low, other.high,
                other.objective);
    for (int64_t i = 0; i < m->n && m->n <= 12; i++) {
        const device *v = &m->d[i];
        print_error("  %d%s: w %.17g s %.17g p %.17g a %.17g in %.17g %.17g; at %.17g up %.17g down %.17g; %d steps\n",
                    v->family, v->is_hole ? " hole" : "", v->weight, v->second, v->price, v->coef, v->lower, v->upper,
                    v->current, v->up, v->down, (int)v->steps);
    }
    if (m->soft)
        print_error("  penalties %.17g %.17g %.17g\n", m->under, m->over, m->quadratic);
    print_error("  alpha %.17g constant %.17g\n", m->alpha, m->constant);
}

/* The sum of |a_i x_i| at the last answer: its ulps are what rounding x leaves of the row. */
static double size_of_answer(const model *m, rm_problem *p)
{
    double size = 0, *x = doubles(m->n);
    assert_ok(rm_problem_get_solution(p, m->n, NULL, x));
    for (int64_t i = 0; i < m->n; i++)
        size += fabs(m->d[i].coef * x[i]);
    free(x);
    return size;
}

/* v as the path has it beside the sum of costs: as rounded as the values of the points around are, and
 * times the price what the rounded x of the solve miss of the row.  Values of curved costs are summed up
 * from the flattest point, so what counts is the largest on the way; and the mean of a power over a
 * short way is a difference that is a hundred times smaller than its terms. */
static double value_room(const model *m, const sizes *s, double objective, double answer_size)
{
    double share = m->sort == MIX ? 1e-6 : 0, unit = 0x1p-52;
    int curved = m->sort >= LOGS;
    return unit * (8 * (s->value + fabs(objective) + fabs(m->constant)) + (curved ? 512 * s->largest : 0))
           + share * s->area + 8 * unit * s->price * (s->way + answer_size);
}

/* Without rounding: few binary digits, or none. */
static int is_short(double v)
{
    return isinf(v) || (fabs(v) < 1024 && v * 1024 == floor(v * 1024));
}

/* The path at a total beside solves there and a little to both sides. */
static void compare_with_solves(const model *m, const line *l, rm_problem *solver, double total, tally *t)
{
    costs here, below = {0, 0, 0}, above = {0, 0, 0}, path = ask(l, total);
    sizes s = around(l, total);
    double room = price_room(m, s.price);
    assert_true(path.low <= path.high);
    if (!solve_at(solver, total, &here)) {
        t->unanswered++;
        return;
    }
    t->compared++;
    s.price = fmax(s.price, fmax(finite_size(here.low), finite_size(here.high)));
    double size = size_of_answer(m, solver), missed = 4 * 0x1p-52 * (size - fabs(total));
    double less = units_off(total, -4) - fmax(missed, 0), more = units_off(total, 4) + fmax(missed, 0);
    assert_true(path.objective > -INFINITY);
    /* (From an end where a cost is infinite the path tells so; a solve at that total, rounded, may be beyond it.) */
    if (isfinite(here.objective) && isfinite(path.objective) && fabs(path.objective - here.objective) > value_room(m, &s, here.objective, size)) {
        tell(m, "another objective", total, path, here);
        fail();
    }
    /* Where a solve cannot follow, less or more is infeasible: an infinite price. */
    if (!solve_at(solver, less, &below) || total == l->total[0])
        below.low = -INFINITY;
    if (!solve_at(solver, more, &above) || total == l->total[l->points - 1])
        above.high = INFINITY;
    if (path.low < below.low - room || path.high > above.high + room) {
        tell(m, "prices beyond those of solves beside it", total, path, (costs){below.objective, below.low, above.high});
        fail();
    }
    costs lower = ask(l, on_line(l, less)), higher = ask(l, on_line(l, more));
    int inside = total > l->total[0] && total < l->total[l->points - 1];
    if (inside && (here.low < lower.low - room || here.high > higher.high + room)) {
        tell(m, "prices of a solve beyond those of the path beside it", total,
             (costs){path.objective, lower.low, higher.high}, here);
        fail();
    }
    if (m->sort == WHOLE && is_short(total) && is_short(here.low) && is_short(here.high)
        && (here.low != path.low || here.high != path.high || here.objective != path.objective)) {
        tell(m, "whole numbers and not the same figures", total, path, here);
        fail();
    }
    t->exactly += here.low == path.low && here.high == path.high;
}

/* --- the witness ------------------------------------------------------------------------- */

/* x and the cost of device v where f - y a x is least; a pull as f itself knows it.  Only for what is
 * quadratic or linear and without kinks. */
static double place_at(const device *v, double y)
{
    double slope = v->price - v->coef * y, tie = 4 * 0x1p-53 * (fabs(v->price) + fabs(v->coef * y));
    if (v->weight > 0) {
        double x = v->second - slope / v->weight / 2;
        return fmin(fmax(x, v->lower), v->upper);
    }
    double end = slope > 0 ? v->lower : v->upper;
    if (isinf(end) && fabs(slope) <= tie)
        end = isinf(v->lower) ? v->upper : v->lower;
    return isinf(end) && fabs(slope) <= tie ? 0 : end;
}

static void add_cost(exact *e, const device *v, double x)
{
    volatile double way = x - v->second;
    volatile double shown = way + v->second;
    double rest = (x - shown) + (v->second - (shown - way)); /* way + rest is x - t, nearly */
    double square = way * way, error = fma(way, way, -square);
    exact_add_product(e, v->weight, square);
    exact_add_product(e, v->weight, error);
    exact_add(e, 2 * (v->weight * way) * rest);
    exact_add_product(e, v->price, x);
}

/* The least of sum f - y a x, plus y M: no more than v(M). */
static double bound_at(const model *m, double y, double total, double *size)
{
    exact e = {0, {0}};
    exact_add(&e, m->constant);
    exact_add_product(&e, y, total);
    *size = fabs(y * total) + fabs(m->constant);
    for (int64_t i = 0; i < m->n; i++) {
        device v = m->d[i];
        if (v.is_hole)
            continue;
        double x = place_at(&v, y), shifted = v.price - v.coef * y;
        if (isinf(x))
            return -INFINITY;
        add_cost(&e, &v, x);
        exact_add_product(&e, -y, v.coef * x);
        exact_add_product(&e, -y, fma(v.coef, x, -(v.coef * x)));
        double way = x - v.second;
        *size += v.weight * way * way + fabs(v.price * x) + fabs(y * v.coef * x) + fabs(shifted * x);
    }
    return exact_value(&e);
}

/* The sum of the answers to a price; of the tied ones the end on that side. */
static double sum_at(const model *m, double y, int side, double *size)
{
    exact e = {0, {0}};
    *size = 0;
    for (int64_t i = 0; i < m->n; i++) {
        const device *v = &m->d[i];
        if (v->is_hole || v->coef == 0)
            continue;
        double x = place_at(v, y);
        if (v->weight == 0 && fabs(v->price - v->coef * y) <= 4 * 0x1p-53 * (fabs(v->price) + fabs(v->coef * y)))
            x = (v->coef > 0) == (side > 0) ? v->upper : v->lower;
        if (isinf(x))
            return side > 0 ? INFINITY : -INFINITY;
        exact_add_product(&e, v->coef, x);
        *size += fabs(v->coef * x) + (v->weight > 0 ? fabs(v->coef * v->second) : 0);
    }
    return exact_value(&e);
}

static int has_witness(const model *m)
{
    return m->sort < KINDS || m->sort == WHOLE || m->sort == WIDE || m->sort == OPEN;
}

/* A price some units in the last place off. */
static double price_beside(double y, double room, int side)
{
    return y + side * (room + 4 * DBL_MIN);
}

static void ask_witness(const model *m, const line *l, double total)
{
    costs path = ask(l, total);
    sizes s = around(l, total);
    double room = price_room(m, s.price);
    const double prices[] = {path.low, path.high};
    for (int k = 0; k < 2; k++) {
        double y = prices[k], size, below, above, bound;
        if (isinf(y))
            continue;
        bound = bound_at(m, y, total, &size);
        /* Below v by what the price is off, to the second order; and as little above as rounding tells. */
        double allowed = value_room(m, &s, path.objective, size) + 8 * 0x1p-52 * size;
        if (isfinite(bound) && (bound > path.objective + allowed || bound < path.objective - allowed)) {
            print_error("the witness has %.17g, allowed %g\n", bound, allowed);
            tell(m, "another objective than the witness'", total, path, path);
            fail();
        }
        double low = sum_at(m, price_beside(y, room, -1), -1, &below);
        double high = sum_at(m, price_beside(y, room, 1), 1, &above);
        double unit = 8 * 0x1p-52;
        if (low - unit * (below + fabs(total)) > total || high + unit * (above + fabs(total)) < total) {
            print_error("sums %.17g to %.17g\n", low, high);
            tell(m, "the price leads to other totals", total, path, path);
            fail();
        }
    }
}

/* --- properties --------------------------------------------------------------------------- */

static void is_in_order(const model *m, const line *l)
{
    for (int64_t k = 0; k + 1 < l->points; k++) {
        double way = l->total[k + 1] - l->total[k], rise = l->objective[k + 1] - l->objective[k];
        assert_true(way >= 0);
        assert_true(l->dual[k] <= l->dual[k + 1]);
        assert_true(way > 0 || l->dual[k] < l->dual[k + 1] || l->points == 1);
        if (way == 0)
            assert_same(l->objective[k], l->objective[k + 1]);
        if (!isfinite(rise))
            continue;
        double price = fmax(finite_size(l->dual[k]), finite_size(l->dual[k + 1]));
        double room = 4 * 0x1p-52 * (fabs(l->objective[k]) + fabs(l->objective[k + 1]) + fabs(m->constant) + price * way);
        assert_true(rise >= l->dual[k] * way - room);
        assert_true(rise <= l->dual[k + 1] * way + room);
    }
}

/* Totals that are best at a price, and prices at a total, are each other's inverse. */
static void is_inverted(const model *m, const line *l, double total, double share)
{
    costs c = ask(l, total);
    double first = l->total[0], last = l->total[l->points - 1];
    double room = price_room(m, around(l, total).price), low, high;
    double lowest = isfinite(c.low) ? c.low : l->dual[0], highest = isfinite(c.high) ? c.high : l->dual[l->points - 1];
    if (!isfinite(lowest) || !isfinite(highest))
        return;
    double y = lowest + share * (highest - lowest), less = y - room, more = y + room;
    assert_ok(rm_problem_path_at_dual(l->p, 1, &less, &low, NULL));
    assert_ok(rm_problem_path_at_dual(l->p, 1, &more, NULL, &high));
    if (beside(l, low, -4) > total || beside(l, high, 4) < total) {
        print_error("price %.17g: totals from %.17g to %.17g\n", y, low, high);
        tell(m, "not the inverse", total, c, c);
        fail();
    }
    assert_ok(rm_problem_path_at_dual(l->p, 1, &y, &low, &high));
    assert_true(first <= low && low <= high && high <= last);
    costs least = ask(l, beside(l, low, -4)), most = ask(l, beside(l, high, 4));
    double near = price_room(m, fmax(around(l, low).price, around(l, high).price)) + room;
    assert_true(low == first || least.low <= y + near);
    assert_true(high == last || most.high >= y - near);
}

/* Two paths of the same, at one total. */
static void agree(const model *m, const line *a, const line *b, double total, const char *what)
{
    total = fmin(fmax(total, b->total[0]), b->total[b->points - 1]);
    total = fmin(fmax(total, a->total[0]), a->total[a->points - 1]);
    if (total < b->total[0] || total > b->total[b->points - 1])
        return;
    costs one = ask(a, total), other = ask(b, total);
    sizes s = around(a, total), z = around(b, total);
    double room = price_room(m, s.price + z.price);
    costs less = ask(a, beside(a, total, -4)), more = ask(a, beside(a, total, 4));
    int inside = total > b->total[0] && total < b->total[b->points - 1];
    int prices = other.low < less.low - room || other.high > more.high + room;
    double values = value_room(m, &s, one.objective, fabs(total)) + value_room(m, &z, one.objective, fabs(total));
    if ((inside && prices) || fabs(one.objective - other.objective) > values) {
        tell(m, what, total, one, other);
        fail();
    }
}

static void agrees_with_a_part(const model *m, const line *whole, double from, double to, dice *d, tally *t)
{
    rm_problem *p = NULL;
    int64_t points;
    assert_ok(rm_problem_clone(whole->p, &p, NULL, NULL));
    rm_status status = rm_problem_build_path(p, 0, from, to, &points);
    /* (At an end where a cost is infinite the path may begin, but nobody is there.) */
    if (status == RM_INACCURATE || (status == RM_INFEASIBLE && m->sort >= LOGS)) {
        t->parts_refused++;
        rm_problem_destroy(p);
        return;
    }
    assert_ok(status);
    line part = read_line(p, points);
    for (int k = 0; k < 6; k++)
        agree(m, whole, &part, dice_between(d, from, to), "a part is not as the whole");
    agree(m, whole, &part, from, "a part is not as the whole");
    agree(m, whole, &part, to, "a part is not as the whole");
    /* Inside the points are the same ones; of those in a row at one price only the last one says something. */
    int64_t k = 0, j = 0;
    while (m->sort != MIX && k < whole->points && whole->total[k] <= from)
        k++;
    while (j < points && part.total[j] <= from)
        j++;
    for (; m->sort != MIX && j < points && part.total[j] < to; j++, k++) {
        while (k + 1 < whole->points && whole->total[k] < part.total[j] && whole->dual[k] == part.dual[0])
            k++;
        assert_true(k < whole->points);
        assert_same(part.total[j], whole->total[k]);
        assert_same(part.dual[j], whole->dual[k]);
    }
    line_free(&part);
    rm_problem_destroy(p);
}

static void agrees_in_another_order(const model *m, const line *l, dice *d)
{
    model q = permuted(d, m);
    rm_problem *p = build_model(&q);
    int64_t points;
    assert_ok(rm_problem_build_path(p, 0, l->total[0], l->total[l->points - 1], &points));
    line other = read_line(p, points);
    for (int k = 0; k < 4; k++)
        agree(m, l, &other, l->total[dice_below(d, l->points)], "another order, another path");
    for (int k = 0; k < 4; k++)
        agree(m, l, &other, dice_between(d, l->total[0], l->total[l->points - 1]), "another order, another path");
    line_free(&other);
    rm_problem_destroy(p);
    free(q.d);
}

/* The x of a total is that of a solve there. */
static void has_the_same_x(const model *m, const line *l, rm_problem *solver, double total)
{
    costs c;
    double *x = doubles(m->n), *there = doubles(m->n);
    int solved = solve_at(solver, total, &c);
    rm_status status = rm_problem_get_path_solution(l->p, total, m->n, NULL, x);
    assert_int_equal(status == RM_OK, solved);
    if (solved) {
        assert_ok(rm_problem_get_solution(solver, m->n, NULL, there));
        assert_same_array(x, there, m->n);
    }
    free(x);
    free(there);
}

/* A total of the path: a point, a little beside one, an end, or anywhere. */
static double pick(dice *d, const line *l)
{
    double first = l->total[0], last = l->total[l->points - 1], at = l->total[dice_below(d, l->points)];
    switch (dice_below(d, 8)) {
    case 0: return first;
    case 1: return last;
    case 2:
    case 3: return at;
    case 4: return beside(l, at, (int)dice_below(d, 3) - 1);
    default: return dice_between(d, first, last);
    }
}

static void examine(dice *d, const model *m, line *l, double from, double to, int questions, tally *t)
{
    rm_problem *solver = NULL;
    assert_ok(rm_problem_clone(l->p, &solver, NULL, NULL));
    /* A total of the rounded ends may be out of reach by a rounding. */
    assert_true(l->total[0] >= units_off(from, -2) && l->total[l->points - 1] <= units_off(to, 2));
    is_in_order(m, l);
    for (int k = 0; k < questions; k++) {
        double total = pick(d, l);
        compare_with_solves(m, l, solver, total, t);
        is_inverted(m, l, total, (double)dice_below(d, 3) / 2);
        if (has_witness(m))
            ask_witness(m, l, total);
    }
    has_the_same_x(m, l, solver, pick(d, l));
    double one = pick(d, l), other = pick(d, l);
    agrees_with_a_part(m, l, fmin(one, other), fmax(one, other), d, t);
    agrees_in_another_order(m, l, d);
    rm_problem_destroy(solver);
}

static void play(dice *d, int sort, int64_t n, int questions, tally *t)
{
    model m = draw_model(d, sort, n);
    rm_problem *p = build_model(&m);
    int64_t points = 0;
    double one = some_total(d, &m), other = some_total(d, &m), from = fmin(one, other), to = fmax(one, other);
    if (dice_below(d, 2)) {
        rm_status status = rm_problem_build_path(p, 0, -INFINITY, INFINITY, &points);
        if (status != RM_ERROR_RANGE) {
            from = -INFINITY;
            to = INFINITY;
        }
    }
    rm_status status = rm_problem_build_path(p, 0, from, to, &points);
    t->built += status == RM_OK;
    t->refused += status != RM_OK;
    if (status == RM_OK) {
        line l = read_line(p, points);
        t->points += points;
        examine(d, &m, &l, from, to, questions, t);
        line_free(&l);
    } else if (status != RM_INACCURATE && status != RM_UNBOUNDED) {
        char text[600];
        rm_problem_message(p, text, sizeof text);
        print_error("sort %d: status %d, %s\n", sort, (int)status, text);
        tell(&m, "refused", from, (costs){0, 0, 0}, (costs){0, 0, 0});
        fail();
    }
    rm_problem_destroy(p);
    free(m.d);
}

static int64_t rounds_of(int64_t most)
{
    return most / slowness() + 2;
}

static void every_kind(void **state)
{
    (void)state;
    for (int sort = 0; sort < SORTS; sort++) {
        dice d = {(uint64_t)sort + 1};
        tally t = {0};
        int64_t rounds = rounds_of(sort == MIX ? 60 : 900);
        for (int64_t round = 0; round < rounds; round++)
            play(&d, sort, 1 + dice_below(&d, dice_below(&d, 4) ? 8 : 40), 6, &t);
        if (getenv("RM_TELL"))
            print_message("sort %d: built %d refused %d compared %d unanswered %d points %d same prices %d, parts refused %d\n", sort,
                          (int)t.built, (int)t.refused, (int)t.compared, (int)t.unanswered, (int)t.points, (int)t.exactly, (int)t.parts_refused);
        /* It must not say nothing. */
        assert_true(t.refused <= rounds / 200 + 2);
        assert_true(t.unanswered <= t.compared / 20 + 2);
    }
}

static void crowds(void **state)
{
    (void)state;
    for (int sort = 0; sort < SORTS; sort++) {
        dice d = {(uint64_t)sort + 100};
        tally t = {0};
        if (sort == MIX || (slowness() > 5 && sort > 0))
            continue;
        play(&d, sort, slowness() > 5 ? 200 : 3000 + dice_below(&d, 3000), 3, &t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind),
        cmocka_unit_test(crowds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

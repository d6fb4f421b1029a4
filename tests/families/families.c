/* A witness for costs of every family: problems are solved through the public interface, and
 * the answers are judged with 200 binary digits by formulas written anew from the header:
 *
 *   - every x is within its bounds and its cost's domain;
 *   - every x is what its device answers some price, rounded once: its own price, the price of
 *     moving and the multiplier, each off by 4 units in the last place at most;
 *   - the row is met by the public rule, on exact sums;
 *   - where numbers are easy, the proven bound is the objective to ten places (it may be above by what
 *     rounding x leaves of the row).
 *
 *   - the same devices in another order get the same bits (but for ties, which go by index).
 *
 *     families [INSTANCES [SEED]]    of each kind
 */
#include "support.h"

#include <float.h>

#include <mpfr.h>

enum { DIGITS = 200, MOST = 40, MOST_STEPS = 5 };

enum { QUADRATIC, LINEAR, LOG, ALPHA, ENTROPY, QUEUE, PIECEWISE, FAMILIES };
/* Quadratic costs with moving, any with it, any without, any with a row that may be missed. */
enum { MOVED = FAMILIES, MIX_MOVED, MIX, SOFT, KINDS };
static const char *const names[] = {"quadratic", "linear", "log", "alpha", "entropy", "queue",
                                    "steps", "moved", "mix moved", "mix", "soft row"};

/* What numbers are like. */
enum { EASY, EDGES, WIDE, MANNERS };

typedef struct device {
    int family;
    double weight, second, alpha, price, lower, upper, coef; /* second: target, shift or capacity */
    double current, up, down;
    int64_t steps;
    double breakpoint[MOST_STEPS], slope[MOST_STEPS];
} device;

/* A row that may be missed: the last device is by how much, and not told to the library. */
typedef struct problem {
    int64_t n;
    int soft;
    device d[MOST + 1];
    double total;
} problem;

/* --- instances ------------------------------------------------------------------- */

static double power10(dice *d, double low, double high)
{
    return pow(10, dice_between(d, low, high));
}

static void draw_steps(dice *d, int manner, device *v)
{
    double at = dice_below(d, 3) ? dice_eighths(d, 2) : 0, slope = dice_eighths(d, 2);
    double scale = manner == WIDE ? power10(d, -9, 9) : 1;
    v->steps = 1 + dice_below(d, MOST_STEPS);
    for (int64_t j = 0; j < v->steps; j++) {
        v->breakpoint[j] = at;
        v->slope[j] = slope * scale;
        at += manner == EASY ? 0.25 * (double)(1 + dice_below(d, 8)) : dice_between(d, 0.01, 2);
        slope += dice_below(d, 3) == 0 ? 0 : manner == EASY ? 0.5 * (double)dice_below(d, 4) : dice_between(d, 0, 1);
    }
    if (dice_below(d, 4) == 0)
        v->breakpoint[0] = -INFINITY;
    v->lower = dice_below(d, 2) ? v->breakpoint[0] : dice_between(d, -1, 1);
    if (isinf(v->lower)) /* or the cost falls without limit */
        v->lower = -3;
}

/* The least place that bounds and domain allow. */
static double lowest(const device *v)
{
    switch (v->family) {
    case LOG:
    case ALPHA: return fmax(v->lower, -v->second);
    case QUEUE:
    case ENTROPY: return fmax(v->lower, 0);
    case PIECEWISE: return fmax(v->lower, v->breakpoint[0]);
    default: return v->lower;
    }
}

static device draw_device(dice *d, int family, int manner, int both_signs, int closed)
{
    device v = {.family = family, .weight = dice_between(d, 0.25, 4), .alpha = 1, .upper = INFINITY, .coef = 1};
    int wide = manner == WIDE;
    if (wide)
        v.weight = power10(d, -9, 9);
    if (dice_below(d, 2))
        v.price = dice_between(d, -2, 2) * (wide ? v.weight : 1);
    if (dice_below(d, 2))
        v.coef = dice_between(d, 0.25, 4) * (both_signs && dice_below(d, 2) ? -1 : 1);
    v.second = wide ? power10(d, -3, 3) : dice_between(d, 0.5, 3);
    if (family == ALPHA)
        v.alpha = dice_below(d, 4) ? power10(d, -1, 1) : dice_below(d, 2) ? 1 : 2;
    if (family == LOG || family == ALPHA) {
        if (manner == EDGES)
            v.second = dice_below(d, 2) ? 0 : power10(d, -6, 6); /* x near 0 beside a shift, or none */
        if (dice_below(d, 4) == 0)
            v.second = -v.second;
        if (dice_below(d, 2))
            v.lower = -v.second + dice_between(d, -1, 1);
    }
    if (family == QUADRATIC || family == LINEAR)
        v.lower = dice_between(d, -3, 1);
    if (family == LINEAR || family == PIECEWISE)
        v.weight = 0;
    if (family == PIECEWISE)
        draw_steps(d, manner, &v);
    double least = lowest(&v);
    /* Without these the cost may fall without limit. */
    if (family == LINEAR || family == PIECEWISE || (closed && (family == LOG || family == ALPHA)) || dice_below(d, 2))
        v.upper = least + (wide ? power10(d, -3, 3) : dice_between(d, 0.25, 5));
    return v;
}

/* Some place within a device's bounds and domain, sometimes near an end. */
static double place(dice *d, const device *v, int manner)
{
    double low = lowest(v), high = v->upper;
    if (v->family == QUEUE)
        high = fmin(high, v->second);
    if (isinf(high))
        high = low + 4 * (1 + fabs(low));
    double share = dice_between(d, 0.05, 0.95);
    if (manner == EDGES) /* down to 1e-12 of the way from an end */
        share = dice_below(d, 2) ? power10(d, -12, -0.3) : 1 - power10(d, -12, -0.3);
    return low + share * (high - low);
}

static problem draw_problem(dice *d, int kind, int manner)
{
    problem p = {.n = 1 + dice_below(d, dice_below(d, 3) ? 6 : MOST)};
    int both_signs = dice_below(d, 4) == 0;
    for (int64_t i = 0; i < p.n; i++) {
        int family = kind < FAMILIES ? kind : kind == MOVED ? QUADRATIC : (int)dice_below(d, FAMILIES);
        device *v = &p.d[i];
        *v = draw_device(d, family, manner, both_signs, both_signs || kind == SOFT);
        p.total += v->coef * place(d, v, manner);
        if (kind != MOVED && kind != MIX_MOVED)
            continue;
        v->current = dice_below(d, 4) ? place(d, v, manner) : dice_between(d, -2, 8);
        double size = manner == WIDE ? fmax(v->weight, 1e-9) : 1;
        v->up = dice_below(d, 4) ? dice_between(d, 0, 2) * size : 0;
        v->down = dice_below(d, 4) ? dice_between(d, 0, 2) * size : 0;
    }
    if (kind == SOFT) {
        p.soft = 1;
        device *v = &p.d[p.n];
        double scale = manner == WIDE ? power10(d, -9, 9) : 1;
        *v = (device){.family = QUADRATIC, .weight = dice_between(d, 0, 1) * scale, .coef = 1,
                      .lower = -INFINITY, .upper = INFINITY};
        if (dice_below(d, 2)) {
            v->family = LINEAR;
            v->weight = 0;
        }
        v->up = dice_between(d, 0, 2) * scale;
        v->down = dice_between(d, 0, 2) * scale;
        p.total *= dice_between(d, 0.5, 2);
    }
    return p;
}

/* --- the answers of a device, with many digits ---------------------------------------- */

/* What the device answers the price a y - p = e, bounds apart; returns -1 or 1 where that is
 * infinite.  Where it is an interval, the end on the given side. */
static int answer_plainly(const device *v, mpfr_t e, int side, mpfr_t x)
{
    switch (v->family) {
    case QUADRATIC:
        mpfr_div_d(x, e, v->weight, MPFR_RNDN);
        mpfr_div_2ui(x, x, 1, MPFR_RNDN);
        mpfr_add_d(x, x, v->second, MPFR_RNDN);
        return 0;
    case LINEAR:
        return mpfr_sgn(e) != 0 ? mpfr_sgn(e) : side;
    case PIECEWISE: /* to where a step costs as much */
        for (int64_t j = 0; j < v->steps; j++) {
            int beyond = mpfr_cmp_d(e, v->slope[j]);
            if (beyond < 0 || (beyond == 0 && side < 0)) {
                mpfr_set_d(x, v->breakpoint[j], MPFR_RNDN);
                return mpfr_inf_p(x) ? -1 : 0;
            }
        }
        return 1;
    case LOG:
    case ALPHA:
        if (mpfr_sgn(e) >= 0)
            return 1;
        mpfr_neg(x, e, MPFR_RNDN);
        mpfr_d_div(x, v->weight, x, MPFR_RNDN);
        if (v->family == ALPHA) {
            mpfr_log(x, x, MPFR_RNDN);
            mpfr_div_d(x, x, v->alpha, MPFR_RNDN);
            mpfr_exp(x, x, MPFR_RNDN);
        }
        mpfr_sub_d(x, x, v->second, MPFR_RNDN);
        return 0;
    case ENTROPY:
        mpfr_div_d(x, e, v->weight, MPFR_RNDN);
        mpfr_exp(x, x, MPFR_RNDN);
        mpfr_mul_d(x, x, v->second, MPFR_RNDN);
        return 0;
    default:
        if (mpfr_sgn(e) <= 0)
            return -1;
        mpfr_set_d(x, v->weight, MPFR_RNDN);
        mpfr_mul_d(x, x, v->second, MPFR_RNDN);
        mpfr_div(x, x, e, MPFR_RNDN);
        mpfr_sqrt(x, x, MPFR_RNDN);
        mpfr_d_sub(x, v->second, x, MPFR_RNDN);
        return 0;
    }
}

/* v and so many units in its last place. */
static void moved(mpfr_t to, double v, int units)
{
    int exponent;
    frexp(v, &exponent);
    mpfr_set_si_2exp(to, v == 0 ? 0 : units, exponent - DBL_MANT_DIG, MPFR_RNDN);
    mpfr_add_d(to, to, v, MPFR_RNDN);
}

static void answer_or_infinite(const device *v, mpfr_t e, int side, mpfr_t x)
{
    int runs = answer_plainly(v, e, side, x);
    if (runs != 0)
        mpfr_set_inf(x, runs);
}

/* With the cost of moving: beyond `current` as far as pays, or at it. */
static void answer_moving(const device *v, mpfr_t e, int units, mpfr_t x)
{
    mpfr_t price, there;
    mpfr_inits2(DIGITS, price, there, (mpfr_ptr)0);
    moved(price, v->up, -units);
    mpfr_sub(price, e, price, MPFR_RNDN);
    answer_or_infinite(v, price, units, x);
    if (mpfr_cmp_d(x, v->current) < 0) {
        moved(price, v->down, units);
        mpfr_add(price, e, price, MPFR_RNDN);
        answer_or_infinite(v, price, units, there);
        mpfr_set_d(x, v->current, MPFR_RNDN);
        if (mpfr_cmp(there, x) < 0)
            mpfr_set(x, there, MPFR_RNDN);
    }
    mpfr_clears(price, there, (mpfr_ptr)0);
}

/* The answer, within the bounds, to a y less p, both so many units in the last place away, to
 * one side. */
static void answer_near(const device *v, double y, int units, mpfr_t x)
{
    mpfr_t e, p;
    mpfr_inits2(DIGITS, e, p, (mpfr_ptr)0);
    int upwards = v->coef > 0 ? units : -units;
    moved(e, y, units);
    moved(p, v->price, -upwards);
    mpfr_mul_d(e, e, v->coef, MPFR_RNDN);
    mpfr_sub(e, e, p, MPFR_RNDN);
    if (v->up > 0 || v->down > 0)
        answer_moving(v, e, upwards, x);
    else
        answer_or_infinite(v, e, upwards, x);
    double low = v->family == LOG || v->family == ALPHA ? v->lower : lowest(v), high = v->upper;
    if (mpfr_cmp_d(x, low) < 0)
        mpfr_set_d(x, low, MPFR_RNDN);
    if (mpfr_cmp_d(x, high) > 0)
        mpfr_set_d(x, high, MPFR_RNDN);
    mpfr_clears(e, p, (mpfr_ptr)0);
}

static int in_domain(const device *v, double x)
{
    if (!(x >= v->lower && x <= v->upper))
        return 0;
    if (v->weight > 0 && (v->family == LOG || v->family == ALPHA))
        return x > -v->second;
    return x >= lowest(v) && (v->family != QUEUE || x < v->second);
}

/* x is what the device answers a price within 4 units of y, rounded once. */
static int stationary(const device *v, double x, double y)
{
    mpfr_t low, high;
    mpfr_inits2(DIGITS, low, high, (mpfr_ptr)0);
    answer_near(v, y, v->coef > 0 ? -4 : 4, low);
    answer_near(v, y, v->coef > 0 ? 4 : -4, high);
    double below = nextafter(x, -INFINITY), above = nextafter(x, INFINITY);
    /* Half a unit either way: the middles to the neighbours. */
    if (fabs(x) < DBL_MIN && v->family == ENTROPY) { /* the exponential was subnormal itself */
        mpfr_sub_d(low, low, DBL_TRUE_MIN * (1 + v->second), MPFR_RNDN);
        mpfr_add_d(high, high, DBL_TRUE_MIN * (1 + v->second), MPFR_RNDN);
    }
    mpfr_mul_2ui(low, low, 1, MPFR_RNDN);
    mpfr_mul_2ui(high, high, 1, MPFR_RNDN);
    mpfr_sub_d(low, low, x, MPFR_RNDN);
    mpfr_sub_d(high, high, x, MPFR_RNDN);
    int good = mpfr_cmp_d(low, above) <= 0 && mpfr_cmp_d(high, below) >= 0;
    mpfr_clears(low, high, (mpfr_ptr)0);
    /* Beside an end that is no part of the domain the last double is as near as x can be. */
    if (!good && v->family == QUEUE)
        good = x == nextafter(v->second, 0);
    if (!good && (v->family == LOG || v->family == ALPHA))
        good = x == nextafter(-v->second, INFINITY);
    return good;
}

static int meets_row(const problem *p, const double *x)
{
    exact off = {0, {0}}, spare = {0, {0}}, all = {0, {0}};
    int free = 0;
    exact_add(&off, -p->total);
    for (int64_t i = 0; i < p->n + p->soft; i++) {
        const device *v = &p->d[i];
        exact_add_product(&off, v->coef, x[i]);
        exact_add_product(&all, fabs(v->coef), fabs(x[i]));
        double low = lowest(v);
        if (x[i] > low && x[i] < v->upper) {
            free = 1;
            exact_add_product(&spare, fabs(v->coef), fabs(x[i]));
        }
    }
    if (!free) {
        spare = all;
        exact_add(&spare, fabs(p->total));
    }
    double most = 4 * DBL_EPSILON * exact_value(&spare);
    return fabs(exact_value(&off)) <= most * (1 + 0x1p-40);
}

/* --- solving ------------------------------------------------------------------------ */

static rm_problem *build(const problem *p)
{
    rm_problem *h;
    assert_ok(rm_problem_create(&h, p->n, NULL, NULL));
    for (int64_t i = 0; i < p->n; i++) {
        const device *v = &p->d[i];
        assert_ok(rm_problem_set_bounds(h, 1, &i, &v->lower, &v->upper));
        switch (v->family) {
        case LOG: assert_ok(rm_problem_set_log(h, 1, &i, &v->weight, &v->second)); break;
        case ALPHA: assert_ok(rm_problem_set_alpha_fair(h, 1, &i, &v->weight, &v->second, &v->alpha)); break;
        case ENTROPY: assert_ok(rm_problem_set_entropy(h, 1, &i, &v->weight, &v->second)); break;
        case QUEUE: assert_ok(rm_problem_set_queue(h, 1, &i, &v->weight, &v->second)); break;
        case PIECEWISE: {
            const int64_t start[] = {0, v->steps};
            assert_ok(rm_problem_set_piecewise(h, 1, &i, start, v->breakpoint, v->slope));
            break;
        }
        default: assert_ok(rm_problem_set_quadratic(h, 1, &i, &v->weight, &v->second, NULL)); break;
        }
        assert_ok(rm_problem_set_price(h, 1, &i, &v->price));
        if (v->up > 0 || v->down > 0)
            assert_ok(rm_problem_set_move_cost(h, 1, &i, &v->current, &v->up, &v->down));
    }
    double coef[MOST];
    for (int64_t i = 0; i < p->n; i++)
        coef[i] = p->d[i].coef;
    assert_ok(rm_problem_add_row(h, p->n, NULL, coef, p->total, p->total, NULL));
    const device *miss = &p->d[p->n];
    if (p->soft)
        assert_ok(rm_problem_set_row_penalty(h, 1, NULL, &miss->up, &miss->down, &miss->weight));
    return h;
}

static void tell(const problem *p, const double *x, double y, const char *what, int64_t at)
{
    print_error("%s (device %d), total %a, multiplier %a\n", what, (int)at, p->total, y);
    for (int64_t i = 0; i < p->n + p->soft; i++) {
        const device *v = &p->d[i];
        print_error("  %d %-9s w %.17g, %.17g, alpha %.17g, price %.17g, %.17g..%.17g, coef %.17g, "
                    "from %.17g +%.17g -%.17g: x %.17g\n",
                    (int)i, names[v->family], v->weight, v->second, v->alpha, v->price, v->lower, v->upper, v->coef,
                    v->current, v->up, v->down, x ? x[i] : NAN);
        for (int64_t j = 0; j < v->steps; j++)
            print_error("      from %.17g at %.17g\n", v->breakpoint[j], v->slope[j]);
    }
}

/* The same devices in another order. */
static int same_in_another_order(dice *d, const problem *p, const double *x, double y)
{
    problem q = *p;
    if (p->soft && p->d[p->n].family == LINEAR)
        return 1; /* there may be ties */
    int64_t order[MOST];
    double there[MOST], dual;
    for (int64_t i = 0; i < p->n; i++)
        order[i] = i;
    dice_shuffle(d, order, p->n);
    for (int64_t i = 0; i < p->n; i++) {
        if (p->d[i].family == LINEAR || p->d[i].family == PIECEWISE)
            return 1; /* there may be ties */
        q.d[i] = p->d[order[i]];
    }
    rm_problem *h = build(&q);
    int same = rm_problem_solve(h, RM_SOLVER_AUTO) == RM_OK;
    if (same) {
        assert_ok(rm_problem_get_solution(h, q.n, NULL, there));
        assert_ok(rm_problem_get_row_duals(h, 1, NULL, &dual));
        same = bits_of(dual) == bits_of(y);
        for (int64_t i = 0; i < q.n; i++)
            same &= bits_of(there[i]) == bits_of(x[order[i]]);
    }
    rm_problem_destroy(h);
    return same;
}

typedef struct score {
    int64_t solved, wrong, undecided;
} score;

/* What the handle proves of its own answer. */
static int is_proven(const rm_problem *h, int manner)
{
    double objective, bound, gap;
    assert_ok(rm_problem_get_info_f64(h, RM_INFO_OBJECTIVE, &objective));
    assert_ok(rm_problem_get_info_f64(h, RM_INFO_BOUND, &bound));
    assert_ok(rm_problem_get_info_f64(h, RM_INFO_GAP, &gap));
    double near = 1e-10 * (1 + fabs(objective));
    return gap >= 0 && (manner != EASY || (gap <= near && fabs(objective - bound) <= near));
}

/* Whether the total is, to the last places, a sum that is only come near to: x = -s for all logs.  Which side of that the
 * rounded total lies on is chance. */
static int is_at_open_ends(const problem *p)
{
    for (int up = 0; up < 2; up++) {
        double sum = 0, size = fabs(p->total);
        for (int64_t i = 0; i < p->n; i++) {
            const device *e = &p->d[i];
            int shifted = e->weight > 0 && (e->family == LOG || e->family == ALPHA);
            int queue = e->weight > 0 && e->family == QUEUE, high = (e->coef > 0) == up;
            double low_end = shifted ? fmax(e->lower, -e->second) : queue ? fmax(e->lower, 0) : e->lower;
            double end = high ? (queue ? fmin(e->upper, e->second) : e->upper) : low_end;
            sum += e->coef * end;
            size += fabs(e->coef * end);
        }
        if (fabs(sum - p->total) <= 4 * DBL_EPSILON * size)
            return 1;
    }
    return 0;
}

static void judge(dice *d, const problem *p, int manner, score *s)
{
    rm_problem *h = build(p);
    rm_status status = rm_problem_solve(h, RM_SOLVER_AUTO);
    double x[MOST + 1], y;
    const char *what = NULL;
    int64_t at = -1;
    s->solved += status == RM_OK;
    s->undecided += status == RM_INACCURATE;
    if (status == RM_OK) {
        assert_ok(rm_problem_get_solution(h, p->n, NULL, x));
        assert_ok(rm_problem_get_row_duals(h, 1, NULL, &y));
        if (p->soft)
            assert_ok(rm_problem_get_info_f64(h, RM_INFO_SHORTFALL, &x[p->n]));
        if (!meets_row(p, x))
            what = "the row is not met";
        else if (!is_proven(h, manner))
            what = "the bound is wrong or far";
        else if (!same_in_another_order(d, p, x, y))
            what = "another order gives other bits";
        for (int64_t i = 0; i < p->n + p->soft && !what; i++) {
            at = i;
            if (!in_domain(&p->d[i], x[i]))
                what = "x is outside its domain";
            else if (!stationary(&p->d[i], x[i], y))
                what = "x is not what the price asks for";
        }
    } else if (status == RM_INFEASIBLE && is_at_open_ends(p)) {
        s->undecided++;
    } else if (status != RM_INACCURATE) {
        what = "a problem that can be met and is bounded is refused";
    }
    if (what && s->wrong++ < 3) {
        char message[300];
        rm_problem_message(h, message, sizeof message);
        tell(p, status == RM_OK ? x : NULL, status == RM_OK ? y : NAN, what, at);
        print_error("  status %d: %s\n", (int)status, message);
    }
    rm_problem_destroy(h);
}

int main(int argc, char **argv)
{
    static const char *const manners[] = {"easy", "edges", "wide"};
    int64_t instances = argc > 1 ? atol(argv[1]) : 1500, wrong = 0;
    instances = (instances + slowness() - 1) / slowness();
    uint64_t seed = argc > 2 ? (uint64_t)atol(argv[2]) : 1;
    for (int kind = QUADRATIC; kind < KINDS; kind++) {
        for (int manner = 0; manner < MANNERS; manner++) {
            dice d = {seed * 1000003 + (uint64_t)(kind * MANNERS + manner)}, shuffler = {seed};
            score s = {0, 0, 0};
            for (int64_t k = 0; k < instances; k++) {
                problem p = draw_problem(&d, kind, manner);
                judge(&shuffler, &p, manner, &s);
            }
            printf("%-9s %-5s  %lld solved, %lld undecided, %lld wrong\n", names[kind], manners[manner],
                   (long long)s.solved, (long long)s.undecided, (long long)s.wrong);
            wrong += s.wrong + (s.undecided > instances / 25 + 1); /* or it could say nothing at all */
        }
    }
    return wrong != 0;
}

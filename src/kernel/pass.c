/* See pass.h. */
#include "kernel/pass.h"

#include "base/expansion.h"

/* Above this the exact products of expansion.h could overflow, and an answer is
 * taken as a plain double; a product below the other is as good as nothing. */
#define LARGEST 0x1p900
#define SMALLEST 0x1p-900

void rm_tally_clear(rm_tally *t)
{
    memset(t, 0, sizeof *t);
    t->next_up = INFINITY;
    t->next_down = -INFINITY;
}

/* The answer of a quadratic variable: unclamped x = t + offset. */
typedef struct answer {
    int state;        /* -1 at the lower bound, 1 at the upper, 0 between */
    int parts;        /* 0: `plain` is all there is; 3: offset = part[0..2] */
    double plain;     /* x as a double */
    double part[3];
} answer;

/* t + part[0] + part[1] + part[2] - bound, its sign exact. */
static double beyond(double t, const double part[3], double bound)
{
    rm_expansion e = {0, {0}};
    rm_expansion_add(&e, t);
    rm_expansion_add(&e, -bound);
    for (int k = 2; k >= 0; k--)
        rm_expansion_add(&e, part[k]);
    return rm_expansion_round(&e);
}

static void add_product(rm_expansion *e, double a, double b)
{
    if (fabs(a * b) >= SMALLEST)
        rm_expansion_add_product(e, a, b);
}

static answer answer_at(const rm_cost *c, double a, rm_price y, int precision)
{
    answer r = {0, 0, 0, {0, 0, 0}};
    double product = a * y.high;
    double drive = (product - c->price) + a * y.low;
    double offset = drive / c->weight * 0.5;
    r.plain = c->target + offset;
    /* The rounding of `plain`, generously: does it decide the clamp already? */
    double doubt = 0x1p-48 * (fabs(c->target) + (fabs(product) + fabs(c->price)) / c->weight);
    if (!isfinite(r.plain) || !isfinite(doubt))
        doubt = 0; /* overflowed: only its sign counts */
    if (r.plain < c->lower - doubt || (precision == RM_COARSE && r.plain <= c->lower)) {
        r.state = -1;
        return r;
    }
    if (r.plain > c->upper + doubt || (precision == RM_COARSE && r.plain >= c->upper)) {
        r.state = 1;
        return r;
    }
    if (precision == RM_COARSE)
        return r;
    if (!(fabs(product) + fabs(c->price) + fabs(a) + c->weight + fabs(offset) + fabs(c->target) < LARGEST)) {
        r.state = r.plain <= c->lower ? -1 : r.plain >= c->upper ? 1 : 0;
        return r;
    }
    rm_expansion e = {0, {0}};
    rm_expansion_add(&e, -c->price);
    add_product(&e, a, y.low);
    add_product(&e, a, y.high);
    rm_expansion_divide(&e, c->weight, r.part);
    for (int k = 0; k < 3; k++)
        r.part[k] *= 0.5;
    r.parts = 3;
    /* A price with a low part is rounded itself, at 2^-106: an answer nearer to
     * its bound than that is at the bound.  An infinite bound is never near. */
    double blur = y.low != 0 ? 0x1p-96 * (fabs(product) + fabs(c->price)) / c->weight : 0;
    if (r.plain <= c->lower + doubt && beyond(c->target, r.part, c->lower) <= blur)
        r.state = -1;
    else if (r.plain >= c->upper - doubt && beyond(c->target, r.part, c->upper) >= -blur)
        r.state = 1;
    return r;
}

/* Adds a x at an end that may be infinite. */
static void add_end(rm_tally *t, double a, double x, int side)
{
    if (isfinite(x))
        rm_sum_add_product(&t->sum, a, x);
    else if (side < 0)
        t->below = 1;
    else
        t->above = 1;
}

/* Where y stands against the jump of a linear cost: -1 below, 0 at it, 1 above. */
static int against_jump(const rm_cost *c, double a, rm_price y)
{
    double jump = c->price / a;
    if (y.high != jump)
        return y.high < jump ? -1 : 1;
    return y.jump ? 0 : y.low < 0 ? -1 : 1;
}

static void note_breakpoint(rm_tally *t, double b, int up)
{
    if (up)
        t->next_up = rm_min(t->next_up, b);
    else
        t->next_down = rm_max(t->next_down, b);
}

static void tally_linear(rm_tally *t, const rm_cost *c, double a, rm_price y)
{
    int where = against_jump(c, a, y);
    if (where != 0) {
        add_end(t, a, rm_end_of(c, a, where), where);
        note_breakpoint(t, c->price / a, where < 0);
        return;
    }
    t->ties++;
    double high = rm_end_of(c, a, 1), low = rm_end_of(c, a, -1);
    if (isfinite(low)) {
        rm_sum_add_product(&t->sum, a, low);
        rm_sum_add_product(&t->tied, -a, low);
    } else {
        t->tied_below = 1;
    }
    if (isfinite(high))
        rm_sum_add_product(&t->tied, a, high);
    else
        t->tied_above = 1;
}

static void tally_quadratic(rm_tally *t, const rm_cost *c, double a, rm_price y, int precision)
{
    answer r = answer_at(c, a, y, precision);
    if (r.state != 0) {
        double bound = r.state < 0 ? c->lower : c->upper;
        int side = (r.state < 0) == (a > 0) ? -1 : 1;
        add_end(t, a, bound, side);
        if (isfinite(bound))
            note_breakpoint(t, (2 * c->weight * (bound - c->target) + c->price) / a, side < 0);
        return;
    }
    if (r.parts == 0 && !isfinite(r.plain)) {
        add_end(t, a, r.plain, (r.plain > 0) == (a > 0) ? 1 : -1);
        return;
    }
    t->between++;
    if (r.parts == 0) {
        rm_sum_add_product(&t->sum, a, r.plain);
    } else {
        rm_sum_add_product(&t->sum, a, c->target);
        for (int k = 0; k < r.parts; k++)
            rm_sum_add_product(&t->sum, a, r.part[k]);
    }
    t->reach = rm_max(t->reach, fabs(a * (r.parts ? r.part[0] : r.plain)));
    double slope = a / c->weight * a * 0.5;
    if (isfinite(slope))
        rm_sum_add(&t->slope, slope);
}

void rm_tally_range(rm_tally *t, const rm_view *v, int64_t begin, int64_t end, rm_price y, int precision)
{
    for (int64_t i = begin; i < end; i++) {
        double a = rm_view_coef(v, i);
        if (a == 0)
            continue;
        rm_cost c = rm_view_cost(v, i);
        if (c.lower == c.upper)
            rm_sum_add_product(&t->sum, a, c.lower);
        else if (c.weight == 0)
            tally_linear(t, &c, a, y);
        else
            tally_quadratic(t, &c, a, y, precision);
    }
}

/* Where a variable without a row, or tied, starts: its lower end, or its target
 * where there is none. */
static double start_of(const rm_cost *c)
{
    return isfinite(c->lower) ? c->lower : rm_min(c->target, c->upper);
}

rm_stand rm_variable_stand(const rm_cost *c, double a, rm_price y)
{
    rm_stand s = {c->lower, 0, 0};
    if (c->lower == c->upper)
        return s;
    if (a == 0)
        y.high = y.low = 0; /* 0 * infinity is no price */
    if (c->weight == 0) {
        int where = a != 0 ? against_jump(c, a, y) : 0;
        if (a == 0) {
            s.x = c->price > 0 ? c->lower : c->price < 0 ? c->upper : start_of(c);
        } else if (where != 0) {
            s.x = rm_end_of(c, a, where);
        } else {
            s.x = start_of(c);
            s.tied = 1;
        }
        return s;
    }
    answer r = answer_at(c, a, y, RM_PRECISE);
    if (r.state != 0) {
        s.x = r.state < 0 ? c->lower : c->upper;
        return s;
    }
    s.between = 1;
    s.x = r.plain;
    if (r.parts) {
        rm_expansion e = {0, {0}};
        for (int k = r.parts - 1; k >= 0; k--)
            rm_expansion_add(&e, r.part[k]);
        rm_expansion_add(&e, c->target);
        s.x = rm_expansion_round(&e);
        /* What cancellation left of nothing is nothing. */
        if (fabs(s.x) <= (y.low != 0 ? 0x1p-96 : 0x1p-140) * (fabs(c->target) + fabs(r.part[0])))
            s.x = 0;
    }
    s.x = rm_min(rm_max(s.x, c->lower), c->upper); /* rounding never leaves the bounds; an overflow may */
    return s;
}

/* See answer.h: picks the family, and rounds. */
#include "cost/answer.h"

#include "base/expansion.h"
#include "cost/family.h"

rm_answer rm_cost_answer(const rm_cost *c, double a, rm_price y, int precision)
{
    if (rm_cost_is_curved(c))
        return rm_curved_answer(c, a, y, precision);
    return c->weight > 0 ? rm_quadratic_answer(c, a, y, precision) : rm_linear_answer(c, a, y);
}

/* Where a variable without a row, or tied, starts: its lower end, or its target
 * where there is none. */
static double start_of(const rm_cost *c)
{
    return isfinite(c->lower) ? c->lower : rm_min(c->target, c->upper);
}

/* base + parts, rounded, and what rounding took. */
static double rounded(const rm_answer *r, rm_price y, double *rest)
{
    rm_expansion e = {0, {0}};
    for (int k = r->parts - 1; k >= 0; k--)
        rm_expansion_add(&e, r->part[k]);
    rm_expansion_add(&e, r->base);
    double x = rm_expansion_round(&e);
    /* What cancellation left of nothing is nothing. */
    double noise = (y.low != 0 || r->parts < 3 ? 0x1p-96 : 0x1p-140) * (fabs(r->base) + fabs(r->part[0]));
    *rest = 0;
    if (fabs(x) <= noise)
        return 0;
    rm_expansion_add(&e, -x);
    *rest = rm_expansion_round(&e);
    return x;
}

static rm_stand stand(const rm_cost *c, double a, rm_price y)
{
    rm_stand s = {.x = c->lower};
    if (c->lower == c->upper)
        return s;
    if (a == 0)
        y = (rm_price){0, 0, 0}; /* 0 * infinity is no price */
    if (a == 0 && c->weight == 0) {
        s.x = c->price > 0 ? c->lower : c->price < 0 ? c->upper : start_of(c);
        return s;
    }
    if (isinf(y.high)) {
        s.x = (y.high > 0) == (a > 0) ? c->upper : c->lower;
        return s;
    }
    rm_answer r = rm_cost_answer(c, a, y, RM_PRECISE);
    s.tied = r.where == RM_TIED;
    s.between = r.where == RM_BETWEEN;
    if (s.tied)
        s.x = start_of(c);
    else if (!s.between)
        s.x = r.where == RM_AT_LOWER ? c->lower : c->upper;
    else
        s.x = r.parts ? rounded(&r, y, &s.rest) : r.plain;
    if (s.between) {
        double inside = rm_cost_inside(c, s.x);
        s.rest += isfinite(s.x) ? s.x - inside : 0;
        s.x = inside;
        s.rough = r.rough;
        s.slope = r.slope;
    }
    return s;
}

/* A zero is +0, whichever bound it comes from. */
rm_stand rm_cost_stand(const rm_cost *c, double a, rm_price y)
{
    rm_stand s = stand(c, a, y);
    s.x += 0.0;
    return s;
}

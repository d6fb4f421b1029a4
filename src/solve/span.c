/* See span.h. */
#include "solve/span.h"

#include "cost/custom.h"
#include "cost/price.h"

rm_span rm_span_all(void)
{
    return (rm_span){{-INFINITY, 0, 0}, {INFINITY, 0, 0}};
}

int rm_span_less(rm_price a, rm_price b)
{
    return a.high < b.high || (a.high == b.high && a.low < b.low);
}

/* Most are nowhere near the end that is known, which the rounded breakpoint tells. */
void rm_span_limit(rm_span *s, const rm_cost *c, double x, double a, int side)
{
    rm_price known = side > 0 ? s->high : s->low;
    /* Of a custom cost the breakpoint takes a search: not where it lies beyond what is known. */
    if (rm_cost_is_custom(c) && isfinite(known.high)
        && rm_custom_passes(c, x, rm_custom_offer(c, a, known.high, known.low)) != ((side > 0) == (a > 0)))
        return;
    double plain = rm_cost_marginal(c, x) / a;
    double slack = 0x1p-48 * (rm_cost_marginal_size(c, x) / fabs(a));
    if (side > 0 ? plain - slack > s->high.high : plain + slack < s->low.high)
        return;
    rm_price b = {0, 0, 0};
    b.high = rm_cost_breakpoint(c, x, a, &b.low);
    if (side > 0 && rm_span_less(b, s->high))
        s->high = b;
    if (side < 0 && rm_span_less(s->low, b))
        s->low = b;
}

/* Where a x is least a higher price may move the variable, and its breakpoint is an
 * upper limit. */
int rm_span_side(const rm_cost *c, double a, double x)
{
    return (x == c->lower) == (a > 0) ? 1 : -1;
}

double rm_span_round(rm_price y)
{
    double rest;
    return isinf(y.high) ? y.high : rm_price_round(y.high, y.low, &rest);
}

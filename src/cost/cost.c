/* See cost.h: picks the family, and does what all families share. */
#include "cost/cost.h"

#include "base/expansion.h"
#include "cost/family.h"

void rm_cost_respond(const rm_cost *c, double q, double rho, double v, rm_response *out)
{
    if (c->weight > 0)
        rm_quadratic_respond(c, q, rho, v, out);
    else
        rm_linear_respond(c, q, rho, v, out);
    /* At an infinite end of a tied or unbounded response there is no value. */
    double miss = c->weight > 0 ? out->low - c->target : 0;
    out->value = c->weight * miss * miss + (c->price != 0 ? c->price * out->low : 0);
    out->first = 2 * c->weight * miss + c->price;
    out->second = 2 * c->weight;
}

double rm_cost_add_value(const rm_cost *c, double x, rm_sum *value, rm_sum *inexact)
{
    double linear = c->price * x, rest = 0;
    double miss = c->weight > 0 ? rm_two_sum(x, -c->target, &rest) : 0;
    double square = c->weight * miss * miss;
    if (!isfinite(square) || !isfinite(miss * miss))
        return INFINITY;
    if (!isfinite(linear))
        return linear;
    rm_sum_add_product(value, c->price, x);
    if (miss != 0) {
        /* (miss + rest)^2 = high + low, with rest^2 below what is kept; the
         * product with the weight is exact in the sum. */
        double low;
        double high = rm_two_product(miss, miss, &low);
        low += 2 * miss * rest;
        rm_sum_add_product(value, c->weight, high);
        if (isfinite(low))
            rm_sum_add_product(value, c->weight, low);
        if (rest != 0 || !(square > 0x1p-900))
            rm_sum_add(inexact, square);
    }
    return 0;
}

/* f'(x) + p as an expansion. */
static rm_expansion marginal(const rm_cost *c, double x)
{
    rm_expansion e = {0, {0}};
    if (c->weight > 0) {
        double w = 2 * c->weight;
        rm_expansion_add_product(&e, w, x);
        rm_expansion_add_product(&e, -w, c->target);
    }
    rm_expansion_add(&e, c->price);
    return e;
}

double rm_cost_reduced(const rm_cost *c, double x, double a, double y_high, double y_low, double *magnitude)
{
    double w = 2 * c->weight;
    *magnitude = w * fabs(x) + w * fabs(c->target) + fabs(c->price) + fabs(a * y_high);
    if (!(*magnitude < 0x1p1000)) /* too large for exact products: plain arithmetic */
        return (w > 0 ? w * (x - c->target) : 0) + c->price - a * y_high;
    rm_expansion e = marginal(c, x);
    rm_expansion_add_product(&e, -a, y_high);
    if (y_low != 0)
        rm_expansion_add_product(&e, -a, y_low);
    return rm_expansion_round(&e);
}

double rm_cost_fenchel(const rm_cost *c, double x, double a, double y)
{
    double magnitude;
    double reduced = rm_cost_reduced(c, x, a, y, 0, &magnitude);
    double gap = c->weight > 0 ? rm_quadratic_fenchel(c, x, reduced, a * y) : rm_linear_fenchel(c, x, reduced);
    return gap == 0 ? 0 : gap * (1 + 0x1p-40) + DBL_MIN;
}

double rm_cost_breakpoint(const rm_cost *c, double x, double a, double *rest)
{
    double w = 2 * c->weight;
    double plain = ((w > 0 ? w * (x - c->target) : 0) + c->price) / a;
    *rest = 0;
    if (!(fabs(plain) < 0x1p1000) || !(w * fabs(x) + w * fabs(c->target) + fabs(c->price) < 0x1p1000))
        return plain;
    rm_expansion e = marginal(c, x);
    double part[3];
    rm_expansion_divide(&e, a, part);
    double low;
    double high = rm_two_sum(part[0], part[1] + part[2], &low);
    *rest = low;
    return high;
}

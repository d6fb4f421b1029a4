/* See cost.h: picks the family, and does what all families share. */
#include "cost/cost.h"

#include "base/expansion.h"
#include "cost/custom.h"
#include "cost/family.h"

void rm_cost_respond(const rm_cost *c, double q, double rho, double v, rm_response *out)
{
    if (rm_cost_is_custom(c)) {
        rm_custom_respond(c, q, rho, v, out);
        return;
    }
    if (rm_cost_is_curved(c)) {
        const rm_curve *f = rm_curve_of(c);
        double magnitude;
        rm_curved_respond(c, q, rho, v, out);
        out->value = f->value(c, out->low, &magnitude) + (c->price != 0 ? c->price * out->low : 0);
        out->first = f->first(c, out->low) + c->price;
        out->second = f->second(c, out->low);
        return;
    }
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

/* The value of a curved cost is off by less than this share of what it is made of. */
#define CURVED_ERROR 0x1p-49

static double add_curved_value(const rm_cost *c, double x, rm_sum *value, rm_sum *error)
{
    int custom = rm_cost_is_custom(c);
    double magnitude, f = custom ? rm_custom_value(c, x) : rm_curve_of(c)->value(c, x, &magnitude), linear = c->price * x;
    if (custom)
        magnitude = RM_CUSTOM_NOISE / CURVED_ERROR * fabs(f);
    if (!isfinite(f) || !isfinite(linear))
        return isfinite(f) ? linear : f;
    rm_sum_add_product(value, c->price, x);
    rm_sum_add(value, f);
    rm_sum_add(error, rm_min(CURVED_ERROR * magnitude, DBL_MAX) + DBL_TRUE_MIN);
    return 0;
}

double rm_cost_add_value(const rm_cost *c, double x, rm_sum *value, rm_sum *error)
{
    if (rm_cost_is_curved(c))
        return add_curved_value(c, x, value, error);
    double linear = c->price * x, rest = 0;
    double miss = c->weight > 0 ? rm_two_sum(x, -c->target, &rest) : 0;
    int exponent = 0;
    /* The miss is squared near 1, where nothing over- or underflows. */
    double m = frexp(miss, &exponent);
    double square = isfinite(miss) ? ldexp(c->weight * m * m, 2 * exponent) : INFINITY;
    if (!isfinite(square))
        return INFINITY;
    if (!isfinite(linear))
        return linear;
    rm_sum_add_product(value, c->price, x);
    if (miss != 0) {
        /* (m + r)^2 = high + low, with r^2 below what is kept; the products with
         * the weight are exact in the sum. */
        double low;
        double high = rm_two_product(m, m, &low);
        low += 2 * m * ldexp(rest, -exponent);
        rm_sum_add_scaled(value, c->weight, high, 2 * exponent);
        rm_sum_add_scaled(value, c->weight, low, 2 * exponent);
        if (rest != 0)
            rm_sum_add(error, 0x1p-90 * square + DBL_TRUE_MIN); /* 2^-100, and more */
    }
    return 0;
}

/* f'(x) + p as an expansion. */
static rm_expansion marginal(const rm_cost *c, double x)
{
    rm_expansion e = {0, {0}};
    if (rm_cost_is_curved(c)) {
        rm_expansion_add(&e, rm_curve_of(c)->first(c, x));
    } else if (c->weight > 0) {
        double w = 2 * c->weight;
        rm_expansion_add_product(&e, w, x);
        rm_expansion_add_product(&e, -w, c->target);
    }
    rm_expansion_add(&e, c->price);
    return e;
}

/* Exact whatever the exponents: for what expansions cannot hold. */
static double reduced_by_sum(const rm_cost *c, double x, double a, double y_high, double y_low)
{
    rm_sum s;
    rm_sum_clear(&s);
    if (rm_cost_is_curved(c)) {
        rm_sum_add(&s, rm_curve_of(c)->first(c, x));
    } else {
        rm_sum_add_scaled(&s, c->weight, x, 1);
        rm_sum_add_scaled(&s, -c->weight, c->target, 1);
    }
    rm_sum_add(&s, c->price);
    rm_sum_add_product(&s, -a, y_high);
    rm_sum_add_product(&s, -a, y_low);
    double v = rm_sum_round(&s);
    return v != 0 ? v : rm_sum_sign(&s) * DBL_TRUE_MIN; /* the sign survives underflow */
}

/* Whether a product can be split into two doubles without loss. */
static int splits(double a, double b)
{
    double product = fabs(a * b);
    return a == 0 || b == 0 || (product > 0x1p-900 && product < 0x1p1000);
}

double rm_cost_reduced(const rm_cost *c, double x, double a, double y_high, double y_low, double *magnitude)
{
    if (rm_cost_is_custom(c))
        return rm_custom_reduced(c, x, a, y_high, y_low, magnitude);
    double w = rm_cost_is_curved(c) ? 0 : 2 * c->weight;
    *magnitude = rm_cost_marginal_size(c, x) + fabs(a * y_high);
    if (rm_cost_is_curved(c) && !(fabs(rm_curve_of(c)->first(c, x)) < INFINITY))
        return rm_curve_of(c)->first(c, x); /* at an end of the domain */
    if (!splits(w, x) || !splits(w, c->target) || !splits(a, y_high) || !splits(a, y_low) || !(w < 0x1p1000))
        return reduced_by_sum(c, x, a, y_high, y_low);
    rm_expansion e = marginal(c, x);
    rm_expansion_add_product(&e, -a, y_high);
    if (y_low != 0)
        rm_expansion_add_product(&e, -a, y_low);
    return rm_expansion_round(&e);
}

double rm_cost_fenchel(const rm_cost *c, double x, double reduced, double a, double y)
{
    if (rm_cost_is_custom(c))
        return rm_custom_fenchel(c, x, reduced, a, y);
    if (rm_cost_is_curved(c))
        return rm_curved_fenchel(c, x, reduced, a, y);
    double gap = c->weight > 0 ? rm_quadratic_fenchel(c, x, reduced, a * y) : rm_linear_fenchel(c, x, reduced);
    /* Its roundings are fewer than a dozen: 2^-46 is more than they add up to. */
    return gap * (1 + 0x1p-46) + (gap > 0 && gap < DBL_MIN ? 4 * DBL_TRUE_MIN : 0);
}

double rm_cost_marginal(const rm_cost *c, double x)
{
    if (rm_cost_is_custom(c))
        return NAN;
    if (rm_cost_is_curved(c))
        return rm_curve_of(c)->first(c, x) + c->price;
    return (c->weight > 0 ? 2 * c->weight * (x - c->target) : 0) + c->price;
}

double rm_cost_marginal_size(const rm_cost *c, double x)
{
    double w = 2 * c->weight;
    if (rm_cost_is_custom(c))
        return NAN;
    if (!rm_cost_is_curved(c))
        return w * fabs(x) + w * fabs(c->target) + fabs(c->price);
    const rm_curve *f = rm_curve_of(c);
    return fabs(f->first(c, x)) + fabs(c->price);
}

double rm_cost_breakpoint(const rm_cost *c, double x, double a, double *rest)
{
    *rest = 0;
    if (rm_cost_is_custom(c))
        return (rm_custom_breakpoint(c, x) + c->price) / a;
    double plain = rm_cost_marginal(c, x) / a;
    if (!(fabs(plain) < 0x1p1000) || !(rm_cost_marginal_size(c, x) < 0x1p1000))
        return plain;
    rm_expansion e = marginal(c, x);
    double part[3];
    rm_expansion_divide(&e, a, part);
    double low;
    double high = rm_two_sum(part[0], part[1] + part[2], &low);
    *rest = low;
    return high;
}

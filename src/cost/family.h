/* What each family's file gives to cost.c; see cost.h for the meaning. */
#ifndef RM_COST_FAMILY_H
#define RM_COST_FAMILY_H

#include "cost/answer.h"

void rm_quadratic_respond(const rm_cost *c, double q, double rho, double v, rm_response *out);
rm_answer rm_quadratic_answer(const rm_cost *c, double a, rm_price y, int precision);
double rm_quadratic_fenchel(const rm_cost *c, double x, double reduced, double q);

void rm_linear_respond(const rm_cost *c, double q, double rho, double v, rm_response *out);
rm_answer rm_linear_answer(const rm_cost *c, double a, rm_price y);
double rm_linear_fenchel(const rm_cost *c, double x, double reduced);

/* The curved families: f strictly convex and smooth inside a domain of its own.  All else
 * follows from these (curved.c). */
typedef struct rm_curve {
    /* f(x); *magnitude receives what it is made of. */
    double (*value)(const rm_cost *c, double x, double *magnitude);
    double (*first)(const rm_cost *c, double x);  /* f' */
    double (*second)(const rm_cost *c, double x); /* f'' */
    /* Where f'(x) = high + low, bounds apart: base, parts, part and slope; or parts = 0 and
     * an infinite `plain`, where f' is nowhere so large or so small. */
    rm_answer (*answer)(const rm_cost *c, double high, double low);
    /* The same as one double, quickly; infinite where there is none. */
    double (*plain)(const rm_cost *c, double e, double *slope);
} rm_curve;

extern const rm_curve rm_log_curve, rm_alpha_curve, rm_entropy_curve, rm_queue_curve;

const rm_curve *rm_curve_of(const rm_cost *c);
void rm_curved_respond(const rm_cost *c, double q, double rho, double v, rm_response *out);
rm_answer rm_curved_answer(const rm_cost *c, double a, rm_price y, int precision);
double rm_curved_fenchel(const rm_cost *c, double x, double reduced, double a, double y);

/* The answer base + high + low. */
static inline rm_answer rm_answer_of(double base, double high, double low, double slope, double rough)
{
    return (rm_answer){.where = RM_BETWEEN, .parts = 2, .base = base, .part = {high, low, 0}, .slope = slope,
                       .rough = rough};
}

/* There is none: f' is below everywhere (infinite > 0) or above. */
static inline rm_answer rm_answer_nowhere(double infinite)
{
    return (rm_answer){.where = RM_BETWEEN, .plain = infinite};
}

#endif

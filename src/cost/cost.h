/* A variable answers a price: the one notion that every solver is built on.
 *
 * Offered q per unit, with a pull rho >= 0 towards v, a variable answers
 *
 *     r(q; rho, v) = argmin over lower <= x <= upper of
 *                    f(x) + p x + rho/2 (x - v)^2 - q x,
 *
 * an interval when tied, and never falling in q.  A family of costs is one file
 * of this folder; cost.c picks the file:
 *
 *     quadratic   w (x - t)^2
 *     log         -w log(x + s)                               x > -s
 *     alpha-fair  -w ((x + s)^(1 - alpha) - 1) / (1 - alpha)  x > -s
 *     entropy     w (x log(x / t) - x)                        x >= 0
 *     queue       w x / (c - x)                               0 <= x < c
 *     linear      0: any of them with w = 0
 *     piecewise   linear from breakpoint to breakpoint: pieces that are linear (pieces.h)
 *     custom      what the host answers (custom.h)
 */
#ifndef RM_COST_COST_H
#define RM_COST_COST_H

#include "base/base.h"
#include "base/sum.h"

enum { RM_FAMILY_QUADRATIC, RM_FAMILY_LOG, RM_FAMILY_ALPHA, RM_FAMILY_ENTROPY, RM_FAMILY_QUEUE, RM_FAMILY_PIECEWISE,
       RM_FAMILY_CUSTOM };

/* One variable: its cost f(x) + p x and its domain, the family's own clipped to the bounds. */
typedef struct rm_cost {
    double weight;
    double target; /* t; the shift s of log and alpha-fair; the capacity c of a queue */
    double price, lower, upper;
    union {
        double shape;             /* alpha */
        struct rm_custom *custom; /* of a custom cost, whose weight is 1 */
    };
    int32_t family;
} rm_cost;

/* Neither quadratic nor linear. */
static inline int rm_cost_is_curved(const rm_cost *c)
{
    return c->family != RM_FAMILY_QUADRATIC && c->weight > 0;
}

static inline int rm_cost_is_custom(const rm_cost *c)
{
    return c->family == RM_FAMILY_CUSTOM;
}

/* The family's domain: x from *low to *high, both perhaps infinite; *open tells which of
 * them is no part of it though finite: bit 0 the lower end, bit 1 the upper one. */
void rm_cost_domain(const rm_cost *c, double *low, double *high, int *open);
/* Puts the bounds within the family's domain. */
void rm_cost_clip(rm_cost *c);
/* Whether an end of the domain (0 lower, 1 upper) is finite but no part of it: x comes as near
 * as one likes. */
int rm_cost_is_open(const rm_cost *c, int end);
/* x put within the bounds, and off an end that is no part of the domain. */
double rm_cost_inside(const rm_cost *c, double x);
/* Whether x goes to an infinite end at a finite price: 0 no, 1 from f' + p on, that is at the
 * price p itself (linear), 2 as the price comes near p (log, alpha-fair). */
int rm_cost_runs(const rm_cost *c, int end);

typedef struct rm_response {
    double low, high;     /* the response, an interval when tied; may be infinite */
    double slope;         /* d r / d q where r moves, 0 where a bound holds it */
    double value;         /* f + p x at `low` */
    double first, second; /* derivatives of f + p x at `low` */
} rm_response;

void rm_cost_respond(const rm_cost *c, double q, double rho, double v, rm_response *out);

/* Adds f(x) + p x to a sum, and a bound on what is wrong with that to another.
 * Returns 0, or the infinity that it overflows to; nothing is then added. */
double rm_cost_add_value(const rm_cost *c, double x, rm_sum *value, rm_sum *error);

/* f'(x) + p - a (y_high + y_low): what one more unit costs beyond what the price
 * pays; exact in sign, within an ulp in size, but for the rounding of f' itself where that
 * is no polynomial.  `magnitude` receives the sum of the magnitudes of its terms. */
double rm_cost_reduced(const rm_cost *c, double x, double a, double y_high, double y_low, double *magnitude);

/* Fenchel-Young: f(x) + p x + (its conjugate at q) - q x >= 0 for q = a y and x
 * within the bounds, 0 exactly where x answers q.  Rounded up, so that the sum
 * of these bounds the gap from above; infinite where the conjugate is.  `reduced` is
 * what rm_cost_reduced tells for x and y. */
double rm_cost_fenchel(const rm_cost *c, double x, double reduced, double a, double y);

/* f'(x) + p as a double; infinite at an infinite x of a quadratic, NaN where it would take a search (custom). */
double rm_cost_marginal(const rm_cost *c, double x);
/* The magnitudes that it is made of, as in rm_cost_reduced. */
double rm_cost_marginal_size(const rm_cost *c, double x);

/* The price y at which a variable with coefficient a != 0 stops staying at x:
 * (f'(x) + p) / a, rounded, with what rounding left. */
double rm_cost_breakpoint(const rm_cost *c, double x, double a, double *rest);

#endif

/* A variable answers a price: the one notion that every solver is built on.
 *
 * Offered q per unit, with a pull rho >= 0 towards v, a variable answers
 *
 *     r(q; rho, v) = argmin over lower <= x <= upper of
 *                    f(x) + p x + rho/2 (x - v)^2 - q x,
 *
 * an interval when tied, and never falling in q.  A family of costs is one file
 * of this folder; cost.c picks the file.  Today there are two: quadratic
 * f(x) = w (x - t)^2 with w > 0, and linear, f = 0 (w = 0).
 */
#ifndef RM_COST_COST_H
#define RM_COST_COST_H

#include "base/base.h"
#include "base/sum.h"

/* One variable: its cost w (x - t)^2 + p x and its domain. */
typedef struct rm_cost {
    double weight, target, price, lower, upper;
} rm_cost;

typedef struct rm_response {
    double low, high;     /* the response, an interval when tied; may be infinite */
    double slope;         /* d r / d q where r moves, 0 where a bound holds it */
    double value;         /* f + p x at `low` */
    double first, second; /* derivatives of f + p x at `low` */
} rm_response;

void rm_cost_respond(const rm_cost *c, double q, double rho, double v, rm_response *out);

/* Adds f(x) + p x to a sum.  Where a term cannot be added exactly its relative
 * error is below 2^-100, and its magnitude is added to `inexact`.  Returns 0, or
 * the infinity that it overflows to; nothing is then added. */
double rm_cost_add_value(const rm_cost *c, double x, rm_sum *value, rm_sum *inexact);

/* f'(x) + p - a (y_high + y_low): what one more unit costs beyond what the price
 * pays; exact in sign, within an ulp in size.  `magnitude` receives the sum of the
 * magnitudes of its terms. */
double rm_cost_reduced(const rm_cost *c, double x, double a, double y_high, double y_low, double *magnitude);

/* Fenchel-Young: f(x) + p x + (its conjugate at q) - q x >= 0 for q = a y and x
 * within the bounds, 0 exactly where x answers q.  Rounded up, so that the sum
 * of these bounds the gap from above; infinite where the conjugate is.  `reduced` is
 * what rm_cost_reduced tells for x and y. */
double rm_cost_fenchel(const rm_cost *c, double x, double reduced, double a, double y);

/* f'(x) + p as a double; infinite at an infinite x of a quadratic. */
static inline double rm_cost_marginal(const rm_cost *c, double x)
{
    return (c->weight > 0 ? 2 * c->weight * (x - c->target) : 0) + c->price;
}

/* The price y at which a variable with coefficient a != 0 stops staying at x:
 * (f'(x) + p) / a, rounded, with what rounding left. */
double rm_cost_breakpoint(const rm_cost *c, double x, double a, double *rest);

#endif

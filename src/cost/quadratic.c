/* Quadratic cost: f(x) = w (x - t)^2, w > 0.
 *
 * Stationarity 2 w (x - t) + p + rho (x - v) = q gives
 *
 *     x = t + (q - p - rho (t - v)) / (2 w + rho),
 *
 * clamped to the bounds: for a convex function of one variable the clamped
 * stationary point is the minimiser.  Written around t, so that a large target
 * is not rounded away.
 */
#include "cost/family.h"

void rm_quadratic_respond(const rm_cost *c, double q, double rho, double v, rm_response *out)
{
    double curvature = 2 * c->weight + rho;
    double drive = q - c->price - (rho > 0 ? rho * (c->target - v) : 0);
    double x = c->target + drive / curvature;
    out->slope = x > c->lower && x < c->upper ? 1 / curvature : 0;
    out->low = out->high = rm_min(rm_max(x, c->lower), c->upper);
}

/* With m = f'(x) + p - q and no bounds the gap is m^2 / (4 w).  Where the
 * minimiser z lies beyond a bound b it is (x - b) (w (x + b - 2 t) + p - q),
 * and w (x + b - 2 t) + p - q = m + w (b - x): two factors of one sign.  The
 * unbounded formula is never the smaller one, so it is used in doubt. */
double rm_quadratic_fenchel(const rm_cost *c, double x, double reduced, double q)
{
    double z = c->target + (q - c->price) / (2 * c->weight);
    double slack = 0x1p-40 * (fabs(c->target) + fabs(q) / c->weight + fabs(c->price) / c->weight);
    double bound = z < c->lower - slack ? c->lower : z > c->upper + slack ? c->upper : INFINITY;
    double open = reduced / c->weight * reduced / 4;
    if (isinf(bound))
        return open;
    double distance = x - bound;
    double product = distance * (reduced - c->weight * distance);
    return product >= 0 && product < open ? product : distance == 0 ? 0 : open;
}

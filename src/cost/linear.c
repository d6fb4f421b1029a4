/* Linear cost: f = 0, the price is all.
 *
 * Without a pull the response is the whole domain at q = p, its lower end below
 * and its upper end above.  With a pull it is v + (q - p) / rho, clamped: the
 * proximal step of a linear function (Moreau 1965).
 */
#include "cost/family.h"

void rm_linear_respond(const rm_cost *c, double q, double rho, double v, rm_response *out)
{
    out->slope = 0;
    if (rho > 0) {
        double x = v + (q - c->price) / rho;
        out->slope = x > c->lower && x < c->upper ? 1 / rho : 0;
        out->low = out->high = rm_min(rm_max(x, c->lower), c->upper);
        return;
    }
    out->low = q > c->price ? c->upper : c->lower;
    out->high = q >= c->price ? c->upper : c->lower;
}

/* Conjugate: (q - p) times the end it drives x to, so that the gap is the
 * reduced cost times the distance from that end. */
double rm_linear_fenchel(const rm_cost *c, double x, double reduced)
{
    if (reduced > 0)
        return x > c->lower ? reduced * (x - c->lower) : 0;
    if (reduced < 0)
        return x < c->upper ? -reduced * (c->upper - x) : 0;
    return 0;
}

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
    double way = reduced > 0 ? x - c->lower : reduced < 0 ? c->upper - x : 0;
    return way > 0 ? fabs(reduced) * way + DBL_TRUE_MIN : 0; /* above 0 even where it underflows */
}

double rm_linear_jump(const rm_cost *c, double a)
{
    double jump = c->price / a;
    if (jump == 0 && c->price != 0) /* it underflows: its sign must not be lost */
        return (c->price > 0) == (a > 0) ? DBL_TRUE_MIN : -DBL_TRUE_MIN;
    return jump;
}

rm_answer rm_linear_answer(const rm_cost *c, double a, rm_price y)
{
    double jump = rm_linear_jump(c, a);
    int above = y.high != jump ? y.high > jump : y.low > 0;
    rm_answer r; /* never between bounds: the rest says nothing */
    r.where = above == (a > 0) ? RM_AT_UPPER : RM_AT_LOWER;
    if (y.high == jump && y.jump)
        r.where = RM_TIED;
    return r;
}

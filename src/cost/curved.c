/* What the curved families share: strictly convex smooth costs with a domain of their own.
 *
 * The answer to a price is where f' = a y - p, moved to the bound beyond which that lies.
 * At an end of the domain that is no part of it (x = -s of a log, x = c of a queue) f' is
 * infinite; an answer that rounds onto it goes back inside by one place.
 */
#include "base/expansion.h"
#include "cost/custom.h"
#include "cost/family.h"

const rm_curve *rm_curve_of(const rm_cost *c)
{
    switch (c->family) {
    case RM_FAMILY_LOG:
        return &rm_log_curve;
    case RM_FAMILY_ALPHA:
        return &rm_alpha_curve;
    case RM_FAMILY_ENTROPY:
        return &rm_entropy_curve;
    default:
        return &rm_queue_curve;
    }
}

void rm_cost_domain(const rm_cost *c, double *low, double *high, int *open)
{
    *low = -INFINITY;
    *high = INFINITY;
    *open = 0;
    switch (c->family) {
    case RM_FAMILY_LOG:
    case RM_FAMILY_ALPHA:
        *low = -c->target;
        *open = 1;
        break;
    case RM_FAMILY_QUEUE:
        *low = 0;
        *high = c->target;
        *open = 2;
        break;
    case RM_FAMILY_ENTROPY:
        *low = 0;
        break;
    case RM_FAMILY_PIECEWISE: /* here `target` is the first breakpoint, if it is anything */
        *low = c->target;
        break;
    default:
        break;
    }
}

void rm_cost_clip(rm_cost *c)
{
    double low, high;
    int open;
    rm_cost_domain(c, &low, &high, &open);
    c->lower = rm_max(c->lower, low);
    c->upper = rm_min(c->upper, high);
}

int rm_cost_is_open(const rm_cost *c, int end)
{
    double low, high;
    int open;
    if (!rm_cost_is_curved(c))
        return 0;
    rm_cost_domain(c, &low, &high, &open);
    return (open >> end & 1) && (end == 0 ? c->lower == low : c->upper == high);
}

int rm_cost_runs(const rm_cost *c, int end)
{
    if (isfinite(end == 0 ? c->lower : c->upper))
        return 0;
    if (!rm_cost_is_curved(c))
        return c->weight == 0;
    return end == 1 && (c->family == RM_FAMILY_LOG || c->family == RM_FAMILY_ALPHA) ? 2 : 0;
}

/* a y - p as two doubles. */
static double drive_of(const rm_cost *c, double a, rm_price y, double *low)
{
    double error, product = rm_two_product(a, y.high, &error);
    *low = 0;
    if (!isfinite(product) || !isfinite(error))
        return a * y.high;
    double sum = rm_two_sum(product, -c->price, low);
    return rm_two_sum(sum, *low + (error + a * y.low), low);
}

/* As a double; where it lies is told by that. */
static rm_answer answer_plainly(const rm_cost *c, double e)
{
    rm_answer r = {.where = RM_BETWEEN};
    r.plain = rm_curve_of(c)->plain(c, e, &r.slope);
    if (r.plain <= c->lower)
        r.where = RM_AT_LOWER;
    else if (r.plain >= c->upper)
        r.where = RM_AT_UPPER;
    return r;
}

rm_answer rm_curved_answer(const rm_cost *c, double a, rm_price y, int precision)
{
    if (rm_cost_is_custom(c))
        return rm_custom_answer(c, a, y);
    if (precision == RM_COARSE)
        return answer_plainly(c, (a * y.high - c->price) + a * y.low);
    double drive_low, drive = drive_of(c, a, y, &drive_low), rest;
    rm_answer r = rm_curve_of(c)->answer(c, drive, drive_low);
    if (r.parts == 0) {
        r.where = r.plain > 0 ? RM_AT_UPPER : RM_AT_LOWER;
        return r;
    }
    double x = rm_two_sum(r.base, r.part[0], &rest);
    rest += r.part[1];
    r.plain = x + rest;
    /* Nearer to an end that is no part of the domain than a double tells, it is still inside. */
    if ((x - c->lower) + rest <= 0 && !rm_cost_is_open(c, 0))
        r.where = RM_AT_LOWER;
    else if ((x - c->upper) + rest >= 0 && !rm_cost_is_open(c, 1))
        r.where = RM_AT_UPPER;
    return r;
}

double rm_cost_inside(const rm_cost *c, double x)
{
    if (x <= c->lower)
        return rm_cost_is_open(c, 0) ? nextafter(c->lower, INFINITY) : c->lower;
    if (x >= c->upper)
        return rm_cost_is_open(c, 1) ? nextafter(c->upper, -INFINITY) : c->upper;
    return x;
}

/* The middle of two places in a domain: of their distances from an end of it, where those
 * differ much, since that is where f' grows without end. */
static double middle_of(double left, double right, double low, double high)
{
    const double far = 16;
    if (isfinite(low) && right - low > far * (left - low))
        return low + sqrt(rm_max(left - low, DBL_MIN)) * sqrt(right - low);
    if (isfinite(high) && high - left > far * (high - right))
        return high - sqrt(high - left) * sqrt(rm_max(high - right, DBL_MIN));
    return left / 2 + right / 2;
}

/* Where f'(x) + rho (x - v) = e, bounds apart: between v and as far beyond it as the pull
 * alone would have to go to make up for f'(v) - e, since f' only helps. */
static double proximal(const rm_cost *c, double e, double rho, double v)
{
    enum { STEPS = 256 };
    const rm_curve *f = rm_curve_of(c);
    double low, high;
    int open;
    rm_cost_domain(c, &low, &high, &open);
    if (!(open & 1) && f->first(c, low) + rho * (low - v) - e >= 0) /* a queue that is empty */
        return low;
    double x = v;
    if (x <= low)
        x = nextafter(low, INFINITY);
    if (x >= high)
        x = nextafter(high, -INFINITY);
    double ends[2] = {x, x}, miss = f->first(c, x) + rho * (x - v) - e;
    if (miss == 0)
        return x;
    ends[miss < 0] = x - miss / rho;
    for (int step = 0; step < STEPS; step++) {
        double slope = f->second(c, x) + rho, next = x - miss / slope;
        double left = rm_max(ends[0], low), right = rm_min(ends[1], high);
        if (!(next > left && next < right) || step % 3 == 2)
            next = middle_of(left, right, low, high);
        if (!(next > left && next < right))
            next = left / 2 + right / 2;
        if (!(next > left && next < right))
            break;
        x = next;
        miss = f->first(c, x) + rho * (x - v) - e;
        if (miss == 0)
            break;
        ends[miss > 0] = x;
    }
    return x;
}

void rm_curved_respond(const rm_cost *c, double q, double rho, double v, rm_response *out)
{
    double x;
    if (rho > 0) {
        x = rm_cost_inside(c, proximal(c, q - c->price, rho, v));
    } else {
        rm_price y = {q, 0, 0};
        rm_answer r = rm_curved_answer(c, 1, y, RM_PRECISE);
        x = r.where == RM_AT_LOWER ? c->lower : r.where == RM_AT_UPPER ? c->upper : rm_cost_inside(c, r.plain);
    }
    out->low = out->high = x;
    out->slope = x > c->lower && x < c->upper ? 1 / (rm_curve_of(c)->second(c, x) + rho) : 0;
}

/* The gap is the integral of f' + p - q from z, the best place, to x: not above |f'(x) + p - q|
 * times the way, which is close where x is nearly z, and else the difference of the values,
 * with all that it may be off by. */
double rm_curved_fenchel(const rm_cost *c, double x, double reduced, double a, double y)
{
    const rm_curve *f = rm_curve_of(c);
    if ((x <= c->lower && reduced >= 0) || (x >= c->upper && reduced <= 0))
        return 0;
    rm_stand at = rm_cost_stand(c, a, (rm_price){y, 0, 0});
    double z = at.x, magnitude_x, magnitude_z, q = a * y;
    if (!isfinite(z))
        return INFINITY;
    double way = fabs(x - z) + 8 * RM_UNIT * (fabs(x) + fabs(z) + fabs(c->target));
    double product = fabs(reduced) * way + DBL_TRUE_MIN;
    double rise = f->value(c, x, &magnitude_x) - f->value(c, z, &magnitude_z) - (q - c->price) * (x - z);
    double error = 0x1p-44 * (magnitude_x + magnitude_z + (fabs(q) + fabs(c->price)) * (fabs(x) + fabs(z)));
    double difference = rm_max(rise, 0) + error;
    return isfinite(difference) ? rm_min(product, difference) : product;
}

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
#include "base/expansion.h"
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
    double distance = x - bound;
    if (reduced == 0 || distance == 0)
        return 0;
    /* Above 0 even where they underflow. */
    double open = reduced / c->weight * reduced / 4 + DBL_TRUE_MIN;
    /* Nor does the cost fall faster than at x, all the way to the bound. */
    double way = reduced > 0 ? x - c->lower : c->upper - x;
    if (way == 0)
        return 0;
    open = rm_min(open, fabs(reduced) * way + DBL_TRUE_MIN);
    double product = distance * (reduced - c->weight * distance) + DBL_TRUE_MIN;
    return isfinite(bound) && product > 0 && product < open ? product : open;
}

/* Within these the exact products of expansion.h neither over- nor underflow. */
#define LARGEST 0x1p900
#define SMALLEST 0x1p-900
/* The second double of a price, times a, is above SMALLEST where the first is above this. */
#define LEAST_SIZE 0x1p-750

/* The question put to a variable, a y - p over 2 w, with every number brought
 * near 1 by powers of two where it is far from there; the true offset from the
 * target is that of these numbers times 2^shift. */
typedef struct question {
    double weight, price, a;
    rm_price y;
    int shift;
} question;

static int within_range(double v)
{
    return fabs(v) < LARGEST && fabs(v) > SMALLEST;
}

static question put_question(const rm_cost *c, double a, rm_price y)
{
    question q = {c->weight, c->price, a, y, 0};
    double size = fabs(a * y.high) + fabs(c->price);
    if ((size == 0 || (within_range(size) && size > LEAST_SIZE)) && within_range(a) && within_range(c->weight)
        && within_range(size / c->weight + 1))
        return q;
    if (isinf(y.high))
        return q; /* the offset is infinite whatever the scale */
    int of_a, of_y, of_price, of_weight;
    q.a = frexp(a, &of_a);
    q.y.high = frexp(y.high, &of_y);
    q.y.low = ldexp(y.low, -of_y);
    q.price = frexp(c->price, &of_price);
    q.weight = frexp(c->weight, &of_weight);
    int of_product = of_a + of_y;
    int top = c->price == 0 || (y.high != 0 && of_product > of_price) ? of_product : of_price;
    q.y.high = ldexp(q.y.high, of_product - top);
    q.y.low = ldexp(q.y.low, of_product - top);
    q.price = ldexp(q.price, of_price - top);
    q.shift = top - of_weight;
    return q;
}

/* A product that adds nothing to numbers near 1 is left out before it underflows. */
static void add_product(rm_expansion *e, double a, double b)
{
    if (fabs(a * b) >= SMALLEST)
        rm_expansion_add_product(e, a, b);
}

/* t + part[0] + part[1] + part[2] - bound, its sign exact. */
static double beyond(double t, const double part[3], double bound)
{
    rm_expansion e = {0, {0}};
    rm_expansion_add(&e, t);
    rm_expansion_add(&e, -bound);
    for (int k = 2; k >= 0; k--)
        rm_expansion_add(&e, part[k]);
    return rm_expansion_round(&e);
}

static double smaller(double a, double b)
{
    return fabs(a) < fabs(b) ? fabs(a) : fabs(b);
}

/* A price with a low part is rounded itself, at 2^-106: an answer nearer to its
 * bound than that is at the bound.  Not where that is as wide as the bounds lie
 * apart or as large as they are: then the rounded price tells nothing. */
static double blur_of(const rm_cost *c, rm_price y, double reach)
{
    if (y.low == 0)
        return 0;
    double blur = 0x1p-96 * reach, width = c->upper - c->lower;
    double size = isfinite(width) ? width : smaller(c->lower, c->upper) + fabs(c->target);
    return blur < 0x1p-60 * size ? blur : 0;
}

rm_answer rm_quadratic_answer(const rm_cost *c, double a, rm_price y, int precision)
{
    rm_answer r = {.where = RM_BETWEEN, .base = c->target};
    question q = put_question(c, a, y);
    double product = q.a * q.y.high;
    double offset = ((product - q.price) + q.a * q.y.low) / q.weight * 0.5;
    double reach = (fabs(product) + fabs(q.price)) / q.weight;
    if (q.shift != 0) {
        offset = ldexp(offset, q.shift);
        reach = ldexp(reach, q.shift);
    }
    r.plain = c->target + offset;
    /* The rounding of `plain`, generously: does it decide the clamp already? */
    double doubt = precision == RM_PRECISE ? 0x1p-48 * (fabs(c->target) + reach) : 0;
    if (isinf(r.plain))
        doubt = 0; /* overflowed: only its sign counts */
    int decided = precision == RM_COARSE || isinf(r.plain);
    if (r.plain < c->lower - doubt || (decided && r.plain <= c->lower))
        r.where = RM_AT_LOWER;
    else if (r.plain > c->upper + doubt || (decided && r.plain >= c->upper))
        r.where = RM_AT_UPPER;
    if (decided || r.where != RM_BETWEEN)
        return r;
    rm_expansion e = {0, {0}};
    rm_expansion_add(&e, -q.price);
    add_product(&e, q.a, q.y.low);
    add_product(&e, q.a, q.y.high);
    rm_expansion_divide(&e, q.weight, r.part);
    for (int k = 0; k < 3; k++)
        r.part[k] = q.shift != 0 ? ldexp(r.part[k], q.shift - 1) : 0.5 * r.part[k];
    r.parts = 3;
    double blur = blur_of(c, y, reach);
    if (r.plain <= c->lower + doubt && beyond(c->target, r.part, c->lower) <= blur)
        r.where = RM_AT_LOWER;
    else if (r.plain >= c->upper - doubt && beyond(c->target, r.part, c->upper) >= -blur)
        r.where = RM_AT_UPPER;
    return r;
}

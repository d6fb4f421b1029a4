/* Queue cost: f(x) = w x / (c - x), 0 <= x < c.
 *
 * The mean number of requests in an M/M/1 system with service rate c that gets x requests per
 * unit of time (Kleinrock 1975, section 3.2; by Little's law w = 1 is the requests' time in
 * the system, summed).  f' = w c / (c - x)^2, so the answer to e = a y - p is
 *
 *     x = c - sqrt(w c / e)   for e > 0, and 0 where that is below 0 or e <= 0.
 */
#include "base/expansion.h"
#include "cost/family.h"

static double value(const rm_cost *c, double x, double *magnitude)
{
    double f = c->weight * x / (c->target - x);
    *magnitude = fabs(f);
    return x < c->target ? f : INFINITY;
}

static double first(const rm_cost *c, double x)
{
    double idle = c->target - x;
    return c->weight / idle * (c->target / idle);
}

static double second(const rm_cost *c, double x)
{
    return 2 * first(c, x) / (c->target - x);
}

static rm_answer answer(const rm_cost *c, double high, double low)
{
    if (!(high > 0))
        return rm_answer_nowhere(-INFINITY);
    double work_low, work = rm_two_product(c->weight, c->target, &work_low), error;
    double square = work / high, product = rm_two_product(square, high, &error);
    double rest = ((work - product) - error + work_low - square * low) / high;
    double idle = sqrt(square);
    if (idle == 0 || !isfinite(idle))
        return idle == 0 ? rm_answer_of(c->target, 0, 0, 0, 0) : rm_answer_nowhere(-INFINITY);
    product = rm_two_product(idle, idle, &error);
    rest = ((square - product) - error + rest) / (2 * idle);
    return rm_answer_of(c->target, -idle, isfinite(rest) ? -rest : 0, idle / (2 * high), 0x1p-97 * idle);
}

static double plain(const rm_cost *c, double e, double *slope)
{
    double idle = e > 0 ? sqrt(c->weight * c->target / e) : INFINITY;
    *slope = idle < INFINITY ? idle / (2 * e) : 0;
    return c->target - idle;
}

const rm_curve rm_queue_curve = {value, first, second, answer, plain};

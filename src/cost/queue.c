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
    double f = c->weight * (x / (c->target - x));
    *magnitude = fabs(f);
    return x >= 0 && x < c->target ? f : INFINITY;
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

/* sqrt(w c / e) where w c leaves the range of doubles. */
static double far_idle(const rm_cost *c, double e)
{
    return sqrt(c->weight) * (sqrt(c->target) / sqrt(e));
}

/* Whether products are far from both ends of that range. */
static int is_near(const rm_cost *c, double e)
{
    double work = c->weight * c->target;
    return work > 0x1p-800 && work < 0x1p800 && e > 0x1p-800 && e < 0x1p800 && work / e > 0x1p-800
           && work / e < 0x1p800;
}

static rm_answer answer(const rm_cost *c, double high, double low)
{
    if (!(high > 0))
        return rm_answer_nowhere(-INFINITY);
    if (!is_near(c, high)) {
        double idle = far_idle(c, high);
        return idle < INFINITY ? rm_answer_of(c->target, -idle, 0, idle / (2 * high), RM_UNIT * idle)
                               : rm_answer_nowhere(-INFINITY);
    }
    double work_low, work = rm_two_product(c->weight, c->target, &work_low), error;
    double square = work / high, product = rm_two_product(square, high, &error);
    double rest = ((work - product) - error + work_low - square * low) / high;
    double idle = sqrt(square);
    product = rm_two_product(idle, idle, &error);
    rest = ((square - product) - error + rest) / (2 * idle);
    return rm_answer_of(c->target, -idle, -rest, idle / (2 * high), 0x1p-97 * idle);
}

static double plain(const rm_cost *c, double e, double *slope)
{
    double idle = !(e > 0) ? INFINITY : is_near(c, e) ? sqrt(c->weight * c->target / e) : far_idle(c, e);
    *slope = idle < INFINITY ? idle / (2 * e) : 0;
    return c->target - idle;
}

const rm_curve rm_queue_curve = {value, first, second, answer, plain};

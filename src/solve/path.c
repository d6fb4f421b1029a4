/* The price of every total.
 *
 *     v(M) = min sum f_i(x_i)  subject to  sum a_i x_i = M,  x_i in X_i
 *
 * for all M of an interval at once.  v is convex, and its slope is the row's price: y = v'(M).  So
 * one walk along the price tells all (parametric programming; Markowitz 1952 for the first of its
 * kind, Rockafellar 1970 for v).
 *
 * Exactly.  The row's sum G(y) never falls in y (waterfill.c).  With quadratic and linear costs,
 * kinks and all (cost/pieces.h), it is made of straight pieces: a device leaves one bound at one price
 * and arrives at the other at another one, and between such breakpoints G rises by S, the sum of
 * a_i^2 / 2 w_i over those between their bounds.  A linear device jumps at its price: G stands upright
 * there.  So: sort the breakpoints, walk along them with S at hand, and at each note the total and the
 * price (strands.c).  Along a piece the price is linear in the total, and v a parabola.
 *
 * Log, alpha-fair and queue costs have G straight in another measure of the price: with p_i = k a_i
 *
 *     log         a x = w z - a s,                    z = 1 / (k - y)
 *     alpha-fair  a x = a (w / a)^(1/alpha) z - a s,  z = (k - y)^(-1/alpha)
 *     queue       a x = a c + sqrt(a w c) z,          z = -(y - k)^(-1/2)
 *
 * for a > 0, and where all share one of these the same walk goes along z, which rises with y.  Linear
 * costs may stand beside them.  That is the whole difference.
 *
 * Mixes of families have no such measure.  There the price is sampled, closer and closer, until a cubic
 * through the points is right in the middle between them too (trace.c).
 *
 * Why totals do not lose digits: they are increments S dz, all of one sign, added as pairs of doubles;
 * S itself, to which terms come and from which they go, is a sum in three doubles (Ogita, Rump and
 * Oishi 2005).  Values are the integral of the price, from a point at which v is summed from the costs
 * themselves; there the sum of the x_i is also held against the total that the walk has come to.
 *
 * Cost: O(n) beside the sort, which is O(n) too (order.h); a question O(log n).
 */
#include "solve/path.h"

#include "base/elementary.h"
#include "cost/pieces.h"

/* --- levels and prices ----------------------------------------------------------- */

double rm_path_price_of(const rm_path *p, double z)
{
    switch (p->kind) {
    case RM_PATH_LOG:
        return p->shift - 1 / z;
    case RM_PATH_ALPHA:
        return z > 0 ? p->shift - rm_power(z, -p->alpha) : -INFINITY;
    case RM_PATH_QUEUE:
        return p->shift + 1 / z / z;
    default:
        return z;
    }
}

double rm_path_level(const rm_path *p, double price)
{
    switch (p->kind) {
    case RM_PATH_LOG:
        return price < p->shift ? 1 / (p->shift - price) : INFINITY;
    case RM_PATH_ALPHA:
        return price < p->shift ? rm_power(p->shift - price, -1 / p->alpha) : INFINITY;
    case RM_PATH_QUEUE:
        return price > p->shift ? -1 / sqrt(price - p->shift) : -INFINITY;
    default:
        return price;
    }
}

double rm_path_price(const rm_path *p, int64_t k)
{
    return p->price ? p->price[k] : p->level[k];
}

/* The mean of -z^-alpha from z1 to z2 > z1 >= 0. */
static double mean_power(double alpha, double z1, double z2)
{
    const double near = 0.01, node = 0.77459666924148337704; /* sqrt(3/5) */
    double way = z2 - z1;
    if (way * (1 + alpha) < near * z1) { /* Gauss and Legendre's rule with three points */
        double middle = z1 + way / 2, aside = node * way / 2;
        return -(5 * rm_power(middle - aside, -alpha) + 8 * rm_power(middle, -alpha)
                 + 5 * rm_power(middle + aside, -alpha)) / 18;
    }
    double rest = 1 - alpha;
    if (z1 > 0) {
        double ratio = z2 / z1 < INFINITY ? rm_log(z2 / z1) : rm_log(z2) - rm_log(z1);
        return -(rest != 0 ? rm_power(z1, rest) : 1) * ratio * rm_growth(rest * ratio) / way;
    }
    return rest > 0 ? -rm_power(z2, rest) / (rest * way) : -INFINITY;
}

/* The mean price over the totals between two levels. */
static double mean_price(const rm_path *p, double z1, double z2)
{
    if (z1 == z2)
        return rm_path_price_of(p, z1);
    switch (p->kind) {
    case RM_PATH_LOG:
        return p->shift + mean_power(1, z1, z2);
    case RM_PATH_ALPHA:
        return p->shift + mean_power(p->alpha, z1, z2);
    case RM_PATH_QUEUE:
        return p->shift + 1 / fabs(z1) / fabs(z2);
    default:
        return z1 / 2 + z2 / 2;
    }
}

/* --- between two points ------------------------------------------------------------ */

rm_cubic rm_cubic_make(double way, double left, double right, double left_rise, double right_rise)
{
    double most = 3 * ((right - left) / way);
    return (rm_cubic){way, {left, right}, {rm_min(left_rise, most), rm_min(right_rise, most)}};
}

double rm_cubic_at(const rm_cubic *c, double s)
{
    double rest = 1 - s;
    return c->value[0] + (c->value[1] - c->value[0]) * s * s * (3 - 2 * s)
           + c->way * (c->rise[0] * s * rest * rest - c->rise[1] * s * s * rest);
}

double rm_cubic_slope(const rm_cubic *c, double s)
{
    double mean = (c->value[1] - c->value[0]) / c->way;
    return 6 * mean * s * (1 - s) + c->rise[0] * (1 - s) * (1 - 3 * s) + c->rise[1] * s * (3 * s - 2);
}

/* Its integral up to there. */
static double cubic_area(const rm_cubic *c, double s)
{
    double s2 = s * s, s3 = s2 * s, s4 = s2 * s2;
    return c->way * (c->value[0] * s + (c->value[1] - c->value[0]) * (s3 - s4 / 2)
                     + c->way * (c->rise[0] * (s2 / 2 - 2 * s3 / 3 + s4 / 4) - c->rise[1] * (s3 / 3 - s4 / 4)));
}

/* From point k to the next, which is at another total. */
static rm_cubic cubic_from(const rm_path *p, int64_t k)
{
    return rm_cubic_make(p->total[k + 1] - p->total[k], p->level[k], p->level[k + 1], p->rise[k], p->rise[k + 1]);
}

/* What v rises by from point k to a share of the way, where the level is z. */
static double area(const rm_path *p, int64_t k, double way, double share, double z)
{
    if (way == 0)
        return 0;
    if (p->kind == RM_PATH_MIXED) {
        rm_cubic c = cubic_from(p, k);
        return cubic_area(&c, share);
    }
    return way * mean_price(p, p->level[k], z);
}

static double between(double v, double low, double high)
{
    return rm_min(rm_max(v, low), high);
}

/* The level so far from point k and from the next, from whichever is nearer. */
static double level_between(const rm_path *p, int64_t k, double way, double rest)
{
    double low = p->level[k], high = p->level[k + 1], whole = p->total[k + 1] - p->total[k], slope = (high - low) / whole;
    double z = way < rest ? low + way * slope : high - rest * slope;
    if (p->kind == RM_PATH_MIXED) {
        rm_cubic c = cubic_from(p, k);
        z = rm_cubic_at(&c, way / whole);
    }
    return between(z, low, high);
}

/* The share of the way at which the level is z. */
static double share_at(const rm_path *p, int64_t k, double z)
{
    double left = 0, right = 1;
    if (p->kind != RM_PATH_MIXED)
        return between((z - p->level[k]) / (p->level[k + 1] - p->level[k]), 0, 1);
    rm_cubic c = cubic_from(p, k);
    for (int step = 0; step < DBL_MANT_DIG; step++) {
        double middle = (left + right) / 2;
        if (rm_cubic_at(&c, middle) < z)
            left = middle;
        else
            right = middle;
    }
    return (left + right) / 2;
}

/* --- questions ----------------------------------------------------------------------- */

/* How many of the first entries are below v, or not above it. */
static int64_t count_below(const double *a, int64_t count, double v, int or_equal)
{
    int64_t low = 0, high = count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (a[middle] < v || (or_equal && a[middle] == v))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void rm_path_at(const rm_path *p, double total, double *value, double *low, double *high)
{
    int64_t first = count_below(p->total, p->count, total, 0);
    if (first < p->count && p->total[first] == total) {
        int64_t last = count_below(p->total, p->count, total, 1) - 1;
        *value = p->value[first];
        *low = first == 0 && p->from_least ? -INFINITY : rm_path_price(p, first);
        *high = last == p->count - 1 && p->to_most ? INFINITY : rm_path_price(p, last);
        return;
    }
    int64_t k = first - 1;
    double way = total - p->total[k], rest = p->total[k + 1] - total, z = level_between(p, k, way, rest);
    int ahead = way < rest || !isfinite(p->value[k + 1]);
    if (isfinite(p->value[k]) && (p->kind == RM_PATH_MIXED || ahead))
        *value = p->value[k] + area(p, k, way, way / (p->total[k + 1] - p->total[k]), z);
    else /* or from an end where the cost is infinite */
        *value = p->value[k + 1] - rest * mean_price(p, z, p->level[k + 1]);
    *low = *high = z == p->level[k] ? rm_path_price(p, k) : z == p->level[k + 1] ? rm_path_price(p, k + 1)
                                                                                 : rm_path_price_of(p, z);
}

void rm_path_best(const rm_path *p, double price, double *low, double *high)
{
    double z = rm_path_level(p, price);
    int64_t below = count_below(p->level, p->count, z, 0), not_above = count_below(p->level, p->count, z, 1);
    if (below < not_above) {
        *low = p->total[below];
        *high = p->total[not_above - 1];
    } else if (below == 0 || below == p->count) {
        *low = *high = p->total[below == 0 ? 0 : below - 1];
    } else {
        int64_t k = below - 1;
        double way = p->total[below] - p->total[k];
        *low = *high = between(p->total[k] + way * share_at(p, k, z), p->total[k], p->total[below]);
    }
}

/* --- points ---------------------------------------------------------------------------- */

/* In new memory, so that nothing is lost where some of it cannot be had. */
rm_status rm_path_reserve(rm_path *p, const rm_memory *memory, int64_t points)
{
    if (points <= p->room)
        return RM_OK;
    const int64_t size = sizeof(double);
    rm_path made = {.room = points};
    double **to[] = {&made.total, &made.level, &made.value, p->kind == RM_PATH_MIXED ? &made.rise : &made.price};
    double *from[] = {p->total, p->level, p->value, p->kind == RM_PATH_MIXED ? p->rise : p->price};
    const int arrays = p->kind == RM_PATH_LINEAR ? 3 : 4;
    for (int k = 0; k < arrays; k++) {
        *to[k] = rm_memory_resize(memory, NULL, 0, points * size);
        if (!*to[k]) {
            rm_path_free(&made, memory);
            return RM_ERROR_MEMORY;
        }
        if (p->count > 0)
            memcpy(*to[k], from[k], (size_t)(p->count * size));
    }
    rm_path old = *p;
    p->total = made.total;
    p->level = made.level;
    p->value = made.value;
    p->rise = made.rise;
    p->price = made.price;
    p->room = points;
    rm_path_free(&old, memory);
    return RM_OK;
}

void rm_path_free(rm_path *p, const rm_memory *memory)
{
    double *array[] = {p->total, p->level, p->value, p->rise, p->price};
    for (int k = 0; k < 5; k++)
        if (array[k])
            rm_memory_free(memory, array[k], p->room * (int64_t)sizeof(double));
    memset(p, 0, sizeof *p);
}

rm_status rm_path_add(rm_path *p, const rm_memory *memory, double total, double level, double rise, double price)
{
    int64_t n = p->count;
    total += 0.0; /* a zero is +0 */
    level += 0.0;
    if (n > 0) { /* rounding must not turn the order round */
        total = rm_max(total, p->total[n - 1]);
        level = rm_max(level, p->level[n - 1]);
        if (p->price && level == p->level[n - 1]) /* one level has one price: a jump there knows it best */
            p->price[n - 1] = price;
        if (total == p->total[n - 1] && level == p->level[n - 1])
            return RM_OK;
    }
    /* On a way straight up or straight ahead only its ends say something. */
    if (n > 1 && ((total == p->total[n - 1] && total == p->total[n - 2])
                  || (level == p->level[n - 1] && level == p->level[n - 2])))
        n--;
    if (n == p->room) {
        rm_status status = rm_path_reserve(p, memory, 2 * n + 16);
        if (status != RM_OK)
            return status;
    }
    p->total[n] = total;
    p->level[n] = level;
    if (p->rise)
        p->rise[n] = rise;
    if (p->price)
        p->price[n] = n > 0 ? rm_max(price, p->price[n - 1]) : price;
    p->count = n + 1;
    return RM_OK;
}

/* --- values ------------------------------------------------------------------------------ */

/* At a price: the value of what is answered, its sum, how many are tied, and the sum of the magnitudes. */
typedef struct answered {
    rm_sum value, sum;
    int64_t ties;
    double size, overflow;
} answered;

static rm_status answer_price(const rm_view *v, rm_price y, rm_watch *watch, answered *at)
{
    rm_sum error;
    rm_sum_clear(&error);
    memset(at, 0, sizeof *at);
    rm_status status = rm_watch_pass(watch);
    rm_view_ask(v, 0, v->n, y);
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        double a = rm_view_coef(v, i);
        rm_stand s = rm_view_stand(v, i, a, y);
        at->overflow += isfinite(s.x) ? rm_view_add_value(v, i, s.x, &at->value, &error) : INFINITY;
        at->ties += s.tied;
        at->size += fabs(a * s.x);
        if (isfinite(s.x))
            rm_sum_add_product(&at->sum, a, s.x);
        status = rm_watch_step(watch, i);
    }
    return status;
}

static rm_pair round_to_pair(rm_sum *s)
{
    rm_pair r = {rm_sum_round(s), 0};
    if (isfinite(r.high)) {
        rm_sum_add(s, -r.high);
        r.low = rm_sum_round(s);
    }
    return r;
}

/* The point whose price is nearest to 0: v is least there, so what it rises by from there on both sides
 * are sums of one sign. */
static int64_t flattest(const rm_path *p)
{
    int64_t low = 0, high = p->count - 1;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (rm_path_price(p, middle) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && fabs(rm_path_price(p, low - 1)) < fabs(rm_path_price(p, low)) ? low - 1 : low;
}

/* The walk has to have come to where the answers are: the total lies between the sums at prices beside.  (Ties
 * and steep slopes leave much between two prices.) */
static rm_status check_beside(const rm_view *v, double price, double total, double allowed, rm_watch *watch)
{
    double way = 0x1p-48 * fabs(price) + DBL_MIN;
    for (int side = -1; side <= 1; side += 2) {
        answered at;
        rm_status status = answer_price(v, (rm_price){price + side * way, 0, 0}, watch, &at);
        if (status != RM_OK)
            return status;
        double beyond = side * (rm_sum_round(&at.sum) - total);
        if (at.overflow == 0 && !(beyond >= -allowed))
            return RM_INACCURATE;
    }
    return RM_OK;
}

/* What v rises by from point k to the next. */
static rm_pair rise_of(const rm_path *p, int64_t k)
{
    double way = p->total[k + 1] - p->total[k];
    if (p->kind == RM_PATH_LINEAR)
        return rm_pair_times(rm_pair_difference(p->level[k], -p->level[k + 1]), way / 2);
    return (rm_pair){area(p, k, way, 1, p->level[k + 1]), 0};
}

/* a + sign b, perhaps infinite: a log's cost is, where it begins. */
static rm_pair sum_of(rm_pair a, rm_pair b, int sign)
{
    double plain = a.high + sign * b.high;
    if (!isfinite(plain))
        return (rm_pair){plain, 0};
    rm_pair_add(&a, (rm_pair){sign * b.high, sign * b.low});
    return a;
}

/* Values, by the integral of the price from a point where v is summed from the costs. */
static rm_status find_values(rm_path *p, const rm_view *v, rm_watch *watch)
{
    int64_t from = flattest(p);
    double price = rm_path_price(p, from);
    answered at;
    rm_status status = answer_price(v, (rm_price){price, 0, 1}, watch, &at);
    if (status != RM_OK)
        return status;
    if (at.overflow != 0 || !isfinite(price))
        return RM_INACCURATE;
    rm_pair value = round_to_pair(&at.value), sum = round_to_pair(&at.sum);
    rm_pair missed = rm_pair_minus((rm_pair){p->total[from], 0}, sum);
    double allowed = 0x1p-40 * (at.size + fabs(p->total[from]));
    if (fabs(missed.high) > allowed)
        status = check_beside(v, price, p->total[from], allowed, watch);
    if (status != RM_OK)
        return status;
    rm_pair_add(&value, rm_pair_times(missed, price));
    rm_pair start = value;
    p->value[from] = value.high;
    for (int64_t k = from - 1; k >= 0; k--) {
        value = sum_of(value, rise_of(p, k), -1);
        p->value[k] = value.high;
    }
    value = start;
    for (int64_t k = from; k + 1 < p->count; k++) {
        value = sum_of(value, rise_of(p, k), 1);
        p->value[k + 1] = value.high;
    }
    return RM_OK;
}

/* --- building ------------------------------------------------------------------------------ */

/* What the pieces that can move have in common. */
typedef struct common {
    int kind;       /* of the first that is not linear; -1: none so far */
    double alpha, price, coef;
    int mixed;
    double low, high; /* prices at which linear pieces jump */
} common;

static int kind_of(const rm_cost *c)
{
    if (!rm_cost_is_curved(c))
        return RM_PATH_LINEAR;
    switch (c->family) {
    case RM_FAMILY_LOG:
        return RM_PATH_LOG;
    case RM_FAMILY_ALPHA:
        return c->shape == 1 ? RM_PATH_LOG : RM_PATH_ALPHA;
    case RM_FAMILY_QUEUE:
        return RM_PATH_QUEUE;
    default:
        return RM_PATH_MIXED;
    }
}

/* a b as a pair of doubles near 1 and an exponent. */
static rm_pair scaled_product(double a, double b, int *exponent)
{
    int of_a, of_b, of_product;
    rm_pair r;
    double high = rm_two_product(frexp(a, &of_a), frexp(b, &of_b), &r.low);
    r.high = frexp(high, &of_product);
    r.low = ldexp(r.low, -of_product);
    *exponent = of_a + of_b + of_product;
    return r;
}

/* Whether p / a = q / b, exactly. */
static int same_ratio(double p, double a, double q, double b)
{
    int exponent[2];
    rm_pair left = scaled_product(p, b, &exponent[0]), right = scaled_product(q, a, &exponent[1]);
    if (p == 0 || q == 0)
        return p == q;
    return left.high == right.high && left.low == right.low && exponent[0] == exponent[1];
}

static void note_piece(common *m, const rm_cost *c, double a)
{
    if (c->weight == 0) {
        double jump = rm_linear_jump(c, a);
        m->low = rm_min(m->low, jump);
        m->high = rm_max(m->high, jump);
        return;
    }
    int kind = kind_of(c);
    if (m->kind < 0) {
        m->kind = kind;
        m->alpha = c->shape;
        m->price = c->price;
        m->coef = a;
    }
    m->mixed |= kind != m->kind || kind == RM_PATH_MIXED;
    if (kind != RM_PATH_LINEAR)
        m->mixed |= a < 0 || (kind == RM_PATH_ALPHA && c->shape != m->alpha)
                    || !same_ratio(c->price, a, m->price, m->coef);
}

/* Which measure of the price makes all answers straight. */
static rm_status find_kind(rm_path *p, const rm_view *v, rm_watch *watch)
{
    common m = {.kind = -1, .low = INFINITY, .high = -INFINITY};
    rm_status status = rm_watch_pass(watch);
    for (int64_t i = 0; i < v->n && status == RM_OK && !m.mixed; i++) {
        double a = rm_view_coef(v, i);
        rm_pieces pieces;
        rm_cost room;
        rm_view_pieces(v, i, &pieces);
        for (int64_t k = 0; k < pieces.count && a != 0; k++) {
            const rm_cost *c = rm_piece(&pieces, k, &room);
            if (c->lower < c->upper)
                note_piece(&m, c, a);
        }
        status = rm_watch_step(watch, i);
    }
    p->kind = m.kind < 0 ? RM_PATH_LINEAR : m.kind;
    p->alpha = m.alpha;
    p->shift = p->kind == RM_PATH_LINEAR ? 0 : m.price / m.coef;
    /* Beside a log, prices from k on have no measure; beside a queue, those up to k. */
    if (p->kind == RM_PATH_QUEUE)
        m.mixed |= m.low <= p->shift;
    else if (p->kind != RM_PATH_LINEAR)
        m.mixed |= m.high >= p->shift;
    if (m.mixed)
        p->kind = RM_PATH_MIXED;
    return status;
}

/* An end that can be had, and whether it is the last one; RM_ERROR_RANGE where there is none. */
static rm_status clip(double *side, rm_sum *end, int64_t open, int up, int *at_end)
{
    *at_end = 0;
    if (open > 0)
        return isfinite(*side) ? RM_OK : RM_ERROR_RANGE;
    double limit = up ? rm_sum_round_down(end) : rm_sum_round_up(end);
    *side = up ? rm_min(*side, limit) : rm_max(*side, limit);
    *at_end = *side == limit;
    return isfinite(*side) ? RM_OK : RM_INACCURATE;
}

rm_status rm_path_build(const rm_view *v, double from, double to, const rm_memory *memory, rm_watch *watch,
                        rm_path *p, rm_water *out)
{
    rm_reach reach;
    rm_row row = {rm_max(from, -DBL_MAX), rm_min(to, DBL_MAX)}; /* not without sides: that would be no row */
    rm_status status = rm_waterfill_look(v, row, watch, &reach, out);
    if (status == RM_OK)
        status = clip(&from, &reach.least, reach.least_open, 0, &p->from_least);
    if (status == RM_OK)
        status = clip(&to, &reach.most, reach.most_open, 1, &p->to_most);
    if (status == RM_OK)
        status = find_kind(p, v, watch);
    if (status != RM_OK)
        return status;
    from = rm_min(from, to); /* with all bounds met rounding alone puts them apart */
    if (!isfinite(to - from))
        return RM_INACCURATE;
    status = p->kind == RM_PATH_MIXED ? rm_path_mixed(v, from, to, memory, watch, p)
                                      : rm_path_exact(v, from, to, memory, watch, p);
    if (status == RM_OK)
        status = find_values(p, v, watch);
    if (status != RM_OK)
        rm_path_free(p, memory);
    return status;
}

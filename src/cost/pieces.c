/* See pieces.h. */
#include "cost/pieces.h"

#include "cost/custom.h"

rm_cost rm_view_other_cost(const rm_view *v, int64_t i)
{
    if (rm_view_is_slack(v, i))
        return (rm_cost){.weight = v->slack.quadratic, .lower = v->slack.over < INFINITY ? -INFINITY : 0,
                         .upper = v->slack.under < INFINITY ? INFINITY : 0};
    rm_cost c = rm_view_plain_cost(v, i);
    if (v->family && v->family[i] != RM_FAMILY_QUADRATIC && v->family[i] != RM_FAMILY_PIECEWISE) {
        c.family = v->family[i];
        if (rm_cost_is_custom(&c))
            c.custom = &v->custom.record[v->custom.at[i] - 1];
        else
            c.shape = v->shape ? v->shape[i] : 1;
        rm_cost_clip(&c);
    }
    if (v->step.count && v->step.count[i] > 0)
        c.lower = rm_max(c.lower, v->step.breakpoint[v->step.start[i]]);
    return c;
}

static double step_lower(const rm_pieces *p, int64_t j)
{
    return p->steps > 0 ? rm_piece_part(&p->whole, p->breakpoint[j]) : p->whole.lower;
}

static double step_upper(const rm_pieces *p, int64_t j)
{
    return j + 1 < p->steps ? rm_piece_part(&p->whole, p->breakpoint[j + 1]) : p->whole.upper;
}

/* The step in which x lies: the last one that begins before it. */
static int64_t step_at(const rm_pieces *p, double x)
{
    int64_t low = 0, high = p->steps; /* it is from low to high - 1 */
    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (p->breakpoint[middle] < x)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void rm_view_kinks(const rm_view *v, int64_t i, rm_pieces *p)
{
    *p = (rm_pieces){.whole = rm_view_cost(v, i), .count = 1, .split = -1};
    if (rm_view_is_slack(v, i)) {
        p->kinks = p->moves = 1; /* from 0 */
        p->up = v->slack.under;
        p->down = v->slack.over;
        p->split = p->whole.lower < 0 && p->whole.upper > 0 ? 0 : -1;
        p->count += p->split == 0;
        return;
    }
    if (v->step.count && v->step.count[i] > 0) {
        p->kinks = 1;
        p->steps = p->count = v->step.count[i];
        p->breakpoint = v->step.breakpoint + v->step.start[i];
        p->slope = v->step.slope + v->step.start[i];
    }
    p->moves = v->move.current && (v->move.up[i] > 0 || v->move.down[i] > 0);
    if (!p->moves)
        return;
    p->kinks = 1;
    p->current = v->move.current[i];
    p->up = v->move.up[i];
    p->down = v->move.down[i];
    if (p->whole.weight == 0)
        p->whole.target = p->current; /* where it stands if nothing else tells */
    int64_t j = step_at(p, p->current);
    if (step_lower(p, j) < p->current && p->current < step_upper(p, j)) {
        p->split = j;
        p->count++;
    }
}

static double add_price(double a, double b)
{
    return rm_min(rm_max(a + b, -DBL_MAX), DBL_MAX);
}

rm_cost rm_piece_of_kinks(const rm_pieces *p, int64_t k)
{
    rm_cost c = p->whole;
    int64_t j = p->split >= 0 && k > p->split ? k - 1 : k;
    c.lower = step_lower(p, j);
    c.upper = step_upper(p, j);
    if (p->steps > 0)
        c.price = add_price(c.price, p->slope[j]);
    if (!p->moves)
        return c;
    if (j == p->split && k == j)
        c.upper = p->current;
    else if (j == p->split)
        c.lower = p->current;
    c.price = add_price(c.price, c.lower >= p->current ? p->up : -p->down);
    return c;
}

rm_stand rm_view_stand(const rm_view *v, int64_t i, double a, rm_price y)
{
    rm_pieces p;
    rm_cost room;
    rm_view_pieces(v, i, &p);
    rm_stand s = rm_cost_stand(rm_piece(&p, 0, &room), a, y);
    for (int64_t k = 1; k < p.count; k++) {
        const rm_cost *c = rm_piece(&p, k, &room);
        if (c->lower == c->upper)
            continue;
        rm_stand next = rm_cost_stand(c, a, y);
        next.tied |= s.tied;
        next.between |= s.between;
        if (next.x > c->lower)
            s = next;
        s.tied = next.tied;
        s.between = next.between;
    }
    return s;
}

int rm_view_jumps_at(const rm_view *v, int64_t i, double a, double y)
{
    rm_pieces p;
    rm_cost room;
    rm_view_pieces(v, i, &p);
    for (int64_t k = 0; k < p.count && a != 0; k++) {
        const rm_cost *c = rm_piece(&p, k, &room);
        if (c->weight == 0 && c->lower < c->upper && rm_linear_jump(c, a) == y)
            return 1;
    }
    return 0;
}

void rm_view_ask(const rm_view *v, int64_t begin, int64_t end, rm_price y)
{
    rm_custom *who[RM_CUSTOM_BATCH];
    double offer[RM_CUSTOM_BATCH];
    int64_t count = 0;
    if (!v->custom.record)
        return;
    for (int64_t i = begin; i < end; i++) {
        rm_pieces p;
        rm_cost room;
        if (rm_view_is_slack(v, i) || v->family[i] != RM_FAMILY_CUSTOM)
            continue;
        rm_view_pieces(v, i, &p);
        for (int64_t k = 0; k < p.count; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            if (c->lower == c->upper)
                continue;
            who[count] = c->custom;
            offer[count++] = rm_custom_offer(c, rm_view_coef(v, i), y.high, y.low);
            if (count == RM_CUSTOM_BATCH) {
                rm_custom_ask(who, offer, count);
                count = 0;
            }
        }
    }
    if (count > 0)
        rm_custom_ask(who, offer, count);
}

void rm_view_ask_values(const rm_view *v, int64_t begin, int64_t end, const double *x)
{
    rm_custom *who[RM_CUSTOM_BATCH];
    double at[RM_CUSTOM_BATCH];
    int64_t count = 0;
    for (int64_t i = begin; i < end && v->custom.record; i++) {
        if (rm_view_is_slack(v, i) || v->family[i] != RM_FAMILY_CUSTOM)
            continue;
        rm_custom *r = &v->custom.record[v->custom.at[i] - 1];
        if (rm_custom_knows(r, x[i]))
            continue;
        who[count] = r;
        at[count++] = x[i];
        if (count == RM_CUSTOM_BATCH) {
            rm_custom_hold(who, at, count);
            count = 0;
        }
    }
    if (count > 0)
        rm_custom_hold(who, at, count);
}

/* price (to - from) */
static double add_way(double price, double from, double to, rm_sum *value)
{
    double way = to - from;
    if (price == 0 || way == 0)
        return 0;
    if (!isfinite(price * from) || !isfinite(price * to))
        return price * way > 0 ? INFINITY : -INFINITY;
    rm_sum_add_product(value, price, to);
    rm_sum_add_product(value, -price, from);
    return 0;
}

/* The integral of the slopes from 0 to x, the first of them going on below its breakpoint. */
static double add_steps(const rm_pieces *p, double x, rm_sum *value)
{
    double overflow = 0;
    double low = rm_min(x, 0), high = rm_max(x, 0);
    for (int64_t j = 0; j < p->steps; j++) {
        double from = j == 0 ? low : rm_max(low, p->breakpoint[j]);
        double to = j + 1 < p->steps ? rm_min(high, p->breakpoint[j + 1]) : high;
        if (from < to)
            overflow += x > 0 ? add_way(p->slope[j], from, to, value) : add_way(p->slope[j], to, from, value);
    }
    return overflow;
}

double rm_view_add_value(const rm_view *v, int64_t i, double x, rm_sum *value, rm_sum *error)
{
    rm_pieces p;
    rm_view_pieces(v, i, &p);
    double overflow = rm_cost_add_value(&p.whole, x, value, error);
    if (!p.kinks)
        return overflow;
    if (p.steps > 0)
        overflow += add_steps(&p, x, value);
    if (p.moves)
        overflow += add_way(x > p.current ? p.up : -p.down, p.current, x, value);
    return overflow;
}

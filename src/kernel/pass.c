/* See pass.h. */
#include "kernel/pass.h"

void rm_tally_clear(rm_tally *t)
{
    memset(t, 0, sizeof *t);
    t->next_up = INFINITY;
    t->next_down = -INFINITY;
}

/* Adds a x at an end that may be infinite. */
static void add_end(rm_tally *t, double a, double x, int side)
{
    if (isfinite(x))
        rm_sum_add_product(&t->sum, a, x);
    else if (side < 0)
        t->below = 1;
    else
        t->above = 1;
}

/* A variable at a bound: where a x is least (side < 0) or greatest. */
static void tally_at_bound(rm_tally *t, const rm_cost *c, double a, double bound)
{
    int side = (bound == c->lower) == (a > 0) ? -1 : 1;
    add_end(t, a, bound, side);
    if (isinf(bound))
        return;
    double b = c->weight > 0 ? rm_cost_marginal(c, bound) / a : rm_linear_jump(c, a);
    if (side < 0)
        t->next_up = rm_min(t->next_up, b);
    else
        t->next_down = rm_max(t->next_down, b);
}

static void tally_tied(rm_tally *t, const rm_cost *c, double a)
{
    double high = rm_end_of(c, a, 1), low = rm_end_of(c, a, -1);
    t->ties++;
    if (isfinite(low)) {
        rm_sum_add_product(&t->sum, a, low);
        rm_sum_add_product(&t->tied, -a, low);
    } else {
        t->tied_below = 1;
    }
    if (isfinite(high))
        rm_sum_add_product(&t->tied, a, high);
    else
        t->tied_above = 1;
}

static void tally_between(rm_tally *t, const rm_cost *c, double a, const rm_answer *r)
{
    if (r->parts == 0 && !isfinite(r->plain)) {
        add_end(t, a, r->plain, (r->plain > 0) == (a > 0) ? 1 : -1);
        return;
    }
    t->between++;
    if (r->parts == 0)
        rm_sum_add_product(&t->sum, a, r->plain);
    else
        rm_sum_add_product(&t->sum, a, r->base);
    for (int k = 0; k < r->parts; k++)
        rm_sum_add_product(&t->sum, a, r->part[k]);
    t->reach = rm_max(t->reach, fabs(a * (r->parts ? r->part[0] : r->plain)));
    double slope = rm_cost_is_curved(c) ? a * r->slope * a : a / c->weight * a * 0.5;
    t->rough = rm_max(t->rough, fabs(a * r->rough));
    if (isfinite(slope))
        rm_sum_add(&t->slope, slope);
}

static void tally_piece(rm_tally *t, const rm_cost *c, double a, rm_price y, int precision)
{
    if (c->lower == c->upper) {
        rm_sum_add_product(&t->sum, a, c->lower);
        return;
    }
    rm_answer r = rm_cost_answer(c, a, y, precision);
    if (r.where == RM_BETWEEN)
        tally_between(t, c, a, &r);
    else if (r.where == RM_TIED)
        tally_tied(t, c, a);
    else
        tally_at_bound(t, c, a, r.where == RM_AT_LOWER ? c->lower : c->upper);
}

void rm_tally_range(rm_tally *t, const rm_view *v, int64_t begin, int64_t end, rm_price y, int precision)
{
    rm_pieces p;
    rm_cost room;
    rm_view_ask(v, begin, end, y);
    for (int64_t i = begin; i < end; i++) {
        double a = rm_view_coef(v, i);
        if (a == 0)
            continue;
        rm_view_pieces(v, i, &p);
        for (int64_t k = 0; k < p.count; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            if (k > 0 && c->lower == c->upper)
                continue;
            tally_piece(t, c, a, y, precision);
            if (k > 0) /* only what it adds to the pieces below */
                rm_sum_add_product(&t->sum, -a, c->lower);
        }
    }
}

void rm_tally_plainly(const rm_view *v, int64_t begin, int64_t end, double y, double *sum, double *slope)
{
    const rm_price at = {y, 0, 0};
    rm_pieces p;
    rm_cost room;
    rm_view_ask(v, begin, end, at);
    for (int64_t i = begin; i < end; i++) {
        double a = rm_view_coef(v, i);
        if (a == 0)
            continue;
        rm_view_pieces(v, i, &p);
        for (int64_t k = 0; k < p.count; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            double x = c->lower, below = k > 0 ? c->lower : 0;
            if (c->lower < c->upper) {
                rm_answer r = rm_cost_answer(c, a, at, RM_COARSE);
                x = r.where == RM_AT_UPPER ? c->upper : r.where == RM_BETWEEN ? r.plain : c->lower;
                if (r.where == RM_BETWEEN)
                    *slope += rm_cost_is_curved(c) ? a * r.slope * a : a / c->weight * a * 0.5;
            }
            *sum += a * (x - below);
        }
    }
}

/* Totals at a limit of what the bounds allow, or beyond.
 *
 * Let S be the sum of a_i x_i with every variable at the end of its domain where a_i x_i
 * is greatest.  If M = S there is but one answer, and every price from the last
 * breakpoint on, max (f_i'(x_i) + p_i) / a_i, answers it.  If M > S by more than what
 * the public rule lets a row be missed by, there is no answer, and M - S is missing.
 * Likewise at the least sum.  With all bounds met (l_i = u_i) both are the same.
 *
 * The short way's proof (fast.c) has nothing to hold on to here: nobody is free, and
 * whether M is S or its neighbour only the exact sum tells.  That sum is taken by
 * vectors (kernel/ends.inc): O(n), one pass over the coefficients and bounds for
 * each end, and one that writes x and looks for the last breakpoint.
 *
 * What takes more care is left to the long way: variables in no row, infinite ends,
 * linear costs with an open side, a total that misses S by just about what the rule
 * allows, a last breakpoint at 0.  What is decided here is what the long way decides.
 *
 * Source: the conditions of Karush 1939; sums: Rump, Ogita and Oishi 2008.
 */
#include "solve/limits.h"

#include "solve/span.h"

/* A variable that moves the sum by less than this share of what it is made of is not
 * told from one that does not. */
#define MOVES 0x1p-100

static rm_status sum_ends(const rm_view *v, int side, double total, const rm_kernels *kernels, rm_watch *watch, rm_ends *e)
{
    memset(e, 0, sizeof *e);
    e->anchor = rm_anchor_for(total);
    rm_status status = rm_watch_pass(watch);
    for (int64_t i = 0; i < v->n && status == RM_OK && !e->bad; i += RM_WATCH_BLOCK) {
        kernels->ends(v, i, v->n - i > RM_WATCH_BLOCK ? i + RM_WATCH_BLOCK : v->n, side, e);
        status = rm_watch_block(watch);
    }
    return status;
}

/* Writes x; the prices at which all stay, and who sets their end: -1 where all are fixed. */
static rm_status leave_ends(const rm_view *v, int side, double *x, const rm_kernels *kernels, rm_watch *watch,
                            rm_span *s, int64_t *last)
{
    double near[RM_LEAVE_ROOM];
    rm_status status = rm_watch_pass(watch);
    *s = rm_span_all();
    *last = -1;
    for (int64_t i = 0; i < v->n && status == RM_OK; i += RM_LEAVE_MOST) {
        int64_t end = v->n - i > RM_LEAVE_MOST ? i + RM_LEAVE_MOST : v->n;
        rm_price *known = side > 0 ? &s->low : &s->high;
        int64_t count = kernels->leave(v, i, end, side, known->high, x, near);
        for (int64_t k = 0; k < count; k++) {
            int64_t at = (int64_t)near[k];
            rm_cost c = rm_view_cost(v, at);
            double a = rm_view_coef(v, at);
            rm_price before = *known;
            rm_span_limit(s, &c, rm_end_of(&c, a, side), a, -side);
            if (rm_span_less(before, *known) || rm_span_less(*known, before))
                *last = at;
        }
        if (i / RM_WATCH_BLOCK != (i + RM_LEAVE_MOST) / RM_WATCH_BLOCK)
            status = rm_watch_block(watch);
    }
    return status;
}

/* Whether the sum at price 0 is told from the one at the ends: variable i leaves its end
 * at the price y. */
static int moves(const rm_view *v, int64_t i, double y, const rm_ends *e)
{
    rm_cost c = rm_view_cost(v, i);
    double a = rm_view_coef(v, i), way = c.upper - c.lower;
    if (c.weight > 0)
        way = rm_min(way, fabs(a * y) / (2 * c.weight));
    return fabs(a) * way > MOVES * (e->size + e->scale);
}

/* The total is the sum at the ends, or misses it by no more than is allowed; `exact`
 * tells which. */
static rm_status stand_at_ends(const rm_view *v, int side, const rm_ends *e, int exact, double *x,
                               const rm_kernels *kernels, rm_watch *watch, rm_water *out, int *done)
{
    const rm_price beyond = {side > 0 ? INFINITY : -INFINITY, 0, 0};
    rm_span s;
    int64_t last;
    rm_status status = leave_ends(v, side, x, kernels, watch, &s, &last);
    if (status != RM_OK)
        return status;
    double y = rm_span_round(side > 0 ? s.low : s.high);
    if (last < 0) {
        out->price = exact ? (rm_price){0, 0, 1} : beyond;
        out->side = exact ? RM_SIDE_NONE : side > 0 ? RM_SIDE_LOWER : RM_SIDE_UPPER;
        out->multiplier = 0;
        *done = 1;
        return RM_OK;
    }
    /* Else the price 0 would do as well, or there is none. */
    if (!isfinite(y) || !(y * side > 0) || !moves(v, last, y, e))
        return RM_OK;
    out->price = beyond;
    out->side = side > 0 ? RM_SIDE_LOWER : RM_SIDE_UPPER;
    out->multiplier = y;
    *done = 1;
    return RM_OK;
}

rm_status rm_limits_solve(const rm_view *v, double total, int likely, double *x, const rm_kernels *kernels,
                          rm_watch *watch, rm_water *out, int *done)
{
    for (int k = 0; k < 2; k++) {
        int side = k == 0 ? likely : -likely;
        rm_ends e;
        rm_status status = sum_ends(v, side, total, kernels, watch, &e);
        if (status != RM_OK)
            return status;
        if (e.bad)
            continue; /* most often because this side is open */
        rm_sum lacks;
        rm_sum_clear(&lacks);
        rm_sum_add(&lacks, side * total);
        if (side > 0)
            rm_sum_subtract_sum(&lacks, &e.sum);
        else
            rm_sum_add_sum(&lacks, &e.sum);
        int sign = rm_sum_sign(&lacks);
        if (sign < 0)
            continue;
        double missed = rm_sum_round(&lacks), allowed = 4 * RM_UNIT * (fabs(total) + e.size);
        if (!(missed > allowed * (1 - RM_PLAIN)))
            return stand_at_ends(v, side, &e, sign == 0, x, kernels, watch, out, done);
        if (!(missed > allowed * (1 + RM_PLAIN)))
            return RM_OK;
        out->side = side > 0 ? RM_SIDE_LOWER : RM_SIDE_UPPER;
        out->shortfall = rm_sum_round_up(&lacks); /* what is said to be missing must be enough */
        out->attainable = rm_sum_round(&e.sum);
        out->members = v->n;
        *done = 1;
        return RM_INFEASIBLE;
    }
    return RM_OK;
}

/* Dual function, the witness's check of itself, and the ranges of the total.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <math.h>

int exact_dual(const exact *e, mpq_srcptr price, int original_sides, mpq_ptr out)
{
    mpq_t x, v, q;
    int finite = 1, sign = mpq_sgn(price);
    mpq_inits(x, v, q, (mpq_ptr)NULL);
    mpq_set_d(out, e->in->constant);
    if (e->has_row && sign != 0) {
        double side = sign > 0 ? e->in->low : e->in->high;
        if (isinf(side))
            finite = 0;
        else {
            if (original_sides)
                mpq_set_d(v, side);
            else
                mpq_set(v, sign > 0 ? e->low : e->high);
            mpq_mul(v, v, price);
            mpq_add(out, out, v);
        }
    }
    for (int i = 0; i < e->n && finite; i++) {
        mpq_mul(q, e->a[i], price);
        mpq_sub(q, e->p[i], q); /* minimise w (x - t)^2 + q x over the bounds */
        if (mpq_sgn(e->w[i]) == 0 && mpq_sgn(q) == 0)
            continue;
        if (exact_response(e, i, price, -1, x)) {
            finite = 0;
            break;
        }
        mpq_mul(q, q, x);
        mpq_add(out, out, q);
        mpq_sub(x, x, e->t[i]);
        mpq_mul(x, x, x);
        mpq_mul(x, x, e->w[i]);
        mpq_add(out, out, x);
    }
    mpq_clears(x, v, q, (mpq_ptr)NULL);
    return finite;
}

void exact_cost(const exact *e, const double *x, mpq_ptr out)
{
    mpq_t v, q;
    mpq_inits(v, q, (mpq_ptr)NULL);
    mpq_set_d(out, e->in->constant);
    for (int i = 0; i < e->n; i++) {
        mpq_set_d(v, x[i]);
        mpq_mul(q, v, e->p[i]);
        mpq_add(out, out, q);
        mpq_sub(v, v, e->t[i]);
        mpq_mul(v, v, v);
        mpq_mul(v, v, e->w[i]);
        mpq_add(out, out, v);
    }
    mpq_clears(v, q, (mpq_ptr)NULL);
}

/* Weak duality: a feasible x whose cost equals the dual function at y proves
 * both.  An end of the set of prices is proved by the dual function having the
 * optimum there and less a little further. */
static const char *prove(const exact *e, mpq_ptr sum, mpq_ptr cost, mpq_ptr v)
{
    const instance *in = e->in;
    mpq_set_d(cost, in->constant);
    mpq_set_ui(sum, 0, 1);
    for (int i = 0; i < e->n; i++) {
        exact_x(e, i, v);
        if ((!isinf(in->l[i]) && mpq_cmp(v, e->l[i]) < 0) || (!isinf(in->u[i]) && mpq_cmp(v, e->u[i]) > 0))
            return "witness: x outside its bounds";
        mpq_t q;
        mpq_init(q);
        mpq_mul(q, v, e->a[i]);
        mpq_add(sum, sum, q);
        mpq_mul(q, v, e->p[i]);
        mpq_add(cost, cost, q);
        mpq_sub(v, v, e->t[i]);
        mpq_mul(v, v, v);
        mpq_mul(v, v, e->w[i]);
        mpq_add(cost, cost, v);
        mpq_clear(q);
    }
    if (e->has_row && ((!isinf(in->low) && mpq_cmp(sum, e->low) < 0) ||
                       (!isinf(in->high) && mpq_cmp(sum, e->high) > 0)))
        return "witness: the row is not met";
    if (!mpq_equal(sum, e->total))
        return "witness: the sum is not what it said";
    if (!mpq_equal(cost, e->objective))
        return "witness: the objective is not that of x";
    if (!exact_dual(e, e->y, 0, v) || !mpq_equal(v, cost))
        return "witness: the price does not prove the optimum";
    for (int end = 0; e->has_row && end < 2; end++) {
        int inf = end ? e->set.high_inf : e->set.low_inf;
        mpq_srcptr at = inf ? e->y : end ? e->set.high : e->set.low;
        if (!exact_dual(e, at, 0, v) || !mpq_equal(v, cost))
            return "witness: an end of the prices does not prove the optimum";
        mpq_set_ui(sum, 1, 1);
        if (inf)
            mpq_mul_2exp(sum, sum, 400);
        else
            mpq_div_2exp(sum, sum, 400);
        if (end)
            mpq_add(sum, at, sum);
        else
            mpq_sub(sum, at, sum);
        int still = exact_dual(e, sum, 0, v) && mpq_equal(v, cost);
        if (still != inf)
            return "witness: the set of prices ends elsewhere";
    }
    return NULL;
}

const char *exact_self_check(const exact *e)
{
    mpq_t sum, cost, v;
    if (e->status != RM_OK)
        return NULL;
    mpq_inits(sum, cost, v, (mpq_ptr)NULL);
    const char *wrong = prove(e, sum, cost, v);
    mpq_clears(sum, cost, v, (mpq_ptr)NULL);
    return wrong;
}

/* ---- side_low and side_high ---- */

typedef struct window {
    int low_inf, high_inf;
    mpq_t low, high;
} window;

static void cut(window *k, mpq_srcptr at, int from_above)
{
    if (from_above && (k->high_inf || mpq_cmp(at, k->high) < 0)) {
        k->high_inf = 0;
        mpq_set(k->high, at);
    }
    if (!from_above && (k->low_inf || mpq_cmp(at, k->low) > 0)) {
        k->low_inf = 0;
        mpq_set(k->low, at);
    }
}

/* sum |a x| and of what x is computed from, in doubles: a scale for a tolerance, not a decision. */
static double scale_at(const exact *e, mpq_srcptr price)
{
    double s = 0;
    mpq_t x;
    mpq_init(x);
    for (int i = 0; i < e->n; i++) {
        if (e->tied[i])
            mpq_set(x, e->tied_x[i]);
        else if (exact_response(e, i, price, -1, x))
            continue;
        s += fabs(mpq_get_d(e->a[i]) * mpq_get_d(x));
        if (mpq_sgn(e->w[i]) > 0) /* x is a sum of these */
            s += fabs(e->in->a[i]) * (fabs(e->in->t[i]) + (fabs(e->in->p[i]) + fabs(e->in->a[i] * mpq_get_d(price))) /
                                                             (2 * e->in->w[i]));
    }
    mpq_clear(x);
    return s;
}

/* A row that does not bind: the sums that price 0 can give. */
static void slack_range(const exact *e, side_range *r)
{
    mpq_t zero;
    mpq_init(zero);
    r->low_inf = exact_sum(e, zero, -1, r->low) != 0;
    r->high_inf = exact_sum(e, zero, 1, r->high) != 0;
    r->low_scale = r->high_scale = scale_at(e, zero);
    for (int i = 0; i < e->n; i++)
        if (e->tied[i]) {
            r->low_scale += isinf(e->in->l[i]) ? 0 : fabs(e->in->a[i] * e->in->l[i]);
            r->high_scale += isinf(e->in->u[i]) ? 0 : fabs(e->in->a[i] * e->in->u[i]);
        }
    mpq_clear(zero);
}

/* One end of the totals: the linear variables that are tied and strictly between
 * their bounds move there; nothing else does. */
static void tied_end(const exact *e, side_range *r, int end)
{
    mpq_t v, sum;
    int inf = 0;
    double scale = scale_at(e, e->y);
    mpq_inits(v, sum, (mpq_ptr)NULL);
    mpq_set(sum, e->total);
    for (int i = 0; i < e->n; i++) {
        int sign = mpq_sgn(e->a[i]), upper = end * sign > 0;
        double bound = upper ? e->in->u[i] : e->in->l[i];
        if (!e->tied[i] || sign == 0 || (!isinf(e->in->l[i]) && mpq_equal(e->tied_x[i], e->l[i])) ||
            (!isinf(e->in->u[i]) && mpq_equal(e->tied_x[i], e->u[i])))
            continue;
        if (isinf(bound)) {
            inf = 1;
            continue;
        }
        mpq_sub(v, upper ? e->u[i] : e->l[i], e->tied_x[i]);
        mpq_mul(v, v, e->a[i]);
        mpq_add(sum, sum, v);
        scale += fabs(e->in->a[i] * bound);
    }
    if (end < 0) {
        r->low_inf = inf;
        r->low_scale = scale;
        mpq_set(r->low, sum);
    } else {
        r->high_inf = inf;
        r->high_scale = scale;
        mpq_set(r->high, sum);
    }
    mpq_clears(v, sum, (mpq_ptr)NULL);
}

/* Fills the window of prices over which nothing changes but the free ones; returns the kinds of free variables:
 * 1 strictly convex, 2 tied. */
static int price_window(const exact *e, window *k, mpq_ptr slope)
{
    int kinds = 0;
    mpq_t x;
    mpq_init(x);
    mpq_set_ui(slope, 0, 1);
    for (int i = 0; i < e->n; i++) {
        int sign = mpq_sgn(e->a[i]), convex = mpq_sgn(e->w[i]) > 0;
        if (sign == 0 || e->in->l[i] == e->in->u[i])
            continue;
        exact_x(e, i, x);
        int at_low = !isinf(e->in->l[i]) && mpq_equal(x, e->l[i]);
        int at_high = !isinf(e->in->u[i]) && mpq_equal(x, e->u[i]);
        if (at_low)
            cut(k, e->break_l[i], sign > 0);
        else if (at_high)
            cut(k, e->break_u[i], sign < 0);
        else if (convex) {
            kinds |= 1;
            if (!isinf(e->in->l[i]))
                cut(k, e->break_l[i], sign < 0);
            if (!isinf(e->in->u[i]))
                cut(k, e->break_u[i], sign > 0);
            mpq_mul(x, e->a[i], e->a[i]);
            mpq_div(x, x, e->w2[i]);
            mpq_add(slope, slope, x);
        } else
            kinds |= 2;
    }
    mpq_clear(x);
    return kinds;
}

void exact_side_range(const exact *e, int binds, side_range *r)
{
    r->low_inf = r->high_inf = 0;
    if (!binds) {
        slack_range(e, r);
        return;
    }
    window k = {.low_inf = 1, .high_inf = 1};
    mpq_t slope;
    mpq_inits(k.low, k.high, slope, (mpq_ptr)NULL);
    int kinds = price_window(e, &k, slope);
    if (kinds & 2) { /* the price stands still */
        tied_end(e, r, -1);
        tied_end(e, r, 1);
    } else if (kinds == 0) { /* nothing can move while all stay where they are */
        mpq_set(r->low, e->total);
        mpq_set(r->high, e->total);
        r->low_scale = r->high_scale = scale_at(e, e->y);
    } else {
        r->low_inf = k.low_inf;
        r->high_inf = k.high_inf;
        if (!k.low_inf) {
            r->low_scale = scale_at(e, k.low);
            mpq_sub(k.low, k.low, e->y);
            mpq_mul(k.low, k.low, slope);
            mpq_add(r->low, e->total, k.low);
        }
        if (!k.high_inf) {
            r->high_scale = scale_at(e, k.high);
            mpq_sub(k.high, k.high, e->y);
            mpq_mul(k.high, k.high, slope);
            mpq_add(r->high, e->total, k.high);
        }
    }
    mpq_clears(k.low, k.high, slope, (mpq_ptr)NULL);
    double here = scale_at(e, e->y) + fabs(mpq_get_d(e->total));
    r->low_scale += here;
    r->high_scale += here;
}

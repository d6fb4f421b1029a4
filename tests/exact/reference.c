/* Answers rounded from the exact solution: what a perfect library would say.
 * Only the self-test uses them.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"
#include "reference.h"

#include <math.h>
#include <string.h>

static double rounded(int inf, mpq_srcptr v, double sign)
{
    return inf ? sign * HUGE_VAL : q_nearest(v);
}

static void ranges(const exact *e, full_answer *h)
{
    side_range s;
    mpq_inits(s.low, s.high, (mpq_ptr)NULL);
    exact_side_range(e, e->binding != 0, &s);
    h->dual_low = rounded(e->set.low_inf, e->set.low, -1);
    h->dual_high = rounded(e->set.high_inf, e->set.high, 1);
    h->side_low = rounded(s.low_inf, s.low, -1);
    h->side_high = rounded(s.high_inf, s.high, 1);
    mpq_clears(s.low, s.high, (mpq_ptr)NULL);
}

double reference_reduced(const instance *in, const double *x, double y, int i, double *terms)
{
    mpq_t d, v, f;
    mpq_inits(d, v, f, (mpq_ptr)NULL);
    mpq_set_d(d, x[i]);
    mpq_set_d(v, in->t[i]);
    mpq_sub(d, d, v);
    mpq_set_d(v, 2 * in->w[i]);
    mpq_mul(d, d, v);
    *terms = fabs(mpq_get_d(d)) + fabs(in->p[i]);
    mpq_set_d(v, in->p[i]);
    mpq_add(d, d, v);
    if (in->has_row) {
        mpq_set_d(v, in->a[i]);
        mpq_set_d(f, y);
        mpq_mul(v, v, f);
        mpq_sub(d, d, v);
        *terms += fabs(in->a[i] * y);
    }
    double r = q_nearest(d);
    mpq_clears(d, v, f, (mpq_ptr)NULL);
    return r;
}

void reference_figures(const instance *in, const exact *e, const double *x, double y, double *value)
{
    mpq_t f, g, v, w;
    mpq_inits(f, g, v, w, (mpq_ptr)NULL);
    exact_cost(e, x, f);
    value[RM_INFO_OBJECTIVE - 1] = q_nearest(f);
    mpq_set_d(v, y);
    if (exact_dual(e, v, 1, g)) {
        double bound = q_nearest(g);
        if (bound == HUGE_VAL)
            bound = 0x1.fffffffffffffp+1023;
        mpq_set_d(v, isinf(bound) ? 0 : bound);
        value[RM_INFO_BOUND - 1] = !isinf(bound) && mpq_cmp(v, g) > 0 ? nextafter(bound, -HUGE_VAL) : bound;
        mpq_sub(g, f, g);
        value[RM_INFO_GAP - 1] = mpq_sgn(g) > 0 ? q_nearest(g) : 0;
    } else {
        value[RM_INFO_BOUND - 1] = -HUGE_VAL;
        value[RM_INFO_GAP - 1] = HUGE_VAL;
    }
    double scale = 0, worst = 0;
    mpq_set_ui(f, 0, 1);
    for (int i = 0; i < in->n; i++) {
        double terms, d = reference_reduced(in, x, y, i, &terms);
        int at = at_bound(in, x, i);
        double miss = at == 3 ? 0 : at == 1 ? fmax(0, -d) : at == 2 ? fmax(0, d) : fabs(d);
        worst = miss > 0 ? fmax(worst, miss / terms) : worst;
        mpq_set_d(v, x[i]);
        mpq_mul(v, v, e->a[i]);
        mpq_add(f, f, v);
        scale += fabs(mpq_get_d(v));
    }
    double residual = 0, missed = 0;
    for (int end = 0; end < 2 && in->has_row; end++) {
        double side = end ? in->high : in->low;
        if (isinf(side))
            continue;
        mpq_set_d(v, side);
        mpq_sub(w, f, v);
        if (end ? mpq_sgn(w) > 0 : mpq_sgn(w) < 0) {
            residual = fabs(q_nearest(w));
            missed = fabs(side);
        }
    }
    value[RM_INFO_ROW_RESIDUAL - 1] = residual;
    value[RM_INFO_ROW_RESIDUAL_RELATIVE - 1] = residual > 0 ? residual / (scale + missed) : 0;
    value[RM_INFO_BOUND_RESIDUAL - 1] = 0;
    value[RM_INFO_DUAL_RESIDUAL - 1] = worst;
    mpq_clears(f, g, v, w, (mpq_ptr)NULL);
}

static void conflict(const instance *in, const exact *e, full_answer *h)
{
    int from_below = mpq_cmp(e->low, e->most) > 0 && !isinf(in->low) && !e->most_inf;
    mpq_t v;
    mpq_init(v);
    h->shortfall = q_nearest(e->shortfall);
    h->items = 1;
    h->kind[0] = from_below ? RM_CONFLICT_ROW_LOWER : RM_CONFLICT_ROW_UPPER;
    h->index[0] = 0;
    h->multiplier[0] = 1;
    h->repair[0] = from_below ? -h->shortfall : h->shortfall;
    for (int i = 0; i < in->n; i++) {
        if (in->a[i] == 0)
            continue;
        int upper = (in->a[i] > 0) == from_below;
        mpq_abs(v, e->a[i]);
        mpq_div(v, e->shortfall, v);
        double repair = upper ? q_nearest(v) : -q_nearest(v);
        int k = h->items++;
        for (; k > 1 && fabs(h->repair[k - 1]) > fabs(repair); k--) {
            h->kind[k] = h->kind[k - 1];
            h->index[k] = h->index[k - 1];
            h->multiplier[k] = h->multiplier[k - 1];
            h->repair[k] = h->repair[k - 1];
        }
        h->kind[k] = upper ? RM_CONFLICT_UPPER : RM_CONFLICT_LOWER;
        h->index[k] = i;
        h->multiplier[k] = fabs(in->a[i]);
        h->repair[k] = repair;
    }
    mpq_clear(v);
}

void reference_answer(const instance *in, const exact *e, full_answer *h)
{
    mpq_t v;
    full_resize(h, in->n);
    h->a.status = e->status;
    h->a.where = -1;
    h->a.y = 0;
    if (e->status == RM_UNBOUNDED)
        h->a.where = -2;
    if (e->status == RM_INFEASIBLE)
        conflict(in, e, h);
    if (e->status != RM_OK)
        return;
    mpq_init(v);
    if (in->has_row)
        h->a.y = q_nearest(e->y);
    for (int i = 0; i < in->n; i++) {
        exact_x(e, i, v);
        h->a.x[i] = q_nearest(v);
    }
    for (int i = 0; i < in->n; i++) {
        double terms, d = reference_reduced(in, h->a.x, h->a.y, i, &terms);
        int at = at_bound(in, h->a.x, i);
        h->reduced[i] = at == 0 ? 0 : at == 1 ? fmax(d, 0) : at == 2 ? fmin(d, 0) : d;
    }
    if (in->has_row)
        ranges(e, h);
    reference_figures(in, e, h->a.x, h->a.y, h->info);
    memcpy(h->verified, h->info, sizeof h->info);
    mpq_clear(v);
}

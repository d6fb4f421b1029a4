/* Checks of the explanation of an infeasible row, and the check of a whole
 * answer read through a handle.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The rule on the products: a reader who adds the items up in rationals finds a
 * coefficient that is zero within this share of its two terms. */
#define FARKAS_SHARE (4 * UNIT)

void repair_instance(instance *to, const instance *from, int32_t kind, int64_t index, double repair)
{
    instance_copy(to, from);
    if (kind == RM_CONFLICT_ROW_LOWER)
        to->low += repair;
    else if (kind == RM_CONFLICT_ROW_UPPER)
        to->high += repair;
    else if (kind == RM_CONFLICT_LOWER)
        to->l[index] += repair;
    else
        to->u[index] += repair;
}

/* What the item must be, given which side cannot be met. */
static int expected_kind(const instance *in, int from_below, int i)
{
    return (in->a[i] > 0) == from_below ? RM_CONFLICT_UPPER : RM_CONFLICT_LOWER;
}

static int check_items(const instance *in, const full_answer *h, int from_below, report *r)
{
    int wanted = 0;
    char *seen = calloc((size_t)in->n + 1, 1);
    if (seen == NULL)
        abort();
    for (int i = 0; i < in->n; i++)
        wanted += in->a[i] != 0;
    int good = h->items == wanted + 1;
    if (!good)
        complain(r, "conflict: %d items, expected %d", h->items, wanted + 1);
    if (good && (h->kind[0] != (from_below ? RM_CONFLICT_ROW_LOWER : RM_CONFLICT_ROW_UPPER) || h->index[0] != 0)) {
        complain(r, "conflict: the first item must be the row's %s side", from_below ? "lower" : "upper");
        good = 0;
    }
    for (int k = 1; k < h->items && good; k++) {
        int64_t i = h->index[k];
        good = i >= 0 && i < in->n && !seen[i] && in->a[i] != 0 && h->kind[k] == expected_kind(in, from_below, (int)i);
        if (good)
            seen[i] = 1;
        else
            complain(r, "conflict: item %d (kind %d, index %lld) does not belong", k, h->kind[k], (long long)i);
    }
    for (int k = 2; k < h->items && good; k++) {
        double before = fabs(h->repair[k - 1]), now = fabs(h->repair[k]);
        if (before > now || (before == now && h->index[k - 1] > h->index[k])) {
            complain(r, "conflict: items %d and %d are not in order", k - 1, k);
            good = 0;
        }
    }
    free(seen);
    return good;
}

/* m0 (sum - L) + sum m_i (u_i - x_i) + sum m_j (x_j - l_j) must be a constant below 0. */
static void check_farkas(const instance *in, const full_answer *h, int from_below, report *r)
{
    mpq_t constant, m, v, c;
    mpq_inits(constant, m, v, c, (mpq_ptr)NULL);
    for (int k = 0; k < h->items; k++) {
        if (!(h->multiplier[k] >= 0) || !isfinite(h->multiplier[k]) || (k == 0 && h->multiplier[k] == 0)) {
            complain(r, "conflict: multiplier %d is %g", k, h->multiplier[k]);
            goto done;
        }
        mpq_set_d(m, h->multiplier[k]);
        if (k == 0)
            mpq_set_d(v, from_below ? in->low : in->high);
        else
            mpq_set_d(v, h->kind[k] == RM_CONFLICT_UPPER ? in->u[h->index[k]] : in->l[h->index[k]]);
        mpq_mul(v, v, m);
        int minus = k == 0 ? from_below : h->kind[k] == RM_CONFLICT_LOWER;
        if (minus)
            mpq_sub(constant, constant, v);
        else
            mpq_add(constant, constant, v);
        if (k == 0)
            continue;
        mpq_set_d(c, h->multiplier[0]);
        mpq_set_d(v, fabs(in->a[h->index[k]]));
        mpq_mul(c, c, v);
        mpq_sub(c, c, m);
        if (q_cmp_abs_d(c, FARKAS_SHARE * h->multiplier[k]) > 0)
            complain(r, "conflict: item %d: multiplier %.17g does not cancel coefficient %.17g", k, h->multiplier[k],
                     in->a[h->index[k]]);
    }
    if (mpq_sgn(constant) >= 0)
        complain(r, "conflict: the items add up to %.17g, not below 0", mpq_get_d(constant));
done:
    mpq_clears(constant, m, v, c, (mpq_ptr)NULL);
}

/* Each repair, alone: feasible after it, and no more than is needed. */
static void check_repairs(const instance *in, const exact *e, const full_answer *h, int from_below, report *r)
{
    enum { TRIALS = 8 };
    instance changed;
    exact solved;
    mpq_t need, v;
    instance_init(&changed);
    exact_init(&solved);
    mpq_inits(need, v, (mpq_ptr)NULL);
    for (int k = 0; k < h->items; k++) {
        int grows = k == 0 ? !from_below : h->kind[k] == RM_CONFLICT_UPPER;
        double side = k == 0 ? 1 : fabs(in->a[h->index[k]]);
        if (!isfinite(h->repair[k]) || (grows ? h->repair[k] <= 0 : h->repair[k] >= 0)) {
            complain(r, "conflict: repair %d is %g", k, h->repair[k]);
            break;
        }
        mpq_set_d(need, fabs(h->repair[k]));
        mpq_set_d(v, side);
        mpq_mul(need, need, v);
        mpq_sub(need, need, e->shortfall); /* beyond what is needed, in the row's units */
        mpq_set_d(v, side * ulp_of(h->repair[k]));
        mpq_add(v, v, e->allowance);
        mpq_abs(need, need);
        if (mpq_cmp(need, v) > 0)
            complain(r, "conflict: repair %d is %.17g where %.17g is needed", k, h->repair[k],
                     mpq_get_d(e->shortfall) / side);
        if (k >= TRIALS && k != h->items - 1)
            continue;
        repair_instance(&changed, in, h->kind[k], h->index[k], h->repair[k]);
        exact_solve(&solved, &changed);
        counts.repairs++;
        if (solved.status == RM_INFEASIBLE)
            complain(r, "conflict: still infeasible by %.3g (allowed %.3g) after repair %d of %.17g",
                     mpq_get_d(solved.shortfall), mpq_get_d(solved.allowance), k, h->repair[k]);
    }
    mpq_clears(need, v, (mpq_ptr)NULL);
    exact_free(&solved);
    instance_free(&changed);
}

void check_conflict(const instance *in, const exact *e, const full_answer *h, report *r)
{
    int from_below = !isinf(in->low) && !e->most_inf && q_nearest(e->most) < in->low;
    if (q_ulps(h->shortfall, e->shortfall) > 2)
        complain(r, "shortfall %.17g, exact %.17g", h->shortfall, mpq_get_d(e->shortfall));
    if (!check_items(in, h, from_below, r))
        return;
    counts.conflicts++;
    check_farkas(in, h, from_below, r);
    check_repairs(in, e, h, from_below, r);
}

void check_full(const instance *in, const exact *e, const full_answer *h, report *r)
{
    long by_total = counts.price_by_total;
    check_answer(in, e, &h->a, r);
    if (h->a.status != e->status || r->count)
        return; /* the rest would only say the same again */
    if (h->a.status == RM_OK) {
        if (in->has_row && counts.price_by_total == by_total)
            check_ranges(in, e, h, r);
        else if (in->has_row)
            counts.ranges_skipped++; /* they belong to another total within the row's tolerance */
        check_reduced(in, h, r);
        check_figures(in, e, h->a.x, h->a.y, h->info, 1, "info", r);
        check_figures(in, e, h->a.x, h->a.y, h->verified, 1, "verify", r);
    } else if (h->a.status == RM_INFEASIBLE) {
        check_conflict(in, e, h, r);
    } else if (h->items != 0) {
        complain(r, "%d items of conflict for a problem that is not infeasible", h->items);
    }
    if (h->has_other)
        check_figures(in, e, h->other_x, h->other_y, h->other, 0, "verify of another x", r);
    if (h->a.status == RM_OK && h->items != 0)
        complain(r, "items of conflict after RM_OK");
}

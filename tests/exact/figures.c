/* Checks of what the handle says beside x: ranges, reduced costs, figures.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <math.h>

/* The header lets rounding lower a bound without saying by how much; this share
 * of the sum of the terms is the design's default accuracy. */
#define BOUND_SHARE 1e-9

static void check_end(const char *name, double said, int inf, mpq_srcptr end, double sign, report *r)
{
    if (inf) {
        if (said != sign * HUGE_VAL)
            complain(r, "%s = %.17g, must be infinite", name, said);
        return;
    }
    double ulps = q_ulps(said, end);
    if (ulps > 1)
        complain(r, "%s = %.17g (%a), exact %.17g (%a)", name, said, said, mpq_get_d(end), q_nearest(end));
    else if (ulps > counts.end_ulps)
        counts.end_ulps = ulps;
}

/* The definition depends on which variables are strictly between their bounds.
 * Where rounding put an x onto a bound (or off it) the question is another one
 * and no comparison is fair. */
static int same_positions(const instance *in, const exact *e, const double *x)
{
    int same = 1;
    mpq_t v;
    mpq_init(v);
    for (int i = 0; i < in->n && same; i++) {
        if (mpq_sgn(e->a[i]) == 0)
            continue;
        exact_x(e, i, v);
        int low = !isinf(in->l[i]) && mpq_equal(v, e->l[i]), high = !isinf(in->u[i]) && mpq_equal(v, e->u[i]);
        same = at_bound(in, x, i) == ((low ? 1 : 0) | (high ? 2 : 0));
    }
    mpq_clear(v);
    return same;
}

static void check_side(const char *name, double said, int inf, mpq_srcptr end, double sign, double scale, report *r)
{
    double value = q_nearest(end);
    if (inf || isinf(value)) {
        if (said != sign * HUGE_VAL)
            complain(r, "%s = %.17g, must be infinite", name, said);
        return;
    }
    mpq_t d;
    mpq_init(d);
    if (isfinite(said)) {
        mpq_set_d(d, said);
        mpq_sub(d, d, end);
    }
    /* As a row's sum: 4u (sum |a x| + |side|), there and at the answer. */
    double slack = 4 * UNIT * scale + 4 * UNIT * fabs(value);
    if (!isfinite(said) || (isfinite(slack) && q_cmp_abs_d(d, slack) > 0))
        complain(r, "%s = %.17g, exact %.17g", name, said, value);
    mpq_clear(d);
}

static void check_ranges_against(const instance *in, const exact *e, const full_answer *h, report *r)
{
    side_range range;
    check_end("dual_low", h->dual_low, e->set.low_inf, e->set.low, -1, r);
    check_end("dual_high", h->dual_high, e->set.high_inf, e->set.high, 1, r);
    if (!same_positions(in, e, h->a.x)) {
        counts.ranges_skipped++;
        return;
    }
    counts.ranges_checked++;
    mpq_inits(range.low, range.high, (mpq_ptr)NULL);
    /* Whether a row binds that is at price 0 and at its limit but for rounding is
     * not said: then either definition will do. */
    int either = e->tolerated && mpq_sgn(e->y) == 0;
    report first = *r;
    for (int binds = e->binding != 0; binds < 2; binds++) {
        report next = *r;
        range.low_scale = range.high_scale = 0;
        exact_side_range(e, binds, &range);
        check_side("side_low", h->side_low, range.low_inf, range.low, -1, range.low_scale, &next);
        check_side("side_high", h->side_high, range.high_inf, range.high, 1, range.high_scale, &next);
        if (next.count == r->count)
            break;
        if (binds == (e->binding != 0))
            first = next;
        if (binds == 1 || !either) {
            *r = first;
            break;
        }
    }
    mpq_clears(range.low, range.high, (mpq_ptr)NULL);
}

void check_ranges(const instance *in, const exact *e, const full_answer *h, report *r)
{
    report first = *r, second;
    if (!(h->dual_low <= h->a.y && h->a.y <= h->dual_high))
        complain(&first, "ranges: dual %.17g outside [%.17g, %.17g]", h->a.y, h->dual_low, h->dual_high);
    check_ranges_against(in, e, h, &first);
    if (first.count == r->count)
        return;
    const exact *other = at_its_own_sum(in, e, &h->a);
    report_clear(&second);
    if (other)
        check_ranges_against(in, other, h, &second);
    if (other && second.count == 0)
        counts.by_own_sum++;
    else
        *r = first;
}

/* 2 w (x - t) + p - a y, exactly, and the sum of its terms' magnitudes. */
static void reduced_cost(const instance *in, int i, double x, double y, mpq_ptr out, double *terms, double *parts)
{
    mpq_t v;
    mpq_init(v);
    mpq_set_d(out, x);
    mpq_set_d(v, in->t[i]);
    mpq_sub(out, out, v);
    mpq_set_d(v, in->w[i]);
    mpq_mul_2exp(v, v, 1);
    mpq_mul(out, out, v);
    double pull = fabs(mpq_get_d(out)), push = in->has_row ? fabs(in->a[i] * y) : 0;
    mpq_set_d(v, in->p[i]);
    mpq_add(out, out, v);
    if (in->has_row) {
        mpq_t w;
        mpq_init(w);
        mpq_set_d(v, in->a[i]);
        mpq_set_d(w, y);
        mpq_mul(v, v, w);
        mpq_sub(out, out, v);
        mpq_clear(w);
    }
    *terms = pull + fabs(in->p[i]) + push;
    *parts = 2 * in->w[i] * (fabs(x) + fabs(in->t[i])) + fabs(in->p[i]) + push;
    mpq_clear(v);
}

/* A value within 4u of the sum of its terms, for the price may be kept with
 * more digits inside than it is reported with; the sign and the zeros exactly
 * as the header says. */
void check_reduced(const instance *in, const full_answer *h, report *r)
{
    mpq_t d, v;
    mpq_inits(d, v, (mpq_ptr)NULL);
    for (int i = 0; i < in->n; i++) {
        int at = at_bound(in, h->a.x, i);
        double said = h->reduced[i], terms, parts;
        if (!isfinite(said) || (at == 0 && said != 0) || (at == 1 && said < 0) || (at == 2 && said > 0)) {
            complain(r, "reduced cost %d = %.17g with x %s", i, said,
                     at == 0 ? "between its bounds" : at == 1 ? "at its lower bound" : "at its upper bound");
            break;
        }
        if (at == 0)
            continue;
        reduced_cost(in, i, h->a.x[i], h->a.y, d, &terms, &parts);
        if (at == 1 && mpq_sgn(d) < 0)
            mpq_set_ui(d, 0, 1);
        if (at == 2 && mpq_sgn(d) > 0)
            mpq_set_ui(d, 0, 1);
        mpq_set_d(v, said);
        mpq_sub(v, v, d);
        if (q_cmp_abs_d(v, 4 * UNIT * terms) > 0) {
            complain(r, "reduced cost %d = %.17g, exact %.17g", i, said, mpq_get_d(d));
            break;
        }
    }
    mpq_clears(d, v, (mpq_ptr)NULL);
}

/* |said - exact| <= slack, or both infinite. */
static void near(const char *which, const char *name, double said, mpq_srcptr exactly, double slack, report *r)
{
    double value = q_nearest(exactly);
    if (isinf(value)) {
        if (!(isinf(said) && (said > 0) == (mpq_sgn(exactly) > 0)))
            complain(r, "%s: %s = %.17g, must be infinite", which, name, said);
        return;
    }
    mpq_t d;
    mpq_init(d);
    if (isfinite(said)) {
        mpq_set_d(d, said);
        mpq_sub(d, d, exactly);
    }
    if (!isfinite(said) || (isfinite(slack) && q_cmp_abs_d(d, slack) > 0))
        complain(r, "%s: %s = %.17g, exact %.17g, slack %.3g", which, name, said, value, slack);
    mpq_clear(d);
}

/* Sum of the magnitudes of the terms of the cost at x and of the dual function
 * at y: a scale for tolerances, in doubles. */
static double magnitude(const instance *in, const double *x, double y)
{
    double s = fabs(in->constant);
    if (in->has_row && y != 0 && isfinite(y > 0 ? in->low : in->high))
        s += fabs(y * (y > 0 ? in->low : in->high));
    for (int i = 0; i < in->n; i++) {
        double d = x[i] - in->t[i], pull = fabs(in->p[i]) + (in->has_row ? fabs(in->a[i] * y) : 0);
        double low = fabs(in->l[i]), high = fabs(in->u[i]);
        double far = in->w[i] > 0 ? fabs(in->t[i]) + pull / (2 * in->w[i]) : HUGE_VAL;
        far = fmin(far, fmax(low, high)); /* the response is no further than this */
        if (isinf(far))
            far = fmin(low, high);
        if (isinf(far))
            far = 0;
        s += in->w[i] * d * d + pull * (fabs(x[i]) + far);
    }
    return s;
}

static void check_bound(const exact *e, double y, double bound, double scale, const char *which, report *r)
{
    mpq_t price, g, v;
    mpq_inits(price, g, v, (mpq_ptr)NULL);
    mpq_set_d(price, y);
    int finite = exact_dual(e, price, 1, g);
    if (isnan(bound) || bound == HUGE_VAL)
        complain(r, "%s: bound = %g", which, bound);
    else if (bound != -HUGE_VAL) {
        mpq_set_d(v, bound);
        if (e->status == RM_UNBOUNDED)
            complain(r, "%s: bound = %.17g of an unbounded problem", which, bound);
        if (e->status == RM_OK && !e->tolerated && mpq_cmp(v, e->objective) > 0)
            complain(r, "%s: bound %a above the optimum %.17g", which, bound, mpq_get_d(e->objective));
        mpq_sub(v, v, g);
        if (finite && mpq_sgn(v) < 0) {
            double all = scale + fabs(mpq_get_d(g)) + 0x1p-1000, loss = -mpq_get_d(v) / all;
            if (loss > BOUND_SHARE)
                complain(r, "%s: bound %.17g, the price proves %.17g", which, bound, mpq_get_d(g));
            else if (loss > counts.bound_loss)
                counts.bound_loss = loss;
        }
    } else if (finite && fabs(mpq_get_d(g)) < 0x1p1000 && scale < 0x1p1000)
        complain(r, "%s: bound minus infinity, the price proves %.17g", which, mpq_get_d(g));
    mpq_clears(price, g, v, (mpq_ptr)NULL);
}

/* Row figures: the sum is exact, so the distance is its rounding. */
static void check_row_figures(const instance *in, const double *x, double said, double relative, const char *which,
                              report *r)
{
    mpq_t sum, v, all, side;
    mpq_inits(sum, v, all, side, (mpq_ptr)NULL);
    for (int i = 0; i < in->n && in->has_row; i++) {
        mpq_set_d(v, in->a[i]);
        mpq_set_d(side, x[i]);
        mpq_mul(v, v, side);
        mpq_add(sum, sum, v);
        mpq_abs(v, v);
        mpq_add(all, all, v);
    }
    mpq_set_ui(v, 0, 1);
    double missed = 0;
    for (int end = 0; end < 2 && in->has_row; end++) {
        double s = end ? in->high : in->low;
        if (isinf(s))
            continue;
        mpq_set_d(side, s);
        int c = mpq_cmp(sum, side);
        if (end ? c > 0 : c < 0) {
            mpq_sub(v, sum, side);
            mpq_abs(v, v);
            missed = s;
        }
    }
    near(which, "row residual", said, v, 2 * UNIT * mpq_get_d(v) + 0x1p-1074, r);
    if (isinf(q_nearest(all))) /* the divisor overflows */
        goto done;
    if (mpq_sgn(v) != 0) {
        mpq_set_d(side, fabs(missed));
        mpq_add(all, all, side);
        mpq_div(v, v, all);
    }
    /* Its divisor may be summed in doubles. */
    near(which, "relative row residual", relative, v, (8 + in->n) * UNIT * mpq_get_d(v) + 0x1p-1074, r);
done:
    mpq_clears(sum, v, all, side, (mpq_ptr)NULL);
}

/* "The sum of the magnitudes of its terms" may take 2w (x - t) as one term or as two; both are allowed. */
static void check_dual_figure(const instance *in, const double *x, double y, double said, const char *which, report *r)
{
    double least = 0, most = 0;
    mpq_t d;
    mpq_init(d);
    for (int i = 0; i < in->n; i++) {
        double terms, parts;
        int at = at_bound(in, x, i);
        reduced_cost(in, i, x[i], y, d, &terms, &parts);
        double v = mpq_get_d(d), miss = at == 3 ? 0 : at == 1 ? fmax(0, -v) : at == 2 ? fmax(0, v) : fabs(v);
        if (miss > 0) {
            least = fmax(least, miss / parts);
            most = fmax(most, miss / terms);
        }
    }
    if (!(said >= least - 8 * UNIT && said <= most + 8 * UNIT))
        complain(r, "%s: dual residual %.6g, exact between %.6g and %.6g", which, said, least, most);
    mpq_clear(d);
}

void check_figures(const instance *in, const exact *e, const double *x, double y, const double *value, int is_answer,
                   const char *which, report *r)
{
    mpq_t f, g, price;
    double scale = magnitude(in, x, y);
    mpq_inits(f, g, price, (mpq_ptr)NULL);
    exact_cost(e, x, f);
    near(which, "objective", value[RM_INFO_OBJECTIVE - 1], f, 4 * UNIT * scale + 0x1p-1074, r);
    double bound = value[RM_INFO_BOUND - 1], gap = value[RM_INFO_GAP - 1];
    check_bound(e, y, bound, scale, which, r);
    if (!(gap >= 0))
        complain(r, "%s: gap %g is below zero", which, gap);
    if ((bound == -HUGE_VAL) != (gap == HUGE_VAL) && scale < 0x1p1000)
        complain(r, "%s: bound %g and gap %g", which, bound, gap);
    mpq_set_d(price, y);
    if (is_answer && isfinite(gap) && exact_dual(e, price, 1, g)) {
        mpq_sub(g, f, g);
        /* Below zero only where the row is missed by rounding, and then reported as zero. */
        if (mpq_sgn(g) < 0)
            mpq_set_ui(g, 0, 1);
        near(which, "gap", gap, g, 64 * UNIT * (scale + fabs(mpq_get_d(f))), r);
    }
    check_row_figures(in, x, value[RM_INFO_ROW_RESIDUAL - 1], value[RM_INFO_ROW_RESIDUAL_RELATIVE - 1], which, r);
    if (value[RM_INFO_BOUND_RESIDUAL - 1] != 0)
        complain(r, "%s: bound residual %g of an x within its bounds", which, value[RM_INFO_BOUND_RESIDUAL - 1]);
    /* What a price means whose side is not there is left open. */
    int odd_sign = in->has_row && ((y > 0 && isinf(in->low)) || (y < 0 && isinf(in->high)));
    if (scale < 0x1p1000 && !odd_sign)
        check_dual_figure(in, x, y, value[RM_INFO_DUAL_RESIDUAL - 1], which, r);
    mpq_clears(f, g, price, (mpq_ptr)NULL);
}

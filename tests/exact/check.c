/* Is an answer right?  Status, bounds, row, stationarity, price, ties, cost.
 *
 * SPDX-License-Identifier: MIT
 *
 * Tolerances (README.md says why):
 *   bounds         none
 *   row            the header's: 4u sum |a x| over the free variables of the
 *                  row; none free: 4u (sum |a x| + |side|)
 *   stationarity   x within X_ULPS of the exact response at some price within
 *                  PRICE_ULPS of the library's; where that response is a bound,
 *                  the bound itself
 *   price          within END_ULPS of the exact end nearest zero; or, only where
 *                  the exact price is unique, an exact price of a total that
 *                  differs by no more than the row's tolerance
 *   ties           |a (x - exact x)| within the row's tolerance, 4u sum |a x|
 *                  over the tied, and what the others are off by
 *   cost           what the two lines above can cost, by weak duality
 */
#include "exact.h"

#include <math.h>

#define X_ULPS 1.0
#define PRICE_ULPS 4.0
#define END_ULPS 2.0

tally counts;

static mpq_t q[12];

static void ready(void)
{
    static int done;
    for (int i = 0; !done && i < 12; i++)
        mpq_init(q[i]);
    done = 1;
}

int at_bound(const instance *in, const double *x, int i)
{
    return (x[i] == in->l[i] ? 1 : 0) | (x[i] == in->u[i] ? 2 : 0);
}

static void check_where(const instance *in, const answer *a, report *r)
{
    if (a->where == -2)
        return;
    if (a->status != RM_UNBOUNDED) {
        if (a->where != -1)
            complain(r, "where is %lld, must be -1", (long long)a->where);
        return;
    }
    if (a->where < 0 || a->where >= in->n) {
        complain(r, "unbounded: where is %lld, must be a device", (long long)a->where);
        return;
    }
    int i = (int)a->where;
    if (in->w[i] > 0 || (!isinf(in->l[i]) && !isinf(in->u[i])))
        complain(r, "unbounded: device %d cannot run away", i);
}

static int check_bounds(const instance *in, const answer *a, report *r)
{
    for (int i = 0; i < in->n; i++)
        if (!isfinite(a->x[i]) || a->x[i] < in->l[i] || a->x[i] > in->u[i]) {
            complain(r, "bounds: x[%d] = %a outside [%a, %a]", i, a->x[i], in->l[i], in->u[i]);
            return 0;
        }
    return 1;
}

/* The row's sum and the tolerance that the header gives for it. */
static void row_sum(const instance *in, const exact *e, const answer *a, mpq_ptr sum, mpq_ptr allowed)
{
    mpq_ptr term = q[0], all = q[1], free_scale = q[2];
    int any_free = 0;
    mpq_set_ui(sum, 0, 1);
    mpq_set_ui(all, 0, 1);
    mpq_set_ui(free_scale, 0, 1);
    for (int i = 0; i < in->n; i++) {
        if (mpq_sgn(e->a[i]) == 0)
            continue;
        mpq_set_d(term, a->x[i]);
        mpq_mul(term, term, e->a[i]);
        mpq_add(sum, sum, term);
        mpq_abs(term, term);
        mpq_add(all, all, term);
        if (at_bound(in, a->x, i) == 0) {
            any_free = 1;
            mpq_add(free_scale, free_scale, term);
        }
    }
    if (any_free) {
        mpq_set(allowed, free_scale);
    } else {
        double low = isinf(in->low) ? 0.0 : fabs(in->low), high = isinf(in->high) ? 0.0 : fabs(in->high);
        int use_high = a->y < 0 || (a->y == 0 && (isinf(in->low) || (!isinf(in->high) && high > low)));
        mpq_set_d(term, use_high ? high : low);
        mpq_add(allowed, all, term);
    }
    mpq_div_2exp(allowed, allowed, 50);
}

/* How far a sum is from the side that the price says binds. */
static void distance(const instance *in, const exact *e, double y, mpq_srcptr sum, mpq_ptr out)
{
    mpq_ptr side = q[3];
    int sign = is_equality(in) ? 1 : y > 0 ? 1 : y < 0 ? -1 : 0;
    mpq_set_ui(out, 0, 1);
    if (sign > 0 ? !isinf(in->low) : sign == 0 && !isinf(in->low)) {
        mpq_set_d(side, in->low);
        if (sign > 0 || mpq_cmp(sum, side) < 0)
            mpq_sub(out, sum, side);
    }
    if (sign < 0 ? !isinf(in->high) : sign == 0 && !isinf(in->high)) {
        mpq_set_d(side, in->high);
        if (sign < 0 || mpq_cmp(sum, side) > 0)
            mpq_sub(out, sum, side);
    }
    mpq_abs(out, out);
    (void)e;
}

static void check_row(const instance *in, const exact *e, const answer *a, mpq_srcptr sum, mpq_srcptr allowed,
                      report *r)
{
    mpq_ptr miss = q[4];
    distance(in, e, a->y, sum, miss);
    if (mpq_cmp(miss, allowed) > 0)
        complain(r, "row: sum %.17g misses by %.3g, allowed %.3g", mpq_get_d(sum), mpq_get_d(miss),
                 mpq_get_d(allowed));
    if ((a->y > 0 && isinf(in->low)) || (a->y < 0 && isinf(in->high)))
        complain(r, "price %.17g has the sign of a side that is not there", a->y);
}

/* The response over [y - PRICE_ULPS, y + PRICE_ULPS] as an interval in x. */
static void response_band(const exact *e, int i, mpq_srcptr y_less, mpq_srcptr y_more, mpq_ptr low, int *low_inf,
                          mpq_ptr high, int *high_inf)
{
    int up = mpq_sgn(e->a[i]) >= 0;
    *low_inf = exact_response(e, i, up ? y_less : y_more, -1, low);
    *high_inf = exact_response(e, i, up ? y_more : y_less, 1, high);
}

static void check_stationary(const instance *in, const exact *e, const answer *a, report *r)
{
    mpq_ptr less = q[5], more = q[6], low = q[7], high = q[8], v = q[9], slack = q[10];
    double step = PRICE_ULPS * ulp_of(a->y);
    mpq_set_d(v, step);
    mpq_set_d(less, a->y);
    mpq_add(more, less, v);
    mpq_sub(less, less, v);
    for (int i = 0; i < in->n; i++) {
        int low_inf, high_inf;
        response_band(e, i, less, more, low, &low_inf, high, &high_inf);
        double x = a->x[i], unit = ulp_of(x);
        mpq_set_d(v, x);
        mpq_set_d(slack, X_ULPS * unit);
        int bad = low_inf > 0 || high_inf < 0;
        if (!bad && low_inf == 0 && mpq_cmp(v, low) < 0) {
            int forced = !isinf(in->u[i]) && mpq_equal(low, e->u[i]);
            mpq_sub(low, low, v);
            double ulps = mpq_get_d(low) / unit;
            bad = forced || mpq_cmp(low, slack) > 0;
            if (!bad && ulps > counts.x_ulps)
                counts.x_ulps = ulps;
        }
        if (!bad && high_inf == 0 && mpq_cmp(v, high) > 0) {
            int forced = !isinf(in->l[i]) && mpq_equal(high, e->l[i]);
            mpq_sub(high, v, high);
            double ulps = mpq_get_d(high) / unit;
            bad = forced || mpq_cmp(high, slack) > 0;
            if (!bad && ulps > counts.x_ulps)
                counts.x_ulps = ulps;
        }
        if (bad) {
            response_band(e, i, less, more, low, &low_inf, high, &high_inf);
            complain(r, "stationarity: x[%d] = %.17g, response to price %.17g is [%.17g, %.17g]", i, x, a->y,
                     low_inf ? low_inf * HUGE_VAL : mpq_get_d(low), high_inf ? high_inf * HUGE_VAL : mpq_get_d(high));
            return;
        }
    }
}

/* Does the price give, within PRICE_ULPS, a total that differs from the row's by no more than `allowed`? */
static int explained_by_total(const instance *in, const exact *e, const answer *a, mpq_srcptr allowed)
{
    mpq_ptr price = q[5], sum = q[6], step = q[7];
    int sign = is_equality(in) ? 1 : a->y > 0 ? 1 : a->y < 0 ? -1 : 0, inf;
    mpq_set_d(step, PRICE_ULPS * ulp_of(a->y));
    if (sign < 0 ? !isinf(in->high) : sign > 0 || !isinf(in->high)) { /* not too much */
        mpq_set_d(price, a->y);
        mpq_sub(price, price, step);
        inf = exact_sum(e, price, -1, sum);
        mpq_sub(sum, sum, sign > 0 ? e->low : e->high);
        if (inf > 0 || (inf == 0 && mpq_cmp(sum, allowed) > 0))
            return 0;
    }
    if (sign > 0 ? !isinf(in->low) : sign < 0 || !isinf(in->low)) { /* not too little */
        mpq_set_d(price, a->y);
        mpq_add(price, price, step);
        inf = exact_sum(e, price, 1, sum);
        mpq_sub(sum, sign < 0 ? e->high : e->low, sum);
        if (inf < 0 || (inf == 0 && mpq_cmp(sum, allowed) > 0))
            return 0;
    }
    return 1;
}

/* 1 when the price is the end nearest zero, 2 when only explained by the total, 0 when wrong. */
static int check_price(const instance *in, const exact *e, const answer *a, mpq_srcptr allowed, report *r)
{
    const price_set *s = &e->set;
    double ulps = q_ulps(a->y, e->y);
    if (ulps <= END_ULPS) {
        if (ulps > counts.price_ulps)
            counts.price_ulps = ulps;
        return 1;
    }
    if (!s->low_inf && !s->high_inf) {
        /* Two ends of nearly the same size: rounding may not tell which is nearer to zero. */
        mpq_add(q[5], s->low, s->high);
        if (q_cmp_abs_d(q[5], 4 * UNIT * fabs(a->y)) <= 0 &&
            (q_ulps(a->y, s->low) <= END_ULPS || q_ulps(a->y, s->high) <= END_ULPS) && mpq_sgn(q[5]) != 0)
            return 1;
        if (mpq_equal(s->low, s->high) && explained_by_total(in, e, a, allowed)) {
            counts.price_by_total++;
            return 2;
        }
    }
    complain(r, "price %.17g (%a), exact set [%.17g, %.17g], wanted %.17g (%a)", a->y, a->y,
             s->low_inf ? -HUGE_VAL : mpq_get_d(s->low), s->high_inf ? HUGE_VAL : mpq_get_d(s->high),
             mpq_get_d(e->y), q_nearest(e->y));
    return 0;
}

/* Then doubles cannot say which are tied, and only the cost is checked. */
int near_tie(const exact *e, int i)
{
    ready();
    if (mpq_sgn(e->w[i]) != 0 || mpq_sgn(e->a[i]) == 0 || e->tied[i])
        return 0;
    mpq_sub(q[5], e->break_l[i], e->y);
    return q_cmp_abs_d(q[5], PRICE_ULPS * ulp_of(q_nearest(e->y))) <= 0;
}

/* What a tied variable's share may be off by, in the row's units: the tied ones
 * take up what the others were off by, and pass the rounding of their own sum on
 * to the next. */
static void tie_slack(const instance *in, const exact *e, const answer *a, mpq_ptr slack)
{
    mpq_ptr v = q[5], x = q[7], own = q[8];
    mpq_set_ui(slack, 0, 1);
    mpq_set_ui(own, 0, 1);
    for (int i = 0; i < in->n; i++) {
        if (mpq_sgn(e->a[i]) == 0)
            continue;
        mpq_set_d(v, a->x[i]);
        if (e->tied[i]) {
            mpq_mul(v, v, e->a[i]);
            mpq_abs(v, v);
            mpq_add(own, own, v);
        } else {
            exact_x(e, i, x);
            mpq_sub(v, v, x);
            mpq_mul(v, v, e->a[i]);
            mpq_abs(v, v);
            mpq_add(slack, slack, v);
        }
    }
    mpq_div_2exp(own, own, 50);
    mpq_add(slack, slack, own);
}

static void check_ties(const instance *in, const exact *e, const answer *a, mpq_srcptr allowed, report *r)
{
    mpq_ptr v = q[5], slack = q[6];
    int ties = 0;
    for (int i = 0; i < in->n; i++) {
        ties += e->tied[i];
        if (near_tie(e, i)) {
            counts.near_ties++;
            return;
        }
    }
    if (ties == 0)
        return;
    tie_slack(in, e, a, slack);
    mpq_add(slack, slack, allowed);
    for (int i = 0; i < in->n; i++) {
        if (!e->tied[i])
            continue;
        mpq_set_d(v, a->x[i]);
        mpq_sub(v, v, e->tied_x[i]);
        if (mpq_sgn(e->a[i]) == 0) {
            if (mpq_sgn(v) != 0)
                complain(r, "tie: x[%d] = %.17g has no part in the row and must stay at %.17g", i, a->x[i],
                         mpq_get_d(e->tied_x[i]));
            continue;
        }
        mpq_mul(v, v, e->a[i]);
        mpq_abs(v, v);
        if (mpq_cmp(v, slack) > 0) {
            complain(r, "tie: x[%d] = %.17g, by the rule %.17g", i, a->x[i], mpq_get_d(e->tied_x[i]));
            return;
        }
    }
}

/* cost(x) - optimum - y (sum - side) is a sum of terms that are never negative
 * (Fenchel-Young).  With x within an ulp of the response to a price that is off
 * by d, each is at most 4 w (|a| d / 2w + 2 ulp)^2, or |a| d |x - exact x| for a
 * linear cost. */
static void check_cost(const instance *in, const exact *e, const answer *a, mpq_srcptr sum, report *r)
{
    mpq_ptr v = q[5], over = q[6], d = q[7], allowed = q[8];
    mpq_set_d(d, a->y);
    mpq_sub(d, d, e->y);
    mpq_abs(d, d);
    mpq_set_d(v, PRICE_ULPS * ulp_of(a->y));
    mpq_add(d, d, v);
    mpq_set_d(d, mpq_get_d(d) * (1 + 0x1p-40)); /* few digits suffice from here on */
    mpq_set_ui(allowed, 0, 1);
    for (int i = 0; i < in->n; i++) {
        mpq_abs(v, e->a[i]);
        mpq_mul(v, v, d);
        if (mpq_sgn(e->w[i]) > 0) {
            mpq_div(v, v, e->w2[i]);
            mpq_set_d(over, 2 * ulp_of(a->x[i]));
            mpq_add(v, v, over);
            mpq_mul(v, v, v);
            mpq_mul(v, v, e->w2[i]);
            mpq_mul_2exp(v, v, 1);
            /* Only a bound on the bound is needed; keep its digits few. */
            double few = mpq_get_d(v);
            if (few > 0x1p-900)
                mpq_set_d(v, few * (1 + 0x1p-40));
        } else {
            exact_x(e, i, over);
            mpq_set_d(q[9], a->x[i]);
            mpq_sub(over, over, q[9]);
            mpq_abs(over, over);
            mpq_mul(v, v, over);
        }
        mpq_add(allowed, allowed, v);
    }
    exact_cost(e, a->x, over);
    mpq_sub(over, over, e->objective);
    if (e->has_row) {
        mpq_sub(v, sum, e->total);
        mpq_mul(v, v, e->y);
        mpq_sub(over, over, v);
    }
    if (mpq_cmp(over, allowed) > 0)
        complain(r, "cost: %.3g above the optimum, rounding explains %.3g", mpq_get_d(over), mpq_get_d(allowed));
    if (mpq_sgn(over) < 0)
        complain(r, "witness: cost below the optimum by %.3g", -mpq_get_d(over));
}

static void count_rounding(const instance *in, const exact *e, const answer *a)
{
    if (in->n > 48)
        return; /* many digits: too slow for a mere figure */
    for (int i = 0; i < in->n; i++) {
        exact_x(e, i, q[5]);
        counts.rounded_all++;
        counts.rounded_right += a->x[i] == q_nearest(q[5]);
    }
}

static void check_against(const instance *in, const exact *e, const answer *a, report *r)
{
    mpq_ptr sum = q[10], allowed = q[11];
    check_stationary(in, e, a, r);
    row_sum(in, e, a, sum, allowed);
    int good = 1;
    if (in->has_row) {
        check_row(in, e, a, sum, allowed, r);
        good = check_price(in, e, a, allowed, r);
    }
    if (good == 1) /* at another price others tie */
        check_ties(in, e, a, allowed, r);
    if (good != 0)
        check_cost(in, e, a, sum, r);
}

/* "A total that is missed by no more than that counts as met": where no variable
 * of the row is free, the answer may be the exact one for the sum of its x
 * instead, with that sum's prices and ranges.  The row's rule is kept. */
const exact *at_its_own_sum(const instance *in, const exact *e, const answer *a)
{
    static exact moved;
    static int made;
    mpq_ptr sum = q[10], allowed = q[11], miss = q[4];
    ready();
    if (!made)
        exact_init(&moved);
    made = 1;
    if (!in->has_row || e->status != RM_OK || a->status != RM_OK)
        return NULL;
    for (int i = 0; i < in->n; i++)
        if (mpq_sgn(e->a[i]) != 0 && (!isfinite(a->x[i]) || at_bound(in, a->x, i) == 0))
            return NULL;
    row_sum(in, e, a, sum, allowed);
    int near_side = 0;
    for (int end = 0; end < 2; end++) {
        double side = end ? in->high : in->low;
        if (isinf(side))
            continue;
        mpq_set_d(miss, side);
        mpq_sub(miss, miss, sum);
        mpq_abs(miss, miss);
        near_side = near_side || mpq_cmp(miss, allowed) <= 0;
    }
    if (!near_side)
        return NULL;
    exact_solve_at(&moved, in, sum);
    return moved.status == RM_OK ? &moved : NULL;
}

void check_answer(const instance *in, const exact *e, const answer *a, report *r)
{
    ready();
    if (a->status != e->status) {
        complain(r, "status %d, exact %d (shortfall %.6g, allowance %.6g)", a->status, e->status,
                 mpq_get_d(e->shortfall), mpq_get_d(e->allowance));
        return;
    }
    check_where(in, a, r);
    if (a->status != RM_OK)
        return;
    if (!isfinite(a->y)) {
        complain(r, "price %g", a->y);
        return;
    }
    if (!check_bounds(in, a, r))
        return;
    report first = *r, second;
    check_against(in, e, a, &first);
    if (first.count > r->count) {
        const exact *other = at_its_own_sum(in, e, a);
        report_clear(&second);
        if (other)
            check_against(in, other, a, &second);
        if (other && second.count == 0)
            counts.by_own_sum++;
        else
            *r = first;
    }
    count_rounding(in, e, a);
}

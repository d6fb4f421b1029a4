/* The exact one-row solver.
 *
 * SPDX-License-Identifier: MIT
 *
 *     minimise c0 + sum w (x - t)^2 + p x   subject to   L <= sum a x <= U,  l <= x <= u
 *
 * Method: the sum of the responses is a non-decreasing, piecewise linear map
 * h(y) of the price with jumps where linear costs tie.  Its breakpoints are
 * sorted as rationals, the place where h meets the side is found by bisection,
 * and the price follows from one linear equation.  No floating point number
 * decides anything.  exact_self_check proves the result by weak duality, which
 * uses none of this.
 */
#include "exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Scratch rationals, one name for each use, so that no call treads on another. */
enum { T_RESPONSE, T_SUM, T_SUM2, T_CMP, T_SET, T_SET2, T_SET3, T_X, T_X2, T_SOLVE, T_SOLVE2, T_COUNT };
static mpq_t scratch[T_COUNT];

static void scratch_init(void)
{
    static int ready;
    for (int i = 0; !ready && i < T_COUNT; i++)
        mpq_init(scratch[i]);
    ready = 1;
}

static mpq_ptr tmp(int which)
{
    return scratch[which];
}

/* ---- memory ---- */

static mpq_t *more(mpq_t *old, int had, int n)
{
    mpq_t *q = realloc(old, (size_t)n * sizeof *q);
    if (q == NULL)
        abort();
    for (int i = had; i < n; i++)
        mpq_init(q[i]);
    return q;
}

static void drop(mpq_t *q, int n)
{
    for (int i = 0; i < n; i++)
        mpq_clear(q[i]);
    free(q);
}

void exact_init(exact *e)
{
    scratch_init();
    memset(e, 0, sizeof *e);
    mpq_ptr all[] = {e->low, e->high, e->set.low, e->set.high, e->y, e->total, e->objective, e->shortfall,
                     e->allowance, e->least, e->most};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        mpq_init(all[i]);
}

void exact_free(exact *e)
{
    mpq_t *arrays[] = {e->w, e->w2, e->t, e->p, e->a, e->l, e->u, e->break_l, e->break_u, e->tied_x};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
        drop(arrays[i], e->room);
    free(e->sorted);
    free(e->tied);
    mpq_ptr all[] = {e->low, e->high, e->set.low, e->set.high, e->y, e->total, e->objective, e->shortfall,
                     e->allowance, e->least, e->most};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        mpq_clear(all[i]);
}

static void make_room(exact *e, int n)
{
    if (n <= e->room)
        return;
    n = n < 16 ? 16 : n;
    mpq_t **arrays[] = {&e->w, &e->w2, &e->t, &e->p, &e->a, &e->l, &e->u, &e->break_l, &e->break_u, &e->tied_x};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++)
        *arrays[i] = more(*arrays[i], e->room, n);
    e->sorted = realloc(e->sorted, 2 * (size_t)n * sizeof *e->sorted);
    e->tied = realloc(e->tied, (size_t)n);
    if (e->sorted == NULL || e->tied == NULL)
        abort();
    e->room = n;
}

/* ---- responses and their sum ---- */

static int no_lower(const exact *e, int i)
{
    return isinf(e->in->l[i]);
}

static int no_upper(const exact *e, int i)
{
    return isinf(e->in->u[i]);
}

int exact_response(const exact *e, int i, mpq_srcptr price, int side, mpq_ptr out)
{
    mpq_mul(tmp(T_RESPONSE), e->a[i], price);
    if (mpq_sgn(e->w[i]) > 0) {
        mpq_sub(tmp(T_RESPONSE), tmp(T_RESPONSE), e->p[i]);
        mpq_div(tmp(T_RESPONSE), tmp(T_RESPONSE), e->w2[i]);
        mpq_add(out, tmp(T_RESPONSE), e->t[i]);
        if (!no_lower(e, i) && mpq_cmp(out, e->l[i]) < 0)
            mpq_set(out, e->l[i]);
        if (!no_upper(e, i) && mpq_cmp(out, e->u[i]) > 0)
            mpq_set(out, e->u[i]);
        return 0;
    }
    int c = mpq_cmp(tmp(T_RESPONSE), e->p[i]);
    if (c > 0 || (c == 0 && side > 0)) {
        if (no_upper(e, i))
            return 1;
        mpq_set(out, e->u[i]);
    } else {
        if (no_lower(e, i))
            return -1;
        mpq_set(out, e->l[i]);
    }
    return 0;
}

int exact_sum(const exact *e, mpq_srcptr price, int side, mpq_ptr out)
{
    mpq_set_ui(tmp(T_SUM), 0, 1);
    for (int i = 0; i < e->n; i++) {
        int sign = mpq_sgn(e->a[i]);
        if (sign == 0)
            continue;
        int inf = exact_response(e, i, price, side * sign, tmp(T_SUM2));
        if (inf)
            return inf * sign;
        mpq_mul(tmp(T_SUM2), tmp(T_SUM2), e->a[i]);
        mpq_add(tmp(T_SUM), tmp(T_SUM), tmp(T_SUM2));
    }
    mpq_set(out, tmp(T_SUM));
    return 0;
}

/* Sign of (end of h(price)) - total.  For many variables the sum is first
 * enclosed in fixed point, each term rounded down by less than one unit of
 * 2^-BITS; only where that does not decide is it summed as a rational. */
static int compare_sum(const exact *e, mpq_srcptr price, int side, mpq_srcptr total)
{
    enum { BITS = 640, FEW = 48 };
    if (e->n > FEW) {
        mpz_t sum, term;
        int inf = 0;
        mpz_inits(sum, term, (mpz_ptr)NULL);
        mpz_mul_2exp(term, mpq_numref(total), BITS);
        mpz_fdiv_q(sum, term, mpq_denref(total));
        mpz_neg(sum, sum); /* within (-1, 0] of minus the total, so the error lies in (-1, n) units */
        for (int i = 0; i < e->n && !inf; i++) {
            int sign = mpq_sgn(e->a[i]);
            if (sign == 0)
                continue;
            inf = sign * exact_response(e, i, price, side * sign, tmp(T_CMP));
            if (inf)
                break;
            mpz_mul(term, mpq_numref(tmp(T_CMP)), mpq_numref(e->a[i]));
            mpz_mul_2exp(term, term, BITS);
            mpz_fdiv_q(term, term, mpq_denref(tmp(T_CMP)));
            mpz_fdiv_q(term, term, mpq_denref(e->a[i])); /* floor of a floor: the same as one floor */
            mpz_add(sum, sum, term);
        }
        int decided = inf ? inf : mpz_cmp_si(sum, 1) > 0 ? 1 : mpz_cmp_si(sum, -(long)e->n) < 0 ? -1 : 0;
        mpz_clears(sum, term, (mpz_ptr)NULL);
        if (decided)
            return decided;
    }
    int inf = exact_sum(e, price, side, tmp(T_CMP));
    return inf ? inf : mpq_cmp(tmp(T_CMP), total);
}

static int by_value(const void *a, const void *b)
{
    const mpq_srcptr x = *(const mpq_srcptr *)a, y = *(const mpq_srcptr *)b;
    return mpq_cmp(x, y);
}

/* Price at which the response is at x = v: (p + 2w (v - t)) / a. */
static void price_at(exact *e, int i, mpq_srcptr v, mpq_ptr out)
{
    mpq_sub(out, v, e->t[i]);
    mpq_mul(out, out, e->w2[i]);
    mpq_add(out, out, e->p[i]);
    mpq_div(out, out, e->a[i]);
}

static void make_breaks(exact *e)
{
    int m = 0;
    for (int i = 0; i < e->n; i++) {
        if (mpq_sgn(e->a[i]) == 0)
            continue;
        if (mpq_sgn(e->w[i]) == 0) {
            mpq_div(e->break_l[i], e->p[i], e->a[i]);
            mpq_set(e->break_u[i], e->break_l[i]);
            e->sorted[m++] = e->break_l[i];
            continue;
        }
        if (!no_lower(e, i)) {
            price_at(e, i, e->l[i], e->break_l[i]);
            e->sorted[m++] = e->break_l[i];
        }
        if (!no_upper(e, i)) {
            price_at(e, i, e->u[i], e->break_u[i]);
            e->sorted[m++] = e->break_u[i];
        }
    }
    if (m > 1)
        qsort(e->sorted, (size_t)m, sizeof *e->sorted, by_value);
    int kept = 0;
    for (int k = 0; k < m; k++)
        if (kept == 0 || !mpq_equal(e->sorted[kept - 1], e->sorted[k]))
            e->sorted[kept++] = e->sorted[k];
    e->breaks = kept;
}

/* h(y) = constant + slope y on the open segment that holds `inside`. */
static void segment(const exact *e, mpq_srcptr inside, mpq_ptr constant, mpq_ptr slope)
{
    mpq_set_ui(constant, 0, 1);
    mpq_set_ui(slope, 0, 1);
    for (int i = 0; i < e->n; i++) {
        if (mpq_sgn(e->a[i]) == 0)
            continue;
        if (exact_response(e, i, inside, -1, tmp(T_X)))
            continue; /* outside the dual's domain: such a segment is never asked for */
        int fixed = mpq_sgn(e->w[i]) == 0 || (!no_lower(e, i) && mpq_equal(tmp(T_X), e->l[i])) ||
                    (!no_upper(e, i) && mpq_equal(tmp(T_X), e->u[i]));
        if (fixed) {
            mpq_mul(tmp(T_X2), tmp(T_X), e->a[i]);
            mpq_add(constant, constant, tmp(T_X2));
            continue;
        }
        mpq_div(tmp(T_X), e->p[i], e->w2[i]);
        mpq_sub(tmp(T_X), e->t[i], tmp(T_X));
        mpq_mul(tmp(T_X), tmp(T_X), e->a[i]);
        mpq_add(constant, constant, tmp(T_X));
        mpq_mul(tmp(T_X), e->a[i], e->a[i]);
        mpq_div(tmp(T_X), tmp(T_X), e->w2[i]);
        mpq_add(slope, slope, tmp(T_X));
    }
}

/* Every price y with total in h(y).  The total must be reachable and the dual's
 * domain not empty. */
static void set_for_total(const exact *e, mpq_srcptr total, price_set *s)
{
    int m = e->breaks, first = 0, last = m;
    s->low_inf = s->high_inf = 0;
    while (first < last) { /* the first breakpoint with h+ >= total */
        int middle = (first + last) / 2;
        if (compare_sum(e, e->sorted[middle], 1, total) >= 0)
            last = middle;
        else
            first = middle + 1;
    }
    int inside = first < m && compare_sum(e, e->sorted[first], -1, total) <= 0;
    if (inside) {
        mpq_set(s->low, e->sorted[first]);
        for (last = first; last + 1 < m && compare_sum(e, e->sorted[last + 1], -1, total) <= 0;)
            last++;
        mpq_set(s->high, e->sorted[last]);
        if (first == 0 && compare_sum(e, s->low, -1, total) == 0) {
            mpq_set_ui(tmp(T_SET), 1, 1);
            mpq_sub(tmp(T_SET), s->low, tmp(T_SET));
            segment(e, tmp(T_SET), tmp(T_SET2), tmp(T_SET3));
            s->low_inf = mpq_sgn(tmp(T_SET3)) == 0;
        }
        if (last == m - 1 && compare_sum(e, s->high, 1, total) == 0) {
            mpq_set_ui(tmp(T_SET), 1, 1);
            mpq_add(tmp(T_SET), s->high, tmp(T_SET));
            segment(e, tmp(T_SET), tmp(T_SET2), tmp(T_SET3));
            s->high_inf = mpq_sgn(tmp(T_SET3)) == 0;
        }
        return;
    }
    mpq_set_ui(tmp(T_SET), 1, 1);
    if (m == 0)
        mpq_set_ui(tmp(T_SET), 0, 1);
    else if (first == 0)
        mpq_sub(tmp(T_SET), e->sorted[0], tmp(T_SET));
    else if (first == m)
        mpq_add(tmp(T_SET), e->sorted[m - 1], tmp(T_SET));
    else {
        mpq_add(tmp(T_SET), e->sorted[first - 1], e->sorted[first]);
        mpq_div_2exp(tmp(T_SET), tmp(T_SET), 1);
    }
    segment(e, tmp(T_SET), tmp(T_SET2), tmp(T_SET3));
    if (mpq_sgn(tmp(T_SET3)) == 0) { /* no variable answers to the price */
        s->low_inf = s->high_inf = 1;
        return;
    }
    mpq_sub(s->low, total, tmp(T_SET2));
    mpq_div(s->low, s->low, tmp(T_SET3));
    mpq_set(s->high, s->low);
}

/* ---- deciding ---- */

/* Reachable sums and, for the tolerance rule, sum |a x| at them. */
static void reachable(exact *e, mpq_ptr scale_least, mpq_ptr scale_most)
{
    e->least_inf = e->most_inf = 0;
    mpq_set_ui(e->least, 0, 1);
    mpq_set_ui(e->most, 0, 1);
    mpq_set_ui(scale_least, 0, 1);
    mpq_set_ui(scale_most, 0, 1);
    for (int i = 0; i < e->n; i++) {
        int sign = mpq_sgn(e->a[i]);
        for (int end = -1; sign != 0 && end <= 1; end += 2) { /* end of a x */
            int upper = end * sign > 0;
            if (upper ? no_upper(e, i) : no_lower(e, i)) {
                *(end < 0 ? &e->least_inf : &e->most_inf) = 1;
                continue;
            }
            mpq_mul(tmp(T_X), e->a[i], upper ? e->u[i] : e->l[i]);
            mpq_ptr sum = end < 0 ? e->least : e->most, scale = end < 0 ? scale_least : scale_most;
            mpq_add(sum, sum, tmp(T_X));
            mpq_abs(tmp(T_X), tmp(T_X));
            mpq_add(scale, scale, tmp(T_X));
        }
    }
}

/* 4u (scale + |side|) */
static void rule(mpq_ptr out, mpq_srcptr scale, mpq_srcptr side)
{
    mpq_abs(out, side);
    mpq_add(out, out, scale);
    mpq_div_2exp(out, out, 50);
}

/* The header's rule: infeasible only where the shortfall exceeds 4u (sum |a x| + |side|). */
static int feasible(exact *e, int has_low, int has_high)
{
    mpq_ptr scale_least = tmp(T_SOLVE), scale_most = tmp(T_SOLVE2);
    reachable(e, scale_least, scale_most);
    e->tolerated = 0;
    mpq_set_ui(e->shortfall, 0, 1);
    mpq_set_ui(e->allowance, 0, 1);
    int miss = has_low && !e->most_inf && mpq_cmp(e->low, e->most) > 0     ? 1
               : has_high && !e->least_inf && mpq_cmp(e->high, e->least) < 0 ? -1
                                                                             : 0;
    if (miss == 0)
        return 1;
    if (miss > 0) {
        mpq_sub(e->shortfall, e->low, e->most);
        rule(e->allowance, scale_most, e->low);
    } else {
        mpq_sub(e->shortfall, e->least, e->high);
        rule(e->allowance, scale_least, e->high);
    }
    if (mpq_cmp(e->shortfall, e->allowance) > 0)
        return 0;
    e->tolerated = 1; /* such a side counts as met, so the nearest reachable sum takes its place */
    if (miss > 0 || e->equality)
        mpq_set(e->low, miss > 0 ? e->most : e->least);
    if (miss < 0 || e->equality)
        mpq_set(e->high, miss > 0 ? e->most : e->least);
    return 1;
}

/* The prices at which no linear cost runs away, within the signs that the sides
 * allow.  Returns 0 when there are none: then a feasible problem is unbounded. */
static int dual_domain(const exact *e, int has_low, int has_high, price_set *d)
{
    d->low_inf = d->high_inf = 1;
    if (!has_high || !e->has_row) {
        d->low_inf = 0;
        mpq_set_ui(d->low, 0, 1);
    }
    if (!has_low || !e->has_row) {
        d->high_inf = 0;
        mpq_set_ui(d->high, 0, 1);
    }
    for (int i = 0; i < e->n; i++) {
        if (mpq_sgn(e->w[i]) != 0)
            continue;
        int sign = mpq_sgn(e->a[i]);
        if (sign == 0) {
            if ((no_upper(e, i) && mpq_sgn(e->p[i]) < 0) || (no_lower(e, i) && mpq_sgn(e->p[i]) > 0))
                return 0;
            continue;
        }
        int from_above = (no_upper(e, i) && sign > 0) || (no_lower(e, i) && sign < 0);
        int from_below = (no_upper(e, i) && sign < 0) || (no_lower(e, i) && sign > 0);
        if (from_above && (d->high_inf || mpq_cmp(e->break_l[i], d->high) < 0)) {
            d->high_inf = 0;
            mpq_set(d->high, e->break_l[i]);
        }
        if (from_below && (d->low_inf || mpq_cmp(e->break_l[i], d->low) > 0)) {
            d->low_inf = 0;
            mpq_set(d->low, e->break_l[i]);
        }
    }
    return d->low_inf || d->high_inf || mpq_cmp(d->low, d->high) <= 0;
}

static void find_prices(exact *e, int has_low, int has_high, const price_set *domain)
{
    price_set *s = &e->set;
    mpq_ptr zero = tmp(T_SOLVE);
    mpq_set_ui(zero, 0, 1);
    e->binding = 0;
    if (e->equality) {
        e->binding = 1;
        set_for_total(e, e->low, s);
        return;
    }
    s->low_inf = s->high_inf = 0;
    mpq_set(s->low, zero);
    mpq_set(s->high, zero);
    int below, above, touch_low = 0, touch_high = 0;
    if (!domain->low_inf && mpq_sgn(domain->low) > 0) {
        below = 1;
        above = 0;
    } else if (!domain->high_inf && mpq_sgn(domain->high) < 0) {
        below = 0;
        above = 1;
    } else {
        int c = has_low ? compare_sum(e, zero, 1, e->low) : 1;
        int d = has_high ? compare_sum(e, zero, -1, e->high) : -1;
        below = c < 0;
        above = d > 0;
        touch_low = c == 0;
        touch_high = d == 0;
    }
    if (below || touch_low) {
        set_for_total(e, e->low, s);
        if (touch_low) {
            s->low_inf = 0;
            mpq_set(s->low, zero);
        }
    } else if (above || touch_high) {
        set_for_total(e, e->high, s);
        if (touch_high) {
            s->high_inf = 0;
            mpq_set(s->high, zero);
        }
    }
    e->binding = below ? 1 : above ? -1 : 0;
}

/* The header's single value: the end nearest zero; 0 on the whole line; the lower end on a tie of magnitude. */
static void pick_price(exact *e)
{
    const price_set *s = &e->set;
    if (s->low_inf && s->high_inf)
        mpq_set_ui(e->y, 0, 1);
    else if (s->low_inf)
        mpq_set(e->y, s->high);
    else if (s->high_inf)
        mpq_set(e->y, s->low);
    else {
        mpq_abs(tmp(T_SET), s->low);
        mpq_abs(tmp(T_SET2), s->high);
        mpq_set(e->y, mpq_cmp(tmp(T_SET), tmp(T_SET2)) <= 0 ? s->low : s->high);
    }
}

/* The header's tie rule; leaves e->tied and e->tied_x, and in e->total the sum. */
static void settle_ties(exact *e, int has_low, int has_high)
{
    mpq_ptr sum = e->total, need = tmp(T_SOLVE);
    int ties = 0;
    mpq_set_ui(sum, 0, 1);
    for (int i = 0; i < e->n; i++) {
        mpq_mul(tmp(T_X), e->a[i], e->y);
        e->tied[i] = mpq_sgn(e->w[i]) == 0 && mpq_equal(tmp(T_X), e->p[i]);
        if (e->tied[i]) {
            if (!no_lower(e, i))
                mpq_set(e->tied_x[i], e->l[i]);
            else if (!no_upper(e, i) && mpq_cmp(e->t[i], e->u[i]) > 0)
                mpq_set(e->tied_x[i], e->u[i]);
            else
                mpq_set(e->tied_x[i], e->t[i]);
            ties += mpq_sgn(e->a[i]) != 0;
        }
    }
    e->ties = ties;
    if (ties == 0 && e->binding) { /* the row is met by construction of the price */
        mpq_set(sum, e->binding > 0 ? e->low : e->high);
        return;
    }
    for (int i = 0; i < e->n; i++)
        if (mpq_sgn(e->a[i]) != 0) {
            exact_x(e, i, tmp(T_X));
            mpq_mul(tmp(T_X), tmp(T_X), e->a[i]);
            mpq_add(sum, sum, tmp(T_X));
        }
    mpq_set_ui(need, 0, 1);
    if (e->binding > 0 || (e->binding == 0 && has_low && mpq_cmp(sum, e->low) < 0))
        mpq_sub(need, e->low, sum);
    else if (e->binding < 0 || (has_high && mpq_cmp(sum, e->high) > 0))
        mpq_sub(need, e->high, sum);
    for (int i = 0; i < e->n && mpq_sgn(need) != 0; i++) {
        if (!e->tied[i] || mpq_sgn(e->a[i]) == 0)
            continue;
        mpq_div(tmp(T_X), need, e->a[i]);
        mpq_add(tmp(T_X), e->tied_x[i], tmp(T_X));
        if (!no_lower(e, i) && mpq_cmp(tmp(T_X), e->l[i]) < 0)
            mpq_set(tmp(T_X), e->l[i]);
        if (!no_upper(e, i) && mpq_cmp(tmp(T_X), e->u[i]) > 0)
            mpq_set(tmp(T_X), e->u[i]);
        mpq_sub(tmp(T_X2), tmp(T_X), e->tied_x[i]);
        mpq_mul(tmp(T_X2), tmp(T_X2), e->a[i]);
        mpq_sub(need, need, tmp(T_X2));
        mpq_add(sum, sum, tmp(T_X2));
        mpq_set(e->tied_x[i], tmp(T_X));
    }
}

void exact_x(const exact *e, int i, mpq_ptr out)
{
    if (e->tied[i])
        mpq_set(out, e->tied_x[i]);
    else
        exact_response(e, i, e->y, -1, out);
}

/* The optimum as A + C y^2, so that a price of many digits enters only once. */
static void find_objective(exact *e)
{
    mpq_ptr sum = tmp(T_SOLVE), square = tmp(T_SOLVE2);
    mpq_set_d(sum, e->in->constant);
    mpq_set_ui(square, 0, 1);
    for (int i = 0; i < e->n; i++) {
        exact_x(e, i, tmp(T_X));
        int fixed = mpq_sgn(e->w[i]) == 0 || (!no_lower(e, i) && mpq_equal(tmp(T_X), e->l[i])) ||
                    (!no_upper(e, i) && mpq_equal(tmp(T_X), e->u[i]));
        if (fixed) {
            mpq_mul(tmp(T_X2), tmp(T_X), e->p[i]);
            mpq_add(sum, sum, tmp(T_X2));
            mpq_sub(tmp(T_X), tmp(T_X), e->t[i]);
            mpq_mul(tmp(T_X), tmp(T_X), tmp(T_X));
            mpq_mul(tmp(T_X), tmp(T_X), e->w[i]);
            mpq_add(sum, sum, tmp(T_X));
            continue;
        }
        /* x = t + (a y - p) / 2w gives w (x - t)^2 + p x = (a y)^2 / 4w - p^2 / 4w + p t */
        mpq_mul(tmp(T_X), e->a[i], e->a[i]);
        mpq_div(tmp(T_X), tmp(T_X), e->w[i]);
        mpq_add(square, square, tmp(T_X));
        mpq_mul(tmp(T_X), e->p[i], e->p[i]);
        mpq_div(tmp(T_X), tmp(T_X), e->w[i]);
        mpq_div_2exp(tmp(T_X), tmp(T_X), 2);
        mpq_sub(sum, sum, tmp(T_X));
        mpq_mul(tmp(T_X), e->p[i], e->t[i]);
        mpq_add(sum, sum, tmp(T_X));
    }
    mpq_div_2exp(square, square, 2);
    mpq_mul(square, square, e->y);
    mpq_mul(square, square, e->y);
    mpq_add(e->objective, sum, square);
}

static void load(exact *e, const instance *in)
{
    make_room(e, in->n);
    e->in = in;
    e->n = in->n;
    e->has_row = in->has_row;
    e->equality = is_equality(in);
    for (int i = 0; i < in->n; i++) {
        mpq_set_d(e->w[i], in->w[i]);
        mpq_mul_2exp(e->w2[i], e->w[i], 1);
        mpq_set_d(e->t[i], in->t[i]);
        mpq_set_d(e->p[i], in->p[i]);
        mpq_set_d(e->a[i], in->has_row ? in->a[i] : 0.0);
        mpq_set_d(e->l[i], isinf(in->l[i]) ? 0.0 : in->l[i]);
        mpq_set_d(e->u[i], isinf(in->u[i]) ? 0.0 : in->u[i]);
        e->tied[i] = 0;
    }
}

/* Puts `sum` in the place of the side that is nearest to it. */
static void move_side(exact *e, int has_low, int has_high, mpq_srcptr sum)
{
    mpq_sub(tmp(T_X), sum, e->low);
    mpq_abs(tmp(T_X), tmp(T_X));
    mpq_sub(tmp(T_X2), sum, e->high);
    mpq_abs(tmp(T_X2), tmp(T_X2));
    int low = has_low && (!has_high || mpq_cmp(tmp(T_X), tmp(T_X2)) <= 0);
    if (low || e->equality)
        mpq_set(e->low, sum);
    if (!low || e->equality)
        mpq_set(e->high, sum);
}

static void solve(exact *e, const instance *in, mpq_srcptr sum)
{
    price_set domain;
    int has_low = in->has_row && !isinf(in->low), has_high = in->has_row && !isinf(in->high);
    load(e, in);
    mpq_set_d(e->low, has_low ? in->low : 0.0);
    mpq_set_d(e->high, has_high ? in->high : 0.0);
    if (sum && (has_low || has_high))
        move_side(e, has_low, has_high, sum);
    if (!feasible(e, has_low, has_high)) {
        e->status = RM_INFEASIBLE;
        return;
    }
    make_breaks(e);
    mpq_inits(domain.low, domain.high, (mpq_ptr)NULL);
    if (!dual_domain(e, has_low, has_high, &domain)) {
        e->status = RM_UNBOUNDED;
    } else {
        e->status = RM_OK;
        find_prices(e, has_low, has_high, &domain);
        pick_price(e);
        settle_ties(e, has_low, has_high);
        find_objective(e);
    }
    mpq_clears(domain.low, domain.high, (mpq_ptr)NULL);
}

void exact_solve(exact *e, const instance *in)
{
    solve(e, in, NULL);
}

void exact_solve_at(exact *e, const instance *in, mpq_srcptr sum)
{
    solve(e, in, sum);
}

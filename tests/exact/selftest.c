/* Can the witness fail?  Right answers must pass, wrong ones must be caught.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"
#include "reference.h"

#include <math.h>
#include <string.h>

/* A fault spoils a right answer; it returns 0 where it does not apply. */
typedef int (*fault_fn)(const instance *in, const exact *e, full_answer *h);

static int is_ok(const full_answer *h)
{
    return h->a.status == RM_OK;
}

static int status_other(const instance *in, const exact *e, full_answer *h)
{
    (void)in;
    (void)e;
    h->a.status = h->a.status == RM_OK ? RM_INFEASIBLE : h->a.status == RM_INFEASIBLE ? RM_UNBOUNDED : RM_OK;
    return 1;
}

static int status_inaccurate(const instance *in, const exact *e, full_answer *h)
{
    (void)in;
    (void)e;
    h->a.status = RM_INACCURATE;
    return 1;
}

static int where_set(const instance *in, const exact *e, full_answer *h)
{
    (void)in;
    (void)e;
    h->a.where = 0;
    return is_ok(h);
}

static double free_scale(const instance *in, const full_answer *h, int *largest)
{
    double sum = 0, most = 0;
    *largest = -1;
    for (int i = 0; i < in->n; i++) {
        double v = fabs(in->a[i] * h->a.x[i]);
        if (at_bound(in, h->a.x, i) || v == 0)
            continue;
        sum += v;
        if (v > most) {
            most = v;
            *largest = i;
        }
    }
    return sum;
}

/* Eight units of the row's rule off the row. */
static int row_off(const instance *in, const exact *e, full_answer *h)
{
    int i;
    if (!is_ok(h) || !in->has_row || e->binding == 0)
        return 0;
    double scale = free_scale(in, h, &i);
    if (i < 0)
        return 0;
    double x = h->a.x[i] + 8 * UNIT * scale / fabs(in->a[i]);
    h->a.x[i] = x;
    return x < in->u[i];
}

static int strictly_convex(const instance *in, const full_answer *h, int i)
{
    return in->w[i] > 0 && in->a[i] != 0 && at_bound(in, h->a.x, i) == 0;
}

/* The row kept, two devices moved against each other. */
static int pair_off(const instance *in, const exact *e, full_answer *h)
{
    (void)e;
    for (int i = 0; is_ok(h) && i < in->n; i++)
        for (int k = i + 1; k < in->n; k++)
            if (strictly_convex(in, h, i) && strictly_convex(in, h, k) && fabs(in->a[i]) == fabs(in->a[k])) {
                double size = fabs(h->a.x[i]) + fabs(h->a.x[k]) + fabs(in->t[i]) + fabs(h->a.y / in->w[i]);
                double d = 1e-9 * size + 1e-12;
                h->a.x[i] += d;
                h->a.x[k] += in->a[i] == in->a[k] ? -d : d;
                return h->a.x[i] < in->u[i] && h->a.x[k] > in->l[k] && h->a.x[k] < in->u[k];
            }
    return 0;
}

/* A device that is outside the row and strictly between its bounds. */
static int beside_off(const instance *in, const exact *e, full_answer *h)
{
    (void)e;
    for (int i = 0; is_ok(h) && i < in->n; i++)
        if (in->w[i] > 0 && (in->a[i] == 0 || !in->has_row) && at_bound(in, h->a.x, i) == 0) {
            for (int k = 0; k < 4; k++)
                h->a.x[i] = nextafter(h->a.x[i], HUGE_VAL);
            return h->a.x[i] <= in->u[i];
        }
    return 0;
}

/* One unit in the last place off a bound that holds with a cost. */
static int bound_left(const instance *in, const exact *e, full_answer *h)
{
    (void)e;
    for (int i = 0; is_ok(h) && i < in->n; i++) {
        double terms, d = reference_reduced(in, h->a.x, h->a.y, i, &terms);
        int at = at_bound(in, h->a.x, i);
        if ((at == 1 || at == 2) && fabs(d) > 64 * UNIT * terms) {
            h->a.x[i] = nextafter(h->a.x[i], at == 1 ? HUGE_VAL : -HUGE_VAL);
            return 1;
        }
    }
    return 0;
}

static int bound_crossed(const instance *in, const exact *e, full_answer *h)
{
    (void)e;
    for (int i = 0; is_ok(h) && i < in->n; i++)
        if (at_bound(in, h->a.x, i)) {
            h->a.x[i] = nextafter(h->a.x[i], at_bound(in, h->a.x, i) & 1 ? -HUGE_VAL : HUGE_VAL);
            return 1;
        }
    return 0;
}

static int not_a_number(const instance *in, const exact *e, full_answer *h)
{
    (void)e;
    if (!is_ok(h) || in->n == 0)
        return 0;
    h->a.x[in->n - 1] = NAN;
    return 1;
}

static int price_off(const instance *in, const exact *e, full_answer *h)
{
    (void)e;
    if (!is_ok(h) || !in->has_row)
        return 0;
    h->a.y += h->a.y == 0 ? 1e-6 : 1e-6 * h->a.y;
    return 1;
}

static int price_sign(const instance *in, const exact *e, full_answer *h)
{
    (void)e;
    h->a.y = -h->a.y;
    return is_ok(h) && in->has_row && h->a.y != 0;
}

static int price_other_end(const instance *in, const exact *e, full_answer *h)
{
    const price_set *s = &e->set;
    if (!is_ok(h) || !in->has_row || s->low_inf || s->high_inf || mpq_equal(s->low, s->high))
        return 0;
    h->a.y = q_nearest(mpq_equal(e->y, s->low) ? s->high : s->low);
    return 1;
}

static int price_inside(const instance *in, const exact *e, full_answer *h)
{
    const price_set *s = &e->set;
    if (!is_ok(h) || !in->has_row || (!s->low_inf && !s->high_inf && mpq_equal(s->low, s->high)))
        return 0;
    if (s->low_inf && s->high_inf)
        h->a.y = 1;
    else if (s->low_inf || s->high_inf)
        h->a.y += s->low_inf ? -1 : 1;
    else
        h->a.y = (mpq_get_d(s->low) + mpq_get_d(s->high)) / 2;
    return 1;
}

/* The later of two tied devices takes a share first. */
static int tie_order(const instance *in, const exact *e, full_answer *h)
{
    for (int i = 0; is_ok(h) && in->has_row && i < in->n; i++)
        for (int k = i + 1; k < in->n; k++) {
            if (!e->tied[i] || !e->tied[k] || in->a[i] == 0 || in->a[i] != in->a[k])
                continue;
            double d = fmin(h->a.x[i] - in->l[i], in->u[k] - h->a.x[k]);
            d = d > 1 ? 1 : d;
            if (d < 1e-14 || h->a.x[i] - d == h->a.x[i] || h->a.x[k] + d == h->a.x[k])
                continue;
            h->a.x[i] -= d;
            h->a.x[k] += d;
            /* Whole numbers and halves, so the row is still met. */
            return d == floor(2 * d) / 2;
        }
    return 0;
}

static int tie_beside(const instance *in, const exact *e, full_answer *h)
{
    for (int i = 0; is_ok(h) && i < in->n; i++)
        if (e->tied[i] && mpq_sgn(e->a[i]) == 0 && h->a.x[i] < in->u[i]) {
            h->a.x[i] = fmin(h->a.x[i] + 1, in->u[i]);
            return 1;
        }
    return 0;
}

static double off(double v)
{
    return isinf(v) ? 1e9 : v + 4 * ulp_of(v);
}

#define HANDLE_FAULT(name, applies, what)                                \
    static int name(const instance *in, const exact *e, full_answer *h) \
    {                                                                    \
        (void)in;                                                        \
        (void)e;                                                         \
        if (!(applies))                                                  \
            return 0;                                                    \
        what;                                                            \
        return 1;                                                        \
    }

HANDLE_FAULT(dual_low_off, is_ok(h) && in->has_row, h->dual_low = off(h->dual_low))
HANDLE_FAULT(dual_high_off, is_ok(h) && in->has_row, h->dual_high = off(h->dual_high))
HANDLE_FAULT(dual_low_infinite, is_ok(h) && in->has_row && !isinf(h->dual_low), h->dual_low = -HUGE_VAL)
HANDLE_FAULT(dual_high_infinite, is_ok(h) && in->has_row && !isinf(h->dual_high), h->dual_high = HUGE_VAL)
HANDLE_FAULT(side_low_off, is_ok(h) && in->has_row && !isinf(h->side_low),
             h->side_low += 1e-6 + fabs(h->side_low) * 1e-6)
HANDLE_FAULT(side_high_off, is_ok(h) && in->has_row && !isinf(h->side_high),
             h->side_high -= 1e-6 + fabs(h->side_high) * 1e-6)
HANDLE_FAULT(side_low_infinite, is_ok(h) && in->has_row && !isinf(h->side_low), h->side_low = -HUGE_VAL)
HANDLE_FAULT(side_high_finite, is_ok(h) && in->has_row && isinf(h->side_high), h->side_high = 1e9)
HANDLE_FAULT(objective_off, is_ok(h), h->info[RM_INFO_OBJECTIVE - 1] += 1e-9 * (1 + fabs(h->info[0])))
HANDLE_FAULT(bound_high, is_ok(h) && !e->tolerated,
             h->verified[RM_INFO_BOUND - 1] = nextafter(q_nearest(e->objective), HUGE_VAL))
HANDLE_FAULT(bound_low, is_ok(h) && !isinf(h->info[RM_INFO_BOUND - 1]),
             h->verified[RM_INFO_BOUND - 1] -= 1e-3 * (1 + fabs(h->info[0])))
HANDLE_FAULT(bound_none, is_ok(h) && !isinf(h->info[RM_INFO_BOUND - 1]), h->info[RM_INFO_BOUND - 1] = -HUGE_VAL)
HANDLE_FAULT(gap_negative, is_ok(h), h->info[RM_INFO_GAP - 1] = -0x1p-1000)
HANDLE_FAULT(gap_off, is_ok(h) && !isinf(h->info[RM_INFO_GAP - 1]),
             h->info[RM_INFO_GAP - 1] += 1e-6 * (1 + fabs(h->info[0])))
HANDLE_FAULT(residual_off, is_ok(h), h->verified[RM_INFO_ROW_RESIDUAL - 1] += 1e-30 + h->info[3])
HANDLE_FAULT(relative_off, is_ok(h), h->verified[RM_INFO_ROW_RESIDUAL_RELATIVE - 1] += 1e-30 + h->info[4])
HANDLE_FAULT(bound_residual, is_ok(h), h->info[RM_INFO_BOUND_RESIDUAL - 1] = 1e-300)
HANDLE_FAULT(dual_residual, is_ok(h), h->verified[RM_INFO_DUAL_RESIDUAL - 1] += 1e-9)
HANDLE_FAULT(figure_nan, is_ok(h), h->verified[RM_INFO_DUAL_RESIDUAL - 1] = NAN)
HANDLE_FAULT(shortfall_off, h->a.status == RM_INFEASIBLE, h->shortfall *= 1 + 8 * UNIT)
HANDLE_FAULT(item_lost, h->items > 1, h->items--)
HANDLE_FAULT(item_kind, h->items > 1,
             h->kind[1] = h->kind[1] == RM_CONFLICT_LOWER ? RM_CONFLICT_UPPER : RM_CONFLICT_LOWER)
HANDLE_FAULT(item_side, h->items > 0,
             h->kind[0] = h->kind[0] == RM_CONFLICT_ROW_LOWER ? RM_CONFLICT_ROW_UPPER : RM_CONFLICT_ROW_LOWER)
HANDLE_FAULT(multiplier_off, h->items > 1, h->multiplier[1] *= 1 + 1e-12)
HANDLE_FAULT(multiplier_negative, h->items > 1, h->multiplier[1] = -h->multiplier[1])
HANDLE_FAULT(repair_small, h->items > 0, h->repair[h->items - 1] /= 2)
HANDLE_FAULT(repair_large, h->items > 0, h->repair[0] *= 2)
HANDLE_FAULT(repair_sign, h->items > 0, h->repair[h->items - 1] *= -1)
HANDLE_FAULT(items_after_ok, is_ok(h), h->items = 1)

static int order_of_items(const instance *in, const exact *e, full_answer *h)
{
    (void)in;
    (void)e;
    if (h->items < 3)
        return 0;
    int64_t i = h->index[1];
    int32_t k = h->kind[1];
    double m = h->multiplier[1], r = h->repair[1];
    h->index[1] = h->index[2];
    h->kind[1] = h->kind[2];
    h->multiplier[1] = h->multiplier[2];
    h->repair[1] = h->repair[2];
    h->index[2] = i;
    h->kind[2] = k;
    h->multiplier[2] = m;
    h->repair[2] = r;
    return 1;
}

static int reduced_free(const instance *in, const exact *e, full_answer *h)
{
    (void)e;
    for (int i = 0; is_ok(h) && i < in->n; i++)
        if (at_bound(in, h->a.x, i) == 0) {
            h->reduced[i] = 1e-300;
            return 1;
        }
    return 0;
}

static int reduced_sign(const instance *in, const exact *e, full_answer *h)
{
    (void)e;
    for (int i = 0; is_ok(h) && i < in->n; i++)
        if (h->reduced[i] != 0) {
            h->reduced[i] = -h->reduced[i];
            return 1;
        }
    return 0;
}

static int reduced_off(const instance *in, const exact *e, full_answer *h)
{
    (void)e;
    for (int i = 0; is_ok(h) && i < in->n; i++)
        if (at_bound(in, h->a.x, i) == 1) {
            double terms;
            (void)reference_reduced(in, h->a.x, h->a.y, i, &terms);
            h->reduced[i] += 1e-12 * (1 + terms);
            return 1;
        }
    return 0;
}

#define FAULT(f) {#f, f}
static const struct {
    const char *name;
    fault_fn spoil;
} faults[] = {FAULT(status_other), FAULT(status_inaccurate), FAULT(where_set), FAULT(row_off), FAULT(pair_off),
              FAULT(beside_off), FAULT(bound_left), FAULT(bound_crossed), FAULT(not_a_number), FAULT(price_off),
              FAULT(price_sign), FAULT(price_other_end), FAULT(price_inside), FAULT(tie_order), FAULT(tie_beside),
              FAULT(dual_low_off), FAULT(dual_high_off), FAULT(dual_low_infinite), FAULT(dual_high_infinite),
              FAULT(side_low_off), FAULT(side_high_off), FAULT(side_low_infinite), FAULT(side_high_finite),
              FAULT(reduced_free), FAULT(reduced_sign), FAULT(reduced_off), FAULT(objective_off), FAULT(bound_high),
              FAULT(bound_low), FAULT(bound_none), FAULT(gap_negative), FAULT(gap_off), FAULT(residual_off),
              FAULT(relative_off), FAULT(bound_residual), FAULT(dual_residual), FAULT(figure_nan),
              FAULT(shortfall_off), FAULT(item_lost), FAULT(item_kind), FAULT(item_side), FAULT(multiplier_off),
              FAULT(multiplier_negative), FAULT(repair_small), FAULT(repair_large), FAULT(repair_sign),
              FAULT(order_of_items), FAULT(items_after_ok)};
enum { FAULTS = sizeof faults / sizeof faults[0] };

static long tried[FAULTS], missed;

static void one(const instance *in, exact *e, full_answer *h)
{
    report r;
    const char *wrong;
    exact_solve(e, in);
    wrong = exact_self_check(e);
    report_clear(&r);
    if (wrong)
        complain(&r, "%s", wrong);
    counts.runs++;
    reference_answer(in, e, h);
    check_full(in, e, h, &r);
    if (r.count) {
        printf("a right answer was refused:\n");
        run_failed(in, &r);
        return;
    }
    for (int f = 0; f < FAULTS; f++) {
        reference_answer(in, e, h);
        if (!faults[f].spoil(in, e, h))
            continue;
        tried[f]++;
        counts.runs++;
        report_clear(&r);
        check_full(in, e, h, &r);
        if (r.count == 0) {
            missed++;
            complain(&r, "not caught: %s", faults[f].name);
            run_failed(in, &r);
        }
    }
}

/* A solver that is wrong in a plausible way: the witness's own proof must see it. */
static int own_proof(const instance *in, exact *e)
{
    int caught = 0, spoiled = 0;
    exact_solve(e, in);
    if (e->status != RM_OK || !in->has_row)
        return 1;
    mpq_t one_more;
    mpq_init(one_more);
    mpq_set_d(one_more, 0x1p-20);
    mpq_add(e->objective, e->objective, one_more);
    spoiled++;
    caught += exact_self_check(e) != NULL;
    exact_solve(e, in);
    if (!e->set.high_inf) {
        mpq_add(e->set.high, e->set.high, one_more);
        spoiled++;
        caught += exact_self_check(e) != NULL;
        mpq_sub(e->set.high, e->set.high, one_more);
        e->set.high_inf = 1;
        spoiled++;
        caught += exact_self_check(e) != NULL;
    }
    exact_solve(e, in);
    if (!e->set.low_inf) {
        mpq_sub(e->set.low, e->set.low, one_more);
        spoiled++;
        caught += exact_self_check(e) != NULL;
    }
    mpq_clear(one_more);
    return caught == spoiled;
}

int self_test(uint64_t seed, int instances)
{
    instance in;
    exact e;
    full_answer h;
    rng random;
    long never = 0;
    instance_init(&in);
    exact_init(&e);
    full_init(&h);
    rng_seed(&random, seed);
    for (int k = 0; k < instances; k++) {
        if (k % 3 == 2)
            make_built(&in, &random, k % 2);
        else
            make_small(&in, &random);
        one(&in, &e, &h);
        if (!own_proof(&in, &e)) {
            report r;
            report_clear(&r);
            complain(&r, "the witness's own proof did not see a wrong solution");
            run_failed(&in, &r);
        }
    }
    for (int f = 0; f < FAULTS; f++)
        if (tried[f] == 0) {
            printf("fault %s never applied\n", faults[f].name);
            never++;
        }
    printf("%d kinds of fault, %ld spoiled answers, %ld not caught\n", (int)FAULTS, counts.runs - instances, missed);
    printf("%ld passed, %ld failed\n", counts.runs - counts.failed, counts.failed + never);
    exact_free(&e);
    full_free(&h);
    instance_free(&in);
    return counts.failed || never ? 1 : 0;
}

/* Semismooth Newton with variable fixing.
 *
 * R. Cominetti, W. F. Mascarenhas and P. J. S. Silva, A Newton's method for the
 * continuous quadratic knapsack problem, Mathematical Programming Computation 6,
 * 2014.
 *
 * From the price without bounds, step by (r - sum) / slope, where the slope is
 * the one-sided derivative on the side of the answer: the slope of the variables
 * that can move that way.  The steps are monotone until they overshoot; a step
 * that leaves the bracket is replaced by a secant step between its ends, and a
 * zero slope by a step to the next breakpoint.  When the answer is known to be
 * above the price, the variables at their upper ends stay there and are taken
 * out; likewise below.
 *
 * Cost: one pass to set up, some 4 to 8 over what is left, one to write x;
 * n passes in the worst case.
 */
#include "terms.h"

#define STEPS 1000

typedef struct state {
    double r, fixed;
    double low, low_gap, high, high_gap; /* gap = r - sum: above 0 at low, below 0 at high */
} state;

typedef struct slope {
    double sum, up, down; /* one-sided derivatives */
} slope;

INLINE slope evaluate(const terms *t, double price)
{
    slope v = {0, 0, 0};
    for (int64_t i = 0; i < t->n; i++) {
        double q = number_or(t->q, i, 1), low = number_or(t->low, i, 0), high = number_or(t->high, i, HUGE_VAL);
        double now = t->p[i] + q * price;
        v.sum += between(now, low, high);
        v.up += when((now >= low) & (now < high), q);
        v.down += when((now > low) & (now <= high), q);
    }
    return v;
}

/* Takes out those that are at their upper end (or lower end) at the price; returns their sum. */
INLINE double fix(terms *t, int upper, double price)
{
    double ends = 0;
    int64_t k = 0;
    for (int64_t i = 0; i < t->n; i++) {
        double end = upper ? number_or(t->high, i, HUGE_VAL) : number_or(t->low, i, 0);
        double now = t->p[i] + number_or(t->q, i, 1) * price;
        int gone = upper ? now >= end : now <= end;
        terms_move(t, k, i);
        k += !gone;
        ends += when(gone, end);
    }
    t->n = k;
    return ends;
}

/* The step after a pass at `price`, or `price` itself when there is none. */
INLINE double step(const terms *t, state *s, const slope *v, double gap, double price)
{
    if (gap > 0) {
        s->low = price;
        s->low_gap = gap;
    } else {
        s->high = price;
        s->high_gap = gap;
    }
    double rise = gap > 0 ? v->up : v->down;
    double next = rise > 0 ? price + gap / rise : terms_next(t, gap > 0, price);
    if (gap > 0 ? next >= s->high : next <= s->low) /* the bracket's far end was already tried */
        next = s->low + (s->high - s->low) * (s->low_gap / (s->low_gap - s->high_gap));
    return isfinite(next) ? next : price;
}

INLINE int solve_newton_form(form f, const instance *in, double *scratch, double *x, double *multiplier)
{
    double p, q;
    if (in->n == 0)
        return 1;
    terms t = terms_of(f, in, scratch, &p, &q);
    state s = {in->r, 0, -HUGE_VAL, 0, HUGE_VAL, 0};
    double price = (in->r - p) / q;
    for (int k = 0; k < STEPS; k++) {
        slope v = evaluate(&t, price);
        v.sum += s.fixed;
        double gap = s.r - v.sum;
        if (fabs(gap) <= SUM_TOLERANCE * (fabs(s.r) + fabs(v.sum)))
            break;
        double next = step(&t, &s, &v, gap, price);
        if (next == price)
            break;
        s.fixed += gap > 0 ? fix(&t, 1, price) : fix(&t, 0, price);
        price = next;
    }
    *multiplier = price;
    write_answer(f, in, price, x);
    return 0;
}

SOLVE_EACH_FORM(solve_newton)

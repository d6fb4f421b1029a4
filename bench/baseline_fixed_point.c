/* Fixed-point iteration on the price.
 *
 * A. Alves, J. O. L. Silva, L. C. Matioli, P. S. M. Santos and S. S. Souza, An
 * accelerated fixed-point algorithm applied to quadratic convex separable
 * knapsack problems, 2024 (manuscript of 2022).
 *
 * At a price each variable is at its lower end, at its upper end or free.  Solve
 * the row for the price with the first two kept where they are; the answer is
 * the next price.  A price that maps to itself is the one.  The sign of what the
 * row misses tells on which side the answer is; where nothing is free, or the
 * map jumps over what is known, the bracket is halved or the nearest breakpoint
 * taken.  Nothing is left out on the way: a pass that sums up costs a third of
 * one that moves what is left, and there are few.
 *
 * Cost: one pass to set up, some 5 to 8 over n variables, one to write x.
 */
#include "terms.h"

#define STEPS 1000

typedef struct map {
    double p, q, ends; /* sums over the free, and over those at an end */
} map;

INLINE map evaluate(const terms *t, double price)
{
    map m = {0, 0, 0};
    for (int64_t i = 0; i < t->n; i++) {
        double p = t->p[i], q = number_or(t->q, i, 1), low = number_or(t->low, i, 0),
               high = number_or(t->high, i, HUGE_VAL);
        double v = p + q * price;
        int free = (v > low) & (v < high);
        m.p += when(free, p);
        m.q += when(free, q);
        m.ends += when(!free, between(v, low, high));
    }
    return m;
}

INLINE int solve_fixed_point_form(form f, const instance *in, double *scratch, double *x, double *multiplier)
{
    double p, q, low = -HUGE_VAL, high = HUGE_VAL;
    if (in->n == 0)
        return 1;
    terms t = terms_of(f, in, scratch, &p, &q);
    double price = (in->r - p) / q;
    for (int k = 0; k < STEPS; k++) {
        map m = evaluate(&t, price);
        double free = m.p + m.q * price, gap = in->r - m.ends - free;
        if (fabs(gap) <= SUM_TOLERANCE * (fabs(in->r) + fabs(m.ends) + fabs(free)))
            break;
        if (gap > 0)
            low = price;
        else
            high = price;
        double next = m.q > 0 ? (in->r - m.ends - m.p) / m.q : terms_next(&t, gap > 0, price);
        if (!(next > low && next < high)) /* both ends are known then, or there is no way on */
            next = isfinite(low) && isfinite(high) ? low + (high - low) / 2 : price;
        if (next == price)
            break;
        price = next;
    }
    *multiplier = price;
    write_answer(f, in, price, x);
    return 0;
}

SOLVE_EACH_FORM(solve_fixed_point)

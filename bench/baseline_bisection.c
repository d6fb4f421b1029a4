/* Bisection on the price.
 *
 * R. Helgason, J. Kennington and H. Lall, A polynomially bounded algorithm for a
 * singly constrained quadratic program, Mathematical Programming 18, 1980, for
 * the conditions; halving is older than any source.
 *
 * The sum of the row never falls with the price.  Start from the least and the
 * greatest breakpoint, evaluate the sum in the middle, keep the half that holds
 * the total, until the two ends are neighbours in double precision (or, for a
 * price near 0, HALVINGS times).  A last pass solves the linear piece that is
 * left.
 *
 * Cost: about 55 passes over n variables, whatever the data.
 */
#include "terms.h"

#define HALVINGS 200

INLINE void ends(const terms *t, double r, double *least, double *greatest)
{
    double low = HUGE_VAL, high = -HUGE_VAL, finite = -HUGE_VAL;
    for (int64_t i = 0; i < t->n; i++) {
        double q = number_or(t->q, i, 1);
        double first = (number_or(t->low, i, 0) - t->p[i]) / q, last = (number_or(t->high, i, HUGE_VAL) - t->p[i]) / q;
        low = fold_min(low, first);
        finite = fold_max(finite, first);
        high = fold_max(high, last);
    }
    if (isinf(high)) { /* no upper bound somewhere: step out until the sum is enough */
        double step = fold_max(finite - low, fold_max(fabs(finite), DBL_MIN));
        for (high = finite; terms_sum(t, high) < r; step *= 2)
            high += step;
    }
    *least = low;
    *greatest = high;
}

INLINE int solve_bisection_form(form f, const instance *in, double *scratch, double *x, double *multiplier)
{
    double p, q, low = 0, high = 0;
    if (in->n == 0)
        return 1;
    terms t = terms_of(f, in, scratch, &p, &q);
    ends(&t, in->r, &low, &high);
    for (int k = 0; k < HALVINGS && low < high; k++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        double sum = terms_sum(&t, middle);
        if (sum == in->r)
            low = high = middle;
        else if (sum < in->r)
            low = middle;
        else
            high = middle;
    }
    double price = terms_polish(&t, in->r, low + (high - low) / 2);
    *multiplier = price = between(price, low, high);
    write_answer(f, in, price, x);
    return 0;
}

SOLVE_EACH_FORM(solve_bisection)

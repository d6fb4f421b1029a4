/* Variable fixing.
 *
 * G. R. Bitran and A. C. Hax, Disaggregation and resource allocation using convex
 * knapsack problems with bounded variables, Management Science 27, 1981; in the
 * form of K. C. Kiwiel, Variable fixing algorithms for the continuous quadratic
 * knapsack problem, Journal of Optimization Theory and Applications 136, 2008.
 *
 * Solve the row for the undecided variables as if they had no bounds.  Some
 * answers fall below their lower ends, some above their upper ends.  Whichever
 * of the two is more in sum is certain: those variables are fixed there and
 * leave the problem.  Ends when none, or as much below as above, is left.
 *
 * Cost: at least one variable leaves each pass; some 5 to 10 passes over what is
 * left in practice.
 */
#include "terms.h"

#define PASSES 1000

/* What the answers without bounds lack at the lower ends, and have too much at the upper ones. */
typedef struct excess {
    double less, more;
} excess;

INLINE excess evaluate(const terms *t, double price)
{
    excess e = {0, 0};
    for (int64_t i = 0; i < t->n; i++) {
        double v = t->p[i] + number_or(t->q, i, 1) * price;
        e.less += fold_max(number_or(t->low, i, 0) - v, 0);
        e.more += fold_max(v - number_or(t->high, i, HUGE_VAL), 0);
    }
    return e;
}

/* Fixes those below (or above) at the price; p and q become the sums of the others. */
INLINE double fix(terms *t, int below, double price, double *p, double *q)
{
    double ends = 0, sum_p = 0, sum_q = 0;
    int64_t k = 0;
    for (int64_t i = 0; i < t->n; i++) {
        double one_p = t->p[i], one_q = number_or(t->q, i, 1),
               end = below ? number_or(t->low, i, 0) : number_or(t->high, i, HUGE_VAL);
        double v = one_p + one_q * price;
        int gone = below ? v <= end : v >= end;
        terms_move(t, k, i);
        k += !gone;
        ends += when(gone, end);
        sum_p += when(!gone, one_p);
        sum_q += when(!gone, one_q);
    }
    t->n = k;
    *p = sum_p;
    *q = sum_q;
    return ends;
}

INLINE int solve_fixing_form(form f, const instance *in, double *scratch, double *x, double *multiplier)
{
    double p, q, rest = in->r, low = -HUGE_VAL, high = HUGE_VAL;
    if (in->n == 0)
        return 1;
    terms t = terms_of(f, in, scratch, &p, &q);
    double price = (rest - p) / q;
    for (int k = 0; k < PASSES; k++) {
        excess e = evaluate(&t, price);
        if (fabs(e.less - e.more) <= SUM_TOLERANCE * (fabs(in->r) + fabs(rest)))
            break;
        /* What is fixed below stays there at any lower price, and the price falls; and the other way round. */
        if (e.less > e.more) {
            high = price;
            rest -= fix(&t, 1, price, &p, &q);
        } else {
            low = price;
            rest -= fix(&t, 0, price, &p, &q);
        }
        if (t.n == 0) { /* all are fixed: any price between the last two decisions */
            price = isinf(low) || isinf(high) ? price : low + (high - low) / 2;
            break;
        }
        price = (rest - p) / q;
    }
    *multiplier = price;
    write_answer(f, in, price, x);
    return 0;
}

SOLVE_EACH_FORM(solve_fixing)

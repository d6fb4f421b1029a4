/* Secant steps within a bracket.
 *
 * Y.-H. Dai and R. Fletcher, New algorithms for singly linearly constrained
 * quadratic programs subject to lower and upper bounds, Mathematical Programming
 * 106, 2006, section 3.
 *
 * Two phases on the residual sum - r as a function of the price.  Bracketing:
 * from the price without bounds, steps that grow with what the last two
 * residuals promise, until the sign changes.  Then secant steps in the bracket;
 * where one side stays for long, the step is taken between the new point and the
 * one it replaces, and at least three quarters of the way are left.
 *
 * Cost: one pass over n variables for each step, some 8 to 20 steps; nothing is
 * left out on the way.
 */
#include "terms.h"

#define STEPS 200

typedef struct search {
    double r, scale;
    double low, low_residual, high, high_residual; /* the bracket: residual < 0 at low, > 0 at high */
    double price, residual;
} search;

INLINE void evaluate(const terms *t, search *s)
{
    double sum = terms_sum(t, s->price);
    s->residual = sum - s->r;
    s->scale = fabs(s->r) + fabs(sum);
}

INLINE int met(const search *s)
{
    return fabs(s->residual) <= SUM_TOLERANCE * s->scale;
}

/* Returns 1 when a price that meets the row was found on the way. */
INLINE int bracket(const terms *t, search *s, double step)
{
    evaluate(t, s);
    if (met(s))
        return 1;
    int up = s->residual < 0;
    double last = s->price, last_residual = s->residual;
    for (int k = 0; k < STEPS; k++) {
        s->price = up ? last + step : last - step;
        evaluate(t, s);
        if (met(s))
            return 1;
        if ((s->residual < 0) != up)
            break;
        step += step / fold_max(last_residual / s->residual - 1, 0.1);
        last = s->price;
        last_residual = s->residual;
    }
    s->low = up ? last : s->price;
    s->low_residual = up ? last_residual : s->residual;
    s->high = up ? s->price : last;
    s->high_residual = up ? s->residual : last_residual;
    return 0;
}

/* The paper's s is the ratio of the bracket's width to the step from its upper end. */
INLINE void secant(const terms *t, search *s)
{
    double ratio = 1 - s->low_residual / s->high_residual;
    double step = (s->high - s->low) / ratio;
    s->price = s->high - step;
    evaluate(t, s);
    for (int k = 0; k < STEPS && !met(s); k++) {
        double before = s->price;
        if (s->residual > 0) {
            if (ratio <= 2) {
                s->high = s->price;
                s->high_residual = s->residual;
                ratio = 1 - s->low_residual / s->high_residual;
                step = (s->high - s->low) / ratio;
                s->price = s->high - step;
            } else {
                step = (s->high - s->price) / fold_max(s->high_residual / s->residual - 1, 0.1);
                double next = fold_max(s->price - step, 0.75 * s->low + 0.25 * s->price);
                s->high = s->price;
                s->high_residual = s->residual;
                s->price = next;
                ratio = (s->high - s->low) / (s->high - s->price);
            }
        } else {
            if (ratio >= 2) {
                s->low = s->price;
                s->low_residual = s->residual;
                ratio = 1 - s->low_residual / s->high_residual;
                step = (s->high - s->low) / ratio;
                s->price = s->high - step;
            } else {
                step = (s->price - s->low) / fold_max(s->low_residual / s->residual - 1, 0.1);
                double next = fold_min(s->price + step, 0.75 * s->high + 0.25 * s->price);
                s->low = s->price;
                s->low_residual = s->residual;
                s->price = next;
                ratio = (s->high - s->low) / (s->high - s->price);
            }
        }
        if (s->price == before || !(s->low < s->price && s->price < s->high))
            break; /* the bracket has no room left */
        evaluate(t, s);
    }
}

INLINE int solve_secant_form(form f, const instance *in, double *scratch, double *x, double *multiplier)
{
    double p, q;
    if (in->n == 0)
        return 1;
    terms t = terms_of(f, in, scratch, &p, &q);
    search s = {.r = in->r, .price = (in->r - p) / q};
    double size = fold_max(fabs(in->r), fabs(p)) / q;
    if (!bracket(&t, &s, size > 0 ? size / 8 : 1))
        secant(&t, &s);
    *multiplier = s.price;
    write_answer(f, in, s.price, x);
    return 0;
}

SOLVE_EACH_FORM(solve_secant)

/* What the baselines share: a variable's share of the row as a function of the
 * price, and the last pass that writes x.
 *
 * At price y variable i answers x = (a + b y) / d within [l, u].  Its share of
 * the row, b x, is p + q y within [b l, b u] with p = a b / d and q = b^2 / d
 * (b > 0).  The methods keep these four numbers for each variable that is not
 * decided yet, side by side in scratch, and close the gaps as they decide.
 *
 * Every function is compiled once for each form: where the form fixes an array
 * the pointer is a constant NULL, and nothing is read.
 */
#ifndef BENCH_TERMS_H
#define BENCH_TERMS_H

#include "baseline.h"

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

/* Defines the public function `name` from the inline `name##_form`. */
#define SOLVE_EACH_FORM(name)                                                                                          \
    int name(const instance *in, double *scratch, double *x, double *multiplier)                                       \
    {                                                                                                                  \
        switch (in->form) {                                                                                            \
        case FORM_RESOURCE:                                                                                            \
            return name##_form(FORM_RESOURCE, in, scratch, x, multiplier);                                             \
        case FORM_CAPPED:                                                                                              \
            return name##_form(FORM_CAPPED, in, scratch, x, multiplier);                                               \
        case FORM_SIMPLEX:                                                                                             \
            return name##_form(FORM_SIMPLEX, in, scratch, x, multiplier);                                              \
        default:                                                                                                       \
            return name##_form(FORM_GENERAL, in, scratch, x, multiplier);                                              \
        }                                                                                                              \
    }

typedef struct terms {
    int64_t n;
    double *p, *q, *low, *high; /* NULL: q = 1, low = 0, high infinite */
} terms;

INLINE double number_or(const double *v, int64_t i, double standard)
{
    return v != NULL ? v[i] : standard;
}

INLINE double fold_min(double v, double w)
{
    return v < w ? v : w;
}

INLINE double fold_max(double v, double w)
{
    return v > w ? v : w;
}

INLINE double between(double v, double low, double high)
{
    return fold_min(fold_max(v, low), high);
}

/* v where the condition (0 or 1) holds, else 0.  On the bits, because the
 * compilers make a branch of a choice between numbers, and such branches are
 * guessed wrong half of the time. */
INLINE double when(int condition, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    bits &= 0 - (uint64_t)condition;
    memcpy(&v, &bits, sizeof v);
    return v;
}

/* p, q, low and high of variable i from the instance. */
INLINE void term_of(form f, const instance *in, int64_t i, double *p, double *q, double *low, double *high)
{
    double a = in->a[i];
    double b = f == FORM_GENERAL ? in->b[i] : 1;
    double over = f == FORM_GENERAL || f == FORM_RESOURCE ? b / in->d[i] : 1;
    *p = a * over;
    *q = b * over;
    *low = f == FORM_GENERAL ? b * in->l[i] : 0;
    *high = f == FORM_SIMPLEX ? HUGE_VAL : b * in->u[i];
}

/* Places the arrays in scratch (4 n doubles at the most) and fills them.  The
 * sums of all p and all q are those of the row without any bound. */
INLINE terms terms_of(form f, const instance *in, double *scratch, double *sum_p, double *sum_q)
{
    int64_t n = in->n;
    terms t = {n, scratch, NULL, NULL, NULL};
    if (f == FORM_GENERAL || f == FORM_RESOURCE)
        t.q = scratch + n;
    if (f == FORM_GENERAL)
        t.low = scratch + 2 * n;
    if (f != FORM_SIMPLEX)
        t.high = scratch + 3 * n;
    double total_p = 0, total_q = 0;
    for (int64_t i = 0; i < n; i++) {
        double p, q, low, high;
        term_of(f, in, i, &p, &q, &low, &high);
        t.p[i] = p;
        if (t.q != NULL)
            t.q[i] = q;
        if (t.low != NULL)
            t.low[i] = low;
        if (t.high != NULL)
            t.high[i] = high;
        total_p += p;
        total_q += q;
    }
    *sum_p = total_p;
    *sum_q = total_q;
    return t;
}

/* Copies variable i to place k <= i. */
INLINE void terms_move(terms *t, int64_t k, int64_t i)
{
    t->p[k] = t->p[i];
    if (t->q != NULL)
        t->q[k] = t->q[i];
    if (t->low != NULL)
        t->low[k] = t->low[i];
    if (t->high != NULL)
        t->high[k] = t->high[i];
}

/* The sum of the row at a price; used where nothing is kept or decided. */
INLINE double terms_sum(const terms *t, double price)
{
    double sum = 0;
    for (int64_t i = 0; i < t->n; i++)
        sum +=
            between(t->p[i] + number_or(t->q, i, 1) * price, number_or(t->low, i, 0), number_or(t->high, i, HUGE_VAL));
    return sum;
}

/* The nearest breakpoint above the price where a variable leaves its lower end,
 * or below it where one leaves its upper end: the way on where the slope is 0.
 * A little beyond it, by what rounding can hide. */
INLINE double terms_next(const terms *t, int up, double price)
{
    double next = up ? HUGE_VAL : -HUGE_VAL;
    for (int64_t i = 0; i < t->n; i++) {
        double p = t->p[i], q = number_or(t->q, i, 1), low = number_or(t->low, i, 0),
               high = number_or(t->high, i, HUGE_VAL);
        double end = up ? low : high, beyond = 4 * DBL_EPSILON * (fabs(end) + fabs(p)) / q + DBL_MIN;
        double here = up ? (end - p) / q + beyond : (end - p) / q - beyond;
        if (low < high && up && here > price)
            next = fold_min(next, here);
        if (low < high && !up && here < price)
            next = fold_max(next, here);
    }
    return next;
}

/* The price of the linear piece around `price`: the row solved for the
 * variables that are free there. */
INLINE double terms_polish(const terms *t, double r, double price)
{
    double rest = r, p = 0, q = 0;
    for (int64_t i = 0; i < t->n; i++) {
        double slope = number_or(t->q, i, 1), low = number_or(t->low, i, 0), high = number_or(t->high, i, HUGE_VAL);
        double v = t->p[i] + slope * price;
        int free = (v > low) & (v < high);
        rest -= when(!free, between(v, low, high));
        p += when(free, t->p[i]);
        q += when(free, slope);
    }
    return q > 0 ? (rest - p) / q : price;
}

/* x at a price, from the instance. */
INLINE void write_answer(form f, const instance *in, double price, double *restrict x)
{
    for (int64_t i = 0; i < in->n; i++) {
        double v = in->a[i];
        if (f == FORM_GENERAL)
            v = (v + in->b[i] * price) / in->d[i];
        else if (f == FORM_RESOURCE)
            v = (v + price) / in->d[i];
        else
            v += price;
        v = fold_max(v, f == FORM_GENERAL ? in->l[i] : 0);
        x[i] = f == FORM_SIMPLEX ? v : fold_min(v, in->u[i]);
    }
}

#endif

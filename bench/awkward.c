/* The awkward classes: what breaks a sample, a bracket or a tolerance.  All
 * have the five arrays; each says in one line what is hard in it.
 */
#include "instance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void set(instance *in, int64_t i, double d, double a, double b, double l, double u)
{
    in->d[i] = d;
    in->a[i] = a;
    in->b[i] = b;
    in->l[i] = l;
    in->u[i] = u;
}

/* One breakpoint for all: no bracket around it decides anything. */
void fill_identical(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++)
        set(in, i, 12, 20, 17, 2, 14);
    instance_total(in, uniform(s, 0.1, 0.9));
}

/* Small whole numbers: a few hundred different breakpoints, each shared by
 * thousands, and a total that is often exactly on one. */
void fill_ties(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++) {
        double l = whole(s, -3, 3);
        set(in, i, whole(s, 1, 2), whole(s, -3, 3), whole(s, 1, 3), l, l + whole(s, 0, 4));
    }
    instance_total(in, uniform(s, 0.1, 0.9));
    in->r = floor(in->r);
}

/* Pareto with shape 1/2: no mean; a few variables carry most of the sum. */
static double heavy(stream *s)
{
    double v = 1 - uniform(s, 0, 1);
    return 1 / (v * v);
}

void fill_pareto(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++) {
        double p = heavy(s), q = heavy(s);
        set(in, i, uniform(s, 10, 25), heavy(s), heavy(s), fmin(p, q), fmax(p, q));
    }
    instance_total(in, uniform(s, 0.1, 0.9));
}

/* One variable outweighs the sum of all others, which a sample rarely meets. */
void fill_giant(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    if (in->n == 0)
        return;
    fill_uncorrelated(in, s, 0);
    in->u[in->n / 3] = 1e6 * (double)in->n;
    instance_total(in, 0.5);
}

/* By the breakpoint at the lower bound: a sample of neighbours sees one price. */
typedef struct row {
    double key, d, a, b, l, u;
} row;

static int compare_rows(const void *p, const void *q)
{
    double x = ((const row *)p)->key, y = ((const row *)q)->key;
    return (x > y) - (x < y);
}

void fill_sorted(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    fill_uncorrelated(in, s, 0);
    row *rows = malloc((size_t)(in->n > 0 ? in->n : 1) * sizeof *rows);
    if (rows == NULL)
        abort();
    for (int64_t i = 0; i < in->n; i++)
        rows[i] = (row){(in->d[i] * in->l[i] - in->a[i]) / in->b[i], in->d[i], in->a[i], in->b[i], in->l[i], in->u[i]};
    qsort(rows, (size_t)in->n, sizeof *rows, compare_rows);
    for (int64_t i = 0; i < in->n; i++)
        set(in, i, rows[i].d, rows[i].a, rows[i].b, rows[i].l, rows[i].u);
    free(rows);
}

/* The same few variables over and over.  A sampler that steps by a multiple of
 * the period sees only some of them.  Parameter 0 stands for the step between
 * lines of 8 when 3 N^(2/3) of N variables are sampled. */
void fill_period(instance *in, stream *s, int64_t parameter)
{
    int64_t period = parameter > 0 ? parameter : (int64_t)(8 * cbrt((double)in->n) / 3);
    fill_uncorrelated(in, s, 0);
    for (int64_t i = period < 1 ? in->n : period; i < in->n; i++)
        set(in, i, in->d[i - period], in->a[i - period], in->b[i - period], in->l[i - period], in->u[i - period]);
    instance_total(in, uniform(s, 0.1, 0.9));
}

/* 18 orders of magnitude in every array. */
void fill_scales(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++) {
        double v[5];
        for (int k = 0; k < 5; k++)
            v[k] = pow(10, uniform(s, -9, 9));
        set(in, i, v[0], v[1], v[2], fmin(v[3], v[4]), fmax(v[3], v[4]));
    }
    instance_total(in, uniform(s, 0.1, 0.9));
}

/* No upper bounds: half of the breakpoints are at infinity. */
void fill_no_upper(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    fill_uncorrelated(in, s, 0);
    for (int64_t i = 0; i < in->n; i++)
        in->u[i] = HUGE_VAL;
}

/* Nothing is free at any price.  Whole numbers, so that the total is exact. */
void fill_fixed(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++) {
        double x = whole(s, 1, 15);
        set(in, i, whole(s, 10, 25), whole(s, 10, 25), whole(s, 10, 25), x, x);
    }
    instance_total(in, 1);
}

/* The total at the end of what the bounds allow, or a step beside it. */
void fill_limit(instance *in, stream *s, int64_t parameter)
{
    for (int64_t i = 0; i < in->n; i++) {
        double p = whole(s, 1, 15), q = whole(s, 1, 15);
        set(in, i, whole(s, 10, 25), whole(s, 10, 25), whole(s, 10, 25), fmin(p, q), fmax(p, q));
    }
    instance_total(in, parameter == LIMIT_LOWER ? 0 : 1);
    if (parameter == LIMIT_ULP_INSIDE)
        in->r = nextafter(in->r, 0);
    else if (parameter == LIMIT_ULP_OUTSIDE)
        in->r = nextafter(in->r, HUGE_VAL);
    else if (parameter == LIMIT_OUTSIDE)
        in->r *= 1 + 1e-6;
}

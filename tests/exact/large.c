/* Larger instances: the distributions of the literature and the awkward ones.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <math.h>
#include <stdlib.h>

enum { UNCORRELATED, WEAK, CORRELATED, RESOURCE, SIMPLEX_UNIFORM, SIMPLEX_NORMAL, CAPPED, IDENTICAL, INTEGERS, PARETO,
       GIANT, SORTED, PERIOD_8, PERIOD_64, PERIOD_512, SCALES_WIDE, NO_UPPER, FIXED, LINEAR, MIXED_SIGNS,
       CANCEL, SUBSET_GAP, KINDS };

static const char *const names[KINDS] = {
    "uncorrelated", "weakly correlated", "correlated", "resource", "simplex uniform", "simplex normal",
    "capped simplex", "identical", "integers", "pareto", "one giant", "sorted", "period 8", "period 64",
    "period 512", "wide scales", "no upper", "l = u", "linear", "mixed signs", "cancelling targets", "subset gaps"};

int large_kinds(void)
{
    return KINDS;
}

static double normal(rng *r)
{
    double a = 1 - rng_unit(r), b = rng_unit(r);
    return sqrt(-2 * log(a)) * cos(6.283185307179586 * b);
}

/* min 1/2 d x^2 - a x, sum b x = r in the library's terms. */
static void literature(instance *in, int i, double d, double a, double b, double l, double u)
{
    in->w[i] = d / 2;
    in->t[i] = a / d;
    in->p[i] = 0;
    in->a[i] = b;
    in->l[i] = l < u ? l : u;
    in->u[i] = l < u ? u : l;
}

static void real_device(instance *in, rng *r, int i, double size)
{
    in->w[i] = rng_real(r, 0.1, 2) / size;
    in->t[i] = rng_real(r, 0, 10) * size;
    in->p[i] = rng_real(r, 0, 3);
    in->a[i] = 1;
    in->l[i] = 0;
    in->u[i] = rng_real(r, 1, 12) * size;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void draw(instance *in, rng *r, int kind, int i, double w0, double t0)
{
    double b = rng_real(r, 10, 25), l = rng_real(r, 1, 15), u = rng_real(r, 1, 15);
    switch (kind) {
    case UNCORRELATED: literature(in, i, rng_real(r, 10, 25), rng_real(r, 10, 25), b, l, u); break;
    case WEAK: literature(in, i, rng_real(r, b - 5, b + 5), rng_real(r, b - 5, b + 5), b, l, u); break;
    case CORRELATED: literature(in, i, b + 5, b + 5, b, l, u); break;
    case RESOURCE:
        literature(in, i, rng_real(r, 1, 10001), rng_real(r, -1000, 1000), 1, 0, rng_real(r, 0, 1000));
        break;
    case SIMPLEX_UNIFORM: literature(in, i, 1, rng_unit(r), 1, 0, HUGE_VAL); break;
    case SIMPLEX_NORMAL: literature(in, i, 1, normal(r), 1, 0, HUGE_VAL); break;
    case CAPPED: literature(in, i, 1, rng_real(r, -0.5, 1.5), 1, 0, 1); break;
    case IDENTICAL:
        real_device(in, r, i, 1);
        in->w[i] = w0;
        in->t[i] = t0;
        in->p[i] = 0.25;
        in->u[i] = 7.5;
        break;
    case INTEGERS:
        in->w[i] = rng_int(r, 0, 2);
        in->t[i] = rng_int(r, 0, 5);
        in->p[i] = rng_int(r, 0, 3);
        in->a[i] = rng_int(r, 1, 2);
        in->l[i] = rng_int(r, 0, 1);
        in->u[i] = in->l[i] + rng_int(r, 0, 4);
        break;
    case PARETO: real_device(in, r, i, pow(1 - rng_unit(r), -2)); break; /* shape 0.5 */
    case GIANT: real_device(in, r, i, i == in->n / 2 ? 1e9 : 1); break;
    case PERIOD_8:
    case PERIOD_64:
    case PERIOD_512: {
        int period = kind == PERIOD_8 ? 8 : kind == PERIOD_64 ? 64 : 512;
        real_device(in, r, i, i % period == 0 ? 1e4 : 1);
        break;
    }
    case SCALES_WIDE:
        real_device(in, r, i, 1);
        in->w[i] = pow(10, rng_real(r, -9, 9));
        in->t[i] = pow(10, rng_real(r, -9, 9));
        in->p[i] = pow(10, rng_real(r, -9, 9)) * (rng_chance(r, 0.5) ? 1 : -1);
        in->u[i] = pow(10, rng_real(r, -9, 9));
        break;
    case NO_UPPER:
        real_device(in, r, i, 1);
        in->u[i] = HUGE_VAL;
        break;
    case FIXED:
        real_device(in, r, i, 1);
        in->l[i] = rng_chance(r, 0.9) ? in->u[i] : in->u[i] / 2;
        break;
    case LINEAR:
        real_device(in, r, i, 1);
        in->w[i] = 0;
        break;
    case MIXED_SIGNS:
        real_device(in, r, i, 1);
        in->a[i] = rng_real(r, -2, 2);
        in->w[i] = rng_chance(r, 0.2) ? 0 : in->w[i];
        in->l[i] = rng_real(r, -3, 0.9);
        break;
    case CANCEL: /* the targets add up to nearly nothing beside their size */
        real_device(in, r, i, 1);
        in->t[i] = (i % 2 ? -1e8 : 1e8) * w0 + rng_real(r, 0, 1e-3);
        in->l[i] = -HUGE_VAL;
        in->u[i] = HUGE_VAL;
        break;
    case SUBSET_GAP: /* linear blocks that no subset adds up with */
        real_device(in, r, i, 1);
        in->w[i] = 0;
        in->p[i] = rng_int(r, 0, 2);
        in->l[i] = 0;
        in->u[i] = 3 * rng_int(r, 1, 40);
        break;
    default: real_device(in, r, i, 1); break;
    }
}

/* Sorted data: each array by itself, rising or falling. */
static void sort_all(instance *in)
{
    double *arrays[] = {in->t, in->p, in->w};
    for (size_t k = 0; k < sizeof arrays / sizeof arrays[0]; k++)
        qsort(arrays[k], (size_t)in->n, sizeof(double), by_value);
}

void make_large(instance *in, rng *r, int which, int most)
{
    int kind = which % KINDS, n = (int)(50 * pow(most / 50.0, rng_unit(r)));
    double least = 0, greatest = 0, w0 = rng_real(r, 0.5, 2), t0 = rng_real(r, 0, 5);
    in->n = 0;
    instance_resize(in, n);
    snprintf(in->name, sizeof in->name, "%s", names[kind]);
    in->constant = 0;
    in->has_row = 1;
    for (int i = 0; i < n; i++)
        draw(in, r, kind, i, w0, t0);
    if (kind == SORTED)
        sort_all(in);
    for (int i = 0; i < n; i++) {
        double lo = isinf(in->l[i]) ? -10 : in->l[i], hi = isinf(in->u[i]) ? 10 : in->u[i];
        least += in->a[i] * (in->a[i] > 0 ? lo : hi);
        greatest += in->a[i] * (in->a[i] > 0 ? hi : lo);
    }
    double total = least + (greatest - least) * rng_real(r, 0.1, 0.9);
    if (kind == SIMPLEX_UNIFORM || kind == SIMPLEX_NORMAL)
        total = 1;
    if (kind == CAPPED)
        total = n / 3.0;
    if (kind == INTEGERS || kind == SUBSET_GAP)
        total = floor(total) + 0.5 * rng_int(r, 0, 1);
    if (kind == CANCEL)
        total = rng_real(r, -1, 1);
    if (rng_chance(r, 0.1)) /* as doubles add up: exactly at a limit, or just beside it */
        total = rng_chance(r, 0.5) ? least : greatest;
    else if (rng_chance(r, 0.04))
        total = greatest + fabs(greatest) * 0.01 + 1;
    in->low = in->high = total;
    if (rng_chance(r, 0.1))
        in->high = HUGE_VAL;
    else if (rng_chance(r, 0.1))
        in->low = -HUGE_VAL;
}

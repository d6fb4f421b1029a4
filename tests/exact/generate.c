/* Random instances: small and full of ties, built backwards, at a limit, real.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <math.h>
#include <string.h>

static void name_it(instance *in, const char *name)
{
    snprintf(in->name, sizeof in->name, "%s", name);
}

/* Least and greatest sum, infinite parts left out: small whole numbers, so exact. */
static void limits(const instance *in, double *least, double *most)
{
    *least = *most = 0;
    for (int i = 0; i < in->n; i++) {
        double a = in->a[i], lo = a > 0 ? in->l[i] : in->u[i], hi = a > 0 ? in->u[i] : in->l[i];
        if (a != 0 && !isinf(lo))
            *least += a * lo;
        if (a != 0 && !isinf(hi))
            *most += a * hi;
    }
}

void make_small(instance *in, rng *r)
{
    static const double coefs[] = {-2, -1, 0, 1, 2, 3};
    int plain = rng_chance(r, 0.35), cheap = rng_chance(r, 0.4), n = rng_chance(r, 0.02) ? 0 : rng_int(r, 1, 6);
    double no_weight = rng_chance(r, 0.3) ? 0.9 : rng_chance(r, 0.5) ? 0.3 : 0.0;
    double open = rng_chance(r, 0.5) ? 0.3 : 0.05;
    in->n = 0;
    instance_resize(in, n);
    name_it(in, "small");
    in->constant = rng_chance(r, 0.2) ? rng_int(r, -3, 3) : 0;
    for (int i = 0; i < n; i++) {
        in->w[i] = rng_chance(r, no_weight) ? 0 : rng_int(r, 0, 3);
        in->t[i] = rng_int(r, -3, 4);
        in->p[i] = cheap ? rng_int(r, 0, 1) : rng_int(r, -3, 3);
        in->a[i] = plain ? 1 : coefs[rng_int(r, 0, 5)];
        in->l[i] = rng_chance(r, open) ? -HUGE_VAL : plain && rng_chance(r, 0.7) ? 0 : rng_int(r, -3, 2);
        in->u[i] = rng_chance(r, open) ? HUGE_VAL : (isinf(in->l[i]) ? -1 : in->l[i]) + rng_int(r, 0, 4);
    }
    double least, most, kind = rng_unit(r);
    limits(in, &least, &most);
    if (least > most) { /* where the other ends are infinite */
        double swap = least;
        least = most;
        most = swap;
    }
    in->has_row = kind > 0.03;
    double low = rng_chance(r, 0.2) ? (rng_chance(r, 0.5) ? least : most)
                                    : rng_int(r, (int)(2 * least) - 3, (int)(2 * most) + 3) / 2.0;
    in->low = in->high = low;
    if (kind < 0.05)
        in->low = -HUGE_VAL;
    if (kind < 0.12)
        in->high = HUGE_VAL;
    else if (kind < 0.22)
        in->low = -HUGE_VAL;
    else if (kind < 0.42)
        in->high = low + rng_int(r, 1, 8) / 2.0;
    if (!in->has_row) {
        in->low = -HUGE_VAL;
        in->high = HUGE_VAL;
    }
}

/* A whole number of `bits` bits, or a small one, as wanted. */
static double number(rng *r, int integers, int size)
{
    if (integers)
        return rng_int(r, -size, size);
    return (double)((int64_t)(rng_next(r) >> 44) - (1 << 19)) * size * 0x1p-19;
}

/* x and the price come first, and p follows from 2w (x - t) + p = a y (+ d at a
 * bound), in numbers short enough that every step is exact in doubles.  Half of
 * the variables sit on a kink of the price. */
void make_built(instance *in, rng *r, int integers)
{
    int n = rng_int(r, 1, 40);
    double y = number(r, 1, 6), sum = 0;
    in->n = 0;
    instance_resize(in, n);
    name_it(in, integers ? "built" : "built-long");
    in->constant = 0;
    in->has_row = 1;
    for (int i = 0; i < n; i++) {
        double x = number(r, integers, 8), gap = rng_int(r, 0, 3), d = rng_chance(r, 0.5) ? 0 : rng_int(r, 1, 3);
        in->w[i] = rng_chance(r, 0.35) ? 0 : rng_int(r, 1, 3);
        in->t[i] = number(r, integers, 8);
        in->a[i] = rng_chance(r, 0.6) ? 1 : rng_int(r, -2, 3);
        int where = rng_int(r, 0, 3);
        in->l[i] = where == 0 || where == 3 ? x : rng_chance(r, 0.2) ? -HUGE_VAL : x - gap - 1;
        in->u[i] = where == 1 || where == 3 ? x : rng_chance(r, 0.2) ? HUGE_VAL : x + gap + 1;
        if (where == 2)
            d = 0;
        if (where == 1)
            d = -d;
        in->p[i] = in->a[i] * y + d - 2 * in->w[i] * (x - in->t[i]);
        sum += in->a[i] * x;
    }
    in->low = in->high = sum;
    if (rng_chance(r, 0.3)) {
        if (y >= 0)
            in->high = rng_chance(r, 0.5) ? HUGE_VAL : sum + rng_int(r, 1, 3);
        if (y <= 0)
            in->low = rng_chance(r, 0.5) ? -HUGE_VAL : sum - rng_int(r, 1, 3);
    }
}

static double steps(double v, int k)
{
    for (; k > 0; k--)
        v = nextafter(v, HUGE_VAL);
    for (; k < 0; k++)
        v = nextafter(v, -HUGE_VAL);
    return v;
}

/* A total at a limit as doubles add up, and a few units in the last place off. */
void make_limit(instance *in, rng *r)
{
    static const int offsets[] = {-3, -2, -1, 0, 0, 1, 2, 3, 5, 40, -40};
    int n = rng_int(r, 1, 9), top = rng_chance(r, 0.5);
    double sum = 0;
    in->n = 0;
    instance_resize(in, n);
    name_it(in, "limit");
    in->constant = 0;
    in->has_row = 1;
    for (int i = 0; i < n; i++) {
        in->w[i] = rng_chance(r, 0.3) ? 0 : rng_real(r, 0.1, 4);
        in->t[i] = rng_real(r, -2, 5);
        in->p[i] = rng_chance(r, 0.5) ? 0 : rng_real(r, -1, 3);
        in->a[i] = rng_chance(r, 0.6) ? 1 : rng_real(r, -2, 3);
        in->l[i] = rng_chance(r, 0.5) ? rng_int(r, 1, 9) / 10.0 : rng_real(r, -1, 3);
        in->u[i] = in->l[i] + (rng_chance(r, 0.1) ? 0 : rng_int(r, 0, 12) / 10.0);
        sum += in->a[i] * ((in->a[i] > 0) == top ? in->u[i] : in->l[i]);
    }
    in->low = in->high = steps(sum, offsets[rng_int(r, 0, 10)]);
    if (rng_chance(r, 0.15)) {
        if (top)
            in->high = HUGE_VAL;
        else
            in->low = -HUGE_VAL;
    }
}

/* Real numbers in general position, with some of everything. */
void make_real(instance *in, rng *r, int most)
{
    int n = rng_int(r, 1, most), ones = rng_chance(r, 0.5), wide = rng_chance(r, 0.3);
    double least = 0, greatest = 0;
    in->n = 0;
    instance_resize(in, n);
    name_it(in, "real");
    in->constant = rng_chance(r, 0.3) ? rng_real(r, -5, 5) : 0;
    in->has_row = 1;
    for (int i = 0; i < n; i++) {
        double size = wide ? pow(10, rng_real(r, -6, 6)) : 1;
        in->w[i] = rng_chance(r, 0.2) ? 0 : rng_real(r, 0.1, 5) / size;
        in->t[i] = rng_real(r, -3, 10) * size;
        in->p[i] = rng_chance(r, 0.3) ? 0 : rng_real(r, -4, 4);
        in->a[i] = ones ? 1 : rng_chance(r, 0.1) ? 0 : rng_real(r, -1, 3);
        in->l[i] = rng_chance(r, 0.1) ? -HUGE_VAL : rng_chance(r, 0.5) ? 0 : rng_real(r, -2, 1) * size;
        in->u[i] = rng_chance(r, 0.2) ? HUGE_VAL : (isinf(in->l[i]) ? 0 : in->l[i]) + rng_real(r, 0, 9) * size;
        double lo = isinf(in->l[i]) ? -20 : in->l[i], hi = isinf(in->u[i]) ? 20 : in->u[i];
        least += in->a[i] * (in->a[i] > 0 ? lo : hi);
        greatest += in->a[i] * (in->a[i] > 0 ? hi : lo);
    }
    in->low = in->high = least + (greatest - least) * rng_real(r, -0.02, 1.02);
    if (rng_chance(r, 0.1))
        in->low = -HUGE_VAL;
    else if (rng_chance(r, 0.1))
        in->high = HUGE_VAL;
    else if (rng_chance(r, 0.1))
        in->high = in->low + fabs(greatest - least) * rng_unit(r) + 1e-3;
}

static void scale_array(double *v, int n, double factor)
{
    for (int i = 0; i < n; i++)
        v[i] *= factor;
}

/* The two scalings that the design promises: cost units, and units of the thing
 * that is split.  By a factor that is no power of two every product rounds, and
 * the result is another instance. */
void scale_instance(instance *to, const instance *from, int manner, double factor)
{
    instance_copy(to, from);
    scale_array(to->p, to->n, factor);
    if (manner == SCALE_COST) {
        scale_array(to->w, to->n, factor);
        to->constant *= factor;
    } else {
        scale_array(to->t, to->n, factor);
        scale_array(to->l, to->n, factor);
        scale_array(to->u, to->n, factor);
        to->low *= factor;
        to->high *= factor;
        to->constant *= factor * factor;
    }
    size_t used = strlen(to->name);
    snprintf(to->name + used, sizeof to->name - used, " %s*%g", manner == SCALE_COST ? "cost" : "units", factor);
}

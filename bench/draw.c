/* The instances: one place that lists every class, and the seven main ones.
 *
 * Literature classes: Kiwiel 2008.  The text of each is that of the workloads.
 */
#include "instance.h"
#include "memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* l and u are the two of U(1, 15) in order. */
static void ordered_bounds(instance *in, stream *s, int64_t i)
{
    double p = uniform(s, 1, 15), q = uniform(s, 1, 15);
    in->l[i] = fmin(p, q);
    in->u[i] = fmax(p, q);
}

void fill_uncorrelated(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++) {
        in->b[i] = uniform(s, 10, 25);
        in->a[i] = uniform(s, 10, 25);
        in->d[i] = uniform(s, 10, 25);
        ordered_bounds(in, s, i);
    }
    instance_total(in, uniform(s, 0.1, 0.9));
}

static void fill_weak(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++) {
        double b = in->b[i] = uniform(s, 10, 25);
        in->a[i] = uniform(s, b - 5, b + 5);
        in->d[i] = uniform(s, b - 5, b + 5);
        ordered_bounds(in, s, i);
    }
    instance_total(in, uniform(s, 0.1, 0.9));
}

static void fill_correlated(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++) {
        in->b[i] = uniform(s, 10, 25);
        in->a[i] = in->d[i] = in->b[i] + 5;
        ordered_bounds(in, s, i);
    }
    instance_total(in, uniform(s, 0.1, 0.9));
}

static void fill_resource(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++) {
        in->u[i] = uniform(s, 0, 1000);
        in->d[i] = uniform(s, 1, 10001);
        in->a[i] = uniform(s, -1000, 1000);
    }
    instance_total(in, uniform(s, 0.1, 0.9));
}

static void fill_simplex_uniform(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++)
        in->a[i] = uniform(s, 0, 1);
    in->r = 1;
}

static void fill_simplex_normal(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++)
        in->a[i] = normal(s);
    in->r = 1;
}

static void fill_capped(instance *in, stream *s, int64_t parameter)
{
    (void)parameter;
    for (int64_t i = 0; i < in->n; i++) {
        in->a[i] = uniform(s, -0.5, 1.5);
        in->u[i] = 1;
    }
    in->r = (double)in->n / 3;
}

const drawn_class drawn_classes[] = {
    {"uncorrelated", CLASS_MAIN, FORM_GENERAL, fill_uncorrelated, 0, 0},
    {"weakly_correlated", CLASS_MAIN, FORM_GENERAL, fill_weak, 0, 0},
    {"correlated", CLASS_MAIN, FORM_GENERAL, fill_correlated, 0, 0},
    {"resource", CLASS_MAIN, FORM_RESOURCE, fill_resource, 0, 0},
    {"simplex_uniform", CLASS_MAIN, FORM_SIMPLEX, fill_simplex_uniform, 0, 0},
    {"simplex_normal", CLASS_MAIN, FORM_SIMPLEX, fill_simplex_normal, 0, 0},
    {"capped_simplex", CLASS_MAIN, FORM_CAPPED, fill_capped, 0, 0},
    {"identical", CLASS_AWKWARD, FORM_GENERAL, fill_identical, 0, 0},
    {"integer_ties", CLASS_AWKWARD, FORM_GENERAL, fill_ties, 0, 0},
    {"pareto", CLASS_AWKWARD, FORM_GENERAL, fill_pareto, 0, 0},
    {"one_giant", CLASS_AWKWARD, FORM_GENERAL, fill_giant, 0, 0},
    {"sorted", CLASS_AWKWARD, FORM_GENERAL, fill_sorted, 0, 0},
    {"period_8", CLASS_AWKWARD, FORM_GENERAL, fill_period, 8, 0},
    {"period_64", CLASS_AWKWARD, FORM_GENERAL, fill_period, 64, 0},
    {"period_512", CLASS_AWKWARD, FORM_GENERAL, fill_period, 512, 0},
    {"period_4096", CLASS_AWKWARD, FORM_GENERAL, fill_period, 4096, 0},
    {"period_of_sample", CLASS_AWKWARD, FORM_GENERAL, fill_period, 0, 0},
    {"scales", CLASS_AWKWARD, FORM_GENERAL, fill_scales, 0, 0},
    {"no_upper", CLASS_AWKWARD, FORM_GENERAL, fill_no_upper, 0, 0},
    {"all_fixed", CLASS_AWKWARD, FORM_GENERAL, fill_fixed, 0, 0},
    {"at_lower_limit", CLASS_AWKWARD, FORM_GENERAL, fill_limit, LIMIT_LOWER, 0},
    {"at_upper_limit", CLASS_AWKWARD, FORM_GENERAL, fill_limit, LIMIT_UPPER, 0},
    {"one_ulp_inside", CLASS_AWKWARD, FORM_GENERAL, fill_limit, LIMIT_ULP_INSIDE, 0},
    {"one_ulp_outside", CLASS_AWKWARD, FORM_GENERAL, fill_limit, LIMIT_ULP_OUTSIDE, 0},
    {"infeasible", CLASS_AWKWARD, FORM_GENERAL, fill_limit, LIMIT_OUTSIDE, 1},
    {NULL, 0, FORM_GENERAL, NULL, 0, 0},
};

const drawn_class *class_find(const char *name)
{
    for (const drawn_class *c = drawn_classes; c->name != NULL; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

void instance_limits(const instance *in, double *least, double *greatest)
{
    long double low = 0, high = 0;
    for (int64_t i = 0; i < in->n; i++) {
        double b = in->b != NULL ? in->b[i] : 1;
        low += in->l != NULL ? (long double)b * in->l[i] : 0;
        high += in->u != NULL ? (long double)b * in->u[i] : (long double)HUGE_VAL;
    }
    *least = (double)low;
    *greatest = (double)high;
}

void instance_total(instance *in, double share)
{
    double least, greatest;
    instance_limits(in, &least, &greatest);
    in->r = least + (greatest - least) * share;
}

/* In the order in which the library's arguments stand. */
int instance_inputs(const instance *in, const double **array)
{
    const double *all[] = {in->weight, in->target, in->b, in->l, in->u};
    int count = 0;
    for (int k = 0; k < 5; k++)
        if (all[k] != NULL)
            array[count++] = all[k];
    return count;
}

instance *instance_draw(const drawn_class *c, int64_t n, uint64_t seed)
{
    instance *in = memory_block(sizeof *in);
    stream s = {seed};
    double **wanted[] = {&in->a, &in->u, &in->d, &in->weight, &in->target, &in->b, &in->l}, *array[7];
    int count = c->form == FORM_GENERAL ? 7 : c->form == FORM_RESOURCE ? 5 : c->form == FORM_CAPPED ? 2 : 1;
    in->n = n;
    in->form = c->form;
    in->memory = memory_arrays(count, n, array);
    for (int k = 0; k < count; k++)
        *wanted[k] = array[k];
    c->fill(in, &s, c->parameter);
    if (in->d == NULL)
        in->target = in->a;
    else
        for (int64_t i = 0; i < n; i++) {
            in->weight[i] = in->d[i] / 2;
            in->target[i] = in->a[i] / in->d[i];
        }
    return in;
}

void instance_free(instance *in)
{
    if (in == NULL)
        return;
    memory_free(in->memory);
    memory_free(in);
}

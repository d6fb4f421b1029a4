/* Test of the benchmark's own parts: the instances are what they should be, and
 * every baseline gives the library's answer.
 *
 *   bench_test_baselines              all of it
 *   bench_test_baselines --self-test  spoils each answer a little, by more than
 *                                     the test allows, and counts what is noticed
 *
 * The last line counts; the exit code is 0 only when nothing failed.
 */
#include "baseline.h"
#include "memory.h"

#include <float.h>
#include <math.h>
#include <rm/rm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOLERANCE 1e-9
#define SPOIL 1e-8
#define COMPLAINTS 20

static int64_t passed, failed;
static int spoil; /* the self-test */

static void count(int good, const drawn_class *c, int64_t n, uint64_t seed, const char *what, double off)
{
    passed += good;
    failed += !good;
    if (!good && failed <= COMPLAINTS)
        printf("%s, n = %lld, seed %llu: %s (off by %.3g)\n", c->name, (long long)n, (unsigned long long)seed, what,
               off);
}

static double at(const double *v, int64_t i, double standard)
{
    return v != NULL ? v[i] : standard;
}

/* --- answers --------------------------------------------------------------- */

/* Greatest difference, relative to the greatest number of the two. */
static double difference(int64_t n, const double *x, const double *y)
{
    double size = 0, most = 0;
    for (int64_t i = 0; i < n; i++) {
        double off = fabs(x[i] - y[i]);
        size = fmax(size, fmax(fabs(x[i]), fabs(y[i])));
        if (!(off <= most)) /* NaN is a difference */
            most = off;
    }
    return size > 0 ? most / size : most;
}

/* Prices agree where one is unique, that is, where a variable is free; relative
 * to the terms that the price balances. */
static double price_difference(const instance *in, const double *x, double mine, double theirs)
{
    double size = 0;
    for (int64_t i = 0; i < in->n; i++) {
        double low = at(in->l, i, 0), high = at(in->u, i, HUGE_VAL), room = TOLERANCE * fmax(1, fabs(x[i]));
        if (x[i] - low > room && high - x[i] > room)
            size = fmax(size, (at(in->d, i, 1) * fabs(x[i]) + fabs(in->a[i])) / at(in->b, i, 1));
    }
    return size > 0 ? fabs(mine - theirs) / size : 0;
}

static int is_wide(const drawn_class *c)
{
    return c->fill == fill_scales || c->fill == fill_pareto;
}

/* Where 18 orders of magnitude meet, a price that is one rounding off can move a
 * variable by more than the tolerance; the methods keep the price as one double,
 * and stop where the row is met to SUM_TOLERANCE.  So much is allowed. */
static double wide_difference(const instance *in, const double *x, const double *y, double price)
{
    double size = 0, most = 0, row = fabs(in->r), slope = 0;
    for (int64_t i = 0; i < in->n; i++) {
        row += fabs(in->b[i] * x[i]);
        slope += x[i] > in->l[i] && x[i] < in->u[i] ? in->b[i] * in->b[i] / in->d[i] : 0;
    }
    double price_off = 16 * DBL_EPSILON * fabs(price) + (slope > 0 ? SUM_TOLERANCE * row / slope : 0);
    for (int64_t i = 0; i < in->n; i++) {
        double allowed = (16 * DBL_EPSILON * fabs(in->a[i]) + in->b[i] * price_off) / in->d[i];
        double off = fmax(0, fabs(x[i] - y[i]) - allowed);
        size = fmax(size, fmax(fabs(x[i]), fabs(y[i])));
        most = isnan(y[i]) ? HUGE_VAL : fmax(most, off);
    }
    return size > 0 ? most / size : most;
}

static rm_status solve_library(const instance *in, double *x, double *price)
{
    rm_status s = rm_waterfill(in->n, in->weight, in->target, NULL, in->b, in->l, in->u, in->r, x, price, NULL);
    if (in->weight == NULL)
        *price /= 2; /* weight 1 is d = 2 */
    return s;
}

static void compare(const drawn_class *c, const instance *in, uint64_t seed, double *x, double *y, double *scratch)
{
    char what[100];
    double price = 0, other = 0;
    rm_status s = solve_library(in, x, &price);
    count(s == (c->infeasible ? RM_INFEASIBLE : RM_OK), c, in->n, seed, "status of rm_waterfill", s);
    if (s != RM_OK)
        return;
    for (const baseline *b = baselines; b->name != NULL; b++) {
        if (b->simplex_only && in->form != FORM_SIMPLEX)
            continue;
        if (b->solve == solve_fixing && c->fill == fill_scales)
            continue; /* it decides by the difference of two sums, of which rounding can leave nothing there */
        for (int64_t i = 0; i < in->n; i++)
            y[i] = NAN;
        int code = b->solve(in, scratch, y, &other);
        if (spoil)
            for (int64_t i = 0; i < in->n; i++)
                y[i] += SPOIL * (1 + fabs(y[i]));
        int wide = is_wide(c);
        double off = code != 0 ? HUGE_VAL : wide ? wide_difference(in, x, y, price) : difference(in->n, x, y);
        snprintf(what, sizeof what, "x of %s", b->name);
        count(off <= TOLERANCE, c, in->n, seed, what, off);
        if (spoil || wide)
            continue;
        off = price_difference(in, x, price, other);
        snprintf(what, sizeof what, "price of %s", b->name);
        count(off <= TOLERANCE, c, in->n, seed, what, off);
    }
}

/* --- instances ------------------------------------------------------------- */

/* What every instance must be, and what its class says of it. */
static void inspect(const drawn_class *c, const instance *in, uint64_t seed)
{
    double least, greatest;
    int64_t n = in->n;
    int good = 1;
    for (int64_t i = 0; i < n; i++) {
        double d = at(in->d, i, 1), b = at(in->b, i, 1), l = at(in->l, i, 0), u = at(in->u, i, HUGE_VAL);
        good &= d > 0 && b > 0 && l <= u && isfinite(d) && isfinite(b) && isfinite(l) && isfinite(in->a[i]);
        good &= in->d == NULL || (in->weight[i] == d / 2 && in->target[i] == in->a[i] / d);
    }
    instance_limits(in, &least, &greatest);
    if (c->fill != fill_limit)
        good &= least <= in->r && in->r <= greatest;
    if (c->fill == fill_limit)
        good &= c->parameter == LIMIT_LOWER        ? in->r == least
                : c->parameter == LIMIT_UPPER      ? in->r == greatest
                : c->parameter == LIMIT_ULP_INSIDE ? in->r == nextafter(greatest, 0)
                                                   : in->r > greatest;
    if (c->fill == fill_period && c->parameter > 0)
        for (int64_t i = c->parameter; i < n; i++)
            good &= in->a[i] == in->a[i - c->parameter] && in->u[i] == in->u[i - c->parameter];
    if (c->fill == fill_sorted)
        for (int64_t i = 1; i < n; i++)
            good &= (in->d[i - 1] * in->l[i - 1] - in->a[i - 1]) / in->b[i - 1] <=
                    (in->d[i] * in->l[i] - in->a[i]) / in->b[i];
    count(good, c, n, seed, "the instance is not of its class", 0);
}

/* Means of the seven classes: a wrong distribution would make every figure doubtful. */
static void inspect_means(void)
{
    static const struct {
        const char *name;
        double a, d, b, l, u;
    } want[] = {
        {"uncorrelated", 17.5, 17.5, 17.5, 1 + 14.0 / 3, 1 + 28.0 / 3},
        {"weakly_correlated", 17.5, 17.5, 17.5, 1 + 14.0 / 3, 1 + 28.0 / 3},
        {"correlated", 22.5, 22.5, 17.5, 1 + 14.0 / 3, 1 + 28.0 / 3},
        {"resource", 0, 5001, 1, 0, 500},
        {"simplex_uniform", 0.5, 1, 1, 0, HUGE_VAL},
        {"simplex_normal", 0, 1, 1, 0, HUGE_VAL},
        {"capped_simplex", 0.5, 1, 1, 0, 1},
    };
    int64_t n = 100000;
    for (size_t k = 0; k < sizeof want / sizeof want[0]; k++) {
        const drawn_class *c = class_find(want[k].name);
        instance *in = instance_draw(c, n, 7);
        double mean[5] = {0, 0, 0, 0, 0}, wanted[] = {want[k].a, want[k].d, want[k].b, want[k].l, want[k].u};
        for (int64_t i = 0; i < n; i++) {
            double v[] = {in->a[i], at(in->d, i, 1), at(in->b, i, 1), at(in->l, i, 0), at(in->u, i, HUGE_VAL)};
            for (int j = 0; j < 5; j++)
                mean[j] += v[j] / (double)n;
        }
        for (int j = 0; j < 5; j++) /* within 1 % of the range, some 10 standard deviations */
            count(mean[j] == wanted[j] || fabs(mean[j] - wanted[j]) <= 0.02 * fmax(1, fabs(wanted[j])) ||
                      (k == 3 && j == 0 && fabs(mean[j]) < 20),
                  c, n, 7, "mean of an array", mean[j] - wanted[j]);
        instance_free(in);
    }
}

/* --- all of it ------------------------------------------------------------- */

static void run(const drawn_class *c, int64_t n, uint64_t seed, double *x, double *y, double *scratch)
{
    instance *in = instance_draw(c, n, seed);
    if (!spoil)
        inspect(c, in, seed);
    compare(c, in, seed, x, y, scratch);
    instance_free(in);
}

int main(int argc, char **argv)
{
    static const int64_t large[] = {1000, 10000, 50000};
    double *array[2], *scratch;
    spoil = argc > 1 && strcmp(argv[1], "--self-test") == 0;
    void *answers = memory_arrays(2, large[2], array);
    void *room = memory_arrays(1, BASELINE_SCRATCH * large[2] + 64, &scratch);
    for (const drawn_class *c = drawn_classes; c->name != NULL; c++) {
        if (spoil && is_wide(c)) /* so little is allowed to go unnoticed there */
            continue;
        for (uint64_t seed = 1; seed <= 400; seed++)
            run(c, 1 + (int64_t)(seed * 7 % 40), seed, array[0], array[1], scratch);
        for (int k = 0; k < (c->list == CLASS_MAIN ? 3 : 2); k++)
            run(c, large[k], 1000, array[0], array[1], scratch);
    }
    if (!spoil)
        inspect_means();
    memory_free(answers);
    memory_free(room);
    if (spoil) { /* the statuses pass; every spoilt answer must have failed */
        int64_t statuses = 0, answers_passed = 0;
        for (const drawn_class *c = drawn_classes; c->name != NULL; c++)
            statuses += is_wide(c) ? 0 : 400 + (c->list == CLASS_MAIN ? 3 : 2);
        answers_passed = passed - statuses;
        printf("%lld spoilt answers noticed, %lld not\n", (long long)failed, (long long)answers_passed);
        passed = failed;
        failed = answers_passed;
    }
    printf("%lld passed, %lld failed\n", (long long)passed, (long long)failed);
    return failed != 0;
}

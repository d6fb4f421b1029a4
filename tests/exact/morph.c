/* The same problem in another dress must give the same bits.
 *
 * SPDX-License-Identifier: MIT
 *
 * Ties apart (they go by index), order, powers of two, splitting, doubling,
 * devices outside the row and removed variables change no bit.
 */
#include "exact.h"

#include <math.h>
#include <string.h>

static instance other;
static answer got;
static exact base;

static void solve(const instance *in, unsigned vary, rng *random, report *r)
{
    static full_answer full;
    static int ready;
    if (!ready)
        full_init(&full);
    ready = 1;
    if (is_equality(in) && vary == 0) {
        call_waterfill(in, &got, r);
        return;
    }
    call_handle(in, vary, random, &full, r);
    answer_resize(&got, in->n);
    if (in->n)
        memcpy(got.x, full.a.x, (size_t)in->n * sizeof *got.x);
    got.status = full.a.status;
    got.y = full.a.y;
}

/* x[map[i]] of the other dress must be x[i] times factor, bit for bit. */
static void same(const instance *in, const answer *a, const int *map, double x_factor, double y_factor, int with_ties,
                 const char *what, report *r)
{
    if (got.status != a->status) {
        complain(r, "%s: status %d, before %d", what, got.status, a->status);
        return;
    }
    if (a->status != RM_OK)
        return;
    double y = a->y * y_factor;
    if (in->has_row && got.y != y)
        complain(r, "%s: price %a, expected %a", what, got.y, y);
    for (int i = 0; i < in->n; i++) {
        double x = a->x[i] * x_factor;
        int k = map ? map[i] : i;
        if ((with_ties || !(base.tied[i] || near_tie(&base, i))) && got.x[k] != x) {
            complain(r, "%s: x[%d] = %a, expected %a", what, i, got.x[k], x);
            return;
        }
    }
}

static void copy_device(instance *to, int k, const instance *from, int i)
{
    to->w[k] = from->w[i];
    to->t[k] = from->t[i];
    to->p[k] = from->p[i];
    to->a[k] = from->a[i];
    to->l[k] = from->l[i];
    to->u[k] = from->u[i];
}

static int finish(report *r, const char *what)
{
    counts.runs++;
    if (r->count == 0)
        return 1;
    snprintf(other.name, sizeof other.name, "%s", what);
    return run_failed(&other, r);
}

static int permuted(const instance *in, const answer *a, rng *random)
{
    report r;
    int map[4096];
    report_clear(&r);
    instance_copy(&other, in);
    for (int i = 0; i < in->n; i++)
        map[i] = i;
    for (int i = in->n - 1; i > 0; i--) {
        int j = rng_int(random, 0, i), k = map[i];
        map[i] = map[j];
        map[j] = k;
    }
    for (int i = 0; i < in->n; i++)
        copy_device(&other, map[i], in, i);
    solve(&other, 0, random, &r);
    same(in, a, map, 1, 1, 0, "permuted", &r);
    return finish(&r, "permuted");
}

/* Scaling promises the same bits only as long as nothing over- or underflows. */
static int has_room(const instance *in)
{
    const double *arrays[] = {in->w, in->t, in->p, in->a, in->l, in->u};
    for (size_t k = 0; k < sizeof arrays / sizeof arrays[0]; k++)
        for (int i = 0; i < in->n; i++) {
            double v = fabs(arrays[k][i]);
            if (v != 0 && !isinf(v) && !(v > 0x1p-300 && v < 0x1p300))
                return 0;
        }
    return 1;
}

static int scaled(const instance *in, const answer *a, rng *random)
{
    static const int powers[] = {-40, 40, -1, 1, 17, -23};
    int good = 1;
    for (int manner = 0; manner < SCALES && has_room(in); manner++) {
        report r;
        double factor = ldexp(1, powers[rng_int(random, 0, 5)]);
        report_clear(&r);
        scale_instance(&other, in, manner, factor);
        solve(&other, 0, random, &r);
        same(in, a, NULL, manner == SCALE_UNITS ? factor : 1, factor, 1, other.name, &r);
        good &= finish(&r, "scaled by a power of two");
    }
    return good;
}

/* Every device twice and the sides doubled. */
static int doubled(const instance *in, const answer *a, rng *random)
{
    report r;
    int map[4096], twin = rng_int(random, 0, 1);
    report_clear(&r);
    instance_copy(&other, in);
    instance_resize(&other, 2 * in->n);
    for (int i = 0; i < in->n; i++) {
        map[i] = twin ? 2 * i + 1 : i;
        copy_device(&other, map[i], in, i);
        copy_device(&other, twin ? 2 * i : in->n + i, in, i);
    }
    other.low = 2 * in->low;
    other.high = 2 * in->high;
    solve(&other, 0, random, &r);
    same(in, a, map, 1, 1, 0, "doubled", &r);
    return finish(&r, "doubled");
}

/* One device as two halves of twice the weight. */
static int split(const instance *in, const answer *a, rng *random)
{
    report r;
    int i = rng_int(random, 0, in->n - 1), n = in->n;
    report_clear(&r);
    instance_copy(&other, in);
    other.w[i] *= 2;
    other.t[i] /= 2;
    other.l[i] /= 2;
    other.u[i] /= 2;
    instance_resize(&other, n + 1);
    copy_device(&other, n, &other, i);
    solve(&other, 0, random, &r);
    if (got.status == RM_OK && a->status == RM_OK && !base.tied[i] && !near_tie(&base, i)) {
        if (got.x[i] != got.x[n] || got.x[i] != a->x[i] / 2)
            complain(&r, "split: halves %a and %a of %a", got.x[i], got.x[n], a->x[i]);
        got.x[i] = a->x[i];
    }
    same(in, a, NULL, 1, 1, 0, "split", &r);
    return finish(&r, "split");
}

/* Devices outside the row, with data of another size. */
static int beside(const instance *in, const answer *a, rng *random)
{
    report r;
    int n = in->n, more = rng_int(random, 1, 3);
    report_clear(&r);
    instance_copy(&other, in);
    instance_resize(&other, n + more);
    for (int i = n; i < n + more; i++) {
        other.a[i] = 0;
        other.w[i] = 1e9;
        other.t[i] = rng_real(random, -1e9, 1e9);
        other.l[i] = -HUGE_VAL;
    }
    solve(&other, 0, random, &r);
    same(in, a, NULL, 1, 1, 1, "with devices beside the row", &r);
    return finish(&r, "with devices beside the row");
}

static int dressed(const instance *in, const answer *a, rng *random)
{
    report r;
    int good = 1;
    static const unsigned ways[] = {VARY_HOLES | VARY_ALL, VARY_HOLES | VARY_SHUFFLE | VARY_SPARSE,
                                    VARY_WARM | VARY_ALL, VARY_WARM | VARY_HOLES | VARY_COMPACT | VARY_CLONE};
    for (size_t k = 0; k < sizeof ways / sizeof ways[0]; k++) {
        report_clear(&r);
        instance_copy(&other, in);
        solve(&other, ways[k], random, &r);
        same(in, a, NULL, 1, 1, 1, "handle with holes, warm or shuffled", &r);
        good &= finish(&r, "handle with holes, warm or shuffled");
    }
    return good;
}

int morph_instance(const instance *in, rng *random)
{
    static answer a;
    static int ready;
    if (!ready) {
        instance_init(&other);
        answer_init(&got);
        answer_init(&a);
        exact_init(&base);
        ready = 1;
    }
    if (!run_instance(in, RUN_HANDLE, 0, random, &a))
        return 0;
    exact_solve(&base, in);
    int good = scaled(in, &a, random) & dressed(in, &a, random);
    if (in->n == 0 || in->n > 2048)
        return good;
    good &= permuted(in, &a, random) & doubled(in, &a, random) & split(in, &a, random);
    return good & beside(in, &a, random);
}

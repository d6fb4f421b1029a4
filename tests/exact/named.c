/* Named cases: the worked examples, and every kind of awkward input that is
 * known to break other codes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static instance in;
static rng random_bits;
static int all_good;

static void start(const char *name, int n, double total)
{
    in.n = 0;
    instance_resize(&in, n);
    snprintf(in.name, sizeof in.name, "%s", name);
    in.constant = 0;
    in.has_row = 1;
    in.low = in.high = total;
}

static void device(int i, double w, double t, double p, double a, double l, double u)
{
    in.w[i] = w;
    in.t[i] = t;
    in.p[i] = p;
    in.a[i] = a;
    in.l[i] = l;
    in.u[i] = u;
}

static void fail(const char *format, const char *what)
{
    report r;
    report_clear(&r);
    complain(&r, format, what);
    all_good = run_failed(&in, &r);
}

/* The witness decides; `status` guards the case against being another one than its name says. */
static void expect(int status)
{
    answer a;
    answer_init(&a);
    int good = run_instance(&in, RUN_HANDLE | RUN_LIBRARY_REPAIR, 0, &random_bits, &a);
    if (good && a.status != status)
        fail("%s: not the status that the case is made for", in.name);
    if (in.n <= 48) {
        instance copy;
        instance_init(&copy);
        instance_copy(&copy, &in);
        good &= morph_instance(&copy, &random_bits);
        for (unsigned vary = 1; vary < 128; vary += 9)
            good &= run_instance(&copy, RUN_HANDLE, vary, &random_bits, NULL);
        instance_free(&copy);
    }
    all_good &= good;
    answer_free(&a);
}

/* x and the price known by hand. */
static void expect_values(double y, ...)
{
    va_list args;
    answer a;
    answer_init(&a);
    expect(RM_OK);
    run_instance(&in, 0, 0, &random_bits, &a);
    int good = a.status == RM_OK && a.y == y;
    va_start(args, y);
    for (int i = 0; i < in.n; i++)
        good &= a.x[i] == va_arg(args, double);
    va_end(args);
    if (!good)
        fail("%s: not the values known by hand", in.name);
    answer_free(&a);
}

static void worked(void)
{
    start("worked example", 2, 5);
    device(0, 4, 3, 1, 1, 0, HUGE_VAL);
    device(1, 2, 2, 1, 1, 0, HUGE_VAL);
    expect_values(1, 3.0, 2.0);
    in.low = in.high = 8;
    expect_values(9, 4.0, 4.0);
    start("three in the unit box", 3, 1);
    for (int i = 0; i < 3; i++)
        device(i, 0, 0, 0, 1, 0, 1);
    expect_values(0, 1.0, 0.0, 0.0);
    start("a price interval with both signs", 2, 1); /* ends -2 and 1: 1 is nearer to zero */
    device(0, 0, 0, -2, 1, 0, 1);
    device(1, 0, 0, 1, 1, 0, 1);
    expect_values(1, 1.0, 0.0);
    in.p[0] = -1; /* a tie of magnitude: the lower end */
    expect_values(-1, 1.0, 0.0);
    in.p[0] = -0.5;
    expect_values(-0.5, 1.0, 0.0);
    start("nothing to decide", 2, 3);
    device(0, 1, 0, 0, 1, 1, 1);
    device(1, 0, 0, 7, 1, 2, 2);
    expect_values(0, 1.0, 2.0);
    start("ties start at the target where there is no lower end", 3, 2);
    device(0, 0, 5, 1, 1, -HUGE_VAL, 3);
    device(1, 0, 1, 1, 1, -HUGE_VAL, HUGE_VAL);
    device(2, 0, -4, 1, 1, -HUGE_VAL, HUGE_VAL);
    expect_values(1, 3.0, 3.0, -4.0); /* 3 + 1 - 4 = 0: two more are needed, and the first that can move takes them */
}

static void limits(void)
{
    start("0.7 + 0.1 for a total of 0.8", 2, 0.8);
    device(0, 1, 0, 0, 1, 0, 0.7);
    device(1, 1, 0, 0, 1, 0, 0.1);
    expect(RM_OK);
    in.w[0] = in.w[1] = 0;
    expect(RM_OK);
    for (int side = 0; side < 2; side++)
        for (int k = -2; k <= 2; k++) {
            start("total at a limit and a unit in the last place beside it", 3, 0);
            device(0, 2, 1, 0, 1, 0.1, 0.7);
            device(1, 0, 0, 1, 1, 0.2, 0.9);
            device(2, 1, 0, 1, 1, 0.3, 1.1);
            double total = side ? 0.7 + 0.9 + 1.1 : 0.1 + 0.2 + 0.3;
            for (int s = 0; s < abs(k); s++)
                total = nextafter(total, k > 0 ? HUGE_VAL : -HUGE_VAL);
            in.low = in.high = total;
            expect(RM_OK);
        }
    start("total far above", 2, 10);
    device(0, 1, 0, 0, 1, 0, 3);
    device(1, 1, 0, 0, 1, 0, 4);
    expect(RM_INFEASIBLE);
    start("total far below", 2, -10);
    expect(RM_INFEASIBLE);
    start("just outside the rule", 1, 1 + 12 * UNIT);
    device(0, 1, 0, 0, 1, 0, 1);
    expect(RM_INFEASIBLE);
    start("just inside the rule", 1, 1 + 7 * UNIT);
    device(0, 1, 0, 0, 1, 0, 1);
    expect(RM_OK);
    start("a repair that dwarfs what is left after it", 1, 9.772113025e20);
    device(0, 0, 0, 0, -2, 2e12, HUGE_VAL);
    expect(RM_INFEASIBLE);
    start("nothing in the row, nothing wanted", 2, 0);
    device(0, 1, 3, 0, 0, 0, 9);
    device(1, 0, 1, 0, 0, -HUGE_VAL, HUGE_VAL);
    expect(RM_OK);
    in.low = in.high = 1;
    expect(RM_INFEASIBLE);
    start("no device, nothing wanted", 0, 0);
    expect(RM_OK);
    in.low = in.high = 1;
    expect(RM_INFEASIBLE);
    start("no device, no row", 0, 0);
    in.has_row = 0;
    in.low = -HUGE_VAL;
    in.high = HUGE_VAL;
    expect(RM_OK);
}

static void awkward(void)
{
    start("weights of zero", 4, 5);
    for (int i = 0; i < 4; i++)
        device(i, 0, 0, i % 2, 1, 0, 2);
    expect(RM_OK);
    start("weight minus zero", 2, 1);
    in.w[0] = -0.0;
    expect(RM_OK);
    start("negative coefficients", 3, -2);
    device(0, 1, 1, 0, -1, 0, 4);
    device(1, 1, 2, 1, 2, 0, 3);
    device(2, 0, 0, 1, -3, 0, 1);
    expect(RM_OK);
    start("both bounds infinite", 2, 3);
    device(0, 1, 1, 2, 1, -HUGE_VAL, HUGE_VAL);
    device(1, 2, 5, 0, 1, -HUGE_VAL, HUGE_VAL);
    expect(RM_OK);
    start("linear, both bounds infinite, prices equal", 2, 3);
    device(0, 0, 1, 2, 1, -HUGE_VAL, HUGE_VAL);
    device(1, 0, 7, 2, 1, -HUGE_VAL, HUGE_VAL);
    expect(RM_OK);
    in.p[1] = 1; /* one up, the other down, without end */
    expect(RM_UNBOUNDED);
    start("runs away beside the row", 2, 1);
    device(1, 0, 0, -1, 0, 0, HUGE_VAL);
    expect(RM_UNBOUNDED);
    in.u[0] = 0.5; /* and cannot meet the total: infeasible goes first */
    expect(RM_INFEASIBLE);
    start("one-sided row that keeps a fall in check", 2, 4);
    device(0, 0, 0, 1, 1, 0, HUGE_VAL);
    device(1, 0, 0, 2, 1, 0, HUGE_VAL);
    in.high = HUGE_VAL;
    expect(RM_OK);
    in.p[0] = -1;
    expect(RM_UNBOUNDED);
    in.low = -HUGE_VAL;
    in.high = 4;
    expect(RM_OK);
    start("sums of bounds that overflow", 3, 6);
    for (int i = 0; i < 3; i++)
        device(i, 1, i, 0, 1, -1.5e308, 1.5e308);
    expect(RM_OK);
    start("an objective that overflows", 2, 1e160);
    device(0, 1, 0, 0, 1, 0, HUGE_VAL);
    device(1, 1, 0, 0, 1, 0, HUGE_VAL);
    expect(RM_OK);
    start("one giant", 6, 1e12);
    device(0, 1e-9, 1e12, 0, 1, 0, HUGE_VAL);
    expect(RM_OK);
    start("targets that cancel", 3, 1e-9);
    device(0, 1, 1e9, 0, 1, -HUGE_VAL, HUGE_VAL);
    device(1, 3, -1e9, 0, 1, -HUGE_VAL, HUGE_VAL);
    device(2, 7, 1e-3, 0, 1, -HUGE_VAL, HUGE_VAL);
    expect(RM_OK);
    start("a target and a price that cancel", 2, 1e-6);
    device(0, 0.5, 1e8, 1e8, 1, 0, 1);
    device(1, 0.5, 1e8, 1e8 + 1e-7, 1, 0, 1);
    expect(RM_OK);
    start("prices that differ in the last place", 3, 2);
    device(0, 0, 0, 0.1, 1, 0, 1.5);
    device(1, 0, 0, nextafter(0.1, 0), 1, 0, 1);
    device(2, 0, 0, nextafter(0.1, 1), 1, 0, 1);
    expect(RM_OK);
    start("unit prices that are equal only when rounded", 2, 1);
    device(0, 0, 0, 1, 3, 0, 0.25);
    device(1, 0, 0, 0x1.5555555555555p-2, 1, 0, 1);
    expect(RM_OK);
}

/* Numbers of few digits, so that thousands of devices stay quick in rationals. */
static void many(const char *name, int n, int period, int kind)
{
    double sum = 0;
    start(name, n, 0);
    for (int i = 0; i < n; i++) {
        double size = period && i % period == 0 ? 4096 : 1;
        device(i, 1, rng_int(&random_bits, 0, 1023) / 64.0 * size, rng_int(&random_bits, 0, 7) / 4.0, 1, 0,
               rng_int(&random_bits, 1, 1023) / 64.0 * size);
        if (kind == 1) /* identical */
            device(i, 0.5, 3, 1, 1, 0, 8);
        if (kind == 2) { /* ties by the thousand */
            device(i, rng_int(&random_bits, 0, 1), rng_int(&random_bits, 0, 3), rng_int(&random_bits, 0, 1), 1, 0,
                   rng_int(&random_bits, 0, 3));
        }
        if (kind == 3) { /* sorted */
            device(i, 1, i / 64.0, 0, 1, 0, 32);
        }
        sum += in.u[i];
    }
    in.low = in.high = floor(sum * 0.4);
    expect(RM_OK);
}

/* One of each kind of the workloads page, whatever its status. */
static void workloads(void)
{
    for (int kind = 0; kind < large_kinds(); kind++) {
        make_large(&in, &random_bits, kind, 300);
        all_good &= run_instance(&in, RUN_HANDLE, 0, &random_bits, NULL);
    }
}

static void wrong_input(const char *what, double *at, double bad, double total, int32_t status, int64_t where)
{
    double x[3], y, keep = at ? *at : 0;
    int64_t said = -7;
    if (at)
        *at = bad;
    int32_t got = rm_waterfill(in.n, in.w, in.t, in.p, in.a, in.l, in.u, total, x, &y, &said);
    counts.runs++;
    if (got != status || said != where) {
        report r;
        report_clear(&r);
        complain(&r, "%s: status %d, where %lld; expected %d, %lld", what, got, (long long)said, status,
                 (long long)where);
        all_good = run_failed(&in, &r);
    }
    if (at)
        *at = keep;
}

static void errors(void)
{
    start("errors", 3, 1);
    for (int i = 0; i < 3; i++)
        in.u[i] = 5;
    double *arrays[] = {in.w, in.t, in.p, in.a, in.l, in.u};
    static const char *const names[] = {"weight", "target", "price", "coef", "lower", "upper"};
    for (int k = 0; k < 6; k++)
        for (int i = 0; i < 3; i++) {
            char what[64];
            snprintf(what, sizeof what, "%s[%d] not a number", names[k], i);
            wrong_input(what, &arrays[k][i], NAN, 1, RM_ERROR_NAN, i);
            if (k < 4) {
                snprintf(what, sizeof what, "%s[%d] infinite", names[k], i);
                wrong_input(what, &arrays[k][i], HUGE_VAL, 1, RM_ERROR_RANGE, i);
                wrong_input(what, &arrays[k][i], -HUGE_VAL, 1, RM_ERROR_RANGE, i);
            }
        }
    wrong_input("negative weight", &in.w[1], -1, 1, RM_ERROR_RANGE, 1);
    wrong_input("lower above upper", &in.l[2], 5.5, 1, RM_ERROR_RANGE, 2);
    wrong_input("upper below lower", &in.u[0], -0.5, 1, RM_ERROR_RANGE, 0);
    wrong_input("lower at plus infinity", &in.l[1], HUGE_VAL, 1, RM_ERROR_RANGE, 1);
    wrong_input("upper at minus infinity", &in.u[1], -HUGE_VAL, 1, RM_ERROR_RANGE, 1);
    wrong_input("total not a number", NULL, 0, NAN, RM_ERROR_NAN, -1);
    wrong_input("total infinite", NULL, 0, HUGE_VAL, RM_ERROR_RANGE, -1);
    in.n = -1;
    wrong_input("negative count", NULL, 0, 1, RM_ERROR_RANGE, -1);
    in.n = 3;
}

int run_named(void)
{
    tally before = counts;
    instance_init(&in);
    rng_seed(&random_bits, 42);
    all_good = 1;
    worked();
    limits();
    awkward();
    many("thousands of identical devices", 10000, 0, 1);
    many("thousands of ties", 6000, 0, 2);
    many("sorted", 5000, 0, 3);
    many("period 8", 4096, 8, 0);
    many("period 64", 4096, 64, 0);
    many("period 512", 4096, 512, 0);
    many("period 4096", 12288, 4096, 0);
    workloads();
    errors();
    printf("%-12s %ld runs; failed %ld\n", "named", counts.runs - before.runs, counts.failed - before.failed);
    fflush(stdout);
    instance_free(&in);
    return all_good;
}

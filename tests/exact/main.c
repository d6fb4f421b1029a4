/* exact_waterfill: the second witness of the one-row solver.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double budget; /* seconds of processor time, 0 = no limit */

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static int out_of_time(double share)
{
    return budget > 0 && seconds() > budget * share;
}

static void stage(const char *name, long done, long wanted, const tally *before, double from)
{
    printf("%-12s %6ld instances%s, %7ld runs: ok %ld, infeasible %ld, unbounded %ld; failed %ld; %.1f s\n", name, done,
           done < wanted ? " (stopped by time)" : "", counts.runs - before->runs, counts.ok - before->ok,
           counts.infeasible - before->infeasible, counts.unbounded - before->unbounded,
           counts.failed - before->failed, seconds() - from);
    fflush(stdout);
}

/* As drawn; twice by powers of two each way; by 1e-12 and 1e12 each way. */
static void small_stage(long wanted, uint64_t seed)
{
    static const double factors[] = {0x1p-40, 0x1p40, 1e-12, 1e12};
    instance in, scaled;
    rng random;
    tally before = counts;
    double from = seconds();
    long done = 0;
    instance_init(&in);
    instance_init(&scaled);
    rng_seed(&random, seed);
    for (; done < wanted && !out_of_time(0.6); done++) {
        make_small(&in, &random);
        run_instance(&in, RUN_HANDLE | RUN_LIBRARY_REPAIR, (unsigned)rng_next(&random) & 127, &random, NULL);
        for (int k = 0; k < 4; k++)
            for (int manner = 0; manner < SCALES; manner++) {
                scale_instance(&scaled, &in, manner, factors[k]);
                run_instance(&scaled, rng_chance(&random, 0.25) ? RUN_HANDLE : 0, (unsigned)rng_next(&random) & 127,
                             &random, NULL);
            }
    }
    stage("small", done, wanted, &before, from);
    instance_free(&in);
    instance_free(&scaled);
}

enum { BUILT, LIMIT, REAL, LARGE, MORPH };

static void other_stage(int which, const char *name, long wanted, uint64_t seed, double share)
{
    instance in;
    rng random;
    tally before = counts;
    double from = seconds();
    long done = 0;
    instance_init(&in);
    rng_seed(&random, seed);
    for (; done < wanted && !out_of_time(share); done++) {
        unsigned vary = (unsigned)rng_next(&random) & 127;
        if (which == BUILT)
            make_built(&in, &random, done % 2 == 0);
        else if (which == LIMIT)
            make_limit(&in, &random);
        else if (which == REAL)
            make_real(&in, &random, 30);
        else if (which == LARGE)
            make_large(&in, &random, (int)(done % large_kinds()), 2000);
        else if (done % 4 == 0)
            make_small(&in, &random);
        else if (done % 4 == 1)
            make_built(&in, &random, 1);
        else if (done % 4 == 2)
            make_real(&in, &random, 40);
        else
            make_large(&in, &random, (int)(done / 4 % large_kinds()), 150);
        if (which == MORPH)
            morph_instance(&in, &random);
        else
            run_instance(&in, RUN_HANDLE | RUN_LIBRARY_REPAIR, vary, &random, NULL);
    }
    stage(name, done, wanted, &before, from);
    instance_free(&in);
}

/* A check that never ran cannot fail: every kind must have occurred. */
static int covered(void)
{
    const struct {
        const char *name;
        long count;
    } kinds[] = {{"ok", counts.ok},
                 {"infeasible", counts.infeasible},
                 {"unbounded", counts.unbounded},
                 {"equality", counts.equality},
                 {"one-sided", counts.one_sided},
                 {"ranged", counts.ranged},
                 {"no row", counts.rowless},
                 {"lower side binds", counts.lower_binds},
                 {"upper side binds", counts.upper_binds},
                 {"row slack", counts.slack},
                 {"interval of prices", counts.interval},
                 {"prices to infinity", counts.infinite_end},
                 {"any price", counts.whole_line},
                 {"ties", counts.tied},
                 {"missed within the rule", counts.tolerated},
                 {"ranges compared", counts.ranges_checked},
                 {"conflicts", counts.conflicts},
                 {"repairs", counts.repairs}};
    int good = 1;
    fputs("seen:", stdout);
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        printf("%s %s %ld", k ? "," : "", kinds[k].name, kinds[k].count);
        good = good && kinds[k].count > 0;
    }
    puts("");
    if (!good)
        puts("FAILED: a kind of instance never occurred");
    /* What is allowed for must stay rare, or it would hide what it is not meant for. */
    if (counts.price_by_total + counts.by_own_sum + counts.near_ties > counts.ok / 50 + 100 ||
        counts.ranges_skipped > counts.ranges_checked / 50 + 20) {
        puts("FAILED: too many answers passed only by an allowance");
        good = 0;
    }
    return good;
}

static int replay(const char *path)
{
    FILE *f = fopen(path, "r");
    instance in;
    rng random;
    int got;
    if (f == NULL) {
        fprintf(stderr, "exact_waterfill: cannot open %s: %s\n", path, strerror(errno));
        return 2;
    }
    instance_init(&in);
    while ((got = instance_read(f, &in)) == 1) {
        for (unsigned vary = 0; vary < 128; vary++) {
            rng_seed(&random, vary);
            if (!run_instance(&in, RUN_HANDLE | RUN_LIBRARY_REPAIR, vary, &random, NULL))
                break;
        }
        rng_seed(&random, 1);
        morph_instance(&in, &random);
    }
    fclose(f);
    instance_free(&in);
    if (got < 0) {
        fprintf(stderr, "exact_waterfill: %s: not an instance\n", path);
        return 2;
    }
    printf("%ld passed, %ld failed\n", counts.runs - counts.failed, counts.failed);
    return counts.failed ? 1 : 0;
}

static int usage(void)
{
    fputs("usage: exact_waterfill [--seed S] [--instances N] [--seconds B] [--print N]\n"
          "       exact_waterfill --replay FILE\n"
          "       exact_waterfill [--seed S] [--instances N] --self-test\n",
          stderr);
    return 2;
}

int main(int argc, char **argv)
{
    uint64_t seed = 1;
    long instances = 20000;
    int test_self = 0;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--self-test"))
            test_self = 1;
        else if (i + 1 == argc)
            return usage();
        else if (!strcmp(argv[i], "--seed"))
            seed = strtoull(argv[++i], NULL, 0);
        else if (!strcmp(argv[i], "--instances"))
            instances = strtol(argv[++i], NULL, 0);
        else if (!strcmp(argv[i], "--seconds"))
            budget = strtod(argv[++i], NULL);
        else if (!strcmp(argv[i], "--print"))
            print_limit = strtol(argv[++i], NULL, 0);
        else if (!strcmp(argv[i], "--replay"))
            return replay(argv[i + 1]);
        else
            return usage();
    }
    if (instances < 1)
        return usage();
    if (test_self)
        return self_test(seed, instances > 1000 ? 1000 : (int)instances);
    printf("seed %llu, %ld instances\n", (unsigned long long)seed, instances);
    int named = run_named();
    small_stage(instances, seed);
    other_stage(BUILT, "built", instances / 10 + 20, seed + 1, 0.65);
    other_stage(LIMIT, "limits", instances / 10 + 20, seed + 2, 0.7);
    other_stage(REAL, "real", instances / 20 + 20, seed + 3, 0.75);
    other_stage(LARGE, "large", instances / 40 + large_kinds(), seed + 4, 0.9);
    other_stage(MORPH, "same bits", instances / 20 + 20, seed + 5, 1);
    int good = covered() && named;
    printf("figures: x %.2f ulp, price %.2f ulp, ends %.2f ulp from exact; %ld of %ld x rounded right; bounds at most "
           "%.2g below what the price proves\n",
           counts.x_ulps, counts.price_ulps, counts.end_ulps, counts.rounded_right, counts.rounded_all,
           counts.bound_loss);
    printf("allowed for: %ld prices by their total, %ld answers by the sum of their x, %ld near ties by their cost; "
           "%ld ranges not comparable\n",
           counts.price_by_total, counts.by_own_sum, counts.near_ties, counts.ranges_skipped);
    printf("%ld passed, %ld failed\n", counts.runs - counts.failed, counts.failed);
    return counts.failed || !good ? 1 : 0;
}

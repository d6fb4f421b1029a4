/* Costs other than quadratic ones, moving costs and the path, each beside the quadratic solve of the same
 * run.  docs/bench.md tells how to read the table.
 *
 * usage: rmbench_families [N [ROUNDS]]
 */
#include "clock.h"
#include "random.h"

#include <rm/rm.h>
#include <stdio.h>
#include <stdlib.h>

enum { QUADRATIC, LOG, QUEUE, ALPHA, ENTROPY, MOVED, THREE, FIVE, CASES, MOST_ROUNDS = 101 };

static const char *const name[CASES] = {"quadratic",   "log",
                                        "queue",       "alpha-fair",
                                        "entropy",     "quadratic, moving costs",
                                        "quadratic, log and queue by chance", "all five by turns"};

typedef struct data {
    int64_t n;
    double *weight, *target, *alpha, *up, *down;
    double total;
} data;

static double *numbers(int64_t n)
{
    double *v = malloc((size_t)(n > 0 ? n : 1) * sizeof *v);
    if (v == NULL) {
        fprintf(stderr, "rmbench_families: out of memory\n");
        exit(1);
    }
    return v;
}

/* Weights over a factor 4, wishes over a factor 6; 0.7 of what is wanted. */
static data draw(int64_t n)
{
    stream s = {1};
    data d = {n, numbers(n), numbers(n), numbers(n), numbers(n), numbers(n), 0};
    for (int64_t i = 0; i < n; i++) {
        d.weight[i] = uniform(&s, 0.5, 2);
        d.target[i] = uniform(&s, 0.5, 3);
        d.alpha[i] = uniform(&s, 0.5, 4);
        d.up[i] = uniform(&s, 0, 0.5);
        d.down[i] = uniform(&s, 0, 0.5);
        d.total += 0.7 * d.target[i];
    }
    return d;
}

static rm_status set_one(rm_problem *p, const data *d, int64_t i, int family)
{
    const double *w = d->weight + i, *t = d->target + i;
    switch (family) {
    case LOG:
        return rm_problem_set_log(p, 1, &i, w, t);
    case QUEUE:
        return rm_problem_set_queue(p, 1, &i, w, t);
    case ALPHA:
        return rm_problem_set_alpha_fair(p, 1, &i, w, t, d->alpha + i);
    case ENTROPY:
        return rm_problem_set_entropy(p, 1, &i, w, t);
    default:
        return RM_OK; /* quadratic already */
    }
}

static rm_status set_costs(rm_problem *p, const data *d, int which)
{
    stream s = {2};
    rm_status status = rm_problem_set_quadratic(p, d->n, NULL, d->weight, d->target, NULL);
    if (which == MOVED && status == RM_OK)
        status = rm_problem_set_move_cost(p, d->n, NULL, d->target, d->up, d->down);
    for (int64_t i = 0; i < d->n && which != QUADRATIC && which != MOVED && status == RM_OK; i++)
        status = set_one(p, d, i, which == THREE ? (int)whole(&s, 0, 2) : which == FIVE ? (int)(i % 5) : which);
    return status;
}

static rm_problem *build(const data *d, int which)
{
    rm_problem *p = NULL;
    rm_status status = rm_problem_create(&p, d->n, NULL, NULL);
    if (status == RM_OK)
        status = set_costs(p, d, which);
    if (status == RM_OK)
        status = rm_problem_add_row(p, RM_ALL, NULL, NULL, d->total, d->total, NULL);
    if (status != RM_OK) {
        fprintf(stderr, "rmbench_families: %s: status %d\n", name[which], (int)status);
        exit(1);
    }
    return p;
}

/* Seconds of a solve; `fresh`: after an edit that takes away all that was known. */
static double time_solve(rm_problem *p, int fresh)
{
    const double zero = 0;
    if (fresh && rm_problem_set_price(p, 1, NULL, &zero) != RM_OK)
        exit(1);
    double start = clock_seconds();
    rm_status status = rm_problem_solve(p, RM_SOLVER_AUTO);
    double seconds = clock_seconds() - start;
    if (status != RM_OK) {
        fprintf(stderr, "rmbench_families: a solve ended with status %d\n", (int)status);
        exit(1);
    }
    return seconds;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *v, int count)
{
    qsort(v, (size_t)count, sizeof *v, compare);
    return v[count / 2];
}

/* All in turn, round by round, so that all see the same machine. */
static void solve_all(const data *d, int rounds)
{
    static double seconds[2][CASES][MOST_ROUNDS];
    rm_problem *p[CASES];
    for (int k = 0; k < CASES; k++)
        p[k] = build(d, k);
    for (int round = 0; round < rounds; round++)
        for (int k = 0; k < CASES; k++)
            for (int fresh = 1; fresh >= 0; fresh--)
                seconds[fresh][k][round] = time_solve(p[k], fresh);
    double base[2];
    printf("| costs | new data: ns per variable | times quadratic | solved again: ns per variable | times quadratic |\n"
           "|---|---|---|---|---|\n");
    for (int k = 0; k < CASES; k++) {
        double each[2];
        for (int fresh = 0; fresh < 2; fresh++)
            each[fresh] = median(seconds[fresh][k], rounds) / (double)d->n * 1e9;
        if (k == QUADRATIC) {
            base[0] = each[0];
            base[1] = each[1];
        }
        printf("| %s | %.2f | %.1f | %.2f | %.1f |\n", name[k], each[1], each[1] / base[1], each[0], each[0] / base[0]);
        rm_problem_destroy(p[k]);
    }
}

/* The whole path beside the C library's sort of as many doubles as it has breakpoints. */
static void follow(const data *d, int rounds)
{
    static double sorts[MOST_ROUNDS], paths[MOST_ROUNDS], asks[MOST_ROUNDS];
    enum { QUESTIONS = 100000 };
    stream s = {3};
    int64_t points = 0;
    double *keys = numbers(2 * d->n), value, sum = 0;
    rm_problem *p = build(d, QUADRATIC);
    if (rm_problem_set_bounds(p, d->n, NULL, NULL, d->target) != RM_OK)
        exit(1);
    for (int round = 0; round < rounds; round++) {
        for (int64_t i = 0; i < 2 * d->n; i++)
            keys[i] = uniform(&s, -1, 1);
        double start = clock_seconds();
        qsort(keys, (size_t)(2 * d->n), sizeof *keys, compare);
        sorts[round] = clock_seconds() - start;
        start = clock_seconds();
        if (rm_problem_build_path(p, 0, -HUGE_VAL, HUGE_VAL, &points) != RM_OK)
            exit(1);
        paths[round] = clock_seconds() - start;
        start = clock_seconds();
        for (int k = 0; k < QUESTIONS; k++) {
            double total = d->total * uniform(&s, 0, 1.4);
            if (rm_problem_path_at(p, 1, &total, &value, NULL, NULL) != RM_OK)
                exit(1);
            sum += value;
        }
        asks[round] = (clock_seconds() - start) / QUESTIONS;
    }
    double sort = median(sorts, rounds), path = median(paths, rounds);
    printf("\n| path of quadratic costs with bounds | |\n|---|---|\n| points | %lld |\n| built in | %.4f s |\n"
           "| the C library sorts as many doubles as it has breakpoints in | %.4f s |\n| ratio | %.2f sorts |\n"
           "| a question at a random total | %.0f ns |\n",
           (long long)points, path, sort, path / sort, median(asks, rounds) * 1e9);
    if (!(sum < HUGE_VAL)) /* so that the questions are asked */
        exit(1);
    free(keys);
    rm_problem_destroy(p);
}

int main(int argc, char **argv)
{
    int64_t n = argc > 1 ? atoll(argv[1]) : 1000000;
    int rounds = argc > 2 ? atoi(argv[2]) : 9;
    if (n < 1 || n > 100000000 || rounds < 1 || rounds > MOST_ROUNDS) {
        fprintf(stderr, "usage: rmbench_families [N [ROUNDS]], N up to 1e8, ROUNDS up to %d\n", MOST_ROUNDS);
        return 2;
    }
    data d = draw(n);
    printf("N = %lld, median of %d rounds, one thread\n\n", (long long)n, rounds);
    solve_all(&d, rounds);
    follow(&d, rounds);
    double *all[] = {d.weight, d.target, d.alpha, d.up, d.down};
    for (int k = 0; k < 5; k++)
        free(all[k]);
    return 0;
}

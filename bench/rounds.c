/* Rounds: in each one every contender runs once, so that a change in the speed
 * of the machine meets all of them and ratios stay right.
 */
#include "clock.h"
#include "contender.h"

#include <stdlib.h>

/* A sample lasts at least this long, in seconds, so that the clock's steps and its cost are far below it. */
#define SAMPLE_LENGTH 4e-4
#define ROUNDS_MIN 3

/* Seconds that three samples of anyone may take, however little is left of the budget. */
#define PATIENCE 1.5

/* Up to this size some cache may hold a part of the data.  One untimed turn before each sample makes
 * it a part that the contender itself has left there, not the one before it. */
#define CACHE_N 2000000

static int compare(const void *p, const void *q)
{
    double x = *(const double *)p, y = *(const double *)q;
    return (x > y) - (x < y);
}

int samples_sorted(const contender *c, int rounds, double *sorted)
{
    int count = 0;
    for (int k = 0; k < rounds; k++)
        if (c->sample[k] >= 0)
            sorted[count++] = c->sample[k];
    qsort(sorted, (size_t)count, sizeof *sorted, compare);
    return count;
}

/* Between the two nearest where the place is not whole. */
double samples_quantile(const double *sorted, int count, double share)
{
    if (count == 0)
        return -1;
    double place = share * (count - 1);
    int below = (int)place;
    double part = place - below;
    return below + 1 < count ? sorted[below] * (1 - part) + sorted[below + 1] * part : sorted[below];
}

double samples_median(const contender *c, int rounds)
{
    double sorted[ROUNDS_MAX];
    int count = samples_sorted(c, rounds, sorted);
    return samples_quantile(sorted, count, 0.5);
}

static double per_variable(const contender *c, double seconds, int64_t turns, int64_t n)
{
    double solved = (double)turns * c->pool->count;
    return seconds * 1e9 / (solved * (double)(n > 0 ? n : 1));
}

static void warm_up(contender *c, int64_t n)
{
    double seconds = c->measure(c, 1);
    if (n <= CACHE_N && seconds < 0.1) /* the first one found cold data and code */
        seconds = c->measure(c, 1);
    c->cost = seconds;
    c->turns = seconds >= SAMPLE_LENGTH ? 1 : (int64_t)(SAMPLE_LENGTH / (seconds > 1e-9 ? seconds : 1e-9)) + 1;
    for (int k = 0; k < ROUNDS_MAX; k++)
        c->sample[k] = -1;
}

int rounds_run(contender *c, int count, double budget, int64_t n)
{
    double began = clock_seconds();
    int rounds = 0, allowed[64];
    for (int k = 0; k < count; k++) {
        warm_up(&c[k], n);
        double length = c[k].cost * (double)(c[k].turns + (n <= CACHE_N)), share = budget / count;
        int fit = length * ROUNDS_MAX < share ? ROUNDS_MAX : (int)(share / length);
        if (fit < ROUNDS_MIN)
            fit = length * ROUNDS_MIN < budget / 2 || length * ROUNDS_MIN < PATIENCE ? ROUNDS_MIN : 1;
        allowed[k] = fit;
    }
    while (rounds < ROUNDS_MAX) {
        for (int k = 0; k < count; k++) {
            if (rounds >= allowed[k])
                continue;
            if (allowed[k] == 1) { /* slow: the warm-up was the sample */
                c[k].sample[0] = per_variable(&c[k], c[k].cost, 1, n);
                continue;
            }
            if (n <= CACHE_N)
                c[k].measure(&c[k], 1);
            c[k].sample[rounds] = per_variable(&c[k], c[k].measure(&c[k], c[k].turns), c[k].turns, n);
        }
        rounds++;
        if (clock_seconds() - began >= budget && rounds >= ROUNDS_MIN)
            break;
    }
    return rounds;
}

/* Who runs in a case: floors, the library, the baselines; and the rounds in
 * which they take turns.
 */
#ifndef BENCH_CONTENDER_H
#define BENCH_CONTENDER_H

#include "baseline.h"
#include "floor.h"
#include "instance.h"

#include <rm/rm.h>
#include <stddef.h>

/* Instances that are solved one after the other, so that no branch predictor
 * learns one of them by heart, with the room that solving them needs. */
typedef struct pool {
    int64_t n;
    int count;
    const drawn_class *drawn;
    instance **instance;
    double *x, *scratch;
    void *scratch_memory, *x_memory;
    double *floor_in[5]; /* five arrays of n doubles, whatever the class has */
    rm_problem *handle;  /* holds instance 0, when a contender needs one */
    double total[4];     /* what a re-solve of it asks for, in turn; the first is the instance's */
} pool;

typedef enum kind { KIND_FLOOR, KIND_LIBRARY, KIND_BASELINE } kind;

/* What of the handle's work is timed. */
typedef enum way {
    WAY_FRESH,     /* the first solve of new data */
    WAY_AGAIN,     /* a new total for data that was solved before */
    WAY_AGAIN_READ /* the same, and x is read out */
} way;

#define ROUNDS_MAX 41

typedef struct contender contender;

/* Seconds for so many turns over the pool; sets c->status. */
typedef double (*measure_fn)(contender *c, int64_t turns);

struct contender {
    char name[40];
    kind kind;
    measure_fn measure;
    pool *pool;
    int threads;
    floor_job job;          /* floors */
    const baseline *method; /* baselines */
    int price_only;         /* rm_waterfill */
    way way;                /* handles */
    int64_t sums;           /* handles: RM_OPTION_SUMS */
    int calls;              /* handles: how many solves so far */
    int32_t status;
    double residual;           /* of the row, relative to the sum of its terms; -1: not known */
    int64_t turns;             /* in a sample */
    double cost;               /* seconds of the warm-up turn */
    double sample[ROUNDS_MAX]; /* ns per variable, for each round; negative: not run */
};

/* Contenders; each returns 0 when the library has no such thing. */
int contender_floor(contender *c, pool *p, int floor_kind, int arrays, int own, int streaming, int threads);
int contender_waterfill(contender *c, pool *p, int price_only);
int contender_handle(contender *c, pool *p, way w, int threads, int64_t sums);
int contender_baseline(contender *c, pool *p, const baseline *method);

/* Whether the library knows an option by this name; its key. */
int option_key(const char *name, int32_t *key);

/* Room and instances for a case; the handle is made by contender_handle. */
void pool_draw(pool *p, const drawn_class *c, int64_t n, int count, uint64_t seed, double *const floor_in[5]);
void pool_free(pool *p);

/* Runs all in turn, round by round, for about `budget` seconds; returns the number of rounds.  Every
 * contender has at least one sample.  One that is so slow that it would take the time of the others
 * is left out of later rounds. */
int rounds_run(contender *c, int count, double budget, int64_t n);

/* Samples that were taken, in order of size; returns how many. */
int samples_sorted(const contender *c, int rounds, double *sorted);
double samples_quantile(const double *sorted, int count, double share);
double samples_median(const contender *c, int rounds);

#endif

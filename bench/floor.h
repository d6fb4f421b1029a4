/* The floors: what it costs to move the data, with no arithmetic worth the name.
 *
 *   FLOOR_READ       read the arrays once
 *   FLOOR_TWO_PASS   read them, then read them again and write x
 *   FLOOR_COPY       read one array, write x
 *
 * Writing past the cache (streaming stores) is faster for large data and slower
 * for small; where x is written both ways are measured, and the faster one
 * counts.  The kernels use the widest vectors that the machine has.
 */
#ifndef BENCH_FLOOR_H
#define BENCH_FLOOR_H

#include <stdint.h>

enum { FLOOR_READ, FLOOR_TWO_PASS, FLOOR_COPY };

typedef struct floor_job {
    int kind;
    int streaming; /* for the writes */
    int arrays;    /* 1 to 5 */
    int64_t n;
    const double *in[5];
    double *x;
} floor_job;

/* Does the job once on this thread; the return value depends on all data read. */
double floor_run(const floor_job *job);

/* Does the job once on so many threads and returns the seconds from the word go
 * until the last one is done.  Starting and ending the threads is not counted. */
double floor_run_threads(const floor_job *job, int threads);

/* Which kernels floor_run uses. */
const char *floor_kernels(void);

#endif

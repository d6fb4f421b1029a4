/* What is measured: the groups of cases, and how they are run. */
#ifndef BENCH_SUITE_H
#define BENCH_SUITE_H

#include "contender.h"

#include <stdint.h>
#include <stdio.h>

#define SIZES_MAX 16

typedef struct settings {
    double budget;    /* seconds for all cases */
    const char *only; /* a part of the names of the cases wanted, or NULL */
    int64_t size[SIZES_MAX];
    int sizes;
    int64_t reference; /* size of the reference floor */
    int threads;
    uint64_t seed;
    int list;   /* print the names only */
    FILE *json; /* or NULL */
    int argc;
    char **argv;
} settings;

/* Returns 0; 1 where a contender failed. */
int suite_run(const settings *s);

#endif

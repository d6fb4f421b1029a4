/* The record of a run: every sample, so that any figure can be computed later. */
#ifndef BENCH_JSON_H
#define BENCH_JSON_H

#include "suite.h"

void json_begin(FILE *f, const settings *s);
void json_case(FILE *f, const char *group, const char *name, int64_t n, int instances, const contender *c, int count,
               int rounds);
void json_end(FILE *f, double seconds);

#endif

/* Why a split cannot be made, and what would repair it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_EXPLAIN_H
#define RMSOLVE_EXPLAIN_H

#include "split.h"

#include <stdio.h>

struct conflict {
    char *sentence; /* the library's words */
    int64_t count;
    int32_t *kind; /* RM_CONFLICT_... */
    int64_t *index;
    double *multiplier;
    double *repair; /* what to add to that side or bound, it alone */
};

/* Asks the library; an outcome without a conflict has count 0. */
void conflict_read(struct conflict *conflict, const struct split *split);
void conflict_free(struct conflict *conflict);

/* The number that stands in the way, before the repair. */
double conflict_value(const struct conflict *conflict, const struct split *split, int64_t item);

/* The sentence, and under it the cheapest repairs, at most `most` of them. */
void conflict_print(const struct conflict *conflict, const struct split *split, int64_t most, FILE *file);

#endif

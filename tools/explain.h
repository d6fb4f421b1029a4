/* Why a split cannot be made, and what would repair it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_EXPLAIN_H
#define RMSOLVE_EXPLAIN_H

#include "split.h"

/* What can stand in the way: the total's sides, a device's bounds, or an end of its
 * family's domain: the capacity, the shift, or 0, which nothing can change. */
enum hold {
    HOLD_TOTAL_LOWER,
    HOLD_TOTAL_UPPER,
    HOLD_LOWER,
    HOLD_UPPER,
    HOLD_CAPACITY,
    HOLD_SHIFT,
    HOLD_ZERO,
    HOLD_COUNT
};

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

enum hold conflict_hold(const struct conflict *conflict, const struct split *split, int64_t item);

/* The word for programs. */
const char *hold_word(enum hold hold);

/* The number that stands in the way, and what to add to it; NaN where nothing helps. */
double conflict_value(const struct conflict *conflict, const struct split *split, int64_t item);
double conflict_repair(const struct conflict *conflict, const struct split *split, int64_t item);

/* Why there is no answer, or why it is not a proven one: a sentence, and under it the
 * cheapest repairs.  In a table this is the answer, so it goes where the table would;
 * beside CSV it must not. */
void conflict_print(const struct split *split);

#endif

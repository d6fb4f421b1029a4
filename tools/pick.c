/* Which lines of a long table are worth showing.
 *
 * SPDX-License-Identifier: MIT
 */
#include "pick.h"
#include "tool.h"

#include <math.h>
#include <stdlib.h>

static int by_index(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a;
    int64_t second = *(const int64_t *)b;

    return (first > second) - (first < second);
}

/* Keeps the largest so far in falling order; in a long table nearly every value
 * fails the first comparison. */
static void find_largest(const double *value, int64_t count, int64_t *pick, size_t most)
{
    size_t have = 0;
    int64_t i;

    for (i = 0; i < count; i++) {
        double size = fabs(value[i]);
        size_t at;
        if (have == most && !(size > fabs(value[pick[have - 1]]))) {
            continue;
        }
        if (have < most) {
            have++;
        }
        for (at = have - 1; at > 0 && size > fabs(value[pick[at - 1]]); at--) {
            pick[at] = pick[at - 1];
        }
        pick[at] = i;
    }
    qsort(pick, have, sizeof *pick, by_index);
}

size_t pick_largest(const double *value, int64_t count, size_t most, int64_t **picked)
{
    size_t lines = (size_t)count <= most ? (size_t)count : most;
    int64_t *pick = tool_new(lines, sizeof *pick);
    size_t i;

    if (lines < (size_t)count) {
        find_largest(value, count, pick, lines);
    } else {
        for (i = 0; i < lines; i++) {
            pick[i] = (int64_t)i;
        }
    }
    *picked = pick;
    return lines;
}

size_t pick_lines(const double *value, int64_t count, bool all, int64_t **picked)
{
    return pick_largest(value, count, all || count <= PICK_LONG ? (size_t)count : (size_t)PICK_MOST, picked);
}

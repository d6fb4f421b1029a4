/* What every part of rmsolve shares: exit codes, memory, complaints.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_TOOL_H
#define RMSOLVE_TOOL_H

#include <stddef.h>

#if defined(__GNUC__)
#define TOOL_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define TOOL_PRINTF(text, first)
#endif

enum {
    TOOL_OPTIMAL = 0,
    TOOL_INFEASIBLE = 2,
    TOOL_STOPPED = 3,
    TOOL_UNBOUNDED = 4,
    TOOL_USAGE = 64,
    TOOL_DATA = 65,
    TOOL_INTERNAL = 70
};

/* Memory for count things of a size; ends the program with exit code 70 when
 * there is none, so no caller has to check. */
void *tool_new(size_t count, size_t size);
void *tool_grow(void *block, size_t count, size_t size);

/* The next capacity of an array that is full. */
size_t tool_more(size_t capacity);

/* One line on standard error. */
void tool_complain(const char *format, ...) TOOL_PRINTF(1, 2);

/* Seconds on a wall clock. */
double tool_seconds(void);

#endif

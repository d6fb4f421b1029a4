/* Which lines of a long table are worth showing.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_PICK_H
#define RMSOLVE_PICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PICK_MOST = 30, PICK_LONG = 40 };

/* Indices of the lines to show, in the order of the table, in memory that the
 * caller frees: all of them, or of a table longer than PICK_LONG the PICK_MOST
 * whose values are largest in magnitude.  Returns how many. */
size_t pick_lines(const double *value, int64_t count, bool all, int64_t **picked);

/* The same for a table of any length, of which at most `most` lines are shown. */
size_t pick_largest(const double *value, int64_t count, size_t most, int64_t **picked);

#endif

/* Numbers as text: reading what people write, writing for people and programs.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_NUMBER_H
#define RMSOLVE_NUMBER_H

#include <stddef.h>
#include <stdint.h>

enum { NUMBER_ROOM = 64 }; /* bytes that any of the writers needs at most */

/* Reads a decimal number, or inf, +inf, -inf, infinity in any case.  Returns
 * NULL, or what is wrong with the text as a phrase. */
const char *number_read(const char *text, double *value);

/* Exact: reads back as the same double.  Infinities are inf and -inf. */
void number_exact(char *room, double value);

/* For people: a fixed number of decimals, thousands separated by commas; "-" for a
 * number that is not there (NaN). */
void number_fixed(char *room, double value, int decimals);

/* For people: six significant digits, no needless zeros. */
void number_short(char *room, double value);

/* A whole number with thousands separated by commas. */
void number_count(char *room, int64_t value);

/* A share such as "98.1 %"; "-" where the whole is 0. */
void number_percent(char *room, double part, double whole);

/* A span of time in a unit that suits it. */
void number_seconds(char *room, double seconds);

/* How many decimals show a column of numbers well. */
int number_decimals(const double *value, size_t count);

/* The same, but no decimals that are 0 in all of them; two are left where there are more. */
int number_needed_decimals(const double *value, size_t count);

#endif

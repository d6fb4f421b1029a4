/* One split for programs: CSV and JSON, all digits.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_MACHINE_H
#define RMSOLVE_MACHINE_H

#include "split.h"

#include <stdio.h>

/* A field of a CSV line, in quotes where it needs them. */
void machine_csv_text(const char *text, FILE *file);

/* A number in CSV, after a comma; nothing after it where there is none (NaN). */
void machine_csv_number(double value, FILE *file);

/* The names of what stands last on a device's line, after commas: what only some
 * splits have. */
void machine_csv_extra(const struct split *split, FILE *file);

/* What follows a device's name on its line: target,x,reduced_cost,lower,upper,why
 * and the extra fields. */
void machine_csv_device(const struct split *split, int64_t i, FILE *file);

/* A line for each device: its name, and all that follows.  Only the header when there is
 * no answer. */
void machine_csv(const struct split *split, FILE *file);

/* A string, and a number, of RFC 8259: infinities are the strings "inf" and "-inf",
 * and what is not there (NaN) is null. */
void machine_json_text(const char *text, FILE *file);
void machine_json_number(double value, FILE *file);

/* Members of an object: ,"key":value */
void machine_json_pair(const char *key, double value, FILE *file);

/* What an object starts with, and why there is no answer or no proven one. */
void machine_json_head(const struct split *split, FILE *file);
void machine_json_conflict(const struct split *split, FILE *file);

/* One object, whatever the outcome. */
void machine_json(const struct split *split, double read_seconds, FILE *file);

#endif

/* The command line of rmsolve.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_OPTIONS_H
#define RMSOLVE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum row_kind { ROW_NONE, ROW_EXACT, ROW_AT_MOST, ROW_AT_LEAST, ROW_BETWEEN };

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

struct options {
    const char *path;   /* the table of devices; "-" is standard input */
    const char *series; /* a table of targets, one split per line; or NULL */
    enum row_kind row;
    double row_lower;
    double row_upper;
    double short_price; /* of each unit below the row's lower side; infinite: it may not be missed */
    double over_price;  /* of each unit above its upper side */
    bool every;         /* the price of every total of the row is asked for */
    double step;        /* between the totals that are shown; NaN: a round number */
    double worth;       /* of a unit; NaN: not told */
    double at;          /* the total in hand; NaN: none */
    enum format format;
    bool all;          /* no line of a long table is left out */
    bool proportional; /* compare with the proportional cut */
    bool relative;     /* a miss counts as a share of the target */
    const char *unit;  /* what the numbers count, for sentences */
    double time_limit;
    int64_t iteration_limit;
};

/* Reads the command line: -1 to go on, else the exit code to end with (after
 * --help, --version, or a complaint). */
int options_read(struct options *options, int count, char **argument);

#endif

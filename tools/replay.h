/* Replays a history: one split per line, with the sums that people ask for.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_REPLAY_H
#define RMSOLVE_REPLAY_H

#include "screen.h"
#include "series.h"
#include "split.h"
#include "sum.h"

#include <stdio.h>

/* What a device saw over the lines that have an answer. */
struct history {
    struct sum wanted;
    struct sum got;
    struct sum proportional;
    int64_t worst; /* first line with the lowest share met; -1 when it never wants anything */
    double worst_wanted;
    double worst_got;
};

struct replay {
    struct split *split;
    const struct series *series;
    struct history *history; /* one for each device */
    int64_t answered;        /* lines with an answer */
    int64_t cut;             /* of these, lines that want more than they get */
    int64_t failed;          /* lines without one */
    int64_t broken;          /* lines in which the proportional cut leaves the bounds of a device */
    struct sum objective;
    struct sum proportional_objective;
    int64_t worst; /* line with the highest cost, the first of them; -1 when there is none */
    double worst_objective;
    double seconds;   /* of all solves together */
    rm_status status; /* the gravest of all lines */
};

/* Replays and prints in the format of the options.  Returns the exit code. */
int replay_series(struct split *split, const struct series *series, struct screen screen, double read_seconds,
                  FILE *file);

/* The parts of replay_series that print: for people, and as one JSON object. */
void replay_report(const struct replay *replay, struct screen screen, double read_seconds, FILE *file);
void replay_csv_head(const struct replay *replay, FILE *file);
void replay_csv_line(const struct replay *replay, int64_t line, FILE *file);
void replay_json_head(const struct replay *replay, FILE *file);
void replay_json_line(const struct replay *replay, int64_t line, FILE *file);
void replay_json_end(const struct replay *replay, double read_seconds, FILE *file);

#endif

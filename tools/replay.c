/* Replays a history.
 *
 * One problem serves all lines: only targets and bounds change between the
 * solves, so that every re-solve is one of the same shape.
 *
 * SPDX-License-Identifier: MIT
 */
#include "replay.h"
#include "tool.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_COMPLAINTS = 5 };

static double *wanted_of(const struct replay *replay, int64_t line)
{
    return replay->series->wanted + line * replay->series->devices;
}

static void note_device(struct history *history, const struct split *split, int64_t line, int64_t i)
{
    double wanted = split->target[i];
    double got = split->x[i];

    sum_add(&history->wanted, wanted);
    sum_add(&history->got, got);
    sum_add(&history->proportional, split->proportional[i]);
    if (wanted > 0.0 && (history->worst < 0 || got / wanted < history->worst_got / history->worst_wanted)) {
        history->worst = line;
        history->worst_wanted = wanted;
        history->worst_got = got;
    }
}

static void note_line(struct replay *replay, int64_t line)
{
    const struct split *split = replay->split;
    int64_t i;

    for (i = 0; i < split->count; i++) {
        note_device(&replay->history[i], split, line, i);
    }
    replay->answered++;
    /* Rounding alone is no cut. */
    replay->cut += split->wanted - split->sum > 1e-12 * split->wanted;
    replay->broken += split->proportional_outside > 0;
    sum_add(&replay->objective, split->objective);
    sum_add(&replay->proportional_objective, split->proportional_objective);
    if (replay->worst < 0 || split->objective > replay->worst_objective) {
        replay->worst = line;
        replay->worst_objective = split->objective;
    }
}

/* A line without an answer does not end the replay: the others still count. */
static void note_failure(struct replay *replay, int64_t line)
{
    const struct series *series = replay->series;

    if (replay->failed++ < MOST_COMPLAINTS) {
        char *message = split_message(replay->split);
        tool_complain("%s:%ld: %s: %s", series->path, series->line[line], series->label[line], message);
        free(message);
    }
}

static int gravity(rm_status status)
{
    static const int order[] = {TOOL_OPTIMAL, TOOL_INFEASIBLE, TOOL_UNBOUNDED, TOOL_STOPPED};
    int code = split_exit_code(status);
    int i;

    for (i = 0; i < (int)(sizeof order / sizeof *order) && order[i] != code; i++) {
    }
    return i;
}

/* The gravest of the lines' outcomes is the outcome of all. */
static void note_status(struct replay *replay, rm_status status)
{
    if (gravity(status) > gravity(replay->status)) {
        replay->status = status;
    }
}

static void print_line(const struct replay *replay, int64_t line, FILE *file)
{
    switch (replay->split->options->format) {
    case FORMAT_CSV:
        replay_csv_line(replay, line, file);
        break;
    case FORMAT_JSON:
        replay_json_line(replay, line, file);
        break;
    case FORMAT_TABLE:
        break;
    }
}

static int run(struct replay *replay, FILE *file)
{
    struct split *split = replay->split;
    int64_t line;

    for (line = 0; line < replay->series->lines && split->status != RM_CANCELLED; line++) {
        int code = split_set_wanted(split, wanted_of(replay, line));
        if (code == 0) {
            code = split_solve(split);
        }
        if (code != 0) {
            return code;
        }
        replay->seconds += split->seconds;
        note_status(replay, split->status);
        if (split->answered) {
            note_line(replay, line);
        } else {
            note_failure(replay, line);
        }
        print_line(replay, line, file);
    }
    if (replay->failed > MOST_COMPLAINTS) {
        tool_complain("%s: %lld lines in all have no answer", replay->series->path, (long long)replay->failed);
    }
    return 0;
}

/* Solves the worst line again, so that the split holds it. */
static int return_to_worst(struct replay *replay)
{
    int code = 0;

    if (replay->worst >= 0) {
        code = split_set_wanted(replay->split, wanted_of(replay, replay->worst));
        if (code == 0) {
            code = split_solve(replay->split);
        }
    }
    return code;
}

int replay_series(struct split *split, const struct series *series, struct screen screen, double read_seconds,
                  FILE *file)
{
    enum format format = split->options->format;
    struct replay replay;
    int code;
    int64_t i;

    memset(&replay, 0, sizeof replay);
    replay.split = split;
    replay.series = series;
    replay.worst = -1;
    replay.history = tool_new((size_t)split->count, sizeof *replay.history);
    memset(replay.history, 0, (size_t)split->count * sizeof *replay.history);
    for (i = 0; i < split->count; i++) {
        replay.history[i].worst = -1;
    }
    if (format == FORMAT_CSV) {
        replay_csv_head(&replay, file);
    } else if (format == FORMAT_JSON) {
        replay_json_head(&replay, file);
    }
    split_watch_begin();
    code = run(&replay, file);
    split_watch_end();
    if (code == 0 && format == FORMAT_TABLE) {
        code = return_to_worst(&replay);
    }
    if (code == 0 && format == FORMAT_TABLE) {
        replay_report(&replay, screen, read_seconds, file);
    } else if (code == 0 && format == FORMAT_JSON) {
        replay_json_end(&replay, read_seconds, file);
    }
    free(replay.history);
    return code != 0 ? code : split_exit_code(replay.status);
}

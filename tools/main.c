/* rmsolve: librm for a person and for a pipe.
 *
 * SPDX-License-Identifier: MIT
 */
#include "curve.h"
#include "devices.h"
#include "explain.h"
#include "machine.h"
#include "options.h"
#include "replay.h"
#include "report.h"
#include "screen.h"
#include "series.h"
#include "split.h"
#include "tool.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void print_split(const struct split *split, double read_seconds)
{
    enum format format = split->options->format;

    if (format != FORMAT_JSON && split->status != RM_OK) {
        conflict_print(split);
    }
    if (format == FORMAT_JSON) {
        machine_json(split, read_seconds, stdout);
    } else if (format == FORMAT_CSV) {
        machine_csv(split, stdout);
    } else if (split->answered) {
        report_split(split, screen_look(), read_seconds, stdout);
    }
}

static int solve_one(struct split *split, double read_seconds)
{
    int code;

    split_watch_begin();
    code = split_solve(split);
    split_watch_end();
    if (code == 0) {
        print_split(split, read_seconds);
        code = split_exit_code(split->status);
    }
    return code;
}

static int solve(const struct options *options, const struct devices *devices, const struct series *series,
                 double read_seconds)
{
    struct split split;
    int code = split_open(&split, options, devices);

    if (code == 0 && options->every) {
        code = curve_show(&split, screen_look(), read_seconds, stdout);
    } else if (code == 0 && series == NULL) {
        code = solve_one(&split, read_seconds);
    } else if (code == 0) {
        code = replay_series(&split, series, screen_look(), read_seconds, stdout);
    }
    split_free(&split);
    return code;
}

static int run(const struct options *options)
{
    struct devices devices;
    struct series series;
    double start = tool_seconds();
    int code;

    memset(&series, 0, sizeof series);
    code = devices_read(&devices, options->path);
    if (code == 0 && options->series != NULL) {
        code = series_read(&series, options->series, &devices);
    }
    if (code == 0) {
        code = solve(options, &devices, options->series != NULL ? &series : NULL, tool_seconds() - start);
    }
    series_free(&series);
    devices_free(&devices);
    return code;
}

int main(int count, char **argument)
{
    struct options options;
    int code = options_read(&options, count, argument);

    if (code < 0) {
        code = run(&options);
    }
    /* A full disk must not look like an answer. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        tool_complain("rmsolve: the output cannot be written: %s", strerror(errno));
        code = TOOL_INTERNAL;
    }
    return code;
}

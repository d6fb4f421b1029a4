/* A replayed history for programs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machine.h"
#include "replay.h"

void replay_csv_head(const struct replay *replay, FILE *file)
{
    machine_csv_text(*replay->series->title != '\0' ? replay->series->title : "line", file);
    fputs(",name,wanted,x,reduced_cost,lower,upper,why", file);
    machine_csv_extra(replay->split, file);
    fputc('\n', file);
}

void replay_csv_line(const struct replay *replay, int64_t line, FILE *file)
{
    const struct split *split = replay->split;
    int64_t i;

    for (i = 0; split->answered && i < split->count; i++) {
        machine_csv_text(replay->series->label[line], file);
        fputc(',', file);
        machine_csv_text(split->devices->name[i], file);
        machine_csv_device(split, i, file);
    }
}

static void print_array(const char *key, const double *value, int64_t count, FILE *file)
{
    int64_t i;

    fprintf(file, ",\"%s\":[", key);
    for (i = 0; i < count; i++) {
        if (i > 0) {
            fputc(',', file);
        }
        machine_json_number(value[i], file);
    }
    fputc(']', file);
}

/* The status of the whole is known only at the end, so it stands there. */
void replay_json_head(const struct replay *replay, FILE *file)
{
    const struct devices *devices = replay->split->devices;
    int64_t i;

    fputs("{\"names\":[", file);
    for (i = 0; i < devices->count; i++) {
        if (i > 0) {
            fputc(',', file);
        }
        machine_json_text(devices->name[i], file);
    }
    fputs("],\n \"lines\":[", file);
}

void replay_json_line(const struct replay *replay, int64_t line, FILE *file)
{
    const struct split *split = replay->split;

    fputs(line == 0 ? "\n  {\"label\":" : ",\n  {\"label\":", file);
    machine_json_text(replay->series->label[line], file);
    fprintf(file, ",\"status\":\"%s\"", split_status_word(split->status));
    if (split->answered) {
        machine_json_pair("sum_wanted", split->wanted, file);
        machine_json_pair("sum", split->sum, file);
        machine_json_pair("objective", split->objective, file);
        machine_json_pair("gap", split->gap, file);
        machine_json_pair("proportional_objective", split->proportional_objective, file);
        if (split_has_row(split)) {
            machine_json_pair("dual", split->dual, file);
        }
        if (split_is_soft(split)) {
            machine_json_pair("shortfall", split->shortfall, file);
        }
        print_array("wanted", split->target, split->count, file);
        print_array("x", split->x, split->count, file);
        print_array("proportional", split->proportional, split->count, file);
    }
    fputc('}', file);
}

static void print_history(const struct replay *replay, int64_t i, FILE *file)
{
    const struct history *history = &replay->history[i];

    fputs(i == 0 ? "\n  {\"name\":" : ",\n  {\"name\":", file);
    machine_json_text(replay->split->devices->name[i], file);
    machine_json_pair("wanted", sum_value(&history->wanted), file);
    machine_json_pair("got", sum_value(&history->got), file);
    machine_json_pair("proportional", sum_value(&history->proportional), file);
    fputs(",\"worst\":", file);
    if (history->worst < 0) {
        fputs("null}", file);
        return;
    }
    fputs("{\"label\":", file);
    machine_json_text(replay->series->label[history->worst], file);
    machine_json_pair("wanted", history->worst_wanted, file);
    machine_json_pair("got", history->worst_got, file);
    fputs("}}", file);
}

void replay_json_end(const struct replay *replay, double read_seconds, FILE *file)
{
    int64_t i;

    fputs("\n ],\n \"devices\":[", file);
    for (i = 0; i < replay->series->devices; i++) {
        print_history(replay, i, file);
    }
    fprintf(file, "\n ],\n \"answered\":%lld,\"cut\":%lld,\"failed\":%lld", (long long)replay->answered,
            (long long)replay->cut, (long long)replay->failed);
    machine_json_pair("objective", sum_value(&replay->objective), file);
    machine_json_pair("proportional_objective", sum_value(&replay->proportional_objective), file);
    fprintf(file, ",\"proportional_outside_bounds\":%lld,\n \"worst\":", (long long)replay->broken);
    if (replay->worst < 0) {
        fputs("null", file);
    } else {
        machine_json_text(replay->series->label[replay->worst], file);
    }
    machine_json_pair("seconds", replay->seconds, file);
    machine_json_pair("read_seconds", read_seconds, file);
    fprintf(file, ",\n \"rmsolve\":\"%d.%d.%d\",\"status\":\"%s\",\"exit\":%d\n}\n", RM_VERSION / 10000,
            RM_VERSION / 100 % 100, RM_VERSION % 100, split_status_word(replay->status),
            split_exit_code(replay->status));
}

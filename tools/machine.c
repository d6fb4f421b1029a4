/* One split for programs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "machine.h"
#include "explain.h"
#include "family.h"
#include "number.h"

#include <math.h>
#include <string.h>

void machine_csv_text(const char *text, FILE *file)
{
    if (*text != '#' && *text != ' ' && strpbrk(text, ",\"\r\n\t") == NULL) {
        fputs(text, file);
        return;
    }
    fputc('"', file);
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            fputc('"', file);
        }
        fputc(*text, file);
    }
    fputc('"', file);
}

void machine_csv_number(double value, FILE *file)
{
    char room[NUMBER_ROOM];

    number_exact(room, value);
    fputc(',', file);
    fputs(isnan(value) ? "" : room, file);
}

/* The columns of the table that come back in the answer, where the table has them. */
static const struct extra {
    const char *name;
    enum column column;
} extra[] = {{"capacity", COLUMN_CAPACITY}, {"current", COLUMN_CURRENT}};

enum { EXTRA = sizeof extra / sizeof *extra };

void machine_csv_extra(const struct split *split, FILE *file)
{
    const struct devices *devices = split->devices;
    size_t k;

    fputs(split->proportional != NULL ? ",proportional" : "", file);
    fputs(devices->family != NULL ? ",family" : "", file);
    for (k = 0; k < EXTRA; k++) {
        if (devices->value[extra[k].column] != NULL) {
            fprintf(file, ",%s", extra[k].name);
        }
    }
}

void machine_csv_device(const struct split *split, int64_t i, FILE *file)
{
    const struct devices *devices = split->devices;
    size_t k;

    machine_csv_number(split->target[i], file);
    machine_csv_number(split->x[i], file);
    machine_csv_number(split->reduced_cost[i], file);
    machine_csv_number(split->lower[i], file);
    machine_csv_number(split->upper[i], file);
    fprintf(file, ",%s", why_word(split_why(split, i)));
    if (split->proportional != NULL) {
        machine_csv_number(split->proportional[i], file);
    }
    if (devices->family != NULL) {
        fprintf(file, ",%s", family_name(devices->family[i]));
    }
    for (k = 0; k < EXTRA; k++) {
        if (devices->value[extra[k].column] != NULL) {
            machine_csv_number(devices_get(devices, extra[k].column, i), file);
        }
    }
    fputc('\n', file);
}

void machine_csv(const struct split *split, FILE *file)
{
    int64_t i;

    fputs("name,target,x,reduced_cost,lower,upper,why", file);
    machine_csv_extra(split, file);
    fputc('\n', file);
    for (i = 0; split->answered && i < split->count; i++) {
        char room[NUMBER_ROOM];
        machine_csv_text(devices_name(split->devices, i, room), file);
        machine_csv_device(split, i, file);
    }
}

void machine_json_text(const char *text, FILE *file)
{
    fputc('"', file);
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') {
            fputc('\\', file);
            fputc(c, file);
        } else if (c < 0x20 || c == 0x7F) {
            fprintf(file, "\\u%04x", c);
        } else {
            fputc(c, file);
        }
    }
    fputc('"', file);
}

void machine_json_number(double value, FILE *file)
{
    char room[NUMBER_ROOM];

    number_exact(room, value);
    if (isnan(value)) {
        fputs("null", file);
    } else if (isinf(value)) {
        fprintf(file, "\"%s\"", room);
    } else {
        fputs(room, file);
    }
}

void machine_json_pair(const char *key, double value, FILE *file)
{
    fprintf(file, ",\"%s\":", key);
    machine_json_number(value, file);
}

void machine_json_head(const struct split *split, FILE *file)
{
    fprintf(file, "{\"rmsolve\":\"%d.%d.%d\",\"status\":\"%s\",\"exit\":%d", RM_VERSION / 10000, RM_VERSION / 100 % 100,
            RM_VERSION % 100, split_status_word(split->status), split_exit_code(split->status));
}

/* The row, or null. */
static void print_total(const struct split *split, FILE *file)
{
    fputs(",\n \"total\":", file);
    if (!split_has_row(split)) {
        fputs("null", file);
        return;
    }
    fputs("{\"lower\":", file);
    machine_json_number(split->options->row_lower, file);
    machine_json_pair("upper", split->options->row_upper, file);
    if (split->answered) {
        machine_json_pair("wanted", split->wanted, file);
        machine_json_pair("sum", split->sum, file);
        machine_json_pair("dual", split->dual, file);
        machine_json_pair("dual_low", split->dual_low, file);
        machine_json_pair("dual_high", split->dual_high, file);
        machine_json_pair("side_low", split->side_low, file);
        machine_json_pair("side_high", split->side_high, file);
    }
    if (split_is_soft(split)) {
        machine_json_pair("short_price", split->options->short_price, file);
        machine_json_pair("over_price", split->options->over_price, file);
    }
    if (split_is_soft(split) && split->answered) {
        machine_json_pair("shortfall", split->shortfall, file);
    }
    fputc('}', file);
}

static void print_moves(const struct moves *moves, FILE *file)
{
    fprintf(file, ",\n \"moves\":{\"devices\":%lld", (long long)moves->count);
    machine_json_pair("up", moves->up, file);
    machine_json_pair("down", moves->down, file);
    machine_json_pair("cost", moves->cost, file);
    fputc('}', file);
}

static void print_figures(const struct split *split, FILE *file)
{
    fputs(",\n \"objective\":", file);
    machine_json_number(split->objective, file);
    machine_json_pair("bound", split->bound, file);
    machine_json_pair("gap", split->gap, file);
    machine_json_pair("row_residual", split->row_residual, file);
    machine_json_pair("row_residual_relative", split->row_residual_relative, file);
    machine_json_pair("bound_residual", split->bound_residual, file);
    machine_json_pair("dual_residual", split->dual_residual, file);
    if (split->proportional != NULL) {
        machine_json_pair("proportional_objective", split->proportional_objective, file);
        fprintf(file, ",\"proportional_outside_bounds\":%lld", (long long)split->proportional_outside);
    }
}

static void print_extra(const struct devices *devices, int64_t i, FILE *file)
{
    size_t k;

    if (devices->family != NULL) {
        fprintf(file, ",\"family\":\"%s\"", family_name(devices->family[i]));
    }
    for (k = 0; k < EXTRA; k++) {
        if (devices->value[extra[k].column] != NULL) {
            machine_json_pair(extra[k].name, devices_get(devices, extra[k].column, i), file);
        }
    }
}

static void print_devices(const struct split *split, FILE *file)
{
    int64_t i;

    fputs(",\n \"devices\":[", file);
    for (i = 0; i < split->count; i++) {
        char room[NUMBER_ROOM];
        fputs(i == 0 ? "\n  {\"name\":" : ",\n  {\"name\":", file);
        machine_json_text(devices_name(split->devices, i, room), file);
        machine_json_pair("target", split->target[i], file);
        machine_json_pair("x", split->x[i], file);
        machine_json_pair("reduced_cost", split->reduced_cost[i], file);
        machine_json_pair("lower", split->lower[i], file);
        machine_json_pair("upper", split->upper[i], file);
        fprintf(file, ",\"why\":\"%s\"", why_word(split_why(split, i)));
        if (split->proportional != NULL) {
            machine_json_pair("proportional", split->proportional[i], file);
        }
        print_extra(split->devices, i, file);
        fputc('}', file);
    }
    fputs("\n ]", file);
}

void machine_json_conflict(const struct split *split, FILE *file)
{
    struct conflict conflict;
    int64_t item;

    conflict_read(&conflict, split);
    fputs(",\n \"message\":", file);
    machine_json_text(conflict.sentence, file);
    fputs(",\n \"conflict\":[", file);
    for (item = 0; item < conflict.count; item++) {
        enum hold hold = conflict_hold(&conflict, split, item);
        char room[NUMBER_ROOM];
        fprintf(file, "%s\n  {\"kind\":\"%s\",\"name\":", item == 0 ? "" : ",", hold_word(hold));
        if (hold == HOLD_TOTAL_LOWER || hold == HOLD_TOTAL_UPPER) {
            fputs("null", file);
        } else {
            machine_json_text(devices_name(split->devices, conflict.index[item], room), file);
        }
        machine_json_pair("value", conflict_value(&conflict, split, item), file);
        machine_json_pair("repair", conflict_repair(&conflict, split, item), file);
        machine_json_pair("multiplier", conflict.multiplier[item], file);
        fputc('}', file);
    }
    fputs(conflict.count == 0 ? "]" : "\n ]", file);
    conflict_free(&conflict);
}

void machine_json(const struct split *split, double read_seconds, FILE *file)
{
    machine_json_head(split, file);
    print_total(split, file);
    if (split->status != RM_OK) {
        machine_json_conflict(split, file);
    }
    if (split->answered) {
        print_figures(split, file);
    }
    if (split->answered && split->moves.standing > 0) {
        print_moves(&split->moves, file);
    }
    fputs(",\n \"seconds\":", file);
    machine_json_number(split->seconds, file);
    machine_json_pair("read_seconds", read_seconds, file);
    fprintf(file, ",\"iterations\":%lld", (long long)split->iterations);
    if (split->answered) {
        print_devices(split, file);
    }
    fputs("\n}\n", file);
}

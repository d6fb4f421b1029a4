/* The table of devices.
 *
 * SPDX-License-Identifier: MIT
 */
#include "devices.h"
#include "number.h"
#include "tool.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { KIND_VALUE, KIND_NAME, KIND_LATER };

/* What a column may hold.  KIND_LATER columns belong to coming versions: a table
 * that uses them asks for something that would be left out of the answer. */
struct known {
    const char *name;
    enum kind kind;
    enum column column;
    const char *later;
};

static const struct known known[] = {
    {"name", KIND_NAME, COLUMN_COUNT, NULL},
    {"weight", KIND_VALUE, COLUMN_WEIGHT, NULL},
    {"target", KIND_VALUE, COLUMN_TARGET, NULL},
    {"price", KIND_VALUE, COLUMN_PRICE, NULL},
    {"lower", KIND_VALUE, COLUMN_LOWER, NULL},
    {"upper", KIND_VALUE, COLUMN_UPPER, NULL},
    {"coef", KIND_VALUE, COLUMN_COEF, NULL},
    {"lot", KIND_LATER, COLUMN_COUNT, "whole units come"},
    {"fixed_cost", KIND_LATER, COLUMN_COUNT, "fixed costs come"},
    {"semicontinuous", KIND_LATER, COLUMN_COUNT, "devices that are off or above a minimum come"},
    {"current", KIND_LATER, COLUMN_COUNT, "costs of moving come"},
    {"up", KIND_LATER, COLUMN_COUNT, "costs of moving come"},
    {"down", KIND_LATER, COLUMN_COUNT, "costs of moving come"},
    {"group", KIND_LATER, COLUMN_COUNT, "group fees come"},
};

enum { KNOWN = sizeof known / sizeof *known };

static const double standard[COLUMN_COUNT] = {1.0, 0.0, 0.0, 1.0, 0.0, HUGE_VAL};

/* What each field of the file means: an entry of `known`. */
struct layout {
    const struct known **field;
    size_t count;
};

static bool same_name(const char *text, const char *name)
{
    for (; *text != '\0' && *name != '\0'; text++, name++) {
        char c = *text;
        if (c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        }
        if (c != *name) {
            return false;
        }
    }
    return *text == *name;
}

static const struct known *find(const char *name)
{
    size_t i;

    for (i = 0; i < KNOWN; i++) {
        if (same_name(name, known[i].name)) {
            return &known[i];
        }
    }
    return NULL;
}

static void complain_unknown(const struct csv *csv, const char *name)
{
    const char *hint = strpbrk(name, ";\t") != NULL ? "; fields are separated by commas" : "";

    tool_complain("%s:%ld: column %s: unknown; the columns are name, weight, target, price, coef, lower, upper%s",
                  csv->path, csv->line, *name == '\0' ? "(no name)" : name, hint);
}

/* Reads the header line. */
static int read_layout(struct csv *csv, struct layout *layout)
{
    bool seen[KNOWN] = {false};
    bool enough = false;
    size_t i;
    int got = csv_next(csv);

    if (got < 0) {
        return TOOL_DATA;
    }
    if (got == 0) {
        tool_complain("%s:1: the file is empty; the first line names the columns, such as name,weight,target",
                      csv->path);
        return TOOL_DATA;
    }
    layout->count = csv->count;
    layout->field = tool_new(csv->count, sizeof(const struct known *));
    for (i = 0; i < csv->count; i++) {
        const struct known *entry = find(csv->field[i]);
        if (entry == NULL) {
            complain_unknown(csv, csv->field[i]);
            return TOOL_DATA;
        }
        if (seen[entry - known]) {
            tool_complain("%s:%ld: column %s: stands twice; each column may stand once", csv->path, csv->line,
                          entry->name);
            return TOOL_DATA;
        }
        seen[entry - known] = true;
        layout->field[i] = entry;
        enough = enough || (entry->kind == KIND_VALUE && entry->column <= COLUMN_TARGET);
    }
    if (!enough) {
        tool_complain("%s:%ld: no column target and no column weight; at least one of them is needed", csv->path,
                      csv->line);
        return TOOL_DATA;
    }
    return 0;
}

/* What is wrong with a number in its column, and what is allowed; or NULL. */
static const char *wrong_value(enum column column, double value)
{
    switch (column) {
    case COLUMN_WEIGHT:
        return value >= 0.0 && !isinf(value) ? NULL : "is not a weight; allowed is a finite number >= 0";
    case COLUMN_LOWER:
        return value < HUGE_VAL ? NULL : "is not a lower bound; allowed is a number, or -inf for none";
    case COLUMN_UPPER:
        return value > -HUGE_VAL ? NULL : "is not an upper bound; allowed is a number, or inf for none";
    default:
        return !isinf(value) ? NULL : "is infinite; allowed is a finite number";
    }
}

static int read_value(struct devices *devices, const struct known *entry, const char *text)
{
    double *value = &devices->value[entry->column][devices->count];
    const char *wrong = NULL;

    *value = standard[entry->column];
    if (*text != '\0') {
        wrong = number_read(text, value);
        if (wrong == NULL) {
            wrong = wrong_value(entry->column, *value);
        }
    }
    if (wrong != NULL) {
        tool_complain("%s:%ld: column %s: '%s' %s", devices->path, devices->csv.line, entry->name, text, wrong);
        return TOOL_DATA;
    }
    return 0;
}

/* Empty, or a number that is zero: the column asks for nothing. */
static bool asks_nothing(const char *text)
{
    double value;

    return *text == '\0' || (number_read(text, &value) == NULL && value == 0.0);
}

static int read_field(struct devices *devices, const struct known *entry, char *text)
{
    switch (entry->kind) {
    case KIND_NAME:
        if (strlen(text) > DEVICE_NAME_LONGEST) {
            tool_complain("%s:%ld: column name: the name is longer than 65,535 bytes; shorten it", devices->path,
                          devices->csv.line);
            return TOOL_DATA;
        }
        devices->name[devices->count] = text;
        return 0;
    case KIND_VALUE:
        return read_value(devices, entry, text);
    case KIND_LATER:
        break;
    }
    if (!asks_nothing(text)) {
        tool_complain("%s:%ld: column %s: '%s' asks for what this version cannot do (%s in a later one); "
                      "allowed is 0 or an empty field",
                      devices->path, devices->csv.line, entry->name, text, entry->later);
        return TOOL_DATA;
    }
    return 0;
}

static void make_room(struct devices *devices, const struct layout *layout, size_t capacity)
{
    size_t i;

    devices->line = tool_grow(devices->line, capacity, sizeof *devices->line);
    for (i = 0; i < layout->count; i++) {
        const struct known *entry = layout->field[i];
        if (entry->kind == KIND_NAME) {
            devices->name = tool_grow(devices->name, capacity, sizeof *devices->name);
        } else if (entry->kind == KIND_VALUE) {
            double **value = &devices->value[entry->column];
            *value = tool_grow(*value, capacity, sizeof **value);
        }
    }
}

static int read_record(struct devices *devices, const struct layout *layout)
{
    struct csv *csv = &devices->csv;
    double lower;
    double upper;
    size_t i;

    if (csv->count != layout->count) {
        tool_complain("%s:%ld: %zu field%s where the header has %zu; leave a field empty for its default", csv->path,
                      csv->line, csv->count, csv->count == 1 ? "" : "s", layout->count);
        return TOOL_DATA;
    }
    devices->line[devices->count] = csv->line;
    for (i = 0; i < layout->count; i++) {
        int code = read_field(devices, layout->field[i], csv->field[i]);
        if (code != 0) {
            return code;
        }
    }
    lower = devices_get(devices, COLUMN_LOWER, devices->count);
    upper = devices_get(devices, COLUMN_UPPER, devices->count);
    if (lower > upper) {
        char low[NUMBER_ROOM];
        char high[NUMBER_ROOM];
        number_exact(low, lower);
        number_exact(high, upper);
        tool_complain("%s:%ld: column %s: lower %s is above upper %s; allowed is lower <= upper", csv->path, csv->line,
                      devices->value[COLUMN_LOWER] != NULL ? "lower" : "upper", low, high);
        return TOOL_DATA;
    }
    return 0;
}

static int read_records(struct devices *devices, const struct layout *layout)
{
    size_t capacity = 0;
    int got;

    while ((got = csv_next(&devices->csv)) > 0) {
        int code;
        if ((size_t)devices->count == capacity) {
            capacity = tool_more(capacity);
            make_room(devices, layout, capacity);
        }
        code = read_record(devices, layout);
        if (code != 0) {
            return code;
        }
        devices->count++;
    }
    if (got == 0 && devices->count == 0) {
        tool_complain("%s:%ld: no device follows the header; add a line for each", devices->path, devices->csv.line);
        return TOOL_DATA;
    }
    return got < 0 ? TOOL_DATA : 0;
}

int devices_read(struct devices *devices, const char *path)
{
    struct layout layout = {NULL, 0};
    int code;

    memset(devices, 0, sizeof *devices);
    code = csv_open(&devices->csv, path);
    devices->path = devices->csv.path;
    if (code == 0) {
        code = read_layout(&devices->csv, &layout);
    }
    if (code == 0) {
        code = read_records(devices, &layout);
    }
    free(layout.field);
    return code;
}

void devices_free(struct devices *devices)
{
    size_t i;

    for (i = 0; i < COLUMN_COUNT; i++) {
        free(devices->value[i]);
    }
    free(devices->name);
    free(devices->line);
    csv_close(&devices->csv);
    memset(devices, 0, sizeof *devices);
}

double devices_get(const struct devices *devices, enum column column, int64_t i)
{
    return devices->value[column] != NULL ? devices->value[column][i] : standard[column];
}

const char *devices_name(const struct devices *devices, int64_t i, char *room)
{
    if (devices->name != NULL && *devices->name[i] != '\0') {
        return devices->name[i];
    }
    snprintf(room, NUMBER_ROOM, "#%lld", (long long)i + 1);
    return room;
}

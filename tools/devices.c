/* The table of devices.
 *
 * SPDX-License-Identifier: MIT
 */
#include "devices.h"
#include "family.h"
#include "number.h"
#include "text.h"
#include "tool.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { KIND_VALUE, KIND_NAME, KIND_FAMILY, KIND_LATER };

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
    {"family", KIND_FAMILY, COLUMN_COUNT, NULL},
    {"weight", KIND_VALUE, COLUMN_WEIGHT, NULL},
    {"target", KIND_VALUE, COLUMN_TARGET, NULL},
    {"price", KIND_VALUE, COLUMN_PRICE, NULL},
    {"lower", KIND_VALUE, COLUMN_LOWER, NULL},
    {"upper", KIND_VALUE, COLUMN_UPPER, NULL},
    {"coef", KIND_VALUE, COLUMN_COEF, NULL},
    {"shift", KIND_VALUE, COLUMN_SHIFT, NULL},
    {"alpha", KIND_VALUE, COLUMN_ALPHA, NULL},
    {"capacity", KIND_VALUE, COLUMN_CAPACITY, NULL},
    {"current", KIND_VALUE, COLUMN_CURRENT, NULL},
    {"up", KIND_VALUE, COLUMN_UP, NULL},
    {"down", KIND_VALUE, COLUMN_DOWN, NULL},
    {"lot", KIND_LATER, COLUMN_COUNT, "whole units come"},
    {"fixed_cost", KIND_LATER, COLUMN_COUNT, "fixed costs come"},
    {"semicontinuous", KIND_LATER, COLUMN_COUNT, "devices that are off or above a minimum come"},
    {"group", KIND_LATER, COLUMN_COUNT, "group fees come"},
};

enum { KNOWN = sizeof known / sizeof *known };

static const double standard[COLUMN_COUNT] = {1.0, 0.0, 0.0, 1.0, 0.0, HUGE_VAL, 0.0, 1.0, NAN, NAN, 0.0, 0.0};

/* What each field of the file means: an entry of `known`. */
struct layout {
    const struct known **field;
    size_t count;
};

static const struct known *find(const char *name)
{
    size_t i;

    for (i = 0; i < KNOWN; i++) {
        if (text_same(name, known[i].name)) {
            return &known[i];
        }
    }
    return NULL;
}

static void complain_unknown(const struct csv *csv, const char *name)
{
    const char *hint = strpbrk(name, ";\t") != NULL ? "; fields are separated by commas" : "";

    tool_complain("%s:%ld: column %s: unknown; the columns are name, family, weight, target, price, coef, lower, "
                  "upper, shift, alpha, capacity, current, up, down%s",
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
        enough = enough || (entry->kind == KIND_VALUE && entry->column <= COLUMN_TARGET) || entry->kind == KIND_FAMILY;
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
    case COLUMN_ALPHA:
        return value > 0.0 && !isinf(value) ? NULL : "is not an alpha; allowed is a finite number > 0";
    case COLUMN_CAPACITY:
        return value > 0.0 && !isinf(value) ? NULL : "is not a capacity; allowed is a finite number > 0";
    case COLUMN_UP:
    case COLUMN_DOWN:
        return value >= 0.0 && !isinf(value) ? NULL : "is not a cost of moving; allowed is a finite number >= 0";
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

static int read_family(struct devices *devices, const char *text)
{
    enum family family = *text == '\0' ? FAMILY_QUADRATIC : family_find(text);

    if (family == FAMILY_COUNT) {
        tool_complain("%s:%ld: column family: '%s' is not a family; allowed is quadratic, log, alpha-fair, entropy "
                      "or queue",
                      devices->path, devices->csv.line, text);
        return TOOL_DATA;
    }
    devices->family[devices->count] = family;
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
    case KIND_FAMILY:
        return read_family(devices, text);
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
        } else if (entry->kind == KIND_FAMILY) {
            devices->family = tool_grow(devices->family, capacity, sizeof *devices->family);
        } else if (entry->kind == KIND_VALUE) {
            double **value = &devices->value[entry->column];
            *value = tool_grow(*value, capacity, sizeof **value);
        }
    }
}

static int check_bounds(const struct devices *devices, int64_t i)
{
    double lower = devices_get(devices, COLUMN_LOWER, i);
    double upper = devices_get(devices, COLUMN_UPPER, i);
    char low[NUMBER_ROOM];
    char high[NUMBER_ROOM];

    if (lower <= upper) {
        return 0;
    }
    number_exact(low, lower);
    number_exact(high, upper);
    tool_complain("%s:%ld: column %s: lower %s is above upper %s; allowed is lower <= upper", devices->path,
                  devices->line[i], devices->value[COLUMN_LOWER] != NULL ? "lower" : "upper", low, high);
    return TOOL_DATA;
}

/* A place at which a device does not stand would make its first split look like a
 * move, so none is assumed. */
static int check_moving(const struct devices *devices, int64_t i)
{
    bool pays = devices_get(devices, COLUMN_UP, i) > 0.0 || devices_get(devices, COLUMN_DOWN, i) > 0.0;

    if (!pays || !isnan(devices_get(devices, COLUMN_CURRENT, i))) {
        return 0;
    }
    return devices_complain(devices, i, "current",
                            "is needed where up or down is above 0; write where the device stands, 0 for a new one");
}

static int read_record(struct devices *devices, const struct layout *layout)
{
    struct csv *csv = &devices->csv;
    bool given[COLUMN_COUNT] = {false};
    int code = 0;
    size_t i;

    if (csv->count != layout->count) {
        tool_complain("%s:%ld: %zu field%s where the header has %zu; leave a field empty for its default", csv->path,
                      csv->line, csv->count, csv->count == 1 ? "" : "s", layout->count);
        return TOOL_DATA;
    }
    devices->line[devices->count] = csv->line;
    for (i = 0; code == 0 && i < layout->count; i++) {
        const struct known *entry = layout->field[i];
        if (entry->kind == KIND_VALUE) {
            given[entry->column] = *csv->field[i] != '\0';
        }
        code = read_field(devices, entry, csv->field[i]);
    }
    if (code == 0) {
        code = check_bounds(devices, devices->count);
    }
    if (code == 0) {
        code = family_check(devices, devices->count, given);
    }
    return code != 0 ? code : check_moving(devices, devices->count);
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
    free(devices->family);
    free(devices->line);
    csv_close(&devices->csv);
    memset(devices, 0, sizeof *devices);
}

double devices_get(const struct devices *devices, enum column column, int64_t i)
{
    return devices->value[column] != NULL ? devices->value[column][i] : standard[column];
}

enum family devices_family(const struct devices *devices, int64_t i)
{
    return devices->family != NULL ? devices->family[i] : FAMILY_QUADRATIC;
}

int devices_complain(const struct devices *devices, int64_t i, const char *column, const char *what)
{
    tool_complain("%s:%ld: column %s: %s", devices->path, devices->line[i], column, what);
    return TOOL_DATA;
}

const char *devices_name(const struct devices *devices, int64_t i, char *room)
{
    if (devices->name != NULL && *devices->name[i] != '\0') {
        return devices->name[i];
    }
    snprintf(room, NUMBER_ROOM, "#%lld", (long long)i + 1);
    return room;
}

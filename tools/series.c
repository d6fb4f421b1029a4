/* A history, read from CSV.
 *
 * SPDX-License-Identifier: MIT
 */
#include "series.h"
#include "number.h"
#include "tool.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A device's name and its place in the table of devices. */
struct entry {
    const char *name;
    int64_t device;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

/* The devices sorted by name, so that each column is found fast; the names have
 * to tell the devices apart. */
static int sort_names(const struct devices *devices, struct entry *entry)
{
    int64_t i;

    if (devices->name == NULL) {
        tool_complain("%s:1: no column name; --series needs names to find each device's column", devices->path);
        return TOOL_DATA;
    }
    for (i = 0; i < devices->count; i++) {
        entry[i] = (struct entry){devices->name[i], i};
        if (*devices->name[i] == '\0') {
            tool_complain("%s:%ld: column name: is empty; --series needs a name for every device", devices->path,
                          devices->line[i]);
            return TOOL_DATA;
        }
    }
    qsort(entry, (size_t)devices->count, sizeof *entry, by_name);
    for (i = 1; i < devices->count; i++) {
        if (by_name(&entry[i - 1], &entry[i]) == 0) {
            tool_complain("%s: column name: '%s' stands on lines %ld and %ld; --series needs names that differ",
                          devices->path, entry[i].name, devices->line[entry[i - 1].device],
                          devices->line[entry[i].device]);
            return TOOL_DATA;
        }
    }
    return 0;
}

/* Finds the device of each column; place[0] stays unused, as the first column
 * holds the labels. */
static int read_header(struct series *series, const struct devices *devices, const struct entry *entry, int64_t *place)
{
    struct csv *csv = &series->csv;
    bool *seen = tool_new((size_t)devices->count, sizeof *seen);
    int code = 0;
    int64_t i;

    memset(seen, 0, (size_t)devices->count * sizeof *seen);
    for (i = 1; code == 0 && i < (int64_t)csv->count; i++) {
        struct entry key = {csv->field[i], 0};
        const struct entry *found = bsearch(&key, entry, (size_t)devices->count, sizeof *entry, by_name);
        if (found == NULL) {
            tool_complain("%s:%ld: column %s: no such device in %s; each column after the first is named after one",
                          csv->path, csv->line, csv->field[i], devices->path);
            code = TOOL_DATA;
        } else if (seen[found->device]) {
            tool_complain("%s:%ld: column %s: stands twice; each device may stand once", csv->path, csv->line,
                          csv->field[i]);
            code = TOOL_DATA;
        } else {
            seen[found->device] = true;
            place[i] = found->device;
        }
    }
    for (i = 0; code == 0 && i < devices->count; i++) {
        if (!seen[i]) {
            tool_complain("%s:%ld: column %s: missing; every device of %s needs its column", csv->path, csv->line,
                          devices->name[i], devices->path);
            code = TOOL_DATA;
        }
    }
    free(seen);
    return code;
}

static void make_room(struct series *series, size_t capacity)
{
    series->label = tool_grow(series->label, capacity, sizeof *series->label);
    series->line = tool_grow(series->line, capacity, sizeof *series->line);
    series->wanted = tool_grow(series->wanted, capacity, (size_t)series->devices * sizeof *series->wanted);
}

static int read_line(struct series *series, const char *const *title, const int64_t *place)
{
    struct csv *csv = &series->csv;
    double *wanted = series->wanted + series->lines * series->devices;
    size_t i;

    if (csv->count != (size_t)series->devices + 1) {
        tool_complain("%s:%ld: %zu field%s where the header has %lld; leave a field empty for 0", csv->path, csv->line,
                      csv->count, csv->count == 1 ? "" : "s", (long long)series->devices + 1);
        return TOOL_DATA;
    }
    series->label[series->lines] = csv->field[0];
    series->line[series->lines] = csv->line;
    for (i = 1; i < csv->count; i++) {
        double *value = &wanted[place[i]];
        const char *wrong = NULL;
        *value = 0.0;
        if (*csv->field[i] != '\0') {
            wrong = number_read(csv->field[i], value);
            if (wrong == NULL && (*value < 0.0 || isinf(*value))) {
                wrong = "is not what a device can want; allowed is a finite number >= 0";
            }
        }
        if (wrong != NULL) {
            tool_complain("%s:%ld: column %s: '%s' %s", csv->path, csv->line, title[i], csv->field[i], wrong);
            return TOOL_DATA;
        }
    }
    series->lines++;
    return 0;
}

static int read_lines(struct series *series, const char *const *title, const int64_t *place)
{
    size_t capacity = 0;
    int code = 0;
    int got;

    while ((got = csv_next(&series->csv)) > 0 && code == 0) {
        if ((size_t)series->lines == capacity) {
            capacity = tool_more(capacity);
            make_room(series, capacity);
        }
        code = read_line(series, title, place);
    }
    if (got < 0) {
        code = TOOL_DATA;
    }
    if (code == 0 && series->lines == 0) {
        tool_complain("%s:%ld: no line follows the header; add one for each split", series->path, series->csv.line);
        code = TOOL_DATA;
    }
    return code;
}

/* Reads all after the file is open, with the room that lasts only so long. */
static int read_open(struct series *series, const struct devices *devices)
{
    size_t columns = (size_t)devices->count + 1;
    struct entry *entry = tool_new((size_t)devices->count, sizeof *entry);
    int64_t *place = NULL;
    const char **title = NULL;
    int code = sort_names(devices, entry);
    int got = code == 0 ? csv_next(&series->csv) : -1;

    if (code == 0 && got == 0) {
        tool_complain("%s:1: the file is empty; the first line names the devices", series->path);
    }
    if (code == 0 && got <= 0) {
        code = TOOL_DATA;
    }
    if (code == 0) {
        size_t i;
        columns = series->csv.count > columns ? series->csv.count : columns;
        place = tool_new(columns, sizeof *place);
        title = tool_new(columns, sizeof *title);
        for (i = 0; i < series->csv.count; i++) {
            title[i] = series->csv.field[i];
        }
        series->title = title[0];
        code = read_header(series, devices, entry, place);
    }
    if (code == 0) {
        code = read_lines(series, title, place);
    }
    free(title);
    free(place);
    free(entry);
    return code;
}

int series_read(struct series *series, const char *path, const struct devices *devices)
{
    int code;

    memset(series, 0, sizeof *series);
    series->devices = devices->count;
    code = csv_open(&series->csv, path);
    series->path = series->csv.path;
    return code != 0 ? code : read_open(series, devices);
}

void series_free(struct series *series)
{
    free(series->label);
    free(series->line);
    free(series->wanted);
    csv_close(&series->csv);
    memset(series, 0, sizeof *series);
}

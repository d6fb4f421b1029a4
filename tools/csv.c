/* Reads comma-separated tables.
 *
 * The file is read in one go and cut up in place: one pass, no copy of any
 * field, so that a table of a million rows costs little more than its bytes.
 *
 * SPDX-License-Identifier: MIT
 */
#include "csv.h"
#include "text.h"
#include "tool.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int cannot_read(const char *path)
{
    tool_complain("rmsolve: %s cannot be read: %s", path, strerror(errno));
    return TOOL_DATA;
}

/* Reads until the end in growing pieces, which serves files and pipes alike. */
static int read_all(struct csv *csv, FILE *file, size_t *length)
{
    size_t capacity = 1 << 16;
    size_t used = 0;

    csv->text = tool_new(capacity, 1);
    for (;;) {
        size_t got = fread(csv->text + used, 1, capacity - used - 1, file);
        used += got;
        if (ferror(file)) {
            return cannot_read(csv->path);
        }
        if (feof(file)) {
            break;
        }
        if (used + 1 == capacity) {
            capacity = tool_more(capacity);
            csv->text = tool_grow(csv->text, capacity, 1);
        }
    }
    csv->text[used] = '\0';
    *length = used;
    return 0;
}

static long lines_before(const char *from, const char *to)
{
    long line = 1;

    while ((from = memchr(from, '\n', (size_t)(to - from))) != NULL) {
        from++;
        line++;
    }
    return line;
}

static int check_text(const struct csv *csv, size_t length)
{
    const unsigned char *start = (const unsigned char *)csv->text;
    size_t bad;

    if (length >= 2 && ((start[0] == 0xFF && start[1] == 0xFE) || (start[0] == 0xFE && start[1] == 0xFF))) {
        tool_complain("%s:1: the text is UTF-16; save the file as UTF-8", csv->path);
        return TOOL_DATA;
    }
    bad = text_invalid(csv->text, length);
    if (bad < length) {
        tool_complain("%s:%ld: byte 0x%02X is not UTF-8 text; save the file as UTF-8", csv->path,
                      lines_before(csv->text, csv->text + bad), start[bad]);
        return TOOL_DATA;
    }
    return 0;
}

int csv_open(struct csv *csv, const char *path)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    size_t length = 0;
    int code;

    memset(csv, 0, sizeof *csv);
    csv->path = standard ? "standard input" : path;
    if (file == NULL) {
        return cannot_read(csv->path);
    }
    code = read_all(csv, file, &length);
    if (!standard) {
        fclose(file);
    }
    if (code == 0) {
        code = check_text(csv, length);
    }
    if (code != 0) {
        csv_close(csv);
        return code;
    }
    csv->next = csv->text;
    csv->end = csv->text + length;
    if (length >= 3 && memcmp(csv->text, "\xEF\xBB\xBF", 3) == 0) {
        csv->next += 3;
    }
    csv->next_line = 1;
    return 0;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static char *skip_spaces(char *at)
{
    while (*at == ' ' || *at == '\t') {
        at++;
    }
    return at;
}

/* Steps over one line end, counting \r\n as one. */
static void step_line(struct csv *csv, char *at)
{
    if (at[0] == '\r' && at[1] == '\n') {
        at++;
    }
    csv->next = at + 1;
    csv->next_line++;
}

static void skip_empty_lines(struct csv *csv)
{
    while (csv->next < csv->end) {
        char *at = skip_spaces(csv->next);
        if (*at == '#') {
            while (at < csv->end && !is_line_end(*at)) {
                at++;
            }
        }
        if (at < csv->end && !is_line_end(*at)) {
            return;
        }
        if (at == csv->end) {
            csv->next = at;
        } else {
            step_line(csv, at);
        }
    }
}

static void add_field(struct csv *csv, char *text)
{
    if (csv->count == csv->capacity) {
        csv->capacity = tool_more(csv->capacity);
        csv->field = tool_grow(csv->field, csv->capacity, sizeof *csv->field);
    }
    csv->field[csv->count++] = text;
}

/* Takes the field whose opening quote stands before `at`; returns where it
 * ends, or NULL after a complaint. */
static char *take_quoted(struct csv *csv, char *at)
{
    char *out = at;
    char *closed;

    add_field(csv, out);
    for (;;) {
        if (at == csv->end) {
            tool_complain("%s:%ld: field %zu: the opening quote is never closed; end the field with a quote", csv->path,
                          csv->line, csv->count);
            return NULL;
        }
        if (*at == '"') {
            if (at[1] != '"') {
                break;
            }
            at++;
        } else if (*at == '\n' || (*at == '\r' && at[1] != '\n')) {
            csv->next_line++;
        }
        *out++ = *at++;
    }
    closed = skip_spaces(at + 1);
    if (closed < csv->end && *closed != ',' && !is_line_end(*closed)) {
        tool_complain("%s:%ld: field %zu: text after the closing quote; a quote inside a quoted field is written \"\"",
                      csv->path, csv->next_line, csv->count);
        return NULL;
    }
    *out = '\0';
    return closed;
}

/* Takes a field without quotes; returns where it ends, or NULL after a
 * complaint. */
static char *take_plain(struct csv *csv, char *at)
{
    char *from = at;
    char *last;

    add_field(csv, from);
    while (at < csv->end && *at != ',' && !is_line_end(*at) && *at != '"') {
        at++;
    }
    if (at < csv->end && *at == '"') {
        tool_complain("%s:%ld: field %zu: a quote inside a field; put the whole field in quotes and double this one",
                      csv->path, csv->line, csv->count);
        return NULL;
    }
    last = at;
    while (last > from && (last[-1] == ' ' || last[-1] == '\t')) {
        last--;
    }
    if (last < at) {
        *last = '\0';
    }
    return at;
}

int csv_next(struct csv *csv)
{
    char *at;

    skip_empty_lines(csv);
    if (csv->next == csv->end) {
        return 0;
    }
    csv->line = csv->next_line;
    csv->count = 0;
    at = csv->next;
    for (;;) {
        at = skip_spaces(at);
        at = *at == '"' ? take_quoted(csv, at + 1) : take_plain(csv, at);
        if (at == NULL) {
            return -1;
        }
        if (at == csv->end) {
            csv->next = at;
            return 1;
        }
        if (*at != ',') {
            step_line(csv, at);
            *at = '\0';
            return 1;
        }
        *at++ = '\0';
    }
}

void csv_close(struct csv *csv)
{
    free(csv->text);
    free(csv->field);
    memset(csv, 0, sizeof *csv);
}

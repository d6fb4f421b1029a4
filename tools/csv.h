/* Reads comma-separated tables: one record after the other, fields in place.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_CSV_H
#define RMSOLVE_CSV_H

#include <stddef.h>

/* What is read: lines ended by \n, \r\n or \r; fields separated by commas, with
 * spaces and tabs around them dropped; a field in double quotes may hold commas,
 * line ends and doubled quotes; lines that are empty or start with # are left
 * out; a byte order mark at the start is dropped; the text is UTF-8. */
struct csv {
    const char *path; /* as messages name it */
    char *text;       /* the whole file; fields point into it */
    char *next;       /* where the next record starts */
    char *end;
    long next_line;
    long line;    /* line where the present record starts */
    char **field; /* the present record, each field ended by a zero byte */
    size_t count;
    size_t capacity;
};

/* Reads the file ("-" is standard input).  0, or an exit code after a complaint. */
int csv_open(struct csv *csv, const char *path);

/* Reads the next record: 1; at the end 0; after a complaint -1. */
int csv_next(struct csv *csv);

/* Frees all, the fields' text included. */
void csv_close(struct csv *csv);

#endif

/* The table of devices: read from CSV, column by column.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_DEVICES_H
#define RMSOLVE_DEVICES_H

#include "csv.h"

#include <stdint.h>

enum column {
    COLUMN_WEIGHT,
    COLUMN_TARGET,
    COLUMN_PRICE,
    COLUMN_COEF,
    COLUMN_LOWER,
    COLUMN_UPPER,
    COLUMN_SHIFT,
    COLUMN_ALPHA,
    COLUMN_CAPACITY,
    COLUMN_CURRENT,
    COLUMN_UP,
    COLUMN_DOWN,
    COLUMN_COUNT
};

/* Families of costs (family.h tells about them). */
enum family { FAMILY_QUADRATIC, FAMILY_LOG, FAMILY_ALPHA_FAIR, FAMILY_ENTROPY, FAMILY_QUEUE, FAMILY_COUNT };

enum { DEVICE_NAME_LONGEST = 65535 }; /* bytes; the library's limit */

struct devices {
    struct csv csv; /* holds the text that the names point into */
    const char *path;
    int64_t count;
    char **name; /* NULL where the table has no such column; "" where the field is empty */
    long *line;
    enum family *family;         /* NULL where the table has no such column */
    double *value[COLUMN_COUNT]; /* NULL where the table has no such column */
};

/* 0, or an exit code after a complaint.  To be freed in either case. */
int devices_read(struct devices *devices, const char *path);
void devices_free(struct devices *devices);

/* The value of a device, or the column's default.  NaN is a capacity or a present
 * place that is not there. */
double devices_get(const struct devices *devices, enum column column, int64_t i);
enum family devices_family(const struct devices *devices, int64_t i);

/* A complaint about the field of a device: TOOL_DATA.  `what` is what is wrong and
 * what is allowed. */
int devices_complain(const struct devices *devices, int64_t i, const char *column, const char *what);

/* The device's name, or "#7" for the seventh one where it has none; `room` has
 * NUMBER_ROOM bytes. */
const char *devices_name(const struct devices *devices, int64_t i, char *room);

#endif

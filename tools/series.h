/* A history: a table with a line per point in time and a column per device.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_SERIES_H
#define RMSOLVE_SERIES_H

#include "csv.h"
#include "devices.h"

#include <stdint.h>

struct series {
    struct csv csv; /* holds the text that the labels point into */
    const char *path;
    const char *title; /* of the labels, such as "hour" */
    int64_t lines;
    int64_t devices;
    char **label;
    long *line;     /* where each stands in the file */
    double *wanted; /* lines * devices, in the order of the devices' table */
};

/* Reads the file; its columns may stand in any order but must name every device
 * once.  0, or an exit code after a complaint.  To be freed in either case. */
int series_read(struct series *series, const char *path, const struct devices *devices);
void series_free(struct series *series);

#endif

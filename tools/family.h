/* Families of costs: their names, the columns that each one takes, and where its
 * cost ends.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_FAMILY_H
#define RMSOLVE_FAMILY_H

#include "devices.h"

#include <stdbool.h>

const char *family_name(enum family family);

/* The family of that name; FAMILY_COUNT where there is none. */
enum family family_find(const char *name);

/* Whether the column, one of those that not every family has, belongs to it. */
bool family_takes(enum family family, enum column column);

/* Checks a device that is read, of which the columns `given` are not empty.  0, or an
 * exit code after a complaint. */
int family_check(const struct devices *devices, int64_t i, const bool *given);

/* Where the device's cost is: for x from *low to *high, both perhaps infinite. */
void family_domain(const struct devices *devices, int64_t i, double *low, double *high);

#endif

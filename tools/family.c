/* Families of costs.
 *
 * SPDX-License-Identifier: MIT
 */
#include "family.h"
#include "number.h"
#include "text.h"
#include "tool.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const names[FAMILY_COUNT] = {"quadratic", "log", "alpha-fair", "entropy", "queue"};

/* The columns that not every family has, and which of the families have them. */
static const struct owned {
    const char *name;
    enum column column;
    bool takes[FAMILY_COUNT];
    bool needs[FAMILY_COUNT];
} owned[] = {
    {"target", COLUMN_TARGET, {[FAMILY_QUADRATIC] = true, [FAMILY_ENTROPY] = true}, {[FAMILY_ENTROPY] = true}},
    {"shift", COLUMN_SHIFT, {[FAMILY_LOG] = true, [FAMILY_ALPHA_FAIR] = true}, {false}},
    {"alpha", COLUMN_ALPHA, {[FAMILY_ALPHA_FAIR] = true}, {false}},
    {"capacity", COLUMN_CAPACITY, {[FAMILY_QUEUE] = true}, {[FAMILY_QUEUE] = true}},
};

enum { OWNED = sizeof owned / sizeof *owned };

const char *family_name(enum family family)
{
    return names[family];
}

enum family family_find(const char *name)
{
    int family = 0;

    while (family < FAMILY_COUNT && !text_same(name, names[family])) {
        family++;
    }
    return (enum family)family;
}

bool family_takes(enum family family, enum column column)
{
    size_t k;

    for (k = 0; k < OWNED; k++) {
        if (owned[k].column == column) {
            return owned[k].takes[family];
        }
    }
    return true;
}

void family_domain(const struct devices *devices, int64_t i, double *low, double *high)
{
    *low = -HUGE_VAL;
    *high = HUGE_VAL;
    switch (devices_family(devices, i)) {
    case FAMILY_LOG:
    case FAMILY_ALPHA_FAIR:
        *low = 0.0 - devices_get(devices, COLUMN_SHIFT, i);
        break;
    case FAMILY_ENTROPY:
        *low = 0.0;
        break;
    case FAMILY_QUEUE:
        *low = 0.0;
        *high = devices_get(devices, COLUMN_CAPACITY, i);
        break;
    default:
        break;
    }
}

/* A field that would be left out of the answer is refused. */
static int complain_foreign(const struct devices *devices, int64_t i, const struct owned *column)
{
    char room[256];
    const char *between = "";
    int family;

    snprintf(room, sizeof room, "is not for the family %s; leave it empty, or write ",
             names[devices_family(devices, i)]);
    for (family = 0; family < FAMILY_COUNT; family++) {
        if (column->takes[family]) {
            strcat(strcat(room, between), names[family]);
            between = " or ";
        }
    }
    return devices_complain(devices, i, column->name, strcat(room, " in column family"));
}

static int complain_missing(const struct devices *devices, int64_t i, const struct owned *column)
{
    char room[128];

    snprintf(room, sizeof room, "is needed by the family %s; allowed is a finite number > 0",
             names[devices_family(devices, i)]);
    return devices_complain(devices, i, column->name, room);
}

/* A number, what it breaks, and the rule. */
static int complain_number(const struct devices *devices, int64_t i, enum column column, const char *what)
{
    const char *name = column == COLUMN_LOWER ? "lower" : column == COLUMN_UPPER ? "upper" : "target";
    char number[NUMBER_ROOM];
    char room[256];

    number_exact(number, devices_get(devices, column, i));
    snprintf(room, sizeof room, "%s %s %s", name, number, what);
    return devices_complain(devices, i, name, room);
}

/* Bounds and domain must have a place in common. */
static int check_domain(const struct devices *devices, int64_t i)
{
    enum family family = devices_family(devices, i);
    double lower = devices_get(devices, COLUMN_LOWER, i);
    double upper = devices_get(devices, COLUMN_UPPER, i);
    bool shifted = family_takes(family, COLUMN_SHIFT);
    double low;
    double high;

    family_domain(devices, i, &low, &high);
    if (shifted && upper <= low) {
        return complain_number(devices, i, COLUMN_UPPER, "is not above -shift; allowed is upper > -shift");
    }
    if (upper < low) {
        return complain_number(devices, i, COLUMN_UPPER,
                               family == FAMILY_QUEUE ? "is below 0; allowed in the family queue is upper >= 0"
                                                      : "is below 0; allowed in the family entropy is upper >= 0");
    }
    if (family == FAMILY_QUEUE && lower >= high) {
        return complain_number(devices, i, COLUMN_LOWER, "is not below the capacity; allowed is lower < capacity");
    }
    return 0;
}

int family_check(const struct devices *devices, int64_t i, const bool *given)
{
    enum family family = devices_family(devices, i);
    size_t k;

    for (k = 0; k < OWNED; k++) {
        if (given[owned[k].column] && !owned[k].takes[family]) {
            return complain_foreign(devices, i, &owned[k]);
        }
        if (!given[owned[k].column] && owned[k].needs[family]) {
            return complain_missing(devices, i, &owned[k]);
        }
    }
    if (family == FAMILY_ENTROPY && !(devices_get(devices, COLUMN_TARGET, i) > 0.0)) {
        return complain_number(devices, i, COLUMN_TARGET,
                               "is not above 0; allowed in the family entropy is target > 0");
    }
    return check_domain(devices, i);
}

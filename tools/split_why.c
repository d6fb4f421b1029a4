/* Why a device got what it got.
 *
 * SPDX-License-Identifier: MIT
 */
#include "family.h"
#include "split.h"

#include <math.h>

bool split_binds(const struct split *split)
{
    const struct options *options = split->options;

    return split_has_row(split) && (options->row_lower == options->row_upper || split->dual != 0.0);
}

void split_ends(const struct split *split, int64_t i, double *low, double *high)
{
    family_domain(split->devices, i, low, high);
    *low = fmax(*low, split->lower[i]);
    *high = fmin(*high, split->upper[i]);
}

/* Whether the cost of moving alone keeps a device in its place: not one that a bound
 * would hold there if moving were free. */
static bool stays(const struct split *split, int64_t i, double low, double high)
{
    double up = devices_get(split->devices, COLUMN_UP, i);
    double down = devices_get(split->devices, COLUMN_DOWN, i);
    double x = split->x[i];

    if (x != devices_get(split->devices, COLUMN_CURRENT, i) || (up == 0.0 && down == 0.0) || low == high) {
        return false;
    }
    if (x == low) {
        return split->reduced_cost[i] < up;
    }
    return x != high || split->reduced_cost[i] > -down;
}

enum why split_why(const struct split *split, int64_t i)
{
    double x = split->x[i];
    double target = split->target[i];
    double low;
    double high;

    split_ends(split, i, &low, &high);
    /* A wish is met when rounding alone keeps x from it.  Without a weight the
     * target is no wish, unless the bounds leave nothing else. */
    if ((split->weight[i] > 0.0 || low == high) && fabs(x - target) <= 1e-12 * fabs(target)) {
        return WHY_TARGET;
    }
    if (stays(split, i, low, high)) {
        return WHY_STAYS;
    }
    if (x == high && !(x == low && split->reduced_cost[i] >= 0.0)) {
        return high < split->upper[i] ? WHY_CAPACITY : WHY_LIMIT;
    }
    if (x == low) {
        return WHY_MINIMUM;
    }
    return split_binds(split) ? WHY_PRICE : WHY_ALONE;
}

const char *why_phrase(enum why why)
{
    static const char *const phrase[WHY_COUNT] = {"at target",           "at limit",         "at capacity",
                                                  "at minimum",          "not worth moving", "at the common price",
                                                  "where it costs least"};
    return phrase[why];
}

const char *why_word(enum why why)
{
    static const char *const word[WHY_COUNT] = {"target", "limit", "capacity", "minimum", "stays", "price", "alone"};
    return word[why];
}

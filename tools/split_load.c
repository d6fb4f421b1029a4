/* The problem given to librm.
 *
 * SPDX-License-Identifier: MIT
 */
#include "number.h"
#include "split.h"
#include "tool.h"

#include <math.h>
#include <stdlib.h>

/* Names are for the library's sentences.  Beyond this many devices a sentence
 * names one of very many, and the copies would cost more than the solve. */
enum { MOST_NAMES = 100000 };

static rm_status set_names(struct split *split)
{
    rm_status status = RM_OK;
    int64_t i;

    if (split_has_row(split)) {
        status = rm_problem_set_name(split->problem, RM_NAME_ROW, 0, "total");
    }
    for (i = 0; status == RM_OK && i < split->count && split->count <= MOST_NAMES; i++) {
        char room[NUMBER_ROOM];
        status = rm_problem_set_name(split->problem, RM_NAME_VARIABLE, i, devices_name(split->devices, i, room));
    }
    return status;
}

static rm_status add_total(struct split *split)
{
    const struct options *options = split->options;
    const double *coef = split->devices->value[COLUMN_COEF];
    rm_status status;

    if (!split_has_row(split)) {
        return RM_OK;
    }
    status = rm_problem_add_row(split->problem, coef == NULL ? RM_ALL : split->count, NULL, coef, options->row_lower,
                                options->row_upper, NULL);
    if (status == RM_OK && split_is_soft(split)) {
        status = rm_problem_set_row_penalty(split->problem, 1, NULL, &options->short_price, &options->over_price, NULL);
    }
    return status;
}

/* Numbers that stand for nothing must still be finite. */
static rm_status set_moves(struct split *split)
{
    double *const *value = split->devices->value;
    double *current;
    rm_status status;
    int64_t i;

    if (value[COLUMN_UP] == NULL && value[COLUMN_DOWN] == NULL) {
        return RM_OK;
    }
    current = tool_new((size_t)split->count, sizeof *current);
    for (i = 0; i < split->count; i++) {
        double place = devices_get(split->devices, COLUMN_CURRENT, i);
        current[i] = isnan(place) ? 0.0 : place;
    }
    status =
        rm_problem_set_move_cost(split->problem, split->count, NULL, current, value[COLUMN_UP], value[COLUMN_DOWN]);
    free(current);
    return status;
}

rm_status split_build(struct split *split)
{
    const struct options *options = split->options;
    rm_status status = rm_problem_create(&split->problem, split->count, NULL, NULL);

    if (status == RM_OK) {
        status = rm_problem_set_price(split->problem, split->count, NULL, split->devices->value[COLUMN_PRICE]);
    }
    if (status == RM_OK) {
        status = add_total(split);
    }
    if (status == RM_OK) {
        status = set_moves(split);
    }
    if (status == RM_OK) {
        status = set_names(split);
    }
    if (status == RM_OK) {
        status = rm_problem_set_option_f64(split->problem, RM_OPTION_TIME_LIMIT, options->time_limit);
    }
    if (status == RM_OK) {
        status = rm_problem_set_option_i64(split->problem, RM_OPTION_ITERATION_LIMIT, options->iteration_limit);
    }
    return status;
}

/* The devices of one family. */
struct group {
    struct split *split;
    int64_t count;
    int64_t *index;
};

static double number_of(const struct split *split, enum column column, int64_t i)
{
    switch (column) {
    case COLUMN_WEIGHT:
        return split->weight[i];
    case COLUMN_TARGET:
        return split->target[i];
    default:
        return devices_get(split->devices, column, i);
    }
}

/* One number of each of them, in memory that the caller frees. */
static double *gather(const struct group *group, enum column column)
{
    double *value = tool_new((size_t)group->count, sizeof *value);
    int64_t k;

    for (k = 0; k < group->count; k++) {
        value[k] = number_of(group->split, column, group->index[k]);
    }
    return value;
}

typedef rm_status set_pair(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                           const double *second);

/* Families whose costs have a weight and one number more. */
static rm_status set_two(const struct group *group, set_pair *set, enum column column)
{
    double *weight = gather(group, COLUMN_WEIGHT);
    double *second = gather(group, column);
    rm_status status = set(group->split->problem, group->count, group->index, weight, second);

    free(weight);
    free(second);
    return status;
}

static rm_status set_quadratic(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                               const double *target)
{
    return rm_problem_set_quadratic(p, count, index, weight, target, NULL);
}

static rm_status set_alpha_fair(const struct group *group)
{
    double *weight = gather(group, COLUMN_WEIGHT);
    double *shift = gather(group, COLUMN_SHIFT);
    double *alpha = gather(group, COLUMN_ALPHA);
    rm_status status =
        rm_problem_set_alpha_fair(group->split->problem, group->count, group->index, weight, shift, alpha);

    free(weight);
    free(shift);
    free(alpha);
    return status;
}

static rm_status set_group(const struct group *group, enum family family)
{
    switch (family) {
    case FAMILY_LOG:
        return set_two(group, rm_problem_set_log, COLUMN_SHIFT);
    case FAMILY_ALPHA_FAIR:
        return set_alpha_fair(group);
    case FAMILY_ENTROPY:
        return set_two(group, rm_problem_set_entropy, COLUMN_TARGET);
    case FAMILY_QUEUE:
        return set_two(group, rm_problem_set_queue, COLUMN_CAPACITY);
    default:
        return set_two(group, set_quadratic, COLUMN_TARGET);
    }
}

static rm_status set_groups(struct split *split)
{
    struct group group = {split, 0, tool_new((size_t)split->count, sizeof(int64_t))};
    rm_status status = RM_OK;
    int family;

    for (family = 0; status == RM_OK && family < FAMILY_COUNT; family++) {
        int64_t i;
        group.count = 0;
        for (i = 0; i < split->count; i++) {
            if (devices_family(split->devices, i) == (enum family)family) {
                group.index[group.count++] = i;
            }
        }
        status = set_group(&group, (enum family)family);
    }
    free(group.index);
    return status;
}

/* Costs come before bounds: they are checked against each other, and the bounds that a
 * problem begins with go with every family. */
rm_status split_load(struct split *split)
{
    rm_status status = split->devices->family != NULL
                           ? set_groups(split)
                           : set_quadratic(split->problem, split->count, NULL, split->weight, split->target);

    if (status == RM_OK) {
        status = rm_problem_set_bounds(split->problem, split->count, NULL, split->lower, split->upper);
    }
    return status;
}

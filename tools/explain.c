/* Why a split cannot be made, and what would repair it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "explain.h"
#include "family.h"
#include "number.h"
#include "text.h"
#include "tool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_REPAIRS = 5 };

/* Asks for the explanation, which may be longer than what the solve said. */
static char *read_sentence(const struct split *split, int64_t *items)
{
    char *solved = split_message(split);
    char *explained;

    *items = 0;
    if (rm_problem_explain(split->problem, items) != RM_OK) {
        return solved;
    }
    explained = split_message(split);
    if (*explained == '\0') {
        free(explained);
        return solved;
    }
    free(solved);
    return explained;
}

void conflict_read(struct conflict *conflict, const struct split *split)
{
    int64_t items;

    memset(conflict, 0, sizeof *conflict);
    conflict->sentence = read_sentence(split, &items);
    if (items > 0) {
        conflict->kind = tool_new((size_t)items, sizeof *conflict->kind);
        conflict->index = tool_new((size_t)items, sizeof *conflict->index);
        conflict->multiplier = tool_new((size_t)items, sizeof *conflict->multiplier);
        conflict->repair = tool_new((size_t)items, sizeof *conflict->repair);
        if (rm_problem_get_conflict(split->problem, 0, items, conflict->kind, conflict->index, conflict->multiplier,
                                    conflict->repair) == RM_OK) {
            conflict->count = items;
        }
    }
}

void conflict_free(struct conflict *conflict)
{
    free(conflict->sentence);
    free(conflict->kind);
    free(conflict->index);
    free(conflict->multiplier);
    free(conflict->repair);
    memset(conflict, 0, sizeof *conflict);
}

enum hold conflict_hold(const struct conflict *conflict, const struct split *split, int64_t item)
{
    int64_t i = conflict->index[item];
    double low;
    double high;

    switch (conflict->kind[item]) {
    case RM_CONFLICT_ROW_LOWER:
        return HOLD_TOTAL_LOWER;
    case RM_CONFLICT_ROW_UPPER:
        return HOLD_TOTAL_UPPER;
    case RM_CONFLICT_LOWER:
        family_domain(split->devices, i, &low, &high);
        return low <= split->lower[i]                                          ? HOLD_LOWER
               : family_takes(devices_family(split->devices, i), COLUMN_SHIFT) ? HOLD_SHIFT
                                                                               : HOLD_ZERO;
    default:
        family_domain(split->devices, i, &low, &high);
        return high > split->upper[i] ? HOLD_UPPER : HOLD_CAPACITY;
    }
}

const char *hold_word(enum hold hold)
{
    static const char *const word[HOLD_COUNT] = {"total_lower", "total_upper", "lower", "upper",
                                                 "capacity",    "shift",       "zero"};
    return word[hold];
}

double conflict_value(const struct conflict *conflict, const struct split *split, int64_t item)
{
    int64_t i = conflict->index[item];

    switch (conflict_hold(conflict, split, item)) {
    case HOLD_TOTAL_LOWER:
        return split->options->row_lower;
    case HOLD_TOTAL_UPPER:
        return split->options->row_upper;
    case HOLD_LOWER:
        return split->lower[i];
    case HOLD_UPPER:
        return split->upper[i];
    case HOLD_CAPACITY:
        return devices_get(split->devices, COLUMN_CAPACITY, i);
    case HOLD_SHIFT:
        return devices_get(split->devices, COLUMN_SHIFT, i);
    default:
        return 0.0;
    }
}

double conflict_repair(const struct conflict *conflict, const struct split *split, int64_t item)
{
    switch (conflict_hold(conflict, split, item)) {
    case HOLD_SHIFT: /* x ends at minus the shift */
        return -conflict->repair[item];
    case HOLD_ZERO:
        return NAN;
    default:
        return conflict->repair[item];
    }
}

static const char *what(const struct split *split, enum hold hold)
{
    static const char *const name[HOLD_COUNT] = {"the least total",
                                                 "the greatest total",
                                                 "the lower bound of ",
                                                 "the upper bound of ",
                                                 "the capacity of ",
                                                 "the shift of ",
                                                 ""};

    return hold <= HOLD_TOTAL_UPPER && split->options->row == ROW_EXACT ? "the total" : name[hold];
}

static void print_item(const struct conflict *conflict, const struct split *split, int64_t item, FILE *file)
{
    enum hold hold = conflict_hold(conflict, split, item);
    double repair = conflict_repair(conflict, split, item);
    double value = conflict_value(conflict, split, item);
    char room[NUMBER_ROOM];
    char by[NUMBER_ROOM];
    char from[NUMBER_ROOM];
    char to[NUMBER_ROOM];

    number_short(by, fabs(repair));
    number_short(from, value);
    number_short(to, value + repair);
    if (strcmp(from, to) == 0) {
        number_exact(from, value);
        number_exact(to, value + repair);
    }
    fprintf(file, "  %s %s", repair < 0.0 ? "lower" : "raise", what(split, hold));
    text_print(hold <= HOLD_TOTAL_UPPER ? "" : devices_name(split->devices, conflict->index[item], room), file);
    fprintf(file, " by %s, from %s to %s\n", by, from, to);
}

/* What can be repaired, the cheapest first; returns how many that are. */
static int64_t print_items(const struct conflict *conflict, const struct split *split, FILE *file)
{
    int64_t count = 0;
    int64_t item;

    for (item = 0; item < conflict->count; item++) {
        if (conflict_hold(conflict, split, item) != HOLD_ZERO && count++ < MOST_REPAIRS) {
            print_item(conflict, split, item, file);
        }
    }
    return count;
}

static void print_conflict(const struct conflict *conflict, const struct split *split, FILE *file)
{
    int64_t count;
    char more[NUMBER_ROOM];

    fprintf(file, "%s: ", split_status_word(split->status));
    text_print(conflict->sentence, file);
    fputc('\n', file);
    if (conflict->count == 0) {
        return;
    }
    fprintf(file, "Any one of these would repair it, the cheapest first:\n");
    count = print_items(conflict, split, file);
    if (count > MOST_REPAIRS) {
        number_count(more, count - MOST_REPAIRS);
        fprintf(file, "  ... and %s more (--json lists all)\n", more);
    }
}

void conflict_print(const struct split *split)
{
    struct conflict conflict;

    conflict_read(&conflict, split);
    print_conflict(&conflict, split, split->options->format == FORMAT_TABLE ? stdout : stderr);
    conflict_free(&conflict);
}

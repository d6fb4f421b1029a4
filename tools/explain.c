/* Why a split cannot be made, and what would repair it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "explain.h"
#include "number.h"
#include "text.h"
#include "tool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

double conflict_value(const struct conflict *conflict, const struct split *split, int64_t item)
{
    int64_t i = conflict->index[item];

    switch (conflict->kind[item]) {
    case RM_CONFLICT_ROW_LOWER:
        return split->options->row_lower;
    case RM_CONFLICT_ROW_UPPER:
        return split->options->row_upper;
    case RM_CONFLICT_LOWER:
        return split->lower[i];
    default:
        return split->upper[i];
    }
}

static const char *what(const struct conflict *conflict, const struct split *split, int64_t item)
{
    switch (conflict->kind[item]) {
    case RM_CONFLICT_ROW_LOWER:
        return split->options->row == ROW_EXACT ? "the total" : "the least total";
    case RM_CONFLICT_ROW_UPPER:
        return split->options->row == ROW_EXACT ? "the total" : "the greatest total";
    case RM_CONFLICT_LOWER:
        return "the lower bound of ";
    default:
        return "the upper bound of ";
    }
}

static void print_item(const struct conflict *conflict, const struct split *split, int64_t item, FILE *file)
{
    double repair = conflict->repair[item];
    double value = conflict_value(conflict, split, item);
    bool row = conflict->kind[item] == RM_CONFLICT_ROW_LOWER || conflict->kind[item] == RM_CONFLICT_ROW_UPPER;
    char room[NUMBER_ROOM];
    char by[NUMBER_ROOM];
    char from[NUMBER_ROOM];
    char to[NUMBER_ROOM];
    const char *name = row ? "" : devices_name(split->devices, conflict->index[item], room);

    number_short(by, fabs(repair));
    number_short(from, value);
    number_short(to, value + repair);
    fprintf(file, "  %s %s", repair < 0.0 ? "lower" : "raise", what(conflict, split, item));
    text_print(name, file);
    fprintf(file, " by %s, from %s to %s\n", by, from, to);
}

void conflict_print(const struct conflict *conflict, const struct split *split, int64_t most, FILE *file)
{
    int64_t shown = conflict->count < most ? conflict->count : most;
    int64_t item;
    char more[NUMBER_ROOM];

    fprintf(file, "%s: ", split_status_word(split->status));
    text_print(conflict->sentence, file);
    fputc('\n', file);
    if (conflict->count == 0) {
        return;
    }
    fprintf(file, "Any one of these would repair it, the cheapest first:\n");
    for (item = 0; item < shown; item++) {
        print_item(conflict, split, item, file);
    }
    if (shown < conflict->count) {
        number_count(more, conflict->count - shown);
        fprintf(file, "  ... and %s more (--json lists all)\n", more);
    }
}

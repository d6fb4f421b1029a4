/* The table of one split for people.
 *
 * SPDX-License-Identifier: MIT
 */
#include "family.h"
#include "grid.h"
#include "number.h"
#include "pick.h"
#include "report.h"
#include "sum.h"
#include "tool.h"

#include <math.h>
#include <stdlib.h>

/* What a table may show, from left to right. */
enum part {
    PART_NAME,
    PART_FAMILY,
    PART_TARGET,
    PART_FROM,
    PART_GOT,
    PART_MET,
    PART_CUT,
    PART_MINIMUM,
    PART_CAPACITY,
    PART_LIMIT,
    PART_BAR,
    PART_WHY,
    PART_COUNT
};

struct table {
    const struct split *split;
    struct grid grid;
    bool has[PART_COUNT]; /* those that say something */
    int places[PART_COUNT];
    int64_t *pick; /* the devices that are shown */
    size_t lines;
    double scale; /* the largest number that a bar has to show */
};

static double from_of(const struct split *split, int64_t i)
{
    return devices_get(split->devices, COLUMN_CURRENT, i);
}

static double capacity_of(const struct split *split, int64_t i)
{
    return devices_get(split->devices, COLUMN_CAPACITY, i);
}

/* The share of the target: only where it is one for every device that has a target. */
static bool has_met(const struct split *split)
{
    bool wanted = false;
    int64_t i;

    for (i = 0; i < split->count; i++) {
        double target = split->target[i];
        if (target < 0.0 || (split->weight[i] == 0.0 && target != 0.0 && !isnan(target))) {
            return false;
        }
        wanted = wanted || target > 0.0;
    }
    return wanted;
}

static void look(struct table *table)
{
    const struct split *split = table->split;
    bool *has = table->has;
    int64_t i;

    has[PART_NAME] = has[PART_GOT] = has[PART_BAR] = has[PART_WHY] = true;
    has[PART_MET] = has_met(split);
    has[PART_CUT] = split->proportional != NULL;
    for (i = 0; i < split->count; i++) {
        double target = split->target[i];
        double lower = split->lower[i];
        double upper = split->upper[i];
        has[PART_FAMILY] = has[PART_FAMILY] || devices_family(split->devices, i) != devices_family(split->devices, 0);
        has[PART_TARGET] = has[PART_TARGET] || !isnan(target);
        has[PART_FROM] = has[PART_FROM] || !isnan(from_of(split, i));
        has[PART_MINIMUM] = has[PART_MINIMUM] || (lower != 0.0 && !isinf(lower) && lower != target);
        has[PART_CAPACITY] = has[PART_CAPACITY] || !isnan(capacity_of(split, i));
        has[PART_LIMIT] = has[PART_LIMIT] || (!isinf(upper) && upper != target);
    }
}

typedef double number_of(const struct split *split, int64_t i);

static double target_of(const struct split *split, int64_t i)
{
    return split->target[i];
}

static double got_of(const struct split *split, int64_t i)
{
    return split->x[i];
}

static double cut_of(const struct split *split, int64_t i)
{
    return split->proportional[i];
}

static double lower_of(const struct split *split, int64_t i)
{
    return split->lower[i];
}

static double upper_of(const struct split *split, int64_t i)
{
    return split->upper[i];
}

static number_of *const number[PART_COUNT] = {
    [PART_TARGET] = target_of, [PART_FROM] = from_of,         [PART_GOT] = got_of,    [PART_CUT] = cut_of,
    [PART_MINIMUM] = lower_of, [PART_CAPACITY] = capacity_of, [PART_LIMIT] = upper_of};

static const char *const title[PART_COUNT] = {"name",      "family",  "target",   "from",  "got", "met",
                                              "prop. cut", "minimum", "capacity", "limit", "",    "why"};

/* The row's sum of one part; NaN where a device has none. */
static double total_of(const struct split *split, enum part part)
{
    struct sum sum = {0.0, 0.0};
    int64_t i;

    for (i = 0; i < split->count; i++) {
        sum_add(&sum, devices_get(split->devices, COLUMN_COEF, i) * number[part](split, i));
    }
    return sum_value(&sum);
}

/* The proportional cut's total is shown as that of what the devices got. */
static enum part shown_as(enum part part)
{
    return part == PART_CUT ? PART_GOT : part;
}

static bool is_added_up(enum part part)
{
    return part == PART_TARGET || part == PART_FROM || part == PART_GOT || part == PART_CUT;
}

/* Decimals that suit one column: the lines that are shown, and the total. */
static int decimals(const struct table *table, enum part part)
{
    double *shown = tool_new(table->lines + 1, sizeof *shown);
    size_t k;
    int places;

    for (k = 0; k < table->lines; k++) {
        shown[k] = number[part](table->split, table->pick[k]);
    }
    shown[table->lines] = is_added_up(part) ? total_of(table->split, shown_as(part)) : 0.0;
    places = number_decimals(shown, table->lines + 1);
    free(shown);
    return places;
}

static double bar_scale(const struct table *table)
{
    const struct split *split = table->split;
    double scale = 0.0;
    size_t k;

    for (k = 0; k < table->lines; k++) {
        scale = fmax(scale, fmax(split->x[table->pick[k]], split->target[table->pick[k]]));
    }
    return scale > 0.0 ? scale : 1.0;
}

static void add_columns(struct table *table, const char *wanted)
{
    int part;

    for (part = 0; part < PART_COUNT; part++) {
        if (!table->has[part]) {
            continue;
        }
        if (number[part] != NULL) {
            table->places[part] = decimals(table, (enum part)part);
        }
        if (part == PART_BAR) {
            grid_bar_column(&table->grid);
        } else {
            grid_column(&table->grid, part == PART_TARGET ? wanted : title[part],
                        number[part] != NULL || part == PART_MET);
        }
    }
}

static void add_cell(struct table *table, enum part part, int64_t i)
{
    static const enum style style[WHY_COUNT] = {STYLE_GOOD,  STYLE_WARN,  STYLE_WARN, STYLE_WARN,
                                                STYLE_PLAIN, STYLE_PLAIN, STYLE_PLAIN};
    const struct split *split = table->split;
    struct grid *grid = &table->grid;
    char room[NUMBER_ROOM];
    enum why why;

    switch (part) {
    case PART_NAME:
        grid_add(grid, devices_name(split->devices, i, room), STYLE_PLAIN);
        break;
    case PART_FAMILY:
        grid_add(grid, family_name(devices_family(split->devices, i)), STYLE_PLAIN);
        break;
    case PART_MET:
        grid_add_share(grid, split->x[i], split->target[i], STYLE_PLAIN);
        break;
    case PART_BAR:
        grid_add_bar(grid, split->x[i] / table->scale, split->target[i] / table->scale);
        break;
    case PART_WHY:
        why = split_why(split, i);
        grid_add(grid, why_phrase(why), style[why]);
        break;
    default:
        grid_add_number(grid, number[part](split, i), table->places[part],
                        part >= PART_MINIMUM ? STYLE_DIM : STYLE_PLAIN);
        break;
    }
}

static void add_device(struct table *table, int64_t i)
{
    int part;

    grid_row(&table->grid);
    for (part = 0; part < PART_COUNT; part++) {
        if (table->has[part]) {
            add_cell(table, (enum part)part, i);
        }
    }
}

static void add_total_cell(struct table *table, enum part part)
{
    const struct split *split = table->split;
    struct grid *grid = &table->grid;

    if (part == PART_NAME) {
        grid_add(grid, split->devices->value[COLUMN_COEF] != NULL ? "total, with coef" : "total", STYLE_BOLD);
    } else if (part == PART_MET) {
        grid_add_share(grid, split->sum, split->wanted, STYLE_BOLD);
    } else if (part == PART_BAR) {
        grid_add_bar(grid, 0.0, 0.0);
    } else if (is_added_up(part)) {
        grid_add_number(grid, total_of(split, part), table->places[shown_as(part)], STYLE_BOLD);
    } else {
        grid_add(grid, "", STYLE_PLAIN);
    }
}

static void add_total(struct table *table)
{
    int part;

    grid_row(&table->grid);
    for (part = 0; part < PART_COUNT; part++) {
        if (table->has[part]) {
            add_total_cell(table, (enum part)part);
        }
    }
}

static void print_hidden(const struct table *table, FILE *file)
{
    const struct split *split = table->split;
    int64_t reason[WHY_COUNT] = {0};
    double shown = 0.0;
    char count[NUMBER_ROOM];
    char rest[NUMBER_ROOM];
    const char *comma = "";
    int64_t i;
    size_t k;

    for (k = 0; k < table->lines; k++) {
        shown += devices_get(split->devices, COLUMN_COEF, table->pick[k]) * split->x[table->pick[k]];
    }
    number_count(count, split->count - (int64_t)table->lines);
    number_short(rest, split->sum - shown);
    fprintf(file, "%s more, which got %s together (--all shows every line, --csv all digits)\n", count, rest);
    for (i = 0; i < split->count; i++) {
        reason[split_why(split, i)]++;
    }
    fputs("of all: ", file);
    for (k = 0; k < WHY_COUNT; k++) {
        if (reason[k] > 0) {
            number_count(count, reason[k]);
            fprintf(file, "%s%s %s", comma, count, why_phrase((enum why)k));
            comma = ", ";
        }
    }
    fputc('\n', file);
}

static void fill(struct table *table, struct screen screen, const char *wanted, bool active)
{
    const struct split *split = table->split;
    size_t k;

    grid_open(&table->grid, screen);
    add_columns(table, wanted);
    for (k = 0; k < table->lines; k++) {
        int64_t i = table->pick[k];
        if (!active || split->target[i] != 0.0 || split->x[i] != 0.0) {
            add_device(table, i);
        }
    }
    add_total(table);
}

void report_table(const struct split *split, struct screen screen, const char *wanted, bool active, FILE *file)
{
    struct table table = {.split = split};

    table.lines = pick_lines(split->x, split->count, split->options->all, &table.pick);
    table.scale = bar_scale(&table);
    look(&table);
    fill(&table, screen, wanted, active);
    /* Who wrote the table knows the families. */
    if (table.has[PART_FAMILY] && grid_width(&table.grid) > screen.width) {
        grid_free(&table.grid);
        table.has[PART_FAMILY] = false;
        fill(&table, screen, wanted, active);
    }
    grid_print(&table.grid, file);
    if (table.lines < (size_t)split->count) {
        print_hidden(&table, file);
    }
    grid_free(&table.grid);
    free(table.pick);
}

/* One split for people.
 *
 * SPDX-License-Identifier: MIT
 */
#include "report.h"
#include "grid.h"
#include "number.h"
#include "pick.h"
#include "tool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Which columns a table has: those that say something. */
struct shape {
    bool met; /* the share of the target */
    bool minimum;
    bool limit;
    bool proportional;
};

static struct shape look(const struct split *split)
{
    struct shape shape = {true, false, false, split->proportional != NULL};
    bool wanted = false;
    int64_t i;

    for (i = 0; i < split->count; i++) {
        double target = split->target[i];
        double lower = split->lower[i];
        shape.met = shape.met && target >= 0.0 && (split->weight[i] > 0.0 || target == 0.0);
        wanted = wanted || target > 0.0;
        shape.minimum = shape.minimum || (lower != 0.0 && !isinf(lower) && lower != target);
        shape.limit = shape.limit || (!isinf(split->upper[i]) && split->upper[i] != target);
    }
    shape.met = shape.met && wanted;
    return shape;
}

/* Decimals that suit one column: the lines that are shown, and the total. */
static int decimals(const double *value, const int64_t *pick, size_t lines, double total)
{
    double *shown = tool_new(lines + 1, sizeof *shown);
    size_t i;
    int places;

    for (i = 0; i < lines; i++) {
        shown[i] = value[pick[i]];
    }
    shown[lines] = total;
    places = number_decimals(shown, lines + 1);
    free(shown);
    return places;
}

static void add_columns(struct grid *grid, struct shape shape, const char *wanted)
{
    grid_column(grid, "name", false);
    grid_column(grid, wanted, true);
    grid_column(grid, "got", true);
    if (shape.met) {
        grid_column(grid, "met", true);
    }
    if (shape.proportional) {
        grid_column(grid, "prop. cut", true);
    }
    if (shape.minimum) {
        grid_column(grid, "minimum", true);
    }
    if (shape.limit) {
        grid_column(grid, "limit", true);
    }
    grid_bar_column(grid);
    grid_column(grid, "why", false);
}

/* The largest number that a bar has to show. */
static double bar_scale(const struct split *split, const int64_t *pick, size_t lines)
{
    double scale = 0.0;
    size_t i;

    for (i = 0; i < lines; i++) {
        scale = fmax(scale, fmax(split->x[pick[i]], split->target[pick[i]]));
    }
    return scale > 0.0 ? scale : 1.0;
}

static void add_total(struct grid *grid, const struct split *split, struct shape shape, int got_places,
                      int wanted_places)
{
    double proportional = 0.0;
    int64_t i;

    grid_row(grid);
    grid_add(grid, split->devices->value[COLUMN_COEF] != NULL ? "total, with coef" : "total", STYLE_BOLD);
    grid_add_number(grid, split->wanted, wanted_places, STYLE_BOLD);
    grid_add_number(grid, split->sum, got_places, STYLE_BOLD);
    if (shape.met) {
        grid_add_share(grid, split->sum, split->wanted, STYLE_BOLD);
    }
    if (shape.proportional) {
        for (i = 0; i < split->count; i++) {
            proportional += devices_get(split->devices, COLUMN_COEF, i) * split->proportional[i];
        }
        grid_add_number(grid, proportional, got_places, STYLE_BOLD);
    }
    if (shape.minimum) {
        grid_add(grid, "", STYLE_PLAIN);
    }
    if (shape.limit) {
        grid_add(grid, "", STYLE_PLAIN);
    }
    grid_add_bar(grid, 0.0, 0.0);
    grid_add(grid, "", STYLE_PLAIN);
}

static void print_hidden(const struct split *split, const int64_t *pick, size_t lines, FILE *file)
{
    int64_t reason[WHY_COUNT] = {0};
    double shown = 0.0;
    char count[NUMBER_ROOM];
    char rest[NUMBER_ROOM];
    const char *comma = "";
    int64_t i;
    size_t k;

    for (k = 0; k < lines; k++) {
        shown += devices_get(split->devices, COLUMN_COEF, pick[k]) * split->x[pick[k]];
    }
    number_count(count, split->count - (int64_t)lines);
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

void report_table(const struct split *split, struct screen screen, const char *wanted, bool active, FILE *file)
{
    static const enum style style[WHY_COUNT] = {STYLE_GOOD, STYLE_WARN, STYLE_WARN, STYLE_PLAIN, STYLE_PLAIN};
    struct shape shape = look(split);
    struct grid grid;
    int64_t *pick;
    size_t lines = pick_lines(split->x, split->count, split->options->all, &pick);
    int got_places = decimals(split->x, pick, lines, split->sum);
    int wanted_places = decimals(split->target, pick, lines, split->wanted);
    int lower_places = decimals(split->lower, pick, lines, 0.0);
    int upper_places = decimals(split->upper, pick, lines, 0.0);
    int cut_places = shape.proportional ? decimals(split->proportional, pick, lines, split->sum) : 0;
    double scale = bar_scale(split, pick, lines);
    size_t k;

    grid_open(&grid, screen);
    add_columns(&grid, shape, wanted);
    for (k = 0; k < lines; k++) {
        int64_t i = pick[k];
        enum why why = split_why(split, i);
        char room[NUMBER_ROOM];
        if (active && split->target[i] == 0.0 && split->x[i] == 0.0) {
            continue;
        }
        grid_row(&grid);
        grid_add(&grid, devices_name(split->devices, i, room), STYLE_PLAIN);
        grid_add_number(&grid, split->target[i], wanted_places, STYLE_PLAIN);
        grid_add_number(&grid, split->x[i], got_places, STYLE_PLAIN);
        if (shape.met) {
            grid_add_share(&grid, split->x[i], split->target[i], STYLE_PLAIN);
        }
        if (shape.proportional) {
            grid_add_number(&grid, split->proportional[i], cut_places, STYLE_PLAIN);
        }
        if (shape.minimum) {
            grid_add_number(&grid, split->lower[i], lower_places, STYLE_DIM);
        }
        if (shape.limit) {
            grid_add_number(&grid, split->upper[i], upper_places, STYLE_DIM);
        }
        grid_add_bar(&grid, split->x[i] / scale, split->target[i] / scale);
        grid_add(&grid, why_phrase(why), style[why]);
    }
    add_total(&grid, split, shape, got_places, wanted_places);
    grid_print(&grid, file);
    if (lines < (size_t)split->count) {
        print_hidden(split, pick, lines, file);
    }
    grid_free(&grid);
    free(pick);
}

/* "raises the cost by 9": what a step of one unit does at the margin. */
static void print_step(double change, FILE *file)
{
    char room[NUMBER_ROOM];

    number_short(room, fabs(change));
    if (change == 0.0) {
        fputs("leaves the cost as it is", file);
    } else {
        fprintf(file, "%s the cost by %s", change > 0.0 ? "raises" : "lowers", room);
    }
}

static const char *unit_of(const struct split *split)
{
    return split->options->unit != NULL ? split->options->unit : "unit";
}

/* The two sides agree up to rounding. */
static bool same_price(const struct split *split)
{
    double larger = fmax(fabs(split->dual_high), fabs(split->dual_low));

    return !isinf(larger) && split->dual_high - split->dual_low <= 1e-12 * larger;
}

static void print_steps(const struct split *split, FILE *file)
{
    if (isinf(split->dual_high)) {
        fputs("no more can be placed", file);
    } else {
        fputs("one more ", file);
        print_step(split->dual_high, file);
    }
    fputs(",\n              ", file);
    if (isinf(split->dual_low)) {
        fputs("no less can be placed", file);
    } else {
        fputs("one less ", file);
        if (same_price(split) && split->dual_high != 0.0) {
            fprintf(file, "%s it by as much", split->dual_low > 0.0 ? "lowers" : "raises");
        } else {
            print_step(-split->dual_low, file);
        }
    }
    fputc('\n', file);
}

static void print_range(const struct split *split, FILE *file)
{
    char low[NUMBER_ROOM];
    char high[NUMBER_ROOM];

    number_short(low, split->side_low);
    number_short(high, split->side_high);
    if (!(split->side_low < split->side_high)) {
        return;
    }
    fputs("              the price is linear in the total", file);
    if (isinf(split->side_low) && !isinf(split->side_high)) {
        fprintf(file, " up to %s", high);
    } else if (!isinf(split->side_low) && isinf(split->side_high)) {
        fprintf(file, " from %s on", low);
    } else if (!isinf(split->side_low)) {
        fprintf(file, " from %s to %s", low, high);
    }
    fputc('\n', file);
}

/* A side that does not bind has a number at which it would. */
static void print_slack(const struct split *split, FILE *file)
{
    char sum[NUMBER_ROOM];
    char side[NUMBER_ROOM];
    const struct options *options = split->options;

    number_short(sum, split->sum);
    fprintf(file, "price         0: the total, %s, is not what limits the split", sum);
    if (!isinf(options->row_upper)) {
        number_short(side, split->side_low);
        fprintf(file, ";\n              its upper side would bind below %s", side);
    }
    if (!isinf(options->row_lower)) {
        number_short(side, split->side_high);
        fprintf(file, ";\n              its lower side would bind above %s", side);
    }
    fputc('\n', file);
}

void report_price(const struct split *split, FILE *file)
{
    char room[NUMBER_ROOM];

    if (!split_has_row(split)) {
        return;
    }
    if (!split_binds(split)) {
        print_slack(split, file);
        return;
    }
    number_short(room, split->dual);
    fprintf(file, "price         %s per %s: ", room, unit_of(split));
    print_steps(split, file);
    print_range(split, file);
}

void report_excess(char *room, double cost, double best)
{
    double share = 100.0 * (cost / best - 1.0);

    if (!(best > 0.0) || !isfinite(share)) {
        number_short(room, cost - best);
        strcat(room, " more");
    } else if (fabs(share) < 0.05) {
        strcpy(room, "the same");
    } else if (share >= 1000.0) {
        number_short(room, cost / best);
        strcat(room, " times that");
    } else {
        number_fixed(room, fabs(share), fabs(share) < 10.0 ? 1 : 0);
        strcat(room, share < 0.0 ? " % less" : " % more");
    }
}

void report_proportional(const struct split *split, FILE *file)
{
    char cost[NUMBER_ROOM];
    char excess[NUMBER_ROOM];
    char share[NUMBER_ROOM];
    char count[NUMBER_ROOM];
    double side = fmin(fmax(split->wanted, split->options->row_lower), split->options->row_upper);

    number_short(cost, split->proportional_objective);
    report_excess(excess, split->proportional_objective, split->objective);
    number_percent(share, side, split->wanted);
    fprintf(file, "prop. cut     %s of the target for everyone costs %s, %s", share, cost, excess);
    if (split->proportional_outside > 0) {
        number_count(count, split->proportional_outside);
        fprintf(file, ";\n              it breaks the bounds of %s device%s", count,
                split->proportional_outside == 1 ? "" : "s");
    }
    fputc('\n', file);
}

static void print_certificate(const struct split *split, FILE *file)
{
    char cost[NUMBER_ROOM];
    char bound[NUMBER_ROOM];
    char gap[NUMBER_ROOM];
    char residual[NUMBER_ROOM];

    number_short(cost, split->objective);
    number_short(bound, split->bound);
    number_short(gap, split->gap);
    number_short(residual, split->row_residual);
    fprintf(file, "certificate   cost %s, proven bound %s, gap %s", cost, bound, gap);
    if (split_has_row(split)) {
        fprintf(file, ", total off by %s", residual);
    }
    fputc('\n', file);
}

void report_split(const struct split *split, struct screen screen, double read_seconds, FILE *file)
{
    char solve[NUMBER_ROOM];
    char read[NUMBER_ROOM];

    report_table(split, screen, "target", false, file);
    fputc('\n', file);
    report_price(split, file);
    if (split->proportional != NULL) {
        report_proportional(split, file);
    }
    print_certificate(split, file);
    number_seconds(solve, split->seconds);
    number_seconds(read, read_seconds);
    fprintf(file, "time          solved in %s, file read in %s\n", solve, read);
}

/* Where the price jumps, for people: the totals, and the devices that stop and begin there.
 *
 * SPDX-License-Identifier: MIT
 */
#include "curve_grid.h"
#include "number.h"
#include "pick.h"
#include "report.h"
#include "text.h"
#include "tool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* As many jumps as are shown without --all; from this width on there is room for names, and
 * what the columns before them take. */
enum { JUMPS = 8, NAMED = 60, BEFORE_NAMES = 34 };

static bool is_jump(const struct points *knots, int64_t k)
{
    return !isinf(knots->low[k]) && !isinf(knots->high[k]) && !report_same_price(knots->low[k], knots->high[k]);
}

/* The knots at which the price jumps, and by how much, in memory that the caller frees. */
static int64_t find_jumps(const struct points *knots, int64_t **knot, double **size)
{
    int64_t count = 0;
    int64_t k;

    *knot = tool_new((size_t)knots->count, sizeof **knot);
    *size = tool_new((size_t)knots->count, sizeof **size);
    for (k = 0; k < knots->count; k++) {
        if (is_jump(knots, k)) {
            (*knot)[count] = k;
            (*size)[count++] = knots->high[k] - knots->low[k];
        }
    }
    return count;
}

/* What the devices have at a total; false where the library does not tell. */
static bool read_x(const struct curve *curve, double total, double *x)
{
    return rm_problem_get_path_solution(curve->split->problem, total, curve->split->count, NULL, x) == RM_OK;
}

static bool moves(double from, double to)
{
    return fabs(to - from) > 1e-12 * fmax(fabs(from), fabs(to));
}

/* "north, south and 3 more": the devices that differ, in memory that the caller frees. */
static char *name_movers(const struct split *split, const double *from, const double *to)
{
    const char *name[2] = {"", ""};
    char room[2][NUMBER_ROOM];
    int64_t count = 0;
    size_t length;
    char *text;
    int64_t i;

    for (i = 0; i < split->count; i++) {
        if (moves(from[i], to[i]) && count++ < 2) {
            name[count - 1] = devices_name(split->devices, i, room[count - 1]);
        }
    }
    length = strlen(name[0]) + strlen(name[1]) + NUMBER_ROOM;
    text = tool_new(length, 1);
    if (count == 0) {
        snprintf(text, length, "%s", split_is_soft(split) ? "missing it" : "-");
    } else if (count <= 2) {
        snprintf(text, length, "%s%s%s", name[0], count == 2 ? ", " : "", name[1]);
    } else {
        snprintf(text, length, "%s and %lld more", name[0], (long long)count - 1);
    }
    return text;
}

/* A cell that is no wider than its part of the screen. */
static void add_movers(struct grid *grid, const struct split *split, const double *from, const double *to)
{
    char *text = name_movers(split, from, to);
    char *shown = tool_new(text_room(text), 1);

    text_show(shown, text, (grid->screen.width - BEFORE_NAMES) / 2, grid->screen.utf8 ? "\xE2\x80\xA6" : "~");
    grid_add(grid, shown, STYLE_PLAIN);
    free(shown);
    free(text);
}

/* Two cells: who takes what comes up to knot k, and who takes what comes after it. */
static void add_sides(struct grid *grid, const struct curve *curve, int64_t k)
{
    const struct points *knots = &curve->knots;
    size_t count = (size_t)curve->split->count;
    double *x = tool_new(2 * count, sizeof *x);
    bool here = read_x(curve, knots->total[k], x);
    int64_t side;

    for (side = k - 1; side <= k + 1; side += 2) {
        if (here && side >= 0 && side < knots->count && read_x(curve, knots->total[side], x + count)) {
            add_movers(grid, curve->split, x, x + count);
        } else {
            grid_add(grid, "-", STYLE_DIM);
        }
    }
    free(x);
}

/* The jumps alone, as points; the grid reads no more of them. */
static void gather(struct points *jumps, const struct points *knots, const int64_t *knot, const int64_t *pick,
                   size_t lines)
{
    size_t k;

    points_open(jumps, (int64_t)lines);
    for (k = 0; k < lines; k++) {
        int64_t from = knot[pick[k]];
        jumps->total[k] = knots->total[from];
        jumps->low[k] = knots->low[from];
        jumps->high[k] = knots->high[from];
        jumps->cost[k] = knots->cost[from];
    }
}

static void print_grid(const struct curve *curve, const struct points *jumps, const int64_t *knot, const int64_t *pick,
                       struct screen screen, FILE *file)
{
    struct curve_grid table;
    bool named = screen.width >= NAMED;
    int64_t k;

    curve_grid_open(&table, curve, jumps, screen, false, true);
    if (named) {
        grid_column(&table.grid, "until there", false);
        grid_column(&table.grid, "from there on", false);
    }
    for (k = 0; k < jumps->count; k++) {
        curve_grid_row(&table, k, STYLE_PLAIN);
        if (named) {
            add_sides(&table.grid, curve, knot[pick[k]]);
        }
    }
    grid_print(&table.grid, file);
    grid_free(&table.grid);
}

static void print_jumps(const struct curve *curve, int64_t count, const int64_t *knot, const double *size,
                        struct screen screen, FILE *file)
{
    int64_t *pick;
    size_t lines = pick_largest(size, count, curve->split->options->all ? (size_t)count : JUMPS, &pick);
    struct points jumps;
    char room[NUMBER_ROOM];

    number_count(room, count);
    fprintf(file, "\nThe price jumps at %s total%s", count == 1 ? "one" : room, count == 1 ? "" : "s");
    if (lines < (size_t)count) {
        fprintf(file, ", most at these %zu (--all shows every one)", lines);
    }
    fputs(":\n\n", file);
    gather(&jumps, &curve->knots, knot, pick, lines);
    print_grid(curve, &jumps, knot, pick, screen, file);
    points_free(&jumps);
    free(pick);
}

void curve_jumps(const struct curve *curve, struct screen screen, FILE *file)
{
    int64_t *knot;
    double *size;
    int64_t count = find_jumps(&curve->knots, &knot, &size);

    if (count > 0) {
        print_jumps(curve, count, knot, size, screen, file);
    }
    free(knot);
    free(size);
}

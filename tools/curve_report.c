/* The price of every total for people.
 *
 * SPDX-License-Identifier: MIT
 */
#include "curve_grid.h"
#include "number.h"
#include "report.h"

#include <math.h>

/* The size of the price, and a jump of it as what is wanted. */
static void add_bar(struct grid *grid, double low, double high, double scale)
{
    double first = fabs(isfinite(low) ? low : high);
    double second = fabs(isfinite(high) ? high : low);

    grid_add_bar(grid, fmin(first, second) / scale, fmax(first, second) / scale);
}

static void fill(struct curve_grid *table, const struct curve *curve, struct screen screen, bool brief)
{
    const struct points *rows = &curve->rows;
    double scale;
    int64_t k;

    curve_grid_open(table, curve, rows, screen, true, brief);
    grid_bar_column(&table->grid);
    scale = table->largest > 0.0 ? table->largest : 1.0;
    for (k = 0; k < rows->count; k++) {
        curve_grid_row(table, k, rows->total[k] == curve->split->options->at ? STYLE_BOLD : STYLE_PLAIN);
        add_bar(&table->grid, rows->low[k], rows->high[k], scale);
    }
}

static void print_table(const struct curve *curve, struct screen screen, FILE *file)
{
    struct curve_grid table;

    fill(&table, curve, screen, false);
    if (grid_width(&table.grid) > screen.width) {
        grid_free(&table.grid);
        fill(&table, curve, screen, true);
    }
    grid_print(&table.grid, file);
    grid_free(&table.grid);
}

void curve_report(const struct curve *curve, struct screen screen, double read_seconds, FILE *file)
{
    char follow[NUMBER_ROOM];
    char read[NUMBER_ROOM];
    char points[NUMBER_ROOM];

    print_table(curve, screen, file);
    curve_jumps(curve, screen, file);
    fputc('\n', file);
    curve_words(curve, file);
    number_seconds(follow, curve->split->seconds);
    number_seconds(read, read_seconds);
    number_count(points, curve->knots.count);
    fprintf(file, "time          path of %s point%s followed in %s, file read in %s\n", points,
            curve->knots.count == 1 ? "" : "s", follow, read);
}

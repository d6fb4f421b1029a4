/* A table of totals and their prices.
 *
 * SPDX-License-Identifier: MIT
 */
#include "curve_grid.h"
#include "number.h"
#include "tool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Times the largest other price that one at an end may be; beyond that it would leave
 * no room for the others. */
static const double far_beyond = 1e4;

static double larger_price(const struct points *points, int64_t k)
{
    double low = isfinite(points->low[k]) ? fabs(points->low[k]) : 0.0;
    double high = isfinite(points->high[k]) ? fabs(points->high[k]) : 0.0;

    return fmax(low, high);
}

static double largest_price(const struct points *points)
{
    int64_t last = points->count - 1;
    double inner = 0.0;
    double largest;
    int64_t k;

    for (k = 1; k < last; k++) {
        inner = fmax(inner, larger_price(points, k));
    }
    largest = inner;
    for (k = 0; k <= last; k += last > 0 ? last : 1) {
        double outer = larger_price(points, k);
        if (inner == 0.0 || outer <= far_beyond * inner) {
            largest = fmax(largest, outer);
        }
    }
    return largest;
}

/* Both prices have the same decimals. */
static int price_decimals(const struct points *points, double largest)
{
    size_t count = (size_t)points->count;
    double *price = tool_new(2 * count, sizeof *price);
    size_t used = 0;
    size_t k;
    int places;

    for (k = 0; k < 2 * count; k++) {
        double value = k < count ? points->low[k] : points->high[k - count];
        if (fabs(value) <= largest) {
            price[used++] = value;
        }
    }
    places = number_needed_decimals(price, used);
    free(price);
    return places;
}

/* A path that begins a hair beside a whole number needs no decimals for that. */
static int total_decimals(const struct points *points)
{
    size_t count = (size_t)points->count;
    double *total = tool_new(count, sizeof *total);
    double hair = 1e-11 * fmax(fabs(points->total[0]), fabs(points->total[count - 1]));
    size_t k;
    int places;

    for (k = 0; k < count; k++) {
        double whole = floor(points->total[k] + 0.5);
        total[k] = fabs(points->total[k] - whole) < hair ? whole : points->total[k];
    }
    places = number_needed_decimals(total, count);
    free(total);
    return places;
}

static void add_titles(struct curve_grid *table, bool brief)
{
    bool saves = table->curve->saves;
    struct grid *grid = &table->grid;

    /* A total that may be missed is what is wanted, not what the devices have. */
    grid_column(grid, split_is_soft(table->curve->split) ? "wanted" : "total", true);
    if (table->cost) {
        grid_column(grid, "cost", true);
    }
    /* The word "one" is what can be left out. */
    grid_column(grid, (saves ? "one less costs" : "one less saves") + (brief ? 4 : 0), true);
    grid_column(grid, (saves ? "one more saves" : "one more costs") + (brief ? 4 : 0), true);
}

void curve_grid_open(struct curve_grid *table, const struct curve *curve, const struct points *points,
                     struct screen screen, bool cost, bool brief)
{
    memset(table, 0, sizeof *table);
    table->curve = curve;
    table->points = points;
    table->cost = cost;
    table->largest = largest_price(points);
    table->total_places = total_decimals(points);
    table->cost_places = number_needed_decimals(points->cost, (size_t)points->count);
    table->price_places = price_decimals(points, table->largest);
    grid_open(&table->grid, screen);
    add_titles(table, brief);
}

static void add_number(struct grid *grid, double value, int places, enum style style)
{
    if (isinf(value)) {
        grid_add(grid, value > 0.0 ? "inf" : "-inf", style);
    } else {
        grid_add_number(grid, value, places, style);
    }
}

/* The price of a step that cannot be made is no number. */
static void add_price(struct curve_grid *table, double price, double never, enum style style)
{
    double shown = table->curve->saves ? -price : price;
    char room[NUMBER_ROOM];

    if (isfinite(price) && fabs(price) > table->largest) {
        snprintf(room, sizeof room, "%.1e", shown);
        grid_add(&table->grid, room, style);
    } else {
        add_number(&table->grid, price == never ? NAN : shown, table->price_places, style);
    }
}

void curve_grid_row(struct curve_grid *table, int64_t k, enum style style)
{
    const struct points *points = table->points;
    struct grid *grid = &table->grid;

    grid_row(grid);
    add_number(grid, points->total[k], table->total_places, style);
    if (table->cost) {
        add_number(grid, points->cost[k], table->cost_places, style);
    }
    add_price(table, points->low[k], -HUGE_VAL, style);
    add_price(table, points->high[k], HUGE_VAL, style);
}

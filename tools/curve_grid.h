/* A table of totals and their prices, to which the two tables of --path add columns.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_CURVE_GRID_H
#define RMSOLVE_CURVE_GRID_H

#include "curve.h"
#include "grid.h"

struct curve_grid {
    struct grid grid;
    const struct curve *curve;
    const struct points *points;
    bool cost; /* stands between the total and the prices */
    int total_places;
    int cost_places;
    int price_places;
    double largest; /* price, those at the ends of the path left out where they are far beyond the others */
};

/* Makes the columns, whose titles are shorter if it is to be brief.  The grid is to be
 * freed with grid_free. */
void curve_grid_open(struct curve_grid *table, const struct curve *curve, const struct points *points,
                     struct screen screen, bool cost, bool brief);

/* Starts a row with the cells of point k. */
void curve_grid_row(struct curve_grid *table, int64_t k, enum style style);

#endif

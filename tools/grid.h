/* An aligned table for a terminal.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_GRID_H
#define RMSOLVE_GRID_H

#include "screen.h"

#include <stddef.h>
#include <stdio.h>

enum { GRID_COLUMNS = 16 };

enum style { STYLE_PLAIN, STYLE_DIM, STYLE_GOOD, STYLE_WARN, STYLE_BOLD };

struct cell {
    size_t offset; /* of its text in grid.text */
    enum style style;
};

/* Of a bar's full width, the part that is filled and the part up to which it is
 * marked as wanted. */
struct bar {
    double filled;
    double wanted;
};

struct grid {
    struct screen screen;
    size_t columns;
    const char *title[GRID_COLUMNS];
    bool right[GRID_COLUMNS]; /* aligned to the right */
    size_t bar_column;        /* the column whose cells are bars, or GRID_COLUMNS for none */
    size_t rows;
    size_t capacity;
    struct cell *cell; /* rows * columns of them */
    struct bar *bar;   /* one for each row */
    char *text;
    size_t used;
    size_t room;
    size_t filled; /* cells of the last row that are there */
};

void grid_open(struct grid *grid, struct screen screen);
void grid_free(struct grid *grid);
void grid_column(struct grid *grid, const char *title, bool right);
void grid_bar_column(struct grid *grid);

/* Starts a row; its cells follow from left to right, the bar in its place. */
void grid_row(struct grid *grid);
void grid_add(struct grid *grid, const char *text, enum style style);
void grid_add_number(struct grid *grid, double value, int decimals, enum style style);
void grid_add_share(struct grid *grid, double part, double whole, enum style style);
void grid_add_bar(struct grid *grid, double filled, double wanted);

/* Columns of the terminal that it needs, the bar left out. */
size_t grid_width(const struct grid *grid);

/* Prints titles and rows.  The bar column takes the width that is left. */
void grid_print(const struct grid *grid, FILE *file);

#endif

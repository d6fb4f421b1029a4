/* An aligned table for a terminal.
 *
 * SPDX-License-Identifier: MIT
 */
#include "grid.h"
#include "number.h"
#include "text.h"
#include "tool.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Columns of a name that are shown at most, and columns of a bar. */
enum { CELL_WIDEST = 32, BAR_NARROWEST = 6, BAR_WIDEST = 40, GAP = 2 };

void grid_open(struct grid *grid, struct screen screen)
{
    memset(grid, 0, sizeof *grid);
    grid->screen = screen;
    grid->bar_column = GRID_COLUMNS;
}

void grid_free(struct grid *grid)
{
    free(grid->cell);
    free(grid->bar);
    free(grid->text);
    memset(grid, 0, sizeof *grid);
}

void grid_column(struct grid *grid, const char *title, bool right)
{
    grid->title[grid->columns] = title;
    grid->right[grid->columns] = right;
    grid->columns++;
}

void grid_bar_column(struct grid *grid)
{
    grid->bar_column = grid->columns;
    grid_column(grid, "", false);
}

void grid_row(struct grid *grid)
{
    if (grid->rows == grid->capacity) {
        grid->capacity = tool_more(grid->capacity);
        grid->cell = tool_grow(grid->cell, grid->capacity * grid->columns, sizeof *grid->cell);
        grid->bar = tool_grow(grid->bar, grid->capacity, sizeof *grid->bar);
    }
    memset(&grid->cell[grid->rows * grid->columns], 0, grid->columns * sizeof *grid->cell);
    grid->bar[grid->rows] = (struct bar){0.0, 0.0};
    grid->rows++;
    grid->filled = 0;
}

void grid_add(struct grid *grid, const char *text, enum style style)
{
    struct cell *cell = &grid->cell[(grid->rows - 1) * grid->columns + grid->filled++];
    size_t need = text_room(text);

    while (grid->room - grid->used < need) {
        grid->room = tool_more(grid->room);
        grid->text = tool_grow(grid->text, grid->room, 1);
    }
    cell->offset = grid->used;
    cell->style = style;
    text_show(grid->text + grid->used, text, CELL_WIDEST, grid->screen.utf8 ? "\xE2\x80\xA6" : "~");
    grid->used += strlen(grid->text + grid->used) + 1;
}

void grid_add_number(struct grid *grid, double value, int decimals, enum style style)
{
    char room[NUMBER_ROOM];

    number_fixed(room, value, decimals);
    grid_add(grid, room, style);
}

void grid_add_share(struct grid *grid, double part, double whole, enum style style)
{
    char room[NUMBER_ROOM];

    number_percent(room, part, whole);
    grid_add(grid, room, style);
}

void grid_add_bar(struct grid *grid, double filled, double wanted)
{
    grid->bar[grid->rows - 1] = (struct bar){filled, wanted};
    grid_add(grid, "", STYLE_PLAIN);
}

static const char *cell_text(const struct grid *grid, size_t row, size_t column)
{
    return grid->text + grid->cell[row * grid->columns + column].offset;
}

/* Returns what the columns take without the bar. */
static size_t measure(const struct grid *grid, size_t *width)
{
    size_t taken = 0;
    size_t row;
    size_t column;

    for (column = 0; column < grid->columns; column++) {
        width[column] = text_width(grid->title[column]);
        for (row = 0; row < grid->rows && column != grid->bar_column; row++) {
            size_t wide = text_width(cell_text(grid, row, column));
            width[column] = wide > width[column] ? wide : width[column];
        }
        taken += width[column] + (column > 0 ? GAP : 0);
    }
    if (grid->bar_column < grid->columns) {
        size_t left = grid->screen.width > taken ? grid->screen.width - taken : 0;
        width[grid->bar_column] = left < BAR_NARROWEST ? 0 : left > BAR_WIDEST ? BAR_WIDEST : left;
    }
    return taken;
}

size_t grid_width(const struct grid *grid)
{
    size_t width[GRID_COLUMNS];
    size_t taken = measure(grid, width);

    /* A bar that has no room takes no gap either. */
    return grid->bar_column < grid->columns ? taken - GAP : taken;
}

/* A line under way.  Spaces are held back until something follows them, so that
 * no line ends in spaces. */
struct line {
    FILE *file;
    bool colour;
    size_t spaces;
};

static void pad(struct line *line, size_t count)
{
    line->spaces += count;
}

static void put(struct line *line, const char *text, enum style style)
{
    static const char *const code[] = {"", "\033[2m", "\033[32m", "\033[33m", "\033[1m"};

    if (*text == '\0') {
        return;
    }
    fprintf(line->file, "%*s", (int)line->spaces, "");
    line->spaces = 0;
    if (line->colour && style != STYLE_PLAIN) {
        fprintf(line->file, "%s%s\033[0m", code[style], text);
    } else {
        fputs(text, line->file);
    }
}

static void end_line(struct line *line)
{
    fputc('\n', line->file);
    line->spaces = 0;
}

static double within(double part)
{
    return part > 0.0 ? fmin(part, 1.0) : 0.0;
}

/* The same mark `count` times, as one text. */
static void put_marks(struct line *line, const char *mark, size_t count, enum style style)
{
    char text[3 * BAR_WIDEST + 1];
    size_t i;

    *text = '\0';
    for (i = 0; i < count; i++) {
        strcat(text, mark);
    }
    put(line, text, style);
}

/* The filled part in eighths of a column where the terminal can show them, then
 * a light shade up to what was wanted. */
static void put_bar(struct line *line, struct bar bar, size_t width, bool utf8)
{
    static const char *const eighth[] = {"",
                                         "\xE2\x96\x8F",
                                         "\xE2\x96\x8E",
                                         "\xE2\x96\x8D",
                                         "\xE2\x96\x8C",
                                         "\xE2\x96\x8B",
                                         "\xE2\x96\x8A",
                                         "\xE2\x96\x89"};
    double columns = within(bar.filled) * (double)width;
    size_t eighths = utf8 ? (size_t)floor(8.0 * columns + 0.5) : 8 * (size_t)floor(columns + 0.5);
    size_t wanted = (size_t)floor(within(bar.wanted) * (double)width + 0.5);
    size_t taken = (eighths + 7) / 8;

    put_marks(line, utf8 ? "\xE2\x96\x88" : "#", eighths / 8, STYLE_GOOD);
    put(line, eighth[eighths % 8], STYLE_GOOD);
    if (wanted > taken) {
        put_marks(line, utf8 ? "\xE2\x96\x91" : ".", wanted - taken, STYLE_DIM);
        taken = wanted;
    }
    pad(line, width - taken);
}

static void put_cell(struct line *line, const char *text, enum style style, bool right, size_t width)
{
    size_t space = width - text_width(text);

    pad(line, right ? space : 0);
    put(line, text, style);
    pad(line, right ? 0 : space);
}

static void print_titles(const struct grid *grid, const size_t *width, struct line *line)
{
    size_t column;

    for (column = 0; column < grid->columns; column++) {
        if (width[column] > 0) {
            put_cell(line, grid->title[column], STYLE_BOLD, grid->right[column], width[column]);
            pad(line, GAP);
        }
    }
    end_line(line);
}

static void print_row(const struct grid *grid, size_t row, const size_t *width, struct line *line)
{
    size_t column;

    for (column = 0; column < grid->columns; column++) {
        if (width[column] == 0) {
            continue;
        }
        if (column == grid->bar_column) {
            put_bar(line, grid->bar[row], width[column], grid->screen.utf8);
        } else {
            put_cell(line, cell_text(grid, row, column), grid->cell[row * grid->columns + column].style,
                     grid->right[column], width[column]);
        }
        pad(line, GAP);
    }
    end_line(line);
}

void grid_print(const struct grid *grid, FILE *file)
{
    struct line line = {file, grid->screen.colour, 0};
    size_t width[GRID_COLUMNS];
    size_t row;

    measure(grid, width);
    print_titles(grid, width, &line);
    for (row = 0; row < grid->rows; row++) {
        print_row(grid, row, width, &line);
    }
}

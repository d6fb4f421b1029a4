/* A replayed history for people.
 *
 * SPDX-License-Identifier: MIT
 */
#include "grid.h"
#include "number.h"
#include "pick.h"
#include "replay.h"
#include "report.h"
#include "text.h"
#include "tool.h"

#include <stdlib.h>
#include <string.h>

/* From this width on the proportional cut has room beside the rest; up to
 * so many names of idle devices are told. */
enum { WIDE = 90, MOST_IDLE = 8 };

/* What the lines of the table share. */
struct layout {
    const struct replay *replay;
    bool wide;
    int places;       /* decimals of the sums */
    int worst_places; /* decimals of a single line's numbers */
};

/* What one line is: the title of the labels where that is a plain word, such as
 * "hour". */
static const char *line_word(const struct series *series)
{
    size_t length = strlen(series->title);
    bool plain = length > 1 && length < 12 && series->title[length - 1] != 's' &&
                 strspn(series->title, "abcdefghijklmnopqrstuvwxyz") == length;

    return plain ? series->title : "line";
}

static void print_row_words(const struct options *options, FILE *file)
{
    char low[NUMBER_ROOM];
    char high[NUMBER_ROOM];

    number_short(low, options->row_lower);
    number_short(high, options->row_upper);
    switch (options->row) {
    case ROW_EXACT:
        fprintf(file, ", a total of %s", low);
        break;
    case ROW_AT_MOST:
        fprintf(file, ", at most %s", high);
        break;
    case ROW_AT_LEAST:
        fprintf(file, ", at least %s", low);
        break;
    case ROW_BETWEEN:
        fprintf(file, ", from %s to %s", low, high);
        break;
    case ROW_NONE:
        break;
    }
    if (options->row != ROW_NONE && options->unit != NULL) {
        fprintf(file, " %s", options->unit);
    }
}

static void print_head(const struct replay *replay, FILE *file)
{
    const char *word = line_word(replay->series);
    char number[NUMBER_ROOM];

    number_count(number, replay->series->lines);
    fprintf(file, "%s %ss", number, word);
    number_count(number, replay->series->devices);
    fprintf(file, ", %s devices", number);
    print_row_words(replay->split->options, file);
    number_count(number, replay->answered - replay->cut);
    fprintf(file, ".\n%s %ss give all that is wanted", number, word);
    number_count(number, replay->cut);
    fprintf(file, ", %s give less", number);
    if (replay->failed > 0) {
        number_count(number, replay->failed);
        fprintf(file, ", %s have no answer", number);
    }
    fputs(".\n\n", file);
}

static void add_nothing(struct grid *grid, size_t cells)
{
    while (cells-- > 0) {
        grid_add(grid, "", STYLE_PLAIN);
    }
}

static void add_device(struct grid *grid, const struct layout *layout, int64_t i)
{
    const struct history *history = &layout->replay->history[i];
    double wanted = sum_value(&history->wanted);
    char room[NUMBER_ROOM];

    grid_row(grid);
    grid_add(grid, devices_name(layout->replay->split->devices, i, room), STYLE_PLAIN);
    grid_add_number(grid, wanted, layout->places, STYLE_PLAIN);
    grid_add_number(grid, sum_value(&history->got), layout->places, STYLE_PLAIN);
    grid_add_share(grid, sum_value(&history->got), wanted, STYLE_PLAIN);
    if (layout->wide) {
        grid_add_share(grid, sum_value(&history->proportional), wanted, STYLE_DIM);
    }
    if (history->worst_got < history->worst_wanted * (1.0 - 1e-12)) {
        grid_add(grid, layout->replay->series->label[history->worst], STYLE_PLAIN);
        grid_add_number(grid, history->worst_wanted, layout->worst_places, STYLE_PLAIN);
        grid_add_number(grid, history->worst_got, layout->worst_places, STYLE_PLAIN);
        grid_add_share(grid, history->worst_got, history->worst_wanted, STYLE_WARN);
    } else {
        grid_add(grid, "never cut", STYLE_GOOD);
        add_nothing(grid, 3);
    }
}

static void add_total(struct grid *grid, const struct layout *layout)
{
    struct sum wanted = {0.0, 0.0};
    struct sum got = {0.0, 0.0};
    struct sum proportional = {0.0, 0.0};
    int64_t i;

    for (i = 0; i < layout->replay->series->devices; i++) {
        const struct history *history = &layout->replay->history[i];
        sum_add(&wanted, sum_value(&history->wanted));
        sum_add(&got, sum_value(&history->got));
        sum_add(&proportional, sum_value(&history->proportional));
    }
    grid_row(grid);
    grid_add(grid, "total", STYLE_BOLD);
    grid_add_number(grid, sum_value(&wanted), layout->places, STYLE_BOLD);
    grid_add_number(grid, sum_value(&got), layout->places, STYLE_BOLD);
    grid_add_share(grid, sum_value(&got), sum_value(&wanted), STYLE_BOLD);
    if (layout->wide) {
        grid_add_share(grid, sum_value(&proportional), sum_value(&wanted), STYLE_DIM);
    }
    add_nothing(grid, 4);
}

/* Devices that never want anything get no line of the table. */
static void print_idle(const struct replay *replay, FILE *file)
{
    int64_t idle = 0;
    int64_t i;
    char number[NUMBER_ROOM];

    for (i = 0; i < replay->series->devices; i++) {
        idle += replay->history[i].worst < 0;
    }
    if (idle == 0) {
        return;
    }
    number_count(number, idle);
    fprintf(file, "%s %s nothing in any %s", number, idle == 1 ? "wants" : "want", line_word(replay->series));
    if (idle <= MOST_IDLE) {
        const char *mark = ": ";
        for (i = 0; i < replay->series->devices; i++) {
            if (replay->history[i].worst < 0) {
                fputs(mark, file);
                text_print(devices_name(replay->split->devices, i, number), file);
                mark = ", ";
            }
        }
    }
    fputc('\n', file);
}

static void print_devices(const struct replay *replay, struct screen screen, FILE *file)
{
    size_t count = (size_t)replay->series->devices;
    double *wanted = tool_new(count, sizeof *wanted);
    double *worst = tool_new(2 * count, sizeof *worst);
    struct layout layout = {replay, screen.width >= WIDE, 0, 0};
    char title[32];
    struct grid grid;
    int64_t *pick;
    size_t lines;
    size_t k;
    char number[NUMBER_ROOM];

    for (k = 0; k < count; k++) {
        wanted[k] = sum_value(&replay->history[k].wanted);
        worst[2 * k] = replay->history[k].worst_wanted;
        worst[2 * k + 1] = replay->history[k].worst_got;
    }
    layout.places = number_decimals(wanted, count);
    layout.worst_places = number_decimals(worst, 2 * count);
    lines = pick_lines(wanted, replay->series->devices, replay->split->options->all, &pick);
    grid_open(&grid, screen);
    grid_column(&grid, "name", false);
    grid_column(&grid, "wanted", true);
    grid_column(&grid, "got", true);
    grid_column(&grid, "met", true);
    if (layout.wide) {
        grid_column(&grid, "prop. cut", true);
    }
    snprintf(title, sizeof title, "worst %s", line_word(replay->series));
    grid_column(&grid, title, false);
    grid_column(&grid, "wanted", true);
    grid_column(&grid, "got", true);
    grid_column(&grid, "met", true);
    for (k = 0; k < lines; k++) {
        if (replay->history[pick[k]].worst >= 0) {
            add_device(&grid, &layout, pick[k]);
        }
    }
    add_total(&grid, &layout);
    grid_print(&grid, file);
    if (lines < count) {
        number_count(number, (int64_t)(count - lines));
        fprintf(file, "%s more, which want less (--all shows every line, --csv all digits)\n", number);
    }
    print_idle(replay, file);
    grid_free(&grid);
    free(pick);
    free(worst);
    free(wanted);
}

static void print_costs(const struct replay *replay, double read_seconds, FILE *file)
{
    char cost[NUMBER_ROOM];
    char proportional[NUMBER_ROOM];
    char excess[NUMBER_ROOM];
    char number[NUMBER_ROOM];

    number_short(cost, sum_value(&replay->objective));
    number_short(proportional, sum_value(&replay->proportional_objective));
    report_excess(excess, sum_value(&replay->proportional_objective), sum_value(&replay->objective));
    fprintf(file, "\ncost          %s over all %ss; a proportional cut costs %s, %s", cost, line_word(replay->series),
            proportional, excess);
    if (replay->broken > 0) {
        number_count(number, replay->broken);
        fprintf(file, ",\n              and breaks a bound in %s %ss", number, line_word(replay->series));
    }
    fputc('\n', file);
    number_count(number, replay->series->lines);
    number_seconds(cost, replay->seconds);
    number_seconds(excess, replay->seconds / (double)replay->series->lines);
    number_seconds(proportional, read_seconds);
    fprintf(file, "time          %s solves in %s, %s each; files read in %s\n", number, cost, excess, proportional);
}

void replay_report(const struct replay *replay, struct screen screen, double read_seconds, FILE *file)
{
    print_head(replay, file);
    if (replay->answered == 0) {
        return;
    }
    print_devices(replay, screen, file);
    print_costs(replay, read_seconds, file);
    if (!replay->split->answered) {
        return;
    }
    fprintf(file, "\nThe %s with the highest cost: ", line_word(replay->series));
    text_print(replay->series->label[replay->worst], file);
    fputs("\n\n", file);
    report_table(replay->split, screen, "wanted", true, file);
    fputc('\n', file);
    report_price(replay->split, file);
    report_shortfall(replay->split, file);
    report_proportional(replay->split, file);
}

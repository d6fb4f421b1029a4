/* The price of every total of an interval: what --path shows.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_CURVE_H
#define RMSOLVE_CURVE_H

#include "screen.h"
#include "split.h"

#include <stdio.h>

/* Totals, what they cost, and the prices there of one less and of one more. */
struct points {
    int64_t count;
    double *total;
    double *low;  /* -infinity where no less can be placed */
    double *high; /* infinity where no more can */
    double *cost;
};

/* Room for so many, which is to be freed. */
void points_open(struct points *points, int64_t count);
void points_free(struct points *points);

/* Totals that are best at a price. */
struct best {
    double low;
    double high;
    double cost; /* of the first of them */
};

struct curve {
    struct split *split;
    struct points knots; /* the points of the library's path, each total once */
    struct points rows;  /* the totals that are shown */
    bool from_least;     /* the first total is the least that the bounds allow */
    bool to_most;
    bool saves;           /* no price is above 0: one more saves, rather than costs */
    double step;          /* between the rows */
    struct points around; /* the total in hand, one step below it and one above; none where it is not on the curve */
    struct best least;    /* where the price is 0 */
    struct best worth;    /* where it is what a unit is worth; NaN where that was not told */
};

/* Follows the price and prints in the format of the options.  Returns the exit code. */
int curve_show(struct split *split, struct screen screen, double read_seconds, FILE *file);

/* The first and the last total. */
double curve_first(const struct curve *curve);
double curve_last(const struct curve *curve);

/* Totals that are best at a price. */
struct best curve_best(const struct curve *curve, double price);

/* The parts of curve_show that print: for people, and for programs. */
void curve_report(const struct curve *curve, struct screen screen, double read_seconds, FILE *file);
void curve_csv(const struct curve *curve, FILE *file);
void curve_json(const struct curve *curve, double read_seconds, FILE *file);

/* The parts of curve_report that follow its table: where the price jumps; the sentences. */
void curve_jumps(const struct curve *curve, struct screen screen, FILE *file);
void curve_words(const struct curve *curve, FILE *file);

#endif

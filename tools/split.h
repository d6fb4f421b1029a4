/* One split: the problem given to librm, and the answer taken from it.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_SPLIT_H
#define RMSOLVE_SPLIT_H

#include "devices.h"
#include "options.h"

#include <rm/rm.h>

/* Why a device got what it got. */
enum why { WHY_TARGET, WHY_LIMIT, WHY_CAPACITY, WHY_MINIMUM, WHY_STAYS, WHY_PRICE, WHY_ALONE, WHY_COUNT };

/* What an answer moves, over the devices that have a present place. */
struct moves {
    int64_t standing; /* how many have one */
    int64_t count;    /* how many of them leave it */
    double up;        /* units */
    double down;
    double cost;
};

struct split {
    const struct options *options;
    const struct devices *devices;
    int64_t count;
    /* The problem.  A series changes all of it between solves. */
    double *weight;
    double *target; /* NaN in a family that has none */
    double *lower;
    double *upper;
    rm_problem *problem;
    /* The answer; the figures are valid when answered. */
    rm_status status;
    bool answered;
    double *x;
    double *reduced_cost;
    double *proportional; /* the proportional cut; NULL when not asked for */
    double wanted;        /* sum of coef times target; NaN where a device has none */
    double sum;           /* sum of coef times x */
    double dual;
    double dual_low;
    double dual_high;
    double side_low;
    double side_high;
    double shortfall; /* of a total that may be missed; below 0 where there is too much */
    struct moves moves;
    double objective;
    double proportional_objective;
    int64_t proportional_outside; /* devices that the proportional cut puts outside their bounds */
    double bound;
    double gap;
    double row_residual;
    double row_residual_relative;
    double bound_residual;
    double dual_residual;
    double seconds;
    int64_t iterations;
};

/* Builds the problem.  0, or an exit code after a complaint.  To be freed in
 * either case. */
int split_open(struct split *split, const struct options *options, const struct devices *devices);
void split_free(struct split *split);

/* Puts the targets of one line of a series in place: no device gets more than
 * it wants, and a lower bound above that counts as that. */
int split_set_wanted(struct split *split, const double *wanted);

/* The parts of these two that talk to the library: all that stays as it is, and what a
 * series changes. */
rm_status split_build(struct split *split);
rm_status split_load(struct split *split);

/* Between these two Ctrl-C stops a solve, which then says so; outside them it
 * ends the program, as it does anywhere. */
void split_watch_begin(void);
void split_watch_end(void);

/* Solves and reads all there is.  0 when the solve had an outcome (status), else
 * an exit code after a complaint. */
int split_solve(struct split *split);

/* Follows the price of the row over its whole interval.  As for split_solve; the path is
 * there when the status is RM_OK, and *points tells how many points it has. */
int split_follow(struct split *split, int64_t *points);

/* Says that the library refused what rmsolve should have kept from it (memory apart).
 * Returns the exit code. */
int split_fail(const struct split *split, rm_status status);

/* The exit code that an outcome stands for. */
int split_exit_code(rm_status status);
const char *split_status_word(rm_status status);

bool split_has_row(const struct split *split);

/* Whether the row may be missed, at a price. */
bool split_is_soft(const struct split *split);

/* Whether the answer misses it, by more than rounding. */
bool split_is_short(const struct split *split);

/* Whether every cost is quadratic or linear, so that prices are linear between their kinks. */
bool split_is_linear(const struct split *split);

/* Where x may be: within the bounds and where the device's cost is. */
void split_ends(const struct split *split, int64_t i, double *low, double *high);

/* Whether the row presses on the devices. */
bool split_binds(const struct split *split);

enum why split_why(const struct split *split, int64_t i);

/* The words for people, and the single word for programs. */
const char *why_phrase(enum why why);
const char *why_word(enum why why);

/* The sentence that belongs to the outcome, in memory that the caller frees. */
char *split_message(const struct split *split);

#endif

/* One split for people: the table, the price, the certificate, the time.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_REPORT_H
#define RMSOLVE_REPORT_H

#include "screen.h"
#include "split.h"

#include <stdbool.h>
#include <stdio.h>

/* The table alone; `wanted` is the title over the targets.  With `active`,
 * devices that want nothing and get nothing are left out. */
void report_table(const struct split *split, struct screen screen, const char *wanted, bool active, FILE *file);

/* What one more and one less unit change, where their prices are these. */
void report_steps(double low, double high, FILE *file);

/* "raises the cost by 9": a change. */
void report_change(double change, FILE *file);

/* The prices of one less and of one more agree, up to rounding. */
bool report_same_price(double low, double high);

/* What the numbers count, in the singular. */
const char *report_unit(const struct split *split);

/* The sentences about the price of one more unit; nothing where there is no total. */
void report_price(const struct split *split, FILE *file);

/* By how much a total that may be missed is, and why; nothing where it is met. */
void report_shortfall(const struct split *split, FILE *file);

/* What the devices move, and what that costs; nothing where none has a place. */
void report_moves(const struct split *split, FILE *file);

/* What the proportional cut gives and costs; to be called where there is one. */
void report_proportional(const struct split *split, FILE *file);

/* All of it. */
void report_split(const struct split *split, struct screen screen, double read_seconds, FILE *file);

/* How much one cost is above another, such as "52 % more". */
void report_excess(char *room, double cost, double best);

#endif

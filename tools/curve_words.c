/* What the price of every total says, in sentences.
 *
 * SPDX-License-Identifier: MIT
 */
#include "curve.h"
#include "number.h"
#include "report.h"

#include <math.h>

/* The cost at a knot, which is 0 where only rounding keeps it from that. */
static void write_cost(char *room, const struct curve *curve, double cost)
{
    double first = fabs(curve->knots.cost[0]);
    double last = fabs(curve->knots.cost[curve->knots.count - 1]);
    double larger = fmax(isfinite(first) ? first : 0.0, isfinite(last) ? last : 0.0);

    number_short(room, fabs(cost) <= 1e-15 * larger ? 0.0 : cost);
}

static void print_extent(const struct curve *curve, FILE *file)
{
    char from[NUMBER_ROOM];
    char to[NUMBER_ROOM];

    number_short(from, curve_first(curve));
    number_short(to, curve_last(curve));
    if (curve_first(curve) == curve_last(curve)) {
        fprintf(file, "path          %s alone%s\n", from,
                curve->from_least && curve->to_most ? ": the bounds allow no other total" : "");
        return;
    }
    fprintf(file, "path          from %s%s to %s%s\n", from,
            curve->from_least ? ", the least that the bounds allow," : "", to,
            !curve->to_most     ? ""
            : curve->from_least ? ", the most"
                                : ", the most that the bounds allow");
}

/* The total where the price is 0, or which way the cost goes. */
static void print_cost(const struct curve *curve, FILE *file)
{
    const struct points *knots = &curve->knots;
    const struct best *least = &curve->least;
    char low[NUMBER_ROOM];
    char high[NUMBER_ROOM];
    char cost[NUMBER_ROOM];
    char other[NUMBER_ROOM];

    number_short(low, least->low);
    number_short(high, least->high);
    write_cost(cost, curve, least->cost);
    if (knots->count == 1) {
        fprintf(file, "cost          %s\n", cost);
    } else if (least->low < least->high) {
        fprintf(file, "cost          least for totals from %s to %s: %s;\n              the price is 0 there\n", low,
                high, cost);
    } else if (least->low == curve_first(curve)) {
        write_cost(other, curve, knots->cost[knots->count - 1]);
        fprintf(file, "cost          rises all the way, from %s to %s\n", cost, other);
    } else if (least->low == curve_last(curve)) {
        write_cost(other, curve, knots->cost[0]);
        fprintf(file, "cost          falls all the way, from %s to %s\n", other, cost);
    } else {
        fprintf(file, "cost          least at a total of %s: %s; the price passes 0 there\n", low, cost);
    }
}

/* What is not placed of a total that may be missed, or placed though it is not wanted. */
static void print_missed(const struct curve *curve, FILE *file)
{
    const struct options *options = curve->split->options;
    const char *unit = report_unit(curve->split);
    double beyond = curve_best(curve, options->short_price).low;
    double below = curve_best(curve, -options->over_price).high;
    char total[NUMBER_ROOM];
    char price[NUMBER_ROOM];

    if (!isinf(options->short_price) && beyond < curve_last(curve)) {
        number_short(total, beyond);
        number_short(price, options->short_price);
        fprintf(file, "missed        beyond %s less is placed than wanted, at %s per %s\n", total, price, unit);
    }
    if (!isinf(options->over_price) && below > curve_first(curve)) {
        number_short(total, below);
        number_short(price, options->over_price);
        fprintf(file, "missed        below %s more is placed than wanted, at %s per %s\n", total, price, unit);
    }
}

static void print_worth(const struct curve *curve, FILE *file)
{
    const struct best *worth = &curve->worth;
    double value = curve->split->options->worth;
    char price[NUMBER_ROOM];
    char low[NUMBER_ROOM];
    char high[NUMBER_ROOM];
    char cost[NUMBER_ROOM];

    if (isnan(value)) {
        return;
    }
    number_short(price, value);
    number_short(low, worth->low);
    number_short(high, worth->high);
    number_short(cost, worth->cost);
    fprintf(file, "worth         %s per %s", price, report_unit(curve->split));
    if (value < 0.0) {
        number_short(price, -value);
        fprintf(file, ", so that each costs %s", price);
    }
    fputs(":\n              one more pays ", file);
    if (worth->high == curve_first(curve)) {
        fprintf(file, "nowhere, not even at %s\n", low);
    } else if (worth->low == curve_last(curve)) {
        fprintf(file, "all the way to %s\n", low);
    } else if (worth->low < worth->high) {
        fprintf(file, "up to %s, and up to %s it costs just that\n", low, high);
    } else {
        fprintf(file, "up to a total of %s, which costs %s\n", low, cost);
    }
}

/* A step from the total in hand, and what of that falls to each unit. */
static void print_step(const struct curve *curve, const char *what, const char *after, int64_t to, FILE *file)
{
    const struct points *around = &curve->around;
    double way = around->total[to] - around->total[1];
    double change = around->cost[to] - around->cost[1];
    char room[NUMBER_ROOM];

    if (way == 0.0) {
        return;
    }
    number_short(room, fabs(way));
    fprintf(file, "              %s %s%s ", what, room, after);
    report_change(change, file);
    if (fabs(way) != 1.0) {
        number_short(room, fabs(change / way));
        fprintf(file, ", %s per %s", room, report_unit(curve->split));
    }
    fputc('\n', file);
}

static void print_total(const struct curve *curve, FILE *file)
{
    const struct points *around = &curve->around;
    double at = curve->split->options->at;
    bool above = at > curve_last(curve);
    char total[NUMBER_ROOM];
    char room[NUMBER_ROOM];

    if (isnan(at)) {
        return;
    }
    number_short(total, at);
    if (around->count == 0) {
        number_short(room, above ? at - curve_last(curve) : curve_first(curve) - at);
        fprintf(file, "total         %s is %s %s that the bounds allow\n", total, room,
                above ? "more than the most" : "less than the least");
        return;
    }
    number_short(room, around->cost[1]);
    fprintf(file, "total         %s costs %s: ", total, room);
    report_steps(around->low[1], around->high[1], file);
    print_step(curve, "adding", "", 2, file);
    print_step(curve, "taking", " away", 0, file);
}

void curve_words(const struct curve *curve, FILE *file)
{
    print_extent(curve, file);
    print_cost(curve, file);
    print_missed(curve, file);
    print_worth(curve, file);
    print_total(curve, file);
}

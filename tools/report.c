/* One split for people.
 *
 * SPDX-License-Identifier: MIT
 */
#include "report.h"
#include "number.h"

#include <math.h>
#include <string.h>

void report_change(double change, FILE *file)
{
    char room[NUMBER_ROOM];

    number_short(room, fabs(change));
    if (change == 0.0) {
        fputs("leaves the cost as it is", file);
    } else {
        fprintf(file, "%s the cost by %s", change > 0.0 ? "raises" : "lowers", room);
    }
}

const char *report_unit(const struct split *split)
{
    return split->options->unit != NULL ? split->options->unit : "unit";
}

bool report_same_price(double low, double high)
{
    double larger = fmax(fabs(high), fabs(low));

    return !isinf(larger) && high - low <= 1e-12 * larger;
}

void report_steps(double low, double high, FILE *file)
{
    if (isinf(high)) {
        fputs("no more can be placed", file);
    } else {
        fputs("one more ", file);
        report_change(high, file);
    }
    fputs(",\n              ", file);
    if (isinf(low)) {
        fputs("no less can be placed", file);
    } else {
        fputs("one less ", file);
        if (report_same_price(low, high) && high != 0.0) {
            fprintf(file, "%s it by as much", low > 0.0 ? "lowers" : "raises");
        } else {
            report_change(-low, file);
        }
    }
    fputc('\n', file);
}

static void print_range(const struct split *split, FILE *file)
{
    char low[NUMBER_ROOM];
    char high[NUMBER_ROOM];

    number_short(low, split->side_low);
    number_short(high, split->side_high);
    if (!(split->side_low < split->side_high) ||
        (!split_is_linear(split) && isinf(split->side_low) && isinf(split->side_high))) {
        return;
    }
    fputs(split_is_linear(split) ? "              the price is linear in the total"
                                 : "              no device reaches or leaves a bound for totals",
          file);
    if (isinf(split->side_low) && !isinf(split->side_high)) {
        fprintf(file, " up to %s", high);
    } else if (!isinf(split->side_low) && isinf(split->side_high)) {
        fprintf(file, " from %s on", low);
    } else if (!isinf(split->side_low)) {
        fprintf(file, " from %s to %s", low, high);
    }
    fputc('\n', file);
}

/* A side that does not bind has a number at which it would. */
static void print_slack(const struct split *split, FILE *file)
{
    char sum[NUMBER_ROOM];
    char side[NUMBER_ROOM];
    const struct options *options = split->options;

    number_short(sum, split->sum);
    fprintf(file, "price         0: the total, %s, is not what limits the split", sum);
    if (!isinf(options->row_upper) && !split_is_short(split)) {
        number_short(side, split->side_low);
        fprintf(file, ";\n              its upper side would bind below %s", side);
    }
    if (!isinf(options->row_lower) && !split_is_short(split)) {
        number_short(side, split->side_high);
        fprintf(file, ";\n              its lower side would bind above %s", side);
    }
    fputc('\n', file);
}

void report_price(const struct split *split, FILE *file)
{
    char room[NUMBER_ROOM];

    if (!split_has_row(split)) {
        return;
    }
    if (!split_binds(split)) {
        print_slack(split, file);
        return;
    }
    number_short(room, split->dual);
    fprintf(file, "price         %s per %s: ", room, report_unit(split));
    report_steps(split->dual_low, split->dual_high, file);
    print_range(split, file);
}

/* Whether the bounds alone keep the total from coming nearer to its side. */
static bool bounds_hold(const struct split *split, bool short_of)
{
    int64_t i;

    for (i = 0; i < split->count; i++) {
        double coef = devices_get(split->devices, COLUMN_COEF, i);
        double low;
        double high;
        split_ends(split, i, &low, &high);
        if (coef != 0.0 && split->x[i] != ((coef > 0.0) == short_of ? high : low)) {
            return false;
        }
    }
    return true;
}

void report_shortfall(const struct split *split, FILE *file)
{
    const struct options *options = split->options;
    bool short_of = split->shortfall > 0.0;
    double side = short_of ? options->row_lower : options->row_upper;
    double price = short_of ? options->short_price : options->over_price;
    char missed[NUMBER_ROOM];
    char sum[NUMBER_ROOM];
    char wanted[NUMBER_ROOM];
    char each[NUMBER_ROOM];
    char cost[NUMBER_ROOM];

    if (!split_is_short(split)) {
        return;
    }
    number_short(missed, fabs(split->shortfall));
    number_short(sum, split->sum);
    number_short(wanted, side);
    number_short(each, price);
    number_short(cost, price * fabs(split->shortfall));
    fprintf(file, "%s%s: the total is %s, not %s;\n              that costs %s, %s per %s, ",
            short_of ? "short by      " : "over by       ", missed, sum, wanted, cost, each, report_unit(split));
    if (bounds_hold(split, short_of)) {
        fprintf(file, "but the bounds let no %s be placed\n", short_of ? "more" : "less");
    } else {
        fprintf(file, "and one %s would cost no less\n", short_of ? "more" : "less");
    }
}

void report_moves(const struct split *split, FILE *file)
{
    const struct moves *moves = &split->moves;
    const char *unit = split->options->unit != NULL ? split->options->unit : "units";
    char count[NUMBER_ROOM];
    char standing[NUMBER_ROOM];
    char all[NUMBER_ROOM];
    char up[NUMBER_ROOM];
    char down[NUMBER_ROOM];
    char cost[NUMBER_ROOM];

    if (moves->standing == 0) {
        return;
    }
    number_count(count, moves->count);
    number_count(standing, moves->standing);
    number_short(all, moves->up + moves->down);
    number_short(up, moves->up);
    number_short(down, moves->down);
    number_short(cost, moves->cost);
    if (moves->count == 0) {
        fputs("moved         nothing: every device stays where it is\n", file);
    } else {
        fprintf(file, "moved         %s %s, %s up and %s down,\n", all, unit, up, down);
        fprintf(file, "              on %s of %s devices; that costs %s\n", count, standing, cost);
    }
}

void report_excess(char *room, double cost, double best)
{
    double share = 100.0 * (cost / best - 1.0);

    if (!(best > 0.0) || !isfinite(share)) {
        number_short(room, cost - best);
        strcat(room, " more");
    } else if (fabs(share) < 0.05) {
        strcpy(room, "the same");
    } else if (share >= 1000.0) {
        number_short(room, cost / best);
        strcat(room, " times that");
    } else {
        number_fixed(room, fabs(share), fabs(share) < 10.0 ? 1 : 0);
        strcat(room, share < 0.0 ? " % less" : " % more");
    }
}

void report_proportional(const struct split *split, FILE *file)
{
    char cost[NUMBER_ROOM];
    char excess[NUMBER_ROOM];
    char share[NUMBER_ROOM];
    char count[NUMBER_ROOM];
    double side = fmin(fmax(split->wanted, split->options->row_lower), split->options->row_upper);

    number_short(cost, split->proportional_objective);
    report_excess(excess, split->proportional_objective, split->objective);
    number_percent(share, side, split->wanted);
    fprintf(file, "prop. cut     %s of the target for everyone costs %s, %s", share, cost, excess);
    if (split->proportional_outside > 0) {
        number_count(count, split->proportional_outside);
        fprintf(file, ";\n              it breaks the bounds of %s device%s", count,
                split->proportional_outside == 1 ? "" : "s");
    }
    fputc('\n', file);
}

static void print_certificate(const struct split *split, FILE *file)
{
    char cost[NUMBER_ROOM];
    char bound[NUMBER_ROOM];
    char gap[NUMBER_ROOM];
    char residual[NUMBER_ROOM];

    number_short(cost, split->objective);
    number_short(bound, split->bound);
    number_short(gap, split->gap);
    number_short(residual, split->row_residual);
    fprintf(file, "certificate   cost %s, proven bound %s, gap %s", cost, bound, gap);
    if (split_has_row(split)) {
        fprintf(file, ", total off by %s%s", residual, split_is_short(split) ? " apart from the miss" : "");
    }
    fputc('\n', file);
}

void report_split(const struct split *split, struct screen screen, double read_seconds, FILE *file)
{
    char solve[NUMBER_ROOM];
    char read[NUMBER_ROOM];

    report_table(split, screen, "target", false, file);
    fputc('\n', file);
    report_price(split, file);
    report_shortfall(split, file);
    report_moves(split, file);
    if (split->proportional != NULL) {
        report_proportional(split, file);
    }
    print_certificate(split, file);
    number_seconds(solve, split->seconds);
    number_seconds(read, read_seconds);
    fprintf(file, "time          solved in %s, file read in %s\n", solve, read);
}

/* The price of every total for programs: CSV and JSON, all digits.
 *
 * SPDX-License-Identifier: MIT
 */
#include "curve.h"
#include "machine.h"
#include "number.h"

#include <math.h>

/* The points of the path, or the multiples of --step where they are asked for. */
static const struct points *points_of(const struct curve *curve)
{
    return isnan(curve->split->options->step) ? &curve->knots : &curve->rows;
}

void curve_csv(const struct curve *curve, FILE *file)
{
    const struct points *points = points_of(curve);
    int64_t k;

    fputs("total,price_low,price_high,cost\n", file);
    for (k = 0; k < points->count; k++) {
        char room[NUMBER_ROOM];
        number_exact(room, points->total[k]);
        fputs(room, file);
        machine_csv_number(points->low[k], file);
        machine_csv_number(points->high[k], file);
        machine_csv_number(points->cost[k], file);
        fputc('\n', file);
    }
}

static void print_point(const struct points *points, int64_t k, FILE *file)
{
    fputs("{\"total\":", file);
    machine_json_number(points->total[k], file);
    machine_json_pair("price_low", points->low[k], file);
    machine_json_pair("price_high", points->high[k], file);
    machine_json_pair("cost", points->cost[k], file);
    fputc('}', file);
}

static void print_path(const struct curve *curve, FILE *file)
{
    const struct options *options = curve->split->options;

    fputs(",\n \"path\":{\"from\":", file);
    machine_json_number(curve_first(curve), file);
    machine_json_pair("to", curve_last(curve), file);
    fprintf(file, ",\"from_is_least\":%s,\"to_is_most\":%s", curve->from_least ? "true" : "false",
            curve->to_most ? "true" : "false");
    if (split_is_soft(curve->split)) {
        machine_json_pair("short_price", options->short_price, file);
        machine_json_pair("over_price", options->over_price, file);
    }
    fputc('}', file);
}

static void print_best(const char *key, const struct best *best, double price, FILE *file)
{
    fprintf(file, ",\n \"%s\":{\"price\":", key);
    machine_json_number(price, file);
    machine_json_pair("total_low", best->low, file);
    machine_json_pair("total_high", best->high, file);
    machine_json_pair("cost", best->cost, file);
    fputc('}', file);
}

/* The total in hand, and its neighbours; null where the bounds do not allow it. */
static void print_around(const struct curve *curve, FILE *file)
{
    static const char *const key[] = {"below", "at", "above"};
    int64_t k;

    for (k = 0; k < 3; k++) {
        fprintf(file, ",\n \"%s\":", key[k]);
        if (curve->around.count > 0) {
            print_point(&curve->around, k, file);
        } else {
            fputs("null", file);
        }
    }
}

static void print_points(const struct points *points, FILE *file)
{
    int64_t k;

    fputs(",\n \"points\":[", file);
    for (k = 0; k < points->count; k++) {
        fputs(k == 0 ? "\n  " : ",\n  ", file);
        print_point(points, k, file);
    }
    fputs("\n ]", file);
}

static void print_answer(const struct curve *curve, FILE *file)
{
    const struct options *options = curve->split->options;

    print_path(curve, file);
    print_best("least", &curve->least, 0.0, file);
    if (!isnan(options->worth)) {
        print_best("worth", &curve->worth, options->worth, file);
    }
    if (!isnan(options->at)) {
        print_around(curve, file);
    }
}

void curve_json(const struct curve *curve, double read_seconds, FILE *file)
{
    const struct split *split = curve->split;

    machine_json_head(split, file);
    if (split->status == RM_OK) {
        print_answer(curve, file);
    } else {
        machine_json_conflict(split, file);
    }
    fputs(",\n \"seconds\":", file);
    machine_json_number(split->seconds, file);
    machine_json_pair("read_seconds", read_seconds, file);
    if (split->status == RM_OK) {
        print_points(points_of(curve), file);
    }
    fputs("\n}\n", file);
}

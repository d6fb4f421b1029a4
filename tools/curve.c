/* The price of every total: asked of librm.
 *
 * SPDX-License-Identifier: MIT
 */
#include "curve.h"
#include "explain.h"
#include "tool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Lines of a table at most: between multiples of a round step, and of the step asked for. */
enum { ROWS_USUAL = 20, ROWS_MOST = 1000000 };

void points_open(struct points *points, int64_t count)
{
    points->count = count;
    points->total = tool_new((size_t)count, sizeof *points->total);
    points->low = tool_new((size_t)count, sizeof *points->low);
    points->high = tool_new((size_t)count, sizeof *points->high);
    points->cost = tool_new((size_t)count, sizeof *points->cost);
}

void points_free(struct points *points)
{
    free(points->total);
    free(points->low);
    free(points->high);
    free(points->cost);
}

static void curve_free(struct curve *curve)
{
    points_free(&curve->knots);
    points_free(&curve->rows);
    points_free(&curve->around);
}

double curve_first(const struct curve *curve)
{
    return curve->knots.total[0];
}

double curve_last(const struct curve *curve)
{
    return curve->knots.total[curve->knots.count - 1];
}

static rm_status ask(const struct curve *curve, struct points *points)
{
    return rm_problem_path_at(curve->split->problem, points->count, points->total, points->cost, points->low,
                              points->high);
}

/* The library gives both prices of a jump as two points of one total. */
static rm_status read_knots(struct curve *curve, int64_t count)
{
    struct points *knots = &curve->knots;
    rm_status status;
    int64_t k;

    points_open(knots, count);
    status = rm_problem_get_path(curve->split->problem, 0, count, knots->total, NULL, NULL);
    knots->count = 0;
    for (k = 0; status == RM_OK && k < count; k++) {
        if (k == 0 || knots->total[k] != knots->total[knots->count - 1]) {
            knots->total[knots->count++] = knots->total[k];
        }
    }
    return status == RM_OK ? ask(curve, knots) : status;
}

static void look_at_ends(struct curve *curve)
{
    const struct options *options = curve->split->options;

    curve->from_least = curve_first(curve) > options->row_lower || curve->knots.low[0] == -HUGE_VAL;
    curve->to_most = curve_last(curve) < options->row_upper || curve->knots.high[curve->knots.count - 1] == HUGE_VAL;
}

/* Prices never fall, so the ends tell. */
static void look_at_sign(struct curve *curve)
{
    const struct points *knots = &curve->knots;
    int64_t last = knots->count - 1;
    double least = isinf(knots->low[0]) ? knots->high[0] : knots->low[0];
    double most = isinf(knots->high[last]) ? knots->low[last] : knots->high[last];

    curve->saves = least < 0.0 && most <= 0.0;
}

/* 1, 2 or 5 times a power of ten, so that there are not too many lines. */
static double round_step(double span)
{
    static const double digit[] = {1.0, 2.0, 5.0, 10.0};
    double least = span / ROWS_USUAL;
    double power = pow(10.0, floor(log10(least)));
    size_t k = 0;

    if (!(span > 0.0)) {
        return 1.0;
    }
    while (k < 3 && digit[k] * power < least) {
        k++;
    }
    return digit[k] * power;
}

/* 3 times 0.1 is 0.3, as people have it. */
static double multiple(double count, double step)
{
    double parts = floor(1.0 / step + 0.5);

    return parts > 1.0 && fabs(parts * step - 1.0) < 1e-12 ? count / parts : count * step;
}

/* Adds a total; before the first one above the total in hand comes that, in a table. */
static void add_row(struct curve *curve, double total)
{
    struct points *rows = &curve->rows;
    const struct options *options = curve->split->options;

    if (options->format == FORMAT_TABLE && options->at < total && rows->count > 0 &&
        options->at > rows->total[rows->count - 1]) {
        rows->total[rows->count++] = options->at;
    }
    rows->total[rows->count++] = total;
}

/* The first total, multiples of the step, the last one. */
static void tabulate(struct curve *curve)
{
    struct points *rows = &curve->rows;
    double first = curve_first(curve);
    double last = curve_last(curve);
    double hair = 1e-9 * curve->step;
    double before = floor(first / curve->step);
    int64_t most = (int64_t)((last - first) / curve->step) + 2;
    int64_t k;

    points_open(rows, most + 3);
    rows->count = 0;
    add_row(curve, first);
    for (k = 1; k <= most; k++) {
        double total = multiple(before + (double)k, curve->step);
        if (total > rows->total[rows->count - 1] + hair && total < last - hair) {
            add_row(curve, total);
        }
    }
    if (last > first) {
        add_row(curve, last);
    }
}

static int choose_rows(struct curve *curve)
{
    double span = curve_last(curve) - curve_first(curve);

    curve->step = curve->split->options->step;
    if (isnan(curve->step)) {
        curve->step = round_step(span);
    }
    if (!(span / curve->step < ROWS_MOST)) {
        tool_complain("rmsolve: --step makes more than 1,000,000 lines from %g to %g; a larger step makes fewer",
                      curve_first(curve), curve_last(curve));
        return TOOL_USAGE;
    }
    tabulate(curve);
    return 0;
}

static rm_status look_around(struct curve *curve)
{
    double at = curve->split->options->at;

    if (!(at >= curve_first(curve) && at <= curve_last(curve))) {
        return RM_OK;
    }
    points_open(&curve->around, 3);
    curve->around.total[0] = fmax(at - curve->step, curve_first(curve));
    curve->around.total[1] = at;
    curve->around.total[2] = fmin(at + curve->step, curve_last(curve));
    return ask(curve, &curve->around);
}

struct best curve_best(const struct curve *curve, double price)
{
    struct best best = {NAN, NAN, NAN};
    rm_problem *problem = curve->split->problem;

    if (rm_problem_path_at_dual(problem, 1, &price, &best.low, &best.high) == RM_OK) {
        rm_problem_path_at(problem, 1, &best.low, &best.cost, NULL, NULL);
    }
    return best;
}

/* All that is shown, once the path is there. */
static int read_curve(struct curve *curve, int64_t count)
{
    rm_status status = read_knots(curve, count);
    int code;

    if (status != RM_OK) {
        return split_fail(curve->split, status);
    }
    look_at_ends(curve);
    look_at_sign(curve);
    code = choose_rows(curve);
    if (code != 0) {
        return code;
    }
    status = ask(curve, &curve->rows);
    if (status == RM_OK) {
        status = look_around(curve);
    }
    curve->least = curve_best(curve, 0.0);
    curve->worth = (struct best){NAN, NAN, NAN};
    if (!isnan(curve->split->options->worth)) {
        curve->worth = curve_best(curve, curve->split->options->worth);
    }
    return status == RM_OK ? 0 : split_fail(curve->split, status);
}

/* Whether nothing limits the total on that side. */
static bool is_open(const struct split *split, bool up)
{
    double missed = up ? split->options->short_price : split->options->over_price;
    int64_t i;

    for (i = 0; i < split->count; i++) {
        double coef = devices_get(split->devices, COLUMN_COEF, i);
        double low;
        double high;
        split_ends(split, i, &low, &high);
        if (coef != 0.0 && isinf((coef > 0.0) == up ? high : low)) {
            return true;
        }
    }
    return !isinf(missed);
}

static int check_ends(const struct split *split)
{
    bool from = isinf(split->options->row_lower) && is_open(split, false);

    if (!from && !(isinf(split->options->row_upper) && is_open(split, true))) {
        return 0;
    }
    tool_complain("rmsolve: --path needs a number %s the colon: nothing limits the total %s; "
                  "rmsolve --help shows the use",
                  from ? "before" : "after", from ? "downwards" : "upwards");
    return TOOL_USAGE;
}

static void print(const struct curve *curve, struct screen screen, double read_seconds, FILE *file)
{
    const struct split *split = curve->split;
    enum format format = split->options->format;

    if (format != FORMAT_JSON && split->status != RM_OK) {
        conflict_print(split);
    }
    if (format == FORMAT_JSON) {
        curve_json(curve, read_seconds, file);
    } else if (format == FORMAT_CSV) {
        curve_csv(curve, file);
    } else if (split->status == RM_OK) {
        curve_report(curve, screen, read_seconds, file);
    }
}

int curve_show(struct split *split, struct screen screen, double read_seconds, FILE *file)
{
    struct curve curve;
    int64_t count = 0;
    int code = check_ends(split);

    memset(&curve, 0, sizeof curve);
    curve.split = split;
    if (code == 0) {
        split_watch_begin();
        code = split_follow(split, &count);
        split_watch_end();
    }
    if (code == 0 && split->status == RM_OK) {
        code = read_curve(&curve, count);
    }
    if (code == 0) {
        print(&curve, screen, read_seconds, file);
        code = split_exit_code(split->status);
    }
    curve_free(&curve);
    return code;
}

/* One split: the problem given to librm, and the answer taken from it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "split.h"
#include "number.h"
#include "sum.h"
#include "tool.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Names are for the library's sentences.  Beyond this many devices a sentence
 * names one of very many, and the copies would cost more than the solve. */
enum { MOST_NAMES = 100000 };

/* The flag that stops a solve.  Only Ctrl-C writes it. */
static int32_t cancel;

/* What Ctrl-C did before the watch began. */
static void (*before_watch)(int) = SIG_ERR;

/* The first Ctrl-C stops the solve, a second one the program. */
static void on_interrupt(int signal_number)
{
    *(volatile int32_t *)&cancel = 1;
    signal(signal_number, SIG_DFL);
}

void split_watch_begin(void)
{
    cancel = 0;
    before_watch = signal(SIGINT, on_interrupt);
    /* Whoever started rmsolve may want it to outlive Ctrl-C. */
    if (before_watch == SIG_IGN) {
        signal(SIGINT, SIG_IGN);
    }
}

void split_watch_end(void)
{
    cancel = 0;
    if (before_watch != SIG_ERR) {
        signal(SIGINT, before_watch);
    }
}

/* An error that rmsolve should have kept from happening, memory apart. */
static int fail(const struct split *split, rm_status status)
{
    char name[128];
    char *message = split->problem != NULL ? split_message(split) : NULL;

    rm_status_name(status, name, (int64_t)sizeof name);
    if (message != NULL && *message != '\0') {
        tool_complain("rmsolve: %s", message);
    } else {
        tool_complain("rmsolve: librm says %s", name);
    }
    free(message);
    return TOOL_INTERNAL;
}

bool split_has_row(const struct split *split)
{
    return split->options->row != ROW_NONE;
}

static double coef_of(const struct split *split, int64_t i)
{
    return devices_get(split->devices, COLUMN_COEF, i);
}

static double clamp(double value, double lower, double upper)
{
    return value < lower ? lower : value > upper ? upper : value;
}

static int complain_device(const struct split *split, int64_t i, const char *column, const char *what)
{
    tool_complain("%s:%ld: column %s: %s", split->devices->path, split->devices->line[i], column, what);
    return TOOL_DATA;
}

/* --relative: the cost weight ((x - target) / target)^2 is the library's cost
 * with weight / target^2.  A device that wants nothing has no share to miss. */
static int make_relative(struct split *split, int64_t i)
{
    double target = split->target[i];
    double weight = devices_get(split->devices, COLUMN_WEIGHT, i);

    if (target < 0.0) {
        return complain_device(split, i, "target", "is below 0; --relative needs targets >= 0");
    }
    split->weight[i] = weight;
    if (target == 0.0) {
        split->lower[i] = split->upper[i] = clamp(0.0, split->lower[i], split->upper[i]);
        return 0;
    }
    split->weight[i] = weight / target / target;
    if (isinf(split->weight[i])) {
        return complain_device(split, i, "target",
                               "is too near 0 for --relative; write 0 for a device that wants nothing");
    }
    return 0;
}

static int make_all_relative(struct split *split)
{
    int64_t i;

    for (i = 0; i < split->count; i++) {
        int code = make_relative(split, i);
        if (code != 0) {
            return code;
        }
    }
    return 0;
}

static int load(struct split *split)
{
    rm_status status = rm_problem_set_quadratic(split->problem, split->count, NULL, split->weight, split->target, NULL);

    if (status == RM_OK) {
        status = rm_problem_set_bounds(split->problem, split->count, NULL, split->lower, split->upper);
    }
    return status == RM_OK ? 0 : fail(split, status);
}

static rm_status set_names(struct split *split)
{
    rm_status status = RM_OK;
    int64_t i;

    if (split_has_row(split)) {
        status = rm_problem_set_name(split->problem, RM_NAME_ROW, 0, "total");
    }
    for (i = 0; status == RM_OK && i < split->count && split->count <= MOST_NAMES; i++) {
        char room[NUMBER_ROOM];
        status = rm_problem_set_name(split->problem, RM_NAME_VARIABLE, i, devices_name(split->devices, i, room));
    }
    return status;
}

static rm_status add_total(struct split *split)
{
    const struct options *options = split->options;
    const double *coef = split->devices->value[COLUMN_COEF];

    if (!split_has_row(split)) {
        return RM_OK;
    }
    return rm_problem_add_row(split->problem, coef == NULL ? RM_ALL : split->count, NULL, coef, options->row_lower,
                              options->row_upper, NULL);
}

static rm_status build(struct split *split)
{
    const struct options *options = split->options;
    rm_status status = rm_problem_create(&split->problem, split->count, NULL, NULL);

    if (status == RM_OK) {
        status = rm_problem_set_price(split->problem, split->count, NULL, split->devices->value[COLUMN_PRICE]);
    }
    if (status == RM_OK) {
        status = add_total(split);
    }
    if (status == RM_OK) {
        status = set_names(split);
    }
    if (status == RM_OK) {
        status = rm_problem_set_cancel_flag(split->problem, &cancel);
    }
    if (status == RM_OK) {
        status = rm_problem_set_option_f64(split->problem, RM_OPTION_TIME_LIMIT, options->time_limit);
    }
    if (status == RM_OK) {
        status = rm_problem_set_option_i64(split->problem, RM_OPTION_ITERATION_LIMIT, options->iteration_limit);
    }
    return status;
}

/* A proportional cut gives every device the same share of its target, which
 * means something only where no target and no coefficient runs against the
 * others. */
static int check_proportional(const struct split *split)
{
    int64_t i;

    for (i = 0; i < split->count; i++) {
        if (split->target[i] < 0.0) {
            return complain_device(split, i, "target", "is below 0; a proportional cut needs targets >= 0");
        }
        if (!(coef_of(split, i) > 0.0)) {
            return complain_device(split, i, "coef", "is not above 0; a proportional cut needs coefficients > 0");
        }
    }
    return 0;
}

static double *copy_column(const struct devices *devices, enum column column)
{
    double *copy = tool_new((size_t)devices->count, sizeof *copy);
    int64_t i;

    for (i = 0; i < devices->count; i++) {
        copy[i] = devices_get(devices, column, i);
    }
    return copy;
}

int split_open(struct split *split, const struct options *options, const struct devices *devices)
{
    size_t count = (size_t)devices->count;
    rm_status status;
    int code = 0;

    memset(split, 0, sizeof *split);
    split->options = options;
    split->devices = devices;
    split->count = devices->count;
    split->weight = copy_column(devices, COLUMN_WEIGHT);
    split->target = copy_column(devices, COLUMN_TARGET);
    split->lower = copy_column(devices, COLUMN_LOWER);
    split->upper = copy_column(devices, COLUMN_UPPER);
    split->x = tool_new(count, sizeof *split->x);
    split->reduced_cost = tool_new(count, sizeof *split->reduced_cost);
    if (options->proportional || options->series != NULL) {
        split->proportional = tool_new(count, sizeof *split->proportional);
    }
    status = build(split);
    if (status != RM_OK) {
        return fail(split, status);
    }
    if (options->series != NULL) {
        return 0;
    }
    if (options->relative) {
        code = make_all_relative(split);
    }
    if (code == 0 && split->proportional != NULL) {
        code = check_proportional(split);
    }
    return code != 0 ? code : load(split);
}

void split_free(struct split *split)
{
    rm_problem_destroy(split->problem);
    free(split->weight);
    free(split->target);
    free(split->lower);
    free(split->upper);
    free(split->x);
    free(split->reduced_cost);
    free(split->proportional);
    memset(split, 0, sizeof *split);
}

int split_set_wanted(struct split *split, const double *wanted)
{
    int code = 0;
    int64_t i;

    for (i = 0; i < split->count; i++) {
        double lower = devices_get(split->devices, COLUMN_LOWER, i);
        double upper = devices_get(split->devices, COLUMN_UPPER, i);
        split->target[i] = wanted[i];
        split->lower[i] = fmin(lower, wanted[i]);
        split->upper[i] = fmin(upper, wanted[i]);
    }
    if (split->options->relative) {
        code = make_all_relative(split);
    }
    if (code == 0) {
        code = check_proportional(split);
    }
    return code != 0 ? code : load(split);
}

/* The share that brings the sum of coef times target within the row. */
static void cut_proportionally(struct split *split)
{
    double side = clamp(split->wanted, split->options->row_lower, split->options->row_upper);
    bool cut = side != split->wanted && split->wanted > 0.0;
    int32_t key = RM_INFO_OBJECTIVE;
    int64_t i;

    split->proportional_outside = 0;
    for (i = 0; i < split->count; i++) {
        double part = cut ? split->target[i] / split->wanted * side : split->target[i];
        split->proportional[i] = part;
        split->proportional_outside += part < split->lower[i] || part > split->upper[i];
    }
    if (rm_problem_verify(split->problem, split->proportional, NULL, 1, &key, &split->proportional_objective) !=
        RM_OK) {
        split->proportional_objective = HUGE_VAL;
    }
}

static rm_status read_figures(struct split *split)
{
    static const int32_t key[] = {
        RM_INFO_OBJECTIVE,      RM_INFO_BOUND,        RM_INFO_GAP, RM_INFO_ROW_RESIDUAL, RM_INFO_ROW_RESIDUAL_RELATIVE,
        RM_INFO_BOUND_RESIDUAL, RM_INFO_DUAL_RESIDUAL};
    double *const value[] = {
        &split->objective,      &split->bound,        &split->gap, &split->row_residual, &split->row_residual_relative,
        &split->bound_residual, &split->dual_residual};
    rm_status status = RM_OK;
    size_t i;

    for (i = 0; status == RM_OK && i < sizeof key / sizeof *key; i++) {
        status = rm_problem_get_info_f64(split->problem, key[i], value[i]);
    }
    return status;
}

static rm_status read_answer(struct split *split)
{
    rm_status status = rm_problem_get_solution(split->problem, split->count, NULL, split->x);

    if (status == RM_OK) {
        status = rm_problem_get_reduced_costs(split->problem, split->count, NULL, split->reduced_cost);
    }
    if (status == RM_OK && split_has_row(split)) {
        status = rm_problem_get_row_duals(split->problem, 1, NULL, &split->dual);
    }
    if (status == RM_OK && split_has_row(split)) {
        status = rm_problem_get_row_ranges(split->problem, 1, NULL, &split->dual_low, &split->dual_high,
                                           &split->side_low, &split->side_high);
    }
    return status == RM_OK ? read_figures(split) : status;
}

static void add_up(struct split *split)
{
    struct sum wanted = {0.0, 0.0};
    struct sum sum = {0.0, 0.0};
    int64_t i;

    for (i = 0; i < split->count; i++) {
        sum_add(&wanted, coef_of(split, i) * split->target[i]);
        sum_add(&sum, coef_of(split, i) * split->x[i]);
    }
    split->wanted = sum_value(&wanted);
    split->sum = sum_value(&sum);
}

int split_solve(struct split *split)
{
    rm_status status = rm_problem_solve(split->problem, RM_SOLVER_AUTO);
    int64_t has = 0;

    split->status = status;
    split->answered = false;
    if (status < RM_OK) {
        return fail(split, status);
    }
    rm_problem_get_info_f64(split->problem, RM_INFO_SECONDS, &split->seconds);
    rm_problem_get_info_i64(split->problem, RM_INFO_ITERATIONS, &split->iterations);
    rm_problem_get_info_i64(split->problem, RM_INFO_HAS_ANSWER, &has);
    if (has == 0) {
        return 0;
    }
    status = read_answer(split);
    if (status != RM_OK) {
        return fail(split, status);
    }
    split->answered = true;
    add_up(split);
    if (split->proportional != NULL) {
        cut_proportionally(split);
    }
    return 0;
}

static const struct outcome {
    rm_status status;
    int code;
    const char *word;
} outcomes[] = {
    {RM_OK, TOOL_OPTIMAL, "optimal"},
    {RM_INFEASIBLE, TOOL_INFEASIBLE, "infeasible"},
    {RM_UNBOUNDED, TOOL_UNBOUNDED, "unbounded"},
    {RM_INFEASIBLE_OR_UNBOUNDED, TOOL_INFEASIBLE, "infeasible or unbounded"},
    {RM_LIMIT, TOOL_STOPPED, "limit"},
    {RM_CANCELLED, TOOL_STOPPED, "cancelled"},
    {RM_INACCURATE, TOOL_STOPPED, "inaccurate"},
    {RM_ERROR_RANGE, TOOL_INTERNAL, "error"},
};

static const struct outcome *find_outcome(rm_status status)
{
    size_t last = sizeof outcomes / sizeof *outcomes - 1;
    size_t i = 0;

    while (i < last && outcomes[i].status != status) {
        i++;
    }
    return &outcomes[i];
}

int split_exit_code(rm_status status)
{
    return find_outcome(status)->code;
}

const char *split_status_word(rm_status status)
{
    return find_outcome(status)->word;
}

bool split_binds(const struct split *split)
{
    const struct options *options = split->options;

    return split_has_row(split) && (options->row_lower == options->row_upper || split->dual != 0.0);
}

enum why split_why(const struct split *split, int64_t i)
{
    double x = split->x[i];
    double target = split->target[i];

    /* A wish is met when rounding alone keeps x from it.  Without a weight the
     * target is no wish, unless the bounds leave nothing else. */
    if ((split->weight[i] > 0.0 || split->lower[i] == split->upper[i]) && fabs(x - target) <= 1e-12 * fabs(target)) {
        return WHY_TARGET;
    }
    if (x == split->upper[i] && !(x == split->lower[i] && split->reduced_cost[i] >= 0.0)) {
        return WHY_LIMIT;
    }
    if (x == split->lower[i]) {
        return WHY_MINIMUM;
    }
    return split_binds(split) ? WHY_PRICE : WHY_ALONE;
}

const char *why_phrase(enum why why)
{
    static const char *const phrase[WHY_COUNT] = {"at target", "at limit", "at minimum", "at the common price",
                                                  "where it costs least"};
    return phrase[why];
}

const char *why_word(enum why why)
{
    static const char *const word[WHY_COUNT] = {"target", "limit", "minimum", "price", "alone"};
    return word[why];
}

/* The library's words for a solve that was stopped name its own options. */
static char *stop_message(const struct split *split)
{
    static const char limit[] = "stopped by a limit before there was an answer; "
                                "raise --time-limit or --iteration-limit";
    static const char cancelled[] = "stopped by Ctrl-C before there was an answer";
    const char *words = split->status == RM_LIMIT ? limit : cancelled;
    char *text = tool_new(strlen(words) + 1, 1);

    return strcpy(text, words);
}

char *split_message(const struct split *split)
{
    int64_t length;
    char *text;

    if (split->status == RM_LIMIT || split->status == RM_CANCELLED) {
        return stop_message(split);
    }
    length = rm_problem_message(split->problem, NULL, 0);
    text = tool_new((size_t)length + 1, 1);
    rm_problem_message(split->problem, text, length + 1);
    return text;
}

/* One split: checked, solved, and the answer taken from librm.
 *
 * SPDX-License-Identifier: MIT
 */
#include "split.h"
#include "family.h"
#include "sum.h"
#include "tool.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

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

int split_fail(const struct split *split, rm_status status)
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

bool split_is_soft(const struct split *split)
{
    return !isinf(split->options->short_price) || !isinf(split->options->over_price);
}

bool split_is_short(const struct split *split)
{
    return fabs(split->shortfall) > 1e-12 * fabs(split->sum);
}

bool split_is_linear(const struct split *split)
{
    int64_t i;

    for (i = 0; i < split->count; i++) {
        if (devices_family(split->devices, i) != FAMILY_QUADRATIC && split->weight[i] > 0.0) {
            return false;
        }
    }
    return true;
}

static double coef_of(const struct split *split, int64_t i)
{
    return devices_get(split->devices, COLUMN_COEF, i);
}

static double clamp(double value, double lower, double upper)
{
    return value < lower ? lower : value > upper ? upper : value;
}

/* --relative: the cost weight ((x - target) / target)^2 is the library's cost
 * with weight / target^2.  A device that wants nothing has no share to miss. */
static int make_relative(struct split *split, int64_t i)
{
    double target = split->target[i];
    double weight = devices_get(split->devices, COLUMN_WEIGHT, i);

    if (devices_family(split->devices, i) != FAMILY_QUADRATIC) {
        return devices_complain(split->devices, i, "family", "is not quadratic; --relative needs that family");
    }
    if (target < 0.0) {
        return devices_complain(split->devices, i, "target", "is below 0; --relative needs targets >= 0");
    }
    split->weight[i] = weight;
    if (target == 0.0) {
        split->lower[i] = split->upper[i] = clamp(0.0, split->lower[i], split->upper[i]);
        return 0;
    }
    split->weight[i] = weight / target / target;
    if (isinf(split->weight[i])) {
        return devices_complain(split->devices, i, "target",
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

/* A proportional cut gives every device the same share of its target, which
 * means something only where no target and no coefficient runs against the
 * others. */
static int check_proportional(const struct split *split)
{
    int64_t i;

    for (i = 0; i < split->count; i++) {
        if (isnan(split->target[i])) {
            return devices_complain(split->devices, i, "family", "has no target; a proportional cut needs targets");
        }
        if (split->target[i] < 0.0) {
            return devices_complain(split->devices, i, "target", "is below 0; a proportional cut needs targets >= 0");
        }
        if (!(coef_of(split, i) > 0.0)) {
            return devices_complain(split->devices, i, "coef",
                                    "is not above 0; a proportional cut needs coefficients > 0");
        }
    }
    return 0;
}

/* What a series changes is a target, and it does not tell what was carried out. */
static int check_series(const struct split *split)
{
    int64_t i;

    for (i = 0; i < split->count; i++) {
        if (devices_family(split->devices, i) != FAMILY_QUADRATIC) {
            return devices_complain(split->devices, i, "family", "is not quadratic; --series needs that family");
        }
        if (!isnan(devices_get(split->devices, COLUMN_CURRENT, i))) {
            return devices_complain(split->devices, i, "current",
                                    "does not go with --series; leave current, up and down out");
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

static double *copy_targets(const struct devices *devices)
{
    double *target = copy_column(devices, COLUMN_TARGET);
    int64_t i;

    for (i = 0; devices->family != NULL && i < devices->count; i++) {
        if (!family_takes(devices->family[i], COLUMN_TARGET)) {
            target[i] = NAN;
        }
    }
    return target;
}

static int load(struct split *split)
{
    rm_status status = split_load(split);

    return status == RM_OK ? 0 : split_fail(split, status);
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
    split->target = copy_targets(devices);
    split->lower = copy_column(devices, COLUMN_LOWER);
    split->upper = copy_column(devices, COLUMN_UPPER);
    split->x = tool_new(count, sizeof *split->x);
    split->reduced_cost = tool_new(count, sizeof *split->reduced_cost);
    if (options->proportional || options->series != NULL) {
        split->proportional = tool_new(count, sizeof *split->proportional);
    }
    status = split_build(split);
    if (status == RM_OK) {
        status = rm_problem_set_cancel_flag(split->problem, &cancel);
    }
    if (status != RM_OK) {
        return split_fail(split, status);
    }
    if (options->series != NULL) {
        return check_series(split);
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
    static const int32_t key[] = {RM_INFO_OBJECTIVE,
                                  RM_INFO_BOUND,
                                  RM_INFO_GAP,
                                  RM_INFO_ROW_RESIDUAL,
                                  RM_INFO_ROW_RESIDUAL_RELATIVE,
                                  RM_INFO_BOUND_RESIDUAL,
                                  RM_INFO_DUAL_RESIDUAL,
                                  RM_INFO_SHORTFALL};
    double *const value[] = {&split->objective,
                             &split->bound,
                             &split->gap,
                             &split->row_residual,
                             &split->row_residual_relative,
                             &split->bound_residual,
                             &split->dual_residual,
                             &split->shortfall};
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

static void note_move(struct split *split, int64_t i)
{
    struct moves *moves = &split->moves;
    double current = devices_get(split->devices, COLUMN_CURRENT, i);
    double way = split->x[i] - current;

    if (isnan(current)) {
        return;
    }
    moves->standing++;
    /* Rounding alone is no move. */
    if (fabs(way) <= 1e-12 * fabs(current)) {
        return;
    }
    moves->count++;
    moves->up += fmax(way, 0.0);
    moves->down += fmax(-way, 0.0);
    moves->cost +=
        way * (way > 0.0 ? devices_get(split->devices, COLUMN_UP, i) : -devices_get(split->devices, COLUMN_DOWN, i));
}

static void add_up(struct split *split)
{
    struct sum wanted = {0.0, 0.0};
    struct sum sum = {0.0, 0.0};
    int64_t i;

    memset(&split->moves, 0, sizeof split->moves);
    for (i = 0; i < split->count; i++) {
        sum_add(&wanted, coef_of(split, i) * split->target[i]);
        sum_add(&sum, coef_of(split, i) * split->x[i]);
        note_move(split, i);
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
        return split_fail(split, status);
    }
    rm_problem_get_info_f64(split->problem, RM_INFO_SECONDS, &split->seconds);
    rm_problem_get_info_i64(split->problem, RM_INFO_ITERATIONS, &split->iterations);
    rm_problem_get_info_i64(split->problem, RM_INFO_HAS_ANSWER, &has);
    if (has == 0) {
        return 0;
    }
    status = read_answer(split);
    if (status != RM_OK) {
        return split_fail(split, status);
    }
    split->answered = true;
    add_up(split);
    if (split->proportional != NULL) {
        cut_proportionally(split);
    }
    return 0;
}

int split_follow(struct split *split, int64_t *points)
{
    double start = tool_seconds();
    rm_status status =
        rm_problem_build_path(split->problem, 0, split->options->row_lower, split->options->row_upper, points);

    split->seconds = tool_seconds() - start;
    split->status = status;
    split->answered = false;
    if (status < RM_OK) {
        return split_fail(split, status);
    }
    /* A solve knows better what would repair it. */
    return status == RM_INFEASIBLE ? split_solve(split) : 0;
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

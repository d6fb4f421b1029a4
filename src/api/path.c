/* The price of every total: building a path, and asking it. */
#include "api/problem.h"

static rm_status check_build(rm_problem *p, const char *call, int64_t row, double from, double to)
{
    if (p->rows > 1)
        return rm_fail(p, call, RM_ERROR_NOT_SUPPORTED,
                       "the problem has more than one row, and this version follows at most one");
    rm_status status = rm_check_indices(p, call, RM_NAME_ROW, 1, &row, RM_ANY_INDEX);
    if (status != RM_OK)
        return status;
    const double value[] = {from, to};
    static const char *const what[] = {"from", "to"};
    for (int k = 0; k < 2; k++)
        if (isnan(value[k]))
            return rm_fail_value(p, call, RM_ERROR_NAN, what[k], value[k], "a number");
    if (!(from < INFINITY))
        return rm_fail_value(p, call, RM_ERROR_RANGE, "from", from, "below infinity");
    if (!(to > -INFINITY))
        return rm_fail_value(p, call, RM_ERROR_RANGE, "to", to, "above minus infinity");
    if (!(from <= to))
        return rm_fail_value(p, call, RM_ERROR_RANGE, "to", to, "at least from");
    return rm_need_rounding(p, call);
}

/* Why there is no path. */
static void say_why(rm_problem *p, const char *call, rm_status status, const rm_water *water, double from, double to,
                    int64_t passes)
{
    double side = water->side == RM_SIDE_LOWER ? from : to;
    rm_outcome o = {status, water, NULL, {side, side}, 0, passes};
    switch (status) {
    case RM_OK:
        break;
    case RM_ERROR_MEMORY:
        rm_fail_memory(p, call);
        break;
    case RM_ERROR_RANGE:
        rm_fail(p, call, status, "an infinite end stands for the least or the most that the bounds allow, and on this "
                                 "side they set no limit: from and to must be finite there");
        break;
    case RM_ERROR_CALLBACK:
        rm_fail(p, call, status, "a callback returned a negative number; there is no new path");
        break;
    case RM_CANCELLED:
        rm_fail(p, call, status, "cancelled; there is no new path");
        break;
    case RM_INACCURATE:
        rm_fail(p, call, status, "prices, slopes or totals on the way are too far apart in size for doubles, or the path "
                                 "did not lead to where the answers are; numbers nearer to each other would help");
        break;
    case RM_LIMIT:
        rm_fail(p, call, status, "stopped by a limit on passes or time, or because a path of so many kinds of costs "
                                 "would have more than 65536 points; there is no path: raise RM_OPTION_ITERATION_LIMIT or "
                                 "RM_OPTION_TIME_LIMIT, or ask for a shorter interval");
        break;
    default: {
        rm_text t = rm_text_begin(p->message, RM_MESSAGE_SIZE);
        rm_say_outcome(p, &o, &t);
        break;
    }
    }
}

/* What the infos of the last solve are; meanwhile they tell of the call at hand. */
typedef struct infos {
    double seconds, started;
    int64_t passes;
} infos;

static infos open_infos(rm_problem *p, rm_watch *watch)
{
    infos before = {p->seconds, p->started, p->passes};
    p->started = rm_seconds();
    p->seconds = 0;
    p->passes = 0;
    *watch = rm_open_watch(p, &p->passes);
    return before;
}

/* Returns the passes of the call. */
static int64_t close_infos(rm_problem *p, infos before)
{
    int64_t passes = p->passes;
    p->seconds = before.seconds;
    p->started = before.started;
    p->passes = before.passes;
    return passes;
}

rm_status rm_problem_build_path(rm_problem *p, int64_t row, double from, double to, int64_t *points)
{
    static const char *const call = "rm_problem_build_path";
    rm_status status = rm_enter(p);
    if (status == RM_OK)
        status = check_build(p, call, row, from, to);
    if (status != RM_OK)
        return status;
    rm_problem_spread(p);
    rm_view view = rm_problem_view_at_totals(p);
    rm_path made = {0};
    rm_water water;
    rm_watch watch;
    infos before = open_infos(p, &watch);
    rm_open_asking(p);
    status = rm_path_build(&view, from, to, &p->memory, &watch, &made, &water);
    int64_t passes = close_infos(p, before);
    say_why(p, call, status, &water, from, to, passes);
    if (p->asked.status != RM_OK)
        rm_path_free(&made, &p->memory);
    status = rm_close_asking(p, call, status);
    if (status != RM_OK)
        return status;
    for (int64_t k = 0; k < made.count; k++)
        made.value[k] += p->constant;
    rm_path_free(&p->path, &p->memory);
    p->path = made;
    if (points)
        *points = made.count;
    return RM_OK;
}

static rm_status open(rm_problem *p, const char *call)
{
    rm_status status = rm_enter(p);
    if (status != RM_OK || p->path.count > 0)
        return status;
    return rm_fail(p, call, RM_ERROR_NO_ANSWER,
                   "there is no path: rm_problem_build_path was not called since the last change, or found none");
}

rm_status rm_problem_get_path(rm_problem *p, int64_t first, int64_t count, double *total, double *dual,
                              double *objective)
{
    static const char *const call = "rm_problem_get_path";
    rm_status status = open(p, call);
    if (status != RM_OK)
        return status;
    const rm_path *path = &p->path;
    if (first < 0 || first > path->count)
        return rm_fail_integer(p, call, "first", first, "from 0 to the number of points");
    if (count < 0 || count > path->count - first)
        return rm_fail_integer(p, call, "count", count, "at least 0, and first + count at most the number of points");
    for (int64_t k = 0; k < count; k++) {
        if (total)
            total[k] = path->total[first + k];
        if (dual)
            dual[k] = rm_path_price(path, first + k);
        if (objective)
            objective[k] = path->value[first + k];
    }
    return RM_OK;
}

static rm_status check_total(rm_problem *p, const char *call, int64_t k, double total)
{
    const rm_path *path = &p->path;
    double first = path->total[0], last = path->total[path->count - 1];
    if (total >= first && total <= last)
        return RM_OK;
    rm_text t = rm_message_begin(p, call);
    rm_text_add(&t, "total ");
    rm_text_add_integer(&t, k);
    rm_text_add(&t, " is ");
    rm_text_add_number(&t, total);
    rm_text_add(&t, "; it must be from ");
    rm_text_add_number(&t, first);
    rm_text_add(&t, " to ");
    rm_text_add_number(&t, last);
    rm_text_add(&t, ", where the path runs");
    return isnan(total) ? RM_ERROR_NAN : RM_ERROR_RANGE;
}

rm_status rm_problem_path_at(rm_problem *p, int64_t count, const double *total, double *objective, double *dual_low,
                             double *dual_high)
{
    static const char *const call = "rm_problem_path_at";
    rm_status status = open(p, call);
    if (status != RM_OK)
        return status;
    if (count < 0)
        return rm_fail_integer(p, call, "count", count, "at least 0");
    if (count > 0 && !total)
        return rm_fail(p, call, RM_ERROR_NULL, "total is NULL");
    for (int64_t k = 0; k < count && status == RM_OK; k++)
        status = check_total(p, call, k, total[k]);
    if (status == RM_OK)
        status = rm_need_rounding(p, call);
    for (int64_t k = 0; k < count && status == RM_OK; k++) {
        double value, low, high;
        rm_path_at(&p->path, total[k], &value, &low, &high);
        if (objective)
            objective[k] = value;
        if (dual_low)
            dual_low[k] = low;
        if (dual_high)
            dual_high[k] = high;
    }
    return status;
}

rm_status rm_problem_path_at_dual(rm_problem *p, int64_t count, const double *dual, double *total_low,
                                  double *total_high)
{
    static const char *const call = "rm_problem_path_at_dual";
    rm_status status = open(p, call);
    if (status != RM_OK)
        return status;
    if (count < 0)
        return rm_fail_integer(p, call, "count", count, "at least 0");
    if (count > 0 && !dual)
        return rm_fail(p, call, RM_ERROR_NULL, "dual is NULL");
    for (int64_t k = 0; k < count; k++)
        if (isnan(dual[k]))
            return rm_fail_value(p, call, RM_ERROR_NAN, "dual", dual[k], "a number");
    status = rm_need_rounding(p, call);
    for (int64_t k = 0; k < count && status == RM_OK; k++) {
        double low, high;
        rm_path_best(&p->path, dual[k], &low, &high);
        if (total_low)
            total_low[k] = low;
        if (total_high)
            total_high[k] = high;
    }
    return status;
}

rm_status rm_problem_get_path_solution(rm_problem *p, double total, int64_t count, const int64_t *index, double *x)
{
    static const char *const call = "rm_problem_get_path_solution";
    rm_status status = open(p, call);
    if (status == RM_OK)
        status = rm_check_indices(p, call, RM_NAME_VARIABLE, count, index, RM_ANY_INDEX);
    if (status == RM_OK && !x && count > 0)
        return rm_fail(p, call, RM_ERROR_NULL, "x is NULL");
    if (status == RM_OK)
        status = check_total(p, call, 0, total);
    if (status == RM_OK)
        status = rm_need_rounding(p, call);
    if (status != RM_OK)
        return status;
    rm_view view = rm_problem_view_at_totals(p);
    rm_block room = {NULL, 0, NULL};
    if (rm_block_reserve(p, &room, (view.n + 1) * (int64_t)sizeof(double)) != RM_OK)
        return rm_fail_memory(p, call);
    double *all = room.data;
    rm_row row = {total, total};
    rm_water water;
    rm_figures figures;
    int has_figures, has_x;
    rm_watch watch;
    infos before = open_infos(p, &watch);
    status = rm_solve_row(p, &view, row, all, &watch, &water, &figures, &has_figures, &has_x);
    int64_t passes = close_infos(p, before);
    for (int64_t k = 0; k < count && status == RM_OK; k++)
        x[k] = all[rm_at(index, k)];
    rm_block_free(&p->memory, &room);
    if (status == RM_ERROR_CALLBACK) {
        rm_fail(p, call, status, "a callback returned a negative number, or the executor left a part out");
    } else {
        rm_outcome o = {status, &water, &figures, row, 0, passes};
        rm_text t = rm_text_begin(p->message, RM_MESSAGE_SIZE);
        rm_say_outcome(p, &o, &t);
    }
    return rm_close_asking(p, call, status);
}

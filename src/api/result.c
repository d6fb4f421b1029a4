/* Reading the answer, its figures, and checking any answer. */
#include "api/problem.h"

static rm_status need_answer(rm_problem *p, const char *call)
{
    if (p->has_answer)
        return RM_OK;
    return rm_fail(p, call, RM_ERROR_NO_ANSWER,
                   p->status == RM_ERROR_NO_ANSWER
                       ? "there is no answer: the problem was not solved since its last change"
                       : "there is no answer: the last solve found none");
}

static void put(double *to, int64_t k, double v)
{
    if (to)
        to[k] = v;
}

/* Opens a reading call on `count` variables or rows. */
static rm_status open(rm_problem *p, const char *call, int32_t kind, int64_t count, const int64_t *index)
{
    rm_status status = rm_enter(p);
    if (status == RM_OK)
        status = rm_check_indices(p, call, kind, count, index, RM_ANY_INDEX);
    if (status == RM_OK)
        status = need_answer(p, call);
    return status;
}

rm_status rm_problem_get_solution(rm_problem *p, int64_t count, const int64_t *index, double *x)
{
    rm_status status = open(p, "rm_problem_get_solution", RM_NAME_VARIABLE, count, index);
    if (status != RM_OK)
        return status;
    if (!x && count > 0)
        return rm_fail(p, "rm_problem_get_solution", RM_ERROR_NULL, "x is NULL");
    for (int64_t k = 0; k < count; k++)
        x[k] = rm_doubles(p, RM_X)[rm_at(index, k)];
    return RM_OK;
}

rm_status rm_problem_get_moves(rm_problem *p, int64_t capacity, int64_t *index, double *from, double *to,
                               int64_t *count)
{
    static const char *const call = "rm_problem_get_moves";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (capacity < 0)
        return rm_fail_integer(p, call, "capacity", capacity, "at least 0");
    status = need_answer(p, call);
    if (status != RM_OK)
        return status;
    int64_t moves = 0;
    for (int64_t i = 0; p->movers > 0 && i < p->variables; i++) {
        double there = rm_doubles(p, RM_X)[i], here = rm_doubles(p, RM_CURRENT)[i];
        if (!rm_moves(p, i) || there == here)
            continue;
        if (moves < capacity) {
            if (index)
                index[moves] = i;
            put(from, moves, here);
            put(to, moves, there);
        }
        moves++;
    }
    if (count)
        *count = moves;
    return RM_OK;
}

rm_status rm_problem_get_row_duals(rm_problem *p, int64_t count, const int64_t *row, double *dual)
{
    rm_status status = open(p, "rm_problem_get_row_duals", RM_NAME_ROW, count, row);
    if (status != RM_OK)
        return status;
    if (!dual && count > 0)
        return rm_fail(p, "rm_problem_get_row_duals", RM_ERROR_NULL, "dual is NULL");
    for (int64_t k = 0; k < count; k++)
        dual[k] = p->rows > 1 ? ((const double *)p->duals.data)[rm_at(row, k)] : p->water.multiplier;
    return RM_OK;
}

/* The piece in which a fixed variable stands: its own pieces are all empty. */
static rm_cost piece_of_fixed(const rm_pieces *p, double x)
{
    rm_pieces open = *p;
    rm_cost room;
    open.whole.lower = -INFINITY;
    open.whole.upper = INFINITY;
    open.moves = 0;
    open.split = -1;
    open.count = p->kinks && p->steps > 0 ? p->steps : 1;
    int64_t k = 0;
    while (k + 1 < open.count && x > rm_piece(&open, k, &room)->upper)
        k++;
    rm_cost c = *rm_piece(&open, k, &room);
    if (p->kinks && p->moves)
        c.price += x >= p->current ? p->up : -p->down;
    return c;
}

/* That from which x can move on at the bound where it stands, empty ones left out. */
static rm_cost piece_at_bound(const rm_pieces *p, double x)
{
    rm_cost room;
    int64_t at = x <= p->whole.lower ? 0 : p->count - 1, way = at == 0 && x <= p->whole.lower ? 1 : -1;
    if (p->whole.lower == p->whole.upper)
        return piece_of_fixed(p, x);
    const rm_cost *c = rm_piece(p, at, &room);
    while (c->lower == c->upper && at + way >= 0 && at + way < p->count) {
        at += way;
        c = rm_piece(p, at, &room);
    }
    return *c;
}

rm_status rm_problem_get_reduced_costs(rm_problem *p, int64_t count, const int64_t *index, double *cost)
{
    rm_status status = open(p, "rm_problem_get_reduced_costs", RM_NAME_VARIABLE, count, index);
    if (status == RM_OK)
        status = rm_need_rounding(p, "rm_problem_get_reduced_costs");
    if (status != RM_OK)
        return status;
    if (!cost && count > 0)
        return rm_fail(p, "rm_problem_get_reduced_costs", RM_ERROR_NULL, "cost is NULL");
    rm_view v = rm_problem_view(p);
    rm_offers offers = {NULL, NULL, NULL};
    if (p->rows > 1)
        rm_many_offers(p, &offers);
    rm_open_asking(p);
    for (int64_t k = 0; k < count; k++) {
        int64_t i = rm_at(index, k);
        rm_pieces pieces;
        rm_view_pieces(&v, i, &pieces);
        double x = rm_doubles(p, RM_X)[i], magnitude;
        double a = p->rows > 1 ? 1 : p->rows > 0 ? rm_view_coef(&v, i) : 0;
        double y = p->rows > 1 ? offers.high[i] : p->water.multiplier, y_low = p->rows > 1 ? offers.low[i] : 0;
        int between = x > pieces.whole.lower && x < pieces.whole.upper, hole = rm_flags(p)[i] & RM_HOLE;
        rm_cost c = piece_at_bound(&pieces, x);
        double d = between || hole ? 0 : rm_cost_reduced(&c, x, a, y, y_low, &magnitude);
        /* A hair of the wrong sign is rounding of the price. */
        if (pieces.whole.lower < pieces.whole.upper && (x <= pieces.whole.lower ? d < 0 : d > 0))
            d = 0;
        cost[k] = d;
    }
    return rm_close_asking(p, "rm_problem_get_reduced_costs", RM_OK);
}

rm_status rm_problem_get_row_ranges(rm_problem *p, int64_t count, const int64_t *row, double *dual_low,
                                    double *dual_high, double *side_low, double *side_high)
{
    rm_status status = open(p, "rm_problem_get_row_ranges", RM_NAME_ROW, count, row);
    if (status == RM_OK)
        status = rm_need_rounding(p, "rm_problem_get_row_ranges");
    if (status == RM_OK && p->rows > 1)
        return rm_fail(p, "rm_problem_get_row_ranges", RM_ERROR_NOT_SUPPORTED,
                       "the problem has more than one row, and this version knows the ranges of at most one");
    if (status != RM_OK || count == 0)
        return status;
    rm_view v = rm_problem_view(p);
    rm_row sides = rm_problem_row(p);
    int64_t passes = 0;
    rm_watch watch = rm_watch_none(&passes);
    double low = 0, high = 0, from = 0, to = 0;
    rm_open_asking(p);
    rm_waterfill_prices(&v, sides, &p->water, rm_doubles(p, RM_X), &watch, &low, &high);
    if (side_low || side_high)
        rm_waterfill_totals(&v, sides, &p->water, rm_doubles(p, RM_X), &watch, &from, &to);
    for (int64_t k = 0; k < count; k++) {
        put(dual_low, k, low);
        put(dual_high, k, high);
        put(side_low, k, from);
        put(side_high, k, to);
    }
    return rm_close_asking(p, "rm_problem_get_row_ranges", RM_OK);
}

static const double *figure_of(const rm_figures *f, int32_t key)
{
    switch (key) {
    case RM_INFO_OBJECTIVE:
        return &f->objective;
    case RM_INFO_BOUND:
        return &f->bound;
    case RM_INFO_GAP:
        return &f->gap;
    case RM_INFO_ROW_RESIDUAL:
        return &f->row_residual;
    case RM_INFO_ROW_RESIDUAL_RELATIVE:
        return &f->row_residual_relative;
    case RM_INFO_BOUND_RESIDUAL:
        return &f->bound_residual;
    case RM_INFO_DUAL_RESIDUAL:
        return &f->dual_residual;
    default:
        return NULL;
    }
}

/* The figures of the last answer, worked out at the first question.  The handle
 * is const there because nothing that can be read changes. */
static void find_figures(const rm_problem *asked)
{
    rm_problem *p = (rm_problem *)(uintptr_t)asked;
    rm_view v = rm_problem_view(p);
    int64_t passes = 0;
    rm_watch watch = rm_watch_none(&passes);
    rm_open_asking(p);
    rm_verify(&v, rm_problem_row(p), p->constant, rm_doubles(p, RM_X), rm_missed(p), p->water.multiplier, &watch,
              &p->figures);
    p->has_figures = p->asked.status == RM_OK;
}

rm_status rm_problem_get_info_f64(const rm_problem *p, int32_t key, double *value)
{
    if (!p || !value)
        return RM_ERROR_NULL;
    const double *figure = figure_of(&p->figures, key);
    if (figure && !p->has_answer)
        return RM_ERROR_NO_ANSWER;
    if (figure && !p->has_figures) {
        if (!rm_float_environment_ok())
            return RM_ERROR_FLOAT_ENVIRONMENT;
        find_figures(p);
        if (!p->has_figures)
            return p->asked.status;
    }
    if (figure)
        *value = *figure;
    else if (key == RM_INFO_SECONDS)
        *value = p->seconds;
    else if (key == RM_INFO_SHORTFALL)
        *value = p->status == RM_INFEASIBLE ? p->water.shortfall : p->has_answer ? rm_missed(p) : 0;
    else
        return RM_ERROR_RANGE;
    return RM_OK;
}

rm_status rm_problem_get_info_i64(const rm_problem *p, int32_t key, int64_t *value)
{
    if (!p || !value)
        return RM_ERROR_NULL;
    switch (key) {
    case RM_INFO_VARIABLES:
        *value = p->variables;
        return RM_OK;
    case RM_INFO_ROWS:
        *value = p->rows;
        return RM_OK;
    case RM_INFO_ACTIVE_VARIABLES:
        *value = p->variables - p->holes;
        return RM_OK;
    case RM_INFO_HAS_ANSWER:
        *value = p->has_answer;
        return RM_OK;
    case RM_INFO_STATUS:
        *value = p->status;
        return RM_OK;
    case RM_INFO_SOLVER:
        *value = p->solver;
        return RM_OK;
    case RM_INFO_ITERATIONS:
        *value = p->passes;
        return RM_OK;
    default:
        return RM_ERROR_RANGE;
    }
}

static rm_status check_answer(rm_problem *p, const char *call, const char *what, int32_t kind, int64_t count,
                              const double *value)
{
    rm_status status = rm_check_values(p, call, what, kind, count, NULL, value, RM_FINITE);
    return status == RM_OK && !value ? need_answer(p, call) : status;
}

static void verify_one_row(rm_problem *p, const double *x, const double *dual, const rm_watch *watch, rm_figures *f)
{
    rm_problem_spread(p);
    rm_view v = rm_problem_view(p);
    rm_row row = rm_problem_row(p);
    double y = p->rows == 0 ? 0 : dual ? dual[0] : p->water.multiplier;
    double miss = x ? rm_verify_miss(&v, row, x) : rm_missed(p);
    rm_verify(&v, row, p->constant, x ? x : rm_doubles(p, RM_X), miss, y, watch, f);
}

rm_status rm_problem_verify(rm_problem *p, const double *x, const double *dual, int64_t count, const int32_t *key,
                            double *value)
{
    static const char *const call = "rm_problem_verify";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (count < 0)
        return rm_fail_integer(p, call, "count", count, "at least 0");
    if (count > 0 && (!key || !value))
        return rm_fail(p, call, RM_ERROR_NULL, key ? "value is NULL" : "key is NULL");
    rm_figures f;
    for (int64_t k = 0; k < count; k++)
        if (!figure_of(&f, key[k]))
            return rm_fail_integer(p, call, "key", key[k],
                                   "one of the figures that the header lists for rm_problem_verify");
    status = check_answer(p, call, "x", RM_NAME_VARIABLE, p->variables, x);
    if (status == RM_OK && p->rows > 0)
        status = check_answer(p, call, "dual", RM_NAME_ROW, p->rows, dual);
    if (status != RM_OK)
        return status;
    status = rm_need_rounding(p, call);
    if (status != RM_OK)
        return status;
    if (p->rows > 1) {
        status = rm_many_prepare_to_verify(p, call);
        if (status != RM_OK)
            return status;
    }
    int64_t passes = 0;
    rm_watch watch = rm_watch_none(&passes);
    rm_open_asking(p);
    if (p->rows > 1)
        rm_many_verify(p, x ? x : rm_doubles(p, RM_X), dual ? dual : p->duals.data, &watch, &f);
    else
        verify_one_row(p, x, dual, &watch, &f);
    for (int64_t k = 0; k < count; k++)
        value[k] = *figure_of(&f, key[k]);
    return rm_close_asking(p, call, RM_OK);
}

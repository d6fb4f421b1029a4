/* Adding rows and setting their sides. */
#include "api/problem.h"

static rm_status check_sides(rm_problem *p, const char *call, double lower, double upper)
{
    if (isnan(lower) || isnan(upper))
        return rm_fail_value(p, call, RM_ERROR_NAN, isnan(lower) ? "lower" : "upper", NAN, "a number");
    if (!(lower < INFINITY))
        return rm_fail_value(p, call, RM_ERROR_RANGE, "lower", lower, "a number below +infinity");
    if (!(upper > -INFINITY))
        return rm_fail_value(p, call, RM_ERROR_RANGE, "upper", upper, "a number above -infinity");
    return rm_check_order(p, call, RM_NAME_ROW, p->rows, lower, upper);
}

/* What a row names: every variable, or a list of coefficients. */
static rm_status check_members(rm_problem *p, const char *call, int64_t count, const int64_t *index, const double *coef)
{
    if (count == RM_ALL) {
        if (index || coef)
            return rm_fail(p, call, RM_ERROR_RANGE,
                           "with count RM_ALL index and coef must be NULL; to give coefficients pass their number");
        return RM_OK;
    }
    rm_status status = rm_check_indices(p, call, RM_NAME_VARIABLE, count, index, RM_NO_HOLES | RM_NO_TWICE);
    if (status == RM_OK)
        status = rm_check_values(p, call, "coef", RM_NAME_VARIABLE, count, index, coef, RM_FINITE);
    return status;
}

/* Room for so many rows more, and for their members; `members` RM_ALL: they name none. */
static rm_status reserve_rows(rm_problem *p, int64_t rows, int64_t members)
{
    int64_t size = (int64_t)sizeof(rm_row_data);
    int64_t have = p->row.bytes / size;
    rm_status status = RM_OK;
    if (p->rows + rows > have)
        status = rm_block_reserve(p, &p->row, rm_grown(have, p->rows + rows) * size);
    if (members == RM_ALL || status != RM_OK)
        return status;
    int64_t held = p->pool_index.bytes / (int64_t)sizeof(int64_t), wanted = p->pool + members;
    int64_t grown = wanted > held ? rm_grown(held, wanted) : held;
    status = rm_reserve_array(p, RM_COEF);
    if (status == RM_OK)
        status = rm_block_reserve(p, &p->pool_index, grown * (int64_t)sizeof(int64_t));
    if (status == RM_OK)
        status = rm_block_reserve(p, &p->pool_coef, grown * (int64_t)sizeof(double));
    return status;
}

static void put_row(rm_problem *p, int64_t count, const int64_t *index, const double *coef, double lower, double upper)
{
    rm_rows(p)[p->rows++] = (rm_row_data){lower, upper, p->pool, count, NULL, 0, INFINITY, INFINITY, 0};
    int64_t *pool_index = p->pool_index.data;
    double *pool_coef = p->pool_coef.data;
    for (int64_t k = 0; k < count; k++) {
        pool_index[p->pool + k] = rm_at(index, k);
        pool_coef[p->pool + k] = coef ? coef[k] : 1;
    }
    if (count > 0)
        p->pool += count;
}

rm_status rm_problem_add_row(rm_problem *p, int64_t count, const int64_t *index, const double *coef, double lower,
                             double upper, int64_t *row)
{
    static const char *const call = "rm_problem_add_row";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    status = check_sides(p, call, lower, upper);
    if (status == RM_OK)
        status = check_members(p, call, count, index, coef);
    if (status != RM_OK)
        return status;
    if (p->rows >= RM_MOST_ROWS)
        return rm_fail(p, call, RM_ERROR_RANGE, "there are 2^31 rows already, the most a problem may have");
    if (reserve_rows(p, 1, count) != RM_OK)
        return rm_fail_memory(p, call);
    if (row)
        *row = p->rows;
    put_row(p, count, index, coef, lower, upper);
    rm_withdraw_shape(p);
    return RM_OK;
}

rm_status rm_problem_add_rows(rm_problem *p, int64_t rows, const int64_t *start, const int64_t *index,
                              const double *coef, const double *lower, const double *upper, int64_t *first)
{
    static const char *const call = "rm_problem_add_rows";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (rows < 0 || rows > RM_MOST_ROWS - p->rows)
        return rm_fail_integer(p, call, "rows", rows, "at least 0, and at most 2^31 with the rows that are there");
    if (rows > 0 && (!start || !lower || !upper))
        return rm_fail(p, call, RM_ERROR_NULL, !start ? "start is NULL" : !lower ? "lower is NULL" : "upper is NULL");
    for (int64_t r = 0; r < rows; r++) {
        if (start[r] < 0 || start[r + 1] < start[r])
            return rm_fail_integer(p, call, "start", start[r + 1], "at least the one before, and the first at least 0");
        if (start[r + 1] > start[r] && !index)
            return rm_fail(p, call, RM_ERROR_NULL, "index is NULL");
    }
    for (int64_t r = 0; r < rows && status == RM_OK; r++) {
        int64_t from = start[r], count = start[r + 1] - from;
        status = check_sides(p, call, lower[r], upper[r]);
        if (status == RM_OK)
            status =
                check_members(p, call, count, count > 0 ? index + from : NULL, coef && count > 0 ? coef + from : NULL);
    }
    if (status != RM_OK)
        return status;
    if (rows > 0 && reserve_rows(p, rows, start[rows] - start[0]) != RM_OK)
        return rm_fail_memory(p, call);
    if (first)
        *first = p->rows;
    for (int64_t r = 0; r < rows; r++)
        put_row(p, start[r + 1] - start[r], index ? index + start[r] : NULL, coef ? coef + start[r] : NULL, lower[r],
                upper[r]);
    if (rows > 0)
        rm_withdraw_shape(p);
    return RM_OK;
}

rm_status rm_problem_set_row_bounds(rm_problem *p, int64_t count, const int64_t *row, const double *lower,
                                    const double *upper)
{
    static const char *const call = "rm_problem_set_row_bounds";
    rm_status status = rm_enter(p);
    if (status == RM_OK)
        status = rm_check_indices(p, call, RM_NAME_ROW, count, row, RM_NO_TWICE);
    if (status == RM_OK)
        status = rm_check_values(p, call, "lower", RM_NAME_ROW, count, row, lower, RM_BELOW_INFINITY);
    if (status == RM_OK)
        status = rm_check_values(p, call, "upper", RM_NAME_ROW, count, row, upper, RM_ABOVE_MINUS_INFINITY);
    for (int64_t k = 0; k < count && status == RM_OK; k++) {
        const rm_row_data *r = &rm_rows(p)[rm_at(row, k)];
        status = rm_check_order(p, call, RM_NAME_ROW, rm_at(row, k), lower ? lower[k] : r->lower,
                                upper ? upper[k] : r->upper);
    }
    if (status != RM_OK)
        return status;
    for (int64_t k = 0; k < count; k++) {
        rm_row_data *r = &rm_rows(p)[rm_at(row, k)];
        r->lower = lower ? lower[k] : r->lower;
        r->upper = upper ? upper[k] : r->upper;
    }
    if (count > 0 && (lower || upper))
        rm_withdraw(p);
    return RM_OK;
}

rm_status rm_problem_set_row_penalty(rm_problem *p, int64_t count, const int64_t *row, const double *under,
                                     const double *over, const double *quadratic)
{
    static const char *const call = "rm_problem_set_row_penalty";
    rm_status status = rm_enter(p);
    if (status == RM_OK)
        status = rm_check_indices(p, call, RM_NAME_ROW, count, row, RM_NO_TWICE);
    if (status == RM_OK)
        status = rm_check_values(p, call, "under", RM_NAME_ROW, count, row, under, RM_NOT_BELOW_ZERO);
    if (status == RM_OK)
        status = rm_check_values(p, call, "over", RM_NAME_ROW, count, row, over, RM_NOT_BELOW_ZERO);
    if (status == RM_OK)
        status = rm_check_values(p, call, "quadratic", RM_NAME_ROW, count, row, quadratic, RM_NOT_NEGATIVE);
    if (status != RM_OK)
        return status;
    for (int64_t k = 0; k < count; k++) {
        rm_row_data *r = &rm_rows(p)[rm_at(row, k)];
        r->under = under ? under[k] : r->under;
        r->over = over ? over[k] : r->over;
        r->quadratic = quadratic ? quadratic[k] : r->quadratic;
    }
    if (count > 0 && (under || over || quadratic))
        rm_withdraw(p);
    return RM_OK;
}

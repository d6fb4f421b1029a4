/* Setting prices and bounds; families.c sets the rest of the cost. */
#include "api/problem.h"

static void put(rm_problem *p, int which, int64_t count, const int64_t *index, const double *value)
{
    double *to = rm_doubles(p, which);
    if (value && count > 0)
        p->plain &= ~(1u << which);
    for (int64_t k = 0; value && k < count; k++)
        to[rm_at(index, k)] = value[k];
}

static rm_status check_list(rm_problem *p, const char *call, int64_t count, const int64_t *index)
{
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    return rm_check_indices(p, call, RM_NAME_VARIABLE, count, index, RM_NO_HOLES | RM_NO_TWICE);
}

rm_status rm_problem_set_price(rm_problem *p, int64_t count, const int64_t *index, const double *price)
{
    static const char *const call = "rm_problem_set_price";
    rm_status status = check_list(p, call, count, index);
    if (status == RM_OK)
        status = rm_check_values(p, call, "price", RM_NAME_VARIABLE, count, index, price, RM_FINITE);
    if (status != RM_OK)
        return status;
    put(p, RM_PRICE, count, index, price);
    if (count > 0 && price)
        rm_withdraw_all(p);
    return RM_OK;
}

rm_status rm_problem_set_constant(rm_problem *p, double constant)
{
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (!isfinite(constant))
        return rm_fail_value(p, "rm_problem_set_constant", isnan(constant) ? RM_ERROR_NAN : RM_ERROR_RANGE,
                             "constant", constant, "a finite number");
    p->constant = constant;
    rm_withdraw(p);
    return RM_OK;
}

rm_status rm_problem_set_bounds(rm_problem *p, int64_t count, const int64_t *index, const double *lower,
                                const double *upper)
{
    static const char *const call = "rm_problem_set_bounds";
    rm_status status = check_list(p, call, count, index);
    if (status == RM_OK)
        status = rm_check_values(p, call, "lower", RM_NAME_VARIABLE, count, index, lower, RM_BELOW_INFINITY);
    if (status == RM_OK)
        status = rm_check_values(p, call, "upper", RM_NAME_VARIABLE, count, index, upper, RM_ABOVE_MINUS_INFINITY);
    for (int64_t k = 0; k < count && status == RM_OK; k++) {
        int64_t i = rm_at(index, k);
        double low = lower ? lower[k] : rm_doubles(p, RM_LOWER)[i];
        double high = upper ? upper[k] : rm_doubles(p, RM_UPPER)[i];
        status = rm_check_order(p, call, RM_NAME_VARIABLE, i, low, high);
        if (status == RM_OK)
            status = rm_check_domain(p, call, i, rm_family(p, i), rm_parameter(p, i), low, high);
    }
    if (status != RM_OK)
        return status;
    put(p, RM_LOWER, count, index, lower);
    put(p, RM_UPPER, count, index, upper);
    if (count > 0 && (lower || upper))
        rm_withdraw_all(p);
    return RM_OK;
}

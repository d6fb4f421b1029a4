/* rm_waterfill: the caller's arrays, looked at and solved. */
#include "solve/fast.h"

/* Finite numbers, or NULL. */
static rm_status look_finite(const double *v, int64_t i)
{
    if (!v || isfinite(v[i]))
        return RM_OK;
    return isnan(v[i]) ? RM_ERROR_NAN : RM_ERROR_RANGE;
}

static rm_status look_at(const rm_view *v, int64_t i)
{
    const double *finite[] = {v->weight, v->target, v->price, v->coef};
    for (int k = 0; k < 4; k++) {
        rm_status status = look_finite(finite[k], i);
        if (status != RM_OK)
            return status;
    }
    rm_cost c = rm_view_cost(v, i);
    if (isnan(c.lower) || isnan(c.upper))
        return RM_ERROR_NAN;
    if (c.weight < 0 || c.lower > c.upper || c.lower == INFINITY || c.upper == -INFINITY)
        return RM_ERROR_RANGE;
    return RM_OK;
}

rm_status rm_waterfill(int64_t n, const double *weight, const double *target, const double *price,
                       const double *coef, const double *lower, const double *upper, double total, double *x,
                       double *multiplier, int64_t *where)
{
    int64_t nowhere;
    if (!where)
        where = &nowhere;
    *where = -1;
    if (n < 0 || n > RM_MOST_VARIABLES || isinf(total))
        return RM_ERROR_RANGE;
    if (isnan(total))
        return RM_ERROR_NAN;
    if (!rm_float_environment_ok())
        return RM_ERROR_FLOAT_ENVIRONMENT;
    rm_view v = {.n = n, .weight = weight, .target = target, .price = price, .coef = coef, .lower = lower,
                 .upper = upper};
    int64_t passes = 0;
    rm_watch watch = rm_watch_none(&passes);
    rm_water found;
    int done;
    rm_status status = rm_fast_solve(&v, total, x, &watch, NULL, NULL, &found, &done);
    if (done) {
        if (multiplier && status == RM_OK)
            *multiplier = found.multiplier;
        return status;
    }
    for (int64_t i = 0; i < n; i++) {
        status = look_at(&v, i);
        if (status != RM_OK) {
            *where = i;
            return status;
        }
    }
    rm_row row = {total, total};
    status = rm_waterfill_solve(&v, row, x, &watch, &found);
    if (status == RM_UNBOUNDED)
        *where = found.runaway[0];
    if (status != RM_OK)
        return status;
    if (x && rm_verify_stationarity(&v, row, x, found.multiplier) > RM_STATIONARY)
        return RM_INACCURATE;
    if (multiplier)
        *multiplier = found.multiplier;
    return RM_OK;
}

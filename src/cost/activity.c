/* See activity.h. */
#include "cost/activity.h"

void rm_reach_clear(rm_reach *r)
{
    memset(r, 0, sizeof *r);
}

void rm_reach_range(rm_reach *r, const rm_view *v, int64_t begin, int64_t end)
{
    for (int64_t i = begin; i < end; i++) {
        double a = rm_view_coef(v, i);
        if (a == 0)
            continue;
        r->members += !rm_view_is_slack(v, i);
        rm_cost c = rm_view_cost(v, i);
        double low = rm_end_of(&c, a, -1), high = rm_end_of(&c, a, 1);
        if (isfinite(low))
            rm_sum_add_product(&r->least, a, low);
        else
            r->least_open++;
        if (isfinite(high))
            rm_sum_add_product(&r->most, a, high);
        else
            r->most_open++;
        r->least_missed += rm_cost_is_open(&c, a > 0 ? 0 : 1);
        r->most_missed += rm_cost_is_open(&c, a > 0 ? 1 : 0);
    }
}

void rm_total_clear(rm_total *t)
{
    memset(t, 0, sizeof *t);
}

void rm_total_range(rm_total *t, const rm_view *v, const double *x, int64_t begin, int64_t end)
{
    for (int64_t i = begin; i < end; i++) {
        double a = rm_view_coef(v, i);
        if (a == 0)
            continue;
        rm_cost c = rm_view_cost(v, i);
        rm_sum_add_product(&t->sum, a, x[i]);
        rm_sum_add_product(&t->allowance, 4 * RM_UNIT * fabs(a), fabs(x[i]));
        if (x[i] > c.lower && x[i] < c.upper) {
            rm_sum_add_product(&t->free_allowance, 4 * RM_UNIT * fabs(a), fabs(x[i]));
            t->free_count++;
        }
    }
}

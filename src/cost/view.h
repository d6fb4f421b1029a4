/* The arrays of a problem with one row, as the caller or the handle has them. */
#ifndef RM_COST_VIEW_H
#define RM_COST_VIEW_H

#include "cost/cost.h"

/* NULL arrays stand for weight 1, target 0, price 0, coefficient 1, lower 0,
 * upper +infinity. */
typedef struct rm_view {
    int64_t n;
    const double *weight, *target, *price, *coef, *lower, *upper;
    const unsigned char *family; /* NULL: all quadratic */
    const double *shape;         /* NULL: no alpha-fair cost */
    struct {
        const double *current, *up, *down; /* `current` NULL: nobody pays for moving */
    } move;
    struct {
        const int64_t *start, *count; /* variable i's part of the next two; `count` NULL: no piecewise linear cost */
        const double *breakpoint, *slope;
    } step;
    struct {
        const int64_t *at; /* where among the records, counted from 1 */
        struct rm_custom *record; /* NULL: no custom cost */
    } custom;
    /* A row that may be missed: then the last of the n variables is by how much, upwards where the sum is
     * short.  It has coefficient 1 and stands in no array. */
    struct {
        int on;
        double under, over, quadratic; /* per unit short and too many, infinite: not allowed; per unit squared */
    } slack;
} rm_view;

/* Whether all costs are quadratic or linear and without kinks. */
static inline int rm_view_is_plain(const rm_view *v)
{
    return !v->family && !v->move.current && !v->step.count && !v->slack.on;
}

static inline int rm_view_is_slack(const rm_view *v, int64_t i)
{
    return v->slack.on && i == v->n - 1;
}

/* `count` variables from `begin` on; not of a row that may be missed. */
static inline rm_view rm_view_part(const rm_view *v, int64_t begin, int64_t count)
{
    rm_view p = *v;
    const double **array[] = {&p.weight, &p.target, &p.price, &p.coef, &p.lower, &p.upper, &p.shape,
                              &p.move.current, &p.move.up, &p.move.down};
    p.n = count;
    for (int k = 0; k < 10; k++)
        *array[k] = *array[k] ? *array[k] + begin : NULL;
    p.family = p.family ? p.family + begin : NULL;
    p.step.start = p.step.start ? p.step.start + begin : NULL;
    p.step.count = p.step.count ? p.step.count + begin : NULL;
    p.custom.at = p.custom.at ? p.custom.at + begin : NULL;
    return p;
}

/* What the arrays say of it, as a quadratic cost. */
static inline rm_cost rm_view_plain_cost(const rm_view *v, int64_t i)
{
    return (rm_cost){.weight = v->weight ? v->weight[i] : 1, .target = v->target ? v->target[i] : 0,
                     .price = v->price ? v->price[i] : 0, .lower = v->lower ? v->lower[i] : 0,
                     .upper = v->upper ? v->upper[i] : INFINITY};
}

/* rm_view_cost for views that are not plain (pieces.c). */
rm_cost rm_view_other_cost(const rm_view *v, int64_t i);

/* The cost of variable i, kinks left out, with its domain within the bounds. */
static inline rm_cost rm_view_cost(const rm_view *v, int64_t i)
{
    if (!rm_view_is_plain(v))
        return rm_view_other_cost(v, i);
    return rm_view_plain_cost(v, i);
}

static inline double rm_view_coef(const rm_view *v, int64_t i)
{
    return v->coef && !rm_view_is_slack(v, i) ? v->coef[i] : 1;
}

#endif

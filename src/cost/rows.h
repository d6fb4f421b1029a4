/* Several rows over the variables of a view. */
#ifndef RM_COST_ROWS_H
#define RM_COST_ROWS_H

#include "base/base.h"

/* A row: its sides, and its part of the members. */
typedef struct rm_line {
    double lower, upper;
    int64_t start, count; /* count RM_ALL: every variable, coefficient 1 */
} rm_line;

typedef struct rm_row_set {
    int64_t count, variables;
    const rm_line *line;
    const int64_t *index; /* members of all rows, */
    const double *coef;   /* and their coefficients */
} rm_row_set;

static inline int64_t rm_row_size(const rm_row_set *r, int64_t k)
{
    return r->line[k].count == RM_ALL ? r->variables : r->line[k].count;
}

/* The j-th member of row k. */
static inline int64_t rm_row_member(const rm_row_set *r, int64_t k, int64_t j)
{
    return r->line[k].count == RM_ALL ? j : r->index[r->line[k].start + j];
}

static inline double rm_row_coef(const rm_row_set *r, int64_t k, int64_t j)
{
    return r->line[k].count == RM_ALL ? 1 : r->coef[r->line[k].start + j];
}

#endif

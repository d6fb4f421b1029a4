/* A span of prices, narrowed by what variables that stay where they are allow. */
#ifndef RM_SOLVE_SPAN_H
#define RM_SOLVE_SPAN_H

#include "cost/answer.h"

/* Prices from `low` to `high`. */
typedef struct rm_span {
    rm_price low, high;
} rm_span;

/* All prices. */
rm_span rm_span_all(void);
int rm_span_less(rm_price a, rm_price b);
/* A variable that stays at x allows prices up to (side > 0) or from its breakpoint there. */
void rm_span_limit(rm_span *s, const rm_cost *c, double x, double a, int side);
/* Which of the two it is at x, an end of the domain. */
int rm_span_side(const rm_cost *c, double a, double x);
/* An end as a double. */
double rm_span_round(rm_price y);

#endif

/* What a sample tells of the price. */
#ifndef RM_SOLVE_SAMPLE_H
#define RM_SOLVE_SAMPLE_H

#include "solve/balance.h"

/* A bracket is never narrower than this share of its price. */
#define RM_NARROWEST 0x1p-40
/* No share that a sample tells is known better than to this. */
#define RM_LEAST_SHARE (1.0 / 512)

typedef struct rm_estimate {
    int known;
    int few_off;       /* few variables are not at 0, and bracket.high is no statistics: see sample.c */
    rm_search bracket;
    double half;       /* of its width */
    double share;      /* of the variables that it leaves undecided */
} rm_estimate;

/* Whether no term of the row can be negative, as on the simplex. */
static inline int rm_sample_unsigned(const rm_view *v)
{
    return !v->coef && !v->lower;
}

/* A bracket of prices, and a price to start with.  Uses the quads of the work. */
void rm_sample_price(rm_work *w, rm_estimate *e);
/* About the share of all variables that a bracket leaves undecided, by a small sample. */
double rm_sample_share(const rm_work *w, double low, double high);

#endif

/* The price of a small problem: a search by Newton's method on the sums of some
 * variables and a straight line for all others. */
#ifndef RM_SOLVE_BALANCE_H
#define RM_SOLVE_BALANCE_H

#include "solve/sweep.h"

enum {
    RM_FEW = 448,          /* so many variables are gathered on the stack */
    RM_ROOM = RM_FEW + 32  /* with space for whole vectors */
};

/* A problem on the short way (fast.c): the total to be met by the variables of the
 * view, or by the quads and what is known of the others. */
typedef struct rm_work {
    const rm_view *view;
    const rm_kernels *kernels;
    rm_sweep sweep;
    double total;
    double *x;      /* may be NULL */
    int kept;       /* x holds reciprocals of the weights (kernels.h) */
    rm_quads quads;
    rm_sifted base; /* what the others give */
    double slope;   /* of the sum at the price found */
    int beyond;     /* the total seems to be at or beyond all that prices can give: 1 above, -1 below */
} rm_work;

/* What a search for the price ends with. */
enum { RM_GO_ON = -1, RM_FOUND, RM_BELOW, RM_ABOVE, RM_LOST };

/* What is known of the price, and where the search stands. */
typedef struct rm_search {
    double low, high;   /* where it lies, as far as is known; prices tried, but for the first */
    int soft;           /* it may lie beyond the first ends too */
    int tried_low, tried_high;
    double missing, excess; /* by how much the sum falls short at `low`, goes beyond at `high`, where they were tried */
    int halvings;
    double y;
} rm_search;

/* (total - sum) / slope as two doubles. */
rm_pair rm_search_piece(double total, const rm_sifted *s);

/* Takes the sums at s->y in; the next price is put there.  RM_FOUND when it is the
 * same, RM_BELOW or RM_ABOVE when the solution is not within the first ends (*next
 * tells where Newton would go), RM_LOST when there is no telling, or RM_GO_ON. */
int rm_search_step(rm_search *s, double total, double sum, double slope, double *next);

/* The middle of two ends: 0 between two signs, the geometric mean of two magnitudes
 * far apart, ever nearer to 0 where that is one of them, else the mean. */
double rm_search_middle(double low, double high, int halvings);

/* A search over the quads alone that knows nothing yet. */
rm_search rm_search_open(const rm_work *w);

/* The price of the base and the quads, from s->y on. */
int rm_balance(rm_work *w, rm_search *s, rm_pair *found);

#endif

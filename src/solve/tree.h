/* TREE: nested rows with coefficients 1, solved exactly.  The essay is in tree.c. */
#ifndef RM_SOLVE_TREE_H
#define RM_SOLVE_TREE_H

#include "base/pair.h"
#include "cost/rows.h"
#include "solve/nest.h"
#include "solve/waterfill.h"

/* What a solve needs, arrays in one piece of memory. */
typedef struct rm_tree {
    rm_nest nest;
    rm_view view; /* the variables in the order of the nest, with the bounds that rows imply */
    double *lower, *upper, *trial, *x;
    rm_pair *low, *high;          /* by row: the prices at which its sides begin to bind */
    rm_pair *price;               /* and what its variables are offered in the end */
    double *least, *most;         /* what they can carry by themselves, its own sides left out; where it is wanted: */
    int closely;                  /* set after rm_tree_lay_out */
    rm_line *line;                /* the rows' sides; of rows over the same variables the outermost has those of all */
    int64_t *by_lower, *by_upper; /* and whose they are */
    int64_t row, named;           /* of an outcome: which row, or -1; and the one whose side it is about */
} rm_tree;

/* Bytes for so many variables and rows; and the arrays laid out in them. */
int64_t rm_tree_room(int64_t variables, int64_t rows);
void rm_tree_lay_out(rm_tree *t, void *room, int64_t variables, int64_t rows);

/* Solves the rows, which t->nest has been found for.  x and `dual`, one for each row, are written on RM_OK only;
 * they still have to be checked.  RM_OK, RM_INFEASIBLE, RM_UNBOUNDED (with t->row, and variables by their own
 * indices), RM_INACCURATE (a price or an answer overflows), or what the watch says. */
rm_status rm_tree_solve(rm_tree *t, const rm_view *v, const rm_row_set *r, rm_watch *watch, double *x, double *dual,
                        rm_water *out);

#endif

/* Whether rows are nested, and the order in which each of them is one run of variables. */
#ifndef RM_SOLVE_NEST_H
#define RM_SOLVE_NEST_H

#include "base/order.h"
#include "cost/rows.h"

/* Arrays with room for all rows, or for all variables. */
typedef struct rm_nest {
    int64_t *order;    /* rows, outer ones first; what is inside a row follows it at once */
    int64_t *parent;   /* the smallest row around it, or -1 */
    int64_t *begin;    /* where its variables begin in the new order */
    int64_t *size;     /* how many they are */
    int64_t *at, *who; /* where a variable stands, and who stands at a place */
    int64_t *seen;     /* room for counts, by row */
    int64_t *owner;    /* and by variable */
    rm_ranked *list, *spare;
} rm_nest;

enum { RM_NESTED, RM_CROSSING, RM_NOT_UNIT };

/* RM_NESTED; RM_CROSSING with two rows that share variables and neither holds the other; RM_NOT_UNIT with a row that has
 * a coefficient other than 1.  O(members + rows). */
int rm_nest_find(const rm_row_set *r, rm_nest *nest, int64_t clash[2]);

#endif

/* Why a row cannot be met: the conflict as a list. */
#ifndef RM_SOLVE_EXPLAIN_H
#define RM_SOLVE_EXPLAIN_H

#include "solve/tree.h"

typedef struct rm_conflict_item {
    int32_t kind;
    int64_t index;
    double multiplier, repair;
} rm_conflict_item;

/* Items that rm_conflict_list will write: the row's side and a bound of each
 * member. */
int64_t rm_conflict_size(const rm_water *w);
void rm_conflict_list(const rm_view *v, rm_row row, const rm_water *w, rm_conflict_item *item);
/* The same for nested rows, after rm_tree_solve has found row t->row infeasible: with room for an item for each row
 * and each variable and one more, returns how many there are.  A repair that would not do alone is infinite. */
int64_t rm_conflict_nested(rm_tree *t, const rm_row_set *r, const rm_view *v, const rm_water *w, rm_conflict_item *item);

#endif

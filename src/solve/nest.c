/* Nested rows.
 *
 * Rows are sorted by their first variable, larger ones first among equals.  Nested rows then stand in the order of a
 * walk through the tree from above: a row is followed by those inside it.  From the last to the first, so from
 * within, each row takes over the rows that its members belong to so far.  Those must lie in it as a whole: where a
 * row is taken over in part, the two cross; so every pair that is not nested is found.
 *
 * Each row gets a run of places within that of the row around it: those inside it first, then its own variables.
 */
#include "solve/nest.h"

static int64_t first_member(const rm_row_set *r, int64_t k)
{
    int64_t least = r->variables;
    for (int64_t j = 0; j < rm_row_size(r, k) && least > 0; j++)
        if (rm_row_member(r, k, j) < least)
            least = rm_row_member(r, k, j);
    return least;
}

static int has_other_coef(const rm_row_set *r, int64_t k)
{
    for (int64_t j = 0; j < rm_row_size(r, k); j++)
        if (rm_row_coef(r, k, j) != 1)
            return 1;
    return 0;
}

static void sort_rows(const rm_row_set *r, rm_nest *nest)
{
    for (int64_t k = 0; k < r->count; k++)
        nest->list[k] = (rm_ranked){~(uint64_t)rm_row_size(r, k), k};
    rm_ranked *sorted = rm_order(nest->list, nest->spare, r->count);
    for (int64_t k = 0; k < r->count; k++)
        sorted[k].key = (uint64_t)first_member(r, sorted[k].what);
    sorted = rm_order(sorted, sorted == nest->list ? nest->spare : nest->list, r->count);
    for (int64_t k = 0; k < r->count; k++)
        nest->order[k] = sorted[k].what;
}

/* Row k takes over the rows of its members.  Returns one that it takes over in part, or -1. */
static int64_t take_over(const rm_row_set *r, rm_nest *nest, int64_t k)
{
    int64_t size = rm_row_size(r, k);
    for (int64_t j = 0; j < size; j++) {
        int64_t inner = nest->owner[rm_row_member(r, k, j)];
        if (inner >= 0)
            nest->seen[inner]++;
    }
    for (int64_t j = 0; j < size; j++) {
        int64_t i = rm_row_member(r, k, j), inner = nest->owner[i];
        if (inner < 0)
            nest->at[i] = k; /* the smallest row around it */
        else if (nest->seen[inner] != nest->size[inner])
            return inner;
        else
            nest->parent[inner] = k;
        nest->owner[i] = k;
    }
    return -1;
}

static void give_places(const rm_row_set *r, rm_nest *nest)
{
    int64_t cursor = 0, *next = nest->seen;
    for (int64_t j = 0; j < r->count; j++) {
        int64_t k = nest->order[j], around = nest->parent[k];
        int64_t *from = around < 0 ? &cursor : &next[around];
        nest->begin[k] = next[k] = *from;
        *from += nest->size[k];
    }
    for (int64_t i = 0; i < r->variables; i++) {
        int64_t k = nest->at[i];
        int64_t place = k < 0 ? cursor++ : next[k]++;
        nest->at[i] = place;
        nest->who[place] = i;
    }
}

int rm_nest_find(const rm_row_set *r, rm_nest *nest, int64_t clash[2])
{
    for (int64_t k = 0; k < r->count; k++) {
        nest->parent[k] = -1;
        nest->seen[k] = 0;
        nest->size[k] = rm_row_size(r, k);
        if (has_other_coef(r, k)) {
            clash[0] = clash[1] = k;
            return RM_NOT_UNIT;
        }
    }
    for (int64_t i = 0; i < r->variables; i++)
        nest->owner[i] = nest->at[i] = -1;
    sort_rows(r, nest);
    for (int64_t j = r->count - 1; j >= 0; j--) {
        int64_t inner = take_over(r, nest, nest->order[j]);
        if (inner >= 0) {
            clash[0] = inner < nest->order[j] ? inner : nest->order[j];
            clash[1] = inner < nest->order[j] ? nest->order[j] : inner;
            return RM_CROSSING;
        }
    }
    give_places(r, nest);
    return RM_NESTED;
}

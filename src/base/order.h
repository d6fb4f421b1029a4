/* Puts keys in order. */
#ifndef RM_BASE_ORDER_H
#define RM_BASE_ORDER_H

#include "base/base.h"

typedef struct rm_ranked {
    uint64_t key;
    int64_t what;
} rm_ranked;

/* A key whose order is that of the doubles; -0 comes before 0. */
static inline uint64_t rm_rank_key(double v)
{
    uint64_t bits = rm_bits(v);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

/* Sorts by key; equal keys stay in the order they have.  `room` is as long as the list, and the
 * sorted list is the one that is returned.  Digit by digit from the last one (Hollerith 1889):
 * O(count), and digits that are the same in all keys cost nothing. */
rm_ranked *rm_order(rm_ranked *list, rm_ranked *room, int64_t count);

#endif

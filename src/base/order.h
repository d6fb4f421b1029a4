/* The order of doubles, and lists put in order. */
#ifndef RM_BASE_ORDER_H
#define RM_BASE_ORDER_H

#include "base/base.h"

typedef struct rm_ranked {
    uint64_t key;
    int64_t what;
} rm_ranked;

/* The doubles in their order as whole numbers: neighbours differ by 1. */
static inline int64_t rm_rank_of(double v)
{
    uint64_t bits = rm_bits(v);
    uint64_t magnitude = bits & (UINT64_MAX >> 1);
    return bits >> 63 ? -(int64_t)magnitude : (int64_t)magnitude;
}

static inline double rm_with_rank(int64_t rank)
{
    return rank < 0 ? -rm_from_bits((uint64_t)-rank) : rm_from_bits((uint64_t)rank);
}

/* The middle of two by their order. */
static inline double rm_middle_by_rank(double low, double high)
{
    return rm_with_rank(rm_rank_of(low) / 2 + rm_rank_of(high) / 2);
}

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

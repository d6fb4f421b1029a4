/* What one solve knows of the prices near its own, for the next one with the same costs,
 * bounds and coefficients.  Nothing here needs to be right. */
#ifndef RM_SOLVE_WARM_H
#define RM_SOLVE_WARM_H

#include "solve/sample.h"

enum { RM_WARM_NOTHING, RM_WARM_PRICE, RM_WARM_BRACKET };

/* The memory of the quads is the caller's. */
typedef struct rm_warm {
    int known;
    double y;          /* the last price, */
    double low, high;  /* a bracket, */
    rm_sifted base;    /* what it decides, */
    rm_quads quads;    /* and the others */
} rm_warm;

/* How many quads are worth keeping for n variables; 0 for few. */
int64_t rm_warm_room(int64_t n);
/* Notes the price; keeps what a sift has found too, if there is room.  `warm` may be NULL
 * here and below. */
void rm_warm_note(rm_warm *warm, double y);
void rm_warm_keep(rm_warm *warm, const rm_work *w, double low, double high, double y);
/* The price from the bracket of an earlier solve: RM_FOUND, or RM_LOST where there is none
 * or the price lies elsewhere; *e may then be known: a bracket around both. */
int rm_warm_recall(rm_work *w, rm_warm *warm, rm_pair *y, rm_estimate *e);
/* Widens a bracket so that the price of an earlier solve lies in it, if that leaves few
 * enough undecided. */
void rm_warm_widen(const rm_warm *warm, const rm_work *w, rm_estimate *e);

#endif

/* A guess of the price, which need not be right: by a sample, a sift of all and the
 * solution of what that leaves undecided.  The essay is in fast.c. */
#ifndef RM_SOLVE_GUESS_H
#define RM_SOLVE_GUESS_H

#include "solve/balance.h"

/* What one solve knows of the prices near its own, for the next one with the same
 * costs, bounds and coefficients: the memory is the caller's. */
typedef struct rm_warm {
    int known;
    double low, high, y; /* a bracket, and the price found in it */
    rm_sifted base;      /* what it decides */
    rm_quads quads;      /* the others */
} rm_warm;

/* How many quads are worth keeping for n variables; 0 for few. */
int64_t rm_warm_room(int64_t n);

/* What a sample tells of the price. */
typedef struct rm_estimate {
    int known;
    int few_off;       /* few variables are not at 0, and bracket.high is no statistics: see guess.c */
    rm_search bracket;
    double half;       /* of its width */
    double share;      /* of the variables that it leaves undecided */
} rm_estimate;

/* The price from what an earlier solve knew: RM_FOUND, or RM_LOST where there is no
 * such solve or the price lies elsewhere; *e may then be known from it.  `warm` may be
 * NULL. */
int rm_guess_recall(rm_work *w, rm_warm *warm, rm_pair *y, rm_estimate *e);
void rm_guess_sample(rm_work *w, rm_estimate *e);
/* RM_OK with *end RM_FOUND or RM_LOST, or what the watch or the crew says. */
rm_status rm_guess_price(rm_work *w, const rm_estimate *e, rm_warm *warm, rm_pair *y, int *end);

#endif

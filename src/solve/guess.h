/* A guess of the price, which need not be right: from what a sample tells, by Newton's
 * method over all or a sift of all.  The essay is in fast.c. */
#ifndef RM_SOLVE_GUESS_H
#define RM_SOLVE_GUESS_H

#include "solve/warm.h"

/* RM_OK with *end RM_FOUND or RM_LOST, or what the watch or the crew says. */
rm_status rm_guess_price(rm_work *w, rm_estimate *e, rm_warm *warm, rm_pair *y, int *end);

#endif

/* A variable whose cost has kinks, as pieces without.
 *
 * A convex cost with kinks at k_1 < k_2 < ... is a sum over its pieces: x = x_0 + (x_1 - k_1) +
 * (x_2 - k_2) + ..., with x_j between k_j and k_(j+1).  Marginal costs never fall along x, so
 * whatever the price, no piece is left before the one below it is full, and the pieces may
 * answer each for itself, like variables of their own.  So whoever sums answers, breakpoints or
 * gaps sums them over pieces, and knows nothing of kinks.
 *
 * A piecewise linear cost has a linear piece for each of its slopes, with price p + slope.  The
 * pull to a place where a variable stands already, up (x - cur)^+ + down (cur - x)^+, cuts the piece
 * in which `cur` lies in two; those below have the price p - down, those above p + up.  Each such
 * sum is rounded once.  A row that may be missed is a variable that pays for moving away from 0.
 */
#ifndef RM_COST_PIECES_H
#define RM_COST_PIECES_H

#include "cost/answer.h"
#include "cost/view.h"

typedef struct rm_pieces {
    rm_cost whole; /* bounds and what has no kinks */
    int64_t count;
    int kinks;     /* the rest says something */
    int moves;
    int64_t steps; /* slopes; 0: the cost is no piecewise linear one */
    const double *breakpoint, *slope;
    int64_t split; /* the step that `current` cuts in two, or -1 */
    double current, up, down;
} rm_pieces;

/* For variables with kinks; see rm_view_pieces and rm_piece. */
void rm_view_kinks(const rm_view *v, int64_t i, rm_pieces *p);
rm_cost rm_piece_of_kinks(const rm_pieces *p, int64_t k);

/* The pieces of variable i, at least one. */
static inline void rm_view_pieces(const rm_view *v, int64_t i, rm_pieces *p)
{
    if (v->move.current || v->step.count || v->slack.on) {
        rm_view_kinks(v, i, p);
        return;
    }
    p->whole = rm_view_cost(v, i);
    p->count = 1;
    p->kinks = 0;
}

/* The k-th in ascending order, with its own bounds and price; empty where bounds leave nothing.
 * It may stand in *room. */
static inline const rm_cost *rm_piece(const rm_pieces *p, int64_t k, rm_cost *room)
{
    if (!p->kinks)
        return &p->whole;
    *room = rm_piece_of_kinks(p, k);
    return room;
}

/* x cut to a piece. */
static inline double rm_piece_part(const rm_cost *piece, double x)
{
    return rm_min(rm_max(x, piece->lower), piece->upper);
}

/* Custom costs are asked by a pass beforehand, in batches. */
void rm_view_ask(const rm_view *v, int64_t begin, int64_t end, rm_price y);

/* The same for values at x, which is within the bounds. */
void rm_view_ask_values(const rm_view *v, int64_t begin, int64_t end, const double *x);

/* Where the whole variable stands at a price; tied and between if one of its pieces is. */
rm_stand rm_view_stand(const rm_view *v, int64_t i, double a, rm_price y);
/* Whether a linear piece of it jumps at a price. */
int rm_view_jumps_at(const rm_view *v, int64_t i, double a, double y);
/* Adds f(x) + p x and the cost of moving; see rm_cost_add_value. */
double rm_view_add_value(const rm_view *v, int64_t i, double x, rm_sum *value, rm_sum *error);

#endif

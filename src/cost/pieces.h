/* A variable whose cost has kinks, as pieces without.
 *
 * A convex cost with kinks at k_1 < k_2 < ... is a sum over its pieces: x = x_0 + (x_1 - k_1) +
 * (x_2 - k_2) + ..., with x_j between k_j and k_(j+1).  Marginal costs never fall along x, so
 * whatever the price, no piece is left before the one below it is full, and the pieces may answer each for
 * itself, like variables of their own.  So whoever sums answers, breakpoints or gaps
 * sums them over pieces, and knows nothing of kinks.
 *
 * The pull to a place where a variable stands already, up (x - cur)^+ + down (cur - x)^+, makes
 * two pieces: below `cur` with the price p - down, above it with p + up, each rounded once.
 */
#ifndef RM_COST_PIECES_H
#define RM_COST_PIECES_H

#include "cost/answer.h"
#include "cost/view.h"

enum { RM_MOST_PIECES = 2 };

/* The pieces of variable i in ascending order, with their own bounds; returns how many. */
static inline int rm_view_pieces(const rm_view *v, int64_t i, rm_cost piece[RM_MOST_PIECES])
{
    rm_cost c = rm_view_cost(v, i);
    piece[0] = c;
    if (!v->move.current || (v->move.up[i] == 0 && v->move.down[i] == 0))
        return 1;
    double at = v->move.current[i];
    int count = 0;
    if (c.weight == 0)
        c.target = at; /* where it stands if nothing else tells */
    if (c.lower < at) {
        piece[count] = c;
        piece[count].upper = rm_min(c.upper, at);
        piece[count++].price = rm_max(c.price - v->move.down[i], -DBL_MAX);
    }
    if (c.upper > at || count == 0) {
        piece[count] = c;
        piece[count].lower = rm_max(c.lower, at);
        piece[count++].price = rm_min(c.price + v->move.up[i], DBL_MAX);
    }
    return count;
}

/* x cut to a piece. */
static inline double rm_piece_part(const rm_cost *piece, double x)
{
    return rm_min(rm_max(x, piece->lower), piece->upper);
}

/* Where the whole variable stands at a price; tied and between if one of its pieces is. */
static inline rm_stand rm_view_stand(const rm_view *v, int64_t i, double a, rm_price y)
{
    rm_cost piece[RM_MOST_PIECES];
    int count = rm_view_pieces(v, i, piece);
    rm_stand s = rm_cost_stand(&piece[0], a, y);
    for (int k = 1; k < count; k++) {
        rm_stand next = rm_cost_stand(&piece[k], a, y);
        if (next.x > piece[k].lower)
            s.x = next.x;
        s.tied |= next.tied;
        s.between |= next.between;
    }
    return s;
}

/* Adds f(x) + p x and the cost of moving; see rm_cost_add_value. */
static inline double rm_view_add_value(const rm_view *v, int64_t i, double x, rm_sum *value, rm_sum *error)
{
    rm_cost c = rm_view_cost(v, i);
    double overflow = rm_cost_add_value(&c, x, value, error);
    if (overflow != 0 || !v->move.current)
        return overflow;
    double at = v->move.current[i], price = x > at ? v->move.up[i] : -v->move.down[i];
    if (!isfinite(price * x) || !isfinite(price * at))
        return price * (x - at) > DBL_MAX ? INFINITY : 0;
    rm_sum_add_product(value, price, x);
    rm_sum_add_product(value, -price, at);
    return 0;
}

#endif

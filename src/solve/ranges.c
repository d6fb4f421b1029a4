/* How far a price holds.
 *
 * The answer x stays optimal at every price y that leaves each variable where it
 * is: a variable strictly between its bounds fixes y, one at a bound gives an
 * end, (f'(x_i) + p_i) / a_i.  The intersection is the set of multipliers, and
 * its ends are the derivatives of the optimum to the left and to the right of
 * the total (Rockafellar 1970, theorem 23.4 and section 29).
 *
 * The other way round: from the price of the answer, the nearest prices at which
 * a variable between its bounds reaches one, or one at a bound leaves it, bound
 * the piece on which the price is an affine function of the total; the totals
 * at those prices are the range.
 */
#include "solve/span.h"
#include "solve/waterfill.h"

static double gap_to(rm_sum *sum, double side)
{
    rm_sum s = *sum;
    rm_sum_add(&s, -side);
    return rm_sum_round(&s);
}

/* Least and greatest sums that a price can give, as doubles. */
static void sums_at(rm_tally *t, double *low, double *high)
{
    rm_sum most = t->sum;
    rm_sum_add_sum(&most, &t->tied);
    *low = t->below || t->tied_below ? -INFINITY : rm_sum_round(&t->sum);
    *high = t->above || t->tied_above ? INFINITY : rm_sum_round(&most);
}

/* Which ends of the tied interval the side M stands on: bit 0 the least sum,
 * bit 1 the greatest. */
static int ends_met(rm_tally *t, double side)
{
    int met = 0;
    if (isinf(side))
        return met;
    if (!t->below && !t->tied_below && gap_to(&t->sum, side) >= 0)
        met |= 1;
    if (!t->above && !t->tied_above) {
        rm_sum most = t->sum;
        rm_sum_add_sum(&most, &t->tied);
        if (gap_to(&most, side) <= 0)
            met |= 2;
    }
    return met;
}

/* Prices at which nobody moves; tied variables are only counted.  Returns 1 in
 * *free where somebody is between bounds: then there is one price only.  The
 * answer x, where there is one, tells what a price of two doubles cannot. */
static rm_status still(const rm_view *v, const rm_water *w, const double *x, rm_span *s, int64_t *ties, int *free,
                       rm_watch *watch)
{
    rm_status status = rm_watch_pass(watch);
    *s = rm_span_all();
    *ties = *free = 0;
    rm_view_ask(v, 0, v->n, w->price);
    for (int64_t i = 0; i < v->n && status == RM_OK && !*free; i++) {
        double a = rm_view_coef(v, i);
        rm_pieces p;
        rm_cost room;
        rm_view_pieces(v, i, &p);
        status = rm_watch_step(watch, i);
        for (int64_t k = 0; k < p.count && a != 0; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            if (c->lower == c->upper)
                continue;
            rm_stand stand = rm_cost_stand(c, a, w->price);
            *free |= stand.between || (x && x[i] > c->lower && x[i] < c->upper && c->weight > 0);
            *ties += stand.tied;
            if (!stand.tied && !stand.between)
                rm_span_limit(s, c, stand.x, a, rm_span_side(c, a, stand.x));
        }
    }
    return status;
}

rm_status rm_waterfill_prices(const rm_view *v, rm_row row, const rm_water *w, const double *x, rm_watch *watch,
                              double *low, double *high)
{
    double price = rm_span_round(w->price);
    *low = *high = price;
    if (rm_no_row(row))
        return RM_OK;
    rm_span s;
    int64_t ties;
    int free;
    rm_status status = still(v, w, x, &s, &ties, &free, watch);
    if (status != RM_OK || free)
        return status;
    int ranged = row.lower < row.upper, loose = ranged && w->side == RM_SIDE_NONE;
    int met = 3;
    if (ties > 0 || loose) {
        rm_tally t;
        status = rm_waterfill_tally(&t, v, w->price, RM_PRECISE, watch);
        if (status != RM_OK)
            return status;
        /* Ties, and the price 0 of a row with room, hold the price where the sum
         * can give way; only at an end that is the side itself it may move on. */
        if (loose)
            met = (ends_met(&t, row.upper) & 1) | (ends_met(&t, row.lower) & 2);
        else
            met = ends_met(&t, w->side == RM_SIDE_UPPER ? row.upper : row.lower);
    }
    if (met & 1)
        *low = rm_span_round(s.low);
    if (met & 2)
        *high = rm_span_round(s.high);
    if (isinf(price)) { /* all at one end: every price from the last breakpoint on */
        *low = rm_span_round(s.low);
        *high = rm_span_round(s.high);
    }
    if (ranged && w->side == RM_SIDE_LOWER)
        *low = rm_max(*low, 0);
    if (ranged && w->side == RM_SIDE_UPPER)
        *high = rm_min(*high, 0);
    if (*low > *high) /* rounding must not turn the ends round */
        *low = *high = price;
    return RM_OK;
}

/* Prices up to which the free variables stay between their bounds and all others
 * where they are. */
static rm_status piece(const rm_view *v, const double *x, rm_span *s, int64_t *free, int64_t *free_linear,
                       rm_watch *watch)
{
    rm_status status = rm_watch_pass(watch);
    *s = rm_span_all();
    *free = *free_linear = 0;
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        double a = rm_view_coef(v, i);
        rm_pieces p;
        rm_cost room;
        rm_view_pieces(v, i, &p);
        status = rm_watch_step(watch, i);
        for (int64_t k = 0; k < p.count && a != 0; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            double at = rm_piece_part(c, x[i]);
            if (c->lower == c->upper)
                continue;
            if (at <= c->lower || at >= c->upper) {
                rm_span_limit(s, c, at, a, rm_span_side(c, a, at));
                continue;
            }
            ++*free;
            *free_linear += c->weight == 0;
            if (isfinite(c->upper))
                rm_span_limit(s, c, c->upper, a, a > 0 ? 1 : -1);
            if (isfinite(c->lower))
                rm_span_limit(s, c, c->lower, a, a > 0 ? -1 : 1);
        }
    }
    return status;
}

/* The row's sum when free variables answer y (at an infinite price: go to their
 * ends) and the others stay at x; with ties free, only those move. */
static double total_at(const rm_view *v, const double *x, rm_price y, int side, int64_t free_linear)
{
    rm_sum sum;
    rm_sum_clear(&sum);
    for (int64_t i = 0; i < v->n; i++) {
        double a = rm_view_coef(v, i);
        rm_pieces p;
        rm_cost room;
        rm_view_pieces(v, i, &p);
        for (int64_t k = 0; k < p.count && a != 0; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            double at = rm_piece_part(c, x[i]);
            if (at > c->lower && at < c->upper) {
                if (free_linear > 0)
                    at = c->weight > 0 ? at : rm_end_of(c, a, side);
                else
                    at = rm_cost_stand(c, a, y).x;
            }
            if (!isfinite(at))
                return side > 0 ? INFINITY : -INFINITY;
            rm_sum_add_product(&sum, a, at);
            if (k > 0)
                rm_sum_add_product(&sum, -a, c->lower);
        }
    }
    return rm_sum_round(&sum);
}

rm_status rm_waterfill_totals(const rm_view *v, rm_row row, const rm_water *w, const double *x, rm_watch *watch,
                              double *low, double *high)
{
    rm_status status;
    if (row.lower < row.upper && w->side == RM_SIDE_NONE) {
        rm_tally t;
        status = rm_waterfill_tally(&t, v, w->price, RM_PRECISE, watch);
        if (status == RM_OK)
            sums_at(&t, low, high);
        return status;
    }
    rm_span s;
    int64_t free, free_linear;
    status = piece(v, x, &s, &free, &free_linear, watch);
    if (status != RM_OK)
        return status;
    rm_price y = w->price;
    /* A breakpoint on the wrong side of the price by rounding is the price. */
    if (rm_span_less(s.high, y))
        s.high = y;
    if (rm_span_less(y, s.low))
        s.low = y;
    *low = total_at(v, x, s.low, -1, free_linear);
    *high = total_at(v, x, s.high, 1, free_linear);
    return RM_OK;
}

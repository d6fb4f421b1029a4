/* From the price to x.
 *
 * Every variable answers the price, rounded to a double.  Tied variables start
 * at their lower ends (or at their targets where there is none) and, lowest
 * index first, take up what the row still needs.  Then the row's residual is
 * computed exactly and held against the rule of the public header:
 *
 *     |sum a_i x_i - M| <= 4 u sum |a_i x_i|, over variables between their bounds.
 *
 * Rounding each x_i costs half of one u at the most.  More can only be missing
 * where the answers are so much smaller than the targets or prices they come
 * from that even three doubles do not resolve them, or where whole ranges lie
 * within one price (w_i near 0).  Then the rest is shared out among the answers
 * to the two neighbouring prices: every x_i in between is optimal at a price
 * within one unit in the last place.  Should that not do, it is because an answer
 * was rounded onto its bound while all that is free is far smaller; it is taken
 * back inside by one place.
 */
#include "solve/waterfill.h"

/* What the rule allows, less what its own rounding could add. */
#define ALLOWED (3.9 * RM_UNIT)
enum { MOST_REPAIRS = 8 };

/* The sums that an answer may have. */
typedef struct window {
    double low, high;
} window;

static window window_of(rm_row row, const rm_water *w)
{
    window to = {row.lower, row.upper};
    if (w->side == RM_SIDE_LOWER)
        to.high = to.low;
    else if (w->side == RM_SIDE_UPPER)
        to.low = to.high;
    return to;
}

static rm_status answer_all(const rm_view *v, rm_price y, double *x, int64_t *ties, rm_watch *watch)
{
    rm_status status = rm_watch_pass(watch);
    *ties = 0;
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        rm_cost c = rm_view_cost(v, i);
        rm_stand s = rm_variable_stand(&c, rm_view_coef(v, i), y);
        x[i] = s.x;
        *ties += s.tied;
        status = rm_watch_step(watch, i);
    }
    return status;
}

/* What the sum lacks to be in the window, exactly: *need = side - sum, or 0. */
static double lacking(rm_total *t, window to, rm_sum *need)
{
    for (int side = 1; side >= -1; side -= 2) {
        double bound = side > 0 ? to.low : to.high;
        if (isinf(bound))
            continue;
        rm_sum_clear(need);
        rm_sum_add(need, bound);
        rm_sum_subtract_sum(need, &t->sum);
        if (rm_sum_sign(need) * side > 0)
            return rm_sum_round(need);
    }
    rm_sum_clear(need);
    return 0;
}

/* Hands `need` to the tied variables in their order.  Rounding the free ones may
 * have left some `noise`: less than that is no reason to move. */
static void fill_ties(const rm_view *v, rm_price y, rm_sum *need, const rm_total *t, double *x)
{
    double noise = RM_UNIT * rm_sum_round(&t->free_magnitude);
    for (int64_t i = 0; i < v->n; i++) {
        double a = rm_view_coef(v, i);
        rm_cost c = rm_view_cost(v, i);
        if (a == 0 || c.weight != 0 || !rm_variable_stand(&c, a, y).tied)
            continue;
        double rest = rm_sum_round(need);
        if (fabs(rest) <= noise)
            return;
        /* What is left for it to carry, exactly: x + rest / a would cancel. */
        rm_sum_add_product(need, a, x[i]);
        double to = rm_min(rm_max(rm_sum_round(need) / a, c.lower), c.upper);
        rm_sum_add_product(need, -a, to);
        x[i] = to;
        /* It goes on only if this one stands at a bound and would go beyond: else
         * what is left is rounding. */
        int beyond = rm_sum_sign(need) * (a > 0 ? 1 : -1);
        if ((beyond > 0 && to == c.upper) || (beyond < 0 && to == c.lower))
            continue;
        /* Rounded onto its bound it would not count as free, and the free ones
         * may be too small to allow for its rounding: it stays inside. */
        if (t->free_count > 0 && (to == c.lower || to == c.upper) && fabs(rm_sum_round(need)) > noise)
            x[i] = nextafter(to, to == c.lower ? c.upper : c.lower);
        return;
    }
}

/* How far a quadratic variable may still go towards the neighbouring price that
 * moves the sum by `side`; 0 for all others. */
static double room(const rm_view *v, int64_t i, rm_bracket around, int side, double x)
{
    double a = rm_view_coef(v, i);
    rm_cost c = rm_view_cost(v, i);
    if (a == 0 || c.weight == 0 || c.lower == c.upper)
        return 0;
    rm_price y = {side > 0 ? around.high : around.low, 0, 1};
    double way = rm_variable_stand(&c, a, y).x - x;
    return (way > 0) == (a * side > 0) ? way : 0;
}

/* Shares `need` out in proportion to the room.  What a variable is given may be
 * too little to change its double: then the others, finer ones, share it. */
static void repair(const rm_view *v, rm_bracket around, double need, double *x)
{
    enum { ROUNDS = 4 };
    int side = need > 0 ? 1 : -1;
    double share = 1;
    for (int round = 0; round < ROUNDS; round++) {
        rm_sum capacity;
        rm_sum_clear(&capacity);
        for (int64_t i = 0; i < v->n; i++) {
            double way = room(v, i, around, side, x[i]);
            if (x[i] + share * way != x[i])
                rm_sum_add_product(&capacity, rm_view_coef(v, i), way);
        }
        double next = need / rm_sum_round(&capacity);
        if (!(next > 0 && isfinite(next)))
            break; /* nobody is fine enough for this share: keep the last */
        share = rm_min(next, 1);
    }
    for (int64_t i = 0; i < v->n; i++) {
        double to = x[i] + share * room(v, i, around, side, x[i]);
        /* What cancellation left is the rounding of the step: the next round
         * starts from nothing instead. */
        if (fabs(to) <= 4 * RM_UNIT * fabs(x[i]))
            to = 0;
        rm_cost c = rm_view_cost(v, i);
        x[i] = rm_min(rm_max(to, c.lower), c.upper);
    }
}

/* Answers between the bounds that were rounded onto one go back inside by one
 * place: then they count as free, and the rule allows for their rounding. */
static void step_inside(const rm_view *v, rm_price y, double *x)
{
    for (int64_t i = 0; i < v->n; i++) {
        rm_cost c = rm_view_cost(v, i);
        if ((x[i] == c.lower || x[i] == c.upper) && rm_variable_stand(&c, rm_view_coef(v, i), y).between)
            x[i] = nextafter(x[i], x[i] == c.lower ? c.upper : c.lower);
    }
}

static rm_status add_up(rm_total *t, const rm_view *v, const double *x, const rm_watch *watch)
{
    rm_status status = RM_OK;
    rm_total_clear(t);
    for (int64_t begin = 0; begin < v->n && status == RM_OK; begin += RM_WATCH_BLOCK) {
        rm_total_range(t, v, x, begin, v->n - begin > RM_WATCH_BLOCK ? begin + RM_WATCH_BLOCK : v->n);
        status = rm_watch_block(watch);
    }
    return status;
}

static int within_rule(const rm_total *t, window to, double need)
{
    if (need == 0)
        return 1;
    if (t->free_count == 0) /* the rule by which the row counts as feasible */
        return fabs(need) <= 4 * RM_UNIT * (rm_sum_round(&t->magnitude) + fabs(need > 0 ? to.low : to.high));
    return fabs(need) <= ALLOWED * rm_sum_round(&t->free_magnitude);
}

rm_status rm_waterfill_split(const rm_view *v, rm_row row, const rm_water *w, rm_bracket around, double *x,
                             rm_watch *watch)
{
    int64_t ties;
    rm_status status = answer_all(v, w->price, x, &ties, watch);
    if (status != RM_OK)
        return status;
    window to = window_of(row, w);
    int no_row = isinf(to.low) && isinf(to.high);
    for (int round = 0; !no_row && round <= MOST_REPAIRS; round++) {
        rm_total t;
        status = add_up(&t, v, x, watch);
        if (status != RM_OK)
            return status;
        rm_sum need;
        double rest = lacking(&t, to, &need);
        int unfilled = round == 0 && ties > 0 && rest != 0;
        if (!unfilled && within_rule(&t, to, rest))
            return RM_OK;
        if (isinf(w->price.high) || round == MOST_REPAIRS)
            return within_rule(&t, to, rest) ? RM_OK : RM_INACCURATE;
        if (unfilled)
            fill_ties(v, w->price, &need, &t, x);
        else if (round == MOST_REPAIRS / 2)
            step_inside(v, w->price, x);
        else
            repair(v, around, rest, x);
    }
    return RM_OK;
}

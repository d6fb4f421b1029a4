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

#include "cost/price.h"
#include "solve/sweep.h"

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

/* What an answer is told by: its sums, and what it lacks to be in the window. */
typedef struct standing {
    rm_total total;
    rm_sum need;    /* side - sum, exactly; 0 inside */
    double rounded; /* the same */
    double side;    /* the one it is held against */
} standing;

static rm_status answer_all(const rm_view *v, rm_price y, double *x, int64_t *ties, int *finite, rm_watch *watch)
{
    rm_status status = rm_watch_pass(watch);
    *ties = 0;
    *finite = 1;
    rm_view_ask(v, 0, v->n, y);
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        rm_stand s = rm_view_stand(v, i, rm_view_coef(v, i), y);
        x[i] = s.x;
        *ties += s.tied;
        *finite &= isfinite(s.x) != 0;
        status = rm_watch_step(watch, i);
    }
    return status;
}

static void find_need(standing *s, window to)
{
    rm_sum_clear(&s->need);
    s->rounded = s->side = 0;
    for (int which = 1; which >= -1; which -= 2) {
        double side = which > 0 ? to.low : to.high;
        if (isinf(side))
            continue;
        rm_sum lacks;
        rm_sum_clear(&lacks);
        rm_sum_add(&lacks, side);
        rm_sum_subtract_sum(&lacks, &s->total.sum);
        if (rm_sum_sign(&lacks) * which > 0) {
            s->need = lacks;
            s->rounded = rm_sum_round(&lacks);
            s->side = side;
            return;
        }
    }
}

static rm_status take_standing(standing *s, const rm_view *v, window to, const double *x, const rm_watch *watch)
{
    rm_status status = RM_OK;
    rm_total_clear(&s->total);
    for (int64_t begin = 0; begin < v->n && status == RM_OK; begin += RM_WATCH_BLOCK) {
        rm_total_range(&s->total, v, x, begin, v->n - begin > RM_WATCH_BLOCK ? begin + RM_WATCH_BLOCK : v->n);
        status = rm_watch_block(watch);
    }
    find_need(s, to);
    return status;
}

/* The rule of the public header, decided on exact sums. */
static int within_rule(standing *s)
{
    int sign = rm_sum_sign(&s->need);
    if (sign == 0)
        return 1;
    rm_sum spare = s->total.free_count > 0 ? s->total.free_allowance : s->total.allowance;
    if (s->total.free_count == 0)
        rm_sum_add_product(&spare, 4 * RM_UNIT, fabs(s->side));
    if (sign > 0)
        rm_sum_subtract_sum(&spare, &s->need);
    else
        rm_sum_add_sum(&spare, &s->need);
    return rm_sum_sign(&spare) >= 0;
}

static int is_tied(const rm_cost *c, double a, rm_price y)
{
    return a != 0 && c->weight == 0 && c->lower < c->upper && rm_cost_answer(c, a, y, RM_COARSE).where == RM_TIED;
}

/* The tied pieces of a variable as one, since they are neighbours; returns 0 where there are none. */
static int tie_of(const rm_view *v, int64_t i, rm_price y, rm_cost *tie)
{
    rm_pieces p;
    rm_cost room;
    int tied = 0;
    rm_view_pieces(v, i, &p);
    for (int64_t k = 0; k < p.count; k++) {
        const rm_cost *c = rm_piece(&p, k, &room);
        if (!is_tied(c, rm_view_coef(v, i), y))
            continue;
        if (tied)
            tie->upper = c->upper;
        else
            *tie = *c;
        tied = 1;
    }
    return tied;
}

/* What rounding the free variables, the tied ones apart, may have left: u times
 * the sum of |a_i x_i|. */
static rm_status noise_of(const rm_view *v, rm_price y, const double *x, const rm_watch *watch, double *noise)
{
    rm_status status = RM_OK;
    rm_sum s;
    rm_sum_clear(&s);
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        double a = rm_view_coef(v, i);
        rm_cost c = rm_view_cost(v, i), tie;
        if (x[i] > c.lower && x[i] < c.upper && !tie_of(v, i, y, &tie))
            rm_sum_add_product(&s, RM_UNIT * fabs(a), fabs(x[i]));
        status = rm_watch_step(watch, i);
    }
    *noise = rm_sum_round(&s);
    return status;
}

/* What tied variables have still to take up. */
typedef struct filling {
    rm_sum *need;
    double rest, doubt; /* the need, and how far `rest` may be off it */
    double noise;       /* less than this is no reason to move */
    int done;
} filling;

/* Hands the need to a tied variable, which stands at *x; `others` are free besides. */
static void fill_tie(filling *f, const rm_cost *c, double a, int64_t others, double *x)
{
    double end = (f->rest > 0) == (a > 0) ? c->upper : c->lower;
    double whole = a * (end - *x);
    /* While there is plenty left a variable takes all it can: no need to
     * round the exact sum for each of many. */
    int plenty = fabs(f->rest) - fabs(whole) > 2 * (f->doubt + f->noise) && isfinite(whole);
    rm_sum_add_product(f->need, a, *x);
    if (!plenty) {
        rm_sum before = *f->need;
        rm_sum_add_product(&before, -a, *x);
        f->done = fabs(rm_sum_round(&before)) <= f->noise;
        if (f->done)
            return;
        /* What is left for it to carry, exactly: x + rest / a would cancel. */
        end = rm_min(rm_max(rm_sum_round(f->need) / a, c->lower), c->upper);
        end = rm_min(rm_max(end, -DBL_MAX), DBL_MAX); /* an x that overflows is none */
    }
    rm_sum_add_product(f->need, -a, end);
    *x = end + 0.0; /* a zero is +0 */
    f->rest = plenty ? f->rest - whole : rm_sum_round(f->need);
    f->doubt = plenty ? f->doubt + RM_UNIT * (fabs(f->rest) + 2 * fabs(whole)) : 0;
    if (plenty)
        return;
    /* It goes on only if this one stands at a bound and would go beyond: else
     * what is left is rounding. */
    int beyond = rm_sum_sign(f->need) * (a > 0 ? 1 : -1);
    f->done = !((beyond > 0 && end == c->upper) || (beyond < 0 && end == c->lower));
    /* Rounded onto its bound it would not count as free, and the free ones
     * may be too small to allow for its rounding: it stays inside. */
    if (f->done && others > 0 && (end == c->lower || end == c->upper) && fabs(f->rest) > f->noise)
        *x = nextafter(end, end == c->lower ? c->upper : c->lower);
}

/* Hands the need to the tied variables in their order. */
static rm_status fill_ties(const rm_view *v, rm_price y, standing *s, double *x, const rm_watch *watch)
{
    filling f = {.need = &s->need, .rest = s->rounded};
    rm_status status = noise_of(v, y, x, watch, &f.noise);
    for (int64_t i = 0; i < v->n && status == RM_OK && !f.done; i++) {
        rm_cost whole = rm_view_cost(v, i), tie;
        if (tie_of(v, i, y, &tie)) {
            int64_t others = s->total.free_count - (x[i] > whole.lower && x[i] < whole.upper);
            fill_tie(&f, &tie, rm_view_coef(v, i), others, &x[i]);
        }
        status = rm_watch_step(watch, i);
    }
    return status;
}

/* How far a variable that is not linear may still go towards the neighbouring price that
 * moves the sum by `need`; 0 for all others, and with `inner` for those at a
 * bound, which would only be rounded back onto it. */
static double room(const rm_view *v, int64_t i, rm_bracket around, double need, double x, int inner)
{
    int side = need > 0 ? 1 : -1;
    double a = rm_view_coef(v, i);
    rm_cost c = rm_view_cost(v, i);
    if (a == 0 || c.weight == 0 || c.lower == c.upper || (inner && (x <= c.lower || x >= c.upper)))
        return 0;
    rm_price y = {side > 0 ? around.high : around.low, 0, 1};
    double way = rm_view_stand(v, i, a, y).x - x;
    if (isinf(way)) /* it could take all of it (a log whose own price lies between the neighbours) */
        way = need / a;
    return isfinite(way) && (way > 0) == (a * side > 0) ? way : 0;
}

/* Shares the need out in proportion to the room.  What a variable is given may be
 * too little to change its double: then the others, finer ones, share it. */
static rm_status repair(const rm_view *v, rm_bracket around, double need, double *x, int inner, const rm_watch *watch)
{
    enum { ROUNDS = 4 };
    double share = 1;
    rm_status status = RM_OK;
    rm_view_ask(v, 0, v->n, (rm_price){need > 0 ? around.high : around.low, 0, 0});
    for (int round = 0; round < ROUNDS && status == RM_OK; round++) {
        rm_sum capacity;
        rm_sum_clear(&capacity);
        for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
            double way = room(v, i, around, need, x[i], inner);
            if (x[i] + share * way != x[i])
                rm_sum_add_product(&capacity, rm_view_coef(v, i), way);
            status = rm_watch_step(watch, i);
        }
        double next = need / rm_sum_round(&capacity);
        if (!(next > 0 && isfinite(next)))
            break; /* nobody is fine enough for this share: keep the last */
        share = rm_min(next, 1);
    }
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        double to = x[i] + share * room(v, i, around, need, x[i], inner);
        /* What cancellation left is the rounding of the step: the next round
         * starts from nothing instead. */
        if (fabs(to) <= 4 * RM_UNIT * fabs(x[i]))
            to = 0;
        rm_cost c = rm_view_cost(v, i);
        x[i] = rm_min(rm_max(to, c.lower), c.upper) + 0.0;
        status = rm_watch_step(watch, i);
    }
    return status;
}

/* Answers between the bounds that were rounded onto one go back inside by one
 * place: then they count as free, and the rule allows for their rounding. */
static rm_status step_inside(const rm_view *v, rm_price y, double *x, const rm_watch *watch)
{
    rm_status status = RM_OK;
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        rm_cost c = rm_view_cost(v, i);
        status = rm_watch_step(watch, i);
        if ((x[i] == c.lower || x[i] == c.upper) && rm_view_stand(v, i, rm_view_coef(v, i), y).between)
            x[i] = nextafter(x[i], x[i] == c.lower ? c.upper : c.lower);
    }
    return status;
}

/* Answers a price that is not a jump, by vectors where that can be; *told is 0 where an
 * answer is at a jump after all, or infinite. */
static rm_status answer_rounded(const rm_view *v, rm_price y, double size, double *x, int *told, rm_watch *watch)
{
    rm_poured poured = {.bad = 0};
    rm_sweep sweep = {v, rm_kernels_best(), watch, NULL};
    int64_t ties;
    rm_status status;
    if (!rm_view_is_plain(v)) {
        status = answer_all(v, y, x, &ties, told, watch);
        *told = *told && ties == 0;
        return status;
    }
    status = rm_sweep_pour(&sweep, y, size, x, 0, &poured);
    *told = !poured.bad;
    return status;
}

/* A price between two doubles is rounded to one if its answers meet the rule,
 * else to that and some bits of a second one; so the answer does not depend on how
 * closely the price was found (price.h).  If neither will do, the price stays as
 * it is, with *coarse = 0. */
static rm_status round_price(const rm_view *v, window to, double *x, rm_watch *watch, rm_water *w, int *coarse)
{
    rm_price exact = w->price;
    rm_status status = RM_OK;
    double rest;
    double high = rm_price_round(exact.high, exact.low, &rest);
    *coarse = 0;
    for (int level = 0; level < 2 && status == RM_OK && isfinite(high); level++) {
        standing s;
        int told;
        w->price = (rm_price){high, level == 0 ? 0 : rm_price_second(high, rest), 0};
        status = answer_rounded(v, w->price, isinf(to.low) ? to.high : to.low, x, &told, watch);
        if (status != RM_OK || !told)
            break;
        status = take_standing(&s, v, to, x, watch);
        *coarse = status == RM_OK && s.total.free_count > 0
                  && fabs(s.rounded) <= RM_PRICE_WILL_DO * rm_sum_round(&s.total.free_allowance);
        if (*coarse)
            return status;
    }
    w->price = exact;
    return status;
}

rm_status rm_waterfill_split(const rm_view *v, rm_row row, rm_bracket around, double *x, rm_watch *watch, rm_water *w)
{
    int64_t ties;
    int finite;
    window to = window_of(row, w);
    rm_status status;
    if (!w->price.jump && isfinite(w->price.high) && !rm_no_row(row)) {
        int coarse;
        status = round_price(v, to, x, watch, w, &coarse);
        if (status != RM_OK || coarse)
            return status;
    }
    status = answer_all(v, w->price, x, &ties, &finite, watch);
    if (status == RM_OK && !finite) {
        w->overflow = 1;
        return RM_INACCURATE;
    }
    if (rm_no_row(row))
        return status;
    for (int round = 0; status == RM_OK; round++) {
        standing s;
        status = take_standing(&s, v, to, x, watch);
        if (status != RM_OK)
            return status;
        int unfilled = round == 0 && ties > 0 && s.rounded != 0;
        if (!unfilled && within_rule(&s))
            return RM_OK;
        if (isinf(w->price.high) || round == MOST_REPAIRS)
            return RM_INACCURATE;
        if (unfilled)
            status = fill_ties(v, w->price, &s, x, watch);
        else if (round == MOST_REPAIRS / 2)
            status = step_inside(v, w->price, x, watch);
        else
            status = repair(v, around, s.rounded, x, round > MOST_REPAIRS / 2, watch);
    }
    return status;
}

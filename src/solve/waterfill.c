/* WATERFILL: one row.
 *
 *     minimise sum w_i (x_i - t_i)^2 + p_i x_i
 *     subject to L <= sum a_i x_i <= U,  l_i <= x_i <= u_i,
 *
 * or with any other cost of src/cost in place of the square; what follows needs only
 * that a variable's answer never falls as its price rises.
 *
 * The method.  Give the row a price y.  Each variable then answers alone: it
 * minimises its own cost less a_i y x_i, which puts it at
 *
 *     x_i(y) = t_i + (a_i y - p_i) / (2 w_i), clamped to its bounds,
 *
 * or, where w_i = 0, at one end of its bounds or anywhere between them when
 * a_i y = p_i (a tie).  The sum G(y) = sum a_i x_i(y) never falls as y rises,
 * whatever the signs of the a_i: a negative a_i turns its variable round twice.
 * If G(0) can lie within [L, U], the price is 0.  If G(0) < L, raise y until
 * G(y) = L; if G(0) > U, lower it until G(y) = U.
 *
 * Why it is right.  At such a y the pair (x, y) meets every optimality
 * condition: each x_i is best at the price, the row holds, and y has the sign
 * of the side that binds.  For a convex problem that is optimality (Karush
 * 1939; Kuhn and Tucker 1951; for this problem Helgason, Kennington and Lall
 * 1980).  The sign of y also tells the marginal cost: it is the derivative of
 * the optimum in the binding side.
 *
 * Before the search.  The least and greatest sums that the bounds allow decide
 * feasibility, and the linear variables without a bound on the side they run to
 * say which prices are possible at all: x_i can run upwards unless a_i y <= p_i,
 * downwards unless a_i y >= p_i.  If no price is left, the cost falls without
 * limit.  Both are decided on exact sums and products, not on rounded ones.
 *
 * The search.  G is piecewise linear, so Newton's step y + (M - G) / G' lands on
 * the answer as soon as it starts from the right piece.  It is kept inside a
 * bracket, from a flat piece it goes to the next breakpoint, where it leaves the
 * bracket the middle is taken, and when it is slow the bracket is halved in the
 * order of the doubles, which ends after 64 halvings at the most.  First with
 * answers taken as doubles (cheap), then from the price so found with answers
 * known to 2^-150.  The search ends at a double whose sum meets M, or at two
 * neighbouring doubles with M between; then the price is a point between them,
 * with a second double on top of the first.  A tie has its price as a quotient,
 * which is known to as many places as wanted.
 *
 * With costs that are not quadratic the way to the answer can be long: near the price at which a
 * log's answer grows without end Newton creeps or overshoots.  Then a guess by plain sums
 * comes first (approach.c), and the exact search starts from there.  It must lead to the same
 * place, so it does not count where a flat piece meets M.
 *
 * Bits.  Every figure that steers the search is an exact sum, rounded once, or a
 * least or greatest value: none depends on the order of the variables, on holes
 * or on how a pass is divided.  What a variable answers depends on its own data
 * and the price alone.  So the answer is a function of the problem.
 *
 * Cost.  Passes of O(n), no sorting, no memory: typically 5 to 10 coarse and 2 to
 * 4 precise ones; the halving keeps them below a thousand for any data.
 *
 * Sources: as above; exact sums: Neal 2015; expansions: Shewchuk 1997.
 */
#include "solve/waterfill.h"

#include "base/order.h"
#include "solve/approach.h"

/* A sum that misses the total by no more than this share of the largest answer,
 * times their number, meets it: a thousand times what the three doubles of a
 * precise answer can be off. */
#define MEETS 0x1p-140

typedef struct search {
    const rm_view *view;
    rm_watch *watch;
    double floor, ceiling;   /* prices that are possible */
    double first, last;      /* the least and greatest price at which a variable leaves a bound; rounded */
    double target;           /* M */
    double below, above;     /* prices known to give too little, too much */
    int has_below, has_above;
    double missing, excess;  /* M - G at `below`, G - M at `above` */
    int met;                 /* G(price) = M */
    int flat;                /* and no variable is free there: other prices may meet it too */
    double price;
} search;

rm_status rm_waterfill_tally(rm_tally *t, const rm_view *v, rm_price y, int precision, rm_watch *watch)
{
    rm_status status = rm_watch_pass(watch);
    rm_tally_clear(t);
    for (int64_t begin = 0; begin < v->n && status == RM_OK; begin += RM_WATCH_BLOCK) {
        int64_t end = v->n - begin > RM_WATCH_BLOCK ? begin + RM_WATCH_BLOCK : v->n;
        rm_tally_range(t, v, begin, end, y, precision);
        status = end < v->n ? rm_watch_block(watch) : RM_OK;
    }
    return status;
}

/* Rounded M - G for the least (side < 0) or greatest sum of a tally, infinite
 * where that is; *slack receives what counts as met. */
static double missing_at(rm_tally *t, double target, int side, double *slack)
{
    *slack = MEETS * t->reach * (double)t->between;
    if (!isfinite(*slack))
        *slack = 0;
    if (side < 0 ? t->below || t->tied_below : t->below)
        return INFINITY;
    if (side < 0 ? t->above : t->above || t->tied_above)
        return -INFINITY;
    rm_sum difference;
    rm_sum_clear(&difference);
    rm_sum_add(&difference, target);
    rm_sum_subtract_sum(&difference, &t->sum);
    if (side > 0)
        rm_sum_subtract_sum(&difference, &t->tied);
    return rm_sum_round(&difference);
}

/* Where the sum at a price stands: -1 below the target, 1 above, 0 meets it. */
static int stands(rm_tally *t, double target, double *missing)
{
    double slack;
    double most = missing_at(t, target, 1, &slack);
    if (most > slack) {
        *missing = most;
        return -1;
    }
    double least = missing_at(t, target, -1, &slack);
    if (least < -slack) {
        *missing = least;
        return 1;
    }
    *missing = 0;
    return 0;
}

/* Notes what a pass at y found; `missing` is M - G there. */
static void note(search *s, double y, int side, double missing)
{
    if (side < 0) {
        s->below = y;
        s->has_below = 1;
        s->missing = missing;
    } else {
        s->above = y;
        s->has_above = 1;
        s->excess = -missing;
    }
}

/* Where to look from a flat piece: with one end known, at the last breakpoint on
 * the other side; between two known ends, in turn where a straight line between
 * them meets the target and at the next breakpoint. */
static double from_flat(const search *s, const rm_tally *t, double y, int side, int step)
{
    if (!s->has_above && s->last > y)
        return s->last;
    if (!s->has_below && s->first < y)
        return s->first;
    double share = s->missing / (s->missing + s->excess);
    if (s->has_below && s->has_above && step % 2 == 0 && isfinite(share))
        return s->below + share * (s->above - s->below);
    return side < 0 ? t->next_up : t->next_down;
}

/* The middle of what is known, of the numbers or of their order. */
static double middle(const search *s, int by_order)
{
    double low = s->has_below ? s->below : s->floor, high = s->has_above ? s->above : s->ceiling;
    return by_order ? rm_middle_by_rank(low, high) : low / 2 + high / 2;
}

/* The next price to try: Newton's step, or as a flat piece tells.  Near the answer
 * (precise), and in every other step where Newton leaves the bracket, no further
 * than the next breakpoint, because a jump may stand there.  The middle of the
 * bracket in the other steps, or when progress is slow (`halve`: 1 of the
 * numbers, 2 of their order). */
static double propose(const search *s, const rm_tally *t, double y, int side, double missing, int step, int precision,
                      int halve)
{
    double slope = rm_sum_round(&t->slope);
    double breakpoint = side < 0 ? t->next_up : t->next_down;
    double next = slope > 0 ? y + missing / slope : from_flat(s, t, y, side, step);
    int leaves = (s->has_below && next < s->below) || (s->has_above && next > s->above) || !isfinite(next);
    if (slope > 0 && isfinite(breakpoint) && (precision == RM_PRECISE || (leaves && step % 2 == 1))) {
        next = side < 0 ? rm_min(next, breakpoint) : rm_max(next, breakpoint);
        leaves = 0;
    }
    if (halve || leaves)
        next = middle(s, halve == 2 || !(s->has_below && s->has_above));
    int64_t rank = rm_rank_of(rm_min(rm_max(next, s->floor), s->ceiling));
    /* A step too small to see still has to move. */
    if (side < 0 && rank <= rm_rank_of(y))
        rank = rm_rank_of(y) + 1;
    if (side > 0 && rank >= rm_rank_of(y))
        rank = rm_rank_of(y) - 1;
    /* Strictly inside what is known; an end that was not tried may be tried. */
    if (s->has_below && rank <= rm_rank_of(s->below))
        rank = rm_rank_of(s->below) + 1;
    if (s->has_above && rank >= rm_rank_of(s->above))
        rank = rm_rank_of(s->above) - 1;
    return rm_with_rank(rank);
}

static uint64_t width_of(const search *s)
{
    return (uint64_t)rm_rank_of(s->has_above ? s->above : s->ceiling)
           - (uint64_t)rm_rank_of(s->has_below ? s->below : s->floor);
}

static int closed(const search *s)
{
    return s->has_below && s->has_above && width_of(s) <= 1;
}

/* From a first price to one that meets the target, or to two neighbours.  What
 * is known of the bracket must come from precise passes. */
static rm_status find(search *s, double y, int precision)
{
    uint64_t width = UINT64_MAX;
    for (int step = 0; !closed(s); step++) {
        rm_tally t;
        rm_price at = {y, 0, 1};
        rm_status status = rm_waterfill_tally(&t, s->view, at, precision, s->watch);
        if (status != RM_OK)
            return status;
        double missing;
        int side = stands(&t, s->target, &missing);
        s->price = y;
        s->met = side == 0;
        s->flat = t.between == 0;
        if (s->met)
            return RM_OK;
        note(s, y, side, missing);
        /* No price beyond the last possible one: it has to do (overflow). */
        if ((side < 0 && y >= s->ceiling) || (side > 0 && y <= s->floor))
            return RM_INACCURATE;
        double next = propose(s, &t, y, side, missing, step, precision, 0);
        /* The coarse search only has to come near. */
        s->price = next;
        if (precision == RM_COARSE && t.between > 0
            && (fabs(next - y) <= 0x1p-44 * fabs(y)
                || fabs(missing) <= 0x1p-50 * t.reach * sqrt((double)t.between)))
            return RM_OK;
        if (step % 3 == 2) { /* three steps that did not halve the bracket: halve it */
            if (width_of(s) > width / 2)
                next = propose(s, &t, y, side, missing, step, precision, 1 + step / 3 % 2);
            width = width_of(s);
        }
        y = next;
    }
    return RM_OK;
}

/* The price between two neighbouring doubles, as the nearer one and a part of the
 * way to the other.  The sum is a straight line on that way unless a variable
 * reaches or leaves a bound there, which nothing at its ends tells: so the same
 * search goes on in the second double, and ends at once on a straight line. */
static rm_status find_between(const search *s, rm_price *y)
{
    enum { STEPS = 64 };
    int from_below = s->missing <= s->excess;
    double anchor = from_below ? s->below : s->above;
    double share = (from_below ? s->missing : -s->excess) / (s->missing + s->excess);
    double low = s->below - anchor, high = s->above - anchor;
    *y = (rm_price){anchor, isfinite(share) ? share * (high - low) : 0, 0};
    for (int step = 0; step < STEPS; step++) {
        rm_tally t;
        rm_status status = rm_waterfill_tally(&t, s->view, *y, RM_PRECISE, s->watch);
        if (status != RM_OK)
            return status;
        double missing, slope = rm_sum_round(&t.slope);
        int side = stands(&t, s->target, &missing);
        /* The price itself is rounded at 2^-106, and answers are off themselves. */
        if (side == 0 || fabs(missing) <= 0x1p-104 * slope * fabs(anchor)
            || fabs(missing) <= t.rough * sqrt((double)t.between))
            break;
        if (side < 0)
            low = y->low;
        else
            high = y->low;
        double next = y->low + missing / slope;
        if (!(next > low && next < high))
            next = (low + high) / 2;
        if (next <= low || next >= high)
            break;
        y->low = next;
    }
    return RM_OK;
}

/* The same from a guess.  It has to lead to where the search from `start` leads, so it
 * does not count (returns RM_OK with *done = 0) where more than one price meets the total. */
static rm_status find_near(search *s, int *done)
{
    double guess;
    const rm_prices known = {s->floor, s->ceiling, s->first, s->last};
    rm_status status = rm_approach_price(s->view, s->target, &known, s->watch, &guess);
    *done = 0;
    if (status != RM_OK || isnan(guess))
        return status;
    search near = *s;
    status = find(&near, guess, RM_PRECISE);
    if (status == RM_INACCURATE)
        return RM_OK;
    *done = status == RM_OK && !(near.met && near.flat);
    if (*done)
        *s = near;
    return status;
}

/* Search for the total M, both ways of looking; the price goes to *y. */
static rm_status find_price(search *s, double start, rm_price *y, rm_bracket *around)
{
    int done = 0;
    rm_status status = rm_view_is_plain(s->view) ? RM_OK : find_near(s, &done);
    if (status == RM_OK && !done) {
        /* A coarse search may misjudge by its rounding: only where it ends counts. */
        search coarse = *s;
        status = find(&coarse, start, RM_COARSE);
        if (status == RM_OK || status == RM_INACCURATE)
            status = find(s, coarse.price, RM_PRECISE);
    }
    if (status != RM_OK)
        return status;
    if (s->met) {
        *y = (rm_price){s->price, 0, 1};
        around->low = rm_with_rank(rm_rank_of(s->price) - 1);
        around->high = rm_with_rank(rm_rank_of(s->price) + 1);
        return RM_OK;
    }
    around->low = s->below;
    around->high = s->above;
    return find_between(s, y);
}

/* The prices at which no linear variable runs away, ends[0] <= y <= ends[1];
 * who sets each end, or -1. */
typedef struct possible {
    int64_t who[2];
    double price[2], coef[2]; /* the end is price / coef, exactly */
    int never[2];             /* the end itself is not possible */
} possible;

/* Sign of p / a - q / b. */
static int compare_ratios(double p, double a, double q, double b)
{
    rm_sum s;
    rm_sum_clear(&s);
    rm_sum_add_product(&s, p, b);
    rm_sum_add_product(&s, -q, a);
    int sign = rm_sum_sign(&s);
    return (a < 0) != (b < 0) ? -sign : sign;
}

/* Notes that y must be >= (end 0) or <= (end 1) price / coef, or, with `never`, not even that. */
static void restrict_end(possible *r, int end, int64_t i, double price, double coef, int never)
{
    if (r->who[end] >= 0) {
        int sign = compare_ratios(price, coef, r->price[end], r->coef[end]);
        if (sign == 0 && r->never[end] >= never)
            return;
        if (end == 0 ? sign < 0 : sign > 0)
            return;
    }
    r->who[end] = i;
    r->price[end] = price;
    r->coef[end] = coef;
    r->never[end] = never;
}

/* Whether no price is left between an end and what the other end or the row's side wants:
 * `sign` tells how they compare, above 0 if they are the wrong way round. */
static int excludes(int sign, int never)
{
    return sign > 0 || (sign == 0 && never);
}

static void runs(rm_water *out, int k, int64_t i, int up)
{
    out->runaway[k] = i;
    out->runs_up[k] = up;
}

/* Which way x_i of a restricted end runs when the price is beyond that end: the
 * way that lowers its cost.  End 0 is broken by prices below p / a: x_i then
 * runs against the sign of a. */
static int runs_up(const possible *r, int end)
{
    return end == 0 ? r->coef[0] < 0 : r->coef[1] > 0;
}

/* What one look at the data tells before any price is tried. */
typedef struct survey {
    rm_reach reach;
    possible prices;
    double first, last; /* breakpoints, rounded */
    int64_t alone; /* a variable that no row holds and that runs away, or -1 */
    int alone_up;
} survey;

static void note_breakpoint(survey *s, double b)
{
    if (!isfinite(b))
        return;
    s->first = rm_min(s->first, b);
    s->last = rm_max(s->last, b);
}

static void survey_piece(survey *s, const rm_cost *c, int64_t i, double a)
{
    possible *r = &s->prices;
    if (a != 0 && c->lower < c->upper) {
        note_breakpoint(s, rm_cost_marginal(c, c->lower) / a);
        note_breakpoint(s, rm_cost_marginal(c, c->upper) / a);
    }
    int runs_up = rm_cost_runs(c, 1), runs_down = rm_cost_runs(c, 0);
    if (a == 0) {
        int up = runs_up && (c->price < 0 || (c->price == 0 && runs_up == 2)), down = runs_down && c->price > 0;
        if ((up || down) && s->alone < 0) {
            s->alone = i;
            s->alone_up = up;
        }
        return;
    }
    if (runs_up)
        restrict_end(r, a > 0 ? 1 : 0, i, c->price, a, runs_up == 2);
    if (runs_down)
        restrict_end(r, a > 0 ? 0 : 1, i, c->price, a, runs_down == 2);
}

static void survey_range(survey *s, const rm_view *v, int no_row, int64_t begin, int64_t end)
{
    rm_reach_range(&s->reach, v, begin, end);
    for (int64_t i = begin; i < end; i++) {
        rm_pieces p;
        rm_cost room;
        rm_view_pieces(v, i, &p);
        for (int64_t k = 0; k < p.count; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            survey_piece(s, c, i, no_row ? 0 : rm_view_coef(v, i));
        }
    }
}

static rm_status take_survey(survey *s, const rm_view *v, int no_row, rm_watch *watch)
{
    rm_status status = rm_watch_pass(watch);
    rm_reach_clear(&s->reach);
    s->prices.who[0] = s->prices.who[1] = s->alone = -1;
    s->first = INFINITY;
    s->last = -INFINITY;
    for (int64_t begin = 0; begin < v->n && status == RM_OK; begin += RM_WATCH_BLOCK) {
        int64_t end = v->n - begin > RM_WATCH_BLOCK ? begin + RM_WATCH_BLOCK : v->n;
        survey_range(s, v, no_row, begin, end);
        status = end < v->n ? rm_watch_block(watch) : RM_OK;
    }
    return status;
}

/* Who runs away, if anyone: one variable alone, one that the row's open side
 * lets go, or two against each other. */
static rm_status find_runaway(const survey *s, rm_row row, rm_water *out)
{
    const possible *r = &s->prices;
    if (s->alone >= 0) {
        runs(out, 0, s->alone, s->alone_up);
        return RM_UNBOUNDED;
    }
    if (isinf(row.upper) && r->who[1] >= 0
        && excludes(-compare_ratios(r->price[1], r->coef[1], 0, 1), r->never[1])) {
        runs(out, 0, r->who[1], runs_up(r, 1));
        return RM_UNBOUNDED;
    }
    if (isinf(row.lower) && r->who[0] >= 0
        && excludes(compare_ratios(r->price[0], r->coef[0], 0, 1), r->never[0])) {
        runs(out, 0, r->who[0], runs_up(r, 0));
        return RM_UNBOUNDED;
    }
    if (r->who[0] >= 0 && r->who[1] >= 0
        && excludes(compare_ratios(r->price[0], r->coef[0], r->price[1], r->coef[1]), r->never[0] || r->never[1])) {
        runs(out, 0, r->who[0], runs_up(r, 0));
        runs(out, 1, r->who[1], runs_up(r, 1));
        return RM_UNBOUNDED;
    }
    return RM_OK;
}

/* Adds 4 u |a_i x_i| with every variable at its least (side < 0) or greatest end:
 * what a side may be missed by.  4 u is a power of two, so nothing is rounded. */
static rm_status add_allowance(rm_sum *s, const rm_view *v, int side, const rm_watch *watch)
{
    rm_status status = RM_OK;
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        double a = rm_view_coef(v, i);
        rm_cost c = rm_view_cost(v, i);
        if (a != 0)
            rm_sum_add_product(s, 4 * RM_UNIT * fabs(a), fabs(rm_end_of(&c, a, side)));
        status = rm_watch_step(watch, i);
    }
    return status;
}

/* Whether the bounds reach a side of the row: 1 with room to spare, 0 just (or
 * within the rounding that the public rule allows), -1 not. */
static rm_status reaches(const rm_view *v, rm_reach *r, double side, int which, const rm_watch *watch, rm_water *out,
                         int *how)
{
    *how = 1;
    if (isinf(side) || (which > 0 ? r->most_open : r->least_open) > 0)
        return RM_OK;
    rm_sum lacks;
    rm_sum_clear(&lacks);
    rm_sum_add(&lacks, which * side);
    if (which > 0)
        rm_sum_subtract_sum(&lacks, &r->most);
    else
        rm_sum_add_sum(&lacks, &r->least);
    *how = -rm_sum_sign(&lacks);
    int64_t missed = which > 0 ? r->most_missed : r->least_missed;
    if (*how > 0 || (*how == 0 && missed == 0))
        return RM_OK;
    rm_sum spare;
    rm_sum_clear(&spare);
    rm_sum_add_product(&spare, 4 * RM_UNIT, fabs(side));
    rm_status status = add_allowance(&spare, v, which, watch);
    rm_sum_subtract_sum(&spare, &lacks);
    if (rm_sum_sign(&spare) >= 0 && missed == 0) {
        *how = 0;
        return status;
    }
    *how = -1;
    out->shortfall = rm_sum_round_up(&lacks); /* what is said to be missing must be enough */
    if (missed > 0) /* and more than what the domains end at */
        out->shortfall = rm_max(nextafter(out->shortfall, INFINITY), RM_UNIT * fabs(side));
    out->attainable = rm_sum_round(which > 0 ? &r->most : &r->least);
    out->members = r->members;
    out->only_near = missed > 0;
    out->side = which > 0 ? RM_SIDE_LOWER : RM_SIDE_UPPER;
    return status;
}

/* The price 0, or the search for the side that G(0) misses.  `up` and `down`
 * say how the bounds reach the row's sides. */
static rm_status solve_price(const rm_view *v, rm_row row, const survey *known, int up, int down, rm_watch *watch,
                             rm_water *out, rm_bracket *around)
{
    const possible *limits = &known->prices;
    search s = {.view = v, .watch = watch, .floor = -DBL_MAX, .ceiling = DBL_MAX,
                .first = known->first, .last = known->last};
    if (limits->who[0] >= 0)
        s.floor = rm_max(-DBL_MAX, limits->price[0] / limits->coef[0]);
    if (limits->who[1] >= 0)
        s.ceiling = rm_min(DBL_MAX, limits->price[1] / limits->coef[1]);
    if (s.floor > DBL_MAX || s.ceiling < -DBL_MAX)
        return RM_INACCURATE; /* the only possible prices overflow */
    double start = rm_min(rm_max(0, s.floor), s.ceiling);
    out->price = (rm_price){start, 0, 1};
    around->low = rm_with_rank(rm_rank_of(start) - 1);
    around->high = rm_with_rank(rm_rank_of(start) + 1);
    rm_tally t;
    rm_status status = rm_waterfill_tally(&t, v, out->price, RM_PRECISE, watch);
    if (status != RM_OK)
        return status;
    double missing;
    int from_lower = isinf(row.lower) ? 1 : stands(&t, row.lower, &missing);
    int from_upper = isinf(row.upper) ? -1 : stands(&t, row.upper, &missing);
    /* At price 0 any sum between the sides will do; a price with a sign has to
     * meet the side it is for. */
    int meets = start > 0 ? from_lower == 0 : start < 0 ? from_upper == 0 : from_lower >= 0 && from_upper <= 0;
    int rise = start > 0 || (start == 0 && from_lower < 0);
    out->side = start == 0 && meets ? RM_SIDE_NONE : rise ? RM_SIDE_LOWER : RM_SIDE_UPPER;
    if (meets)
        return RM_OK;
    if ((rise ? up : down) == 0) { /* every variable at its end: no finite price is special */
        out->price = (rm_price){rise ? INFINITY : -INFINITY, 0, 0};
        return RM_OK;
    }
    s.target = rise ? row.lower : row.upper;
    int side = stands(&t, s.target, &missing);
    note(&s, start, side, missing);
    if ((side < 0 && start >= s.ceiling) || (side > 0 && start <= s.floor))
        return RM_INACCURATE; /* prices overflow: the last possible one does not do */
    return find_price(&s, propose(&s, &t, start, side, missing, 0, RM_COARSE, 0), &out->price, around);
}

/* Where linear variables are tied, their price is known beyond a double: the
 * least of those p / a that round to it. */
static rm_status sharpen(const rm_view *v, rm_price *y, rm_watch *watch)
{
    double least = INFINITY;
    rm_status status = RM_OK;
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        double a = rm_view_coef(v, i), rest;
        rm_pieces p;
        rm_cost room;
        rm_view_pieces(v, i, &p);
        status = rm_watch_step(watch, i);
        for (int64_t k = 0; k < p.count && a != 0; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            if (c->weight != 0 || c->lower == c->upper || rm_linear_jump(c, a) != y->high)
                continue;
            rm_cost_breakpoint(c, 0, a, &rest);
            least = rm_min(least, rest);
        }
    }
    if (isfinite(least))
        y->low = least;
    return status;
}

/* Feasibility and boundedness; `up` and `down` say how the bounds reach the row's sides. */
static rm_status look(const rm_view *v, rm_row row, rm_watch *watch, survey *s, int *up, int *down, rm_water *out)
{
    memset(out, 0, sizeof *out);
    out->runaway[0] = out->runaway[1] = -1;
    rm_status status = take_survey(s, v, rm_no_row(row), watch);
    *down = 1;
    if (status == RM_OK)
        status = reaches(v, &s->reach, row.lower, 1, watch, out, up);
    if (status == RM_OK && *up >= 0)
        status = reaches(v, &s->reach, row.upper, -1, watch, out, down);
    if (status == RM_OK && (*up < 0 || *down < 0))
        status = RM_INFEASIBLE;
    return status == RM_OK ? find_runaway(s, row, out) : status;
}

rm_status rm_waterfill_look(const rm_view *v, rm_row row, rm_watch *watch, rm_reach *reach, rm_water *out)
{
    survey s;
    int up, down;
    rm_status status = look(v, row, watch, &s, &up, &down, out);
    *reach = s.reach;
    return status;
}

rm_status rm_waterfill_solve(const rm_view *v, rm_row row, double *x, rm_watch *watch, rm_water *out)
{
    survey s;
    int up, down;
    rm_status status = look(v, row, watch, &s, &up, &down, out);
    if (status != RM_OK)
        return status;
    rm_bracket around;
    status = solve_price(v, row, &s, up, down, watch, out, &around);
    out->overflow = status == RM_INACCURATE;
    if (status == RM_OK && out->price.jump)
        status = sharpen(v, &out->price, watch);
    if (status != RM_OK)
        return status;
    rm_status split = x ? rm_waterfill_split(v, row, around, x, watch, out) : RM_OK;
    if (split != RM_OK && (split != RM_INACCURATE || out->overflow))
        return split;
    double low, high;
    status = rm_waterfill_prices(v, row, out, x, watch, &low, &high);
    if (status != RM_OK)
        return status;
    if (isinf(low) && low == high) {
        out->overflow = 1;
        return RM_INACCURATE;
    }
    /* The single value: the end nearest zero; an infinite end is no value. */
    out->multiplier = isinf(low) && isinf(high) ? 0 : fabs(low) <= fabs(high) ? low : high;
    return split;
}

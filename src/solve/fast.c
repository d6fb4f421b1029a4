/* WATERFILL, the short way.
 *
 * The price y* of one row solves G(y) = M, G the sum of what all variables answer
 * (waterfill.c).  The answer is defined without any method: its price is the
 * double nearest y*, and each x_i is the double nearest to what variable i
 * answers that price.  Where that price is too coarse for the row's rule (x small
 * beside targets or prices: the simplex), it gets a second double, rounded to 20
 * bits.  So however the price is found, the bits are the same, provided that it
 * is known which double is nearest.
 *
 * 1. Guess.  A sample is solved; statistics tell how far its price may be off.
 *    Variables that stay in a cache are then gone over by Newton's method where
 *    they lie.  Of more, one pass (the sift) sums what every price of that bracket
 *    leaves free, or at the same bound, and gathers the few others; the small
 *    problem that they make is solved by Newton's method on its breakpoints
 *    (Floyd and Rivest 1975 select a median in this manner; for this problem cf.
 *    Kiwiel 2008).  If the bracket was wrong, the next one starts at its end; if
 *    too many are undecided, Newton goes over all.  Few variables are all
 *    gathered.  Nothing here needs to be right (guess.c).  Up to 64 variables have
 *    a way of their own, which needs no pass as a proof (kernel/few.inc).
 *
 * 2. Proof.  One more pass (the pour) answers the rounded price y: each answer in
 *    two doubles, so that its rounding to x_i is known, and their sum with a
 *    bound e on its error.  Let R = M - G(y).  The variables well inside their
 *    bounds, whose slopes sum to D, stay inside for some ulps around y, and no
 *    term of G ever falls; so G rises at least by D per unit of price there, and
 *
 *        |y* - y| <= (|R| + e) / D.
 *
 *    If that is less than the way to the border of the next double (price.h), y is
 *    the price, whatever the guess was worth.  If not, y + R / D is a better
 *    guess, and x is poured again.  The row's rule is checked on the x written.
 *
 * Totals at a limit of what the bounds allow, or beyond, are then looked for with
 * exact sums (limits.c).  Where nothing of this tells (the total met at a kink,
 * ties, no variable free, numbers too far apart, bad data), the long way decides.
 * So that it cannot tell other bits, it rounds its price in the same way.
 *
 * Cost: two passes over the data and the sample, O(n); the last one writes x.  Up to
 * 2^17 variables about four.  The gathered variables live in x itself, four doubles
 * each; without x, or for few variables, on 15 KiB of stack.  So do the reciprocals
 * of the weights, which the pour reads before it writes.
 *
 * Sources: Floyd and Rivest 1975; Kiwiel 2008; the proof is the intermediate
 * value theorem with error bounds in the manner of Rump 1999.
 */
#include "solve/fast.h"

#include "base/expansion.h"
#include "solve/approach.h"
#include "solve/limits.h"
#include "cost/price.h"

enum { MOST_POURS = 4, MANY_UNITS = 16 };

/* A poured price, judged. */
typedef struct judged {
    double missing;   /* R */
    double doubt;     /* e */
    double residual;  /* M - sum a_i x_i, as x was written */
    double slope;     /* D */
    int usable;
} judged;

static judged judge(const rm_work *w, const rm_poured *p)
{
    judged j;
    double error;
    double rest = rm_two_sum(w->total, -p->sum.high, &error);
    j.residual = rest + (error - p->sum.low);
    j.missing = rest + ((error - p->sum.low) - p->rest);
    j.doubt = RM_POUR_ERROR * (p->size + fabs(w->total)) * (1 + (double)w->view->n * 0x1p-32) + p->doubt;
    j.slope = p->slope * (1 - RM_PLAIN);
    j.usable = !p->bad && isfinite(j.missing) && isfinite(j.doubt) && j.slope > 0x1p-400 && j.slope < 0x1p400;
    return j;
}

/* Whether y* is within `reach` of the price. */
static int proved(const judged *j, double reach)
{
    return fabs(j->missing) * (1 + RM_PLAIN) + j->doubt < reach * j->slope;
}

/* Whether the price will do, by the x written: 1 yes, 0 no, -1 cannot tell. */
static int rule(const judged *j, const rm_poured *p)
{
    double missed = fabs(j->residual);
    double share = 4 * RM_UNIT * RM_PRICE_WILL_DO;
    if (missed * (1 + RM_PLAIN) + j->doubt <= share * (1 - RM_PLAIN) * p->free_least)
        return 1;
    if (missed * (1 - RM_PLAIN) - j->doubt > share * (1 + RM_PLAIN) * p->free_most)
        return 0;
    return -1;
}

/* Finds the double that y* rounds to (price.h) from a guess, and pours it. */
static rm_status prove_high(rm_work *w, rm_pair guess, double *y, rm_poured *p, judged *j, int *yes)
{
    double rest;
    *y = rm_price_round(guess.high, guess.low, &rest);
    *yes = 0;
    for (int k = 0; k < MOST_POURS; k++) {
        if (!(fabs(*y) > 0x1p-500 && fabs(*y) < 0x1p500))
            return RM_OK;
        rm_status status = rm_sweep_pour(&w->sweep, (rm_price){*y, 0, 0}, w->total, w->x, w->kept, p);
        w->kept = 0;
        if (status != RM_OK)
            return status;
        *j = judge(w, p);
        if (!j->usable)
            return RM_OK;
        if (proved(j, rm_price_reach(*y, j->missing > 0))) {
            *yes = 1;
            return RM_OK;
        }
        /* The guess knows the slope well where only its last places were wrong. */
        if (fabs(j->missing) > MANY_UNITS * RM_UNIT * fabs(*y) * j->slope)
            w->slope = j->slope;
        double better = rm_price_round(*y, j->missing / rm_max(j->slope, w->slope), &rest);
        if (better == *y)
            return RM_OK;
        *y = better;
    }
    return RM_OK;
}

/* The same for the second double. */
static rm_status prove_low(rm_work *w, double high, double low, rm_price *y, rm_poured *p, judged *j, int *yes)
{
    *yes = 0;
    *y = (rm_price){high, rm_price_second(high, low), 0};
    for (int k = 0; k < MOST_POURS; k++) {
        rm_status status = rm_sweep_pour(&w->sweep, *y, w->total, w->x, w->kept, p);
        w->kept = 0;
        if (status != RM_OK)
            return status;
        *j = judge(w, p);
        double most = fabs(y->low) + rm_price_half_second(high);
        if (!j->usable || !(most < rm_price_reach(high, y->low > 0) * (1 - 0x1p-50)))
            return RM_OK;
        if (proved(j, rm_price_half_second(high))) {
            *yes = rule(j, p) == 1;
            return RM_OK;
        }
        double better = rm_price_second(high, y->low + j->missing / rm_max(j->slope, w->slope));
        if (better == y->low)
            return RM_OK;
        y->low = better;
    }
    return RM_OK;
}

/* Whether the first double alone could not do: without the second one the row would
 * be missed by what that changes, less what is missing with it, but for the
 * rounding of x. */
static int too_coarse(const judged *j, const rm_poured *p, double low)
{
    double missed = fabs(low) * j->slope - fabs(j->missing) * (1 + RM_PLAIN) - j->doubt;
    return missed > (4 * RM_PRICE_WILL_DO + 1) * RM_UNIT * (1 + RM_PLAIN) * p->free_most;
}

/* Nothing of an earlier answer is left. */
static void open_answer(rm_water *out, int *done)
{
    memset(out, 0, sizeof *out);
    out->runaway[0] = out->runaway[1] = -1;
    *done = 0;
}

static void close_answer(rm_price y, rm_water *out, int *done)
{
    out->price = y;
    out->multiplier = y.high;
    out->side = y.high > 0 ? RM_SIDE_LOWER : RM_SIDE_UPPER;
    *done = 1;
}

/* Pours the price, with its second double where that is needed. */
static rm_status prove(rm_work *w, rm_pair guess, rm_water *out, int *done)
{
    rm_price y = {0, 0, 0};
    rm_poured p;
    judged j = {0, 0, 0, 0, 0};
    double rest;
    int met = 0;
    rm_status status = RM_OK;
    y.high = rm_price_round(guess.high, guess.low, &rest);
    /* It is likely to be needed: that saves a pass. */
    if (w->x && fabs(rest) * w->slope > 4.2 * RM_UNIT * fabs(w->total)) {
        status = prove_low(w, y.high, rest, &y, &p, &j, &met);
        met = met == 1 && too_coarse(&j, &p, y.low);
    }
    if (status == RM_OK && met != 1) {
        int yes;
        y.low = 0;
        status = prove_high(w, guess, &y.high, &p, &j, &yes);
        if (status != RM_OK || !yes)
            return status;
        met = w->x ? rule(&j, &p) : 1; /* without x there is no rule to meet */
        if (met == 0)
            status = prove_low(w, y.high, j.missing / j.slope, &y, &p, &j, &met);
    }
    if (status != RM_OK || met != 1)
        return status;
    close_answer(y, out, done);
    return RM_OK;
}

/* --- the simplex -------------------------------------------------------------- */

/* The simplex: where a sample tells that few are not at 0, one pass writes 0 for
 * all and gathers those few; they are a small simplex of their own, with the same
 * price, since all others are at 0 up to the bracket's upper end.  So the data are
 * read but once.  What is gathered lives at the beginning of x, which is written last. */
static rm_status skim(rm_work *w, const rm_estimate *e, rm_water *out, int *done)
{
    enum { ARRAYS = 3, SPARE = 1024 };
    const rm_view *v = w->view;
    double high = e->bracket.high;
    int64_t few = (int64_t)(e->share * (double)v->n);
    int64_t most = few + few / 4 + SPARE, held = (ARRAYS * most / RM_WATCH_BLOCK + 1) * RM_WATCH_BLOCK;
    int64_t whole = v->n / 16 * 16, count = 0;
    if (held > whole / 4)
        return RM_OK;
    double *target = w->x, *index = target + most, *answer = index + most;
    rm_status status = rm_watch_pass(w->sweep.watch);
    for (int64_t i = 0; i < whole && status == RM_OK; i += RM_WATCH_BLOCK) {
        int64_t end = whole - i > RM_WATCH_BLOCK ? i + RM_WATCH_BLOCK : whole;
        if (w->kernels->skim(v->target, i, end, high, i < held ? NULL : w->x, target, index, &count, most))
            return RM_OK;
        status = rm_watch_block(w->sweep.watch);
    }
    for (int64_t i = whole; i < v->n; i++, count++) {
        if (count >= most || !isfinite(v->target[i]))
            return RM_OK;
        target[count] = v->target[i];
        index[count] = (double)i;
    }
    if (status != RM_OK)
        return status;
    rm_view gathered = {.n = count, .target = target};
    status = rm_fast_solve(&gathered, w->total, answer, w->sweep.watch, NULL, NULL, out, done);
    *done = *done && status == RM_OK && isfinite(out->price.high) && out->price.high < high;
    if (status == RM_INFEASIBLE)
        return RM_OK;
    if (status != RM_OK || !*done)
        return status;
    for (int64_t k = count; k-- > 0;)
        if ((int64_t)index[k] >= held)
            w->x[(int64_t)index[k]] = answer[k];
    rm_view first = {.n = held, .target = v->target};
    rm_sweep rest = {&first, w->kernels, w->sweep.watch, NULL};
    rm_poured poured;
    status = rm_sweep_pour(&rest, out->price, w->total, w->x, 0, &poured);
    *done = status == RM_OK && !poured.bad;
    return status;
}

/* Whether the problem is a large simplex, to be solved on this thread. */
static int may_skim(const rm_work *w)
{
    const rm_view *v = w->view;
    int alone = !w->sweep.crew || w->sweep.crew->width <= 1;
    return w->x && alone && v->n >= RM_CREW_LEAST && v->target && !v->weight && !v->price && !v->coef && !v->lower
           && !v->upper;
}

/* --- all of it ---------------------------------------------------------------- */

/* Guesses and proves, with the room that w->quads gives. */
static rm_status solve(rm_work *w, rm_warm *warm, rm_water *out, int *done)
{
    rm_pair y;
    rm_estimate e;
    int end = RM_LOST;
    rm_status status = RM_OK;
    if (w->view->n <= RM_FEW) {
        if (w->kernels->turn(w->view, 0, w->view->n, &w->quads))
            return RM_OK;
        rm_search s = rm_search_open(w);
        end = rm_balance(w, &s, &y);
    } else if (rm_warm_recall(w, warm, &y, &e) == RM_FOUND) {
        end = RM_FOUND;
    } else {
        if (!e.known)
            rm_sample_price(w, &e);
        if (e.few_off && may_skim(w))
            status = skim(w, &e, out, done);
        if (status == RM_OK && !*done)
            status = rm_guess_price(w, &e, warm, &y, &end);
    }
    if (status != RM_OK || *done || end != RM_FOUND)
        return status;
    return prove(w, y, out, done);
}

static void use_room(rm_work *w, double *room, int64_t most)
{
    w->quads = (rm_quads){room, room + most, room + 2 * most, room + 3 * most, 0, most};
}

static RM_APART rm_status solve_on_stack(rm_work *w, rm_warm *warm, rm_water *out, int *done)
{
    double room[4 * RM_ROOM];
    use_room(w, room, RM_ROOM);
    return solve(w, warm, out, done);
}

/* Very few variables: in one go, or the price in one go and its proof after that. */
static rm_status solve_few(const rm_view *v, double total, double *x, rm_watch *watch, rm_water *out, int *done)
{
    const rm_kernels *kernels = rm_kernels_best();
    rm_pair y;
    double slope;
    rm_status status = rm_watch_pass(watch);
    if (status != RM_OK)
        return status;
    int known = kernels->few(v, total, x, &y, &slope);
    if (known == RM_HANDFUL_DONE)
        close_answer((rm_price){y.high, 0, 0}, out, done);
    if (known != RM_HANDFUL_PRICE)
        return RM_OK;
    rm_sweep sweep = {v, kernels, watch, NULL};
    rm_work w = {.view = v, .kernels = kernels, .sweep = sweep, .total = total, .x = x, .slope = slope};
    return prove(&w, y, out, done);
}

/* Costs that are not plain: Newton over all from where a sample leads, and the same proof. */
static rm_status solve_curves(const rm_view *v, double total, double *x, rm_watch *watch, rm_crew *crew, rm_warm *warm,
                              rm_water *out, int *done)
{
    const rm_kernels *kernels = rm_kernels_best();
    rm_work w = {.view = v, .kernels = kernels, .sweep = {v, kernels, watch, crew}, .total = total, .x = x};
    rm_pair y;
    if (v->custom.record || !x)
        return RM_OK;
    double near = warm && warm->known != RM_WARM_NOTHING ? warm->y : 0;
    rm_status status = rm_approach_closely(&w.sweep, total, near, &y, &w.slope);
    if (status == RM_OK && isfinite(y.high))
        status = prove(&w, y, out, done);
    if (status == RM_OK && *done)
        rm_warm_note(warm, out->price.high);
    return status;
}

rm_status rm_fast_solve(const rm_view *v, double total, double *x, rm_watch *watch, rm_crew *crew, rm_warm *warm,
                        rm_water *out, int *done)
{
    rm_status status;
    open_answer(out, done);
    if (!rm_view_is_plain(v))
        return solve_curves(v, total, x, watch, crew, warm, out, done);
    if (v->n > 0 && v->n <= RM_HANDFUL) {
        status = solve_few(v, total, x, watch, out, done);
        if (status != RM_OK || *done)
            return status;
    }
    const rm_kernels *kernels = rm_kernels_best();
    rm_work w = {.view = v, .kernels = kernels, .sweep = {v, kernels, watch, crew}, .total = total, .x = x};
    if (!x || v->n / 4 <= RM_ROOM) {
        status = solve_on_stack(&w, warm, out, done);
    } else {
        use_room(&w, x, v->n / 4);
        status = solve(&w, warm, out, done);
    }
    if (status != RM_OK || *done)
        return status;
    return rm_limits_solve(v, total, w.beyond < 0 ? -1 : 1, x, kernels, watch, out, done);
}

/* --- rows with two sides ---------------------------------------------------------- */

/* The price 0, for a row that it leaves inside its sides with room to spare. */
static rm_status stay_at_zero(const rm_sweep *s, rm_row row, double *x, rm_water *out, int *done)
{
    rm_poured p;
    double size = isfinite(row.upper) ? row.upper : isfinite(row.lower) ? row.lower : 0;
    rm_status status = rm_sweep_pour(s, (rm_price){0, 0, 0}, size, x, 0, &p);
    if (status != RM_OK || p.bad)
        return status;
    /* Both sums, of x as it is written and of the answers before rounding, are within. */
    double reach = p.size * RM_UNIT + p.doubt, sum = p.sum.high;
    if (!(sum - reach > row.lower && sum + reach < row.upper))
        return RM_OK;
    out->price = (rm_price){0, 0, 1};
    out->multiplier = 0;
    out->side = RM_SIDE_NONE;
    *done = 1;
    return RM_OK;
}

rm_status rm_fast_row(const rm_view *v, rm_row row, double *x, rm_watch *watch, rm_crew *crew, rm_warm *warm,
                      rm_water *out, int *done)
{
    if (row.lower == row.upper)
        return rm_fast_solve(v, row.lower, x, watch, crew, warm, out, done);
    rm_sweep sweep = {v, rm_kernels_best(), watch, crew};
    rm_sifted at_zero;
    open_answer(out, done);
    if (!rm_view_is_plain(v))
        return RM_OK;
    rm_status status = rm_sweep_gauge(&sweep, 0, NULL, 0, &at_zero);
    if (status != RM_OK || at_zero.bad || !isfinite(at_zero.sum.high))
        return status;
    /* This only guesses which side binds: a price of that side's sign proves it. */
    int binds = at_zero.sum.high > row.upper ? RM_SIDE_UPPER : at_zero.sum.high < row.lower ? RM_SIDE_LOWER : RM_SIDE_NONE;
    if (binds == RM_SIDE_NONE)
        return stay_at_zero(&sweep, row, x, out, done);
    status = rm_fast_solve(v, binds == RM_SIDE_UPPER ? row.upper : row.lower, x, watch, crew, warm, out, done);
    *done = *done && out->side == binds;
    return status == RM_INFEASIBLE && !*done ? RM_OK : status;
}

/* Weak duality as a check.
 *
 * For any price y the optimum is at least
 *
 *     g(y) = c0 + y M - sum_i f_i*(a_i y),   M = L for y > 0, U for y < 0,
 *
 * f_i* the conjugate of cost and bounds together.  Against an answer x the
 * difference is a sum of Fenchel-Young terms, none negative,
 *
 *     f(x) - g(y) = sum_i [ f_i(x_i) + f_i*(a_i y) - a_i y x_i ] + y (sum a_i x_i - M),
 *
 * and each vanishes exactly where x_i answers the price and the row is tight.
 * Summing these instead of subtracting two large numbers keeps a gap of 1e-20
 * visible.  Every term is rounded up, so the bound can only be too low.  An x_i
 * outside its bounds is put at the nearer one first: the bound holds for any x.
 *
 * A linear cost without a bound makes its conjugate infinite when the rounded
 * price is a hair beyond it.  Then the row itself, with the bounds of the other
 * variables, often bounds x_i, and that bound is used.
 *
 * Source: weak duality and the Fenchel-Young inequality, Rockafellar 1970,
 * section 31.
 */
#include "check/verify.h"

#include "base/pair.h"
#include "cost/pieces.h"

/* Rounding of the sums that an implied bound is made of, outwards. */
#define OUTWARDS 0x1p-40

/* The bound on x_i that the row and the other variables imply, upwards
 * (up = 1) or downwards; infinite if there is none. */
static double implied_bound(const rm_reach *r, rm_row row, const rm_cost *c, double a, int up)
{
    double none = up ? INFINITY : -INFINITY;
    int high = (a > 0) == up; /* a x_i is bounded from above, so by U and the least of the others */
    double side = high ? row.upper : row.lower;
    double own = rm_end_of(c, a, high ? -1 : 1);
    int64_t open = high ? r->least_open : r->most_open;
    if (isinf(side) || open > (isinf(own) ? 1 : 0))
        return none;
    rm_sum others = high ? r->least : r->most;
    if (isfinite(own))
        rm_sum_add_product(&others, -a, own);
    double rest = rm_sum_round(&others);
    double bound = (side - rest) / a;
    double slack = OUTWARDS * (fabs(side) + fabs(rest)) / fabs(a);
    return isfinite(bound) && isfinite(slack) ? (up ? bound + slack : bound - slack) : none;
}

/* The gap of a piece whose conjugate is infinite, with the bounds that the row implies for its
 * whole variable. */
static double fenchel_in_row(const rm_reach *r, rm_row row, const rm_cost *whole, rm_cost piece, double x,
                             double reduced, double a, double y)
{
    if (isinf(piece.upper))
        piece.upper = implied_bound(r, row, whole, a, 1);
    if (isinf(piece.lower))
        piece.lower = implied_bound(r, row, whole, a, 0);
    return rm_cost_fenchel(&piece, x, reduced, a, y);
}

/* Whether the next double on the side that the cost falls to is the end of a domain that x can
 * only come near. */
static int is_as_near_as_can_be(const rm_cost *c, double x, double reduced)
{
    int end = reduced > 0 ? 0 : 1;
    return rm_cost_is_open(c, end) && nextafter(x, end ? INFINITY : -INFINITY) == (end ? c->upper : c->lower);
}

/* Relative violation of stationarity of one variable.  The slope of a curved cost may change much from
 * one double to the next, or be infinite at x: so the next double on the side that the cost falls to is
 * looked at too, and where it falls no further from there x is as good as it can be. */
static double violation(const rm_cost *c, double x, double a, double y, double y_low, double reduced, double magnitude)
{
    double wrong = fabs(reduced);
    if (x <= c->lower && x >= c->upper)
        return 0;
    if (x <= c->lower)
        wrong = rm_max(0, -reduced);
    else if (x >= c->upper)
        wrong = rm_max(0, reduced);
    double share = wrong == 0 ? 0 : isfinite(magnitude) ? wrong / magnitude : 1;
    if (share <= RM_STATIONARY || !rm_cost_is_curved(c) || !isfinite(x))
        return share;
    double next = nextafter(x, reduced > 0 ? -INFINITY : INFINITY), size;
    double there = rm_cost_reduced(c, next, a, y, y_low, &size);
    if (is_as_near_as_can_be(c, x, reduced) || (there > 0) != (reduced > 0) || there == 0)
        return 0;
    return isfinite(size) ? rm_min(share, fabs(there) / size) : share;
}

/* The part of x in piece k of `count`: beyond the bounds where x itself is. */
static double part_in(const rm_cost *c, int64_t k, int64_t count, double x)
{
    double part = k > 0 ? rm_max(x, c->lower) : x;
    return k < count - 1 ? rm_min(part, c->upper) : part;
}

static double coef_in_row(const rm_view *v, rm_row row, int64_t i)
{
    return rm_no_row(row) ? 0 : rm_view_coef(v, i);
}

/* x_i, or by how much the row is missed. */
static double told_at(const rm_view *v, const double *x, double miss, int64_t i)
{
    return rm_view_is_slack(v, i) ? miss : x[i];
}

double rm_verify_stationarity(const rm_view *v, rm_row row, const double *x, double y)
{
    double worst = 0;
    for (int64_t i = 0; i < v->n; i++) {
        rm_pieces p;
        rm_cost room;
        rm_view_pieces(v, i, &p);
        double a = coef_in_row(v, row, i);
        for (int64_t k = 0; k < p.count; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            double magnitude, part = part_in(c, k, p.count, x[i]);
            double reduced = rm_cost_reduced(c, part, a, y, 0, &magnitude);
            worst = rm_max(worst, violation(c, part, a, y, 0, reduced, magnitude));
        }
    }
    return worst;
}

/* What a sum lacks to be within the sides, below 0 where it is too large; exact before it is
 * rounded. */
static double lacking(const rm_sum *sum, rm_row row, double *side)
{
    *side = 0;
    for (int which = 1; which >= -1; which -= 2) {
        double bound = which > 0 ? row.lower : row.upper;
        if (isinf(bound))
            continue;
        rm_sum d;
        rm_sum_clear(&d);
        rm_sum_add(&d, bound);
        rm_sum copy = *sum;
        rm_sum_subtract_sum(&d, &copy);
        if (rm_sum_sign(&d) * which > 0) {
            *side = fabs(bound);
            return rm_sum_round(&d);
        }
    }
    return 0;
}

double rm_verify_miss(const rm_view *v, rm_row row, const double *x)
{
    if (!v->slack.on)
        return 0;
    rm_sum sum, size;
    rm_sum_clear(&sum);
    rm_sum_clear(&size);
    for (int64_t i = 0; i < v->n - 1; i++) {
        rm_sum_add_product(&sum, rm_view_coef(v, i), x[i]);
        rm_sum_add_product(&size, fabs(rm_view_coef(v, i)), fabs(x[i]));
    }
    double side, missing = lacking(&sum, row, &side);
    rm_cost c = rm_view_cost(v, v->n - 1);
    return fabs(missing) > 4 * RM_UNIT * rm_sum_round(&size) ? rm_piece_part(&c, missing) : 0;
}

/* y (sum - M) for the side the price is for; not below the exact value. */
static double row_term(const rm_sum *sum, rm_row row, double y)
{
    if (y == 0)
        return 0;
    double side = y > 0 ? row.lower : row.upper;
    if (isinf(side))
        return INFINITY;
    rm_sum d = *sum;
    rm_sum_add(&d, -side);
    double term = y * rm_sum_round(&d);
    return term + fabs(term) * 0x1p-46;
}

/* What the sums of an answer, or of the one put within its bounds, are made of. */
typedef struct account {
    rm_sum value, error, sum;
    double overflow;
} account;

static void account_clear(account *t, double constant)
{
    memset(t, 0, sizeof *t);
    rm_sum_add(&t->value, constant);
}

static void account_add(account *t, const rm_view *v, int64_t i, double a, double x)
{
    t->overflow += rm_view_add_value(v, i, x, &t->value, &t->error);
    rm_sum_add_product(&t->sum, a, x);
}

/* The account of an answer put within its bounds, where it is not within them. */
static rm_status account_within(account *t, const rm_view *v, rm_row row, double constant, const double *x, double miss,
                                const rm_watch *watch)
{
    rm_status status = RM_OK;
    account_clear(t, constant);
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        rm_cost c = rm_view_cost(v, i);
        account_add(t, v, i, coef_in_row(v, row, i), rm_piece_part(&c, told_at(v, x, miss, i)));
        status = rm_watch_step(watch, i);
    }
    return status;
}

/* What the bounds allow: only needed where a conjugate is infinite. */
static rm_status take_reach(rm_reach *r, const rm_view *v, const rm_watch *watch)
{
    rm_status status = RM_OK;
    rm_reach_clear(r);
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        rm_reach_range(r, v, i, i + 1);
        status = rm_watch_step(watch, i);
    }
    return status;
}

/* Objective, bound and gap: of the answer as told, the bound of the one put within its bounds. */
static void close_figures(rm_figures *out, account *told, account *within, rm_sum *gap, int endless)
{
    /* inf - inf is told as inf too */
    out->objective = told->overflow < 0 ? -INFINITY : told->overflow == 0 ? rm_sum_round(&told->value) : INFINITY;
    if (told->overflow != 0 || within->overflow != 0 || endless) {
        out->bound = -INFINITY;
        out->gap = INFINITY;
        return;
    }
    if (rm_sum_sign(&within->error) > 0)
        rm_sum_add_sum(gap, &within->error);
    rm_sum_subtract_sum(&within->value, gap);
    out->bound = rm_sum_round_down(&within->value);
    out->gap = rm_max(0, rm_sum_round(gap));
}

/* How far a sum is from the row's sides, by itself and as a share of its terms and the side. */
static double residual(rm_sum *sum, const rm_sum *size, rm_row row, double *relative)
{
    double side, missed = fabs(lacking(sum, row, &side));
    *relative = 0;
    if (missed > 0) {
        /* Made smaller where the sum of the magnitudes would overflow. */
        int exponent = isinf(rm_sum_round_times(size, 1)) || side > DBL_MAX / 4 ? -100 : 0;
        double scale = rm_sum_round_times(size, exponent) + ldexp(side, exponent);
        *relative = rm_min(1, ldexp(rm_min(missed, DBL_MAX), exponent) / scale);
    }
    return missed;
}

rm_status rm_verify(const rm_view *v, rm_row row, double constant, const double *x, double miss, double y,
                    const rm_watch *watch, rm_figures *out)
{
    rm_status status = RM_OK;
    rm_reach reach;
    account told, within;
    rm_sum gap, size;
    int has_reach = 0;
    double infinite_gap = 0;
    account_clear(&told, constant);
    rm_sum_clear(&gap);
    rm_sum_clear(&size);
    memset(out, 0, sizeof *out);
    rm_view_ask(v, 0, v->n, (rm_price){y, 0, 0});
    rm_view_ask_values(v, 0, v->n, x);
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        rm_pieces p;
        rm_cost room;
        rm_view_pieces(v, i, &p);
        double a = coef_in_row(v, row, i), at = told_at(v, x, miss, i), inner = rm_piece_part(&p.whole, at);
        account_add(&told, v, i, a, at);
        for (int64_t k = 0; k < p.count; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            double magnitude, told_part = part_in(c, k, p.count, at), part = rm_piece_part(c, inner);
            double reduced = rm_cost_reduced(c, told_part, a, y, 0, &magnitude);
            out->dual_residual = rm_max(out->dual_residual, violation(c, told_part, a, y, 0, reduced, magnitude));
            if (part != told_part)
                reduced = rm_cost_reduced(c, part, a, y, 0, &magnitude);
            double term = rm_cost_fenchel(c, part, reduced, a, y);
            if (isinf(term) && a != 0) {
                if (!has_reach)
                    status = take_reach(&reach, v, watch);
                has_reach = 1;
                term = status == RM_OK ? fenchel_in_row(&reach, row, &p.whole, *c, part, reduced, a, y) : INFINITY;
            }
            if (isfinite(term))
                rm_sum_add(&gap, term);
            else
                infinite_gap = INFINITY;
        }
        rm_sum_add_product(&size, fabs(a), fabs(at));
        out->bound_residual = rm_max(out->bound_residual, fabs(at - inner));
        if (status == RM_OK)
            status = rm_watch_step(watch, i);
    }
    within = told;
    if (status == RM_OK && out->bound_residual > 0)
        status = account_within(&within, v, row, constant, x, miss, watch);
    if (status != RM_OK)
        return status;
    out->row_residual = residual(&told.sum, &size, row, &out->row_residual_relative);
    double tail = row_term(&within.sum, row, y);
    if (isfinite(tail))
        rm_sum_add(&gap, tail);
    else
        infinite_gap = INFINITY;
    close_figures(out, &told, &within, &gap, infinite_gap > 0);
    return RM_OK;
}

void rm_offers_take(const rm_offers *o, const rm_row_set *r, const double *dual)
{
    for (int64_t i = 0; i < r->variables; i++)
        o->high[i] = o->low[i] = o->size[i] = 0;
    for (int64_t k = 0; k < r->count; k++) {
        for (int64_t j = 0; dual[k] != 0 && j < rm_row_size(r, k); j++) {
            int64_t i = rm_row_member(r, k, j);
            rm_pair sum = {o->high[i], o->low[i]}, term;
            term.high = rm_two_product(rm_row_coef(r, k, j), dual[k], &term.low);
            rm_pair_add(&sum, term);
            o->high[i] = sum.high;
            o->low[i] = sum.low;
            o->size[i] += fabs(term.high);
        }
    }
}

/* A row's sum at x, or at x put within its bounds, as two doubles; and of the magnitudes. */
static rm_pair row_sum(const rm_view *v, const rm_row_set *r, int64_t k, const double *x, int inside, double *size)
{
    rm_pair sum = {0, 0};
    *size = 0;
    for (int64_t j = 0; j < rm_row_size(r, k); j++) {
        int64_t i = rm_row_member(r, k, j);
        double at = x[i];
        if (inside) {
            rm_cost c = rm_view_cost(v, i);
            at = rm_piece_part(&c, at);
        }
        rm_pair term;
        term.high = rm_two_product(rm_row_coef(r, k, j), at, &term.low);
        rm_pair_add(&sum, term);
        *size += fabs(term.high);
    }
    return sum;
}

/* The same exactly. */
static rm_sum exact_row_sum(const rm_view *v, const rm_row_set *r, int64_t k, const double *x, int inside, rm_sum *size)
{
    rm_sum sum;
    rm_sum_clear(&sum);
    rm_sum_clear(size);
    for (int64_t j = 0; j < rm_row_size(r, k); j++) {
        int64_t i = rm_row_member(r, k, j);
        rm_cost c = rm_view_cost(v, i);
        double a = rm_row_coef(r, k, j), at = inside ? rm_piece_part(&c, x[i]) : x[i];
        rm_sum_add_product(&sum, a, at);
        rm_sum_add_product(size, fabs(a), fabs(at));
    }
    return sum;
}

/* What two doubles may be off by, as a share of the magnitudes: more than the bound of Joldes, Muller and Popescu
 * 2017 for 2^20 terms.  What is left near a side may be all error: below this share it is summed exactly, and so are
 * magnitudes that may overflow. */
#define PAIR_ERROR 0x1p-80
#define PAIR_TELLS 0x1p-70
#define PAIR_MOST 0x1p1000

/* y (sum - M) of row k, x put within its bounds where it is not; not below the exact value. */
static double row_term_of(const rm_view *v, const rm_row_set *r, int64_t k, const double *x, int inside, double y)
{
    rm_row row = {r->line[k].lower, r->line[k].upper};
    double size;
    rm_pair sum = row_sum(v, r, k, x, inside, &size);
    double rest = rm_pair_minus(sum, (rm_pair){y > 0 ? row.lower : row.upper, 0}).high;
    if (size < PAIR_MOST && fabs(rest) > PAIR_TELLS * size) {
        double term = y * rest;
        return term + fabs(term) * 0x1p-46 + fabs(y) * size * PAIR_ERROR;
    }
    rm_sum magnitudes, exact = exact_row_sum(v, r, k, x, inside, &magnitudes);
    return row_term(&exact, row, y);
}

/* How far a row's sum is from its sides, by itself and as a share. */
static double row_residual(const rm_view *v, const rm_row_set *r, int64_t k, const double *x, double *relative)
{
    const rm_line *line = &r->line[k];
    double size;
    rm_pair sum = row_sum(v, r, k, x, 0, &size);
    *relative = 0;
    if (!(size < PAIR_MOST)) {
        rm_sum magnitudes, exact = exact_row_sum(v, r, k, x, 0, &magnitudes);
        return residual(&exact, &magnitudes, (rm_row){line->lower, line->upper}, relative);
    }
    double under = isinf(line->lower) ? -INFINITY : rm_pair_minus((rm_pair){line->lower, 0}, sum).high;
    double over = isinf(line->upper) ? -INFINITY : rm_pair_minus(sum, (rm_pair){line->upper, 0}).high;
    double missed = rm_max(0, rm_max(under, over));
    if (missed > 0)
        *relative = rm_min(1, missed / (size + fabs(under > over ? line->lower : line->upper)));
    return missed;
}

/* The residuals of all rows at x, and what they add to the gap. */
static rm_status look_at_rows(const rm_view *v, const rm_row_set *r, const double *x, const double *dual,
                              const rm_watch *watch, rm_figures *out, rm_sum *gap, int *endless)
{
    rm_status status = RM_OK;
    for (int64_t k = 0; k < r->count && status == RM_OK; k++) {
        double share, missed = row_residual(v, r, k, x, &share);
        out->row_residual = rm_max(out->row_residual, missed);
        out->row_residual_relative = rm_max(out->row_residual_relative, share);
        double tail = dual[k] != 0 ? row_term_of(v, r, k, x, out->bound_residual > 0, dual[k]) : 0;
        if (isfinite(tail))
            rm_sum_add(gap, tail);
        else
            *endless = 1;
        status = rm_watch_step(watch, k);
    }
    return status;
}

rm_status rm_verify_rows(const rm_view *v, const rm_row_set *r, double constant, const double *x, const double *dual,
                         const rm_offers *o, const rm_watch *watch, rm_figures *out)
{
    rm_status status = RM_OK;
    account told, within;
    rm_sum gap;
    int endless = 0;
    account_clear(&told, constant);
    rm_sum_clear(&gap);
    memset(out, 0, sizeof *out);
    rm_view_ask_values(v, 0, v->n, x);
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        rm_pieces p;
        rm_cost room;
        rm_view_pieces(v, i, &p);
        double inner = rm_piece_part(&p.whole, x[i]), high = o->high[i], low = o->low[i];
        account_add(&told, v, i, 0, x[i]);
        for (int64_t k = 0; k < p.count; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            double magnitude, told_part = part_in(c, k, p.count, x[i]), part = rm_piece_part(c, inner);
            double reduced = rm_cost_reduced(c, told_part, 1, high, low, &magnitude);
            magnitude += o->size[i];
            out->dual_residual = rm_max(out->dual_residual, violation(c, told_part, 1, high, low, reduced, magnitude));
            if (part != told_part)
                reduced = rm_cost_reduced(c, part, 1, high, low, &magnitude);
            double term = rm_cost_fenchel(c, part, reduced, 1, high);
            if (isfinite(term))
                rm_sum_add(&gap, term);
            else
                endless = 1;
        }
        out->bound_residual = rm_max(out->bound_residual, fabs(x[i] - inner));
        status = rm_watch_step(watch, i);
    }
    within = told;
    if (status == RM_OK && out->bound_residual > 0)
        status = account_within(&within, v, (rm_row){-INFINITY, INFINITY}, constant, x, 0, watch);
    if (status == RM_OK)
        status = look_at_rows(v, r, x, dual, watch, out, &gap, &endless);
    if (status == RM_OK)
        close_figures(out, &told, &within, &gap, endless);
    return status;
}

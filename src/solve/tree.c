/* TREE: a total for every group, and groups within groups.
 *
 *     minimise sum_i f_i(x_i)   subject to   L_r <= sum_(i in r) x_i <= U_r for every row r,   l_i <= x_i <= u_i,
 *
 * where of two rows that share a variable one holds the other: organisation, team, user; cloud, region, zone.
 *
 * Offered a price q, a row's variables together take T(q), which never falls as q rises: the inside of a row behaves
 * like one variable.  The row itself forbids sums outside its sides: below the price `low` where T = L it holds its
 * variables at `low`, above the price `high` where T = U at `high`.  So whatever the rows around it offer, what comes
 * through is the offer cut to [low, high], and
 *
 *     a variable answers the price 0, cut by the rows around it, one after the other from without.
 *
 * The multiplier of a row is what it adds to the offer: high or low less the offer where it cuts, else 0.
 *
 * To find `low` of a row is a problem with one row: its total is L, and its variables are those within, whose
 * own rows have cut their answers already: answers that are cut below at some price never fall under the x they
 * had there.  So nothing is left of the rows within but narrower bounds for the x_i (Vidal, Gribel and Jaillet
 * 2019 decompose nested constraints in this way).  From within, each row takes two such solves from the same
 * bounds, for L and for U, which leave narrower ones; in the end the price 0 is answered within what is left.  A
 * side that the bounds keep in any case takes none.
 *
 * Rows over the same variables are taken together first.
 *
 * Every solve is WATERFILL's, so that answers are as exact as those, and a row whose side binds meets it by the
 * rule for one row.  Ties go in the order of the nest.
 *
 * Cost: two solves for each level of rows over its variables, O(members).
 *
 * Sources: Hochbaum and Hong 1995 (nested resource allocation, greedy); Vidal, Gribel and Jaillet 2019; Wu, Nip and
 * He 2021 (both sides).
 */
#include "solve/tree.h"

#include "solve/fast.h"

/* --- memory -------------------------------------------------------------------------------- */

enum {
    ROW_WORDS = 5 + 2 + 4 + 6 + 2 + 4, /* order, parent, begin, size, seen; by_*; lists; pairs; least and most; lines */
    VARIABLE_WORDS = 3 + 7 + 4 + 3 + 1, /* the nest; costs; bounds, answers; steps and records; families */
    SPARE_WORDS = 8
};

int64_t rm_tree_room(int64_t variables, int64_t rows)
{
    return 8 * (ROW_WORDS * rows + VARIABLE_WORDS * variables + SPARE_WORDS);
}

static void *take(char **room, int64_t words)
{
    char *at = *room;
    *room += 8 * words;
    return at;
}

void rm_tree_lay_out(rm_tree *t, void *room, int64_t variables, int64_t rows)
{
    char *at = room;
    rm_nest *nest = &t->nest;
    nest->list = take(&at, 2 * rows);
    nest->spare = take(&at, 2 * rows);
    t->low = take(&at, 2 * rows);
    t->high = take(&at, 2 * rows);
    t->price = take(&at, 2 * rows);
    t->least = take(&at, rows);
    t->most = take(&at, rows);
    t->line = take(&at, 4 * rows);
    t->by_lower = take(&at, rows);
    t->by_upper = take(&at, rows);
    int64_t **by_row[] = {&nest->order, &nest->parent, &nest->begin, &nest->size, &nest->seen};
    for (int k = 0; k < 5; k++)
        *by_row[k] = take(&at, rows);
    int64_t **by_variable[] = {&nest->at, &nest->who, &nest->owner};
    for (int k = 0; k < 3; k++)
        *by_variable[k] = take(&at, variables);
    double **answers[] = {&t->lower, &t->upper, &t->trial, &t->x};
    for (int k = 0; k < 4; k++)
        *answers[k] = take(&at, variables);
    t->closely = 0;
    memset(&t->view, 0, sizeof t->view);
    /* Each gets its place whether the problem has it or not. */
    const double **costs[] = {&t->view.weight,       &t->view.target,  &t->view.price,    &t->view.shape,
                              &t->view.move.current, &t->view.move.up, &t->view.move.down};
    for (int k = 0; k < 7; k++)
        *costs[k] = take(&at, variables);
    const int64_t **places[] = {&t->view.step.start, &t->view.step.count, &t->view.custom.at};
    for (int k = 0; k < 3; k++)
        *places[k] = take(&at, variables);
    t->view.family = take(&at, variables);
}

/* --- the variables in the order of the nest -------------------------------------------------- */

/* `from` in the new order at its place; NULL where there is none. */
static const double *arranged(const rm_nest *nest, const double *place, const double *from, int64_t n)
{
    double *to = (double *)(uintptr_t)place;
    for (int64_t k = 0; from && k < n; k++)
        to[k] = from[nest->who[k]];
    return from ? to : NULL;
}

static const int64_t *arranged_integers(const rm_nest *nest, const int64_t *place, const int64_t *from, int64_t n)
{
    int64_t *to = (int64_t *)(uintptr_t)place;
    for (int64_t k = 0; from && k < n; k++)
        to[k] = from[nest->who[k]];
    return from ? to : NULL;
}

static void arrange(rm_tree *t, const rm_view *v)
{
    const rm_nest *nest = &t->nest;
    rm_view *to = &t->view;
    unsigned char *family = (unsigned char *)(uintptr_t)to->family;
    int64_t n = v->n;
    to->n = n;
    to->weight = arranged(nest, to->weight, v->weight, n);
    to->target = arranged(nest, to->target, v->target, n);
    to->price = arranged(nest, to->price, v->price, n);
    to->shape = arranged(nest, to->shape, v->shape, n);
    to->move.current = arranged(nest, to->move.current, v->move.current, n);
    to->move.up = arranged(nest, to->move.up, v->move.up, n);
    to->move.down = arranged(nest, to->move.down, v->move.down, n);
    to->step.start = arranged_integers(nest, to->step.start, v->step.start, n);
    to->step.count = arranged_integers(nest, to->step.count, v->step.count, n);
    to->step.breakpoint = v->step.breakpoint;
    to->step.slope = v->step.slope;
    to->custom.at = arranged_integers(nest, to->custom.at, v->custom.at, n);
    to->custom.record = v->custom.record;
    for (int64_t k = 0; v->family && k < n; k++)
        family[k] = v->family[nest->who[k]];
    to->family = v->family ? family : NULL;
    for (int64_t k = 0; k < n; k++) { /* with the family's domain within the bounds */
        rm_cost c = rm_view_cost(v, nest->who[k]);
        t->lower[k] = c.lower;
        t->upper[k] = c.upper;
    }
    to->lower = t->lower;
    to->upper = t->upper;
}

/* --- one row ----------------------------------------------------------------------------------- */

/* Solves `count` variables from `begin` on for a row of their own; the answer goes to x. */
static rm_status solve_part(rm_tree *t, int64_t begin, int64_t count, rm_row row, double *x, rm_watch *watch,
                            rm_water *out)
{
    rm_view part = rm_view_part(&t->view, begin, count);
    int done;
    rm_status status = rm_fast_row(&part, row, x + begin, watch, NULL, NULL, out, &done);
    if (status == RM_OK && !done)
        status = rm_waterfill_solve(&part, row, x + begin, watch, out);
    for (int k = 0; k < 2; k++)
        if (status == RM_UNBOUNDED && out->runaway[k] >= 0)
            out->runaway[k] = t->nest.who[begin + out->runaway[k]];
    /* Not confirmed is not wrong: all is checked in the end. */
    return status == RM_INACCURATE && !out->overflow ? RM_OK : status;
}

static rm_pair price_of(const rm_water *w)
{
    rm_pair p = {w->multiplier, 0};
    if (isfinite(w->price.high)) /* the second double may be as large as the last place of the first */
        p.high = rm_two_sum(w->price.high, w->price.low, &p.low);
    return p;
}

/* The sum of all lower or upper bounds of a part; infinite if one is. */
static rm_pair sum_of(const double *bound, int64_t begin, int64_t count)
{
    rm_pair sum = {0, 0};
    for (int64_t k = begin; k < begin + count; k++) {
        if (isinf(bound[k]))
            return (rm_pair){bound[k], 0};
        rm_pair_add(&sum, (rm_pair){bound[k], 0});
    }
    return sum;
}

/* The sign of that sum less a side of the row.  Plain sums tell it, but near the side. */
static int compare_sum(const double *bound, int64_t begin, int64_t count, double side)
{
    enum { LANES = 4 }; /* one after the other each addition would wait for the last */
    double sum[LANES] = {0}, size[LANES] = {0};
    if (isinf(side))
        return side > 0 ? -1 : 1;
    for (int64_t k = 0; k < count; k++) {
        sum[k % LANES] += bound[begin + k];
        size[k % LANES] += fabs(bound[begin + k]);
    }
    double away = (sum[0] + sum[1]) + (sum[2] + sum[3]) - side;
    double doubt = ((size[0] + size[1]) + (size[2] + size[3]) + fabs(side)) * (double)(count + LANES) * RM_UNIT;
    if (fabs(away) > doubt)
        return away > 0 ? 1 : -1;
    rm_pair closely = sum_of(bound, begin, count), to = {side, 0};
    return rm_pair_less(closely, to) ? -1 : rm_pair_less(to, closely);
}

/* The row's own sides become narrower bounds, and its two prices are noted. */
static rm_status close_row(rm_tree *t, const rm_line *line, int64_t k, rm_watch *watch, rm_water *out)
{
    int64_t begin = t->nest.begin[k], count = t->nest.size[k], end = begin + count;
    rm_status status = RM_OK;
    t->low[k] = (rm_pair){-INFINITY, 0};
    t->high[k] = (rm_pair){INFINITY, 0};
    if (t->closely) {
        t->least[k] = sum_of(t->lower, begin, count).high;
        t->most[k] = sum_of(t->upper, begin, count).high;
    }
    /* Both from the same bounds: then an answer to either side is that of a row alone, to the last bit. */
    int same = line->lower == line->upper;
    int from_below = same || compare_sum(t->lower, begin, count, line->lower) < 0;
    int from_above = !same && compare_sum(t->upper, begin, count, line->upper) > 0;
    if (from_below) {
        status = solve_part(t, begin, count, (rm_row){line->lower, line->lower}, t->trial, watch, out);
        t->low[k] = price_of(out);
    }
    if (from_above && status == RM_OK) {
        status = solve_part(t, begin, count, (rm_row){line->upper, line->upper}, t->x, watch, out);
        t->high[k] = price_of(out);
    }
    if (status != RM_OK)
        return status;
    if (same || rm_pair_less(t->high[k], t->low[k])) /* the latter by rounding */
        t->high[k] = t->low[k];
    for (int64_t j = begin; j < end && from_below; j++)
        t->lower[j] = rm_min(rm_max(t->trial[j], t->lower[j]), t->upper[j]);
    for (int64_t j = begin; j < end && same; j++)
        t->upper[j] = t->lower[j];
    for (int64_t j = begin; j < end && from_above; j++)
        t->upper[j] = rm_min(rm_max(t->x[j], t->lower[j]), t->upper[j]);
    return RM_OK;
}

/* Rows over the same variables are one row with the narrowest sides, as long as these leave something: the inner one of
 * two gives its sides to the one around it.  (So x does not depend on their order.)  1 where it did. */
static int give_sides(rm_tree *t, int64_t k)
{
    int64_t around = t->nest.parent[k];
    if (around < 0 || t->nest.size[k] != t->nest.size[around])
        return 0;
    const rm_line *inner = &t->line[k];
    rm_line *outer = &t->line[around];
    if (inner->lower > outer->upper || outer->lower > inner->upper)
        return 0;
    if (inner->lower > outer->lower) {
        outer->lower = inner->lower;
        t->by_lower[around] = t->by_lower[k];
    }
    if (inner->upper < outer->upper) {
        outer->upper = inner->upper;
        t->by_upper[around] = t->by_upper[k];
    }
    t->low[k] = (rm_pair){-INFINITY, 0};
    t->high[k] = (rm_pair){INFINITY, 0};
    t->least[k] = INFINITY; /* it holds nothing back itself */
    t->most[k] = -INFINITY;
    return 1;
}

/* --- all of it ----------------------------------------------------------------------------------- */

/* From without: what each row lets through, and what it adds. */
static void find_duals(rm_tree *t, const rm_row_set *r, double *dual)
{
    for (int64_t k = 0; k < r->count; k++)
        dual[k] = 0;
    for (int64_t j = 0; j < r->count; j++) {
        int64_t k = t->nest.order[j], around = t->nest.parent[k];
        rm_pair offer = around < 0 ? (rm_pair){0, 0} : t->price[around], through = offer;
        if (rm_pair_less(through, t->low[k]))
            through = t->low[k];
        else if (rm_pair_less(t->high[k], through))
            through = t->high[k];
        rm_pair added = rm_pair_minus(through, offer);
        t->price[k] = through;
        dual[added.high > 0 ? t->by_lower[k] : t->by_upper[k]] += added.high;
    }
}

rm_status rm_tree_solve(rm_tree *t, const rm_view *v, const rm_row_set *r, rm_watch *watch, double *x, double *dual,
                        rm_water *out)
{
    rm_status status = RM_OK;
    arrange(t, v);
    memset(out, 0, sizeof *out);
    for (int64_t k = 0; k < r->count; k++) {
        t->line[k] = r->line[k];
        t->by_lower[k] = t->by_upper[k] = k;
    }
    for (int64_t j = r->count - 1; j >= 0 && status == RM_OK; j--) {
        t->row = t->named = t->nest.order[j];
        if (!give_sides(t, t->row))
            status = close_row(t, &t->line[t->row], t->row, watch, out);
    }
    if (status == RM_INFEASIBLE)
        t->named = out->side == RM_SIDE_LOWER ? t->by_lower[t->row] : t->by_upper[t->row];
    if (status != RM_OK)
        return status;
    t->row = t->named = -1;
    status = solve_part(t, 0, v->n, (rm_row){-INFINITY, INFINITY}, t->x, watch, out);
    if (status != RM_OK)
        return status;
    for (int64_t k = 0; k < v->n; k++)
        x[t->nest.who[k]] = t->x[k];
    find_duals(t, r, dual);
    return RM_OK;
}

/* rm_problem_explain and rm_problem_get_conflict: words and items. */
#include "api/problem.h"

static void say_range(rm_text *t, double low, double high)
{
    if (isinf(low) && isinf(high)) {
        rm_text_add(t, "any total");
        return;
    }
    rm_text_add(t, low == high ? "the total " : "totals ");
    if (low == high || isinf(high)) {
        rm_text_add(t, low == high ? "" : "from ");
        rm_text_add_figure(t, low);
        rm_text_add(t, low == high ? " only" : " on");
        return;
    }
    if (!isinf(low)) {
        rm_text_add(t, "from ");
        rm_text_add_figure(t, low);
        rm_text_add(t, " ");
    }
    rm_text_add(t, isinf(low) ? "up to " : "to ");
    rm_text_add_figure(t, high);
}

/* What a change of the row by one unit does to the cost. */
static void say_change(rm_text *t, const char *what, double cost)
{
    rm_text_add(t, what);
    if (isinf(cost)) {
        rm_text_add(t, " cannot be had");
        return;
    }
    rm_text_add(t, cost < 0 ? " saves " : " costs ");
    rm_text_add_figure(t, fabs(cost));
}

/* What one more and one less unit of the row cost, and how far that holds. */
static void say_price(const rm_problem *p, rm_text *t, double low, double high, double from, double to)
{
    rm_row row = rm_problem_row(p);
    rm_message_thing(p, t, RM_NAME_ROW, 0);
    if (row.lower < row.upper && p->water.side == RM_SIDE_NONE && low == high) {
        rm_text_add(t, " does not bind: its price is 0, which gives ");
        say_range(t, from, to);
        return;
    }
    rm_text_add(t, ": ");
    say_change(t, "one more unit", high);
    if (low != high) {
        rm_text_add(t, ", ");
        say_change(t, "one less", -low);
    }
    rm_text_add(t, "; the price's formula holds for ");
    say_range(t, from, to);
}

/* How many rows bind, and the one whose side costs most. */
static void say_rows(const rm_problem *p, rm_text *t)
{
    const double *dual = p->duals.data;
    int64_t binding = 0, dearest = 0;
    for (int64_t k = 0; k < p->rows; k++) {
        binding += dual[k] != 0;
        if (fabs(dual[k]) > fabs(dual[dearest]))
            dearest = k;
    }
    rm_text_add_integer(t, binding);
    rm_text_add(t, " of ");
    rm_text_add_integer(t, p->rows);
    rm_text_add(t, " rows bind");
    if (binding == 0)
        return;
    rm_text_add(t, "; ");
    rm_message_thing(p, t, RM_NAME_ROW, dearest);
    rm_text_add(t, " most: one unit ");
    rm_text_add(t, dual[dearest] > 0 ? "less saves " : "more saves ");
    rm_text_add_figure(t, fabs(dual[dearest]));
}

/* What an end of a variable's domain comes from, where it is not a bound; *turned tells that it falls
 * as the end rises. */
static const char *end_of_domain(const rm_problem *p, int64_t i, int lower, int *turned)
{
    rm_cost c = {.target = rm_parameter(p, i), .family = rm_family(p, i)};
    double low, high;
    int open;
    rm_cost_domain(&c, &low, &high, &open);
    *turned = 0;
    int bound = lower ? low < rm_doubles(p, RM_LOWER)[i] : high > rm_doubles(p, RM_UPPER)[i];
    if (c.family == RM_FAMILY_QUADRATIC || bound)
        return NULL;
    switch (c.family) {
    case RM_FAMILY_LOG:
    case RM_FAMILY_ALPHA:
        *turned = 1;
        return lower ? "the shift of " : NULL;
    case RM_FAMILY_QUEUE:
        return lower ? NULL : "the capacity of ";
    case RM_FAMILY_PIECEWISE:
        return lower ? "the first breakpoint of " : NULL;
    default:
        return NULL;
    }
}

/* The repair of one item: "raise the upper bound of variable 3 ('a') by 4". */
static void say_repair(const rm_problem *p, rm_text *t, const rm_conflict_item *item)
{
    int row = item->kind == RM_CONFLICT_ROW_LOWER || item->kind == RM_CONFLICT_ROW_UPPER;
    int lower = item->kind == RM_CONFLICT_ROW_LOWER || item->kind == RM_CONFLICT_LOWER;
    int turned = 0;
    const char *other = row ? NULL : end_of_domain(p, item->index, lower, &turned);
    rm_text_add(t, (item->repair > 0) != turned ? "raise " : "lower ");
    if (other)
        rm_text_add(t, other);
    else
        rm_text_add(t, lower ? "the lower " : "the upper ");
    if (!other)
        rm_text_add(t, row ? "side of " : "bound of ");
    rm_message_thing(p, t, row ? RM_NAME_ROW : RM_NAME_VARIABLE, item->index);
    rm_text_add(t, " by ");
    rm_text_add_number(t, fabs(item->repair)); /* rounded it might not be enough */
}

/* The row's side, and the bound that needs the least. */
static void say_repairs(const rm_problem *p, rm_text *t)
{
    const rm_conflict_item *item = p->conflict.data;
    rm_row row = rm_problem_row(p);
    rm_text_add(t, ". Cheapest repair: ");
    if (row.lower == row.upper && p->rows == 1) {
        rm_text_add(t, item[0].repair > 0 ? "raise the total by " : "lower the total by ");
        rm_text_add_number(t, fabs(item[0].repair));
    } else {
        say_repair(p, t, &item[0]);
    }
    if (p->conflict_items > 1 && isfinite(item[1].repair)) {
        rm_text_add(t, ", or ");
        say_repair(p, t, &item[1]);
    }
}

/* Of nested rows: solved again up to the row that is not met. */
static rm_status list_nested_conflict(rm_problem *p)
{
    static const char *const call = "rm_problem_explain";
    rm_tree tree;
    rm_status status = rm_many_prepare(p, call, &tree);
    if (status != RM_OK)
        return status;
    if (rm_block_reserve(p, &p->conflict, (1 + p->rows + p->variables) * (int64_t)sizeof(rm_conflict_item)) != RM_OK)
        return rm_fail_memory(p, call);
    int64_t passes = 0;
    rm_watch watch = rm_watch_none(&passes);
    rm_many m = rm_many_open(p);
    rm_water water;
    tree.closely = 1; /* what rows can carry by themselves is wanted */
    rm_open_asking(p);
    status = rm_tree_solve(&tree, &m.view, &m.rows, &watch, rm_doubles(p, RM_X), p->duals.data, &water);
    if (status != RM_INFEASIBLE) /* a custom cost that answers otherwise than before */
        return rm_close_asking(p, call, status == RM_OK ? RM_ERROR_NO_ANSWER : status);
    p->conflict_items = rm_conflict_nested(&tree, &m.rows, &m.view, &water, p->conflict.data);
    return RM_OK;
}

static rm_status list_conflict(rm_problem *p)
{
    if (p->rows > 1)
        return list_nested_conflict(p);
    int64_t size = rm_conflict_size(&p->water);
    if (rm_block_reserve(p, &p->conflict, size * (int64_t)sizeof(rm_conflict_item)) != RM_OK)
        return rm_fail_memory(p, "rm_problem_explain");
    rm_view v = rm_problem_view(p);
    rm_conflict_list(&v, rm_problem_row(p), &p->water, p->conflict.data);
    p->conflict_items = size;
    return RM_OK;
}

rm_status rm_problem_explain(rm_problem *p, int64_t *items)
{
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (p->status < 0 && p->status != RM_ERROR_CALLBACK)
        return rm_fail(p, "rm_problem_explain", RM_ERROR_NO_ANSWER, "the problem was not solved since its last change");
    double low, high, from, to;
    int priced = p->has_answer && p->rows == 1;
    if (p->status == RM_INFEASIBLE && p->conflict_items < 0)
        status = list_conflict(p);
    else if (priced)
        status = rm_problem_get_row_ranges(p, 1, NULL, &low, &high, &from, &to);
    if (status != RM_OK)
        return status;
    rm_text t = rm_text_begin(p->message, RM_MESSAGE_SIZE);
    rm_outcome last = rm_last_outcome(p);
    rm_say_outcome(p, &last, &t);
    if (t.length > 0 && priced)
        rm_text_add(&t, ". ");
    if (priced)
        say_price(p, &t, low, high, from, to);
    else if (p->has_answer && p->rows > 1)
        say_rows(p, &t);
    else if (p->has_answer)
        rm_text_add(&t, "there is no row: every variable stands where its own cost is least");
    if (p->status == RM_INFEASIBLE)
        say_repairs(p, &t);
    if (items)
        *items = p->conflict_items > 0 ? p->conflict_items : 0;
    return RM_OK;
}

rm_status rm_problem_get_conflict(rm_problem *p, int64_t first, int64_t count, int32_t *kind, int64_t *index,
                                  double *multiplier, double *repair)
{
    static const char *const call = "rm_problem_get_conflict";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (p->status != RM_INFEASIBLE || p->conflict_items < 0)
        return rm_fail(p, call, RM_ERROR_NO_ANSWER,
                       "there is no conflict: call rm_problem_explain after RM_INFEASIBLE");
    if (first < 0 || count < 0 || first > p->conflict_items || count > p->conflict_items - first) {
        rm_text t = rm_message_begin(p, call);
        rm_text_add(&t, "first is ");
        rm_text_add_integer(&t, first);
        rm_text_add(&t, " and count ");
        rm_text_add_integer(&t, count);
        rm_text_add(&t, "; the items are 0 to ");
        rm_text_add_integer(&t, p->conflict_items - 1);
        return RM_ERROR_RANGE;
    }
    const rm_conflict_item *item = (const rm_conflict_item *)p->conflict.data + first;
    for (int64_t k = 0; k < count; k++) {
        if (kind)
            kind[k] = item[k].kind;
        if (index)
            index[k] = item[k].index;
        if (multiplier)
            multiplier[k] = item[k].multiplier;
        if (repair)
            repair[k] = item[k].repair;
    }
    return RM_OK;
}

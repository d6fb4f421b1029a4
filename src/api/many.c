/* Problems of several rows: solving, and the figures of an answer. */
#include "api/problem.h"

enum { OFFER_WORDS = 3 }; /* rm_offers, for each variable */

/* What a dual residual may be here: prices of rows are rounded one by one. */
#define STATIONARY_MANY (16 * RM_STATIONARY)

rm_status rm_many_reserve(rm_problem *p, int64_t variables, int64_t rows)
{
    int64_t bytes = rm_tree_room(variables, rows) + (int64_t)sizeof(rm_line) * rows + 8 * OFFER_WORDS * variables;
    rm_status status = rm_block_reserve(p, &p->tree, bytes);
    return status == RM_OK ? rm_block_reserve(p, &p->duals, (rows > 0 ? rows : 1) * (int64_t)sizeof(double)) : status;
}

rm_many rm_many_open(rm_problem *p)
{
    rm_many m = {.rows = {p->rows, p->variables, NULL, p->pool_index.data, p->pool_coef.data}};
    char *at = p->tree.data;
    rm_line *line = (rm_line *)(void *)at;
    for (int64_t k = 0; k < p->rows; k++) {
        const rm_row_data *row = &rm_rows(p)[k];
        line[k] = (rm_line){row->lower, row->upper, row->start, row->count};
    }
    m.rows.line = line;
    at += (int64_t)sizeof(rm_line) * p->rows;
    double **offers[] = {&m.offers.high, &m.offers.low, &m.offers.size};
    for (int k = 0; k < OFFER_WORDS; k++, at += 8 * p->variables)
        *offers[k] = (double *)(void *)at;
    m.view = rm_problem_view(p);
    m.view.coef = NULL; /* the rows have their own */
    m.room = at;
    return m;
}

enum { SOFT = -1 };

/* Why a problem is none for TREE: the call fails and names the rows. */
static rm_status refuse(rm_problem *p, const char *call, int found, const int64_t clash[2])
{
    rm_text t = rm_message_begin(p, call);
    rm_message_thing(p, &t, RM_NAME_ROW, clash[0]);
    if (found == RM_CROSSING) {
        rm_text_add(&t, " and ");
        rm_message_thing(p, &t, RM_NAME_ROW, clash[1]);
        rm_text_add(&t, " share variables and neither holds all of the other");
    } else {
        rm_text_add(&t, found == RM_NOT_UNIT ? " has a coefficient other than 1" : " may be missed at a price");
    }
    rm_text_add(&t,
                "; several rows are solved by this version where they are nested, have coefficients 1 and must be met");
    return RM_ERROR_NOT_SUPPORTED;
}

rm_status rm_many_prepare_to_verify(rm_problem *p, const char *call)
{
    for (int64_t k = 0; k < p->rows; k++)
        if (isfinite(rm_rows(p)[k].under) || isfinite(rm_rows(p)[k].over))
            return refuse(p, call, SOFT, (const int64_t[]){k, k});
    return rm_many_reserve(p, p->variables, p->rows) == RM_OK ? RM_OK : rm_fail_memory(p, call);
}

rm_status rm_many_prepare(rm_problem *p, const char *call, rm_tree *t)
{
    int64_t clash[2];
    rm_status status = rm_many_prepare_to_verify(p, call);
    if (status != RM_OK)
        return status;
    rm_many m = rm_many_open(p);
    rm_tree_lay_out(t, m.room, p->variables, p->rows);
    int found = rm_nest_find(&m.rows, &t->nest, clash);
    return found == RM_NESTED ? RM_OK : refuse(p, call, found, clash);
}

rm_status rm_many_solve(rm_problem *p, rm_tree *t, rm_watch *watch)
{
    rm_many m = rm_many_open(p);
    double *x = rm_doubles(p, RM_X), *dual = p->duals.data;
    rm_open_asking(p);
    rm_status status = rm_tree_solve(t, &m.view, &m.rows, watch, x, dual, &p->water);
    p->outcome_row = t->named;
    p->outcome_nested = 0;
    for (int64_t k = 0; k < p->rows && t->row >= 0; k++)
        p->outcome_nested |= t->nest.parent[k] == t->row && t->nest.size[k] < t->nest.size[t->row];
    if (status != RM_OK)
        return status;
    rm_offers_take(&m.offers, &m.rows, dual);
    status = rm_verify_rows(&m.view, &m.rows, p->constant, x, dual, &m.offers, watch, &p->figures);
    if (status != RM_OK || p->asked.status != RM_OK) /* then x is no answer */
        return status != RM_OK ? status : p->asked.status;
    p->has_answer = p->has_figures = 1;
    double y = p->rows > 0 ? dual[0] : 0; /* for the calls that know one row */
    p->water.price = (rm_price){y, 0, 0};
    p->water.multiplier = y;
    p->water.side = y > 0 ? RM_SIDE_LOWER : y < 0 ? RM_SIDE_UPPER : RM_SIDE_NONE;
    return p->figures.dual_residual > STATIONARY_MANY || p->figures.bound_residual > 0 ||
                   p->figures.row_residual_relative > 4 * RM_UNIT
               ? RM_INACCURATE
               : RM_OK;
}

void rm_many_verify(rm_problem *p, const double *x, const double *dual, const rm_watch *watch, rm_figures *out)
{
    rm_many m = rm_many_open(p);
    rm_offers_take(&m.offers, &m.rows, dual);
    rm_verify_rows(&m.view, &m.rows, p->constant, x, dual, &m.offers, watch, out);
}

void rm_many_offers(rm_problem *p, rm_offers *out)
{
    rm_many m = rm_many_open(p);
    rm_offers_take(&m.offers, &m.rows, p->duals.data);
    *out = m.offers;
}

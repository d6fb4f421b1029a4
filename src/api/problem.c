/* Making, copying and freeing problems; their memory. */
#include "api/problem.h"

static int64_t element_size(int which)
{
    if (which == RM_FLAGS || which == RM_FAMILY)
        return 1;
    return which == RM_NAMES ? (int64_t)sizeof(char *) : (int64_t)sizeof(double);
}

/* Arrays that are there only once something needs them. */
static int on_demand(int which)
{
    return which == RM_COEF || which == RM_NAMES || which >= RM_FAMILY;
}

int64_t rm_grown(int64_t present, int64_t wanted)
{
    int64_t more = present + present / 2;
    return wanted > more ? wanted : more;
}

enum { CACHE_LINE = 64 };

rm_status rm_block_reserve(rm_problem *p, rm_block *b, int64_t bytes)
{
    if (bytes <= b->bytes)
        return RM_OK;
    ptrdiff_t skipped = b->data ? (char *)b->data - (char *)b->from : 0;
    char *from = rm_memory_resize(&p->memory, b->from, b->data ? b->bytes + CACHE_LINE : 0, bytes + CACHE_LINE);
    if (!from)
        return RM_ERROR_MEMORY;
    char *data = from + (CACHE_LINE - (uintptr_t)from % CACHE_LINE) % CACHE_LINE;
    if (b->data && data - from != skipped) /* it came to lie otherwise */
        memmove(data, from + skipped, (size_t)b->bytes);
    *b = (rm_block){data, bytes, from};
    return RM_OK;
}

void rm_block_free(const rm_memory *m, rm_block *b)
{
    rm_memory_free(m, b->from, b->bytes + CACHE_LINE);
    *b = (rm_block){NULL, 0, NULL};
}

int64_t rm_room_for_variables(const rm_problem *p)
{
    int64_t least = INT64_MAX;
    for (int k = 0; k < RM_VARIABLE_ARRAYS; k++) {
        int64_t room = p->variable[k].bytes / element_size(k) - (k == RM_X);
        if (p->variable[k].data && room < least)
            least = room;
    }
    return least;
}

rm_status rm_reserve_variables(rm_problem *p, int64_t variables)
{
    for (int k = 0; k < RM_VARIABLE_ARRAYS; k++) {
        rm_block *b = &p->variable[k];
        if (on_demand(k) && !b->data)
            continue;
        int64_t before = b->bytes;
        /* One x more: by how much the row is missed. */
        rm_status status = rm_block_reserve(p, b, (variables + (k == RM_X)) * element_size(k));
        if (status != RM_OK)
            return status;
        if (k == RM_NAMES || k == RM_FLAGS || k >= RM_FAMILY)
            memset((char *)b->data + before, 0, (size_t)(b->bytes - before));
    }
    return RM_OK;
}

rm_status rm_reserve_array(rm_problem *p, int which)
{
    rm_block *b = &p->variable[which];
    int64_t variables = p->variable[RM_WEIGHT].bytes / (int64_t)sizeof(double);
    if (b->data)
        return RM_OK;
    rm_status status = rm_block_reserve(p, b, (variables > 0 ? variables : 1) * element_size(which));
    if (status == RM_OK)
        memset(b->data, 0, (size_t)b->bytes);
    return status;
}

rm_status rm_reserve_kept(rm_problem *p, int64_t variables)
{
    int64_t most = rm_warm_room(variables);
    if (p->warm.quads.most >= most)
        return RM_OK;
    p->warm.known = 0;
    rm_status status = rm_block_reserve(p, &p->kept, 4 * most * (int64_t)sizeof(double));
    if (status != RM_OK)
        return status;
    double *at = p->kept.data;
    p->warm.quads = (rm_quads){at, at + most, at + 2 * most, at + 3 * most, 0, most};
    return RM_OK;
}

rm_status rm_problem_create(rm_problem **out, int64_t n, rm_alloc_fn alloc, void *user)
{
    if (!out)
        return RM_ERROR_NULL;
    *out = NULL;
    if (n < 0 || n > RM_MOST_VARIABLES)
        return RM_ERROR_RANGE;
    rm_memory memory = rm_memory_make(alloc, user);
    rm_problem *p = rm_memory_resize(&memory, NULL, 0, (int64_t)sizeof *p);
    if (!p)
        return RM_ERROR_MEMORY;
    memset(p, 0, sizeof *p);
    p->memory = memory;
    p->time_limit = INFINITY;
    p->threads = 1;
    p->plain = (1u << (RM_UPPER + 1)) - 1;
    p->iteration_limit = INT64_MAX;
    p->progress_step = 1;
    p->status = RM_ERROR_NO_ANSWER;
    p->conflict_items = -1;
    /* Room for one at least, so that no array in use is NULL. */
    rm_status status = rm_reserve_variables(p, 1);
    if (status == RM_OK)
        status = rm_problem_add_variables(p, n, NULL);
    if (status != RM_OK) {
        rm_problem_destroy(p);
        return status;
    }
    *out = p;
    return RM_OK;
}

static void name_free(rm_problem *p, char *name)
{
    if (name)
        rm_memory_free(&p->memory, name, (int64_t)strlen(name) + 1);
}

void rm_problem_destroy(rm_problem *p)
{
    if (!p || p->busy)
        return;
    for (int64_t i = 0; rm_names(p) && i < p->variables; i++)
        name_free(p, rm_names(p)[i]);
    for (int64_t r = 0; r < p->rows; r++)
        name_free(p, rm_rows(p)[r].name);
    name_free(p, p->name);
    for (int k = 0; k < RM_VARIABLE_ARRAYS; k++)
        rm_block_free(&p->memory, &p->variable[k]);
    rm_block *others[] = {&p->row,  &p->pool_index,      &p->pool_coef, &p->conflict,
                          &p->kept, &p->step_breakpoint, &p->step_slope, &p->custom,
                          &p->tree, &p->duals};
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        rm_block_free(&p->memory, others[k]);
    rm_memory memory = p->memory;
    rm_path_free(&p->path, &p->memory);
    rm_memory_free(&memory, p, (int64_t)sizeof *p);
}

static rm_status copy_block(rm_problem *to, rm_block *b, const rm_block *from)
{
    if (!from->data)
        return RM_OK;
    rm_status status = rm_block_reserve(to, b, from->bytes);
    if (status == RM_OK)
        memcpy(b->data, from->data, (size_t)from->bytes);
    return status;
}

static rm_status copy_name(rm_problem *to, char **name, const char *from)
{
    *name = NULL;
    if (!from)
        return RM_OK;
    int64_t size = (int64_t)strlen(from) + 1;
    *name = rm_memory_resize(&to->memory, NULL, 0, size);
    if (!*name)
        return RM_ERROR_MEMORY;
    memcpy(*name, from, (size_t)size);
    return RM_OK;
}

/* Copies what the blocks of `p` hold; `to` has none yet.  The counts of `to`
 * always tell what it owns, so that it can be destroyed at any point. */
static rm_status copy_content(rm_problem *to, const rm_problem *p)
{
    rm_status status = copy_block(to, &to->pool_index, &p->pool_index);
    if (status == RM_OK)
        status = copy_block(to, &to->pool_coef, &p->pool_coef);
    if (status == RM_OK)
        status = copy_block(to, &to->conflict, &p->conflict);
    if (status == RM_OK)
        status = copy_block(to, &to->step_breakpoint, &p->step_breakpoint);
    if (status == RM_OK)
        status = copy_block(to, &to->step_slope, &p->step_slope);
    if (status == RM_OK)
        status = copy_block(to, &to->custom, &p->custom);
    if (status == RM_OK)
        status = copy_block(to, &to->duals, &p->duals);
    if (status == RM_OK && p->tree.data) /* its content is of use within a call only */
        status = rm_block_reserve(to, &to->tree, p->tree.bytes);
    for (int k = 0; k < RM_VARIABLE_ARRAYS && status == RM_OK; k++)
        if (k != RM_NAMES)
            status = copy_block(to, &to->variable[k], &p->variable[k]);
    if (status == RM_OK && p->row.data) {
        status = rm_block_reserve(to, &to->row, p->row.bytes);
        for (; status == RM_OK && to->rows < p->rows; to->rows++) {
            rm_rows(to)[to->rows] = rm_rows(p)[to->rows];
            status = copy_name(to, &rm_rows(to)[to->rows].name, rm_rows(p)[to->rows].name);
        }
    }
    if (status == RM_OK)
        status = copy_name(to, &to->name, p->name);
    if (status == RM_OK && rm_names(p)) {
        status = rm_reserve_array(to, RM_NAMES);
        for (; status == RM_OK && to->variables < p->variables; to->variables++)
            status = copy_name(to, &rm_names(to)[to->variables], rm_names(p)[to->variables]);
    }
    return status;
}

rm_status rm_problem_clone(rm_problem *p, rm_problem **out, rm_alloc_fn alloc, void *user)
{
    if (!out)
        return RM_ERROR_NULL;
    *out = NULL;
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    rm_memory memory = rm_memory_make(alloc, user);
    rm_problem *to = rm_memory_resize(&memory, NULL, 0, (int64_t)sizeof *to);
    if (!to)
        return rm_fail_memory(p, "rm_problem_clone");
    *to = *p;
    to->memory = memory;
    to->variables = to->rows = 0;
    memset(to->variable, 0, sizeof to->variable);
    to->row = to->pool_index = to->pool_coef = to->conflict = to->kept = to->tree = to->duals = (rm_block){NULL, 0, NULL};
    to->step_breakpoint = to->step_slope = to->custom = (rm_block){NULL, 0, NULL};
    memset(&to->warm, 0, sizeof to->warm);
    memset(&to->path, 0, sizeof to->path);
    to->name = NULL;
    to->cancel = NULL;
    to->progress = NULL;
    to->progress_user = NULL;
    to->run = NULL;
    to->run_user = NULL;
    status = copy_content(to, p);
    if (status != RM_OK) {
        rm_problem_destroy(to);
        return rm_fail_memory(p, "rm_problem_clone");
    }
    to->variables = p->variables;
    for (int64_t k = 0; k < to->customs; k++) {
        rm_customs(to)[k].fn = NULL;
        rm_customs(to)[k].user = NULL;
    }
    rm_settle_custom(to);
    *out = to;
    return RM_OK;
}

rm_status rm_problem_reserve(rm_problem *p, int64_t variables, int64_t rows, int64_t nonzeros)
{
    static const char *const call = "rm_problem_reserve";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (variables < 0 || variables > RM_MOST_VARIABLES)
        return rm_fail_integer(p, call, "variables", variables, "from 0 to 2^40");
    if (rows < 0 || rows > RM_MOST_ROWS)
        return rm_fail_integer(p, call, "rows", rows, "from 0 to 2^31");
    if (nonzeros < 0 || nonzeros > INT64_MAX / 8)
        return rm_fail_integer(p, call, "nonzeros", nonzeros, "from 0 to 2^60");
    status = rm_reserve_variables(p, variables);
    if (status == RM_OK)
        status = rm_block_reserve(p, &p->row, rows * (int64_t)sizeof(rm_row_data));
    if (status == RM_OK)
        status = rm_reserve_array(p, RM_COEF); /* removing a variable needs it too */
    if (status == RM_OK)
        status = rm_block_reserve(p, &p->pool_index, nonzeros * (int64_t)sizeof(int64_t));
    if (status == RM_OK)
        status = rm_block_reserve(p, &p->pool_coef, nonzeros * (int64_t)sizeof(double));
    if (status == RM_OK)
        status = rm_reserve_kept(p, variables);
    if (status == RM_OK && rows > 1)
        status = rm_many_reserve(p, variables, rows);
    return status == RM_OK ? RM_OK : rm_fail_memory(p, call);
}

void rm_forget_answer(rm_problem *p)
{
    p->status = RM_ERROR_NO_ANSWER;
    p->has_answer = 0;
    p->solver = 0;
    p->conflict_items = -1;
}

void rm_withdraw(rm_problem *p)
{
    rm_forget_answer(p);
    rm_path_free(&p->path, &p->memory);
}

void rm_withdraw_all(rm_problem *p)
{
    rm_withdraw(p);
    p->warm.known = 0;
}

void rm_withdraw_shape(rm_problem *p)
{
    rm_withdraw_all(p);
    p->is_spread = 0;
}

/* Whether the row's coefficients are spread out: it names its variables, or it
 * holds all of them but there are holes, which are in no row. */
static int spread(const rm_problem *p)
{
    return p->rows > 0 && (rm_rows(p)[0].count != RM_ALL || p->holes > 0);
}

/* One variable more: by how much the row is missed. */
static void add_miss(rm_view *v, const rm_row_data *row)
{
    v->slack.on = 1;
    v->slack.under = row->under;
    v->slack.over = row->over;
    v->slack.quadratic = row->quadratic;
    v->n++;
}

rm_view rm_problem_view(const rm_problem *p)
{
    /* What is as it was made need not be read. */
    const double *array[RM_UPPER + 1];
    for (int k = 0; k <= RM_UPPER; k++)
        array[k] = p->plain >> k & 1 ? NULL : rm_doubles(p, k);
    rm_view v = {.n = p->variables, .weight = array[RM_WEIGHT], .target = array[RM_TARGET], .price = array[RM_PRICE],
                 .coef = spread(p) ? rm_doubles(p, RM_COEF) : NULL, .lower = array[RM_LOWER], .upper = array[RM_UPPER],
                 .family = p->curved > 0 ? rm_families(p) : NULL, .shape = rm_doubles(p, RM_SHAPE)};
    if (p->movers > 0) {
        v.move.current = rm_doubles(p, RM_CURRENT);
        v.move.up = rm_doubles(p, RM_MOVE_UP);
        v.move.down = rm_doubles(p, RM_MOVE_DOWN);
    }
    if (p->stepped > 0) {
        v.step.start = rm_integers(p, RM_STEP_START);
        v.step.count = rm_integers(p, RM_STEP_COUNT);
        v.step.breakpoint = p->step_breakpoint.data;
        v.step.slope = p->step_slope.data;
    }
    if (p->curved > 0 && rm_customs(p)) {
        v.custom.at = rm_integers(p, RM_CUSTOM_AT);
        v.custom.record = rm_customs(p);
    }
    if (rm_has_slack(p))
        add_miss(&v, &rm_rows(p)[0]);
    return v;
}

rm_view rm_problem_view_at_totals(const rm_problem *p)
{
    rm_view v = rm_problem_view(p);
    const rm_row_data *row = &rm_rows(p)[0];
    if (!v.slack.on && (isfinite(row->under) || isfinite(row->over)))
        add_miss(&v, row);
    return v;
}

rm_row rm_problem_row(const rm_problem *p)
{
    rm_row row = {-INFINITY, INFINITY};
    if (p->rows > 0) {
        row.lower = rm_rows(p)[0].lower;
        row.upper = rm_rows(p)[0].upper;
    }
    return row;
}

void rm_problem_spread(rm_problem *p)
{
    if (!spread(p) || p->is_spread)
        return;
    p->is_spread = 1;
    const rm_row_data *row = &rm_rows(p)[0];
    const int64_t *index = p->pool_index.data;
    const double *value = p->pool_coef.data;
    double *coef = rm_doubles(p, RM_COEF);
    int all = row->count == RM_ALL;
    for (int64_t i = 0; i < p->variables; i++)
        coef[i] = all && !(rm_flags(p)[i] & RM_HOLE) ? 1 : 0;
    for (int64_t k = row->start; k < row->start + row->count; k++)
        coef[index[k]] = value[k];
}

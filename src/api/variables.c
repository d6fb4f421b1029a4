/* Adding and removing variables; closing the holes; names. */
#include "api/problem.h"

/* The doubles of a variable, as a new one has them. */
static const double defaults[] = {1, 0, 0, 0, INFINITY};

rm_status rm_problem_add_variables(rm_problem *p, int64_t count, int64_t *first)
{
    static const char *const call = "rm_problem_add_variables";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (count < 0 || count > RM_MOST_VARIABLES - p->variables)
        return rm_fail_integer(p, call, "count", count,
                             "at least 0, and at most 2^40 with the variables that are there");
    int64_t wanted = p->variables + count;
    if (wanted > rm_room_for_variables(p) && rm_reserve_variables(p, rm_grown(p->variables, wanted)) != RM_OK)
        return rm_fail_memory(p, call);
    for (int k = RM_WEIGHT; k <= RM_UPPER; k++)
        for (int64_t i = p->variables; i < wanted; i++)
            rm_doubles(p, k)[i] = defaults[k];
    memset(rm_flags(p) + p->variables, 0, (size_t)count);
    if (rm_families(p))
        memset(rm_families(p) + p->variables, RM_FAMILY_QUADRATIC, (size_t)count);
    for (int k = RM_SHAPE; k < RM_VARIABLE_ARRAYS; k++) /* eight bytes each */
        if (p->variable[k].data)
            memset((char *)p->variable[k].data + 8 * p->variables, 0, 8 * (size_t)count);
    if (rm_names(p))
        memset(rm_names(p) + p->variables, 0, (size_t)count * sizeof(char *));
    if (first)
        *first = p->variables;
    p->variables = wanted;
    if (count > 0)
        rm_withdraw_shape(p);
    return RM_OK;
}

static void set_name(rm_problem *p, char **to, char *name)
{
    if (*to)
        rm_memory_free(&p->memory, *to, (int64_t)strlen(*to) + 1);
    *to = name;
}

/* Keeps those entries of the rows whose variable stays, under its new index. */
static void renumber_rows(rm_problem *p, const int64_t *new_index)
{
    int64_t *index = p->pool_index.data;
    double *coef = p->pool_coef.data;
    int64_t kept = 0;
    for (int64_t r = 0; r < p->rows; r++) {
        rm_row_data *row = &rm_rows(p)[r];
        int64_t begin = row->start;
        row->start = kept;
        for (int64_t k = begin; k < begin + row->count; k++) {
            int64_t to = new_index ? new_index[index[k]] : index[k];
            if (rm_flags(p)[index[k]] & RM_HOLE)
                continue;
            index[kept] = to;
            coef[kept++] = coef[k];
        }
        if (row->count != RM_ALL)
            row->count = kept - row->start;
    }
    p->pool = kept;
}

rm_status rm_problem_remove_variables(rm_problem *p, int64_t count, const int64_t *index)
{
    static const char *const call = "rm_problem_remove_variables";
    rm_status status = rm_enter(p);
    if (status == RM_OK)
        status = rm_check_indices(p, call, RM_NAME_VARIABLE, count, index, RM_NO_HOLES | RM_NO_TWICE);
    if (status != RM_OK)
        return status;
    if (count > 0 && rm_reserve_array(p, RM_COEF) != RM_OK)
        return rm_fail_memory(p, call);
    for (int64_t k = 0; k < count; k++) {
        int64_t i = rm_at(index, k);
        rm_flags(p)[i] |= RM_HOLE;
        /* Fixed at 0: it adds nothing to any sum and moves at no price. */
        for (int which = RM_WEIGHT; which <= RM_UPPER; which++)
            rm_doubles(p, which)[i] = 0;
        p->movers -= rm_moves(p, i);
        rm_forget_steps(p, i);
        for (int which = RM_CURRENT; which <= RM_MOVE_DOWN; which++)
            if (rm_doubles(p, which))
                rm_doubles(p, which)[i] = 0;
        p->curved -= rm_family(p, i) != RM_FAMILY_QUADRATIC;
        if (rm_families(p))
            rm_families(p)[i] = RM_FAMILY_QUADRATIC;
        if (rm_names(p))
            set_name(p, &rm_names(p)[i], NULL);
    }
    p->holes += count;
    if (count > 0)
        p->plain = 0; /* holes are not as new variables are */
    renumber_rows(p, NULL);
    if (count > 0)
        rm_withdraw_shape(p);
    return RM_OK;
}

static void move_variable(rm_problem *p, int64_t from, int64_t to)
{
    for (int k = 0; k < RM_VARIABLE_ARRAYS; k++)
        if (k != RM_NAMES && k != RM_FLAGS && k != RM_FAMILY && p->variable[k].data) /* eight bytes each */
            memmove((char *)p->variable[k].data + 8 * to, (char *)p->variable[k].data + 8 * from, 8);
    rm_flags(p)[to] = 0;
    if (rm_families(p))
        rm_families(p)[to] = rm_families(p)[from];
    if (rm_names(p) && from != to) {
        rm_names(p)[to] = rm_names(p)[from]; /* a hole has no name to lose */
        rm_names(p)[from] = NULL;
    }
}

rm_status rm_problem_compact(rm_problem *p, int64_t count, int64_t *new_index)
{
    static const char *const call = "rm_problem_compact";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (count != p->variables) {
        rm_text t = rm_message_begin(p, call);
        rm_text_add(&t, "count is ");
        rm_text_add_integer(&t, count);
        rm_text_add(&t, "; it must be the number of variables, ");
        rm_text_add_integer(&t, p->variables);
        return RM_ERROR_RANGE;
    }
    rm_block own = {NULL, 0, NULL};
    if (!new_index && p->pool > 0 && p->holes > 0) {
        status = rm_block_reserve(p, &own, count * (int64_t)sizeof(int64_t));
        if (status != RM_OK)
            return rm_fail_memory(p, call);
    }
    int64_t *map = new_index ? new_index : own.data;
    int64_t kept = 0;
    for (int64_t i = 0; map && i < p->variables; i++)
        map[i] = rm_flags(p)[i] & RM_HOLE ? -1 : kept++;
    if (map)
        renumber_rows(p, map);
    int64_t *runaway = p->water.runaway, old[2] = {runaway[0], runaway[1]};
    kept = 0;
    for (int64_t i = 0; i < p->variables; i++) {
        if (rm_flags(p)[i] & RM_HOLE)
            continue;
        for (int k = 0; k < 2; k++)
            if (old[k] == i)
                runaway[k] = kept;
        move_variable(p, i, kept++);
    }
    if (rm_has_slack(p)) /* by how much the row is missed */
        rm_doubles(p, RM_X)[kept] = rm_doubles(p, RM_X)[p->variables];
    p->variables = kept;
    p->holes = 0;
    rm_settle_custom(p);
    p->is_spread = 0;
    p->conflict_items = -1; /* its indices are old: rm_problem_explain lists it anew */
    rm_block_free(&p->memory, &own);
    return RM_OK;
}

/* Where a name is kept, NULL when kind or index name nothing; *slot_missing where
 * the array of names is not there yet. */
static char **name_slot(const rm_problem *p, int32_t kind, int64_t index, int *slot_missing)
{
    *slot_missing = 0;
    if (kind == RM_NAME_PROBLEM)
        return index == 0 ? (char **)&p->name : NULL;
    if (kind == RM_NAME_ROW)
        return index >= 0 && index < p->rows ? &rm_rows(p)[index].name : NULL;
    if (kind != RM_NAME_VARIABLE || index < 0 || index >= p->variables || (rm_flags(p)[index] & RM_HOLE))
        return NULL;
    *slot_missing = !rm_names(p);
    return rm_names(p) ? &rm_names(p)[index] : NULL;
}

rm_status rm_problem_set_name(rm_problem *p, int32_t kind, int64_t index, const char *text)
{
    static const char *const call = "rm_problem_set_name";
    enum { MOST = 65535 };
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (kind != RM_NAME_PROBLEM && kind != RM_NAME_VARIABLE && kind != RM_NAME_ROW)
        return rm_fail_integer(p, call, "kind", kind,
                             "RM_NAME_PROBLEM, RM_NAME_VARIABLE or RM_NAME_ROW");
    int missing;
    char **slot = name_slot(p, kind, index, &missing);
    if (!slot && !missing)
        return rm_fail_integer(p, call, "index", index,
                             "0 for the problem, or the index of a variable or row that is there");
    int64_t size = 0;
    while (text && size <= MOST && text[size])
        size++;
    if (size > MOST)
        return rm_fail(p, call, RM_ERROR_RANGE, "the name is longer than 65535 bytes");
    char *copy = NULL;
    if (size > 0) {
        copy = rm_memory_resize(&p->memory, NULL, 0, size + 1);
        if (!copy)
            return rm_fail_memory(p, call);
        memcpy(copy, text, (size_t)size);
        copy[size] = 0;
    }
    if (missing && copy) {
        if (rm_reserve_array(p, RM_NAMES) != RM_OK) {
            rm_memory_free(&p->memory, copy, size + 1);
            return rm_fail_memory(p, call);
        }
        slot = name_slot(p, kind, index, &missing);
    }
    if (slot)
        set_name(p, slot, copy);
    return RM_OK;
}

int64_t rm_problem_get_name(const rm_problem *p, int32_t kind, int64_t index, char *buffer, int64_t capacity)
{
    int missing;
    char **slot = p ? name_slot(p, kind, index, &missing) : NULL;
    return rm_text_copy(slot && *slot ? *slot : "", buffer, capacity);
}

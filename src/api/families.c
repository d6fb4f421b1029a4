/* Setting the cost of variables: which family, and its numbers. */
#include "api/problem.h"

/* One number for each variable of a call. */
typedef struct number {
    const char *name;
    const double *value; /* NULL: as it is, or the default where the family changes */
    int rule;
    double standard;     /* what a variable new to the family has */
    int array;           /* where it is kept */
} number;

enum { MOST_NUMBERS = 3 };

typedef struct family_call {
    const char *name;
    int family;
    int numbers;
    number number[MOST_NUMBERS];
} family_call;

/* What number k of variable i will be. */
static double number_after(const rm_problem *p, const family_call *f, int which, int64_t k, int64_t i)
{
    const number *v = &f->number[which];
    return v->value ? v->value[k] : rm_family(p, i) == f->family ? rm_doubles(p, v->array)[i] : v->standard;
}

rm_status rm_check_domain(rm_problem *p, const char *call, int64_t i, int family, double parameter, double lower,
                          double upper)
{
    rm_cost c = {.target = parameter, .family = family};
    double low, high;
    int open;
    rm_cost_domain(&c, &low, &high, &open);
    if ((open & 1 ? upper > low : upper >= low) && (open & 2 ? lower < high : lower <= high))
        return RM_OK;
    rm_text t = rm_message_begin(p, call);
    rm_message_thing(p, &t, RM_NAME_VARIABLE, i);
    rm_text_add(&t, " may be from ");
    rm_text_add_number(&t, lower);
    rm_text_add(&t, " to ");
    rm_text_add_number(&t, upper);
    rm_text_add(&t, ", but its cost is only for x ");
    rm_text_add(&t, upper < low || (open & 1 && upper <= low) ? (open & 1 ? "above " : "from ") : "below ");
    rm_text_add_number(&t, upper < low || (open & 1 && upper <= low) ? low : high);
    rm_text_add(&t, family == RM_FAMILY_QUEUE ? "; bounds and capacity must leave something in common"
                    : family == RM_FAMILY_ENTROPY ? "; its upper bound must be at least 0"
                                                  : "; its upper bound must be above minus its shift");
    return RM_ERROR_RANGE;
}

static rm_status check_call(rm_problem *p, const family_call *f, int64_t count, const int64_t *index)
{
    rm_status status = rm_enter(p);
    if (status == RM_OK)
        status = rm_check_indices(p, f->name, RM_NAME_VARIABLE, count, index, RM_NO_HOLES | RM_NO_TWICE);
    for (int v = 0; v < f->numbers && status == RM_OK; v++)
        status = rm_check_values(p, f->name, f->number[v].name, RM_NAME_VARIABLE, count, index, f->number[v].value,
                                 f->number[v].rule);
    for (int64_t k = 0; k < count && status == RM_OK; k++) {
        int64_t i = rm_at(index, k);
        status = rm_check_domain(p, f->name, i, f->family, number_after(p, f, 1, k, i), rm_doubles(p, RM_LOWER)[i],
                                 rm_doubles(p, RM_UPPER)[i]);
    }
    return status;
}

/* Whether the call changes anything. */
static int changes(const rm_problem *p, const family_call *f, int64_t count, const int64_t *index)
{
    for (int v = 0; v < f->numbers; v++)
        if (f->number[v].value && count > 0)
            return 1;
    for (int64_t k = 0; k < count; k++)
        if (rm_family(p, rm_at(index, k)) != f->family)
            return 1;
    return 0;
}

static rm_status set_family(rm_problem *p, const family_call *f, int64_t count, const int64_t *index)
{
    rm_status status = check_call(p, f, count, index);
    if (status != RM_OK || !changes(p, f, count, index))
        return status;
    if (f->family != RM_FAMILY_QUADRATIC)
        status = rm_reserve_array(p, RM_FAMILY);
    if (status == RM_OK && f->family == RM_FAMILY_ALPHA)
        status = rm_reserve_array(p, RM_SHAPE);
    if (status != RM_OK)
        return rm_fail_memory(p, f->name);
    for (int64_t k = 0; k < count; k++) {
        int64_t i = rm_at(index, k);
        for (int v = 0; v < f->numbers; v++)
            rm_doubles(p, f->number[v].array)[i] = number_after(p, f, v, k, i);
        p->curved += (f->family != RM_FAMILY_QUADRATIC) - (rm_family(p, i) != RM_FAMILY_QUADRATIC);
        if (rm_families(p))
            rm_families(p)[i] = (unsigned char)f->family;
    }
    for (int v = 0; v < f->numbers; v++)
        if (f->number[v].value || rm_families(p))
            p->plain &= ~(1u << f->number[v].array);
    rm_withdraw_all(p);
    return RM_OK;
}

rm_status rm_problem_set_quadratic(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                                   const double *target, const double *price)
{
    if (!p)
        return RM_ERROR_NULL;
    /* The price is no part of the family: without one it stays. */
    const family_call f = {"rm_problem_set_quadratic", RM_FAMILY_QUADRATIC, price ? 3 : 2,
                           {{"weight", weight, RM_NOT_NEGATIVE, 1, RM_WEIGHT},
                            {"target", target, RM_FINITE, 0, RM_TARGET},
                            {"price", price, RM_FINITE, 0, RM_PRICE}}};
    return set_family(p, &f, count, index);
}

rm_status rm_problem_set_log(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                             const double *shift)
{
    const family_call f = {"rm_problem_set_log", RM_FAMILY_LOG, 2,
                           {{"weight", weight, RM_NOT_NEGATIVE, 1, RM_WEIGHT},
                            {"shift", shift, RM_FINITE, 0, RM_TARGET}}};
    return p ? set_family(p, &f, count, index) : RM_ERROR_NULL;
}

rm_status rm_problem_set_alpha_fair(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                                    const double *shift, const double *alpha)
{
    const family_call f = {"rm_problem_set_alpha_fair", RM_FAMILY_ALPHA, 3,
                           {{"weight", weight, RM_NOT_NEGATIVE, 1, RM_WEIGHT},
                            {"shift", shift, RM_FINITE, 0, RM_TARGET},
                            {"alpha", alpha, RM_POSITIVE, 1, RM_SHAPE}}};
    return p ? set_family(p, &f, count, index) : RM_ERROR_NULL;
}

rm_status rm_problem_set_entropy(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                                 const double *target)
{
    const family_call f = {"rm_problem_set_entropy", RM_FAMILY_ENTROPY, 2,
                           {{"weight", weight, RM_NOT_NEGATIVE, 1, RM_WEIGHT},
                            {"target", target, RM_POSITIVE, 1, RM_TARGET}}};
    return p ? set_family(p, &f, count, index) : RM_ERROR_NULL;
}

rm_status rm_problem_set_queue(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                               const double *capacity)
{
    const family_call f = {"rm_problem_set_queue", RM_FAMILY_QUEUE, 2,
                           {{"weight", weight, RM_NOT_NEGATIVE, 1, RM_WEIGHT},
                            {"capacity", capacity, RM_POSITIVE, 1, RM_TARGET}}};
    return p ? set_family(p, &f, count, index) : RM_ERROR_NULL;
}

rm_status rm_problem_set_move_cost(rm_problem *p, int64_t count, const int64_t *index, const double *current,
                                   const double *up, const double *down)
{
    static const char *const call = "rm_problem_set_move_cost";
    const double *value[] = {current, up, down};
    static const char *const name[] = {"current", "up", "down"};
    rm_status status = rm_enter(p);
    if (status == RM_OK)
        status = rm_check_indices(p, call, RM_NAME_VARIABLE, count, index, RM_NO_HOLES | RM_NO_TWICE);
    for (int v = 0; v < 3 && status == RM_OK; v++)
        status = rm_check_values(p, call, name[v], RM_NAME_VARIABLE, count, index, value[v],
                                 v == 0 ? RM_FINITE : RM_NOT_NEGATIVE);
    if (status != RM_OK || count == 0 || (!current && !up && !down))
        return status;
    for (int v = 0; v < 3 && status == RM_OK; v++)
        status = rm_reserve_array(p, RM_CURRENT + v);
    if (status != RM_OK)
        return rm_fail_memory(p, call);
    for (int64_t k = 0; k < count; k++) {
        int64_t i = rm_at(index, k);
        p->movers -= rm_moves(p, i);
        for (int v = 0; v < 3; v++)
            if (value[v])
                rm_doubles(p, RM_CURRENT + v)[i] = value[v][k];
        p->movers += rm_moves(p, i);
    }
    rm_withdraw_all(p);
    return RM_OK;
}

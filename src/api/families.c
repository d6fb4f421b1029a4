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
    rm_text_add(&t, family == RM_FAMILY_QUEUE       ? "; bounds and capacity must leave something in common"
                    : family == RM_FAMILY_ENTROPY   ? "; its upper bound must be at least 0"
                    : family == RM_FAMILY_PIECEWISE ? "; its upper bound must not be below its first breakpoint"
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
    if (f->family == RM_FAMILY_QUADRATIC)
        return status; /* for all x */
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
        rm_forget_steps(p, i);
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
    /* The price is no part of the family: without one it stays. */
    const family_call f = {"rm_problem_set_quadratic", RM_FAMILY_QUADRATIC, price ? 3 : 2,
                           {{"weight", weight, RM_NOT_NEGATIVE, 1, RM_WEIGHT},
                            {"target", target, RM_FINITE, 0, RM_TARGET},
                            {"price", price, RM_FINITE, 0, RM_PRICE}}};
    return set_family(p, &f, count, index);
}

rm_status rm_problem_set_alpha_fair(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                                    const double *shift, const double *alpha)
{
    const family_call f = {"rm_problem_set_alpha_fair", RM_FAMILY_ALPHA, 3,
                           {{"weight", weight, RM_NOT_NEGATIVE, 1, RM_WEIGHT},
                            {"shift", shift, RM_FINITE, 0, RM_TARGET},
                            {"alpha", alpha, RM_POSITIVE, 1, RM_SHAPE}}};
    return set_family(p, &f, count, index);
}

/* A family of a weight and one number more. */
static rm_status set_pair(rm_problem *p, const char *call, int family, int64_t count, const int64_t *index,
                          const double *weight, number second)
{
    const family_call f = {call, family, 2, {{"weight", weight, RM_NOT_NEGATIVE, 1, RM_WEIGHT}, second}};
    return set_family(p, &f, count, index);
}

rm_status rm_problem_set_log(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                             const double *shift)
{
    return set_pair(p, "rm_problem_set_log", RM_FAMILY_LOG, count, index, weight,
                    (number){"shift", shift, RM_FINITE, 0, RM_TARGET});
}

rm_status rm_problem_set_entropy(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                                 const double *target)
{
    return set_pair(p, "rm_problem_set_entropy", RM_FAMILY_ENTROPY, count, index, weight,
                    (number){"target", target, RM_POSITIVE, 1, RM_TARGET});
}

rm_status rm_problem_set_queue(rm_problem *p, int64_t count, const int64_t *index, const double *weight,
                               const double *capacity)
{
    return set_pair(p, "rm_problem_set_queue", RM_FAMILY_QUEUE, count, index, weight,
                    (number){"capacity", capacity, RM_POSITIVE, 1, RM_TARGET});
}

/* --- piecewise linear ----------------------------------------------------------- */

#define MOST_STEPS RM_MOST_VARIABLES

void rm_forget_steps(rm_problem *p, int64_t i)
{
    int64_t *steps = rm_integers(p, RM_STEP_COUNT);
    if (!steps || steps[i] == 0)
        return;
    steps[i] = 0;
    p->stepped--;
}

static rm_status fail_step(rm_problem *p, const char *call, const char *what, int64_t j, int64_t i, double value,
                           const char *rule, const double *before)
{
    rm_text t = rm_message_begin(p, call);
    rm_text_add(&t, what);
    rm_text_add(&t, "[");
    rm_text_add_integer(&t, j);
    rm_text_add(&t, "] of ");
    rm_message_thing(p, &t, RM_NAME_VARIABLE, i);
    rm_text_add(&t, " is ");
    rm_text_add_number(&t, value);
    rm_text_add(&t, "; it must be ");
    rm_text_add(&t, rule);
    if (before)
        rm_text_add_number(&t, *before);
    return isnan(value) ? RM_ERROR_NAN : RM_ERROR_RANGE;
}

/* The steps begin..end-1 of variable i. */
static rm_status check_steps(rm_problem *p, const char *call, int64_t i, int64_t begin, int64_t end,
                             const double *breakpoint, const double *slope)
{
    for (int64_t j = begin; j < end; j++) {
        if (isnan(breakpoint[j]) || breakpoint[j] == INFINITY || (j > begin && isinf(breakpoint[j])))
            return fail_step(p, call, "breakpoint", j, i, breakpoint[j],
                             "a finite number (the first one may be -infinity)", NULL);
        if (!isfinite(slope[j]))
            return fail_step(p, call, "slope", j, i, slope[j], "a finite number", NULL);
        if (j > begin && !(breakpoint[j] > breakpoint[j - 1]))
            return fail_step(p, call, "breakpoint", j, i, breakpoint[j], "above the one before it, ",
                             &breakpoint[j - 1]);
        if (j > begin && !(slope[j] >= slope[j - 1])) /* or the cost would not be convex */
            return fail_step(p, call, "slope", j, i, slope[j], "at least the one before it, ", &slope[j - 1]);
    }
    return RM_OK;
}

static rm_status check_piecewise(rm_problem *p, const char *call, int64_t count, const int64_t *index,
                                 const int64_t *start, const double *breakpoint, const double *slope)
{
    rm_status status = rm_enter(p);
    if (status == RM_OK)
        status = rm_check_indices(p, call, RM_NAME_VARIABLE, count, index, RM_NO_HOLES | RM_NO_TWICE);
    if (status == RM_OK && count > 0 && (!start || !breakpoint || !slope))
        return rm_fail(p, call, RM_ERROR_NULL,
                       !start ? "start is NULL" : !breakpoint ? "breakpoint is NULL" : "slope is NULL");
    for (int64_t k = 0; k < count && status == RM_OK; k++) {
        int64_t i = rm_at(index, k);
        if (start[k] < 0)
            return rm_fail_integer(p, call, "a number in start", start[k], "at least 0");
        if (start[k + 1] <= start[k])
            return rm_fail_integer(p, call, "a number in start", start[k + 1],
                                   "above the one before it: every variable has at least one step");
        if (start[k + 1] > MOST_STEPS)
            return rm_fail_integer(p, call, "a number in start", start[k + 1], "at most 2^40");
        status = check_steps(p, call, i, start[k], start[k + 1], breakpoint, slope);
        if (status == RM_OK && rm_doubles(p, RM_UPPER)[i] < breakpoint[start[k]])
            status = fail_step(p, call, "breakpoint", start[k], i, breakpoint[start[k]],
                               "at most the upper bound of the variable, ", &rm_doubles(p, RM_UPPER)[i]);
    }
    return status;
}

/* Room for so many steps more.  Where there is none, those in use are copied to a larger place, without
 * the gaps that changes have left. */
static rm_status reserve_steps(rm_problem *p, int64_t more)
{
    int64_t room = p->step_breakpoint.bytes / (int64_t)sizeof(double), live = 0;
    if (p->steps + more <= room)
        return RM_OK;
    int64_t *start = rm_integers(p, RM_STEP_START), *count = rm_integers(p, RM_STEP_COUNT);
    for (int64_t i = 0; i < p->variables; i++)
        live += count[i];
    rm_block breakpoint = {NULL, 0, NULL}, slope = {NULL, 0, NULL};
    int64_t bytes = rm_grown(room, live + more) * (int64_t)sizeof(double);
    rm_status status = rm_block_reserve(p, &breakpoint, bytes);
    if (status == RM_OK)
        status = rm_block_reserve(p, &slope, bytes);
    if (status != RM_OK) {
        rm_block_free(&p->memory, &breakpoint);
        return status;
    }
    live = 0;
    for (int64_t i = 0; i < p->variables; i++) {
        if (count[i] == 0)
            continue;
        size_t size = (size_t)count[i] * sizeof(double);
        memcpy((double *)breakpoint.data + live, (double *)p->step_breakpoint.data + start[i], size);
        memcpy((double *)slope.data + live, (double *)p->step_slope.data + start[i], size);
        start[i] = live;
        live += count[i];
    }
    rm_block_free(&p->memory, &p->step_breakpoint);
    rm_block_free(&p->memory, &p->step_slope);
    p->step_breakpoint = breakpoint;
    p->step_slope = slope;
    p->steps = live;
    return RM_OK;
}

rm_status rm_problem_set_piecewise(rm_problem *p, int64_t count, const int64_t *index, const int64_t *start,
                                   const double *breakpoint, const double *slope)
{
    static const char *const call = "rm_problem_set_piecewise";
    rm_status status = check_piecewise(p, call, count, index, start, breakpoint, slope);
    if (status != RM_OK || count == 0)
        return status;
    static const int needed[] = {RM_FAMILY, RM_STEP_START, RM_STEP_COUNT};
    for (int k = 0; k < 3 && status == RM_OK; k++)
        status = rm_reserve_array(p, needed[k]);
    if (status == RM_OK)
        status = reserve_steps(p, start[count] - start[0]);
    if (status != RM_OK)
        return rm_fail_memory(p, call);
    for (int64_t k = 0; k < count; k++) {
        int64_t i = rm_at(index, k), size = start[k + 1] - start[k];
        rm_doubles(p, RM_WEIGHT)[i] = rm_doubles(p, RM_TARGET)[i] = 0;
        rm_forget_steps(p, i);
        p->curved += rm_family(p, i) == RM_FAMILY_QUADRATIC;
        rm_families(p)[i] = RM_FAMILY_PIECEWISE;
        memcpy((double *)p->step_breakpoint.data + p->steps, breakpoint + start[k], (size_t)size * sizeof(double));
        memcpy((double *)p->step_slope.data + p->steps, slope + start[k], (size_t)size * sizeof(double));
        rm_integers(p, RM_STEP_START)[i] = p->steps;
        rm_integers(p, RM_STEP_COUNT)[i] = size;
        p->steps += size;
        p->stepped++;
    }
    p->plain &= ~(1u << RM_WEIGHT | 1u << RM_TARGET);
    rm_withdraw_all(p);
    return RM_OK;
}

/* --- moving ---------------------------------------------------------------------- */

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

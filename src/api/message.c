/* The sentence that goes with a status. */
#include "api/problem.h"

rm_status rm_enter(rm_problem *p)
{
    if (!p)
        return RM_ERROR_NULL;
    if (p->busy)
        return RM_ERROR_BUSY;
    p->message[0] = 0;
    return RM_OK;
}

rm_text rm_message_begin(rm_problem *p, const char *call)
{
    rm_text t = rm_text_begin(p->message, RM_MESSAGE_SIZE);
    rm_text_add(&t, call);
    rm_text_add(&t, ": ");
    return t;
}

void rm_message_thing(const rm_problem *p, rm_text *t, int32_t kind, int64_t index)
{
    const char *name = NULL;
    if (kind == RM_NAME_ROW)
        name = index >= 0 && index < p->rows ? rm_rows(p)[index].name : NULL;
    else if (rm_names(p) && index >= 0 && index < p->variables)
        name = rm_names(p)[index];
    rm_text_add(t, kind == RM_NAME_ROW ? "row " : "variable ");
    rm_text_add_integer(t, index);
    if (name) {
        char shown[64]; /* a long name must not push the rule out of the message */
        rm_text_copy(name, shown, sizeof shown);
        rm_text_add(t, " ('");
        rm_text_add(t, shown);
        rm_text_add(t, "')");
    }
}

rm_status rm_fail(rm_problem *p, const char *call, rm_status status, const char *words)
{
    rm_text t = rm_message_begin(p, call);
    rm_text_add(&t, words);
    return status;
}

rm_status rm_fail_memory(rm_problem *p, const char *call)
{
    return rm_fail(p, call, RM_ERROR_MEMORY, "the allocator has no memory; nothing was changed");
}

rm_status rm_fail_value(rm_problem *p, const char *call, rm_status status, const char *what, double value,
                        const char *rule)
{
    rm_text t = rm_message_begin(p, call);
    rm_text_add(&t, what);
    rm_text_add(&t, " is ");
    rm_text_add_number(&t, value);
    rm_text_add(&t, "; it must be ");
    rm_text_add(&t, rule);
    return status;
}

rm_status rm_fail_integer(rm_problem *p, const char *call, const char *what, int64_t value, const char *rule)
{
    rm_text t = rm_message_begin(p, call);
    rm_text_add(&t, what);
    rm_text_add(&t, " is ");
    rm_text_add_integer(&t, value);
    rm_text_add(&t, "; it must be ");
    rm_text_add(&t, rule);
    return RM_ERROR_RANGE;
}

int64_t rm_problem_message(const rm_problem *p, char *buffer, int64_t capacity)
{
    return rm_text_copy(p ? p->message : "", buffer, capacity);
}

rm_status rm_need_rounding(rm_problem *p, const char *call)
{
    if (rm_float_environment_ok())
        return RM_OK;
    return rm_fail(p, call, RM_ERROR_FLOAT_ENVIRONMENT,
                   "this thread does not round to nearest, or flushes small numbers to zero");
}

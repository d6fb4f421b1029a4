/* Input is looked at here, at the border, before anything is changed. */
#include "api/problem.h"

static int64_t limit_of(const rm_problem *p, int32_t kind)
{
    return kind == RM_NAME_ROW ? p->rows : p->variables;
}

static rm_status fail_index(rm_problem *p, const char *call, int32_t kind, int64_t k, int64_t i, const char *rule)
{
    rm_text t = rm_message_begin(p, call);
    rm_text_add(&t, kind == RM_NAME_ROW ? "row[" : "index[");
    rm_text_add_integer(&t, k);
    rm_text_add(&t, "] is ");
    rm_text_add_integer(&t, i);
    rm_text_add(&t, "; ");
    rm_text_add(&t, rule);
    int64_t limit = limit_of(p, kind);
    if (i < 0 || i >= limit) {
        rm_text_add(&t, limit == 0 ? " (there are none)" : " (from 0 to ");
        if (limit > 0) {
            rm_text_add_integer(&t, limit - 1);
            rm_text_add(&t, ")");
        }
    }
    return RM_ERROR_RANGE;
}

/* Marks or unmarks an index as seen; returns whether it was marked. */
static int mark(rm_problem *p, int32_t kind, int64_t i, int on)
{
    if (kind == RM_NAME_ROW) {
        int32_t *flags = &rm_rows(p)[i].flags;
        int was = (*flags & RM_SEEN) != 0;
        *flags = on ? *flags | RM_SEEN : *flags & ~RM_SEEN;
        return was;
    }
    unsigned char *flags = &rm_flags(p)[i];
    int was = (*flags & RM_SEEN) != 0;
    *flags = (unsigned char)(on ? *flags | RM_SEEN : *flags & ~RM_SEEN);
    return was;
}

/* How many of the first indices are in order, and why the next is not. */
static int64_t good_indices(rm_problem *p, int32_t kind, int64_t count, const int64_t *index, int rules,
                            const char **why)
{
    int64_t limit = limit_of(p, kind);
    for (int64_t k = 0; k < count; k++) {
        int64_t i = rm_at(index, k);
        *why = kind == RM_NAME_ROW ? "it must be the index of a row" : "it must be the index of a variable";
        if (i < 0 || i >= limit)
            return k;
        *why = "that variable was removed";
        if ((rules & RM_NO_HOLES) && kind == RM_NAME_VARIABLE && (rm_flags(p)[i] & RM_HOLE))
            return k;
        *why = "it stands twice in the list";
        if ((rules & RM_NO_TWICE) && index && mark(p, kind, i, 1))
            return k;
    }
    return count;
}

rm_status rm_check_indices(rm_problem *p, const char *call, int32_t kind, int64_t count, const int64_t *index,
                           int rules)
{
    if (count < 0)
        return rm_fail_integer(p, call, "count", count, "at least 0");
    if (!index && count > limit_of(p, kind)) {
        rm_text t = rm_message_begin(p, call);
        rm_text_add(&t, "count is ");
        rm_text_add_integer(&t, count);
        rm_text_add(&t, kind == RM_NAME_ROW ? ", more than the rows there are, " : ", more than the variables there are, ");
        rm_text_add_integer(&t, limit_of(p, kind));
        return RM_ERROR_RANGE;
    }
    const char *why = "";
    int64_t good = good_indices(p, kind, count, index, rules, &why);
    if ((rules & RM_NO_TWICE) && index)
        for (int64_t k = 0; k < good; k++)
            mark(p, kind, index[k], 0);
    return good == count ? RM_OK : fail_index(p, call, kind, good, rm_at(index, good), why);
}

static const char *const value_rules[] = {"a finite number", "a finite number that is not negative",
                                          "a number below +infinity", "a number above -infinity",
                                          "a finite number above 0", "a number that is not negative"};

static int allowed(double v, int rule)
{
    switch (rule) {
    case RM_FINITE:
        return isfinite(v);
    case RM_NOT_NEGATIVE:
        return isfinite(v) && v >= 0;
    case RM_BELOW_INFINITY:
        return v < INFINITY;
    case RM_POSITIVE:
        return isfinite(v) && v > 0;
    case RM_NOT_BELOW_ZERO:
        return v >= 0;
    default:
        return v > -INFINITY;
    }
}

rm_status rm_check_values(rm_problem *p, const char *call, const char *what, int32_t kind, int64_t count,
                          const int64_t *index, const double *value, int rule)
{
    for (int64_t k = 0; value && k < count; k++) {
        if (allowed(value[k], rule))
            continue;
        rm_text t = rm_message_begin(p, call);
        rm_text_add(&t, what);
        rm_text_add(&t, "[");
        rm_text_add_integer(&t, k);
        rm_text_add(&t, "] of ");
        rm_message_thing(p, &t, kind, rm_at(index, k));
        rm_text_add(&t, " is ");
        rm_text_add_number(&t, value[k]);
        rm_text_add(&t, "; it must be ");
        rm_text_add(&t, value_rules[rule]);
        return isnan(value[k]) ? RM_ERROR_NAN : RM_ERROR_RANGE;
    }
    return RM_OK;
}

rm_status rm_check_order(rm_problem *p, const char *call, int32_t kind, int64_t index, double lower, double upper)
{
    if (lower <= upper)
        return RM_OK;
    rm_text t = rm_message_begin(p, call);
    rm_message_thing(p, &t, kind, index);
    rm_text_add(&t, " would have lower ");
    rm_text_add_number(&t, lower);
    rm_text_add(&t, " above upper ");
    rm_text_add_number(&t, upper);
    rm_text_add(&t, "; lower must be at most upper");
    return RM_ERROR_RANGE;
}

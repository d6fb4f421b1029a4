/* Costs that the host answers for: setting them, and what went wrong with asking. */
#include "api/problem.h"

void rm_settle_custom(rm_problem *p)
{
    const int64_t *at = rm_integers(p, RM_CUSTOM_AT);
    p->asked.busy = &p->busy;
    for (int64_t i = 0; at && i < p->variables; i++) {
        if (at[i] == 0)
            continue;
        rm_customs(p)[at[i] - 1].index = i;
        rm_customs(p)[at[i] - 1].state = &p->asked;
    }
}

/* Room for so many records more.  Where there is none, those that somebody has are copied to a larger place. */
static rm_status reserve_records(rm_problem *p, int64_t more)
{
    const int64_t size = sizeof(rm_custom);
    int64_t room = p->custom.bytes / size, live = 0;
    if (p->customs + more <= room)
        return RM_OK;
    int64_t *at = rm_integers(p, RM_CUSTOM_AT);
    for (int64_t i = 0; i < p->variables; i++)
        live += at[i] > 0;
    rm_block record = {NULL, 0, NULL};
    rm_status status = rm_block_reserve(p, &record, rm_grown(room, live + more) * size);
    if (status != RM_OK)
        return status;
    live = 0;
    for (int64_t i = 0; i < p->variables; i++) {
        if (at[i] == 0)
            continue;
        ((rm_custom *)record.data)[live] = rm_customs(p)[at[i] - 1];
        at[i] = ++live;
    }
    rm_block_free(&p->memory, &p->custom);
    p->custom = record;
    p->customs = live;
    return RM_OK;
}

rm_status rm_problem_set_custom(rm_problem *p, int64_t count, const int64_t *index, rm_response_fn fn, void *user)
{
    static const char *const call = "rm_problem_set_custom";
    rm_status status = rm_enter(p);
    if (status == RM_OK)
        status = rm_check_indices(p, call, RM_NAME_VARIABLE, count, index, RM_NO_HOLES | RM_NO_TWICE);
    if (status == RM_OK && !fn && count > 0)
        return rm_fail(p, call, RM_ERROR_NULL, "fn is NULL");
    if (status != RM_OK || count == 0)
        return status;
    status = rm_reserve_array(p, RM_FAMILY);
    if (status == RM_OK)
        status = rm_reserve_array(p, RM_CUSTOM_AT);
    if (status == RM_OK)
        status = reserve_records(p, count);
    if (status != RM_OK)
        return rm_fail_memory(p, call);
    for (int64_t k = 0; k < count; k++) {
        int64_t i = rm_at(index, k), *at = &rm_integers(p, RM_CUSTOM_AT)[i];
        rm_doubles(p, RM_WEIGHT)[i] = 1;
        rm_doubles(p, RM_TARGET)[i] = 0;
        rm_forget_steps(p, i);
        p->curved += rm_family(p, i) == RM_FAMILY_QUADRATIC;
        rm_families(p)[i] = RM_FAMILY_CUSTOM;
        if (*at == 0)
            *at = ++p->customs;
        rm_customs(p)[*at - 1] = (rm_custom){.fn = fn, .user = user};
    }
    rm_settle_custom(p);
    p->plain &= ~(1u << RM_WEIGHT | 1u << RM_TARGET);
    rm_withdraw_all(p);
    return RM_OK;
}

void rm_open_asking(rm_problem *p)
{
    p->asked.status = RM_OK;
    p->asked.what = RM_CUSTOM_FINE;
    for (int64_t k = 0; k < p->customs; k++) {
        rm_custom *r = &rm_customs(p)[k];
        r->kept[0].known = r->kept[1].known = r->held.known = r->last.known = 0;
    }
}

static void say_numbers(rm_text *t, const char *before, double v, const char *between, double w)
{
    rm_text_add(t, before);
    rm_text_add_figure(t, v);
    rm_text_add(t, between);
    rm_text_add_figure(t, w);
}

rm_status rm_close_asking(rm_problem *p, const char *call, rm_status status)
{
    const rm_custom_state *s = &p->asked;
    if (s->status == RM_OK)
        return status;
    rm_text t = rm_message_begin(p, call);
    if (s->what == RM_CUSTOM_RETURNED) {
        rm_text_add(&t, s->status == RM_CANCELLED ? "cancelled by the response of custom costs"
                                                  : "the response of custom costs returned a negative number");
        return s->status;
    }
    rm_text_add(&t, s->what == RM_CUSTOM_ABSENT ? "" : "the response of ");
    rm_message_thing(p, &t, RM_NAME_VARIABLE, s->index);
    switch (s->what) {
    case RM_CUSTOM_ABSENT:
        rm_text_add(&t, " has a custom cost, but no response: callbacks are not copied by rm_problem_clone; set it again");
        break;
    case RM_CUSTOM_NO_NUMBER:
        rm_text_add(&t, " to the price ");
        rm_text_add_figure(&t, s->price[0]);
        rm_text_add(&t, " is not complete: x_low, x_high and value must be numbers, and slope not below 0");
        break;
    case RM_CUSTOM_ORDER:
        rm_text_add(&t, " to the price ");
        rm_text_add_figure(&t, s->price[0]);
        rm_text_add(&t, " has x_low above x_high");
        break;
    case RM_CUSTOM_FALLS:
        say_numbers(&t, " falls from ", s->x[0], " at the price ", s->price[0]);
        say_numbers(&t, " to ", s->x[1], " at the price ", s->price[1]);
        rm_text_add(&t, "; that of a convex cost never falls");
        break;
    default:
        say_numbers(&t, " does not follow a pull: with rho 2^200 and centre ", s->price[0], " it is ", s->x[0]);
        break;
    }
    return s->status;
}

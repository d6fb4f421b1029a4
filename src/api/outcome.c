/* The outcome of a solve in words. */
#include "api/problem.h"

static void say_infeasible(const rm_problem *p, const rm_water *w, const rm_outcome *o, rm_text *t)
{
    rm_row row = o->row;
    int lower = w->side == RM_SIDE_LOWER;
    rm_text_add(t, lower ? "the most " : "the least ");
    if (w->members == 1) {
        rm_text_add(t, "the one variable");
    } else {
        rm_text_add(t, "the ");
        rm_text_add_integer(t, w->members);
        rm_text_add(t, " variables");
    }
    rm_text_add(t, " of ");
    rm_message_thing(p, t, RM_NAME_ROW, o->index);
    rm_text_add(t, p->outcome_nested ? ", with the rows within it," : "");
    rm_text_add(t, !w->only_near ? " can carry is " : lower ? " can carry stays below " : " can carry stays above ");
    rm_text_add_figure(t, w->attainable);
    rm_text_add(t, ", ");
    rm_text_add_figure(t, w->shortfall);
    rm_text_add(t, lower ? " short of " : " more than ");
    rm_text_add(t, row.lower == row.upper ? "the total " : lower ? "its lower side " : "its upper side ");
    rm_text_add_figure(t, lower ? row.lower : row.upper);
}

/* Who runs away, or what lets somebody: a row that it pays to miss by ever more. */
static void say_runaway(const rm_problem *p, const rm_water *w, rm_text *t, int k)
{
    if (w->runaway[k] == p->variables) {
        rm_text_add(t, "the penalty of ");
        rm_message_thing(p, t, RM_NAME_ROW, 0);
        return;
    }
    rm_message_thing(p, t, RM_NAME_VARIABLE, w->runaway[k]);
    rm_text_add(t, w->runs_up[k] ? " runs upwards" : " runs downwards");
}

static void say_unbounded(const rm_problem *p, const rm_water *w, rm_text *t)
{
    const int64_t *who = w->runaway;
    int first = who[0] == p->variables, two = who[1] >= 0, penalty = who[0] == p->variables || who[1] == p->variables;
    int curved = 0; /* a log's cost falls for ever whatever its weight */
    for (int k = 0; k < 2 && who[k] >= 0; k++)
        curved |= who[k] < p->variables && rm_family(p, who[k]) != RM_FAMILY_QUADRATIC;
    rm_text_add(t, "the cost falls without limit: ");
    say_runaway(p, w, t, first);
    if (two) {
        rm_text_add(t, " against ");
        say_runaway(p, w, t, !first);
    }
    rm_text_add(t, "; with a bound on that side");
    rm_text_add(t, two && !penalty ? " of either" : "");
    rm_text_add(t, curved ? " it would not" : ", or a weight above 0, it would not");
}

rm_outcome rm_last_outcome(const rm_problem *p)
{
    rm_row row = rm_problem_row(p);
    if (p->outcome_row > 0 && p->outcome_row < p->rows)
        row = (rm_row){rm_rows(p)[p->outcome_row].lower, rm_rows(p)[p->outcome_row].upper};
    return (rm_outcome){p->status, &p->water, &p->figures, row, p->outcome_row > 0 ? p->outcome_row : 0, p->passes};
}

void rm_say_outcome(const rm_problem *p, const rm_outcome *o, rm_text *t)
{
    switch (o->status) {
    case RM_INFEASIBLE:
        say_infeasible(p, o->water, o, t);
        break;
    case RM_UNBOUNDED:
        say_unbounded(p, o->water, t);
        break;
    case RM_LIMIT:
        rm_text_add(t, "stopped by a limit after ");
        rm_text_add_integer(t, o->passes);
        rm_text_add(t, " passes; there is no answer yet: raise RM_OPTION_ITERATION_LIMIT or RM_OPTION_TIME_LIMIT");
        break;
    case RM_CANCELLED:
        rm_text_add(t, "cancelled after ");
        rm_text_add_integer(t, o->passes);
        rm_text_add(t, " passes; there is no answer");
        break;
    case RM_ERROR_CALLBACK:
        rm_text_add(t, "rm_problem_solve: a callback returned a negative number, or the executor left a part out; "
                       "there is no answer");
        break;
    case RM_INACCURATE:
        if (o->water->overflow && isinf(o->water->price.high) && p->curved > 0) {
            rm_text_add(t, "the row wants all that the bounds allow, or as little; where a marginal cost is infinite "
                           "there, no price leads to it");
            break;
        }
        if (o->water->overflow && p->customs > 0) {
            rm_text_add(t, "no price meets the row: at some price the answer of a custom cost jumps to infinity, or is "
                           "infinite at all prices; a bound on that side would help");
            break;
        }
        if (o->water->overflow) {
            rm_text_add(t, "the price of the row is too large for a double; dividing weights and prices by the same "
                           "number, or changing the unit of the variables, would help");
            break;
        }
        rm_text_add(t, "the answer was not confirmed: row residual ");
        rm_text_add_figure(t, o->figures->row_residual);
        rm_text_add(t, ", relative dual residual ");
        rm_text_add_figure(t, o->figures->dual_residual);
        rm_text_add(t, "; numbers nearer to each other in size would help");
        break;
    default:
        break;
    }
}

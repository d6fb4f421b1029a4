/* rm_problem_solve: prepares, solves, checks, and says how it went. */
#include "api/problem.h"
#include "solve/choose.h"
#include "solve/fast.h"

static int32_t report(void *context)
{
    rm_problem *p = context;
    p->seconds = rm_seconds() - p->started;
    p->busy = 1;
    int32_t answer = p->progress(p->progress_user, p);
    p->busy = 0;
    return answer;
}

/* The host's executor, in which the handle is busy. */
static int32_t run_by_host(void *context, rm_task_fn fn, void *task, int64_t parts)
{
    rm_problem *p = context;
    p->busy = 1;
    int32_t answer = p->run(p->run_user, fn, task, parts);
    p->busy = 0;
    return answer;
}

rm_watch rm_open_watch(rm_problem *p, int64_t *passes)
{
    return (rm_watch){p->cancel, &p->asked.status, rm_seconds() + p->time_limit, passes, p->iteration_limit, p->progress_step,
                      p->progress ? report : NULL, p};
}

/* The short way, on as many threads as are wanted.  It proves its answer as it
 * writes it (solve/fast.c); the figures wait until somebody asks. */
static rm_status solve_fast(rm_problem *p, const rm_view *view, rm_row row, double *x, rm_watch *watch, rm_water *water,
                            int *done)
{
    rm_crew crew = {p->run ? run_by_host : NULL, p, p->run ? p->run_width : (int32_t)p->threads, NULL};
    rm_crew_room room;
    if (view->n < RM_CREW_LEAST)
        crew.width = 1;
    if (rm_view_is_plain(view))
        (void)rm_reserve_kept(p, p->variables); /* without it the next solve looks at all variables again */
    rm_crew_open(&crew, &room);
    rm_status status = rm_fast_row(view, row, x, watch, &crew, &p->warm, water, done);
    rm_crew_close(&crew);
    return status;
}

rm_status rm_solve_row(rm_problem *p, const rm_view *view, rm_row row, double *x, rm_watch *watch, rm_water *water,
                       rm_figures *figures, int *has_figures, int *has_x)
{
    int done = 0;
    *has_figures = 0;
    rm_open_asking(p);
    rm_status status = solve_fast(p, view, row, x, watch, water, &done);
    *has_x = status == RM_OK && done;
    if (status != RM_OK || done)
        return status;
    status = rm_waterfill_solve(view, row, x, watch, water);
    if (status != RM_OK && (status != RM_INACCURATE || water->overflow))
        return status;
    double miss = view->slack.on ? x[view->n - 1] : 0;
    rm_status checked = rm_verify(view, row, p->constant, x, miss, water->multiplier, watch, figures);
    if (checked != RM_OK || p->asked.status != RM_OK) /* then x is no answer */
        return checked != RM_OK ? checked : p->asked.status;
    *has_x = *has_figures = 1;
    return figures->dual_residual > RM_STATIONARY || figures->bound_residual > 0 ? RM_INACCURATE : status;
}

rm_status rm_problem_solve(rm_problem *p, int32_t solver)
{
    static const char *const call = "rm_problem_solve";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    rm_shape shape = {p->rows};
    const char *why;
    int32_t chosen;
    status = rm_choose(&shape, solver, &chosen, &why);
    if (status != RM_OK)
        return rm_fail(p, call, status, why);
    status = rm_need_rounding(p, call);
    rm_tree tree;
    if (status == RM_OK && chosen == RM_SOLVER_TREE)
        status = rm_many_prepare(p, call, &tree);
    if (status != RM_OK)
        return status;
    rm_forget_answer(p);
    rm_problem_spread(p);
    p->started = rm_seconds();
    p->seconds = 0;
    p->passes = 0;
    rm_watch watch = rm_open_watch(p, &p->passes);
    p->outcome_row = 0;
    p->outcome_nested = 0;
    if (chosen == RM_SOLVER_TREE) {
        p->status = rm_many_solve(p, &tree, &watch);
    } else {
        rm_view view = rm_problem_view(p);
        p->status = rm_solve_row(p, &view, rm_problem_row(p), rm_doubles(p, RM_X), &watch, &p->water, &p->figures,
                                 &p->has_figures, &p->has_answer);
    }
    p->solver = chosen;
    p->seconds = rm_seconds() - p->started;
    rm_text t = rm_text_begin(p->message, RM_MESSAGE_SIZE);
    rm_outcome last = rm_last_outcome(p);
    rm_say_outcome(p, &last, &t);
    return rm_close_asking(p, call, p->status);
}

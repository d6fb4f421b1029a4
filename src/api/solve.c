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

/* The short way, on as many threads as are wanted.  It proves its answer as it
 * writes it (solve/fast.c); the figures wait until somebody asks. */
static rm_status solve_fast(rm_problem *p, const rm_view *view, rm_row row, rm_watch *watch, int *done)
{
    rm_crew crew = {p->run ? run_by_host : NULL, p, p->run ? p->run_width : (int32_t)p->threads, NULL};
    rm_crew_room room;
    if (view->n < RM_CREW_LEAST)
        crew.width = 1;
    (void)rm_reserve_kept(p, p->variables); /* without it the next solve looks at all variables again */
    rm_crew_open(&crew, &room);
    rm_status status = rm_fast_row(view, row, rm_doubles(p, RM_X), watch, &crew, &p->warm, &p->water, done);
    rm_crew_close(&crew);
    return status;
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
    if (!rm_float_environment_ok())
        return rm_fail(p, call, RM_ERROR_FLOAT_ENVIRONMENT,
                       "this thread does not round to nearest, or flushes small numbers to zero");
    rm_withdraw(p);
    rm_problem_spread(p);
    p->started = rm_seconds();
    p->seconds = 0;
    p->passes = 0;
    rm_watch watch = {p->cancel, p->started + p->time_limit, &p->passes, p->iteration_limit, p->progress_step,
                      p->progress ? report : NULL, p};
    rm_view view = rm_problem_view(p);
    rm_row row = rm_problem_row(p);
    double *x = rm_doubles(p, RM_X);
    int done = 0;
    p->has_figures = 0;
    status = solve_fast(p, &view, row, &watch, &done);
    if (status == RM_OK && !done) {
        status = rm_waterfill_solve(&view, row, x, &watch, &p->water);
        if (status == RM_OK || (status == RM_INACCURATE && !p->water.overflow)) {
            rm_status checked =
                rm_verify(&view, row, p->constant, x, rm_missed(p), p->water.multiplier, &watch, &p->figures);
            if (checked != RM_OK)
                status = checked;
            else if (p->figures.dual_residual > RM_STATIONARY || p->figures.bound_residual > 0)
                status = RM_INACCURATE;
            p->has_answer = p->has_figures = checked == RM_OK;
        }
    } else if (status == RM_OK) {
        p->has_answer = 1;
    }
    p->status = status;
    p->solver = chosen;
    p->seconds = rm_seconds() - p->started;
    rm_text t = rm_text_begin(p->message, RM_MESSAGE_SIZE);
    rm_say_outcome(p, &t);
    return status;
}

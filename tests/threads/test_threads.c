/* Different handles at the same time; cancelling from another thread. */
#include "instance.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { HANDLES = 64, WORKERS = 8, ROUNDS = 3, SIZE = 400 };

/* One problem, its answer by one thread alone, and what a worker found. */
typedef struct job {
    instance t;
    rm_problem *p;
    answer alone;
    int wrong;
} job;

typedef struct worker {
    job *jobs;
    int first;
} worker;

static int equal(const double *a, const double *b, int64_t n)
{
    return memcmp(a, b, (size_t)n * sizeof *a) == 0;
}

/* No assertions here: they jump, and this is not the thread to jump in. */
static int differs(job *j)
{
    double x[SIZE], multiplier = 0;
    rm_status status = rm_problem_solve(j->p, RM_SOLVER_AUTO);
    if (status != j->alone.status)
        return 1;
    if (status == RM_OK
        && (rm_problem_get_solution(j->p, j->t.n, NULL, x) != RM_OK || !equal(x, j->alone.x, j->t.n)
            || rm_problem_get_row_duals(j->p, 1, NULL, &multiplier) != RM_OK
            || !equal(&multiplier, &j->alone.multiplier, 1)))
        return 1;
    rm_problem_explain(j->p, NULL);
    const instance *t = &j->t;
    status = rm_waterfill(t->n, t->weight, t->target, t->price, t->coef, t->lower, t->upper, t->total, x, &multiplier,
                          NULL);
    return status != j->alone.status
           || (status == RM_OK && (!equal(x, j->alone.x, t->n) || !equal(&multiplier, &j->alone.multiplier, 1)));
}

static void *work(void *context)
{
    worker *w = context;
    for (int round = 0; round < ROUNDS; round++)
        for (int k = w->first; k < HANDLES; k += WORKERS) {
            rm_problem *copy = NULL;
            w->jobs[k].wrong += differs(&w->jobs[k]);
            w->jobs[k].wrong += rm_problem_clone(w->jobs[k].p, &copy, NULL, NULL) != RM_OK;
            rm_problem_destroy(copy);
        }
    return NULL;
}

static void handles_are_independent(void **state)
{
    (void)state;
    static job jobs[HANDLES];
    dice d = {1};
    for (int k = 0; k < HANDLES; k++) {
        jobs[k].t = instance_random(&d, 1 + dice_below(&d, SIZE), k % KINDS);
        if (k % 9 == 8)
            jobs[k].t.total = 1e300; /* some are infeasible */
        jobs[k].p = instance_problem(&jobs[k].t, NULL, NULL);
        jobs[k].alone = answer_of(jobs[k].p);
        jobs[k].wrong = 0;
    }
    pthread_t thread[WORKERS];
    worker workers[WORKERS];
    for (int k = 0; k < WORKERS; k++) {
        workers[k] = (worker){jobs, k};
        assert_int_equal(pthread_create(&thread[k], NULL, work, &workers[k]), 0);
    }
    for (int k = 0; k < WORKERS; k++)
        assert_int_equal(pthread_join(thread[k], NULL), 0);
    for (int k = 0; k < HANDLES; k++) {
        assert_int_equal(jobs[k].wrong, 0);
        answer_free(&jobs[k].alone);
        rm_problem_destroy(jobs[k].p);
        instance_free(&jobs[k].t);
    }
}

/* The solve tells the other thread that it has begun, and does not go beyond a
 * pass before the other has seen it: so the flag is set while the solve runs, at
 * that pass or any time before. */
typedef struct meeting {
    atomic_int begun, set;
    int32_t flag;
    int64_t pass;
} meeting;

static int32_t tell(void *user, const rm_problem *p)
{
    meeting *m = user;
    int64_t passes = 0;
    if (rm_problem_get_info_i64(p, RM_INFO_ITERATIONS, &passes) != RM_OK)
        return -1;
    atomic_store(&m->begun, 1);
    while (passes >= m->pass && !atomic_load(&m->set))
        sched_yield();
    return 0;
}

static void *cancel(void *user)
{
    meeting *m = user;
    while (!atomic_load(&m->begun))
        sched_yield();
    __atomic_store_n(&m->flag, 1, __ATOMIC_RELAXED);
    atomic_store(&m->set, 1);
    return NULL;
}

static rm_problem *large(void)
{
    rm_problem *p = NULL;
    int64_t n = 2000000 / slowness();
    dice d = {2};
    double *t = malloc((size_t)n * sizeof *t);
    assert_non_null(t);
    for (int64_t i = 0; i < n; i++)
        t[i] = dice_wild(&d, 3);
    assert_ok(rm_problem_create(&p, n, NULL, NULL));
    assert_ok(rm_problem_set_quadratic(p, n, NULL, NULL, t, t));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, (double)n, (double)n, NULL));
    free(t);
    return p;
}

static void a_solve_can_be_cancelled_from_outside(void **state)
{
    (void)state;
    rm_problem *p = large();
    for (int tries = 0; tries < 10; tries++) {
        meeting m = {.flag = 0, .pass = tries % 5};
        atomic_init(&m.begun, 0);
        atomic_init(&m.set, 0);
        pthread_t thread;
        int64_t has = -1;
        assert_ok(rm_problem_set_cancel_flag(p, &m.flag));
        assert_ok(rm_problem_set_progress_callback(p, tell, &m));
        assert_int_equal(pthread_create(&thread, NULL, cancel, &m), 0);
        rm_status status = rm_problem_solve(p, RM_SOLVER_AUTO);
        assert_int_equal(pthread_join(thread, NULL), 0);
        assert_status(status, RM_CANCELLED);
        assert_ok(rm_problem_get_info_i64(p, RM_INFO_HAS_ANSWER, &has));
        assert_int_equal(has, 0);
        assert_ok(rm_problem_set_cancel_flag(p, NULL));
    }
    assert_ok(rm_problem_set_progress_callback(p, NULL, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO)); /* and it solves still */
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(handles_are_independent),
        cmocka_unit_test(a_solve_can_be_cancelled_from_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

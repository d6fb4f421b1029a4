/* Different handles at the same time; cancelling from another thread; solves on
 * several threads, the library's own and the host's. */
#include "parts.h"
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
    const double weight = 1; /* as it is */
    for (int tries = 0; tries < 10; tries++) {
        meeting m = {.flag = 0, .pass = tries % 2}; /* a solve may have no more than two passes */
        atomic_init(&m.begun, 0);
        atomic_init(&m.set, 0);
        pthread_t thread;
        int64_t has = -1;
        assert_ok(rm_problem_set_quadratic(p, 1, NULL, &weight, NULL, NULL)); /* nothing is known from before */
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

/* --- solves on several threads ------------------------------------------------- */

/* Large enough for a crew; every shape of array, and a price for each variable. */
static instance wide(uint64_t seed)
{
    dice d = {seed};
    instance t = instance_make(slowness() == 1 ? 300000 : 140000);
    for (int64_t i = 0; i < t.n; i++) {
        t.weight[i] = dice_between(&d, 0.5, 4);
        t.target[i] = dice_between(&d, -1, 1);
        t.price[i] = dice_between(&d, -1, 1);
        t.coef[i] = dice_between(&d, 0.5, 2);
        t.lower[i] = dice_between(&d, -2, 0);
        t.upper[i] = dice_between(&d, 0, 2);
        t.total += 0.25 * t.coef[i] * t.upper[i];
    }
    return t;
}

/* The handle forgets what it may have kept of the last solve; nothing else changes. */
static void forget(rm_problem *p, const instance *t)
{
    assert_ok(rm_problem_set_quadratic(p, 1, NULL, t->weight, t->target, t->price));
}

static void assert_answer(rm_problem *p, const answer *expected)
{
    answer a = answer_of(p);
    assert_status(a.status, RM_OK);
    assert_same(a.multiplier, expected->multiplier);
    assert_same_array(a.x, expected->x, a.n);
    answer_free(&a);
}

static void no_number_of_threads_changes_a_bit(void **state)
{
    (void)state;
    instance t = wide(3);
    answer alone = answer_direct(&t);
    rm_problem *p = instance_problem(&t, NULL, NULL);
    assert_status(alone.status, RM_OK);
    for (int64_t threads = 1; threads <= 16; threads++) {
        assert_ok(rm_problem_set_option_i64(p, RM_OPTION_THREADS, threads));
        forget(p, &t);
        assert_answer(p, &alone);
        assert_answer(p, &alone); /* and once more, with what was kept */
    }
    double impossible = 1e300;
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &impossible, &impossible));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INFEASIBLE);
    answer_free(&alone);
    rm_problem_destroy(p);
    instance_free(&t);
}

/* Of all families, some with a cost of moving. */
static void nor_with_other_costs(void **state)
{
    (void)state;
    instance t = wide(4);
    rm_problem *p = instance_problem(&t, NULL, NULL);
    answer alone = {0};
    for (int64_t i = 0; i < t.n; i++) {
        const double weight = t.weight[i], second = 2 + t.weight[i], none = 0, current = t.target[i];
        if (i % 5 == 1)
            assert_ok(rm_problem_set_log(p, 1, &i, &weight, &second));
        else if (i % 5 == 2)
            assert_ok(rm_problem_set_queue(p, 1, &i, &weight, &second));
        else if (i % 5 == 3)
            assert_ok(rm_problem_set_entropy(p, 1, &i, &weight, &second));
        else if (i % 5 == 4)
            assert_ok(rm_problem_set_alpha_fair(p, 1, &i, &weight, &second, &second));
        if (i % 3 == 0)
            assert_ok(rm_problem_set_move_cost(p, 1, &i, &current, &weight, &none));
    }
    for (int64_t threads = 1; threads <= 4; threads++) {
        assert_ok(rm_problem_set_option_i64(p, RM_OPTION_THREADS, threads));
        assert_ok(rm_problem_set_price(p, 1, NULL, t.price)); /* it forgets */
        if (threads == 1)
            alone = answer_of(p);
        assert_status(alone.status, RM_OK);
        assert_answer(p, &alone);
    }
    answer_free(&alone);
    rm_problem_destroy(p);
    instance_free(&t);
}

enum { IN_ORDER, REVERSED, ON_THREADS, TWICE, LEAVES_OUT, NEGATIVE, POSITIVE, CANCELS, CALLS_BACK };

/* An executor that behaves in one of these ways from its `from`-th call on. */
typedef struct host {
    int manner, from, calls;
    int32_t flag;         /* of CANCELS */
    rm_problem *p;        /* of CALLS_BACK */
    int not_busy;
} host;

/* Only infos may be read while a solve is under way. */
static int answers_busy(rm_problem *p)
{
    double v = 0;
    int64_t i = 0;
    return rm_problem_set_constant(p, 1) == RM_ERROR_BUSY && rm_problem_solve(p, RM_SOLVER_AUTO) == RM_ERROR_BUSY
           && rm_problem_get_solution(p, 1, NULL, &v) == RM_ERROR_BUSY
           && rm_problem_get_info_i64(p, RM_INFO_ITERATIONS, &i) == RM_OK;
}

static int32_t execute(void *user, rm_task_fn fn, void *task, int64_t parts)
{
    host *h = user;
    int manner = h->calls++ < h->from ? IN_ORDER : h->manner;
    if (manner == ON_THREADS) {
        run_parts_on_threads(fn, task, parts);
        return 0;
    }
    if (manner == CALLS_BACK)
        h->not_busy += !answers_busy(h->p);
    for (int64_t k = 0; k < parts; k++) {
        if ((manner == NEGATIVE || manner == POSITIVE) && k == parts / 2)
            return manner == POSITIVE ? 3 : -3;
        if (manner == CANCELS && k == parts / 2)
            __atomic_store_n(&h->flag, 1, __ATOMIC_RELAXED);
        if (manner == LEAVES_OUT && k == parts / 2)
            continue;
        fn(task, manner == REVERSED ? parts - 1 - k : k);
        if (manner == TWICE)
            fn(task, k);
    }
    return 0;
}

static void no_executor_changes_a_bit(void **state)
{
    (void)state;
    static const int manners[] = {IN_ORDER, REVERSED, ON_THREADS, TWICE};
    instance t = wide(4);
    answer alone = answer_direct(&t);
    rm_problem *p = instance_problem(&t, NULL, NULL);
    for (int64_t m = 0; m < COUNT_OF(manners); m++)
        for (int32_t width = 1; width <= 1024; width *= 32) {
            host h = {.manner = manners[m]};
            assert_ok(rm_problem_set_executor(p, execute, &h, width));
            forget(p, &t);
            assert_answer(p, &alone);
            assert_true(width > 1 ? h.calls > 0 : h.calls == 0);
        }
    answer_free(&alone);
    rm_problem_destroy(p);
    instance_free(&t);
}

/* Whatever an executor does wrong, at its first call or later, the solve says so,
 * there is no answer, and the next solve is as good as ever. */
static void executors_that_fail_leave_the_handle_usable(void **state)
{
    (void)state;
    static const struct {
        int manner;
        rm_status status;
    } row[] = {{LEAVES_OUT, RM_ERROR_CALLBACK}, {NEGATIVE, RM_ERROR_CALLBACK}, {POSITIVE, RM_CANCELLED},
               {CANCELS, RM_CANCELLED}};
    instance t = wide(5);
    answer alone = answer_direct(&t);
    rm_problem *p = instance_problem(&t, NULL, NULL);
    for (int64_t k = 0; k < COUNT_OF(row); k++)
        for (int from = 0; from < 2; from++) {
            host h = {.manner = row[k].manner, .from = from};
            int64_t has = -1;
            double x = 0;
            assert_ok(rm_problem_set_executor(p, execute, &h, 4));
            assert_ok(rm_problem_set_cancel_flag(p, &h.flag));
            forget(p, &t);
            assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), row[k].status);
            assert_int_equal(h.calls, from + 1);
            assert_ok(rm_problem_get_info_i64(p, RM_INFO_HAS_ANSWER, &has));
            assert_int_equal(has, 0);
            assert_status(rm_problem_get_solution(p, 1, NULL, &x), RM_ERROR_NO_ANSWER);
            assert_ok(rm_problem_set_cancel_flag(p, NULL));
            h.manner = IN_ORDER;
            assert_answer(p, &alone); /* the same executor, better behaved */
            assert_ok(rm_problem_set_executor(p, NULL, NULL, 0));
            assert_answer(p, &alone); /* and without */
        }
    answer_free(&alone);
    rm_problem_destroy(p);
    instance_free(&t);
}

static void inside_an_executor_the_handle_is_busy(void **state)
{
    (void)state;
    instance t = wide(6);
    answer alone = answer_direct(&t);
    rm_problem *p = instance_problem(&t, NULL, NULL);
    host h = {.manner = CALLS_BACK, .p = p};
    assert_ok(rm_problem_set_executor(p, execute, &h, 4));
    assert_answer(p, &alone);
    assert_true(h.calls > 0);
    assert_int_equal(h.not_busy, 0);
    answer_free(&alone);
    rm_problem_destroy(p);
    instance_free(&t);
}

static void a_solve_on_threads_can_be_cancelled(void **state)
{
    (void)state;
    instance t = wide(7);
    answer alone = answer_direct(&t);
    rm_problem *p = instance_problem(&t, NULL, NULL);
    for (int tries = 0; tries < 6; tries++) {
        meeting m = {.flag = 0, .pass = tries % 2};
        atomic_init(&m.begun, 0);
        atomic_init(&m.set, 0);
        pthread_t thread;
        assert_ok(rm_problem_set_option_i64(p, RM_OPTION_THREADS, 2 + tries));
        assert_ok(rm_problem_set_cancel_flag(p, &m.flag));
        assert_ok(rm_problem_set_progress_callback(p, tell, &m));
        forget(p, &t);
        assert_int_equal(pthread_create(&thread, NULL, cancel, &m), 0);
        rm_status status = rm_problem_solve(p, RM_SOLVER_AUTO);
        assert_int_equal(pthread_join(thread, NULL), 0);
        assert_status(status, RM_CANCELLED);
        assert_ok(rm_problem_set_cancel_flag(p, NULL));
        assert_ok(rm_problem_set_progress_callback(p, NULL, NULL));
        assert_answer(p, &alone);
    }
    answer_free(&alone);
    rm_problem_destroy(p);
    instance_free(&t);
}

/* A handle with threads of its own, and a thread that solves it some times. */
typedef struct solver {
    instance t;
    rm_problem *p;
    answer alone;
    double *x;
    int wrong;
} solver;

static void *solve_often(void *context)
{
    solver *s = context;
    for (int again = 0; again < 3; again++) {
        double multiplier = 0;
        if (rm_problem_set_quadratic(s->p, 1, NULL, s->t.weight, NULL, NULL) != RM_OK
            || rm_problem_solve(s->p, RM_SOLVER_AUTO) != RM_OK
            || rm_problem_get_solution(s->p, s->t.n, NULL, s->x) != RM_OK
            || rm_problem_get_row_duals(s->p, 1, NULL, &multiplier) != RM_OK
            || !equal(&multiplier, &s->alone.multiplier, 1) || !equal(s->x, s->alone.x, s->t.n))
            s->wrong++;
    }
    return NULL;
}

static void two_handles_have_their_own_threads(void **state)
{
    (void)state;
    solver s[2];
    pthread_t thread[2];
    for (int k = 0; k < 2; k++) {
        s[k].t = wide(8 + (uint64_t)k);
        s[k].alone = answer_direct(&s[k].t);
        assert_status(s[k].alone.status, RM_OK);
        s[k].p = instance_problem(&s[k].t, NULL, NULL);
        s[k].x = malloc((size_t)s[k].t.n * sizeof(double));
        assert_non_null(s[k].x);
        s[k].wrong = 0;
        assert_ok(rm_problem_set_option_i64(s[k].p, RM_OPTION_THREADS, 2));
    }
    for (int k = 0; k < 2; k++)
        assert_int_equal(pthread_create(&thread[k], NULL, solve_often, &s[k]), 0);
    for (int k = 0; k < 2; k++)
        assert_int_equal(pthread_join(thread[k], NULL), 0);
    for (int k = 0; k < 2; k++) {
        assert_int_equal(s[k].wrong, 0);
        answer_free(&s[k].alone);
        free(s[k].x);
        rm_problem_destroy(s[k].p);
        instance_free(&s[k].t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(handles_are_independent),
        cmocka_unit_test(a_solve_can_be_cancelled_from_outside),
        cmocka_unit_test(no_number_of_threads_changes_a_bit),
        cmocka_unit_test(nor_with_other_costs),
        cmocka_unit_test(no_executor_changes_a_bit),
        cmocka_unit_test(executors_that_fail_leave_the_handle_usable),
        cmocka_unit_test(inside_an_executor_the_handle_is_busy),
        cmocka_unit_test(a_solve_on_threads_can_be_cancelled),
        cmocka_unit_test(two_handles_have_their_own_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

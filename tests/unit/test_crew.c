/* Parts of a task: each is run exactly once, whoever runs them. */
#include "base/crew.h"
#include "parts.h"
#include "support.h"

#include <pthread.h>

/* What the parts count; written from several threads, so no assertions in them. */
typedef struct count {
    int32_t runs[RM_MOST_PARTS];
    int32_t total, outside;
    int64_t stop_at; /* this part returns 1; -1: none */
    int64_t parts;
} count;

static count fresh(int64_t parts)
{
    count c = {.stop_at = -1, .parts = parts};
    return c;
}

static int32_t tick(void *task, int64_t part)
{
    count *c = task;
    __atomic_fetch_add(&c->total, 1, __ATOMIC_RELAXED);
    if (part < 0 || part >= c->parts) {
        __atomic_fetch_add(&c->outside, 1, __ATOMIC_RELAXED);
        return 0;
    }
    __atomic_fetch_add(&c->runs[part], 1, __ATOMIC_RELAXED);
    return part == c->stop_at;
}

static void assert_once_each(const count *c)
{
    assert_int_equal(c->outside, 0);
    assert_int_equal(c->total, c->parts);
    for (int64_t k = 0; k < c->parts; k++)
        assert_int_equal(c->runs[k], 1);
}

/* Runs may come short, never twice. */
static void assert_at_most_once(const count *c)
{
    assert_int_equal(c->outside, 0);
    for (int64_t k = 0; k < c->parts; k++)
        assert_in_range(c->runs[k], 0, 1);
}

static void run_all(rm_crew *crew, rm_status expected)
{
    for (int64_t parts = 0; parts <= RM_MOST_PARTS; parts += parts < 4 ? 1 : 15) {
        count c = fresh(parts);
        assert_status(rm_crew_run(crew, tick, &c, parts), expected);
        assert_once_each(&c);
    }
}

/* --- own threads ------------------------------------------------------------------ */

static void own_threads_run_each_part_once(void **state)
{
    (void)state;
    for (int32_t width = 1; width <= 9; width++) {
        rm_crew crew = {.width = width};
        rm_crew_room room;
        rm_crew_open(&crew, &room);
        for (int again = 0; again < 20 / (int)slowness() + 1; again++)
            run_all(&crew, RM_OK);
        rm_crew_close(&crew);
        assert_null(crew.threads);
    }
}

static void no_crew_and_a_closed_one_run_here(void **state)
{
    (void)state;
    rm_crew crew = {.width = 4};
    rm_crew_room room;
    run_all(NULL, RM_OK);
    run_all(&crew, RM_OK); /* never opened */
    rm_crew_open(&crew, &room);
    rm_crew_close(&crew);
    rm_crew_close(&crew); /* no harm */
    run_all(&crew, RM_OK);
}

static void a_crew_may_have_nothing_to_do(void **state)
{
    (void)state;
    for (int32_t width = -1; width <= 9; width++)
        for (int again = 0; again < 10 / (int)slowness() + 1; again++) {
            rm_crew crew = {.width = width};
            rm_crew_room room;
            rm_crew_open(&crew, &room);
            assert_true(crew.threads == NULL || width > 1);
            rm_crew_close(&crew);
        }
}

/* More threads than there ever are parts, or room for. */
static void more_threads_than_there_can_be(void **state)
{
    (void)state;
    rm_crew crew = {.width = 1000};
    rm_crew_room room;
    rm_crew_open(&crew, &room);
    run_all(&crew, RM_OK);
    rm_crew_close(&crew);
}

/* One crew after the other in the same room, and two at once. */
static void crews_do_not_mix(void **state)
{
    (void)state;
    rm_crew one = {.width = 3}, two = {.width = 4};
    rm_crew_room room_one, room_two;
    for (int again = 0; again < 5; again++) {
        rm_crew_open(&one, &room_one);
        rm_crew_open(&two, &room_two);
        run_all(&one, RM_OK);
        run_all(&two, RM_OK);
        rm_crew_close(&one);
        run_all(&two, RM_OK);
        rm_crew_close(&two);
    }
}

static void a_part_that_stops_keeps_later_ones_from_running(void **state)
{
    (void)state;
    rm_crew alone = {.width = 1};
    for (int64_t at = 0; at < 10; at++) { /* in order, where there is one thread */
        count c = fresh(10);
        c.stop_at = at;
        assert_ok(rm_crew_run(&alone, tick, &c, 10));
        assert_int_equal(c.total, at + 1);
        assert_at_most_once(&c);
    }
    rm_crew crew = {.width = 4};
    rm_crew_room room;
    rm_crew_open(&crew, &room);
    for (int64_t at = 0; at < 60; at++) {
        count c = fresh(60);
        c.stop_at = at;
        assert_ok(rm_crew_run(&crew, tick, &c, 60));
        assert_at_most_once(&c);
        assert_int_equal(c.runs[at], 1); /* nothing stopped it */
        count after = fresh(60); /* and the next task runs whole */
        assert_ok(rm_crew_run(&crew, tick, &after, 60));
        assert_once_each(&after);
    }
    rm_crew_close(&crew);
}

/* --- executors of the host ----------------------------------------------------------- */

enum { IN_ORDER, REVERSED, ON_THREADS, TWICE, LEAVES_OUT, HEEDS, NEGATIVE, POSITIVE, NEVER, OUTSIDE };

typedef struct host {
    int manner;
    int64_t which;   /* the part left out, or after which the executor returns `answer` */
    int32_t answer;
    int64_t parts;   /* as it was told */
    int calls;
} host;

static int32_t execute(void *user, rm_task_fn fn, void *task, int64_t parts)
{
    host *h = user;
    h->parts = parts;
    h->calls++;
    if (h->manner == NEVER)
        return 0;
    if (h->manner == ON_THREADS) {
        run_parts_on_threads(fn, task, parts);
        return 0;
    }
    if (h->manner == OUTSIDE) { /* a mistake of the host's that must do no harm */
        fn(task, -1);
        fn(task, parts);
        fn(task, INT64_MAX);
    }
    for (int64_t k = 0; k < parts; k++) {
        int64_t part = h->manner == REVERSED ? parts - 1 - k : k;
        if (h->manner == LEAVES_OUT && part == h->which)
            continue;
        int32_t said = fn(task, part);
        if (h->manner == TWICE)
            fn(task, part);
        if (h->manner == HEEDS && said != 0)
            break;
        if ((h->manner == NEGATIVE || h->manner == POSITIVE) && k == h->which)
            return h->answer;
    }
    return 0;
}

static rm_status run_on(host *h, count *c, int64_t parts)
{
    rm_crew crew = {.run = execute, .user = h, .width = 3};
    rm_crew_room room;
    rm_crew_open(&crew, &room);
    assert_null(crew.threads); /* the host's are used instead */
    rm_status status = rm_crew_run(&crew, tick, c, parts);
    rm_crew_close(&crew);
    return status;
}

static void executors_run_each_part_once(void **state)
{
    (void)state;
    const int manners[] = {IN_ORDER, REVERSED, ON_THREADS, TWICE, OUTSIDE};
    for (int64_t m = 0; m < COUNT_OF(manners); m++)
        for (int64_t parts = 2; parts <= RM_MOST_PARTS; parts += 31) {
            host h = {.manner = manners[m]};
            count c = fresh(parts);
            assert_ok(run_on(&h, &c, parts));
            assert_once_each(&c);
            assert_int_equal(h.calls, 1);
            assert_true(h.parts == parts);
        }
}

static void parts_left_out_are_an_error(void **state)
{
    (void)state;
    for (int64_t left_out = 0; left_out < 8; left_out++) {
        host h = {.manner = LEAVES_OUT, .which = left_out};
        count c = fresh(8);
        assert_status(run_on(&h, &c, 8), RM_ERROR_CALLBACK);
        assert_at_most_once(&c);
        assert_int_equal(c.runs[left_out], 0);
        assert_int_equal(c.total, 7);
    }
    host h = {.manner = NEVER};
    count c = fresh(8);
    assert_status(run_on(&h, &c, 8), RM_ERROR_CALLBACK);
    assert_int_equal(c.total, 0);
}

static void what_an_executor_returns_stops_the_solve(void **state)
{
    (void)state;
    const int32_t answers[] = {1, 7, INT32_MAX, -1, -7, INT32_MIN};
    for (int64_t a = 0; a < COUNT_OF(answers); a++)
        for (int64_t after = 0; after < 8; after += 7) {
            host h = {.manner = answers[a] > 0 ? POSITIVE : NEGATIVE, .which = after, .answer = answers[a]};
            count c = fresh(8);
            assert_status(run_on(&h, &c, 8), answers[a] > 0 ? RM_CANCELLED : RM_ERROR_CALLBACK);
            assert_at_most_once(&c);
        }
}

/* A part that stops: an executor may run the others or leave them, both is well. */
static void a_part_may_stop_an_executor(void **state)
{
    (void)state;
    const int manners[] = {IN_ORDER, REVERSED, ON_THREADS, TWICE, HEEDS};
    for (int64_t m = 0; m < COUNT_OF(manners); m++)
        for (int64_t at = 0; at < 8; at++) {
            host h = {.manner = manners[m]};
            count c = fresh(8);
            c.stop_at = at;
            assert_ok(run_on(&h, &c, 8));
            assert_at_most_once(&c);
            if (manners[m] == IN_ORDER || manners[m] == HEEDS)
                assert_int_equal(c.total, at + 1);
        }
}

static void an_executor_of_width_one_is_not_called(void **state)
{
    (void)state;
    host h = {.manner = IN_ORDER};
    rm_crew crew = {.run = execute, .user = &h, .width = 1};
    run_all(&crew, RM_OK);
    assert_int_equal(h.calls, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_threads_run_each_part_once),
        cmocka_unit_test(no_crew_and_a_closed_one_run_here),
        cmocka_unit_test(a_crew_may_have_nothing_to_do),
        cmocka_unit_test(more_threads_than_there_can_be),
        cmocka_unit_test(crews_do_not_mix),
        cmocka_unit_test(a_part_that_stops_keeps_later_ones_from_running),
        cmocka_unit_test(executors_run_each_part_once),
        cmocka_unit_test(parts_left_out_are_an_error),
        cmocka_unit_test(what_an_executor_returns_stops_the_solve),
        cmocka_unit_test(a_part_may_stop_an_executor),
        cmocka_unit_test(an_executor_of_width_one_is_not_called),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

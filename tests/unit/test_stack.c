/* How much stack is used: what the header promises the caller of rm_waterfill and
 * the host whose executor runs the parts of a solve. */
#define _POSIX_C_SOURCE 200809L
#include "parts.h"
#include "support.h"

#include <pthread.h>

enum { STACK = 1 << 20, PAINT = 0xa5, PROMISED = 32 * 1024 };

/* A thread on a painted stack tells by what is left of the paint. */
static unsigned char *painted(void)
{
    static unsigned char *stack;
    if (!stack)
        stack = aligned_alloc(4096, STACK);
    assert_non_null(stack);
    memset(stack, PAINT, STACK);
    return stack;
}

static int64_t used_by(void *(*call)(void *), void *context, unsigned char *stack)
{
    pthread_attr_t how;
    pthread_t thread;
    if (pthread_attr_init(&how) != 0 || pthread_attr_setstack(&how, stack, STACK) != 0
        || pthread_create(&thread, &how, call, context) != 0 || pthread_join(thread, NULL) != 0)
        return -1;
    pthread_attr_destroy(&how);
    int64_t left = 0;
    while (left < STACK && stack[left] == PAINT)
        left++;
    return STACK - left;
}

static void *nothing(void *context)
{
    return context;
}

/* What a thread takes that does nothing. */
static int64_t idle(void)
{
    return used_by(nothing, NULL, painted());
}

typedef struct direct {
    int64_t n;
    const double *weight, *target, *upper;
    double total, *x;
    rm_status status;
} direct;

static void *solve(void *context)
{
    direct *c = context;
    c->status = rm_waterfill(c->n, c->weight, c->target, NULL, NULL, NULL, c->upper, c->total, c->x, NULL, NULL);
    return NULL;
}

/* Few variables and many, with x and without, that are sampled, tied or neither. */
static void rm_waterfill_uses_less_than_32_kib(void **state)
{
    (void)state;
    if (slowness() > 1)
        skip(); /* other builds use more */
    static const int64_t sizes[] = {16, 512, 704, 3008, 200000};
    int64_t before = idle(), most = 0;
    for (int64_t k = 0; k < COUNT_OF(sizes); k++)
        for (int shape = 0; shape < 24; shape++) {
            dice d = {(uint64_t)shape + 1};
            int64_t n = sizes[k];
            double *v = aligned_alloc(64, (size_t)(3 * n + 7) / 8 * 64); /* x too begins where a cache line does */
            assert_non_null(v);
            for (int64_t i = 0; i < n; i++) {
                v[i] = shape % 3 == 0 ? (double)(1 + dice_below(&d, 3)) : fabs(dice_wild(&d, shape % 3 == 1 ? 1 : 40));
                v[n + i] = v[i] * dice_between(&d, 0, 1);
            }
            double total = shape < 8 ? 1 : shape < 16 ? (double)n : 0.1;
            direct c = {n, shape & 1 ? v : NULL, v, shape & 2 ? v + n : NULL, total, NULL, RM_OK};
            c.x = shape & 4 ? v + 2 * n : NULL;
            int64_t used = used_by(solve, &c, painted()) - before;
            most = used > most ? used : most;
            free(v);
        }
    print_message("%d bytes\n", (int)most);
    assert_true(most < PROMISED);
}

/* Runs each part on a painted stack of its own. */
typedef struct host {
    unsigned char *stack;
    int64_t before, most;
} host;

static int32_t execute(void *user, rm_task_fn fn, void *task, int64_t parts)
{
    host *h = user;
    for (int64_t k = 0; k < parts; k++) {
        one_part o = {fn, task, k};
        memset(h->stack, PAINT, STACK);
        int64_t used = used_by(run_one_part, &o, h->stack) - h->before;
        h->most = used > h->most ? used : h->most;
    }
    return 0;
}

static void a_part_needs_32_kib_at_the_most(void **state)
{
    (void)state;
    if (slowness() > 1)
        skip();
    int64_t n = 140000;
    dice d = {1};
    double *t = malloc((size_t)n * sizeof *t);
    assert_non_null(t);
    host h = {painted(), idle(), 0};
    for (int kind = 0; kind < 4; kind++) { /* sampled, or many breakpoints at one place */
        rm_problem *p = NULL;
        for (int64_t i = 0; i < n; i++)
            t[i] = kind % 2 ? (double)dice_below(&d, 3) : dice_between(&d, 0, 1);
        assert_ok(rm_problem_create(&p, n, NULL, NULL));
        assert_ok(rm_problem_set_quadratic(p, n, NULL, kind < 2 ? NULL : t, t, NULL));
        assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 0.3 * (double)n, 0.3 * (double)n, NULL));
        assert_ok(rm_problem_set_executor(p, execute, &h, 4));
        rm_status status = rm_problem_solve(p, RM_SOLVER_AUTO);
        assert_true(status >= 0);
        rm_problem_destroy(p);
    }
    free(t);
    print_message("%d bytes\n", (int)h.most);
    assert_true(h.most > 0 && h.most <= PROMISED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rm_waterfill_uses_less_than_32_kib),
        cmocka_unit_test(a_part_needs_32_kib_at_the_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* A thread that rounds another way, or flushes small numbers, is refused. */
#include "base/machine.h"
#include "snapshot.h"

#include <fenv.h>
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

/* 1 + 1/2 u and so on, done now: which way this thread rounds. */
static int rounds_to_nearest(void)
{
    volatile double one = 1, half = 0x1p-53;
    volatile double up = one + half, down = -one - half, over = one + half + half * 0x1p-10;
    return up == 1 && down == -1 && over == 1 && one + half * 1.5 > 1;
}

static void each_call_refuses(rm_problem *p)
{
    double x[2] = {7, 7}, multiplier = 7, value = 7;
    const double dual = 1;
    int64_t where = 7;
    int32_t key = RM_INFO_OBJECTIVE;
    rm_status direct = rm_waterfill(2, NULL, NULL, NULL, NULL, NULL, NULL, 1, x, &multiplier, &where);
    rm_status solve = rm_problem_solve(p, RM_SOLVER_AUTO);
    char said[200];
    rm_problem_message(p, said, sizeof said);
    rm_status verify = rm_problem_verify(p, x, &dual, 1, &key, &value);
    int ok = rm_float_environment_ok();
    fesetround(FE_TONEAREST);
#if defined(__SSE2__)
    _mm_setcsr(_mm_getcsr() & ~UINT32_C(0x8040));
#endif
    assert_false(ok);
    assert_status(direct, RM_ERROR_FLOAT_ENVIRONMENT);
    assert_int_equal(where, -1);
    assert_status(solve, RM_ERROR_FLOAT_ENVIRONMENT);
    assert_contains(said, "rm_problem_solve");
    assert_contains(said, "round");
    assert_status(verify, RM_ERROR_FLOAT_ENVIRONMENT);
    assert_same(value, 7);
}

static rm_problem *solved(void)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 2, NULL, NULL));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 3, 3, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    return p;
}

static void the_default_is_accepted(void **state)
{
    (void)state;
    assert_true(rounds_to_nearest());
    assert_true(rm_float_environment_ok());
}

static void odd_rounding_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    static const int mode[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
    rm_problem *p = solved();
    snapshot before = snapshot_take(p);
    for (int64_t k = 0; k < COUNT_OF(mode); k++) {
        fesetround(mode[k]);
        int near = rounds_to_nearest();
        fesetround(FE_TONEAREST);
        if (near)
            continue; /* an emulator that does not know the mode */
        fesetround(mode[k]);
        each_call_refuses(p);
        snapshot after = snapshot_take(p);
        assert_true(snapshot_equal(&before, &after));
        snapshot_free(&after);
    }
    snapshot_free(&before);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    rm_problem_destroy(p);
}

static void flushing_is_refused(void **state)
{
    (void)state;
#if defined(__SSE2__)
    static const unsigned bit[] = {0x8000 /* results */, 0x0040 /* operands */, 0x8040};
    rm_problem *p = solved();
    for (int64_t k = 0; k < COUNT_OF(bit); k++) {
        unsigned before = _mm_getcsr();
        _mm_setcsr(before | bit[k]);
        volatile double small = 0x1p-1022, two = 2, least = 0x1p-1074, many = 0x1p1000;
        volatile double half = small / two, large = least * many;
        int flushes = half == 0 || large == 0;
        _mm_setcsr(before);
        if (!flushes)
            continue; /* an emulator that does not know the bit */
        _mm_setcsr(before | bit[k]);
        each_call_refuses(p);
        assert_true(rm_float_environment_ok());
    }
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    rm_problem_destroy(p);
#else
    skip();
#endif
}

static void a_solve_leaves_the_environment_alone(void **state)
{
    (void)state;
    rm_problem *p = solved();
    feclearexcept(FE_ALL_EXCEPT);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(fegetround(), FE_TONEAREST);
    assert_true(rounds_to_nearest());
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_is_accepted),
        cmocka_unit_test(odd_rounding_is_refused_and_changes_nothing),
        cmocka_unit_test(flushing_is_refused),
        cmocka_unit_test(a_solve_leaves_the_environment_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

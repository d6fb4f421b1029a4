/* See machine.h. */
#if !defined(_WIN32) && !defined(_POSIX_C_SOURCE)
#define _POSIX_C_SOURCE 199309L /* clock_gettime */
#endif

#include "base/machine.h"

#if defined(_WIN32)
#include <windows.h>
#else
#include <time.h>
#endif

double rm_seconds(void)
{
#if defined(_WIN32)
    LARGE_INTEGER count, frequency;
    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart / (double)frequency.QuadPart;
#else
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0.0;
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
#endif
}

/* Asks by arithmetic: works everywhere, but takes a while. */
static int computes_as_wanted(void)
{
    /* volatile: the sums are done now, by this thread, not by the compiler. */
    volatile double one = 1.0, half_unit = 0x1p-53, smallest = DBL_MIN, two = 2.0;
    volatile double up = one + half_unit;                           /* 1 unless rounding upwards */
    volatile double down = -one - half_unit;                        /* -1 unless rounding downwards */
    volatile double above = one + half_unit * 1.5;                  /* not 1 unless towards zero or down */
    volatile double subnormal = smallest / two;                     /* 0 when results are flushed */
    volatile double back = subnormal * two;                         /* 0 when operands are flushed */
    return up == 1.0 && down == -1.0 && above > 1.0 && subnormal != 0.0 && back == smallest;
}

int rm_float_environment_ok(void)
{
#if defined(__SSE2__) && defined(__GNUC__) && !defined(__TINYC__)
    /* MXCSR: rounding in bits 13 and 14, flush results bit 15, flush operands bit 6. */
    uint32_t control;
    __asm__ volatile("stmxcsr %0" : "=m"(control));
    if ((control & 0xe040) == 0)
        return 1;
#elif defined(__aarch64__) && defined(__GNUC__) && !defined(__TINYC__)
    /* FPCR: rounding in bits 22 and 23, flushing bit 24 and, with other meanings of
     * subnormal numbers, bits 0 and 1. */
    uint64_t control;
    __asm__ volatile("mrs %0, fpcr" : "=r"(control));
    if ((control & 0x1c00003) == 0)
        return 1;
#endif
    return computes_as_wanted();
}

int32_t rm_flag_read(const int32_t *flag)
{
    if (!flag)
        return 0;
#if defined(__GNUC__) && !defined(__TINYC__)
    return __atomic_load_n(flag, __ATOMIC_RELAXED);
#else
    return *(const volatile int32_t *)flag;
#endif
}

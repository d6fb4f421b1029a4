/* See kernels.h: the choice of the level. */
#include "kernel/levels.h"

#if RM_HAVE_X86
#include <cpuid.h>
#endif

/* The one writable datum of the library: the best level of this processor plus 1,
 * 0 until somebody asks.  Written once, with the same value by whoever comes
 * first; CPUID can trap in a virtual machine and cost microseconds. */
static int32_t rm_cpu_level;

static int32_t level_read(void)
{
#if defined(__GNUC__) && !defined(__TINYC__)
    return __atomic_load_n(&rm_cpu_level, __ATOMIC_RELAXED);
#else
    return *(volatile int32_t *)&rm_cpu_level;
#endif
}

static void level_write(int32_t level)
{
#if defined(__GNUC__) && !defined(__TINYC__)
    __atomic_store_n(&rm_cpu_level, level, __ATOMIC_RELAXED);
#else
    *(volatile int32_t *)&rm_cpu_level = level;
#endif
}

#if RM_HAVE_X86
/* What the operating system saves of the registers when threads change. */
static uint64_t saved_state(void)
{
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

static int x86_runs(int level)
{
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d))
        return 0;
    unsigned fma = c >> 12 & 1, popcnt = c >> 23 & 1, xsave = c >> 27 & 1, avx = c >> 28 & 1;
    if (!fma || !popcnt || !xsave || !avx || !__get_cpuid_count(7, 0, &a, &b, &c, &d))
        return 0;
    uint64_t state = saved_state();
    unsigned avx2 = b >> 5 & 1, f = b >> 16 & 1, dq = b >> 17 & 1, vl = b >> 31;
    if (!avx2 || (state & 6) != 6)
        return 0;
    return level == RM_LEVEL_AVX2 || (f && dq && vl && (state & 0xe6) == 0xe6);
}
#endif

const rm_kernels *rm_kernels_at(int level)
{
    switch (level) {
    case RM_LEVEL_PORTABLE:
        return &rm_kernels_portable;
#if RM_HAVE_NEON
    case RM_LEVEL_NEON:
        return &rm_kernels_neon;
#endif
#if RM_HAVE_AVX2
    case RM_LEVEL_AVX2:
        return &rm_kernels_avx2;
#endif
#if RM_HAVE_AVX512
    case RM_LEVEL_AVX512:
        return &rm_kernels_avx512;
#endif
    default:
        return NULL;
    }
}

int rm_level_runs(int level)
{
    if (!rm_kernels_at(level))
        return 0;
#if RM_HAVE_X86
    if (level != RM_LEVEL_PORTABLE)
        return x86_runs(level);
#endif
    return 1;
}

const rm_kernels *rm_kernels_best(void)
{
    int32_t known = level_read();
    if (known == 0) {
        int level = RM_LEVELS - 1;
        while (!rm_level_runs(level))
            level--;
        known = level + 1;
        level_write(known);
    }
    return rm_kernels_at(known - 1);
}

void rm_level_force(int level)
{
    level_write(level < 0 ? 0 : level + 1);
}

/* Which levels are compiled, and how a file is compiled for one of them without
 * a flag for the compiler: the library is also built from its sources alone. */
#ifndef RM_KERNEL_LEVELS_H
#define RM_KERNEL_LEVELS_H

#include "base/expansion.h"
#include "kernel/kernels.h"
#include "kernel/pass.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__)) && !defined(__TINYC__)
#define RM_HAVE_X86 1
#else
#define RM_HAVE_X86 0
#endif
#define RM_HAVE_AVX512 RM_HAVE_X86
#define RM_HAVE_AVX2 RM_HAVE_X86

#if defined(__aarch64__) && defined(__ARM_NEON) && defined(__GNUC__) && !defined(__TINYC__)
#define RM_HAVE_NEON 1
#else
#define RM_HAVE_NEON 0
#endif

#define RM_PRAGMA(text) _Pragma(#text)
#if defined(__clang__)
#define RM_TARGET_BEGIN(features) \
    RM_PRAGMA(clang attribute push(__attribute__((target(features))), apply_to = function))
#define RM_TARGET_END _Pragma("clang attribute pop")
#else
#define RM_TARGET_BEGIN(features) _Pragma("GCC push_options") RM_PRAGMA(GCC target(features))
#define RM_TARGET_END _Pragma("GCC pop_options")
#endif

#if defined(__GNUC__) && !defined(__TINYC__)
#define RM_INLINE inline __attribute__((always_inline))
#define RM_COLD __attribute__((cold, noinline))
#define RM_PREFETCH(at) __builtin_prefetch(at)
#else
#define RM_PREFETCH(at) ((void)(at))
#define RM_INLINE inline
#define RM_COLD
#endif

extern const rm_kernels rm_kernels_portable, rm_kernels_neon, rm_kernels_avx2, rm_kernels_avx512;

#endif

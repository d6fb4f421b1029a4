#include "floor.h"
#include "clock.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#include <immintrin.h>

#define NAME(x) avx512_##x
#define TARGET __attribute__((target("avx512f")))
#define VECTOR __m512d
#define LANES 8
#define LOAD(p) _mm512_loadu_pd(p)
#define ADD(a, b) _mm512_add_pd(a, b)
#define ZERO _mm512_setzero_pd()
#define SUM(v) _mm512_reduce_add_pd(v)
#define STREAM(p, v) _mm512_stream_pd(p, v)
#define STORE(p, v) _mm512_store_pd(p, v)
#define FENCE() _mm_sfence()
#include "floor_kernels.h"

#define NAME(x) avx2_##x
#define TARGET __attribute__((target("avx2")))
#define VECTOR __m256d
#define LANES 4
#define LOAD(p) _mm256_loadu_pd(p)
#define ADD(a, b) _mm256_add_pd(a, b)
#define ZERO _mm256_setzero_pd()
#define SUM(v) ((v)[0] + (v)[1] + (v)[2] + (v)[3])
#define STREAM(p, v) _mm256_stream_pd(p, v)
#define STORE(p, v) _mm256_store_pd(p, v)
#define FENCE() _mm_sfence()
#include "floor_kernels.h"

/* SSE2 belongs to every x86-64. */
#define NAME(x) plain_##x
#define TARGET
#define VECTOR __m128d
#define LANES 2
#define LOAD(p) _mm_loadu_pd(p)
#define ADD(a, b) _mm_add_pd(a, b)
#define ZERO _mm_setzero_pd()
#define SUM(v) ((v)[0] + (v)[1])
#define STREAM(p, v) _mm_stream_pd(p, v)
#define STORE(p, v) _mm_store_pd(p, v)
#define FENCE() _mm_sfence()
#include "floor_kernels.h"

static int level(void)
{
    return __builtin_cpu_supports("avx512f") ? 2 : __builtin_cpu_supports("avx2") ? 1 : 0;
}

static double read_pass(const floor_job *job)
{
    int v = level();
    return v == 2 ? avx512_read(job) : v == 1 ? avx2_read(job) : plain_read(job);
}

static double write_pass(const floor_job *job)
{
    int v = level();
    return v == 2 ? avx512_write(job) : v == 1 ? avx2_write(job) : plain_write(job);
}

const char *floor_kernels(void)
{
    static const char *const names[] = {"SSE2", "AVX2", "AVX-512"};
    return names[level()];
}

#elif defined(__aarch64__) && (defined(__GNUC__) || defined(__clang__))
#include <arm_neon.h>

/* Streaming stores of a pair (STNP) have no intrinsic; clang has a hint for them. */
#if defined(__clang__)
#define NEON_STREAM(p, v) __builtin_nontemporal_store(v, (float64x2_t *)(void *)(p))
#else
#define NEON_STREAM(p, v) vst1q_f64(p, v)
#endif

#define NAME(x) neon_##x
#define TARGET
#define VECTOR float64x2_t
#define LANES 2
#define LOAD(p) vld1q_f64(p)
#define ADD(a, b) vaddq_f64(a, b)
#define ZERO vdupq_n_f64(0)
#define SUM(v) vaddvq_f64(v)
#define STREAM(p, v) NEON_STREAM(p, v)
#define STORE(p, v) vst1q_f64(p, v)
#define FENCE() ((void)0)
#include "floor_kernels.h"

static double read_pass(const floor_job *job)
{
    return neon_read(job);
}

static double write_pass(const floor_job *job)
{
    return neon_write(job);
}

const char *floor_kernels(void)
{
    return "NEON";
}

#else

#define NAME(x) plain_##x
#define TARGET
#define VECTOR double
#define LANES 1
#define LOAD(p) (*(p))
#define ADD(a, b) ((a) + (b))
#define ZERO 0
#define SUM(v) (v)
#define STREAM(p, v) (*(p) = (v))
#define STORE(p, v) (*(p) = (v))
#define FENCE() ((void)0)
#include "floor_kernels.h"

static double read_pass(const floor_job *job)
{
    return plain_read(job);
}

static double write_pass(const floor_job *job)
{
    return plain_write(job);
}

const char *floor_kernels(void)
{
    return "plain C";
}

#endif

double floor_run(const floor_job *job)
{
    if (job->kind == FLOOR_READ)
        return read_pass(job);
    if (job->kind == FLOOR_COPY)
        return write_pass(job);
    double sum = read_pass(job);
    return sum + write_pass(job);
}

/* --- several threads ------------------------------------------------------- */

#define THREADS_MAX 64

typedef struct team {
    atomic_int ready, passed, go, done;
    int threads;
    const floor_job *whole;
} team;

typedef struct member {
    team *team;
    int part;
    double result;
} member;

static void wait_for(atomic_int *count, int value)
{
    for (int k = 0; atomic_load_explicit(count, memory_order_acquire) < value; k++)
        if (k % 1024 == 1023) /* a core may have been taken away */
            sched_yield();
}

static floor_job part_of(const floor_job *whole, int part, int threads)
{
    floor_job job = *whole;
    int64_t from = whole->n / 64 * part / threads * 64;
    int64_t to = part == threads - 1 ? whole->n : whole->n / 64 * (part + 1) / threads * 64;
    job.n = to - from;
    for (int k = 0; k < job.arrays; k++)
        job.in[k] += from;
    if (job.x != NULL)
        job.x += from;
    return job;
}

/* Between the two passes all wait for all, as a method must that needs the sum. */
static double work(team *t, int part)
{
    floor_job job = part_of(t->whole, part, t->threads);
    if (job.kind != FLOOR_TWO_PASS)
        return floor_run(&job);
    double sum = read_pass(&job);
    atomic_fetch_add_explicit(&t->passed, 1, memory_order_acq_rel);
    wait_for(&t->passed, t->threads);
    return sum + write_pass(&job);
}

static void *member_run(void *argument)
{
    member *m = argument;
    team *t = m->team;
    atomic_fetch_add(&t->ready, 1);
    wait_for(&t->go, 1);
    m->result = work(t, m->part);
    atomic_fetch_add_explicit(&t->done, 1, memory_order_release);
    return NULL;
}

double floor_run_threads(const floor_job *job, int threads)
{
    team t = {.threads = threads > THREADS_MAX ? THREADS_MAX : threads, .whole = job};
    member members[THREADS_MAX];
    pthread_t handle[THREADS_MAX];
    int started = 1;
    for (; started < t.threads; started++) {
        members[started] = (member){&t, started, 0};
        if (pthread_create(&handle[started], NULL, member_run, &members[started]) != 0)
            break;
    }
    t.threads = started; /* nobody waits for a thread that did not start */
    wait_for(&t.ready, started - 1);
    double began = clock_seconds();
    atomic_store_explicit(&t.go, 1, memory_order_release);
    volatile double kept = work(&t, 0);
    wait_for(&t.done, started - 1);
    double seconds = clock_seconds() - began;
    (void)kept;
    for (int k = 1; k < started; k++)
        pthread_join(handle[k], NULL);
    return seconds;
}

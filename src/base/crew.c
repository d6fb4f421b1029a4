/* See crew.h. */
#if !defined(_WIN32) && !defined(_POSIX_C_SOURCE)
#define _POSIX_C_SOURCE 200809L
#endif

#include "base/crew.h"

#if !defined(_WIN32) && defined(__GNUC__) && !defined(__TINYC__) && !defined(RM_NO_THREADS)
#define RM_HAVE_THREADS 1
#include <pthread.h>
#include <signal.h>
#else
#define RM_HAVE_THREADS 0
#endif

/* One call of rm_crew_run. */
typedef struct job {
    rm_task_fn fn;
    void *task;
    int64_t parts;
    int64_t next;             /* the first part that nobody has begun */
    int64_t done;
    int32_t stopped;
    unsigned char begun[RM_MOST_PARTS]; /* by the host's executor */
} job;

#if RM_HAVE_THREADS
int64_t rm_atomic_add(int64_t *to, int64_t more)
{
    return __atomic_fetch_add(to, more, __ATOMIC_ACQ_REL);
}

static int32_t read_flag(const int32_t *flag)
{
    return __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

static void raise_flag(int32_t *flag)
{
    __atomic_store_n(flag, 1, __ATOMIC_RELEASE);
}

static int first_time(unsigned char *flag)
{
    return !__atomic_exchange_n(flag, (unsigned char)1, __ATOMIC_ACQ_REL);
}
#else
int64_t rm_atomic_add(int64_t *to, int64_t more)
{
    *to += more;
    return *to - more;
}

static int32_t read_flag(const int32_t *flag)
{
    return *flag;
}

static void raise_flag(int32_t *flag)
{
    *flag = 1;
}

static int first_time(unsigned char *flag)
{
    int first = !*flag;
    *flag = 1;
    return first;
}
#endif

static void do_part(job *j, int64_t part)
{
    if (!read_flag(&j->stopped) && j->fn(j->task, part) != 0)
        raise_flag(&j->stopped);
    rm_atomic_add(&j->done, 1);
}

/* Parts until none is left. */
static void do_parts(job *j)
{
    for (int64_t part = rm_atomic_add(&j->next, 1); part < j->parts; part = rm_atomic_add(&j->next, 1))
        do_part(j, part);
}

/* What the host's executor calls. */
static int32_t host_part(void *context, int64_t part)
{
    job *j = context;
    if (part < 0 || part >= j->parts || !first_time(&j->begun[part]))
        return 0;
    do_part(j, part);
    return read_flag(&j->stopped);
}

#if RM_HAVE_THREADS

typedef struct own_crew {
    pthread_mutex_t lock;
    pthread_cond_t begin, end;
    job *job;
    int64_t turn;    /* grows with every job */
    int working;     /* threads that have not finished the present job */
    int leaving;
    int count;
    pthread_t thread[RM_MOST_THREADS];
} own_crew;

typedef char own_crew_fits[sizeof(own_crew) <= sizeof(rm_crew_room) ? 1 : -1];

static void *work(void *context)
{
    own_crew *c = context;
    int64_t seen = 0;
    pthread_mutex_lock(&c->lock);
    for (;;) {
        while (c->turn == seen && !c->leaving)
            pthread_cond_wait(&c->begin, &c->lock);
        if (c->turn == seen)
            break;
        seen = c->turn;
        job *j = c->job;
        pthread_mutex_unlock(&c->lock);
        do_parts(j);
        pthread_mutex_lock(&c->lock);
        if (--c->working == 0)
            pthread_cond_signal(&c->end);
    }
    pthread_mutex_unlock(&c->lock);
    return NULL;
}

void rm_crew_open(rm_crew *c, rm_crew_room *room)
{
    c->threads = NULL;
    if (c->run || c->width <= 1)
        return;
    own_crew *own = (own_crew *)room;
    memset(own, 0, sizeof *own);
    if (pthread_mutex_init(&own->lock, NULL) != 0)
        return;
    if (pthread_cond_init(&own->begin, NULL) != 0) {
        pthread_mutex_destroy(&own->lock);
        return;
    }
    if (pthread_cond_init(&own->end, NULL) != 0) {
        pthread_cond_destroy(&own->begin);
        pthread_mutex_destroy(&own->lock);
        return;
    }
    /* The host's signals are for its own threads. */
    sigset_t all, before;
    sigfillset(&all);
    int masked = pthread_sigmask(SIG_SETMASK, &all, &before) == 0;
    int wanted = c->width - 1 < RM_MOST_THREADS ? c->width - 1 : RM_MOST_THREADS;
    while (own->count < wanted && pthread_create(&own->thread[own->count], NULL, work, own) == 0)
        own->count++;
    if (masked)
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    c->threads = own;
}

void rm_crew_close(rm_crew *c)
{
    own_crew *own = c->threads;
    if (!own)
        return;
    pthread_mutex_lock(&own->lock);
    own->leaving = 1;
    pthread_cond_broadcast(&own->begin);
    pthread_mutex_unlock(&own->lock);
    for (int k = 0; k < own->count; k++)
        pthread_join(own->thread[k], NULL);
    pthread_cond_destroy(&own->end);
    pthread_cond_destroy(&own->begin);
    pthread_mutex_destroy(&own->lock);
    c->threads = NULL;
}

static void run_own(own_crew *own, job *j)
{
    pthread_mutex_lock(&own->lock);
    own->job = j;
    own->turn++;
    own->working = own->count;
    pthread_cond_broadcast(&own->begin);
    pthread_mutex_unlock(&own->lock);
    do_parts(j);
    pthread_mutex_lock(&own->lock);
    while (own->working > 0)
        pthread_cond_wait(&own->end, &own->lock);
    pthread_mutex_unlock(&own->lock);
}

#else

void rm_crew_open(rm_crew *c, rm_crew_room *room)
{
    (void)room;
    c->threads = NULL;
}

void rm_crew_close(rm_crew *c)
{
    (void)c;
}

#endif

int rm_crew_has_threads(void)
{
    return RM_HAVE_THREADS;
}

rm_status rm_crew_run(rm_crew *c, rm_task_fn fn, void *task, int64_t parts)
{
    job j = {.fn = fn, .task = task, .parts = parts};
    if (c && c->run && c->width > 1) {
        int32_t answer = c->run(c->user, host_part, &j, parts);
        if (answer != 0)
            return answer > 0 ? RM_CANCELLED : RM_ERROR_CALLBACK;
        return rm_atomic_add(&j.done, 0) == parts || read_flag(&j.stopped) ? RM_OK : RM_ERROR_CALLBACK;
    }
#if RM_HAVE_THREADS
    if (c && c->threads) {
        run_own(c->threads, &j);
        return RM_OK;
    }
#endif
    do_parts(&j);
    return RM_OK;
}

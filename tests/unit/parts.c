/* See parts.h. */
#define _POSIX_C_SOURCE 200809L
#include "parts.h"

#include "support.h"

#include <pthread.h>

enum { MOST_PARTS = 64 };

void *run_one_part(void *context)
{
    one_part *p = context;
    p->fn(p->task, p->part);
    return NULL;
}

void run_parts_on_threads(rm_task_fn fn, void *task, int64_t parts)
{
    pthread_t thread[MOST_PARTS];
    one_part each[MOST_PARTS];
    int started[MOST_PARTS];
    assert_in_range(parts, 0, MOST_PARTS);
    for (int64_t k = 0; k < parts; k++) {
        each[k] = (one_part){fn, task, k};
        started[k] = pthread_create(&thread[k], NULL, run_one_part, &each[k]) == 0;
        if (!started[k])
            fn(task, k);
    }
    for (int64_t k = 0; k < parts; k++)
        if (started[k])
            pthread_join(thread[k], NULL);
}

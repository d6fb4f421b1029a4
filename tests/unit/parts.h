/* The parts of a task, each on a thread of its own: what a host's executor may do. */
#ifndef TESTS_PARTS_H
#define TESTS_PARTS_H

#include "rm/rm.h"

typedef struct one_part {
    rm_task_fn fn;
    void *task;
    int64_t part;
} one_part;

/* For pthread_create: runs one part. */
void *run_one_part(void *context);
/* All parts side by side, 64 at the most; one that gets no thread runs here. */
void run_parts_on_threads(rm_task_fn fn, void *task, int64_t parts);

#endif

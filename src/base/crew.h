/* Parts of a task, run side by side: on threads of librm's own, which live from
 * rm_crew_open to rm_crew_close, or by the host's executor.
 *
 * Waiting is sleeping: a thread that has nothing to do, or whose core is taken
 * away, keeps no other one spinning.
 */
#ifndef RM_BASE_CREW_H
#define RM_BASE_CREW_H

#include "base/base.h"

/* More parts than this are never made. */
enum { RM_MOST_PARTS = 64, RM_MOST_THREADS = 64 };

typedef struct rm_crew {
    rm_run_fn run;  /* the host's, or NULL */
    void *user;
    int32_t width;  /* how many parts may run at once; 1 or less: all on the caller's thread */
    void *threads;  /* of the own crew, while it is open */
} rm_crew;

/* Whether this library was built with threads. */
int rm_crew_has_threads(void);

/* Adds for all threads to see; returns what was there. */
int64_t rm_atomic_add(int64_t *to, int64_t more);

/* Room for the own crew, given by the caller. */
typedef struct rm_crew_room {
    union {
        void *pointer;
        double number;
        char bytes[1024];
    } space;
} rm_crew_room;

/* Starts the own threads, as many as there can be up to width - 1. */
void rm_crew_open(rm_crew *c, rm_crew_room *room);
void rm_crew_close(rm_crew *c);

/* Runs fn(task, part) for part = 0 .. parts-1, each once, in any order, and returns
 * when all are done.  A part that returns not 0 keeps parts that were not begun
 * from running.  RM_OK; RM_CANCELLED or RM_ERROR_CALLBACK where the host's executor
 * returned not 0 or left parts out. */
rm_status rm_crew_run(rm_crew *c, rm_task_fn fn, void *task, int64_t parts);

#endif

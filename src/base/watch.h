/* What may stop a solve: the cancel flag, a progress callback, limits. */
#ifndef RM_BASE_WATCH_H
#define RM_BASE_WATCH_H

#include "base/machine.h"

typedef struct rm_watch {
    const int32_t *cancel;            /* the caller's flag, or NULL */
    const rm_status *stopped;         /* why a callback on the way wants to stop, or NULL */
    double deadline;                  /* by rm_seconds(); may be infinite */
    int64_t *passes;                  /* counted here */
    int64_t most_passes;
    int64_t step;                     /* report every so many passes */
    int32_t (*report)(void *context); /* 0 to go on; NULL: nobody is told */
    void *context;
} rm_watch;

/* Variables between two looks at the flag and the clock: about a millisecond. */
enum { RM_WATCH_BLOCK = 8192 };

/* Before a pass: counts it.  RM_OK to go on, or why to stop. */
rm_status rm_watch_pass(rm_watch *w);
/* Between blocks of a pass. */
rm_status rm_watch_block(const rm_watch *w);
/* Inside a loop over variables: looks once a block. */
static inline rm_status rm_watch_step(const rm_watch *w, int64_t i)
{
    return i % RM_WATCH_BLOCK == RM_WATCH_BLOCK - 1 ? rm_watch_block(w) : RM_OK;
}
/* One that nothing stops; counts into *passes. */
static inline rm_watch rm_watch_none(int64_t *passes)
{
    return (rm_watch){.deadline = INFINITY, .passes = passes, .most_passes = INT64_MAX, .step = 1};
}

#endif

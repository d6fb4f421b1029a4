/* See watch.h. */
#include "base/watch.h"

rm_status rm_watch_block(const rm_watch *w)
{
    if (rm_flag_read(w->cancel) != 0)
        return RM_CANCELLED;
    if (w->stopped && *w->stopped != RM_OK)
        return *w->stopped;
    if (w->deadline < INFINITY && rm_seconds() >= w->deadline)
        return RM_LIMIT;
    return RM_OK;
}

rm_status rm_watch_pass(rm_watch *w)
{
    rm_status status = rm_watch_block(w);
    if (status != RM_OK)
        return status;
    if (w->report && *w->passes % w->step == 0) {
        int32_t answer = w->report(w->context);
        if (answer != 0)
            return answer > 0 ? RM_CANCELLED : RM_ERROR_CALLBACK;
    }
    if (*w->passes >= w->most_passes)
        return RM_LIMIT;
    ++*w->passes;
    return RM_OK;
}

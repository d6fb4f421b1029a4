/* All that can be read of a problem, as bytes, to see whether a call changed
 * anything.  What has no reading call (weights, bounds, sides) is read through
 * a clone: its answers, also to other totals, and its checks of fixed points. */
#ifndef TESTS_SNAPSHOT_H
#define TESTS_SNAPSHOT_H

#include "support.h"

typedef struct snapshot {
    unsigned char *byte;
    size_t size, room;
} snapshot;

/* p may be NULL: empty. */
snapshot snapshot_take(rm_problem *p);
/* Without the time that the last solve took: equal for two handles that were
 * treated alike. */
snapshot snapshot_content(rm_problem *p);
int snapshot_equal(const snapshot *a, const snapshot *b);
void snapshot_free(snapshot *s);

/* The call is refused with this status, says these words (each a string), and
 * changes nothing. */
#define assert_refused(p, expected, call, ...)                                                                         \
    do {                                                                                                               \
        snapshot before_ = snapshot_take(p);                                                                           \
        const char *words_[] = {__VA_ARGS__};                                                                          \
        rm_status got_ = (call);                                                                                       \
        support_refused((p), &before_, got_, (expected), words_, COUNT_OF(words_), #call, __FILE__, __LINE__);         \
    } while (0)

void support_refused(rm_problem *p, snapshot *before, rm_status got, rm_status expected, const char *const *words,
                     int64_t count, const char *call, const char *file, int line);

#endif

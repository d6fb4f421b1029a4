/* An allocator that checks what it is asked and can be made to fail. */
#ifndef TESTS_HEAP_H
#define TESTS_HEAP_H

#include <stdint.h>

typedef struct heap {
    int64_t calls;       /* of any kind */
    int64_t allocations; /* calls that want memory, those that failed included */
    int64_t live, bytes; /* blocks that are out, and their sizes in sum */
    int64_t wrong;       /* calls with a size or a block that is not right */
    int64_t fail_at;     /* the allocation (from 1) that fails; 0: none */
    int fail_on;         /* and all after it */
    int64_t limit;       /* a larger block is never to be had; 0: no limit */
} heap;

/* An rm_alloc_fn, user a heap.  Blocks always move when they grow, new bytes are
 * filled with rubbish, and freed ones too. */
void *heap_resize(void *user, void *block, int64_t old_size, int64_t new_size);

#endif

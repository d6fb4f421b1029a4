/* See heap.h. */
#include "heap.h"

#include <stdlib.h>
#include <string.h>

/* In front of each block. */
typedef union head {
    struct {
        int64_t size;
        uint64_t magic;
        heap *owner;
    } is;
    unsigned char room[32]; /* keeps the block aligned */
} head;

#define MAGIC UINT64_C(0x6c6962726d686561)
enum { RUBBISH = 0xa5 };

void *heap_resize(void *user, void *block, int64_t old_size, int64_t new_size)
{
    heap *h = user;
    head *old = block ? (head *)block - 1 : NULL;
    h->calls++;
    if (old_size < 0 || new_size < 0 || (!block && old_size != 0) || (!block && new_size == 0)) {
        h->wrong++;
        return NULL;
    }
    if (old && (old->is.magic != MAGIC || old->is.owner != h || old->is.size != old_size)) {
        h->wrong++;
        return NULL;
    }
    head *fresh = NULL;
    if (new_size > 0) {
        h->allocations++;
        if (h->fail_at > 0 && (h->allocations == h->fail_at || (h->fail_on && h->allocations > h->fail_at)))
            return NULL;
        if (h->limit > 0 && new_size > h->limit)
            return NULL;
        fresh = malloc(sizeof *fresh + (size_t)new_size);
        if (!fresh)
            return NULL;
        fresh->is.size = new_size;
        fresh->is.magic = MAGIC;
        fresh->is.owner = h;
        memset(fresh + 1, RUBBISH, (size_t)new_size);
        if (old)
            memcpy(fresh + 1, block, (size_t)(old_size < new_size ? old_size : new_size));
        h->live++;
        h->bytes += new_size;
    }
    if (old) {
        memset(block, RUBBISH, (size_t)old_size);
        old->is.magic = 0;
        free(old);
        h->live--;
        h->bytes -= old_size;
    }
    return fresh ? fresh + 1 : NULL;
}

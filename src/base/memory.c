/* See memory.h. */
#include "base/memory.h"

#include <stdlib.h>

static void *standard_alloc(void *user, void *block, int64_t old_size, int64_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    if ((uint64_t)new_size > SIZE_MAX)
        return NULL;
    return realloc(block, (size_t)new_size);
}

rm_memory rm_memory_make(rm_alloc_fn alloc, void *user)
{
    rm_memory m = {alloc ? alloc : standard_alloc, user};
    return m;
}

void *rm_memory_resize(const rm_memory *m, void *block, int64_t old_size, int64_t new_size)
{
    return m->alloc(m->user, block, old_size, new_size);
}

void rm_memory_free(const rm_memory *m, void *block, int64_t size)
{
    if (block)
        m->alloc(m->user, block, size, 0);
}

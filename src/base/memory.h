/* The allocator of a handle. */
#ifndef RM_BASE_MEMORY_H
#define RM_BASE_MEMORY_H

#include "base/base.h"

typedef struct rm_memory {
    rm_alloc_fn alloc;
    void *user;
} rm_memory;

/* The hook given, or the malloc family where it is NULL. */
rm_memory rm_memory_make(rm_alloc_fn alloc, void *user);
void *rm_memory_resize(const rm_memory *m, void *block, int64_t old_size, int64_t new_size);
void rm_memory_free(const rm_memory *m, void *block, int64_t size);

#endif

#define _DEFAULT_SOURCE
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#define HUGE_PAGE ((size_t)2 << 20)
#define LINE ((size_t)64)

/* Arrays that all begin at the same place in a page compete for the same few
 * places in the nearest cache.  Each one begins this much further on. */
#define APART (65 * LINE)

static void *pages(size_t bytes)
{
    size_t unit = bytes >= HUGE_PAGE ? HUGE_PAGE : LINE;
    size_t size = (bytes + unit - 1) / unit * unit;
    void *block = aligned_alloc(unit, size > 0 ? size : unit);
    if (block == NULL)
        return NULL;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (unit == HUGE_PAGE)
        (void)madvise(block, size, MADV_HUGEPAGE);
#endif
    return block;
}

void *memory_block(int64_t bytes)
{
    void *block = pages((size_t)bytes);
    if (block == NULL) {
        fprintf(stderr, "rmbench: no memory for %lld bytes\n", (long long)bytes);
        exit(1);
    }
    memset(block, 0, (size_t)bytes);
    return block;
}

void *memory_arrays(int arrays, int64_t n, double **array)
{
    size_t each = ((size_t)n * sizeof(double) + LINE - 1) / LINE * LINE + APART;
    char *block = memory_block((int64_t)(each * (size_t)arrays + LINE));
    for (int k = 0; k < arrays; k++)
        array[k] = (double *)(void *)(block + (size_t)k * each);
    return block;
}

void memory_free(void *block)
{
    free(block);
}

void *memory_for_handle(void *user, void *block, int64_t old_size, int64_t new_size)
{
    (void)user;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    void *bigger = pages((size_t)new_size);
    if (bigger == NULL)
        return NULL;
    if (block != NULL) {
        memcpy(bigger, block, (size_t)(old_size < new_size ? old_size : new_size));
        free(block);
    }
    return bigger;
}

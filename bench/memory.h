/* Arrays for large data: whole huge pages where the system has them, every
 * page touched before anything is timed.
 */
#ifndef BENCH_MEMORY_H
#define BENCH_MEMORY_H

#include <stdint.h>

/* Room for `arrays` arrays of n doubles, all zero; array[k] is set for each.
 * Returns what memory_free takes.  Ends the program when there is no memory. */
void *memory_arrays(int arrays, int64_t n, double **array);
void *memory_block(int64_t bytes);
void memory_free(void *block);

/* The same pages for what a handle of the library holds (an rm_alloc_fn). */
void *memory_for_handle(void *user, void *block, int64_t old_size, int64_t new_size);

#endif

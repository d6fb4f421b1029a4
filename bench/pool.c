#include "contender.h"
#include "memory.h"

#include <stdlib.h>

void pool_draw(pool *p, const drawn_class *c, int64_t n, int count, uint64_t seed, double *const floor_in[5])
{
    *p = (pool){.n = n, .count = count, .drawn = c};
    p->instance = memory_block((int64_t)sizeof(instance *) * count);
    for (int k = 0; k < count; k++)
        p->instance[k] = instance_draw(c, n, seed + (uint64_t)k * 0x10001);
    p->scratch_memory = memory_arrays(1, BASELINE_SCRATCH * n + 64, &p->scratch);
    p->x_memory = memory_arrays(1, n, &p->x);
    for (int k = 0; k < 5; k++)
        p->floor_in[k] = floor_in[k];
}

void pool_free(pool *p)
{
    rm_problem_destroy(p->handle);
    for (int k = 0; k < p->count; k++)
        instance_free(p->instance[k]);
    memory_free((void *)p->instance);
    memory_free(p->scratch_memory);
    memory_free(p->x_memory);
}

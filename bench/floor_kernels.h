/* The loops of the floors, once for each width of vector.  Included by floor.c
 * with these defined:
 *
 *   NAME(x)                 the name with the width in it
 *   TARGET                  the attribute that allows the instructions
 *   VECTOR, LANES           the vector type and how many doubles it has
 *   LOAD(p), ADD(a, b), ZERO, SUM(v)
 *   STREAM(p, v), STORE(p, v)    p aligned to the vector
 *
 * Four vectors of each array in a turn, each with a sum of its own: enough to
 * keep the additions off the path.
 */

/* Parts of arrays that do not fill a turn, or before x is aligned. */
TARGET static double NAME(rest)(const floor_job *job, int arrays, int64_t from, int64_t to, int write)
{
    double sum = 0;
    for (int64_t i = from; i < to; i++) {
        double v = 0;
        for (int k = 0; k < arrays; k++)
            v += job->in[k][i];
        if (write)
            job->x[i] = v;
        sum += v;
    }
    return sum;
}

TARGET static inline __attribute__((always_inline)) double NAME(read_arrays)(const floor_job *job, int arrays)
{
    VECTOR s0 = ZERO, s1 = ZERO, s2 = ZERO, s3 = ZERO;
    int64_t i = 0;
    for (; i + 4 * LANES <= job->n; i += 4 * LANES)
        for (int k = 0; k < arrays; k++) {
            const double *p = job->in[k] + i;
            s0 = ADD(s0, LOAD(p));
            s1 = ADD(s1, LOAD(p + LANES));
            s2 = ADD(s2, LOAD(p + 2 * LANES));
            s3 = ADD(s3, LOAD(p + 3 * LANES));
        }
    return SUM(ADD(ADD(s0, s1), ADD(s2, s3))) + NAME(rest)(job, arrays, i, job->n, 0);
}

TARGET static inline __attribute__((always_inline)) double NAME(write_arrays)(const floor_job *job, int arrays,
                                                                              int streaming)
{
    int64_t i = 0, n = job->n;
    while (i < n && ((uintptr_t)(job->x + i) & (sizeof(VECTOR) - 1)) != 0)
        i++;
    double sum = NAME(rest)(job, arrays, 0, i, 1);
    for (; i + 4 * LANES <= n; i += 4 * LANES) {
        VECTOR s0 = LOAD(job->in[0] + i), s1 = LOAD(job->in[0] + i + LANES), s2 = LOAD(job->in[0] + i + 2 * LANES),
               s3 = LOAD(job->in[0] + i + 3 * LANES);
        for (int k = 1; k < arrays; k++) {
            const double *p = job->in[k] + i;
            s0 = ADD(s0, LOAD(p));
            s1 = ADD(s1, LOAD(p + LANES));
            s2 = ADD(s2, LOAD(p + 2 * LANES));
            s3 = ADD(s3, LOAD(p + 3 * LANES));
        }
        double *x = job->x + i;
        if (streaming) {
            STREAM(x, s0);
            STREAM(x + LANES, s1);
            STREAM(x + 2 * LANES, s2);
            STREAM(x + 3 * LANES, s3);
        } else {
            STORE(x, s0);
            STORE(x + LANES, s1);
            STORE(x + 2 * LANES, s2);
            STORE(x + 3 * LANES, s3);
        }
    }
    sum += NAME(rest)(job, arrays, i, n, 1);
    FENCE();
    return sum;
}

/* The number of arrays as a constant, so that the loop over them is unrolled. */
TARGET static double NAME(read)(const floor_job *job)
{
    switch (job->arrays) {
    case 1:
        return NAME(read_arrays)(job, 1);
    case 2:
        return NAME(read_arrays)(job, 2);
    case 3:
        return NAME(read_arrays)(job, 3);
    case 4:
        return NAME(read_arrays)(job, 4);
    default:
        return NAME(read_arrays)(job, 5);
    }
}

TARGET static double NAME(write)(const floor_job *job)
{
    int arrays = job->kind == FLOOR_COPY ? 1 : job->arrays;
    switch (2 * arrays + (job->streaming != 0)) {
    case 2:
        return NAME(write_arrays)(job, 1, 0);
    case 3:
        return NAME(write_arrays)(job, 1, 1);
    case 4:
        return NAME(write_arrays)(job, 2, 0);
    case 5:
        return NAME(write_arrays)(job, 2, 1);
    case 6:
        return NAME(write_arrays)(job, 3, 0);
    case 7:
        return NAME(write_arrays)(job, 3, 1);
    case 8:
        return NAME(write_arrays)(job, 4, 0);
    case 9:
        return NAME(write_arrays)(job, 4, 1);
    case 10:
        return NAME(write_arrays)(job, 5, 0);
    default:
        return NAME(write_arrays)(job, 5, 1);
    }
}

#undef NAME
#undef TARGET
#undef VECTOR
#undef LANES
#undef LOAD
#undef ADD
#undef ZERO
#undef SUM
#undef STREAM
#undef STORE
#undef FENCE

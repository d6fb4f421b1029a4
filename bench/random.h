/* The generator behind every instance: SplitMix64.
 *
 * G. L. Steele, D. Lea and C. H. Flood, Fast splittable pseudorandom number
 * generators, OOPSLA 2014: a counter with an odd step, and a mixing function
 * that spreads each change of the counter over all 64 bits.
 */
#ifndef BENCH_RANDOM_H
#define BENCH_RANDOM_H

#include <math.h>
#include <stdint.h>

typedef struct stream {
    uint64_t state;
} stream;

static inline uint64_t random_bits(stream *s)
{
    uint64_t z = s->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* U(low, high). */
static inline double uniform(stream *s, double low, double high)
{
    return low + (high - low) * ((double)(random_bits(s) >> 11) * 0x1p-53);
}

/* A whole number from low to high, both included. */
static inline double whole(stream *s, int low, int high)
{
    return floor(uniform(s, low, high + 1.0));
}

/* Standard normal (Box and Muller 1958; one of the pair). */
static inline double normal(stream *s)
{
    double radius = sqrt(-2 * log(1 - uniform(s, 0, 1)));
    return radius * cos(6.283185307179586 * uniform(s, 0, 1));
}

#endif

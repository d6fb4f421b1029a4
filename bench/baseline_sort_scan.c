/* Sort the breakpoints, then scan them.
 *
 * R. Helgason, J. Kennington and H. Lall, A polynomially bounded algorithm for a
 * singly constrained quadratic program, Mathematical Programming 18, 1980.
 * Sorting: by digits of 11 bits, least first, on the bit patterns of the doubles;
 * few are merged (Knuth, The Art of Computer Programming 3, sections 5.2.5, 5.2.4).
 *
 * At its first breakpoint a variable leaves its lower end and adds q to the
 * slope of the sum; at its last one it reaches its upper end and takes q away.
 * In order of price the sum is then a running total, the slope with a second
 * number for what rounding takes from it (large slopes that come and go would
 * else leave nothing of the small ones).  The piece that holds the total is
 * solved again from the variables, since 2 n steps lose some digits.
 *
 * Cost: six passes over 2 n pairs to sort, one to scan.
 */
#include "terms.h"

#include <string.h>

#define DIGIT 11
#define VALUES (1 << DIGIT)
#define DIGITS 6
#define FEW 512 /* events, for which counting digits costs more than comparing */

typedef struct event {
    uint64_t key; /* the price, as a number that sorts like it */
    double slope;
} event;

/* Flips the sign bit of what is not negative and all bits of what is. */
static uint64_t key_of(double price)
{
    uint64_t bits;
    memcpy(&bits, &price, sizeof bits);
    return bits ^ ((bits >> 63) != 0 ? UINT64_MAX : (uint64_t)1 << 63);
}

static double price_of(uint64_t key)
{
    double price;
    uint64_t bits = key ^ ((key >> 63) != 0 ? (uint64_t)1 << 63 : UINT64_MAX);
    memcpy(&price, &bits, sizeof price);
    return price;
}

/* Runs of 1, 2, 4, ... are merged in pairs from one array into the other. */
static const event *merge_events(event *from, event *to, int64_t count)
{
    for (int64_t run = 1; run < count; run *= 2) {
        for (int64_t start = 0; start < count; start += 2 * run) {
            int64_t middle = start + run < count ? start + run : count,
                    end = middle + run < count ? middle + run : count;
            int64_t i = start, j = middle;
            for (int64_t k = start; k < end; k++) {
                int left = i < middle && (j >= end || from[i].key <= from[j].key);
                to[k] = left ? from[i++] : from[j++];
            }
        }
        event *other = from;
        from = to;
        to = other;
    }
    return from;
}

/* Sorts `from` with the help of `to`; returns where the result is. */
static const event *sort_events(event *from, event *to, int64_t count)
{
    static const uint64_t mask = VALUES - 1;
    if (count <= FEW)
        return merge_events(from, to, count);
    int64_t place[DIGITS][VALUES];
    memset(place, 0, sizeof place);
    for (int64_t i = 0; i < count; i++)
        for (int k = 0; k < DIGITS; k++)
            place[k][from[i].key >> (k * DIGIT) & mask]++;
    for (int k = 0; k < DIGITS; k++) {
        int64_t start = 0, *digit = place[k];
        int shift = k * DIGIT;
        if (count > 0 && digit[from[0].key >> shift & mask] == count)
            continue; /* the same digit everywhere */
        for (int v = 0; v < VALUES; v++) {
            int64_t here = digit[v];
            digit[v] = start;
            start += here;
        }
        for (int64_t i = 0; i < count; i++)
            to[digit[from[i].key >> shift & mask]++] = from[i];
        event *other = from;
        from = to;
        to = other;
    }
    return from;
}

INLINE int solve_sort_scan_form(form f, const instance *in, double *scratch, double *x, double *multiplier)
{
    int64_t n = in->n, count = 0;
    if (n == 0)
        return 1;
    event *one = (event *)(void *)scratch, *other = (event *)(void *)(scratch + 4 * n);
    double sum = 0;
    for (int64_t i = 0; i < n; i++) {
        double p, q, low, high;
        term_of(f, in, i, &p, &q, &low, &high);
        one[count++] = (event){key_of((low - p) / q), q};
        double last = (high - p) / q;
        one[count] = (event){key_of(last), -q};
        count += last < HUGE_VAL;
        sum += low;
    }
    const event *sorted = sort_events(one, other, count);
    double slope = 0, lost = 0, before = price_of(sorted[0].key), price = before;
    for (int64_t i = 0; i < count; i++) {
        double here = price_of(sorted[i].key), reached = sum + (slope + lost) * (here - before);
        if (reached >= in->r)
            break;
        sum = reached;
        double step = sorted[i].slope, next = slope + step, part = next - slope;
        lost += (slope - (next - part)) + (step - part);
        slope = next;
        price = before = here;
    }
    if (sum < in->r && slope + lost > 0)
        price = before + (in->r - sum) / (slope + lost);
    double rest = in->r, p_free = 0, q_free = 0;
    for (int64_t i = 0; i < n; i++) {
        double p, q, low, high;
        term_of(f, in, i, &p, &q, &low, &high);
        double v = p + q * price;
        int free = (v > low) & (v < high);
        rest -= when(!free, between(v, low, high));
        p_free += when(free, p);
        q_free += when(free, q);
    }
    if (q_free > 0)
        price = (rest - p_free) / q_free;
    *multiplier = price;
    write_answer(f, in, price, x);
    return 0;
}

SOLVE_EACH_FORM(solve_sort_scan)

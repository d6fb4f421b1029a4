/* Search over the breakpoints by medians.
 *
 * K. C. Kiwiel, Breakpoint searching algorithms for the continuous quadratic
 * knapsack problem, Mathematical Programming 112, 2008 (after Brucker 1984 and
 * Pardalos and Kovoor 1990).  Selection: R. W. Floyd and R. L. Rivest, Expected
 * time bounds for selection, Communications of the ACM 18, 1975.
 *
 * The sum of the row bends only at breakpoints.  Take the median of those that
 * are left, evaluate the sum there, keep the half that holds the total.  Each
 * halving decides variables: those whose two breakpoints are both on one side
 * are at an end, those whose breakpoints enclose what is left are free; both
 * are added up and leave.
 *
 * Cost: O(n), as each pass has half the breakpoints of the one before it.
 */
#include "terms.h"

static void swap(double *v, int64_t i, int64_t j)
{
    double kept = v[i];
    v[i] = v[j];
    v[j] = kept;
}

/* Puts the element of rank k of v[left..right] in its place, smaller ones before it and greater ones
 * after.  Before partitioning a long range, selects in a sample around k so that the pivot is near. */
static void select_rank(double *v, int64_t left, int64_t right, int64_t k)
{
    while (right > left) {
        if (right - left > 600) {
            double n = (double)(right - left + 1), i = (double)(k - left + 1), z = log(n);
            double s = 0.5 * exp(2 * z / 3);
            double spread = 0.5 * sqrt(z * s * (n - s) / n) * (i < n / 2 ? -1 : 1);
            double from = (double)k - i * s / n + spread, to = (double)k + (n - i) * s / n + spread;
            select_rank(v, (int64_t)fold_max((double)left, from), (int64_t)fold_min((double)right, to), k);
        }
        double pivot = v[k];
        int64_t i = left, j = right;
        swap(v, left, k);
        if (v[right] > pivot)
            swap(v, right, left);
        while (i < j) {
            swap(v, i, j);
            i++;
            j--;
            while (v[i] < pivot)
                i++;
            while (v[j] > pivot)
                j--;
        }
        if (v[left] == pivot)
            swap(v, left, j);
        else
            swap(v, ++j, right);
        if (j <= k)
            left = j + 1;
        if (k <= j)
            right = j - 1;
    }
}

typedef struct range {
    double low, high;   /* the answer's price is between them */
    double fixed, p, q; /* sums over those that left: at an end, and free */
} range;

/* Drops the variables that the range decides. */
INLINE void decide(terms *t, double *first, double *last, range *g)
{
    int64_t k = 0;
    for (int64_t i = 0; i < t->n; i++) {
        double p = t->p[i], q = number_or(t->q, i, 1), low = number_or(t->low, i, 0),
               high = number_or(t->high, i, HUGE_VAL);
        int at_low = first[i] >= g->high, at_high = !at_low & (last[i] <= g->low);
        int free = (first[i] <= g->low) & (last[i] >= g->high) & !at_high & !at_low;
        g->fixed += when(at_low, low) + when(at_high, high);
        g->p += when(free, p);
        g->q += when(free, q);
        terms_move(t, k, i);
        first[k] = first[i];
        last[k] = last[i];
        k += !(at_low | at_high | free);
    }
    t->n = k;
}

INLINE int solve_median_form(form f, const instance *in, double *scratch, double *x, double *multiplier)
{
    double p, q;
    int64_t n = in->n, count = 0;
    if (n == 0)
        return 1;
    terms t = terms_of(f, in, scratch, &p, &q);
    double *first = scratch + 4 * n, *last = scratch + 5 * n, *point = scratch + 6 * n;
    for (int64_t i = 0; i < n; i++) {
        double slope = number_or(t.q, i, 1);
        first[i] = (number_or(t.low, i, 0) - t.p[i]) / slope;
        last[i] = (number_or(t.high, i, HUGE_VAL) - t.p[i]) / slope;
        point[count++] = first[i];
        point[count] = last[i];
        count += last[i] < HUGE_VAL;
    }
    range g = {-HUGE_VAL, HUGE_VAL, 0, 0, 0};
    while (count > 0) {
        int64_t middle = count / 2;
        select_rank(point, 0, count - 1, middle);
        double price = point[middle], sum = g.fixed + g.p + g.q * price + terms_sum(&t, price);
        if (sum == in->r) {
            g.low = g.high = price;
            break;
        }
        int64_t kept = 0;
        if (sum < in->r) {
            g.low = price;
            for (int64_t i = middle; i < count; i++) {
                point[kept] = point[i];
                kept += point[i] > price;
            }
        } else {
            g.high = price;
            for (int64_t i = 0; i < middle; i++) {
                point[kept] = point[i];
                kept += point[i] < price;
            }
        }
        count = kept;
        decide(&t, first, last, &g);
    }
    double price = g.low;
    if (g.low < g.high) {
        price = g.q > 0 ? (in->r - g.fixed - g.p) / g.q : isinf(g.low) ? g.high : g.low;
        price = between(price, g.low, g.high);
    }
    *multiplier = price;
    write_answer(f, in, price, x);
    return 0;
}

SOLVE_EACH_FORM(solve_median)

/* The passes that large problems are solved with, one set for each level of
 * processor, and the choice among them.
 *
 * None of them decides a bit of an answer by the order in which it adds: what a
 * sift finds is a guess, and what a pour finds comes with a bound on its error,
 * inside which the solver decides nothing (solve/fast.c).  So the sets may add
 * in any order and fuse what they like, and still all answers are the same.
 */
#ifndef RM_KERNEL_KERNELS_H
#define RM_KERNEL_KERNELS_H

#include "base/pair.h"
#include "base/sum.h"
#include "cost/activity.h"
#include "cost/pieces.h"
#include "cost/answer.h"
#include "cost/price.h"
#include "cost/view.h"

/* A variable as the row sees it: a_i x_i(y) = alpha + sigma y, clamped to lambda
 * and mu.  Four arrays with room for `most` each. */
typedef struct rm_quads {
    double *alpha, *sigma, *lambda, *mu;
    int64_t count, most;
} rm_quads;

/* Plain sums of positive numbers are right to better than this. */
#define RM_PLAIN 0x1p-20

/* What a range gives at every price of a bracket, or at one price: sum + slope y. */
typedef struct rm_sifted {
    rm_pair sum, slope;
    int bad;  /* something here is not as the public header wants it: look closely */
    int full; /* the undecided did not fit; the sums are then of no use */
} rm_sifted;

/* What a range answers at a price, exactly but for this: sum + rest is off by
 * less than RM_POUR_ERROR size + doubt, and sum alone by less than that too. */
typedef struct rm_poured {
    rm_pair sum;        /* of a_i x_i, x_i rounded as it is written */
    double rest;        /* what rounding took from the sum of the answers themselves */
    double size;        /* of |a_i x_i| */
    double doubt;
    double anchor;      /* to begin with: rm_anchor_for(about the size of the first terms) */
    double free_least;  /* of |a_i x_i| over those well between their bounds: not above the sum over the free */
    double free_most;   /* and over those near a bound: not below it */
    double slope;       /* d sum / d y of those well between their bounds: not above the true one */
    int bad;            /* not told here: a linear variable at its jump, an infinite answer */
} rm_poured;

#define RM_POUR_ERROR 0x1p-83

/* Three halves of a power of two, and some times larger than a size. */
static inline double rm_anchor_for(double size)
{
    return 24 * rm_from_bits(rm_bits(fabs(size) + 0x1p-900) >> 52 << 52);
}

/* What a range gives with every variable at one end of its domain. */
typedef struct rm_ends {
    rm_sum sum;    /* of a_i x_i, exactly */
    double size;   /* of |a_i x_i|, plainly added */
    double scale;  /* the greatest |a_i t_i|, or more */
    double anchor; /* as in rm_poured */
    int bad;       /* not told here: data not as they should be, a_i = 0, an infinite end, a
                      linear variable with an open side */
} rm_ends;

/* So many variables rm_kernels.few solves at once, and what it says of the price. */
enum { RM_HANDFUL = 64 };
enum { RM_HANDFUL_NOTHING, RM_HANDFUL_PRICE, RM_HANDFUL_DONE };

/* So many variables rm_kernels.leave looks at in one call; as many indices it may write, and
 * a vector more. */
enum { RM_LEAVE_MOST = 512, RM_LEAVE_ROOM = RM_LEAVE_MOST + 8 };

typedef struct rm_kernels {
    const char *name;
    /* Sums what begin..end-1 give at all prices from y_low to y_high, and appends
     * those that such a price may move onto or off a bound to q. */
    void (*sift)(const rm_view *v, int64_t begin, int64_t end, double y_low, double y_high, rm_quads *q,
                 rm_sifted *out);
    /* Sums what begin..end-1 give at one price; a linear variable at its jump counts as
     * held.  Of a view that is not plain `sum` is the sum itself, data are taken to be good, and nothing is left
     * in `inverse`.  1 / (2 weight) is left in `inverse` (unless that is NULL), or `kept` there
     * from an earlier look at the same data, which then are taken to be good. */
    void (*gauge)(const rm_view *v, int64_t begin, int64_t end, double y, double *inverse, int kept, rm_sifted *out);
    /* Appends begin..end-1 to q; there must be room.  Returns what is bad. */
    int (*turn)(const rm_view *v, int64_t begin, int64_t end, rm_quads *q);
    /* Newton from *y on sum + slope y + (what q gives) = total, as long as it stays
     * strictly between *low and *high, which it narrows.  Returns 1 when a step leaves
     * *y as it is. */
    int (*newton)(const rm_quads *q, double total, double sum, double slope, double *low, double *high, double *y);
    /* The sums of q at one price: plainly, or closely and added to those in `out`. */
    void (*weigh)(const rm_quads *q, double y, double *sum, double *slope);
    void (*weigh_closely)(const rm_quads *q, double y, rm_sifted *out);
    /* Sum and sum of squares of what q gives at a price. */
    void (*spread)(const rm_quads *q, double y, double *sum, double *squares);
    /* Where nothing but targets is there: writes 0 to x[i] (around the cache where x
     * begins with a cache line) for those of begin..end-1 whose answer to y is 0 and, for
     * the moment, for the others, whose targets and indices (as doubles) it appends to
     * `target` and `index` from *count on.  With x NULL it only appends.  begin and end are
     * multiples of 16.  Returns what is bad, or that there was no room for `most`. */
    int (*skim)(const double *targets, int64_t begin, int64_t end, double y, double *x, double *target, double *index,
                int64_t *count, int64_t most);
    /* Answers y for begin..end-1, writes x (unless it is NULL; around the cache
     * if `stream`), and adds to `out`.  If `kept`, x holds what a gauge left there. */
    void (*pour)(const rm_view *v, int64_t begin, int64_t end, rm_price y, double *x, int stream, int kept,
                 rm_poured *out);
    /* Adds what begin..end-1 give at the ends where a_i x_i is least (side < 0) or greatest. */
    void (*ends)(const rm_view *v, int64_t begin, int64_t end, int side, rm_ends *out);
    /* Writes those ends to x (unless it is NULL), and to `near` the indices (as doubles) of
     * the variables between different bounds that leave theirs at a price that may be as
     * far from the others as `best` or further.  Returns how many. */
    int64_t (*leave)(const rm_view *v, int64_t begin, int64_t end, int side, double best, double *x, double *near);
    /* Solves 1 to RM_HANDFUL variables.  RM_HANDFUL_DONE: price->high is the price,
     * rounded, and x (unless it is NULL) is the answer.  RM_HANDFUL_PRICE: *price is a good
     * guess, *slope is what the sum rises by per unit of price there; x is of no use.
     * Else neither. */
    int (*few)(const rm_view *v, double total, double *x, rm_pair *price, double *slope);
} rm_kernels;

/* Levels, from the plainest on.  A level that was not compiled or that this
 * processor cannot run is never chosen. */
enum { RM_LEVEL_PORTABLE = 0, RM_LEVEL_NEON = 1, RM_LEVEL_AVX2 = 2, RM_LEVEL_AVX512 = 3, RM_LEVELS };

/* The best set for this processor; asked of it once. */
const rm_kernels *rm_kernels_best(void);
/* The set of a level, or NULL where it was not compiled. */
const rm_kernels *rm_kernels_at(int level);
/* Whether this processor can run it. */
int rm_level_runs(int level);
/* For tests: from now on rm_kernels_best gives this level, which must run; a
 * negative one gives the choice back. */
void rm_level_force(int level);

#endif

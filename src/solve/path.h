/* The price of every total: what a row's best objective and its price are as functions of
 * the total.  The essay is in path.c. */
#ifndef RM_SOLVE_PATH_H
#define RM_SOLVE_PATH_H

#include "base/memory.h"
#include "base/pair.h"
#include "solve/waterfill.h"

/* What is a straight line in the total between two points, and so is kept as the point's `level`. */
enum {
    RM_PATH_LINEAR, /* the price y itself: quadratic and linear costs */
    RM_PATH_LOG,    /* 1 / (shift - y) */
    RM_PATH_ALPHA,  /* (shift - y)^(-1/alpha) */
    RM_PATH_QUEUE,  /* -(y - shift)^(-1/2) */
    RM_PATH_MIXED   /* nothing is: the price, and a cubic between points */
};

typedef struct rm_path {
    int kind;
    double alpha, shift;
    int64_t count, room;
    double *total, *level, *value; /* each never falls, but for `value` */
    double *rise;                  /* d price / d total; of a mixed path only */
    double *price;                 /* of others that are not linear: the price, as exactly as it is known */
    int from_least, to_most;       /* the first total is the least there can be, the last the most */
} rm_path;

/* The points of a mixed path lie so near each other that in the middle between two of them the price is off
 * by no more than this share of it. */
#define RM_PATH_ACCURACY 0x1p-22
enum { RM_PATH_MOST = 1 << 16 };

/* All totals from `from` to `to` (perhaps infinite) that can be had, each met exactly.  `p` is to be zero.
 * RM_OK; RM_INFEASIBLE, RM_UNBOUNDED with *out filled; RM_ERROR_RANGE where an infinite end is meant
 * and there is none; RM_ERROR_MEMORY; RM_INACCURATE; RM_LIMIT, also for a mixed path with too many points,
 * and whatever else the watch says. */
rm_status rm_path_build(const rm_view *v, double from, double to, const rm_memory *memory, rm_watch *watch,
                        rm_path *p, rm_water *out);
void rm_path_free(rm_path *p, const rm_memory *memory);

double rm_path_price(const rm_path *p, int64_t k);
/* At a total from the first to the last one: the best objective, and its one-sided derivatives. */
void rm_path_at(const rm_path *p, double total, double *value, double *low, double *high);
/* The totals that are best where each unit is worth `price`. */
void rm_path_best(const rm_path *p, double price, double *low, double *high);

/* --- for the two ways to build one ------------------------------------------- */

double rm_path_level(const rm_path *p, double price);
double rm_path_price_of(const rm_path *p, double level);
/* The cubic of a mixed path: its values and slopes at the ends of the way. */
typedef struct rm_cubic {
    double way, value[2], rise[2];
} rm_cubic;
/* Slopes as known, or as steep as they may be without turning back (Fritsch and Carlson 1980). */
rm_cubic rm_cubic_make(double way, double left, double right, double left_rise, double right_rise);
/* At a share s of the way. */
double rm_cubic_at(const rm_cubic *c, double s);
double rm_cubic_slope(const rm_cubic *c, double s);
/* Adds a point; points that say nothing new are left out.  RM_ERROR_MEMORY. */
rm_status rm_path_add(rm_path *p, const rm_memory *memory, double total, double level, double rise, double price);
/* Room for so many. */
rm_status rm_path_reserve(rm_path *p, const rm_memory *memory, int64_t points);
/* Exactly, by breakpoints (strands.c); the totals can be had. */
rm_status rm_path_exact(const rm_view *v, double from, double to, const rm_memory *memory, rm_watch *watch, rm_path *p);
/* By looking at ever nearer prices (trace.c). */
rm_status rm_path_mixed(const rm_view *v, double from, double to, const rm_memory *memory, rm_watch *watch, rm_path *p);

#endif

/* Problems with nested rows of unit coefficients: random ones that a known point meets, their handles, and the
 * conditions that an answer must meet, in long double.  Nothing here believes a figure that the library gives of
 * itself. */
#ifndef TESTS_FOREST_H
#define TESTS_FOREST_H

#include "support.h"

enum { MOST = 200, ROWS = 256, STEPS = 3 };

/* Kinds of cost, and what the numbers of an instance are like. */
enum { QUADRATIC, LOG, ALPHA, ENTROPY, QUEUE, PIECES, FAMILIES };
enum { WHOLE, TIED, PLAIN, WIDE, MIXED, MIXED_WHOLE, KINDS };

/* Row r holds the variables order[from[r]] .. order[to[r] - 1]; rows stand before those inside them. */
typedef struct forest {
    int64_t n, rows, most_rows, order[MOST], home[MOST], from[ROWS], to[ROWS], parent[ROWS];
    int kind, moves, family[MOST], all[ROWS];
    double at[MOST]; /* a point that meets everything */
    double weight[MOST], target[MOST], price[MOST], shape[MOST], lower[MOST], upper[MOST];
    double current[MOST], up[MOST], down[MOST], begin[MOST][STEPS], slope[MOST][STEPS];
    double low[ROWS], high[ROWS];
} forest;

typedef struct reading {
    double x[MOST], reduced[MOST], dual[ROWS]; /* dual[r] is that of row r of the forest */
} reading;

void forest_draw(dice *d, forest *t, int kind, int64_t n, int64_t most_rows);
/* A handle with rows turn[0], turn[1], ...: each run of them without RM_ALL added in one call, or each on its own. */
rm_problem *forest_problem(const forest *t, const int64_t *turn, int together);
void forest_print(const forest *t);
/* The least (side < 0) or greatest value of a variable by its bounds and its domain. */
double forest_end(const forest *t, int64_t i, int side);
/* What is wrong with an answer, or NULL: bounds, rows, signs of the duals, stationarity, reduced costs. */
const char *forest_check(const forest *t, const reading *a);
/* Also the sum of the magnitudes of its terms. */
long double forest_objective(const forest *t, const double *x, long double *size);

#endif

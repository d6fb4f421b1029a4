/* What a variable answers a row's price, beyond the last place of a double.
 *
 * A price is y = high + low, two doubles.  At y = +-infinity every variable
 * stands at the end that makes the row's sum greatest or least.
 *
 * A log's and a queue's answers are known to 2^-97 of what they are made of, those of the other
 * curved families, which take an exponential, to about 2^-63.
 *
 * A linear cost (w = 0) jumps at its price p / a, rounded to a double: two
 * devices whose prices agree to the last place are tied.
 */
#ifndef RM_COST_ANSWER_H
#define RM_COST_ANSWER_H

#include "cost/cost.h"

typedef struct rm_price {
    double high, low;
    int jump; /* it is the price of linear variables whose own rounds to `high`: they are tied */
} rm_price;

/* How closely to look.  RM_COARSE takes an answer as a double; RM_PRECISE keeps it as a base and
 * more doubles: of a quadratic the target and three, 2^-150 relative to what it is
 * made of. */
enum { RM_COARSE = 0, RM_PRECISE = 1 };

/* Where a variable stands. */
enum { RM_AT_LOWER = -1, RM_BETWEEN = 0, RM_AT_UPPER = 1, RM_TIED = 2 };

typedef struct rm_answer {
    int where;      /* the rest is there between bounds only */
    int parts;      /* 0, `plain` is all there is; else x = base + part[0] + ... */
    double plain;   /* x as a double; may overflow */
    double base, part[3];
    double slope;   /* of a curved cost: d x / d q */
    double rough;   /* of a curved cost: it is off by less than this */
} rm_answer;

/* Of a variable with lower < upper and a != 0. */
rm_answer rm_cost_answer(const rm_cost *c, double a, rm_price y, int precision);

/* The same, rounded to x within the bounds, for any variable. */
typedef struct rm_stand {
    double x;     /* for a tied variable the place it starts from */
    int tied;     /* linear, and the price is its own */
    int between;  /* strictly between its bounds before rounding; then */
    double rest, rough; /* what rounding took, and what the answer is off by besides (curved), */
    double slope; /* and of a curved cost d x / d q */
} rm_stand;

rm_stand rm_cost_stand(const rm_cost *c, double a, rm_price y);

/* The price at which a linear cost jumps, rounded; never 0 unless it is. */
double rm_linear_jump(const rm_cost *c, double a);

#endif

/* How the price of a row is rounded, by whatever way it was found. */
#ifndef RM_COST_PRICE_H
#define RM_COST_PRICE_H

#include "cost/answer.h"

/* The double for the price high + low, |low| at most an ulp of `high`: the nearest
 * one, but the border between two doubles lies not in their middle but at
 * 0.501 of the way up.  Totals, targets and bounds with few digits put the exact
 * price into the middle often, and there no bound on an error, however small,
 * tells which double is nearer.  *rest receives what is left. */
double rm_price_round(double high, double low, double *rest);

/* The border between two doubles, as a share of the way from the one nearer zero
 * to the other: 1/2 + 1/1021, which no short sum of short numbers hits. */
#define RM_PRICE_BORDER (0.5 + 1.0 / 1021)

/* The next double away from zero, or towards it. */
static inline double rm_price_neighbour(double y, int away)
{
    double next = rm_from_bits(rm_bits(fabs(y)) + (away ? UINT64_C(1) : UINT64_MAX));
    return y < 0 ? -next : next;
}

/* How far the exact price may be from y, up (1) or down (0), to be rounded to y. */
static inline double rm_price_reach(double y, int up)
{
    int away = up == (y > 0);
    return fabs(rm_price_neighbour(y, away) - y) * (away ? RM_PRICE_BORDER : 1 - RM_PRICE_BORDER);
}

/* A rounded price will do where its answers miss the row by no more than this
 * share of what the public rule allows; not all of it, because residuals of short
 * numbers often are that exactly, which an error bound cannot tell from more. */
#define RM_PRICE_WILL_DO 0.7853

/* The second double of a price: `rest` rounded to a multiple of RM_PRICE_SECOND
 * times the last place of `high`. */
#define RM_PRICE_SECOND 0x1p-20
double rm_price_second(double high, double rest);
/* Half of that unit. */
double rm_price_half_second(double high);

#endif

/* The host's own costs: what they answer to a price is asked by a callback.
 *
 * Answers are asked in batches (rm_view_ask, before a pass) and kept for a moment, so that those
 * who go through variables one by one need not know.  Every answer is checked: numbers, and never falling
 * as the price rises, up to RM_CUSTOM_NOISE.  What is wrong, or a callback that wants to stop, is noted in the
 * state, and nobody is asked any more; the solver looks there.
 *
 * A value away from an answer is asked by a pull: with rho beyond all measure the answer is the centre itself.
 */
#ifndef RM_COST_CUSTOM_H
#define RM_COST_CUSTOM_H

#include "cost/answer.h"

/* Answers may be off by this share of themselves. */
#define RM_CUSTOM_NOISE 0x1p-40

/* What stopped it. */
enum {
    RM_CUSTOM_FINE,
    RM_CUSTOM_RETURNED,
    RM_CUSTOM_ABSENT,
    RM_CUSTOM_NO_NUMBER,
    RM_CUSTOM_ORDER,
    RM_CUSTOM_FALLS,
    RM_CUSTOM_ASTRAY
};

typedef struct rm_custom_state {
    rm_status status;      /* RM_OK, or why nobody is asked any more */
    int what;              /* RM_CUSTOM_*, */
    int64_t index;         /* of whom, */
    double price[2], x[2]; /* and where */
    int *busy;             /* set while the host is asked */
} rm_custom_state;

/* One answer. */
typedef struct rm_asked {
    double price, low, high, slope, value;
    int known;
} rm_asked;

typedef struct rm_custom {
    rm_response_fn fn; /* NULL: not known, because callbacks are not copied */
    void *user;
    int64_t index;
    rm_custom_state *state;
    rm_asked kept[2]; /* the last two: a cost of moving asks at two prices */
    int next;         /* which of them goes first */
    rm_asked held;    /* at a pull to `low` */
    rm_asked last;    /* against which the next answer is held; its price counts without the pull */
} rm_custom;

/* What is offered beyond the own price, a y - p; one formula, so that it is found again. */
static inline double rm_custom_offer(const rm_cost *c, double a, double y_high, double y_low)
{
    return (a * y_high - c->price) + a * y_low;
}

/* Asks for some; prices as above. */
enum { RM_CUSTOM_BATCH = 128 };
void rm_custom_ask(rm_custom *const *who, const double *price, int64_t count);
/* Asks for the values at some x, where they are not known from an answer. */
void rm_custom_hold(rm_custom *const *who, const double *x, int64_t count);

void rm_custom_respond(const rm_cost *c, double q, double rho, double v, rm_response *out);
rm_answer rm_custom_answer(const rm_cost *c, double a, rm_price y);
/* f(x), and whether it need not be asked for. */
int rm_custom_knows(const rm_custom *r, double x);
double rm_custom_value(const rm_cost *c, double x);
/* By how much x is away from what is answered to a y, in prices; its sign is exact up to the noise. */
double rm_custom_reduced(const rm_cost *c, double x, double a, double y_high, double y_low, double *magnitude);
double rm_custom_fenchel(const rm_cost *c, double x, double reduced, double a, double y);
/* Where the answer begins to leave the lower end of the domain, or arrives at the upper one: whether an offer is
 * beyond that, and the first that is. */
int rm_custom_passes(const rm_cost *c, double end, double offer);
double rm_custom_breakpoint(const rm_cost *c, double end);

#endif

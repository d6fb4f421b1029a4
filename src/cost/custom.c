/* See custom.h. */
#include "cost/custom.h"

#include "base/order.h"
#include "cost/family.h"

/* A pull that leaves nothing else to say; marginal costs up to 2^100 move its answer by no more than this. */
#define HOLD 0x1p200
#define HELD 0x1p-100

static void stop(rm_custom *r, rm_status status, int what, double price, double x)
{
    rm_custom_state *s = r->state;
    if (s->status != RM_OK)
        return;
    s->status = status;
    s->what = what;
    s->index = r->index;
    s->price[0] = price;
    s->x[0] = x;
}

static double noise_of(double a, double b)
{
    double size = fabs(a) + fabs(b);
    return isfinite(size) ? RM_CUSTOM_NOISE * size : 0;
}

/* An answer is held against the one before: at a higher price it must not be lower. */
static void check_order(rm_custom *r, const rm_asked *a)
{
    const rm_asked *b = &r->last;
    int falls = b->known && ((a->price > b->price && a->high < b->low - noise_of(a->high, b->low)) ||
                             (a->price < b->price && a->low > b->high + noise_of(a->low, b->high)));
    if (falls && r->state->status == RM_OK) {
        const rm_asked *first = a->price < b->price ? a : b, *second = a->price < b->price ? b : a;
        stop(r, RM_ERROR_NOT_CONVEX, RM_CUSTOM_FALLS, first->price, first->low);
        r->state->price[1] = second->price;
        r->state->x[1] = second->high;
    }
    r->last = *a;
}

static void check(rm_custom *r, const rm_asked *a)
{
    int endless = isinf(a->low) && a->low == a->high; /* it has no value, and no slope that would say anything */
    if (isnan(a->low) || isnan(a->high) || (!endless && (isnan(a->value) || !(a->slope >= 0))))
        stop(r, RM_ERROR_CALLBACK, RM_CUSTOM_NO_NUMBER, a->price, a->low);
    else if (a->low > a->high + noise_of(a->low, a->high))
        stop(r, RM_ERROR_CALLBACK, RM_CUSTOM_ORDER, a->price, a->low);
}

/* Asks the host.  Where somebody stopped already, nothing is asked and the answers say nothing. */
static void ask(rm_custom *const *who, const double *price, const double *rho, const double *centre, int64_t count,
                rm_asked *out)
{
    int64_t index[RM_CUSTOM_BATCH];
    double low[RM_CUSTOM_BATCH], high[RM_CUSTOM_BATCH], slope[RM_CUSTOM_BATCH], value[RM_CUSTOM_BATCH];
    rm_custom *first = who[0];
    memset(out, 0, (size_t)count * sizeof *out);
    if (!first->fn)
        stop(first, RM_ERROR_CALLBACK, RM_CUSTOM_ABSENT, 0, 0);
    if (first->state->status != RM_OK)
        return;
    for (int64_t k = 0; k < count; k++) {
        index[k] = who[k]->index;
        low[k] = high[k] = slope[k] = value[k] = NAN; /* what is left out is noticed */
    }
    *first->state->busy = 1;
    int32_t answer = first->fn(first->user, count, index, price, rho, centre, low, high, slope, value);
    *first->state->busy = 0;
    if (answer != 0) {
        stop(first, answer > 0 ? RM_CANCELLED : RM_ERROR_CALLBACK, RM_CUSTOM_RETURNED, 0, 0);
        return;
    }
    for (int64_t k = 0; k < count; k++) {
        out[k] = (rm_asked){price[k], low[k], high[k], slope[k], value[k], 1};
        check(who[k], &out[k]);
    }
}

/* How many from `first` on have the callback of the first. */
static int64_t same_host(rm_custom *const *who, int64_t first, int64_t count)
{
    int64_t next = first + 1;
    while (next < count && who[next]->fn == who[first]->fn && who[next]->user == who[first]->user)
        next++;
    return next;
}

void rm_custom_ask(rm_custom *const *who, const double *price, int64_t count)
{
    static const double none[RM_CUSTOM_BATCH];
    rm_asked got[RM_CUSTOM_BATCH];
    for (int64_t k = 0, next; k < count; k = next) {
        next = same_host(who, k, count);
        ask(who + k, price + k, none, none, next - k, got);
        for (int64_t j = k; j < next; j++) {
            rm_custom *r = who[j];
            const rm_asked *a = &got[j - k];
            if (!a->known)
                continue;
            check_order(r, a);
            r->kept[r->next] = *a;
            r->next ^= 1;
        }
    }
}

void rm_custom_hold(rm_custom *const *who, const double *x, int64_t count)
{
    static const double none[RM_CUSTOM_BATCH];
    double rho[RM_CUSTOM_BATCH];
    rm_asked got[RM_CUSTOM_BATCH];
    for (int64_t k = 0; k < count; k++)
        rho[k] = HOLD;
    for (int64_t k = 0, next; k < count; k = next) {
        next = same_host(who, k, count);
        ask(who + k, none, rho, x + k, next - k, got);
        for (int64_t j = k; j < next; j++) {
            rm_asked a = got[j - k];
            if (a.known && fabs(a.low - x[j]) > noise_of(a.low, x[j]) + HELD)
                stop(who[j], RM_ERROR_CALLBACK, RM_CUSTOM_ASTRAY, x[j], a.low);
            a.low = x[j];
            who[j]->held = a;
        }
    }
}

/* The value at x, if it is known. */
static const rm_asked *known_value(const rm_custom *r, double x)
{
    for (int k = 0; k < 2; k++)
        if (r->kept[k].known && x >= r->kept[k].low && x <= r->kept[k].high)
            return &r->kept[k];
    return r->held.known && r->held.low == x ? &r->held : NULL;
}

int rm_custom_knows(const rm_custom *r, double x)
{
    return known_value(r, x) != NULL;
}

/* The answer to an offer. */
static rm_asked at_offer(const rm_cost *c, double offer)
{
    rm_custom *r = c->custom;
    for (int k = 0; k < 2; k++)
        if (r->kept[k].known && r->kept[k].price == offer)
            return r->kept[k];
    rm_custom_ask(&r, &offer, 1);
    rm_asked got = r->kept[r->next ^ 1];
    return got.known && got.price == offer ? got : (rm_asked){offer, 0, 0, 0, 0, 0};
}

/* The answer with a pull to v. */
static rm_asked at_pull(const rm_cost *c, double offer, double rho, double v)
{
    rm_custom *r = c->custom;
    rm_asked got;
    ask(&r, &offer, &rho, &v, 1, &got);
    return got;
}

static double within(const rm_cost *c, double x)
{
    return rm_min(rm_max(x, c->lower), c->upper);
}

void rm_custom_respond(const rm_cost *c, double q, double rho, double v, rm_response *out)
{
    rm_asked a = rho > 0 ? at_pull(c, q - c->price, rho, v) : at_offer(c, q - c->price);
    out->low = within(c, a.low);
    out->high = within(c, rm_max(a.high, a.low));
    out->slope = a.low > c->lower && a.high < c->upper ? a.slope : 0;
    out->value = rm_custom_value(c, out->low) + (c->price != 0 ? c->price * out->low : 0);
    out->first = q - (rho > 0 ? rho * (out->low - v) : 0);
    out->second = out->slope > 0 ? 1 / out->slope - rho : 0;
}

rm_answer rm_custom_answer(const rm_cost *c, double a, rm_price y)
{
    double offer = rm_custom_offer(c, a, y.high, y.low);
    rm_asked got = at_offer(c, offer);
    double x = within(c, got.low);
    rm_answer r = {.where = RM_BETWEEN,
                   .plain = x,
                   .parts = 1,
                   .part = {x, 0, 0},
                   .slope = got.slope,
                   .rough = RM_CUSTOM_NOISE * fabs(x)};
    if (!isfinite(x)) /* too much, or too little, for any total */
        return rm_answer_nowhere(x);
    if (got.low <= c->lower)
        r.where = RM_AT_LOWER;
    else if (got.low >= c->upper)
        r.where = RM_AT_UPPER;
    return r;
}

double rm_custom_value(const rm_cost *c, double x)
{
    rm_custom *r = c->custom;
    if (!known_value(r, x))
        rm_custom_hold(&r, &x, 1);
    const rm_asked *a = known_value(r, x);
    if (!a)
        return 0;                                                 /* somebody stopped */
    return a->value + (x > a->low ? a->price * (x - a->low) : 0); /* between the ends of a tie f is straight */
}

/* Whether x is answered at a price within some units in the last place: a cost with a kink jumps between two
 * doubles, and the row may hold it in the middle. */
static int is_beside(const rm_cost *c, double x, double offer, double reach)
{
    rm_asked below = at_offer(c, offer - reach), above = at_offer(c, offer + reach);
    return x >= below.low - noise_of(x, below.low) && x <= above.high + noise_of(x, above.high);
}

double rm_custom_reduced(const rm_cost *c, double x, double a, double y_high, double y_low, double *magnitude)
{
    double offer = rm_custom_offer(c, a, y_high, y_low);
    rm_asked got = at_offer(c, offer);
    double away = x < got.low ? x - got.low : x > got.high ? x - got.high : 0, size = fabs(a * y_high) + fabs(c->price);
    double near = 4 * RM_UNIT * size;
    *magnitude = size;
    if (fabs(away) <= noise_of(x, away))
        return 0;
    if (x > c->lower && x < c->upper && is_beside(c, x, offer, near))
        return away > 0 ? near : -near;
    /* Where the answer does not move, all that is known is the direction. */
    double reduced = got.slope > 0 ? away / got.slope : away > 0 ? rm_max(size, 1) : -rm_max(size, 1);
    *magnitude += fabs(reduced);
    return isfinite(reduced) ? reduced : away > 0 ? DBL_MAX : -DBL_MAX;
}

double rm_custom_fenchel(const rm_cost *c, double x, double reduced, double a, double y)
{
    if (reduced == 0 || (x <= c->lower && reduced > 0) || (x >= c->upper && reduced < 0))
        return 0;
    double offer = rm_custom_offer(c, a, y, 0);
    rm_asked got = at_offer(c, offer);
    double z = within(c, reduced > 0 ? got.high : got.low), f = rm_custom_value(c, x), g = rm_custom_value(c, z);
    double rise = f - g - offer * (x - z);
    double error = RM_CUSTOM_NOISE * (fabs(f) + fabs(g) + fabs(offer) * (fabs(x) + fabs(z)));
    return isfinite(z) ? rm_max(rise, 0) + error : INFINITY;
}

int rm_custom_passes(const rm_cost *c, double end, double offer)
{
    rm_asked got = at_offer(c, offer);
    return end <= c->lower ? got.high > end : got.low >= end;
}

/* The doubles between the least and the greatest are halved in their order; see the search in waterfill.c. */
double rm_custom_breakpoint(const rm_cost *c, double end)
{
    double before = -DBL_MAX, beyond = DBL_MAX;
    if (rm_custom_passes(c, end, before))
        return -INFINITY;
    if (!rm_custom_passes(c, end, beyond))
        return INFINITY;
    while (c->custom->state->status == RM_OK) {
        double middle = rm_middle_by_rank(before, beyond);
        if (middle == before || middle == beyond)
            break;
        if (rm_custom_passes(c, end, middle))
            beyond = middle;
        else
            before = middle;
    }
    return beyond;
}

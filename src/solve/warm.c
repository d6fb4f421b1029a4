/* See warm.h. */
#include "solve/warm.h"

/* A bracket is made so wide that by a small sample it fills this share of the room. */
#define FILL 0.88

int64_t rm_warm_room(int64_t n)
{
    return n <= RM_FEW ? 0 : n / 8 + RM_ROOM;
}

/* Vectors are written whole. */
static int64_t room_in(const rm_warm *warm)
{
    return warm->quads.most - (RM_ROOM - RM_FEW);
}

void rm_warm_note(rm_warm *warm, double y)
{
    if (!warm)
        return;
    warm->y = y;
    if (warm->known == RM_WARM_NOTHING)
        warm->known = RM_WARM_PRICE;
}

void rm_warm_keep(rm_warm *warm, const rm_work *w, double low, double high, double y)
{
    const rm_quads *from = &w->quads;
    rm_warm_note(warm, y);
    if (!warm || from->count > room_in(warm))
        return;
    size_t bytes = (size_t)from->count * sizeof(double);
    memcpy(warm->quads.alpha, from->alpha, bytes);
    memcpy(warm->quads.sigma, from->sigma, bytes);
    memcpy(warm->quads.lambda, from->lambda, bytes);
    memcpy(warm->quads.mu, from->mu, bytes);
    warm->quads.count = from->count;
    warm->base = w->base;
    warm->low = low;
    warm->high = high;
    warm->known = RM_WARM_BRACKET;
}

/* A bracket made wider, so that this solve's price lies in it and the next one's is likely
 * to: totals that go back and forth are then met without a look at all variables.  Left
 * as it is where that would be too wide to keep. */
static void widen(const rm_work *w, const rm_warm *warm, double low, double high, double y, rm_estimate *e)
{
    double half = high / 2 - low / 2, share = isfinite(half) ? rm_sample_share(w, low, high) : 1;
    if (share * (double)w->view->n <= FILL * (double)room_in(warm))
        *e = (rm_estimate){1, 0, {.low = low, .high = high, .soft = 1, .y = y}, half, share};
}

int rm_warm_recall(rm_work *w, rm_warm *warm, rm_pair *y, rm_estimate *e)
{
    e->known = 0;
    if (!warm || warm->known != RM_WARM_BRACKET)
        return RM_LOST;
    rm_quads room = w->quads;
    w->quads = warm->quads;
    w->base = warm->base;
    rm_search s = {.low = warm->low, .high = warm->high, .soft = 1, .y = warm->y};
    int end = rm_balance(w, &s, y);
    w->quads = room;
    if (end == RM_FOUND) {
        warm->y = y->high;
        return RM_FOUND;
    }
    memset(&w->base, 0, sizeof w->base);
    if (end != RM_LOST) {
        double next = y->high, far = next + (next - (end == RM_ABOVE ? warm->high : warm->low));
        widen(w, warm, rm_min(warm->low, far), rm_max(warm->high, far), next, e);
    }
    return RM_LOST;
}

void rm_warm_widen(const rm_warm *warm, const rm_work *w, rm_estimate *e)
{
    const rm_search *s = &e->bracket;
    if (!warm || warm->known != RM_WARM_PRICE || !e->known || e->few_off)
        return;
    double more = 0.5 * fabs(s->y - warm->y);
    widen(w, warm, rm_min(s->low, warm->y - more), rm_max(s->high, warm->y + more), s->y, e);
}

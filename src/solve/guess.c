/* See guess.h; the essay is in fast.c. */
#include "solve/guess.h"

enum {
    MOST_PASSES = 40,     /* over all variables, when sifts do not help */
    MOST_SIFTS = 3,
    SLOW = 8,             /* a step that is not so much shorter than the last one is slow */
    ONE_SIDED = 2,        /* steps before a slow one leads to a look at the end of its side, */
    CLOSING_IN = 2,       /* or to gathering what lies between the ends */
    IN_PLACE = 1 << 17    /* variables that stay in a cache */
};

/* A bracket may leave so many undecided, with a share told by a small sample. */
#define LARGE_SHARE 0.12
/* So few breakpoints expected on the way of a step count as none. */
#define NONE_EXPECTED 0.05

/* As far beyond an end as the room for the undecided allows: by Newton's step from there
 * and some times as far again.  Returns 0 where not even that leads anywhere. */
static int look_further(const rm_work *w, rm_search *s, double edge, double step)
{
    static const double times[] = {4096, 256, 16, 2};
    for (int k = 0; k < 4; k++) {
        double far = edge + times[k] * step;
        if (!isfinite(far) || rm_sample_share(w, rm_min(edge, far), rm_max(edge, far)) > LARGE_SHARE)
            continue;
        *s = (rm_search){.low = rm_min(edge, far) - RM_NARROWEST * fabs(edge),
                         .high = rm_max(edge, far) + RM_NARROWEST * fabs(edge), .soft = 1, .y = edge + step};
        return 1;
    }
    return 0;
}

/* Whether the total lies beyond what any price on one side can give, or about there. */
static rm_status look_beyond(rm_work *w, rm_search *s, int up, int *beyond)
{
    rm_sifted sums;
    double end = up ? DBL_MAX : -DBL_MAX;
    rm_status status = rm_sweep_gauge(&w->sweep, end, w->kept ? w->x : NULL, w->kept, &sums);
    double missing = w->total - sums.sum.high;
    *beyond = sums.slope.high == 0 && (up ? missing : -missing) > -0x1p-49 * fabs(w->total);
    if (*beyond)
        w->beyond = up ? 1 : -1;
    if (*beyond || !isfinite(missing))
        return status;
    if (up) {
        s->high = end;
        s->tried_high = 1;
        s->excess = -missing;
    } else {
        s->low = end;
        s->tried_low = 1;
        s->missing = missing;
    }
    return status;
}

/* Where Newton creeps through orders of magnitude, to 0 or to the geometric mean of
 * where it leads and the end beyond. */
static void leap(rm_search *s, double from)
{
    const double far = 16;
    double to = s->y, end = to > from ? s->high : s->low;
    int tried = to > from ? s->tried_high : s->tried_low;
    if (from != 0 && (to > 0) != (from > 0) && fabs(to) > fabs(from))
        s->y = 0;
    else if (tried && fabs(end) < DBL_MAX && fabs(to) > far * fabs(from) && end / to > far)
        s->y = to * sqrt(end / to);
}

/* A sift of a bracket that is known to be narrow, and the solution of what it gathers. */
static rm_status gather(rm_work *w, double low, double high, double start, rm_pair *y, int *end)
{
    rm_search s = {.low = low, .high = high, .soft = 1, .y = start};
    w->kept = 0; /* what is gathered may need the room */
    *end = RM_LOST;
    rm_status status = rm_sweep_sift(&w->sweep, low, high, &w->quads, &w->base);
    if (status != RM_OK || w->base.bad)
        return status;
    if (!w->base.full)
        *end = rm_balance(w, &s, y);
    if (*end != RM_FOUND)
        memset(&w->base, 0, sizeof w->base);
    return RM_OK;
}

/* Newton over all from a price near by.  It is left when no breakpoint is to be
 * expected on the way of the last step. */
static rm_status step_in_place(rm_work *w, rm_search s, double crowd, rm_pair *y, int *end)
{
    double n = (double)w->view->n, way = 0, slope = 0;
    double *reciprocals = w->view->weight ? w->x : NULL; /* x is not needed yet */
    int looked = 0, sifted = 0;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
        rm_sifted sums;
        double from = s.y, next;
        rm_status status = rm_sweep_gauge(&w->sweep, from, reciprocals, w->kept, &sums);
        w->kept = reciprocals != NULL;
        *end = RM_LOST;
        if (status != RM_OK || sums.bad || !isfinite(sums.sum.high))
            return status;
        *end = rm_search_step(&s, w->total - sums.sum.low, sums.sum.high, sums.slope.high, &next);
        w->slope = sums.slope.high;
        *y = w->slope > 0 ? rm_search_piece(w->total, &sums) : (rm_pair){next, 0};
        if (*end >= 0)
            return RM_OK;
        if (pass > 0) /* so many breakpoints per unit of price */
            crowd = n * fabs(w->slope / slope - 1) / way;
        slope = w->slope;
        double last = pass > 0 ? way : INFINITY;
        way = fabs(s.y - from);
        int slow = pass == 0 || way > last / SLOW; /* Newton's steps shrink faster near the end */
        if (s.y == next && crowd * way < NONE_EXPECTED && way < last) {
            *end = RM_FOUND;
            return RM_OK;
        }
        /* Creeping to one side: is there an answer there at all? */
        int up = s.y > from, one_sided = up ? !s.tried_high : !s.tried_low;
        if (!looked && one_sided && ((slow && pass >= ONE_SIDED) || fabs(s.y) == DBL_MAX)) {
            looked = 1;
            status = look_beyond(w, &s, up, &one_sided);
            *end = RM_LOST;
            if (status != RM_OK || one_sided)
                return status;
        }
        if (s.y == next)
            leap(&s, from);
        double around = way * rm_min(0.25, 2 * crowd * way / n) + RM_NARROWEST * fabs(s.y);
        double room = (double)(w->quads.most - RM_ROOM + RM_FEW);
        if (n > IN_PLACE && s.y == next && 3 * crowd * around < room) {
            status = gather(w, rm_max(s.y - around, s.low), rm_min(s.y + around, s.high), s.y, y, end);
        } else if (slow && pass >= CLOSING_IN && !sifted && s.tried_low && s.tried_high
                   && rm_sample_share(w, s.low, s.high) * n < rm_min(LARGE_SHARE * n, room)) {
            sifted = 1;
            status = gather(w, s.low, s.high, s.y, y, end);
        }
        if (status != RM_OK || w->base.bad || *end == RM_FOUND)
            return status;
    }
    *end = RM_LOST;
    return RM_OK;
}

rm_status rm_guess_price(rm_work *w, rm_estimate *e, rm_warm *warm, rm_pair *y, int *end)
{
    rm_warm_widen(warm, w, e);
    rm_search s = e->bracket;
    double n = (double)w->view->n, crowd = INFINITY;
    if (e->known && !e->few_off) /* a sample says little of what it has none of */
        crowd = rm_max(e->share, RM_LEAST_SHARE) * n / (2 * e->half);
    /* A bracket that would leave too many undecided is not tried. */
    int fits = e->share * n < 0.9 * (double)(w->quads.most - RM_ROOM + RM_FEW);
    /* Newton is slow where most stand at one bound; and for a problem that is solved again
     * what a sift gathers is worth keeping. */
    int again = warm && warm->known != RM_WARM_NOTHING, one_bound = rm_sample_unsigned(w->view) && !w->view->upper;
    int in_place = w->view->n <= IN_PLACE && !again && !one_bound;
    int sifts = e->known && fits && (e->few_off || !in_place) ? MOST_SIFTS : 0;
    for (int k = 0; k < sifts; k++) {
        rm_status status = rm_sweep_sift(&w->sweep, s.low, s.high, &w->quads, &w->base);
        *end = RM_LOST;
        if (status != RM_OK || w->base.bad)
            return status;
        if (w->base.full)
            break;
        double from = s.low, to = s.high;
        *end = rm_balance(w, &s, y);
        if (*end == RM_FOUND) {
            rm_warm_keep(warm, w, from, to, y->high);
            return RM_OK;
        }
        if (*end == RM_LOST)
            break;
        double edge = *end == RM_ABOVE ? to : from;
        if (!look_further(w, &s, edge, y->high - edge)) {
            s.y = edge;
            break;
        }
    }
    memset(&w->base, 0, sizeof w->base);
    s = (rm_search){.low = -DBL_MAX, .high = DBL_MAX, .y = isfinite(s.y) ? s.y : 0};
    rm_status status = step_in_place(w, s, crowd, y, end);
    if (status == RM_OK && *end == RM_FOUND)
        rm_warm_note(warm, y->high);
    return status;
}

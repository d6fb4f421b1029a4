/* The path of costs that share no measure of the price; see path.c.
 *
 * The price between two known ones is tried, the total there is summed, and the two halves are
 * looked at in the same way, until the cubic with the slopes of both ends meets the middle to within
 * RM_PATH_ACCURACY.  A jump of the sum ends when its two prices are so near each other.
 */
#include "cost/custom.h"
#include "solve/approach.h"
#include "solve/balance.h"
#include "solve/path.h"

enum {
    FIRST_HALVINGS = 4, /* so often it is halved in any case: one middle may agree by chance */
    MOST_HALVINGS = 160
};

/* Prices of one sign that differ by more than this factor are too far apart for one cubic. */
#define FAR_APART 4
#define HAIR 0x1p-16

/* So little a difference between two sums says nothing. */
#define SAME_SUM 0x1p-44
#define SAME_SUM_CUSTOM (16 * RM_CUSTOM_NOISE)

typedef struct trace {
    rm_path *path;
    const rm_view *view;
    const rm_memory *memory;
    rm_watch *watch;
} trace;

typedef struct spot {
    double total, price, rise;
} spot;

static rm_status look_at(trace *t, double price, spot *at)
{
    double slope;
    rm_status status = rm_plain_sums(t->view, price, t->watch, &at->total, &slope);
    at->price = price;
    at->rise = slope > 0 ? 1 / slope : INFINITY;
    return status;
}

static rm_status add(trace *t, const spot *at)
{
    if (t->path->count >= RM_PATH_MOST)
        return RM_LIMIT;
    return rm_path_add(t->path, t->memory, at->total, at->price, at->rise, 0);
}

/* Whether the cubic meets a spot between its ends.  The slope has to agree too, roughly, because a curve of
 * another shape may be crossed by chance. */
static int meets(const rm_cubic *c, double share, const spot *at, double size)
{
    const double roughly = 0.125;
    double slope = rm_cubic_slope(c, share);
    return fabs(rm_cubic_at(c, share) - at->price) <= size && fabs(slope - at->rise) <= roughly * at->rise;
}

/* The points between two, without them. */
static rm_status refine(trace *t, const spot *a, const spot *b, int halvings)
{
    double size = rm_max(fabs(a->price), fabs(b->price)), small = rm_min(fabs(a->price), fabs(b->price));
    int near = size <= FAR_APART * small || a->price * b->price <= 0;
    double middle = rm_search_middle(a->price, b->price, halvings);
    double same = t->view->custom.record ? SAME_SUM_CUSTOM : SAME_SUM;
    if (b->total - a->total <= same * rm_max(fabs(a->total), fabs(b->total)) || b->price - a->price <= RM_PATH_ACCURACY * size
        || halvings == MOST_HALVINGS || !(middle > a->price && middle < b->price))
        return RM_OK;
    spot at;
    rm_status status = look_at(t, middle, &at);
    if (status != RM_OK)
        return status;
    at.total = rm_min(rm_max(at.total, a->total), b->total);
    rm_cubic c = rm_cubic_make(b->total - a->total, a->price, b->price, a->rise, b->rise);
    /* By its own size, but for a hair beside 0. */
    double allowed = RM_PATH_ACCURACY * rm_max(fabs(middle), HAIR * size);
    int good = halvings >= FIRST_HALVINGS && near && meets(&c, (at.total - a->total) / c.way, &at, allowed);
    if (!good)
        status = refine(t, a, &at, halvings + 1);
    if (status == RM_OK)
        status = add(t, &at);
    return status == RM_OK && !good ? refine(t, &at, b, halvings + 1) : status;
}

/* The one-sided prices of a total.  RM_INACCURATE where there is none. */
static rm_status find_prices(trace *t, double total, double *low, double *high)
{
    rm_water w;
    rm_row row = {total, total};
    rm_status status = rm_waterfill_solve(t->view, row, NULL, t->watch, &w);
    if (status == RM_OK)
        status = rm_waterfill_prices(t->view, row, &w, NULL, t->watch, low, high);
    return status;
}

/* The price just inside an end of the path.  Where it is infinite (a log of nothing, a full queue), the
 * path begins or ends a little further inside. */
static rm_status find_end(trace *t, int is_first, double *total, double to, int *at_limit, double *low, double *high)
{
    const double inside = 0x1p-40;
    rm_status status = find_prices(t, *total, low, high);
    if (status == RM_OK && isfinite(is_first ? *high : *low))
        return RM_OK;
    if (!*at_limit || (status != RM_OK && status != RM_INACCURATE && status != RM_INFEASIBLE))
        return status == RM_OK ? RM_INACCURATE : status;
    *at_limit = 0;
    *total += inside * (to - *total);
    return find_prices(t, *total, low, high);
}

rm_status rm_path_mixed(const rm_view *v, double from, double to, const rm_memory *memory, rm_watch *watch, rm_path *p)
{
    trace t = {p, v, memory, watch};
    double low[2], high[2];
    spot ends[2];
    rm_status status = rm_path_reserve(p, memory, 64);
    if (status == RM_OK)
        status = find_end(&t, 1, &from, to, &p->from_least, &low[0], &high[0]);
    if (status == RM_OK)
        status = find_end(&t, 0, &to, from, &p->to_most, &low[1], &high[1]);
    for (int k = 0; k < 2 && status == RM_OK; k++) {
        status = look_at(&t, k == 0 ? high[0] : low[1], &ends[k]);
        ends[k].total = k == 0 ? from : to; /* it was met exactly */
    }
    if (status == RM_OK && isfinite(low[0]) && low[0] < high[0])
        status = rm_path_add(p, memory, from, low[0], INFINITY, 0);
    if (status == RM_OK)
        status = add(&t, &ends[0]);
    if (status == RM_OK)
        status = refine(&t, &ends[0], &ends[1], 0);
    if (status == RM_OK)
        status = add(&t, &ends[1]);
    if (status == RM_OK && isfinite(high[1]) && low[1] < high[1])
        status = rm_path_add(p, memory, to, high[1], INFINITY, 0);
    return status;
}

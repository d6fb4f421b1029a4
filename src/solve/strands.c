/* The path by its breakpoints; see path.c for why.
 *
 * A piece of a variable is a strand of the row's sum: flat, then rising with slope S between two
 * levels, then flat; or, where it is linear, one jump.  The walk goes through all these events in
 * order of their levels.
 */
#include "base/elementary.h"
#include "base/order.h"
#include "cost/family.h"
#include "cost/pieces.h"
#include "solve/path.h"

/* A sum of terms that come and go, in three doubles. */
typedef struct triple {
    double part[3];
} triple;

static void triple_add(triple *t, rm_pair v)
{
    const double terms[2] = {v.high, v.low};
    for (int k = 0; k < 2; k++) {
        double error;
        t->part[0] = rm_two_sum(t->part[0], terms[k], &error);
        t->part[1] = rm_two_sum(t->part[1], error, &error);
        t->part[2] += error;
    }
}

static rm_pair triple_round(const triple *t)
{
    rm_pair r = {t->part[0], t->part[1]};
    r.high = rm_two_sum(r.high, r.low, &r.low);
    rm_pair_add(&r, (rm_pair){t->part[2], 0});
    return r;
}

/* At `level` the sum begins (or, below 0, ceases) to rise by so much a level, or it jumps. */
typedef struct event {
    rm_pair level, amount;
    double price; /* of a jump */
} event;

typedef struct strands {
    const rm_path *path;
    event *events;
    rm_ranked *ranked, *room;   /* what = 2 event + whether it jumps */
    int64_t count, most;
    rm_sum rest;                /* what is there before any event: the sum less that of the slopes */
    triple slope;
    int64_t rising;             /* strands that have no lower end */
    double floor, floor_price;  /* linear strands without a lower end hold the level here or above */
    int overflow;
} strands;

/* --- strands --------------------------------------------------------------------------- */

/* An infinite pair has no low part. */
static rm_pair tidy(rm_pair v)
{
    return isfinite(v.high) && isfinite(v.low) ? v : (rm_pair){v.high, 0};
}

/* By how much a x rises with the level. */
static rm_pair slope_of(const rm_path *p, const rm_cost *c, double a)
{
    switch (p->kind) {
    case RM_PATH_LOG:
        return (rm_pair){c->weight, 0};
    case RM_PATH_ALPHA:
        return rm_pair_times((rm_pair){a, 0}, rm_power(c->weight / a, 1 / c->shape));
    case RM_PATH_QUEUE: {
        rm_pair work = rm_pair_times(rm_pair_times((rm_pair){c->weight, 0}, c->target), a);
        double root = sqrt(work.high), error, square = rm_two_product(root, root, &error);
        rm_pair r = {root, 0};
        if (root > 0 && isfinite(root))
            r.high = rm_two_sum(root, ((work.high - square) - error + work.low) / (2 * root), &r.low);
        return tidy(r);
    }
    default:
        return tidy(rm_pair_times(rm_pair_over((rm_pair){a / 2, 0}, c->weight), a));
    }
}

/* The level at which a variable is at x. */
static rm_pair level_at(const rm_path *p, const rm_cost *c, double a, rm_pair slope, double x)
{
    if (p->kind == RM_PATH_LINEAR) {
        rm_pair y = rm_pair_times(rm_pair_difference(x, c->target), 2 * c->weight);
        if (isfinite(y.high))
            rm_pair_add(&y, (rm_pair){c->price, 0});
        return tidy(a == 1 ? y : rm_pair_over(y, a));
    }
    double base = p->kind == RM_PATH_QUEUE ? c->target : -c->target;
    return tidy(rm_pair_quotient(rm_pair_times(rm_pair_difference(x, base), a), slope));
}

static void add_event(strands *s, rm_pair level, rm_pair amount, int jumps, double price)
{
    s->overflow |= !(level.high > -INFINITY);
    s->events[s->count] = (event){level, amount, price};
    s->ranked[s->count] = (rm_ranked){rm_rank_key(level.high), 2 * s->count + jumps};
    s->count++;
}

/* `below` is what the pieces below this one count for already, at its lower end. */
static void add_linear(strands *s, const rm_cost *c, double a, double below)
{
    double least = rm_end_of(c, a, -1), most = rm_end_of(c, a, 1);
    double price = rm_linear_jump(c, a);
    rm_pair level = {rm_path_level(s->path, price), 0};
    rm_pair way = rm_pair_times(rm_pair_difference(c->upper, c->lower), fabs(a));
    if (!isfinite(way.high) || !isfinite(way.low))
        way = (rm_pair){INFINITY, 0};
    if (isinf(least) && level.high > s->floor) {
        s->floor = level.high;
        s->floor_price = price;
    }
    if (isfinite(least) || isinf(most))
        add_event(s, level, way, 1, price);
    double start = isfinite(least) ? least : most; /* below the floor nobody looks */
    if (isfinite(start)) {
        rm_sum_add_product(&s->rest, a, start);
        rm_sum_add_product(&s->rest, -a, below);
    }
}

static void add_curve(strands *s, const rm_cost *c, double a, double below)
{
    double least = rm_end_of(c, a, -1), most = rm_end_of(c, a, 1);
    rm_pair slope = slope_of(s->path, c, a);
    s->overflow |= !(slope.high > 0 && isfinite(slope.high));
    if (isfinite(least)) {
        rm_sum_add_product(&s->rest, a, least);
        add_event(s, level_at(s->path, c, a, slope, least), slope, 0, 0);
    } else { /* quadratic: a x = a t + S (y - p / a) */
        rm_pair offset = tidy(rm_pair_over(rm_pair_times(slope, c->price), a));
        rm_sum_add_product(&s->rest, a, c->target);
        s->overflow |= !isfinite(offset.high);
        if (isfinite(offset.high)) {
            rm_sum_add(&s->rest, -offset.high);
            rm_sum_add(&s->rest, -offset.low);
        }
        triple_add(&s->slope, slope);
        s->rising++;
    }
    rm_sum_add_product(&s->rest, -a, below);
    if (isfinite(most))
        add_event(s, level_at(s->path, c, a, slope, most), (rm_pair){-slope.high, -slope.low}, 0, 0);
}

static rm_status take_strands(strands *s, const rm_view *v, rm_watch *watch)
{
    rm_pieces p;
    rm_cost room;
    rm_status status = rm_watch_pass(watch);
    for (int64_t i = 0; i < v->n && status == RM_OK; i++) {
        double a = rm_view_coef(v, i);
        rm_view_pieces(v, i, &p);
        for (int64_t k = 0; k < p.count && a != 0; k++) {
            const rm_cost *c = rm_piece(&p, k, &room);
            double below = k > 0 ? c->lower : 0;
            if (c->lower == c->upper) {
                if (k == 0)
                    rm_sum_add_product(&s->rest, a, c->lower);
            } else if (c->weight > 0) {
                add_curve(s, c, a, below);
            } else {
                add_linear(s, c, a, below);
            }
        }
        status = rm_watch_step(watch, i);
    }
    return status;
}

static rm_status count_pieces(const rm_view *v, rm_watch *watch, int64_t *count)
{
    rm_status status = RM_OK;
    *count = rm_view_is_plain(v) ? v->n : 0;
    for (int64_t i = 0; i < v->n && status == RM_OK && !rm_view_is_plain(v); i++) {
        rm_pieces p;
        rm_view_pieces(v, i, &p);
        *count += p.count;
        status = rm_watch_step(watch, i);
    }
    return status;
}

/* --- order -------------------------------------------------------------------------------- */

/* Events whose levels agree in the first double, by the second. */
static void order_equal(const strands *s, rm_ranked *first, rm_ranked *room, int64_t count)
{
    int differ = 0;
    for (int64_t k = 1; k < count && !differ; k++)
        differ = s->events[first[k].what / 2].level.low != s->events[first[k - 1].what / 2].level.low;
    if (!differ)
        return;
    uint64_t key = first->key;
    for (int64_t k = 0; k < count; k++)
        first[k].key = rm_rank_key(s->events[first[k].what / 2].level.low);
    rm_ranked *sorted = rm_order(first, room, count);
    for (int64_t k = 0; k < count; k++)
        first[k] = (rm_ranked){key, sorted[k].what};
}

static void order_events(strands *s)
{
    rm_ranked *sorted = rm_order(s->ranked, s->room, s->count);
    if (sorted != s->ranked) {
        s->room = s->ranked;
        s->ranked = sorted;
    }
    for (int64_t k = 0, next; k < s->count; k = next) {
        for (next = k + 1; next < s->count && sorted[next].key == sorted[k].key; next++)
            continue;
        if (next - k > 1)
            order_equal(s, sorted + k, s->room, next - k);
    }
}

/* --- the walk -------------------------------------------------------------------------------- */

typedef struct walk {
    rm_path *path;
    const rm_memory *memory;
    double from, to;
    triple slope;
    rm_sum *exact;     /* the slope, where three doubles do not hold it; else NULL */
    double steepest;   /* the greatest slope so far */
    int unsure;        /* what is left of it is too small beside that */
    int64_t rising;
    rm_pair total, level;
    double price;      /* of the level, where a jump tells it; else NaN */
    double greatest;   /* magnitude of a total before `from` */
    int shown;         /* the floor is behind: points count */
    int done;          /* `to` is reached */
    rm_status status;
} walk;

/* Terms that cancelled below this share of the greatest slope are not told from what rounding left. */
#define SLOPE_LEFT 0x1p-90
/* And so are totals below this share of those on the way to them. */
#define TOTAL_LEFT 0x1p-50

static void show(walk *w, double total, double level, double price)
{
    if (w->status == RM_OK && w->shown)
        w->status = rm_path_add(w->path, w->memory, total, level, 0,
                                isnan(price) ? rm_path_price_of(w->path, level) : price);
}

static rm_pair slope_now(const walk *w)
{
    if (w->rising == 0)
        return (rm_pair){0, 0};
    if (!w->exact)
        return triple_round(&w->slope);
    rm_sum copy = *w->exact;
    rm_pair r = {rm_sum_round(&copy), 0};
    rm_sum_add(&copy, -r.high);
    r.low = rm_sum_round(&copy);
    return r;
}

static void add_slope(walk *w, rm_pair amount)
{
    w->rising += amount.high > 0 ? 1 : -1;
    if (w->exact) {
        rm_sum_add(w->exact, amount.high);
        rm_sum_add(w->exact, amount.low);
        return;
    }
    triple_add(&w->slope, amount);
    if (w->rising == 0)
        w->slope = (triple){{0, 0, 0}};
    w->steepest = rm_max(w->steepest, w->slope.part[0]);
    w->unsure |= w->rising > 0 && w->slope.part[0] < SLOPE_LEFT * w->steepest;
}

/* The level at which the slope brings the sum to a total. */
static rm_pair level_of_total(const walk *w, double total)
{
    rm_pair level = rm_pair_quotient(rm_pair_minus((rm_pair){total, 0}, w->total), slope_now(w));
    rm_pair_add(&level, w->level);
    return level;
}

static void arrive(walk *w, rm_pair total, rm_pair level, double price)
{
    if (total.high < w->from || !w->shown)
        w->greatest = rm_max(w->greatest, fabs(total.high));
    if (level.high != w->level.high || !isnan(price))
        w->price = price;
    w->total = total;
    w->level = level;
    if (total.high >= w->from && isfinite(level.high))
        show(w, total.high, level.high, w->price);
}

/* Along the slope to a level; an infinite one ends at `to`. */
static void climb(walk *w, rm_pair level, double price)
{
    rm_pair slope = slope_now(w), total = w->total, way = rm_pair_minus(level, w->level);
    if (slope.high > 0 && isfinite(level.high))
        rm_pair_add(&total, rm_pair_product(slope, way));
    else if (slope.high > 0)
        total = (rm_pair){INFINITY, 0};
    if (w->shown && total.high > w->from && w->total.high < w->from)
        show(w, w->from, level_of_total(w, w->from).high, NAN);
    if (w->shown && total.high > w->to) {
        if (w->total.high < w->to)
            show(w, w->to, level_of_total(w, w->to).high, NAN);
        else
            show(w, w->to, w->level.high, w->price);
        w->done = 1;
        return;
    }
    arrive(w, total, level, price);
}

/* The same with a stop at the price 0, from where v rises on both sides. */
static void climb_past_zero(walk *w, rm_pair level, double price)
{
    const rm_pair zero = {0, 0};
    if (w->path->kind == RM_PATH_LINEAR && w->rising > 0 && w->level.high < 0 && level.high > 0)
        climb(w, zero, NAN);
    if (!w->done)
        climb(w, level, price);
}

static void jump(walk *w, rm_pair amount)
{
    rm_pair total = w->total;
    rm_pair_add(&total, amount);
    if (isinf(amount.high))
        total = amount;
    if (w->shown && total.high > w->from && w->total.high < w->from)
        show(w, w->from, w->level.high, w->price);
    if (w->shown && total.high > w->to) {
        show(w, w->to, w->level.high, w->price);
        w->done = 1;
        return;
    }
    arrive(w, total, w->level, w->price);
}

/* From here on points count; below the floor, down to any total, is the floor's own price. */
static void show_floor(walk *w, const strands *s)
{
    climb(w, (rm_pair){s->floor, 0}, s->floor_price);
    w->shown = 1;
    if (w->from < w->total.high)
        show(w, rm_min(w->from, w->to), w->level.high, s->floor_price);
    w->done = w->total.high > w->to;
    if (!w->done && w->total.high >= w->from)
        show(w, w->total.high, w->level.high, s->floor_price);
    else if (w->done)
        show(w, w->to, w->level.high, s->floor_price);
}

/* Before the first event: where nobody has a lower end, the sum goes on falling. */
static void set_out(walk *w, const strands *s, rm_pair first)
{
    rm_sum start = s->rest;
    rm_pair slope = slope_now(w), at = tidy(rm_pair_product(slope, first));
    if (w->rising > 0) {
        rm_sum_add(&start, at.high);
        rm_sum_add(&start, at.low);
    }
    w->total.high = rm_sum_round(&start);
    rm_sum_add(&start, -w->total.high);
    w->total.low = rm_sum_round(&start);
    w->level = first;
    w->greatest = fabs(w->total.high);
    if (!w->shown || w->rising == 0 || !(w->from < w->total.high)) {
        if (w->total.high >= w->from)
            show(w, w->total.high, first.high, NAN);
        return;
    }
    /* Not by way of the first event, which may be far away. */
    rm_sum rest = s->rest;
    rm_sum_add(&rest, -w->from);
    rm_pair missing = {-rm_sum_round(&rest), 0};
    rm_sum_add(&rest, missing.high);
    missing.low = -rm_sum_round(&rest);
    w->level = rm_pair_quotient(missing, slope);
    w->total = (rm_pair){w->from, 0};
    w->greatest = 0;
    show(w, w->from, w->level.high, NAN);
    if (isfinite(first.high))
        climb_past_zero(w, first, NAN);
}

static void follow_event(walk *w, const event *e, int jumps)
{
    climb_past_zero(w, e->level, jumps ? e->price : NAN);
    if (w->done)
        return;
    if (jumps)
        jump(w, e->amount);
    else
        add_slope(w, e->amount);
}

static void walk_all(walk *w, const strands *s, rm_watch *watch)
{
    enum { AHEAD = 24 };
    rm_pair first = s->count > 0 ? s->events[s->ranked[0].what / 2].level : (rm_pair){INFINITY, 0};
    w->shown = isinf(s->floor);
    w->price = NAN;
    if (!isfinite(first.high) || (!w->shown && s->floor < first.high))
        first = (rm_pair){w->shown ? 0 : s->floor, 0};
    set_out(w, s, first);
    for (int64_t k = 0; k < s->count && !w->done && w->status == RM_OK; k++) {
        const event *e = &s->events[s->ranked[k].what / 2];
#if defined(__GNUC__)
        /* Events lie where their variables do, all over the memory: asking early saves the wait.  (In a
         * function of its own gcc would leave this out, as having no effect.) */
        if (k + AHEAD < s->count)
            __builtin_prefetch(&s->events[s->ranked[k + AHEAD].what / 2]);
#endif
        if (isinf(e->level.high))
            break; /* never, nor the others */
        if (!w->shown && e->level.high >= s->floor)
            show_floor(w, s);
        if (!w->done)
            follow_event(w, e, (int)(s->ranked[k].what % 2));
        if (k % RM_WATCH_BLOCK == RM_WATCH_BLOCK - 1)
            w->status = rm_watch_block(watch);
    }
    if (!w->shown && w->status == RM_OK)
        show_floor(w, s);
    if (!w->done && w->rising > 0 && w->status == RM_OK)
        climb_past_zero(w, (rm_pair){INFINITY, 0}, NAN);
}

/* Whether it came to where it should, with digits left. */
static int came_home(const walk *w)
{
    double size = fabs(w->to) + fabs(w->from);
    return (w->done || fabs(w->to - w->total.high) <= 0x1p-44 * size)
           && (size == 0 || TOTAL_LEFT * w->greatest <= size);
}

/* --- all of it ----------------------------------------------------------------------------------- */

/* The lists, in one piece of memory. */
static int64_t bytes_of(int64_t events)
{
    return events * (int64_t)(sizeof(event) + 2 * sizeof(rm_ranked));
}

static rm_status follow(strands *s, const rm_view *v, double from, double to, const rm_memory *memory, rm_watch *watch,
                        rm_path *p)
{
    rm_status status = take_strands(s, v, watch);
    if (status == RM_OK && s->overflow)
        status = RM_INACCURATE;
    if (status != RM_OK)
        return status;
    order_events(s);
    rm_sum exact;
    walk w = {.path = p, .memory = memory, .from = from, .to = to, .slope = s->slope, .rising = s->rising};
    w.unsure = !isfinite(s->slope.part[0]);
    w.steepest = s->slope.part[0];
    walk_all(&w, s, watch);
    if (w.status == RM_OK && w.unsure) { /* once more, with all digits */
        p->count = 0;
        rm_sum_clear(&exact);
        for (int k = 0; k < 3; k++)
            rm_sum_add(&exact, s->slope.part[k]);
        w = (walk){.path = p, .memory = memory, .from = from, .to = to, .exact = &exact, .rising = s->rising};
        walk_all(&w, s, watch);
    }
    if (w.status == RM_OK && !came_home(&w))
        return RM_INACCURATE;
    if (w.status == RM_OK && p->count == 0) /* all bounds are met, or rounding left the end just out of reach */
        w.status = rm_path_add(p, memory, to, w.level.high, 0, rm_path_price_of(p, w.level.high));
    return w.status;
}

rm_status rm_path_exact(const rm_view *v, double from, double to, const rm_memory *memory, rm_watch *watch, rm_path *p)
{
    int64_t pieces;
    rm_status status = count_pieces(v, watch, &pieces);
    if (status != RM_OK)
        return status;
    strands s = {.path = p, .most = 2 * pieces + 1, .floor = -INFINITY};
    int64_t bytes = bytes_of(s.most);
    s.events = rm_memory_resize(memory, NULL, 0, bytes);
    if (!s.events)
        return RM_ERROR_MEMORY;
    s.ranked = (rm_ranked *)(s.events + s.most);
    s.room = s.ranked + s.most;
    rm_sum_clear(&s.rest);
    status = follow(&s, v, from, to, memory, watch, p);
    rm_memory_free(memory, s.events, bytes);
    return status;
}

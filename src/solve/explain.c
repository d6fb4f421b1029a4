/* The conflict of one row.
 *
 * A lower side L that cannot be met and the bounds that hold the sum down
 * contradict each other: written as things that must not be negative,
 *
 *     (sum a_i x_i - L) + sum_{a_i > 0} a_i (u_i - x_i) + sum_{a_i < 0} |a_i| (x_i - l_i)
 *         = (greatest sum the bounds allow) - L  <  0,
 *
 * whatever x is (Farkas 1902, for one row).  Every item is needed: without any
 * one of them the rest can hold.  So changing one of them alone is a repair, and
 * by the shortfall divided by its multiplier.  The mirror image serves an upper
 * side.
 *
 * Of nested rows a row within another may hold the sum down in place of the bounds below it: from the row that
 * cannot be met downwards, the first such row on each way is an item, and bounds only where there is none.
 * The items have the multiplier 1.  To raise one of them by the shortfall is a repair where the
 * rows on the way up to the one that is not met, and what lies below, leave that much.
 */
#include "solve/explain.h"

int64_t rm_conflict_size(const rm_water *w)
{
    return w->members + 1;
}

/* Least repair first, ties by index. */
static int after(const rm_conflict_item *a, const rm_conflict_item *b)
{
    double x = fabs(a->repair), y = fabs(b->repair);
    return x > y || (x == y && a->index > b->index);
}

static void sift(rm_conflict_item *item, int64_t root, int64_t count)
{
    rm_conflict_item moving = item[root];
    for (int64_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && after(&item[child + 1], &item[child]))
            child++;
        if (!after(&item[child], &moving))
            break;
        item[root] = item[child];
        root = child;
    }
    item[root] = moving;
}

/* Heapsort (Williams 1964): n log n at worst, in place. */
static void sort(rm_conflict_item *item, int64_t count)
{
    for (int64_t root = count / 2 - 1; root >= 0; root--)
        sift(item, root, count);
    for (int64_t end = count - 1; end > 0; end--) {
        rm_conflict_item last = item[end];
        item[end] = item[0];
        item[0] = last;
        sift(item, 0, end);
    }
}

/* A repair that, added to `base` in doubles, moves a x by the shortfall at least. */
static double repair_of(double base, double a, double shortfall, int up)
{
    double way = shortfall / a;
    for (int tries = 0; tries < 4; tries++) {
        double to = up ? base + way : base - way;
        rm_sum moved;
        rm_sum_clear(&moved);
        rm_sum_add_product(&moved, a, up ? to : -to);
        rm_sum_add_product(&moved, a, up ? -base : base);
        rm_sum_add(&moved, -shortfall);
        if (!isfinite(to) || rm_sum_sign(&moved) >= 0)
            break;
        /* Rounded the wrong way: one place of the larger of the two more. */
        way += RM_UNIT * rm_max(fabs(to), way);
    }
    return up ? way : -way;
}

void rm_conflict_list(const rm_view *v, rm_row row, const rm_water *w, rm_conflict_item *item)
{
    int lower = w->side == RM_SIDE_LOWER;
    item[0] = (rm_conflict_item){lower ? RM_CONFLICT_ROW_LOWER : RM_CONFLICT_ROW_UPPER, 0, 1,
                                 repair_of(lower ? row.lower : row.upper, 1, w->shortfall, !lower)};
    int64_t count = 1;
    for (int64_t i = 0; i < v->n && count <= w->members; i++) {
        double a = rm_view_coef(v, i);
        if (a == 0 || rm_view_is_slack(v, i))
            continue;
        int upper = (a > 0) == lower;
        rm_cost c = rm_view_cost(v, i);
        item[count++] = (rm_conflict_item){upper ? RM_CONFLICT_UPPER : RM_CONFLICT_LOWER, i, fabs(a),
                                           repair_of(upper ? c.upper : c.lower, fabs(a), w->shortfall, upper)};
    }
    sort(item + 1, count - 1);
}

/* A repair by the shortfall, where so much can come of it. */
static double repair_alone(double base, double shortfall, double spare, int up)
{
    double way = repair_of(base, 1, shortfall, up);
    return spare >= shortfall ? way : up ? INFINITY : -INFINITY;
}

int64_t rm_conflict_nested(rm_tree *t, const rm_row_set *r, const rm_view *v, const rm_water *w, rm_conflict_item *item)
{
    const rm_nest *nest = &t->nest;
    const rm_line *line = &t->line[t->row];
    int lower = w->side == RM_SIDE_LOWER;
    int64_t count = 1, begin = nest->begin[t->row], end = begin + nest->size[t->row];
    item[0] = (rm_conflict_item){lower ? RM_CONFLICT_ROW_LOWER : RM_CONFLICT_ROW_UPPER, t->named, 1,
                                 repair_of(lower ? line->lower : line->upper, 1, w->shortfall, !lower)};
    /* By row, what may be added on the way up, and whether one on that way is an item. */
    rm_pair *way = t->price;
    way[t->row] = (rm_pair){INFINITY, 0};
    for (int64_t at = begin; at < end; at++)
        nest->owner[nest->who[at]] = t->row;
    int inside = 0;
    for (int64_t j = 0; j < r->count; j++) {
        int64_t k = nest->order[j];
        if (!inside || k == t->row) {
            inside |= k == t->row;
            continue;
        }
        if (nest->size[k] == 0)
            continue;
        if (nest->begin[k] < begin || nest->begin[k] >= end)
            break;
        rm_pair around = way[nest->parent[k]];
        double spare = lower ? t->line[k].upper - t->most[k] : t->least[k] - t->line[k].lower;
        way[k] = (rm_pair){rm_min(around.high, rm_max(spare, 0)), around.low != 0 || spare < 0};
        if (spare < 0 && around.low == 0)
            item[count++] = (rm_conflict_item){lower ? RM_CONFLICT_ROW_UPPER : RM_CONFLICT_ROW_LOWER,
                                               lower ? t->by_upper[k] : t->by_lower[k], 1,
                                               repair_alone(lower ? t->line[k].upper : t->line[k].lower, w->shortfall,
                                                            rm_min(around.high, -spare), lower)};
        for (int64_t at = nest->begin[k]; at < nest->begin[k] + nest->size[k]; at++)
            nest->owner[nest->who[at]] = k;
    }
    for (int64_t at = begin; at < end; at++) {
        int64_t i = nest->who[at], k = nest->owner[i];
        if (way[k].low != 0)
            continue;
        rm_cost c = rm_view_cost(v, i);
        item[count++] = (rm_conflict_item){lower ? RM_CONFLICT_UPPER : RM_CONFLICT_LOWER, i, 1,
                                           repair_alone(lower ? c.upper : c.lower, w->shortfall, way[k].high, lower)};
    }
    sort(item + 1, count - 1);
    return count;
}

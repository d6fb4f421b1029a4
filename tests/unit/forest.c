/* See forest.h. */
#include "forest.h"

/* --- data: all sums of what is drawn for `at` and the sides are exact ------------------------- */

static int is_whole(const forest *t)
{
    return t->kind == WHOLE || t->kind == TIED || t->kind == MIXED_WHOLE;
}

static double number(dice *d, const forest *t, double low, double high)
{
    double v = dice_between(d, low, high);
    return is_whole(t) ? ceil(v) : ceil(v * 0x1p20) * 0x1p-20;
}

static void draw_steps(dice *d, forest *t, int64_t i)
{
    double begin = t->at[i] - number(d, t, 0, 3), slope = number(d, t, -3, 1);
    for (int k = 0; k < STEPS; k++) {
        t->begin[i][k] = begin;
        t->slope[i][k] = slope;
        begin += number(d, t, 0.5, 2);
        slope += number(d, t, -0.5, 2) > 0.5 ? 1 : 0;
    }
    if (dice_below(d, 3) == 0 && !isinf(t->lower[i]))
        t->begin[i][0] = -INFINITY;
}

/* Bounds around the known point.  Where there are none the cost still has a least value: what is linear, or
 * falls less and less, then has a price above 0. */
static void draw_bounds(dice *d, forest *t, int64_t i)
{
    int f = t->family[i], linear = t->weight[i] == 0 || f == PIECES, open = dice_below(d, 4) == 0;
    t->lower[i] = t->at[i] - (dice_below(d, 3) ? number(d, t, 0, 4) : 0);
    t->upper[i] = t->at[i] + (dice_below(d, 3) ? number(d, t, 0, 4) : 0);
    if (dice_below(d, 12) == 0)
        t->lower[i] = t->upper[i] = t->at[i];
    if (open && dice_below(d, 2) && !linear)
        t->lower[i] = -INFINITY;
    if (open && dice_below(d, 2) && f != PIECES) {
        t->upper[i] = INFINITY;
        if (linear || f == LOG || f == ALPHA)
            t->price[i] = fabs(t->price[i]) + 1;
    }
}

static void draw_variable(dice *d, forest *t, int64_t i)
{
    int f = t->kind >= MIXED ? (int)dice_below(d, FAMILIES) : QUADRATIC;
    t->family[i] = f;
    t->at[i] = number(d, t, f == QUADRATIC ? -4 : 0, 8);
    t->weight[i] = number(d, t, 0, 4);
    t->target[i] = f == QUEUE ? t->at[i] + number(d, t, 0, 4) : number(d, t, 0, 6);
    t->price[i] = is_whole(t) ? number(d, t, -3, 3) : dice_between(d, -3, 3);
    t->shape[i] = is_whole(t) ? number(d, t, 0, 3) : dice_between(d, 0.3, 3);
    if (f == QUADRATIC && dice_below(d, t->kind == TIED ? 2 : 9) == 0)
        t->weight[i] = 0;
    if (t->kind == WIDE || (t->kind == MIXED && dice_below(d, 4) == 0))
        t->weight[i] *= exp(dice_between(d, f == ENTROPY ? 0 : -12, 12)); /* else x could overflow */
    draw_bounds(d, t, i);
    draw_steps(d, t, i);
    t->current[i] = number(d, t, -2, 8);
    t->up[i] = t->moves && dice_below(d, 3) ? number(d, t, 0, 2) : 0;
    t->down[i] = t->moves && dice_below(d, 3) ? number(d, t, 0, 2) : 0;
}

static void add_node(dice *d, forest *t, int64_t from, int64_t to)
{
    double sum = 0;
    int64_t r = t->rows, sort = dice_below(d, 6);
    if (r == t->most_rows)
        return;
    t->rows++;
    t->from[r] = from;
    t->to[r] = to;
    t->parent[r] = from < to ? t->home[from] : -1;
    t->all[r] = from == 0 && to == t->n && dice_below(d, 2);
    for (int64_t k = from; k < to; k++) {
        sum += t->at[t->order[k]];
        t->home[k] = r;
    }
    t->low[r] = sort == 1 || sort == 2 ? -INFINITY : sum - (sort != 0 && dice_below(d, 2) ? number(d, t, 0, 5) : 0);
    t->high[r] = sort == 2 || sort == 3 ? INFINITY : sum + (sort != 0 && dice_below(d, 2) ? number(d, t, 0, 5) : 0);
}

static void grow(dice *d, forest *t, int64_t from, int64_t to, int64_t depth)
{
    static const int times[] = {0, 1, 1, 1, 1, 2, 3};
    for (int k = times[dice_below(d, COUNT_OF(times))]; k > 0; k--)
        add_node(d, t, from, to);
    for (int64_t place = from, width; depth > 1 && place < to; place += width) {
        width = 1 + dice_below(d, dice_below(d, 2) ? to - place : (to - place) / 4 + 1);
        if (dice_below(d, 5))
            grow(d, t, place, place + width, depth - 1);
    }
    if (dice_below(d, 60) == 0)
        add_node(d, t, from, from); /* of no variable */
}

void forest_draw(dice *d, forest *t, int kind, int64_t n, int64_t most_rows)
{
    memset(t, 0, sizeof *t);
    t->n = n;
    t->most_rows = most_rows;
    t->kind = kind;
    t->moves = dice_below(d, 3) == 0;
    dice_shuffle(d, t->order, n);
    for (int64_t i = 0, sorted = dice_below(d, 2); i < n; i++) {
        t->order[i] = sorted ? i : t->order[i];
        t->home[i] = -1;
        draw_variable(d, t, i);
    }
    int64_t depth = 1 + dice_below(d, 5);
    grow(d, t, 0, dice_below(d, 2) ? n : 1 + dice_below(d, n), depth);
    if (t->rows == 0)
        add_node(d, t, 0, n);
}

/* --- the library's side ----------------------------------------------------------------------- */

static void set_cost(rm_problem *p, const forest *t, int64_t i)
{
    const int64_t start[] = {0, STEPS};
    const double *w = t->weight + i, *c = t->target + i;
    switch (t->family[i]) {
    case LOG: assert_ok(rm_problem_set_log(p, 1, &i, w, c)); break;
    case ALPHA: assert_ok(rm_problem_set_alpha_fair(p, 1, &i, w, c, t->shape + i)); break;
    case ENTROPY: assert_ok(rm_problem_set_entropy(p, 1, &i, w, c)); break;
    case QUEUE: assert_ok(rm_problem_set_queue(p, 1, &i, w, c)); break;
    case PIECES: assert_ok(rm_problem_set_piecewise(p, 1, &i, start, t->begin[i], t->slope[i])); break;
    default: assert_ok(rm_problem_set_quadratic(p, 1, &i, w, c, NULL)); break;
    }
}

static void set_rows(rm_problem *p, const forest *t, const int64_t *turn, int together)
{
    static int64_t index[ROWS * MOST], start[ROWS + 1];
    static double low[ROWS], high[ROWS];
    for (int64_t k = 0, kept = 0, first; k < t->rows; k++) {
        int64_t r = turn[k], count = t->to[r] - t->from[r];
        if (t->all[r]) {
            assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, t->low[r], t->high[r], &first));
        } else if (!together) {
            assert_ok(rm_problem_add_row(p, count, t->order + t->from[r], NULL, t->low[r], t->high[r], &first));
        } else {
            memcpy(index + start[kept], t->order + t->from[r], (size_t)count * sizeof *index);
            start[kept + 1] = start[kept] + count;
            low[kept] = t->low[r];
            high[kept++] = t->high[r];
            if (k + 1 < t->rows && !t->all[turn[k + 1]])
                continue;
            assert_ok(rm_problem_add_rows(p, kept, start, index, NULL, low, high, &first));
            first += kept - 1;
            kept = 0;
        }
        assert_true(first == k);
    }
}

rm_problem *forest_problem(const forest *t, const int64_t *turn, int together)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, t->n, NULL, NULL));
    assert_ok(rm_problem_set_bounds(p, t->n, NULL, t->lower, t->upper));
    assert_ok(rm_problem_set_price(p, t->n, NULL, t->price));
    for (int64_t i = 0; i < t->n; i++)
        set_cost(p, t, i);
    if (t->moves)
        assert_ok(rm_problem_set_move_cost(p, t->n, NULL, t->current, t->up, t->down));
    set_rows(p, t, turn, together);
    return p;
}

void forest_print(const forest *t)
{
    for (int64_t i = 0; i < t->n; i++) {
        print_message("  x%d family %d weight %.17g target %.17g shape %.17g price %.17g in [%.17g, %.17g]", (int)i,
                      t->family[i], t->weight[i], t->target[i], t->shape[i], t->price[i], t->lower[i], t->upper[i]);
        for (int k = 0; k < STEPS && t->family[i] == PIECES; k++)
            print_message(" from %.17g at %.17g", t->begin[i][k], t->slope[i][k]);
        if (t->moves)
            print_message(" at %.17g up %.17g down %.17g", t->current[i], t->up[i], t->down[i]);
        print_message("\n");
    }
    for (int64_t r = 0; r < t->rows; r++) {
        print_message("  row %d%s: %.17g <=", (int)r, t->all[r] ? " (RM_ALL)" : "", t->low[r]);
        for (int64_t k = t->from[r]; k < t->to[r]; k++)
            print_message(" x%d", (int)t->order[k]);
        print_message(" <= %.17g\n", t->high[r]);
    }
}

/* --- the conditions, in long double ------------------------------------------------------------ */

static long double step_slope(const forest *t, int64_t i, long double x, int side)
{
    long double slope = side > 0 || x > t->begin[i][0] ? t->slope[i][0] : -INFINITY;
    for (int k = 1; k < STEPS; k++)
        if (x > t->begin[i][k] || (side > 0 && x == t->begin[i][k]))
            slope = t->slope[i][k];
    return slope;
}

/* One-sided derivative of the cost alone; infinite where the domain ends. */
static long double curve(const forest *t, int64_t i, long double x, int side)
{
    long double w = t->weight[i], c = t->target[i];
    switch (t->family[i]) {
    case LOG: return x + c > 0 ? -w / (x + c) : -INFINITY;
    case ALPHA: return x + c > 0 ? -w * powl(x + c, -(long double)t->shape[i]) : -INFINITY;
    case ENTROPY: return x > 0 ? w * logl(x / c) : -INFINITY;
    case QUEUE: return x < 0 || (x == 0 && side < 0) ? -INFINITY : x < c ? w * c / ((c - x) * (c - x)) : INFINITY;
    case PIECES: return step_slope(t, i, x, side);
    default: return 2 * w * (x - c);
    }
}

static int is_curved(const forest *t, int64_t i)
{
    return t->family[i] != QUADRATIC && t->family[i] != PIECES;
}

/* Where the derivative may lie: what is curved is looked at one double further out, as x was rounded. */
static void slopes(const forest *t, int64_t i, double x, long double *left, long double *right)
{
    double before = is_curved(t, i) ? nextafter(x, -INFINITY) : x, after = is_curved(t, i) ? nextafter(x, INFINITY) : x;
    *left = curve(t, i, before, -1) + t->price[i] + (x > t->current[i] ? t->up[i] : -t->down[i]);
    *right = curve(t, i, after, 1) + t->price[i] + (x >= t->current[i] ? t->up[i] : -t->down[i]);
}

static long double size_of_terms(const forest *t, int64_t i, double x)
{
    long double own = t->family[i] == QUADRATIC ? 2 * (long double)t->weight[i] * (fabs(x) + fabs(t->target[i]))
                                                : fabsl(curve(t, i, x, 1));
    return own + fabs(t->price[i]) + t->up[i] + t->down[i];
}

double forest_end(const forest *t, int64_t i, int side)
{
    int f = t->family[i];
    double first = f == LOG || f == ALPHA ? -t->target[i] : f == ENTROPY || f == QUEUE ? 0 : -INFINITY;
    if (f == PIECES)
        first = t->begin[i][0];
    return side < 0 ? fmax(t->lower[i], first) : f == QUEUE ? fmin(t->upper[i], t->target[i]) : t->upper[i];
}

static const char *check_row(const forest *t, const reading *a, int64_t r)
{
    exact sum = {0, {0}};
    double size = 0, low = t->low[r], high = t->high[r], y = a->dual[r];
    for (int64_t k = t->from[r]; k < t->to[r]; k++) {
        exact_add(&sum, a->x[t->order[k]]);
        size += fabs(a->x[t->order[k]]);
    }
    double s = exact_value(&sum), u = 0x1p-52;
    double near_low = 4 * u * (size + fabs(low)), near_high = 4 * u * (size + fabs(high));
    if ((isfinite(low) && s < low - near_low) || (isfinite(high) && s > high + near_high))
        return "a row is missed";
    if (!isfinite(y))
        return "a dual is not finite";
    if (y > 0 && (isinf(low) || fabs(s - low) > near_low))
        return "a dual is above 0 where no lower side binds";
    if (y < 0 && (isinf(high) || fabs(s - high) > near_high))
        return "a dual is below 0 where no upper side binds";
    return NULL;
}

/* Variable i, whose duals add up to s; their magnitudes are in `size`. */
static const char *check_variable(const forest *t, const reading *a, int64_t i, long double s, long double size)
{
    double x = a->x[i], d = a->reduced[i], low = forest_end(t, i, -1), high = forest_end(t, i, 1);
    long double left, right, allowed = 1e-12L * (size + size_of_terms(t, i, x));
    if (!(x >= t->lower[i] && x <= t->upper[i]))
        return "a bound is not met";
    slopes(t, i, x, &left, &right);
    if (x > t->lower[i] && !(s >= left - allowed))
        return "x should be less";
    if (x < t->upper[i] && !(s <= right + allowed))
        return "x should be greater";
    if (x > low && x < high)
        return d == 0 ? NULL : "a reduced cost between the bounds is not 0";
    if (!(d >= left - s - allowed && d <= right - s + allowed))
        return "a reduced cost is wrong";
    int wrong = (x < high && d < -allowed) || (x > low && d > allowed);
    return wrong ? "a reduced cost has the wrong sign" : NULL;
}

const char *forest_check(const forest *t, const reading *a)
{
    static long double s[MOST], size[MOST];
    const char *wrong = NULL;
    memset(s, 0, sizeof s);
    memset(size, 0, sizeof size);
    for (int64_t r = 0; r < t->rows && !wrong; r++) {
        wrong = check_row(t, a, r);
        for (int64_t k = t->from[r]; k < t->to[r]; k++) {
            s[t->order[k]] += a->dual[r];
            size[t->order[k]] += fabs(a->dual[r]);
        }
    }
    for (int64_t i = 0; i < t->n && !wrong; i++)
        wrong = check_variable(t, a, i, s[i], size[i]);
    return wrong;
}

/* --- the objective --------------------------------------------------------------------------- */

static long double steps_cost(const forest *t, int64_t i, long double x)
{
    long double low = fminl(0, x), high = fmaxl(0, x), cost = 0;
    for (int k = 0; k < STEPS; k++) {
        long double from = k > 0 ? t->begin[i][k] : -INFINITY, to = k + 1 < STEPS ? t->begin[i][k + 1] : INFINITY;
        cost += t->slope[i][k] * fmaxl(0, fminl(high, to) - fmaxl(low, from));
    }
    return x < 0 ? -cost : cost;
}

static long double cost_of(const forest *t, int64_t i, long double x)
{
    long double w = t->weight[i], c = t->target[i], e = 1 - (long double)t->shape[i];
    switch (t->family[i]) {
    case LOG: return -w * logl(x + c);
    case ALPHA: return e == 0 ? -w * logl(x + c) : -w * (powl(x + c, e) - 1) / e;
    case ENTROPY: return x > 0 ? w * (x * logl(x / c) - x) : 0;
    case QUEUE: return w * x / (c - x);
    case PIECES: return steps_cost(t, i, x);
    default: return w * (x - c) * (x - c);
    }
}

long double forest_objective(const forest *t, const double *x, long double *size)
{
    long double sum = 0;
    *size = 0;
    for (int64_t i = 0; i < t->n; i++) {
        long double own = cost_of(t, i, x[i]), paid = (long double)t->price[i] * x[i];
        long double gone = x[i] - (long double)t->current[i], moved = gone > 0 ? gone * t->up[i] : -gone * t->down[i];
        sum += own + paid + moved;
        *size += fabsl(own) + fabsl(paid) + fabsl(moved) + (is_curved(t, i) ? t->weight[i] : 0);
    }
    return sum;
}

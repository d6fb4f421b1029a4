/* Nested rows with unit coefficients (RM_SOLVER_TREE), judged from outside (forest.h): random forests in two orders
 * of their rows, one row by both solvers, rows that cannot be met, all active sets of small problems. */
#include "forest.h"

/* The instance of a number; most are small. */
static void draw_round(dice *d, forest *t, int64_t round)
{
    *d = (dice){(uint64_t)round};
    int64_t n = 1 + dice_below(d, round % 8 == 0 ? MOST : round % 2 ? 6 : 30);
    forest_draw(d, t, (int)dice_below(d, KINDS), n, ROWS);
}

/* Plays many rounds; of those that fail the least is told. */
typedef const char *(*round_fn)(int64_t round, forest *t);

static void play(round_fn fn, int64_t rounds)
{
    static forest t, least;
    char what[1024];
    int64_t failed = 0, which = 0;
    for (int64_t round = 1; round <= rounds; round++) {
        const char *wrong = fn(round, &t);
        failed += wrong != NULL;
        if (wrong && (failed == 1 || t.n + t.rows < least.n + least.rows)) {
            least = t;
            which = round;
            snprintf(what, sizeof what, "%s", wrong);
        }
    }
    if (failed == 0)
        return;
    print_message("%d of %d rounds failed; the least is round %d: %s\n", (int)failed, (int)rounds, (int)which, what);
    forest_print(&least);
    fail();
}

static const char *check_figures(rm_problem *p, const forest *t, const reading *a)
{
    int64_t solver = 0;
    double objective = NAN, gap = NAN, bounds = NAN, closed = 1;
    long double size, own = forest_objective(t, a->x, &size);
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_SOLVER, &solver));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &objective));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_GAP, &gap));
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_BOUND_RESIDUAL, &bounds));
    for (int64_t i = 0; i < t->n; i++)
        closed *= isfinite(t->lower[i]) && isfinite(t->upper[i]);
    if (solver != RM_SOLVER_TREE)
        return "another solver is named";
    if (!(fabsl(objective - own) <= 1e-12L * size))
        return "the objective is not that of x";
    for (int64_t r = 0; r < t->rows; r++)
        size += fabs(a->dual[r]) * (fabs(a->dual[r] > 0 ? t->low[r] : a->dual[r] < 0 ? t->high[r] : 0) + 1);
    if (!(gap >= 0) || (closed != 0 && !(gap <= 1e-9L * (1 + size))))
        return "the gap is too large, or below 0";
    return bounds == 0 ? NULL : "the bound residual is not 0";
}

static const char *what_was_said(rm_problem *p, rm_status status)
{
    static char text[1024];
    char message[768];
    rm_problem_message(p, message, sizeof message);
    snprintf(text, sizeof text, "status %d: %s", (int)status, message);
    return text;
}

static const char *solve(rm_problem *p, const forest *t, const int64_t *turn, int32_t solver, reading *a)
{
    static double dual[ROWS];
    rm_status status = rm_problem_solve(p, solver);
    if (status == RM_OK) {
        assert_ok(rm_problem_get_solution(p, t->n, NULL, a->x));
        assert_ok(rm_problem_get_reduced_costs(p, t->n, NULL, a->reduced));
        assert_ok(rm_problem_get_row_duals(p, t->rows, NULL, dual));
        for (int64_t k = 0; k < t->rows; k++)
            a->dual[turn[k]] = dual[k];
        return NULL;
    }
    return what_was_said(p, status);
}

/* --- random forests ---------------------------------------------------------------------------- */

/* Forced in one order, chosen by the library in another: optimal, and the same x. */
static const char *optimal_and_the_same(int64_t round, forest *t)
{
    static reading one, two;
    int64_t turn[ROWS];
    dice d;
    draw_round(&d, t, round);
    dice_shuffle(&d, turn, t->rows);
    rm_problem *p = forest_problem(t, turn, 1);
    const char *wrong = solve(p, t, turn, RM_SOLVER_TREE, &one);
    wrong = wrong ? wrong : forest_check(t, &one);
    wrong = wrong ? wrong : check_figures(p, t, &one);
    rm_problem_destroy(p);
    if (wrong)
        return wrong;
    dice_shuffle(&d, turn, t->rows);
    p = forest_problem(t, turn, 0);
    wrong = solve(p, t, turn, t->rows > 1 ? RM_SOLVER_AUTO : RM_SOLVER_TREE, &two);
    wrong = wrong ? wrong : forest_check(t, &two);
    rm_problem_destroy(p);
    if (!wrong && memcmp(one.x, two.x, (size_t)t->n * sizeof(double)) != 0)
        return "another order of the rows gives another x";
    return wrong;
}

static void random_forests(void **state)
{
    (void)state;
    play(optimal_and_the_same, 6000 / slowness());
}

static const char *one_row_both_ways(int64_t round, forest *t)
{
    static reading one, two;
    int64_t turn[] = {0};
    dice d = {(uint64_t)round};
    int64_t n = 1 + dice_below(&d, round % 8 ? 12 : MOST);
    forest_draw(&d, t, (int)dice_below(&d, KINDS), n, 1);
    rm_problem *p = forest_problem(t, turn, 1);
    const char *wrong = solve(p, t, turn, RM_SOLVER_TREE, &one);
    wrong = wrong ? wrong : solve(p, t, turn, RM_SOLVER_WATERFILL, &two);
    rm_problem_destroy(p);
    if (!wrong && memcmp(one.x, two.x, (size_t)n * sizeof(double)) != 0)
        return "the solvers differ in x";
    return wrong;
}

static void one_row_alone(void **state)
{
    (void)state;
    play(one_row_both_ways, 4000 / slowness());
}

/* --- rows that cannot be met -------------------------------------------------------------------- */

/* How far the sum of each row can go by the bounds and the rows inside it, its own side apart. */
static void reaches(const forest *t, int side, double *reach)
{
    for (int64_t r = 0; r < t->rows; r++)
        reach[r] = 0;
    for (int64_t k = 0; k < t->n; k++)
        if (t->home[k] >= 0)
            reach[t->home[k]] += forest_end(t, t->order[k], side);
    for (int64_t r = t->rows - 1; r >= 0; r--)
        if (t->parent[r] >= 0)
            reach[t->parent[r]] += side > 0 ? fmin(reach[r], t->high[r]) : fmax(reach[r], t->low[r]);
}

static const char *out_of_reach(int64_t round, forest *t)
{
    static double reach[ROWS];
    int64_t turn[ROWS], has = 7;
    dice d;
    draw_round(&d, t, round);
    int side = dice_below(&d, 2) ? 1 : -1;
    reaches(t, side, reach);
    int64_t r = dice_below(&d, t->rows);
    if (isinf(reach[r]))
        return NULL;
    double margin = dice_below(&d, 2) ? 1e-6 * (1 + 100 * fabs(reach[r])) : 1 + fabs(reach[r]);
    if (side > 0) {
        t->low[r] = reach[r] + margin;
        t->high[r] = fmax(t->high[r], t->low[r]);
    } else {
        t->high[r] = reach[r] - margin;
        t->low[r] = fmin(t->high[r], t->low[r]);
    }
    dice_shuffle(&d, turn, t->rows);
    rm_problem *p = forest_problem(t, turn, 1);
    rm_status status = rm_problem_solve(p, RM_SOLVER_TREE);
    assert_ok(rm_problem_get_info_i64(p, RM_INFO_HAS_ANSWER, &has));
    const char *wrong = status != RM_INFEASIBLE ? what_was_said(p, status) : has ? "it has an answer" : NULL;
    rm_problem_destroy(p);
    return wrong;
}

static void rows_out_of_reach(void **state)
{
    (void)state;
    play(out_of_reach, 6000 / slowness());
}

/* --- small ones: every active set ---------------------------------------------------------------- */

enum { FEW = 4, FEW_ROWS = 3, UNKNOWNS = FEW + FEW_ROWS };

/* Gauss-Jordan; m[k][size] becomes unknown k. */
static int eliminate(long double m[UNKNOWNS][UNKNOWNS + 1], int size)
{
    for (int c = 0; c < size; c++) {
        int best = c;
        for (int k = c + 1; k < size; k++)
            best = fabsl(m[k][c]) > fabsl(m[best][c]) ? k : best;
        if (fabsl(m[best][c]) < 1e-9L)
            return 0;
        for (int j = 0; j <= size; j++) {
            long double held = m[best][j];
            m[best][j] = m[c][j];
            m[c][j] = held;
        }
        for (int k = 0; k < size; k++) {
            long double factor = m[k][c] / m[c][c];
            for (int j = c; k != c && j <= size; j++)
                m[k][j] -= factor * m[c][j];
        }
    }
    for (int k = 0; k < size; k++)
        m[k][size] /= m[k][k];
    return 1;
}

/* The point at which variables are free, at their lower or at their upper bound, and rows slack, at their lower or
 * at their upper side, as the digits of `code` to the base 3 say. */
static int point_of(const forest *t, int64_t code, double *x)
{
    long double m[UNKNOWNS][UNKNOWNS + 1] = {{0}};
    int n = (int)t->n, size = n + (int)t->rows;
    for (int k = 0; k < size; k++, code /= 3) {
        int64_t set = code % 3, r = k - n;
        double end = k < n ? (set == 1 ? t->lower[k] : t->upper[k]) : set == 1 ? t->low[r] : t->high[r];
        if (set != 0 && isinf(end))
            return 0;
        m[k][k] = k < n && set == 0 ? 2 * t->weight[k] : k < n || set == 0;
        m[k][size] = set != 0 ? end : k < n ? 2 * t->weight[k] * t->target[k] - t->price[k] : 0;
        for (int64_t q = 0; q < t->rows; q++)
            for (int64_t j = t->from[q]; j < t->to[q]; j++) {
                if (k == t->order[j] && set == 0)
                    m[k][n + q] = -1;
                if (q == r && set != 0)
                    m[k][t->order[j]] = 1;
            }
    }
    if (!eliminate(m, size))
        return 0;
    for (int k = 0; k < n; k++)
        x[k] = (double)m[k][size];
    return 1;
}

static int is_feasible(const forest *t, const double *x)
{
    int good = 1;
    for (int64_t i = 0; i < t->n; i++)
        good &= x[i] >= t->lower[i] - 1e-11 && x[i] <= t->upper[i] + 1e-11;
    for (int64_t r = 0; r < t->rows; r++) {
        double sum = 0;
        for (int64_t k = t->from[r]; k < t->to[r]; k++)
            sum += x[t->order[k]];
        good &= sum >= t->low[r] - 1e-11 && sum <= t->high[r] + 1e-11;
    }
    return good;
}

/* The least objective over all active sets; some set whose gradients are independent has the optimum. */
static long double best_of_all(const forest *t, double *best)
{
    int64_t codes = 1;
    long double least = INFINITY, size;
    for (int64_t k = 0; k < t->n + t->rows; k++)
        codes *= 3;
    for (int64_t code = 0; code < codes; code++) {
        double x[FEW];
        if (!point_of(t, code, x) || !is_feasible(t, x) || forest_objective(t, x, &size) >= least)
            continue;
        least = forest_objective(t, x, &size);
        memcpy(best, x, (size_t)t->n * sizeof *x);
    }
    return least;
}

static const char *as_the_best_active_set(int64_t round, forest *t)
{
    static reading a;
    int64_t turn[ROWS];
    double best[FEW], objective = NAN;
    dice d = {(uint64_t)round};
    forest_draw(&d, t, WHOLE, 1 + dice_below(&d, FEW), FEW_ROWS);
    t->moves = 0;
    for (int64_t i = 0; i < t->n; i++) {
        t->weight[i] = fmax(t->weight[i], 1);
        t->up[i] = t->down[i] = 0;
    }
    dice_shuffle(&d, turn, t->rows);
    rm_problem *p = forest_problem(t, turn, 1);
    const char *wrong = solve(p, t, turn, RM_SOLVER_TREE, &a);
    if (!wrong) {
        assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &objective));
        wrong = forest_check(t, &a);
    }
    rm_problem_destroy(p);
    long double least = best_of_all(t, best);
    assert_true(isfinite(least));
    for (int64_t i = 0; i < t->n && !wrong; i++)
        wrong = fabs(a.x[i] - best[i]) <= 1e-9 ? NULL : "x is not that of the best active set";
    return wrong || fabsl(objective - least) <= 1e-9L * (1 + fabsl(least)) ? wrong : "not the best objective";
}

static void small_forests(void **state)
{
    (void)state;
    play(as_the_best_active_set, 3000 / slowness());
}

/* --- by hand ------------------------------------------------------------------------------------- */

static const int64_t first_two[] = {0, 1}, last_two[] = {1, 2};

static rm_problem *bare(int64_t n)
{
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, n, NULL, NULL));
    return p;
}

/* x = 1, 1, 2, 2 at the prices 4 (all) and -2 (the first two); by the definitions of the figures a spoiled x misses
 * both rows by 1 and a bound by 3, and a spoiled price is off by 1. */
static void verify_tells_a_spoiled_answer(void **state)
{
    (void)state;
    static const int32_t key[] = {RM_INFO_GAP, RM_INFO_ROW_RESIDUAL, RM_INFO_BOUND_RESIDUAL, RM_INFO_DUAL_RESIDUAL};
    const double more[] = {2, 1, 2, 2}, below[] = {-3, 5, 2, 2}, dual[] = {4, -2}, other[] = {4, -1};
    double value[4], x[4];
    rm_problem *p = bare(4);
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 6, 6, NULL));
    assert_ok(rm_problem_add_row(p, 2, first_two, NULL, -INFINITY, 2, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_TREE));
    assert_ok(rm_problem_get_solution(p, 4, NULL, x));
    assert_values(x, 1, 1, 2, 2);
    assert_ok(rm_problem_get_row_duals(p, 2, NULL, value));
    assert_values(value, 4, -2);
    assert_ok(rm_problem_verify(p, NULL, NULL, 4, key, value));
    for (int k = 0; k < 4; k++)
        assert_true(value[k] >= 0 && value[k] <= 1e-12);
    assert_ok(rm_problem_verify(p, more, dual, 4, key, value));
    assert_true(value[1] == 1 && value[2] == 0 && value[3] > 0.01);
    assert_ok(rm_problem_verify(p, below, dual, 4, key, value));
    assert_true(value[1] == 0 && value[2] == 3);
    assert_ok(rm_problem_verify(p, x, other, 4, key, value));
    assert_true(value[0] > 0.1 && value[1] == 0 && value[3] > 0.01);
    rm_problem_destroy(p);
}

static void what_is_no_forest_is_refused(void **state)
{
    (void)state;
    static const double factors[][2] = {{1, 2}, {-1, 1}, {0.5, 0.5}};
    rm_problem *p = bare(3);
    assert_ok(rm_problem_add_row(p, 2, first_two, NULL, 1, 1, NULL));
    assert_ok(rm_problem_add_row(p, 2, last_two, NULL, 1, 1, NULL));
    assert_status(rm_problem_solve(p, RM_SOLVER_TREE), RM_ERROR_NOT_SUPPORTED);
    assert_says(p, "row");
    rm_problem_destroy(p);
    for (int k = 0; k < 3; k++) {
        p = bare(3);
        assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 1, 9, NULL));
        assert_ok(rm_problem_add_row(p, 2, last_two, factors[k], 1, 1, NULL));
        assert_status(rm_problem_solve(p, RM_SOLVER_TREE), RM_ERROR_NOT_SUPPORTED);
        assert_says(p, "row");
        rm_problem_destroy(p);
    }
}

/* Coefficients that are given, and one. */
static void ones_may_be_given(void **state)
{
    (void)state;
    static const double ones[] = {1, 1}, side[] = {3, 8};
    static const int64_t start[] = {0, 2, 3}, index[] = {0, 1, 2};
    double x[3], low[] = {4, 1};
    int64_t first = -1;
    rm_problem *p = bare(3);
    assert_ok(rm_problem_add_row(p, 2, first_two, ones, 2, 3, NULL));
    assert_ok(rm_problem_add_rows(p, 2, start, index, (const double[]){1, 1, 1}, low, (const double[]){8, 8}, &first));
    assert_int_equal(first, 1);
    assert_status(rm_problem_solve(p, RM_SOLVER_TREE), RM_INFEASIBLE); /* 4 where 3 is the most */
    low[0] = side[0];
    assert_ok(rm_problem_set_row_bounds(p, 1, &first, low, side + 1));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_values(x, 1.5, 1.5, 1);
    rm_problem_destroy(p);
}

/* Two linear costs within a total: one may rise as the other falls, unless a row around them all ends it. */
static void costs_without_end(void **state)
{
    (void)state;
    static const double none[] = {0, 0, 0}, price[] = {1, -1, 0}, low[] = {-INFINITY, 0, 0};
    for (int sort = 0; sort < 4; sort++) {
        rm_problem *p = bare(3);
        assert_ok(rm_problem_set_quadratic(p, 3, NULL, none, none, price));
        assert_ok(rm_problem_set_bounds(p, 3, NULL, sort < 2 ? low : none, NULL));
        assert_ok(rm_problem_add_row(p, 2, sort == 2 ? last_two : first_two, NULL, 1, sort == 2 ? INFINITY : 1, NULL));
        assert_ok(rm_problem_add_row(p, 1, first_two, NULL, sort == 1 ? -4 : -INFINITY, 7, NULL));
        assert_status(rm_problem_solve(p, RM_SOLVER_TREE), sort % 2 ? RM_OK : RM_UNBOUNDED);
        rm_problem_destroy(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_forests),
        cmocka_unit_test(one_row_alone),
        cmocka_unit_test(rows_out_of_reach),
        cmocka_unit_test(small_forests),
        cmocka_unit_test(verify_tells_a_spoiled_answer),
        cmocka_unit_test(what_is_no_forest_is_refused),
        cmocka_unit_test(ones_may_be_given),
        cmocka_unit_test(costs_without_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Costs of the host's own, beside the families that they imitate. */
#include "snapshot.h"

enum { MOST = 400 };

/* w (x - t)^2, or what is wrong with it. */
enum { RIGHT, NOISY, FALLS, NO_NUMBER, WRONG_ORDER, INFINITE, ASTRAY, LEFT_OUT, CANCELS, FAILS, CALLS_BACK };

typedef struct host {
    double weight[MOST], target[MOST];
    int manner;
    int64_t calls, asked, longest, wrong_index;
    rm_problem *p;
} host;

static int32_t squares(void *user, int64_t count, const int64_t *index, const double *price, const double *rho,
                       const double *centre, double *x_low, double *x_high, double *slope, double *value)
{
    host *h = user;
    h->calls++;
    h->asked += count;
    h->longest = count > h->longest ? count : h->longest;
    if (h->manner == CANCELS || h->manner == FAILS)
        return h->manner == CANCELS ? 7 : -7;
    if (h->manner == CALLS_BACK) {
        assert_status(rm_problem_solve(h->p, RM_SOLVER_AUTO), RM_ERROR_BUSY);
        h->manner = RIGHT;
    }
    for (int64_t k = 0; k < count; k++) {
        int64_t i = index[k];
        h->wrong_index += i < 0 || i >= MOST;
        double w = h->weight[i], t = h->target[i], sign = h->manner == FALLS && i == 1 ? -1 : 1;
        double curve = 2 * w + rho[k], miss = (sign * price[k] + rho[k] * (centre[k] - t)) / curve, x = t + miss;
        if (h->manner == ASTRAY && rho[k] > 0)
            x = t;
        x_low[k] = x_high[k] = x;
        slope[k] = 1 / curve;
        value[k] = w * (x - t) * (x - t);
        if (h->manner == NOISY && rho[k] == 0) /* up and down from one price to the next, within what is allowed */
            x_low[k] = x_high[k] = x * (1 + 4e-13 * sin(1e6 * fmod(price[k], 1)));
        if (h->manner == NO_NUMBER && i == 1)
            slope[k] = -1;
        if (h->manner == WRONG_ORDER && i == 1)
            x_high[k] = x - 1;
        if (h->manner == INFINITE && i == 1 && rho[k] == 0)
            x_low[k] = x_high[k] = INFINITY;
        if (h->manner == LEFT_OUT && i == 1)
            value[k] = NAN;
    }
    return 0;
}

/* slope |x - t|: it jumps. */
static int32_t distances(void *user, int64_t count, const int64_t *index, const double *price, const double *rho,
                         const double *centre, double *x_low, double *x_high, double *slope, double *value)
{
    const host *h = user;
    for (int64_t k = 0; k < count; k++) {
        double w = h->weight[index[k]], t = h->target[index[k]], q = price[k], x;
        slope[k] = 0;
        if (rho[k] > 0) {
            double v = centre[k], up = v + (q - w) / rho[k], down = v + (q + w) / rho[k];
            x = up > t ? up : down < t ? down : t;
            x_low[k] = x_high[k] = x;
            slope[k] = x != t ? 1 / rho[k] : 0;
        } else {
            x_low[k] = q > w ? INFINITY : q <= -w ? -INFINITY : t;
            x_high[k] = q >= w ? INFINITY : q < -w ? -INFINITY : t;
            x = x_low[k];
        }
        value[k] = isfinite(x) ? w * fabs(x - t) : INFINITY;
        if (h->manner == NOISY && x_low[k] == t && x_high[k] == t && rho[k] == 0)
            x_low[k] = x_high[k] = t * (1 + 4e-13 * sin(1e6 * q));
    }
    return 0;
}

static host make_host(dice *d)
{
    host h = {.manner = RIGHT};
    for (int64_t i = 0; i < MOST; i++) {
        h.weight[i] = dice_between(d, 0.1, 5);
        h.target[i] = dice_between(d, -3, 20);
    }
    return h;
}

static rm_problem *problem(dice *d, int64_t n, double total)
{
    rm_problem *p = NULL;
    double price[MOST], upper[MOST], coef[MOST];
    for (int64_t i = 0; i < n; i++) {
        price[i] = dice_between(d, -2, 2);
        upper[i] = dice_between(d, 5, 30);
        coef[i] = dice_between(d, 0.5, 2);
    }
    assert_ok(rm_problem_create(&p, n, NULL, NULL));
    assert_ok(rm_problem_set_price(p, n, NULL, price));
    assert_ok(rm_problem_set_bounds(p, n, NULL, NULL, upper));
    assert_ok(rm_problem_add_row(p, n, NULL, coef, total, total, NULL));
    return p;
}

/* The answer of p is that of q, to the noise that is allowed; reduced costs only where responses are straight. */
static void must_agree(rm_problem *p, rm_problem *q, int64_t n, int straight)
{
    double x[2][MOST], y[2], value[2], low[2], high[2], gap, cost[2][MOST];
    rm_problem *both[2] = {p, q};
    for (int k = 0; k < 2; k++) {
        assert_ok(rm_problem_solve(both[k], RM_SOLVER_AUTO));
        assert_ok(rm_problem_get_solution(both[k], n, NULL, x[k]));
        assert_ok(rm_problem_get_row_duals(both[k], 1, NULL, &y[k]));
        assert_ok(rm_problem_get_info_f64(both[k], RM_INFO_OBJECTIVE, &value[k]));
        assert_ok(rm_problem_get_row_ranges(both[k], 1, NULL, &low[k], &high[k], NULL, NULL));
        assert_ok(rm_problem_get_reduced_costs(both[k], n, NULL, cost[k]));
    }
    assert_within(y[0], y[1], 1e-11 * (1 + fabs(y[1])));
    assert_within(low[0], low[1], 1e-11 * (1 + fabs(low[1])));
    assert_within(high[0], high[1], 1e-11 * (1 + fabs(high[1])));
    assert_within(value[0], value[1], 1e-11 * fabs(value[1]));
    for (int64_t i = 0; i < n; i++) {
        assert_within(x[0][i], x[1][i], 1e-10);
        if (straight)
            assert_within(cost[0][i], cost[1][i], 1e-9);
    }
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_GAP, &gap));
    assert_true(gap >= 0 && gap <= 1e-9 * (1 + fabs(value[1])));
}

static void like_the_family_it_imitates(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        dice d = {seed}, again;
        host h = make_host(&d);
        int64_t n = 1 + dice_below(&d, MOST);
        double total = (double)n * dice_between(&d, 0, 8);
        again = d;
        rm_problem *p = problem(&d, n, total), *q = problem(&again, n, total);
        assert_ok(rm_problem_set_custom(p, n, NULL, squares, &h));
        assert_ok(rm_problem_set_quadratic(q, n, NULL, h.weight, h.target, NULL));
        if (seed % 3 == 0) { /* moving costs on top */
            assert_ok(rm_problem_set_move_cost(p, n, NULL, h.target, h.weight, h.weight));
            assert_ok(rm_problem_set_move_cost(q, n, NULL, h.target, h.weight, h.weight));
        }
        if (seed % 5 == 0) { /* others beside them, and a hole */
            for (int64_t i = 0; i < n; i += 3) {
                assert_ok(rm_problem_set_log(p, 1, &i, NULL, &h.weight[i]));
                assert_ok(rm_problem_set_log(q, 1, &i, NULL, &h.weight[i]));
            }
            assert_ok(rm_problem_remove_variables(p, 1, NULL));
            assert_ok(rm_problem_remove_variables(q, 1, NULL));
        }
        rm_status status = rm_problem_solve(q, RM_SOLVER_AUTO);
        if (status == RM_OK)
            must_agree(p, q, n, 1);
        else
            assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), status);
        h.calls = h.asked = 0;
        assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), status);
        assert_int_equal(h.wrong_index, 0);
        /* In batches, but for the two searches for one-sided prices where nobody is free. */
        assert_true(h.calls <= 300 + h.asked / 20);
        assert_true(h.longest <= 128);
        rm_problem_destroy(p);
        rm_problem_destroy(q);
    }
}

/* A total that two devices can only meet in the middle of their jumps. */
static void jumps_are_shared_out(void **state)
{
    (void)state;
    host h = {.weight = {1, 1, 2}, .target = {2, 3, 1}};
    const double upper[] = {10, 10, 10};
    double x[3], y, value, gap, low, high;
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_set_custom(p, 3, NULL, distances, &h));
    assert_ok(rm_problem_set_bounds(p, 3, NULL, NULL, upper));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 12, 12, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_ok(rm_problem_get_row_duals(p, 1, NULL, &y));
    assert_same(x[0] + x[1] + x[2], 12);
    assert_same(x[2], 1);
    assert_within(y, 1, 1e-15);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &value));
    assert_within(value, 6, 1e-11);
    assert_ok(rm_problem_get_info_f64(p, RM_INFO_GAP, &gap));
    assert_true(gap < 1e-9);
    /* All at their targets: prices from -1 to 1. */
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, (const double[]){6}, (const double[]){6}));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 3, NULL, x));
    assert_values(x, 2, 3, 1);
    assert_ok(rm_problem_get_row_ranges(p, 1, NULL, &low, &high, NULL, NULL));
    assert_true(low <= high);
    enum { MOST_POINTS = 24 };
    /* A path goes straight up there; noise in what they answer all the way does not lead it astray. */
    for (h.manner = RIGHT; h.manner <= NOISY; h.manner++) {
        const double total[] = {5, 7};
        int64_t points = 0;
        assert_ok(rm_problem_build_path(p, 0, 4, 12, &points));
        assert_true(points < MOST_POINTS);
        double at[2], below[2], above[2];
        assert_ok(rm_problem_path_at(p, 2, total, at, below, above));
        assert_within(at[0], 1, 1e-6);
        assert_within(at[1], 1, 1e-6);
        assert_within(below[0], -1, 1e-6);
        assert_within(above[1], 1, 1e-6);
    }
    rm_problem_destroy(p);
}

static void a_path_of_them(void **state)
{
    (void)state;
    dice d = {5};
    host h = make_host(&d);
    dice again = d;
    enum { N = 30 };
    rm_problem *p = problem(&d, N, 100), *q = problem(&again, N, 100);
    assert_ok(rm_problem_set_custom(p, N, NULL, squares, &h));
    assert_ok(rm_problem_set_quadratic(q, N, NULL, h.weight, h.target, NULL));
    assert_ok(rm_problem_build_path(q, 0, 10, 200, NULL));
    for (h.manner = RIGHT; h.manner <= NOISY; h.manner++) {
        assert_ok(rm_problem_build_path(p, 0, 10, 200, NULL));
        for (double total = 10; total <= 200; total += 9.5) {
            double value[2], low[2], high[2];
            assert_ok(rm_problem_path_at(p, 1, &total, &value[0], &low[0], &high[0]));
            assert_ok(rm_problem_path_at(q, 1, &total, &value[1], &low[1], &high[1]));
            assert_within(value[0], value[1], 1e-6 * (1 + fabs(value[1])));
            assert_within(low[0], low[1], 1e-5 * (1 + fabs(low[1])));
        }
    }
    rm_problem_destroy(p);
    rm_problem_destroy(q);
}

static rm_problem *faulty(host *h, int manner)
{
    dice d = {11};
    *h = make_host(&d);
    h->manner = manner;
    rm_problem *p = problem(&d, 4, 40);
    h->p = p;
    assert_ok(rm_problem_set_name(p, RM_NAME_VARIABLE, 1, "b"));
    assert_ok(rm_problem_set_custom(p, 4, NULL, squares, h));
    return p;
}

/* Everything that asks the host tells what is wrong, and afterwards all is as it was. */
static void faults_are_named(void **state)
{
    (void)state;
    static const struct {
        int manner;
        rm_status status;
        const char *words[2];
    } faults[] = {
        {FALLS, RM_ERROR_NOT_CONVEX, {"variable 1 ('b') falls from", "never falls"}},
        {NO_NUMBER, RM_ERROR_CALLBACK, {"variable 1 ('b')", "slope not below 0"}},
        {LEFT_OUT, RM_ERROR_CALLBACK, {"variable 1 ('b')", "must be numbers"}},
        {WRONG_ORDER, RM_ERROR_CALLBACK, {"variable 1 ('b')", "x_low above x_high"}},
        {CANCELS, RM_CANCELLED, {"cancelled by the response", ""}},
        {FAILS, RM_ERROR_CALLBACK, {"returned a negative number", ""}},
    };
    for (int64_t k = 0; k < COUNT_OF(faults); k++) {
        host h;
        rm_problem *p = faulty(&h, faults[k].manner);
        int64_t has;
        for (int again = 0; again < 2; again++) {
            assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), faults[k].status);
            assert_says(p, "rm_problem_solve: ");
            assert_says(p, faults[k].words[0]);
            assert_says(p, faults[k].words[1]);
            assert_ok(rm_problem_get_info_i64(p, RM_INFO_HAS_ANSWER, &has));
            assert_int_equal(has, 0);
            assert_ok(rm_problem_get_info_i64(p, RM_INFO_STATUS, &has));
            assert_int_equal(has, faults[k].status);
        }
        assert_status(rm_problem_build_path(p, 0, 10, 60, NULL), faults[k].status);
        assert_says(p, faults[k].words[0]);
        assert_status(rm_problem_path_at(p, 0, NULL, NULL, NULL, NULL), RM_ERROR_NO_ANSWER);
        h.manner = RIGHT;
        assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
        h.manner = faults[k].manner;
        const double x[] = {1, 2, 3, 4}, y = 1;
        double value;
        const int32_t key = RM_INFO_GAP;
        rm_status status = rm_problem_verify(p, x, &y, 1, &key, &value);
        assert_true(status == faults[k].status || (faults[k].manner == FALLS && status == RM_OK));
        h.manner = RIGHT;
        assert_ok(rm_problem_verify(p, x, &y, 1, &key, &value));
        rm_problem_destroy(p);
    }
}

/* -w log (x + s), without end from its own price on. */
static int32_t logs(void *user, int64_t count, const int64_t *index, const double *price, const double *rho,
                    const double *centre, double *x_low, double *x_high, double *slope, double *value)
{
    const host *h = user;
    for (int64_t k = 0; k < count; k++) {
        double w = h->weight[index[k]], s = fabs(h->target[index[k]]), q = price[k], x;
        if (rho[k] > 0x1p100) {
            x = centre[k];
        } else if (rho[k] > 0) {
            double to = centre[k] + q / rho[k];
            x = 0.5 * ((to - s) + sqrt((to + s) * (to + s) + 4 * w / rho[k]));
        } else {
            x = q < 0 ? w / -q - s : INFINITY;
        }
        x_low[k] = x_high[k] = x;
        slope[k] = isfinite(x) ? 1 / (w / ((x + s) * (x + s)) + rho[k]) : NAN; /* of an infinite one not read */
        value[k] = isfinite(x) ? -w * log(x + s) : NAN;
    }
    return 0;
}

static void a_log_without_a_bound(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 30; seed++) {
        dice d = {seed};
        host h = make_host(&d);
        int64_t n = 1 + dice_below(&d, 100);
        double total = (double)n * dice_between(&d, 0.1, 50), shift[MOST];
        for (int64_t i = 0; i < n; i++)
            shift[i] = fabs(h.target[i]);
        rm_problem *both[2];
        for (int k = 0; k < 2; k++) {
            assert_ok(rm_problem_create(&both[k], n, NULL, NULL));
            assert_ok(k == 0 ? rm_problem_set_custom(both[k], n, NULL, logs, &h)
                             : rm_problem_set_log(both[k], n, NULL, h.weight, shift));
            assert_ok(rm_problem_add_row(both[k], RM_ALL, NULL, NULL, seed % 3 ? total : -INFINITY, total, NULL));
        }
        must_agree(both[0], both[1], n, 0);
        rm_problem_destroy(both[0]);
        rm_problem_destroy(both[1]);
    }
}

/* |x - t| may be left at one price only, at any x: no double is that price's sum. */
static void a_jump_to_infinity(void **state)
{
    (void)state;
    host h = {.weight = {1, 1, 2}, .target = {2, 3, 1}};
    const double upper[] = {100, 100, 100}, total = 12;
    rm_problem *p = NULL;
    assert_ok(rm_problem_create(&p, 3, NULL, NULL));
    assert_ok(rm_problem_set_custom(p, 3, NULL, distances, &h));
    assert_ok(rm_problem_add_row(p, RM_ALL, NULL, NULL, 6, 6, NULL));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    for (int open = 0; open < 2; open++) {
        assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &total, open ? (const double[]){INFINITY} : &total));
        assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INACCURATE);
        assert_says(p, "a bound on that side would help");
    }
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, &total, &total));
    assert_ok(rm_problem_set_bounds(p, 3, NULL, NULL, upper));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    rm_problem_destroy(p);
}

static void infinite_without_a_bound(void **state)
{
    (void)state;
    host h;
    rm_problem *p = faulty(&h, INFINITE);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO)); /* it stands at its bound */
    assert_ok(rm_problem_set_bounds(p, 1, (const int64_t[]){1}, NULL, (const double[]){INFINITY}));
    assert_status(rm_problem_solve(p, RM_SOLVER_AUTO), RM_INACCURATE);
    assert_says(p, "the answer of a custom cost jumps to infinity, or is infinite at all prices");
    rm_problem_destroy(p);
}

static void a_pull_that_is_not_followed(void **state)
{
    (void)state;
    host h;
    rm_problem *p = faulty(&h, ASTRAY);
    const double x[] = {1, 2, 3, 4}, y = 1;
    double value;
    const int32_t key = RM_INFO_OBJECTIVE;
    assert_status(rm_problem_verify(p, x, &y, 1, &key, &value), RM_ERROR_CALLBACK);
    assert_says(p, "does not follow a pull");
    rm_problem_destroy(p);
}

static void inside_the_handle_is_busy(void **state)
{
    (void)state;
    host h;
    rm_problem *p = faulty(&h, CALLS_BACK);
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(h.manner, RIGHT); /* it was called */
    rm_problem_destroy(p);
}

static void clones_have_to_be_told(void **state)
{
    (void)state;
    host h;
    rm_problem *p = faulty(&h, RIGHT), *copy = NULL;
    assert_ok(rm_problem_clone(p, &copy, NULL, NULL));
    assert_status(rm_problem_solve(copy, RM_SOLVER_AUTO), RM_ERROR_CALLBACK);
    assert_says(copy, "variable 0 has a custom cost, but no response");
    assert_ok(rm_problem_set_custom(copy, 4, NULL, squares, &h));
    must_agree(p, copy, 4, 1);
    /* Another family takes its place. */
    assert_ok(rm_problem_set_quadratic(copy, 4, NULL, h.weight, h.target, NULL));
    must_agree(p, copy, 4, 1);
    rm_problem_destroy(copy);
    rm_problem_destroy(p);
}

/* Records come, go and move. */
static void indices_stay_right(void **state)
{
    (void)state;
    host h;
    rm_problem *p = faulty(&h, RIGHT);
    double x[2];
    for (int round = 0; round < 20; round++) {
        int64_t first;
        assert_ok(rm_problem_add_variables(p, 1, &first));
        assert_ok(rm_problem_set_custom(p, 1, &first, squares, &h));
        assert_ok(rm_problem_remove_variables(p, 1, (const int64_t[]){0}));
        assert_ok(rm_problem_compact(p, first + 1, NULL));
    }
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, (const double[]){-INFINITY}, (const double[]){INFINITY}));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_int_equal(h.wrong_index, 0);
    rm_problem_destroy(p);
    p = faulty(&h, RIGHT);
    assert_ok(rm_problem_remove_variables(p, 2, (const int64_t[]){0, 2}));
    assert_ok(rm_problem_compact(p, 4, NULL));
    assert_ok(rm_problem_set_price(p, 2, NULL, (const double[]){0, 0}));
    assert_ok(rm_problem_set_row_bounds(p, 1, NULL, (const double[]){-INFINITY}, (const double[]){INFINITY}));
    assert_ok(rm_problem_solve(p, RM_SOLVER_AUTO));
    assert_ok(rm_problem_get_solution(p, 2, NULL, x));
    assert_within(x[0], fmax(h.target[0], 0), 1e-12); /* asked as 0 and 1 now */
    assert_within(x[1], fmax(h.target[1], 0), 1e-12);
    rm_problem_destroy(p);
}

static void refused(void **state)
{
    (void)state;
    host h;
    rm_problem *p = faulty(&h, RIGHT);
    rm_problem *q = NULL;
    assert_ok(rm_problem_create(&q, 2, NULL, NULL));
    assert_refused(q, RM_ERROR_NULL, rm_problem_set_custom(q, 1, NULL, NULL, &h), "fn is NULL");
    assert_refused(q, RM_ERROR_RANGE, rm_problem_set_custom(q, 3, NULL, squares, &h), "count is 3");
    assert_refused(q, RM_ERROR_RANGE, rm_problem_set_custom(q, 2, (const int64_t[]){1, 1}, squares, &h), "twice");
    assert_status(rm_problem_set_custom(NULL, 0, NULL, squares, &h), RM_ERROR_NULL);
    assert_ok(rm_problem_set_custom(q, 0, NULL, NULL, NULL));
    rm_problem_destroy(q);
    rm_problem_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(like_the_family_it_imitates),
        cmocka_unit_test(jumps_are_shared_out),
        cmocka_unit_test(a_path_of_them),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(infinite_without_a_bound),
        cmocka_unit_test(a_log_without_a_bound),
        cmocka_unit_test(a_jump_to_infinity),
        cmocka_unit_test(a_pull_that_is_not_followed),
        cmocka_unit_test(inside_the_handle_is_busy),
        cmocka_unit_test(clones_have_to_be_told),
        cmocka_unit_test(indices_stay_right),
        cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Prints the bits of a few hundred answers.
 *
 * librm promises that no compiler, optimisation level or machine changes a bit
 * of an answer, so every build of this program must print the same text.
 * Problems are drawn from a fixed seed with integer arithmetic and single
 * rounded operations only, so that the problems themselves are the same
 * everywhere.  Public interface only; no test framework, so that it also runs
 * under an emulator.
 *
 *     bits            one line for each problem, then the hash of all
 *
 * Exits with 1 where rm_waterfill and the handle disagree on the same problem.
 *
 * Compiled together with the library's sources and with -DRM_BITS_LEVEL=n, it
 * solves on that level of processor (kernel/kernels.h) instead of the best one, and
 * exits with 77 where the processor cannot.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rm/rm.h>

#if defined(RM_BITS_LEVEL)
#include "kernel/kernels.h"
#endif

/* The large ones are solved by sampling (solve/fast.c). */
enum { PROBLEMS = 400, LARGE = 20, OF_FAMILIES = 200, MOST_SMALL = 3000, LEAST_LARGE = 1500, MOST = 20000 };

/* --- random numbers: splitmix64 (Steele, Lea and Flood 2014) -------------- */

static uint64_t state = 20240601;

static uint64_t draw(void)
{
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int64_t below(int64_t n)
{
    return (int64_t)(draw() % (uint64_t)n);
}

/* Eighths between -1000 and 1000: many ties and exact sums. */
static double plain(void)
{
    return (double)(below(16001) - 8000) / 8.0;
}

/* 53 random bits and an exponent between -2^reach and 2^reach: sums that round. */
static double wild(int reach)
{
    uint64_t exponent = (uint64_t)(1023 - reach + below(2 * reach + 1));
    uint64_t bits = (draw() >> 63 << 63) | (exponent << 52) | (draw() >> 12);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Evenly between two numbers. */
static double even(double low, double high)
{
    double share = (double)(draw() >> 11) * 0x1p-53, width = high - low;
    double part = share * width;
    return low + part;
}

static double number(int kind)
{
    return kind == 0 ? plain() : wild(kind == 1 ? 4 : 30);
}

/* --- the hash: FNV-1a on the bytes, lowest first -------------------------- */

typedef uint64_t hash;
static const hash EMPTY = UINT64_C(0xcbf29ce484222325);

static hash add_bits(hash h, uint64_t bits)
{
    for (int k = 0; k < 8; ++k, bits >>= 8)
        h = (h ^ (bits & 255)) * UINT64_C(0x100000001b3);
    return h;
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static hash add_doubles(hash h, int64_t n, const double *value)
{
    for (int64_t i = 0; i < n; ++i)
        h = add_bits(h, bits_of(value[i]));
    return h;
}

static hash add_text(hash h, const rm_problem *p)
{
    char text[4096];
    int64_t length = rm_problem_message(p, text, sizeof text);
    if (length >= (int64_t)sizeof text)
        length = (int64_t)sizeof text - 1;
    for (int64_t k = 0; k < length; ++k)
        h = add_bits(h, (unsigned char)text[k]);
    return h;
}

/* --- the problems --------------------------------------------------------- */

static double weight[MOST], target[MOST], price[MOST], coef[MOST], lower[MOST], upper[MOST];
static double x_direct[MOST], x[MOST], cost[MOST];

static void draw_problem(int64_t n, int kind, int bounded, int linear, int mixed, double *side_low, double *side_high)
{
    double total = 0.0;
    for (int64_t i = 0; i < n; ++i) {
        weight[i] = linear && below(3) == 0 ? 0.0 : fabs(number(kind));
        target[i] = number(kind);
        price[i] = below(2) ? number(kind) : 0.0;
        coef[i] = mixed ? number(kind) : 1.0;
        lower[i] = 0.0;
        upper[i] = INFINITY;
        double within = fabs(number(kind));
        if (bounded) {
            double a = number(kind), b = number(kind);
            lower[i] = below(5) == 0 ? -INFINITY : fmin(a, b);
            upper[i] = below(5) == 0 ? INFINITY : fmax(a, b);
            within = below(2) ? a : b;
        }
        double term = coef[i] * within;
        total += term;
    }
    if (below(8) == 0)
        total = number(kind); /* often out of reach */
    *side_low = *side_high = total;
    if (below(4) == 0)
        *side_high = total + fabs(number(kind));
}

/* What librm is mostly for: no number special, the total well inside.  Arrays whose
 * bit in `flat` is set hold what NULL stands for. */
static void draw_large(int64_t n, unsigned flat, double *side_low, double *side_high)
{
    double total = 0.0;
    for (int64_t i = 0; i < n; ++i) {
        weight[i] = flat & 1 ? 1.0 : even(0.5, 5000.0);
        target[i] = flat & 2 ? 0.0 : even(-100.0, 100.0);
        price[i] = flat & 4 ? 0.0 : even(-10.0, 10.0);
        coef[i] = flat & 8 ? 1.0 : even(10.0, 25.0);
        lower[i] = flat & 16 ? 0.0 : even(-50.0, 0.0);
        upper[i] = flat & 32 ? INFINITY : even(0.0, 50.0);
        double half = flat & 32 ? 20.0 : 0.5 * upper[i];
        double term = coef[i] * half;
        total += term;
    }
    *side_low = *side_high = below(4) ? total : 1.0; /* some are like the simplex */
}

static void must(rm_status status, const char *what, int k)
{
    if (status == RM_OK)
        return;
    printf("problem %d: %s returned %" PRId32 "\n", k, what, status);
    exit(1);
}

/* Solves, and reads all there is. */
static hash solve_and_read(rm_problem *p, int k, int64_t n, rm_status *status)
{
    static const int32_t info[] = {
        RM_INFO_OBJECTIVE,      RM_INFO_BOUND,        RM_INFO_GAP, RM_INFO_ROW_RESIDUAL, RM_INFO_ROW_RESIDUAL_RELATIVE,
        RM_INFO_BOUND_RESIDUAL, RM_INFO_DUAL_RESIDUAL};
    enum { INFOS = sizeof info / sizeof info[0] };
    hash h = EMPTY;
    int64_t items = 0;
    *status = rm_problem_solve(p, RM_SOLVER_AUTO);
    if (*status < 0)
        must(*status, "rm_problem_solve", k);
    h = add_text(add_bits(h, (uint64_t)*status), p);
    if (*status == RM_OK || *status == RM_INACCURATE) {
        double dual[5] = {0}, figure[INFOS];
        must(rm_problem_get_solution(p, n, NULL, x), "rm_problem_get_solution", k);
        must(rm_problem_get_reduced_costs(p, n, NULL, cost), "rm_problem_get_reduced_costs", k);
        must(rm_problem_get_row_duals(p, 1, NULL, dual), "rm_problem_get_row_duals", k);
        must(rm_problem_get_row_ranges(p, 1, NULL, dual + 1, dual + 2, dual + 3, dual + 4), "rm_problem_get_row_ranges",
             k);
        h = add_doubles(add_doubles(add_doubles(h, n, x), n, cost), 5, dual);
        for (int i = 0; i < INFOS; ++i)
            must(rm_problem_get_info_f64(p, info[i], figure + i), "rm_problem_get_info_f64", k);
        h = add_doubles(h, INFOS, figure);
        must(rm_problem_verify(p, x, dual, INFOS, info, figure), "rm_problem_verify", k);
        h = add_doubles(h, INFOS, figure);
    }
    must(rm_problem_explain(p, &items), "rm_problem_explain", k);
    return add_text(add_bits(h, (uint64_t)items), p);
}

static hash solve_with_handle(int k, int64_t n, double side_low, double side_high, rm_status *status)
{
    rm_problem *p = NULL;
    must(rm_problem_create(&p, n, NULL, NULL), "rm_problem_create", k);
    must(rm_problem_set_quadratic(p, n, NULL, weight, target, price), "rm_problem_set_quadratic", k);
    must(rm_problem_set_bounds(p, n, NULL, lower, upper), "rm_problem_set_bounds", k);
    must(rm_problem_add_row(p, n, NULL, coef, side_low, side_high, NULL), "rm_problem_add_row", k);
    hash h = solve_and_read(p, k, n, status);
    rm_problem_destroy(p);
    return h;
}

/* --- costs of every family, with and without the cost of moving -------------------- */

/* Variable i of a family that is drawn; returns some place in its domain. */
static double set_device(rm_problem *p, int k, int64_t i, int moving)
{
    double w = even(0.25, 4.0), second = even(0.5, 3.0), alpha = even(0.25, 6.0), p_i = below(2) ? even(-1.0, 1.0) : 0.0;
    double up = second + even(0.25, 4.0), most = INFINITY, at = up;
    switch (below(6)) {
    case 0:
        must(rm_problem_set_log(p, 1, &i, &w, &second), "rm_problem_set_log", k);
        break;
    case 1:
        must(rm_problem_set_alpha_fair(p, 1, &i, &w, &second, &alpha), "rm_problem_set_alpha_fair", k);
        break;
    case 2:
        must(rm_problem_set_entropy(p, 1, &i, &w, &second), "rm_problem_set_entropy", k);
        break;
    case 3:
        must(rm_problem_set_queue(p, 1, &i, &w, &second), "rm_problem_set_queue", k);
        at = 0.75 * second;
        break;
    case 4:
        w = 0.0; /* linear */
        most = up;
        at = 0.5 * up;
        must(rm_problem_set_quadratic(p, 1, &i, &w, &second, NULL), "rm_problem_set_quadratic", k);
        break;
    default:
        must(rm_problem_set_quadratic(p, 1, &i, &w, &second, NULL), "rm_problem_set_quadratic", k);
    }
    if (below(3) == 0)
        most = up;
    must(rm_problem_set_bounds(p, 1, &i, NULL, &most), "rm_problem_set_bounds", k);
    must(rm_problem_set_price(p, 1, &i, &p_i), "rm_problem_set_price", k);
    if (moving && below(2)) {
        double current = below(3) ? at : even(0.0, 3.0), cost_up = even(0.0, 0.5), cost_down = even(0.0, 0.5);
        must(rm_problem_set_move_cost(p, 1, &i, &current, &cost_up, &cost_down), "rm_problem_set_move_cost", k);
    }
    return at;
}

static void one_of_families(int k, int64_t n, hash *all)
{
    rm_problem *p = NULL;
    rm_status status;
    double total = 0.0;
    int moving = k % 2;
    must(rm_problem_create(&p, n, NULL, NULL), "rm_problem_create", k);
    for (int64_t i = 0; i < n; ++i) {
        coef[i] = below(2) ? 1.0 : even(0.25, 4.0);
        double term = coef[i] * set_device(p, k, i, moving);
        total += term;
    }
    total *= even(0.25, 0.75);
    must(rm_problem_add_row(p, n, NULL, coef, total, total, NULL), "rm_problem_add_row", k);
    hash h = solve_and_read(p, k, n, &status);
    rm_problem_destroy(p);
    *all = add_bits(*all, h);
    printf("families %d n=%" PRId64 " status=%" PRId32 " answer=%016" PRIx64 "\n", k, n, status, h);
}

/* Solves one problem in both ways and prints its line; `flat` arrays are passed to
 * rm_waterfill as NULL.  Returns 0 where the two disagree. */
static int one_problem(int k, int64_t n, unsigned flat, double side_low, double side_high, hash *all)
{
    const double *array[] = {weight, target, price, coef, lower, upper};
    double multiplier = 0.0;
    for (int i = 0; i < 6; ++i)
        if (flat >> i & 1)
            array[i] = NULL;

    rm_status direct = rm_waterfill(n, array[0], array[1], array[2], array[3], array[4], array[5], side_low, x_direct,
                                    &multiplier, NULL);
    if (direct < 0)
        must(direct, "rm_waterfill", k);
    rm_status status = RM_OK;
    hash h = solve_with_handle(k, n, side_low, side_high, &status);
    if (side_low == side_high && status != direct) {
        printf("problem %d: rm_waterfill says %" PRId32 ", the handle %" PRId32 "\n", k, direct, status);
        return 0;
    }
    if (direct == RM_OK && side_low == side_high && memcmp(x, x_direct, (size_t)n * sizeof *x) != 0) {
        printf("problem %d: rm_waterfill and the handle give other answers\n", k);
        return 0;
    }
    h = add_bits(h, (uint64_t)direct);
    if (direct == RM_OK)
        h = add_bits(add_doubles(h, n, x_direct), bits_of(multiplier));
    *all = add_bits(*all, h);
    printf("%d n=%" PRId64 " status=%" PRId32 " price=%016" PRIx64 " answer=%016" PRIx64 "\n", k, n, direct,
           direct == RM_OK ? bits_of(multiplier) : 0, h);
    return 1;
}

int main(void)
{
    static const int64_t sizes[] = {1, 2, 3, 5, 8, 17, 64, 250, 1000, MOST_SMALL};
    hash all = EMPTY;

#if defined(RM_BITS_LEVEL)
    if (!rm_level_runs(RM_BITS_LEVEL)) {
        puts("this processor cannot run that level");
        return 77;
    }
    rm_level_force(RM_BITS_LEVEL);
#endif
    for (int k = 0; k < PROBLEMS + LARGE; ++k) {
        double side_low, side_high;
        unsigned flat = 0;
        int64_t n;
        if (k < PROBLEMS) {
            n = sizes[below(sizeof sizes / sizeof sizes[0])];
            int kind = (int)below(3), bounded = (int)below(2), linear = (int)below(2), mixed = (int)below(2);
            draw_problem(n, kind, bounded, linear, mixed, &side_low, &side_high);
        } else {
            n = LEAST_LARGE + below(MOST - LEAST_LARGE + 1);
            flat = (unsigned)below(64);
            draw_large(n, flat, &side_low, &side_high);
        }
        if (!one_problem(k, n, flat, side_low, side_high, &all))
            return 1;
    }
    for (int k = 0; k < OF_FAMILIES; ++k)
        one_of_families(k, 1 + below(40), &all);
    printf("all %016" PRIx64 "\n", all);
    return 0;
}

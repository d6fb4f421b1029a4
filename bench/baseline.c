#include "baseline.h"

#include <stddef.h>

const baseline baselines[] = {
    {"sort_scan", solve_sort_scan, 0},     {"bisection", solve_bisection, 0}, {"newton", solve_newton, 0},
    {"secant", solve_secant, 0},           {"fixing", solve_fixing, 0},       {"median", solve_median, 0},
    {"fixed_point", solve_fixed_point, 0}, {"condat", solve_condat, 1},       {NULL, NULL, 0},
};

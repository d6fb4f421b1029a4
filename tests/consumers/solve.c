/* The worked examples, through the call without a handle and through a handle:
 * M = 5 gives x = (3, 2) at price 1, M = 8 gives x = (4, 4) at price 9, exactly.
 * C and C++. */
#include <rm/rm.h>
#include <stdio.h>

static const double weight[] = {4.0, 2.0}, target[] = {3.0, 2.0}, price[] = {1.0, 1.0};

static int solve(double total, double x0, double x1, double multiplier)
{
    double x[2] = {0.0, 0.0}, y = 0.0;
    rm_problem *p = NULL;

    if (rm_waterfill(2, weight, target, price, NULL, NULL, NULL, total, x, &y, NULL) != RM_OK || x[0] != x0 ||
        x[1] != x1 || y != multiplier) {
        printf("rm_waterfill, total %g: x = (%.17g, %.17g), multiplier %.17g\n", total, x[0], x[1], y);
        return 1;
    }
    x[0] = x[1] = y = 0.0;
    if (rm_problem_create(&p, 2, NULL, NULL) != RM_OK ||
        rm_problem_set_quadratic(p, 2, NULL, weight, target, price) != RM_OK ||
        rm_problem_add_row(p, RM_ALL, NULL, NULL, total, total, NULL) != RM_OK ||
        rm_problem_solve(p, RM_SOLVER_AUTO) != RM_OK || rm_problem_get_solution(p, 2, NULL, x) != RM_OK ||
        rm_problem_get_row_duals(p, 1, NULL, &y) != RM_OK || x[0] != x0 || x[1] != x1 || y != multiplier) {
        char text[256];
        rm_problem_message(p, text, (int64_t)sizeof text);
        printf("handle, total %g: x = (%.17g, %.17g), multiplier %.17g; %s\n", total, x[0], x[1], y, text);
        rm_problem_destroy(p);
        return 1;
    }
    rm_problem_destroy(p);
    return 0;
}

int main(void)
{
    if (rm_version() != RM_VERSION) {
        printf("header %d, library %d\n", (int)RM_VERSION, (int)rm_version());
        return 1;
    }
    if (solve(5.0, 3.0, 2.0, 1.0) != 0 || solve(8.0, 4.0, 4.0, 9.0) != 0)
        return 1;
    printf("ok: librm %d solves both examples\n", (int)rm_version());
    return 0;
}

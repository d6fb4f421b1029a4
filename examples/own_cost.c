/* A cost of the host's own: the power that servers draw.
 *
 * A processor that runs at speed s draws about s^3 (its voltage rises with the speed), so work x on a server
 * costs k x^3, a law that librm has no family for.  It asks instead: where is k x^3 + rho/2 (x - v)^2 - q x least?
 * That is where 3 k x^2 + rho x = q + rho v, a quadratic equation.
 *
 * Three servers of different make share 30 units of work; one of them also has to be paid for.
 *
 * SPDX-License-Identifier: MIT
 */
#include <math.h>
#include <rm/rm.h>
#include <stdio.h>

enum { SERVERS = 3 };
static const double draw[SERVERS] = {0.010, 0.020, 0.004};

/* Without a negative x: f is taken as infinite there, so no price leads below 0. */
static int32_t power(void *user, int64_t count, const int64_t *index, const double *price, const double *rho,
                     const double *centre, double *x_low, double *x_high, double *slope, double *value)
{
    const double *k = user;
    for (int64_t j = 0; j < count; j++) {
        double cube = k[index[j]], pull = rho[j], push = price[j] + pull * centre[j], x = 0;
        /* The root without cancellation, so that it is right for any rho. */
        if (push > 0)
            x = 2 * push / (pull + sqrt(pull * pull + 12 * cube * push));
        x_low[j] = x_high[j] = x;
        slope[j] = push > 0 ? 1 / (6 * cube * x + pull) : 0;
        value[j] = cube * x * x * x;
    }
    return 0;
}

int main(void)
{
    const double total = 30, price[SERVERS] = {0, 0, 1.5};
    double x[SERVERS], y, watts;
    char text[512];
    rm_problem *p = NULL;
    rm_status status = rm_problem_create(&p, SERVERS, NULL, NULL);
    if (status == RM_OK)
        status = rm_problem_set_custom(p, SERVERS, NULL, power, (void *)(uintptr_t)draw);
    if (status == RM_OK)
        status = rm_problem_set_price(p, SERVERS, NULL, price);
    if (status == RM_OK)
        status = rm_problem_add_row(p, RM_ALL, NULL, NULL, total, total, NULL);
    if (status == RM_OK)
        status = rm_problem_solve(p, RM_SOLVER_AUTO);
    if (status == RM_OK)
        status = rm_problem_get_solution(p, SERVERS, NULL, x);
    if (status == RM_OK)
        status = rm_problem_get_row_duals(p, 1, NULL, &y);
    if (status == RM_OK)
        status = rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &watts);
    if (status == RM_OK) {
        for (int i = 0; i < SERVERS; i++)
            printf("server %d  %6.3f units of work, one more costs %.3f\n", i, x[i],
                   3 * draw[i] * x[i] * x[i] + price[i]);
        printf("price     %6.3f per unit, cost %.3f\n", y, watts);
    } else {
        rm_problem_message(p, text, (int64_t)sizeof text);
        fprintf(stderr, "%s\n", text);
    }
    rm_problem_destroy(p);
    return status == RM_OK ? 0 : 1;
}

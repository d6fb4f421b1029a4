/* Ipopt on one instance: an interior-point method for smooth problems of any
 * kind, with exact derivatives and its default tolerance (1e-8).
 *
 * usage: general_ipopt INSTANCE SECONDS
 */
#include "clock.h"
#include "general.h"

#include <IpStdCInterface.h>
#include <stdio.h>
#include <stdlib.h>

static Bool cost(Index n, Number *x, Bool fresh, Number *value, UserDataPtr user)
{
    const problem *p = user;
    double sum = 0;
    (void)fresh;
    for (int i = 0; i < n; i++)
        sum += (0.5 * p->d[i] * x[i] - p->a[i]) * x[i];
    *value = sum;
    return TRUE;
}

static Bool gradient(Index n, Number *x, Bool fresh, Number *g, UserDataPtr user)
{
    const problem *p = user;
    (void)fresh;
    for (int i = 0; i < n; i++)
        g[i] = p->d[i] * x[i] - p->a[i];
    return TRUE;
}

static Bool row(Index n, Number *x, Bool fresh, Index m, Number *value, UserDataPtr user)
{
    const problem *p = user;
    (void)fresh;
    (void)m;
    value[0] = 0;
    for (int i = 0; i < n; i++)
        value[0] += p->b[i] * x[i];
    return TRUE;
}

/* Places when values is NULL, values otherwise. */
static Bool row_gradient(Index n, Number *x, Bool fresh, Index m, Index count, Index *at_row, Index *at_column,
                         Number *values, UserDataPtr user)
{
    const problem *p = user;
    (void)x;
    (void)fresh;
    (void)m;
    (void)count;
    for (int i = 0; i < n; i++)
        if (values == NULL) {
            at_row[i] = 0;
            at_column[i] = i;
        } else
            values[i] = p->b[i];
    return TRUE;
}

static Bool hessian(Index n, Number *x, Bool fresh, Number factor, Index m, Number *lambda, Bool fresh_lambda,
                    Index count, Index *at_row, Index *at_column, Number *values, UserDataPtr user)
{
    const problem *p = user;
    (void)x;
    (void)fresh;
    (void)m;
    (void)lambda;
    (void)fresh_lambda;
    (void)count;
    for (int i = 0; i < n; i++)
        if (values == NULL)
            at_row[i] = at_column[i] = i;
        else
            values[i] = factor * p->d[i];
    return TRUE;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    char option[] = "print_level", banner[] = "sb", yes[] = "yes", limit[] = "max_cpu_time";
    char constant_row[] = "jac_d_constant", constant_equal[] = "jac_c_constant", constant_cost[] = "hessian_constant";
    problem p = general_read(argv[1]);
    double *x = malloc((size_t)p.n * sizeof *x), value;
    if (x == NULL)
        return 2;
    general_start(&p, x);
    double began = clock_seconds();
    IpoptProblem solver =
        CreateIpoptProblem(p.n, p.l, p.u, 1, &p.r, &p.r, p.n, p.n, 0, cost, row, gradient, row_gradient, hessian);
    if (solver == NULL)
        return 2;
    AddIpoptIntOption(solver, option, 0);
    AddIpoptStrOption(solver, banner, yes);
    AddIpoptStrOption(solver, constant_row, yes);
    AddIpoptStrOption(solver, constant_equal, yes);
    AddIpoptStrOption(solver, constant_cost, yes);
    AddIpoptNumOption(solver, limit, atof(argv[2]));
    int status = IpoptSolve(solver, x, NULL, &value, NULL, NULL, NULL, &p);
    double seconds = clock_seconds() - began;
    FreeIpoptProblem(solver);
    char word[60];
    snprintf(word, sizeof word, status == 0 ? "solved" : "stopped with status %d", status);
    general_print(seconds, word, p.n, x);
    free(x);
    return 0;
}

/* NLopt on one instance: a quasi-Newton method on the cost with the row in an
 * augmented Lagrangian (AUGLAG over L-BFGS), or sequential quadratic programming
 * (SLSQP, dense: small n only).
 *
 * usage: general_nlopt INSTANCE SECONDS auglag|slsqp
 */
#include "clock.h"
#include "general.h"

#include <nlopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static double cost(unsigned n, const double *x, double *g, void *user)
{
    const problem *p = user;
    double sum = 0;
    for (unsigned i = 0; i < n; i++) {
        sum += (0.5 * p->d[i] * x[i] - p->a[i]) * x[i];
        if (g != NULL)
            g[i] = p->d[i] * x[i] - p->a[i];
    }
    return sum;
}

static double row(unsigned n, const double *x, double *g, void *user)
{
    const problem *p = user;
    double sum = -p->r;
    for (unsigned i = 0; i < n; i++) {
        sum += p->b[i] * x[i];
        if (g != NULL)
            g[i] = p->b[i];
    }
    return sum;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    problem p = general_read(argv[1]);
    unsigned n = (unsigned)p.n;
    double *x = malloc(n * sizeof *x), value = 0;
    if (x == NULL)
        return 2;
    general_start(&p, x);
    int dense = strcmp(argv[3], "slsqp") == 0;
    nlopt_opt solver = nlopt_create(dense ? NLOPT_LD_SLSQP : NLOPT_AUGLAG, n);
    nlopt_set_min_objective(solver, cost, &p);
    nlopt_set_lower_bounds(solver, p.l);
    nlopt_set_upper_bounds(solver, p.u);
    nlopt_add_equality_constraint(solver, row, &p, 1e-9 * (p.r < 0 ? -p.r : p.r));
    nlopt_set_ftol_rel(solver, 1e-10);
    nlopt_set_maxtime(solver, atof(argv[2]));
    if (!dense) {
        nlopt_opt inner = nlopt_create(NLOPT_LD_LBFGS, n);
        nlopt_set_ftol_rel(inner, 1e-10);
        nlopt_set_local_optimizer(solver, inner);
        nlopt_destroy(inner);
    }
    double began = clock_seconds();
    int status = nlopt_optimize(solver, x, &value);
    double seconds = clock_seconds() - began;
    nlopt_destroy(solver);
    char word[60];
    snprintf(word, sizeof word,
             status == NLOPT_MAXTIME_REACHED ? "stopped at the time limit"
             : status > 0                    ? "solved"
                                             : "stopped with status %d",
             status);
    general_print(seconds, word, p.n, x);
    free(x);
    return 0;
}

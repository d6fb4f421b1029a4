/* Fair shares: 700 GPUs for ten teams that want 1,080 at once.
 *
 * What the teams want is what they used in the busiest hour of a production cluster, 8 October 2017,
 * 8:00 to 9:00; the quotas are their mean use over that week (examples/data/philly_week.csv and
 * philly_teams.csv, where the source is told: Microsoft's Philly traces, CC-BY-4.0; Jeon et
 * al., USENIX ATC 2019).  Nobody gets more than it wants.  The alpha-fair cost decides about the
 * rest: with alpha = 1 shares are in proportion to quotas, below 1 large teams get more than
 * that, and the larger alpha, the more all that are short get the same.
 *
 * With --csv: the curves of docs/pictures/fairness.svg.
 *
 * SPDX-License-Identifier: MIT
 */
#include <rm/rm.h>
#include <stdio.h>
#include <string.h>

enum { TEAMS = 10, ALPHAS = 5, STEPS = 65 };
static const char *const name[TEAMS] = {"0e4a51", "103959", "11cb48", "2869ce", "6214e9",
                                        "6c71a0", "7f04ca", "b436b2", "ed69ec", "ee9e8c"};
static const double want[TEAMS] = {236, 34.04, 1.09, 104, 317.55, 64, 148, 52, 3.93, 117};
static const double quota[TEAMS] = {36, 21, 3, 108, 75, 84, 167, 62, 9, 97};
static const double alpha[ALPHAS] = {0.5, 1, 2, 4, 8};
static const double gpus = 700;

/* The shares for one alpha, the same for all teams. */
static rm_status share(rm_problem *p, double a, double *x)
{
    double same[TEAMS];
    for (int i = 0; i < TEAMS; i++)
        same[i] = a;
    rm_status status = rm_problem_set_alpha_fair(p, TEAMS, NULL, quota, NULL, same);
    if (status == RM_OK)
        status = rm_problem_solve(p, RM_SOLVER_AUTO);
    return status == RM_OK ? rm_problem_get_solution(p, TEAMS, NULL, x) : status;
}

static rm_status print_table(rm_problem *p)
{
    double x[ALPHAS][TEAMS];
    for (int k = 0; k < ALPHAS; k++) {
        rm_status status = share(p, alpha[k], x[k]);
        if (status != RM_OK)
            return status;
    }
    printf("team      wants  quota   ");
    for (int k = 0; k < ALPHAS; k++)
        printf("alpha %-4g ", alpha[k]);
    printf("\n");
    for (int i = 0; i < TEAMS; i++) {
        printf("%s  %6.1f  %5.0f", name[i], want[i], quota[i]);
        for (int k = 0; k < ALPHAS; k++)
            printf("  %8.1f%s", x[k][i], x[k][i] < want[i] ? "*" : " ");
        printf("\n");
    }
    printf("* less than it wants\n");
    return RM_OK;
}

/* Alpha from 0.5 to 8, sixteen to each doubling. */
static rm_status print_curves(rm_problem *p)
{
    const double next = 1.0442737824274138; /* 2^(1/16) */
    double a = alpha[0];
    rm_status status = RM_OK;
    printf("alpha");
    for (int i = 0; i < TEAMS; i++)
        printf(",%s", name[i]);
    printf("\n");
    for (int k = 0; k < STEPS && status == RM_OK; k++) {
        double x[TEAMS];
        status = share(p, a, x);
        if (status != RM_OK)
            break;
        printf("%.4f", a);
        for (int i = 0; i < TEAMS; i++)
            printf(",%.3f", x[i]);
        printf("\n");
        a *= next;
    }
    return status;
}

int main(int argc, char **argv)
{
    rm_problem *p = NULL;
    rm_status status = rm_problem_create(&p, TEAMS, NULL, NULL);
    if (status == RM_OK)
        status = rm_problem_set_bounds(p, TEAMS, NULL, NULL, want);
    if (status == RM_OK)
        status = rm_problem_add_row(p, RM_ALL, NULL, NULL, gpus, gpus, NULL);
    if (status == RM_OK)
        status = argc > 1 && strcmp(argv[1], "--csv") == 0 ? print_curves(p) : print_table(p);
    rm_problem_destroy(p);
    return status == RM_OK ? 0 : 1;
}

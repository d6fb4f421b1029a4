/* Fair shares: 700 GPUs for ten teams that want 1,080 at once.
 *
 * What the teams want is what they used in the busiest hour of a production cluster, 8 October 2017,
 * 8:00 to 9:00; the quotas are their mean use over that week (examples/data/philly_week.csv and
 * philly_teams.csv, where the source is told: Microsoft's Philly traces, CC-BY-4.0; Jeon et
 * al., USENIX ATC 2019).  Nobody gets more than it wants.  The alpha-fair cost decides about the
 * rest: with alpha = 1 shares are in proportion to quotas, below 1 large teams get more than
 * that, and the larger alpha, the more all that are short get the same.
 *
 * SPDX-License-Identifier: MIT
 */
#include <rm/rm.h>
#include <stdio.h>

enum { TEAMS = 10, ALPHAS = 5 };
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

int main(void)
{
    double x[ALPHAS][TEAMS];
    rm_problem *p = NULL;
    rm_status status = rm_problem_create(&p, TEAMS, NULL, NULL);
    if (status == RM_OK)
        status = rm_problem_set_bounds(p, TEAMS, NULL, NULL, want);
    if (status == RM_OK)
        status = rm_problem_add_row(p, RM_ALL, NULL, NULL, gpus, gpus, NULL);
    for (int k = 0; k < ALPHAS && status == RM_OK; k++)
        status = share(p, alpha[k], x[k]);
    rm_problem_destroy(p);
    if (status != RM_OK)
        return 1;

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
    return 0;
}

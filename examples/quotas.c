/* Quotas within quotas: 700 GPUs, three departments with limits of their own, ten teams.
 *
 * What the teams want, and their quotas, are those of fair_shares.c: the busiest hour and the mean of a
 * week of a production cluster (examples/data/philly_week.csv and philly_teams.csv, where the source is
 * told: Microsoft's Philly traces, CC-BY-4.0; Jeon et al., USENIX ATC 2019).  The trace has no departments: these
 * three, and their limits, are chosen here.  A team gets its quota, or what it wants where that is less;
 * above that it borrows what others leave, within the limit of its department.  A team that misses a share s of what it
 * wants costs quota * s^2.
 *
 * SPDX-License-Identifier: MIT
 */
#include <rm/rm.h>
#include <math.h>
#include <stdio.h>

enum { TEAMS = 10, DEPARTMENTS = 3, ROWS = 1 + DEPARTMENTS, TOTAL = 0 };
static const char *const team[TEAMS] = {"0e4a51", "6214e9", "103959", "6c71a0", "b436b2",
                                        "2869ce", "7f04ca", "ee9e8c", "11cb48", "ed69ec"};
static const double want[TEAMS] = {236, 317.55, 34.04, 64, 52, 104, 148, 117, 1.09, 3.93};
static const double quota[TEAMS] = {36, 75, 21, 84, 62, 108, 167, 97, 3, 9};

/* Rows: all teams; then each department, from how many GPUs to how many. */
static const char *const department[DEPARTMENTS] = {"speech", "vision", "search"};
static const int64_t start[ROWS + 1] = {0, 10, 12, 15, 20};
static const int64_t member[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static const double at_least[ROWS] = {-INFINITY, 205, 100, 300};
static const double at_most[ROWS] = {700, 300, 140, 400};

static rm_status build(rm_problem **p)
{
    double weight[TEAMS], guaranteed[TEAMS];
    for (int i = 0; i < TEAMS; i++) {
        weight[i] = quota[i] / (want[i] * want[i]);
        guaranteed[i] = fmin(quota[i], want[i]);
    }
    rm_status status = rm_problem_create(p, TEAMS, NULL, NULL);
    if (status == RM_OK)
        status = rm_problem_set_quadratic(*p, TEAMS, NULL, weight, want, NULL);
    if (status == RM_OK)
        status = rm_problem_set_bounds(*p, TEAMS, NULL, guaranteed, want);
    if (status == RM_OK)
        status = rm_problem_add_rows(*p, ROWS, start, member, NULL, at_least, at_most, NULL);
    return status;
}

/* What a row holds, and what one GPU more, or one less that it must hold, would be worth. */
static void print_row(const char *name, int row, const double *x, const double *dual)
{
    double sum = 0;
    for (int64_t k = start[row]; k < start[row + 1]; k++)
        sum += x[member[k]];
    printf("%-10s %16.1f  of at most %3.0f", name, sum, at_most[row]);
    if (dual[row] < 0)
        printf("   one more saves %.3f", -dual[row]);
    else if (dual[row] > 0)
        printf("   at least %.0f: one less saves %.3f", at_least[row], dual[row]);
    printf("\n");
}

static rm_status print_split(rm_problem *p)
{
    double x[TEAMS], dual[ROWS];
    rm_status status = rm_problem_get_solution(p, TEAMS, NULL, x);
    if (status == RM_OK)
        status = rm_problem_get_row_duals(p, ROWS, NULL, dual);
    if (status != RM_OK)
        return status;
    printf("              wants  gets\n");
    for (int d = 0; d < DEPARTMENTS; d++) {
        print_row(department[d], 1 + d, x, dual);
        for (int64_t k = start[1 + d]; k < start[2 + d]; k++) {
            int64_t i = member[k];
            printf("    %s  %6.1f  %6.1f%s\n", team[i], want[i], x[i],
                   x[i] >= want[i]   ? ""
                   : x[i] > quota[i] ? "  more than its quota"
                                     : "  its quota");
        }
    }
    print_row("all", TOTAL, x, dual);
    return RM_OK;
}

/* What a department's own floor asks for may be more than its teams want. */
static void print_impossible(rm_problem *p)
{
    const int64_t vision = 2;
    const double floor = 160;
    char text[512];
    if (rm_problem_set_row_bounds(p, 1, &vision, &floor, &floor) == RM_OK &&
        rm_problem_solve(p, RM_SOLVER_AUTO) == RM_INFEASIBLE && rm_problem_message(p, text, sizeof text) > 0)
        printf("\nWith 160 for vision and no less: %s.\n", text);
}

int main(void)
{
    rm_problem *p = NULL;
    rm_status status = build(&p);
    if (status == RM_OK)
        status = rm_problem_set_name(p, RM_NAME_ROW, 2, "vision");
    if (status == RM_OK)
        status = rm_problem_solve(p, RM_SOLVER_AUTO);
    if (status == RM_OK)
        status = print_split(p);
    if (status == RM_OK)
        print_impossible(p);
    if (status != RM_OK) {
        char text[512] = "out of memory";
        rm_problem_message(p, text, sizeof text);
        fprintf(stderr, "quotas: %s\n", text);
    }
    rm_problem_destroy(p);
    return status == RM_OK ? 0 : 1;
}

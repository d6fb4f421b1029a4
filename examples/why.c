/* Why?  Three pools with a price per unit and a capacity: the cheapest is filled
 * first.  Where one pool is full and the next is empty, one more unit and one
 * less have different prices.  Where all are full, librm says what would help.
 *
 * SPDX-License-Identifier: MIT
 */
#include <rm/rm.h>
#include <stdio.h>

enum { POOLS = 3 };
static const char *const name[POOLS] = {"own", "cloud-a", "cloud-b"};
static const double capacity[POOLS] = {4, 5, 5};
static const double price[POOLS] = {1, 2, 3};
static const double weight[POOLS] = {0, 0, 0}; /* no targets: the price is all */

/* A problem with one row, the total. */
static rm_status build(rm_problem **p)
{
    rm_status status = rm_problem_create(p, POOLS, NULL, NULL);
    if (status == RM_OK)
        status = rm_problem_set_quadratic(*p, POOLS, NULL, weight, NULL, price);
    if (status == RM_OK)
        status = rm_problem_set_bounds(*p, POOLS, NULL, NULL, capacity);
    if (status == RM_OK)
        status = rm_problem_add_row(*p, RM_ALL, NULL, NULL, 0, 0, NULL);
    if (status == RM_OK)
        status = rm_problem_set_name(*p, RM_NAME_ROW, 0, "total");
    for (int i = 0; i < POOLS && status == RM_OK; i++)
        status = rm_problem_set_name(*p, RM_NAME_VARIABLE, i, name[i]);
    return status;
}

static void print_split(rm_problem *p)
{
    double x[POOLS], less, more;
    if (rm_problem_get_solution(p, POOLS, NULL, x) != RM_OK
        || rm_problem_get_row_ranges(p, 1, NULL, &less, &more, NULL, NULL) != RM_OK)
        return;
    for (int i = 0; i < POOLS; i++)
        printf("  %s %g", name[i], x[i]);
    printf("\n  one less saves %g, one more costs %g\n", less, more);
}

/* Each of these changes alone would make the total possible. */
static void print_repairs(rm_problem *p, int64_t items)
{
    int32_t kind;
    int64_t index;
    double repair;
    for (int64_t k = 0; k < items; k++)
        if (rm_problem_get_conflict(p, k, 1, &kind, &index, NULL, &repair) == RM_OK)
            printf("  %s %+g\n", kind == RM_CONFLICT_UPPER ? name[index] : "total", repair);
}

static rm_status place(rm_problem *p, double total)
{
    char text[512];
    int64_t items = 0;
    rm_status status = rm_problem_set_row_bounds(p, 1, NULL, &total, &total);
    if (status == RM_OK)
        status = rm_problem_solve(p, RM_SOLVER_AUTO);
    if (status < 0)
        return status;
    printf("place %g\n", total);
    if (status == RM_OK)
        print_split(p);
    rm_problem_explain(p, &items);
    rm_problem_message(p, text, (int64_t)sizeof text);
    printf("  %s\n", text);
    print_repairs(p, items);
    return RM_OK;
}

int main(void)
{
    rm_problem *p = NULL;
    rm_status status = build(&p);
    if (status == RM_OK)
        status = place(p, 6);  /* cloud-a has room both ways */
    if (status == RM_OK)
        status = place(p, 9);  /* cloud-a is full, cloud-b empty */
    if (status == RM_OK)
        status = place(p, 15); /* more than all can carry */
    rm_problem_destroy(p);
    return status == RM_OK ? 0 : 1;
}

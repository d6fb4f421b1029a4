/* Offers: H100 GPUs by the hour, from seven providers that sell in steps.
 *
 * The offers are real: H100 80GB SXM5 on 1 November 2025, 7:11 UTC, on one marketplace (Prime Intellect, from
 * gpu-price-tracker, MIT, 2025 Piotr Mazurek).  Known of a provider are the number of its offers, the lowest
 * price and the mean price, in dollars per GPU and hour.  The steps are made from that here: half of the offers
 * at the lowest price, and half at the price that makes the mean right; one step where the two are the same.
 * How many GPUs an offer has is not known; 8 are taken.  Any part of an offer can be bought.
 *
 * With --csv: the staircase of docs/pictures/offers.svg.
 *
 * SPDX-License-Identifier: MIT
 */
#include <rm/rm.h>
#include <stdio.h>
#include <string.h>

enum { PROVIDERS = 7, TOTALS = 7, WORTHS = 5 };
static const char *const name[PROVIDERS] = {"primecompute", "dc_roan", "nebius",    "hyperstack",
                                            "runpod",       "vultr",   "lambdalabs"};
static const double offers[PROVIDERS] = {4, 23, 4, 1, 14, 1, 2};
static const double lowest[PROVIDERS] = {1.00, 1.99, 2.12, 2.40, 2.69, 2.99, 3.09};
static const double mean[PROVIDERS] = {1.40, 2.14, 2.12, 2.40, 2.70, 2.99, 3.14};
static const double gpus_per_offer = 8;
static const double total[TOTALS] = {8, 32, 100, 200, 256, 300, 392};
static const double worth[WORTHS] = {1.5, 2.2, 2.5, 2.7, 3}; /* of a GPU for an hour */
static const double wanted = 350;

/* One or two steps for each provider; the upper bound ends the last. */
static rm_status set_offers(rm_problem *p)
{
    int64_t start[PROVIDERS + 1] = {0};
    double from[2 * PROVIDERS], slope[2 * PROVIDERS], all[PROVIDERS];
    for (int i = 0; i < PROVIDERS; i++) {
        int64_t step = start[i];
        all[i] = offers[i] * gpus_per_offer;
        from[step] = 0;
        slope[step++] = lowest[i];
        if (mean[i] > lowest[i]) {
            from[step] = all[i] / 2;
            slope[step++] = 2 * mean[i] - lowest[i];
        }
        start[i + 1] = step;
    }
    rm_status status = rm_problem_set_piecewise(p, PROVIDERS, NULL, start, from, slope);
    return status == RM_OK ? rm_problem_set_bounds(p, PROVIDERS, NULL, NULL, all) : status;
}

static rm_status build(rm_problem **p)
{
    rm_status status = rm_problem_create(p, PROVIDERS, NULL, NULL);
    if (status == RM_OK)
        status = set_offers(*p);
    if (status == RM_OK)
        status = rm_problem_add_row(*p, RM_ALL, NULL, NULL, 0, 0, NULL);
    if (status == RM_OK)
        status = rm_problem_set_name(*p, RM_NAME_ROW, 0, "GPUs");
    for (int i = 0; i < PROVIDERS && status == RM_OK; i++)
        status = rm_problem_set_name(*p, RM_NAME_VARIABLE, i, name[i]);
    return status;
}

static rm_status buy(rm_problem *p, double gpus)
{
    rm_status status = rm_problem_set_row_bounds(p, 1, NULL, &gpus, &gpus);
    return status == RM_OK ? rm_problem_solve(p, RM_SOLVER_AUTO) : status;
}

static rm_status bought(rm_problem *p, double gpus, double *x)
{
    rm_status status = buy(p, gpus);
    return status == RM_OK ? rm_problem_get_solution(p, PROVIDERS, NULL, x) : status;
}

static void print_header(const char *first)
{
    printf("%s", first);
    for (int i = 0; i < PROVIDERS; i++)
        printf(" %s", name[i]);
}

static void print_bought(const double *x)
{
    for (int i = 0; i < PROVIDERS; i++)
        printf(" %*.0f", (int)strlen(name[i]), x[i]);
}

/* Who is bought from for some totals, and what one GPU less saves and one more costs. */
static rm_status print_totals(rm_problem *p)
{
    rm_status status = RM_OK;
    print_header("GPUs");
    printf("  $/hour  one less  one more\n");
    for (int k = 0; k < TOTALS && status == RM_OK; k++) {
        double x[PROVIDERS], cost, less, more;
        status = bought(p, total[k], x);
        if (status == RM_OK)
            status = rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &cost);
        if (status == RM_OK)
            status = rm_problem_get_row_ranges(p, 1, NULL, &less, &more, NULL, NULL);
        if (status != RM_OK)
            return status;
        printf("%4.0f", total[k]);
        print_bought(x);
        printf(" %7.2f %9.2f %9.2f\n", cost, less, more);
    }
    return status;
}

/* From jump to jump: asked half a GPU beyond one, rm_problem_get_row_ranges tells where the next one is. */
static rm_status print_jumps(rm_problem *p, const char *format)
{
    double at = 0, all = 0;
    for (int i = 0; i < PROVIDERS; i++)
        all += offers[i] * gpus_per_offer;
    while (at < all) {
        double before[PROVIDERS], x[PROVIDERS], price, next;
        int seller = 0;
        rm_status status = bought(p, at, before);
        if (status == RM_OK)
            status = bought(p, at + 0.5, x);
        if (status == RM_OK)
            status = rm_problem_get_row_ranges(p, 1, NULL, &price, NULL, NULL, &next);
        if (status != RM_OK)
            return status;
        while (seller < PROVIDERS - 1 && x[seller] <= before[seller])
            seller++;
        printf(format, at, next, price, name[seller]);
        at = next;
    }
    return RM_OK;
}

/* Not at any price: 350 GPUs are wanted, but none that costs more than it is worth. */
static rm_status print_worths(rm_problem *p)
{
    rm_status status = RM_OK;
    print_header("\nworth");
    printf("  short  $/hour\n");
    for (int k = 0; k < WORTHS && status == RM_OK; k++) {
        double x[PROVIDERS], missing, cost;
        status = rm_problem_set_row_penalty(p, 1, NULL, &worth[k], NULL, NULL);
        if (status == RM_OK)
            status = bought(p, wanted, x);
        if (status == RM_OK)
            status = rm_problem_get_info_f64(p, RM_INFO_SHORTFALL, &missing);
        if (status == RM_OK)
            status = rm_problem_get_info_f64(p, RM_INFO_OBJECTIVE, &cost);
        if (status != RM_OK)
            return status;
        printf("%5.2f", worth[k]);
        print_bought(x);
        printf(" %6.0f %7.2f\n", missing, cost - worth[k] * missing); /* without the penalty */
    }
    return status;
}

/* More than there is. */
static rm_status print_too_many(rm_problem *p)
{
    char text[512];
    rm_status status = buy(p, 400);
    if (status != RM_INFEASIBLE) /* it must be */
        return status == RM_OK ? RM_ERROR_NO_ANSWER : status;
    rm_problem_message(p, text, (int64_t)sizeof text);
    printf(" 400 %s\n", text);
    return RM_OK;
}

static rm_status print_all(rm_problem *p)
{
    rm_status status = print_totals(p);
    if (status == RM_OK)
        status = print_too_many(p);
    if (status == RM_OK) {
        printf("\nfrom   to  one more  from whom\n");
        status = print_jumps(p, "%4.0f %4.0f  %8.2f  %s\n");
    }
    return status == RM_OK ? print_worths(p) : status;
}

int main(int argc, char **argv)
{
    rm_problem *p = NULL;
    rm_status status = build(&p);
    if (status == RM_OK && argc > 1 && strcmp(argv[1], "--csv") == 0) {
        printf("from,to,price,seller\n");
        status = print_jumps(p, "%g,%g,%.2f,%s\n");
    } else if (status == RM_OK) {
        status = print_all(p);
    }
    rm_problem_destroy(p);
    return status == RM_OK ? 0 : 1;
}

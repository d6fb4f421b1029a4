/* Moving costs: 1,000 GPUs for three families of language models, split anew every hour of a day.
 *
 * A family that gets lambda requests per second and has g GPUs, each of which serves mu of them, is
 * taken as one queue (M/M/1).  Then lambda / (mu g - lambda) requests are in it, waiting or served: an
 * alpha-fair cost of g with alpha = 2, weight lambda / mu and shift -lambda / mu, up to a constant.
 *
 * As demand shifts, so does the best split.  But a GPU that changes hands has to load another model first.
 * With a price on every GPU that moves, only what is worth moving moves.
 *
 * The demand is real: mean requests per second, hour by hour, of the large, middle and small models in
 * Alibaba Cloud's ServeGen traces, first day, summed over clients (Apache-2.0; Xiang et al., arXiv
 * 2505.09999).  The requests that a GPU serves and the number of GPUs are chosen here.
 *
 * With --csv: the curve of docs/pictures/moving.svg.
 *
 * SPDX-License-Identifier: MIT
 */
#include <rm/rm.h>
#include <stdio.h>
#include <string.h>

enum { FAMILIES = 3, HOURS = 24, PRICES = 6, STEPS = 32 };
static const double demand[FAMILIES][HOURS] = {
    {205, 230, 222, 203, 198, 200, 225, 226, 261, 317, 332, 316, 198, 267, 365, 338, 349, 355, 297, 337, 318, 253, 324,
     365},
    {1174, 1244, 1273, 1272, 1551, 1034, 1078, 1040, 1092, 1517, 1670, 1654, 1288, 1745, 1714, 1241, 1243, 1372, 1010,
     1249, 1513, 1564, 1272, 1245},
    {792, 624, 576, 593, 563, 630, 705, 769, 850, 1065, 990, 873, 812, 795, 989, 1056, 1088, 1136, 1168, 1423, 1725,
     1684, 1528, 1204}};
static const double served[FAMILIES] = {0.8, 5, 10}; /* requests per second and GPU */
static const double gpus = 1000;
/* What a GPU that moves costs, in requests that wait for an hour. */
static const double move_price[PRICES] = {0, 0.003, 0.01, 0.03, 0.1, 0.3};

/* A day: requests in the queues on average, and GPUs that changed hands. */
static rm_status day(rm_problem *p, double price, double *waiting, double *moved)
{
    double g[FAMILIES] = {0}, alpha[FAMILIES], weight[FAMILIES], shift[FAMILIES], up[FAMILIES], none[FAMILIES] = {0};
    rm_status status = RM_OK;
    *waiting = *moved = 0;
    for (int hour = 0; hour < HOURS && status == RM_OK; hour++) {
        double before[FAMILIES];
        for (int i = 0; i < FAMILIES; i++) {
            weight[i] = demand[i][hour] / served[i];
            shift[i] = -weight[i];
            alpha[i] = 2;
            up[i] = hour > 0 ? price : 0; /* who gains a GPU pays; the first split costs nothing */
            before[i] = g[i];
        }
        status = rm_problem_set_alpha_fair(p, FAMILIES, NULL, weight, shift, alpha);
        if (status == RM_OK)
            status = rm_problem_set_move_cost(p, FAMILIES, NULL, g, up, none);
        if (status == RM_OK)
            status = rm_problem_solve(p, RM_SOLVER_AUTO);
        if (status == RM_OK)
            status = rm_problem_get_solution(p, FAMILIES, NULL, g);
        for (int i = 0; i < FAMILIES && status == RM_OK; i++) {
            *waiting += weight[i] / (g[i] - weight[i]) / HOURS;
            *moved += hour > 0 && g[i] > before[i] ? g[i] - before[i] : 0;
        }
    }
    return status;
}

static rm_status print_table(rm_problem *p)
{
    rm_status status = RM_OK;
    printf("price of moving   requests in the queues   GPUs moved\n");
    for (int k = 0; k < PRICES && status == RM_OK; k++) {
        double waiting, moved;
        status = day(p, move_price[k], &waiting, &moved);
        if (status == RM_OK)
            printf("%15g   %22.2f   %10.0f\n", move_price[k], waiting, moved);
    }
    return status;
}

/* Prices 0 and from 0.001 to 1, ten to each power of ten. */
static rm_status print_curve(rm_problem *p)
{
    const double next = 1.2589254117941673; /* 10^0.1 */
    double price = 0;
    rm_status status = RM_OK;
    printf("price,waiting,moved\n");
    for (int k = 0; k < STEPS && status == RM_OK; k++) {
        double waiting, moved;
        status = day(p, price, &waiting, &moved);
        if (status == RM_OK)
            printf("%.4g,%.4f,%.2f\n", price, waiting, moved);
        price = k > 0 ? price * next : 0.001;
    }
    return status;
}

int main(int argc, char **argv)
{
    rm_problem *p = NULL;
    rm_status status = rm_problem_create(&p, FAMILIES, NULL, NULL);
    if (status == RM_OK)
        status = rm_problem_add_row(p, RM_ALL, NULL, NULL, gpus, gpus, NULL);
    if (status == RM_OK)
        status = argc > 1 && strcmp(argv[1], "--csv") == 0 ? print_curve(p) : print_table(p);
    rm_problem_destroy(p);
    return status == RM_OK ? 0 : 1;
}

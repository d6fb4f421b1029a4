/* Queues: requests to a language model, split over pools of old and new GPUs.
 *
 * A server that serves mu requests per second and gets x of them has x / (mu - x) in it on average, waiting
 * or served (M/M/1; also any lengths, if the server shares its time equally among all that it has). The k
 * servers of a pool each have a queue of their own and get equal shares of what the pool gets, so the pool
 * holds k x / (k mu - x): the queue cost with weight k and capacity k mu.  A queue common to the whole pool
 * would hold fewer.  The best split has the fewest requests in all pools together, and so, by Little's law,
 * the shortest mean time in the system.
 *
 * The demand is real: the requests of every whole minute of Azure's conversation trace of 2023, and its mean
 * tokens per request, read and written (AzurePublicDataset, CC-BY-4.0; Patel et al., Splitwise, ISCA 2024).
 * One such service is too small for these pools; five equal ones are taken.  Every minute is taken as if the
 * queues had settled.
 *
 * The speed is half real: ms_per_layer is the measured time of one layer of Llama-2-70b for a batch of 256
 * tokens on four GPUs, which are a server here (Vidur, MIT; Agrawal et al., MLSys 2024).  Attention is left
 * out, and a server is taken to find 256 tokens for every batch, whoever they belong to; so real servers are
 * slower, above all when they have little to do.  How many servers there are is chosen here.
 *
 * With --csv: the curves of docs/pictures/queues.svg.
 *
 * SPDX-License-Identifier: MIT
 */
#include <rm/rm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POOLS = 3, MINUTES = 58, STEPS = 98 };
static const char *const name[POOLS] = {"A40", "A100", "H100"};
static const double ms_per_layer[POOLS] = {1.421, 0.638, 0.24};
static const double servers[POOLS] = {8, 4, 2};
static const double layers = 80, batch = 256, tokens_per_request = 1365.8, services = 5;
static const int requests[MINUTES] = {191, 265, 329, 353, 307, 273, 268, 261, 322, 298, 301, 302, 345, 326, 283,
                                      279, 280, 308, 343, 351, 351, 343, 408, 396, 386, 398, 432, 480, 476, 453,
                                      448, 507, 438, 413, 423, 418, 465, 311, 329, 316, 333, 355, 319, 360, 334,
                                      375, 330, 249, 221, 249, 265, 280, 256, 254, 242, 260, 246, 225};

/* Requests per second that a server of this pool serves. */
static double served(int pool)
{
    return batch / (ms_per_layer[pool] / 1000 * layers) / tokens_per_request;
}

static double capacity(const double *count)
{
    double sum = 0;
    for (int i = 0; i < POOLS; i++)
        sum += count[i] * served(i);
    return sum;
}

/* Requests in all pools, if pool i gets x[i]. */
static double held(const double *count, const double *x)
{
    double sum = 0;
    for (int i = 0; i < POOLS; i++)
        sum += count[i] * x[i] / (count[i] * served(i) - x[i]);
    return sum;
}

/* The same, if every pool gets its share of the capacity. */
static double held_in_proportion(double rate)
{
    double x[POOLS];
    for (int i = 0; i < POOLS; i++)
        x[i] = rate * servers[i] * served(i) / capacity(servers);
    return held(servers, x);
}

static rm_status set_servers(rm_problem *p, const double *count)
{
    double together[POOLS];
    for (int i = 0; i < POOLS; i++)
        together[i] = count[i] * served(i);
    return rm_problem_set_queue(p, POOLS, NULL, count, together);
}

static rm_status build(rm_problem **p)
{
    rm_status status = rm_problem_create(p, POOLS, NULL, NULL);
    if (status == RM_OK)
        status = set_servers(*p, servers);
    if (status == RM_OK)
        status = rm_problem_add_row(*p, RM_ALL, NULL, NULL, 0, 0, NULL);
    if (status == RM_OK)
        status = rm_problem_set_name(*p, RM_NAME_ROW, 0, "requests per second");
    for (int i = 0; i < POOLS && status == RM_OK; i++)
        status = rm_problem_set_name(*p, RM_NAME_VARIABLE, i, name[i]);
    return status;
}

/* The best split, and how many requests in the system one more per second adds. */
static rm_status split(rm_problem *p, double rate, double *x, double *more)
{
    rm_status status = rm_problem_set_row_bounds(p, 1, NULL, &rate, &rate);
    if (status == RM_OK)
        status = rm_problem_solve(p, RM_SOLVER_AUTO);
    if (status == RM_OK)
        status = rm_problem_get_solution(p, POOLS, NULL, x);
    return status == RM_OK ? rm_problem_get_row_duals(p, 1, NULL, more) : status;
}

static rm_status print_minute(rm_problem *p, const char *what, int in_minute)
{
    double x[POOLS], more, rate = services * in_minute / 60;
    rm_status status = split(p, rate, x, &more);
    if (status != RM_OK)
        return status;
    printf("%-9s %6.2f %4.0f %%  %6.2f %6.2f %6.2f  %8.2f %9.2f  %13.2f\n", what, rate, 100 * rate / capacity(servers),
           x[0], x[1], x[2], held(servers, x), more, held_in_proportion(rate));
    return RM_OK;
}

/* One H100 server less: what is wanted is then more than the pools serve. */
static rm_status print_failure(rm_problem *p, int in_minute)
{
    double left[POOLS], x[POOLS], more;
    char text[512];
    memcpy(left, servers, sizeof left);
    left[POOLS - 1]--;
    rm_status status = set_servers(p, left);
    if (status == RM_OK)
        status = split(p, services * in_minute / 60, x, &more);
    if (status != RM_INFEASIBLE) /* it must be */
        return status == RM_OK ? RM_ERROR_NO_ANSWER : status;
    rm_problem_message(p, text, (int64_t)sizeof text);
    printf("\nThe busiest minute, with one H100 server less:\n%s\n", text);
    return RM_OK;
}

static int ascending(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static rm_status print_table(rm_problem *p)
{
    int sorted[MINUTES];
    memcpy(sorted, requests, sizeof sorted);
    qsort(sorted, MINUTES, sizeof sorted[0], ascending);
    for (int i = 0; i < POOLS; i++)
        printf("%-4s %.0f servers of %.2f requests/s\n", name[i], servers[i], served(i));
    printf("\n                       requests/s to each     requests in the system\n");
    printf("minute    wanted  load     A40   A100   H100      best  one more  in proportion\n");
    rm_status status = print_minute(p, "quietest", sorted[0]);
    if (status == RM_OK)
        status = print_minute(p, "middle", sorted[MINUTES / 2]);
    if (status == RM_OK)
        status = print_minute(p, "busiest", sorted[MINUTES - 1]);
    return status == RM_OK ? print_failure(p, sorted[MINUTES - 1]) : status;
}

/* Against the load in per cent: requests in the system, and how busy each pool is. */
static rm_status print_curves(rm_problem *p)
{
    rm_status status = RM_OK;
    printf("load,best,proportional,A40,A100,H100\n");
    for (int k = 1; k <= STEPS && status == RM_OK; k++) {
        double x[POOLS], more, rate = k * capacity(servers) / 100;
        status = split(p, rate, x, &more);
        if (status != RM_OK)
            break;
        printf("%d,%.4f,%.4f", k, held(servers, x), held_in_proportion(rate));
        for (int i = 0; i < POOLS; i++)
            printf(",%.3f", 100 * x[i] / (servers[i] * served(i)));
        printf("\n");
    }
    return status;
}

int main(int argc, char **argv)
{
    rm_problem *p = NULL;
    rm_status status = build(&p);
    if (status == RM_OK)
        status = argc > 1 && strcmp(argv[1], "--csv") == 0 ? print_curves(p) : print_table(p);
    rm_problem_destroy(p);
    return status == RM_OK ? 0 : 1;
}

#include "general.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void give_up(const char *why)
{
    fprintf(stderr, "bench: %s\n", why);
    exit(2);
}

problem general_read(const char *path)
{
    problem p = {0, 0, NULL, NULL, NULL, NULL, NULL};
    char line[512];
    int room = 0, has_total = 0;
    FILE *f = fopen(path, "r");
    if (f == NULL)
        give_up("the instance cannot be opened");
    while (fgets(line, sizeof line, f) != NULL) {
        double v[5];
        if (sscanf(line, "# r = %lf", &v[0]) == 1) {
            p.r = v[0];
            has_total = 1;
        }
        if (sscanf(line, "%lf,%lf,%lf,%lf,%lf", &v[0], &v[1], &v[2], &v[3], &v[4]) != 5)
            continue;
        if (p.n == room) {
            room = room > 0 ? 2 * room : 1024;
            double **array[] = {&p.d, &p.a, &p.b, &p.l, &p.u};
            for (int k = 0; k < 5; k++) {
                *array[k] = realloc(*array[k], (size_t)room * sizeof(double));
                if (*array[k] == NULL)
                    give_up("no memory");
            }
        }
        p.d[p.n] = v[0];
        p.a[p.n] = v[1];
        p.b[p.n] = v[2];
        p.l[p.n] = v[3];
        p.u[p.n++] = v[4];
    }
    fclose(f);
    if (p.n == 0 || !has_total)
        give_up("the file is not an instance");
    return p;
}

void general_start(const problem *p, double *x)
{
    for (int i = 0; i < p->n; i++)
        x[i] = p->u[i] < 1e300 ? (p->l[i] + p->u[i]) / 2 : p->l[i];
}

void general_print(double seconds, const char *word, int n, const double *x)
{
    printf("%.9g\n%s\n", seconds, word);
    for (int i = 0; i < n; i++)
        printf("%.17g\n", x[i]);
}

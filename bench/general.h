/* What the two programs for general solvers share: they read an instance as
 * `rmbench --draw` prints it, and print the seconds, a word, and x.
 */
#ifndef BENCH_GENERAL_H
#define BENCH_GENERAL_H

typedef struct problem {
    int n;
    double r;
    double *d, *a, *b, *l, *u;
} problem;

/* Ends the program when the file is not what it should be. */
problem general_read(const char *path);
void general_print(double seconds, const char *word, int n, const double *x);

/* A start that meets the bounds. */
void general_start(const problem *p, double *x);

#endif

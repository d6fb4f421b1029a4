/* The short way of a solve with one row beside the long one.  Where the short way says
 * that it is done, both tell the same, bit for bit. */
#ifndef TESTS_WAYS_H
#define TESTS_WAYS_H

#include "instance.h"
#include "solve/fast.h"

/* Gives the arrays whose bits are set the values that NULL stands for. */
void flatten(instance *t, unsigned which);
/* A view in which some arrays that could be NULL are. */
rm_view view_of(const instance *t, unsigned hidden);
/* Room for n doubles, at the beginning of a cache line. */
double *lines(int64_t n);

/* What the long way finds, with x and without. */
typedef struct reference {
    rm_status status, bare_status;
    rm_water water, bare;
    double *x;
} reference;

/* The row of one total. */
rm_row equal_sides(double total);
reference long_way(const rm_view *v, rm_row row);
/* The one place that calls the short way. */
rm_status short_way(const rm_view *v, rm_row row, double *x, rm_crew *crew, rm_water *out, int *done);

/* The short way, with x at some place in memory; returns whether it is done. */
int agrees(const rm_view *v, rm_row row, const reference *r, rm_crew *crew, int64_t place);
int agrees_without_x(const rm_view *v, rm_row row, const reference *r, rm_crew *crew);
/* On every level; how often the short way was tried and done is counted. */
void compare(const rm_view *v, rm_row row, rm_crew *crew, int64_t place, int64_t *tried, int64_t *done);

/* An executor that runs the parts from the last to the first, on this thread; counts its
 * calls in *(int *)user. */
int32_t backwards(void *user, rm_task_fn fn, void *task, int64_t parts);

#endif

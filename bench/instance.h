/* An instance of the one-row problem, in the form of the literature,
 *
 *     min sum 1/2 d x^2 - a x    subject to    sum b x = r,  l <= x <= u,
 *
 * and in the library's terms: weight d / 2, target a / d, coefficient b.
 */
#ifndef BENCH_INSTANCE_H
#define BENCH_INSTANCE_H

#include "random.h"

#include <stdint.h>

/* A form says which arrays there are, so that a method reads no other. */
typedef enum form {
    FORM_GENERAL,  /* all five */
    FORM_RESOURCE, /* b = 1, l = 0 */
    FORM_CAPPED,   /* d = b = 1, l = 0 */
    FORM_SIMPLEX   /* d = b = 1, l = 0, u infinite */
} form;

typedef struct instance {
    int64_t n;
    form form;
    double r;
    double *d, *a, *b, *l, *u; /* NULL where the form fixes it; d > 0, b > 0 */
    double *weight, *target;   /* weight NULL where d is: the factor 1/2 moves no answer */
    void *memory;
} instance;

enum { GROUP_MAIN = 1, GROUP_AWKWARD = 2 };

/* How a class fills the arrays of its form and sets r.  The parameter is the
 * class's own (a period, for one). */
typedef void (*fill_fn)(instance *in, stream *s, int64_t parameter);

enum { CLASS_MAIN, CLASS_AWKWARD };

typedef struct drawn_class {
    const char *name;
    int list;
    form form;
    fill_fn fill;
    int64_t parameter;
    int infeasible; /* the right answer is that there is none */
} drawn_class;

/* The seven classes, then the awkward ones; the list ends with a NULL name. */
extern const drawn_class drawn_classes[];
const drawn_class *class_find(const char *name);

instance *instance_draw(const drawn_class *c, int64_t n, uint64_t seed);
void instance_free(instance *in);

/* Arrays that the library reads, those that are not NULL; returns how many. */
int instance_inputs(const instance *in, const double **array);

/* Sets r to the given share of the way from the least to the greatest sum. */
void instance_total(instance *in, double share);
void instance_limits(const instance *in, double *least, double *greatest);

/* The three literature classes share all but a and d; awkward.c starts from the first. */
void fill_uncorrelated(instance *in, stream *s, int64_t parameter);

/* awkward.c */
void fill_identical(instance *in, stream *s, int64_t parameter);
void fill_ties(instance *in, stream *s, int64_t parameter);
void fill_pareto(instance *in, stream *s, int64_t parameter);
void fill_giant(instance *in, stream *s, int64_t parameter);
void fill_sorted(instance *in, stream *s, int64_t parameter);
void fill_period(instance *in, stream *s, int64_t parameter);
void fill_scales(instance *in, stream *s, int64_t parameter);
void fill_no_upper(instance *in, stream *s, int64_t parameter);
void fill_fixed(instance *in, stream *s, int64_t parameter);
void fill_limit(instance *in, stream *s, int64_t parameter);

/* Parameters of fill_limit. */
enum { LIMIT_LOWER, LIMIT_UPPER, LIMIT_ULP_INSIDE, LIMIT_ULP_OUTSIDE, LIMIT_OUTSIDE };

#endif

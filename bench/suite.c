/* The cases, in the order in which they run.
 *
 * First all cases are listed, so that the budget can be shared: each gets of the
 * time that is left what its weight is among the weights that are left.
 */
#include "suite.h"
#include "clock.h"
#include "json.h"
#include "memory.h"

#include <stdlib.h>
#include <string.h>

#define CASES_MAX 256
#define CONTENDERS_MAX 40

/* Several instances in turn as long as they fit into this many bytes together. */
#define POOL_BYTES (512 << 10)
#define POOL_MAX 256

typedef struct planned {
    const char *group;
    const drawn_class *drawn;
    int64_t n;
} planned;

typedef struct plan {
    planned item[CASES_MAX];
    int count;
    const settings *s;
} plan;

/* --- what there is --------------------------------------------------------- */

static const char *title(char *to, size_t size, const planned *c)
{
    snprintf(to, size, "%s/%s/%lld", c->group, c->drawn->name, (long long)c->n);
    return to;
}

static void add(plan *p, const char *group, const drawn_class *drawn, int64_t n)
{
    char name[100];
    planned c = {group, drawn, n};
    if (p->count == CASES_MAX || (p->s->only != NULL && strstr(title(name, sizeof name, &c), p->s->only) == NULL))
        return;
    p->item[p->count++] = c;
}

/* One-row cases at every size; what needs large data from a million on. */
static void make_plan(plan *p, const settings *s)
{
    static const int64_t small[] = {1, 8, 64, 1000};
    const drawn_class *first = &drawn_classes[0];
    int64_t awkward = 0, least = s->reference < 1000000 ? s->reference : 1000000;
    p->s = s;
    add(p, "floors", first, s->reference);
    for (int k = 0; k < 4; k++)
        add(p, "latency", first, small[k]);
    for (int k = 0; k < 4; k++)
        add(p, "latency", class_find("simplex_uniform"), small[k]);
    for (int k = 0; k < s->sizes; k++)
        for (const drawn_class *c = drawn_classes; c->name != NULL; c++)
            if (c->list == CLASS_MAIN)
                add(p, "one_row", c, s->size[k]);
    for (int k = 0; k < s->sizes; k++) {
        if (s->size[k] > awkward && s->size[k] <= 1000000)
            awkward = s->size[k];
        if (s->size[k] < least)
            continue;
        for (const drawn_class *c = drawn_classes; c->name != NULL; c++)
            if (c->list == CLASS_MAIN)
                add(p, "again", c, s->size[k]);
        for (const drawn_class *c = drawn_classes; s->threads > 1 && c->name != NULL; c++)
            if (c->list == CLASS_MAIN)
                add(p, "threads", c, s->size[k]);
        add(p, "price", first, s->size[k]);
    }
    for (const drawn_class *c = drawn_classes; awkward > 0 && c->name != NULL; c++)
        if (c->list == CLASS_AWKWARD)
            add(p, "awkward", c, awkward);
    add(p, "floors", first, s->reference); /* again, for the drift of the machine */
}

/* --- who runs -------------------------------------------------------------- */

typedef struct field {
    contender c[CONTENDERS_MAX];
    int count;
    pool *p;
} field;

static void keep(field *f, int exists)
{
    f->count += exists;
}

static contender *next(field *f)
{
    return &f->c[f->count];
}

/* Both ways of writing; `own`: only the arrays that the class has. */
static void add_floor(field *f, int job, int arrays, int own, int threads)
{
    keep(f, contender_floor(next(f), f->p, job, arrays, own, 1, threads));
    if (job != FLOOR_READ)
        keep(f, contender_floor(next(f), f->p, job, arrays, own, 0, threads));
}

static void add_floors(field *f, int threads)
{
    const double *inputs[5];
    int own = instance_inputs(f->p->instance[0], inputs);
    add_floor(f, FLOOR_TWO_PASS, 5, own == 5, threads);
    if (own < 5)
        add_floor(f, FLOOR_TWO_PASS, own, 1, threads);
    if (own == 1)
        add_floor(f, FLOOR_COPY, 1, 1, threads);
}

static void add_baselines(field *f)
{
    for (const baseline *b = baselines; b->name != NULL; b++)
        keep(f, contender_baseline(next(f), f->p, b));
}

static void enter(field *f, const planned *c, const settings *s)
{
    pool *p = f->p;
    if (strcmp(c->group, "floors") == 0) {
        for (int threads = 1; threads <= s->threads; threads += s->threads > 1 ? s->threads - 1 : 1) {
            add_floor(f, FLOOR_READ, 5, 0, threads);
            add_floor(f, FLOOR_READ, 1, 0, threads);
            add_floor(f, FLOOR_TWO_PASS, 5, 0, threads);
            add_floor(f, FLOOR_COPY, 1, 0, threads);
        }
    } else if (strcmp(c->group, "one_row") == 0) {
        add_floors(f, 1);
        keep(f, contender_waterfill(next(f), p, 0));
        if (p->count == 1 && option_key("RM_OPTION_SUMS", &(int32_t){0}))
            for (int sums = 0; sums <= 1; sums++)
                keep(f, contender_handle(next(f), p, WAY_FRESH, 1, sums));
        add_baselines(f);
    } else if (strcmp(c->group, "again") == 0) {
        add_floors(f, 1);
        for (int sums = 0; sums <= 1; sums++) {
            keep(f, contender_handle(next(f), p, WAY_AGAIN, 1, sums));
            keep(f, contender_handle(next(f), p, WAY_AGAIN_READ, 1, sums));
        }
    } else if (strcmp(c->group, "threads") == 0) {
        add_floors(f, 1);
        add_floors(f, s->threads);
        for (int sums = 0; sums <= 1; sums++) {
            keep(f, contender_handle(next(f), p, WAY_FRESH, s->threads, sums));
            keep(f, contender_handle(next(f), p, WAY_AGAIN, s->threads, sums));
        }
    } else if (strcmp(c->group, "price") == 0) {
        add_floor(f, FLOOR_READ, 5, 1, 1);
        keep(f, contender_waterfill(next(f), p, 1));
    } else if (strcmp(c->group, "awkward") == 0) {
        add_floors(f, 1);
        keep(f, contender_waterfill(next(f), p, 0));
    } else { /* latency: too small for a floor */
        keep(f, contender_waterfill(next(f), p, 0));
        add_baselines(f);
    }
}

/* --- a table on the terminal ----------------------------------------------- */

/* The least median among those of a kind; the whole data's two-pass floor counts, where there is one. */
static double best(const field *f, kind k, const char *part, int rounds)
{
    double least = 0;
    for (int i = 0; i < f->count; i++) {
        double v = samples_median(&f->c[i], rounds);
        if (f->c[i].kind == k && f->c[i].status == 0 && v > 0 && (least == 0 || v < least) &&
            (part == NULL || strstr(f->c[i].name, part) != NULL))
            least = v;
    }
    return least;
}

static void ratio(double value, double base)
{
    if (base > 0)
        printf("  %8.2f", value / base);
    else
        printf("  %8s", "-");
}

static void print_case(const field *f, const char *name, int rounds)
{
    double below = best(f, KIND_FLOOR, NULL, rounds), rival = best(f, KIND_BASELINE, NULL, rounds);
    for (int i = 0; i < f->count; i++)
        if (strncmp(f->c[i].name, "floor.two_pass", 14) == 0)
            below = best(f, KIND_FLOOR, "two_pass", rounds);
    printf("\n%s: %d rounds, %d instance%s in turn\n", name, rounds, f->p->count, f->p->count == 1 ? "" : "s");
    printf("  %-28s  %9s  %9s  %9s  %9s  %8s  %8s  %s\n", "", "ns/var", "least", "10 %", "90 %", "x floor", "x best",
           "row off by");
    for (int i = 0; i < f->count; i++) {
        const contender *c = &f->c[i];
        double sorted[ROUNDS_MAX];
        int count = samples_sorted(c, rounds, sorted);
        double median = samples_quantile(sorted, count, 0.5);
        printf("  %-28s  %9.3f  %9.3f  %9.3f  %9.3f", c->name, median, sorted[0], samples_quantile(sorted, count, 0.1),
               samples_quantile(sorted, count, 0.9));
        ratio(median, below);
        ratio(median, rival);
        if (c->residual >= 0)
            printf("  %.1e", c->residual);
        if (c->status != 0)
            printf("  status %d", (int)c->status);
        putchar('\n');
    }
    fflush(stdout);
}

/* --- running --------------------------------------------------------------- */

static int instances_in_turn(const planned *c)
{
    int64_t bytes = c->n * 5 * (int64_t)sizeof(double);
    int64_t count = bytes > 0 ? POOL_BYTES / bytes : POOL_MAX;
    return count > POOL_MAX ? POOL_MAX : count < 1 ? 1 : (int)count;
}

static int failed(const field *f, const planned *c)
{
    int bad = 0;
    for (int i = 0; i < f->count; i++)
        bad += f->c[i].kind != KIND_FLOOR && f->c[i].status != (c->drawn->infeasible ? RM_INFEASIBLE : RM_OK);
    return bad;
}

static int run_case(const planned *c, const settings *s, double budget, double *const floor_in[5])
{
    char name[100];
    pool p;
    field *f = memory_block(sizeof *f);
    f->p = &p;
    pool_draw(&p, c->drawn, c->n, instances_in_turn(c), s->seed, floor_in);
    enter(f, c, s);
    int rounds = f->count > 0 ? rounds_run(f->c, f->count, budget, c->n) : 0;
    print_case(f, title(name, sizeof name, c), rounds);
    if (s->json != NULL)
        json_case(s->json, c->group, c->drawn->name, c->n, p.count, f->c, f->count, rounds);
    int bad = failed(f, c);
    pool_free(&p);
    memory_free(f);
    return bad;
}

/* Large cases take longer to say as much. */
static double weight(const planned *c)
{
    return c->n < 300000 ? 1 : c->n < 3000000 ? 2 : 6;
}

static void say_what_is_missing(void)
{
    int32_t key;
    if (!option_key("RM_OPTION_THREADS", &key))
        puts("This library has no RM_OPTION_THREADS: it is measured on one thread.");
    if (!option_key("RM_OPTION_SUMS", &key))
        puts("This library has no RM_OPTION_SUMS: it is measured with exact sums.");
}

int suite_run(const settings *s)
{
    plan *p = memory_block(sizeof *p);
    char name[100];
    int bad = 0;
    make_plan(p, s);
    if (s->list) {
        for (int k = 0; k < p->count; k++)
            puts(title(name, sizeof name, &p->item[k]));
        memory_free(p);
        return 0;
    }
    int64_t largest = s->reference;
    double weights = 0;
    for (int k = 0; k < p->count; k++) {
        largest = p->item[k].n > largest ? p->item[k].n : largest;
        weights += weight(&p->item[k]);
    }
    double *floor_in[5], began = clock_seconds();
    void *floors = memory_arrays(5, largest, floor_in);
    say_what_is_missing();
    if (s->json != NULL)
        json_begin(s->json, s);
    for (int k = 0; k < p->count; k++) {
        double left = s->budget - (clock_seconds() - began);
        double share = left > 0 ? left * weight(&p->item[k]) / weights : 0;
        weights -= weight(&p->item[k]);
        bad += run_case(&p->item[k], s, share, floor_in);
    }
    double seconds = clock_seconds() - began;
    if (s->json != NULL)
        json_end(s->json, seconds);
    printf("\n%d cases in %.0f s; %d contenders without the right answer\n", p->count, seconds, bad);
    memory_free(floors);
    memory_free(p);
    return bad > 0;
}

/* Instances, random numbers and reports.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void *grow(void *block, size_t size)
{
    void *r = realloc(block, size ? size : 1);
    if (r == NULL) {
        fputs("exact_waterfill: out of memory\n", stderr);
        exit(2);
    }
    return r;
}

void instance_init(instance *in)
{
    memset(in, 0, sizeof *in);
    in->has_row = 1;
}

void instance_free(instance *in)
{
    free(in->w);
    free(in->t);
    free(in->p);
    free(in->a);
    free(in->l);
    free(in->u);
    instance_init(in);
}

void instance_resize(instance *in, int n)
{
    if (n > in->room) {
        size_t bytes = (size_t)n * sizeof(double);
        in->w = grow(in->w, bytes);
        in->t = grow(in->t, bytes);
        in->p = grow(in->p, bytes);
        in->a = grow(in->a, bytes);
        in->l = grow(in->l, bytes);
        in->u = grow(in->u, bytes);
        in->room = n;
    }
    for (int i = in->n; i < n; i++) {
        in->w[i] = 1;
        in->t[i] = 0;
        in->p[i] = 0;
        in->a[i] = 1;
        in->l[i] = 0;
        in->u[i] = HUGE_VAL;
    }
    in->n = n;
}

void instance_copy(instance *to, const instance *from)
{
    size_t bytes = (size_t)from->n * sizeof(double);
    instance_resize(to, from->n);
    if (bytes) {
        memcpy(to->w, from->w, bytes);
        memcpy(to->t, from->t, bytes);
        memcpy(to->p, from->p, bytes);
        memcpy(to->a, from->a, bytes);
        memcpy(to->l, from->l, bytes);
        memcpy(to->u, from->u, bytes);
    }
    to->constant = from->constant;
    to->has_row = from->has_row;
    to->low = from->low;
    to->high = from->high;
    memcpy(to->name, from->name, sizeof to->name);
}

int is_equality(const instance *in)
{
    return in->has_row && in->low == in->high;
}

void instance_print(FILE *f, const instance *in)
{
    fprintf(f, "instance %s\n", in->name[0] ? in->name : "unnamed");
    fprintf(f, "n %d row %d constant %a low %a high %a\n", in->n, in->has_row, in->constant, in->low, in->high);
    for (int i = 0; i < in->n; i++)
        fprintf(f, "%a %a %a %a %a %a\n", in->w[i], in->t[i], in->p[i], in->a[i], in->l[i], in->u[i]);
    fputs("end\n", f);
}

static int read_number(FILE *f, double *v)
{
    char word[80], *end;
    if (fscanf(f, "%79s", word) != 1)
        return 0;
    *v = strtod(word, &end);
    return *end == 0;
}

int instance_read(FILE *f, instance *in)
{
    char word[96];
    int n, row;
    /* Whatever stands before the word "instance" is what the program said. */
    do {
        if (fscanf(f, "%95s", word) != 1)
            return 0;
    } while (strcmp(word, "instance") != 0);
    if (fscanf(f, " %95[^\n]", in->name) != 1 || fscanf(f, " n %d row %d constant", &n, &row) != 2 || n < 0)
        return -1;
    instance_resize(in, n);
    in->has_row = row;
    if (!read_number(f, &in->constant) || fscanf(f, "%95s", word) != 1 || !read_number(f, &in->low) ||
        fscanf(f, "%95s", word) != 1 || !read_number(f, &in->high))
        return -1;
    for (int i = 0; i < n; i++)
        if (!read_number(f, &in->w[i]) || !read_number(f, &in->t[i]) || !read_number(f, &in->p[i]) ||
            !read_number(f, &in->a[i]) || !read_number(f, &in->l[i]) || !read_number(f, &in->u[i]))
            return -1;
    if (fscanf(f, "%95s", word) != 1 || strcmp(word, "end") != 0)
        return -1;
    return 1;
}

/* xoshiro256** 1.0 (Blackman and Vigna 2018), its state filled by splitmix64. */

static uint64_t rotate(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

void rng_seed(rng *r, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        seed += UINT64_C(0x9e3779b97f4a7c15);
        uint64_t z = seed;
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        r->s[i] = z ^ (z >> 31);
    }
}

uint64_t rng_next(rng *r)
{
    uint64_t *s = r->s, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

double rng_unit(rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1p-53;
}

double rng_real(rng *r, double a, double b)
{
    return a + (b - a) * rng_unit(r);
}

int rng_int(rng *r, int a, int b)
{
    /* The bias of the remainder is below 2^-50 here and does not matter. */
    return a + (int)(rng_next(r) % (uint64_t)(b - a + 1));
}

int rng_chance(rng *r, double probability)
{
    return rng_unit(r) < probability;
}

void report_clear(report *r)
{
    r->count = 0;
    r->used = 0;
    r->text[0] = 0;
}

void complain(report *r, const char *format, ...)
{
    va_list args;
    size_t left = sizeof r->text - r->used;
    r->count++;
    if (r->count > 8 || left < 3)
        return;
    va_start(args, format);
    int wrote = vsnprintf(r->text + r->used, left - 2, format, args);
    va_end(args);
    if (wrote > 0)
        r->used += (size_t)wrote < left - 3 ? (size_t)wrote : left - 3;
    r->text[r->used++] = '\n';
    r->text[r->used] = 0;
}

static double *number_array(double *old, int n)
{
    return grow(old, (size_t)n * sizeof(double));
}

void answer_init(answer *a)
{
    memset(a, 0, sizeof *a);
    a->where = -2;
}

void answer_free(answer *a)
{
    free(a->x);
    answer_init(a);
}

void answer_resize(answer *a, int n)
{
    if (n > a->room || a->x == NULL) {
        a->x = number_array(a->x, n);
        a->room = n;
    }
}

void full_init(full_answer *h)
{
    memset(h, 0, sizeof *h);
    answer_init(&h->a);
}

void full_free(full_answer *h)
{
    answer_free(&h->a);
    free(h->reduced);
    free(h->other_x);
    free(h->kind);
    free(h->index);
    free(h->multiplier);
    free(h->repair);
    full_init(h);
}

void full_resize(full_answer *h, int n)
{
    answer_resize(&h->a, n);
    if (n > h->room || h->reduced == NULL) {
        h->reduced = number_array(h->reduced, n);
        h->other_x = number_array(h->other_x, n);
        h->kind = grow(h->kind, (size_t)(n + 1) * sizeof *h->kind);
        h->index = grow(h->index, (size_t)(n + 1) * sizeof *h->index);
        h->multiplier = number_array(h->multiplier, n + 1);
        h->repair = number_array(h->repair, n + 1);
        h->room = n;
    }
    h->items = 0;
    h->has_other = 0;
    h->shortfall = 0;
}

/* Runs one instance through the library and the checks.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <math.h>
#include <string.h>

enum { PROOF_LIMIT = 48 };
long print_limit = 10;

int run_failed(const instance *in, const report *r)
{
    counts.failed++;
    if (counts.failed <= print_limit) {
        printf("FAILED: %s\n%s", in->name, r->text);
        instance_print(stdout, in);
        fflush(stdout);
    } else if (counts.failed == print_limit + 1) {
        puts("further failures are counted, not printed");
    }
    return 0;
}

static void count_kind(const instance *in, const exact *e)
{
    counts.runs++;
    counts.equality += is_equality(in);
    counts.rowless += !in->has_row;
    counts.one_sided += in->has_row && (isinf(in->low) || isinf(in->high));
    counts.ranged += in->has_row && in->low < in->high && !isinf(in->low) && !isinf(in->high);
    counts.tolerated += e->tolerated;
    counts.ok += e->status == RM_OK;
    counts.infeasible += e->status == RM_INFEASIBLE;
    counts.unbounded += e->status == RM_UNBOUNDED;
    if (e->status != RM_OK || !in->has_row)
        return;
    const price_set *s = &e->set;
    counts.whole_line += s->low_inf && s->high_inf;
    counts.infinite_end += s->low_inf != s->high_inf;
    counts.interval += !s->low_inf && !s->high_inf && !mpq_equal(s->low, s->high);
    counts.tied += e->ties > 1;
    counts.lower_binds += !e->equality && e->binding > 0;
    counts.upper_binds += e->binding < 0;
    counts.slack += e->binding == 0;
}

static void compare_bits(const instance *in, const answer *a, const answer *b, const char *what, report *r)
{
    if (a->status != b->status) {
        complain(r, "%s: status %d and %d", what, a->status, b->status);
        return;
    }
    if (a->status != RM_OK)
        return;
    if (memcmp(&a->y, &b->y, sizeof a->y) != 0)
        complain(r, "%s: price %a and %a", what, a->y, b->y);
    for (int i = 0; i < in->n; i++)
        if (memcmp(&a->x[i], &b->x[i], sizeof a->x[i]) != 0) {
            complain(r, "%s: x[%d] = %a and %a", what, i, a->x[i], b->x[i]);
            return;
        }
}

/* The library itself must find the repaired problem feasible too. */
static void try_repairs(const instance *in, const full_answer *h, report *r)
{
    static instance changed;
    static int ready;
    if (!ready)
        instance_init(&changed);
    ready = 1;
    for (int k = 0; k < h->items && k < 7; k++) {
        repair_instance(&changed, in, h->kind[k], h->index[k], h->repair[k]);
        int32_t status = call_status(&changed, r);
        if (status != RM_OK && status != RM_UNBOUNDED)
            complain(r, "conflict: status %d after repair %d of %.17g", status, k, h->repair[k]);
    }
}

int run_instance(const instance *in, unsigned what, unsigned vary, rng *random, answer *a_out)
{
    static exact e;
    static answer direct;
    static full_answer full;
    static int ready;
    report r;
    if (!ready) {
        exact_init(&e);
        answer_init(&direct);
        full_init(&full);
        ready = 1;
    }
    report_clear(&r);
    exact_solve(&e, in);
    count_kind(in, &e);
    if (in->n <= PROOF_LIMIT) {
        const char *wrong = exact_self_check(&e);
        if (wrong)
            complain(&r, "%s", wrong);
    }
    const answer *best = NULL;
    if (is_equality(in)) {
        call_waterfill(in, &direct, &r);
        check_answer(in, &e, &direct, &r);
        best = &direct;
    }
    if (best == NULL || (what & RUN_HANDLE)) {
        call_handle(in, vary, random, &full, &r);
        check_full(in, &e, &full, &r);
        if (best)
            compare_bits(in, best, &full.a, "rm_waterfill and the handle", &r);
        else
            best = &full.a;
        if (full.a.status == RM_INFEASIBLE && (what & RUN_LIBRARY_REPAIR))
            try_repairs(in, &full, &r);
    }
    if (a_out) {
        answer_resize(a_out, in->n);
        if (in->n)
            memcpy(a_out->x, best->x, (size_t)in->n * sizeof *best->x);
        a_out->status = best->status;
        a_out->y = best->y;
        a_out->where = best->where;
    }
    return r.count ? run_failed(in, &r) : 1;
}

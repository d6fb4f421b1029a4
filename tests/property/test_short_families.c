/* Costs that are not plain, the short way beside the long one: where the short way answers, on any level of
 * processor, it has the long way's price and x, bit for bit. */
#include "kernel/levels.h"
#include "solve/fast.h"
#include "support.h"

enum { MOST = 3000, KINDS_OF = 8 };

typedef struct problem {
    double weight[MOST], target[MOST], price[MOST], coef[MOST], lower[MOST], upper[MOST], shape[MOST];
    double current[MOST], up[MOST], down[MOST];
    unsigned char family[MOST];
    rm_view view;
    double total;
} problem;

/* Which families: one, or some of them by turns or by chance. */
static int family_for(dice *d, int kind)
{
    static const int one[] = {RM_FAMILY_QUADRATIC, RM_FAMILY_LOG, RM_FAMILY_QUEUE};
    static const int known[] = {RM_FAMILY_QUADRATIC, RM_FAMILY_LOG, RM_FAMILY_QUEUE};
    static const int all[] = {RM_FAMILY_QUADRATIC, RM_FAMILY_LOG, RM_FAMILY_QUEUE, RM_FAMILY_ALPHA, RM_FAMILY_ENTROPY};
    if (kind < 3)
        return one[kind];
    return kind < 6 ? known[dice_below(d, 3)] : all[dice_below(d, 5)];
}

static double number(dice *d, int whole, double low, double high)
{
    double v = dice_between(d, low, high);
    return whole ? floor(v) : v;
}

/* The bounds and the domain have a place in common, and a total lies inside what they allow. */
static void draw(dice *d, problem *p, int64_t n)
{
    int kind = (int)dice_below(d, KINDS_OF), whole = dice_below(d, 4) == 0, priced = dice_below(d, 2) == 0;
    int uneven = dice_below(d, 2) == 0, moves = dice_below(d, 2) == 0, wide = dice_below(d, 4) == 0;
    memset(&p->view, 0, sizeof p->view);
    p->total = 0;
    for (int64_t i = 0; i < n; i++) {
        int f = family_for(d, kind);
        p->family[i] = (unsigned char)f;
        p->weight[i] = dice_below(d, 40) == 0 ? 0 : number(d, whole, 1, 6);
        if (wide)
            p->weight[i] *= exp(dice_between(d, -12, 12));
        p->target[i] = number(d, whole, 1, 9);
        p->price[i] = priced ? number(d, whole, -2, 3) : 0;
        p->coef[i] = !uneven ? 1 : dice_below(d, 30) == 0 ? 0 : number(d, whole, 1, 4) * (dice_below(d, 20) == 0 ? -1 : 1);
        p->shape[i] = dice_between(d, 0.5, 3);
        p->lower[i] = dice_below(d, 3) == 0 ? number(d, whole, 0, 1) : 0;
        p->upper[i] = p->lower[i] + (dice_below(d, 10) == 0 ? 0 : number(d, whole, 1, 12));
        if (f != RM_FAMILY_QUEUE && dice_below(d, 4) == 0)
            p->upper[i] = INFINITY;
        if (f == RM_FAMILY_LOG && dice_below(d, 4) == 0)
            p->target[i] = p->lower[i] > 0 ? 0.25 : 0;
        p->current[i] = number(d, whole, -1, 9);
        p->up[i] = dice_below(d, 3) == 0 ? 0 : number(d, whole, 0, 2);
        p->down[i] = dice_below(d, 3) == 0 ? 0 : number(d, whole, 0, 2);
        double high = fmin(p->upper[i], f == RM_FAMILY_QUEUE ? p->target[i] : p->lower[i] + 10);
        p->total += p->coef[i] * (p->lower[i] + (high - p->lower[i]) * dice_between(d, 0.1, 0.8));
    }
    if (whole)
        p->total = floor(p->total);
    p->view = (rm_view){.n = n, .weight = p->weight, .target = p->target, .price = priced ? p->price : NULL,
                        .coef = uneven ? p->coef : NULL, .lower = p->lower, .upper = p->upper,
                        .family = kind > 0 ? p->family : NULL, .shape = p->shape};
    if (moves || kind == 0) {
        p->view.move.current = p->current;
        p->view.move.up = p->up;
        p->view.move.down = p->down;
    }
    if (dice_below(d, 5) == 0) {
        p->view.slack.on = 1;
        p->view.slack.under = dice_between(d, 0, 20);
        p->view.slack.over = dice_below(d, 2) ? INFINITY : dice_between(d, 0, 20);
        p->view.slack.quadratic = dice_below(d, 2) ? 0 : dice_between(d, 0, 1);
        p->view.n++;
    }
}

static void same_as_the_long_way(void **state)
{
    (void)state;
    static problem p;
    static double x[2][MOST + 1];
    int64_t told = 0, solved = 0, wrong = 0;
    const char *set = getenv("RM_SHIFT");
    const int64_t shift = set ? atoll(set) : 0;
    const int64_t rounds = 4000 / slowness();
    /* Besides, one whose whole numbers put an answer within 2^-108 of the middle between two doubles. */
    enum { HARD = 17173 };
    for (int64_t round = 0; round <= rounds; round++) {
        dice d = {(uint64_t)(round == 0 ? HARD : round + shift)};
        int64_t n = dice_below(&d, 3) == 0 ? 1 + dice_below(&d, 40) : 1 + dice_below(&d, dice_below(&d, 20) ? 300 : MOST - 1);
        draw(&d, &p, n);
        int64_t passes = 0;
        rm_watch watch = rm_watch_none(&passes);
        rm_water slow, fast;
        rm_status status = rm_waterfill_solve(&p.view, (rm_row){p.total, p.total}, x[0], &watch, &slow);
        solved += status == RM_OK;
        for (int level = 0; level < RM_LEVELS; level++) {
            if (!rm_level_runs(level))
                continue;
            int done;
            rm_level_force(level);
            rm_status got = rm_fast_solve(&p.view, p.total, x[1], &watch, NULL, NULL, &fast, &done);
            rm_level_force(-1);
            assert_status(got, RM_OK);
            if (!done)
                continue;
            told += level == 0;
            int same = status == RM_OK && bits_of(slow.multiplier) == bits_of(fast.multiplier)
                       && memcmp(x[0], x[1], (size_t)p.view.n * sizeof(double)) == 0;
            if (!same && wrong++ < 5) {
                print_message("round %d, n %d, level %d: status %d, multiplier %.17g and %.17g\n", (int)round, (int)n,
                              level, status, slow.multiplier, fast.multiplier);
                for (int64_t i = 0; i < p.view.n; i++)
                    if (bits_of(x[0][i]) != bits_of(x[1][i]))
                        print_message("  %d family %d: %.17g and %.17g\n", (int)i, i < n ? p.family[i] : -1, x[0][i],
                                      x[1][i]);
            }
        }
    }
    if (getenv("RM_TELL"))
        print_message("%d rounds, %d solved, %d by the short way\n", (int)rounds, (int)solved, (int)told);
    assert_int_equal(wrong, 0);
    assert_true(told > solved / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(same_as_the_long_way)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

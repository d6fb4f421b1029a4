/* Fenchel-Young terms: never negative, never below the truth, 0 at an answer. */
#include "cost/cost.h"
#include "support.h"

static double gap_of(const rm_cost *c, double x, double a, double y)
{
    double magnitude, reduced = rm_cost_reduced(c, x, a, y, 0, &magnitude);
    return rm_cost_fenchel(c, x, reduced, a, y);
}

static double clamp(double v, const rm_cost *c)
{
    return fmin(fmax(v, c->lower), c->upper);
}

/* [f(x) + p x - q x] - [the least of it over the domain], exactly where its
 * minimiser z is a double: (x - z) (w (x + z - 2 t) + p - q). */
static double truth(const rm_cost *c, double x, double q, double z)
{
    exact e = {0, {0}};
    exact_add_product(&e, c->weight, x);
    exact_add_product(&e, c->weight, z);
    exact_add_product(&e, -2 * c->weight, c->target);
    exact_add(&e, c->price);
    exact_add(&e, -q);
    return exact_value(&e) * (x - z);
}

static rm_cost random_cost(dice *d)
{
    rm_cost c = {ldexp(1, (int)dice_below(d, 8) - 4), dice_eighths(d, 8), dice_eighths(d, 8), 0, 0};
    c.lower = dice_below(d, 4) == 0 ? -INFINITY : dice_eighths(d, 8);
    c.upper = dice_below(d, 4) == 0 ? INFINITY : (isinf(c.lower) ? 0 : c.lower) + fabs(dice_eighths(d, 8));
    return c;
}

static void quadratic_terms_bound_the_truth_closely(void **state)
{
    (void)state;
    dice d = {1};
    for (int round = 0; round < 50000; round++) {
        rm_cost c = random_cost(&d);
        double y = dice_eighths(&d, 30), a = dice_below(&d, 2) ? 1 : -2, q = a * y;
        double x = clamp(dice_eighths(&d, 20), &c);
        double z = clamp(c.target + (q - c.price) / (2 * c.weight), &c); /* exact: w is a power of two */
        double real = truth(&c, x, q, z), term = gap_of(&c, x, a, y);
        assert_true(real >= 0);
        assert_true(term >= real);
        assert_true(term <= real * (1 + 1e-9) + 1e-9);
        assert_same(gap_of(&c, z, a, y), 0);
        rm_response r;
        rm_cost_respond(&c, q, 0, 0, &r);
        assert_same(r.low, z);
    }
}

static void rounded_answers_leave_next_to_nothing(void **state)
{
    (void)state;
    dice d = {2};
    for (int round = 0; round < 50000; round++) {
        rm_cost c = {fabs(dice_wild(&d, 10)), dice_wild(&d, 10), dice_wild(&d, 10), 0, 0};
        c.lower = dice_wild(&d, 12);
        c.upper = c.lower + fabs(dice_wild(&d, 12));
        double y = dice_wild(&d, 12), a = dice_wild(&d, 2), q = a * y;
        rm_response r;
        rm_cost_respond(&c, q, 0, 0, &r);
        double term = gap_of(&c, r.low, a, y);
        assert_true(term >= 0);
        /* w times the square of what rounding x and q leaves. */
        double off = 0x1p-51 * (fabs(r.low) + fabs(c.target) + (fabs(q) + fabs(c.price)) / c.weight);
        assert_true(term <= 4 * c.weight * off * off + 0x1p-1000);
    }
}

static void linear_terms(void **state)
{
    (void)state;
    const double inf = INFINITY;
    const struct {
        rm_cost c;
        double x, y, low; /* a = 2: q = 2 y */
    } row[] = {
        {{0, 5, 3, 0, 10}, 0, 1, 0},  /* q = 2 below the price: at the lower end nothing is lost */
        {{0, 5, 3, 0, 10}, 4, 1, 4},  /* 1 per unit above it */
        {{0, 5, 3, 0, 10}, 10, 2, 0}, {{0, 5, 3, 0, 10}, 4, 2, 6},    {{0, 5, 3, 0, 10}, 4, 1.5, 0},
        {{0, 5, 3, -inf, 10}, 4, 1, inf}, {{0, 5, 3, 0, inf}, 4, 2, inf}, {{0, 5, 3, -inf, inf}, 4, 1.5, 0},
        {{0, 5, 3, 4, 4}, 4, 9, 0},
    };
    for (int64_t k = 0; k < COUNT_OF(row); k++) {
        double term = gap_of(&row[k].c, row[k].x, 2, row[k].y);
        if (row[k].low == 0 || isinf(row[k].low))
            assert_same(term, row[k].low);
        else
            assert_true(term >= row[k].low && term <= row[k].low * (1 + 1e-9));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quadratic_terms_bound_the_truth_closely),
        cmocka_unit_test(rounded_answers_leave_next_to_nothing),
        cmocka_unit_test(linear_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

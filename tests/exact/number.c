/* Small tools on rationals and the spacing of doubles.
 *
 * SPDX-License-Identifier: MIT
 */
#include "exact.h"

#include <math.h>
#include <string.h>

static mpq_t one, two;

static void ready(void)
{
    static int done;
    if (!done)
        mpq_inits(one, two, (mpq_ptr)NULL);
    done = 1;
}

double ulp_of(double v)
{
    v = fabs(v);
    return v < 0x1p-1021 ? 0x1p-1074 : nextafter(v, HUGE_VAL) - v;
}

double q_nearest(mpq_srcptr q)
{
    ready();
    mpq_set_ui(one, 1, 1);
    mpq_mul_2exp(one, one, 1024);
    if (mpq_sgn(q) < 0)
        mpq_neg(one, one);
    if (mpq_sgn(q) * mpq_cmp(q, one) >= 0 && mpq_sgn(q) != 0)
        return mpq_sgn(q) * HUGE_VAL;
    double down = mpq_get_d(q); /* truncates */
    double away = nextafter(down, mpq_sgn(q) < 0 ? -HUGE_VAL : HUGE_VAL);
    mpq_set_d(one, down);
    if (isinf(away)) { /* the next one would be 2^1024 */
        mpq_set_ui(two, 1, 1);
        mpq_mul_2exp(two, two, 1024);
        if (mpq_sgn(q) < 0)
            mpq_neg(two, two);
    } else {
        mpq_set_d(two, away);
    }
    mpq_add(one, one, two);
    mpq_div_2exp(one, one, 1);
    int c = mpq_cmp(q, one) * (mpq_sgn(q) < 0 ? -1 : 1);
    if (c == 0) {
        uint64_t bits;
        memcpy(&bits, &down, sizeof bits);
        c = (bits & 1) ? 1 : -1;
    }
    return c > 0 ? away : down;
}

double q_ulps(double v, mpq_srcptr q)
{
    ready();
    if (!isfinite(v))
        return HUGE_VAL;
    double other = fabs(mpq_get_d(q));
    mpq_set_d(one, v);
    mpq_sub(one, one, q);
    return fabs(mpq_get_d(one)) / ulp_of(fabs(v) > other ? v : other);
}

int q_cmp_abs_d(mpq_srcptr q, double d)
{
    ready();
    if (!isfinite(d))
        return isinf(d) ? -1 : 1;
    mpq_abs(one, q);
    mpq_set_d(two, d);
    return mpq_cmp(one, two);
}

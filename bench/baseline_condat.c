/* Projection onto the simplex.
 *
 * L. Condat, Fast projection onto the simplex and the l1 ball, Mathematical
 * Programming 158, 2016.
 *
 * x = max(a - t, 0) with sum x = r; t is never above the t that belongs to a
 * part of the variables.  One pass builds a guess of t from the variables that
 * still can be above it, each new one pulling it towards itself; a variable that
 * alone would give more starts the list anew, and the old list waits.  Then the
 * waiting ones are looked at again, and passes over the list drop what is not
 * above t until nothing is dropped.
 *
 * Cost: in practice one pass over n, some over few, one to write x.
 */
#include "terms.h"

int solve_condat(const instance *in, double *scratch, double *x, double *multiplier)
{
    const double *a = in->a;
    int64_t n = in->n;
    if (in->form != FORM_SIMPLEX || n == 0)
        return 1;
    /* active: scratch[from..to); waiting: scratch[0..from).  A restart moves `from`. */
    int64_t from = 0, to = 1;
    double t = a[0] - in->r;
    scratch[0] = a[0];
    for (int64_t i = 1; i < n; i++) {
        double v = a[i];
        if (v > t) {
            t += (v - t) / (double)(to - from + 1);
            if (t <= v - in->r) {
                t = v - in->r;
                from = to;
            }
            scratch[to++] = v;
        }
    }
    /* The active ones move to the front as the waiting are read from the back. */
    double *active = scratch + from;
    int64_t count = to - from;
    for (int64_t i = from - 1; i >= 0; i--)
        if (scratch[i] > t) {
            *--active = scratch[i];
            count++;
            t += (scratch[i] - t) / (double)count;
        }
    for (int64_t before = 0; before != count;) {
        before = count;
        int64_t kept = 0;
        for (int64_t i = 0; i < before; i++) {
            double v = active[i];
            if (v > t)
                active[kept++] = v;
            else {
                count--;
                t += (t - v) / (double)count;
            }
        }
    }
    *multiplier = -t;
    write_answer(FORM_SIMPLEX, in, -t, x);
    return 0;
}

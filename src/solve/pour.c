/* See pour.h. */
#include "solve/pour.h"

/* So many x do not stay in the cache anyway. */
enum { AROUND_CACHE = 1 << 18 };

rm_status rm_pour_all(const rm_kernels *k, const rm_view *v, rm_price y, double size, double *x, rm_watch *watch,
                      rm_poured *out)
{
    int stream = x && v->n >= AROUND_CACHE;
    memset(out, 0, sizeof *out);
    out->anchor = rm_anchor_for(size);
    rm_status status = rm_watch_pass(watch);
    for (int64_t i = 0; i < v->n && status == RM_OK && !out->bad; i += RM_WATCH_BLOCK) {
        int64_t end = v->n - i > RM_WATCH_BLOCK ? i + RM_WATCH_BLOCK : v->n;
        k->pour(v, i, end, y, x, stream, out);
        status = rm_watch_block(watch);
    }
    return status;
}

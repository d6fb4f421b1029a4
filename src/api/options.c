/* Options, the cancel flag, the progress callback.  What options there are, and
 * their ranges, comes from constants.list. */
#include "api/problem.h"

typedef struct option {
    int32_t key;
    double low, high, standard; /* of those that are doubles */
    int64_t low_i64, high_i64, standard_i64;
    int is_f64;
} option;

#define RM_CONSTANT(kind, name, value, text)
#define RM_OPTION_F64(name, value, low, high, standard, text) {name, low, high, standard, 0, 0, 0, 1},
#define RM_OPTION_I64(name, value, low, high, standard, text) {name, 0, 0, 0, low, high, standard, 0},
static const option options[] = {
#include "api/constants.inc"
};
#undef RM_CONSTANT
#undef RM_OPTION_F64
#undef RM_OPTION_I64

static const option *find(int32_t key, int is_f64)
{
    for (size_t k = 0; k < sizeof options / sizeof *options; k++)
        if (options[k].key == key && options[k].is_f64 == is_f64)
            return &options[k];
    return NULL;
}

static double *place_f64(rm_problem *p, int32_t key)
{
    return key == RM_OPTION_TIME_LIMIT ? &p->time_limit : NULL;
}

static int64_t *place_i64(rm_problem *p, int32_t key)
{
    return key == RM_OPTION_ITERATION_LIMIT ? &p->iteration_limit
           : key == RM_OPTION_PROGRESS_STEP ? &p->progress_step
           : key == RM_OPTION_THREADS       ? &p->threads
                                            : NULL;
}

static rm_status fail_key(rm_problem *p, const char *call, int32_t key)
{
    return rm_fail_integer(p, call, "key", key, "an RM_OPTION_... of this type");
}

rm_status rm_problem_set_option_f64(rm_problem *p, int32_t key, double value)
{
    static const char *const call = "rm_problem_set_option_f64";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    const option *o = find(key, 1);
    double *to = place_f64(p, key);
    if (!o || !to)
        return fail_key(p, call, key);
    if (!(value >= o->low && value <= o->high)) {
        rm_text t = rm_message_begin(p, call);
        rm_text_add(&t, "value is ");
        rm_text_add_number(&t, value);
        rm_text_add(&t, "; it must be from ");
        rm_text_add_number(&t, o->low);
        rm_text_add(&t, " to ");
        rm_text_add_number(&t, o->high);
        return isnan(value) ? RM_ERROR_NAN : RM_ERROR_RANGE;
    }
    *to = value;
    return RM_OK;
}

rm_status rm_problem_set_option_i64(rm_problem *p, int32_t key, int64_t value)
{
    static const char *const call = "rm_problem_set_option_i64";
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    const option *o = find(key, 0);
    int64_t *to = place_i64(p, key);
    if (!o || !to)
        return fail_key(p, call, key);
    if (value < o->low_i64 || value > o->high_i64) {
        rm_text t = rm_message_begin(p, call);
        rm_text_add(&t, "value is ");
        rm_text_add_integer(&t, value);
        rm_text_add(&t, "; it must be from ");
        rm_text_add_integer(&t, o->low_i64);
        rm_text_add(&t, " to ");
        rm_text_add_integer(&t, o->high_i64);
        return RM_ERROR_RANGE;
    }
    *to = value;
    return RM_OK;
}

rm_status rm_problem_get_option_f64(rm_problem *p, int32_t key, double *value)
{
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (!value)
        return rm_fail(p, "rm_problem_get_option_f64", RM_ERROR_NULL, "value is NULL");
    const double *from = place_f64(p, key);
    if (!from)
        return fail_key(p, "rm_problem_get_option_f64", key);
    *value = *from;
    return RM_OK;
}

rm_status rm_problem_get_option_i64(rm_problem *p, int32_t key, int64_t *value)
{
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (!value)
        return rm_fail(p, "rm_problem_get_option_i64", RM_ERROR_NULL, "value is NULL");
    const int64_t *from = place_i64(p, key);
    if (!from)
        return fail_key(p, "rm_problem_get_option_i64", key);
    *value = *from;
    return RM_OK;
}

rm_status rm_option_range_f64(int32_t key, double *low, double *high, double *standard)
{
    const option *o = find(key, 1);
    if (!o)
        return RM_ERROR_RANGE;
    if (low)
        *low = o->low;
    if (high)
        *high = o->high;
    if (standard)
        *standard = o->standard;
    return RM_OK;
}

rm_status rm_option_range_i64(int32_t key, int64_t *low, int64_t *high, int64_t *standard)
{
    const option *o = find(key, 0);
    if (!o)
        return RM_ERROR_RANGE;
    if (low)
        *low = o->low_i64;
    if (high)
        *high = o->high_i64;
    if (standard)
        *standard = o->standard_i64;
    return RM_OK;
}

rm_status rm_problem_set_cancel_flag(rm_problem *p, const int32_t *flag)
{
    rm_status status = rm_enter(p);
    if (status == RM_OK)
        p->cancel = flag;
    return status;
}

rm_status rm_problem_set_progress_callback(rm_problem *p, rm_progress_fn progress, void *user)
{
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    p->progress = progress;
    p->progress_user = user;
    return RM_OK;
}

rm_status rm_problem_set_executor(rm_problem *p, rm_run_fn run, void *user, int32_t width)
{
    rm_status status = rm_enter(p);
    if (status != RM_OK)
        return status;
    if (run && (width < 1 || width > 1024))
        return rm_fail_integer(p, "rm_problem_set_executor", "width", width, "from 1 to 1024");
    p->run = run;
    p->run_user = user;
    p->run_width = width;
    return RM_OK;
}

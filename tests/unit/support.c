/* See support.h. */
#include "support.h"

#include <inttypes.h>

uint64_t bits_of(double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

double from_bits(uint64_t bits)
{
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

/* The doubles in their order, 0 and -0 the same. */
static int64_t place(double v)
{
    uint64_t bits = bits_of(v), size = bits & (UINT64_MAX >> 1);
    return bits >> 63 ? -(int64_t)size : (int64_t)size;
}

int64_t ulps_apart(double a, double b)
{
    if (isnan(a) || isnan(b))
        return INT64_MAX;
    uint64_t apart = (uint64_t)place(a) - (uint64_t)place(b);
    if (place(a) < place(b))
        apart = UINT64_C(0) - apart;
    return apart > INT64_MAX ? INT64_MAX : (int64_t)apart;
}

static int same(double a, double b)
{
    return bits_of(a) == bits_of(b) || (isnan(a) && isnan(b));
}

void support_same(double a, double b, const char *file, int line)
{
    if (same(a, b))
        return;
    print_error("%a (%.17g) is not %a (%.17g)\n", a, a, b, b);
    _fail(file, line);
}

void support_near(double a, double b, int64_t ulps, const char *file, int line)
{
    int64_t apart = ulps_apart(a, b);
    if (apart <= ulps)
        return;
    print_error("%a (%.17g) and %a (%.17g) are %" PRId64 " units in the last place apart, allowed are %" PRId64 "\n",
                a, a, b, b, apart, ulps);
    _fail(file, line);
}

void support_within(double a, double b, double distance, const char *file, int line)
{
    if (fabs(a - b) <= distance)
        return;
    print_error("%a (%.17g) and %a (%.17g) are %g apart, allowed is %g\n", a, a, b, b, fabs(a - b), distance);
    _fail(file, line);
}

void support_same_array(const double *a, const double *b, int64_t n, const char *file, int line)
{
    for (int64_t i = 0; i < n; i++) {
        if (same(a[i], b[i]))
            continue;
        print_error("at %" PRId64 " of %" PRId64 ": %a (%.17g) is not %a (%.17g)\n", i, n, a[i], a[i], b[i], b[i]);
        _fail(file, line);
    }
}

void support_contains(const char *text, const char *part, const char *file, int line)
{
    if (strstr(text, part))
        return;
    print_error("\"%s\" does not contain \"%s\"\n", text, part);
    _fail(file, line);
}

void support_says(const rm_problem *p, const char *part, const char *file, int line)
{
    char text[2048];
    int64_t length = rm_problem_message(p, text, sizeof text);
    if (length != (int64_t)strlen(text)) {
        print_error("the message has %zu bytes and is said to have %" PRId64 "\n", strlen(text), length);
        _fail(file, line);
    }
    support_contains(text, part, file, line);
}

void support_status(rm_status got, rm_status expected, const char *call, const char *file, int line)
{
    if (got == expected)
        return;
    char got_name[256], expected_name[256];
    rm_status_name(got, got_name, sizeof got_name);
    rm_status_name(expected, expected_name, sizeof expected_name);
    print_error("%s\n  returned %s\n  expected %s\n", call, got_name, expected_name);
    _fail(file, line);
}

/* --- random numbers ---------------------------------------------------------- */

uint64_t dice_bits(dice *d)
{
    uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

int64_t dice_below(dice *d, int64_t n)
{
    return (int64_t)(dice_bits(d) % (uint64_t)n);
}

double dice_between(dice *d, double low, double high)
{
    return low + (high - low) * ((double)(dice_bits(d) >> 11) * 0x1p-53);
}

double dice_eighths(dice *d, int64_t range)
{
    return (double)(dice_below(d, 16 * range + 1) - 8 * range) / 8;
}

double dice_wild(dice *d, int reach)
{
    uint64_t exponent = (uint64_t)(1023 - reach + dice_below(d, 2 * (int64_t)reach + 1));
    return from_bits((dice_bits(d) >> 63 << 63) | (exponent << 52) | (dice_bits(d) >> 12));
}

void dice_shuffle(dice *d, int64_t *order, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        order[i] = i;
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t j = dice_below(d, i + 1), held = order[i];
        order[i] = order[j];
        order[j] = held;
    }
}

/* --- exact sums ---------------------------------------------------------------- */

void exact_add(exact *e, double v)
{
    int kept = 0;
    for (int k = 0; k < e->count; k++) {
        /* volatile: as written, whatever the compiler may do. */
        volatile double sum = v + e->part[k];
        volatile double shown = sum - v;
        volatile double rest = (v - (sum - shown)) + (e->part[k] - shown);
        if (rest != 0)
            e->part[kept++] = rest;
        v = sum;
    }
    if (v != 0)
        e->part[kept++] = v;
    assert_true(kept < COUNT_OF(e->part));
    e->count = kept;
}

void exact_add_product(exact *e, double a, double b)
{
    volatile double product = a * b;
    exact_add(e, fma(a, b, -product));
    exact_add(e, product);
}

double exact_value(const exact *e)
{
    double sum = 0;
    for (int k = 0; k < e->count; k++)
        sum += e->part[k];
    return sum;
}

/* --- surroundings -------------------------------------------------------------- */

static char *read_all(const char *folder, const char *path)
{
    char name[4096];
    snprintf(name, sizeof name, "%s/%s", folder, path);
    FILE *file = fopen(name, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;
    if (text)
        text[fread(text, 1, (size_t)size, file)] = 0;
    fclose(file);
    return text;
}

char *read_source(const char *path)
{
    char *text = read_all(RM_TEST_ROOT, path);
    if (!text)
        fail_msg("cannot read %s of the repository", path);
    return text;
}

char *read_data(const char *path)
{
    const char *folder = getenv("RM_DATA");
    return read_all(folder && *folder ? folder : RM_TEST_ROOT "/../shared/data", path);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif

int64_t slowness(void)
{
    const char *preload = getenv("LD_PRELOAD");
    if (preload && strstr(preload, "vgpreload"))
        return 100;
#if defined(SANITIZED)
    return 5;
#elif defined(__OPTIMIZE__)
    return 1;
#else
    return 5;
#endif
}

/* The library itself: names of constants and statuses, version, features. */
#include "base/crew.h"
#include "base/text.h"
#include "kernel/kernels.h"

typedef struct constant {
    const char *kind, *name, *text;
    int64_t value;
} constant;

#define RM_CONSTANT(kind, name, value, text) {#kind, #name, text, value},
#define RM_OPTION_F64(name, value, low, high, standard, text) {"option", #name, text, value},
#define RM_OPTION_I64(name, value, low, high, standard, text) {"option", #name, text, value},
static const constant constants[] = {
#include "api/constants.inc"
};

enum { CONSTANTS = sizeof constants / sizeof *constants };

rm_status rm_constant(const char *name, int64_t *value)
{
    if (!name || !value)
        return RM_ERROR_NULL;
    for (int k = 0; k < CONSTANTS; k++)
        if (strcmp(constants[k].name, name) == 0) {
            *value = constants[k].value;
            return RM_OK;
        }
    return RM_ERROR_RANGE;
}

int64_t rm_status_name(rm_status status, char *buffer, int64_t capacity)
{
    rm_text t = rm_text_begin(buffer, buffer ? capacity : 0);
    for (int k = 0; k < CONSTANTS; k++)
        if (constants[k].value == status && strcmp(constants[k].kind, "status") == 0) {
            rm_text_add(&t, constants[k].name);
            rm_text_add(&t, ": ");
            rm_text_add(&t, constants[k].text);
            return t.length;
        }
    rm_text_add(&t, "unknown status ");
    rm_text_add_integer(&t, status);
    return t.length;
}

int32_t rm_version(void)
{
    return RM_VERSION;
}

int64_t rm_build_info(char *buffer, int64_t capacity)
{
    rm_text t = rm_text_begin(buffer, buffer ? capacity : 0);
    rm_text_add(&t, "librm ");
    rm_text_add_integer(&t, RM_VERSION / 10000);
    rm_text_add(&t, ".");
    rm_text_add_integer(&t, RM_VERSION / 100 % 100);
    rm_text_add(&t, ".");
    rm_text_add_integer(&t, RM_VERSION % 100);
#if defined(__VERSION__)
#if defined(__clang__)
    rm_text_add(&t, ", ");
#else
    rm_text_add(&t, ", gcc ");
#endif
    rm_text_add(&t, __VERSION__);
#endif
    rm_text_add(&t, sizeof(void *) == 8 ? ", 64-bit" : ", 32-bit");
    rm_text_add(&t, ", kernels for ");
    rm_text_add(&t, rm_kernels_best()->name);
    return t.length;
}

int32_t rm_has(const char *feature)
{
    static const char *const features[] = {"solver.waterfill", "family.quadratic", "family.linear", "explain",
                                           "verify", "ranges", "progress", "cancel"};
    for (size_t k = 0; feature && k < sizeof features / sizeof *features; k++)
        if (strcmp(features[k], feature) == 0)
            return 1;
    return feature && strcmp(feature, "threads") == 0 && rm_crew_has_threads();
}

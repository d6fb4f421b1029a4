#define _DEFAULT_SOURCE
#include "json.h"
#include "floor.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int cases;

static void text(FILE *f, const char *s)
{
    fputc('"', f);
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            fprintf(f, "\\%c", c);
        else if (c < ' ')
            fprintf(f, "\\u%04x", c);
        else
            fputc(c, f);
    }
    fputc('"', f);
}

static void field(FILE *f, const char *name, const char *value)
{
    fprintf(f, "  \"%s\": ", name);
    text(f, value);
    fputs(",\n", f);
}

/* The processor's name as Linux tells it; empty elsewhere. */
static void processor(char *to, size_t size)
{
    char line[256];
    FILE *f = fopen("/proc/cpuinfo", "r");
    to[0] = '\0';
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        char *value = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && value != NULL) {
            snprintf(to, size, "%s", value + 2);
            to[strcspn(to, "\n")] = '\0';
            break;
        }
    }
    if (f != NULL)
        fclose(f);
}

static long cache(int name)
{
    long size = name >= 0 ? sysconf(name) : 0;
    return size > 0 ? size : 0;
}

static void machine(FILE *f)
{
    char name[256];
    int l1 = -1, l2 = -1, l3 = -1;
#if defined(_SC_LEVEL2_CACHE_SIZE)
    l1 = _SC_LEVEL1_DCACHE_SIZE;
    l2 = _SC_LEVEL2_CACHE_SIZE;
    l3 = _SC_LEVEL3_CACHE_SIZE;
#endif
    processor(name, sizeof name);
    fputs("  \"machine\": {\"processor\": ", f);
    text(f, name);
    fprintf(f, ", \"cores\": %ld, \"l1\": %ld, \"l2\": %ld, \"l3\": %ld, \"floor_kernels\": \"%s\"},\n",
            sysconf(_SC_NPROCESSORS_ONLN), cache(l1), cache(l2), cache(l3), floor_kernels());
}

void json_begin(FILE *f, const settings *s)
{
    char line[600], date[32] = "";
    time_t now = time(NULL);
    struct tm utc;
    if (gmtime_r(&now, &utc) != NULL)
        strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &utc);
    cases = 0;
    fputs("{\n", f);
    field(f, "program", "rmbench");
    field(f, "date", date);
    const char *commit = getenv("RM_COMMIT");
    field(f, "commit", commit != NULL ? commit : "");
    line[0] = '\0';
    for (int k = 1; k < s->argc; k++)
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s", k > 1 ? " " : "", s->argv[k]);
    field(f, "arguments", line);
    rm_build_info(line, sizeof line);
    field(f, "library", line);
    field(f, "baseline_flags", BENCH_BASELINE_FLAGS);
#if defined(__clang__)
    field(f, "compiler", "clang " __clang_version__);
#else
    field(f, "compiler", "gcc " __VERSION__);
#endif
    machine(f);
    fprintf(f, "  \"budget\": %g,\n  \"threads\": %d,\n  \"reference\": %lld,\n  \"seed\": %llu,\n", s->budget,
            s->threads, (long long)s->reference, (unsigned long long)s->seed);
    int32_t key;
    fprintf(f, "  \"has_threads\": %s,\n  \"has_sums\": %s,\n  \"cases\": [",
            option_key("RM_OPTION_THREADS", &key) ? "true" : "false",
            option_key("RM_OPTION_SUMS", &key) ? "true" : "false");
}

static void contender_json(FILE *f, const contender *c, int rounds)
{
    static const char *const kinds[] = {"floor", "library", "baseline"};
    fputs("      {\"name\": ", f);
    text(f, c->name);
    fprintf(f, ", \"kind\": \"%s\", \"status\": %d, \"residual\": ", kinds[c->kind], (int)c->status);
    if (c->residual >= 0)
        fprintf(f, "%.3g", c->residual);
    else
        fputs("null", f);
    fputs(", \"ns\": [", f);
    for (int k = 0; k < rounds; k++) {
        fputs(k > 0 ? ", " : "", f);
        if (c->sample[k] >= 0)
            fprintf(f, "%.4g", c->sample[k]);
        else
            fputs("null", f);
    }
    fputs("]}", f);
}

void json_case(FILE *f, const char *group, const char *name, int64_t n, int instances, const contender *c, int count,
               int rounds)
{
    fprintf(f, "%s\n    {\"group\": \"%s\", \"class\": \"%s\", \"n\": %lld, \"instances\": %d, \"contenders\": [\n",
            cases++ > 0 ? "," : "", group, name, (long long)n, instances);
    for (int k = 0; k < count; k++) {
        contender_json(f, &c[k], rounds);
        fputs(k + 1 < count ? ",\n" : "\n", f);
    }
    fputs("    ]}", f);
    fflush(f);
}

void json_end(FILE *f, double seconds)
{
    fprintf(f, "\n  ],\n  \"seconds\": %.1f\n}\n", seconds);
}

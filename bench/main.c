/* rmbench: measures librm beside the memory's floors and the methods of the
 * literature.  docs/bench.md tells how to read what it prints.
 */
#include "suite.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "usage: rmbench [OPTION...]\n"
                            "\n"
                            "  --budget SECONDS   time for all cases together (default 600)\n"
                            "  --sizes LIST       numbers of variables (default 1e3,1e4,1e5,1e6,1e7)\n"
                            "  --case NAME        only cases with NAME in their name\n"
                            "  --threads K        threads in the cases of several threads (default 2)\n"
                            "  --reference N      size of the reference floor (default 1e7)\n"
                            "  --seed S           seed of the instances (default 1)\n"
                            "  --json FILE        keep every sample in FILE\n"
                            "  --quick            20 s, sizes 1e3 and 1e5\n"
                            "  --list             name the cases and stop\n"
                            "  --draw NAME        print one instance of a class, of the first size, as CSV and stop\n"
                            "\n"
                            "Classes and sizes of cases: rmbench --list.  The exit code is 1 when something\n"
                            "gave a wrong status, 2 for a wrong option.\n";

static int wrong(const char *what, const char *value)
{
    fprintf(stderr, "rmbench: %s: %s\n%s", what, value, usage);
    return 2;
}

/* A number of the range, or a negative one. */
static double number(const char *text, double low, double high)
{
    char *end;
    errno = 0;
    double v = strtod(text, &end);
    return end != text && *end == '\0' && errno == 0 && v >= low && v <= high ? v : -1;
}

static int read_sizes(settings *s, const char *list)
{
    char text[200];
    s->sizes = 0;
    if (strlen(list) >= sizeof text)
        return 0;
    strcpy(text, list);
    for (char *part = strtok(text, ","); part != NULL; part = strtok(NULL, ",")) {
        double v = number(part, 1, 1e9);
        if (v < 1 || s->sizes == SIZES_MAX)
            return 0;
        s->size[s->sizes++] = (int64_t)v;
    }
    return s->sizes > 0;
}

static void print_array(const double *v, int64_t i, double standard, char end)
{
    printf("%.17g%c", v != NULL ? v[i] : standard, end);
}

/* For other solvers: the instance in the form of the literature. */
static int draw(const char *name, const settings *s)
{
    const drawn_class *c = class_find(name);
    if (c == NULL)
        return wrong("no such class", name);
    instance *in = instance_draw(c, s->size[0], s->seed);
    printf("# %s, n = %lld, seed %llu: min sum 1/2 d x^2 - a x, sum b x = r, l <= x <= u\n# r = %.17g\nd,a,b,l,u\n",
           c->name, (long long)in->n, (unsigned long long)s->seed, in->r);
    for (int64_t i = 0; i < in->n; i++) {
        print_array(in->d, i, 1, ',');
        print_array(in->a, i, 0, ',');
        print_array(in->b, i, 1, ',');
        print_array(in->l, i, 0, ',');
        print_array(in->u, i, HUGE_VAL, '\n');
    }
    instance_free(in);
    return 0;
}

int main(int argc, char **argv)
{
    settings s = {.budget = 600, .reference = 10000000, .threads = 2, .seed = 1, .argc = argc, .argv = argv};
    const char *json = NULL, *drawn = NULL;
    read_sizes(&s, "1e3,1e4,1e5,1e6,1e7");
    for (int k = 1; k < argc; k++) {
        const char *name = argv[k], *value = k + 1 < argc ? argv[k + 1] : "";
        double v = -1;
        if (strcmp(name, "--help") == 0) {
            fputs(usage, stdout);
            return 0;
        }
        if (strcmp(name, "--list") == 0) {
            s.list = 1;
            continue;
        }
        if (strcmp(name, "--quick") == 0) {
            s.budget = 20;
            read_sizes(&s, "1e3,1e5");
            continue;
        }
        k++;
        if (strcmp(name, "--budget") == 0 && (v = number(value, 0, 1e6)) >= 0)
            s.budget = v;
        else if (strcmp(name, "--sizes") == 0 && read_sizes(&s, value))
            continue;
        else if (strcmp(name, "--case") == 0 && *value != '\0')
            s.only = value;
        else if (strcmp(name, "--threads") == 0 && (v = number(value, 1, 64)) >= 1)
            s.threads = (int)v;
        else if (strcmp(name, "--reference") == 0 && (v = number(value, 1, 1e9)) >= 1)
            s.reference = (int64_t)v;
        else if (strcmp(name, "--seed") == 0 && (v = number(value, 0, 1e15)) >= 0)
            s.seed = (uint64_t)v;
        else if (strcmp(name, "--json") == 0 && *value != '\0')
            json = value;
        else if (strcmp(name, "--draw") == 0 && *value != '\0')
            drawn = value;
        else
            return wrong(name, *value != '\0' ? value : "no such option, or a value is missing");
    }
    if (drawn != NULL)
        return draw(drawn, &s);
    if (json != NULL && !s.list && (s.json = fopen(json, "w")) == NULL) {
        fprintf(stderr, "rmbench: %s: %s\n", json, strerror(errno));
        return 2;
    }
    int code = suite_run(&s);
    if (s.json != NULL && fclose(s.json) != 0) {
        fprintf(stderr, "rmbench: %s: %s\n", json, strerror(errno));
        return 2;
    }
    return code;
}

/* The command line of rmsolve.
 *
 * SPDX-License-Identifier: MIT
 */
#include "options.h"
#include "number.h"
#include "tool.h"

#include <rm/rm.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help_use[] =
    "Usage: rmsolve FILE.csv [--total M | --at-most M | --at-least M | --between L U] [OPTION]...\n"
    "       rmsolve FILE.csv --path FROM:TO [--step S] [--worth P] [--total M] [OPTION]...\n"
    "\n"
    "Splits a total over devices, pools, regions or teams so that the sum of\n"
    "\n"
    "    weight (x - target)^2 + price x          over all devices\n"
    "\n"
    "(or of costs of other families) is as small as it can be, with every x between its\n"
    "lower and upper bound.\n"
    "Says what each one gets and why, what one more unit of the total would cost,\n"
    "and how well the answer is proven.\n"
    "\n"
    "The total (without any of these, every device is on its own):\n"
    "  --total M            the sum is M\n"
    "  --at-most M          the sum is not above M\n"
    "  --at-least M         the sum is not below M\n"
    "  --between L U        the sum is from L to U\n"
    "  --short-price P      the sum may fall short of M or L, and each unit that is missing costs P\n"
    "  --over-price P       the sum may go over M or U, and each unit too many costs P\n"
    "\n"
    "The file (- reads standard input) is comma-separated text, UTF-8, with a header line.\n"
    "Empty lines and lines that start with # are skipped.  An empty field is the default.\n"
    "Needed is target, weight or family; the columns are:\n"
    "  name                 any text, in quotes where it holds a comma\n"
    "  family               what the cost is like, see below                default quadratic\n"
    "  weight               how much a miss hurts, >= 0                     default 1\n"
    "  target               what is wanted                                  default 0\n"
    "  price                what each unit costs, besides                   default 0\n"
    "  lower, upper         bounds; -inf and inf: none                      default 0 and inf\n"
    "  coef                 how much of the total one unit takes            default 1\n"
    "  shift, alpha         numbers of some families, see below             default 0 and 1\n"
    "  capacity             the number of the family queue                  default: none\n"
    "  current              where the device stands                         default: nowhere\n"
    "  up, down             what each unit above or below current costs     default 0\n";

static const char help_families[] =
    "\n"
    "Families of costs; files may mix them, and price x comes on top:\n"
    "  quadratic            weight (x - target)^2\n"
    "  log                  -weight log(x + shift): proportional fairness; shift is 0 by default\n"
    "  alpha-fair           -weight ((x + shift)^(1 - alpha) - 1) / (1 - alpha): the larger alpha,\n"
    "                       the more the least served count; alpha is 1 by default, which is log\n"
    "  entropy              weight (x log(x / target) - x): shares near target; target > 0 is needed\n"
    "  queue                weight x / (capacity - x): load on a server; capacity > 0 is needed\n";

static const char help_path[] =
    "\n"
    "The price of every total:\n"
    "  --path FROM:TO       what each total from FROM to TO costs, what one less saves and one more\n"
    "                       costs there, and where that jumps; without FROM or TO from the least or\n"
    "                       to the most that the bounds allow, as in --path 100: or --path :\n"
    "  --step S             show multiples of S; without it, those of a round number\n"
    "  --worth P            up to which total one more still pays, where each unit is worth P; below 0\n"
    "                       where each costs something that the file does not know\n"
    "  --total M            what a step more and a step less would change, from M on\n"
    "With --short-price P each unit that is missing costs P, and the price is never above that; likewise\n"
    "with --over-price.  --csv and --json hold every point at which the price bends or jumps (between\n"
    "two of them it is linear in the total where all costs are quadratic or linear), with --step its\n"
    "multiples instead.\n";

static const char help_options[] =
    "\n"
    "What is counted:\n"
    "  --relative           count a miss as a share of the target: weight ((x - target) / target)^2;\n"
    "                       a device with target 0 is held at 0, or at the bound nearest to it\n"
    "\n"
    "A history:\n"
    "  --series FILE.csv    one split per line: the first column labels the line (an hour, say), each\n"
    "                       other column is named after a device and holds what it wants then, >= 0.\n"
    "                       That number is the target and the most the device gets; a lower bound\n"
    "                       above it counts as that number.  The column target is not used.\n"
    "                       Prints a line per device, then the line with the highest cost in detail.\n"
    "\n"
    "What is shown:\n"
    "  --compare-proportional  also what a proportional cut gives and costs: the same share of its\n"
    "                       target for every device, bounds or not (always with --series)\n"
    "  --unit NAME          what the numbers count, such as GPU; used in sentences\n"
    "  --all                every line of a long table, every jump of a price; else the largest\n"
    "  --csv                for programs: a line per device (of a path: per total), all digits; in the\n"
    "                       column why stands\n"
    "                       target, limit, capacity, minimum, stays (moving is not worth what it\n"
    "                       costs), price (at the common price) or alone (where it costs least, as\n"
    "                       no total presses on it)\n"
    "  --json               for programs: one object, all digits; infinities are the strings\n"
    "                       \"inf\" and \"-inf\"\n"
    "  --help, --version\n"
    "\n"
    "Limits:\n"
    "  --time-limit S       stop after so many seconds\n"
    "  --iteration-limit N  stop after so many passes over the devices\n"
    "\n"
    "Exit codes: 0 optimal; 2 infeasible, with what would repair it; 3 stopped by a limit or by\n"
    "Ctrl-C, or not accurate; 4 unbounded; 64 wrong use; 65 bad data; 70 out of memory, or an error\n"
    "in rmsolve.\n"
    "\n"
    "Example: two clusters want 3 and 2 units, a miss on the first hurts twice as much, and\n"
    "8 units must be placed.\n"
    "\n"
    "  $ cat clusters.csv\n"
    "  name,weight,target,price\n"
    "  north,4,3,1\n"
    "  south,2,2,1\n"
    "  $ rmsolve clusters.csv --total 8\n"
    "\n"
    "Both get 4, and the price is 9: one more unit would raise the cost by 9.\n";

static const char help_more[] = "\n"
                                "Example: two servers share 100 requests per second.\n"
                                "\n"
                                "  $ cat servers.csv\n"
                                "  name,family,capacity\n"
                                "  fast,queue,100\n"
                                "  slow,queue,40\n"
                                "  $ rmsolve servers.csv --total 100\n"
                                "\n"
                                "They get 75.50 and 24.50.\n"
                                "\n"
                                "Example: both want 5, and a unit that comes or goes costs 1.\n"
                                "\n"
                                "  $ cat models.csv\n"
                                "  name,target,current,up,down\n"
                                "  first,5,3,1,1\n"
                                "  second,5,5.2,1,1\n"
                                "  $ rmsolve models.csv --total 10\n"
                                "\n"
                                "The first goes from 3 to 4.8.  The second keeps its 5.2, as it is not worth moving.\n";

static int print_version(void)
{
    char build[512];

    rm_build_info(build, (int64_t)sizeof build);
    printf("rmsolve %d.%d.%d, librm %d.%d.%d\n%s\n", RM_VERSION / 10000, RM_VERSION / 100 % 100, RM_VERSION % 100,
           rm_version() / 10000, rm_version() / 100 % 100, rm_version() % 100, build);
    return TOOL_OPTIMAL;
}

static int print_help(void)
{
    fputs(help_use, stdout);
    fputs(help_families, stdout);
    fputs(help_path, stdout);
    fputs(help_options, stdout);
    fputs(help_more, stdout);
    return TOOL_OPTIMAL;
}

/* The command line as it is walked through. */
struct walk {
    struct options *options;
    char **argument;
    int count;
    int at;
    const char *name; /* the option in hand */
    char *attached;   /* what follows '=' in it, or NULL */
    double from;      /* of --path */
    double to;
    bool failed;
};

static void complain(struct walk *walk, const char *what, const char *detail)
{
    tool_complain("rmsolve: %s%s; rmsolve --help shows the use", what, detail);
    walk->failed = true;
}

static const char *take_text(struct walk *walk)
{
    if (walk->attached != NULL) {
        char *text = walk->attached;
        walk->attached = NULL;
        return text;
    }
    if (walk->at < walk->count) {
        return walk->argument[walk->at++];
    }
    complain(walk, walk->name, " needs a value after it");
    return NULL;
}

static double read_number(struct walk *walk, const char *text)
{
    double value = 0.0;
    const char *wrong = number_read(text, &value);

    if (wrong != NULL) {
        tool_complain("rmsolve: %s: '%s' %s", walk->name, text, wrong);
        walk->failed = true;
        return 0.0;
    }
    return value;
}

static double take_number(struct walk *walk)
{
    const char *text = take_text(walk);

    return text != NULL ? read_number(walk, text) : 0.0;
}

static void take_row(struct walk *walk, enum row_kind kind)
{
    struct options *options = walk->options;
    double first = take_number(walk);
    double second = kind == ROW_BETWEEN && !walk->failed ? take_number(walk) : first;

    if (walk->failed) {
        return;
    }
    if (options->row != ROW_NONE) {
        complain(walk, "--total, --at-most, --at-least and --between exclude each other", "");
        return;
    }
    if (kind != ROW_BETWEEN && isinf(first)) {
        complain(walk, walk->name, " needs a finite number");
        return;
    }
    if (first > second || first >= HUGE_VAL || second <= -HUGE_VAL) {
        complain(walk, "--between needs a lower side that is not above the upper side", "");
        return;
    }
    options->row = kind;
    options->row_lower = kind == ROW_AT_MOST ? -HUGE_VAL : first;
    options->row_upper = kind == ROW_AT_LEAST ? HUGE_VAL : second;
}

static double take_not_negative(struct walk *walk)
{
    double value = take_number(walk);

    if (!walk->failed && !(value >= 0.0)) {
        complain(walk, walk->name, " needs a number that is not below 0");
    }
    return value;
}

static void take_limit(struct walk *walk)
{
    double value = take_not_negative(walk);

    if (walk->failed) {
        return;
    }
    if (strcmp(walk->name, "--time-limit") == 0) {
        walk->options->time_limit = value;
    } else if (value != floor(value)) {
        complain(walk, walk->name, " needs a whole number");
    } else {
        walk->options->iteration_limit = value < 9e18 ? (int64_t)value : INT64_MAX;
    }
}

static double take_finite(struct walk *walk)
{
    double value = take_number(walk);

    if (!walk->failed && isinf(value)) {
        complain(walk, walk->name, " needs a finite number");
    }
    return value;
}

static void take_step(struct walk *walk)
{
    double value = take_finite(walk);

    if (!walk->failed && !(value > 0.0)) {
        complain(walk, walk->name, " needs a number above 0");
    }
    walk->options->step = value;
}

/* One side of FROM:TO, whose text ends at `end`; an empty one stays as it is. */
static void take_side(struct walk *walk, const char *text, const char *end, double *side)
{
    size_t length = (size_t)(end - text);
    char *copy = tool_new(length + 1, 1);

    memcpy(copy, text, length);
    copy[length] = '\0';
    if (length > 0 && !walk->failed) {
        *side = read_number(walk, copy);
    }
    free(copy);
}

static void take_every(struct walk *walk)
{
    struct options *options = walk->options;
    const char *text = take_text(walk);
    const char *colon = text != NULL ? strchr(text, ':') : NULL;

    options->every = true;
    walk->from = -HUGE_VAL;
    walk->to = HUGE_VAL;
    if (text == NULL) {
        return;
    }
    if (colon == NULL) {
        complain(walk, walk->name, " needs FROM:TO, such as 100:500, 100: or :");
        return;
    }
    take_side(walk, text, colon, &walk->from);
    take_side(walk, colon + 1, text + strlen(text), &walk->to);
    if (!walk->failed && (walk->from > walk->to || walk->from >= HUGE_VAL || walk->to <= -HUGE_VAL)) {
        complain(walk, walk->name, " needs a FROM that is not above TO");
    }
}

static void take_format(struct walk *walk, enum format format)
{
    if (walk->options->format != FORMAT_TABLE && walk->options->format != format) {
        complain(walk, "--csv and --json exclude each other", "");
    }
    walk->options->format = format;
}

/* The options that take no value, by name. */
static bool take_flag(struct walk *walk)
{
    struct options *options = walk->options;

    if (strcmp(walk->name, "--csv") == 0) {
        take_format(walk, FORMAT_CSV);
    } else if (strcmp(walk->name, "--json") == 0) {
        take_format(walk, FORMAT_JSON);
    } else if (strcmp(walk->name, "--all") == 0) {
        options->all = true;
    } else if (strcmp(walk->name, "--compare-proportional") == 0) {
        options->proportional = true;
    } else if (strcmp(walk->name, "--relative") == 0) {
        options->relative = true;
    } else {
        return false;
    }
    return true;
}

static bool take_valued(struct walk *walk)
{
    struct options *options = walk->options;

    if (strcmp(walk->name, "--total") == 0) {
        take_row(walk, ROW_EXACT);
    } else if (strcmp(walk->name, "--at-most") == 0) {
        take_row(walk, ROW_AT_MOST);
    } else if (strcmp(walk->name, "--at-least") == 0) {
        take_row(walk, ROW_AT_LEAST);
    } else if (strcmp(walk->name, "--between") == 0) {
        take_row(walk, ROW_BETWEEN);
    } else if (strcmp(walk->name, "--series") == 0) {
        options->series = take_text(walk);
    } else if (strcmp(walk->name, "--unit") == 0) {
        options->unit = take_text(walk);
    } else if (strcmp(walk->name, "--short-price") == 0) {
        options->short_price = take_not_negative(walk);
    } else if (strcmp(walk->name, "--over-price") == 0) {
        options->over_price = take_not_negative(walk);
    } else if (strcmp(walk->name, "--path") == 0) {
        take_every(walk);
    } else if (strcmp(walk->name, "--step") == 0) {
        take_step(walk);
    } else if (strcmp(walk->name, "--worth") == 0) {
        options->worth = take_finite(walk);
    } else if (strcmp(walk->name, "--time-limit") == 0 || strcmp(walk->name, "--iteration-limit") == 0) {
        take_limit(walk);
    } else {
        return false;
    }
    return true;
}

static void take_option(struct walk *walk)
{
    char *equals = strchr(walk->argument[walk->at], '=');

    walk->name = walk->argument[walk->at++];
    walk->attached = NULL;
    if (equals != NULL) {
        *equals = '\0';
        walk->attached = equals + 1;
    }
    if (!take_valued(walk) && !take_flag(walk)) {
        complain(walk, "unknown option ", walk->name);
    } else if (walk->attached != NULL && !walk->failed) {
        complain(walk, walk->name, " takes no such value");
    }
}

static void take_path(struct walk *walk)
{
    if (walk->options->path != NULL) {
        complain(walk, "one file of devices is enough; also got ", walk->argument[walk->at]);
    }
    walk->options->path = walk->argument[walk->at++];
}

/* --help and --version answer wherever they stand, even after a mistake. */
static int look_for_questions(int count, char **argument)
{
    int i;

    for (i = 1; i < count && strcmp(argument[i], "--") != 0; i++) {
        if (strcmp(argument[i], "--help") == 0 || strcmp(argument[i], "-h") == 0) {
            return print_help();
        }
        if (strcmp(argument[i], "--version") == 0) {
            return print_version();
        }
    }
    return -1;
}

/* What goes with the price of every total, and what does not. */
static void check_every(struct walk *walk)
{
    const struct options *options = walk->options;

    if (options->row != ROW_NONE && options->row != ROW_EXACT) {
        complain(walk, "--path holds each total exactly; --at-most, --at-least and --between do not go with it", "");
    } else if (options->series != NULL) {
        complain(walk, "--path and --series exclude each other", "");
    } else if (options->proportional) {
        complain(walk, "--compare-proportional does not go with --path", "");
    } else if (options->format == FORMAT_CSV && (options->row != ROW_NONE || !isnan(options->worth))) {
        complain(walk, "with --path, --total and --worth have no place in --csv; --json has one", "");
    } else if (options->row == ROW_EXACT && !(options->row_lower >= walk->from && options->row_lower <= walk->to)) {
        complain(walk, "--total needs a number within --path", "");
    }
}

/* The row is the interval then, and the total a place in it. */
static void make_every(struct walk *walk)
{
    struct options *options = walk->options;

    options->at = options->row == ROW_EXACT ? options->row_lower : NAN;
    options->row = ROW_BETWEEN;
    options->row_lower = walk->from;
    options->row_upper = walk->to;
}

/* What no option can tell alone. */
static void check_together(struct walk *walk)
{
    const struct options *options = walk->options;

    if (options->path == NULL) {
        complain(walk, "the file of devices is missing", "");
    } else if (options->series != NULL && strcmp(options->series, "-") == 0 && strcmp(options->path, "-") == 0) {
        complain(walk, "only one of the two files can be standard input", "");
    } else if (options->every) {
        check_every(walk);
    } else if (!isnan(options->step) || !isnan(options->worth)) {
        complain(walk, isnan(options->step) ? "--worth" : "--step", " needs --path");
    } else if (!isinf(options->short_price) && isinf(options->row_lower)) {
        complain(walk, "--short-price needs a least total: --total, --at-least or --between", "");
    } else if (!isinf(options->over_price) && isinf(options->row_upper)) {
        complain(walk, "--over-price needs a greatest total: --total, --at-most or --between", "");
    }
}

int options_read(struct options *options, int count, char **argument)
{
    struct walk walk;
    bool files_only = false;
    int code = look_for_questions(count, argument);

    if (code >= 0) {
        return code;
    }
    memset(options, 0, sizeof *options);
    options->row_lower = -HUGE_VAL;
    options->row_upper = HUGE_VAL;
    options->short_price = HUGE_VAL;
    options->over_price = HUGE_VAL;
    options->step = options->worth = options->at = NAN;
    options->time_limit = HUGE_VAL;
    options->iteration_limit = INT64_MAX;
    memset(&walk, 0, sizeof walk);
    walk.options = options;
    walk.argument = argument;
    walk.count = count;
    walk.at = 1;
    while (walk.at < count && !walk.failed) {
        const char *text = argument[walk.at];
        if (!files_only && strcmp(text, "--") == 0) {
            files_only = true;
            walk.at++;
        } else if (!files_only && text[0] == '-' && text[1] != '\0') {
            take_option(&walk);
        } else {
            take_path(&walk);
        }
    }
    if (!walk.failed) {
        check_together(&walk);
    }
    if (!walk.failed && options->every) {
        make_every(&walk);
    }
    return walk.failed ? TOOL_USAGE : -1;
}

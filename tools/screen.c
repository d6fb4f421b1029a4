/* What standard output can show.
 *
 * The one file that talks to the terminal; everything else is standard C.
 *
 * SPDX-License-Identifier: MIT
 */
#if !defined(_WIN32)
/* isatty and fileno are POSIX, the window size is older than any standard. */
#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE
#define _DARWIN_C_SOURCE
#endif

#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if !defined(_WIN32)
#include <sys/ioctl.h>
#include <unistd.h>
#endif

enum { NARROWEST = 40, USUAL = 80, WIDEST = 160 };

static bool is_terminal(void)
{
#if defined(_WIN32)
    return false;
#else
    return isatty(fileno(stdout)) == 1;
#endif
}

static long terminal_width(void)
{
#if !defined(_WIN32) && defined(TIOCGWINSZ)
    struct winsize size;
    if (ioctl(fileno(stdout), TIOCGWINSZ, &size) == 0) {
        return size.ws_col;
    }
#endif
    return 0;
}

static size_t look_width(bool terminal)
{
    const char *columns = getenv("COLUMNS");
    long width = columns != NULL ? strtol(columns, NULL, 10) : 0;

    if (width <= 0 && terminal) {
        width = terminal_width();
    }
    if (width <= 0) {
        width = USUAL;
    }
    return (size_t)(width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width);
}

/* The first of these that is set and not empty decides, as setlocale has it.
 * Asking the environment rather than the C library also serves machines where
 * the locale is named but its files are not installed. */
static bool look_utf8(void)
{
    static const char *const name[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    size_t i;

    for (i = 0; i < sizeof name / sizeof *name; i++) {
        const char *value = getenv(name[i]);
        if (value != NULL && *value != '\0') {
            return strstr(value, "UTF-8") != NULL || strstr(value, "utf8") != NULL || strstr(value, "UTF8") != NULL ||
                   strstr(value, "utf-8") != NULL;
        }
    }
    return false;
}

struct screen screen_look(void)
{
    bool terminal = is_terminal();
    const char *no_colour = getenv("NO_COLOR");
    const char *kind = getenv("TERM");
    struct screen screen;

    screen.width = look_width(terminal);
    screen.utf8 = look_utf8();
    screen.colour =
        terminal && (no_colour == NULL || *no_colour == '\0') && (kind == NULL || strcmp(kind, "dumb") != 0);
    return screen;
}

/* What every part of rmsolve shares: memory, complaints, the clock.
 *
 * SPDX-License-Identifier: MIT
 */
#include "tool.h"
#include "text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void out_of_memory(void)
{
    fputs("rmsolve: out of memory; split the file, or run where more memory is free\n", stderr);
    exit(TOOL_INTERNAL);
}

void *tool_grow(void *block, size_t count, size_t size)
{
    void *grown;

    if (count == 0) {
        count = 1;
    }
    if (count > SIZE_MAX / size) {
        out_of_memory();
    }
    grown = realloc(block, count * size);
    if (grown == NULL) {
        out_of_memory();
    }
    return grown;
}

void *tool_new(size_t count, size_t size)
{
    return tool_grow(NULL, count, size);
}

size_t tool_more(size_t capacity)
{
    if (capacity > SIZE_MAX / 2) {
        out_of_memory();
    }
    return capacity < 64 ? 64 : 2 * capacity;
}

/* The text may hold what a file said, so it is printed with care. */
void tool_complain(const char *format, ...)
{
    va_list arguments;
    char *text;
    int length;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        return;
    }
    text = tool_new((size_t)length + 1, 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    fflush(stdout);
    text_print(text, stderr);
    fputc('\n', stderr);
    free(text);
}

double tool_seconds(void)
{
    struct timespec now;

    if (timespec_get(&now, TIME_UTC) != TIME_UTC) {
        return 0.0;
    }
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

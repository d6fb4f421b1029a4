/* Numbers as text.
 *
 * The program never calls setlocale, so strtod and printf work in the C locale:
 * a point before the decimals, whatever the user's language.
 *
 * SPDX-License-Identifier: MIT
 */
#include "number.h"
#include "text.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_digits(const char *text)
{
    while (*text >= '0' && *text <= '9') {
        text++;
    }
    return text;
}

/* strtod also takes hexadecimal numbers and nan; people who write those in a
 * table have made a mistake, so the grammar is checked first. */
static bool is_decimal(const char *text)
{
    const char *from;
    ptrdiff_t digits;

    if (*text == '+' || *text == '-') {
        text++;
    }
    from = text;
    text = skip_digits(text);
    digits = text - from;
    if (*text == '.') {
        from = text + 1;
        text = skip_digits(from);
        digits += text - from;
    }
    if (digits == 0) {
        return false;
    }
    if (*text == 'e' || *text == 'E') {
        text++;
        if (*text == '+' || *text == '-') {
            text++;
        }
        from = text;
        text = skip_digits(text);
        if (text == from) {
            return false;
        }
    }
    return *text == '\0';
}

const char *number_read(const char *text, double *value)
{
    const char *word = *text == '+' || *text == '-' ? text + 1 : text;

    if (is_decimal(text)) {
        *value = strtod(text, NULL);
        return isinf(*value) ? "is too large for a double (at most 1.8e308; write inf for no limit)" : NULL;
    }
    if (text_same(word, "inf") || text_same(word, "infinity")) {
        *value = *text == '-' ? -HUGE_VAL : HUGE_VAL;
        return NULL;
    }
    return "is not a number (allowed: 12, -0.5, 1e3, with a decimal point and no thousands separators)";
}

void number_exact(char *room, double value)
{
    int digits;

    if (isinf(value)) {
        strcpy(room, value > 0 ? "inf" : "-inf");
        return;
    }
    if (fabs(value) < 1e15 && value == floor(value)) {
        snprintf(room, NUMBER_ROOM, "%lld", (long long)value);
        return;
    }
    for (digits = 15; digits <= 17; digits++) {
        snprintf(room, NUMBER_ROOM, "%.*g", digits, value);
        if (digits == 17 || strtod(room, NULL) == value) {
            return;
        }
    }
}

/* Puts commas into the whole part of a plain decimal number, in place. */
static void separate(char *room)
{
    char *first = *room == '-' ? room + 1 : room;
    size_t whole = strspn(first, "0123456789");
    size_t at;

    for (at = whole; at > 3; at -= 3) {
        char *gap = first + at - 3;
        memmove(gap + 1, gap, strlen(gap) + 1);
        *gap = ',';
    }
}

void number_fixed(char *room, double value, int decimals)
{
    if (isnan(value)) {
        strcpy(room, "-");
        return;
    }
    if (isinf(value)) {
        strcpy(room, value > 0 ? "none" : "-none");
        return;
    }
    if (fabs(value) >= 1e15) {
        snprintf(room, NUMBER_ROOM, "%.6g", value);
        return;
    }
    snprintf(room, NUMBER_ROOM, "%.*f", decimals, value);
    if (*room == '-' && strspn(room, "-0.") == strlen(room)) {
        memmove(room, room + 1, strlen(room));
    }
    separate(room);
}

void number_short(char *room, double value)
{
    double size = fabs(value);
    int decimals;

    if (isinf(value)) {
        strcpy(room, value > 0 ? "inf" : "-inf");
        return;
    }
    if (size != 0.0 && (!(size >= 1e-4) || size >= 1e12)) {
        snprintf(room, NUMBER_ROOM, "%.3g", value);
        return;
    }
    decimals = size == 0.0 ? 0 : 5 - (int)floor(log10(size));
    number_fixed(room, value, decimals < 0 ? 0 : decimals);
    if (strchr(room, '.') != NULL) {
        size_t length = strlen(room);
        while (room[length - 1] == '0') {
            length--;
        }
        room[room[length - 1] == '.' ? length - 1 : length] = '\0';
    }
}

void number_count(char *room, int64_t value)
{
    snprintf(room, NUMBER_ROOM, "%lld", (long long)value);
    separate(room);
}

void number_percent(char *room, double part, double whole)
{
    double share = 100.0 * part / whole;

    if (whole == 0.0 || !isfinite(share)) {
        strcpy(room, "-");
        return;
    }
    /* What is not the whole must not look like it, rounding apart. */
    if (part < whole * (1.0 - 1e-12) && share > 99.9) {
        share = 99.9;
    }
    snprintf(room, NUMBER_ROOM, "%.1f %%", share);
}

void number_seconds(char *room, double seconds)
{
    if (seconds < 1e-3) {
        snprintf(room, NUMBER_ROOM, "%.1f us", 1e6 * seconds);
    } else if (seconds < 1.0) {
        snprintf(room, NUMBER_ROOM, "%.1f ms", 1e3 * seconds);
    } else {
        snprintf(room, NUMBER_ROOM, "%.2f s", seconds);
    }
}

int number_decimals(const double *value, size_t count)
{
    double largest = 0.0;
    bool whole = true;
    size_t i;
    int decimals;

    for (i = 0; i < count; i++) {
        if (isfinite(value[i])) {
            largest = fmax(largest, fabs(value[i]));
            whole = whole && value[i] == floor(value[i]);
        }
    }
    if (whole) {
        return 0;
    }
    decimals = 4 - (int)floor(log10(largest));
    return decimals < 2 ? 2 : decimals > 12 ? 12 : decimals;
}

static bool same_decimals(const double *value, size_t count, int less, int more)
{
    size_t i;

    for (i = 0; i < count; i++) {
        char first[NUMBER_ROOM];
        char second[NUMBER_ROOM];
        if (isfinite(value[i]) && fabs(value[i]) < 1e15) {
            snprintf(first, NUMBER_ROOM, "%.*f", less, value[i]);
            snprintf(second, NUMBER_ROOM, "%.*f", more, value[i]);
            if (strtod(first, NULL) != strtod(second, NULL)) {
                return false;
            }
        }
    }
    return true;
}

int number_needed_decimals(const double *value, size_t count)
{
    int most = number_decimals(value, count);
    int places = most;

    while (places > 2 && same_decimals(value, count, places - 1, most)) {
        places--;
    }
    return places;
}

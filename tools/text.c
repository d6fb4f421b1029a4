/* UTF-8 text in cells of a terminal.
 *
 * SPDX-License-Identifier: MIT
 */
#include "text.h"

#include <stdint.h>
#include <string.h>

/* Bytes of the longest UTF-8 character.  It is also a safe "left" for text that
 * ends in a zero byte: that byte never continues a character. */
enum { LONGEST = 4 };

/* Length of the UTF-8 character at `at` of which `left` bytes remain, and its
 * code point; 0 where it is not valid (overlong, surrogate, too large). */
static size_t decode(const char *at, size_t left, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = (unsigned char)*at;
    size_t length;
    size_t i;

    if (first < 0x80) {
        *point = first;
        return first != 0;
    }
    length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || length > left) {
        return 0;
    }
    *point = first & (0x7Fu >> length);
    for (i = 1; i < length; i++) {
        unsigned char next = (unsigned char)at[i];
        if ((next & 0xC0) != 0x80) {
            return 0;
        }
        *point = (*point << 6) | (next & 0x3Fu);
    }
    if (*point < least[length] || *point > 0x10FFFF || (*point >= 0xD800 && *point <= 0xDFFF)) {
        return 0;
    }
    return length;
}

size_t text_invalid(const char *text, size_t length)
{
    size_t at = 0;

    while (at < length) {
        uint32_t point;
        size_t step = decode(text + at, length - at, &point);
        if (step == 0) {
            return at;
        }
        at += step;
    }
    return length;
}

/* The common cases only: combining marks and joiners take no column, East Asian
 * wide characters and emoji take two.  A full table would be the largest part of
 * this program for the sake of a column's edge. */
static size_t point_width(uint32_t point)
{
    if ((point >= 0x300 && point <= 0x36F) || (point >= 0x200B && point <= 0x200F) || point == 0xFEFF ||
        (point >= 0xFE00 && point <= 0xFE0F)) {
        return 0;
    }
    if ((point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
        (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
        (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
        (point >= 0xFFE0 && point <= 0xFFE6) || (point >= 0x1F300 && point <= 0x1FAFF) ||
        (point >= 0x20000 && point <= 0x3FFFD)) {
        return 2;
    }
    return 1;
}

bool text_same(const char *text, const char *word)
{
    for (; *text != '\0' && *word != '\0'; text++, word++) {
        char c = *text;
        if (c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        }
        if (c != *word) {
            return false;
        }
    }
    return *text == *word;
}

size_t text_width(const char *text)
{
    size_t width = 0;

    while (*text != '\0') {
        uint32_t point;
        size_t step = decode(text, LONGEST, &point);
        if (step == 0) {
            break;
        }
        width += point_width(point);
        text += step;
    }
    return width;
}

size_t text_room(const char *text)
{
    /* The mark of a cut text is at most three bytes long. */
    return strlen(text) + 4;
}

/* C0 and C1 controls, and the marks that reverse the direction of text, could
 * make a name rewrite the line it stands in. */
static int is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point <= 0x9F) || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

void text_show(char *room, const char *text, size_t width, const char *mark)
{
    size_t fits = text_width(text) <= width ? width : width - 1;
    size_t used = 0;

    while (*text != '\0') {
        uint32_t point;
        size_t step = decode(text, LONGEST, &point);
        if (step == 0) {
            break;
        }
        used += point_width(point);
        if (used > fits) {
            strcpy(room, mark);
            return;
        }
        if (is_control(point)) {
            *room++ = '?';
        } else {
            memcpy(room, text, step);
            room += step;
        }
        text += step;
    }
    *room = '\0';
}

void text_print(const char *text, FILE *file)
{
    while (*text != '\0') {
        uint32_t point;
        size_t step = decode(text, LONGEST, &point);
        if (step == 0) {
            break;
        }
        if (is_control(point) && point != '\n') {
            fputc('?', file);
        } else {
            fwrite(text, 1, step, file);
        }
        text += step;
    }
}

/* UTF-8 text in cells of a terminal.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_TEXT_H
#define RMSOLVE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Offset of the first byte that is not part of valid UTF-8 (a zero byte counts
 * as invalid), or length. */
size_t text_invalid(const char *text, size_t length);

/* Whether text is the word, which is in small letters, in capitals or not. */
bool text_same(const char *text, const char *word);

/* Columns that valid UTF-8 takes on a terminal. */
size_t text_width(const char *text);

/* Copies text so that it is safe to show: control characters become '?', and
 * what is wider than `width` columns is cut and ends in `mark`.  `room` holds at
 * least text_room(text) bytes. */
void text_show(char *room, const char *text, size_t width, const char *mark);
size_t text_room(const char *text);

/* Prints text so that it is safe to show; text that is not UTF-8 ends early. */
void text_print(const char *text, FILE *file);

#endif

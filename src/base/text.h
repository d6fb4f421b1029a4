/* Builds a sentence in a buffer of fixed size.  What does not fit is cut, never
 * inside a UTF-8 character; the whole length is counted all the same. */
#ifndef RM_BASE_TEXT_H
#define RM_BASE_TEXT_H

#include "base/base.h"

typedef struct rm_text {
    char *buffer;
    int64_t capacity;
    int64_t length; /* of the whole text, what was cut included */
} rm_text;

rm_text rm_text_begin(char *buffer, int64_t capacity);
void rm_text_add(rm_text *t, const char *words);
void rm_text_add_number(rm_text *t, double v); /* as many digits as it takes to read it back */
void rm_text_add_figure(rm_text *t, double v); /* for people: up to ten digits */
void rm_text_add_integer(rm_text *t, int64_t v);
/* Copies a whole text to a caller's buffer, as the public header says. */
int64_t rm_text_copy(const char *text, char *buffer, int64_t capacity);

#endif

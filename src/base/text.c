/* See text.h. */
#include "base/text.h"

#include "base/number.h"

rm_text rm_text_begin(char *buffer, int64_t capacity)
{
    rm_text t = {buffer, capacity, 0};
    if (capacity > 0)
        buffer[0] = 0;
    return t;
}

/* Ends the text at `end`, or earlier where that would cut a character. */
static void cut(char *buffer, int64_t end)
{
    if (((unsigned char)buffer[end] & 0xc0) == 0x80) {
        while (end > 0 && ((unsigned char)buffer[end] & 0xc0) == 0x80)
            end--;
    }
    buffer[end] = 0;
}

void rm_text_add(rm_text *t, const char *words)
{
    int64_t last = t->capacity - 1;
    for (; *words; words++) {
        if (t->length < last) {
            t->buffer[t->length] = *words;
            t->buffer[t->length + 1] = 0;
        } else if (t->length == last) {
            t->buffer[last] = *words; /* looked at and replaced by cut */
            cut(t->buffer, last);
        }
        t->length++;
    }
}

void rm_text_add_number(rm_text *t, double v)
{
    char number[RM_NUMBER_SIZE];
    rm_number_text(number, v, 17);
    rm_text_add(t, number);
}

void rm_text_add_figure(rm_text *t, double v)
{
    char number[RM_NUMBER_SIZE];
    rm_number_text(number, v, 10);
    rm_text_add(t, number);
}

void rm_text_add_integer(rm_text *t, int64_t v)
{
    char number[RM_NUMBER_SIZE];
    rm_integer_text(number, v);
    rm_text_add(t, number);
}

int64_t rm_text_copy(const char *text, char *buffer, int64_t capacity)
{
    rm_text t = rm_text_begin(buffer, buffer ? capacity : 0);
    rm_text_add(&t, text);
    return t.length;
}

/* Doubles as text, without the C library's printf and its locale. */
#ifndef RM_BASE_NUMBER_H
#define RM_BASE_NUMBER_H

#include "base/base.h"

enum { RM_NUMBER_SIZE = 32 }; /* what a buffer needs for any number and its zero byte */

/* Writes the shortest decimal that reads back as v, or, where it has more than
 * `most` significant digits, that decimal rounded to so many (most from 1 to
 * 17).  Plain notation from 1e-5 to below 1e16, else d.ddde+XX.  Returns the
 * length. */
int rm_number_text(char *out, double v, int most);
/* Needs at most 21 bytes. */
int rm_integer_text(char *out, int64_t v);

#endif

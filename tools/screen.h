/* What standard output can show: its width, its characters, its colours.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef RMSOLVE_SCREEN_H
#define RMSOLVE_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

struct screen {
    size_t width;
    bool utf8;
    bool colour;
};

struct screen screen_look(void);

#endif

/* Answers rounded from the exact solution, for the self-test.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef EXACT_REFERENCE_H
#define EXACT_REFERENCE_H

#include "exact.h"

void reference_answer(const instance *in, const exact *e, full_answer *h);
void reference_figures(const instance *in, const exact *e, const double *x, double y, double *value);
double reference_reduced(const instance *in, const double *x, double y, int i, double *terms);

#endif

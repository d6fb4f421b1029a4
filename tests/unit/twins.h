/* Handles that must tell the same. */
#ifndef TESTS_TWINS_H
#define TESTS_TWINS_H

#include "instance.h"

/* Solves both; all that can be read of the first n variables and of the row is the same. */
void must_read_the_same(rm_problem *p, rm_problem *q, int64_t n);
/* The same with one more variable, in no row and free to be anywhere: totals at a limit and
 * rows with two sides are then left to the long way. */
instance beside_an_idle_one(const instance *t);

#endif

/* What each family's file gives to cost.c; see cost.h for the meaning. */
#ifndef RM_COST_FAMILY_H
#define RM_COST_FAMILY_H

#include "cost/answer.h"

void rm_quadratic_respond(const rm_cost *c, double q, double rho, double v, rm_response *out);
rm_answer rm_quadratic_answer(const rm_cost *c, double a, rm_price y, int precision);
double rm_quadratic_fenchel(const rm_cost *c, double x, double reduced, double q);

void rm_linear_respond(const rm_cost *c, double q, double rho, double v, rm_response *out);
rm_answer rm_linear_answer(const rm_cost *c, double a, rm_price y);
double rm_linear_fenchel(const rm_cost *c, double x, double reduced);

#endif

/* What each family's file gives to cost.c; see cost.h for the meaning. */
#ifndef RM_COST_FAMILY_H
#define RM_COST_FAMILY_H

#include "cost/cost.h"

void rm_quadratic_respond(const rm_cost *c, double q, double rho, double v, rm_response *out);
double rm_quadratic_fenchel(const rm_cost *c, double x, double reduced, double q);

void rm_linear_respond(const rm_cost *c, double q, double rho, double v, rm_response *out);
double rm_linear_fenchel(const rm_cost *c, double x, double reduced);

#endif

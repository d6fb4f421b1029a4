/* The few things asked of the machine: its clock, its rounding, a flag read
 * while another thread may write it. */
#ifndef RM_BASE_MACHINE_H
#define RM_BASE_MACHINE_H

#include "base/base.h"

/* Seconds of a clock that never goes back; the zero point is arbitrary. */
double rm_seconds(void);
/* Whether this thread rounds to nearest and keeps subnormal numbers. */
int rm_float_environment_ok(void);
/* The flag, read atomically; 0 for NULL. */
int32_t rm_flag_read(const int32_t *flag);

#endif

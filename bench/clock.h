/* Wall time in seconds. */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

double clock_seconds(void);

#endif

/* A second translation unit with the header: nothing in it may be defined twice. */
#include <rm/rm.h>

int second(void);
int second(void)
{
    double x[2];
    return rm_waterfill(2, 0, 0, 0, 0, 0, 0, 4.0, x, 0, 0) == RM_OK && x[0] == 2.0 && x[1] == 2.0;
}

/* A first split: two devices, wanted to carry 3 and 2 units.  A miss on the
 * first hurts twice as much, and a unit costs 1 on either.  Place 5, then 8.
 *
 * This is the program of README.md.
 *
 * SPDX-License-Identifier: MIT
 */
#include <rm/rm.h>
#include <stdio.h>

int main(void)
{
    const double weight[] = {4, 2}, target[] = {3, 2}, price[] = {1, 1};
    const double total[] = {5, 8};

    for (int k = 0; k < 2; k++) {
        double x[2], more;
        rm_status status = rm_waterfill(2, weight, target, price, NULL, NULL, NULL, total[k], x, &more, NULL);
        if (status != RM_OK)
            return 1;
        printf("%g units: %g and %g; one more unit costs %g\n", total[k], x[0], x[1], more);
    }
    return 0;
}

/* See order.h. */
#include "base/order.h"

enum { DIGIT_BITS = 8, VALUES = 1 << DIGIT_BITS, DIGITS = 64 / DIGIT_BITS, FEW = 48 };

static rm_ranked *order_few(rm_ranked *list, int64_t count)
{
    for (int64_t k = 1; k < count; k++) {
        rm_ranked moved = list[k];
        int64_t to = k;
        for (; to > 0 && list[to - 1].key > moved.key; to--)
            list[to] = list[to - 1];
        list[to] = moved;
    }
    return list;
}

static int digit(uint64_t key, int place)
{
    return (int)(key >> (place * DIGIT_BITS)) & (VALUES - 1);
}

rm_ranked *rm_order(rm_ranked *list, rm_ranked *room, int64_t count)
{
    int64_t begin[DIGITS][VALUES];
    if (count <= FEW)
        return order_few(list, count);
    memset(begin, 0, sizeof begin);
    for (int64_t k = 0; k < count; k++)
        for (int place = 0; place < DIGITS; place++)
            begin[place][digit(list[k].key, place)]++;
    for (int place = 0; place < DIGITS; place++) {
        if (begin[place][digit(list[0].key, place)] == count)
            continue;
        int64_t sum = 0;
        for (int value = 0; value < VALUES; value++) {
            int64_t here = begin[place][value];
            begin[place][value] = sum;
            sum += here;
        }
        for (int64_t k = 0; k < count; k++)
            room[begin[place][digit(list[k].key, place)]++] = list[k];
        rm_ranked *sorted = room;
        room = list;
        list = sorted;
    }
    return list;
}

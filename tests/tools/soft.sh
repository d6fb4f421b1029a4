#!/usr/bin/env bash
# A total that may be missed, at a price.
. "$(dirname "$0")/helpers.bash"

printf 'name,weight,target,price,upper\nnorth,4,3,1,6\nsouth,2,2,1,6\n' > two.csv

# Short because more would cost more; because the bounds let no more; and not short at all.
expect 0 two.csv --total 13 --short-price 7
has out 'price         7 per unit: one more raises the cost by 7,'
has out 'short by      5.75: the total is 7.25, not 13;'
has out 'that costs 40.25, 7 per unit, '
has out 'and one more would cost no less'
has out 'total off by 0 apart from the miss'
expect 0 two.csv --at-least 13 --short-price 100 --unit GPU
has out 'short by      1: the total is 12, not 13;'
has out 'that costs 100, 100 per GPU, '
has out 'the bounds let no more be placed'
expect 0 two.csv --total 8 --short-price 100
hasnot out 'short by'
hasnot out 'apart from'
has out 'price         9 per unit: one more raises the cost by 9,'
expect 0 two.csv --total 12 --short-price 100
has out 'one more raises the cost by 100,'
hasnot out 'short by'

# Over.
expect 0 two.csv --total 3 --over-price 2
has out 'over by       0.875: the total is 3.875, not 3;'
has out 'that costs 1.75, 2 per unit, '
has out 'and one less would cost no less'
has out 'price         -2 per unit: one more lowers the cost by 2,'
expect 0 two.csv --at-most -1 --over-price 50
has out 'over by       1: the total is 0, not -1;'
has out 'that costs 50, 50 per unit, '
has out 'the bounds let no less be placed'
expect 0 two.csv --between 2 3 --short-price 9 --over-price 2
has out 'over by       0.875: the total is 3.875, not 3'
expect 0 two.csv --at-most 3 --over-price 0
has out 'price         0: the total, 4.625, is not what limits the split'
hasnot out 'bind'

# A side that no price lets be missed stays as it is, and so does an infinite price.
expect 2 two.csv --total 13 --over-price 2
expect 2 two.csv --total 13 --short-price inf
expect 0 two.csv --total 13 --short-price=7 --over-price=inf

# Devices that run against each other: the bounds hold only where all of them are at an end.
printf 'name,target,coef,upper\na,1,1,2\nb,1,-1,2\n' > against.csv
expect 0 against.csv --total 5 --short-price 1e3
has out 'short by      3: the total is 2, not 5'
has out 'the bounds let no more be placed'

# More load than capacity, at a price.
printf 'name,family,capacity\na,queue,9\nb,queue,4\n' > servers.csv
expect 0 servers.csv --total 20 --short-price 1
has out 'short by      12: the total is 8, not 20;'
has out 'that costs 12, 1 per unit, '

# For programs, and line by line.
expect 0 two.csv --total 13 --short-price 7 --json
has out '"short_price":7,"over_price":"inf","shortfall":5.75}'
expect 0 two.csv --total 3 --over-price 2 --json
has out '"short_price":"inf","over_price":2,"shortfall":-0.875}'
expect 0 two.csv --total 8 --json
hasnot out 'shortfall'
printf 'hour,north,south\n1,3,2\n2,6,6\n' > hours.csv
expect 0 two.csv --series hours.csv --total 6 --short-price 9
has out '2 hours, 2 devices, a total of 6.'
has out 'hour with the highest cost'
expect 0 two.csv --series hours.csv --total 6 --short-price 9 --json
has out '"shortfall":1,'
has out '"shortfall":0,'
expect 0 two.csv --series hours.csv --total 20 --short-price 9
has out 'short by      15: the total is 5, not 20'

finish

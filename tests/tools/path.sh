#!/usr/bin/env bash
# The price of every total: --path and what goes with it, with answers that are known by hand.
. "$(dirname "$0")/helpers.bash"

# x_1 leaves 0 at the price -23, x_2 at -7; x_2 arrives at 6 at 17, x_1 at 25.
printf 'name,weight,target,price,upper\nnorth,4,3,1,6\nsouth,2,2,1,6\n' > two.csv
header=total,price_low,price_high,cost

# points ARGUMENT... : rmsolve --csv prints these lines below the header (standard input).
points() {
    local wanted
    wanted=$(cat)
    expect 0 "$@" --csv
    same "$(cat out)" "$header"$'\n'"$wanted" "the points of $*"
}

# Points of the path, and multiples of a step.
points two.csv --path : << 'CSV'
0,-inf,-23,44
2,-7,-7,14
4.625,0,0,4.8125
11,17,17,59
12,25,inf,80
CSV
points two.csv --path 5:8 <<< $'5,1,1,5\n8,9,9,20'
points two.csv --path=5:5 <<< '5,1,1,5'
points two.csv --path :0 <<< '0,-inf,-23,44'
points two.csv --path -3:2 <<< $'0,-inf,-23,44\n2,-7,-7,14'
points two.csv --path 11: --step 100 <<< $'11,17,17,59\n12,25,inf,80'
points two.csv --path 1.5:8 --step 5 <<< $'1.5,-11,-11,18.5\n5,1,1,5\n8,9,9,20'
# Multiples as people write them.
expect 0 two.csv --path 5:5.4 --step 0.1 --csv
same "$(cut -d, -f1 out | tr '\n' ' ')" 'total 5 5.1 5.2 5.3 5.4 ' 'tenths'

# The table: a round step, both prices, none at the ends.
expect 0 two.csv --path :
has out 'total    cost  one less saves  one more costs'
has out '    0  44.000               -         -23.000  ##'
has out '    8  20.000           9.000           9.000  ##'
has out '   12  80.000          25.000               -  ##'
has out 'path          from 0, the least that the bounds allow, to 12, the most'
has out 'cost          least at a total of 4.625: 4.8125; the price passes 0 there'
has out 'time          path of 5 points followed in '
hasnot out 'jumps'
hasnot out 'worth'
expect 0 two.csv --path 5:12 --step 3
has out 'path          from 5 to 12, the most that the bounds allow'
same "$(grep -c '^ *[0-9]' out)" 4 'lines: 5, 6, 9 and 12'
has out 'cost          rises all the way, from 5 to 80'
expect 0 two.csv --path 1:3
has out 'path          from 1 to 3'
has out 'cost          falls all the way, from 25 to 8.33333'
has out 'one less costs  one more saves'
has out ' 15.000          15.000'
expect 0 two.csv --path 5:5
has out 'path          5 alone'

# What a unit is worth, and the total in hand, which has a line of its own.
expect 0 two.csv --path : --worth 9 --total 7.5 --step 2 --unit GPU
has out 'worth         9 per GPU:'
has out 'one more pays up to a total of 8, which costs 20'
has out ' 7.50  15.833           7.667           7.667'
has out 'total         7.5 costs 15.8333: one more raises the cost by 7.66667,'
has out '              one less lowers it by as much'
has out '              adding 2 raises the cost by 20.6667, 10.3333 per GPU'
has out '              taking 2 away lowers the cost by 10, 5 per GPU'
expect 0 two.csv --path : --worth -7
has out 'worth         -7 per unit, so that each costs 7:'
has out 'one more pays up to a total of 2, which costs 14'
expect 0 two.csv --path : --worth 1e3
has out 'one more pays all the way to 12'
expect 0 two.csv --path 3: --worth -99
has out 'one more pays nowhere, not even at 3'
expect 0 two.csv --path : --total 12 --step 1
has out 'no more can be placed'
has out 'taking 1 away lowers the cost by 21'
hasnot out 'adding'
expect 0 two.csv --path : --total 13
has out 'total         13 is 1 more than the most that the bounds allow'
expect 0 two.csv --path : --total -2
has out 'total         -2 is 2 less than the least that the bounds allow'

# Offers in steps: jumps, and who stops and begins there.
offers=$data/h100_offers.csv
expect 0 "$offers" --path : --worth 2.5 --unit GPU
has out 'The price jumps at 10 totals, most at these 8 (--all shows every one):'
has out 'total  less saves  more costs  until there          from there on'
has out '  256        2.40        2.69  hyperstack           runpod, first'
has out 'one more pays up to a total of 256, which costs 525.6'
hasnot out '  312 '
expect 0 "$offers" --path : --all
has out 'The price jumps at 10 totals:'
has out '  312        2.69        2.71  runpod, first        runpod, rest'
points "$offers" --path 250:300 << 'CSV'
250,2.4,2.4,511.2
256,2.4,2.69,525.6
300,2.69,2.69,643.96
CSV
expect 0 "$offers" --path : --worth 2.69
has out 'one more pays up to 256, and up to 312 it costs just that'
expect 0 "$offers" --path 250:256
has out 'The price jumps at one total:'
has out '  256        2.40        2.69  hyperstack   -'
# Several at once; only rounding tells how many.
printf 'name,weight,price,upper\na,0,1,2\nb,0,1,2\nc,0,1,2\nd,0,3,2\ne,0,3,2\n' > ties.csv
expect 0 ties.csv --path :
has out 'a and 2 more  d, e'

# No line is wider than the terminal, down to what the numbers take; no line ends in a space.
for width in 40 59 60 70 80 100 160; do
    COLUMNS=$width expect 0 "$offers" --path : --total 250 --worth 2.7
    # From the end of the tables on there are sentences.
    same "$(sed '/^path/,$d' out | grep -v '^The price' | awk -v most=$width 'length > most' | head -n 1)" '' \
        "wider than $width"
    same "$(grep -c ' $' out)" 0 'lines that end in a space'
done
COLUMNS=40 expect 0 "$offers" --path :
has out 'total    cost  less saves  more costs'
hasnot out '#'
hasnot out 'until there'
LC_ALL=C.UTF-8 expect 0 "$offers" --path :
has out '█'
hasnot out '#'

# A total that may be missed: the price never leaves what that costs.
points two.csv --path 0:13 --short-price 7 << 'CSV'
0,-inf,-23,44
2,-7,-7,14
4.625,0,0,4.8125
7.25,7,7,14
13,7,7,54.25
CSV
expect 0 two.csv --path 0:13 --short-price 7 --total 13 --step 2
has out 'wanted    cost'
has out 'missed        beyond 7.25 less is placed than wanted, at 7 per unit'
has out 'total         13 costs 54.25: one more raises the cost by 7,'
expect 0 two.csv --path 0:5 --over-price 3
has out 'missed        below 3.5 more is placed than wanted, at 3 per unit'
expect 0 two.csv --path 5:8 --short-price 99
hasnot out 'missed'
expect 0 "$offers" --path 300:400 --short-price 2.7
has out '   312        2.69        2.70  runpod, first  missing it'

# Families, moving and coefficients.
printf 'name,family,weight,upper\na,log,1,8\nb,log,3,20\n' > logs.csv
expect 0 logs.csv --path 4:28 --step 4 --total 8
has out '    8   -6.068          0.5000          0.5000'
has out 'path          from 4 to 28, the most that the bounds allow'
expect 0 logs.csv --path :
has out '    0      inf               -             inf'
has out 'cost          falls all the way, from inf to -11.0666'
printf 'name,family,capacity\na,queue,9\nb,queue,4\n' > servers.csv
expect 0 servers.csv --path 2:8 --step 3 --csv
same "$(cut -d, -f1 out | tr '\n' ' ')" 'total 2 3 6 8 ' 'totals of queues'
# A mix begins a hair inside, where its price is infinite, and the table can still be read.
printf 'name,family,weight,target,upper\na,log,1,,8\nb,alpha-fair,3,,20\nc,entropy,1,5,\n' > mix.csv
expect 0 mix.csv --path :50
has out '    0   97.505        -8.8e+10        -8.8e+10'
has out '   10 '
has out 'cost          least at a total of 33:'
printf 'name,target,current,up,down\na,0,1,1,3\nb,0,,,\n' > moves.csv
points moves.csv --path 0:4 << 'CSV'
0,-inf,-3,3
1,-1,0,1
2.5,3,3,3.25
4,4.5,4.5,8.875
CSV
expect 0 moves.csv --path 0:4 --step 1
has out '    1          -1           0  a            b'
printf 'name,target,coef,lower,upper\na,0,1,-inf,inf\nb,0,-1,-1,0\n' > signs.csv
points signs.csv --path -1:4 <<< $'-1,-2,-2,1\n0,0,0,0\n2,2,2,2\n4,6,6,10'
printf 'name,weight,target,upper\na,10,10,10\nb,30,30,30\n' > shares.csv
expect 0 shares.csv --path : --relative
has out 'one more saves'
has out 'cost          falls all the way, from 40 to 0'
# Nothing to choose.
printf 'name,target,lower,upper\na,1,3,3\n' > fixed.csv
points fixed.csv --path : <<< '3,-inf,inf,4'
expect 0 fixed.csv --path :
has out 'path          3 alone: the bounds allow no other total'
has out 'cost          4'

# JSON: the same points, and what was asked besides.
if command -v python3 > /dev/null; then
    expect 0 two.csv --path : --csv
    mv out csv
    expect 0 two.csv --path : --json --worth 9 --total 11
    python 'the path as JSON' << 'PYTHON'
import csv, json

def refuse(text):
    raise ValueError(text)

answer = json.loads(open('out').read(), parse_constant=refuse)
rows = list(csv.DictReader(open('csv', newline='')))
assert [{k: float(v) for k, v in row.items()} for row in rows] == \
       [{k: float(v) for k, v in point.items()} for point in answer['points']]
assert answer['status'] == 'optimal' and answer['exit'] == 0
assert answer['path'] == {'from': 0, 'to': 12, 'from_is_least': True, 'to_is_most': True}
assert answer['least'] == {'price': 0, 'total_low': 4.625, 'total_high': 4.625, 'cost': 4.8125}
assert answer['worth'] == {'price': 9, 'total_low': 8, 'total_high': 8, 'cost': 20}
assert answer['at'] == {'total': 11, 'price_low': 17, 'price_high': 17, 'cost': 59}
assert answer['below']['total'] == 10 and answer['above']['total'] == 12
PYTHON
    expect 0 two.csv --path 3:5 --json --step 1 --short-price 8
    python 'a soft path as JSON' <<< 'import json
answer = json.load(open("out"))
assert [p["total"] for p in answer["points"]] == [3, 4, 5]
assert answer["path"] == {"from": 3, "to": 5, "from_is_least": False, "to_is_most": False, "short_price": 8,
                          "over_price": "inf"}
assert not {"worth", "at"} & set(answer)'
    expect 0 two.csv --path : --json --total 20
    has out '"at":null'
    expect 2 two.csv --path 13:20 --json
    python 'no path as JSON' <<< 'import json
answer = json.load(open("out"))
assert answer["status"] == "infeasible" and "points" not in answer
assert [c["kind"] for c in answer["conflict"]] == ["total_lower", "upper", "upper"]'
fi

# No path: the words and exit codes of a solve.
expect 2 two.csv --path 13:20
has out 'lower the least total by 1, from 13 to 12'
has out 'raise the upper bound of north by 1, from 6 to 7'
line err ''
expect 2 two.csv --path :-1 --csv
line out "$header"
has err 'raise the greatest total by 1, from -1 to 0'
expect 3 two.csv --path : --time-limit 0
line out 'limit: stopped by a limit before there was an answer; raise --time-limit or --iteration-limit'
expect 3 two.csv --path : --iteration-limit 0 --json
has out '"status":"limit","exit":3'
printf 'name,weight,price,coef,lower\na,0,1,1,0\nb,0,3,1,-inf\n' > free.csv
expect 4 free.csv --path 0:1
has out 'unbounded: the cost falls without limit'
if [ -w /dev/full ]; then
    checks=$((checks + 1))
    "$rmsolve" two.csv --path : > /dev/full 2> err
    same $? 70 'exit code with a full disk'
fi

# Wrong use, each with one sentence.
wrong() {
    local words=$1
    shift
    expect 64 "$@"
    line err "rmsolve: $words; rmsolve --help shows the use"
    line out ''
}
wrong '--path needs FROM:TO, such as 100:500, 100: or :' two.csv --path 100
wrong '--path needs a FROM that is not above TO' two.csv --path 9:8
wrong '--path needs a FROM that is not above TO' two.csv --path inf:
wrong '--path needs a value after it' two.csv --path
wrong '--path needs a number after the colon: nothing limits the total upwards' moves.csv --path :
wrong '--path needs a number before the colon: nothing limits the total downwards' signs.csv --path :4
wrong '--path needs a number after the colon: nothing limits the total upwards' two.csv --path : --short-price 1
wrong '--path needs a number before the colon: nothing limits the total downwards' two.csv --path :3 --over-price 1
wrong '--step needs --path' two.csv --total 8 --step 2
wrong '--worth needs --path' two.csv --worth 2
wrong '--step needs a number above 0' two.csv --path : --step 0
wrong '--step needs a finite number' two.csv --path : --step inf
wrong '--worth needs a finite number' two.csv --path : --worth inf
wrong '--total needs a number within --path' two.csv --path 0:8 --total 9
wrong '--path and --series exclude each other' two.csv --path : --series hours.csv
wrong '--compare-proportional does not go with --path' two.csv --path : --compare-proportional
for row in '--at-most 8' '--at-least 8' '--between 3 8'; do
    # shellcheck disable=SC2086
    wrong '--path holds each total exactly; --at-most, --at-least and --between do not go with it' \
        two.csv $row --path :
done
for more in '--total 8' '--worth 8'; do
    # shellcheck disable=SC2086
    wrong 'with --path, --total and --worth have no place in --csv; --json has one' two.csv --path : --csv $more
done
expect 64 two.csv --path a:8
has err "rmsolve: --path: 'a' is not a number"
expect 64 two.csv --path 1:2:3
has err "rmsolve: --path: '2:3' is not a number"
expect 64 two.csv --path : --step 1e-9
line err 'rmsolve: --step makes more than 1,000,000 lines from 0 to 12; a larger step makes fewer'

finish

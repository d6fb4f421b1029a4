#!/usr/bin/env bash
# Families of costs, alone and mixed: what is right by hand, and what the table shows.
. "$(dirname "$0")/helpers.bash"

need_python

# alone "X..." ROW...: the CSV output of f.csv has these x, which are known by hand.
alone() {
    local wanted=$1 got
    shift
    expect 0 f.csv "$@" --csv
    got=$(tail -n +2 out | cut -d, -f3 | tr '\n' ' ')
    WANTED=$wanted GOT=$got python "x is $got instead of $wanted" <<< 'import math, os
wanted, got = (list(map(float, os.environ[k].split())) for k in ("WANTED", "GOT"))
assert len(wanted) == len(got) and all(math.isclose(a, b, rel_tol=1e-13) for a, b in zip(wanted, got))'
}

printf 'family,weight\nlog,1\nLOG,3\n' > f.csv
alone '2 6' --total 8
printf 'family,weight,shift\nlog,1,1\nlog,1,5\n' > f.csv
alone '6 2' --total 8
alone '3 0' --total 3
printf 'family,weight,alpha\nalpha-fair,1,2\nalpha-fair,9,2\n' > f.csv
alone '2 6' --total 8
printf 'family,weight,alpha\nalpha-fair,1,\nalpha-fair,3,\n' > f.csv
alone '2 6' --total 8
printf 'family,target\nentropy,1\nentropy,3\n' > f.csv
alone '2 6' --total 8
alone '1 3'
printf 'family,capacity,weight\nqueue,9,1\nqueue,4,1\n' > f.csv
alone '5.4 1.6' --total 7
printf 'family,weight,price,target\n,1,0,3\nquadratic,1,0,5\n' > f.csv
alone '4 6' --total 10

cat > mixed.csv << 'CSV'
name,family,weight,target,shift,alpha,capacity,upper
web,queue,9,,,,60,
batch,log,8,,1,,,20
share,entropy,1,30,,,,
wish,,0.05,25,,,,
far,alpha-fair,9,,0.5,2,,30
CSV

# Every device that no bound holds is at the common price.
for total in 60 100 140; do
    expect 0 mixed.csv --total $total --json
    mv out json
    expect 0 mixed.csv --total $total --csv
    python "a mix of families with a total of $total" << 'PYTHON'
import csv, json, math
answer = json.load(open('json'))
rows = list(csv.DictReader(open('out', newline='')))
x = {d['name']: d['x'] for d in answer['devices']}
slope = {'web': 9 * 60 / (60 - x['web']) ** 2, 'batch': -8 / (x['batch'] + 1), 'share': math.log(x['share'] / 30),
         'wish': 0.1 * (x['wish'] - 25), 'far': -9 / (x['far'] + 0.5) ** 2}
for row, device in zip(rows, answer['devices']):
    assert row.keys() == device.keys()
    for key, text in row.items():
        value = device[key]
        assert (text == '' if value is None else text == value if isinstance(value, str) and value != 'inf'
                else float(text) == float(value)), (key, text, value)
    if device['why'] == 'price':
        assert math.isclose(slope[device['name']], answer['total']['dual'], rel_tol=1e-9), device
    assert (device['target'] is None) == (device['family'] not in ('quadratic', 'entropy'))
assert [d['family'] for d in answer['devices']] == ['queue', 'log', 'entropy', 'quadratic', 'alpha-fair']
assert [d['capacity'] for d in answer['devices']] == [60, None, None, None, None]
assert answer['total']['wanted'] is None
assert answer['gap'] < 1e-9 and 'moves' not in answer and 'shortfall' not in answer['total']
PYTHON
done

# The table: no number where there is no target, and families where they differ and have room.
COLUMNS=100 expect 0 mixed.csv --total 140
has out 'name   family      target     got      met'
has out 'web    queue            -   19.78        -        60   none'
has out 'wish   quadratic       25   28.34  113.4 %         -   none'
has out 'total                   -  140.00        -'
has out 'no device reaches or leaves a bound for totals from 111.355 on'
hasnot out 'linear'
hasnot out 'nan'
COLUMNS=70 expect 0 mixed.csv --total 140
has out 'name   target     got      met  capacity  limit'
printf 'name,family,capacity\nfast,queue,100\nslow,queue,40\n' > servers.csv
expect 0 servers.csv --total 100
has out 'name      got  capacity'
hasnot out 'target'
hasnot out 'family'
hasnot out 'met'
printf 'name,family,target\na,entropy,3\nb,,1\n' > shares.csv
expect 0 shares.csv --total 4 --compare-proportional
has out '100.0 %'
has out 'prop. cut     100.0 %'

# Too much load: the repair is more capacity. What is the capacity of all is too much as well.
expect 2 servers.csv --total 150
has out 'raise the capacity of slow by 10, from 40 to 50'
has out 'raise the capacity of fast by 10, from 100 to 110'
hasnot out ' inf'
expect 2 servers.csv --total 140
has out 'lower the total by '
same "$(grep -c 'from 140 to 140$' out)" 0 'repairs that change nothing'
expect 2 servers.csv --total 150 --json
python 'the conflict of capacities is JSON' <<< 'import json
answer = json.load(open("out"))
assert [c["kind"] for c in answer["conflict"]] == ["total_lower", "capacity", "capacity"]
assert [c["value"] for c in answer["conflict"]] == [150, 40, 100]
assert all(abs(abs(c["repair"]) - 10) < 1e-12 for c in answer["conflict"])'
printf 'name,family,capacity,upper\na,queue,10,3\nb,queue,4,9\n' > both.csv
expect 2 both.csv --total 8
has out 'raise the upper bound of a by 1, from 3 to 4'
has out 'raise the capacity of b by 1, from 4 to 5'
printf 'name,family,shift\na,log,-3\nb,log,-2\n' > far.csv
expect 2 far.csv --total 4
has out 'raise the shift of a by 1, from -3 to -2'
printf 'name,family,target,lower\na,entropy,1,-inf\nb,,1,-2\n' > zero.csv
expect 2 zero.csv --total -3
has out 'lower the lower bound of b by 1, from -2 to -3'
hasnot out 'bound of a by'
expect 2 zero.csv --total -3 --json
has out '{"kind":"zero","name":"a","value":0,"repair":null,'

# At capacity is what costs nothing but its price; a log without a total runs away.
printf 'name,family,weight,capacity\na,queue,0,3\nb,queue,1,5\n' > idle.csv
expect 0 idle.csv --total 4
has out 'at capacity'
expect 0 idle.csv --total 4 --csv
has out 'a,,3,-0.3125,0,inf,capacity,queue,3'
printf 'name,family\na,log\n' > run.csv
expect 4 run.csv
has out "unbounded: the cost falls without limit: variable 0 ('a') runs upwards"

finish

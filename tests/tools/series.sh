#!/usr/bin/env bash
# --series, and the figures of the demo.
. "$(dirname "$0")/helpers.bash"
need_python

# Part (a) of the demo: 6,212 GPUs over four classes.
expect 0 "$data/openb2023_classes.csv" --total 6212 --relative --compare-proportional --json
python 'the split of the classes' << 'PYTHON'
import json, math
answer = json.load(open('out'))
x = {d['name']: d['x'] for d in answer['devices']}
wanted = {d['name']: d['target'] for d in answer['devices']}
assert wanted == {'Guaranteed': 6, 'LS': 4229, 'Burstable': 250, 'BE': 2948}
assert math.fsum(x.values()) == 6212 and answer['total']['sum'] == 6212
assert x['Guaranteed'] == 6
missed = {name: 1 - x[name] / wanted[name] for name in x}
assert math.isclose(missed['BE'], 4 * missed['LS'], rel_tol=1e-12)
assert math.isclose(missed['BE'], 2 * missed['Burstable'], rel_tol=1e-12)
assert math.isclose(missed['BE'], (7433 - 6212) / (4229 / 4 + 2948 + 250 / 2), rel_tol=1e-12)
importance = {'Guaranteed': 8, 'LS': 4, 'Burstable': 2, 'BE': 1}
cost = lambda x: sum(importance[n] * wanted[n] * (1 - x[n] / wanted[n]) ** 2 for n in x)
assert math.isclose(answer['objective'], cost(x), rel_tol=1e-12)
cut = {d['name']: d['proportional'] for d in answer['devices']}
assert math.isclose(answer['proportional_objective'], cost(cut), rel_tol=1e-12)
assert answer['proportional_objective'] > 1.5 * answer['objective']
assert answer['proportional_outside_bounds'] == 1
assert math.isclose(answer['total']['dual'], -2 * missed['BE'], rel_tol=1e-12)
PYTHON

# Part (b): a week of 15 teams, hour by hour.
week="$data/philly_teams.csv --series $data/philly_week.csv --at-most 700 --relative"
# shellcheck disable=SC2086
expect 0 $week --json
mv out json
# shellcheck disable=SC2086
expect 0 $week --csv
python 'the replayed week' << 'PYTHON'
import csv, json, math, os
answer = json.load(open('json'))
names = answer['names']
assert len(names) == 15 and len(answer['lines']) == 168 and answer['answered'] == 168 and answer['failed'] == 0
assert answer['cut'] == 40 and answer['exit'] == 0
quota = [36, 21, 3, 0, 108, 0, 75, 84, 0, 167, 0, 62, 3, 9, 97]
cost = 0
for line in answer['lines']:
    assert line['status'] == 'optimal'
    total = math.fsum(line['wanted'])
    got = math.fsum(line['x'])
    assert math.isclose(got, min(total, 700), rel_tol=1e-14), (line['label'], got)
    assert all(x <= w for x, w in zip(line['x'], line['wanted']))
    assert all(x >= min(q, w) for x, q, w in zip(line['x'], quota, line['wanted']))
    if total <= 700:
        assert line['x'] == line['wanted']
    hour = sum(q * (1 - x / w) ** 2 for x, q, w in zip(line['x'], quota, line['wanted']) if w > 0)
    assert math.isclose(line['objective'], hour, rel_tol=1e-9, abs_tol=1e-9)
    cost += hour
assert math.isclose(answer['objective'], cost, rel_tol=1e-9)
assert answer['proportional_objective'] > 1.5 * answer['objective']
worst = max(answer['lines'], key=lambda line: line['objective'])
assert worst['label'] == answer['worst'] == '2017-10-08T08'
assert math.isclose(math.fsum(worst['wanted']), 1079.61)
for i, device in enumerate(answer['devices']):
    assert device['name'] == names[i]
    assert math.isclose(device['wanted'], math.fsum(l['wanted'][i] for l in answer['lines']), rel_tol=1e-12, abs_tol=0)
    assert math.isclose(device['got'], math.fsum(l['x'][i] for l in answer['lines']), rel_tol=1e-12, abs_tol=0)
    shares = [(l['x'][i] / l['wanted'][i], l['label']) for l in answer['lines'] if l['wanted'][i] > 0]
    if shares:
        assert min(shares)[0] == device['worst']['got'] / device['worst']['wanted']
    else:
        assert device['worst'] is None
rows = list(csv.DictReader(open('out')))
assert len(rows) == 168 * 15
for n, row in enumerate(rows):
    line = answer['lines'][n // 15]
    assert row['hour'] == line['label'] and row['name'] == names[n % 15]
    assert float(row['x']) == line['x'][n % 15] and float(row['wanted']) == line['wanted'][n % 15]
PYTHON
# shellcheck disable=SC2086
COLUMNS=100 expect 0 $week --unit GPU
has out '168 hours, 15 devices, at most 700 GPU.'
has out '128 hours give all that is wanted, 40 give less.'
has out '4 want nothing in any hour: 23dbec, 51b7ef, 795a4c, 925e2b'
has out 'The hour with the highest cost: 2017-10-08T08'
has out '1,079.61'
same "$(awk 'length > 100' out)" '' 'lines wider than 100 columns'

# Columns in any order; the first labels the lines; empty is 0; bounds follow what is wanted.
printf 'name,weight,lower,upper,target\na,1,2,9,77\nb,1,0,inf,77\n' > devices.csv
printf 'day,b,a\n"Mon, early",5,1\nTue,,20\n# note\nWed,4,4\n' > days.csv
expect 0 devices.csv --series days.csv --at-most 6 --csv
has out '"Mon, early",a,1,1,0,1,1,target,1'
has out '"Mon, early",b,5,5,0,0,5,target,5'
has out 'Tue,a,20,6,'
has out 'Tue,b,0,0,'
has out 'Wed,a,4,3,0,2,4,price,3'
expect 0 devices.csv --series days.csv --at-most 6
has out '3 days, 2 devices, at most 6.'
has out 'worst day'
input=days.csv expect 0 devices.csv --series - --at-most 6 --csv

# Lines without an answer are named, the others still count.
expect 2 devices.csv --series days.csv --total 9 --csv
hasnot out 'Wed'
hasnot out 'Mon'
has out 'Tue,a,20,9,'
has err 'days.csv:2: Mon, early: '
has err 'days.csv:5: Wed: '
expect 2 devices.csv --series days.csv --total 9
has out '0 days give all that is wanted, 1 give less, 2 have no answer.'
expect 2 devices.csv --series days.csv --total 9 --json
python 'a series with an infeasible line' << 'PYTHON'
import json
answer = json.load(open('out'))
assert [line['status'] for line in answer['lines']] == ['infeasible', 'optimal', 'infeasible'], answer['lines']
assert answer['exit'] == 2 and answer['status'] == 'infeasible' and answer['failed'] == 2 and answer['answered'] == 1
PYTHON
expect 2 devices.csv --series days.csv --at-least 100
has err 'days.csv:2: Mon, early: '
has out '0 days give all that is wanted, 0 give less, 3 have no answer.'

# Complaints.
bad() {
    printf "$1" > s.csv
    expect 65 devices.csv --series s.csv --at-most 6
    line err "$2"
    line out ''
}
bad '' 's.csv:1: the file is empty; the first line names the devices'
bad 'day,a,b\n' 's.csv:1: no line follows the header; add one for each split'
bad 'day,a,b,c\nMon,1,2,3\n' \
    's.csv:1: column c: no such device in devices.csv; each column after the first is named after one'
bad 'day,a\nMon,1\n' 's.csv:1: column b: missing; every device of devices.csv needs its column'
bad 'day,a,b,a\nMon,1,2,3\n' 's.csv:1: column a: stands twice; each device may stand once'
bad 'day,a,b\nMon,1\n' 's.csv:2: 2 fields where the header has 3; leave a field empty for 0'
bad 'day,a,b\nMon,1,-2\n' "s.csv:2: column b: '-2' is not what a device can want; allowed is a finite number >= 0"
bad 'day,a,b\nMon,1,inf\n' "s.csv:2: column b: 'inf' is not what a device can want; allowed is a finite number >= 0"
bad 'day,a,b\nMon,1,2\nTue,x,2\n' "s.csv:3: column a: 'x' is not a number (allowed: 12, -0.5, 1e3, \
with a decimal point and no thousands separators)"
printf 'name,weight\na,1\na,2\n' > devices.csv
bad 'day,a\nMon,1\n' \
    "devices.csv: column name: 'a' stands on lines 2 and 3; --series needs names that differ"
printf 'name,weight\na,1\n,2\n' > devices.csv
bad 'day,a\nMon,1\n' 'devices.csv:3: column name: is empty; --series needs a name for every device'
printf 'weight\n1\n' > devices.csv
bad 'day,a\nMon,1\n' "devices.csv:1: no column name; --series needs names to find each device's column"

finish

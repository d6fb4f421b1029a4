#!/usr/bin/env bash
# The table, CSV and JSON: they agree, fit their width, and are what they claim.
. "$(dirname "$0")/helpers.bash"
need_python

cat > mixed.csv << 'CSV'
name,weight,target,price,lower,upper,coef
"a, ""quoted"" one",4,30,1,0,40,1
züri,2.5,20.125,0,1,inf,2
東京,1,12,-1,-5,10,1
nothing,1,0,0,0,5,1
free,0,0,2,0,3,1
CSV

# JSON is what RFC 8259 says (Python's NaN and Infinity are refused), and agrees with CSV bit for bit.
for row in '--total 80' '--at-most 80' '--at-least 120' '--between 70 80' '--at-most 1e9' '' \
    '--total 80 --compare-proportional' '--total 80 --relative'; do
    # shellcheck disable=SC2086
    expect 0 mixed.csv $row --json
    mv out json
    # shellcheck disable=SC2086
    expect 0 mixed.csv $row --csv
    python "JSON and CSV agree for '$row'" << 'PYTHON'
import csv, json, math

def refuse(text):
    raise ValueError(text)

answer = json.loads(open('json', encoding='utf-8').read(), parse_constant=refuse)
rows = list(csv.DictReader(open('out', encoding='utf-8', newline='')))
assert answer['status'] == 'optimal' and answer['exit'] == 0
assert len(rows) == len(answer['devices']) == 5
for row, device in zip(rows, answer['devices']):
    assert row.keys() == device.keys(), (row, device)
    for key, text in row.items():
        value = device[key]
        assert text == value if key in ('name', 'why') else float(text) == float(value), (key, text, value)
x = [device['x'] for device in answer['devices']]
total = answer['total']
if total is not None:
    exact = math.fsum(a * b for a, b in zip([1, 2, 1, 1, 1], x))
    assert abs(exact - total['sum']) <= 1e-13 * abs(exact)
    assert float(total['lower']) - 1e-9 <= exact <= float(total['upper']) + 1e-9
    assert float(total['dual_low']) <= total['dual'] <= float(total['dual_high'])
assert answer['gap'] <= 1e-9 * max(1, abs(answer['objective']))
assert answer['bound'] <= answer['objective']
if 'proportional_objective' in answer:
    assert answer['proportional_outside_bounds'] == 1
    assert all(abs(d['proportional'] - d['target'] * 80 / total['wanted']) < 1e-12 for d in answer['devices'])
PYTHON
done

# The table shows the same numbers, rounded.
expect 0 mixed.csv --total 80 --csv
mv out csv
expect 0 mixed.csv --total 80
python 'table and CSV agree' << 'PYTHON'
import csv, re

table = open('out', encoding='utf-8').read()
for row in csv.DictReader(open('csv', encoding='utf-8', newline='')):
    line = next(l for l in table.splitlines() if l.startswith(row['name']))
    shown = [float(n) for n in re.findall(r'-?\d+\.\d{3}(?!\d)', line)]
    assert any(abs(n - float(row['x'])) <= 0.0005001 for n in shown), (line, row)
PYTHON

# Infeasible and unbounded answers are JSON, too; names in it are escaped.
printf 'name,target,upper\n"\001\tx""\\",1,2\n' > odd.csv
expect 2 odd.csv --total 5 --json
python 'the conflict is JSON' << 'PYTHON'
import json
answer = json.load(open('out', encoding='utf-8'))
assert answer['status'] == 'infeasible' and answer['message']
assert [item['kind'] for item in answer['conflict']] == ['total_lower', 'upper'], answer
assert answer['conflict'][1]['name'] == '\x01\tx"\\'
assert answer['conflict'][0]['repair'] == -3 and answer['conflict'][1]['repair'] == 3
assert answer['conflict'][0]['value'] == 5 and answer['conflict'][1]['value'] == 2
PYTHON
printf 'name,weight,price\na,0,-1\n' > free.csv
expect 4 free.csv --json
python 'unbounded is JSON' <<< 'import json
answer = json.load(open("out"))
assert answer["status"] == "unbounded" and answer["message"]'
expect 0 odd.csv --total 1
has out '??x"\'
hasnot out $'\001'

# Plain by default: no colour but on a terminal, bars of # but where the locale has UTF-8.
export COLUMNS=100
expect 0 mixed.csv --total 80
hasnot out $'\033'
has out '####'
hasnot out '█'
LC_ALL=C.UTF-8 expect 0 mixed.csv --total 80
has out '████'
LC_ALL= LC_CTYPE=C.utf8 expect 0 mixed.csv --total 80
has out '████'
LC_ALL=C LC_CTYPE=C.UTF-8 expect 0 mixed.csv --total 80
hasnot out '█'

# No line of the table is wider than the terminal, none ends in a space, and columns stay aligned.
export COLUMNS=80
for width in 80 90 100 160; do
    for locale in C C.UTF-8; do
        LC_ALL=$locale COLUMNS=$width expect 0 mixed.csv --total 80
        WIDTH=$width python "width $width in $locale" << 'PYTHON'
import os, unicodedata

def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in text)

lines = open('out', encoding='utf-8').read().split('\n')
table = lines[:lines.index('')]
for line in lines:
    assert columns(line) <= (int(os.environ['WIDTH']) if line in table else 80), (columns(line), line)
    assert line == line.rstrip(), line
starts = {columns(line[:line.index('at ')]) for line in table[1:-1] if 'at ' in line}
assert len(starts) == 1, table
PYTHON
    done
done

# On a terminal there is colour, unless NO_COLOR says no or the terminal is dumb.
if command -v script > /dev/null; then
    for setting in '' NO_COLOR=1 TERM=dumb; do
        env TERM=xterm $setting script -qec "'$rmsolve' mixed.csv --total 80" /dev/null > out 2> err < /dev/null
        if [ -z "$setting" ]; then has out $'\033[1m'; else hasnot out $'\033['; fi
    done
fi

# Long tables: the 30 largest and how many more there are, or all.
awk 'BEGIN { print "name,target"; for (i = 1; i <= 1000; i++) print "d" i "," i % 500 }' > long.csv
expect 0 long.csv --at-most 1e6
same "$(grep -c '^d' out)" 30 'lines of a long table'
has out '970 more, which got 234,740 together (--all shows every line, --csv all digits)'
has out 'of all: 1,000 at target'
has out '249,500'
expect 0 long.csv --at-most 1e6 --all
same "$(grep -c '^d' out)" 1000 'lines with --all'
hasnot out 'more, which'
head -n 41 long.csv > forty.csv
expect 0 forty.csv --total 10
same "$(grep -c '^d' out)" 40 'lines of a table of 40'

# Sentences.
printf 'name,weight,target,price\nnorth,4,3,1\nsouth,2,2,1\n' > two.csv
expect 0 two.csv --total 8 --unit core
has out 'price         9 per core: one more raises the cost by 9,'
has out 'one less lowers it by as much'
has out 'certificate   cost 20, proven bound 20, gap '
has out ', total off by 0'
has out 'solved in'
expect 0 two.csv --total 8 --compare-proportional
has out 'prop. cut     160.0 % of the target for everyone costs 23.84, 19 % more'
expect 0 two.csv --total 4
has out 'lowers the cost by'
printf 'name,target,upper\na,3,3\nb,2,2\n' > full.csv
expect 0 full.csv --total 5
has out 'price         0 per unit: no more can be placed,'
expect 0 full.csv --total 0
has out 'price         -6 per unit: one more lowers the cost by 6,'
has out 'no less can be placed'
printf 'name,target\na,0.1\nb,0.2\n' > tenth.csv
expect 0 tenth.csv --total 0.3
same "$(grep -c '100.0 %.*at target' out)" 2 'wishes met but for rounding'
printf 'name,target\na,1e5\nb,1\n' > nearly.csv
expect 0 nearly.csv --total 100000
has out ' 99.9 %'
printf 'name,weight,target,lower,upper\na,1,3,1,5\n' > pinned.csv
expect 0 pinned.csv --total 1
has out 'at minimum'
expect 0 pinned.csv --total 5
has out 'at limit'
printf 'name,weight,price,target\na,1,2,3\n' > alone.csv
expect 0 alone.csv
has out 'where it costs least'
hasnot out 'price  '
expect 0 alone.csv --at-most 10
has out 'the total, 2, is not what limits the split;'
has out 'its upper side would bind below 2'

finish

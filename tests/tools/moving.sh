#!/usr/bin/env bash
# What moves, what it costs, and what is not worth moving.
. "$(dirname "$0")/helpers.bash"
need_python

cat > models.csv << 'CSV'
name,target,current,up,down
llama,40,31,0.5,0.5
qwen,30,34,0.5,0.5
mixtral,24,24.2,0.5,0.5
new,6,0,2,0
CSV
expect 0 models.csv --total 100 --unit GPU
has out 'name     target    from     got      met'
has out 'not worth moving'
has out 'total       100  89.200  100.00  100.0 %'
has out 'moved         17.7667 GPU, 14.2833 up and 3.48333 down,'
has out '              on 3 of 4 devices; that costs 16.7833'
has out 'the price is linear in the total from 99.05 to 100.55'
expect 0 models.csv --total 100 --csv
has out 'name,target,x,reduced_cost,lower,upper,why,current'
has out 'mixtral,24,24.2,0,0,inf,stays,24.2'
mv out csv
expect 0 models.csv --total 100 --json
python 'moves in JSON' << 'PYTHON'
import csv, json, math
answer = json.load(open('out'))
rows = list(csv.DictReader(open('csv')))
way = [d['x'] - d['current'] for d in answer['devices']]
assert [float(r['x']) for r in rows] == [d['x'] for d in answer['devices']]
moves = answer['moves']
assert moves['devices'] == 3 and way[2] == 0
assert math.isclose(moves['up'], sum(w for w in way if w > 0))
assert math.isclose(moves['down'], -sum(w for w in way if w < 0))
assert math.isclose(moves['cost'], 0.5 * (way[0] - way[1]) + 2 * way[3])
miss = sum((d['x'] - d['target']) ** 2 for d in answer['devices'])
assert math.isclose(answer['objective'], miss + moves['cost'])
PYTHON
expect 0 models.csv --total 100 --compare-proportional
has out 'prop. cut     100.0 % of the target for everyone costs 18.6, 5.5 % more'

# Nothing moves; a bound that would hold it anyway is the reason, moving or not.
printf 'name,target,current,up,down\na,5,4,9,9\nb,3,4,9,9\n' > calm.csv
expect 0 calm.csv --total 8
has out 'moved         nothing: every device stays where it is'
same "$(grep -c 'not worth moving' out)" 2 'devices that stay'
cat > ends.csv << 'CSV'
name,target,current,up,down,upper
full,50,10,1,1,10
low,-50,0,1,1,
zero,5,0,99,0,
top,0,5,0,99,5
CSV
expect 0 ends.csv --csv
for row in full,50,10,-81,0,10,limit,10 low,-50,0,101,0,inf,minimum,0 zero,5,0,89,0,inf,stays,0 \
    top,0,5,-89,0,5,stays,5; do
    has out "$row"
done

# At target before all else; a place outside the bounds; a place without a cost; a place that only some have.
printf 'name,target,current,up,lower,upper\nwish,5,5,1,,\nout,20,30,1,,25\nfree,7,3,,,\nnowhere,4,,,,\n' > f.csv
expect 0 f.csv
has out 'wish          5     5    5  100.0 %'
has out 'out          20    30   20  100.0 %     25'
has out 'nowhere       4     -    4'
has out 'total        36     -   36'
has out 'moved         14 units, 4 up and 10 down,'
has out '              on 2 of 3 devices; that costs 0'
expect 0 f.csv --csv
has out 'nowhere,4,4,0,0,inf,target,'
expect 0 f.csv --json
has out '"why":"target","current":null}'

# An answer that is carried out moves nothing more.
awk -F, 'NR == 1 { print "name,target,current,up,down"; next }
    { print $1 "," $2 "," $3 (NR == 5 ? ",2,0" : ",0.5,0.5") }' csv > again.csv
expect 0 again.csv --total 100
has out 'moved         nothing'

# With every family.
cat > all.csv << 'CSV'
name,family,target,capacity,current,up,down
web,queue,,60,20,1,1
batch,log,,,20,0.01,0.01
share,entropy,30,,30,0.1,0.1
CSV
expect 0 all.csv --total 70 --csv
has out 'batch,,20,0,0,inf,stays,log,,20'
expect 0 all.csv --total 70
has out 'from'

# Columns that ask for nothing change nothing.
printf 'name,target,up,down\na,3,,0\nb,5,0,\n' > f.csv
expect 0 f.csv --total 10
has out 'name   target  got      met  '
hasnot out 'moved'

finish

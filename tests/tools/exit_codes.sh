#!/usr/bin/env bash
# Every exit code of rmsolve, and what it says with it.
. "$(dirname "$0")/helpers.bash"

printf 'name,weight,target,price\nnorth,4,3,1\nsouth,2,2,1\n' > two.csv
printf 'name,target,upper\na,3,5\nb,2,4\n' > small.csv
printf 'name,weight,price\na,0,-1\nb,1,0\n' > free.csv

# 0: optimal
expect 0 two.csv --total 8
has out 'north'
has out '9 per unit'
line err ''
expect 0 two.csv
expect 0 two.csv --at-most 100
has out 'is not what limits the split'
expect 0 two.csv --at-least 1 --csv
expect 0 two.csv --between 1 2 --json
expect 0 two.csv --total=8
expect 0 --total 8 -- two.csv
expect 0 two.csv --between -inf inf
expect 0 --help
has out 'Usage: rmsolve'
has out 'Exit codes'
# Its examples are what the program prints.
mv out help
sed -n '/^  name,family,capacity/,/^  \$/ { s/^  \([^$]\)/\1/p }' help > servers.csv
expect 0 servers.csv --total 100
has out '75.50'
has out '24.50'
sed -n '/^  name,target,current/,/^  \$/ { s/^  \([^$]\)/\1/p }' help > models.csv
expect 0 models.csv --total 10 --csv
has out 'first,5,4.8,0,0,inf,price,3'
has out 'second,5,5.2,0,0,inf,stays,5.2'
sed -n '/^  name,weight,target,price/,/^  \$/ { s/^  \([^$]\)/\1/p }' help > clusters.csv
expect 0 clusters.csv --total 8 --csv
has out 'north,3,4,0,'
expect 0 --version
has out 'rmsolve 0.'

# 2: infeasible, with what would repair it
expect 2 small.csv --total 10
has out 'lower the total by 1, from 10 to 9'
has out 'raise the upper bound of a by 1, from 5 to 6'
has out 'raise the upper bound of b by 1, from 4 to 5'
line err ''
expect 2 small.csv --at-least 10
has out 'lower the least total by 1, from 10 to 9'
expect 2 small.csv --at-most -1
has out 'raise the greatest total by 1, from -1 to 0'
has out 'lower the lower bound of a by 1, from 0 to -1'
expect 2 small.csv --total 10 --csv
line out 'name,target,x,reduced_cost,lower,upper,why'
has err 'lower the total by 1, from 10 to 9'
expect 2 small.csv --total 10 --json
has out '"status":"infeasible","exit":2'
has out '"repair":-1'
line err ''

# 3: stopped
expect 3 two.csv --total 8 --time-limit 0
line out 'limit: stopped by a limit before there was an answer; raise --time-limit or --iteration-limit'
expect 3 two.csv --total 8 --iteration-limit 0 --csv
line out 'name,target,x,reduced_cost,lower,upper,why'
has err 'limit: '
expect 3 two.csv --total 8 --time-limit 0 --json
has out '"status":"limit","exit":3'

# 3 again: Ctrl-C while a long series is under way (its first lines are out by then).
if command -v python3 > /dev/null; then
    echo 'name,weight' > names.csv
    for i in 1 2 3 4 5 6 7 8; do echo "d$i,$i" >> names.csv; done
    awk 'BEGIN { print "hour,d1,d2,d3,d4,d5,d6,d7,d8"
        for (i = 0; i < 200000; i++) print i ",1,2,3,4,5,6,7,8" }' > long.csv
    RMSOLVE=$rmsolve python 'Ctrl-C' << 'PYTHON'
import os, signal, subprocess, time
with open('out', 'w') as out, open('err', 'w') as err:
    run = subprocess.Popen([os.environ['RMSOLVE'], 'names.csv', '--series', 'long.csv', '--at-most', '9', '--csv'],
                           stdout=out, stderr=err, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    while os.path.getsize('out') == 0 and run.poll() is None:
        time.sleep(0.001)
    run.send_signal(signal.SIGINT)
    code = run.wait()
assert code == 3, code
PYTHON
    has err 'stopped by Ctrl-C before there was an answer'
fi

# 4: unbounded
expect 4 free.csv
has out 'a'
line err ''
expect 4 free.csv --at-least 1 --csv
has err 'a'
expect 4 free.csv --json
has out '"status":"unbounded","exit":4'

# 64: wrong use
expect 64
has err 'the file of devices is missing; rmsolve --help'
line out ''
expect 64 two.csv --totl 8
line err 'rmsolve: unknown option --totl; rmsolve --help shows the use'
expect 64 two.csv --total
line err 'rmsolve: --total needs a value after it; rmsolve --help shows the use'
expect 64 two.csv --between 1
line err 'rmsolve: --between needs a value after it; rmsolve --help shows the use'
expect 64 two.csv --total 8 --at-most 9
has err 'exclude each other'
expect 64 two.csv --csv --json
has err '--csv and --json exclude each other'
expect 64 two.csv --total eight
has err "rmsolve: --total: 'eight' is not a number"
expect 64 two.csv --total inf
has err '--total needs a finite number'
expect 64 two.csv --between 3 2
has err '--between needs a lower side that is not above the upper side'
expect 64 two.csv --between inf inf
has err '--between'
expect 64 two.csv other.csv
has err 'one file of devices is enough; also got other.csv'
expect 64 two.csv --csv=yes
has err '--csv takes no such value'
expect 64 two.csv --time-limit -1
has err '--time-limit needs a number that is not below 0'
expect 64 two.csv --iteration-limit 1.5
has err '--iteration-limit needs a whole number'
expect 64 two.csv --short-price 1
line err 'rmsolve: --short-price needs a least total: --total, --at-least or --between; rmsolve --help shows the use'
expect 64 two.csv --at-most 3 --short-price 1
has err '--short-price needs a least total'
expect 64 two.csv --between -inf 3 --short-price 1
has err '--short-price needs a least total'
expect 64 two.csv --at-least 3 --over-price 1
line err 'rmsolve: --over-price needs a greatest total: --total, --at-most or --between; rmsolve --help shows the use'
expect 64 two.csv --total 3 --over-price -1
has err '--over-price needs a number that is not below 0'
expect 64 two.csv --total 3 --short-price dear
has err "rmsolve: --short-price: 'dear' is not a number"
expect 64 - --series -
has err 'only one of the two files can be standard input'

# 65: bad data (all of its forms are in bad_data.sh)
expect 65 nothing.csv
has err 'rmsolve: nothing.csv cannot be read: No such file'
expect 65 .
has err 'cannot be read'

# 70: the answer cannot be written
if [ -w /dev/full ]; then
    checks=$((checks + 1))
    "$rmsolve" two.csv --total 8 > /dev/full 2> err
    same $? 70 'exit code with a full disk'
    has err 'rmsolve: the output cannot be written: No space left on device'
fi

finish

#!/usr/bin/env bash
# A table of a million devices: read, split and written without trouble, in time that is linear.
. "$(dirname "$0")/helpers.bash"

# Numbers with few digits, so that awk's sum of a million of them is good to 1e-9.
make() {
    awk -v n="$1" 'BEGIN {
        print "name,weight,target,price,lower,upper"
        for (i = 0; i < n; i++) {
            seed = (seed * 1103515245 + 12345) % 2147483648
            print "pool-" i "," 1 + seed % 8 "," (seed % 4000) / 16 "," (seed % 7) / 4 ",0," 100 + seed % 300
        }
    }' > "$2"
}

seconds() {
    local start
    start=$(date +%s%N)
    expect 0 "$@"
    echo $((($(date +%s%N) - start) / 1000000)) > took
}

make 100000 small.csv
make 1000000 large.csv

seconds small.csv --total 5000000 --csv
small=$(cat took)
seconds large.csv --total 50000000 --csv
large=$(cat took)
echo "CSV of 1e5 in $small ms, of 1e6 in $large ms"
same "$(wc -l < out)" 1000001 'lines'
sum=$(awk -F, 'NR > 1 { sum += $3; if ($3 < $5 || $3 > $6) outside++ } END { printf "%.3f %d", sum, outside }' out)
same "$sum" '50000000.000 0' 'sum, and devices outside their bounds'
# Ten times the rows may take ten times as long, and half as much again for caches and a busy machine.
checks=$((checks + 1))
[ "$large" -lt $((15 * small + 2000)) ] || fail "1e6 rows took $large ms, 1e5 took $small ms: not linear"

seconds large.csv --total 50000000
echo "table of 1e6 in $(cat took) ms"
same "$(grep -c '^pool-' out)" 30 'lines of the table'
has out '999,970 more, which got'
has out '50,000,000.00'

if command -v python3 > /dev/null; then
    expect 0 small.csv --total 5000000 --json
    python 'JSON of 1e5' <<< 'import json, math
a = json.load(open("out"))
assert len(a["devices"]) == 100000 and abs(math.fsum(d["x"] for d in a["devices"]) - 5e6) < 1e-6'
fi

# A million rows with a fault in the last one: found, and the line is right.
echo 'last,1,x,0,0,1' >> large.csv
expect 65 large.csv --total 1
has err 'large.csv:1000002: column target:'

finish

#!/usr/bin/env bash
# Every complaint about a file: where it is, what is wrong, what is allowed.
. "$(dirname "$0")/helpers.bash"

# bad CONTENT MESSAGE: the content, with printf's escapes, is refused with exactly this.
bad() {
    printf "$1" > f.csv
    expect 65 f.csv --total 1
    line err "$2"
    line out ''
}

known="the columns are name, family, weight, target, price, coef, lower, upper, shift, alpha, capacity, \
current, up, down"

# The header.
bad '' 'f.csv:1: the file is empty; the first line names the columns, such as name,weight,target'
bad '\n# only this\n\n' 'f.csv:1: the file is empty; the first line names the columns, such as name,weight,target'
bad 'name,wight\na,1\n' "f.csv:1: column wight: unknown; $known"
bad 'name,weight,\na,1,\n' "f.csv:1: column (no name): unknown; $known"
bad 'name;weight;target\na;1;2\n' "f.csv:1: column name;weight;target: unknown; $known; fields are separated by commas"
bad 'name,weight,weight\na,1,1\n' 'f.csv:1: column weight: stands twice; each column may stand once'
bad 'name,Weight,weight\na,1,1\n' 'f.csv:1: column weight: stands twice; each column may stand once'
bad 'name,price\na,1\n' 'f.csv:1: no column target and no column weight; at least one of them is needed'
bad '# head\n\nname,price\na,1\n' 'f.csv:3: no column target and no column weight; at least one of them is needed'
bad 'name,weight\n' 'f.csv:1: no device follows the header; add a line for each'

# Lines.
bad 'name,weight\na,1\nb\n' 'f.csv:3: 1 field where the header has 2; leave a field empty for its default'
bad 'name,weight\na,1,2\n' 'f.csv:2: 3 fields where the header has 2; leave a field empty for its default'
bad 'name,weight\n"a,1\nb,2\n' 'f.csv:2: field 1: the opening quote is never closed; end the field with a quote'
bad 'name,weight\n"a"b,1\n' \
    'f.csv:2: field 1: text after the closing quote; a quote inside a quoted field is written ""'
bad 'name,weight\na"b,1\n' \
    'f.csv:2: field 1: a quote inside a field; put the whole field in quotes and double this one'

# Numbers.
not='is not a number (allowed: 12, -0.5, 1e3, with a decimal point and no thousands separators)'
for text in x 1x 1e 1e+ . - + 0x10 nan NaN '1 000' 1_000 1..2 --1 infin; do
    bad "name,weight,target\na,1,2\nb,$text,2\n" "f.csv:3: column weight: '$text' $not"
done
bad 'name,weight\na,"1,5"\n' "f.csv:2: column weight: '1,5' $not"
bad 'weight\n1e999\n' \
    "f.csv:2: column weight: '1e999' is too large for a double (at most 1.8e308; write inf for no limit)"
bad 'weight\n-1\n' "f.csv:2: column weight: '-1' is not a weight; allowed is a finite number >= 0"
bad 'weight\ninf\n' "f.csv:2: column weight: 'inf' is not a weight; allowed is a finite number >= 0"
for column in target price coef; do
    bad "weight,$column\n1,-inf\n" "f.csv:2: column $column: '-inf' is infinite; allowed is a finite number"
done
bad 'weight,lower\n1,inf\n' "f.csv:2: column lower: 'inf' is not a lower bound; allowed is a number, or -inf for none"
bad 'weight,upper\n1,-inf\n' "f.csv:2: column upper: '-inf' is not an upper bound; allowed is a number, or inf for none"
bad 'weight,lower,upper\n1,0,9\n1,5,3\n' \
    'f.csv:3: column lower: lower 5 is above upper 3; allowed is lower <= upper'
bad 'weight,upper\n1,-3\n' 'f.csv:2: column upper: lower 0 is above upper -3; allowed is lower <= upper'

# What later versions will do is refused, not left out.
for column in lot fixed_cost semicontinuous group; do
    printf 'name,weight,%s\na,1,\nb,1,0\nc,1,0.0\n' "$column" > f.csv
    expect 0 f.csv --total 1
    printf 'name,weight,%s\na,1,0\nb,1,2\n' "$column" > f.csv
    expect 65 f.csv --total 1
    has err "f.csv:3: column $column: '2' asks for what this version cannot do"
    has err 'in a later one); allowed is 0 or an empty field'
done
bad 'weight,group\n1,east\n' "f.csv:2: column group: 'east' asks for what this version cannot do \
(group fees come in a later one); allowed is 0 or an empty field"

# Families: a column that does not belong to one is refused, and so is one that is needed and missing.
write='in column family'
bad 'name,family,shift\na,quadratic,2\n' \
    "f.csv:2: column shift: is not for the family quadratic; leave it empty, or write log or alpha-fair $write"
bad 'name,target,shift\na,1,\nb,1,0\n' \
    "f.csv:3: column shift: is not for the family quadratic; leave it empty, or write log or alpha-fair $write"
for family in log alpha-fair queue; do
    bad "name,target,family,capacity\na,3,quadratic,\nb,0,$family,9\n" \
        "f.csv:3: column target: is not for the family $family; leave it empty, or write quadratic or entropy $write"
done
bad 'family,alpha\nlog,2\n' \
    "f.csv:2: column alpha: is not for the family log; leave it empty, or write alpha-fair $write"
bad 'family,capacity,target\nentropy,2,1\n' \
    "f.csv:2: column capacity: is not for the family entropy; leave it empty, or write queue $write"
bad 'name,family\na,queue\n' \
    'f.csv:2: column capacity: is needed by the family queue; allowed is a finite number > 0'
bad 'name,family,capacity\na,queue,5\nb,queue,\n' \
    'f.csv:3: column capacity: is needed by the family queue; allowed is a finite number > 0'
bad 'family,weight\nentropy,1\n' \
    'f.csv:2: column target: is needed by the family entropy; allowed is a finite number > 0'
bad 'family,target\nentropy,0\n' \
    'f.csv:2: column target: target 0 is not above 0; allowed in the family entropy is target > 0'
bad 'family\nlogarithm\n' \
    "f.csv:2: column family: 'logarithm' is not a family; allowed is quadratic, log, alpha-fair, entropy or queue"
for text in 0 -1 inf; do
    bad "family,alpha\nalpha-fair,$text\n" \
        "f.csv:2: column alpha: '$text' is not an alpha; allowed is a finite number > 0"
    bad "family,capacity\nqueue,$text\n" \
        "f.csv:2: column capacity: '$text' is not a capacity; allowed is a finite number > 0"
done
bad 'family,shift\nlog,-inf\n' "f.csv:2: column shift: '-inf' is infinite; allowed is a finite number"

# A cost must be somewhere within the bounds.
bad 'family,shift,upper\nlog,-5,5\n' 'f.csv:2: column upper: upper 5 is not above -shift; allowed is upper > -shift'
bad 'family,capacity,lower\nqueue,5,5\n' \
    'f.csv:2: column lower: lower 5 is not below the capacity; allowed is lower < capacity'
bad 'family,capacity,lower,upper\nqueue,5,-2,-1\n' \
    'f.csv:2: column upper: upper -1 is below 0; allowed in the family queue is upper >= 0'
bad 'family,target,lower,upper\nentropy,5,-2,-1\n' \
    'f.csv:2: column upper: upper -1 is below 0; allowed in the family entropy is upper >= 0'

# Moving: what costs something starts somewhere.
stand='is needed where up or down is above 0; write where the device stands, 0 for a new one'
bad 'target,up\n1,2\n' "f.csv:2: column current: $stand"
bad 'target,current,down\n1,5,2\n1,,2\n' "f.csv:3: column current: $stand"
for column in up down; do
    for text in -1 inf; do
        bad "target,current,$column\n1,0,$text\n" \
            "f.csv:2: column $column: '$text' is not a cost of moving; allowed is a finite number >= 0"
    done
done
bad 'target,current\n1,inf\n' "f.csv:2: column current: 'inf' is infinite; allowed is a finite number"

# Bytes.
bad 'name,weight\na,1\n\377,1\n' 'f.csv:3: byte 0xFF is not UTF-8 text; save the file as UTF-8'
bad 'name,weight\n\303(,1\n' 'f.csv:2: byte 0xC3 is not UTF-8 text; save the file as UTF-8'
bad 'name,weight\na,1\000\n' 'f.csv:2: byte 0x00 is not UTF-8 text; save the file as UTF-8'
bad '\377\376n\000' 'f.csv:1: the text is UTF-16; save the file as UTF-8'
{ printf 'name,weight\n'; head -c 65536 /dev/zero | tr '\0' n; printf ',1\n'; } > f.csv
expect 65 f.csv --total 1
line err 'f.csv:2: column name: the name is longer than 65,535 bytes; shorten it'

# Standard input is named as such; control characters never reach a terminal.
printf 'weight\n-1\n' > in
input=in expect 65 - --total 1
line err "standard input:2: column weight: '-1' is not a weight; allowed is a finite number >= 0"
bad 'name,weight\na,\033[2J\n' "f.csv:2: column weight: '?[2J' $not"

# Options that need more of the data.
printf 'name,target\na,1\nb,-1\n' > f.csv
expect 65 f.csv --total 1 --relative
line err 'f.csv:3: column target: is below 0; --relative needs targets >= 0'
expect 65 f.csv --total 1 --compare-proportional
line err 'f.csv:3: column target: is below 0; a proportional cut needs targets >= 0'
printf 'name,target,coef\na,1,0\n' > f.csv
expect 65 f.csv --compare-proportional
line err 'f.csv:2: column coef: is not above 0; a proportional cut needs coefficients > 0'
printf 'name,target\na,1e-200\n' > f.csv
expect 65 f.csv --total 1 --relative
line err 'f.csv:2: column target: is too near 0 for --relative; write 0 for a device that wants nothing'


# Options that some families and moving do not go with.
printf 'name,family,target\na,,1\nb,log,\n' > f.csv
expect 65 f.csv --total 1 --relative
line err 'f.csv:3: column family: is not quadratic; --relative needs that family'
expect 65 f.csv --total 1 --compare-proportional
line err 'f.csv:3: column family: has no target; a proportional cut needs targets'
printf 'hour,a,b\n1,2,3\n' > hours.csv
expect 65 f.csv --total 1 --series hours.csv
line err 'f.csv:3: column family: is not quadratic; --series needs that family'
printf 'name,target,current\na,1,\nb,1,0\n' > f.csv
expect 65 f.csv --total 1 --series hours.csv
line err 'f.csv:3: column current: does not go with --series; leave current, up and down out'

finish

#!/usr/bin/env bash
# All that a file may hold.
. "$(dirname "$0")/helpers.bash"

# reads CONTENT ROW...: the CSV output of the split of a total of 8 has these rows.
reads() {
    printf "$1" > f.csv
    shift
    expect 0 f.csv --total 8 --csv
    { echo 'name,target,x,reduced_cost,lower,upper,why'; printf '%s\n' "$@"; } > wanted
    checks=$((checks + 1))
    cmp -s out wanted || fail "the rows differ: $(tail -n +2 out | tr '\n' ' ')"
}

north='north,3,4,0,0,inf,price'
south='south,2,4,0,0,inf,price'
reads 'name,weight,target,price\nnorth,4,3,1\nsouth,2,2,1\n' "$north" "$south"
reads 'name,weight,target,price\nnorth,4,3,1\nsouth,2,2,1' "$north" "$south"
reads 'name,weight,target,price\r\nnorth,4,3,1\r\nsouth,2,2,1\r\n' "$north" "$south"
reads 'name,weight,target,price\rnorth,4,3,1\rsouth,2,2,1\r' "$north" "$south"
reads '\357\273\277name,weight,target,price\nnorth,4,3,1\nsouth,2,2,1\n' "$north" "$south"
reads '# c\n\n  # c, "\nname,weight,target,price\n\n \t\nnorth,4,3,1\n#x\nsouth,2,2,1\n\n' "$north" "$south"
reads 'PRICE,Target,Name,WEIGHT\n1,3,north,4\n1,2,south,2\n' "$north" "$south"
reads ' name , weight,target ,price\n north ,\t4,3 , 1\nsouth,2,2,1  \n' "$north" "$south"
reads '"name","weight","target","price"\n"north","4","3","1"\n "south" ,2,2,1\n' "$north" "$south"
reads 'name,weight,target,price,lower,upper\nnorth,4,3,1,,inf\nsouth,2,2,1,0,INF\n' "$north" "$south"
reads 'name,weight,target,price,upper\nnorth,4.0e0,+3.,1,+Infinity\nsouth,.2e1,2,1,\n' "$north" "$south"
reads 'target\n3\n5\n' '"#1",3,3,0,0,inf,target' '"#2",5,5,0,0,inf,target'
reads 'name,weight,target,coef\na,,8,\n' 'a,8,8,0,0,inf,target'
reads 'name,target,coef\na,4,2\n' 'a,4,4,0,0,inf,target'
reads 'name,target,lower\na,3,-inf\nb,5,-1\n' 'a,3,3,0,-inf,inf,target' 'b,5,5,0,-1,inf,target'
reads 'name,target,lot,group\na,8,,\n' 'a,8,8,0,0,inf,target'

# Names: commas, quotes, line ends, UTF-8; what must be quoted is quoted again.
reads 'name,target\n"a, b",3\n"say ""hi""",5\n' '"a, b",3,3,0,0,inf,target' '"say ""hi""",5,5,0,0,inf,target'
reads 'name,target\n"a\nb",3\nz\303\274rich,5\n' '"a' 'b",3,3,0,0,inf,target' $'z\303\274rich,5,5,0,0,inf,target'
reads 'name,target\n"#1",8\n' '"#1",8,8,0,0,inf,target'
reads 'name,target\n,8\n' '"#1",8,8,0,0,inf,target'

# The line is right after a field that holds line ends.
printf 'name,weight\n"a\nb\r\nc",1\nd,x\n' > f.csv
expect 65 f.csv --total 1
has err 'f.csv:5: column weight:'

# Standard input; a file whose name starts with a dash; one row.
printf 'target\n1\n' > in
input=in expect 0 - --total 2
has out '#1'
printf 'target\n1\n' > -x.csv
expect 0 --total 2 -- -x.csv

# What the tool writes, it could read: CSV goes through unchanged.
printf 'name,weight,target\na,1,0.1\nb,3,1e-7\nc,7,123456789.123\n' > f.csv
expect 0 f.csv --at-most 1e6 --csv
cut -d, -f1,3 out | sed '1s/x/target/' > again.csv
expect 0 again.csv --csv
same "$(cut -d, -f2 out | tail -n +2)" "$(cut -d, -f2 again.csv | tail -n +2)" 'numbers read back'

finish

# What the tests of rmsolve share.  Each is run as: bash TEST path/to/rmsolve
set -u
export LC_ALL=C COLUMNS=80
unset NO_COLOR

rmsolve=${1:?usage: bash TEST path/to/rmsolve}
rmsolve=$(cd "$(dirname "$rmsolve")" && pwd)/$(basename "$rmsolve")
data=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../examples/data" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
checks=0
failures=0

fail() {
    failures=$((failures + 1))
    printf 'FAILED: %s\n' "$1"
    head -n 20 out err 2> /dev/null
}

# expect CODE ARGUMENT...: runs rmsolve; its output is then in out and err.
expect() {
    local code=$1 got
    shift
    checks=$((checks + 1))
    "$rmsolve" "$@" > out 2> err < "${input:-/dev/null}"
    got=$?
    [ "$got" -eq "$code" ] || fail "exit code $got instead of $code: rmsolve $*"
}

# has FILE TEXT: the file holds the text.
has() {
    checks=$((checks + 1))
    grep -qF -- "$2" "$1" || fail "'$2' is missing in $1"
}

hasnot() {
    checks=$((checks + 1))
    ! grep -qF -- "$2" "$1" || fail "'$2' stands in $1"
}

# line FILE TEXT: the file is this one line.
line() {
    checks=$((checks + 1))
    [ "$(cat "$1")" = "$2" ] || fail "$1 is not '$2'"
}

# same TEXT TEXT WHAT
same() {
    checks=$((checks + 1))
    [ "$1" = "$2" ] || fail "$3: '$1' and '$2' differ"
}

# Python, for the tests that read JSON.
need_python() {
    if ! command -v python3 > /dev/null; then
        echo "skipped: no python3"
        exit 77
    fi
}

# python WHAT <<< PROGRAM: the program ends with 0 when all is well.
python() {
    checks=$((checks + 1))
    python3 - > python.out 2>&1 || {
        fail "$1"
        cat python.out
    }
}

finish() {
    echo "$checks checks, $failures failures"
    [ "$failures" -eq 0 ]
    exit
}

#!/usr/bin/env bash
# The first program of README.md: takes it from there, compiles it against the
# static library, runs it, and compares what it prints with the text below it.
# It must be the program of examples/first_split.c, too.
#
# Usage: tests/docs/readme_example.sh LIBRM.A [CC]
set -euo pipefail
library=$1 cc=${2:-cc}
root=$(cd "$(dirname "$0")/../.." && pwd)
[ -f "$library" ] || { echo "FAILED: no file $library"; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# block LANGUAGE: the first block of that language in README.md
block() {
    awk -v fence="\`\`\`$1" '$0 == "```" { if (inside) exit } inside { print } $0 == fence { inside = 1 }' "$root/README.md"
}

block c >"$scratch/example.c"
block text >"$scratch/expected"
if [ ! -s "$scratch/example.c" ] || [ ! -s "$scratch/expected" ]; then
    echo "FAILED: README.md has no program, or no output"
    exit 1
fi
"$cc" -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$root/include" -o "$scratch/example" "$scratch/example.c" "$library" -lm
"$scratch/example" >"$scratch/found"
diff -u "$scratch/expected" "$scratch/found" || { echo "FAILED: README.md shows (-) what its program does not print (+)"; exit 1; }
diff -u "$scratch/example.c" <(sed '1,/^ \*\/$/d' "$root/examples/first_split.c") ||
    { echo "FAILED: examples/first_split.c (+) is not the program of README.md (-)"; exit 1; }
cat "$scratch/found"
echo "ok: the program of README.md"

# shellcheck shell=bash disable=SC2034
# Read by the checks of this directory, which are bash scripts.
set -euo pipefail
export LC_ALL=C
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
failures=0

wrong() {
    printf 'wrong: %s\n' "$*"
    failures=$((failures + 1))
}

# Ends the check: "done_with WHAT" after everything was looked at.
done_with() {
    if [ "$failures" -ne 0 ]; then
        printf 'FAILED: %s\n' "$1"
        exit 1
    fi
    printf 'ok: %s\n' "$1"
}

# Ends the check with ctest's number for "skipped" where a tool is not there.
need() {
    local tool
    for tool; do
        if ! command -v "$tool" >/dev/null 2>&1; then
            printf 'skipped: no %s\n' "$tool"
            exit 77
        fi
    done
}

# A check of a file that is not there must fail, whatever the tools make of it.
files() {
    local file
    for file; do
        [ -f "$file" ] || { printf 'FAILED: no file %s\n' "$file"; exit 1; }
    done
}

scratch() {
    scratch_dir=$(mktemp -d)
    trap 'rm -rf "$scratch_dir"' EXIT
}

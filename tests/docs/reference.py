#!/usr/bin/env python3
"""Every public function and type of the header is documented in full.

Usage: tests/docs/reference.py [HEADER]

Each declaration has a comment of its own with @since, @return where it returns something, and
a @param for every parameter and none besides, in the order of the declaration.  It stands in
one of the groups that make the reference, and every group is linked from docs/start.md.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HEADER = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "include/rm/rm.h"
DECLARED = re.compile(r"/\*\*((?:(?!\*/).)*)\*/\s*(RM_API [^;{]*|typedef [^;{]*);", re.S)
FUNCTION = re.compile(r"^(?:RM_API|typedef)\s+(.*?)(\*?)\(?\*?\b(rm_\w+)\)?\s*\((.*)\)$", re.S)
GROUP = re.compile(r"@defgroup (\w+)|@\{|@\}")


def parameters(text):
    if text.strip() == "void":
        return []
    return [re.search(r"(\w+)\s*$", part).group(1) for part in text.split(",")]


def faults(comment, declaration):
    """What is wrong with the comment of one declaration."""
    if not re.search(r"@since \d+\.\d+\.\d+", comment):
        yield "no @since"
    match = FUNCTION.match(declaration)
    if not match:
        return
    kind, pointer, _, rest = match.groups()
    returns = kind.strip() != "void" or pointer
    if returns and "@return" not in comment:
        yield "no @return"
    if not returns and "@return" in comment:
        yield "@return, but it returns nothing"
    named = [name for names in re.findall(r"@param(?:\[\w+\])?\s+(\w+(?:,\s*\w+)*)", comment)
             for name in re.split(r",\s*", names)]
    if named != parameters(rest):
        yield f"@param {', '.join(named) or 'of nothing'}; the parameters are {', '.join(parameters(rest)) or 'none'}"


def group_at(text, position):
    """The group that is open at a position, or None."""
    opened, last = [], None
    for match in GROUP.finditer(text, 0, position):
        if match.group(1):
            last = match.group(1)
        elif match.group() == "@{":
            opened.append(last)
        elif opened:
            opened.pop()
    return opened[-1] if opened else None


def main():
    text = HEADER.read_text()
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    public = set(re.findall(r"\b(rm_\w+)\)?\s*\(", "\n".join(re.findall(r"^(?:RM_API|typedef) [^;]*;", bare, re.M))))
    start = (ROOT / "docs/start.md").read_text()
    wrong, seen = [], set()
    for match in DECLARED.finditer(text):
        comment, declaration = match.groups()
        name = re.search(r"\b(rm_\w+)\)?\s*(\(|$)", declaration).group(1)
        seen.add(name)
        wrong += [f"{name}: {fault}" for fault in faults(comment, declaration)]
        group = group_at(text, match.start())
        if declaration.startswith("RM_API") and group is None:
            wrong.append(f"{name}: stands in no group")
        elif declaration.startswith("RM_API") and f"@ref {group} " not in start:
            wrong.append(f"{name}: docs/start.md does not link its group, {group}")
    wrong += [f"{name}: no comment" for name in sorted(public - seen)]
    print("\n".join(wrong), end="\n" if wrong else "")
    if wrong or len(seen) < 40:
        sys.exit(f"FAILED: {len(wrong)} faults in the comments of {len(seen)} declarations")
    print(f"ok: {len(seen)} declarations are documented")


if __name__ == "__main__":
    main()

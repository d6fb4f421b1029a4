#!/usr/bin/env python3
"""Every relative link in the Markdown files leads to something that is there.

Usage: tests/docs/links.py [ROOT]

Looks at [text](target) and at images, outside code.  A target without a scheme must be a
file or directory of the repository, and its #part must be a heading there.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent.parent)
LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.M | re.S)


def pages():
    for path in sorted(ROOT.rglob("*.md")):
        parts = path.relative_to(ROOT).parts
        if parts[0] != "build" and not any(part.startswith(".") for part in parts):
            yield path


def anchors(path):
    """The parts of a page that a link can name: its headings, as forges spell them."""
    headings = re.findall(r"^#+ +(.*?) *$", CODE.sub("", path.read_text()), re.M)
    plain = (re.sub(r"\{#.*\}|[`*]", "", heading).strip().lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def main():
    links, wrong = 0, 0
    for path in pages():
        text = CODE.sub(blank, path.read_text())
        for match in LINK.finditer(text):
            target, _, part = match.group(1).partition("#")
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            links += 1
            to = (path.parent / target) if target else path
            reason = None
            if target.startswith("/"):
                reason = "starts at the root of a machine, not of the repository"
            elif not to.exists():
                reason = "is not there"
            elif part and (to.suffix != ".md" or part not in anchors(to)):
                reason = f"has no heading {part}"
            if reason:
                line = text.count("\n", 0, match.start()) + 1
                print(f"{path.relative_to(ROOT)}:{line}: {match.group(1)} {reason}")
                wrong += 1
    if wrong or not links:
        sys.exit(f"FAILED: {wrong} of {links} links lead nowhere")
    print(f"ok: {links} links")


if __name__ == "__main__":
    main()

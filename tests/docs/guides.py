#!/usr/bin/env python3
"""What the guides show is what happens.

Usage: tests/docs/guides.py [--write] LIBRM.A LIBRM.SO RMSOLVE [PAGE.md...]

In README.md and docs/*.md (or the pages named):
- a ```c block with a main, a ```python, a ```go or a ```rust block is compiled,
  run, and compared with the ```text block that follows it;
- any other ```c block must compile;
- a ```console block is a transcript: each line that starts with "$ " is run,
  and what follows it is compared with what it prints.  The first "cat" of a
  file makes the file.  Lines of a table that hold times or rounding errors
  ("time", "certificate") only have to be there.

--write puts what was found into the ```text and ```console blocks.
CC is the C compiler (default cc).  A language that is not installed is skipped.
"""
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
PROGRAMS = {"c": None, "python": "python3", "go": "go", "rust": "rustc"}
UNSTEADY = re.compile(r"^(certificate|time) .*", re.M)


class Wrong(Exception):
    """What the page shows does not hold."""


class Guides:
    def __init__(self, archive, library, rmsolve):
        self.archive, self.shared = archive.resolve(), library.resolve().parent
        self.scratch = pathlib.Path(tempfile.mkdtemp())
        self.environment = {
            **os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1",
            "PATH": f"{rmsolve.resolve().parent}:{os.environ['PATH']}", "LD_LIBRARY_PATH": str(self.shared),
            "GO111MODULE": "off", "GOFLAGS": "", "GOPROXY": "off", "GOTOOLCHAIN": "local", "CGO_ENABLED": "1",
            "GOCACHE": str(self.scratch / "cache"), "GOPATH": str(self.scratch / "path"),
            "CGO_CFLAGS": f"-I{ROOT}/include", "CGO_LDFLAGS": f"-L{self.shared}",
        }
        self.code = 0

    def call(self, *command, expected=0):
        run = subprocess.run([str(word) for word in command], cwd=self.scratch, env=self.environment,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=240)
        self.code = run.returncode
        if expected is not None and run.returncode != expected:
            raise Wrong(f"{command[0]} returned {run.returncode}:\n{run.stdout}")
        return run.stdout

    def compile_c(self, text, program):
        flags = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror", f"-I{ROOT}/include"]
        (self.scratch / "block.c").write_text(text)
        last = ["-o", "block", "block.c", self.archive, "-lm"] if program else ["-c", "-o", "block.o", "block.c"]
        self.call(os.environ.get("CC", "cc"), *flags, *last)

    def output_of(self, language, text):
        """What a program prints; None for a piece of one."""
        if language == "c":
            program = "int main(" in text
            self.compile_c(text, program)
            return self.call("./block") if program else None
        if language == "python":
            (self.scratch / "block.py").write_text(text)
            return self.call(sys.executable, "block.py")
        if language == "go":
            (self.scratch / "block.go").write_text(text)
            self.call("go", "build", "-o", "block", "block.go")
        else:
            (self.scratch / "block.rs").write_text(text)
            self.call("rustc", "--edition", "2021", "-D", "warnings", "-L", f"native={self.shared}", "-o", "block",
                      "block.rs")
        return self.call("./block")

    def transcript(self, text):
        """The transcript as it should be."""
        out = ""
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.M):
            words = command.split()
            if words[0] == "cat" and not (self.scratch / words[1]).exists():
                (self.scratch / words[1]).write_text(shown)
            found = f"{self.code}\n" if command == "echo $?" else self.call(*words, expected=None)
            out += f"$ {command}\n{found}"
        return out

    def page(self, path, write):
        """Checks a page; returns how many blocks were run, and what was skipped."""
        text = path.read_text()
        for old in self.scratch.glob("*.csv"):
            old.unlink()
        blocks = [(match.group(1), match.group(2), match.span(2)) for match in FENCE.finditer(text)]
        out, done, skipped, wanted = [], 0, [], None
        for language, body, span in blocks:
            found = None
            try:
                if wanted is not None and language == "text":
                    found = wanted
                elif wanted:
                    raise Wrong(f"a program prints, but no text block follows it:\n{wanted}")
                wanted = None
                if language == "console":
                    found = self.transcript(body)
                elif PROGRAMS.get(language) and not shutil.which(PROGRAMS[language]):
                    skipped.append(language)
                elif language in PROGRAMS:
                    wanted = self.output_of(language, body)
                done += language in PROGRAMS or language == "console"
                if found is not None and UNSTEADY.sub(r"\1", found) != UNSTEADY.sub(r"\1", body):
                    out.append((span, found))
                    if not write:
                        difference = difflib.unified_diff(body.splitlines(), found.splitlines(), "shown", "found",
                                                          lineterm="")
                        raise Wrong("\n".join(difference))
            except Wrong as wrong:
                line = text.count("\n", 0, span[0])
                raise Wrong(f"{path.relative_to(ROOT)}:{line}: {wrong}") from None
        if write:
            for (begin, end), found in reversed(out):
                text = text[:begin] + found + text[end:]
            path.write_text(text)
        return done, skipped


def main():
    arguments = sys.argv[1:]
    write = arguments[:1] == ["--write"]
    arguments = arguments[write:]
    if len(arguments) < 3:
        sys.exit(__doc__)
    files = [pathlib.Path(argument) for argument in arguments]
    missing = [str(path) for path in files if not path.exists()]
    if missing:
        sys.exit(f"FAILED: no file {missing[0]}")
    pages = [path.resolve() for path in files[3:]] or [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    guides = Guides(*files[:3])
    count, skipped, failed = 0, set(), 0
    try:
        for path in pages:
            try:
                done, left = guides.page(path, write)
            except Wrong as wrong:
                print(wrong)
                failed += 1
            else:
                count += done
                skipped.update(left)
    finally:
        shutil.rmtree(guides.scratch, ignore_errors=True)
    if skipped:
        print("left out, as it is not installed: " + ", ".join(sorted(skipped)))
    if failed or not count:
        sys.exit("FAILED: the guides do not show what happens")
    print(f"ok: {count} programs and transcripts of {len(pages)} pages")


if __name__ == "__main__":
    main()

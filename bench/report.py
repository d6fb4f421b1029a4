#!/usr/bin/env python3
"""Turns what rmbench kept into docs/results: a page of tables, and pictures.

Usage: report.py RESULTS.json DIRECTORY [--command TEXT] [--general GENERAL.json]

Writes DIRECTORY/results.md, and *.svg where gnuplot is installed.
"""
import argparse
import json
import pathlib
import statistics

import plots

REFERENCE_NS = 2.95  # two-pass floor at N = 1e7 on the machine that absolute targets were set on
REFERENCE_N = 10_000_000


# --- figures -------------------------------------------------------------------

def quantile(values, share):
    values = sorted(values)
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


class Contender:
    def __init__(self, record):
        self.name, self.kind, self.status = record["name"], record["kind"], record["status"]
        self.residual = record["residual"]
        self.ns = record["ns"]
        self.taken = [v for v in self.ns if v is not None]
        self.median = statistics.median(self.taken)

    def ratio(self, other):
        """Median and spread of self / other, from the rounds in which both ran."""
        both = [a / b for a, b in zip(self.ns, other.ns) if a is not None and b is not None]
        if len(both) < 3:
            both = [self.median / other.median]
        return statistics.median(both), quantile(both, 0.1), quantile(both, 0.9)


class Case:
    def __init__(self, record):
        self.group, self.name, self.n = record["group"], record["class"], record["n"]
        self.contenders = [Contender(c) for c in record["contenders"]]

    def find(self, name):
        return next((c for c in self.contenders if c.name == name), None)

    def floor(self, start, threads=1):
        """The faster of the ways to write; floors of `threads` threads whose name begins so."""
        end = f"@{threads}" if threads > 1 else ""
        found = [c for c in self.contenders if c.kind == "floor" and c.name.startswith(start)
                 and (c.name.endswith(end) if end else "@" not in c.name)]
        return min(found, key=lambda c: c.median) if found else None

    def whole_floor(self, threads=1):
        """Two passes over five arrays, whatever the class has."""
        return self.floor("floor.two_pass5", threads) or self.floor("floor.two_pass.own5", threads)

    def own_floor(self, threads=1):
        """Two passes over the arrays that the class has."""
        return self.floor("floor.two_pass.own", threads)

    def best_baseline(self):
        found = [c for c in self.contenders if c.kind == "baseline" and c.status == 0]
        return min(found, key=lambda c: c.median) if found else None


class Run:
    def __init__(self, data):
        self.data = data
        self.threads = data["threads"]
        self.cases = [Case(c) for c in data["cases"] if c["contenders"]]
        floors = [c.whole_floor().taken for c in self.group("floors")]
        self.reference = statistics.median(sum(floors, [])) if floors else None
        full = self.reference is not None and data["reference"] == REFERENCE_N
        self.scale = self.reference / REFERENCE_NS if full else None

    def group(self, name):
        return [c for c in self.cases if c.group == name]


# --- text ------------------------------------------------------------------------

def size(n):
    exponent = len(str(n)) - 1
    return f"1e{exponent}" if n >= 1000 and n == 10 ** exponent else str(n)


def three(v):
    return f"{v:.0f}" if v >= 1000 else f"{v:.3g}"


def spread(triple):
    middle, low, high = triple
    return f"{middle:.2f}", (f"{low:.2f} to {high:.2f}" if high > low else "one sample")


class Verdicts:
    """The rows of the summary: how many cases of a target were met, and the worst."""

    def __init__(self):
        self.rows = []

    def add(self, target, case, measured, limit, at_least=False):
        met = measured >= limit if at_least else measured <= limit
        self.rows.append((target, case, measured, limit, at_least, met))
        return "met" if met else "missed"

    def table(self):
        lines = ["| target | cases | met | worst | where |", "|---|---|---|---|---|"]
        for target in dict.fromkeys(r[0] for r in self.rows):
            rows = [r for r in self.rows if r[0] == target]
            worst = max(rows, key=lambda r: (r[3] / r[2]) if r[4] else (r[2] / r[3]))
            lines.append(f"| {target} | {len(rows)} | {sum(r[5] for r in rows)} | {three(worst[2])} | {worst[1]} |")
        return lines


def head(*columns):
    return ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]


def row(*columns):
    return "| " + " | ".join(columns) + " |"


# --- sections ----------------------------------------------------------------------

def large(run, v):
    """N >= 1e6, one thread: multiples of the floor."""
    wanted = [("rm_waterfill", "exact sums", 1.25), ("handle.fresh.exact@1", "handle, exact sums", 1.25),
              ("handle.fresh.tree@1", "handle, fixed-tree sums", 1.10)]
    lines = head("class", "N", "way", "ns/var", "x floor", "spread", "target", "", "x own floor", "best baseline, ns",
                 "x faster")
    for case in run.group("one_row"):
        if case.n < 1_000_000:
            continue
        best = case.best_baseline()
        for name, way, limit in wanted:
            c = case.find(name)
            if c is None:
                continue
            ratio = c.ratio(case.whole_floor())
            verdict = v.add(f"N >= 1e6, {way}: at most {limit:.2f} x two-pass floor", f"{case.name}, {size(case.n)}",
                            ratio[0], limit)
            lines.append(row(case.name, size(case.n), way, three(c.median), *spread(ratio), f"{limit:.2f}", verdict,
                             f"{c.ratio(case.own_floor())[0]:.2f}", f"{three(best.median)} ({best.name})",
                             f"{best.ratio(c)[0]:.2f}"))
    return lines


def middle(run, v):
    """1e3 <= N <= 1e5: ns per variable, and against the best baseline."""
    lines = head("class", "N", "ns/var", "spread", "target", "target, scaled", "", "x floor", "best baseline, ns",
                 "x faster", "target", "")
    scale = run.scale or 1
    for case in run.group("one_row"):
        c = case.find("rm_waterfill")
        if not 1000 <= case.n <= 100_000 or c is None:
            continue
        best = case.best_baseline()
        where = f"{case.name}, {size(case.n)}"
        faster = best.ratio(c)[0]
        lines.append(row(case.name, size(case.n), three(c.median),
                         f"{three(quantile(c.taken, .1))} to {three(quantile(c.taken, .9))}", "2.2",
                         f"{2.2 * scale:.2f}",
                         v.add("1e3 to 1e5: at most 2.2 ns per variable (scaled)", where, c.median, 2.2 * scale),
                         f"{c.ratio(case.whole_floor())[0]:.2f}", f"{three(best.median)} ({best.name})",
                         f"{faster:.2f}", "5",
                         v.add("1e3 to 1e5: at least 5 x the best baseline", where, faster, 5, True)))
    return lines


def simplex(run, v):
    lines = head("class", "N", "way", "ns/var", "x copy", "spread", "target", "", "Condat, ns", "x faster", "target",
                 "")
    for case in run.group("one_row"):
        if case.n < 1_000_000 or not case.name.startswith("simplex"):
            continue
        for name in ("rm_waterfill", "handle.fresh.tree@1"):
            c, condat = case.find(name), case.find("condat")
            if c is None or condat is None:
                continue
            ratio, faster = c.ratio(case.floor("floor.copy")), condat.ratio(c)[0]
            where = f"{case.name}, {size(case.n)}, {name}"
            lines.append(row(case.name, size(case.n), name, three(c.median), *spread(ratio), "1.10",
                             v.add("simplex, N >= 1e6: at most 1.10 x copy", where, ratio[0], 1.10),
                             three(condat.median), f"{faster:.2f}", "3",
                             v.add("simplex, N >= 1e6: at least 3 x Condat's", where, faster, 3, True)))
    return lines


def again(run, v):
    lines = head("class", "N", "way", "ns/var", "x floor", "spread", "target", "")
    for case in run.group("again"):
        for c in case.contenders:
            if c.kind != "library":
                continue
            ratio, counts = c.ratio(case.whole_floor()), case.n == REFERENCE_N and c.name.startswith("handle.again.")
            verdict = v.add("new total through the handle, N = 1e7: at most 0.90 x two-pass floor",
                            f"{case.name}, {c.name}", ratio[0], 0.90) if counts else ""
            lines.append(row(case.name, size(case.n), c.name, three(c.median), *spread(ratio),
                             "0.90" if counts else "", verdict))
    return lines


def threads(run, v):
    k = run.threads
    lines = head("class", "N", "way", "ns/var", f"x floor of {k} threads", "spread", "target", "",
                 "x floor of one thread")
    for case in run.group("threads"):
        for c in case.contenders:
            if c.kind != "library":
                continue
            ratio = c.ratio(case.whole_floor(k))
            lines.append(row(case.name, size(case.n), c.name, three(c.median), *spread(ratio), "1.20",
                             v.add(f"N >= 1e6, {k} threads: at most 1.20 x their floor",
                                   f"{case.name}, {size(case.n)}, {c.name}", ratio[0], 1.20),
                             f"{c.ratio(case.whole_floor())[0]:.2f}"))
    return lines


def price(run, v):
    lines = head("class", "N", "ns/var", "x one read", "spread", "target", "")
    for case in run.group("price"):
        c = case.find("rm_waterfill.price")
        ratio, counts = c.ratio(case.floor("floor.read")), case.n == REFERENCE_N
        verdict = v.add("price only, N = 1e7: at most 2.2 x one read", case.name, ratio[0], 2.2) if counts else ""
        lines.append(row(case.name, size(case.n), three(c.median), *spread(ratio), "2.20" if counts else "", verdict))
    return lines


def awkward(run, v):
    lines = head("class", "N", "ns/var", "spread", "target", "target, scaled", "", "x floor", "row off by", "status")
    limit = 8 * (run.scale or 1)
    for case in run.group("awkward"):
        c = case.find("rm_waterfill")
        lines.append(row(case.name, size(case.n), three(c.median),
                         f"{three(quantile(c.taken, .1))} to {three(quantile(c.taken, .9))}", "8", f"{limit:.2f}",
                         v.add("awkward classes: at most 8 ns per variable (scaled)", case.name, c.median, limit),
                         f"{c.ratio(case.whole_floor())[0]:.2f}",
                         "-" if c.residual is None else f"{c.residual:.1e}", str(c.status)))
    return lines


def latency(run, v):
    lines = head("class", "n", "ns per call", "spread", "target", "target, scaled", "", "best baseline, ns", "x faster")
    limits, scale = {8: 60, 64: 250, 1000: 2600}, run.scale or 1
    for case in run.group("latency"):
        c, best, limit = case.find("rm_waterfill"), case.best_baseline(), limits.get(case.n)
        call = c.median * case.n
        verdict = v.add(f"n = {case.n}: at most {limit} ns per call (scaled)", case.name, call,
                        limit * scale) if limit else ""
        lines.append(row(case.name, str(case.n), three(call),
                         f"{three(case.n * quantile(c.taken, .1))} to {three(case.n * quantile(c.taken, .9))}",
                         str(limit or ""), three(limit * scale) if limit else "", verdict,
                         f"{three(best.median * case.n)} ({best.name})", f"{best.ratio(c)[0]:.2f}"))
    return lines


def all_methods(run):
    """Every method at every size: the medians, in ns per variable."""
    names = dict.fromkeys(c.name for case in run.group("one_row") for c in case.contenders if c.kind != "floor")
    lines = head("class", "N", "two-pass floor", *names)
    for case in run.group("one_row"):
        found = [case.find(name) for name in names]
        lines.append(row(case.name, size(case.n), three(case.whole_floor().median),
                         *(three(c.median) if c else "" for c in found)))
    return lines


def floors(run):
    lines = head("floor", "ns/var", "10 % to 90 %")
    cases = run.group("floors")
    for name in dict.fromkeys(c.name for case in cases for c in case.contenders):
        taken = sum((case.find(name).taken for case in cases), [])
        lines.append(row(name, f"{statistics.median(taken):.3f}",
                         f"{quantile(taken, .1):.3f} to {quantile(taken, .9):.3f}"))
    return lines


def general(data):
    lines = head("solver", "N", "seconds", "cost above rm_waterfill's", "row off by", "remark")
    for r in data["results"]:
        lines.append(row(r["solver"], str(r["n"]), f"{r['seconds']:.3g}" if r["seconds"] is not None else "",
                         f"{r['cost_error']:.1e}" if r["cost_error"] is not None else "",
                         f"{r['row_error']:.1e}" if r["row_error"] is not None else "", r["remark"]))
    return lines


# --- the page ------------------------------------------------------------------------

SECTIONS = [
    (large, "Large data, one thread", "Multiples of the two-pass floor over five arrays, measured in the same rounds. "
     "The own floor moves only the arrays that the class has."),
    (threads, "Large data, several threads", "`fresh`: the first solve of new data. `again`: a new total."),
    (again, "A new total through the handle", "`again_read` also copies x out."),
    (middle, "Medium sizes", ""),
    (latency, "Small problems", "One call of `rm_waterfill`, over many instances in turn."),
    (simplex, "Projection onto the simplex", "The copy floor reads one array and writes x."),
    (price, "The price alone", "`rm_waterfill` without x, against one read of its five arrays."),
    (awkward, "Awkward data", "Status 1 is infeasible, and right for the class of that name."),
]


def machine(run, command):
    d, m = run.data, run.data["machine"]
    cache = ", ".join(f"L{k} {m[f'l{k}'] // 1024} KiB" for k in (1, 2, 3) if m[f"l{k}"])
    lines = [f"- machine: {m['processor'] or 'unknown'}, {m['cores']} cores, {cache or 'caches unknown'}; "
             f"floors with {m['floor_kernels']}",
             f"- run: {d['date']}, commit {d['commit'] or 'unknown'}, {d['seconds']:.0f} s",
             f"- command: `{command or 'rmbench ' + d['arguments']}`",
             f"- library: {d['library']}; baselines: {d['compiler']}, `{d['baseline_flags']}`"]
    if run.scale:
        lines.append(f"- two-pass floor at N = 1e7: {run.reference:.2f} ns per variable. Targets in ns were set where "
                     f"it is {REFERENCE_NS}; scaled by {run.scale:.3f} here")
    else:
        lines.append("- the two-pass floor was not measured at N = 1e7: targets in ns are not scaled")
    if not d["has_threads"]:
        lines.append("- this library has no `RM_OPTION_THREADS`: on several threads only the floors were measured")
    if not d["has_sums"]:
        lines.append("- this library has no `RM_OPTION_SUMS`: nothing was measured with fixed-tree sums")
    return lines


def page(run, command, general_data, pictures):
    v = Verdicts()
    body = []
    for section, title, text in SECTIONS:
        lines = section(run, v)
        if len(lines) > 2:
            body += [f"## {title}", ""] + ([text, ""] if text else []) + lines + [""]
    summary = v.table() if v.rows else ["No target was measured."]
    if v.rows and not run.data["has_sums"]:
        summary.append(row("N >= 1e6, fixed-tree sums: at most 1.10 x two-pass floor", "0", "", "not measured", ""))
    if v.rows and not (run.group("threads") and run.data["has_threads"]):
        summary.append(row("N >= 1e6, two threads: at most 1.20 x their floor", "0", "", "not measured", ""))
    top = ["# Results", "", "Made by `scripts/bench`; [Benchmarks](../bench.md) tells what the words mean. "
           "Figures are medians; the spread is from the 10th to the 90th percentile of the rounds.", ""]
    top += machine(run, command) + ["", "## Targets", ""] + summary + [""]
    for name, text in pictures:
        top += [f"![{text}]({name})", ""]
    if run.group("one_row"):
        body += ["## Every method", "", "Medians, ns per variable.", ""] + all_methods(run) + [""]
    if run.group("floors"):
        body += ["## Floors", "", f"N = {size(run.data['reference'])}, before and after the cases. `read5` reads five "
                 "arrays, `two_pass5` reads them twice and writes x, `copy1` reads one and writes x.", ""]
        body += floors(run) + [""]
    if general_data:
        body += ["## General solvers", "", "The class `uncorrelated`; each at the tolerance that its row says. "
                 "They solve far more than this one problem.", ""] + general(general_data) + [""]
    return "\n".join(top + body).rstrip() + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--command", default="")
    parser.add_argument("--general", type=pathlib.Path)
    args = parser.parse_args()
    run = Run(json.loads(args.results.read_text()))
    general_data = json.loads(args.general.read_text()) if args.general else None
    args.directory.mkdir(parents=True, exist_ok=True)
    pictures = plots.draw(run, args.directory)
    (args.directory / "results.md").write_text(page(run, args.command, general_data, pictures))
    print(f"wrote results.md and {len(pictures)} pictures")


if __name__ == "__main__":
    main()

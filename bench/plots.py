"""Pictures for docs/results, drawn by gnuplot: ns per variable against N."""
import shutil
import subprocess

# Okabe and Ito's colours, told apart by the colour-blind; and a point of its own for each line.
STYLES = {
    "rm_waterfill": ("#D55E00", 7, 3.2, "rm\\_waterfill"),
    "handle.fresh.tree@1": ("#E69F00", 5, 3.2, "handle, tree sums"),
    "fixed_point": ("#0072B2", 9, 1.6, "fixed point"),
    "newton": ("#009E73", 11, 1.6, "Newton"),
    "secant": ("#CC79A7", 13, 1.6, "secant"),
    "fixing": ("#56B4E9", 4, 1.6, "variable fixing"),
    "median": ("#8C6D31", 6, 1.6, "median search"),
    "sort_scan": ("#5B4EA1", 8, 1.6, "sort and scan"),
    "bisection": ("#7F7F7F", 10, 1.6, "bisection"),
    "condat": ("#000000", 12, 1.6, "Condat"),
}

PICTURES = [
    ("uncorrelated", "Uncorrelated class"),
    ("resource", "Resource form"),
    ("simplex_uniform", "Projection onto the simplex, uniform"),
    ("capped_simplex", "Projection onto the capped simplex"),
]


def lines_of(cases, pick):
    """[(n, median, 10 %, 90 %)] of a contender through the sizes."""
    points = []
    for case in sorted(cases, key=lambda c: c.n):
        c = pick(case)
        if c is not None and c.status == 0:
            taken = sorted(c.taken)
            points.append((case.n, c.median, taken[len(taken) // 10], taken[len(taken) * 9 // 10]))
    return points


def block(name, points):
    return f"${name} << EOD\n" + "\n".join(" ".join(f"{v:g}" for v in p) for p in points) + "\nEOD\n"


def script(path, title, cases):
    """Floors are grey and dashed; everything else a line with points and its spread."""
    text, curves, on_top = "", [], []
    floors = [("two-pass floor", lambda c: c.whole_floor(), "#444444", 2)]
    if cases[0].name.startswith("simplex"):
        floors = [("two-pass floor, 5 arrays", lambda c: c.whole_floor(), "#999999", 3),
                  ("copy floor", lambda c: c.floor("floor.copy"), "#444444", 2)]
    elif cases[0].own_floor().name != cases[0].whole_floor().name:
        floors.append(("two-pass floor, own arrays", lambda c: c.own_floor(), "#999999", 3))
    for k, (name, style) in enumerate(STYLES.items()):
        points = lines_of(cases, lambda c, name=name: c.find(name))
        if not points:
            continue
        colour, point, width, label = style
        text += block(f"m{k}", points)
        curves.append(f"$m{k} using 1:2:3:4 with yerrorbars lc rgb '{colour}' lw 1 pt {point} ps 0.1 notitle")
        curves.append(f"$m{k} using 1:2 with linespoints lc rgb '{colour}' lw {width} pt {point} ps 0.9 "
                      f"title '{label}'")
        if width > 2:  # the library, drawn once more over the others
            on_top.append(f"$m{k} using 1:2 with linespoints lc rgb '{colour}' lw {width} pt {point} ps 0.9 notitle")
    for k, (label, pick, colour, dash) in enumerate(floors):
        text += block(f"f{k}", lines_of(cases, pick))
        curves.append(f"$f{k} using 1:2 with lines lc rgb '{colour}' lw 2.4 dt {dash} title '{label}'")
    sizes = sorted({c.n for c in cases})
    return text + f"""
set terminal svg size 960,560 font 'sans-serif,15' background rgb 'white'
set output '{path}'
set title '{title}: time per variable, one thread' font ',17'
set xlabel 'number of variables'
set ylabel 'ns per variable'
set logscale xy
set xrange [{sizes[0] * 0.8}:{sizes[-1] * 1.25}]
set format x '10^{{%L}}'
set format y '%g'
set grid ytics mytics lc rgb '#dddddd' lw 0.8, lc rgb '#eeeeee' lw 0.5
set border 3 lc rgb '#666666'
set tics nomirror
set key outside right top Left reverse samplen 2.4 spacing 1.25
plot {', '.join(curves + on_top)}
"""


def bars(path, cases):
    """Multiples of the two-pass floor at the largest size, class by class."""
    shown = [("rm_waterfill", "#D55E00", "rm\\_waterfill (exact sums)"),
             ("handle.fresh.tree@1", "#E69F00", "handle, tree sums"), (None, "#0072B2", "best baseline")]
    text, curves = "", []
    shown = [s for s in shown if s[0] is None or all(c.find(s[0]) for c in cases)]
    width = 0.8 / len(shown)
    for k, (name, colour, label) in enumerate(shown):
        points = []
        for x, case in enumerate(cases):
            c = case.find(name) if name else case.best_baseline()
            points.append((x + (k - (len(shown) - 1) / 2) * width, c.ratio(case.whole_floor())[0], width * 0.92))
        text += block(f"b{k}", points)
        curves.append(f"$b{k} using 1:2:3 with boxes fs solid 1 noborder fc rgb '{colour}' title '{label}'")
    names = ", ".join('"' + c.name.replace("_", "\\n") + f'" {x}' for x, c in enumerate(cases))
    return text + f"""
set terminal svg size 960,480 font 'sans-serif,15' background rgb 'white'
set output '{path}'
set title 'N = {cases[0].n:,}: multiples of the two-pass floor, one thread' font ',17'
set ylabel 'multiples of the floor'
set logscale y
set format y '%g'
set xrange [-0.6:{len(cases) - 0.4}]
set xtics ({names}) scale 0 font ',13'
set bmargin 4
set ytics nomirror
set grid ytics lc rgb '#dddddd' lw 0.8
set border 3 lc rgb '#666666'
set key outside center top horizontal Left reverse samplen 1.5
set arrow from graph 0, first 1 to graph 1, first 1 nohead lc rgb '#444444' lw 2 dt 2 front
plot {', '.join(curves)}
"""


def draw(run, directory):
    """Returns [(file name, caption)] of what was drawn."""
    if shutil.which("gnuplot") is None:
        print("gnuplot is not installed: there are no pictures")
        return []
    drawn, jobs = [], []
    for name, title in PICTURES:
        cases = [c for c in run.group("one_row") if c.name == name]
        if len(cases) > 1:
            jobs.append((f"{name}.svg", script(directory / f"{name}.svg", title, cases), title))
    sizes = [c.n for c in run.group("one_row")]
    if sizes:
        cases = [c for c in run.group("one_row") if c.n == max(sizes) and c.find("rm_waterfill")]
        jobs.insert(0, ("floors.svg", bars(directory / "floors.svg", cases), "Multiples of the floor, class by class"))
    for name, text, caption in jobs:
        result = subprocess.run(["gnuplot"], input=text, text=True, capture_output=True)
        if result.returncode != 0:
            print(f"gnuplot failed on {name}: {result.stderr.strip()}")
        else:
            drawn.append((name, caption))
    return drawn

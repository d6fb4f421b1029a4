#!/usr/bin/env python3
"""General solvers that Debian has, on the class `uncorrelated`.

Usage: general.py BENCH_DIRECTORY LIBRARY OUT.json [--sizes 100,1000,10000] [--limit 60]

BENCH_DIRECTORY holds rmbench, and general_ipopt and general_nlopt where they could
be built.  scipy is used where it is installed.  Each solver gets the instance that
rmbench draws, runs in a process of its own and is stopped at the limit.  Costs are
compared with rm_waterfill's, in Python, by exact sums (math.fsum).
"""
import argparse
import ctypes
import json
import math
import multiprocessing
import pathlib
import subprocess
import tempfile
import time
import warnings


def draw(rmbench, n, path):
    text = subprocess.run([rmbench, "--draw", "uncorrelated", "--sizes", str(n)], check=True, capture_output=True,
                          text=True).stdout
    path.write_text(text)
    lines = text.splitlines()
    total = next(float(line[6:]) for line in lines if line.startswith("# r = "))
    rows = [[float(v) for v in line.split(",")] for line in lines if line[0] not in "#d"]
    return {"n": n, "r": total, **dict(zip("dablu", map(list, zip(*rows))))}


def cost(p, x):
    return math.fsum((0.5 * d * v - a) * v for d, a, v in zip(p["d"], p["a"], x))


def row_error(p, x):
    terms = [b * v for b, v in zip(p["b"], x)]
    return abs(math.fsum(terms + [-p["r"]])) / math.fsum([abs(t) for t in terms] + [abs(p["r"])])


# --- solvers: each returns (seconds, word, x) -----------------------------------------

def waterfill(p, library, _limit):
    rm, n = ctypes.CDLL(library), p["n"]
    array = ctypes.c_double * n
    weight, target = array(*[d / 2 for d in p["d"]]), array(*[a / d for a, d in zip(p["a"], p["d"])])
    coef, lower, upper, x = array(*p["b"]), array(*p["l"]), array(*p["u"]), array()
    times = []
    for _ in range(20):
        began = time.perf_counter()
        status = rm.rm_waterfill(ctypes.c_int64(n), weight, target, None, coef, lower, upper,
                                 ctypes.c_double(p["r"]), x, None, None)
        times.append(time.perf_counter() - began)
    return sorted(times)[len(times) // 2], "solved" if status == 0 else f"status {status}", list(x)


def start(p):
    return [(low + high) / 2 for low, high in zip(p["l"], p["u"])]


def scipy_minimize(p, method):
    import numpy as np
    from scipy import optimize, sparse
    warnings.simplefilter("ignore")  # of its steps outside the bounds
    d, a, b = (np.array(p[k]) for k in "dab")
    began = time.perf_counter()
    if method == "SLSQP":
        rows, extra = {"type": "eq", "fun": lambda x: b @ x - p["r"], "jac": lambda x: b}, {}
        options = {"maxiter": 1000, "ftol": 1e-10}
    else:
        rows = optimize.LinearConstraint(sparse.csr_matrix(b), p["r"], p["r"])
        extra, options = {"hess": lambda x: sparse.diags(d)}, {"maxiter": 2000, "gtol": 1e-8, "xtol": 1e-10}
    found = optimize.minimize(lambda x: 0.5 * x @ (d * x) - a @ x, np.array(start(p)), jac=lambda x: d * x - a,
                              bounds=optimize.Bounds(p["l"], p["u"]), constraints=rows, method=method, options=options,
                              **extra)
    return time.perf_counter() - began, "solved" if found.success else "not converged", list(found.x)


def highs_tangents(p):
    """HiGHS as scipy has it solves linear programs only: the cost is built up from tangents, where each answer
    shows that more are needed, until it is within 1e-8."""
    import numpy as np
    from scipy import optimize, sparse
    n, (d, a, b, low, high) = p["n"], (np.array(p[k]) for k in "dablu")
    began = time.perf_counter()
    index, rows, right = np.arange(n), [], []

    def tangents(at, which):  # t >= f(at) + f'(at) (x - at)
        slope = d[which] * at - a[which]
        k = np.arange(len(which))
        rows.append(sparse.csr_matrix((np.r_[slope, -np.ones(len(which))], (np.r_[k, k], np.r_[which, n + which])),
                                      (len(which), 2 * n)))
        right.append(0.5 * d[which] * at * at)

    for share in np.linspace(0, 1, 9):
        tangents(low + share * (high - low), index)
    one = sparse.csr_matrix(np.r_[b, np.zeros(n)])
    bounds = np.c_[np.r_[low, np.full(n, -np.inf)], np.r_[high, np.full(n, np.inf)]]
    for _ in range(40):
        found = optimize.linprog(np.r_[np.zeros(n), np.ones(n)], sparse.vstack(rows), np.concatenate(right), one,
                                 [p["r"]], bounds, method="highs")
        if found.status != 0:
            return time.perf_counter() - began, f"status {found.status}", None
        x, t = found.x[:n], found.x[n:]
        gap = (0.5 * d * x - a) * x - t
        if gap.sum() <= 1e-8 * abs(t.sum()):
            return time.perf_counter() - began, "tangents to 1e-8", list(x)
        which = index[gap > 1e-9 * abs(t.sum()) / n]
        tangents(x[which], which)
    return time.perf_counter() - began, "40 rounds of tangents", list(x)


def program(arguments, limit):
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=limit + 30)
    lines = done.stdout.split("\n")
    if done.returncode != 0 or len(lines) < 3:
        raise RuntimeError(f"exit code {done.returncode}")
    return float(lines[0]), lines[1], [float(v) for v in lines[2:] if v]


# --- running --------------------------------------------------------------------------

def in_process(work, queue):
    try:
        queue.put(work())
    except Exception as problem:  # whatever a solver does is a row of the table
        queue.put((None, f"{type(problem).__name__}", None))


def limited(work, limit):
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=in_process, args=(work, queue))
    process.start()
    try:
        return queue.get(timeout=limit)
    except Exception:
        return None, f"not done in {limit:g} s", None
    finally:
        process.kill()
        process.join()


def solvers(bench, path, p, limit):
    found = []
    try:
        import scipy
    except ImportError:
        print("scipy is not installed: left out")
    else:
        version = scipy.__version__
        found += [(f"scipy {version}, {m}", lambda m=m: scipy_minimize(p, m)) for m in ("trust-constr", "SLSQP")]
        found.append((f"HiGHS in scipy {version}", lambda: highs_tangents(p)))
    ipopt, nlopt = bench / "general_ipopt", bench / "general_nlopt"
    if ipopt.exists():
        found.append(("Ipopt", lambda: program([ipopt, path, str(limit)], limit)))
    else:
        print("general_ipopt was not built: left out")
    if nlopt.exists():
        found += [(f"NLopt, {name}", lambda name=name: program([nlopt, path, str(limit), name], limit))
                  for name in ("auglag", "slsqp")]
    else:
        print("general_nlopt was not built: left out")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("bench", type=pathlib.Path)
    parser.add_argument("shared_object")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--limit", type=float, default=60)
    args = parser.parse_args()
    results, slow = [], set()
    for n in map(int, args.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "instance.csv"
            p = draw(args.bench / "rmbench", n, path)
            seconds, word, mine = waterfill(p, args.shared_object, args.limit)
            base = cost(p, mine)
            results.append({"solver": "rm_waterfill", "n": n, "seconds": seconds, "cost_error": 0.0,
                            "row_error": row_error(p, mine), "remark": word})
            for name, work in solvers(args.bench, path, p, args.limit):
                if name in slow:
                    seconds, word, x = None, "too slow at the size before", None
                else:
                    seconds, word, x = limited(work, args.limit)
                if x is None:
                    slow.add(name)
                record = {"solver": name, "n": n, "seconds": seconds, "remark": word,
                          "cost_error": (cost(p, x) - base) / abs(base) if x else None,
                          "row_error": row_error(p, x) if x else None}
                results.append(record)
                print(f"  {name}, n = {n}: {word}" + (f", {seconds:.3g} s" if seconds is not None else ""), flush=True)
    args.out.write_text(json.dumps({"limit": args.limit, "results": results}, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""Solves a golden problem through ctypes, with the handle and without.

Usage: golden.py LIBRM.SO GOLDEN
"""
import ctypes
import sys
from ctypes import POINTER, byref, c_char_p, c_double, c_int32, c_int64, c_void_p

DOUBLES, INDICES, HANDLE = POINTER(c_double), POINTER(c_int64), c_void_p


def load(path):
    rm = ctypes.CDLL(path)

    def declare(name, result, *arguments):
        function = getattr(rm, name)
        function.restype, function.argtypes = result, arguments

    declare("rm_constant", c_int32, c_char_p, POINTER(c_int64))
    declare("rm_status_name", c_int64, c_int32, c_char_p, c_int64)
    declare("rm_waterfill", c_int32, c_int64, DOUBLES, DOUBLES, DOUBLES, DOUBLES, DOUBLES, DOUBLES, c_double,
            DOUBLES, DOUBLES, INDICES)
    declare("rm_problem_create", c_int32, POINTER(HANDLE), c_int64, c_void_p, c_void_p)
    declare("rm_problem_destroy", None, HANDLE)
    declare("rm_problem_set_quadratic", c_int32, HANDLE, c_int64, INDICES, DOUBLES, DOUBLES, DOUBLES)
    declare("rm_problem_add_row", c_int32, HANDLE, c_int64, INDICES, DOUBLES, c_double, c_double, INDICES)
    declare("rm_problem_solve", c_int32, HANDLE, c_int32)
    declare("rm_problem_get_solution", c_int32, HANDLE, c_int64, INDICES, DOUBLES)
    declare("rm_problem_get_row_duals", c_int32, HANDLE, c_int64, INDICES, DOUBLES)
    declare("rm_problem_get_info_f64", c_int32, HANDLE, c_int32, DOUBLES)
    declare("rm_problem_message", c_int64, HANDLE, c_char_p, c_int64)
    return rm


def read(path):
    with open(path, encoding="utf-8") as lines:
        rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {row[0]: [float(word) for word in row[1:]] for row in rows}


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"FAILED: {what} is {found}, not {wanted}")


def text_of(function, *arguments):
    """Asks for the length first, then for the text."""
    length = function(*arguments, None, 0)
    buffer = ctypes.create_string_buffer(length + 1)
    function(*arguments, buffer, length + 1)
    return buffer.value.decode()


def main():
    rm = load(sys.argv[1])
    golden = read(sys.argv[2])
    n = len(golden["weight"])
    total = golden["total"][0]

    def array(values=()):
        return (c_double * n)(*values)

    def constant(name):
        value = c_int64()
        expect(f"rm_constant({name})", rm.rm_constant(name.encode(), byref(value)), 0)
        return value.value

    ok, nan = constant("RM_OK"), constant("RM_ERROR_NAN")
    weight, target, price = (array(golden[name]) for name in ("weight", "target", "price"))

    x, multiplier, where = array(), c_double(), c_int64(7)
    status = rm.rm_waterfill(n, weight, target, price, None, None, None, total, x, byref(multiplier), byref(where))
    expect("status of rm_waterfill", status, ok)
    expect("x of rm_waterfill", list(x), golden["x"])
    expect("multiplier of rm_waterfill", multiplier.value, golden["multiplier"][0])
    expect("where", where.value, -1)

    p = HANDLE()
    expect("rm_problem_create", rm.rm_problem_create(byref(p), n, None, None), ok)
    expect("set_quadratic", rm.rm_problem_set_quadratic(p, n, None, weight, target, price), ok)
    expect("add_row", rm.rm_problem_add_row(p, constant("RM_ALL"), None, None, total, total, None), ok)
    expect("solve", rm.rm_problem_solve(p, constant("RM_SOLVER_AUTO")), ok)
    x, multiplier, objective = array(), c_double(), c_double()
    expect("get_solution", rm.rm_problem_get_solution(p, n, None, x), ok)
    expect("get_row_duals", rm.rm_problem_get_row_duals(p, 1, None, byref(multiplier)), ok)
    expect("info", rm.rm_problem_get_info_f64(p, constant("RM_INFO_OBJECTIVE"), byref(objective)), ok)
    expect("x", list(x), golden["x"])
    expect("multiplier", multiplier.value, golden["multiplier"][0])
    expect("objective", objective.value, golden["objective"][0])

    # An error: what, where, and in words.
    bad = array([1.0] * (n - 1) + [float("nan")])
    status = rm.rm_waterfill(n, bad, None, None, None, None, None, total, None, None, byref(where))
    expect("status of rm_waterfill with a NaN", status, nan)
    expect("where with a NaN", where.value, n - 1)
    expect("set_quadratic with a NaN", rm.rm_problem_set_quadratic(p, n, None, bad, None, None), nan)
    message = text_of(rm.rm_problem_message, p)
    expect(f"'{n - 1}' in the message '{message}'", str(n - 1) in message, True)
    name = text_of(rm.rm_status_name, nan)
    expect("name of the status", name.startswith("RM_ERROR_NAN: "), True)
    rm.rm_problem_destroy(p)
    rm.rm_problem_destroy(None)
    print(f"ok: python: x = {list(x)}, multiplier {multiplier.value}; error: {message}")


main()

//! Solves a golden problem through Rust's C interface, with the handle and
//! without.  For Rust 1.63, no crates.
//!
//! Usage: golden GOLDEN
use std::collections::HashMap;
use std::ffi::{c_void, CString};
use std::fmt::Debug;
use std::os::raw::c_char;
use std::ptr::{null, null_mut};

#[repr(C)]
struct Problem {
    _opaque: [u8; 0],
}

#[link(name = "rm")]
extern "C" {
    fn rm_constant(name: *const c_char, value: *mut i64) -> i32;
    fn rm_status_name(status: i32, buffer: *mut c_char, capacity: i64) -> i64;
    fn rm_waterfill(
        n: i64, weight: *const f64, target: *const f64, price: *const f64, coef: *const f64, lower: *const f64,
        upper: *const f64, total: f64, x: *mut f64, multiplier: *mut f64, at: *mut i64,
    ) -> i32;
    fn rm_problem_create(out: *mut *mut Problem, n: i64, alloc: *const c_void, user: *mut c_void) -> i32;
    fn rm_problem_destroy(p: *mut Problem);
    fn rm_problem_set_quadratic(
        p: *mut Problem, count: i64, index: *const i64, weight: *const f64, target: *const f64, price: *const f64,
    ) -> i32;
    fn rm_problem_add_row(
        p: *mut Problem, count: i64, index: *const i64, coef: *const f64, lower: f64, upper: f64, row: *mut i64,
    ) -> i32;
    fn rm_problem_solve(p: *mut Problem, solver: i32) -> i32;
    fn rm_problem_get_solution(p: *mut Problem, count: i64, index: *const i64, x: *mut f64) -> i32;
    fn rm_problem_get_row_duals(p: *mut Problem, count: i64, row: *const i64, dual: *mut f64) -> i32;
    fn rm_problem_get_info_f64(p: *const Problem, key: i32, value: *mut f64) -> i32;
    fn rm_problem_message(p: *const Problem, buffer: *mut c_char, capacity: i64) -> i64;
}

fn expect<T: PartialEq + Debug>(what: &str, found: T, wanted: T) {
    if found != wanted {
        println!("FAILED: {} is {:?}, not {:?}", what, found, wanted);
        std::process::exit(1);
    }
}

fn read(path: &str) -> HashMap<String, Vec<f64>> {
    let text = std::fs::read_to_string(path).expect("the golden file");
    let mut golden = HashMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap().to_string();
        golden.insert(name, words.map(|word| word.parse().expect("a number")).collect());
    }
    golden
}

fn constant(name: &str) -> i64 {
    let text = CString::new(name).unwrap();
    let mut value = 0;
    expect(name, unsafe { rm_constant(text.as_ptr(), &mut value) }, 0);
    value
}

/// Asks for the length first, then for the text.
fn text_of(call: impl Fn(*mut c_char, i64) -> i64) -> String {
    let mut buffer = vec![0u8; call(null_mut(), 0) as usize + 1];
    call(buffer.as_mut_ptr() as *mut c_char, buffer.len() as i64);
    buffer.pop();
    String::from_utf8(buffer).expect("UTF-8")
}

fn main() {
    let golden = read(&std::env::args().nth(1).expect("usage: golden GOLDEN"));
    let (weight, target, price) = (&golden["weight"], &golden["target"], &golden["price"]);
    let (w, t, p) = (weight.as_ptr(), target.as_ptr(), price.as_ptr());
    let n = weight.len() as i64;
    let total = golden["total"][0];
    let ok = constant("RM_OK") as i32;
    let nan = constant("RM_ERROR_NAN") as i32;

    let mut x = vec![0.0; weight.len()];
    let (mut multiplier, mut objective, mut at) = (0.0, 0.0, 7);
    let (none, nowhere) = (null::<f64>(), null::<i64>());
    let status = unsafe {
        rm_waterfill(n, w, t, p, none, none, none, total, x.as_mut_ptr(), &mut multiplier, &mut at)
    };
    expect("status of rm_waterfill", status, ok);
    expect("x of rm_waterfill", &x, &golden["x"]);
    expect("multiplier of rm_waterfill", multiplier, golden["multiplier"][0]);
    expect("where", at, -1);

    let mut handle = null_mut();
    x.fill(0.0);
    multiplier = 0.0;
    unsafe {
        expect("rm_problem_create", rm_problem_create(&mut handle, n, null(), null_mut()), ok);
        expect("set_quadratic", rm_problem_set_quadratic(handle, n, nowhere, w, t, p), ok);
        let all = constant("RM_ALL");
        expect("add_row", rm_problem_add_row(handle, all, nowhere, none, total, total, null_mut()), ok);
        expect("solve", rm_problem_solve(handle, constant("RM_SOLVER_AUTO") as i32), ok);
        expect("get_solution", rm_problem_get_solution(handle, n, nowhere, x.as_mut_ptr()), ok);
        expect("get_row_duals", rm_problem_get_row_duals(handle, 1, nowhere, &mut multiplier), ok);
        let key = constant("RM_INFO_OBJECTIVE") as i32;
        expect("info", rm_problem_get_info_f64(handle, key, &mut objective), ok);
    }
    expect("x", &x, &golden["x"]);
    expect("multiplier", multiplier, golden["multiplier"][0]);
    expect("objective", objective, golden["objective"][0]);

    // An error: what, where, and in words.
    let mut bad = vec![1.0; weight.len()];
    *bad.last_mut().unwrap() = f64::NAN;
    let b = bad.as_ptr();
    let status = unsafe {
        rm_waterfill(n, b, none, none, none, none, none, total, null_mut(), null_mut(), &mut at)
    };
    expect("status of rm_waterfill with a NaN", status, nan);
    expect("where with a NaN", at, n - 1);
    expect("set_quadratic with a NaN", unsafe { rm_problem_set_quadratic(handle, n, nowhere, b, none, none) }, nan);
    let message = text_of(|buffer, capacity| unsafe { rm_problem_message(handle, buffer, capacity) });
    expect(&format!("the index in the message '{}'", message), message.contains(&(n - 1).to_string()), true);
    let name = text_of(|buffer, capacity| unsafe { rm_status_name(nan, buffer, capacity) });
    expect("the name of the status", name.starts_with("RM_ERROR_NAN: "), true);
    unsafe {
        rm_problem_destroy(handle);
        rm_problem_destroy(null_mut());
    }
    println!("ok: rust: x = {:?}, multiplier {}; error: {}", x, multiplier, message);
}

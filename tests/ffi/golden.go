// Solves a golden problem through cgo, with the handle and without.
//
// Usage: golden GOLDEN
package main

// #include <stdlib.h>
// #include <rm/rm.h>
import "C"

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"unsafe"
)

func fail(format string, values ...interface{}) {
	fmt.Printf("FAILED: "+format+"\n", values...)
	os.Exit(1)
}

func expect(what string, found, wanted interface{}) {
	if found != wanted {
		fail("%s is %v, not %v", what, found, wanted)
	}
}

func read(path string) map[string][]float64 {
	file, err := os.Open(path)
	if err != nil {
		fail("%v", err)
	}
	defer file.Close()
	golden := map[string][]float64{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		for _, word := range words[1:] {
			value, err := strconv.ParseFloat(word, 64)
			if err != nil {
				fail("%v", err)
			}
			golden[words[0]] = append(golden[words[0]], value)
		}
	}
	return golden
}

func constant(name string) int64 {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	var value C.int64_t
	expect("rm_constant("+name+")", C.rm_constant(text, &value), C.rm_status(0))
	return int64(value)
}

func array(values []float64) *C.double {
	return (*C.double)(&values[0])
}

func same(what string, found, wanted []float64) {
	expect("length of "+what, len(found), len(wanted))
	for i := range wanted {
		expect(fmt.Sprintf("%s[%d]", what, i), found[i], wanted[i])
	}
}

func main() {
	golden := read(os.Args[1])
	weight, target, price := golden["weight"], golden["target"], golden["price"]
	count := len(weight)
	n := C.int64_t(count)
	total := C.double(golden["total"][0])
	ok := C.rm_status(constant("RM_OK"))
	nan := C.rm_status(constant("RM_ERROR_NAN"))

	x := make([]float64, count)
	var multiplier, objective C.double
	where := C.int64_t(7)
	expect("status of rm_waterfill", C.rm_waterfill(n, array(weight), array(target), array(price), nil, nil, nil,
		total, array(x), &multiplier, &where), ok)
	same("x of rm_waterfill", x, golden["x"])
	expect("multiplier of rm_waterfill", float64(multiplier), golden["multiplier"][0])
	expect("where", where, C.int64_t(-1))

	var p *C.rm_problem
	expect("rm_problem_create", C.rm_problem_create(&p, n, nil, nil), ok)
	expect("set_quadratic", C.rm_problem_set_quadratic(p, n, nil, array(weight), array(target), array(price)), ok)
	expect("add_row", C.rm_problem_add_row(p, C.int64_t(constant("RM_ALL")), nil, nil, total, total, nil), ok)
	expect("solve", C.rm_problem_solve(p, C.int32_t(constant("RM_SOLVER_AUTO"))), ok)
	x = make([]float64, count)
	multiplier = 0
	expect("get_solution", C.rm_problem_get_solution(p, n, nil, array(x)), ok)
	expect("get_row_duals", C.rm_problem_get_row_duals(p, 1, nil, &multiplier), ok)
	expect("info", C.rm_problem_get_info_f64(p, C.int32_t(constant("RM_INFO_OBJECTIVE")), &objective), ok)
	same("x", x, golden["x"])
	expect("multiplier", float64(multiplier), golden["multiplier"][0])
	expect("objective", float64(objective), golden["objective"][0])

	// An error: what, where, and in words.
	bad := make([]float64, count)
	bad[count-1] = math.NaN()
	expect("status of rm_waterfill with a NaN", C.rm_waterfill(n, array(bad), nil, nil, nil, nil, nil, total, nil,
		nil, &where), nan)
	expect("where with a NaN", where, n-1)
	expect("set_quadratic with a NaN", C.rm_problem_set_quadratic(p, n, nil, array(bad), nil, nil), nan)
	buffer := make([]byte, C.rm_problem_message(p, nil, 0)+1)
	C.rm_problem_message(p, (*C.char)(unsafe.Pointer(&buffer[0])), C.int64_t(len(buffer)))
	message := string(buffer[:len(buffer)-1])
	if !strings.Contains(message, strconv.Itoa(count-1)) {
		fail("the message '%s' does not name index %d", message, count-1)
	}
	buffer = make([]byte, C.rm_status_name(nan, nil, 0)+1)
	C.rm_status_name(nan, (*C.char)(unsafe.Pointer(&buffer[0])), C.int64_t(len(buffer)))
	if !strings.HasPrefix(string(buffer), "RM_ERROR_NAN: ") {
		fail("the name of the status is '%s'", string(buffer))
	}
	C.rm_problem_destroy(p)
	C.rm_problem_destroy(nil)
	fmt.Printf("ok: go: x = %v, multiplier %v; error: %s\n", x, float64(multiplier), message)
}

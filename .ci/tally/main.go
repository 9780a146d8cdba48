// Command tally reads what `go test -json` prints, shows of it what a person
// wants to see, and appends one line "passed failed skipped" to a file:
//
//	go test -json ./... | tally FILE
//
// Tests, subtests, examples, fuzz targets and benchmarks count one each. So does
// a package that fails without a failing test, as when it does not compile.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
)

// event is what `go doc test2json` and `go help buildjson` describe.
type event struct {
	Action, Package, ImportPath, Test, Output, FailedBuild string
	Elapsed                                                float64
}

type tally struct {
	out                     *bufio.Writer
	passed, failed, skipped int
	said                    map[string][]string // output by package and test, while it is not known how that ends
	benchmarks              map[string]int      // running, by package
	failedIn                map[string]bool     // packages with a test that failed
}

func newTally(out io.Writer) *tally {
	return &tally{out: bufio.NewWriter(out), said: map[string][]string{}, benchmarks: map[string]int{}, failedIn: map[string]bool{}}
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go test -json ./... | tally FILE")
		os.Exit(2)
	}
	t := newTally(os.Stdout)
	err := t.read(os.Stdin)
	if err == nil {
		err = t.appendTo(os.Args[1])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tally:", err)
		os.Exit(2)
	}
	if t.failed > 0 {
		os.Exit(1)
	}
}

// printf shows a line at once, for a test may run for minutes. An error of the
// writer stays with it, and read returns it.
func (t *tally) printf(format string, arguments ...any) {
	_, _ = fmt.Fprintf(t.out, format, arguments...)
	_ = t.out.Flush()
}

func (t *tally) appendTo(name string) error {
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(file, t.passed, t.failed, t.skipped); err != nil {
		return err
	}
	return file.Close()
}

func (t *tally) read(r io.Reader) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if json.Unmarshal([]byte(line), &e) != nil {
				t.printf("%s", line) // not of go test: a message of the go command
			} else {
				t.count(e)
			}
		}
		if err == io.EOF {
			return t.out.Flush()
		}
		if err != nil {
			return err
		}
	}
}

func (t *tally) count(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "build-output":
		t.printf("%s", e.Output)
	case "output":
		t.said[key] = append(t.said[key], e.Output)
	case "run":
		if strings.HasPrefix(e.Test, "Benchmark") {
			t.benchmarks[e.Package]++
		}
	case "pass", "fail", "skip", "bench":
		if e.Test == "" {
			t.endOfPackage(e)
		} else {
			t.endOfTest(e, key)
		}
		delete(t.said, key)
	}
}

func (t *tally) endOfTest(e event, key string) {
	benchmark := strings.HasPrefix(e.Test, "Benchmark")
	switch e.Action {
	case "bench":
		return // it has printed something; the benchmark is counted at the end of its package
	case "pass":
		t.passed++
	case "fail":
		t.failed++
		t.failedIn[e.Package] = true
		t.printf("FAIL %s %s\n", e.Package, e.Test)
		t.show(key)
	case "skip":
		t.skipped++
		t.printf("skip %s %s\n", e.Package, e.Test)
		t.show(key)
	}
	if benchmark {
		t.benchmarks[e.Package]--
	}
}

// A benchmark that goes well has no end of its own.
func (t *tally) endOfPackage(e event) {
	t.passed += t.benchmarks[e.Package]
	switch {
	case e.Action == "fail" && !t.failedIn[e.Package]:
		t.failed++
		for said := range t.said { // also of tests that had no end
			if strings.HasPrefix(said, e.Package+" ") {
				t.show(said)
			}
		}
		t.printf("FAIL %s %.1fs\n", e.Package, e.Elapsed)
	case e.Action == "skip": // no test files
	default:
		t.printf("%s %s %.1fs\n", e.Action, e.Package, e.Elapsed)
	}
}

func (t *tally) show(key string) {
	for _, line := range t.said[key] {
		if !strings.HasPrefix(line, "=== ") {
			t.printf("     %s", line)
		}
	}
}

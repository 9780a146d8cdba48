package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Outcome says what became of a promise when a store was held to it.
type Outcome string

// The outcomes.
const (
	Holds     Outcome = "holds"
	Broken    Outcome = "broken"
	NotTested Outcome = "not_tested"
)

// Verdict is one promise of the seam, and whether a store keeps it.
type Verdict struct {
	Promise string  `json:"promise"`
	Outcome Outcome `json:"outcome"`
	Why     string  `json:"why,omitempty"` // what was seen, or why it was not tested
}

// Examine holds stores to every rule that [RunDurable] has, outside of go test,
// and returns a verdict for each, in the order of the rules. The functions of d
// are handed a [testing.TB] that knows Cleanup, TempDir, Context, Log, Skip,
// Error and Fatal and their like; its Setenv and Chdir do nothing but fail. It
// tests one rule at a time and ends early when ctx does: what is left is then
// not tested.
func Examine(ctx context.Context, d Durable, each func(Verdict)) []Verdict {
	open, can := d.capabilities()
	verdicts := make([]Verdict, 0, len(rules()))
	for _, r := range rules() {
		v := Verdict{Promise: r.name, Outcome: NotTested}
		if why := r.missing(can); why != "" {
			v.Why = why
		} else if err := ctx.Err(); err != nil {
			v.Why = err.Error()
		} else {
			v.Outcome, v.Why = r.examine(ctx, open, can)
		}
		if each != nil {
			each(v)
		}
		verdicts = append(verdicts, v)
	}
	return verdicts
}

// examine holds one store to one rule.
func (r rule) examine(ctx context.Context, open Factory, can Capabilities) (Outcome, string) {
	t := &examined{ctx: ctx, name: r.name}
	var err error
	t.run(func() { err = r.check(t, open, can) })
	t.cleanUp()
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case errors.As(err, new(unable)):
		return NotTested, err.Error()
	case err != nil:
		return Broken, err.Error()
	case len(t.errors) > 0:
		return Broken, strings.Join(t.errors, "; ")
	case t.skipped != "":
		return NotTested, t.skipped
	}
	return Holds, ""
}

// examined is the testing.TB of a rule outside of go test.
type examined struct {
	testing.TB // nil: it only makes this a TB

	ctx  context.Context
	name string

	mu       sync.Mutex
	errors   []string
	skipped  string
	cleanups []func()
}

// run runs f on a goroutine of its own, which Fatal and Skip end. What panics is
// an error of the store's.
func (t *examined) run(f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if p := recover(); p != nil {
				t.Errorf("panic: %v", p)
			}
		}()
		f()
	}()
	<-done
}

// cleanUp undoes what was done, the last first.
func (t *examined) cleanUp() {
	for {
		t.mu.Lock()
		if len(t.cleanups) == 0 {
			t.mu.Unlock()
			return
		}
		last := t.cleanups[len(t.cleanups)-1]
		t.cleanups = t.cleanups[:len(t.cleanups)-1]
		t.mu.Unlock()
		t.run(last)
	}
}

func (t *examined) Helper()                  {}
func (t *examined) Name() string             { return t.name }
func (t *examined) Context() context.Context { return t.ctx }
func (t *examined) Log(...any)               {}
func (t *examined) Logf(string, ...any)      {}

func (t *examined) Cleanup(f func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cleanups = append(t.cleanups, f)
}

func (t *examined) TempDir() string {
	dir, err := os.MkdirTemp("", "storetest-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func (t *examined) Error(args ...any)                 { t.note(fmt.Sprintln(args...)) }
func (t *examined) Errorf(format string, args ...any) { t.note(fmt.Sprintf(format, args...)) }
func (t *examined) Fatal(args ...any)                 { t.Error(args...); t.FailNow() }
func (t *examined) Fatalf(format string, args ...any) { t.Errorf(format, args...); t.FailNow() }
func (t *examined) Fail()                             { t.note("it failed without a word") }

func (t *examined) FailNow() {
	if !t.Failed() {
		t.Fail()
	}
	runtime.Goexit()
}

func (t *examined) Failed() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.errors) > 0
}

func (t *examined) note(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if text = strings.TrimSpace(text); !slices.Contains(t.errors, text) {
		t.errors = append(t.errors, text)
	}
}

func (t *examined) Skip(args ...any)                 { t.skip(fmt.Sprint(args...)) }
func (t *examined) Skipf(format string, args ...any) { t.skip(fmt.Sprintf(format, args...)) }
func (t *examined) SkipNow()                         { t.skip("skipped") }

func (t *examined) skip(why string) {
	t.mu.Lock()
	t.skipped = why
	t.mu.Unlock()
	runtime.Goexit()
}

func (t *examined) Skipped() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.skipped != ""
}

func (t *examined) Setenv(string, string) {
	t.Fatal("the environment is not changed outside of go test")
}
func (t *examined) Chdir(string) { t.Fatal("the folder is not changed outside of go test") }

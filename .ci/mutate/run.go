package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

var errSurvivors = errors.New("mutate: tests and known.txt do not hold all mutants")

// Room is a package whose guards, relations or access are mutated, and the packages
// whose tests are to notice, those first that notice most in the shortest time.
type room struct {
	folder string
	tests  []string
}

var rooms = []room{ //nolint:gochecknoglobals // a constant
	{"proposal", []string{"proposal"}},
	{"proposal/workflow", []string{"proposal/workflow", "proposal", "consult", "evaluate/appraisal"}},
	{"consult/activity", []string{"consult/activity", "consult"}},
	{"consult/platform", []string{"consult/platform", "consult"}},
	{"consult/topic", []string{"consult/topic", "consult"}},
	{"consult/plan", []string{"consult/plan", "consult"}},
	{"evaluate/appraisal", []string{"evaluate/appraisal"}},
}

// Shipped are the definitions whose guards are taken out.
var shipped = []struct { //nolint:gochecknoglobals // a constant
	file  string
	tests []string
}{
	{"proposal/lifecycles/nine.json", []string{"proposal"}},
	{"proposal/lifecycles/seven.json", []string{"proposal"}},
	{"consult/activity/lifecycles/activity.json", []string{"consult/activity", "consult"}},
	{"consult/topic/lifecycles/topic.json", []string{"consult/topic", "consult"}},
	{"consult/plan/lifecycles/plan.json", []string{"consult/plan", "consult"}},
	{"evaluate/appraisal/lifecycles/appraisal.json", []string{"evaluate/appraisal"}},
}

// What notices any change of a definition by its fingerprint, and so says nothing of
// what the guard is for.
const byFingerprint = `Released|Corpus|Kept|OldRecords|EveryRecord|Golden|Fingerprint|Digest`

// Candidate is a mutant that is yet to be run, or has been.
type candidate struct {
	name        string
	environment []string
	tests       []string
	skip        string // tests that are not asked
	killer      string // the test that noticed
}

type bench struct {
	work       string
	candidates []*candidate
	overlay    map[string]string
	usual      map[string]time.Duration // what the tests of a package take without a mutant
	quick      map[string]string        // those of a package that take less than half a second, as a pattern
	quickOnly  bool
	skip       string // tests that are never run
}

const quickTest = 0.5 // seconds

// Prepare writes the sources with their mutants into a folder.
func prepare(work string) (*bench, error) {
	b := &bench{work: work, overlay: map[string]string{}, usual: map[string]time.Duration{}, quick: map[string]string{}}
	next := 1
	for _, r := range rooms {
		files, err := filepath.Glob(filepath.Join(r.folder, "*.go"))
		if err != nil {
			return nil, fmt.Errorf("mutate: %w", err)
		}
		mutated := false
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return nil, fmt.Errorf("mutate: %w; run it at the top of the tree", err)
			}
			s, err := instrument(filepath.ToSlash(name), text, next)
			if err != nil {
				return nil, err
			}
			next = s.first
			if len(s.mutants) == 0 {
				continue
			}
			mutated = true
			if err := b.lay(name, s.mutated()); err != nil {
				return nil, err
			}
			for _, m := range s.mutants {
				b.candidates = append(b.candidates, &candidate{name: m.name, environment: []string{m.environment()}, tests: r.tests})
			}
		}
		if mutated {
			if err := b.lay(filepath.Join(r.folder, "zz_mutants.go"), switches(filepath.Base(r.folder))); err != nil {
				return nil, err
			}
		}
	}
	return b, b.definitions()
}

func (b *bench) definitions() error {
	decoder := filepath.Join("proposal", "lifecycle", "decode.go")
	text, err := os.ReadFile(decoder)
	if err != nil {
		return fmt.Errorf("mutate: %w; run it at the top of the tree", err)
	}
	if text, err = replaced(text); err != nil {
		return err
	}
	if err := errors.Join(b.lay(decoder, text), b.lay(filepath.Join("proposal", "lifecycle", "zz_mutants.go"), []byte(definitionSwitch))); err != nil {
		return err
	}
	for _, d := range shipped {
		names, definitions, err := withoutGuards(d.file)
		if err != nil {
			return err
		}
		for i, name := range names {
			file := filepath.Join(b.work, fmt.Sprintf("%d-%s", i, filepath.Base(d.file)))
			if err := os.WriteFile(file, definitions[i], 0o600); err != nil {
				return fmt.Errorf("mutate: %w", err)
			}
			b.candidates = append(b.candidates, &candidate{name: name, environment: []string{"TIAN_MUTANT_DEFINITION=" + file}, tests: d.tests, skip: byFingerprint})
		}
	}
	return nil
}

// Lay has the go command read text instead of a file of the tree.
func (b *bench) lay(name string, text []byte) error {
	at, err := filepath.Abs(name)
	if err != nil {
		return fmt.Errorf("mutate: %w", err)
	}
	copied := filepath.Join(b.work, strings.ReplaceAll(filepath.ToSlash(name), "/", "+"))
	b.overlay[at] = copied
	if err := os.WriteFile(copied, text, 0o600); err != nil {
		return fmt.Errorf("mutate: %w", err)
	}
	return nil
}

func (b *bench) keep(wanted *regexp.Regexp) {
	var kept []*candidate
	for _, c := range b.candidates {
		if wanted.MatchString(c.name) {
			kept = append(kept, c)
		}
	}
	b.candidates = kept
}

// Run builds the tests once, sees that they pass without a mutant, and then runs
// them with each.
func (b *bench) run(ctx context.Context, parallel int) error {
	overlay, err := json.Marshal(map[string]any{"Replace": b.overlay})
	if err != nil {
		return fmt.Errorf("mutate: %w", err)
	}
	file := filepath.Join(b.work, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o600); err != nil {
		return fmt.Errorf("mutate: %w", err)
	}
	for from := 0; from < len(b.candidates); { // those of one room come together
		c := b.candidates[from]
		to := from
		for to < len(b.candidates) && slices.Equal(b.candidates[to].tests, c.tests) {
			to++
		}
		for _, folder := range c.tests {
			if b.usual[folder] != 0 {
				continue
			}
			build := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", file, "-o", b.binary(folder), "./"+folder)
			if out, err := build.CombinedOutput(); err != nil {
				return fmt.Errorf("mutate: %s with its mutants: %w\n%s", folder, err, out)
			}
			if err := b.without(ctx, folder); err != nil {
				return err
			}
		}
		b.each(ctx, parallel, b.candidates[from:to])
		from = to
	}
	return context.Cause(ctx)
}

var passed = regexp.MustCompile(`(?m)^--- PASS: (\w+) \(([0-9.]+)s\)`)

// Without sees that the tests of a package pass without a mutant, and which of them
// are quick.
func (b *bench) without(ctx context.Context, folder string) error {
	began := time.Now() //nolint:forbidigo // to know when a test does not end
	run := exec.CommandContext(ctx, b.binary(folder), "-test.short", "-test.v", "-test.skip", b.skip)
	run.Dir = folder
	out, err := run.CombinedOutput()
	if err != nil {
		return fmt.Errorf("mutate: %s fails without a mutant: %w: %s", folder, err, failed.FindAll(out, -1))
	}
	b.usual[folder] = time.Since(began)
	var quick []string
	for _, test := range passed.FindAllSubmatch(out, -1) {
		if took, err := strconv.ParseFloat(string(test[2]), 64); err == nil && took < quickTest {
			quick = append(quick, string(test[1]))
		}
	}
	b.quick[folder] = "^(" + strings.Join(quick, "|") + ")$"
	say("%s: %s without a mutant, %d quick tests\n", folder, b.usual[folder].Round(time.Second), len(quick))
	return nil
}

func (b *bench) each(ctx context.Context, parallel int, candidates []*candidate) {
	work := make(chan *candidate)
	var all sync.WaitGroup
	var printing sync.Mutex
	for range parallel {
		all.Add(1)
		go func() {
			defer all.Done()
			for c := range work {
				b.hunt(ctx, c)
				printing.Lock()
				say("%-40s %s\n", c.killer, c.name)
				printing.Unlock()
			}
		}()
	}
	for _, c := range candidates {
		if ctx.Err() == nil {
			work <- c
		}
	}
	close(work)
	all.Wait()
}

func (b *bench) binary(folder string) string {
	return filepath.Join(b.work, strings.ReplaceAll(folder, "/", "+")+".test")
}

// Hunt runs the quick tests of all packages first.
func (b *bench) hunt(ctx context.Context, c *candidate) {
	for _, folder := range c.tests {
		if c.killer == "" {
			c.killer = b.test(ctx, folder, c, "-test.run", b.quick[folder])
		}
	}
	for _, folder := range c.tests {
		if c.killer == "" && !b.quickOnly {
			c.killer = b.test(ctx, folder, c)
		}
	}
}

var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// Test runs tests of a package with a mutant, and returns the first that fails; "" if
// all pass.
func (b *bench) test(ctx context.Context, folder string, c *candidate, which ...string) string {
	limit := time.Minute + 10*b.usual[folder] // on a machine that others use too
	arguments := append([]string{"-test.short", "-test.failfast", "-test.timeout", limit.String()}, which...)
	if skip := strings.Trim(b.skip+"|"+c.skip, "|"); skip != "" {
		arguments = append(arguments, "-test.skip", skip)
	}
	run := exec.CommandContext(ctx, b.binary(folder), arguments...)
	run.Dir = folder
	run.Env = append(os.Environ(), c.environment...)
	out, err := run.CombinedOutput()
	if err == nil {
		return ""
	}
	if found := failed.FindSubmatch(out); found != nil {
		return string(found[1])
	}
	if strings.Contains(string(out), "panic: test timed out") {
		return "(does not end)"
	}
	return "(" + strings.SplitN(strings.TrimSpace(string(out)), "\n", 2)[0] + ")"
}

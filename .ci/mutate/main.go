// Command mutate changes guards, relations and access one piece at a time, and
// runs the tests that should notice:
//
//	go run ./.ci/mutate                      # all; it takes hours
//	go run ./.ci/mutate --only 'four_?[Ee]yes'
//	go run ./.ci/mutate --list
//
// A guard allows always, a part of a condition is always true or never, a number is
// one off, a case of a switch, a statement or a guard of a shipped definition is left
// out. Each of these is a mutant. One that no test notices is a hole in the tests, or
// makes no difference; then it stands in known.txt with its reason. The command fails
// on a survivor that is not listed, and on a listed one that a test has noticed.
// Who may do and see what in which definition is held by the tables beside the tests of
// each vocabulary, and by TestEveryRightIsInTheTables here.
package main

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strings"
	"time"
)

//go:embed known.txt
var known string

func main() {
	only := flag.String("only", "", "a regular expression: only mutants whose names match")
	list := flag.Bool("list", false, "print the names of the mutants, and run nothing")
	quick := flag.Bool("quick", false, "run only tests that take less than half a second; slower ones may notice what survives")
	skip := flag.String("skip", "", "a regular expression: tests that are not run")
	at := flag.Int("parallel", 2, "how many to run at a time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := mutate(ctx, *only, *list, *quick, *skip, *at)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func mutate(ctx context.Context, only string, list, quick bool, skip string, parallel int) error {
	wanted, err := regexp.Compile(only)
	if err != nil {
		return fmt.Errorf("mutate: --only: %w", err)
	}
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return fmt.Errorf("mutate: %w", err)
	}
	defer func() { _ = os.RemoveAll(work) }()
	b, err := prepare(work)
	if err != nil {
		return err
	}
	b.keep(wanted)
	b.quickOnly, b.skip = quick, skip
	if list {
		for _, c := range b.candidates {
			say("%s\n", c.name)
		}
		return nil
	}
	began := time.Now() //nolint:forbidigo // how long it took is told
	if err := b.run(ctx, parallel); err != nil {
		return err
	}
	var survivors []string
	for _, c := range b.candidates {
		if c.killer == "" {
			survivors = append(survivors, c.name)
		}
	}
	unlisted, gone := compare(survivors, b.candidates, reasons(known))
	for _, name := range unlisted {
		say("no test notices: %s\n", name)
	}
	for _, name := range gone {
		say("listed in known.txt, but noticed: %s\n", name)
	}
	say("%d mutants, %d noticed, %d survive with a reason, %d without; %d of the list are wrong (%s)\n",
		len(b.candidates), len(b.candidates)-len(survivors), len(survivors)-len(unlisted), len(unlisted), len(gone), time.Since(began).Round(time.Second))
	if len(unlisted)+len(gone) > 0 {
		return errSurvivors
	}
	return nil
}

func say(format string, arguments ...any) { _, _ = fmt.Fprintf(os.Stdout, format, arguments...) }

// Reasons reads known.txt: below each reason, a line that begins with #, the mutants
// that it is the reason of.
func reasons(text string) map[string]string {
	of := map[string]string{}
	reason := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "#"):
			reason = strings.TrimSpace(strings.TrimPrefix(line, "#"))
		default:
			of[line] = reason
		}
	}
	return of
}

// Compare returns the survivors that nobody has given a reason for, and the listed
// ones that are none, of those that were run.
func compare(survivors []string, all []*candidate, reasons map[string]string) (unlisted, gone []string) {
	for _, name := range survivors {
		if reasons[name] == "" {
			unlisted = append(unlisted, name)
		}
	}
	for name := range reasons {
		ran := slices.ContainsFunc(all, func(c *candidate) bool { return c.name == name })
		if ran && !slices.Contains(survivors, name) {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	return unlisted, gone
}

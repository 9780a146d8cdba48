package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// What the command exits with.
const (
	exitAnswered = 0
	exitUnusable = 2
)

// console is what the command prints to.
type console struct {
	out, err io.Writer
	json     bool
	writers  []int // how many work at the same time, one number after the other
}

// run runs the command with these arguments and returns its exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	c := &console{out: out, err: errs, writers: []int{1, 8}}
	return c.run(ctx, args)
}

func (c *console) run(ctx context.Context, args []string) int {
	command, rest := c.against, args
	if len(args) > 0 && args[0] == "lists" {
		command, rest = c.lists, args[1:]
	}
	err := command(ctx, rest)
	switch {
	case err == nil || errors.Is(err, flag.ErrHelp):
		return exitAnswered
	case ctx.Err() != nil:
		err = errors.New("interrupted; what was made has been removed")
	}
	c.say("against: " + strings.Join(strings.Fields(err.Error()), " "))
	return exitUnusable
}

// say prints a line for whoever watches.
func (c *console) say(line string) { _, _ = fmt.Fprintln(c.err, line) }

// flags returns a set of flags whose help begins with a text.
func (c *console) flags(name, help string) *flag.FlagSet {
	f := flag.NewFlagSet(name, flag.ContinueOnError)
	f.SetOutput(io.Discard) // the error is printed once, by run
	f.BoolVar(&c.json, "json", false, "print JSON")
	f.Usage = func() {
		_, _ = fmt.Fprintln(c.err, help)
		f.SetOutput(c.err)
		f.PrintDefaults()
		f.SetOutput(io.Discard)
	}
	return f
}

// parse reads arguments of which none stands by itself.
func parse(f *flag.FlagSet, args []string) error {
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() > 0 {
		return fmt.Errorf("%q is no flag, and the only other command is lists", f.Arg(0))
	}
	return nil
}

// answer prints v as JSON, or, when people read it, a text.
func (c *console) answer(v any, text func() string) error {
	if !c.json {
		_, err := io.WriteString(c.out, text())
		return err
	}
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

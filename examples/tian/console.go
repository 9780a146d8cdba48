package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// What the command exits with.
const (
	exitAnswered = 0
	exitBroken   = 1
	exitUnusable = 2
)

// errBroken ends a command whose own check found something; what, has been
// printed.
var errBroken = errors.New("something is broken")

// console is what a command reads from and writes to.
type console struct {
	in       io.Reader
	out, err io.Writer
	json     bool
	lang     string // zh or en
}

// answer prints v as JSON, or, when people read it, what text writes.
func (c *console) answer(v any, text func() error) error {
	if !c.json && text != nil {
		return text()
	}
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// say prints a line for people.
func (c *console) say(format string, args ...any) error {
	if _, err := fmt.Fprintf(c.out, format+"\n", args...); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// What the command exits with.
const (
	exitAnswered = 0
	exitBroken   = 1
	exitUnusable = 2
)

// errBroken ends an audit that found something; what, has been printed.
var errBroken = errors.New("something is broken")

// console is what a command reads from and writes to.
type console struct {
	in       io.Reader
	out, err io.Writer
	json     bool
}

// run runs the command with these arguments and returns its exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	c := &console{in: in, out: out, err: errs}
	root := &cobra.Command{
		Use:   "tian",
		Short: "Proposals 提案: their ledgers, lifecycles, histories and figures",
		Long: `tian is the library github.com/tian-go/tian at a prompt.

It exits with 0 when it could answer, with 1 when an audit found something
broken, and with 2, and one line on standard error, when the input cannot be
used. Where a command reads JSON, an array of inputs gives an array of answers
of the same length and order; a bad element gets {"error":{"code":…,"message":…}}
in its place.`,
		SilenceUsage: true, SilenceErrors: true,
	}
	root.PersistentFlags().BoolVar(&c.json, "json", false, "print JSON")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	root.AddCommand(demoCommand(c), importCommand(c), statsCommand(c), showCommand(c), auditCommand(c),
		lifecycleCommand(c), playCommand(c), dueCommand(c), measureCommand(c), scoreCommand(c), verifyCommand(c))
	switch err := root.ExecuteContext(ctx); {
	case err == nil:
		return exitAnswered
	case errors.Is(err, errBroken):
		return exitBroken
	default:
		text := strings.Join(strings.Fields(err.Error()), " ")
		_, _ = fmt.Fprintln(errs, "tian: "+text) // there is nowhere else to say it
		return exitUnusable
	}
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

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
)

// What the command exits with.
const (
	exitWell     = 0
	exitWrong    = 1
	exitUnusable = 2
)

// command does what the arguments say and returns the exit code.
func command(ctx context.Context, args []string, out, errs io.Writer) int {
	well, err := dispatch(ctx, args, out, errs)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitWell
	case err != nil:
		_, _ = fmt.Fprintln(errs, "fleet: "+strings.Join(strings.Fields(err.Error()), " "))
		return exitUnusable
	case !well:
		return exitWrong
	}
	return exitWell
}

func dispatch(ctx context.Context, args []string, out, errs io.Writer) (well bool, err error) {
	if len(args) > 0 {
		switch args[0] {
		case "member":
			s, err := memberFlags(args[1:], errs)
			if err == nil {
				err = member(ctx, s, errs)
			}
			return true, err
		case "openapi":
			return true, printDescription(out)
		case "partition":
			return partition(ctx, args[1:], out, errs)
		}
	}
	o, err := parse(args, errs)
	if err != nil {
		return false, err
	}
	return run(ctx, o, out, errs)
}

// Command tian is the library at a prompt: it imports a ledger of proposals,
// prints its figures, shows and audits cases, and checks, walks and draws
// lifecycles. Run it without arguments for help, or begin with
//
//	go run ./examples/tian demo
//
// Every answer comes from the library; this command reads, calls and prints.
//
// It exits with 0 when it could answer, with 1 when an audit found something
// broken, and with 2, and one line on standard error that names the place, when
// the input cannot be used.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Command nation takes a year's proposals of a whole country through their nine
// stages: a million of them, of three thousand bodies, on memory, on SQLite or on
// PostgreSQL.
//
//	go run ./examples/nation --cases 20000
//	go run ./examples/nation --cases 1000000 --db nation.db
//	go run ./examples/nation --cases 1000000 --db 'postgres://root@127.0.0.1:5432/test?sslmode=disable'
//
// What happens to a proposal is a function of a seed and of its number: the plan,
// in plan.go. Interrupted, by Ctrl-C or worse, and started again on the same
// database, the command goes on where it was. At the end it prints the main
// figures of the year and the ten longest waits, verifies histories, and holds
// the figures that the library counts against those that the plans add up to.
//
// It exits with 0 when all is well, with 1 when a history is broken or a count
// differs, and with 2 when it could not do its work, or was interrupted.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends it at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

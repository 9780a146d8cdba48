// Command against measures the library beside what a team would write without
// it, on the same databases and with the same durability:
//
//	go run ./examples/against --postgres 'postgres://root@127.0.0.1:5432/test?sslmode=disable' --mysql 'root@tcp(127.0.0.1:3306)/test'
//	go run ./examples/against lists --cases 100000
//
// The first takes proposals their whole way and prints acts a second; the second
// fills a store and prints what a page of a list and its count cost. Both work
// in schemas, databases and files of their own, and remove them, also on Ctrl-C.
//
// The rivals are in files of their own: hand_pgx.go and hand_sql.go are written
// by hand, orm.go with GORM, and queue.go inserts a job of River's in a
// transaction. The steps that all of them take are in script.go.
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

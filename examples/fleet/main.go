// Command fleet shows the library in many processes on one PostgreSQL, with the
// engines that such a fleet has anyway: River for jobs, NATS JetStream for the
// feed, OpenTelemetry for traces and metrics, and a JSON API in front.
//
//	go run ./examples/fleet --seconds 60 --processes 4
//
// starts a primary and a standby of PostgreSQL from the installed programs, and the
// fleet on them; has callers take proposals through their stages by the API; kills
// a process every few seconds, deploys a second version of the program with a
// definition of its own, and promotes the standby; and counts at the end what was
// lost, doubled, or done twice. It exits with 0 when nothing was, with 1 when
// something was, and with 2 when it could not do its work. With --postgres it runs
// on a server that is there, in a schema of its own, and promotes nothing.
//
// Where to find what, for who builds such a host:
//
//	member.go      one process of the fleet: what it opens, and in which order it ends
//	database.go    the store, the host's tables and River's on one database
//	queue.go       jobs inserted in the transaction of the act that calls for them
//	reaction.go    what follows from an act, once however often its job runs
//	sweep.go       the clocks looked at, by one process at a time
//	relay.go       the feed handed on to JetStream, in order and each entry once
//	definition.go  the definition of the program's first version, and that of its second
//	people.go      who sends a request
//	api.go         open, do, lists, case, feed: the routes
//	read.go        what each may read, with ETags
//	act.go         acts, with idempotency keys and If-Match
//	problem.go     errors as problem details (RFC 9457)
//	openapi.go     the API described, made from the actions' descriptions
//	health.go      whether the process lives, and whether it is ready
//	telemetry.go   traces and metrics on the library's observer; dashboard.json shows them
//
// and for the run that tries it: run.go, options.go, fleet.go, servers.go, client.go,
// script.go, check.go, checked.go, print.go.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := command(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

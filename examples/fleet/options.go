package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/nats-io/nats.go"
)

const help = `fleet runs the library in many processes on one PostgreSQL, kills them at random,
deploys a second version of the program, promotes a standby, and counts what was
lost, doubled or done twice.

  go run ./examples/fleet --seconds 300 --processes 4
  go run ./examples/fleet --seconds 30 --processes 2 --postgres postgres://…
  go run ./examples/fleet member --help      one process, for a host of your own
  go run ./examples/fleet openapi            the API's description
  go run ./examples/fleet partition --help   tables partitioned by body, shown

NATS with JetStream has to answer; PostgreSQL it starts itself, a primary and a
standby, from the programs installed, unless --postgres names one.

With --json it prints one object: acts that were acknowledged, kills, promotions,
deploys; lost, doubled, reactions_twice, stream_differs, broken, of which each is to
be 0; alone_per_s and together_per_s, the acts a second of one process and of all.
`

// options are the flags of a run.
type options struct {
	seconds   int
	processes int
	callers   int
	kill      time.Duration
	dsn, nats string
	json      bool
}

func parse(args []string, errs io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("fleet", flag.ContinueOnError)
	f.SetOutput(io.Discard) // the error is printed once, by command
	f.IntVar(&o.seconds, "seconds", 60, "how many `seconds` callers call, 20 at the least")
	f.IntVar(&o.processes, "processes", 4, "how many `processes`")
	f.IntVar(&o.callers, "callers", 0, "how many `callers` call at the same time; 0: four for each process")
	f.DurationVar(&o.kill, "kill", 5*time.Second, "after how `long` a process is killed, again and again")
	f.StringVar(&o.dsn, "postgres", "", "the `address` of a PostgreSQL that is there; without it the run starts a primary and a standby")
	f.StringVar(&o.nats, "nats", os.Getenv("TIAN_NATS_URL"), "the `address` of NATS; without it TIAN_NATS_URL, or else "+nats.DefaultURL)
	f.BoolVar(&o.json, "json", false, "print JSON")
	f.Usage = func() {
		_, _ = io.WriteString(errs, help)
		f.SetOutput(errs)
		f.PrintDefaults()
		f.SetOutput(io.Discard)
	}
	if err := f.Parse(args); err != nil {
		return o, err //nolint:wrapcheck // it names the flag
	}
	switch {
	case f.NArg() > 0:
		return o, fmt.Errorf("%q is no flag", f.Arg(0))
	case o.seconds < 20:
		return o, fmt.Errorf("--seconds: %d is below 20", o.seconds)
	case o.processes < 1 || o.processes > 8:
		return o, fmt.Errorf("--processes: %d is not from 1 to 8", o.processes)
	case o.callers < 0:
		return o, fmt.Errorf("--callers: %d is below 0", o.callers)
	case o.kill < time.Second:
		return o, fmt.Errorf("--kill: %s is below a second", o.kill)
	}
	if o.callers == 0 {
		o.callers = 4 * o.processes
	}
	if o.nats == "" {
		o.nats = nats.DefaultURL
	}
	return o, nil
}

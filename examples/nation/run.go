package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/workflow"
)

// What the command exits with.
const (
	exitWell     = 0
	exitWrong    = 1
	exitUnusable = 2
)

const help = `nation takes a year's proposals of a whole country through their nine stages, by a
plan that follows from a seed, and checks what comes of it.

  go run ./examples/nation --cases 20000
  go run ./examples/nation --cases 1000000 --db nation.db

Interrupted and started again with the same flags, it goes on where it was. The
database is left behind.

With --json it prints one object: cases; acts that this run did, and the
seconds it took in all; heap_mb, the most that objects took; first_tenth_us and
last_tenth_us, the microseconds an act took while the first and the last tenth
of the proposals went through; verified, how many histories were;
histories_broken; counts_differ.
`

// options are the flags.
type options struct {
	terms
	db, schema string
	workers    int
	commit     string
	verify     string
	json       bool
}

// summary is what is printed as JSON.
type summary struct {
	Cases           int     `json:"cases"`
	Acts            int     `json:"acts"`
	Seconds         float64 `json:"seconds"`
	HeapMB          float64 `json:"heap_mb"`
	FirstTenthUS    float64 `json:"first_tenth_us"`
	LastTenthUS     float64 `json:"last_tenth_us"`
	HistoriesBroken int     `json:"histories_broken"`
	CountsDiffer    int     `json:"counts_differ"`
	Verified        int     `json:"verified"`
}

// run runs the command with these arguments and returns its exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	o, err := parse(args, errs)
	if errors.Is(err, flag.ErrHelp) {
		return exitWell
	}
	var well bool
	if err == nil {
		well, err = nation(ctx, o, out, errs)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		err = errors.New("interrupted")
		if o.db != "" {
			err = errors.New("interrupted; started again with the same flags, it goes on where it was")
		}
		fallthrough
	case err != nil:
		_, _ = fmt.Fprintln(errs, "nation: "+strings.Join(strings.Fields(err.Error()), " "))
		return exitUnusable
	case !well:
		return exitWrong
	}
	return exitWell
}

func parse(args []string, errs io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("nation", flag.ContinueOnError)
	f.SetOutput(io.Discard) // the error is printed once, by run
	f.IntVar(&o.Cases, "cases", 20000, "how many `proposals`")
	f.IntVar(&o.Bodies, "bodies", 3000, "of how many `bodies` at the most")
	f.Uint64Var(&o.Seed, "seed", 1, "what all plans follow from")
	f.StringVar(&o.db, "db", "", "an SQLite `file`, or postgres://…; without it in memory")
	f.StringVar(&o.schema, "schema", "", `on PostgreSQL: the `+"`schema`"+`, which is made when missing; without it that of --db's search_path, or else "nation"`)
	f.StringVar(&o.commit, "commit", "cases", "`cases`: whole ways of up to 256 proposals are committed together; acts: each act is a commit, which those that arrive together share")
	f.IntVar(&o.workers, "workers", 0, "how many `goroutines` work at the same time; 0: two for each processor, or 32 with --commit acts")
	f.StringVar(&o.verify, "verify", "", "how many histories are verified: `all`, or a number, about; without it all up to 50000 proposals, and about 20000 beyond")
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
	_, err := o.every()
	switch {
	case f.NArg() > 0:
		return o, fmt.Errorf("%q is no flag", f.Arg(0))
	case o.Cases < 1:
		return o, fmt.Errorf("--cases: %d is not at least 1", o.Cases)
	case o.Bodies < 1:
		return o, fmt.Errorf("--bodies: %d is not at least 1", o.Bodies)
	case o.workers < 0:
		return o, fmt.Errorf("--workers: %d is below 0", o.workers)
	case o.commit != "cases" && o.commit != "acts":
		return o, fmt.Errorf("--commit: %q is neither cases nor acts", o.commit)
	case err != nil:
		return o, err
	}
	if o.workers == 0 {
		o.workers = 2 * runtime.GOMAXPROCS(0)
		if o.commit == "acts" {
			o.workers = 32
		}
	}
	return o, nil
}

// every returns that one in so many histories is verified.
func (o options) every() (int, error) {
	sample := 20000
	switch o.verify {
	case "all":
		return 1, nil
	case "":
		if o.Cases <= 50000 {
			return 1, nil
		}
	default:
		n, err := strconv.Atoi(o.verify)
		if err != nil || n < 1 {
			return 0, fmt.Errorf("--verify: %q is neither all nor a number above 0", o.verify)
		}
		sample = n
	}
	return max(o.Cases/sample, 1), nil
}

// nation does the run and prints what came of it. It reports whether every
// history holds and all counts agree.
func nation(ctx context.Context, o options, out, errs io.Writer) (well bool, err error) {
	began := time.Now()
	db, err := open(ctx, o.db, o.schema, min(o.workers, 16)+2)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	begun, err := agree(ctx, db, o.terms)
	if err != nil {
		return false, err
	}
	if o.db != "" && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // little is live beside a database: collected less often, it costs less and stays small
	}
	where := newCountry(o.Bodies)
	d := &driver{store: db, seed: o.Seed, resumed: begun}
	if o.commit == "acts" {
		d.store = groupcommit.New(db)
	}
	if d.service, err = newService(d, where); err != nil {
		return false, err
	}

	bar, end := progress(errs, "driven", o.Cases)
	course := &curve{all: o.Cases, began: time.Now(), each: bar}
	p := &planner{seed: o.Seed, cases: o.Cases, country: where}
	done, err := fill(ctx, d, p, o.workers, o.commit == "acts", course.add)
	end()
	if err != nil {
		return false, err
	}

	every, err := o.every()
	if err != nil {
		return false, err
	}
	bar, end = progress(errs, "read", o.Cases)
	found, err := read(ctx, d.service, every, func(n int) {
		if n%1000 == 0 || n == o.Cases {
			course.look()
			bar(n, nil)
		}
	})
	end()
	if err != nil {
		return false, err
	}
	found.rollUp(d.service, where.ids[0])
	differ := differences(where, done.want, counted(where, found.own, found.nation, found.figures, found.entries))
	first, last := course.ends()
	s := summary{
		Cases: o.Cases, Acts: done.acts, Seconds: rounded(time.Since(began).Seconds()), HeapMB: rounded(course.mostMB),
		FirstTenthUS: rounded(first), LastTenthUS: rounded(last),
		HistoriesBroken: found.broken, CountsDiffer: len(differ), Verified: found.verified,
	}
	for _, line := range differ[:min(len(differ), 20)] {
		_, _ = fmt.Fprintln(errs, "nation: counts differ: "+line)
	}
	if o.json {
		err = json.NewEncoder(out).Encode(s)
	} else {
		_, err = io.WriteString(out, text(s, found, course.tenths, where))
	}
	return s.HistoriesBroken == 0 && s.CountsDiffer == 0, err
}

func newService(d *driver, where *country) (*proposal.Service, error) {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return nil, fmt.Errorf("the zone of the bodies: %w", err)
	}
	tree, err := where.tree(zone)
	if err != nil {
		return nil, err
	}
	service, err := proposal.New(d.store, workflow.WithTree(tree), workflow.WithIDsByBody(), workflow.WithNow(ends))
	if err != nil {
		return nil, fmt.Errorf("the service: %w", err)
	}
	return service, nil
}

func rounded(x float64) float64 { return float64(int64(x*100+0.5)) / 100 }

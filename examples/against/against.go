package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
)

const againstHelp = `usage: against [--postgres DSN] [--mysql DSN] [--cases N] [--rounds N] [--json]
       against lists --help

Against takes proposals their whole way, 17 acts with a lead and two co-units
and texts of about 1 KB, and prints how many acts a second each way does, with 1
and with 8 writers, each on cases of its own:

  tian               the library on the engine's store
  tian+groupcommit   the same, callers that arrive together sharing a commit
  hand-written       a status column, a row for each part and a row that says who
                     did what, in one transaction: pgx on PostgreSQL,
                     database/sql and prepared statements elsewhere
  gorm               the same with GORM
  river insert       a job of River's inserted in a transaction for each act, and
                     nothing else: the price of one durable step

The ratio is to the hand-written way on the same engine with as many writers.
Figures are medians of rounds in which the ways take turns. All use the same
server with the same settings, which are printed, and eight connections at most;
SQLite's file is written by one at a time, and every commit synced. Bytes a case
are tables and indexes after all rounds, compacted by the engine's own means
(VACUUM, VACUUM FULL, OPTIMIZE TABLE); with few cases they are coarse.

An engine without a DSN is left out. All schemas, databases and files are made
for the run, and removed.
`

func (c *console) against(ctx context.Context, args []string) error {
	contest := contest{writers: c.writers}
	f := c.flags("against", againstHelp)
	onPostgres := f.String("postgres", "", "PostgreSQL, such as postgres://root@127.0.0.1:5432/test?sslmode=disable; the role may create schemas")
	onMySQL := f.String("mysql", "", "MariaDB or MySQL, such as root@tcp(127.0.0.1:3306)/test; the user may create databases")
	f.IntVar(&contest.cases, "cases", 100, "how many cases each way takes in a round, for each number of writers")
	f.IntVar(&contest.rounds, "rounds", 5, "how many rounds")
	if err := parse(f, args); err != nil {
		return err
	}
	if contest.cases < 1 || contest.rounds < 1 {
		return fmt.Errorf("--cases %d, --rounds %d: both are 1 or more", contest.cases, contest.rounds)
	}
	engines, err := c.engines(ctx, *onPostgres, *onMySQL)
	var results []result
	if err == nil {
		results, err = contest.run(ctx, engines, c.err)
	}
	for _, e := range engines {
		err = errors.Join(err, e.close(ctx))
	}
	if err != nil {
		return err
	}
	return c.answer(results, func() string { return table(engines, results) })
}

// engines opens those that can be reached. It returns what it has opened also
// with an error.
func (c *console) engines(ctx context.Context, onPostgres, onMySQL string) (engines []*engine, err error) {
	for _, o := range []struct {
		dsn, without string
		open         func() (*engine, error)
	}{
		{"memory", "", func() (*engine, error) { return openMemory(ctx) }},
		{"sqlite", "", func() (*engine, error) { return openSQLite(ctx) }},
		{
			onPostgres, "PostgreSQL is left out: name one with --postgres postgres://user@host:5432/database",
			func() (*engine, error) { return openPostgres(ctx, onPostgres) },
		},
		{
			onMySQL, "MariaDB and MySQL are left out: name one with --mysql 'user:password@tcp(host:3306)/database'",
			func() (*engine, error) { return openMySQL(ctx, onMySQL) },
		},
	} {
		if o.dsn == "" {
			c.say(o.without)
			continue
		}
		e, err := o.open()
		if err != nil {
			return engines, err
		}
		engines = append(engines, e)
	}
	return engines, nil
}

// table lays the results out for people, engine by engine.
func table(engines []*engine, results []result) string {
	var b strings.Builder
	for _, e := range engines {
		fmt.Fprintf(&b, "%s", e.name)
		for _, s := range e.settings {
			fmt.Fprintf(&b, "  %s=%s", s.Name, s.Value)
		}
		b.WriteString("\n")
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
		_, _ = fmt.Fprintln(w, "way\twriters\tacts/s\tratio\tbytes/case\tµs/act\tallocs/act\t")
		for _, r := range results {
			if r.Engine != e.name {
				continue
			}
			ratio := "–"
			if r.Ratio != nil {
				ratio = fmt.Sprintf("%.2f", *r.Ratio)
			}
			_, _ = fmt.Fprintf(w, "%s\t%d\t%.0f\t%s\t%s\t%s\t%s\t\n", r.Way, r.Writers, r.ActsPerSecond, ratio,
				some(float64(r.BytesPerCase)), some(r.MicrosPerAct), some(r.AllocsPerAct))
		}
		_ = w.Flush() // to memory
		b.WriteString("\n")
	}
	return b.String()
}

// some prints a number, or – where there is none.
func some(n float64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%.0f", n)
}

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"text/tabwriter"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/workflow"
)

// partition shows the library on tables that are partitioned by body: the same
// statements, made so by whoever makes the tables. It fills them, says what lies
// where and which partition a case is read from, and takes the partition of a body
// away, as when its cases move to an archive.
func partition(ctx context.Context, args []string, out, errs io.Writer) (well bool, err error) {
	f := flag.NewFlagSet("fleet partition", flag.ContinueOnError)
	f.SetOutput(errs)
	dsn := f.String("postgres", os.Getenv("TIAN_POSTGRES_DSN"), "the `address` of PostgreSQL; without it TIAN_POSTGRES_DSN")
	cases := f.Int("cases", 100, "how many `cases` are taken through their ways")
	if err := f.Parse(args); err != nil {
		return false, err //nolint:wrapcheck // it names the flag
	}
	if *dsn == "" || *cases < len(districts()) {
		return false, fmt.Errorf("partition: --postgres is missing, or --cases below %d", len(districts()))
	}
	p := place{*dsn, "fleet_parts_" + strings.ReplaceAll(uuid.NewString(), "-", "")[:12]}
	defer func() { err = p.noSecrets(errors.Join(err, p.drop(context.WithoutCancel(ctx)))) }()
	if err := p.preparePartitioned(ctx); err != nil {
		return false, err
	}
	h, err := p.open(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	service, err := newService(h.store, secondProgram)
	if err != nil {
		return false, err
	}
	id, err := fillParts(ctx, service, *cases)
	if err != nil {
		return false, err
	}
	report, err := service.Audit(ctx, nil)
	if err != nil {
		return false, err
	}
	one, err := h.readsFrom(ctx, id)
	if err == nil {
		err = h.printParts(ctx, out)
	}
	if err != nil {
		return false, err
	}
	left, err := h.detach(ctx, districts()[0])
	if err != nil {
		return false, err
	}
	_, err = fmt.Fprintf(out, "\ncases verified %d, broken %d\ncase %s is read from %s\nwithout the partitions of %s: %d cases\n",
		report.Cases, len(report.Broken), id, one, districts()[0], left)
	return len(report.Broken) == 0, err
}

// partitionedTables are those whose rows have the ID of their case.
func partitionedTables() []string { return []string{"records", "entries", "attrs"} }

// preparePartitioned makes the schema by the library's own SQL, with partitions: IDs
// begin with the body and a dot ([workflow.WithIDsByBody]). What is of no body, as
// the place of a relay, is in the default partition.
func (p place) preparePartitioned(ctx context.Context) error {
	pool, err := p.pool(ctx)
	if err != nil {
		return err
	}
	defer pool.Close()
	scripts, err := postgres.Scripts(postgres.WithSchema(p.schema))
	if err != nil {
		return err
	}
	statements := []string{"CREATE SCHEMA " + pgx.Identifier{p.schema}.Sanitize()}
	for _, s := range scripts {
		text, err := partitioned(s.SQL)
		if err != nil {
			return fmt.Errorf("%s: %w", s.Name, err)
		}
		statements = append(statements, text)
	}
	for _, table := range partitionedTables() {
		part := "CREATE TABLE tian_" + table + "_%s PARTITION OF tian_" + table + " %s"
		for _, body := range append(districts(), city) {
			statements = append(statements, fmt.Sprintf(part, body, "FOR VALUES FROM ('"+body+".') TO ('"+body+"/')"))
		}
		statements = append(statements, fmt.Sprintf(part, "others", "DEFAULT"))
	}
	for _, s := range statements {
		if _, err := pool.Exec(ctx, s); err != nil {
			return fmt.Errorf("%w: %s", err, s)
		}
	}
	return nil
}

// partitioned rewrites the library's SQL so that the tables which have the ID of a
// case are partitioned by it.
func partitioned(text string) (string, error) {
	for _, table := range partitionedTables() {
		made := regexp.MustCompile(`(?s)(CREATE TABLE [^ ]*tian_` + table + `"? \(.*?\n\))[^;]*;`)
		if len(made.FindAllString(text, -1)) != 1 {
			return "", fmt.Errorf("the table %s is not made once", table)
		}
		text = made.ReplaceAllString(text, "$1 PARTITION BY RANGE (id);")
	}
	return text, nil
}

// fillParts takes cases through their ways and returns the ID of the last.
func fillParts(ctx context.Context, service *proposal.Service, cases int) (id string, err error) {
	for n := range cases {
		body := districts()[n%len(districts())]
		for _, s := range way(n) {
			who, _ := somebody(body + "." + s.as)
			var options []workflow.DoOption
			if !s.at.IsZero() {
				options = append(options, workflow.Happened(s.at))
			}
			var p *proposal.Proposal
			switch {
			case s.opens():
				p, err = service.Engine.Open(ctx, who, body, s.action, options...)
			case s.action.Event() != (archive{}).Event(): // the pinned definition does not have it
				p, err = service.Do(ctx, who, id, s.action, options...)
			}
			if err != nil {
				return "", fmt.Errorf("case %d, %s: %w", n, s.action.Event(), err)
			}
			if p != nil {
				id = p.ID
			}
		}
	}
	return id, nil
}

// readsFrom tells from which partitions the database reads one case.
func (h *host) readsFrom(ctx context.Context, id string) (string, error) {
	rows, err := h.pool.Query(ctx, "EXPLAIN SELECT body FROM tian_records WHERE kind = '"+proposal.Kind+"' AND id = $1", id)
	if err != nil {
		return "", err
	}
	plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return "", err
	}
	found := regexp.MustCompile(`\bon (tian_records_\w+)`).FindAllStringSubmatch(strings.Join(plan, "\n"), -1)
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = f[1]
	}
	return strings.Join(names, " "), nil
}

// printParts prints what lies in each partition.
func (h *host) printParts(ctx context.Context, out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprintln(w, "body\trecords\tentries\tattributes\tbytes\t")
	for _, body := range append(districts(), city, "others") {
		var counts [4]int64
		for i, table := range partitionedTables() {
			var bytes int64
			name := pgx.Identifier{"tian_" + table + "_" + body}.Sanitize()
			if err := h.pool.QueryRow(ctx, "SELECT count(*), pg_total_relation_size('"+name+"') FROM "+name).Scan(&counts[i], &bytes); err != nil {
				return err
			}
			counts[3] += bytes
		}
		_, _ = fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t\n", body, counts[0], counts[1], counts[2], counts[3])
	}
	return w.Flush()
}

// detach takes the partitions of a body away, as tables of their own that can be
// dumped and dropped, and returns how many cases are left.
func (h *host) detach(ctx context.Context, body string) (cases int64, err error) {
	err = pgx.BeginFunc(ctx, h.pool, func(tx pgx.Tx) error {
		for _, table := range partitionedTables() {
			if _, err := tx.Exec(ctx, "ALTER TABLE tian_"+table+" DETACH PARTITION tian_"+table+"_"+body); err != nil {
				return err
			}
		}
		return tx.QueryRow(ctx, "SELECT count(*) FROM tian_records WHERE kind = $1", proposal.Kind).Scan(&cases)
	})
	return cases, err
}

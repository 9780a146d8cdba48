package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// reaction is the job of what follows from an entry: here, a letter.
type reaction struct {
	Case  string            `json:"case"`
	Seq   uint64            `json:"seq"`
	Event string            `json:"event"`
	Trace map[string]string `json:"trace,omitempty"` // of the request that called for it
}

// Kind names the job.
func (reaction) Kind() string { return "reaction" }

// calls reports whether entries of a kind of cases call for anything.
func calls(kind string) bool { return kind == proposal.Kind }

// reactsTo reports whether somebody is to be told of an event.
func reactsTo(event string) bool {
	return slices.Contains([]string{"submit", "assign", "issue_reply", "close", workflow.Crossed}, event)
}

// reactions writes the letters.
type reactions struct {
	river.WorkerDefaults[reaction]
	pool    *pgxpool.Pool
	process string
	told    *telemetry
}

// Work writes the letter of an entry and notes that it has, and that the job is done,
// in one transaction. A queue may hand a job out twice, when a process is killed or
// takes too long: the second finds the note, and writes nothing.
func (w *reactions) Work(ctx context.Context, job *river.Job[reaction]) (err error) {
	a := job.Args
	ctx, end := w.told.reacting(ctx, a)
	defer func() { end(err) }()
	return pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
		noted, err := tx.Exec(ctx, "INSERT INTO notified (kind, id, seq) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", proposal.Kind, a.Case, a.Seq)
		if err != nil {
			return fmt.Errorf("note: %w", err)
		}
		if noted.RowsAffected() > 0 {
			_, err = tx.Exec(ctx, "INSERT INTO letters (kind, id, seq, event, process) VALUES ($1, $2, $3, $4, $5)",
				proposal.Kind, a.Case, a.Seq, a.Event, w.process)
			if err != nil {
				return fmt.Errorf("letter: %w", err)
			}
		}
		_, err = river.JobCompleteTx[*riverpgxv5.Driver](ctx, tx, job)
		return err
	})
}

package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlstore"
	"github.com/tian-go/tian/proposal/workflow"
)

// queued is the store as this host commits to it: each commit is a transaction of
// the host's, in which the jobs are inserted that its entries call for. An act and
// its jobs are there together or not at all, whether it came by the API, from a
// sweep or from an adoption; and whoever lost a race begins anew as on any store.
type queued struct {
	*sqlstore.Store
	pool *pgxpool.Pool
	jobs *river.Client[pgx.Tx] // that inserts
}

// Commit implements [store.Store].
func (q *queued) Commit(ctx context.Context, changes ...store.Change) error {
	return pgx.BeginFunc(ctx, q.pool, func(tx pgx.Tx) error {
		if err := postgres.In(q.Store, tx).Commit(ctx, changes...); err != nil {
			return err
		}
		jobs, err := called(ctx, changes)
		if err != nil || len(jobs) == 0 {
			return err
		}
		if _, err := q.jobs.InsertManyFastTx(ctx, tx, jobs); err != nil {
			return fmt.Errorf("jobs: %w", err)
		}
		return nil
	})
}

// called returns the jobs that entries call for.
func called(ctx context.Context, changes []store.Change) ([]river.InsertManyParams, error) {
	var jobs []river.InsertManyParams
	for _, c := range changes {
		for _, l := range c.Entries {
			l.Kind, l.ID = c.Record.Kind, c.Record.ID
			if !calls(l.Kind) {
				continue
			}
			entry, err := workflow.DecodeEntry(l)
			if err != nil {
				return nil, err
			}
			if reactsTo(entry.Event) {
				jobs = append(jobs, river.InsertManyParams{Args: reaction{Case: l.ID, Seq: l.Seq, Event: entry.Event, Trace: traceOf(ctx)}})
			}
		}
	}
	return jobs, nil
}

// How long a job may take, and after how long one whose process died is taken up by
// another. A host whose jobs wait for other systems has longer ones.
const (
	jobTimeout   = 5 * time.Second
	rescuedAfter = 8 * time.Second
)

// newQueue makes River's client: with workers it takes jobs, without it inserts only.
func newQueue(pool *pgxpool.Pool, name string, workers *river.Workers, periodic ...*river.PeriodicJob) (*river.Client[pgx.Tx], error) {
	config := &river.Config{Logger: slog.New(slog.DiscardHandler)}
	if workers != nil {
		config.ID = name
		config.Workers, config.PeriodicJobs = workers, periodic
		config.Queues = map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 4}}
		config.JobTimeout, config.RescueStuckJobsAfter = jobTimeout, rescuedAfter
	}
	client, err := river.NewClient(riverpgxv5.New(pool), config)
	if err != nil {
		return nil, fmt.Errorf("river: %w", err)
	}
	return client, nil
}

package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// queue inserts a job of River's, in a transaction, for every act, and nothing
// else: neither a status nor parts, and no worker takes the jobs. It is the price
// of one durable step, to hold the others against.
type queue struct {
	pool   *pgxpool.Pool
	client *river.Client[pgx.Tx]
}

// job is what a step is to a queue.
type job struct {
	Case  string `json:"case"`
	Event string `json:"event"`
	Actor string `json:"actor"`
	Text  string `json:"text"`
}

// Kind names the kind of job.
func (job) Kind() string { return "act" }

// newQueue makes River's tables where the pool finds them.
func newQueue(ctx context.Context, pool *pgxpool.Pool) (*queue, error) {
	driver := riverpgxv5.New(pool)
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("river: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return nil, fmt.Errorf("river: tables: %w", err)
	}
	client, err := river.NewClient(driver, &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("river: %w", err)
	}
	return &queue{pool, client}, nil
}

func (q *queue) close() error { //nolint:unparam // closing other rivals can fail
	q.pool.Close()
	return nil
}

func (q *queue) open(ctx context.Context, s step) (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", err
	}
	return id.String(), q.do(ctx, id.String(), s)
}

func (q *queue) do(ctx context.Context, id string, s step) error {
	return pgx.BeginFunc(ctx, q.pool, func(tx pgx.Tx) error {
		_, err := q.client.InsertTx(ctx, tx, job{Case: id, Event: s.Event, Actor: s.By.ID, Text: s.Text}, nil)
		return err
	})
}

func (q *queue) outcome(ctx context.Context, id string) (o outcome, err error) {
	err = q.pool.QueryRow(ctx, `SELECT count(*) FROM river_job WHERE args ->> 'case' = $1`, id).Scan(&o.Trail)
	return o, err
}

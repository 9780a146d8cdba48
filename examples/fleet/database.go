package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// place is where a fleet keeps everything: the database by the addresses of its
// primary and of its standbys, and the schema in it.
type place struct{ dsn, schema string }

// connections of each pool; a process has two.
const connections = 8

// pool opens the host's own pool. Its connections find River's tables and the
// host's in the schema.
func (p place) pool(ctx context.Context) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(p.dsn)
	if err != nil {
		return nil, fmt.Errorf("connection string: %w", err)
	}
	config.MaxConns = connections
	maps.Copy(config.ConnConfig.RuntimeParams, map[string]string{
		"search_path": p.schema, "application_name": "fleet",
		"lock_timeout": "10000", "idle_in_transaction_session_timeout": "30000",
	})
	return pgxpool.NewWithConfig(ctx, config)
}

// store opens the library's store, on connections of its own: it sets their
// planner as it needs it, which is not how River needs it.
func (p place) store(ctx context.Context) (*sqlstore.Store, error) {
	return postgres.Open(ctx, p.dsn, postgres.WithSchema(p.schema), postgres.WithConnections(connections))
}

// prepare makes the schema and all tables: the library's, River's, and the host's.
func (p place) prepare(ctx context.Context) error {
	pool, err := p.pool(ctx)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := pool.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS "+pgx.Identifier{p.schema}.Sanitize()); err != nil {
		return fmt.Errorf("schema: %w", err)
	}
	st, err := postgres.Open(ctx, p.dsn, postgres.WithSchema(p.schema), postgres.WithMigration())
	if err == nil {
		err = st.Close()
	}
	if err != nil {
		return err
	}
	migrator, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err == nil {
		_, err = migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
	}
	if err != nil {
		return fmt.Errorf("river: tables: %w", err)
	}
	if _, err := pool.Exec(ctx, tables); err != nil {
		return fmt.Errorf("the host's tables: %w", err)
	}
	return nil
}

// drop removes the schema with everything in it.
func (p place) drop(ctx context.Context) error {
	pool, err := p.pool(ctx)
	if err != nil {
		return err
	}
	defer pool.Close()
	_, err = pool.Exec(ctx, "DROP SCHEMA IF EXISTS "+pgx.Identifier{p.schema}.Sanitize()+" CASCADE")
	return err
}

// tables are the host's. What has been reacted to is there once, by its key; the
// letters have none, so that one written twice would show.
const tables = `
CREATE TABLE IF NOT EXISTS notified (
	kind text NOT NULL, id text NOT NULL, seq bigint NOT NULL,
	PRIMARY KEY (kind, id, seq)
);
CREATE TABLE IF NOT EXISTS letters (
	kind text NOT NULL, id text NOT NULL, seq bigint NOT NULL,
	event text NOT NULL, process text NOT NULL, written timestamptz NOT NULL DEFAULT now()
);`

// host is what a process has open on the database.
type host struct {
	pool  *pgxpool.Pool
	store *sqlstore.Store
}

func (p place) open(ctx context.Context) (*host, error) {
	pool, err := p.pool(ctx)
	if err != nil {
		return nil, err
	}
	st, err := p.store(ctx)
	if err != nil {
		pool.Close()
		return nil, err
	}
	return &host{pool, st}, nil
}

func (h *host) close() error {
	h.pool.Close()
	return h.store.Close()
}

// waiting returns how many jobs are not done, and how many entries no reader of the
// feed has met.
func (h *host) waiting(ctx context.Context) (jobs, arrivals int64, err error) {
	err = h.pool.QueryRow(ctx, "SELECT (SELECT count(*) FROM river_job WHERE finalized_at IS NULL), (SELECT count(*) FROM tian_arrivals)").Scan(&jobs, &arrivals)
	return jobs, arrivals, err
}

// noSecrets tells an error without the connection string, which may hold a password.
func (p place) noSecrets(err error) error {
	if err != nil && strings.Contains(err.Error(), p.dsn) {
		return errors.New(strings.ReplaceAll(err.Error(), p.dsn, "postgres://…"))
	}
	return err
}

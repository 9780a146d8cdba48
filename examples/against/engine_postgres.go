package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	gormpostgres "gorm.io/driver/postgres"

	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/postgres"
)

// openPostgres has a schema for each way, which is removed. It has all ways
// unless some are named.
func openPostgres(ctx context.Context, dsn string, only ...string) (*engine, error) {
	admin, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return nil, fmt.Errorf("postgres: %w", err)
	}
	e := &engine{name: "postgres"}
	e.remove = func(ctx context.Context) error {
		defer admin.Close()
		var errs []error
		for _, schema := range e.places {
			if _, err := admin.Exec(ctx, "DROP SCHEMA IF EXISTS "+schema+" CASCADE"); err != nil {
				errs = append(errs, fmt.Errorf("remove schema %s: %w", schema, err))
			}
		}
		return errors.Join(errs...)
	}
	return opened(ctx, e, func() error {
		db := stdlib.OpenDBFromPool(admin)
		defer func() { _ = db.Close() }()
		e.settings, err = askEach(ctx, db, "version", "SHOW server_version", "synchronous_commit", "SHOW synchronous_commit",
			"fsync", "SHOW fsync", "full_page_writes", "SHOW full_page_writes",
			"autovacuum", "SHOW autovacuum") // the last: whether plans follow the tables' growth
		if err != nil {
			return err
		}
		for _, o := range chosen(only, []opening{
			{"tian", func(schema string) (rival, error) {
				return libraryOn(postgres.Open(ctx, dsn, postgres.WithSchema(schema), postgres.WithMigration(), postgres.WithConnections(connections)))
			}},
			{"tian+groupcommit", func(schema string) (rival, error) {
				st, err := postgres.Open(ctx, dsn, postgres.WithSchema(schema), postgres.WithMigration(), postgres.WithConnections(connections))
				if err != nil {
					return nil, err
				}
				return newLibrary(groupcommit.New(st))
			}},
			{handWritten, func(schema string) (rival, error) { return inSchema(ctx, dsn, schema, newHandPgx) }},
			{"gorm", func(schema string) (rival, error) { return gormOnPostgres(ctx, dsn, schema) }},
			{"river insert", func(schema string) (rival, error) { return inSchema(ctx, dsn, schema, newQueue) }},
		}) {
			schema := uniqueName()
			e.places = append(e.places, schema) // before it is there: nothing is left when this is interrupted
			if _, err := admin.Exec(ctx, "CREATE SCHEMA "+schema); err != nil {
				return err
			}
			if err := e.add(ctx, o.name, roomOfSchema(admin, schema), func() (rival, error) { return o.open(schema) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// inSchema opens a rival on a pool that finds its tables in a schema.
func inSchema[R rival](ctx context.Context, dsn, schema string, open func(context.Context, *pgxpool.Pool) (R, error)) (rival, error) {
	config, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.MaxConns = connections
	config.ConnConfig.RuntimeParams["search_path"] = schema
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	r, err := open(ctx, pool)
	if err != nil {
		pool.Close()
		return nil, err
	}
	return r, nil
}

func gormOnPostgres(ctx context.Context, dsn, schema string) (rival, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["search_path"] = schema
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return newORM(ctx, gormpostgres.New(gormpostgres.Config{Conn: db}))
}

// roomOfSchema compacts with VACUUM FULL: how much room dead rows take depends on
// when the server last looked.
func roomOfSchema(db *pgxpool.Pool, schema string) *room {
	each := func(ctx context.Context, statement string) error {
		rows, err := db.Query(ctx, `SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = $1`, schema)
		if err != nil {
			return err
		}
		tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		for _, table := range tables {
			if _, err := db.Exec(ctx, statement+" "+table); err != nil {
				return err
			}
		}
		return nil
	}
	return &room{
		compact: func(ctx context.Context) error { return each(ctx, "VACUUM (FULL)") },
		analyse: func(ctx context.Context) error { return each(ctx, "ANALYZE") },
		size: func(ctx context.Context) (size int64, err error) {
			err = db.QueryRow(ctx, `SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
				FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind = 'r'`, schema).Scan(&size)
			return size, err
		},
	}
}

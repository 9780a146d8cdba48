package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	driver "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
	"github.com/tian-go/tian/proposal/store/storetest"
	"github.com/tian-go/tian/proposal/store/storetest/certify"
)

func postgresEngine() certify.Engine {
	return certify.Engine{
		Name: "PostgreSQL, github.com/jackc/pgx/v5",
		Takes: func(dsn string) bool {
			return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
		},
		Version: func(ctx context.Context, dsn string) (string, error) { return ask(ctx, "pgx", dsn, "SELECT version()") },
		Stores: func(dsn string) storetest.Durable {
			return storetest.Durable{
				Place: func(t testing.TB) string {
					schema := newName()
					execute(t, "pgx", dsn, "CREATE SCHEMA "+schema)
					t.Cleanup(func() { execute(t, "pgx", dsn, "DROP SCHEMA "+schema+" CASCADE") })
					return schema
				},
				Open: func(t testing.TB, schema string) (storetest.ClosingStore, error) {
					return postgres.Open(t.Context(), dsn, postgres.WithSchema(schema), postgres.WithMigration())
				},
				Begin: func(t testing.TB, _ string, s store.Store) storetest.Transaction { return begin(t, "pgx", dsn, s) },
				Linger: func(t testing.TB, schema string) {
					execute(t, "pgx", dsn, "CREATE FUNCTION "+schema+`.linger() RETURNS trigger LANGUAGE plpgsql AS
						$$ BEGIN PERFORM pg_sleep(random() * 0.005); RETURN NULL; END $$`)
					execute(t, "pgx", dsn, "CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON "+schema+`.tian_entries
						DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION `+schema+".linger()")
				},
			}
		},
	}
}

func mysqlEngine() certify.Engine {
	return certify.Engine{
		Name: "MySQL or MariaDB, github.com/go-sql-driver/mysql",
		Takes: func(dsn string) bool {
			_, err := driver.ParseDSN(dsn)
			return err == nil && strings.Contains(dsn, "/") && strings.Contains(dsn, "(")
		},
		Version: func(ctx context.Context, dsn string) (string, error) {
			return ask(ctx, "mysql", dsn, "SELECT concat(@@version_comment, ' ', version())")
		},
		Stores: func(dsn string) storetest.Durable {
			stores := storetest.Durable{
				Place: func(t testing.TB) string {
					config, err := driver.ParseDSN(dsn)
					if err != nil {
						t.Fatal(err)
					}
					config.DBName = newName()
					name := config.DBName
					execute(t, "mysql", dsn, "CREATE DATABASE "+name)
					t.Cleanup(func() { execute(t, "mysql", dsn, "DROP DATABASE "+name) })
					return config.FormatDSN()
				},
				Open: func(t testing.TB, place string) (storetest.ClosingStore, error) {
					return mysql.Open(t.Context(), place, mysql.WithMigration())
				},
				Begin: func(t testing.TB, place string, s store.Store) storetest.Transaction {
					return begin(t, "mysql", place, s)
				},
				Linger: func(t testing.TB, place string) {
					execute(t, "mysql", place, "CREATE TRIGGER linger AFTER INSERT ON tian_entries FOR EACH ROW DO sleep(rand() * 0.005)")
				},
			}
			if tidb, err := ask(context.Background(), "mysql", dsn, "SELECT 0 /*T! + 1 */"); err == nil && tidb == "1" {
				stores.Linger = nil // TiDB has no triggers
			}
			return stores
		},
	}
}

// sqliteEngine takes every connection string that is left: a path.
func sqliteEngine() certify.Engine {
	return certify.Engine{
		Name:  "SQLite, modernc.org/sqlite",
		Takes: func(dsn string) bool { return !strings.Contains(dsn, "://") },
		Version: func(ctx context.Context, _ string) (string, error) {
			return ask(ctx, "sqlite", ":memory:", "SELECT 'SQLite ' || sqlite_version()")
		},
		Stores: func(dsn string) storetest.Durable {
			return storetest.Durable{
				Place: func(t testing.TB) string {
					dir, err := os.MkdirTemp(filepath.Dir(dsn), "tian-certify-") //nolint:usetesting // on the disk that is asked about
					if err != nil {
						t.Fatal(err)
					}
					t.Cleanup(func() {
						if err := os.RemoveAll(dir); err != nil {
							t.Error(err)
						}
					})
					return filepath.Join(dir, "tian.db")
				},
				Open: func(t testing.TB, file string) (storetest.ClosingStore, error) { return sqlite.Open(t.Context(), file) },
				Begin: func(t testing.TB, file string, s store.Store) storetest.Transaction {
					tx := begin(t, "sqlite", "file:"+file+"?_txlock=immediate&_busy_timeout=10000", s)
					tx.Alone = true
					return tx
				},
			}
		},
	}
}

var names atomic.Int64 //nolint:gochecknoglobals // numbers the places of this process

func newName() string { return fmt.Sprintf("tian_certify_%d_%d", os.Getpid(), names.Add(1)) }

func ask(ctx context.Context, driver, dsn, text string) (answer string, err error) {
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }() // the answer has been read
	err = db.QueryRowContext(ctx, text).Scan(&answer)
	return answer, err
}

// execute changes what is around a store; also when the examination was stopped.
func execute(t testing.TB, driver, dsn, text string) {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // nothing is in it
	if _, err := db.ExecContext(context.WithoutCancel(t.Context()), text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

// begin begins a transaction of a host's, on a pool of its own.
func begin(t testing.TB, driver, dsn string, s store.Store) storetest.Transaction {
	t.Helper()
	here, ok := store.As[*sqlstore.Store](s)
	if !ok {
		t.Fatalf("%T stands on no store of package sqlstore", s)
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // its transaction has ended
	tx, err := db.BeginTx(t.Context(), &sql.TxOptions{Isolation: isolation(driver)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() }) // an error when it has ended
	return storetest.Transaction{Store: here.In(tx), Commit: tx.Commit, Rollback: tx.Rollback}
}

func isolation(driver string) sql.IsolationLevel {
	if driver == "mysql" {
		return sql.LevelReadCommitted
	}
	return sql.LevelDefault
}

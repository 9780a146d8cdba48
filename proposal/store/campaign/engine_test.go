//go:build unix

package campaign

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	driver "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/groupcommit"
	"github.com/tian-go/tian/proposal/store/mysql"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlite"
)

// place is where a store's data is, such that another process can open it.
type place struct {
	Engine string // sqlite, postgres or mysql
	DSN    string
	Schema string // of PostgreSQL
	Group  bool   // with groupcommit in front
}

// String is how the table names it.
func (p place) String() string {
	if p.Group {
		return p.Engine + ", groupcommit"
	}
	return p.Engine
}

type closingStore interface {
	store.Store
	io.Closer
}

func (p place) open(ctx context.Context) (closingStore, error) {
	s, err := p.openEngine(ctx)
	if err == nil && p.Group {
		return groupcommit.New(s), nil
	}
	return s, err
}

func (p place) openEngine(ctx context.Context) (closingStore, error) {
	switch p.Engine {
	case "sqlite":
		return sqlite.Open(ctx, p.DSN)
	case "postgres":
		return postgres.Open(ctx, p.DSN, postgres.WithSchema(p.Schema), postgres.WithMigration())
	case "mysql":
		return mysql.Open(ctx, p.DSN, mysql.WithMigration())
	}
	return nil, fmt.Errorf("engine %q is unknown", p.Engine)
}

func mustOpen(t *testing.T, p place) closingStore {
	t.Helper()
	s, err := p.open(context.Background())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// engines makes an empty place on each engine.
var engines = map[string]func(t *testing.T) place{
	"sqlite": func(t *testing.T) place {
		return place{Engine: "sqlite", DSN: filepath.Join(t.TempDir(), "tian.db")}
	},
	"sqlite with group commit": func(t *testing.T) place {
		return place{Engine: "sqlite", DSN: filepath.Join(t.TempDir(), "tian.db"), Group: true}
	},
	"postgres": func(t *testing.T) place {
		dsn := os.Getenv("TIAN_POSTGRES_DSN")
		if dsn == "" {
			dsn = startPostgres(t).dsn("")
		}
		return postgresPlace(t, dsn)
	},
	"mysql": func(t *testing.T) place {
		dsn := os.Getenv("TIAN_MYSQL_DSN")
		if dsn == "" {
			dsn = startMariaDB(t).dsn("")
		}
		return mysqlPlace(t, dsn)
	},
}

func eachEngine(t *testing.T, f func(t *testing.T, p place)) {
	for _, name := range []string{"sqlite", "sqlite with group commit", "postgres", "mysql"} {
		t.Run(name, func(t *testing.T) { f(t, engines[name](t)) })
	}
}

var places atomic.Int64 // numbers the schemas and databases of this process

func uniqueName() string { return fmt.Sprintf("tian_campaign_%d_%d", os.Getpid(), places.Add(1)) }

func postgresPlace(t *testing.T, dsn string) place {
	t.Helper()
	p := place{Engine: "postgres", DSN: dsn, Schema: uniqueName()}
	administer(t, "pgx", dsn, "CREATE SCHEMA "+p.Schema, "DROP SCHEMA "+p.Schema+" CASCADE")
	return p
}

func mysqlPlace(t *testing.T, dsn string) place {
	t.Helper()
	config, err := driver.ParseDSN(dsn)
	require.NoError(t, err)
	database := uniqueName()
	administer(t, "mysql", dsn, "CREATE DATABASE "+database, "DROP DATABASE "+database)
	config.DBName = database
	return place{Engine: "mysql", DSN: config.FormatDSN()}
}

// administer does one thing now and undoes it after the test.
func administer(t *testing.T, driver, dsn, do, undo string) {
	t.Helper()
	exec := func(text string) {
		db, err := sql.Open(driver, dsn)
		require.NoError(t, err)
		defer func() { require.NoError(t, db.Close()) }()
		_, err = db.ExecContext(context.Background(), text)
		require.NoError(t, err)
	}
	exec(do)
	t.Cleanup(func() { exec(undo) })
}

// large reports whether the large campaign is asked for.
func large() bool { return os.Getenv("TIAN_CAMPAIGN") == "large" }

// times is how often to do something.
func times(few, many int) int {
	if large() {
		return many
	}
	return few
}

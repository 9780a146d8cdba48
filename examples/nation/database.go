package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/store/postgres"
	"github.com/tian-go/tian/proposal/store/sqlite"
)

// database is a store that is closed after use.
type database interface {
	store.Store
	io.Closer
}

// open opens the database of that name, "" for one in memory, and makes its
// tables when they are missing. On PostgreSQL they are in a schema: the one
// given, or "nation" when the name leads to none by its search_path.
func open(ctx context.Context, name, schema string, connections int) (database, error) {
	scheme, _, isURL := strings.Cut(name, "://")
	switch {
	case name == "":
		return memory.New(), nil
	case isURL && (scheme == "postgres" || scheme == "postgresql"):
		return openPostgres(ctx, name, schema, connections)
	case isURL && scheme != "file":
		return nil, fmt.Errorf("--db: there is no database %q: an SQLite file and postgres:// are known", scheme+"://")
	}
	if !strings.HasPrefix(name, "file:") {
		name = fileWithCache(name)
	}
	st, err := sqlite.Open(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("--db: %w", err)
	}
	return st, nil
}

// fileWithCache names an SQLite file so that each connection keeps up to 128 MB of
// its pages: attributes come in no order, and with SQLite's own 2 MB a page of
// theirs is read from the file and written to it many times in a large commit.
func fileWithCache(path string) string {
	name := filepath.ToSlash(path)
	if filepath.VolumeName(path) != "" {
		name = "/" + name // a drive's letter is no scheme
	}
	return "file:" + (&url.URL{Path: name}).EscapedPath() + "?_pragma=cache_size(-131072)"
}

func openPostgres(ctx context.Context, dsn, schema string, connections int) (database, error) {
	options := []postgres.Option{postgres.WithMigration(), postgres.WithConnections(connections)}
	u, err := url.Parse(dsn)
	if err != nil {
		return nil, errors.New("--db: the name of a PostgreSQL database is postgres://user@host:port/name")
	}
	if schema == "" && !u.Query().Has("search_path") {
		schema = "nation"
	}
	if schema != "" {
		if err := makeSchema(ctx, dsn, schema); err != nil {
			return nil, fmt.Errorf("--db: schema %s: %w", schema, err)
		}
		options = append(options, postgres.WithSchema(schema))
	}
	st, err := postgres.Open(ctx, dsn, options...)
	if err != nil {
		return nil, fmt.Errorf("--db: %w", err)
	}
	return st, nil
}

// makeSchema makes a schema unless it is there.
func makeSchema(ctx context.Context, dsn, schema string) error {
	db, err := sql.Open("pgx", dsn) // the driver is that of package postgres
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `CREATE SCHEMA IF NOT EXISTS "`+strings.ReplaceAll(schema, `"`, `""`)+`"`)
	return errors.Join(err, db.Close())
}

// kindOfRun is the kind of the record that says what a database was filled with.
const kindOfRun = "nation.run"

// terms are what a run's plans depend on.
type terms struct {
	Seed   uint64 `json:"seed"`
	Cases  int    `json:"cases"`
	Bodies int    `json:"bodies"`
}

// agree writes the terms of a run into an empty database. It reports whether the
// same run had begun there before, and fails when the database holds another, or
// proposals of somebody else.
func agree(ctx context.Context, st store.Store, t terms) (begun bool, err error) {
	data, err := json.Marshal(t)
	if err != nil {
		return false, fmt.Errorf("the terms of the run: %w", err)
	}
	r, _, err := st.Load(ctx, kindOfRun, "run")
	switch {
	case err == nil && bytes.Equal(r.Data, data):
		return true, nil
	case err == nil:
		return false, fmt.Errorf("--db: a run with other terms has begun there, %s; go on with those, or name another database", r.Data)
	case !errors.Is(err, store.ErrNotFound):
		return false, fmt.Errorf("--db: %w", err)
	}
	others, err := st.Find(ctx, store.Query{Kind: proposal.Kind, Max: 1})
	if err != nil {
		return false, fmt.Errorf("--db: %w", err)
	}
	if len(others) > 0 {
		return false, errors.New("--db: there are proposals of another origin; name an empty database")
	}
	if err := st.Commit(ctx, store.Change{Record: store.Record{Kind: kindOfRun, ID: "run", Data: data}}); err != nil {
		return false, fmt.Errorf("--db: %w", err)
	}
	return false, nil
}

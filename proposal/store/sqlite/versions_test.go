package sqlite_test

import (
	"context"
	"database/sql"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// later is the dialect of a release to come, whose schema has one step more.
type later struct {
	sqlite.Dialect
	step string
}

func (l later) Migrations() fs.FS {
	files := fstest.MapFS{"migrations/0002_later.sql": {Data: []byte(l.step)}}
	if first, err := fs.ReadFile(l.Dialect.Migrations(), "migrations/0001_tables.sql"); err == nil {
		files["migrations/0001_tables.sql"] = &fstest.MapFile{Data: first}
	}
	return files
}

// A newer program has brought the schema on while this one runs: where the new
// step says that it may, this one goes on, starts anew and may even be told to
// migrate.
func TestAnOlderProgramRunsOnANewerSchemaThatSaysSo(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "tian.db")
	running, err := sqlite.Open(ctx, file)
	require.NoError(t, err)
	defer closeStore(t, running)
	newer, err := sqlstore.New(ctx, sqlstore.Config{Dialect: later{step: "-- oldest: 1\nCREATE INDEX {index}later ON {table}records (revision);\n"}, DB: plain(t, file), Migrate: true})
	require.NoError(t, err)
	defer closeStore(t, newer)
	for name, options := range map[string][]sqlite.Option{"migrating": nil, "not migrating": {sqlite.WithoutMigration()}} {
		again, err := sqlite.Open(ctx, file, options...)
		require.NoError(t, err, name)
		for i, st := range []*sqlstore.Store{running, newer, again} {
			require.NoError(t, st.Commit(ctx, store.Change{
				Record:  store.Record{Kind: "case", ID: name, Revision: uint64(i)},
				Entries: []store.Line{{Seq: uint64(i) + 1}},
			}), name)
		}
		closeStore(t, again)
	}
	var version int
	require.NoError(t, plain(t, file).QueryRow("SELECT max(version) FROM tian_schema").Scan(&version))
	require.Equal(t, 2, version)
}

func TestAnOlderProgramRefusesANewerSchemaThatDoesNot(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "tian.db")
	newer, err := sqlstore.New(ctx, sqlstore.Config{Dialect: later{step: "CREATE INDEX {index}later ON {table}records (revision);\n"}, DB: plain(t, file), Migrate: true})
	require.NoError(t, err)
	closeStore(t, newer)
	for name, options := range map[string][]sqlite.Option{"migrating": nil, "not migrating": {sqlite.WithoutMigration()}} {
		_, err := sqlite.Open(ctx, file, options...)
		require.ErrorIs(t, err, sqlstore.ErrSchema, name)
		require.ErrorContains(t, err, "at version 2, this code knows 1", name)
	}
}

// A replica may be behind: what an act is decided by is read where it is written.
func TestWhatAnActIsDecidedByIsNotReadFromAReplica(t *testing.T) {
	ctx := context.Background()
	primary, replica := filepath.Join(t.TempDir(), "primary.db"), filepath.Join(t.TempDir(), "replica.db")
	db := plain(t, primary)
	change := func(revision uint64) store.Change {
		return store.Change{
			Record:  store.Record{Kind: "case", ID: "a", Revision: revision},
			Entries: []store.Line{{Seq: revision + 1, Command: string(rune('a' + revision))}},
		}
	}
	first, err := sqlite.New(ctx, db)
	require.NoError(t, err)
	require.NoError(t, first.Commit(ctx, change(0)))
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", replica)
	require.NoError(t, err)
	behind, err := sql.Open("sqlite", replica)
	require.NoError(t, err)
	defer closeStore(t, behind)

	st, err := sqlstore.New(ctx, sqlstore.Config{Dialect: sqlite.Dialect{}, DB: db, Read: behind})
	require.NoError(t, err)
	defer closeStore(t, st)
	require.NoError(t, st.Commit(ctx, change(1)))
	r, last, err := st.Load(ctx, "case", "a")
	require.NoError(t, err)
	require.Equal(t, uint64(2), r.Revision)
	require.Equal(t, "b", last.Command)
	history, err := st.History(ctx, "case", "a", 0, 0)
	require.NoError(t, err)
	require.Len(t, history, 2)
	found, err := st.Find(ctx, store.Query{Kind: "case"})
	require.NoError(t, err)
	require.Equal(t, uint64(1), found[0].Revision, "lists are read from the replica")
}

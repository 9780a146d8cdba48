package sqlite_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

// plain opens the file as any SQLite client would.
func plain(t *testing.T, file string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	t.Cleanup(func() { closeStore(t, db) })
	return db
}

func TestManyMayOpenANewFileAtOnce(t *testing.T) {
	ctx := context.Background()
	for range 5 {
		file := filepath.Join(t.TempDir(), "tian.db")
		errs := make(chan error)
		const openers = 8
		for range openers {
			go func() {
				s, err := sqlite.Open(ctx, file)
				if err == nil {
					err = s.Close()
				}
				errs <- err
			}()
		}
		for range openers {
			require.NoError(t, <-errs)
		}
		var versions int
		require.NoError(t, plain(t, file).QueryRow("SELECT count(*) FROM tian_schema").Scan(&versions))
		require.Equal(t, 1, versions)
	}
}

func TestANewerSchemaIsRefusedAndLeftAlone(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "tian.db")
	s, err := sqlite.Open(ctx, file)
	require.NoError(t, err)
	closeStore(t, s)
	db := plain(t, file)
	_, err = db.Exec("INSERT INTO tian_schema (version) VALUES (99)")
	require.NoError(t, err)

	for name, opts := range map[string][]sqlite.Option{"migrating": nil, "not migrating": {sqlite.WithoutMigration()}} {
		_, err = sqlite.Open(ctx, file, opts...)
		require.ErrorIs(t, err, sqlstore.ErrSchema, name)
		require.ErrorContains(t, err, "at version 99, this code knows 1", name)
	}
	var versions int
	require.NoError(t, db.QueryRow("SELECT count(*) FROM tian_schema").Scan(&versions))
	require.Equal(t, 2, versions)
}

func TestWithoutMigrationAnEmptyFileIsRefused(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "tian.db")
	_, err := sqlite.Open(ctx, file, sqlite.WithoutMigration())
	require.ErrorIs(t, err, sqlstore.ErrSchema)
	require.ErrorContains(t, err, "run Migrate first")

	require.NoError(t, sqlite.Migrate(ctx, plain(t, file)))
	s, err := sqlite.Open(ctx, file, sqlite.WithoutMigration())
	require.NoError(t, err)
	closeStore(t, s)
}

// testdata/v1.sql is a dump of a file that version 1 of the schema has written.
func TestAFileOfVersion1IsReadToday(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "tian.db")
	dump, err := os.ReadFile("testdata/v1.sql")
	require.NoError(t, err)
	_, err = plain(t, file).Exec(string(dump))
	require.NoError(t, err)

	s, err := sqlite.Open(ctx, file)
	require.NoError(t, err)
	defer closeStore(t, s)
	r, _, err := s.Load(ctx, "proposal", "01J0A")
	require.NoError(t, err)
	require.Equal(t, store.Record{Kind: "proposal", ID: "01J0A", Revision: 2, Data: []byte(`{"state":"filed"}`),
		Index: []store.Attr{{Name: "state", Value: "filed"}, {Name: "unit", Value: "商务厅"}}}, r)
	found, err := s.Find(ctx, store.Query{Kind: "proposal", Where: []store.Match{{Attr: "unit", Op: store.Is, Values: []string{"商务厅"}}}})
	require.NoError(t, err)
	require.Equal(t, []store.Record{r}, found)
	feed, err := s.Feed(ctx, 0, 0)
	require.NoError(t, err)
	require.Equal(t, []store.Line{
		{Position: 1, Kind: "proposal", ID: "01J0A", Seq: 1, Command: "open-1", Data: []byte(`{"action":"open"}`), Hash: "h1"},
		{Position: 2, Kind: "topic", ID: "01J0A", Seq: 1, Data: []byte(`{"action":"raise"}`), Hash: "h1"},
		{Position: 3, Kind: "proposal", ID: "01J0A", Seq: 2, Command: "file-1", Data: []byte(`{"action":"file"}`), Hash: "h2"},
	}, feed)
	err = s.Commit(ctx, store.Change{Record: store.Record{Kind: "proposal", ID: "01J0A", Revision: 2},
		Entries: []store.Line{{Seq: 3, Command: "file-1"}}})
	require.ErrorIs(t, err, store.ErrDuplicate)
}

func TestPrefixesKeepStoresApart(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "tian.db")
	for i, prefix := range []string{"city_", "district_"} {
		s, err := sqlite.Open(ctx, file, sqlite.WithPrefix(prefix))
		require.NoError(t, err)
		found, err := s.Find(ctx, store.Query{Kind: "case"})
		require.NoError(t, err)
		require.Empty(t, found, "store %d", i)
		require.NoError(t, s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: prefix}}))
		closeStore(t, s)
	}
	for _, prefix := range []string{"a-", "a b", "1a", "a;--", "sqlite\x00"} {
		_, err := sqlite.Open(ctx, file, sqlite.WithPrefix(prefix))
		require.ErrorContains(t, err, "is not an identifier", prefix)
	}
}

// The audit of a ledger rests on this: what any client changes is what History
// returns, so that the seals over it no longer fit.
func TestOneByteChangedByAnyClientIsSeen(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "tian.db")
	s, err := sqlite.Open(ctx, file)
	require.NoError(t, err)
	defer closeStore(t, s)
	require.NoError(t, s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: "a"},
		Entries: []store.Line{{Seq: 1, Data: []byte("agreed")}}}))
	_, err = plain(t, file).Exec("UPDATE tian_entries SET body = replace(body, 'agr', 'bgr') WHERE id = 'a' AND seq = 1")
	require.NoError(t, err)
	h, err := s.History(ctx, "case", "a", 0, 0)
	require.NoError(t, err)
	require.Equal(t, "bgreed", string(h[0].Data))
}

// A row that somebody has put into the index keeps nobody from acting.
func TestAnIndexThatDoesNotFitItsRecordsHoldsNobodyUp(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "tian.db")
	s, err := sqlite.Open(ctx, file)
	require.NoError(t, err)
	defer closeStore(t, s)
	_, err = plain(t, file).Exec("INSERT INTO tian_attrs VALUES ('case', 'state', 'draft', 'a')")
	require.NoError(t, err)
	err = s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: "a", Index: []store.Attr{{Name: "state", Value: "draft"}}}})
	require.NoError(t, err)
	found, err := s.Find(ctx, store.Query{Kind: "case", Where: []store.Match{{Attr: "state", Op: store.Is, Values: []string{"draft"}}}})
	require.NoError(t, err)
	require.Len(t, found, 1)
}

package sqlite_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlite"
)

func TestAnyFileNameIsAFileName(t *testing.T) {
	ctx := context.Background()
	for _, name := range []string{"plain.db", "with space.db", "100%.db", "a?b=c&d.db", "a#b.db", "提案.db", "a%20b.db", "a+b.db", "'\".db"} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), name)
			for i := range uint64(2) {
				s, err := sqlite.Open(ctx, file)
				require.NoError(t, err)
				require.NoError(t, s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: "a", Revision: i}}))
				closeStore(t, s)
			}
			_, err := os.Stat(file)
			require.NoError(t, err)
		})
	}
}

func TestARelativePathAndAURIAreTheSameFile(t *testing.T) {
	ctx := context.Background()
	t.Chdir(t.TempDir())
	s, err := sqlite.Open(ctx, "tian.db")
	require.NoError(t, err)
	require.NoError(t, s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: "a"}}))
	closeStore(t, s)
	s, err = sqlite.Open(ctx, "file:tian.db?mode=rw")
	require.NoError(t, err)
	_, _, err = s.Load(ctx, "case", "a")
	require.NoError(t, err)
	closeStore(t, s)
}

func TestWhatCannotBeAStoreIsRefused(t *testing.T) {
	ctx := context.Background()
	notADatabase := filepath.Join(t.TempDir(), "letter.txt")
	require.NoError(t, os.WriteFile(notADatabase, []byte("Dear committee, this is a letter and no database at all."), 0o600))
	for path, says := range map[string]string{
		"":                           "package memory",
		":memory:":                   "package memory",
		"file::memory:?cache=shared": "package memory",
		"file:x.db?mode=memory":      "package memory",
		filepath.Join(t.TempDir(), "no", "such", "directory.db"): "directory.db",
		notADatabase: "not a database",
	} {
		_, err := sqlite.Open(ctx, path)
		require.ErrorContains(t, err, says, path)
	}
	text, err := os.ReadFile(notADatabase)
	require.NoError(t, err)
	require.Contains(t, string(text), "Dear committee")
}

func TestAnEndedContextOpensNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "tian.db"))
	require.ErrorIs(t, err, context.Canceled)
}

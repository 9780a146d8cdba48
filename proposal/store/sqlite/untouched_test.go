package sqlite_test

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/sqlite"
	"github.com/tian-go/tian/proposal/store/sqlstore"
)

func digest(t *testing.T, file string) [sha256.Size]byte {
	t.Helper()
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	return sha256.Sum256(data)
}

// Whoever names the wrong file to look into must not find it turned to WAL.
func TestAFileOfAnotherProgramThatIsRefusedStaysAsItWas(t *testing.T) {
	file := filepath.Join(t.TempDir(), "people.db")
	db := plain(t, file)
	_, err := db.Exec("CREATE TABLE people (name TEXT)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	empty := filepath.Join(t.TempDir(), "empty.db")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	for _, name := range []string{file, empty} {
		before := digest(t, name)
		_, err = sqlite.Open(context.Background(), name, sqlite.WithoutMigration())
		require.ErrorIs(t, err, sqlstore.ErrSchema)
		require.Equal(t, before, digest(t, name))
		beside, err := os.ReadDir(filepath.Dir(name))
		require.NoError(t, err)
		require.Len(t, beside, 1)
	}
}

// A file that nobody may write is read where it lies, with nothing made beside it.
func TestAnArchiveIsReadWithoutATrace(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "archive.db")
	s, err := sqlite.Open(ctx, file)
	require.NoError(t, err)
	require.NoError(t, s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: "a"}}))
	closeStore(t, s)
	require.NoError(t, os.Chmod(file, 0o400))
	before := digest(t, file)
	s, err = sqlite.Open(ctx, "file:"+filepath.ToSlash(file)+"?immutable=1", sqlite.WithoutMigration())
	require.NoError(t, err)
	r, _, err := s.Load(ctx, "case", "a")
	require.NoError(t, err)
	require.Equal(t, uint64(1), r.Revision)
	require.Error(t, s.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: "b"}}))
	closeStore(t, s)
	require.Equal(t, before, digest(t, file))
	beside, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	require.Len(t, beside, 1)
}

package sqlite

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestConnectionsAreSetForDurability(t *testing.T) {
	ctx := context.Background()
	write, read, err := pools(filepath.Join(t.TempDir(), "tian.db"), newSettings(nil))
	require.NoError(t, err)
	defer func() { require.NoError(t, write.Close()) }()
	defer func() { require.NoError(t, read.Close()) }()
	ask := func(pragma string) (value string) {
		require.NoError(t, write.QueryRowContext(ctx, "PRAGMA "+pragma).Scan(&value))
		return value
	}
	require.Equal(t, "wal", ask("journal_mode"))
	require.Equal(t, "2", ask("synchronous")) // FULL
	require.Equal(t, 1, write.Stats().MaxOpenConnections)
	_, err = read.ExecContext(ctx, "CREATE TABLE t (a)")
	require.ErrorContains(t, err, "readonly")
}

// Two transactions that both begin by reading must not both come to write.
func TestATransactionHoldsTheWriteLockFromTheStart(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "tian.db")
	s, err := Open(ctx, file)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	write, read, err := pools(file, newSettings(nil))
	require.NoError(t, err)
	defer func() { require.NoError(t, write.Close()) }()
	defer func() { require.NoError(t, read.Close()) }()
	tx, err := write.BeginTx(ctx, nil)
	require.NoError(t, err)
	other, _, err := pools(file, newSettings(nil))
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	_, err = other.BeginTx(ctx, nil)
	require.ErrorContains(t, err, "locked")
	require.NoError(t, tx.Rollback())
}

func TestANilOptionIsNone(t *testing.T) {
	require.Equal(t, newSettings(nil), newSettings([]Option{nil, nil}))
}

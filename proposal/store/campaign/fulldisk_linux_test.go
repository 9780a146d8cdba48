package campaign

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/sqlite"
)

// A disk that is really full: a small file system in memory, which is then made larger.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("skipped: a small file system cannot be mounted here (%v); run as root, or see TestFullDatabase", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
	file := filepath.Join(dir, "tian.db")
	s := mustOpen(t, place{Engine: "sqlite", DSN: file})
	fillUp(t, s, file, func(round int) {
		require.NoError(t, syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dm", 4+2*round)))
	})
}

// The same where nothing can be mounted: SQLite is told how large the file may
// become, and reports the same error.
func TestFullDatabase(t *testing.T) {
	ctx := context.Background()
	file := filepath.Join(t.TempDir(), "tian.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_txlock=immediate&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=1000")
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	db.SetMaxOpenConns(1) // the limit belongs to the connection
	s, err := sqlite.New(ctx, db)
	require.NoError(t, err)
	limit := func(pages int) {
		_, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages))
		require.NoError(t, err)
	}
	limit(100)
	fillUp(t, s, file, func(round int) { limit(200 + 100*round) })
	require.NoError(t, s.Close())
}

// fillUp writes until there is no room, looks whether all is well, makes room,
// and goes on.
func fillUp(t *testing.T, s closingStore, file string, makeRoom func(round int)) {
	t.Helper()
	ctx := context.Background()
	var acknowledged []ack
	rounds := times(2, 12)
	refused := 0
	for round := range rounds {
		full := false
		for i := 0; !full; i++ {
			require.Less(t, i, 100_000, "the disk does not fill up")
			id, command := caseID(i%50), fmt.Sprintf("%d-%d", round, i)
			a, _, err := acting(ctx, s, id, command)
			if err == nil {
				acknowledged = append(acknowledged, a)
				continue
			}
			require.ErrorContains(t, err, "sqlite: commit: ")
			require.ErrorContains(t, err, "full")
			full = true
		}
		for i := range 20 { // it stays that way, and does no harm
			a, _, err := acting(ctx, s, caseID(i), fmt.Sprintf("%d-full-%d", round, i))
			if err != nil {
				refused++
			} else {
				acknowledged = append(acknowledged, a)
			}
		}
		f, err := inspect(ctx, s, acknowledged)
		require.NoError(t, err, "a full disk can be read")
		require.True(t, f.clean(), "%v", f)
		makeRoom(round)
		a, _, err := acting(ctx, s, caseID(0), fmt.Sprintf("%d-room", round))
		require.NoError(t, err, "there is room again")
		acknowledged = append(acknowledged, a)
	}
	f, err := inspect(ctx, s, acknowledged)
	require.NoError(t, err)
	t.Logf("times full %d, refused meanwhile %d, acknowledged %d, found %d, %v", rounds, refused, len(acknowledged), f.entries/2, f)
	report(t, f.counted("the disk full", "sqlite", rounds, len(acknowledged)))
	require.True(t, f.clean())
	require.Equal(t, 2*len(acknowledged), f.entries)

	db, err := sql.Open("sqlite", file)
	require.NoError(t, err)
	defer func() { require.NoError(t, db.Close()) }()
	var verdict string
	require.NoError(t, db.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&verdict))
	require.Equal(t, "ok", verdict)
}

package dryrun_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/dryrun"
	"github.com/tian-go/tian/proposal/store/memory"
)

func change(id string, revision uint64, command string) store.Change {
	return store.Change{
		Record:  store.Record{Kind: "case", ID: id, Revision: revision, Data: []byte(command)},
		Entries: []store.Line{{Seq: revision + 1, Command: command}},
	}
}

// What is committed is told again and never written.
func TestNothingIsWritten(t *testing.T) {
	ctx := context.Background()
	behind := memory.New()
	require.NoError(t, behind.Commit(ctx, change("a", 0, "open")))
	dry := dryrun.New(behind)
	require.NoError(t, dry.Commit(ctx, change("a", 1, "submit"), change("b", 0, "open")))
	require.NoError(t, dry.Commit(ctx, change("b", 1, "submit")))

	for id, want := range map[string]string{"a": "submit", "b": "submit"} {
		r, last, err := dry.Load(ctx, "case", id)
		require.NoError(t, err)
		require.Equal(t, want, string(r.Data))
		require.EqualValues(t, 2, r.Revision)
		require.EqualValues(t, 2, last.Seq)
		h, err := dry.History(ctx, "case", id, 0, 0)
		require.NoError(t, err)
		require.Len(t, h, 2)
	}
	require.Len(t, dry.Changes(), 3)

	r, _, err := behind.Load(ctx, "case", "a")
	require.NoError(t, err)
	require.EqualValues(t, 1, r.Revision)
	_, _, err = behind.Load(ctx, "case", "b")
	require.ErrorIs(t, err, store.ErrNotFound)
}

// Lines that are replaced hold the new content here and the old one behind, and
// the promises of replacing hold.
func TestWhatIsReplacedIsToldAgain(t *testing.T) {
	ctx := context.Background()
	behind := memory.New()
	require.NoError(t, behind.Commit(ctx, change("a", 0, "open")))
	dry := dryrun.New(behind)
	require.NoError(t, dry.Commit(ctx, change("a", 1, "submit")))
	erase := change("a", 2, "erase")
	erase.Replaced = []store.Line{{Seq: 1, Data: []byte("one")}, {Seq: 2, Data: []byte("two")}}
	require.NoError(t, dry.Commit(ctx, erase))
	h, err := dry.History(ctx, "case", "a", 0, 0)
	require.NoError(t, err)
	require.Equal(t, []string{"one", "two", ""}, []string{string(h[0].Data), string(h[1].Data), string(h[2].Data)})
	require.Equal(t, "open", h[0].Command)
	h, err = behind.History(ctx, "case", "a", 0, 0)
	require.NoError(t, err)
	require.Empty(t, h[0].Data)
	require.Len(t, h, 1)
}

// It refuses what the store behind would, and keeps nothing of it.
func TestWhatWouldBeRefusedIs(t *testing.T) {
	ctx := context.Background()
	behind := memory.New()
	require.NoError(t, behind.Commit(ctx, change("a", 0, "open")))
	dry := dryrun.New(behind)
	for want, c := range map[error]store.Change{
		store.ErrExists: change("a", 0, "open"), store.ErrConflict: change("a", 7, "file"), store.ErrDuplicate: change("a", 1, "open"),
		store.ErrInvalid: {Record: store.Record{Kind: "case", ID: "a", Revision: 1}, Entries: []store.Line{{Seq: 9}}},
	} {
		require.ErrorIs(t, dry.Commit(ctx, change("c", 0, "open"), c), want)
	}
	require.Empty(t, dry.Changes())
	require.NoError(t, dry.Commit(ctx, store.Change{Record: store.Record{Kind: "case", ID: "quiet"}}))
	_, last, err := dry.Load(ctx, "case", "quiet")
	require.NoError(t, err)
	require.Zero(t, last.Seq)
}

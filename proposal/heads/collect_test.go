package heads_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/heads"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
)

// write adds an entry to a case in a store that knows nothing of engines.
func write(t testing.TB, st store.Store, kind, id string, seq uint64) {
	t.Helper()
	require.NoError(t, st.Commit(context.Background(), store.Change{
		Record:  store.Record{Kind: kind, ID: id, Revision: seq - 1},
		Entries: []store.Line{{Seq: seq, Hash: fmt.Sprintf("%s-%s-%d", kind, id, seq)}},
	}))
}

func TestTheLastEntryOfEveryCaseIsCollected(t *testing.T) {
	st := memory.New()
	const cases = 2*store.DefaultLimit + 7 // over several pages
	for seq := range uint64(3) {
		for i := range cases {
			write(t, st, "proposal", fmt.Sprintf("%04d", i), seq+1)
		}
	}
	write(t, st, "topic", "0001", 1)
	d, err := heads.Collect(t.Context(), "2026-03-01", st)
	require.NoError(t, err)
	require.Len(t, d.Heads, cases+1)
	for _, h := range d.Heads[:cases] {
		require.Equal(t, heads.Head{Kind: "proposal", ID: h.ID, Seq: 3, Hash: "proposal-" + h.ID + "-3"}, h)
	}
	require.Equal(t, heads.Head{Kind: "topic", ID: "0001", Seq: 1, Hash: "topic-0001-1"}, d.Heads[cases])

	write(t, st, "topic", "0001", 2)
	changes, err := d.Compare(heads.Journals(t.Context(), st))
	require.NoError(t, err)
	require.Empty(t, changes, "a case that went on is no change")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = heads.Collect(ctx, "2026-03-01", st)
	require.ErrorIs(t, err, context.Canceled)
}

func TestTheJournalsOfAStoreSayWhatChanged(t *testing.T) {
	then, now := memory.New(), memory.New()
	for id, at := range map[string]struct{ kept, left uint64 }{"a": {3, 3}, "b": {3, 2}, "c": {1, 0}} {
		for seq := range at.kept {
			write(t, then, "proposal", id, seq+1)
		}
		for seq := range at.left {
			write(t, now, "proposal", id, seq+1)
		}
	}
	d, err := heads.Collect(t.Context(), "2026-03-01", then)
	require.NoError(t, err)
	changes, err := d.Compare(heads.Journals(t.Context(), now))
	require.NoError(t, err)
	require.Equal(t, []heads.Change{{Head: d.Heads[1], Reason: heads.RolledBack}, {Head: d.Heads[2], Reason: heads.Vanished}}, changes)
}

package workflow_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/faulty"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A lost race is run again by the library on its own store, and handed to the
// host in its transaction, which only the host can begin anew.
func TestInAHostsTransactionNothingIsTriedAgain(t *testing.T) {
	ctx := context.Background()
	commits := 0
	losing := func(st store.Store) store.Store {
		return faulty.New(st, func(_ context.Context, c faulty.Call) faulty.Fault {
			if c.Method != faulty.Commit {
				return faulty.Fault{}
			}
			if commits++; commits > 1 {
				return faulty.Fault{}
			}
			r := c.Changes[0].Record
			return faulty.Fault{Before: &store.RecordError{Kind: r.Kind, ID: r.ID, Err: store.ErrConflict}}
		})
	}
	st := memory.New()
	heard := 0
	e := engine(t, st, vocabulary(desk()), workflow.WithObserver(func(context.Context, []workflow.Entry) { heard++ }))
	c := opened(t, e)
	heard = 0

	inside := e.On(losing(st))
	_, err := inside.Do(ctx, clerk, c.ID, note{As: "take"})
	require.ErrorIs(t, err, workflow.ErrConflict)
	require.ErrorContains(t, err, "the host's transaction")
	require.Equal(t, 1, commits)

	_, err = inside.Do(ctx, clerk, c.ID, note{As: "take"})
	require.NoError(t, err)
	require.Zero(t, heard, "the host has not committed yet")
	inside.Committed(ctx)
	inside.Committed(ctx)
	require.Equal(t, 1, heard)
	e.Committed(ctx) // an engine that is in no transaction has nothing to tell
	require.Equal(t, 1, heard)

	commits = 0
	outside := engine(t, losing(st), vocabulary(desk()))
	_, err = outside.Do(ctx, clerk, c.ID, note{As: "finish"})
	require.NoError(t, err)
	require.Equal(t, 2, commits, "tried again")
}

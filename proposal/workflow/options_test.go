package workflow_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/workflow"
)

// A form that has lost its revision must not overwrite what others did.
func TestRevisionZeroIsAConflict(t *testing.T) {
	ctx := context.Background()
	_, e := store1(t)
	c := opened(t, e)
	_, err := e.Do(ctx, clerk, c.ID, note{As: "take"}, workflow.IfRevision(0))
	require.ErrorIs(t, err, workflow.ErrConflict)
	require.ErrorContains(t, err, "at revision 1, not 0")
	for _, r := range e.DoEach(ctx, clerk, []string{c.ID}, note{As: "take"}, workflow.IfRevision(0)) {
		require.Equal(t, []string{"revision", "bulk"}, refusal(t, r.Err))
	}
	now, err := e.Get(ctx, c.ID)
	require.NoError(t, err)
	require.Equal(t, uint64(1), now.Revision)

	_, err = e.Do(ctx, clerk, c.ID, note{As: "take"}, workflow.IfRevision(1))
	require.NoError(t, err)
}

// An option that the caller left nil is none: var o DoOption; if … { o = At(t) }.
func TestANilOptionIsNone(t *testing.T) {
	ctx := context.Background()
	_, e := store1(t)
	c := opened(t, e)
	c, err := e.Do(ctx, clerk, c.ID, note{As: "take"}, nil, workflow.Command("c"), nil)
	require.NoError(t, err)
	require.Equal(t, uint64(2), c.Revision)
	for _, r := range e.DoEach(ctx, clerk, []string{c.ID}, note{As: "finish"}, nil) {
		require.NoError(t, r.Err)
	}
}

func TestNoCaseHasNoTimings(t *testing.T) {
	_, e := store1(t)
	_, err := e.Readings(nil, time.Now())
	require.Equal(t, []string{"case", "empty"}, refusal(t, err))
}

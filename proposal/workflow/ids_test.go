package workflow_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Where IDs begin with the body, those that follow from a command do so too, and
// one that the store could not hold is refused before anything is written.
func TestIDsBeginWithTheBody(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	e := engine(t, st, vocabulary(desk()), workflow.WithIDsByBody())
	require.True(t, strings.HasPrefix(opened(t, e).ID, "b."))
	for range 2 {
		c, err := e.Open(ctx, clerk, "b", note{As: workflow.Opening}, workflow.Command("once"))
		require.NoError(t, err)
		require.Equal(t, e.OpeningID("b", "once"), c.ID)
		require.True(t, strings.HasPrefix(c.ID, "b."))
	}
	lines, err := st.Feed(ctx, 0, 0)
	require.NoError(t, err)
	require.Len(t, lines, 2)

	far := clerk
	far.Body = strings.Repeat("b", 127)
	_, err = e.Open(ctx, far, far.Body, note{As: workflow.Opening})
	require.Equal(t, []string{"id", "too_long"}, refusal(t, err))
}

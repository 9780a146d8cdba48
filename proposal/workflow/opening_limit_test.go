package workflow_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// A limit may run from the day on which the case began, and a migration starts it
// from that day too.
func TestALimitStartsAtTheOpening(t *testing.T) {
	ctx := context.Background()
	with := desk()
	with.Version = 2
	with.Limits = []lifecycle.Limit{{Key: "answer", For: "clerk", Start: []string{workflow.Opening}, Stop: []string{"finish"}, Length: "10 days"}}
	v := vocabulary(with)
	v.Definitions = append(v.Definitions, desk())
	st := memory.New()
	e := engine(t, st, v)
	c := opened(t, e)
	require.Len(t, c.Clocks, 1)
	require.Equal(t, "2024-03-04", c.Clocks[0].Start.String())
	require.Equal(t, "2024-03-14", c.Clocks[0].Due.String())

	before := vocabulary(desk())
	old := opened(t, engine(t, st, before, workflow.WithIDs(func() string { return "old" })))
	require.Empty(t, old.Clocks)
	admin := workflow.Actor{ID: "root", Body: "b", Roles: []string{workflow.Administrator}}
	old, err := e.Migrate(ctx, admin, old.ID, workflow.Migration{Name: "desk", Version: 2, Reason: "a limit from the opening"})
	require.NoError(t, err)
	require.Len(t, old.Clocks, 1)
	require.Equal(t, "2024-03-14", old.Clocks[0].Due.String())

	each := desk()
	each.Limits = []lifecycle.Limit{{Key: "answer", For: "clerk", Each: "task", Start: []string{workflow.Opening}, Stop: []string{"make"}, Length: "10 days"}}
	_, err = workflow.New(memory.New(), vocabulary(each))
	require.ErrorContains(t, err, "limits[0].start[0]", "what is opened is the case, not a task")
}

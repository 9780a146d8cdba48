package workflow_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// An attribute that a host adds later is there for new acts at once, and for all
// cases after they were rebuilt, which tells how far it is.
func TestAnAttributeOfTheHostsOwnIsAddedLater(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	before := engine(t, st, vocabulary(desk()))
	for i := range 3 {
		_, err := before.Open(ctx, clerk, "b", note{As: workflow.Opening, Text: strconv.Itoa(i)})
		require.NoError(t, err)
	}
	own := workflow.WithAttribute(workflow.Attribute{Name: "said"}, func(c *ticket) []string { return c.Notes })
	after := engine(t, st, vocabulary(desk()), own)
	said := func(text string) int64 {
		n, err := after.All().Count(ctx, workflow.Query{Where: []store.Match{{Attr: "said", Op: store.Is, Values: []string{text}}}})
		require.NoError(t, err)
		return n
	}
	require.Zero(t, said("1"))
	var told [][2]int
	require.NoError(t, after.Reindex(ctx, func(cases, mended int) { told = append(told, [2]int{cases, mended}) }))
	require.Equal(t, [][2]int{{1, 1}, {2, 2}, {3, 3}}, told)
	require.EqualValues(t, 1, said("1"))
	counts, err := after.All().CountBy(ctx, workflow.Query{}, "said")
	require.NoError(t, err)
	require.Equal(t, map[string]int64{"0": 1, "1": 1, "2": 1}, counts)
	page, err := after.All().Page(ctx, workflow.Query{Order: "said", Desc: true, Max: 1})
	require.NoError(t, err)
	require.Equal(t, []string{"2"}, page.Cases[0].Notes)
	told = nil
	require.NoError(t, after.Reindex(ctx, func(cases, mended int) { told = append(told, [2]int{cases, mended}) }))
	require.Equal(t, [2]int{3, 0}, told[2], "there is nothing left to mend")

	for i, bad := range []workflow.Option{
		workflow.WithAttribute(workflow.Attribute{Name: "state"}, func(*ticket) []string { return nil }),
		workflow.WithAttribute(workflow.Attribute{Name: ""}, func(*ticket) []string { return nil }),
		workflow.WithAttribute(workflow.Attribute{Name: "said", Part: "nowhere"}, func(*ticket) []string { return nil }),
		workflow.WithAttribute[*ticket](workflow.Attribute{Name: "said"}, nil),
	} {
		_, err := workflow.New(memory.New(), vocabulary(desk()), bad)
		require.ErrorIs(t, err, workflow.ErrInvalid, i)
	}
}

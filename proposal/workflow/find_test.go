package workflow_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// manyBodies is a tree with more bodies than a store compares with at once.
func manyBodies(t *testing.T) (tree *workflow.Tree, ids []string) {
	t.Helper()
	bodies := []workflow.Body{{ID: "nation"}}
	for i := range 2*store.MaxValues + 500 {
		id := fmt.Sprintf("b-%04d", i)
		ids = append(ids, id)
		bodies = append(bodies, workflow.Body{ID: id, Parent: "nation"})
	}
	tree, err := workflow.NewTree(bodies...)
	require.NoError(t, err)
	return tree, ids
}

func TestAConditionMayCompareWithAnyNumberOfValues(t *testing.T) {
	ctx := context.Background()
	tree, ids := manyBodies(t)
	e := engine(t, memory.New(), vocabulary(desk()), workflow.WithTree(tree))
	for i := range 30 { // spread over all pieces
		body := ids[i*len(ids)/30]
		_, err := e.Open(ctx, workflow.Actor{ID: "x", Body: body, Roles: []string{"clerk"}}, body, note{As: workflow.Opening})
		require.NoError(t, err)
	}
	all := store.Match{Attr: "body", Op: store.Is, Values: append(ids, ids[0])}
	var seen []string
	for after := ""; ; { // pages of seven, over pieces
		page, err := e.Find(ctx, after, 7, all)
		require.NoError(t, err)
		for _, c := range page {
			seen = append(seen, c.ID)
		}
		if len(page) < 7 {
			break
		}
		after = page[6].ID
	}
	require.Len(t, seen, 30)
	require.IsIncreasing(t, seen)
	one, err := e.Find(ctx, "", 0, all, store.Match{Attr: "body", Op: store.Is, Values: ids[:1]})
	require.NoError(t, err)
	require.Len(t, one, 1)
}

func TestRecountWorksOnANation(t *testing.T) {
	tree, _ := manyBodies(t)
	e := engine(t, memory.New(), vocabulary(desk()), workflow.WithTree(tree))
	_, err := e.Recount(context.Background(), workflow.Actor{ID: "a", Body: "nation", Roles: []string{workflow.Administrator}}, "nation")
	require.NoError(t, err)
}

// asked counts how often a store is asked to find.
type asked struct {
	*memory.Store
	times int
}

func (s *asked) Find(ctx context.Context, q store.Query) ([]store.Record, error) {
	s.times++
	return s.Store.Find(ctx, q)
}

// Each page of very many bodies asks for every piece of them: with small pages the
// work would grow with their square.
func TestManyBodiesAreReadInLargePages(t *testing.T) {
	ctx := context.Background()
	tree, ids := manyBodies(t)
	st := &asked{Store: memory.New()}
	e := engine(t, st, vocabulary(desk()), workflow.WithTree(tree))
	const cases = 5 * store.DefaultLimit
	for i := range cases {
		body := ids[i*len(ids)/cases]
		_, err := e.Open(ctx, workflow.Actor{ID: "x", Body: body, Roles: []string{"clerk"}}, body, note{As: workflow.Opening})
		require.NoError(t, err)
	}
	st.times = 0
	met := 0
	require.NoError(t, e.Each(ctx, func(*ticket) error { met++; return nil }, store.Match{Attr: "body", Op: store.Is, Values: ids}))
	require.Equal(t, cases, met)
	require.Equal(t, 3, st.times, "one page of three pieces")
}

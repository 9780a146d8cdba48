package store_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

// What an index on attributes is asked for has the answers of the query, in its order,
// from any place on.
func TestAnIndexGivesTheAnswersOfTheQueryInItsOrder(t *testing.T) {
	t.Parallel()
	s := filled(t, 30)
	is := func(attr string, values ...string) store.Match {
		return store.Match{Attr: attr, Op: store.Is, Values: values}
	}
	for _, tc := range []struct {
		where   []store.Match
		ordered string
	}{
		{nil, ""},
		{[]store.Match{is("unit", "b")}, "unit"},
		{[]store.Match{is("unit", "a", "b")}, ""},
		{[]store.Match{{Attr: "unit", Op: store.Below, Values: []string{"b"}}}, ""},
		{[]store.Match{is("unit", "a", "b"), is("unit", "b")}, ""}, // a record may have both, and then stand at either
	} {
		q := store.Query{Kind: "case", Where: tc.where, Max: 100}
		require.Equal(t, tc.ordered, q.ByIndex().Order, "%v", tc.where)
		all, err := s.Find(context.Background(), q)
		require.NoError(t, err)
		for from := -1; from < len(all); from++ {
			if q.After = (store.Place{}); from >= 0 {
				q.After = store.Place{ID: all[from].ID}
			}
			rest, err := s.Find(context.Background(), q.ByIndex())
			require.NoError(t, err)
			require.Equal(t, all[from+1:], append([]store.Record{}, rest...), "%v after %d", tc.where, from)
		}
	}
	ordered := store.Query{Kind: "case", Order: "due", Where: []store.Match{is("unit", "b")}}
	require.Equal(t, ordered, ordered.ByIndex(), "an order that was asked for stays")
}

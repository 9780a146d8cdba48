package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
)

// filled holds n records with one entry each; every third is of unit b.
func filled(t *testing.T, n int) *memory.Store {
	t.Helper()
	s := memory.New()
	for i := range n {
		unit := "a"
		if i%3 == 0 {
			unit = "b"
		}
		require.NoError(t, s.Commit(context.Background(), store.Change{
			Record:  store.Record{Kind: "case", ID: fmt.Sprintf("%04d", i), Index: []store.Attr{{Name: "unit", Value: unit}}},
			Entries: []store.Line{{Seq: 1}},
		}))
	}
	return s
}

// Whether the last page is full or not, everything comes once and in order.
func TestAllComeOnceAndInOrder(t *testing.T) {
	ctx := context.Background()
	for _, n := range []int{0, 1, store.DefaultLimit - 1, store.DefaultLimit, 2*store.DefaultLimit + 1} {
		s := filled(t, n)
		next := 0
		for r, err := range store.AllRecords(ctx, s.Find, store.Query{Kind: "case", Max: 3}) {
			require.NoError(t, err)
			require.Equal(t, fmt.Sprintf("%04d", next), r.ID)
			next++
		}
		require.Equal(t, n, next)
		position := uint64(0)
		for l, err := range store.AllLines(ctx, s.Feed, 0) {
			require.NoError(t, err)
			position++
			require.Equal(t, position, l.Position)
		}
		require.EqualValues(t, n, position)
	}
}

func TestAReaderMayStop(t *testing.T) {
	ctx := context.Background()
	s := filled(t, 5)
	met := 0
	for _, err := range store.AllRecords(ctx, s.Find, store.Query{Kind: "case"}) {
		require.NoError(t, err)
		if met++; met == 2 {
			break
		}
	}
	for l, err := range store.AllLines(ctx, s.Feed, 3) {
		require.NoError(t, err)
		require.EqualValues(t, 4, l.Position)
		break
	}
	require.Equal(t, 2, met)
}

func TestAnErrorComesLast(t *testing.T) {
	ctx := context.Background()
	broken := errors.New("the server is gone")
	for _, err := range store.AllRecords(ctx, func(context.Context, store.Query) ([]store.Record, error) { return nil, broken }, store.Query{}) {
		require.ErrorIs(t, err, broken)
	}
	for _, err := range store.AllLines(ctx, func(context.Context, uint64, int) ([]store.Line, error) { return nil, broken }, 0) {
		require.ErrorIs(t, err, broken)
	}
}

// Counted by reading it is what a store counts by its index.
func TestCountingByReadingIsCounting(t *testing.T) {
	ctx := context.Background()
	s := filled(t, 250)
	for _, by := range []string{"", "unit", "absent"} {
		q := store.Query{Kind: "case", Max: 1}
		want, err := s.Count(ctx, q, by)
		require.NoError(t, err)
		got, err := store.CountFound(ctx, s.Find, q, by, nil)
		require.NoError(t, err)
		require.Equal(t, want, got, by)
	}
	some, err := store.CountFound(ctx, s.Find, store.Query{Kind: "case"}, "", func(r store.Record) bool { return r.ID < "0010" })
	require.NoError(t, err)
	require.Equal(t, map[string]int64{"": 10}, some)
}

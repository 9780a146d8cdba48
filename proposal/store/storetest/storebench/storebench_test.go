package storebench_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/store/storetest/storebench"
)

func open(b *testing.B, cases int) store.Store {
	s := memory.New()
	storebench.Fill(b, s, cases)
	return s
}

// The floor relies on it: of the attributes an act changes one, the state.
func TestAnActFollowsAnotherAndChangesOneAttribute(t *testing.T) {
	ctx := context.Background()
	s := memory.New()
	storebench.Fill(t, s, 501) // more than one commit takes
	for revision := uint64(1); revision < 20; revision++ {
		before, _, err := s.Load(ctx, "case", "000500")
		require.NoError(t, err)
		require.NoError(t, s.Commit(ctx, storebench.Act(500, revision)))
		after, _, err := s.Load(ctx, "case", "000500")
		require.NoError(t, err)
		var changed []string
		for i, a := range after.Index {
			if a != before.Index[i] {
				changed = append(changed, a.Name)
			}
		}
		require.Equal(t, []string{"state"}, changed)
	}
	found, err := s.Find(ctx, store.Query{Kind: "case", Max: 1000})
	require.NoError(t, err)
	require.Len(t, found, 501)
}

// In memory there is no disk: what is left is the store's own time.
func BenchmarkGroupCommit(b *testing.B) { storebench.GroupCommit(b, open) }

func BenchmarkAmongCases(b *testing.B) { storebench.AmongCases(b, open) }

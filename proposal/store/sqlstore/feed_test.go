package sqlstore

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal/store"
)

func TestAPageOfTheFeedHasAGapWhereAPositionIsMissing(t *testing.T) {
	page := func(positions ...uint64) (entries []store.Line) {
		for _, p := range positions {
			entries = append(entries, store.Line{Position: p})
		}
		return entries
	}
	require.True(t, withoutGap(0, nil))
	require.True(t, withoutGap(0, page(1, 2, 3)))
	require.True(t, withoutGap(7, page(8)))
	require.False(t, withoutGap(0, page(2)), "at its beginning")
	require.False(t, withoutGap(7, page(8, 10)), "in the middle")
}

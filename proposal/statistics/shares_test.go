package statistics_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/statistics"
	"github.com/tian-go/tian/proposal/workflow"
)

// All shares of a dimension come together, the largest first; each has its base and its
// cases, and the figures say how merged proposals were counted.
func TestSharesOfADimensionComeLargestFirst(t *testing.T) {
	t.Parallel()
	of := func(id string, c proposal.Category) *proposal.Proposal {
		return &proposal.Proposal{Header: workflow.Header{ID: id, State: "submitted"}, Category: c}
	}
	f, err := statistics.Of(each([]*proposal.Proposal{of("p-1", proposal.Social), of("p-2", proposal.Economic), of("p-3", proposal.Economic)}),
		statistics.Options{Merging: statistics.Inside})
	require.NoError(t, err)
	require.Equal(t, statistics.Inside, f.Merging())
	shares := f.Shares(proposal.ByCategory, statistics.Received)
	require.Len(t, shares, 2)
	require.Equal(t, [2]int64{2, 3}, [2]int64{shares[0].Count, shares[0].Base})
	require.Equal(t, []string{"p-2", "p-3"}, shares[0].Cases)
	require.Equal(t, [2]int64{1, 3}, [2]int64{shares[1].Count, shares[1].Base})
}

func TestASpanOfAStageNamesIt(t *testing.T) {
	t.Parallel()
	require.Equal(t, "review", statistics.StageSpan("review").Stage())
	require.Empty(t, statistics.ToReply.Stage())
}

// Satisfied and basically satisfied, over the base that is named.
func TestSatisfactionIsOverTheBaseThatIsNamed(t *testing.T) {
	t.Parallel()
	o := statistics.Opinions{Satisfied: 5, Mostly: 3, Dissatisfied: 1}
	rate := o.Satisfaction(o.Given(), statistics.Items)
	require.Equal(t, [2]int64{8, 9}, [2]int64{rate.Count, rate.Base})
	require.Equal(t, string(statistics.Items), rate.Of)
}

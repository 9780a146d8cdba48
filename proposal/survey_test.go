package proposal_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
)

// 嘉兴 Jiaxing sent 1753 forms, and 1553 could be counted; each rate is over the step before.
func TestRatesOfASurveyAreOverTheStepBefore(t *testing.T) {
	t.Parallel()
	s := proposal.Survey{Sent: 1753, Returned: 1600, Valid: 1553}
	require.Equal(t, [2]int64{1600, 1753}, [2]int64{s.ReturnRate().Count, s.ReturnRate().Base})
	require.Equal(t, [2]int64{1553, 1600}, [2]int64{s.ValidRate().Count, s.ValidRate().Base})
}

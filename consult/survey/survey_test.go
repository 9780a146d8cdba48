package survey_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
)

// TestASurveyKeepsWhatIsNotKnown takes 嘉兴 Jiaxing's counts, 1753 sent and 1553
// valid, and the rate by hand: 1553/1753 = 0.88591.
func TestASurveyKeepsWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	s := survey.Survey{Title: "制造业企业问卷", Sent: survey.Count(1753), Valid: survey.Count(1553)}
	usable, err := s.UsableRate()
	require.NoError(t, err)
	percent, err := usable.Percent(2, points.HalfUp)
	require.NoError(t, err)
	require.Equal(t, "88.59", percent)
	for _, rate := range []func() (rates.Rate, error){s.ReturnRate, s.ValidRate} {
		_, err := rate()
		var undefined *points.UndefinedError
		require.ErrorAs(t, err, &undefined)
		require.Equal(t, points.MissingInput, undefined.Reason)
		require.ErrorIs(t, err, points.ErrUndefined)
	}
	_, err = survey.Survey{Sent: survey.Count(0), Returned: survey.Count(0)}.ReturnRate()
	var undefined *points.UndefinedError
	require.ErrorAs(t, err, &undefined)
	require.Equal(t, points.BaseZero, undefined.Reason)
}

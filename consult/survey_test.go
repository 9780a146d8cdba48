package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/evaluate/points"
)

func TestASurveyCountsNoMoreThanItCan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.plan(activity.Plan{Platform: w.station.ID})
	n := survey.Count
	for _, c := range []struct {
		s           survey.Survey
		field, code string
	}{
		{survey.Survey{Title: "问卷"}, "sent", "empty"},
		{survey.Survey{Sent: n(3)}, "title", "empty"},
		{survey.Survey{Title: "问卷", Sent: n(-1)}, "sent", "out_of_range"},
		{survey.Survey{Title: "问卷", Sent: n(3), Returned: n(4)}, "returned", "out_of_range"},
		{survey.Survey{Title: "问卷", Returned: n(3), Valid: n(4)}, "valid", "out_of_range"},
		{survey.Survey{Title: "问卷", Sent: n(3), Valid: n(4)}, "valid", "out_of_range"},
		{survey.Survey{ID: "v9", Title: "问卷", Sent: n(3)}, "id", "given"},
	} {
		w.invalid(convenor, a, activity.AddSurvey{Survey: c.s}, c.field, c.code)
	}
	a = w.do(convenor, a, activity.AddSurvey{Survey: survey.Survey{Title: "问卷", Sent: n(10), Returned: n(9), Valid: n(9)}})
	require.Equal(t, "v1", a.Surveys[0].ID)
}

// TestSatisfactionIsOverTheFormsReturned: 满意 and 基本满意 over those who answered.
func TestSatisfactionIsOverTheFormsReturned(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded()
	for _, bad := range []map[string]int64{{"happy": 1}, {"satisfied": -1}, {"satisfied": 9, "dissatisfied": 2}} {
		require.Error(t, w.try(convenor, a, activity.Assess{Satisfaction: survey.Satisfaction{Asked: 10, Answers: bad}}))
	}
	a = w.do(convenor, a, activity.Assess{Satisfaction: survey.Satisfaction{
		Asked: 20, Answers: map[string]int64{"satisfied": 9, "basically_satisfied": 3, "dissatisfied": 4},
	}})
	rate := a.Satisfaction[0].Rate()
	require.Equal(t, [2]int64{12, 16}, [2]int64{rate.Count, rate.Base})
	require.Equal(t, points.BaseZero, survey.Satisfaction{Asked: 3}.Rate().Undefined())
}

package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
)

// TestASurveyKeepsWhatIsNotKnown takes 嘉兴 Jiaxing's counts, 1753 sent and 1553
// valid, and the rate by hand: 1553/1753 = 0.88591.
func TestASurveyKeepsWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	s := activity.Survey{Title: "制造业企业问卷", Sent: activity.Count(1753), Valid: activity.Count(1553)}
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
	_, err = activity.Survey{Sent: activity.Count(0), Returned: activity.Count(0)}.ReturnRate()
	var undefined *points.UndefinedError
	require.ErrorAs(t, err, &undefined)
	require.Equal(t, points.BaseZero, undefined.Reason)
}

func TestASurveyCountsNoMoreThanItCan(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.plan(activity.Plan{Platform: w.station.ID})
	n := activity.Count
	for _, c := range []struct {
		s           activity.Survey
		field, code string
	}{
		{activity.Survey{Title: "问卷"}, "sent", "empty"},
		{activity.Survey{Sent: n(3)}, "title", "empty"},
		{activity.Survey{Title: "问卷", Sent: n(-1)}, "sent", "out_of_range"},
		{activity.Survey{Title: "问卷", Sent: n(3), Returned: n(4)}, "returned", "out_of_range"},
		{activity.Survey{Title: "问卷", Returned: n(3), Valid: n(4)}, "valid", "out_of_range"},
		{activity.Survey{Title: "问卷", Sent: n(3), Valid: n(4)}, "valid", "out_of_range"},
		{activity.Survey{ID: "v9", Title: "问卷", Sent: n(3)}, "id", "given"},
	} {
		w.invalid(convenor, a, activity.AddSurvey{Survey: c.s}, c.field, c.code)
	}
	a = w.do(convenor, a, activity.AddSurvey{Survey: activity.Survey{Title: "问卷", Sent: n(10), Returned: n(9), Valid: n(9)}})
	require.Equal(t, "v1", a.Surveys[0].ID)
}

// TestSatisfactionIsOverTheFormsReturned: 满意 and 基本满意 over those who answered.
func TestSatisfactionIsOverTheFormsReturned(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded()
	for _, bad := range []map[string]int64{{"happy": 1}, {"satisfied": -1}, {"satisfied": 9, "dissatisfied": 2}} {
		require.Error(t, w.try(convenor, a, activity.Assess{Satisfaction: activity.Satisfaction{Asked: 10, Answers: bad}}))
	}
	a = w.do(convenor, a, activity.Assess{Satisfaction: activity.Satisfaction{
		Asked: 20, Answers: map[string]int64{"satisfied": 9, "basically_satisfied": 3, "dissatisfied": 4},
	}})
	rate := a.Satisfaction[0].Rate(w.svc.Rules("county"))
	require.Equal(t, [2]int64{12, 16}, [2]int64{rate.Count, rate.Base})
	require.Equal(t, points.BaseZero, activity.Satisfaction{Asked: 3}.Rate(w.svc.Rules("county")).Undefined())
}

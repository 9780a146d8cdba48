package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/workflow"
)

func TestWhatNobodyCameToWasNotHeld(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.platform("2024-01-01", rules.Quota{N: 1, Per: rules.PerYear})
	a := w.plan(activity.Plan{Platform: p.ID, On: date("2024-03-08")})
	w.do(convenor, a, activity.Invite{Participants: []activity.Participant{{ID: "m", Kind: rules.Member}}}, activity.Notify{})
	w.on("2024-03-08")
	require.Error(t, w.try(convenor, a, activity.Hold{}))
	require.Zero(t, w.compliance(p, "2024-12-31").Held)
	w.do(convenor, a, activity.Hold{Attended: []string{"m"}, Joined: []activity.Participant{{ID: "r", Kind: rules.Resident}}})
	require.Equal(t, 1, w.compliance(p, "2024-12-31").Held)
}

// One duty, one consultation, one poll and one survey each count once.
func TestNothingIsCountedTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	duty := platform.LogDuty{On: date("2024-02-28"), By: "resident", Received: 3}
	_, err := w.svc.Platforms.Do(w.ctx, convenor, w.station.ID, duty)
	require.NoError(t, err)
	for _, again := range []platform.LogDuty{duty, {On: duty.On, By: duty.By, Received: 4, Found: "再记"}} {
		_, err = w.svc.Platforms.Do(w.ctx, convenor, w.station.ID, again)
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid)
		require.Equal(t, "duplicate", invalid.Code)
	}
	duty.By = "other"
	_, err = w.svc.Platforms.Do(w.ctx, convenor, w.station.ID, duty)
	require.NoError(t, err)

	a := w.concluded(task("2024-04-30"))
	enter := func(platform, title, day string) error {
		again, err := w.svc.Plan(w.ctx, office, activity.Plan{Title: title, Form: rules.FormPlatform, Platform: platform})
		require.NoError(t, err)
		_, err = w.svc.Activities.Do(w.ctx, office, again.ID, activity.Backfill{On: date(day)})
		return err
	}
	require.Equal(t, []string{"taken"}, codes(t, enter(w.station.ID, "停车", "2024-03-08")), "it was held here already")
	require.NoError(t, enter(w.station.ID, "养老", "2024-03-08"))
	require.Equal(t, []string{"taken"}, codes(t, enter(w.station.ID, "养老", "2024-03-08")))
	require.NoError(t, enter(w.station.ID, "养老", "2024-03-07"))
	require.NoError(t, enter("", "养老", "2024-03-08"))
	require.Equal(t, []string{"taken"}, codes(t, enter("", "养老", "2024-03-08")))

	poll := activity.Assess{Satisfaction: survey.Satisfaction{Asked: 5, Answers: map[string]int64{"satisfied": 3}}}
	w.do(convenor, a, poll)
	w.invalid(convenor, a, poll, "answers", "duplicate")
	asked := activity.AddSurvey{Survey: survey.Survey{Title: "问卷", Sent: survey.Count(10)}}
	b := w.plan(activity.Plan{Title: "问卷", Platform: w.station.ID})
	w.do(convenor, b, asked)
	w.invalid(convenor, b, asked, "title", "duplicate")
	asked.Sent = survey.Count(11)
	w.do(convenor, b, asked)
}

// Two pairs of eyes are told by the history: who had an item in hand does not
// confirm it, whatever happened to it in between.
func TestWhoWorkedOnAnItemDoesNotConfirmIt(t *testing.T) {
	t.Parallel()
	own := task("2024-04-30")
	own.Owner = checklist.Owner{Account: convenor.ID}
	other := checklist.Owner{Unit: "bureau"}
	evidence := []string{"照片"}
	for _, c := range []struct {
		name string
		task checklist.Task
		code string
		do   []workflow.Action[*activity.Activity, rules.Rules]
	}{
		{"begun, handed on, finished", own, "own_item", []workflow.Action[*activity.Activity, rules.Rules]{
			activity.BeginItem{Item: "i1"}, activity.HandItem{Item: "i1", To: other, Reason: "职能调整"}, activity.FinishItem{Item: "i1", Evidence: evidence},
		}},
		{"handed on, begun for the new owner", own, "own_item", []workflow.Action[*activity.Activity, rules.Rules]{
			activity.HandItem{Item: "i1", To: other, Reason: "职能调整"}, activity.FinishItem{Item: "i1", Evidence: evidence},
		}},
		{"finished for the owner", task("2024-04-30"), "own_work", []workflow.Action[*activity.Activity, rules.Rules]{activity.FinishItem{Item: "i1", Evidence: evidence}}},
		{"given up for the owner", task("2024-04-30"), "own_work", []workflow.Action[*activity.Activity, rules.Rules]{activity.GiveUpItem{Item: "i1", Reason: "无地"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			a := w.concluded(c.task)
			a = w.do(convenor, a, c.do...)
			w.refused(convenor, a, activity.ConfirmItem{Item: "i1"}, c.code)
			w.do(office, a, activity.ConfirmItem{Item: "i1"})
		})
	}
	// Begun by the convenor, finished by the unit itself: still not for the convenor to confirm.
	w := newWorld(t)
	a := w.concluded(task("2024-04-30"))
	w.do(convenor, a, activity.BeginItem{Item: "i1"})
	a = w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: evidence})
	w.refused(convenor, a, activity.ConfirmItem{Item: "i1"}, "own_work")
}

// A topic that is carried over stays in the plan that was approved.
func TestAPlanKeepsWhatWasCarriedOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	slot := func(year, quarter int) topic.Schedule {
		return topic.Schedule{Slot: topic.Slot{Year: year, Quarter: quarter, Form: rules.FormPlatform, Approved: "委发〔2024〕1号"}}
	}
	carried := w.topic("停车", topic.Nominate{}, topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}, topic.Select{}, slot(2024, 3), slot(2024, 4), slot(2025, 1))
	plan := func(year int) []int {
		topics, err := w.svc.YearPlan(w.ctx, "county", year)
		require.NoError(t, err)
		var quarters []int
		for _, found := range topics {
			require.Equal(t, carried.ID, found.ID)
			quarters = append(quarters, found.PlanOf(year).Quarter)
		}
		return quarters
	}
	require.Equal(t, []int{4}, plan(2024))
	require.Equal(t, []int{1}, plan(2025))
	require.Empty(t, plan(2026))
	require.Nil(t, carried.PlanOf(2026))
	_, err := w.svc.Topics.Do(w.ctx, office, carried.ID, slot(2026, 2))
	require.NoError(t, err)
	require.Equal(t, [][]int{{4}, {1}, {2}}, [][]int{plan(2024), plan(2025), plan(2026)})
	_, err = w.svc.Topics.Do(w.ctx, office, carried.ID, topic.Decline{Reason: "条件变化"})
	require.NoError(t, err)
	require.Equal(t, [][]int{{4}, {1}, nil}, [][]int{plan(2024), plan(2025), plan(2026)})
}

package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// An item of two steps is done step by step; who is to do it asks for more time, and
// another grants it.
func TestAnItemIsDoneInStepsAndInMoreTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	steps := task("2024-04-30")
	steps.Steps = []checklist.Step{{What: "设计"}, {What: "施工"}}
	a := w.concluded(steps)
	a = w.do(bureau, a, activity.FinishStep{Item: "i1", Step: "k1"})
	require.Equal(t, "2024-03-08", a.Items[0].Steps[0].Done.String())
	w.invalid(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}}, "item", "steps_open")

	ask := activity.AskItemTime{Item: "i1", To: date("2024-05-31"), Reason: "雨季"}
	require.ErrorIs(t, w.try(office, a, ask), workflow.ErrDenied)
	a = w.do(bureau, a, ask)
	require.Equal(t, "2024-04-30", a.Items[0].Due.String(), "asking moves nothing")
	require.ErrorIs(t, w.try(bureau, a, activity.AnswerItemTime{Item: "i1", Granted: true, Answer: "同意"}), workflow.ErrDenied)
	a = w.do(office, a, activity.AnswerItemTime{Item: "i1", Granted: true, Answer: "同意"})
	require.Equal(t, "2024-05-31", a.Items[0].Due.String())
}

// A day of duty and an inspection count in the ledger of their year, from their day on.
func TestDutiesAndInspectionsAreFactsOfTheYear(t *testing.T) {
	t.Parallel()
	w := newWorld(t).on("2024-05-08")
	_, err := w.svc.Platforms.Do(w.ctx, convenor, w.station.ID, platform.LogDuty{By: "resident"})
	require.NoError(t, err)
	_, err = w.svc.Platforms.Do(w.ctx, office, w.station.ID, platform.Inspect{Found: "齐全"})
	require.NoError(t, err)
	for day, want := range map[string]string{"2024-05-07": "0", "2024-05-08": "1", "2024-12-31": "1"} {
		l, err := w.svc.Ledger(w.ctx, w.station.ID, date(day))
		require.NoError(t, err)
		facts := l.Facts()
		for _, fact := range []string{"duties", "inspections"} {
			number, is := facts[fact].Number()
			require.True(t, is, fact)
			require.Equal(t, want, number.String(), "%s on %s", fact, day)
		}
	}
	require.Equal(t, rules.Default(), w.svc.Rules("county"))
}

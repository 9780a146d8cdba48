package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// Divided by whatever dimension, the figures add up to those of the body, and each year
// stands beside the one before.
func TestFiguresByADimensionAddUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.platform("2024-01-01", rules.Quota{N: 4, Per: rules.PerYear})
	hold := func(at, form, day string) *activity.Activity {
		a := w.on(day).plan(activity.Plan{Platform: at, Form: form, On: date(day)})
		return w.do(convenor, a, activity.Notify{}, joined(rules.Member, rules.Resident), activity.Raise{Opinions: []activity.Opinion{{Text: "意见"}}},
			activity.FileMinutes{Text: "纪要"}, activity.Conclude{Items: []checklist.Task{task(day)}},
			activity.AskUnit{Opinion: "o1", Unit: "bureau", Due: date(day)})
	}
	hold(w.station.ID, rules.FormPlatform, "2024-03-08")
	a := hold(other.ID, rules.FormMicro, "2024-05-08")
	w.do(bureau, a, activity.AnswerOpinion{Opinion: "o1", Taken: activity.TakenUp, Text: "办"}, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	w.do(office, a, activity.ConfirmItem{Item: "i1"})
	hold(other.ID, rules.FormMicro, "2025-02-12")

	for _, on := range []string{"2024-12-31", "2025-12-31"} {
		whole, err := w.svc.RollUp(w.ctx, "county", date(on))
		require.NoError(t, err)
		for _, by := range []consult.Dimension{consult.ByPlatform, consult.ByForm, consult.ByKind, consult.ByTier, consult.ByBody} {
			groups, err := w.svc.FiguresBy(w.ctx, "county", date(on), by)
			require.NoError(t, err)
			sum := consult.Figures{Body: "county"}
			for _, g := range groups {
				require.Equal(t, "county", g.Body)
				sum = added(sum, g.Figures)
			}
			require.Equal(t, whole[0], sum, "%s by %s", on, by)
		}
	}
	forms, err := w.svc.FiguresBy(w.ctx, "county", date("2024-12-31"), consult.ByForm)
	require.NoError(t, err)
	require.Equal(t, []string{"", rules.FormMicro, rules.FormPlatform}, []string{forms[0].Key, forms[1].Key, forms[2].Key})
	require.Equal(t, [2]int64{1, 1}, [2]int64{forms[1].Done().Count, forms[1].Done().Base})
	require.Equal(t, activity.Adoption{Opinions: 1, Given: 1, Requests: 1, Answered: 1, TakenUp: 1}, forms[1].Adoption)
	require.Equal(t, 1, forms[2].Overdue)
	years, err := w.svc.YearOnYear(w.ctx, "county", date("2025-12-31"), consult.ByPlatform)
	require.NoError(t, err)
	for _, y := range years {
		want := [2]int{0, 1}
		if y.Key == other.ID {
			want = [2]int{1, 1}
		}
		require.Equal(t, want, [2]int{y.Now.Held, y.Before.Held})
	}
	_, err = w.svc.FiguresBy(w.ctx, "county", date("2024-12-31"), "weather")
	require.ErrorIs(t, err, workflow.ErrInvalid)
	_, err = w.svc.FiguresBy(w.ctx, "", date("2024-12-31"), consult.ByForm)
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

// added adds figures field by field.
func added(a, b consult.Figures) consult.Figures {
	for _, f := range []struct {
		to *int
		n  int
	}{
		{&a.Platforms, b.Platforms}, {&a.Bound, b.Bound}, {&a.Kept, b.Kept}, {&a.Asks, b.Asks}, {&a.Due, b.Due}, {&a.Short, b.Short}, {&a.Held, b.Held},
		{&a.Backfilled, b.Backfilled}, {&a.Undated, b.Undated}, {&a.People, b.People}, {&a.Members, b.Members}, {&a.Opinions, b.Opinions},
		{&a.OnSpot, b.OnSpot}, {&a.Items, b.Items}, {&a.Confirmed, b.Confirmed}, {&a.Matters, b.Matters}, {&a.Overdue, b.Overdue},
	} {
		*f.to += f.n
	}
	return a
}

// What nobody is bound by has no share; of four bound three have kept their quota.
func TestTheShareOfPlatformsThatKeepTheirQuota(t *testing.T) {
	t.Parallel()
	kept := consult.Group{Figures: consult.Figures{Bound: 4, Kept: 3}}.Kept()
	require.Equal(t, [2]int64{3, 4}, [2]int64{kept.Count, kept.Base})
	require.Equal(t, "bound", kept.Of)
}

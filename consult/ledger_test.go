package consult_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/proposal/workflow"
)

// ledgerWorld has one station's year: one activity with a checklist of which one
// item is done and one overdue, one cancelled, one entered after the fact.
func ledgerWorld(t *testing.T) (*world, *activity.Activity) {
	w := newWorld(t)
	chosen := w.topic("停车", topic.Nominate{}, topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}, topic.Select{})
	a := w.plan(activity.Plan{Title: "=停车", Platform: w.station.ID, On: date("2024-03-08"), Topics: []string{chosen.ID}})
	gone := w.plan(activity.Plan{Title: "取消的", Platform: w.station.ID, On: date("2024-03-05")})
	w.do(convenor, gone, activity.Cancel{Reason: "人员不齐"})
	w.do(convenor, a, activity.Notify{})
	w.on("2024-03-08").do(convenor, a, joined(rules.Member, rules.Department, rules.Interested, rules.Resident, rules.Resident),
		activity.Raise{Opinions: []activity.Opinion{{Text: "一"}, {Text: "二"}}},
		activity.Respond{By: "p1", To: []string{"o1"}, Text: "答", OnSpot: true})
	w.on("2024-03-20").do(convenor, a, activity.FileMinutes{Text: "纪要"}) // due on the 19th
	first := task("2024-04-30")
	first.Practical = true
	w.do(convenor, a, activity.Conclude{Items: []checklist.Task{first, task("2024-05-31")},
		Outcomes: []outcome.Outcome{{Kind: rules.OutcomeNote, Title: "信息"}}})
	w.do(office, a, activity.Publish{Title: "清单"})
	w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	w.do(office, a, activity.ConfirmItem{Item: "i1"}, activity.Follow{Kind: rules.Visit, Found: "已清理"},
		activity.Assess{Satisfaction: survey.Satisfaction{Asked: 5, Answers: map[string]int64{"satisfied": 3, "dissatisfied": 1}}})
	w.backfilled(w.station.ID, "2024-01-10")
	w.backfilled(w.station.ID, "2023-12-31")
	w.on("2024-06-30")
	return w, a
}

func TestTheLedgerTellsTheYear(t *testing.T) {
	t.Parallel()
	w, a := ledgerWorld(t)
	l, err := w.svc.Ledger(w.ctx, w.station.ID, date("2024-06-30"))
	require.NoError(t, err)
	require.Len(t, l.Rows, 3)
	require.Equal(t, []string{"停车", "取消的", "=停车"}, []string{l.Rows[0].Title, l.Rows[1].Title, l.Rows[2].Title})
	require.True(t, l.Rows[0].Backfilled)
	require.False(t, l.Rows[1].Held)
	r := l.Rows[2]
	require.Equal(t, a.ID, r.ID)
	require.True(t, r.MinutesLate)
	require.Equal(t, map[string]int{"member": 1, "department": 1, "interested": 1, "resident": 2}, r.Present)
	require.Equal(t, []int{2, 1, 1, 2, 1, 1, 1, 1, 1}, []int{r.Opinions, r.Answered, r.OnSpot, r.Items, r.Confirmed, r.InTime, r.Overdue, r.Matters, r.FollowUps})
	require.Equal(t, 2, l.Compliance.Held)
	require.Equal(t, [2]int{1, 1}, [2]int{l.Topics, l.SmallCut})
}

// The ledger of a body has the rows of its platforms, what was held elsewhere, and the
// items of the year.
func TestTheLedgerOfABodysYear(t *testing.T) {
	t.Parallel()
	w, a := ledgerWorld(t)
	w.backfilled("", "2024-02-02")
	one, err := w.svc.Ledger(w.ctx, w.station.ID, date("2024-06-30"))
	require.NoError(t, err)
	l, err := w.svc.YearLedger(w.ctx, "county", date("2024-06-30"))
	require.NoError(t, err)
	require.Len(t, l.Rows, len(one.Rows)+1)
	require.Empty(t, l.Rows[1].Platform)
	l.Rows = slices.Delete(l.Rows, 1, 2)
	require.Equal(t, one.Rows, l.Rows)
	require.Equal(t, []consult.Compliance{one.Compliance}, l.Platforms)
	require.Equal(t, []string{a.ID, a.ID}, []string{l.Items[0].Activity, l.Items[1].Activity})
	before, err := w.svc.YearLedger(w.ctx, "county", date("2024-03-01"))
	require.NoError(t, err)
	require.Empty(t, before.Items, "none had been given by then")
	_, err = w.svc.YearLedger(w.ctx, "", date("2024-06-30"))
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

// TestARubricInspectsTheLedger scores it by hand: 10 points for a convenor, 20 of
// 20 for two activities, the quota rate, items done 1/2 of 30, satisfaction 3/4 of
// 20: 10 + 20 + 15 + 15 = 60.
func TestARubricInspectsTheLedger(t *testing.T) {
	t.Parallel()
	w, a := ledgerWorld(t)
	l, err := w.svc.Ledger(w.ctx, w.station.ID, date("2024-06-30"))
	require.NoError(t, err)
	rubric, err := rubric.Parse([]byte(`{"name":"room","version":1,"title":{"zh":"台账检查"},"full":"80","criteria":[
		{"key":"platform","points":"10","fact":"convenor","rule":{"all_or_nothing":{}}},
		{"key":"activities","points":"20","fact":"activities","rule":{"steps":{"table":[{"min":"1","points":"10"},{"min":"2","points":"20"}]}}},
		{"key":"results","points":"30","fact":"items_done","rule":{"rate":{"no_base":"zero"}}},
		{"key":"satisfaction","points":"20","fact":"satisfaction","rule":{"rate":{"no_base":"zero"}}}]}`))
	require.NoError(t, err)
	sheet, err := evaluate.Compile(rubric)
	require.NoError(t, err)
	outcome, err := sheet.Score(l.Card("convenor", "activities", "items_done", "satisfaction", "phase_of_the_moon"))
	require.NoError(t, err)
	require.Equal(t, "60", outcome.Total.String())
	for key, want := range map[string]string{"quota": `{"count":0,"base":0,"of":"due"}`, "noticed": `{"count":1,"base":2,"of":"held"}`,
		"minutes": `{"count":0,"base":2,"of":"held"}`, "four_parties": `{"count":1,"base":2,"of":"held"}`, "small_cut": `{"count":1,"base":1,"of":"topics"}`,
		"answered": `{"count":1,"base":2,"of":"opinions"}`, "items_overdue": `"1"`, "matters": `"1"`, "followed_up": `{"count":1,"base":1,"of":"with items"}`} {
		data, err := l.Facts()[key].MarshalJSON()
		require.NoError(t, err)
		require.JSONEq(t, want, string(data), key)
	}
	require.Equal(t, []string{a.ID}, l.Behind("answered"))
	require.Equal(t, []string{a.ID}, l.Behind("items_overdue"))
	require.Equal(t, []string{a.ID}, l.Behind("satisfaction"))
	require.Equal(t, []string{l.Rows[0].ID, a.ID}, l.Behind("noticed"), "its base: what was cancelled is not in it")
	require.Empty(t, l.Behind("members"))
}

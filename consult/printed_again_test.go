package consult_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
)

// reports is everything that is reported as of a day, as it would be printed.
func (w *world) reports(p *platform.Platform, on string) string {
	w.Helper()
	figures, err := w.svc.RollUp(w.ctx, "county", date(on))
	require.NoError(w, err)
	compliance, err := w.svc.Compliance(w.ctx, "county", date(on))
	require.NoError(w, err)
	overdue, err := w.svc.Overdue(w.ctx, "county", date(on))
	require.NoError(w, err)
	ledger, err := w.svc.Ledger(w.ctx, p.ID, date(on))
	require.NoError(w, err)
	late := make([]string, len(overdue))
	for i, item := range overdue {
		late[i] = item.Activity + item.ID + item.State + item.Owner.Key() + item.Due.String()
	}
	was := ledger.Platform
	data, err := json.MarshalIndent([]any{figures, compliance, late, ledger.Rows, ledger.Compliance, ledger.Topics,
		was.Name, was.Kind, was.Place, was.Members, was.Duties, was.Breaks}, "", " ")
	require.NoError(w, err)
	return string(data)
}

// A report of last year is the same whenever it is printed, whatever has become
// since of the platforms, the activities and the items of the checklists.
func TestAReportCanBePrintedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.platform("2024-01-01", rules.Quota{N: 4, Per: rules.PerYear})
	late, later := task("2024-12-01"), task("2024-12-15")
	later.Practical = true
	w.station = p
	a := w.concluded(late, later, task("2025-06-30"))
	planned := w.on("2024-11-20").plan(activity.Plan{Title: "再议", Platform: p.ID, On: date("2024-12-20")})
	w.on("2024-12-10").do(bureau, a, activity.FinishItem{Item: "i2", Evidence: []string{"照片"}})
	w.on("2024-12-11").do(office, a, activity.ConfirmItem{Item: "i2"})

	days := []string{"2024-03-31", "2024-11-30", "2024-12-05", "2024-12-10", "2024-12-31"}
	var printed []string
	for _, day := range days {
		w.on(day)
		printed = append(printed, w.reports(p, day))
	}
	require.Contains(t, printed[4], a.ID+"i1openbureau2024-12-01")

	act := func(actor consult.Actor, action interface {
		Event() string
		Apply(act *rules.Act, p *platform.Platform) error
	},
	) {
		_, err := w.svc.Platforms.Do(w.ctx, actor, p.ID, action)
		require.NoError(t, err)
	}
	w.on("2025-01-10")
	act(office, platform.Revise{Name: "厅", Kind: rules.KindStation, Tier: platform.Town, Place: "新址", Convenor: "next", Quota: rules.Quota{N: 6, Per: rules.PerYear}})
	w.on("2025-02-01").do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	w.on("2025-02-02").do(office, a, activity.ConfirmItem{Item: "i1"}, activity.ReturnItem{Item: "i2", Reason: "返工"},
		activity.ExtendItem{Item: "i2", To: date("2025-05-01"), Reason: "返工"},
		activity.HandItem{Item: "i2", To: checklist.Owner{Unit: "roads"}, Reason: "职能调整"}, activity.ExtendItem{Item: "i3", To: date("2025-12-31"), Reason: "工期"},
		activity.AddItems{Items: []checklist.Task{task("2025-03-01")}}, activity.Publish{Title: "清单"},
		activity.Follow{Kind: rules.Visit, Found: "已清理"}, activity.Respond{By: "m", To: []string{"o1"}, Text: "答", OnSpot: true},
		activity.Issue{Outcome: outcome.Outcome{Kind: rules.OutcomeNote, Title: "信息"}},
		activity.Assess{Satisfaction: survey.Satisfaction{Asked: 5, Answers: map[string]int64{"satisfied": 3}}})
	w.do(office, planned, activity.Postpone{To: date("2025-03-20"), Reason: "人员不齐"}, activity.Cancel{Reason: "人员不齐"})
	act(consult.Actor{ID: "next", Body: "county", Roles: []string{"member"}}, platform.LogDuty{Found: "接待"})
	w.on("2025-03-01")
	act(office, platform.Suspend{Reason: "装修"})
	w.on("2025-04-01")
	for i, day := range days {
		require.Equal(t, printed[i], w.reports(p, day), day)
	}
	require.NotEqual(t, printed[4], w.reports(p, "2025-04-01"))
}

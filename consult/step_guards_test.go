package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/proposal/workflow"
)

// Whatever is published, and whenever, nobody's telephone is in it and every owner has a name.
func TestEachPublicationIsLookedInto(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	unnamed := task("2024-04-30")
	unnamed.Owner = checklist.Owner{Account: "zhang"}
	a := w.concluded(unnamed)
	bad, good := activity.Publish{Title: "清单 13812345678", Checklist: true}, activity.Publish{Title: "清单"}
	w.refused(office, a, bad, "contact", "owner_unnamed") // concluded
	w.do(office, a, activity.Withhold{Reason: "涉及隐私"})
	w.refused(office, a, bad, "contact", "owner_unnamed")
	w.do(office, a, good)
	w.refused(office, a, bad, "contact", "owner_unnamed")
	w.do(office, a, activity.Follow{Kind: rules.Visit, Found: "已办理"})
	w.refused(office, a, bad, "contact", "owner_unnamed")
	w.do(office, a, good)
}

// Whoever owns an item gives it no more time and does not say how residents found it, at
// any step of it.
func TestAnOwnerDecidesOnTheirItemAtNoStep(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded(task("2024-04-30"))
	both := consult.Actor{ID: "y", Body: "county", Unit: "bureau", Roles: []string{"office"}}
	ask, grant := activity.AskItemTime{Item: "i1", To: date("2024-06-30"), Reason: "雨季"}, activity.AnswerItemTime{Item: "i1", Granted: true, Answer: "同意"}
	extend := activity.ExtendItem{Item: "i1", To: date("2024-06-30"), Reason: "雨季"}
	poll := activity.AssessItem{Item: "i1", Satisfaction: survey.Satisfaction{Asked: 1}}
	w.do(bureau, a, ask)
	w.refused(both, a, grant, "own_item")
	w.refused(both, a, extend, "own_item")
	w.do(bureau, a, activity.BeginItem{Item: "i1"})
	w.refused(both, a, grant, "own_item")
	w.refused(both, a, extend, "own_item")
	w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	w.refused(both, a, poll, "own_item")
	w.refused(both, a, activity.ConfirmItem{Item: "i1"}, "own_item")
	w.do(office, a, activity.ConfirmItem{Item: "i1"})
	w.refused(both, a, poll, "own_item")
}

// A plan without entries goes nowhere; whoever submitted it takes no decision on it; it is
// not concluded while a change waits.
func TestAPlanIsHeldBackAtEachStep(t *testing.T) {
	t.Parallel()
	both := consult.Actor{ID: office.ID, Body: "county", Roles: []string{"leader"}}
	resolution := plan.Resolution{Of: "主席会议"}
	w, p, _ := planned(t)
	refused := func(code string, err error) {
		t.Helper()
		require.Equal(t, []string{code}, codes(t, err))
	}
	do := func(actor consult.Actor, action workflow.Action[*plan.Plan, rules.Rules]) error {
		_, err := w.svc.Plans.Do(w.ctx, actor, p.ID, action)
		return err
	}
	for _, e := range p.Now() {
		p = w.onPlan(office, p, plan.Remove{Entry: e.ID, Reason: "调整"})
	}
	refused("no_entries", do(office, plan.Circulate{To: []string{"各专委会"}}))
	refused("no_entries", do(office, plan.Submit{}))

	w, p, _ = planned(t)
	p = w.onPlan(office, p, plan.Submit{})
	refused("own_plan", do(both, plan.Endorse{Resolution: resolution}))
	refused("own_plan", do(both, plan.Return{Resolution: resolution, Reason: "补充"}))
	p = w.onPlan(chair, p, plan.Endorse{Resolution: resolution})
	refused("own_plan", do(both, plan.Approve{Resolution: resolution}))
	refused("own_plan", do(both, plan.Return{Resolution: resolution, Reason: "补充"}))
	p = w.onPlan(chair, p, plan.Approve{Resolution: resolution})
	_, err := w.svc.AskPlanChange(w.ctx, office, p.ID, plan.AskChange{Drop: "e1", Reason: "让位"})
	require.NoError(t, err)
	_, err = w.svc.ConcludePlan(w.ctx, office, p.ID, plan.Conclude{Text: "小结", Undone: []plan.Undone{
		{Entry: "e1", Reason: "让位"}, {Entry: "e2", Reason: "让位"}, {Entry: "e3", Reason: "让位"},
	}})
	refused("change_open", err)
}

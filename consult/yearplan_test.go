package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

var chair = consult.Actor{ID: "chair", Body: "county", Roles: []string{"leader"}}

// chosen is a topic that has been chosen.
func (w *world) chosen(title string) *topic.Topic {
	w.Helper()
	return w.topic(title, topic.Nominate{}, topic.Screen{Met: []string{rules.SmallCut, rules.Ready}}, topic.Select{})
}

func (w *world) onPlan(actor consult.Actor, p *plan.Plan, actions ...workflow.Action[*plan.Plan, rules.Rules]) *plan.Plan {
	w.Helper()
	for _, a := range actions {
		var err error
		p, err = w.svc.Plans.Do(w.ctx, actor, p.ID, a)
		require.NoError(w, err, a.Event())
	}
	return p
}

// planned is a plan of 2024 with three topics, circulated: 停车 in May, 养老 in the third
// quarter, 学位 some time in the year.
func planned(t *testing.T) (*world, *plan.Plan, []*topic.Topic) {
	t.Helper()
	w := newWorld(t)
	topics := []*topic.Topic{w.chosen("停车"), w.chosen("养老"), w.chosen("学位")}
	p, err := w.svc.DraftPlan(w.ctx, office, plan.Draft{Year: 2024, Title: "2024年度协商计划"})
	require.NoError(t, err)
	slot := func(i, month, quarter int) plan.Slot {
		return plan.Slot{Topic: topics[i].ID, Title: topics[i].Title, Form: rules.FormPlatform, Platform: w.station.ID, Month: month, Quarter: quarter}
	}
	p, err = w.svc.EnterPlan(w.ctx, office, p.ID, plan.Enter{Slots: []plan.Slot{slot(0, 5, 0), slot(1, 0, 3), slot(2, 0, 0)}})
	require.NoError(t, err)
	return w, w.onPlan(office, p, plan.Circulate{To: []string{"县政府办公室", "各专委会"}}), topics
}

func inForce(t *testing.T) (*world, *plan.Plan, []*topic.Topic) {
	t.Helper()
	w, p, topics := planned(t)
	p = w.onPlan(office, p, plan.Submit{})
	p = w.onPlan(chair, p, plan.Endorse{Resolution: plan.Resolution{Of: "主席会议"}},
		plan.Approve{Resolution: plan.Resolution{Of: "县委常委会", Number: "县委发〔2024〕3号"}})
	return w, p, topics
}

func TestAPlanIsConsultedOnEndorsedAndApproved(t *testing.T) {
	t.Parallel()
	w, p, topics := planned(t)
	_, err := w.svc.DraftPlan(w.ctx, office, plan.Draft{Year: 2024, Title: "又一份"})
	require.Equal(t, []string{"taken"}, codes(t, err), "a body has one plan a year")
	_, err = w.svc.EnterPlan(w.ctx, office, p.ID, plan.Enter{Slots: []plan.Slot{{Topic: topics[0].ID, Title: "停车", Form: rules.FormPlatform}}})
	require.ErrorContains(t, err, "in the plan already")
	raised, err := w.svc.Suggest(w.ctx, stranger, topic.Suggest{Title: "亮灯", Source: topic.Source{Kind: topic.FromMember, ID: stranger.ID}})
	require.NoError(t, err)
	_, err = w.svc.EnterPlan(w.ctx, office, p.ID, plan.Enter{Slots: []plan.Slot{{Topic: raised.ID, Title: "亮灯", Form: rules.FormPlatform}}})
	require.Equal(t, []string{"topic_not_chosen"}, codes(t, err))
	for field, bad := range map[string]plan.Slot{
		"slots[0].month": {Month: 13}, "slots[0].quarter": {Month: 5, Quarter: 3}, "slots[0].form": {Form: "poem"}, "slots[0].title": {Title: "-"},
	} {
		bad.Topic = w.chosen(field).ID
		if bad.Form == "" {
			bad.Form = rules.FormPlatform
		}
		if bad.Title = map[bool]string{true: "", false: "题"}[bad.Title == "-"]; bad.Form == "poem" {
			bad.Title = "题"
		}
		_, err = w.svc.EnterPlan(w.ctx, office, p.ID, plan.Enter{Slots: []plan.Slot{bad}})
		var invalid *workflow.InvalidError
		require.ErrorAs(t, err, &invalid)
		require.Equal(t, field, invalid.Field)
	}

	department := consult.Actor{ID: "d", Body: "county", Unit: "住建局", Roles: []string{"department"}}
	_, err = w.svc.Plans.Do(w.ctx, department, p.ID, plan.Remark{From: "财政局", Text: "代言"})
	require.ErrorContains(t, err, "for themselves")
	p = w.onPlan(department, p, plan.Remark{Text: "停车宜提前"})
	require.Equal(t, "住建局", p.Comments[0].From)
	_, err = w.svc.Plans.Do(w.ctx, office, p.ID, plan.Submit{})
	require.Equal(t, []string{"comment_open"}, codes(t, err))
	p = w.onPlan(office, p, plan.Answer{Comment: "m1", Taken: true, Answer: "提前至4月"}, plan.Submit{})
	both := consult.Actor{ID: office.ID, Body: "county", Roles: []string{"leader"}}
	endorse := plan.Endorse{Resolution: plan.Resolution{Of: "主席会议"}}
	_, err = w.svc.Plans.Do(w.ctx, both, p.ID, endorse)
	require.Equal(t, []string{"own_plan"}, codes(t, err), "who submits does not decide")
	p = w.onPlan(chair, p, plan.Return{Resolution: plan.Resolution{Of: "主席会议"}, Reason: "补充生态议题"})
	require.Equal(t, "drafting", p.State)
	p = w.onPlan(office, p, plan.Circulate{To: []string{"各专委会"}}, plan.Submit{})
	p = w.onPlan(chair, p, endorse)
	_, err = w.svc.Plans.Do(w.ctx, chair, p.ID, plan.Approve{Resolution: plan.Resolution{Of: "县委常委会", On: date("2024-12-31")}})
	require.ErrorContains(t, err, "after today")
	p = w.onPlan(chair, p, plan.Approve{Resolution: plan.Resolution{Of: "县委常委会", Number: "县委发〔2024〕3号"}})
	require.Equal(t, plan.InForce, p.Means())
	require.Equal(t, []bool{false, true, true}, []bool{p.Decisions[0].Passed, p.Decisions[1].Passed, p.Decisions[2].Passed})

	seen, err := w.svc.Plans.As(stranger).Get(w.ctx, p.ID)
	require.NoError(t, err)
	require.Len(t, seen.Entries, 3)
	require.Empty(t, seen.Comments, "what was said of the draft is not for everybody")
}

// A change has a reason, is decided on by another, and leaves the plan of the days
// before as it was.
func TestAPlanChangesInTheYear(t *testing.T) {
	t.Parallel()
	w, p, _ := inForce(t)
	flood := w.chosen("防汛")
	w.on("2024-06-10")
	add := plan.Slot{Topic: flood.ID, Title: "防汛", Form: rules.FormMicro, Month: 7}
	_, err := w.svc.AskPlanChange(w.ctx, office, p.ID, plan.AskChange{Reason: "?"})
	require.ErrorContains(t, err, "neither")
	p, err = w.svc.AskPlanChange(w.ctx, office, p.ID, plan.AskChange{Drop: "e2", Add: &add, Reason: "汛情紧急，养老议题让位"})
	require.NoError(t, err)
	_, err = w.svc.AskPlanChange(w.ctx, office, p.ID, plan.AskChange{Drop: "e2", Reason: "再申请"})
	require.ErrorContains(t, err, "asked for already")
	require.Len(t, p.Now(), 3, "nothing changes before it is decided on")
	_, err = w.svc.Plans.Do(w.ctx, consult.Actor{ID: office.ID, Body: "county", Roles: []string{"leader"}}, p.ID,
		plan.DecideChange{Change: "h1", Granted: true, Resolution: plan.Resolution{Of: "主席会议"}})
	require.ErrorContains(t, err, "asked for")
	w.on("2024-06-20")
	p = w.onPlan(chair, p, plan.DecideChange{Change: "h1", Granted: true, Resolution: plan.Resolution{Of: "主席会议", Number: "主席会议纪要〔2024〕9号"}})
	titles := func(on string) (titles []string) {
		for _, e := range p.As(date(on)) {
			titles = append(titles, e.Slot.Title)
		}
		return titles
	}
	require.Equal(t, []string{"停车", "养老", "学位"}, titles("2024-06-19"))
	require.Equal(t, []string{"停车", "学位", "防汛"}, titles("2024-06-20"))
	require.Equal(t, []string{"e4", "汛情紧急，养老议题让位"}, []string{p.Entry("e2").Replaced, p.Entry("e2").Reason})
	p, err = w.svc.AskPlanChange(w.ctx, office, p.ID, plan.AskChange{Drop: "e1", Reason: "取消"})
	require.NoError(t, err)
	p = w.onPlan(chair, p, plan.DecideChange{Change: "h2", Resolution: plan.Resolution{Of: "主席会议"}})
	require.Len(t, p.Now(), 3)
}

// What was held is told by the activities; of everything else it is said why not.
func TestAPlanIsConcludedWithWhatWasLeftUndone(t *testing.T) {
	t.Parallel()
	w, p, topics := inForce(t)
	hold := func(i int, day string) {
		a := w.plan(activity.Plan{Title: topics[i].Title, Platform: w.station.ID, Topics: []string{topics[i].ID}, On: date(day)})
		w.do(convenor, a, activity.Notify{})
		w.on(day).do(convenor, a, joined(rules.Member))
	}
	w.plan(activity.Plan{Title: "养老", Platform: w.station.ID, Topics: []string{topics[1].ID}, Month: "2024-09"})
	hold(0, "2024-06-05")
	stands := func(on string) (got [][3]any) {
		progress, err := w.svc.PlanProgress(w.ctx, p.ID, date(on))
		require.NoError(t, err)
		for _, e := range progress {
			got = append(got, [3]any{len(e.Held), len(e.Planned), e.Behind})
		}
		return got
	}
	require.Equal(t, [][3]any{{0, 0, false}, {0, 1, false}, {0, 0, false}}, stands("2024-05-31"))
	require.Equal(t, [][3]any{{0, 0, true}, {0, 1, false}, {0, 0, false}}, stands("2024-06-04"))
	require.Equal(t, [][3]any{{1, 0, false}, {0, 1, false}, {0, 0, false}}, stands("2024-06-05"))
	require.Equal(t, [][3]any{{1, 0, false}, {0, 1, true}, {0, 0, false}}, stands("2024-12-31"))
	require.Empty(t, stands("2024-02-29"))
	_, err := w.svc.PlanProgress(w.ctx, p.ID, calendar.Date{})
	require.ErrorIs(t, err, workflow.ErrInvalid)

	w.on("2024-12-30")
	_, err = w.svc.ConcludePlan(w.ctx, office, p.ID, plan.Conclude{Text: "落实1项", Undone: []plan.Undone{{Entry: "e2", Reason: "召集人变动", Next: true}}})
	require.ErrorContains(t, err, "e3")
	_, err = w.svc.ConcludePlan(w.ctx, office, p.ID, plan.Conclude{Text: "落实1项", Undone: []plan.Undone{{Entry: "e1", Reason: "?"}}})
	require.ErrorContains(t, err, "was held")
	p, err = w.svc.ConcludePlan(w.ctx, office, p.ID, plan.Conclude{Text: "落实1项", Undone: []plan.Undone{
		{Entry: "e2", Reason: "召集人变动", Next: true}, {Entry: "e3", Reason: "条件不具备"},
	}})
	require.NoError(t, err)
	require.Equal(t, []string{"e1"}, p.Report.Held)
	require.Equal(t, "concluded", p.State)
	next, err := w.svc.DraftPlan(w.ctx, office, plan.Draft{Year: 2025, Title: "2025年度协商计划"})
	require.NoError(t, err)
	next, err = w.svc.EnterPlan(w.ctx, office, next.ID, plan.Enter{Slots: []plan.Slot{{Topic: topics[1].ID, Title: "养老", Form: rules.FormPlatform, Carried: p.ID + "#e2"}}})
	require.NoError(t, err)
	require.Equal(t, p.ID+"#e2", next.Entries[0].Slot.Carried)
}

// What a source prints of a body's year is kept with that year, and no platform is made
// up for it: nothing that is counted changes.
func TestABodysTotalsNeedNoPlatform(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before, err := w.svc.RollUp(w.ctx, "county", date("2024-03-01"))
	require.NoError(t, err)
	p, err := w.svc.DraftPlan(w.ctx, office, plan.Draft{Year: 2023, Title: "2023年度协商计划"})
	require.NoError(t, err)
	total := printed.Account{Date: "2023年", Figures: printed.ParseFigures("473个平台;521场次"), Source: "人民政协报"}
	_, err = w.svc.Plans.Do(w.ctx, stranger, p.ID, plan.Quote{Account: total})
	require.ErrorIs(t, err, workflow.ErrDenied)
	_, err = w.svc.Plans.Do(w.ctx, office, p.ID, plan.Quote{Account: printed.Account{Parties: []string{""}}})
	require.ErrorIs(t, err, workflow.ErrInvalid)
	p = w.onPlan(office, p, plan.Quote{Account: total})
	require.Equal(t, []printed.Account{total}, p.Accounts)
	after, err := w.svc.RollUp(w.ctx, "county", date("2024-03-01"))
	require.NoError(t, err)
	require.Equal(t, before, after)
}

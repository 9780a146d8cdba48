package consult_test

import (
	"fmt"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/plan"
	"github.com/tian-go/tian/consult/platform"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/consult/topic"
	"github.com/tian-go/tian/proposal/workflow"
)

// voice gives texts: those in which a person is named, and those that stay.
type voice struct {
	n    int
	kept []string
}

func (v *voice) says() string {
	v.n++
	return fmt.Sprintf("%s说%d", []string{"张小明", "张 小明", "与张小明同"}[v.n%3], v.n)
}

func (v *voice) keeps() string {
	kept := fmt.Sprintf("留%d号", len(v.kept)+1)
	v.kept = append(v.kept, kept)
	return kept
}

func (v *voice) account() printed.Account {
	return printed.Account{
		Date: v.says(), Parties: []string{v.says()}, Outcomes: []string{v.says()}, Answered: []string{v.says()}, FollowUps: []string{v.says()},
		Figures: []printed.Figure{{What: v.says(), N: 1, Unit: v.says(), Text: v.says()}}, Source: v.says(), Note: v.says(),
	}
}

func (v *voice) person(id string) activity.Participant {
	return activity.Participant{ID: id, Name: v.says(), Kind: rules.Member, Unit: v.says(), Declined: v.says(), Came: "09:10", Left: "10:20"}
}

func (v *voice) outcome() outcome.Outcome {
	return outcome.Outcome{Kind: rules.OutcomeNote, Title: v.says(), Text: v.says(), Lead: v.says(), To: []string{v.says()}, Number: v.keeps()}
}

func (v *voice) task() checklist.Task {
	return checklist.Task{
		What: v.says(), Owner: checklist.Owner{Unit: "bureau", Name: v.says()}, With: []checklist.Owner{{Unit: "roads", Name: v.says()}}, Due: date("2024-04-30"),
		Practical: true, Continues: v.keeps(), Steps: []checklist.Step{{What: v.says(), Owner: v.says()}},
	}
}

func (v *voice) survey() survey.Survey {
	return survey.Survey{
		Title: v.says(), Valid: survey.Count(9), Source: v.says(), Strata: []survey.Stratum{{Key: v.keeps(), Weight: 1}},
		Questions: []survey.Question{{Key: v.keeps(), Text: v.says(), Kind: survey.Several, Answered: 9, Options: []survey.Option{{Key: v.says(), Count: 5}}}},
	}
}

// tellEverything does every action that has a text to cases of every kind, with a
// person named wherever one can be.
func tellEverything(w *world, v *voice) {
	w.Helper()
	tellActivities(w, v)
	chosen := tellTopics(w, v)
	tellPlatforms(w, v)
	tellPlan(w, v, chosen)
}

func tellActivities(w *world, v *voice) {
	w.Helper()
	a := w.on("2024-03-01").plan(activity.Plan{Title: v.says(), Form: rules.FormCounterpart, Platform: w.station.ID, Month: "2024-03", Place: v.says(), On: date("2024-03-08")})
	w.do(convenor, a, activity.Replan{Title: v.says(), Place: v.says(), On: date("2024-03-08"), Month: "2024-03"},
		activity.Investigate{Place: v.says(), Found: v.says()}, activity.OpenCall{Kind: rules.Resident, Places: 2, Until: date("2024-03-02")},
		activity.Register{ID: "r", Name: v.says()},
		activity.Invite{Participants: []activity.Participant{v.person("m"), v.person("n"), v.person("o")}}, activity.AddSurvey{Survey: v.survey()})
	w.on("2024-03-03").do(convenor, a, activity.DrawLots{})
	w.do(convenor, a, activity.Refuse{Participant: "o", Reason: v.says()})
	w.do(office, a, activity.Waive{Limit: "notice", Reason: v.says()}, activity.Waive{Limit: "materials", Reason: v.says()})
	again := v.survey()
	again.ID = "v1"
	w.do(convenor, a, activity.SendMaterials{Files: []string{v.says()}}, activity.Notify{}, activity.Relocate{Place: v.says(), Reason: v.says()}, activity.CorrectSurvey{Survey: again, Reason: v.says()})
	w.on("2024-03-08").do(convenor, a, activity.Hold{
		Attended: []string{"m", "r"}, Joined: []activity.Participant{v.person("p"), {ID: "q", Kind: rules.Resident}, {ID: "s", Kind: rules.Department}}, Stays: []activity.Stay{{ID: "m", Came: "09:30", Left: "10:00"}},
		Absent: []activity.Absence{{ID: "n", Reason: v.says()}},
	}, activity.SitAgain{Mode: activity.InRoom, Place: v.says(), Joined: []activity.Participant{v.person("t")}},
		activity.Speak{By: "m", Text: v.says() + "，电话138 0013 8000"}, activity.Raise{Opinions: []activity.Opinion{{By: "m", Text: v.says()}}},
		activity.Respond{Unit: "bureau", To: []string{"s1"}, Text: v.says()},
		activity.CorrectAttendance{Joined: []activity.Participant{v.person("u")}, Stays: []activity.Stay{{ID: "u", Came: "09:30", Left: "10:00"}}, Reason: v.says()},
		activity.DraftMinutes{Text: v.says()}, activity.SendMinutes{}, activity.ObjectToMinutes{By: "m", Text: v.says()},
		activity.AnswerObjection{Objection: "b1", Answer: v.says()}, activity.FileMinutes{Text: v.says()},
		activity.Conclude{Items: []checklist.Task{v.task(), v.task(), {What: v.says(), Owner: checklist.Owner{Name: "张小明"}, Due: date("2024-04-30")}}, Outcomes: []outcome.Outcome{v.outcome()}},
		activity.Issue{Outcome: v.outcome()}, activity.AddItems{Items: []checklist.Task{v.task()}},
		activity.AskUnit{Opinion: "o1", Unit: "bureau", Due: date("2024-04-08")}, activity.Link{Proposal: "p1"}, activity.Unlink{Proposal: "p1", Reason: v.says()})
	w.do(bureau, a, activity.AnswerOpinion{Opinion: "o1", Taken: activity.TakenUp, Text: v.says()},
		activity.AskItemTime{Item: "i1", To: date("2024-05-30"), Reason: v.says()})
	w.do(convenor, a, activity.AnswerItemTime{Item: "i1", Granted: true, Answer: v.says()}, activity.ExtendItem{Item: "i2", To: date("2024-05-30"), Reason: v.says()})
	w.do(bureau, a, activity.FinishStep{Item: "i1", Step: "k1"}, activity.BeginItem{Item: "i1"}, activity.ReportItem{Item: "i1", Text: v.says()},
		activity.FinishItem{Item: "i1", Evidence: []string{v.says()}}, activity.GiveUpItem{Item: "i2", Reason: v.says()})
	w.do(office, a, activity.ReturnItem{Item: "i2", Reason: v.says()}, activity.HandItem{Item: "i2", To: checklist.Owner{Unit: "roads", Name: v.says()}, Reason: v.says()},
		activity.ConfirmItem{Item: "i1"}, activity.RevisitItem{Item: "i1", Found: v.says()}, activity.CorrectMinutes{Text: v.says(), Reason: v.says()},
		activity.AmendOutcome{Outcome: "c1", Title: v.says(), Lead: v.says(), To: []string{v.says()}, Number: v.keeps(), Reason: v.says()},
		activity.SendOutcome{Outcome: "c1", To: []string{v.says()}, Number: v.keeps()},
		activity.InstructOn{Outcome: "c1", Leader: v.says(), Text: v.says(), Units: []string{v.keeps()}},
		activity.HandleInstruction{Outcome: "c1", Instruction: "d1", Result: v.says()}, activity.TraceOutcome{Outcome: "c1", How: outcome.Adopted, Text: v.says()},
		activity.AmendOutcome{Outcome: "c1", Title: v.says(), Lead: v.says(), To: []string{v.says()}, Number: v.keeps(), Reason: v.says()},
		activity.Withhold{Reason: v.says()}, activity.Publish{Title: v.says(), Text: v.says(), Checklist: true}, activity.Follow{Kind: rules.Visit, Found: v.says()})

	closed := w.do(office, w.at("closed"), activity.Reopen{Items: []string{"i1"}, Reason: v.says()})
	w.do(office, closed, activity.Publish{Title: v.says()})
	w.do(convenor, w.plan(activity.Plan{Title: v.says(), Platform: w.station.ID}), activity.Postpone{Reason: v.says()}, activity.Cancel{Reason: v.says()})
	w.do(office, w.plan(activity.Plan{Title: v.says(), Platform: w.station.ID}),
		activity.Backfill{On: date("2024-02-01"), Joined: []activity.Participant{v.person("m")}, Account: v.account(), Outcomes: []outcome.Outcome{v.outcome()}})
}

func tellTopics(w *world, v *voice) *topic.Topic {
	w.Helper()
	from := func() topic.Source { return topic.Source{Kind: topic.FromResidents, Name: v.says()} }
	raise := func(actions ...workflow.Action[*topic.Topic, rules.Rules]) *topic.Topic {
		t, err := w.svc.Suggest(w.ctx, office, topic.Suggest{Title: v.says(), Source: from(), Text: v.says()})
		require.NoError(w, err)
		for _, action := range actions {
			t, err = w.svc.Topics.Do(w.ctx, office, t.ID, action)
			require.NoError(w, err, action.Event())
		}
		return t
	}
	into, other := raise(topic.Rename{Title: v.says()}), raise()
	_, err := w.svc.MergeTopics(w.ctx, office, into.ID, []string{other.ID})
	require.NoError(w, err)
	raise(topic.Decline{Reason: v.says()})
	return raise(topic.AddClue{Source: from(), Text: v.says()}, topic.AddSource{Source: from()}, topic.Nominate{},
		topic.Screen{Met: []string{rules.SmallCut, rules.Ready}, Text: v.says()}, topic.Select{},
		topic.Schedule{Slot: topic.Slot{Year: 2024, Form: rules.FormPlatform, Lead: v.keeps(), Units: []string{v.keeps()}, Approved: v.keeps()}},
		topic.Schedule{Slot: topic.Slot{Year: 2025, Form: rules.FormPlatform, Lead: v.keeps(), Units: []string{v.keeps()}, Approved: v.keeps()}})
}

func tellPlatforms(w *world, v *voice) {
	w.Helper()
	establish := func() *platform.Platform {
		p, err := w.svc.Establish(w.ctx, office, platform.Establish{
			Name: v.says(), Kind: rules.KindStation, Tier: platform.Town, Place: v.says(), Convenor: convenor.ID, Wall: []string{v.says()}, Since: date("2024-01-01"),
		})
		require.NoError(w, err)
		return p
	}
	do := func(who consult.Actor, p *platform.Platform, actions ...workflow.Action[*platform.Platform, rules.Rules]) {
		for _, action := range actions {
			_, err := w.svc.Platforms.Do(w.ctx, who, p.ID, action)
			require.NoError(w, err, action.Event())
		}
	}
	p, other, shut := establish(), establish(), establish()
	w.on("2024-03-20")
	revise := func() platform.Revise {
		return platform.Revise{Name: v.says(), Kind: rules.KindStation, Tier: platform.Town, Place: v.says(), Convenor: convenor.ID, Wall: []string{v.says()}}
	}
	for _, each := range []*platform.Platform{w.station, p} {
		do(office, each, revise(), platform.Quote{Account: v.account()}, platform.Inspect{Found: v.says(), Score: v.keeps()})
		do(convenor, each, platform.LogDuty{Found: v.says()})
		do(office, each, platform.Suspend{Reason: v.says()}, platform.Resume{})
	}
	do(office, shut, platform.Shut{Reason: v.says()})
	_, err := w.svc.MergePlatforms(w.ctx, office, p.ID, other.ID, v.says())
	require.NoError(w, err)
}

func tellPlan(w *world, v *voice, on *topic.Topic) {
	w.Helper()
	slot := func() plan.Slot {
		return plan.Slot{Topic: on.ID, Title: v.says(), Form: rules.FormPlatform, Lead: v.says(), Units: []string{v.keeps()}}
	}
	p, err := w.svc.DraftPlan(w.ctx, office, plan.Draft{Year: 2024, Title: "张小明" + v.says()})
	require.NoError(w, err)
	enter := func() {
		_, err = w.svc.EnterPlan(w.ctx, office, p.ID, plan.Enter{Slots: []plan.Slot{slot()}})
		require.NoError(w, err)
	}
	resolution := func() plan.Resolution { return plan.Resolution{Of: v.says(), Number: v.keeps(), Text: v.says()} }
	enter()
	w.onPlan(office, p, plan.Remove{Entry: "e1", Reason: v.says()})
	enter()
	w.onPlan(office, p, plan.Circulate{To: []string{v.says()}}, plan.Remark{From: v.says(), Text: v.says()}, plan.Answer{Comment: "m1", Answer: v.says()}, plan.Submit{})
	w.onPlan(chair, p, plan.Return{Resolution: resolution(), Reason: v.says()})
	w.onPlan(office, p, plan.Circulate{To: []string{v.says()}}, plan.Submit{})
	w.onPlan(chair, p, plan.Endorse{Resolution: resolution()}, plan.Approve{Resolution: resolution()})
	add := slot()
	_, err = w.svc.AskPlanChange(w.ctx, office, p.ID, plan.AskChange{Drop: "e2", Add: &add, Reason: v.says()})
	require.NoError(w, err)
	w.onPlan(chair, p, plan.DecideChange{Change: "h1", Resolution: resolution()})
	w.onPlan(office, p, plan.Quote{Account: v.account()})
	_, err = w.svc.ConcludePlan(w.ctx, office, p.ID, plan.Conclude{Text: v.says(), Undone: []plan.Undone{{Entry: "e2", Reason: v.says()}}})
	require.NoError(w, err)
}

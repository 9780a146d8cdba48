package consult_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

func TestAttendanceIsCorrectedAndStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded()
	a = w.do(office, a, activity.CorrectAttendance{Absent: []string{"r"}, Joined: []activity.Participant{{ID: "d", Kind: rules.Department}}, Reason: "签到表有误"})
	require.Equal(t, map[string]int{rules.Member: 1, rules.Department: 1}, a.Present())
	var was []activity.Participant
	require.NoError(t, json.Unmarshal(a.Corrections[0].Was, &was))
	require.True(t, was[1].Attended)
	require.Equal(t, []string{"attendance", "签到表有误", office.ID}, []string{a.Corrections[0].Of, a.Corrections[0].Reason, a.Corrections[0].By})
	a = w.do(office, a, activity.CorrectAttendance{Came: []string{"r"}, Stays: []activity.Stay{{ID: "m", Left: "11:00"}}, Reason: "核对录像"})
	require.Equal(t, "11:00", a.Participant("m").Left)
	require.Len(t, a.Corrections, 2)

	w.invalid(office, a, activity.CorrectAttendance{Came: []string{"r"}, Reason: "重复"}, "came[0]", "unchanged")
	w.invalid(office, a, activity.CorrectAttendance{Absent: []string{"nobody"}, Reason: "?"}, "absent[0]", "unknown")
	w.invalid(office, a, activity.CorrectAttendance{Absent: []string{"r", "m", "d"}, Reason: "无人"}, "absent", "nobody")
	w.invalid(office, a, activity.CorrectAttendance{Reason: "空"}, "came", "empty")
	spoken := w.concluded()
	spoke := w.on("2024-03-08").do(convenor, w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")}), activity.Notify{},
		joined(rules.Member, rules.Resident), activity.Speak{By: "p0", Text: "同意"})
	w.invalid(convenor, spoke, activity.CorrectAttendance{Absent: []string{"p0"}, Reason: "误记"}, "absent[0]", "spoke")
	require.NotNil(t, spoken)
}

func TestSurveysLinksAndLeadsAreCorrected(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.do(convenor, w.concluded(), activity.Link{Opinion: "o1", Proposal: "p-7"}, activity.Link{Proposal: "p-8"},
		activity.Issue{Outcome: outcome.Outcome{Kind: rules.OutcomeRecommendation, Title: "建议案", Lead: "区长"}})
	w.invalid(convenor, a, activity.Unlink{Proposal: "p-7", Reason: "误关联"}, "proposal", "unknown")
	w.invalid(convenor, a, activity.Unlink{Opinion: "o1", Proposal: "p-7"}, "reason", "empty")
	a = w.do(convenor, a, activity.Unlink{Opinion: "o1", Proposal: "p-7", Reason: "误关联"}, activity.Unlink{Proposal: "p-8", Reason: "误关联"})
	require.Empty(t, a.Proposals)
	require.Empty(t, a.Opinions[0].Proposals)
	found, err := w.svc.OfProposal(w.ctx, "p-7")
	require.NoError(t, err)
	require.Empty(t, found)

	w.invalid(office, a, activity.AmendOutcome{Outcome: "c1", Title: "建议案", Reason: "换届"}, "lead", "empty")
	a = w.do(office, a, activity.AmendOutcome{Outcome: "c1", Title: "建议案", Lead: "副区长", Reason: "分工调整"})
	require.Equal(t, "副区长", a.Outcomes[0].Lead)
	var was outcome.Outcome
	require.NoError(t, json.Unmarshal(a.Corrections[2].Was, &was))
	require.Equal(t, "区长", was.Lead)

	b := w.do(convenor, w.plan(activity.Plan{Platform: w.station.ID}), activity.AddSurvey{Survey: survey.Survey{Title: "问卷", Sent: survey.Count(100), Returned: survey.Count(90)}})
	w.invalid(convenor, b, activity.CorrectSurvey{Survey: survey.Survey{ID: "v1", Title: "问卷", Sent: survey.Count(80), Returned: survey.Count(90)}, Reason: "笔误"}, "survey.returned", "out_of_range")
	w.invalid(convenor, b, activity.CorrectSurvey{Survey: survey.Survey{ID: "v9", Title: "问卷", Sent: survey.Count(80)}, Reason: "笔误"}, "survey.id", "unknown")
	b = w.do(convenor, b, activity.CorrectSurvey{Survey: survey.Survey{ID: "v1", Title: "问卷", Sent: survey.Count(120), Returned: survey.Count(90)}, Reason: "补发20份"})
	require.Equal(t, int64(120), *b.Surveys[0].Sent)
	require.Len(t, b.Surveys, 1)
}

// The draft goes round, objections are answered before it is filed, and both texts of
// minutes corrected later are kept.
func TestMinutesGoRoundAndAreCorrected(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	held := w.on("2024-03-08").do(convenor, w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")}), activity.Notify{},
		activity.Hold{Joined: []activity.Participant{{ID: stranger.ID, Kind: rules.Member}, {ID: "r", Kind: rules.Resident}}})
	w.refused(convenor, held, activity.SendMinutes{}, "wrong_state")
	a := w.do(convenor, held, activity.DraftMinutes{Text: "议定一项"}, activity.SendMinutes{})
	require.Equal(t, []string{stranger.ID, "r"}, a.Minutes.Rounds[0].To)
	w.invalid(stranger, a, activity.ObjectToMinutes{By: "r", Text: "不是我"}, "by", "other")
	require.ErrorIs(t, w.try(bureau, a, activity.ObjectToMinutes{Text: "未到场"}), workflow.ErrDenied)
	a = w.do(stranger, a, activity.ObjectToMinutes{Text: "漏记一项"})
	a = w.do(convenor, a, activity.ObjectToMinutes{By: "r", Text: "数字有误"})
	w.refused(convenor, a, activity.FileMinutes{}, "objection_open", "objection_open")
	w.refused(convenor, a, activity.Conclude{}, "no_minutes")
	a = w.do(convenor, a, activity.AnswerObjection{Objection: "b1", Taken: true, Answer: "补记"}, activity.AnswerObjection{Objection: "b2", Answer: "核对无误"})
	w.invalid(convenor, a, activity.AnswerObjection{Objection: "b2", Answer: "再答"}, "objection", "answered")
	w.invalid(convenor, a, activity.AnswerObjection{Objection: "b9", Answer: "?"}, "objection", "unknown")
	a = w.do(convenor, a, activity.DraftMinutes{Text: "议定两项"}, activity.FileMinutes{})
	require.Equal(t, []string{"议定两项", "", "2024-03-08"}, []string{a.Minutes.Text, a.Minutes.Draft, a.Minutes.Filed.String()})

	a = w.do(convenor, a, activity.Conclude{}, activity.Issue{Outcome: outcome.Outcome{Kind: rules.OutcomeNote, Title: "信息"}})
	require.Error(t, w.try(convenor, a, activity.FileMinutes{Text: "改"}), "after the conclusion they are corrected, with a reason")
	w.invalid(office, a, activity.CorrectMinutes{Text: "议定三项"}, "reason", "empty")
	a = w.on("2024-04-01").do(office, a, activity.CorrectMinutes{Text: "议定三项", Reason: "漏列第三项"})
	require.Equal(t, "2024-03-08", a.Minutes.Filed.String(), "they are not late for it")
	require.Equal(t, "议定两项", a.Minutes.As(date("2024-03-31")))
	require.Equal(t, "议定三项", a.Minutes.As(date("2024-04-01")))
	require.Empty(t, a.Minutes.As(date("2024-03-07")))
	require.Equal(t, "漏列第三项", a.Minutes.Versions[0].Reason)
}

// An extension after the day gives a new day to work to. The item stays late.
func TestAnExtensionAfterTheDayDoesNotMakeAnItemInTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded(task("2024-04-30"), task("2024-04-30"))
	a = w.do(office, a, activity.ExtendItem{Item: "i2", To: date("2024-08-31"), Reason: "雨季"})
	a = w.on("2024-07-31").do(office, a, activity.ExtendItem{Item: "i1", To: date("2024-08-31"), Reason: "补批"})
	require.Equal(t, "2024-04-30", a.Item("i1").Missed.String())
	require.Equal(t, []int{92, 0}, []int{a.Item("i1").Late(date("2024-07-31")), a.Item("i2").Late(date("2024-07-31"))})
	require.Equal(t, [2]checklist.Card{checklist.NoCard, checklist.NoCard}, [2]checklist.Card{a.Item("i1").Card(date("2024-08-31"), checklist.Open), a.Item("i2").Card(date("2024-08-31"), checklist.Open)})
	require.Equal(t, checklist.Red, a.Item("i1").Card(date("2024-09-01"), checklist.Open), "late again")
	late, err := w.svc.Overdue(w.ctx, "county", date("2024-07-31"))
	require.NoError(t, err)
	require.Empty(t, late, "there is a new day to work to")
	late, err = w.svc.Overdue(w.ctx, "county", date("2024-07-30"))
	require.NoError(t, err)
	require.Len(t, late, 1, "on the day before there was none")
	w.on("2024-08-20").do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}}, activity.FinishItem{Item: "i2", Evidence: []string{"照片"}})
	l, err := w.svc.Ledger(w.ctx, w.station.ID, date("2024-12-31"))
	require.NoError(t, err)
	require.Equal(t, 1, l.Rows[0].InTime)
}

// What was asked on one scale stays a rate on it when the rules change.
func TestAPollKeepsTheScaleItWasTakenOn(t *testing.T) {
	t.Parallel()
	st := memory.New()
	svc, err := consult.New(st)
	require.NoError(t, err)
	a, err := svc.Plan(t.Context(), office, activity.Plan{Title: "停车", Form: rules.FormPlatform})
	require.NoError(t, err)
	for _, action := range []workflow.Action[*activity.Activity, rules.Rules]{
		activity.Backfill{On: date("2024-03-08"), Joined: []activity.Participant{{ID: "m", Kind: rules.Member}}},
		activity.Assess{Satisfaction: survey.Satisfaction{Asked: 12, Answers: map[string]int64{"satisfied": 6, "dissatisfied": 4}}},
	} {
		a, err = svc.Activities.Do(t.Context(), office, a.ID, action)
		require.NoError(t, err)
	}
	changed := rules.Default()
	changed.Satisfaction = changed.Satisfaction[:2] // 不满意 leaves the rules
	later, err := consult.New(st, workflow.WithRules("", changed))
	require.NoError(t, err)
	a, err = later.Activities.Get(t.Context(), a.ID)
	require.NoError(t, err)
	rate := a.Satisfaction[0].Rate()
	require.Equal(t, [2]int64{6, 10}, [2]int64{rate.Count, rate.Base})
}

// A unit that was not in the room answers in writing, and a closed activity is
// revisited.
func TestWhatComesAfterwards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded(task("2024-04-30"))
	w.invalid(convenor, a, activity.Respond{Unit: "bureau", By: "m", To: []string{"o1"}, Text: "答复"}, "unit", "two")
	w.invalid(convenor, a, activity.Respond{Unit: "bureau", OnSpot: true, To: []string{"o1"}, Text: "答复"}, "unit", "two")
	a = w.do(convenor, a, activity.Respond{Unit: "bureau", To: []string{"o1"}, Text: "已列入计划"})
	require.True(t, a.Answered("o1"))
	w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	a = w.do(office, a, activity.ConfirmItem{Item: "i1"}, activity.Publish{Title: "清单", Checklist: true}, activity.Close{})
	w.on("2024-09-01").refused(convenor, a, activity.RevisitItem{Item: "i9", Found: "?"}, "no_instance")
	a = w.do(convenor, a, activity.RevisitItem{Item: "i1", Found: "通道又堵", Lasts: false})
	supervisor := consult.Actor{ID: "sup", Body: "county", Roles: []string{"supervisor"}}
	a = w.do(supervisor, a, activity.Follow{Kind: rules.Visit, Found: "回访"})
	require.Equal(t, "closed", a.State)
	require.Equal(t, []bool{false}, []bool{a.Item("i1").Revisits[0].Lasts})
	a = w.do(office, a, activity.Reopen{Items: []string{"i1"}, Reason: "又堵了"})
	require.Equal(t, checklist.UnderWay, a.ItemState("i1"))
}

// The public reads whose an item is and what became of it.
func TestThePublishedChecklistSaysWhoseAndWhatBecame(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine := task("2024-04-30")
	mine.Owner = checklist.Owner{Account: "m"}
	a := w.concluded(mine, task("2024-04-30"))
	w.refused(office, a, activity.Publish{Title: "清单", Checklist: true}, "owner_unnamed")
	a = w.do(office, a, activity.HandItem{Item: "i1", To: checklist.Owner{Account: "m", Name: "王委员"}, Reason: "写明姓名"},
		activity.Publish{Title: "清单", Checklist: true})
	require.Equal(t, []string{"王委员", "bureau"}, []string{a.Publication.Items[0].Owner, a.Publication.Items[1].Owner})
	w.on("2024-04-20").do(bureau, a, activity.FinishItem{Item: "i2", Evidence: []string{"照片"}})
	seen, err := w.svc.Activities.As(consult.Actor{ID: "anyone", Body: "county"}).Get(w.ctx, a.ID)
	require.NoError(t, err)
	require.Equal(t, []string{checklist.Open, checklist.Done}, []string{seen.Publication.Items[0].State, seen.Publication.Items[1].State})
	require.Equal(t, "2024-04-20", seen.Publication.Items[1].Finished.String())
	require.Empty(t, seen.Items)
}

// Residents are asked about an item by itself once it is said to be done, on the scale
// of their day; who did it does not ask them, and nothing is counted twice.
func TestResidentsSatisfactionIsKeptPerItem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.concluded(task("2024-04-30"), task("2024-05-31"))
	poll := func(item string, asked, yes, no int64) activity.AssessItem {
		return activity.AssessItem{Item: item, Satisfaction: survey.Satisfaction{Asked: asked, Answers: map[string]int64{"satisfied": yes, "dissatisfied": no}}}
	}
	require.Error(t, w.try(office, a, poll("i1", 12, 6, 4)), "nothing has been done that they could be asked about")
	w.do(bureau, a, activity.FinishItem{Item: "i1", Evidence: []string{"照片"}})
	w.do(convenor, a, activity.FinishItem{Item: "i2", Evidence: []string{"照片"}})
	w.refused(convenor, a, poll("i2", 12, 6, 4), "own_work")
	a = w.do(office, a, poll("i1", 12, 6, 4), activity.ConfirmItem{Item: "i1"}, activity.ConfirmItem{Item: "i2"})
	w.invalid(office, a, poll("i1", 12, 6, 4), "answers", "duplicate")
	w.invalid(office, a, poll("i1", 12, 9, 4), "answers", "out_of_range")
	w.do(office, a, activity.Publish{Title: "清单"}, activity.Close{})
	a = w.on("2024-09-01").do(office, a, poll("i1", 10, 1, 9))
	then, now := a.Item("i1").Satisfied(date("2024-08-31")), a.Item("i1").Satisfied(date("2024-09-01"))
	require.Equal(t, [2]int64{6, 10}, [2]int64{then.Count, then.Base})
	require.Equal(t, [2]int64{7, 20}, [2]int64{now.Count, now.Base})
	require.Zero(t, a.Item("i2").Satisfied(date("2024-09-01")).Base)
	require.Empty(t, a.Satisfaction, "an item's residents are not the activity's participants")
}

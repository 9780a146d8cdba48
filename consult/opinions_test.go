package consult_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/consult"
	"github.com/tian-go/tian/consult/activity"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/proposal/workflow"
)

// An opinion goes to the units asked, each says what it makes of it, and who gave it
// hears. The figures are counted by hand.
func TestOpinionsAreTakenUpOrNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.on("2024-03-08")
	held := w.do(convenor, w.plan(activity.Plan{Platform: w.station.ID, On: date("2024-03-08")}), activity.Notify{},
		activity.Hold{Joined: []activity.Participant{{ID: stranger.ID, Kind: rules.Member}}},
		activity.Raise{Opinions: []activity.Opinion{{By: stranger.ID, Text: "增设车位"}, {Text: "错时共享"}, {Text: "立体车库"}}}, activity.FileMinutes{Text: "纪要"})
	a := w.do(convenor, held, activity.Conclude{}, activity.AskUnit{Opinion: "o1", Unit: "bureau", Due: date("2024-04-08")},
		activity.AskUnit{Opinion: "o1", Unit: "police", Due: date("2024-04-08")}, activity.AskUnit{Opinion: "o2", Unit: "bureau", Due: date("2024-04-08")})
	w.invalid(convenor, a, activity.AskUnit{Opinion: "o1", Unit: "bureau", Due: date("2024-04-08")}, "unit", "duplicate")
	w.invalid(convenor, a, activity.AskUnit{Opinion: "o9", Unit: "bureau", Due: date("2024-04-08")}, "opinion", "unknown")
	w.invalid(convenor, a, activity.AskUnit{Opinion: "o3", Unit: "bureau", Due: date("2024-03-07")}, "due", "past")

	police := consult.Actor{ID: "p", Body: "county", Unit: "police"}
	require.ErrorIs(t, w.try(police, a, activity.AnswerOpinion{Opinion: "o2", Taken: activity.TakenUp, Text: "照办"}), workflow.ErrDenied)
	w.invalid(bureau, a, activity.AnswerOpinion{Opinion: "o1", Taken: "perhaps", Text: "看看"}, "taken", "unknown")
	w.invalid(bureau, a, activity.AnswerOpinion{Opinion: "o1", Taken: activity.NotTaken}, "text", "empty")
	w.do(bureau, a, activity.AnswerOpinion{Opinion: "o1", Taken: activity.TakenUp, Text: "年内新增200个", Promised: date("2024-12-31")})
	a = w.do(bureau, a, activity.AnswerOpinion{Opinion: "o2", Taken: activity.TakenInPart, Text: "先试点"})
	overdue, err := w.svc.Activities.Overdue(w.ctx, w.on("2024-04-09").now)
	require.NoError(t, err)
	require.Len(t, overdue, 1)
	require.Equal(t, [2]string{"opinion", "o1@police"}, [2]string{overdue[0].Limit, overdue[0].Of})
	w.do(police, a, activity.AnswerOpinion{Opinion: "o1", Taken: activity.NotTaken, Text: "道路条件不允许"})

	seen, err := w.svc.Activities.As(police).Get(w.ctx, a.ID)
	require.NoError(t, err)
	require.Len(t, seen.Opinions, 1, "a unit reads the opinions it is asked about")
	require.ErrorIs(t, w.try(bureau, a, activity.HearAnswer{Opinion: "o1", Unit: "bureau"}), workflow.ErrDenied)
	a = w.do(stranger, a, activity.HearAnswer{Opinion: "o1", Unit: "bureau"})
	require.Equal(t, activity.Adoption{Opinions: 3, Given: 2, Requests: 3, Answered: 3, TakenUp: 1, InPart: 1, Not: 1, Late: 1, Heard: 1}, a.Adoption(date("2024-04-09")))
	require.Equal(t, activity.Adoption{Opinions: 3, Given: 2, Requests: 3, Answered: 2, TakenUp: 1, InPart: 1}, a.Adoption(date("2024-04-08")))
	percent, err := a.Adoption(date("2024-12-31")).Rate().Percent(1, points.HalfUp)
	require.NoError(t, err)
	require.Equal(t, "66.7", percent)
	answered := w.list("to_hear", stranger)
	require.Equal(t, []string{a.ID}, answered, "the police's answer has not been heard")
	w.do(convenor, a, activity.HearAnswer{Opinion: "o1", Unit: "police"})
	require.Empty(t, w.list("to_hear", stranger))
}

// list returns the IDs of the activities on somebody's own list.
func (w *world) list(name string, who consult.Actor) (ids []string) {
	w.Helper()
	key := who.ID
	if who.Unit != "" {
		key = who.Unit
	}
	err := w.svc.Activities.All().Each(w.ctx, workflow.Query{List: name, Body: "county", Key: key}, func(a *activity.Activity) error {
		ids = append(ids, a.ID)
		return nil
	})
	require.NoError(w, err)
	return ids
}

// A formal recommendation goes out after it was voted for; a leader writes on it, and
// what became of it is told.
func TestAFormalRecommendationIsVotedOnSentAndTraced(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.do(convenor, w.concluded(), activity.Issue{Outcome: outcome.Outcome{Kind: rules.OutcomeRecommendation, Title: "建议案", Lead: "区长", To: []string{"区委", "区政府"}}},
		activity.Issue{Outcome: outcome.Outcome{Kind: rules.OutcomeNote, Title: "信息"}})
	w.refused(office, a, activity.SendOutcome{Outcome: "c1"}, "not_adopted")
	vote := func(eligible, present, aye, no int) activity.VoteOutcome {
		return activity.VoteOutcome{Outcome: "c1", Vote: outcome.Vote{Eligible: eligible, Present: present, For: aye, Against: no}}
	}
	for _, bad := range []activity.VoteOutcome{vote(40, 41, 30, 0), vote(40, 30, 31, 0), vote(40, 30, -1, 0), vote(1<<62, 1<<62, 1<<62, 1<<62)} {
		w.invalid(office, a, bad, "present", "out_of_range")
	}
	w.invalid(office, a, activity.VoteOutcome{Outcome: "c2", Vote: outcome.Vote{Eligible: 1}}, "outcome", "not_voted_on")
	w.do(office, a, vote(40, 38, 20, 18))
	w.refused(office, a, activity.SendOutcome{Outcome: "c1"}, "not_adopted")
	a = w.do(office, a, vote(40, 38, 21, 17), activity.SendOutcome{Outcome: "c1", Number: "协建〔2024〕1号"}, activity.SendOutcome{Outcome: "c2", To: []string{"市政协"}})
	require.Equal(t, []string{"区委", "区政府"}, a.Outcomes[0].Sent[0].To)

	a = w.do(office, a, activity.InstructOn{Outcome: "c1", Leader: "区委书记", Text: "请住建局研办", Units: []string{"住建局"}})
	w.invalid(convenor, a, activity.HandleInstruction{Outcome: "c1", Instruction: "d9", Result: "已办"}, "instruction", "unknown")
	a = w.on("2024-06-01").do(convenor, a, activity.HandleInstruction{Outcome: "c1", Instruction: "d1", Result: "列入专项规划"})
	w.invalid(convenor, a, activity.HandleInstruction{Outcome: "c1", Instruction: "d1", Result: "再办"}, "instruction", "handled")
	w.invalid(office, a, activity.TraceOutcome{Outcome: "c1", How: "somehow", Text: "?"}, "how", "unknown")
	a = w.do(office, a, activity.TraceOutcome{Outcome: "c1", How: outcome.InPart, Text: "采纳两条"}, activity.TraceOutcome{Outcome: "c1", How: outcome.Policy, Text: "出台办法"})
	require.Equal(t, []string{"列入专项规划", "2024-06-01"}, []string{a.Outcomes[0].Instructions[0].Result, a.Outcomes[0].Instructions[0].Handled.String()})
	require.Len(t, a.Outcomes[0].Became, 2)
}

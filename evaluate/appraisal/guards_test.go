package appraisal_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/appraisal"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/proposal/workflow"
)

func codes(t *testing.T, blockers []workflow.Blocker) (codes []string) {
	t.Helper()
	for _, b := range blockers {
		require.NotEmpty(t, b.ZH)
		require.NotEmpty(t, b.EN)
		codes = append(codes, b.Code)
	}
	return codes
}

// What the guards that look at the round and the actor alone let pass, and what they hold
// against it.
func TestGuardsHoldWhatTheySay(t *testing.T) {
	on := day(t, "2025-01-06")
	scored := func(statuses ...evaluate.Status) *appraisal.Round {
		s := appraisal.Scoring{}
		for _, status := range statuses {
			s.Outcomes = append(s.Outcomes, evaluate.Outcome{Subject: "market", Status: status})
		}
		return &appraisal.Round{Scorings: []appraisal.Scoring{s}}
	}
	appealed := func(appeals ...appraisal.Appeal) *appraisal.Round { return &appraisal.Round{Appeals: appeals} }
	open, refused := appraisal.Appeal{ID: "a1"}, appraisal.Appeal{ID: "a2", Decided: on}
	waits, applied := appraisal.Appeal{ID: "a3", Decided: on, Upheld: true}, appraisal.Appeal{ID: "a4", Decided: on, Upheld: true, Applied: true}
	round := &appraisal.Round{
		Subjects:   []appraisal.Subject{{Key: "schools", Unit: true}, {Key: "market", Unit: true}},
		Evaluators: []appraisal.Evaluator{{Key: "m-1"}, {Key: "m-2"}},
		Scorings:   []appraisal.Scoring{{By: "o-1"}, {By: "o-2"}},
	}
	someone := workflow.Actor{ID: "c-1"}
	for _, c := range []struct {
		guard, argument string
		actor           workflow.Actor
		r               *appraisal.Round
		codes           []string
	}{
		{"all_in", "", someone, &appraisal.Round{Until: on}, nil},
		{"all_in", "", someone, &appraisal.Round{Until: on, Evaluators: round.Evaluators, Rubric: []byte("{")}, []string{"sealed"}}, // who is missing cannot be told
		{"settled", "", someone, new(appraisal.Round), []string{"not_scored"}},
		{"settled", "", someone, scored(evaluate.Final), nil},
		{"settled", "", someone, scored(evaluate.Final, evaluate.Undefined), []string{"not_final"}},
		{"settled", "", someone, scored(evaluate.Provisional, evaluate.Final), []string{"not_final"}},
		{"appeals_decided", "", someone, appealed(), nil},
		{"appeals_decided", "", someone, appealed(refused, applied), nil},
		{"appeals_decided", "", someone, appealed(open, refused), []string{"appeal_open"}},
		{"appeals_decided", "", someone, appealed(waits), []string{"not_rescored"}},
		{"upheld", "", someone, appealed(), []string{"no_appeal"}},
		{"upheld", "", someone, appealed(open, refused, applied), []string{"no_appeal"}},
		{"upheld", "", someone, appealed(refused, waits), nil},
		{"other_hands", "", someone, round, nil},
		{"other_hands", "", workflow.Actor{ID: "s-1", Unit: "schools"}, round, []string{"own_case"}}, // the first of its list
		{"other_hands", "", workflow.Actor{ID: "k-1", Unit: "market"}, round, []string{"own_case"}},
		{"other_hands", "", workflow.Actor{ID: "m-1"}, round, []string{"evaluator"}},
		{"other_hands", "", workflow.Actor{ID: "m-2"}, round, []string{"evaluator"}},
		{"other_hands", "", workflow.Actor{ID: "o-1"}, round, []string{"scorer"}}, // of the first scoring too
		{"other_hands", "", workflow.Actor{ID: "o-2", Unit: "market"}, round, []string{"own_case", "scorer"}},
		{"shown_for", "soon", someone, &appraisal.Round{Shown: on}, []string{"guard_argument"}},
		{"shown_for", "-1", someone, &appraisal.Round{Shown: on}, []string{"guard_argument"}},
		{"shown_for", "0", someone, new(appraisal.Round), []string{"not_yet"}},
		{"published_for", "0", someone, new(appraisal.Round), []string{"not_yet"}},
		{"appeal_within", "0", someone, new(appraisal.Round), []string{"not_yet"}},
	} {
		act := &appraisal.Act{Actor: c.actor, Argument: c.argument}
		require.Equal(t, c.codes, codes(t, appraisal.Guards()[c.guard](act, c.r)), "%s:%s of %+v by %+v", c.guard, c.argument, c.r, c.actor)
	}

	days := appraisal.Vocabulary().Arguments["shown_for"]
	for argument, usable := range map[string]bool{"0": true, "7": true, "366": true, "-1": false, "367": false, "soon": false, "": false} {
		require.Equal(t, usable, days(argument) == nil, argument)
	}
}

// Cards come in up to the last day, and are opened after it or when none is missing; an
// outcome is appealed against for seven days, and confirmed after them; it is published
// for more than five.
func TestADayTooEarlyOrTooLate(t *testing.T) {
	before := map[string][]string{"2025-01-06": nil, "2025-01-20": nil, "2025-01-21": {"too_late"}}
	for _, c := range []struct {
		to    func(w *world)
		actor workflow.Actor
		event string
		on    map[string][]string
	}{
		{func(*world) {}, m1, "hand_in", before},
		{func(*world) {}, m1, "take_back", before},
		{func(*world) {}, office, "invite", before},
		{func(*world) {}, office, "remind", before},
		{func(*world) {}, office, "close", map[string][]string{"2025-01-06": {"sealed"}, "2025-01-20": {"sealed"}, "2025-01-21": nil}},
		{(*world).filled, office, "close", map[string][]string{"2025-01-06": nil}},
		{(*world).shown, market, "appeal", map[string][]string{"2025-01-06": nil, "2025-01-13": nil, "2025-01-14": {"too_late"}}},
		{(*world).shown, committee, "confirm", map[string][]string{"2025-01-06": {"too_early"}, "2025-01-13": {"too_early"}, "2025-01-14": nil}},
		{(*world).published, office, "archive", map[string][]string{"2025-01-20": {"too_early"}, "2025-01-25": {"too_early"}, "2025-01-26": nil}},
	} {
		w := begin(t, announcement(t))
		c.to(w)
		for on, blocked := range c.on {
			w.on(on)
			require.Equal(t, blocked, w.blocked(c.actor, c.event), "%s on %s", c.event, on)
		}
	}
}

// Who is scored or scores decides on no appeal, before the outcome is published or after;
// an outcome is scored again for an appeal only, and goes no further while one is open or
// what came of it is not final.
func TestAnAppealIsDecidedByOthersAndHoldsTheOutcomeBack(t *testing.T) {
	w := begin(t, announcement(t))
	w.shown()
	w.heldBack("confirm")
	w.do(office, appraisal.Rescore{})
	require.Equal(t, []string{"not_final"}, w.blocked(committee, "confirm"))
}

func TestAnObjectionIsDecidedByOthersAndHoldsTheOutcomeBack(t *testing.T) {
	w := begin(t, announcement(t))
	w.published()
	w.heldBack("archive")
}

// heldBack appeals, and has it upheld: so a fact is not known yet.
func (w *world) heldBack(further string) {
	w.t.Helper()
	judge, deputy := m1, market
	judge.Roles, deputy.Roles = []string{"committee"}, []string{"leader"}
	require.Equal(w.t, []string{"no_appeal"}, w.blocked(office, "rescore"))
	w.do(market, appraisal.File{Ground: "fact", Reason: "有10件已面商", Papers: []string{"面商记录"}})
	require.Equal(w.t, []string{"evaluator"}, w.blocked(judge, "decide"))
	require.Equal(w.t, []string{"own_case", "evaluator"}, w.blocked(deputy, "decide"))
	require.Empty(w.t, w.blocked(committee, "decide"))
	w.on("2025-01-31")
	require.Equal(w.t, []string{"appeal_open"}, w.blocked(committee, further))
	w.do(committee, appraisal.Decide{Appeal: "a1", Upheld: true, Answer: "尚未到期", Facts: []appraisal.Drawn{
		{Key: "contact", Value: evaluate.FactMissing(rubric.NotDue), Source: "台账"},
	}})
	require.Equal(w.t, []string{"not_rescored"}, w.blocked(committee, further))
	require.Empty(w.t, w.blocked(office, "rescore"))
}

// published goes on to the day on which the outcome is published.
func (w *world) published() {
	w.t.Helper()
	w.shown()
	w.on("2025-01-20")
	w.do(committee, appraisal.Confirm{Text: "同意"})
	w.do(office, appraisal.Publish{})
}

// blocked is what holds an actor back from an event that may come now.
func (w *world) blocked(a workflow.Actor, event string) []string {
	w.t.Helper()
	choices, err := w.svc.Choices(context.Background(), a, w.id)
	require.NoError(w.t, err)
	i := slices.IndexFunc(choices, func(c workflow.Choice) bool { return c.Event == event })
	require.GreaterOrEqual(w.t, i, 0, event)
	return codes(w.t, choices[i].Blockers)
}

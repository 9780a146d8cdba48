package proposal_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// guarded returns a definition under another name with one more guard on an event
// of a track, "" for the main line.
func guarded(d lifecycle.Definition, name, track, event, guard string) lifecycle.Definition {
	d = named(d, name)
	add := func(transitions []lifecycle.Transition) {
		for i := range transitions {
			if transitions[i].Event == event {
				transitions[i].Guards = append(transitions[i].Guards, guard)
			}
		}
	}
	if track == "" {
		add(d.Transitions)
	}
	for i := range d.Tracks {
		if d.Tracks[i].Key == track {
			add(d.Tracks[i].Transitions)
		}
	}
	return d
}

func withDefault(d lifecycle.Definition) []workflow.Option {
	return []workflow.Option{workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", d.Name)}
}

// A key proposal has a leader before it is one; where the definition says so it
// is talked over first, and its supervision has a visit.
func TestAKeyProposalIsTalkedOverAndLed(t *testing.T) {
	ctx := context.Background()
	d := guarded(guarded(proposal.Nine(), "key", "key", "mark_key", "consulted_on"), "key", "supervision", "conclude", "visited")
	h := newHouse(t, withDefault(d)...)
	p := h.to("filed", "1")
	_, err := h.Do(ctx, committee, p.ID, proposal.MarkKey{Leader: " "})
	require.Equal(t, "no_leader not_consulted", reasons(t, err))
	p = h.take(p.ID, step{office, proposal.NominateKey{Reason: "涉及民生"}})
	require.Equal(t, "candidate", p.Track("key", ""))
	_, err = h.Do(ctx, committee, p.ID, proposal.MarkKey{Leader: "主席"})
	require.Equal(t, "not_consulted", reasons(t, err))
	p = h.take(p.ID, step{committee, proposal.ConsultOnKey{With: "县政府办", Text: "同意"}}, step{committee, proposal.MarkKey{Leader: "主席"}})
	require.Equal(t, "主席", p.Key.Leader)
	require.Equal(t, "县政府办", p.Candidacy.Asked[0].With)
	p = h.take(p.ID, step{office, proposal.Assign{Lead: "market"}}, step{committee, proposal.Supervise{Leader: "主席", Form: "调研"}})
	_, err = h.Do(ctx, committee, p.ID, proposal.Conclude{Result: "落实"})
	require.Equal(t, "not_visited", reasons(t, err))
	h.take(p.ID, step{leader, proposal.VisitSite{Place: "步行街"}}, step{committee, proposal.Conclude{Result: "落实"}})
	p = h.take(h.to("candidate", "2").ID, step{committee, proposal.UnmarkKey{Reason: "未入选"}})
	require.Nil(t, p.Candidacy)
}

// Where a body has terms for tiers and forms, others are refused.
func TestTiersAndFormsOfSupervisionAreCoded(t *testing.T) {
	ctx := context.Background()
	rules := proposal.DefaultRules()
	rules.Tiers = proposal.Versions{{Name: "tiers", Version: 1, Terms: []proposal.Term{{Key: "instruction"}, {Key: "joint_inspection"}}}}
	rules.SupervisionForms = proposal.Versions{{Name: "forms", Version: 1, Terms: []proposal.Term{{Key: "visit"}}}}
	h := newHouse(t, workflow.WithRules("", rules))
	p := h.to("filed", "1")
	_, err := h.Do(ctx, committee, p.ID, proposal.MarkKey{Leader: "主席", Tier: "领衔"})
	require.Equal(t, "tier unknown", reasons(t, err))
	p = h.take(p.ID, step{committee, proposal.MarkKey{Leader: "主席", Tier: "instruction"}}, step{office, proposal.Assign{Lead: "market"}})
	require.Equal(t, "tiers@1", p.Key.Scheme)
	_, err = h.Do(ctx, committee, p.ID, proposal.Supervise{Form: "走访"})
	require.Equal(t, "form unknown", reasons(t, err))
	h.take(p.ID, step{committee, proposal.Supervise{Form: "visit"}})
}

// How many of those filed are key ones is told beside the rule: 2 to 6 %.
func TestTheShareOfKeyProposalsIsTold(t *testing.T) {
	ctx := context.Background()
	rules := proposal.DefaultRules()
	rules.KeyShare = &proposal.Share{Least: 2 * points.One, Most: 6 * points.One}
	h := newHouse(t, workflow.WithRules("", rules))
	for i := range 20 {
		h.to("filed", fmt.Sprint(i+1))
	}
	h.to("draft", "")
	told := func(want proposal.Standing, key int64) {
		t.Helper()
		rate, standing, err := h.KeyShare(ctx, "xiushan")
		require.NoError(t, err)
		require.Equal(t, rates.Rate{Count: key, Base: 20 + key, Of: "filed", Rule: "key"}, rate)
		require.Equal(t, want, standing)
	}
	told(proposal.Under, 0)
	h.to("key", "101")
	told(proposal.Within, 1)
	h.to("key", "102")
	told(proposal.Over, 2)
	for _, c := range []struct {
		count, base int64
		want        proposal.Standing
	}{{2, 100, proposal.Within}, {6, 100, proposal.Within}, {61, 1000, proposal.Over}, {19, 1000, proposal.Under}, {0, 0, proposal.Within}} {
		require.Equal(t, c.want, rules.KeyShare.Of(rates.Rate{Count: c.count, Base: c.base}))
	}
	rules.KeyShare = &proposal.Share{Least: 7 * points.One, Most: 6 * points.One}
	_, err := proposal.New(h.store, workflow.WithRules("", rules))
	require.ErrorIs(t, err, workflow.ErrInvalid)
}

// A distinction goes to what was put up for it, where the definition says so.
func TestHonoursAreOfThoseNominated(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t, withDefault(guarded(proposal.Nine(), "nominated", "honour", "honour", "nominated"))...)
	p := h.to("closed", "1")
	_, err := h.Do(ctx, committee, p.ID, proposal.GiveHonour{Title: "优秀提案", Year: 2024})
	require.Equal(t, "not_nominated", reasons(t, err))
	nominate := proposal.Nominate{Title: "优秀提案", Year: 2024, Reason: "成效明显"}
	h.take(p.ID, step{office, nominate})
	_, err = h.Do(ctx, office, p.ID, nominate)
	require.Equal(t, "title duplicate", reasons(t, err))
	_, err = h.Do(ctx, committee, p.ID, proposal.GiveHonour{Title: "优秀提案", Year: 2023})
	require.Equal(t, "not_nominated", reasons(t, err))
	p = h.take(p.ID, step{committee, proposal.GiveHonour{Title: "优秀提案", Year: 2024}})
	require.Equal(t, "honoured", p.Track("honour", ""))
}

// Units judge the proposal and proposers the handling; nobody their own side, and
// what they say is scored by package evaluate.
func TestBothSidesJudgeEachOther(t *testing.T) {
	ctx := context.Background()
	h := newHouse(t)
	p := h.to("closed", "1")
	marks := func(key string, n points.Points) map[string]evaluate.Mark {
		return map[string]evaluate.Mark{key: evaluate.MarkPoints(n * points.One)}
	}
	_, err := h.Do(ctx, clerk("market"), p.ID, proposal.Evaluate{Of: proposal.OfHandling, Marks: marks("speed", 10)})
	require.Equal(t, "of own_side", reasons(t, err))
	_, err = h.Do(ctx, member, p.ID, proposal.Evaluate{Of: proposal.OfQuality, Unit: "market", Marks: marks("depth", 10)})
	require.Equal(t, "of own_side", reasons(t, err))
	_, err = h.Do(ctx, member, p.ID, proposal.Evaluate{Marks: marks("depth", 10)})
	require.Equal(t, "of empty", reasons(t, err))
	p = h.take(p.ID, step{clerk("market"), proposal.Evaluate{Of: proposal.OfQuality, Marks: marks("depth", 80)}})
	require.False(t, p.Mutual("market").Handling.Decided, "the proposer has not judged yet")
	p = h.take(p.ID, step{member, proposal.Evaluate{Of: proposal.OfHandling, Unit: "market", Marks: marks("speed", 60)}},
		step{member, proposal.Evaluate{Of: proposal.OfHandling, Unit: "market", Marks: marks("speed", 70)}})

	sheet := func(group, key string) *evaluate.Sheet {
		s, err := evaluate.Compile(rubric.Rubric{
			Name: key, Version: 1, Full: 100 * points.One, Groups: []rubric.Group{{Key: group}},
			Criteria: []rubric.Criterion{{Key: key, Points: 100 * points.One, Groups: []string{group}}},
		})
		require.NoError(t, err)
		return s
	}
	outcome, err := evaluate.Mutual{Quality: sheet("unit", "depth"), Handling: sheet("proposer", "speed")}.Score(p.Mutual("market"))
	require.NoError(t, err)
	require.Equal(t, "80", outcome.Quality.Total.String())
	require.Equal(t, "70", outcome.Handling.Total.String(), "the later ballot counts")

	kept, err := h.Get(ctx, p.ID)
	require.NoError(t, err)
	require.Equal(t, p.Mutual("market"), kept.Mutual("market"), "marks survive being written and read")
}

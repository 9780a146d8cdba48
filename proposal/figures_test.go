package proposal_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/store/memory"
	"github.com/tian-go/tian/proposal/workflow"
)

// Nineteen proposals, seven of them social: the share keeps its count and base.
func ExampleTally() {
	var year proposal.Tally
	for i := range 19 {
		p := &proposal.Proposal{Header: workflow.Header{State: "filed", Stage: "filing"}, Category: proposal.Economic}
		if i < 7 {
			p.Category = proposal.Social
		}
		year.Add(p)
	}
	social := year.Rate(proposal.ByCategory, "social")
	data, err := json.Marshal(social)
	fmt.Println(string(data), err)
	fmt.Println(year.Rate(proposal.ByOpinion, "satisfied").Undefined())
	// Output:
	// {"count":7,"base":19,"of":"stated","rule":"category","percent":"36.84"} <nil>
	// base_zero
}

// answered is a reply that went out, in a class.
func answered(unit string, role proposal.PartRole, class string) proposal.Part {
	return proposal.Part{Unit: unit, Role: role, Replies: []proposal.Answer{{Class: class, Issued: time.Unix(1, 0)}}}
}

func TestTallyCountsAProposalOnceInEachDimensionItStates(t *testing.T) {
	at := func(state, stage string) workflow.Header { return workflow.Header{State: state, Stage: stage} }
	for name, c := range map[string]struct {
		p       proposal.Proposal
		outcome string
		filed   int64
		classes map[string]int64
		opinion map[string]int64
	}{
		"submitted only": {p: proposal.Proposal{Header: at("submitted", "submission")}, outcome: "open"},
		"returned":       {p: proposal.Proposal{Header: at("returned", "review"), Review: &proposal.Review{Outcome: "return"}}, outcome: "open"},
		"refused":        {p: proposal.Proposal{Header: at("refused", "review"), Review: &proposal.Review{Outcome: "refuse"}}, outcome: "refuse"},
		"returned once, then filed": {p: proposal.Proposal{Header: at("filed", "filing"), Number: "1",
			Review: &proposal.Review{Outcome: "return"}}, outcome: "filed", filed: 1},
		"merged with a number":            {p: proposal.Proposal{Header: at("merged", "review"), Number: "2", MergedInto: "x"}, outcome: "merged", filed: 1},
		"merged without":                  {p: proposal.Proposal{Header: at("merged", "review"), MergedInto: "x"}, outcome: "merged"},
		"withdrawn after filing":          {p: proposal.Proposal{Header: at("withdrawn", "review"), Number: "3", Review: &proposal.Review{Outcome: "withdraw"}}, outcome: "withdraw", filed: 1},
		"filed without a number":          {p: proposal.Proposal{Header: at("filed", "filing")}, outcome: "filed", filed: 1},
		"a lead's class, not the co-unit": {p: proposal.Proposal{Header: at("replied", "reply"), Parts: []proposal.Part{answered("l", proposal.Lead, "a"), answered("c", proposal.Co, "b")}}, outcome: "filed", filed: 1, classes: map[string]int64{"a": 1}},
		"separate units, two classes": {p: proposal.Proposal{Header: at("replied", "reply"), Parts: []proposal.Part{
			answered("u", proposal.EachOwn, "a"), answered("v", proposal.EachOwn, "b"), answered("w", proposal.EachOwn, "a"),
		}}, outcome: "filed", filed: 1, classes: map[string]int64{"a": 1, "b": 1}},
		"a draft reply has no class yet": {p: proposal.Proposal{Header: at("handling", "handling"), Parts: []proposal.Part{
			{Unit: "u", Role: proposal.Lead, Replies: []proposal.Answer{{Class: "a"}}},
		}}, outcome: "filed", filed: 1},
		"the last opinion counts": {p: proposal.Proposal{Header: at("feedback", "feedback"), Parts: []proposal.Part{answered("u", proposal.Lead, "")}, Opinions: []proposal.Opinion{
			{Unit: "u", Result: "dissatisfied"}, {Unit: "u", Result: "satisfied"},
		}}, outcome: "filed", filed: 1, opinion: map[string]int64{"satisfied": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			var tally proposal.Tally
			tally.Add(&c.p)
			require.EqualValues(t, 1, tally.Received)
			require.Equal(t, c.filed, tally.Filed)
			require.Equal(t, []string{c.outcome}, tally.Keys(proposal.ByOutcome))
			require.Equal(t, []string{c.p.Stage}, tally.Keys(proposal.ByStage))
			for d, want := range map[proposal.Dimension]map[string]int64{proposal.ByClass: c.classes, proposal.ByOpinion: c.opinion} {
				require.Len(t, tally.Keys(d), len(want), d)
				for key, n := range want {
					require.Equal(t, n, tally.Rate(d, key).Count, d)
					require.EqualValues(t, 1, tally.Rate(d, key).Base, "the base is proposals")
				}
			}
		})
	}
}

func TestADraftIsNotReceived(t *testing.T) {
	var tally proposal.Tally
	tally.Add(&proposal.Proposal{Header: workflow.Header{State: "draft", Stage: "cultivation"}, Category: proposal.Social})
	require.EqualValues(t, 1, tally.Drafts)
	require.Zero(t, tally.Received)
	require.Empty(t, tally.Dimensions())
	data, err := json.Marshal(&tally)
	require.NoError(t, err)
	require.JSONEq(t, `{"received":0,"filed":0,"drafts":1,"by_category":{},"by_proposer":{},"by_class":{},"by_opinion":{},"by_stage":{},"by_outcome":{}}`, string(data))
}

// random makes a proposal in which anything may be stated or not.
func random(r *rand.Rand) *proposal.Proposal {
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	p := &proposal.Proposal{
		Header: workflow.Header{
			Body: pick("a", "a1", "a2", "a11", "b"), State: pick("draft", "submitted", "filed", "handling", "closed"),
			Stage: pick("submission", "filing", "handling", "feedback"),
		},
		Category: proposal.Category(pick("", "social", "economic")), Number: pick("", "7"),
		Proposer: proposal.Proposer{Kind: proposal.ProposerKind(pick("", "member", "party"))},
	}
	for _, unit := range []string{"u", "v"} {
		if r.IntN(2) == 0 {
			p.Parts = append(p.Parts, answered(unit, proposal.EachOwn, pick("", "a", "b")))
			p.Opinions = append(p.Opinions, proposal.Opinion{Unit: unit, Result: pick("satisfied", "dissatisfied")})
		}
	}
	return p
}

// However a set of proposals is divided among the bodies of a tree, the top's
// rolled-up figures are those of the whole, and each body's those of its part.
func TestFiguresRolledUpAreThoseOfTheWhole(t *testing.T) {
	tree, err := workflow.NewTree(workflow.Body{ID: "top"}, workflow.Body{ID: "a", Parent: "top"}, workflow.Body{ID: "b", Parent: "top"},
		workflow.Body{ID: "a1", Parent: "a"}, workflow.Body{ID: "a2", Parent: "a"}, workflow.Body{ID: "a11", Parent: "a1"})
	require.NoError(t, err)
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 2))
		own := make(map[string]*proposal.Tally)
		whole := make(map[string]*proposal.Tally)
		for range r.IntN(60) + 1 {
			p := random(r)
			if own[p.Body] == nil {
				own[p.Body] = new(proposal.Tally)
			}
			own[p.Body].Add(p)
			for _, body := range tree.Below("top") {
				if tree.Covers(body, p.Body) {
					if whole[body] == nil {
						whole[body] = new(proposal.Tally)
					}
					whole[body].Add(p)
				}
			}
		}
		before := text(t, own)
		rolled := proposal.RollUp(tree, own)
		require.Equal(t, text(t, whole), text(t, rolled), "seed %d", seed)
		require.Equal(t, before, text(t, own), "the parts are left as they are")
		require.Equal(t, before, text(t, proposal.RollUp(nil, own)), "without a tree each body stands alone")
	}
}

// The shares of what each proposal states once add up to the base, and the
// base never exceeds what was received.
func TestSharesAddUpToTheirBase(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var tally proposal.Tally
	for range 500 {
		tally.Add(random(r))
		for _, d := range []proposal.Dimension{proposal.ByCategory, proposal.ByProposer, proposal.ByStage, proposal.ByOutcome} {
			var sum, base int64
			for _, k := range tally.Keys(d) {
				rate := tally.Rate(d, k)
				sum, base = sum+rate.Count, rate.Base
			}
			require.Equal(t, base, sum, d)
			require.LessOrEqual(t, base, tally.Received, d)
		}
	}
	require.Equal(t, tally.Received, tally.Rate(proposal.ByOutcome, "open").Base, "every proposal has an outcome")
	require.LessOrEqual(t, tally.FilingRate().Count, tally.FilingRate().Base)
}

func TestMergingTakesDimensionsOfOnesOwnAlong(t *testing.T) {
	var north, south, both proposal.Tally
	north.Count("district", "east", "east", "")
	south.Count("district", "east", "west")
	both.Merge(&north)
	both.Merge(&south)
	both.Merge(nil)
	require.EqualValues(t, 2, both.Rate("district", "east").Count, "a key given twice counts once")
	require.EqualValues(t, 2, both.Rate("district", "west").Base)
	both.Merge(&both)
	require.EqualValues(t, 4, both.Rate("district", "east").Count, "even itself")
	require.Equal(t, []proposal.Dimension{"district"}, both.Dimensions())
}

func TestFiguresOfAServiceCountEachBodysOwn(t *testing.T) {
	ctx := context.Background()
	svc, err := proposal.New(memory.New())
	require.NoError(t, err)
	for i, body := range []string{"east", "east", "west"} {
		member := proposal.Actor{ID: "m", Body: body, Roles: []string{"member"}}
		p, err := svc.Open(ctx, member, proposal.Draft{Title: fmt.Sprintf("关于第%d件事的提案", i), Category: proposal.Social})
		require.NoError(t, err)
		if i != 1 {
			_, err = svc.Do(ctx, member, p.ID, proposal.Submit{})
			require.NoError(t, err)
		}
	}
	own, err := svc.Figures(ctx, nil)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"east", "west"}, keysOf(own))
	require.Equal(t, [2]int64{1, 1}, [2]int64{own["east"].Received, own["east"].Drafts})
	require.EqualValues(t, 1, own["west"].Received)

	west, err := svc.Figures(ctx, func(t *proposal.Tally, p *proposal.Proposal) {
		t.Add(p)
		t.Count("timing", string(p.Timing))
	}, store.Match{Attr: "body", Op: store.Is, Values: []string{"west"}})
	require.NoError(t, err)
	require.Equal(t, []string{"west"}, keysOf(west))
	require.EqualValues(t, 1, west["west"].Rate("timing", "ordinary").Count)
}

// Figures are counted from the index as they are from the proposals, also where a
// key is too long or odd to be kept there; and they are for code that may see all.
func TestTalliesReadOnlyWhatTheIndexCannotHold(t *testing.T) {
	ctx := context.Background()
	st := memory.New()
	svc, err := proposal.New(st)
	require.NoError(t, err)
	long := strings.Repeat("b", 1020)
	for i, body := range []string{"east", "east", "west", "a\x1fb"} {
		member := proposal.Actor{ID: "m", Body: body, Roles: []string{"member"}}
		p, err := svc.Open(ctx, member, proposal.Draft{Title: fmt.Sprintf("关于第%d件事的提案", i), Category: proposal.Social})
		require.NoError(t, err)
		if i != 1 {
			_, err = svc.Do(ctx, member, p.ID, proposal.Submit{})
			require.NoError(t, err)
		}
	}
	full, err := svc.Figures(ctx, nil)
	require.NoError(t, err)
	kept, err := svc.Tallies(ctx)
	require.NoError(t, err)
	require.Equal(t, full, kept)
	require.Len(t, kept, 3)

	_, err = svc.As(proposal.Actor{ID: "m", Body: "east", Roles: []string{"office"}}).CountBy(ctx, workflow.Query{}, "tally")
	require.ErrorIs(t, err, workflow.ErrInvalid)

	edited := store.Change{Record: store.Record{Kind: proposal.Kind, ID: "x", Index: []store.Attr{{Name: "tally", Value: long}}}}
	require.NoError(t, st.Commit(ctx, edited))
	_, err = svc.Tallies(ctx)
	require.ErrorIs(t, err, workflow.ErrUnreadable)
}

func keysOf(m map[string]*proposal.Tally) []string {
	var keys []string
	for k := range maps.Keys(m) {
		keys = append(keys, k)
	}
	return keys
}

func text(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

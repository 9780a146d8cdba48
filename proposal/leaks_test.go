package proposal_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// However a case ends, nothing of it is left open: no supervision, no part of a
// co-unit, no objection.
func TestACaseDoesNotEndWithSomethingOpen(t *testing.T) {
	assigned := []step{{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}}
	released := []step{{clerk("market"), proposal.Object{Reason: "不属职责"}}, {office, proposal.ApproveObjection{Unit: "market"}}}
	answered := then([]step{{clerk("market"), proposal.Accept{}}, {clerk("banking"), proposal.Accept{}}}, reply("banking"), reply("market"))
	for name, c := range map[string]struct {
		steps []step
		end   step
		open  string
		mend  []step
	}{
		"withdrawn while a co-unit works": {
			then(assigned, released), step{member, proposal.Withdraw{}}, "part_open",
			[]step{{office, proposal.Transfer{Unit: "banking", Reason: "撤案"}}},
		},
		"withdrawn while a co-unit objects": {
			then(assigned, []step{{clerk("banking"), proposal.Object{Reason: "不属职责"}}}, released), step{member, proposal.Withdraw{}}, "objection_open",
			[]step{{office, proposal.ApproveObjection{Unit: "banking"}}},
		},
		"withdrawn under supervision": {
			then([]step{{office, proposal.Assign{Lead: "market"}}, {committee, proposal.Supervise{}}}, released), step{member, proposal.Withdraw{}}, "supervised",
			[]step{{committee, proposal.Conclude{Result: "撤案"}}},
		},
		"closed under supervision": {
			then(assigned, answered, []step{{committee, proposal.Supervise{}}}), step{committee, proposal.Close{}}, "supervised",
			[]step{{committee, proposal.Conclude{Result: "落实"}}},
		},
		"closed while a co-unit works again": {
			then(assigned, answered, []step{{office, proposal.Reopen{Units: []string{"market", "banking"}, Reason: "未落实"}}},
				[]step{{office, proposal.Transfer{Unit: "market", To: []string{"commerce"}, Reason: "改派"}}},
				[]step{{office, proposal.Transfer{Unit: "commerce", Reason: "改派"}}}),
			step{member, proposal.Withdraw{}}, "part_open",
			[]step{{office, proposal.Transfer{Unit: "banking", Reason: "撤案"}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			p := h.take(h.to("filed", "1").ID, c.steps...)
			before := h.everything()
			_, err := h.Do(context.Background(), c.end.who, p.ID, c.end.do)
			require.Equal(t, c.open, reasons(t, err))
			require.Equal(t, before, h.everything())
			h.take(p.ID, then(c.mend, []step{c.end})...)
			h.sound()
		})
	}
}

// A filed case that still has something open is not merged away either.
func TestAMergeLeavesNothingOpenBehind(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	into := h.to("filed", "1")
	source := h.take(h.to("filed", "2").ID, step{office, proposal.Assign{Lead: "market"}}, step{committee, proposal.Supervise{}},
		step{clerk("market"), proposal.Object{Reason: "x"}}, step{office, proposal.ApproveObjection{Unit: "market"}})
	_, err := h.Merge(ctx, committee, into.ID, []string{source.ID})
	require.Equal(t, "supervised", reasons(t, err))
	h.take(source.ID, step{committee, proposal.Conclude{Result: "并案"}})
	_, err = h.Merge(ctx, committee, into.ID, []string{source.ID})
	require.NoError(t, err)
}

// The proposer of a merged case is answered with the one that holds it, and may
// say what they think of the answer; until the merge is undone.
func TestTheProposerOfAMergedCaseHasAnOpinion(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	into := h.to("filed", "1")
	theirs, err := h.Open(ctx, another, proposal.Draft{Title: "关于小店的提案"})
	require.NoError(t, err)
	h.take(theirs.ID, step{another, proposal.Submit{}})
	p, err := h.Merge(ctx, committee, into.ID, []string{theirs.ID})
	require.NoError(t, err)
	require.Equal(t, []proposal.MergedProposer{{Of: theirs.ID, Proposer: proposal.Proposer{Kind: proposal.Member, ID: another.ID}}}, p.MergedProposers)

	h.take(into.ID, then([]step{{office, proposal.Assign{Lead: "market"}}, {clerk("market"), proposal.Accept{}}}, reply("market"))...)
	_, err = h.Do(ctx, third, into.ID, proposal.GiveOpinion{Result: "satisfied"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	p = h.take(into.ID, step{another, proposal.GiveOpinion{Result: "dissatisfied"}})
	require.Equal(t, "handling", p.State, "it counts as anybody's")
	require.Equal(t, another.ID, p.Opinions[0].By)

	_, err = h.Unmerge(ctx, committee, theirs.ID)
	require.NoError(t, err)
	p = h.take(into.ID, reply("market")...)
	require.Empty(t, p.MergedProposers)
	_, err = h.Do(ctx, another, into.ID, proposal.GiveOpinion{Result: "satisfied"})
	require.ErrorIs(t, err, workflow.ErrDenied)
	h.sound()
}

// A merge is not undone once the case that holds the other has been closed; it is
// when that one has been reopened.
func TestUndoingAMergeRespectsWhatHasBeenClosed(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	into, source := h.to("filed", "1"), h.to("filed", "2")
	_, err := h.Merge(ctx, committee, into.ID, []string{source.ID})
	require.NoError(t, err)
	h.take(into.ID, then([]step{{office, proposal.Assign{Lead: "market"}}, {clerk("market"), proposal.Accept{}}}, reply("market"), []step{{committee, proposal.Close{}}})...)
	before := h.everything()
	_, err = h.Unmerge(ctx, committee, source.ID)
	require.Equal(t, "wrong_state", reasons(t, err))
	require.Equal(t, before, h.everything())
	h.take(into.ID, step{office, proposal.Reopen{Units: []string{"market"}, Reason: "未落实"}})
	_, err = h.Unmerge(ctx, committee, source.ID)
	require.NoError(t, err)
}

// Whoever may act in two bodies does not merge across them.
func TestBodiesDoNotMergeTheirProposals(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	into := h.to("filed", "1")
	theirs, err := h.Open(ctx, neighbour, proposal.Draft{Title: "邻区的提案"})
	require.NoError(t, err)
	_, err = h.Do(ctx, neighbour, theirs.ID, proposal.Submit{})
	require.NoError(t, err)
	before := h.everything()
	_, err = h.Merge(ctx, overseer, into.ID, []string{theirs.ID})
	require.Equal(t, "sources other_body", reasons(t, err))
	require.Equal(t, before, h.everything())
}

// Whoever agreed to a text that has changed since is asked again; whoever agreed
// to what stands is not.
func TestWhoAgreedToAnotherTextIsAskedAgain(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	p := h.to("consented", "")
	same := proposal.Revise{Title: p.Title, Text: p.Text, Category: proposal.Social}
	p = h.take(p.ID, step{member, same})
	require.Equal(t, 1, p.Consented(), "the category alone is not what was agreed to")

	same.Text.Suggestions = []string{"取消专项。"}
	p = h.take(p.ID, step{member, same})
	require.Zero(t, p.Consented())
	require.Equal(t, "invited", p.Track("cosign", another.ID))
	require.NotEmpty(t, dueOf(p, "cosign"))
	_, err := h.Do(ctx, member, p.ID, proposal.Submit{})
	require.Equal(t, "cosigner_open", reasons(t, err))
	h.take(p.ID, step{another, proposal.Consent{}}, step{member, proposal.Submit{}})

	// a place that takes the first consent for all says so in its definition
	once := named(proposal.Nine(), "once")
	for i := range once.Tracks {
		for j := range once.Tracks[i].Transitions {
			if tr := &once.Tracks[i].Transitions[j]; tr.Event == "reask" {
				tr.To = "consented"
			}
		}
	}
	h = newHouse(t, workflow.WithDefinition(proposal.Kind, once), workflow.WithUse(proposal.Kind, "", "once"))
	p = h.to("consented", "")
	p = h.take(p.ID, step{member, proposal.Revise{Title: "新题目"}}, step{member, proposal.Submit{}})
	require.Equal(t, 1, p.Consented())
}

// An act is taken back until the next has acted, and not after.
func TestAnActIsTakenBackUntilTheNextHasActed(t *testing.T) {
	for name, c := range map[string]struct {
		situation string
		next      step
		back      step
		line      func(*proposal.Proposal) string
		was       string
	}{
		"a submission":    {"submitted", step{committee, proposal.Receive{}}, step{member, proposal.Recall{}}, func(p *proposal.Proposal) string { return p.State }, "draft"},
		"an objection":    {"objecting", step{office, proposal.RefuseObjection{Unit: "market"}}, step{clerk("market"), proposal.RecallObjection{}}, partOfMarket, "assigned"},
		"a reply drafted": {"drafted", step{chief("market"), proposal.IssueReply{Unit: "market"}}, step{clerk("market"), proposal.RecallReply{}}, partOfMarket, "accepted"},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			p := h.take(h.to(c.situation, "1").ID, c.back)
			require.Equal(t, c.was, c.line(p))
			_, err := h.Do(context.Background(), c.next.who, p.ID, c.next.do)
			require.Error(t, err, "there is nothing left to decide on")

			p = h.take(h.to(c.situation, "2").ID, c.next)
			_, err = h.Do(context.Background(), c.back.who, p.ID, c.back.do)
			require.Equal(t, "wrong_state", reasons(t, err))
			_, err = h.Do(context.Background(), nobody, h.to(c.situation, "3").ID, c.back.do)
			require.ErrorIs(t, err, workflow.ErrDenied)
		})
	}
}

func partOfMarket(p *proposal.Proposal) string { return p.PartState("market") }

// An objection that was taken back stays on record, and another may follow.
func TestAnObjectionTakenBackStaysOnRecord(t *testing.T) {
	h := newHouse(t)
	p := h.take(h.to("objecting", "1").ID, step{clerk("market"), proposal.RecallObjection{Reason: "经协调"}},
		step{clerk("market"), proposal.Object{Reason: "仍不属职责"}}, step{office, proposal.ApproveObjection{Unit: "market"}})
	objections := p.Part("market").Objections
	require.Len(t, objections, 2)
	require.False(t, objections[0].Recalled.IsZero())
	require.Nil(t, objections[0].Approved)
	require.True(t, *objections[1].Approved)
}

// Whoever asked does not decide, whatever roles they have.
func TestWhoAskedDoesNotDecide(t *testing.T) {
	both := person("market-clerk", "market", "office")
	for name, c := range map[string]struct {
		situation string
		do        proposal.Action
	}{
		"the reply":               {"drafted", proposal.IssueReply{Unit: "market"}},
		"its return":              {"drafted", proposal.ReturnReply{Unit: "market", Reason: "x"}},
		"the objection":           {"objecting", proposal.ApproveObjection{Unit: "market"}},
		"its refusal":             {"objecting", proposal.RefuseObjection{Unit: "market"}},
		"the class":               {"closed", proposal.Follow{Unit: "market", Found: "建成", Class: "a"}},
		"the class, by a pointer": {"closed", &proposal.Follow{Unit: "market", Found: "建成", Class: "a"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			p := h.to(c.situation, "1")
			_, err := h.Do(context.Background(), both, p.ID, c.do)
			require.Equal(t, "same_person", reasons(t, err))
			h.take(p.ID, step{office, c.do})
		})
	}
	h := newHouse(t)
	p := h.to("closed", "1")
	h.take(p.ID, step{both, proposal.Follow{Unit: "market", Found: "仍在建设"}})
}

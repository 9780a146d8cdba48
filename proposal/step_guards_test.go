package proposal_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// againstEach returns what is held against each event that somebody might do to a proposal.
func againstEach(h *house, who proposal.Actor, id string) map[string][]string {
	h.t.Helper()
	choices, err := h.Choices(context.Background(), who, id)
	require.NoError(h.t, err)
	codes := make(map[string][]string)
	for _, c := range choices {
		for _, b := range c.Blockers {
			codes[c.Event] = append(codes[c.Event], b.Code)
		}
	}
	return codes
}

// Each step of the shipped lifecycles asks what it has to ask, and of everybody whom it is for.
func TestEachStepAsksWhatItHasTo(t *testing.T) {
	t.Parallel()
	judge := person(member.ID, "", "committee") // a member who also sits on the committee
	submitted := []step{{member, proposal.Submit{}}}
	reviewing := then(submitted, []step{{committee, proposal.Receive{}}})
	asked := []step{{committee, proposal.AskErasure{Reason: "本人请求"}}}
	merging := func(h *house, into *proposal.Proposal) {
		other := h.take(h.draft().ID, submitted...)
		_, err := h.Merge(context.Background(), committee, into.ID, []string{other.ID})
		require.NoError(h.t, err)
	}
	for _, tc := range []struct {
		name   string
		steps  []step
		before func(h *house, p *proposal.Proposal)
		who    proposal.Actor
		code   string
		events []string
	}{
		{"submitted, with another merged into it", submitted, merging, committee, "holds_others", []string{"refuse", "refer", "settle", "merge"}},
		{"under review, with another merged into it", reviewing, merging, committee, "holds_others", []string{"refuse", "refer", "settle", "merge"}},
		{"filed, with another merged into it", filed("1"), merging, committee, "holds_others", []string{"merge"}},
		{"submitted, with another merged into it, by the proposer", submitted, merging, member, "holds_others", []string{"recall", "withdraw"}},
		{"filed, with another merged into it, by the proposer", filed("1"), merging, member, "holds_others", []string{"withdraw"}},
		{"submitted, one's own", submitted, nil, judge, "own_proposal", []string{"file", "refuse", "refer", "settle"}},
		{"under review, one's own", reviewing, nil, judge, "own_proposal", []string{"file", "refuse", "refer", "settle"}},
		{"filed, one's own", filed("1"), nil, judge, "own_proposal", []string{"mark_key"}},
		{"an erasure of one's own asking", asked, nil, committee, "same_person", []string{"erase", "refuse_erasure"}},
	} {
		for _, lifecycle := range []string{"nine", "seven"} {
			t.Run(lifecycle+", "+tc.name, func(t *testing.T) {
				t.Parallel()
				h := newHouse(t, workflow.WithUse(proposal.Kind, "", lifecycle))
				p := h.take(h.draft().ID, tc.steps...)
				if tc.before != nil {
					require.NotContains(t, slices.Concat(againstEach(h, tc.who, p.ID)[tc.events[0]]), tc.code)
					tc.before(h, p)
				}
				codes := againstEach(h, tc.who, p.ID)
				for _, event := range tc.events {
					require.Contains(t, codes[event], tc.code, event)
				}
			})
		}
	}
}

package proposal_test

import (
	"context"
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
	merging := func(h *house, into *proposal.Proposal) {
		other := h.to("submitted", "")
		_, err := h.Merge(context.Background(), committee, into.ID, []string{other.ID})
		require.NoError(h.t, err)
	}
	supervised := func(h *house, p *proposal.Proposal) {
		h.take(p.ID, then([]step{{committee, proposal.Supervise{Leader: "主席", Form: "调研"}}}, reply("market"))...)
	}
	assisted := func(h *house, p *proposal.Proposal) {
		h.take(p.ID, step{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}, step{clerk("market"), proposal.Accept{}}, step{clerk("banking"), proposal.Accept{}})
	}
	joined := func(h *house, p *proposal.Proposal) {
		h.take(p.ID, step{office, proposal.AddUnits{Units: []string{"banking"}}}, step{clerk("banking"), proposal.Accept{}})
	}
	for _, tc := range []struct {
		situation string
		before    func(h *house, p *proposal.Proposal)
		who       proposal.Actor
		code      string
		events    []string
	}{
		{"submitted", merging, committee, "holds_others", []string{"refuse", "refer", "settle", "merge"}},
		{"submitted", merging, member, "holds_others", []string{"recall", "withdraw"}},
		{"reviewing", merging, committee, "holds_others", []string{"refuse", "refer", "settle", "merge"}},
		{"filed", merging, committee, "holds_others", []string{"merge"}},
		{"filed", merging, member, "holds_others", []string{"withdraw"}},
		{"submitted", nil, judge, "own_proposal", []string{"file", "refuse", "refer", "settle"}},
		{"reviewing", nil, judge, "own_proposal", []string{"file", "refuse", "refer", "settle"}},
		{"filed", nil, judge, "own_proposal", []string{"mark_key"}},
		{"handling", supervised, committee, "supervised", []string{"close"}},
		{"invited", nil, member, "cosigner_open", []string{"submit"}},
		{"filed", assisted, clerk("market"), "co_unit_open", []string{"reply"}},
		{"drafted", joined, chief("market"), "co_unit_open", []string{"issue_reply"}},
		{"objecting", nil, person("market-clerk", "", "office"), "same_person", []string{"approve_objection", "refuse_objection"}},
		{"drafted", nil, clerk("market"), "same_person", []string{"return_reply", "issue_reply"}},
		{"erasure", nil, person(office.ID, "", "committee"), "same_person", []string{"erase", "refuse_erasure"}},
	} {
		for _, lifecycle := range []string{"nine", "seven"} {
			t.Run(lifecycle+", "+tc.situation+", "+tc.code, func(t *testing.T) {
				t.Parallel()
				h := newHouse(t, workflow.WithUse(proposal.Kind, "", lifecycle))
				p := h.to(tc.situation, "1")
				if tc.before != nil {
					require.NotContains(t, againstEach(h, tc.who, p.ID)[tc.events[0]], tc.code)
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

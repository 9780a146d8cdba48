package proposal_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

func relation(name string) proposal.Relation {
	all := proposal.Relations()
	return all[slices.IndexFunc(all, func(r proposal.Relation) bool { return r.Name == name })]
}

// tracked is a proposal with these states of its tracks.
func tracked(p proposal.Proposal, tracks map[string]string) *proposal.Proposal {
	p.Tracks = tracks
	return &p
}

// cosigned was asked of three members and two organisations. One that has no name
// is there too: nobody acts for it.
func cosigned() *proposal.Proposal {
	return tracked(proposal.Proposal{Cosigners: []proposal.Cosign{
		{ID: "m-1"}, {ID: "m-2"}, {ID: "m-3"}, {ID: "union", Organisation: true}, {ID: "league", Organisation: true},
	}}, map[string]string{
		"cosign/m-1": "consented", "cosign/m-2": "invited", "cosign/m-3": "declined",
		"cosign/organisation union": "consented", "cosign/organisation league": "invited", "cosign/organisation ": "consented",
	})
}

// mergedIn holds the proposals of a member and of a party.
func mergedIn() *proposal.Proposal {
	return &proposal.Proposal{MergedProposers: []proposal.MergedProposer{
		{Proposer: proposal.Proposer{Kind: proposal.Member, ID: "m-7"}}, {Proposer: proposal.Proposer{Kind: proposal.Party, ID: "democrats"}},
	}}
}

// handled was given to three units: one has promised something, the place of one has
// been taken, and one was relieved.
func handled() *proposal.Proposal {
	promised := []proposal.Answer{{Issued: time.Date(2024, 3, 4, 1, 0, 0, 0, time.UTC), Promises: []proposal.Promise{{ID: "market#1"}}}}
	return tracked(proposal.Proposal{Parts: []proposal.Part{
		{Unit: "market", Replies: promised}, {Unit: "old", Successions: []proposal.Succession{{To: "new"}}}, {Unit: "parks"},
	}}, map[string]string{"part/market": "answered", "part/old": "accepted", "part/parks": "released"})
}

// Who is what towards a proposal as a whole, and towards an invitation, a part or a
// promise of it.
func TestRelationsHoldTowardsWhatIsOnesOwn(t *testing.T) {
	t.Parallel()
	by := func(kind proposal.ProposerKind, id string) *proposal.Proposal {
		return &proposal.Proposal{Proposer: proposal.Proposer{Kind: kind, ID: id}}
	}
	unnamed := tracked(proposal.Proposal{Parts: []proposal.Part{{}}}, map[string]string{"part/": "accepted", "part": "accepted"})
	marked := &proposal.Proposal{Publication: &proposal.Publication{Text: "住址"}, Passages: []proposal.Passage{{Words: "住址"}}}
	for _, c := range []struct {
		name  string
		who   proposal.Actor
		p     *proposal.Proposal
		of    string
		holds bool
	}{
		{"proposer", person("m-1", ""), by(proposal.Member, "m-1"), "", true},
		{"proposer", person("m-2", "m-1"), by(proposal.Member, "m-1"), "", false},
		{"proposer", person("x", "union"), by(proposal.Organisation, "union"), "", true},
		{"proposer", person("x", "ｕｎｉｏｎ"), by(proposal.Organisation, "union"), "", true},
		{"proposer", person("x", "league"), by(proposal.Organisation, "union"), "", false},
		{"proposer", person("union", ""), by(proposal.Organisation, "union"), "", false},
		{"proposer", person("x", ""), by(proposal.Collective, ""), "", false}, // a ledger does not say which

		{"merged_proposer", person("m-7", ""), mergedIn(), "", true},
		{"merged_proposer", person("m-1", ""), mergedIn(), "", false},
		{"merged_proposer", person("x", "democrats"), mergedIn(), "", true},
		{"merged_proposer", person("m-7", ""), &proposal.Proposal{}, "", false},

		{"cosigner", person("m-1", ""), cosigned(), "", true},
		{"cosigner", person("m-2", ""), cosigned(), "", false},
		{"cosigner", person("x", "union"), cosigned(), "", true},
		{"cosigner", person("x", "league"), cosigned(), "", false},
		{"cosigner", person("x", ""), cosigned(), "", false},
		{"cosigner", person("m-2", ""), cosigned(), "m-2", true},
		{"cosigner", person("m-1", ""), cosigned(), "m-2", false},
		{"cosigner", person("m-4", ""), cosigned(), "m-4", false},
		{"cosigner", person("x", "league"), cosigned(), "organisation league", true},
		{"cosigner", person("x", "union"), cosigned(), "organisation league", false},
		{"cosigner", person("x", ""), cosigned(), "organisation ", false},

		{"unit", clerk("market"), handled(), "", true},
		{"unit", clerk("new"), handled(), "", true},
		{"unit", clerk("old"), handled(), "", false}, // another has taken its place
		{"unit", clerk("parks"), handled(), "", false},
		{"unit", clerk("banking"), handled(), "", false},
		{"unit", person("x", ""), handled(), "", false},
		{"unit", person("x", ""), unnamed, "", false},
		{"unit", clerk("market"), handled(), "market", true},
		{"unit", clerk("parks"), handled(), "parks", true}, // its own, though it was relieved
		{"unit", clerk("parks"), handled(), "market", false},
		{"unit", clerk("banking"), handled(), "market", false},
		{"unit", clerk("market"), handled(), "market#1", true},
		{"unit", clerk("new"), handled(), "market#1", false},
		{"unit", clerk("banking"), handled(), "market#1", false},

		{"public", person("x", ""), &proposal.Proposal{}, "", false},
		{"public", person("x", ""), &proposal.Proposal{Publication: &proposal.Publication{Reason: "涉密"}}, "", false},
		{"public", person("x", ""), &proposal.Proposal{Publication: &proposal.Publication{Title: "小店"}}, "", true},
		{"public", person("x", ""), marked, "", false},
	} {
		require.Equal(t, c.holds, relation(c.name).Holds(c.who, c.p, c.of), "%s of %s/%s towards %q", c.name, c.who.ID, c.who.Unit, c.of)
	}
}

// Whom a relation lists are those towards whom it holds, on the proposal or on
// anything of it: each as what it is, a person or a unit.
func TestRelationsListWhomTheyHoldFor(t *testing.T) {
	t.Parallel()
	public := &proposal.Proposal{Parts: []proposal.Part{{Unit: "market", Publication: &proposal.Publication{Text: "已办。"}}}}
	unit := func(id string) workflow.Party { return workflow.Party{Unit: id} }
	account := func(id string) workflow.Party { return workflow.Party{Person: id} }
	for _, c := range []struct {
		name string
		p    *proposal.Proposal
		whom []workflow.Party
	}{
		{"proposer", &proposal.Proposal{Proposer: proposal.Proposer{Kind: proposal.Joint, ID: "m-1"}}, []workflow.Party{account("m-1")}},
		{"proposer", &proposal.Proposal{Proposer: proposal.Proposer{Kind: proposal.Sector, ID: "arts"}}, []workflow.Party{unit("arts")}},
		{"merged_proposer", &proposal.Proposal{}, nil},
		{"merged_proposer", mergedIn(), []workflow.Party{account("m-7"), unit("democrats")}},
		{"cosigner", cosigned(), []workflow.Party{account("m-1"), account("m-2"), unit("union"), unit("league")}},
		{"unit", handled(), []workflow.Party{unit("market"), unit("new")}},
		{"public", &proposal.Proposal{}, []workflow.Party{{}}},
		{"public", public, []workflow.Party{{Anyone: true}}},
	} {
		require.Equal(t, c.whom, relation(c.name).Whom(c.p), c.name)
	}
}

package proposal_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// The first contact is due so many days after a unit has accepted (15 working days
// in some places); later ones are logged as well, and change nothing else.
func TestTheFirstContactIsDue(t *testing.T) {
	d := named(proposal.Nine(), "in_contact")
	d.Limits = append(d.Limits, lifecycle.Limit{Key: "first_contact", For: "answering", Each: "part", Start: []string{"accept"}, Stop: []string{"contact"}, Length: "15 workdays"})
	h := newHouse(t, workflow.WithDefinition(proposal.Kind, d), workflow.WithUse(proposal.Kind, "", "in_contact"))
	p := h.to("handling", "1")
	require.Equal(t, "2024-03-25", dueOf(p, "first_contact"))
	p = h.take(p.ID, step{clerk("market"), proposal.LogContact{Form: proposal.ByPhone}})
	require.Empty(t, dueOf(p, "first_contact"))
	require.Equal(t, "accepted", p.PartState("market"))
	p = h.take(p.ID, then(reply("market"), []step{{office, proposal.LogContact{Unit: "market", Form: proposal.ByVisit, With: []string{"m-1"}, Text: "登门"}}})...)
	require.Equal(t, "replied", p.State)
	contacts := p.Part("market").Contacts
	require.Len(t, contacts, 2)
	require.Equal(t, []string{"market-clerk", "o-1"}, []string{contacts[0].By, contacts[1].By})
	require.Equal(t, []bool{false, true}, []bool{contacts[0].Form.Face(), contacts[1].Form.Face()})
	h.sound()
}

func TestContactsThatCannotBeLogged(t *testing.T) {
	h := newHouse(t)
	p := h.to("handling", "1")
	ctx := context.Background()
	_, err := h.Do(ctx, clerk("market"), p.ID, proposal.LogContact{Form: "dream"})
	require.Equal(t, "form unknown", reasons(t, err))
	for _, who := range []proposal.Actor{clerk("banking"), member, nobody} {
		_, err = h.Do(ctx, who, p.ID, proposal.LogContact{Unit: "market", Form: proposal.ByPhone})
		require.ErrorIs(t, err, workflow.ErrDenied)
	}
}

// A proposal is contacted when each unit that answers its proposers has been in
// contact with them: of two of which one has, none is, and one is of those of one.
func TestTheContactRateIsOfWholeProposals(t *testing.T) {
	h := newHouse(t)
	contact := func(unit string) step { return step{clerk(unit), proposal.LogContact{Form: proposal.ByLetter}} }
	var tally, other proposal.Tally
	tally.Add(h.to("filed", "1"))
	require.Zero(t, tally.Assigned)
	data, err := json.Marshal(&tally)
	require.NoError(t, err)
	require.NotContains(t, string(data), "contacts", "no contact was logged")

	two := h.take(h.to("filed", "2").ID, step{office, proposal.Assign{Separate: []string{"market", "banking"}}}, contact("market"))
	tally.Add(two)
	require.Equal(t, []int64{0, 1}, []int64{tally.ContactRate().Count, tally.ContactRate().Base})
	led := h.take(h.to("filed", "3").ID, step{office, proposal.Assign{Lead: "market", Co: []string{"banking"}}}, contact("market"))
	other.Add(led)
	tally.Merge(&other)
	require.Equal(t, []int64{1, 2}, []int64{tally.ContactRate().Count, tally.ContactRate().Base}, "a co-unit speaks with the lead")
	data, err = json.Marshal(&tally)
	require.NoError(t, err)
	require.Contains(t, string(data), `"contacts":{`)
	require.Equal(t, int64(1), tally.Contacted)
	both := h.take(two.ID, contact("banking"))
	other.Add(both)
	require.Equal(t, int64(2), other.Contacted)
}

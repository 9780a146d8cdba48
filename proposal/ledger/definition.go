package ledger

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/lifecycle"
)

// Registrar (登记员) is the role of whoever enters a published list.
const Registrar = "registrar"

// Definition is the lifecycle "ledger": [proposal.Nine] for cases that are
// entered from a list. Whatever a person may do there the registrar may do
// here. A list leaves out who drafted a reply and who checked it, what co-units
// said, often even the number: guards that ask for such things are dropped. Time
// limits are dropped too, and with them what only they bring about: what a list
// tells is over.
func Definition() lifecycle.Definition {
	d := proposal.Nine()
	d.Name = "ledger"
	d.Label = lifecycle.Label{ZH: "台账录入", EN: "entered from a ledger"}
	d.Open = append(slices.Clone(d.Open), Registrar)
	d.Roles = append(slices.Clone(d.Roles), lifecycle.Role{Key: Registrar, Label: lifecycle.Label{ZH: "登记员", EN: "registrar"}})
	d.Limits = nil
	d.Transitions = entered(d.Transitions)
	for i := range d.Tracks {
		t := &d.Tracks[i]
		t.Transitions = slices.DeleteFunc(entered(t.Transitions), func(t lifecycle.Transition) bool { return t.Event == "expire" })
		for j := range t.Transitions {
			t.Transitions[j].From = slices.DeleteFunc(slices.Clone(t.Transitions[j].From), func(state string) bool { return state == "expired" })
		}
		t.States = slices.DeleteFunc(slices.Clone(t.States), func(s lifecycle.State) bool { return s.Key == "expired" })
	}
	return d
}

func entered(transitions []lifecycle.Transition) []lifecycle.Transition {
	transitions = slices.Clone(transitions)
	for i := range transitions {
		t := &transitions[i]
		if slices.Equal(t.Roles, []string{lifecycle.System}) {
			continue
		}
		t.Roles = append(slices.Clone(t.Roles), Registrar)
		t.Guards = slices.DeleteFunc(slices.Clone(t.Guards), unprinted)
	}
	return transitions
}

// unprinted reports whether a guard asks for what public lists leave out.
func unprinted(guard string) bool {
	name, _, _ := strings.Cut(guard, ":")
	return slices.Contains([]string{
		"numbered", "complete", "cosigners", "cosigners_answered", "plenary_only", "co_units_answered", "four_eyes",
		"reply_has", "led", "countersigned",
	}, name)
}

package main

import (
	"fmt"
	"strconv"

	"github.com/tian-go/tian/proposal"
)

// What each body has.
const (
	members = 300
	units   = 12 // that handle
	bodies  = 9  // parties, organisations, sectors, that propose
)

// actor is somebody of the proposal's body with a role.
func (w *way) actor(id, role string) proposal.Actor {
	return proposal.Actor{ID: id, Body: w.pair.body, Roles: []string{role}}
}

func (w *way) committee() proposal.Actor {
	return w.actor("committee-"+strconv.Itoa(w.number%3), "committee")
}
func (w *way) office() proposal.Actor { return w.actor("office-"+strconv.Itoa(w.number%3), "office") }

// person proposes: a member, or somebody of an organisation.
func (w *way) person(kind proposal.ProposerKind) proposal.Actor {
	if !kind.Collective() {
		return w.actor(fmt.Sprintf("m-%03d", w.rand.IntN(members)), string(kind))
	}
	a := w.actor(fmt.Sprintf("%s-staff", kind), string(kind))
	a.Unit = fmt.Sprintf("%s-%d", kind, w.rand.IntN(bodies))
	return a
}

// clerk drafts for a unit, and chief issues.
func (w *way) clerk(unit string) proposal.Actor {
	return proposal.Actor{ID: unit + "-clerk", Body: w.pair.body, Unit: unit}
}

func (w *way) chief(unit string) proposal.Actor {
	return proposal.Actor{ID: unit + "-chief", Body: w.pair.body, Unit: unit}
}

// pickUnits chooses different units of the body.
func (w *way) pickUnits(n int) []string {
	chosen := make([]string, n)
	for i, u := range w.rand.Perm(units)[:n] {
		chosen[i] = fmt.Sprintf("%s-unit-%02d", w.pair.body, u)
	}
	return chosen
}

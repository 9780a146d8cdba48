package workflow

import (
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// Actor is who does something. The host has authenticated them; the engine
// believes it and decides what they may do.
type Actor struct {
	ID     string   // the account, at most MaxActor bytes, as Unit; an act without one is denied
	Body   string   // the body they belong to
	Unit   string   // the unit or organisation they act for: 承办单位, party, committee …
	Roles  []string // what they are in Body
	Grants []Grant  // what they are elsewhere on the tree
}

// MaxActor is how many bytes the ID and the unit of an actor may have.
const MaxActor = 256

// Grant gives a role on a body and on every body below it.
type Grant struct {
	Role, Body string
}

// Relation is a role that nobody can be given, because it follows from the
// case: its proposer, one of its units. An actor that lists it among Roles does
// not have it.
type Relation[C Case] struct {
	Name string

	// Holds reports whether the actor is so related to the case, or, for an
	// event on one instance of a track, to that instance: a unit has "unit" on
	// its own part and on no other. of is "" on every other line. It is pure
	// and only reads the case.
	Holds func(a Actor, c C, of string) bool
}

// roles returns every role that a has towards c, or towards the instance of: the
// roles granted for its body, and the relations that hold. Those of another
// body have none but by grant.
func (e *Engine[C, R]) roles(a Actor, c C, of string) (roles []string, reason Blocker) {
	if a.ID == "" {
		return nil, noActor()
	}
	body := c.Head().Body
	roles = e.granted(a, body)
	if a.Body != body {
		if len(roles) == 0 {
			return nil, otherBody()
		}
		return roles, Blocker{}
	}
	for _, r := range e.vocabulary.Relations {
		if r.Holds(a, c, of) {
			roles = append(roles, r.Name)
		}
	}
	return roles, Blocker{}
}

// granted returns the roles that a has in body whatever the case is.
func (e *Engine[C, R]) granted(a Actor, body string) []string {
	var roles []string
	add := func(role string) {
		if role != lifecycle.System && !e.isRelation(role) && !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	if a.Body == body {
		for _, r := range a.Roles {
			add(r)
		}
	}
	for _, g := range a.Grants {
		if e.tree.Covers(g.Body, body) {
			add(g.Role)
		}
	}
	return roles
}

func (e *Engine[C, R]) isRelation(role string) bool {
	return slices.ContainsFunc(e.vocabulary.Relations, func(r Relation[C]) bool { return r.Name == role })
}

func noActor() Blocker { return Block("no_actor", "没有操作人", "there is no actor") }

func otherBody() Blocker {
	return Block("other_body", "不是本级政协的人员", "the actor belongs to another body")
}

func firstOf(wanted, held []string) string {
	for _, w := range wanted {
		if slices.Contains(held, w) {
			return w
		}
	}
	return ""
}

package workflow

import (
	"slices"

	"github.com/tian-go/tian/proposal/lifecycle"
)

// Actor is who does something. The host has authenticated them; the engine
// believes it and decides what they may do.
type Actor struct {
	ID     string   // the account, at most 256 bytes, as Unit; an act without one is denied
	Body   string   // the body they belong to
	Unit   string   // the unit or organisation they act for: 承办单位, party, committee …
	Roles  []string // what they are in Body
	Grants []Grant  // what they are elsewhere on the tree

	// For is the account in whose name they act (代办), if it is not their own:
	// relations are those of that account, and the journal names both. The host
	// has seen to it that they may, as it has to their roles.
	For string
}

// InName returns the account in whose name the actor acts: their own, unless it
// is another's.
func (a Actor) InName() string {
	if a.For != "" {
		return a.For
	}
	return a.ID
}

// inName is the actor as relations know them.
func (a Actor) inName() Actor {
	a.ID = a.InName()
	return a
}

// maxActor is how many bytes the ID and the unit of an actor may have.
const maxActor = 256

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

	// Whom lists everybody towards whom the relation holds, on the case or on
	// any instance of its tracks: they may be let see it by a lifecycle.Sight.
	// nil: they cannot be listed, and no sight may name the relation.
	Whom func(c C) []Party
}

// Party is a person, by account, or everybody who acts for a unit, in the case's
// own body, or whoever holds an office, or anyone at all. A person and a unit of one
// ID are two parties. The zero Party is nobody.
type Party struct {
	Person string
	Unit   string
	Office string // see [Offices]; it is held towards the whole case
	Anyone bool
}

// officesOf returns the offices for which a relation holds on a case.
func officesOf[C Case](r Relation[C], c C) (named []string) {
	if r.Whom == nil {
		return nil
	}
	for _, p := range r.Whom(c) {
		if p.Office != "" {
			named = append(named, p.Office)
		}
	}
	return named
}

// holds reports whether a relation holds for an actor by himself, or by one of the
// offices that he holds.
func (r Relation[C]) holds(a Actor, c C, of string, held []string) bool {
	return r.Holds(a.inName(), c, of) ||
		len(held) > 0 && slices.ContainsFunc(officesOf(r, c), func(office string) bool { return slices.Contains(held, office) })
}

// roles returns every role that a has towards c, or towards the instance of: the
// roles granted for its body, and the relations that hold, of himself or by the
// offices held. Those of another body have none but by grant.
func (e *Engine[C, R]) roles(a Actor, c C, of string, held []string) (roles []string, reason Blocker) {
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
		if r.holds(a, c, of, held) {
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

// Administrator is the role that may move a running case to other rules: to
// another version of its definition, or to a calendar's new dates.
const Administrator = "administrator"

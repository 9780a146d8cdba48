package evaluate

import (
	"fmt"
	"strings"
)

// AllOrNothing (有则记分) gives the full points when everything asked for is so,
// and none otherwise. Without conditions the criterion's fact is a yes or no.
// In the penalty it takes the points instead.
type AllOrNothing struct {
	When []Condition `json:"when,omitempty"`
	// NoBase is what a condition on a rate without a base means.
	NoBase NoBase `json:"no_base,omitempty"`
}

func (*AllOrNothing) key() string { return "all_or_nothing" }

func (a *AllOrNothing) check(c *compiler, at string, n *node) {
	for i, q := range a.When {
		c.condition(fmt.Sprintf("%s.when[%d]", at, i), n.c.Key, q)
	}
	if n.c.Points == 0 && n.section != SectionBase {
		c.add(CodeRange, at, n.c.Key, "all or nothing of 0 points")
	}
	a.NoBase.check(c, at, n)
}

func (a *AllOrNothing) score(r *run, n *node) (exact, bool) {
	when := a.When
	if len(when) == 0 {
		when = []Condition{{Fact: n.c.Fact}}
	}
	facts := make([]string, len(when))
	met := true
	for i, q := range when {
		facts[i] = q.Fact
		switch r.ask(q, a.NoBase, n.c.Key) {
		case yes:
		case no:
			met = false
		case absent:
			return r.absent(n, q.Fact)
		case baseless:
			return r.undefined(WhyBaseZero, n)
		case wrong:
			return exact{}, false
		}
	}
	l := Line{Rule: a.key(), Fact: strings.Join(facts, ","), Note: "not met"}
	var p Points
	if met {
		p, l.Note = n.c.Points, "met"
	}
	if n.negative() {
		p = -p
	}
	return r.line(n, l, exactOf(p)), true
}

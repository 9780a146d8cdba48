package evaluate

import (
	"fmt"
	"strings"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// allOrNothing scores by a rubric.AllOrNothing.
type allOrNothing rubric.AllOrNothing

func (*allOrNothing) key() string { return "all_or_nothing" }

func (a *allOrNothing) check(c *compiler, at string, n *node) {
	for i, q := range a.When {
		c.condition(fmt.Sprintf("%s.when[%d]", at, i), n.c.Key, q)
	}
	if n.c.Points == 0 && n.section != SectionBase {
		c.add(problem.Range, at, n.c.Key, "all or nothing of 0 points")
	}
	checkNoBase(c, at, n, a.NoBase)
}

func (a *allOrNothing) score(r *run, n *node) (points.Exact, bool) {
	when := a.When
	if len(when) == 0 {
		when = []rubric.Condition{{Fact: n.c.Fact}}
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
			return points.Exact{}, false
		}
	}
	l := Line{Rule: a.key(), Fact: strings.Join(facts, ","), Note: "not met"}
	var p points.Points
	if met {
		p, l.Note = n.c.Points, "met"
	}
	if n.negative() {
		p = -p
	}
	return r.line(n, l, p.Exact()), true
}

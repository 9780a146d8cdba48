package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// lateness scores by a rubric.Lateness.
type lateness rubric.Lateness

func (*lateness) key() string { return "lateness" }

func (t *lateness) check(c *compiler, at string, n *node) {
	if t.OrNothing == (t.PerUnit != 0) {
		c.add(problem.Rule, at, n.c.Key, "lateness needs one of or_nothing and per_unit")
	}
	for _, part := range []struct {
		name string
		p    points.Points
	}{{"grace", t.Grace}, {"per_unit", t.PerUnit}, {"unit", t.Unit}} {
		if part.p < 0 || part.p > maxRubricPoints {
			c.add(problem.Range, at+"."+part.name, n.c.Key, "%s is %s", part.name, part.p)
		}
	}
	if n.section == SectionBonus || (n.negative() && t.OrNothing && n.c.Points == 0) {
		c.add(problem.Sign, at, n.c.Key, "lateness in the %s takes nothing", n.section)
	}
	checkStarted(c, at, n, t.Started)
}

func (t *lateness) score(r *run, n *node) (points.Exact, bool) {
	f, ok := r.fact(n, numberFact)
	if !ok {
		return r.withoutFact(n)
	}
	start, nothing := n.c.Points, points.Points(0)
	if n.negative() {
		start, nothing = 0, -n.c.Points
	}
	l := Line{Rule: t.key(), Fact: n.c.Fact}
	late := f.number.Exact().Add(t.Grace.Exact().Neg())
	switch {
	case late.Cmp(points.Exact{}) <= 0:
		l.Note = "in time"
		return r.line(n, l, start.Exact()), true
	case t.OrNothing:
		l.Note = fmt.Sprintf("%s days late", f.number)
		return r.line(n, l, nothing.Exact()), true
	}
	unit, started := t.Unit, t.Started
	if unit == 0 {
		unit = points.One
	}
	if started == "" {
		started = rubric.StartedWhole
	}
	units := units(started, late.Scale(int64(points.One), int64(unit)))
	shown, err := units.Round(points.Places, points.HalfUp)
	if err != nil {
		r.overflow(n, err)
		return points.Exact{}, false
	}
	l.Note = fmt.Sprintf("%s days late: %s - %s × %s", f.number, start, shown, t.PerUnit)
	return r.line(n, l, start.Exact().Add(units.Scale(int64(t.PerUnit), int64(points.One)).Neg())), true
}

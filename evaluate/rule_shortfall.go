package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// shortfall scores by a rubric.Shortfall.
type shortfall rubric.Shortfall

func (*shortfall) key() string { return "shortfall" }

func (s *shortfall) check(c *compiler, at string, n *node) {
	if s.Target != nil && (*s.Target <= 0 || *s.Target > 1000*points.One) {
		c.add(problem.Range, at+".target", n.c.Key, "target is %s %%", *s.Target)
	}
	if s.PerPoint <= 0 || s.PerPoint > maxRubricPoints {
		c.add(problem.Range, at+".per_point", n.c.Key, "per_point is %s; it is a positive number of points to take", s.PerPoint)
	}
	if n.section == SectionBonus {
		c.add(problem.Sign, at, n.c.Key, "a shortfall in the bonus")
	}
	checkStarted(c, at, n, s.Started)
	checkNoBase(c, at, n, s.NoBase)
}

func (s *shortfall) score(r *run, n *node) (points.Exact, bool) {
	f, ok := r.measured(n, s.NoBase, rateFact)
	if !ok {
		return r.withoutFact(n)
	}
	target := 100 * points.One
	if s.Target != nil {
		target = *s.Target
	}
	start := n.c.Points
	if n.negative() {
		start = 0
	}
	got, _ := f.measure()
	short := target.Exact().Add(got.Neg())
	l := Line{Rule: s.key(), Fact: n.c.Fact}
	if short.Cmp(points.Exact{}) <= 0 {
		l.Note = fmt.Sprintf("%s reaches %s %%", r.rateNote(n, s.NoBase), target)
		return r.line(n, l, start.Exact()), true
	}
	started := s.Started
	if started == "" {
		started = rubric.StartedProRata
	}
	short = units(started, short)
	shown, err := short.Round(points.Places, points.HalfUp)
	if err != nil {
		r.overflow(n, err)
		return points.Exact{}, false
	}
	l.Note = fmt.Sprintf("%s is %s short of %s %%: %s - %s × %s", r.rateNote(n, s.NoBase), shown, target, start, shown, s.PerPoint)
	return r.line(n, l, start.Exact().Add(short.Scale(int64(s.PerPoint), int64(points.One)).Neg())), true
}

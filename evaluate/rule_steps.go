package evaluate

import (
	"fmt"
	"sort"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// steps scores by a rubric.Steps.
type steps struct {
	rubric.Steps

	rising []rubric.Step // Table by Min
}

func (*steps) key() string { return "steps" }

func (s *steps) check(c *compiler, at string, n *node) {
	if len(s.Table) == 0 {
		c.add(problem.Empty, at+".table", n.c.Key, "no steps")
	}
	s.rising = append([]rubric.Step(nil), s.Table...)
	sort.SliceStable(s.rising, func(i, j int) bool { return s.rising[i].Min < s.rising[j].Min })
	for i, st := range s.rising {
		where := fmt.Sprintf("%s.table[min %s]", at, st.Min)
		c.pointsInSection(where, n, st.Points)
		if i == 0 {
			continue
		}
		prev := s.rising[i-1]
		switch rises := st.Points > prev.Points; {
		case prev.Min == st.Min:
			c.add(problem.Duplicate, where, n.c.Key, "two steps begin at %s", st.Min)
		case st.Points == prev.Points:
		case n.c.Direction == rubric.Cost && rises, n.c.Direction != rubric.Cost && !rises && !n.negative():
			c.add(problem.Monotone, where, n.c.Key, "points go from %s to %s as the value rises, against the direction", prev.Points, st.Points)
		}
	}
	checkNoBase(c, at, n, s.NoBase)
}

func (s *steps) score(r *run, n *node) (points.Exact, bool) {
	f, ok := r.measured(n, s.NoBase, numberFact, rateFact)
	if !ok {
		return r.withoutFact(n)
	}
	value, _ := f.measure()
	var points points.Points
	l := Line{Rule: s.key(), Fact: n.c.Fact, Note: "below the lowest step"}
	for _, st := range s.rising {
		if value.Cmp(st.Min.Exact()) < 0 {
			break
		}
		points = st.Points
		l.Note = fmt.Sprintf("from %s: %s", st.Min, st.Points)
	}
	return r.line(n, l, points.Exact()), true
}

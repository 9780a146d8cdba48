package evaluate

import (
	"fmt"
	"sort"
)

// Steps (分档计分) looks the measured value up in a table: the points of the
// highest step whose Min it reaches, none below the lowest. The fact is a
// number, or a rate read in percent.
type Steps struct {
	Table  []Step `json:"table"`
	NoBase NoBase `json:"no_base,omitempty"`

	rising []Step // Table by Min
}

// Step holds from its Min up to the next step's Min.
type Step struct {
	Min    Points `json:"min"`
	Points Points `json:"points"`
}

func (*Steps) key() string { return "steps" }

func (s *Steps) check(c *compiler, at string, n *node) {
	if len(s.Table) == 0 {
		c.add(CodeEmpty, at+".table", n.c.Key, "no steps")
	}
	s.rising = append([]Step(nil), s.Table...)
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
			c.add(CodeDuplicate, where, n.c.Key, "two steps begin at %s", st.Min)
		case st.Points == prev.Points:
		case n.c.Direction == Cost && rises, n.c.Direction != Cost && !rises && !n.negative():
			c.add(CodeMonotone, where, n.c.Key, "points go from %s to %s as the value rises, against the direction", prev.Points, st.Points)
		}
	}
	s.NoBase.check(c, at, n)
}

func (s *Steps) score(r *run, n *node) (exact, bool) {
	f, ok := r.measured(n, s.NoBase, numberFact, rateFact)
	if !ok {
		return r.withoutFact(n)
	}
	value, _ := f.measure()
	var points Points
	l := Line{Rule: s.key(), Fact: n.c.Fact, Note: "below the lowest step"}
	for _, st := range s.rising {
		if value.cmp(exactOf(st.Min)) < 0 {
			break
		}
		points = st.Points
		l.Note = fmt.Sprintf("from %s: %s", st.Min, st.Points)
	}
	return r.line(n, l, exactOf(points)), true
}

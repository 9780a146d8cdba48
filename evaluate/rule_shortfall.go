package evaluate

import "fmt"

// Shortfall (少一个百分点扣分) starts from the full points and takes PerPoint for
// every percentage point the rate is short of Target. The fact is a rate.
type Shortfall struct {
	// Target is in percent; absent is 100.
	Target *Points `json:"target,omitempty"`
	// PerPoint is the points taken for one percentage point.
	PerPoint Points `json:"per_point"`
	// Started says what part of a percentage point counts.
	Started Started `json:"started,omitempty"`
	NoBase  NoBase  `json:"no_base,omitempty"`
}

func (*Shortfall) key() string { return "shortfall" }

func (s *Shortfall) check(c *compiler, at string, n *node) {
	if s.Target != nil && (*s.Target <= 0 || *s.Target > 1000*Point) {
		c.add(CodeRange, at+".target", n.c.Key, "target is %s %%", *s.Target)
	}
	if s.PerPoint <= 0 || s.PerPoint > maxRubricPoints {
		c.add(CodeRange, at+".per_point", n.c.Key, "per_point is %s; it is a positive number of points to take", s.PerPoint)
	}
	if n.section == SectionBonus {
		c.add(CodeSign, at, n.c.Key, "a shortfall in the bonus")
	}
	s.Started.check(c, at, n)
	s.NoBase.check(c, at, n)
}

func (s *Shortfall) score(r *run, n *node) (exact, bool) {
	f, ok := r.measured(n, s.NoBase, rateFact)
	if !ok {
		return r.withoutFact(n)
	}
	target := 100 * Point
	if s.Target != nil {
		target = *s.Target
	}
	start := n.c.Points
	if n.negative() {
		start = 0
	}
	got, _ := f.measure()
	short := exactOf(target).add(got.neg())
	l := Line{Rule: s.key(), Fact: n.c.Fact}
	if short.cmp(exact{}) <= 0 {
		l.Note = fmt.Sprintf("%s reaches %s %%", r.rateNote(n, s.NoBase), target)
		return r.line(n, l, exactOf(start)), true
	}
	started := s.Started
	if started == "" {
		started = StartedProRata
	}
	short = started.units(short)
	shown, err := short.round(PointPlaces, HalfUp)
	if err != nil {
		r.overflow(n, err)
		return exact{}, false
	}
	l.Note = fmt.Sprintf("%s is %s short of %s %%: %s - %s × %s", r.rateNote(n, s.NoBase), shown, target, start, shown, s.PerPoint)
	return r.line(n, l, exactOf(start).add(short.scale(int64(s.PerPoint), int64(Point)).neg())), true
}

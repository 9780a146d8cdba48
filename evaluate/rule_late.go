package evaluate

import "fmt"

// Lateness (时限) scores how many days late something was: 0 or less is in time,
// and so are Grace days more. The fact is the number of days, as the workflow's
// clock gives it; extensions that were approved are already in it.
type Lateness struct {
	Grace Points `json:"grace,omitzero"`
	// OrNothing gives no points at all once late (超期不记分); else PerUnit is
	// taken for each Unit of days (absent: 1) after the grace.
	OrNothing bool    `json:"or_nothing,omitempty"`
	PerUnit   Points  `json:"per_unit,omitzero"`
	Unit      Points  `json:"unit,omitzero"`
	Started   Started `json:"started,omitempty"`
}

func (*Lateness) key() string { return "lateness" }

func (t *Lateness) check(c *compiler, at string, n *node) {
	if t.OrNothing == (t.PerUnit != 0) {
		c.add(CodeRule, at, n.c.Key, "lateness needs one of or_nothing and per_unit")
	}
	for _, part := range []struct {
		name string
		p    Points
	}{{"grace", t.Grace}, {"per_unit", t.PerUnit}, {"unit", t.Unit}} {
		if part.p < 0 || part.p > maxRubricPoints {
			c.add(CodeRange, at+"."+part.name, n.c.Key, "%s is %s", part.name, part.p)
		}
	}
	if n.section == SectionBonus || (n.negative() && t.OrNothing && n.c.Points == 0) {
		c.add(CodeSign, at, n.c.Key, "lateness in the %s takes nothing", n.section)
	}
	t.Started.check(c, at, n)
}

func (t *Lateness) score(r *run, n *node) (exact, bool) {
	f, ok := r.fact(n, numberFact)
	if !ok {
		return r.withoutFact(n)
	}
	start, nothing := n.c.Points, Points(0)
	if n.negative() {
		start, nothing = 0, -n.c.Points
	}
	l := Line{Rule: t.key(), Fact: n.c.Fact}
	late := exactOf(f.number).add(exactOf(t.Grace).neg())
	switch {
	case late.cmp(exact{}) <= 0:
		l.Note = "in time"
		return r.line(n, l, exactOf(start)), true
	case t.OrNothing:
		l.Note = fmt.Sprintf("%s days late", f.number)
		return r.line(n, l, exactOf(nothing)), true
	}
	unit, started := t.Unit, t.Started
	if unit == 0 {
		unit = Point
	}
	if started == "" {
		started = StartedWhole
	}
	units := started.units(late.scale(int64(Point), int64(unit)))
	shown, err := units.round(PointPlaces, HalfUp)
	if err != nil {
		r.overflow(n, err)
		return exact{}, false
	}
	l.Note = fmt.Sprintf("%s days late: %s - %s × %s", f.number, start, shown, t.PerUnit)
	return r.line(n, l, exactOf(start).add(units.scale(int64(t.PerUnit), int64(Point)).neg())), true
}

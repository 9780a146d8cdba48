package evaluate

import "fmt"

// Direct (直接评分) takes the mark as given: a number on the card or points on
// the ballots, between 0 and OutOf, brought to the criterion's Points in
// proportion. With Direction Cost the distance from OutOf is what earns.
//
// In the penalty the mark is the number of points to take. A bonus or penalty
// without Points takes any mark that is not negative.
type Direct struct {
	// OutOf is the full mark on the ballot; absent is the criterion's Points.
	OutOf Points `json:"out_of,omitzero"`
}

func (*Direct) key() string { return "direct" }

func (d *Direct) outOf(n *node) Points {
	if d.OutOf != 0 {
		return d.OutOf
	}
	return n.c.Points
}

func (d *Direct) check(c *compiler, at string, n *node) {
	cr := n.c
	switch {
	case d.OutOf < 0 || d.OutOf > maxRubricPoints:
		c.add(CodeRange, at+".out_of", cr.Key, "out_of is %s; it lies between 0 and %s", d.OutOf, maxRubricPoints)
	case d.OutOf != 0 && cr.Points == 0:
		c.add(CodeRange, at+".out_of", cr.Key, "out_of needs points to be brought to")
	case cr.Direction == Cost && d.outOf(n) == 0:
		c.add(CodeRule, at, cr.Key, "a cost needs points to count down from")
	}
}

func (d *Direct) score(r *run, n *node) (exact, bool) {
	if len(n.c.Groups) > 0 {
		return r.scoreBallots(n, d)
	}
	f, ok := r.fact(n, numberFact)
	if !ok {
		return r.withoutFact(n)
	}
	raw, why := d.raw(MarkPoints(f.number), n)
	if why != "" {
		r.add(CodeFact, "facts."+n.c.Fact, n.c.Key, "%s", why)
		return exact{}, false
	}
	lin := d.linear(n)
	note := ""
	if d.OutOf != 0 {
		note = fmt.Sprintf("%s/%s × %s", f.number, d.OutOf, n.c.Points)
	}
	return r.line(n, Line{Rule: d.key(), Fact: n.c.Fact, Note: note}, lin.of(int64(raw), 1)), true
}

// raw accepts a mark in range.
func (d *Direct) raw(m Mark, n *node) (Points, string) {
	p, ok := m.Points()
	top := d.outOf(n)
	switch {
	case !ok:
		return 0, "a mark in points is needed, not the grade " + quoteShort(m.Grade())
	case m.Grade() != "":
		return 0, "the criterion has no grades"
	case p < 0 || (top != 0 && p > top) || p > maxRubricPoints:
		if top == 0 {
			top = maxRubricPoints
		}
		return 0, fmt.Sprintf("mark %s lies outside 0 to %s", p, top)
	}
	return p, ""
}

func (d *Direct) linear(n *node) linear {
	lin := linear{num: 1, den: 1}
	if top := d.outOf(n); top != 0 && top != n.c.Points {
		lin.num, lin.den = int64(n.c.Points), int64(top)
	}
	if n.c.Direction == Cost {
		lin.from, lin.num = n.c.Points, -lin.num
	}
	if n.negative() {
		lin.from, lin.num = -lin.from, -lin.num
	}
	return lin.reduced()
}

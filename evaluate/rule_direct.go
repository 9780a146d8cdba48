package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// direct scores by a rubric.Direct.
type direct rubric.Direct

func (*direct) key() string { return "direct" }

func (d *direct) outOf(n *node) points.Points {
	if d.OutOf != 0 {
		return d.OutOf
	}
	return n.c.Points
}

func (d *direct) check(c *compiler, at string, n *node) {
	cr := n.c
	switch {
	case d.OutOf < 0 || d.OutOf > maxRubricPoints:
		c.add(problem.Range, at+".out_of", cr.Key, "out_of is %s; it lies between 0 and %s", d.OutOf, maxRubricPoints)
	case d.OutOf != 0 && cr.Points == 0:
		c.add(problem.Range, at+".out_of", cr.Key, "out_of needs points to be brought to")
	case cr.Direction == rubric.Cost && d.outOf(n) == 0:
		c.add(problem.Rule, at, cr.Key, "a cost needs points to count down from")
	}
}

func (d *direct) score(r *run, n *node) (points.Exact, bool) {
	if len(n.c.Groups) > 0 {
		return r.scoreBallots(n, d)
	}
	f, ok := r.fact(n, numberFact)
	if !ok {
		return r.withoutFact(n)
	}
	raw, why := d.raw(MarkPoints(f.number), n)
	if why != "" {
		r.add(problem.Fact, "facts."+n.c.Fact, n.c.Key, "%s", why)
		return points.Exact{}, false
	}
	lin := d.linear(n)
	note := ""
	if d.OutOf != 0 {
		note = fmt.Sprintf("%s/%s × %s", f.number, d.OutOf, n.c.Points)
	}
	return r.line(n, Line{Rule: d.key(), Fact: n.c.Fact, Note: note}, lin.of(int64(raw), 1)), true
}

// raw accepts a mark in range.
func (d *direct) raw(m Mark, n *node) (points.Points, string) {
	p, ok := m.Points()
	top := d.outOf(n)
	switch {
	case !ok:
		return 0, "a mark in points is needed, not the grade " + quote.Short(m.Grade())
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

func (d *direct) linear(n *node) linear {
	lin := linear{by: points.Ratio{Num: 1, Den: 1}}
	if top := d.outOf(n); top != 0 && top != n.c.Points {
		lin.by = points.Ratio{Num: int64(n.c.Points), Den: int64(top)}.Reduced()
	}
	if n.c.Direction == rubric.Cost {
		lin.from, lin.by.Num = n.c.Points, -lin.by.Num
	}
	if n.negative() {
		lin.from, lin.by.Num = -lin.from, -lin.by.Num
	}
	return lin
}

package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// nested scores by a rubric.Nested.
type nested struct {
	rubric.Nested

	sheet *Sheet
}

func (*nested) key() string { return "nested" }

func (s *nested) check(c *compiler, at string, n *node) {
	if c.sheet.depth+1 > maxNesting {
		c.add(problem.Depth, at, n.c.Key, "rubrics nested deeper than %d", maxNesting)
		return
	}
	sub, err := Compile(s.Rubric, withHosts(c.sheet.hosts), withDepth(c.sheet.depth+1))
	if err != nil {
		var inner problem.List
		if !asProblems(err, &inner) {
			c.add(problem.Rule, at+".rubric", n.c.Key, "%v", err)
		}
		for _, p := range inner {
			c.add(p.Code, at+".rubric."+p.Where, p.Criterion, "%s", p.Text)
		}
		return
	}
	if s.Scale && (sub.rubric.Full == 0 || n.c.Points == 0) {
		c.add(problem.Range, at+".scale", n.c.Key, "scaling needs full points on both sides: %s and %s", sub.rubric.Full, n.c.Points)
	}
	s.sheet = sub
}

func (s *nested) score(r *run, n *node) (points.Exact, bool) {
	card, ok := r.card.Nested[n.c.Fact]
	if !ok {
		return r.absent(n, n.c.Fact)
	}
	sub, err := s.sheet.Score(card)
	if err != nil {
		var inner problem.List
		if !asProblems(err, &inner) {
			r.add(problem.Overflow, "nested."+n.c.Fact, n.c.Key, "%v", err)
		}
		for _, p := range inner {
			criterion := n.c.Key
			if p.Criterion != "" {
				criterion += "." + p.Criterion
			}
			r.add(p.Code, "nested."+n.c.Fact+"."+p.Where, criterion, "%s", p.Text)
		}
		return points.Exact{}, false
	}
	switch sub.Status {
	case Final:
	case Provisional:
		r.because(Provisional, WhyNested, n.path)
	case Void, Undefined:
		r.because(sub.Status, WhyNested, n.path)
		return points.Exact{}, false
	}
	x, note := sub.Total.Exact(), sub.Total.String()
	if s.Scale {
		full := s.sheet.rubric.Full
		x = sub.Total.Scaled(int64(n.c.Points), int64(full))
		note = fmt.Sprintf("%s/%s × %s", sub.Total, full, n.c.Points)
	}
	if n.negative() && x.Cmp(points.Exact{}) > 0 {
		x = x.Neg()
	}
	return r.line(n, Line{Rule: s.key(), Fact: n.c.Fact, Note: note, Detail: sub.Ledger}, x), true
}

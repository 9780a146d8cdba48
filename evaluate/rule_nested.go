package evaluate

import "fmt"

// Nested (子表) scores the criterion by a rubric of its own, on a card of its
// own: Card.Nested under the criterion's Fact. Its ledger is kept as the detail
// of one line.
type Nested struct {
	Rubric Rubric `json:"rubric"`
	// Scale brings the nested total from the nested Full to the criterion's
	// points; otherwise it counts as it is.
	Scale bool `json:"scale,omitempty"`

	sheet *Sheet
}

func (*Nested) key() string { return "nested" }

func (s *Nested) check(c *compiler, at string, n *node) {
	if c.sheet.depth+1 > maxNesting {
		c.add(CodeDepth, at, n.c.Key, "rubrics nested deeper than %d", maxNesting)
		return
	}
	sub, err := Compile(s.Rubric, withHosts(c.sheet.hosts), withDepth(c.sheet.depth+1))
	if err != nil {
		var inner Problems
		if !asProblems(err, &inner) {
			c.add(CodeRule, at+".rubric", n.c.Key, "%v", err)
		}
		for _, p := range inner {
			c.add(p.Code, at+".rubric."+p.Where, p.Criterion, "%s", p.Text)
		}
		return
	}
	if s.Scale && (sub.rubric.Full == 0 || n.c.Points == 0) {
		c.add(CodeRange, at+".scale", n.c.Key, "scaling needs full points on both sides: %s and %s", sub.rubric.Full, n.c.Points)
	}
	s.sheet = sub
}

func (s *Nested) score(r *run, n *node) (exact, bool) {
	card, ok := r.card.Nested[n.c.Fact]
	if !ok {
		return r.absent(n, n.c.Fact)
	}
	sub, err := s.sheet.Score(card)
	if err != nil {
		var inner Problems
		if !asProblems(err, &inner) {
			r.add(CodeOverflow, "nested."+n.c.Fact, n.c.Key, "%v", err)
		}
		for _, p := range inner {
			criterion := n.c.Key
			if p.Criterion != "" {
				criterion += "." + p.Criterion
			}
			r.add(p.Code, "nested."+n.c.Fact+"."+p.Where, criterion, "%s", p.Text)
		}
		return exact{}, false
	}
	switch sub.Status {
	case Final:
	case Provisional:
		r.because(Provisional, WhyNested, n.path)
	case Void, Undefined:
		r.because(sub.Status, WhyNested, n.path)
		return exact{}, false
	}
	x, note := exactOf(sub.Total), sub.Total.String()
	if s.Scale {
		full := s.sheet.rubric.Full
		x = exactMul(int64(sub.Total), int64(n.c.Points), int64(full))
		note = fmt.Sprintf("%s/%s × %s", sub.Total, full, n.c.Points)
	}
	if n.negative() && x.cmp(exact{}) > 0 {
		x = x.neg()
	}
	return r.line(n, Line{Rule: s.key(), Fact: n.c.Fact, Note: note, Detail: sub.Ledger}, x), true
}

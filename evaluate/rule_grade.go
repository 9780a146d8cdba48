package evaluate

import "fmt"

// Grade (等次评分) maps grades to points. A level with Min and Max instead of
// Points is a range (区间赋分): the mark then also says how many points, and
// they must lie in the range, both ends included. A bare number in a range
// stands for that range's grade.
//
// The input is a word on the card, or grades on the ballots.
type Grade struct {
	Levels []Level `json:"levels"`
}

// Level is one grade, best first by custom, not by need.
type Level struct {
	Key    string  `json:"key"`
	Label  Label   `json:"label,omitzero"`
	Points *Points `json:"points,omitempty"`
	Min    *Points `json:"min,omitempty"`
	Max    *Points `json:"max,omitempty"`
}

func (*Grade) key() string { return "grade" }

func (g *Grade) check(c *compiler, at string, n *node) {
	seen := map[string]bool{}
	for i, l := range g.Levels {
		where := fmt.Sprintf("%s.levels[%d]", at, i)
		if c.checkKey(where+".key", l.Key) && seen[l.Key] {
			c.add(CodeDuplicate, where+".key", n.c.Key, "grade %s appears twice", l.Key)
		}
		seen[l.Key] = true
		ranged := l.Min != nil && l.Max != nil
		if (l.Points == nil) != ranged || (l.Min == nil) != (l.Max == nil) {
			c.add(CodeRule, where, n.c.Key, "grade %s needs either points, or min and max", l.Key)
			continue
		}
		low, high := l.ends()
		if low > high {
			c.add(CodeRange, where, n.c.Key, "grade %s runs from %s down to %s", l.Key, low, high)
		}
		c.pointsInSection(where, n, low)
		c.pointsInSection(where, n, high)
		for _, other := range g.Levels[:i] {
			if ranged && other.Min != nil && other.Max != nil && low <= *other.Max && *other.Min <= high {
				c.add(CodeRule, where, n.c.Key, "ranges of grades %s and %s share points", other.Key, l.Key)
			}
		}
	}
	if len(g.Levels) == 0 {
		c.add(CodeEmpty, at+".levels", n.c.Key, "no grades")
	}
}

// pointsInSection holds points of a table against the criterion: between 0 and
// its full mark in the base, not below 0 in the bonus, not above 0 in the penalty.
func (c *compiler) pointsInSection(at string, n *node, p Points) {
	switch {
	case p > maxRubricPoints || p < -maxRubricPoints:
		c.add(CodeRange, at, n.c.Key, "%s points", p)
	case n.negative() && p > 0:
		c.add(CodeSign, at, n.c.Key, "a penalty gives %s points", p)
	case !n.negative() && p < 0:
		c.add(CodeSign, at, n.c.Key, "%s points outside the penalty", p)
	case n.section == SectionBase && p > n.c.Points:
		c.add(CodeRange, at, n.c.Key, "%s points of %s", p, n.c.Points)
	}
}

func (l *Level) ends() (low, high Points) {
	if l.Points != nil {
		return *l.Points, *l.Points
	}
	return *l.Min, *l.Max
}

func (g *Grade) score(r *run, n *node) (exact, bool) {
	if len(n.c.Groups) > 0 {
		return r.scoreBallots(n, g)
	}
	f, ok := r.fact(n, textFact, numberFact)
	if !ok {
		return r.withoutFact(n)
	}
	m := MarkGrade(f.text)
	if f.kind == numberFact {
		m = MarkPoints(f.number)
	}
	p, why := g.raw(m, n)
	if why != "" {
		r.add(CodeFact, "facts."+n.c.Fact, n.c.Key, "%s", why)
		return exact{}, false
	}
	return r.line(n, Line{Rule: g.key(), Fact: n.c.Fact, Note: f.text}, exactOf(p)), true
}

func (g *Grade) raw(m Mark, _ *node) (Points, string) {
	p, hasPoints := m.Points()
	for i := range g.Levels {
		l := &g.Levels[i]
		low, high := l.ends()
		switch {
		case m.Grade() == "" && l.Points == nil && p >= low && p <= high:
			return p, ""
		case m.Grade() == "" || m.Grade() != l.Key:
		case l.Points != nil && !hasPoints:
			return *l.Points, ""
		case l.Points != nil:
			return 0, fmt.Sprintf("grade %s is worth %s; the ballot may not say how many points", l.Key, low)
		case !hasPoints:
			return 0, fmt.Sprintf("grade %s is a range: say how many points from %s to %s", l.Key, low, high)
		case p < low || p > high:
			return 0, fmt.Sprintf("%s points lie outside grade %s, %s to %s", p, l.Key, low, high)
		default:
			return p, ""
		}
	}
	if m.Grade() == "" {
		return 0, fmt.Sprintf("%s points are in no grade's range", p)
	}
	return 0, "there is no grade " + quoteShort(m.Grade())
}

func (g *Grade) linear(*node) linear { return linear{num: 1, den: 1} }

package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// grade scores by a rubric.Grade.
type grade rubric.Grade

func (*grade) key() string { return "grade" }

func (g *grade) check(c *compiler, at string, n *node) {
	seen := map[string]bool{}
	for i, l := range g.Levels {
		where := fmt.Sprintf("%s.levels[%d]", at, i)
		if c.checkKey(where+".key", l.Key) && seen[l.Key] {
			c.add(problem.Duplicate, where+".key", n.c.Key, "grade %s appears twice", l.Key)
		}
		seen[l.Key] = true
		ranged := l.Min != nil && l.Max != nil
		if (l.Points == nil) != ranged || (l.Min == nil) != (l.Max == nil) {
			c.add(problem.Rule, where, n.c.Key, "grade %s needs either points, or min and max", l.Key)
			continue
		}
		low, high := ends(&l)
		if low > high {
			c.add(problem.Range, where, n.c.Key, "grade %s runs from %s down to %s", l.Key, low, high)
		}
		c.pointsInSection(where, n, low)
		c.pointsInSection(where, n, high)
		for _, other := range g.Levels[:i] {
			if ranged && other.Min != nil && other.Max != nil && low <= *other.Max && *other.Min <= high {
				c.add(problem.Rule, where, n.c.Key, "ranges of grades %s and %s share points", other.Key, l.Key)
			}
		}
	}
	if len(g.Levels) == 0 {
		c.add(problem.Empty, at+".levels", n.c.Key, "no grades")
	}
}

// pointsInSection holds points of a table against the criterion: between 0 and
// its full mark in the base, not below 0 in the bonus, not above 0 in the penalty.
func (c *compiler) pointsInSection(at string, n *node, p points.Points) {
	switch {
	case p > maxRubricPoints || p < -maxRubricPoints:
		c.add(problem.Range, at, n.c.Key, "%s points", p)
	case n.negative() && p > 0:
		c.add(problem.Sign, at, n.c.Key, "a penalty gives %s points", p)
	case !n.negative() && p < 0:
		c.add(problem.Sign, at, n.c.Key, "%s points outside the penalty", p)
	case n.section == SectionBase && p > n.c.Points:
		c.add(problem.Range, at, n.c.Key, "%s points of %s", p, n.c.Points)
	}
}

// ends are the points of a level, or the ends of its range.
func ends(l *rubric.Level) (low, high points.Points) {
	if l.Points != nil {
		return *l.Points, *l.Points
	}
	return *l.Min, *l.Max
}

func (g *grade) score(r *run, n *node) (points.Exact, bool) {
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
		r.add(problem.Fact, "facts."+n.c.Fact, n.c.Key, "%s", why)
		return points.Exact{}, false
	}
	return r.line(n, Line{Rule: g.key(), Fact: n.c.Fact, Note: f.text}, p.Exact()), true
}

func (g *grade) raw(m Mark, _ *node) (points.Points, string) {
	p, hasPoints := m.Points()
	for i := range g.Levels {
		l := &g.Levels[i]
		low, high := ends(l)
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
	return 0, "there is no grade " + quote.Short(m.Grade())
}

func (g *grade) linear(*node) linear { return linear{by: points.Ratio{Num: 1, Den: 1}} }

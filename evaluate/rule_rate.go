package evaluate

import (
	"fmt"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/evaluate/rubric"
)

// tallied scores by a rubric.Tallied.
type tallied rubric.Tallied

func (*tallied) key() string { return "rate" }

func (t *tallied) check(c *compiler, at string, n *node) {
	seen := map[string]bool{}
	for i, ch := range t.Choices {
		where := fmt.Sprintf("%s.choices[%d]", at, i)
		if c.checkKey(where+".key", ch.Key) && seen[ch.Key] {
			c.add(problem.Duplicate, where+".key", n.c.Key, "choice %s appears twice", ch.Key)
		}
		seen[ch.Key] = true
		if ch.Coefficient < 0 || ch.Coefficient > points.One {
			c.add(problem.Range, where+".coefficient", n.c.Key, "coefficient is %s; it lies between 0 and 1", ch.Coefficient)
		}
	}
	if len(t.Choices) == 0 && len(n.c.Groups) > 0 {
		c.add(problem.Empty, at+".choices", n.c.Key, "ballots need choices")
	}
	switch t.Count {
	case "", rubric.CountStrict, rubric.CountLenient, rubric.CountCoefficients:
	default:
		c.add(problem.Rule, at+".count", n.c.Key, "count %s is not strict, lenient or coefficients", quote.Short(t.Count))
	}
	switch t.Over {
	case "", rubric.OverVoiced, rubric.OverReturned:
	case rubric.OverIssued:
		if len(n.c.Groups) == 0 {
			c.add(problem.Source, at+".over", n.c.Key, "a tally on the card does not know how many ballots were issued")
		}
	default:
		c.add(problem.Rule, at+".over", n.c.Key, "over %s is not voiced, returned or issued", quote.Short(t.Over))
	}
	if n.c.Points == 0 {
		c.add(problem.Range, at, n.c.Key, "a rate needs points to take its share of")
	}
	for _, g := range n.groups {
		if gr := c.sheet.groups[g]; t.Over != "" && t.Over != rubric.OverVoiced && (gr.Drop != nil || (gr.Aggregate != "" && gr.Aggregate != rubric.Mean)) {
			c.add(problem.Rule, at+".over", n.c.Key, "group %s drops extremes or takes no mean: only the base voiced has a meaning", gr.Key)
		}
	}
	checkNoBase(c, at, n, t.NoBase)
}

func (t *tallied) coefficient(ch *rubric.Choice) points.Points {
	switch {
	case t.Count == rubric.CountStrict && ch.Coefficient != points.One:
		return 0
	case t.Count == rubric.CountLenient && ch.Coefficient > 0:
		return points.One
	}
	return ch.Coefficient
}

func (t *tallied) choice(key string) *rubric.Choice {
	for i := range t.Choices {
		if t.Choices[i].Key == key {
			return &t.Choices[i]
		}
	}
	return nil
}

func (t *tallied) raw(m Mark, _ *node) (points.Points, string) {
	ch := t.choice(m.Grade())
	if _, hasPoints := m.Points(); ch == nil || hasPoints {
		if m.Grade() == "" {
			return 0, "one of the choices is needed, not points"
		}
		return 0, "there is no choice " + quote.Short(m.Grade())
	}
	return t.coefficient(ch), ""
}

func (t *tallied) linear(n *node) linear {
	lin := linear{by: points.Ratio{Num: int64(n.c.Points), Den: int64(points.One)}.Reduced()}
	if n.negative() {
		lin.by.Num = -lin.by.Num
	}
	return lin
}

func (t *tallied) score(r *run, n *node) (points.Exact, bool) {
	if len(n.c.Groups) > 0 {
		return r.scoreBallots(n, t)
	}
	f, ok := r.measured(n, t.NoBase, rateFact, tallyFact)
	if !ok {
		return r.withoutFact(n)
	}
	if f.kind == rateFact {
		x := n.c.Points.Scaled(f.rate.Count, f.rate.Base)
		return t.line(r, n, r.rateNote(n, t.NoBase), x), true
	}
	good := func(key string) bool {
		return t.choice(key) != nil || rubric.Missing(key).Valid()
	}
	if !r.tallyKeys(n, f.tally, good) {
		return points.Exact{}, false
	}
	var sum points.Exact
	var base int64
	for i := range t.Choices {
		ch := &t.Choices[i]
		k := f.tally[ch.Key]
		base += k
		sum = sum.Add(t.coefficient(ch).Scaled(k, 1))
	}
	if t.Over == rubric.OverReturned {
		base += f.tally[string(rubric.Abstain)] + f.tally[string(rubric.DontKnow)]
	}
	if base == 0 {
		f, ok := readBase(t.NoBase, FactRate(rates.Rate{}))
		if !ok {
			return r.undefined(WhyBaseZero, n)
		}
		return t.line(r, n, "0/0, no base, read as "+string(t.NoBase), n.c.Points.Scaled(f.rate.Count, f.rate.Base)), true
	}
	shown, err := sum.Round(points.Places, points.HalfUp)
	if err != nil {
		r.overflow(n, err)
		return points.Exact{}, false
	}
	x := sum.Scale(int64(n.c.Points), int64(points.One)).Scale(1, base)
	return t.line(r, n, fmt.Sprintf("%s/%d", shown, base), x), true
}

func (t *tallied) line(r *run, n *node, rate string, x points.Exact) points.Exact {
	if n.negative() {
		x = x.Neg()
	}
	return r.line(n, Line{Rule: t.key(), Fact: n.c.Fact, Note: rate + " × " + n.c.Points.String()}, x)
}

package evaluate

import (
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// condition checks a yes-or-no question about a fact and notes the fact.
func (c *compiler) condition(at, criterion string, q rubric.Condition) {
	if c.checkKey(at+".fact", q.Fact) {
		c.sheet.facts[q.Fact] = true
	}
	if q.AtLeast != nil && q.Below != nil && *q.AtLeast >= *q.Below {
		c.add(problem.Range, at, criterion, "nothing is at least %s and below %s", *q.AtLeast, *q.Below)
	}
}

// answer is what a condition finds.
type answer uint8

const (
	no answer = iota
	yes
	absent   // the fact is not on the card, or missing for a reason
	baseless // the fact is a rate without a base
	wrong    // the fact is of another kind; the problem is recorded
)

// ask puts a condition to the card.
func (r *run) ask(q rubric.Condition, noBase rubric.NoBase, criterion string) answer {
	at := "facts." + q.Fact
	f, ok := r.card.Facts[q.Fact]
	if !ok || f.kind == missingFact {
		return absent
	}
	if q.AtLeast == nil && q.Below == nil {
		if f.kind != boolFact {
			r.add(problem.Fact, at, criterion, "fact %s is %s; true or false is needed", q.Fact, f.kind)
			return wrong
		}
		if f.yes {
			return yes
		}
		return no
	}
	if f, ok = readBase(noBase, f); !ok {
		return baseless
	}
	value, ok := f.measure()
	switch {
	case !ok && f.kind == rateFact:
		r.add(problem.Fact, at, criterion, "rate %s is negative", f.rate.Ratio())
		return wrong
	case !ok:
		r.add(problem.Fact, at, criterion, "fact %s is %s; a number or a rate is needed", q.Fact, f.kind)
		return wrong
	case q.AtLeast != nil && value.Cmp(q.AtLeast.Exact()) < 0,
		q.Below != nil && value.Cmp(q.Below.Exact()) >= 0:
		return no
	}
	return yes
}

// measure is the fact as a number; a rate counts in percent.
func (f Fact) measure() (points.Exact, bool) {
	switch f.kind {
	case numberFact:
		return f.number.Exact(), true
	case rateFact:
		if f.rate.Undefined() != "" {
			return points.Exact{}, false
		}
		return (100 * points.One).Scaled(f.rate.Count, f.rate.Base), true
	case noFact, boolFact, textFact, tallyFact, missingFact:
	}
	return points.Exact{}, false
}

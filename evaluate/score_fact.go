package evaluate

import (
	"slices"
	"sort"
	"strings"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// fact gives the criterion's fact when it is there and of one of the kinds;
// otherwise withoutFact says what that means.
func (r *run) fact(n *node, kinds ...factKind) (Fact, bool) {
	f, ok := r.card.Facts[n.c.Fact]
	if !ok || f.kind == missingFact {
		return f, false
	}
	if !slices.Contains(kinds, f.kind) {
		r.wrongKind(n, f, kinds...)
		return f, false
	}
	if f.kind == rateFact && f.rate.Undefined() == points.Negative {
		r.add(problem.Fact, "facts."+n.c.Fact, n.c.Key, "rate %s is negative", f.rate.Ratio())
		return f, false
	}
	return f, true
}

// measured is fact, with a rate without base read by the policy.
func (r *run) measured(n *node, policy rubric.NoBase, kinds ...factKind) (Fact, bool) {
	f, ok := r.fact(n, kinds...)
	if !ok {
		return f, false
	}
	return readBase(policy, f)
}

// rateNote is the rate as the card gives it, and how it was read when it has no
// base.
func (r *run) rateNote(n *node, policy rubric.NoBase) string {
	rate := r.card.Facts[n.c.Fact].rate
	if rate.Undefined() == points.BaseZero {
		return rate.Ratio().String() + ", no base, read as " + string(policy)
	}
	return rate.Ratio().String()
}

func (r *run) wrongKind(n *node, f Fact, want ...factKind) {
	kinds := make([]string, len(want))
	for i, k := range want {
		kinds[i] = k.String()
	}
	r.add(problem.Fact, "facts."+n.c.Fact, n.c.Key, "the fact is %s; %s is needed", f.kind, strings.Join(kinds, " or "))
}

// withoutFact scores a criterion whose fact could not be used: absent, without
// a base, or wrong, which is recorded already.
func (r *run) withoutFact(n *node) (points.Exact, bool) {
	f, ok := r.card.Facts[n.c.Fact]
	switch {
	case !ok || f.kind == missingFact:
		return r.absent(n, n.c.Fact)
	case f.kind == rateFact && f.rate.Undefined() == points.BaseZero:
		return r.undefined(WhyBaseZero, n)
	}
	return points.Exact{}, false
}

// absent scores a criterion without its fact: 0 points, provisionally when it
// is not due yet, and no outcome at all when it is required.
func (r *run) absent(n *node, fact string) (points.Exact, bool) {
	l := Line{Rule: n.rule.key(), Fact: fact, Note: "not given"}
	f := r.card.Facts[fact]
	switch {
	case f.missing == rubric.NotDue:
		r.because(Provisional, WhyNotDue, n.path)
		l.Note = string(rubric.NotDue)
	case n.c.Required:
		return r.undefined(WhyMissingFact, n)
	case f.missing != "":
		l.Note = string(f.missing)
	}
	return r.line(n, l, points.Exact{}), true
}

// tallyKeys reports keys a tally may not have and counts below zero or beyond
// what could ever be counted.
func (r *run) tallyKeys(n *node, tally map[string]int64, known func(string) bool) bool {
	const most = 1_000_000_000_000
	keys := make([]string, 0, len(tally))
	for key := range tally {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	good := true
	for _, key := range keys {
		where := "facts." + n.c.Fact + "." + key
		switch count := tally[key]; {
		case !known(key):
			r.add(problem.Unknown, where, n.c.Key, "the rule does not know %s", quote.Short(key))
			good = false
		case count < 0 || count > most:
			r.add(problem.Range, where, n.c.Key, "%d is not a count", count)
			good = false
		}
	}
	return good
}

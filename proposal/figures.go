package proposal

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/store"
	"github.com/tian-go/tian/proposal/workflow"
)

// Dimension is what proposals are told apart by in figures. Users count by
// dimensions of their own with [Tally.Count].
type Dimension string

// The dimensions that [Tally.Add] counts by, and what their keys are.
const (
	ByCategory Dimension = "category" // a key of the category scheme
	ByProposer Dimension = "proposer" // a [ProposerKind]
	ByClass    Dimension = "class"    // a key of the answer classes
	ByOpinion  Dimension = "opinion"  // a key of an opinion scale
	ByStage    Dimension = "stage"    // the stage the proposal counts in
	ByOutcome  Dimension = "outcome"  // filed, merged, refuse, refer, settle, withdraw, or open: see Add
)

// Tally (统计) is the figures of a set of proposals. Every share keeps its count
// and its base, and the base is the proposals that state the thing at all: of
// 224 proposals of which 10 name a category, 4 in one are 4/10. Tallies of
// parts add up to that of the whole by [Tally.Merge].
//
// The zero Tally is empty and ready. It is not safe for concurrent use.
type Tally struct {
	Drafts   int64 // not yet submitted, and counted nowhere else
	Received int64 // 收到
	Filed    int64 // 立案: ever filed, those merged or withdrawn later included

	by map[Dimension]*spread
}

// spread is how the proposals that state a thing spread over its keys.
type spread struct {
	stated int64
	keys   map[string]int64
}

// Add counts one proposal. It counts once in each dimension it states: one whose
// units answered in two classes, or were given two opinions, counts in both
// keys and once in the base. A unit's class is that of its current reply, its
// opinion the last one given on any of its replies; co-units, whose opinion is
// the lead's to weigh, have neither.
//
// The outcomes merged, refuse, refer, settle and withdraw are those in force;
// of the others those ever filed are filed, and the rest open. Each proposal
// has one.
func (t *Tally) Add(p *Proposal) {
	if p.Means() == drafted {
		t.Drafts++
		return
	}
	t.Received++
	if p.WasFiled() {
		t.Filed++
	}
	t.Count(ByCategory, string(p.Category))
	t.Count(ByProposer, string(p.Proposer.Kind))
	t.Count(ByStage, p.Stage)
	t.Count(ByOutcome, p.outcome())
	var classes, opinions []string
	for i := range p.Parts {
		part := &p.Parts[i]
		if !part.Role.Required() {
			continue
		}
		if reply := part.Reply(); reply != nil && !reply.Issued.IsZero() {
			classes = append(classes, reply.Class)
		}
		opinions = append(opinions, p.lastOpinion(part.Unit))
	}
	t.Count(ByClass, classes...)
	t.Count(ByOpinion, opinions...)
}

// Count has one more proposal state these keys of a dimension; "" states
// nothing, and a key given twice counts once.
func (t *Tally) Count(d Dimension, keys ...string) {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k == "" })
	if len(keys) == 0 {
		return
	}
	slices.Sort(keys)
	s := t.spread(d)
	s.stated++
	for _, k := range slices.Compact(keys) {
		s.keys[k]++
	}
}

func (t *Tally) spread(d Dimension) *spread {
	if t.by == nil {
		t.by = make(map[Dimension]*spread)
	}
	if t.by[d] == nil {
		t.by[d] = &spread{keys: make(map[string]int64)}
	}
	return t.by[d]
}

// Merge adds the figures of other, a tally of other proposals, which it leaves
// as they are. Merging nil adds nothing.
func (t *Tally) Merge(other *Tally) {
	if other == nil {
		return
	}
	t.Drafts += other.Drafts
	t.Received += other.Received
	t.Filed += other.Filed
	for d, theirs := range maps.Clone(other.by) {
		mine := t.spread(d)
		mine.stated += theirs.stated
		for k, n := range maps.Clone(theirs.keys) {
			mine.keys[k] += n
		}
	}
}

// FilingRate (立案率) is filed over received.
func (t *Tally) FilingRate() rates.Rate {
	return rates.Rate{Count: t.Filed, Base: t.Received, Of: "received", Rule: "filed"}
}

// Rate is the share of a key: its proposals over those that state the
// dimension. It is undefined when none does.
func (t *Tally) Rate(d Dimension, key string) rates.Rate {
	r := rates.Rate{Of: "stated", Rule: string(d)}
	if s := t.by[d]; s != nil {
		r.Count, r.Base = s.keys[key], s.stated
	}
	return r
}

// Keys returns the keys of a dimension that some proposal states, sorted.
func (t *Tally) Keys(d Dimension) []string {
	s := t.by[d]
	if s == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(s.keys))
}

// Dimensions returns the dimensions that some proposal states, sorted.
func (t *Tally) Dimensions() []Dimension { return slices.Sorted(maps.Keys(t.by)) }

// MarshalJSON writes the totals and, for each dimension, the shares of its keys:
//
//	{"received":19,"filed":18,"by_category":{"social":{"count":7,"base":19,"percent":"36.84",…}},…}
//
// The dimensions of Add are always there, those of the caller when stated.
func (t *Tally) MarshalJSON() ([]byte, error) {
	out := map[string]any{"received": t.Received, "filed": t.Filed, "drafts": t.Drafts}
	dimensions := append(t.Dimensions(), ByCategory, ByProposer, ByClass, ByOpinion, ByStage, ByOutcome)
	for _, d := range dimensions {
		shares := make(map[string]rates.Rate)
		for _, k := range t.Keys(d) {
			shares[k] = t.Rate(d, k)
		}
		out["by_"+string(d)] = shares
	}
	data, err := json.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("proposal: tally: %w", err)
	}
	return data, nil
}

// WasFiled reports whether the proposal has been filed (立案) at any time: it is
// filed now, has a number, or has been given to a unit.
func (p *Proposal) WasFiled() bool { return p.Means() == filed || p.Number != "" || len(p.Parts) > 0 }

func (p *Proposal) outcome() string {
	switch {
	case p.MergedInto != "":
		return "merged"
	case p.Review != nil && p.Review.Outcome != "return":
		return p.Review.Outcome
	case p.WasFiled():
		return "filed"
	}
	return "open"
}

// lastOpinion returns the result last given on a unit's replies, or "".
func (p *Proposal) lastOpinion(unit string) string {
	for _, o := range slices.Backward(p.Opinions) {
		if o.Unit == unit {
			return o.Result
		}
	}
	return ""
}

// Figures counts the proposals that answer the conditions, all of them when
// there is none, in one pass, and returns each body's own tally. count counts
// one proposal; nil is [Tally.Add]. For the figures of a body with everything
// below it, see [RollUp]. A proposal that cannot be read is not counted, and
// hides no other: the tallies of the others come with an error that names it.
func (s *Service) Figures(ctx context.Context, count func(*Tally, *Proposal), where ...store.Match) (map[string]*Tally, error) {
	if count == nil {
		count = (*Tally).Add
	}
	tallies := make(map[string]*Tally)
	err := s.Each(ctx, func(p *Proposal) error {
		t := tallies[p.Body]
		if t == nil {
			t = new(Tally)
			tallies[p.Body] = t
		}
		count(t, p)
		return nil
	}, where...)
	return tallies, err
}

// RollUp returns for each body that has a tally, and for every body above one,
// the figures of itself and of all bodies below it. It leaves the tallies it is
// given as they are. With the nil tree each body stands alone.
func RollUp(tree *workflow.Tree, own map[string]*Tally) map[string]*Tally {
	rolled := make(map[string]*Tally)
	for body, t := range own {
		for _, at := range tree.Path(body) {
			if rolled[at] == nil {
				rolled[at] = new(Tally)
			}
			rolled[at].Merge(t)
		}
	}
	return rolled
}

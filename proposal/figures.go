package proposal

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
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

	Left int64 // gone to another body since (区划调整), and counted there; see Service.Figures

	Assigned  int64 // 交办: some unit has to answer the proposers
	Contacted int64 // 沟通: and each of them has been in contact with them

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
// opinion the last one that counts on any of its replies, by the body's [Hearing]
// where that makes one of several, and [NoFeedback] when nobody had one by the
// day; co-units, whose opinion is
// the lead's to weigh, have neither.
//
// The outcomes merged, refuse, refer, settle and withdraw are those in force;
// of the others those ever filed are filed, and the rest open. Each proposal
// has one.
func (t *Tally) Add(p *Proposal) { t.add(p.facts(), 1) }

// Stated yields every dimension that [Tally.Add] counts by, with the keys that
// the proposal states of it; a key may be "" or there twice.
func (p *Proposal) Stated() iter.Seq2[Dimension, []string] {
	return func(yield func(Dimension, []string) bool) {
		var classes, opinions []string
		for i := range p.Parts {
			part := &p.Parts[i]
			if !part.Role.Required() {
				continue
			}
			if part.issued() {
				classes = append(classes, part.Reply().Class)
			}
			opinions = append(opinions, p.results(part.Unit)...)
		}
		_ = yield(ByCategory, []string{string(p.Category)}) &&
			yield(ByProposer, []string{string(p.Proposer.Kind)}) &&
			yield(ByStage, []string{p.Stage}) &&
			yield(ByOutcome, []string{p.Outcome()}) &&
			yield(ByClass, classes) &&
			yield(ByOpinion, opinions)
	}
}

// Count has one more proposal state these keys of a dimension; "" states
// nothing, and a key given twice counts once.
func (t *Tally) Count(d Dimension, keys ...string) { t.count(d, keys, 1) }

// count has n more proposals state these keys.
func (t *Tally) count(d Dimension, keys []string, n int64) {
	if keys = once(keys); len(keys) == 0 {
		return
	}
	s := t.spread(d)
	s.stated += n
	for _, k := range keys {
		s.keys[k] += n
	}
}

// once returns the keys sorted, each once and none of them "".
func once(keys []string) []string {
	if len(keys) == 1 && keys[0] != "" { // by far the commonest
		return keys
	}
	keys = slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k == "" })
	slices.Sort(keys)
	return slices.Compact(keys)
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
	t.Left += other.Left
	t.Received += other.Received
	t.Filed += other.Filed
	t.Assigned += other.Assigned
	t.Contacted += other.Contacted
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

// ContactRate (沟通率、面商率) is contacted over assigned.
func (t *Tally) ContactRate() rates.Rate {
	return rates.Rate{Count: t.Contacted, Base: t.Assigned, Of: "assigned", Rule: "contacted"}
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
// The dimensions of Add are always there, those of the caller when stated, and
// "contacts", the [Tally.ContactRate], when some contact has been logged, "left"
// when some have gone to another body.
func (t *Tally) MarshalJSON() ([]byte, error) {
	out := map[string]any{"received": t.Received, "filed": t.Filed, "drafts": t.Drafts}
	if t.Left > 0 {
		out["left"] = t.Left
	}
	if t.Contacted > 0 {
		out["contacts"] = t.ContactRate()
	}
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

// Draft reports whether the proposal has not been submitted yet (草稿): figures
// leave it out.
func (p *Proposal) Draft() bool { return p.Means() == drafted || p.Means() == secondable }

// Relieved reports whether the unit was relieved of its part (退回、改派), and has
// not been given it again.
func (p *Proposal) Relieved(unit string) bool { return p.partMeans(unit) == released }

// Outcome is what became of the proposal in the review, one of the keys of
// [ByOutcome]: merged, refuse, refer, settle or withdraw when that is in force,
// else filed when it was ever filed, else open.
func (p *Proposal) Outcome() string {
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

// Figures counts the proposals that answer the conditions, all of them when
// there is none, in one pass, and returns each body's own tally. count counts
// one proposal; nil is [Tally.Add]. For the figures of a body with everything
// below it, see [RollUp]. One that has gone to another body counts there, and as
// Left in each body that it was in before. A proposal that cannot be read is not counted, and
// hides no other: the tallies of the others come with an error that names it.
func (s *Service) Figures(ctx context.Context, count func(*Tally, *Proposal), where ...store.Match) (map[string]*Tally, error) {
	if count == nil {
		count = (*Tally).Add
	}
	tallies := make(tallies)
	err := s.Each(ctx, func(p *Proposal) error {
		count(tallies.of(p.Body), p)
		for _, body := range p.Left() {
			tallies.of(body).Left++
		}
		return nil
	}, where...)
	return tallies, err
}

// tallies are those of bodies.
type tallies map[string]*Tally

func (t tallies) of(body string) *Tally {
	if t[body] == nil {
		t[body] = new(Tally)
	}
	return t[body]
}

// Tallies counts the proposals that answer the conditions as Figures does with
// [Tally.Add], without reading any of them: what Add looks at is kept with each
// proposal as one attribute, and the store counts its values. The figures of a
// million proposals take seconds, and Figures remains as the check. They differ
// where the attributes are not those that the engine gives today; see
// [workflow.Engine.Reindex]. A proposal that cannot be read is counted too.
func (s *Service) Tallies(ctx context.Context, where ...store.Match) (map[string]*Tally, error) {
	counts, err := s.All().CountBy(ctx, workflow.Query{Where: where}, tallied)
	if err != nil {
		return nil, err //nolint:wrapcheck // the engine says what was asked
	}
	left, err := s.All().CountBy(ctx, workflow.Query{Where: where}, "left")
	if err != nil {
		return nil, err //nolint:wrapcheck // the engine says what was asked
	}
	tallies := make(tallies)
	for body, n := range left {
		tallies.of(body).Left = n
	}
	for value, n := range counts {
		if value == untold {
			continue
		}
		body, facts, ok := readFacts(value)
		if !ok {
			return nil, fmt.Errorf("%w: the attribute %s is %q in %d proposals", workflow.ErrUnreadable, tallied, value, n)
		}
		tallies.of(body).add(facts, n)
	}
	if counts[untold] == 0 {
		return tallies, nil
	}
	rest, err := s.Figures(ctx, nil, append(slices.Clone(where), store.Match{Attr: tallied, Op: store.Is, Values: []string{untold}})...)
	for body, t := range rest {
		t.Left = 0 // counted above
		tallies.of(body).Merge(t)
	}
	return tallies, err
}

// RollUp returns for each body that has a tally, and for every body above one,
// the figures of itself and of all bodies below it. It leaves the tallies it is
// given as they are. With the nil tree each body stands alone. Left counts the moves
// between bodies below it, too.
func RollUp(tree *workflow.Tree, own map[string]*Tally) map[string]*Tally {
	rolled := make(tallies)
	for body, t := range own {
		for _, at := range tree.Path(body) {
			rolled.of(at).Merge(t)
		}
	}
	return rolled
}

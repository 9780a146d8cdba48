package statistics

import (
	"iter"
	"maps"
	"slices"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// Figures (统计数据) are those of a set of proposals. Figures of parts come
// together to those of the whole by [Figures.Merge], the listed cases included.
//
// Make one with [New]. It is not safe for concurrent use while it is added to.
type Figures struct {
	options Options
	tally   proposal.Tally
	behind  map[cell]cases
	spans   map[Span]*lengths
	as      map[asked]string
	names   map[string]string // of members
}

// cell is one count.
type cell struct {
	dimension proposal.Dimension
	key       string
}

// asked is a term of a scheme that was looked up.
type asked struct{ body, scheme, key string }

// New returns figures of nothing yet. It fails when the options name a rule
// that is not known.
func New(o Options) (*Figures, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	return &Figures{
		options: o, behind: make(map[cell]cases), spans: make(map[Span]*lengths), as: make(map[asked]string),
		names: make(map[string]string),
	}, nil
}

// named keeps the name of a member. Of several spellings the first in order stays,
// whatever was counted first.
func (f *Figures) named(id, name string) {
	if there := f.names[id]; name != "" && (there == "" || name < there) {
		f.names[id] = name
	}
}

// Of counts every proposal of a sequence. The sequence's first error ends the
// count and is returned with the figures so far; that of [All] comes last.
func Of(seq iter.Seq2[*proposal.Proposal, error], o Options) (*Figures, error) {
	f, err := New(o)
	if err != nil {
		return nil, err
	}
	for p, err := range seq {
		if err != nil {
			return f, err
		}
		f.Add(p)
	}
	return f, nil
}

// Merging is the rule by which merged proposals were counted.
func (f *Figures) Merging() Merging { return f.options.Merging }

// Count has a case state these keys of a dimension of the caller's own; "" states
// nothing, and a key given twice counts once.
func (f *Figures) Count(d proposal.Dimension, id string, keys ...string) {
	f.tally.Count(d, keys...)
	for _, key := range keys {
		f.list(d, key, id)
	}
}

func (f *Figures) list(d proposal.Dimension, key, id string) {
	if key == "" || f.options.Cases <= 0 {
		return
	}
	at := cell{d, key}
	f.behind[at] = f.behind[at].add(id, f.options.Cases)
}

// total counts a case in totals.
func (f *Figures) total(id string, in ...Base) {
	for _, b := range in {
		f.Count(total, id, string(b))
	}
}

// Merge adds the figures of others to f, which come from other proposals and are
// left as they are. The rule for merged proposals must be the same.
func (f *Figures) Merge(others ...*Figures) error {
	for _, other := range others {
		if other == nil {
			continue
		}
		if other.options.Merging != f.options.Merging {
			return workflow.Invalid("merging", "differs", "并案口径不同（%[2]s与%[1]s），不能合计", "merged proposals count by another rule (%s, not %s)", string(other.options.Merging), string(f.options.Merging))
		}
		f.tally.Merge(&other.tally)
		for id, name := range maps.Clone(other.names) {
			f.named(id, name)
		}
		for at, ids := range maps.Clone(other.behind) {
			for _, id := range slices.Clone(ids) {
				f.list(at.dimension, at.key, id)
			}
		}
		for span, theirs := range maps.Clone(other.spans) {
			f.span(span).merge(theirs, f.options.Cases)
		}
	}
	return nil
}

// Figure is one figure: a rate with its count and base, and the cases counted.
type Figure struct {
	rates.Rate

	Dimension proposal.Dimension
	Key       string
	Cases     []string // in ascending order of their IDs, at most as many as the options say
}

// More is how many counted cases are not listed; of items, the items.
func (g Figure) More() int64 { return g.Count - int64(len(g.Cases)) }

// Figure returns the figure of a key over a base. The base of [Stated] is what
// states the dimension.
func (f *Figures) Figure(d proposal.Dimension, key string, over Base) Figure {
	r := f.tally.Rate(d, key)
	r.Of = string(over)
	if over != Stated {
		r.Base = f.Total(over)
	}
	return Figure{Rate: r, Dimension: d, Key: key, Cases: slices.Clone(f.behind[cell{d, key}])}
}

// Share returns a total over another: the filing rate (立案率) is Share(Filed,
// Received).
func (f *Figures) Share(of, over Base) Figure {
	g := f.Figure(total, string(of), over)
	g.Dimension, g.Rule = "", string(of)
	return g
}

// Total is the count of a total.
func (f *Figures) Total(b Base) int64 { return f.tally.Rate(total, string(b)).Count }

// Keys returns the keys of a dimension that anything states, sorted.
func (f *Figures) Keys(d proposal.Dimension) []string { return f.tally.Keys(d) }

// Dimensions returns the dimensions that anything states, sorted.
func (f *Figures) Dimensions() []proposal.Dimension {
	return slices.DeleteFunc(f.tally.Dimensions(), func(d proposal.Dimension) bool { return d == total })
}

// Shares are all figures of a dimension over a base, the largest count first and
// of equals by key.
func (f *Figures) Shares(d proposal.Dimension, over Base) []Figure {
	keys := f.Keys(d)
	shares := make([]Figure, len(keys))
	for i, key := range keys {
		shares[i] = f.Figure(d, key, over)
	}
	slices.SortStableFunc(shares, func(a, b Figure) int { return int(min(max(b.Count-a.Count, -1), 1)) })
	return shares
}

package honours

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/ranking"
)

// Rules say who gets the distinction.
type Rules struct {
	// Quota is how many get it, of those nominated, and what becomes of equals at
	// the edge.
	Quota ranking.Quota `json:"quota"`

	// Kinds are the least shares of kinds among those who get it.
	Kinds []LeastOf `json:"kinds,omitempty"`

	// Lots are recorded lots by candidate, for a quota that draws them.
	Lots map[string]int64 `json:"lots,omitempty"`
}

// LeastOf is the least share of a kind among those who get the distinction:
// nationally 20 % are collective proposals.
type LeastOf struct {
	Kind  string       `json:"kind"`
	Share points.Ratio `json:"share"`
}

// Candidate is a proposal that was nominated.
type Candidate struct {
	ID    string        `json:"id"` // of the case
	Mark  points.Points `json:"mark"`
	Kinds []string      `json:"kinds,omitempty"` // that it is of, such as collective
}

// Selection is who gets the distinction, and how that came about.
type Selection struct {
	Selected []string `json:"selected"` // by mark, equals by ID

	// Exchanged are those that gave way to one of a kind of which there would have
	// been too few.
	Exchanged []Exchange `json:"exchanged,omitempty"`

	// Short are the kinds of which too few were nominated.
	Short []Shortage `json:"short,omitempty"`
}

// Exchange is one candidate in another's place.
type Exchange struct {
	In   string `json:"in"`
	Out  string `json:"out"`
	Kind string `json:"kind"` // that In is of
}

// Shortage is a kind of which fewer get the distinction than the rules ask for.
type Shortage struct {
	Kind string `json:"kind"`
	Want int    `json:"want"`
	Has  int    `json:"has"`
}

// ErrInvalid is matched by errors about rules or candidates that cannot be.
var ErrInvalid = points.ErrInvalid

// Select selects. First the quota is filled by marks. Then, kind by kind in the
// order of the rules, the lowest who are of no kind that would then fall short
// give way to the highest of the kind who are not in, until the least share is
// reached or nobody is left to come in; how many are selected does not change by
// that. The same candidates in another order give the same.
func Select(candidates []Candidate, rules Rules) (Selection, error) {
	contenders := make([]ranking.Contender, len(candidates))
	pool := board{all: slices.Clone(candidates), in: make(map[string]bool, len(candidates))}
	for i, c := range candidates {
		if _, twice := pool.in[c.ID]; twice || c.ID == "" {
			return Selection{}, fmt.Errorf("%w: candidate %d has no ID, or that of another: %q", ErrInvalid, i, c.ID)
		}
		pool.in[c.ID] = false
		contenders[i] = ranking.Contender{Name: c.ID, Marks: []points.Points{c.Mark}}
	}
	for i, k := range rules.Kinds {
		if k.Kind == "" || k.Share.Den <= 0 || k.Share.Num < 0 || k.Share.Num > k.Share.Den {
			return Selection{}, fmt.Errorf("%w: kinds[%d]: %q needs a share between 0 and 1, not %s", ErrInvalid, i, k.Kind, k.Share)
		}
	}
	places, err := (ranking.Rules{Lots: rules.Lots, Quotas: []ranking.Quota{rules.Quota}}).Rank(contenders)
	if err != nil {
		return Selection{}, fmt.Errorf("honours: %w", err)
	}
	for i, c := range candidates {
		pool.in[c.ID] = slices.Contains(places[i].Awards, rules.Quota.Key)
	}
	slices.SortFunc(pool.all, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Mark, a.Mark), cmp.Compare(a.ID, b.ID))
	})
	s := Selection{Selected: []string{}}
	for i, k := range rules.Kinds {
		pool.fill(&s, k, rules.Kinds[:i+1])
	}
	for _, c := range pool.all {
		if pool.in[c.ID] {
			s.Selected = append(s.Selected, c.ID)
		}
	}
	return s, nil
}

// board is all candidates, best first, and who of them is in.
type board struct {
	all []Candidate
	in  map[string]bool
}

func (b *board) selected() (n int) {
	for _, in := range b.in {
		if in {
			n++
		}
	}
	return n
}

// of returns how many of a kind are in.
func (b *board) of(kind string) (n int) {
	for _, c := range b.all {
		if b.in[c.ID] && slices.Contains(c.Kinds, kind) {
			n++
		}
	}
	return n
}

// least returns how many of a kind there are to be: its share of those selected,
// rounded up.
func (b *board) least(k LeastOf) int {
	whole := k.Share.Num * int64(b.selected())
	return int((whole + k.Share.Den - 1) / k.Share.Den)
}

// fill exchanges candidates until there are enough of a kind.
func (b *board) fill(s *Selection, k LeastOf, kept []LeastOf) {
	want := b.least(k)
	for b.of(k.Kind) < want {
		in := slices.IndexFunc(b.all, func(c Candidate) bool { return !b.in[c.ID] && slices.Contains(c.Kinds, k.Kind) })
		out := b.lowest(kept)
		if in < 0 || out < 0 {
			s.Short = append(s.Short, Shortage{Kind: k.Kind, Want: want, Has: b.of(k.Kind)})
			return
		}
		b.in[b.all[in].ID], b.in[b.all[out].ID] = true, false
		s.Exchanged = append(s.Exchanged, Exchange{In: b.all[in].ID, Out: b.all[out].ID, Kind: k.Kind})
	}
}

// lowest returns the lowest who is in and whom none of the kinds needs to keep.
func (b *board) lowest(kept []LeastOf) int {
	for i, c := range slices.Backward(b.all) {
		needed := slices.ContainsFunc(kept, func(k LeastOf) bool {
			return slices.Contains(c.Kinds, k.Kind) && b.of(k.Kind) <= b.least(k)
		})
		if b.in[c.ID] && !needed {
			return i
		}
	}
	return -1
}

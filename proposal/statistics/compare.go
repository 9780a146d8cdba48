package statistics

import (
	"maps"
	"slices"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
	"github.com/tian-go/tian/proposal/workflow"
)

// Change (同比) is a figure of this period beside that of the last.
type Change struct {
	Last, This Figure
}

// Difference is this count less the last.
func (c Change) Difference() int64 { return c.This.Count - c.Last.Count }

// Ratio is this count over the last: 110 % is an increase of 10 %. It is
// undefined when the last count is 0.
func (c Change) Ratio() rates.Rate {
	return rates.Rate{Count: c.This.Count, Base: c.Last.Count, Of: "last period", Rule: c.This.Rule}
}

// CompareTotals sets totals of two periods beside each other, each over a base.
// Both must be counted by the same rule for merged proposals.
func CompareTotals(last, this *Figures, over Base, totals ...Base) ([]Change, error) {
	if err := sameRule(last, this); err != nil {
		return nil, err
	}
	changes := make([]Change, len(totals))
	for i, t := range totals {
		changes[i] = Change{last.Share(t, over), this.Share(t, over)}
	}
	return changes, nil
}

// Compare sets a dimension of two periods beside each other, over a base, by
// every key that either has, the largest count of this period first.
func Compare(last, this *Figures, d proposal.Dimension, over Base) ([]Change, error) {
	if err := sameRule(last, this); err != nil {
		return nil, err
	}
	keys := append(last.Keys(d), this.Keys(d)...)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	changes := make([]Change, len(keys))
	for i, key := range keys {
		changes[i] = Change{last.Figure(d, key, over), this.Figure(d, key, over)}
	}
	slices.SortStableFunc(changes, func(a, b Change) int { return int(min(max(b.This.Count-a.This.Count, -1), 1)) })
	return changes, nil
}

func sameRule(last, this *Figures) error {
	if last == nil || this == nil || last.options.Merging != this.options.Merging {
		return workflow.Invalid("merging", "differs", "并案口径不同，不能比较", "figures that count merged proposals by different rules cannot be compared")
	}
	return nil
}

// RollUp returns for each body that has figures, and for every body above one,
// the figures of itself and of all bodies below it. It leaves the figures it is
// given as they are. With the nil tree each body stands alone.
func RollUp(tree *workflow.Tree, own map[string]*Figures) (map[string]*Figures, error) {
	rolled := make(map[string]*Figures)
	for body, f := range own {
		for _, at := range tree.Path(body) {
			if rolled[at] == nil {
				empty, err := New(f.options)
				if err != nil {
					return nil, err
				}
				rolled[at] = empty
			}
			if err := rolled[at].Merge(f); err != nil {
				return nil, err
			}
		}
	}
	return rolled, nil
}

// Difference is a count of a whole that its parts do not add up to.
type Difference struct {
	Dimension    proposal.Dimension // "" for a total
	Key          string
	Whole, Parts int64
}

// Differences holds a whole against the sum of its parts, count by count: a city
// against its own figures and those of its counties. Nothing comes back when all
// add up.
func Differences(whole *Figures, parts ...*Figures) ([]Difference, error) {
	sum, err := New(whole.options)
	if err != nil {
		return nil, err
	}
	if err := sum.Merge(parts...); err != nil {
		return nil, err
	}
	dimensions := make(map[proposal.Dimension]bool)
	for _, d := range append(whole.tally.Dimensions(), sum.tally.Dimensions()...) {
		dimensions[d] = true
	}
	var found []Difference
	for _, d := range slices.Sorted(maps.Keys(dimensions)) {
		keys := append(whole.Keys(d), sum.Keys(d)...)
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			a, b := whole.tally.Rate(d, key).Count, sum.tally.Rate(d, key).Count
			if a == b {
				continue
			}
			name := d
			if d == total {
				name = ""
			}
			found = append(found, Difference{name, key, a, b})
		}
	}
	return found, nil
}

package evaluate

import (
	"fmt"
	"sort"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
)

// WeightChange is how far one criterion's weight would have to move, all others
// staying, for two outcomes to change places.
type WeightChange struct {
	Criterion string `json:"criterion"`
	// Change is relative to the present weight: -1/4 is a quarter less. At
	// exactly this change the two are equal; beyond it they have swapped.
	Change points.Ratio `json:"change"`
	// Percent is Change printed to two places, truncated: "-25.00".
	Percent string `json:"percent"`
}

// SmallestSwap lists, smallest first, the single weight changes that make two
// scored outcomes of one sheet swap (Triantaphyllou and Sánchez 1997: the
// criticality of a criterion). Only leaves of the base are looked at, and only
// changes that keep the weight at 0 or above. Bringing all weights back to
// their old sum afterwards keeps the new order of the base. An empty list means
// that no single weight can do it; equal totals are 0 away everywhere.
func SmallestSwap(a, b Outcome) ([]WeightChange, error) {
	e, err := Explain(a, b)
	if err != nil {
		return nil, err
	}
	gaps := map[string]points.Points{}
	for _, d := range e.Differences {
		if d.Section != SectionBase || d.Criterion == "" {
			continue
		}
		if gaps[d.Criterion], err = gaps[d.Criterion].Add(d.Diff); err != nil {
			return nil, err
		}
	}
	var changes []WeightChange
	for _, path := range sortedKeys(gaps) {
		gap := gaps[path]
		// e.Diff + t·gap = 0, so t = -e.Diff/gap; a weight cannot fall below 0.
		if gap == 0 || ((e.Diff > 0) == (gap > 0) && e.Diff != 0 && e.Diff.Abs() > gap.Abs()) {
			continue
		}
		t := points.Ratio{Num: -int64(e.Diff), Den: int64(gap)}.Reduced()
		text, err := signedPercent(t)
		if err != nil {
			return nil, fmt.Errorf("criterion %s: %w", path, err)
		}
		changes = append(changes, WeightChange{Criterion: path, Change: t, Percent: text})
	}
	sort.SliceStable(changes, func(i, j int) bool {
		return smaller(changes[i].Change, changes[j].Change)
	})
	return changes, nil
}

// smaller compares the sizes of two ratios with denominators above 0.
func smaller(r, s points.Ratio) bool {
	return points.Points(r.Num).Abs().Scaled(1, r.Den).Cmp(points.Points(s.Num).Abs().Scaled(1, s.Den)) < 0
}

func signedPercent(r points.Ratio) (string, error) {
	sign := ""
	if r.Num < 0 {
		sign, r.Num = "-", -r.Num
	}
	text, err := rates.Rate{Count: r.Num, Base: r.Den}.Percent(2, points.Truncate)
	return sign + text, err
}

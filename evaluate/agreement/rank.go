package agreement

import (
	"cmp"
	"slices"
)

// Ties says which rank equal values share (并列名次规则).
type Ties string

// The tie rules, with the ranks they give to 10, 20, 20, 30.
const (
	AverageTies Ties = "average" // 1, 2.5, 2.5, 4
	MinTies     Ties = "min"     // 1, 2, 2, 4: competition ranking
	MaxTies     Ties = "max"     // 1, 3, 3, 4
	DenseTies   Ties = "dense"   // 1, 2, 2, 3
	OrdinalTies Ties = "ordinal" // 1, 2, 3, 4: in the order given
)

// Ranks returns the rank of every value, from 1 for the smallest; 0 and −0 are
// equal. No values have no ranks. An unknown rule, NaN and infinities are
// errors.
func Ranks(values []float64, ties Ties) ([]float64, error) {
	switch ties {
	case AverageTies, MinTies, MaxTies, DenseTies, OrdinalTies:
	default:
		return nil, invalid(CodeUnknown, "ties", "%.40q is not one of average, min, max, dense, ordinal", string(ties))
	}
	for i, x := range values {
		if !finite(x) {
			return nil, invalid(CodeNotFinite, "values", "%v is not a finite number", x).at(-1, i)
		}
	}
	ranks := make([]float64, len(values))
	group := 0
	eachTie(values, func(before int, tied []int) {
		group++
		for i, place := range tied {
			ranks[place] = tiedRank(ties, before, len(tied), i, group)
		}
	})
	return ranks, nil
}

// tiedRank is the rank of the i-th of size equal values, with before values
// below them in group−1 groups.
func tiedRank(ties Ties, before, size, i, group int) float64 {
	switch ties {
	case MinTies:
		return float64(before + 1)
	case MaxTies:
		return float64(before + size)
	case DenseTies:
		return float64(group)
	case OrdinalTies:
		return float64(before + i + 1)
	case AverageTies:
		return float64(2*before+size+1) / 2
	default:
		return 0
	}
}

// eachTie visits groups of equal values from the smallest: how many values lie
// before the group, and the places of its members in the order given.
func eachTie(values []float64, visit func(before int, tied []int)) {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && values[order[end]] == values[order[start]] {
			end++
		}
		visit(start, order[start:end])
		start = end
	}
}

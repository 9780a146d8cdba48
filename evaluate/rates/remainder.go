package rates

import (
	"fmt"
	"math/bits"
	"sort"

	"github.com/tian-go/tian/evaluate/points"
)

// Forced is a group of percentages made to sum to exactly 100.
type Forced struct {
	// Percents has one printed percentage per count, in their order.
	Percents []string
	// Tied lists the counts whose remainders were equal at the cut, so that
	// another report may have given the last unit to another of them. Empty
	// when the result is the only one.
	Tied []int
}

// LargestRemainder (最大余额法) prints counts as percentages of their own sum
// with places decimals (0 to 12) that add up to exactly 100: every share is
// truncated, then the units left over go to the largest remainders. Equal
// remainders are served by the larger count first, then by the earlier place.
//
// Counts below zero are refused; a sum of zero is undefined.
func LargestRemainder(counts []int64, places int) (Forced, error) {
	if places < 0 || places > maxPlaces {
		return Forced{}, fmt.Errorf("%w: %d places; 0 to %d are possible", points.ErrInvalid, places, maxPlaces)
	}
	shares, tied, err := apportion(counts, 100*pow10(places))
	if err != nil {
		return Forced{}, err
	}
	f := Forced{Percents: make([]string, len(shares)), Tied: tied}
	for i, s := range shares {
		f.Percents[i] = fixed(uint64(s), places) //nolint:gosec // a share is between 0 and seats
	}
	return f, nil
}

// apportion divides whole units among counts in proportion, by largest
// remainder; the shares sum to whole.
func apportion(counts []int64, whole int64) (shares []int64, tied []int, err error) {
	var sum uint64
	for i, c := range counts {
		if c < 0 {
			return nil, nil, fmt.Errorf("%w: count %d of the group is %d; counts are not negative", points.ErrInvalid, i+1, c)
		}
		var carry uint64
		if sum, carry = bits.Add64(sum, uint64(c), 0); carry != 0 {
			return nil, nil, fmt.Errorf("%w: sum of a group of %d counts", points.ErrOverflow, len(counts))
		}
	}
	if sum == 0 {
		return nil, nil, &points.UndefinedError{What: "share of a group", Reason: points.BaseZero}
	}
	shares = make([]int64, len(counts))
	rest := make([]uint64, len(counts))
	order := make([]int, len(counts))
	left := whole
	for i, c := range counts {
		hi, lo := bits.Mul64(uint64(c), uint64(whole)) //nolint:gosec // neither is negative
		// hi < sum because c ≤ sum and whole < 2^63.
		q, rem := bits.Div64(hi, lo, sum)
		shares[i], rest[i], order[i] = int64(q), rem, i //nolint:gosec // q ≤ whole
		left -= shares[i]
	}
	sort.SliceStable(order, func(a, b int) bool {
		i, j := order[a], order[b]
		if rest[i] != rest[j] {
			return rest[i] > rest[j]
		}
		return counts[i] > counts[j]
	})
	for _, i := range order[:left] {
		shares[i]++
	}
	if left > 0 && left < int64(len(order)) && rest[order[left-1]] == rest[order[left]] {
		for i, r := range rest {
			if r == rest[order[left]] {
				tied = append(tied, i)
			}
		}
	}
	return shares, tied, nil
}

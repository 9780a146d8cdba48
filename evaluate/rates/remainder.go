package rates

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strconv"

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
	large := make([]*big.Int, len(counts))
	for i, c := range counts {
		if c < 0 {
			return Forced{}, fmt.Errorf("%w: count %d of the group is %d; counts are not negative", points.ErrInvalid, i+1, c)
		}
		large[i] = big.NewInt(c)
	}
	seats, err := apportion(large, 100*pow10(places))
	if err != nil {
		return Forced{}, err
	}
	f := Forced{Percents: make([]string, len(counts)), Tied: seats.tied}
	for i, s := range seats.shares {
		f.Percents[i] = fixed(strconv.FormatInt(s, 10), places)
	}
	return f, nil
}

// seating is how whole units were divided.
type seating struct {
	shares []int64 // they sum to the whole
	least  []int64 // before what was left over went to the largest remainders
	tied   []int   // those with equal remainders at the cut
}

// apportion divides whole units among counts, none of them negative, in
// proportion, by largest remainder.
func apportion(counts []*big.Int, whole int64) (seating, error) {
	sum := new(big.Int)
	for _, c := range counts {
		sum.Add(sum, c)
	}
	if sum.Sign() == 0 {
		return seating{}, &points.UndefinedError{What: "share of a group", Reason: points.BaseZero}
	}
	s := seating{least: make([]int64, len(counts))}
	rest := make([]*big.Int, len(counts))
	order := make([]int, len(counts))
	left := whole
	for i, c := range counts {
		q, rem := new(big.Int).Mul(c, big.NewInt(whole)), new(big.Int)
		q.QuoRem(q, sum, rem)
		s.least[i], rest[i], order[i] = q.Int64(), rem, i
		left -= s.least[i]
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(rest[j].Cmp(rest[i]), counts[j].Cmp(counts[i]))
	})
	s.shares = slices.Clone(s.least)
	for _, i := range order[:left] {
		s.shares[i]++
	}
	if left > 0 && left < int64(len(order)) && rest[order[left-1]].Cmp(rest[order[left]]) == 0 {
		for i, r := range rest {
			if r.Cmp(rest[order[left]]) == 0 {
				s.tied = append(s.tied, i)
			}
		}
	}
	return s, nil
}

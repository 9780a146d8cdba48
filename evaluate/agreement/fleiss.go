package agreement

import "math"

// FleissKappa returns Fleiss' κ for many raters and unordered categories.
// Rows are units, columns categories, cells count the ratings; every unit has
// the same number of ratings, not necessarily by the same raters.
//
// It is undefined for [TooFewUnits] without units, for [TooFewRaters] below
// two ratings per unit, and for [NoVariation] when all ratings fall in one
// category. A ragged row, a negative count and a unit with another number of
// ratings are errors.
//
// Source: J. L. Fleiss, Measuring nominal scale agreement among many raters,
// Psychological Bulletin 76, 1971.
func FleissKappa(counts [][]int) (Value, error) {
	raters, err := ratingsPerUnit(counts)
	if err != nil {
		return Value{}, err
	}
	switch {
	case len(counts) == 0:
		return undefined(TooFewUnits), nil
	case raters < 2:
		return undefined(TooFewRaters), nil
	}
	m := float64(raters)
	totals := make([]float64, len(counts[0]))
	disagreeing := 0.0 // ordered pairs within units that name two categories
	for _, row := range counts {
		for j, count := range row {
			c := float64(count)
			totals[j] += c
			disagreeing += c * (m - c)
		}
	}
	n := m * float64(len(counts))
	expected := 0.0
	for _, total := range totals {
		expected += total * (n - total)
	}
	if expected == 0 {
		return undefined(NoVariation), nil
	}
	return number(1 - disagreeing/(m-1)/expected*n), nil
}

func ratingsPerUnit(counts [][]int) (int, error) {
	first := 0
	for i, row := range counts {
		if len(row) != len(counts[0]) {
			return 0, invalid(CodeRagged, countsField, "has %d cells where row 1 has %d", len(row), len(counts[0])).at(i, -1)
		}
		sum := 0
		for j, count := range row {
			if count < 0 {
				return 0, invalid(CodeNegative, countsField, "a count may not be negative: %d", count).at(i, j)
			}
			if count > math.MaxInt-sum {
				return 0, invalid(CodeTooLarge, countsField, "the sum of the row overflows").at(i, j)
			}
			sum += count
		}
		if i == 0 {
			first = sum
		}
		if sum != first {
			return 0, invalid(CodeUnequalTotals, countsField, "sums to %d ratings where row 1 has %d", sum, first).at(i, -1)
		}
	}
	return first, nil
}

const countsField = "counts"

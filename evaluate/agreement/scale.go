package agreement

import "math"

// powerOfTwoFor returns a power of two that brings numbers up to largest into
// [-1, 1]. Multiplying by it is exact, and afterwards squares neither overflow
// nor vanish; the ratios this package reports do not depend on the unit.
func powerOfTwoFor(largest float64) float64 {
	if largest == 0 {
		return 1
	}
	_, exponent := math.Frexp(largest)
	return math.Ldexp(1, min(-exponent, 1000))
}

// largestIn returns the largest absolute value in the table.
func largestIn(rows [][]float64) float64 {
	largest := 0.0
	for _, row := range rows {
		for _, x := range row {
			largest = max(largest, math.Abs(x))
		}
	}
	return largest
}

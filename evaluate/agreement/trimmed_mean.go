package agreement

import (
	"math"
	"slices"
)

// TrimmedMean returns the mean of what is left after the each smallest and the
// each largest values are dropped (去掉最高分和最低分). Of equal values one
// counts as one.
//
// It is undefined for [TooFewValues] when nothing is left. A negative number
// to drop, NaN and infinities are errors.
func TrimmedMean(values []float64, each int) (Value, error) {
	if each < 0 {
		return Value{}, invalid(CodeNegative, trimField, "%d values cannot be dropped", each)
	}
	for i, x := range values {
		if !finite(x) {
			return Value{}, invalid(CodeNotFinite, "values", "%v is not a finite number", x).at(-1, i)
		}
	}
	if each > (len(values)-1)/2 || len(values) == 0 {
		return undefined(TooFewValues), nil
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	kept := sorted[each : len(sorted)-each]
	scale := powerOfTwoFor(max(-kept[0], kept[len(kept)-1]))
	sum := 0.0
	for _, x := range kept {
		sum += x * scale
	}
	return number(sum / float64(len(kept)) / scale), nil
}

// TrimmedMeanShare drops a share of the values at each end, rounded down to
// whole values: 0.1 drops one of ten, and none of nine. A share outside
// [0, 0.5) is an error.
func TrimmedMeanShare(values []float64, share float64) (Value, error) {
	if !(share >= 0 && share < 0.5) {
		return Value{}, invalid(CodeOutOfRange, trimField, "a share of %v is not from 0 to below 0.5", share)
	}
	// 0.29 of 100 is 29, though the product of the floats is a shade less.
	return TrimmedMean(values, int(math.Floor(share*float64(len(values))+1e-9)))
}

const trimField = "trim_each_end"

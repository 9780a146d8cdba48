package agreement

import (
	"math"
	"slices"
)

// KrippendorffAlpha returns Krippendorff's α: one minus the observed
// disagreement over the disagreement that chance would give. It is 1 for
// perfect agreement, 0 for chance, and below 0 for raters who oppose each
// other. Units with fewer than two marks say nothing about agreement and are
// left out.
//
// It is undefined for [NoPairableUnits] and for [NoVariation]. An unknown
// level, and a negative mark at the ratio level, are errors.
//
// Time is linear in the number of marks for nominal, ordinal and interval
// marks. Ratio differences do not separate into sums: there it is linear plus
// the square of the number of distinct marks.
//
// Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability,
// University of Pennsylvania, 2011.
func KrippendorffAlpha(r *Ratings, level Level) (Value, error) {
	if err := level.check(); err != nil {
		return Value{}, err
	}
	if r == nil {
		return undefined(NoPairableUnits), nil
	}
	switch level {
	case Interval:
		return alphaOfIntervals(r), nil
	case Ratio:
		if err := refuseNegative(r); err != nil {
			return Value{}, err
		}
	case Nominal, Ordinal:
	}
	c := encode(r)
	switch {
	case c.pairable == 0:
		return undefined(NoPairableUnits), nil
	case len(c.values) == 1:
		return undefined(NoVariation), nil
	case level == Ordinal:
		return alphaOfRanks(r, c), nil
	case level == Nominal:
		return alphaOfCategories(r, c), nil
	default:
		return alphaOfRatios(r, c), nil
	}
}

func refuseNegative(r *Ratings) error {
	for i, mark := range r.marks {
		if mark < 0 {
			return invalid(CodeNegative, ratingsField, "%v is negative, which the ratio level does not take", mark).
				at(i%r.raters, i/r.raters)
		}
	}
	return nil
}

// alpha puts the two disagreements together: the observed one is a sum over
// units, each already divided by its m − 1; the expected one is a sum over all
// ordered pairs of the n pairable marks.
func alpha(observed, expected float64, n int) Value {
	return number(1 - float64(n-1)*(observed/expected))
}

// dispersion gathers squared differences between positions on a line. Per
// unit, Σ(a−b)² over ordered pairs is 2(mΣd² − (Σd)²): sums are all it takes.
// Positions are measured from a pivot near their mean, and within a unit from
// its first mark, so that perfect agreement gives exactly 0.
type dispersion struct {
	perPair      []float64 // 1/(m−1) by m
	n            int
	within       float64 // Σ over units of Σ(a−b)²/(m−1)
	sum, squares float64 // of all positions from the pivot
}

func newDispersion(raters int) *dispersion {
	d := &dispersion{perPair: make([]float64, raters+1)}
	for m := 2; m <= raters; m++ {
		d.perPair[m] = 1 / float64(m-1)
	}
	return d
}

// add takes a unit of m marks: the position of its first mark, and the sum and
// the sum of squares of all its marks' distances from that first mark.
func (d *dispersion) add(m int, first, sum, squares float64) {
	size := float64(m)
	d.n += m
	d.within += 2 * max(0, size*squares-sum*sum) * d.perPair[m]
	d.sum += size*first + sum
	d.squares += first*(size*first+2*sum) + squares
}

func (d *dispersion) alpha() Value {
	n := float64(d.n)
	return alpha(d.within, 2*(n*d.squares-d.sum*d.sum), d.n)
}

func alphaOfIntervals(r *Ratings) Value {
	low, high, mean, n := spanOfPairable(r)
	switch {
	case n == 0:
		return undefined(NoPairableUnits)
	case low == high:
		return undefined(NoVariation)
	}
	scale := powerOfTwoFor(max(-low, high))
	pivot := mean * scale
	d := newDispersion(r.raters)
	for u, given := range r.given {
		if given < 2 {
			continue
		}
		marks := r.unit(u)
		first := firstGiven(marks) * scale
		var sum, squares float64
		for _, mark := range marks {
			distance := mark*scale - first
			if math.IsNaN(distance) { // missing
				continue
			}
			sum += distance
			squares += distance * distance
		}
		d.add(given, first-pivot, sum, squares)
	}
	return d.alpha()
}

// spanOfPairable returns the range, the mean and the number of the marks in
// units with two marks or more.
func spanOfPairable(r *Ratings) (low, high, mean float64, n int) {
	const share = 1.0 / maxCells // the sum of that many marks stays in range
	low, high = math.Inf(1), math.Inf(-1)
	for u, given := range r.given {
		if given < 2 {
			continue
		}
		for _, mark := range r.unit(u) {
			if math.IsNaN(mark) { // missing
				continue
			}
			if mark < low {
				low = mark
			}
			if mark > high {
				high = mark
			}
			mean += mark * share
		}
		n += given
	}
	if n == 0 {
		return 0, 0, 0, 0
	}
	return low, high, mean / float64(n) / share, n
}

func firstGiven(marks []float64) float64 {
	for _, mark := range marks {
		if !math.IsNaN(mark) {
			return mark
		}
	}
	return math.NaN()
}

// alphaOfRanks rests on one identity: the ordinal difference of two values is
// the distance of their mid-ranks among all pairable marks. Twice the mid-rank
// less n is a whole number, so the sums are of whole numbers around their mean.
func alphaOfRanks(r *Ratings, c *coded) Value {
	order := make([]int, len(c.values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if c.values[a] < c.values[b] {
			return -1
		}
		return 1
	})
	position := make([]float64, len(c.values))
	below := 0
	for _, code := range order {
		position[code] = float64(2*below + c.tally[code] - c.pairable)
		below += c.tally[code]
	}
	d := newDispersion(r.raters)
	c.eachUnit(func(codes []int32) {
		first := position[codes[0]]
		var sum, squares float64
		for _, code := range codes[1:] {
			distance := position[code] - first
			sum += distance
			squares += distance * distance
		}
		d.add(len(codes), first, sum, squares)
	})
	return d.alpha()
}

func alphaOfCategories(r *Ratings, c *coded) Value {
	perPair := newDispersion(r.raters).perPair
	inUnit := make([]int64, len(c.values))
	var observed float64
	c.eachUnit(func(codes []int32) {
		m := len(codes)
		var alike int64 // Σ count² by value, grown one mark at a time
		for _, code := range codes {
			alike += 2*inUnit[code] + 1
			inUnit[code]++
		}
		for _, code := range codes {
			inUnit[code] = 0
		}
		observed += float64(int64(m)*int64(m)-alike) * perPair[m]
	})
	n := float64(c.pairable)
	expected := n * n
	for _, count := range c.tally {
		expected -= float64(count) * float64(count)
	}
	return alpha(observed, expected, c.pairable)
}

func alphaOfRatios(r *Ratings, c *coded) Value {
	perPair := newDispersion(r.raters).perPair
	inUnit := make([]int, len(c.values))
	distinct := make([]int32, 0, r.raters)
	var observed float64
	c.eachUnit(func(codes []int32) {
		distinct = distinct[:0]
		for _, code := range codes {
			if inUnit[code] == 0 {
				distinct = append(distinct, code)
			}
			inUnit[code]++
		}
		observed += ratioPairs(c.values, inUnit, distinct) * perPair[len(codes)]
		for _, code := range distinct {
			inUnit[code] = 0
		}
	})
	all := make([]int32, 0, len(c.values))
	var code int32
	for range c.values {
		all = append(all, code)
		code++
	}
	return alpha(observed, ratioPairs(c.values, c.tally, all), c.pairable)
}

// ratioPairs sums ((a−b)/(a+b))² over ordered pairs of marks.
func ratioPairs(values []float64, count []int, among []int32) float64 {
	var pairs float64
	for i, a := range among {
		for _, b := range among[:i] {
			difference := ratioDifference(values[a], values[b])
			pairs += 2 * float64(count[a]) * float64(count[b]) * difference
		}
	}
	return pairs
}

// ratioDifference is ((a−b)/(a+b))² for two different marks, neither negative.
// Halving first keeps a+b in range.
func ratioDifference(a, b float64) float64 {
	quotient := (a/2 - b/2) / (a/2 + b/2)
	return quotient * quotient
}

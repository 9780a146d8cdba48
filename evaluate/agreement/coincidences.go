package agreement

import (
	"cmp"
	"maps"
	"slices"
)

// Coincidences is Krippendorff's coincidence matrix, gathered one unit at a
// time: what α needs of units that need not be kept. It holds whole numbers,
// so the order of the units, and whether parts were merged, change no bit of
// the result. Its size grows with the pairs of distinct marks seen together,
// not with the units.
//
// The zero Coincidences is empty and ready. It is not safe for concurrent use:
// let each goroutine fill its own, then merge.
type Coincidences struct {
	tally map[float64]int // pairable marks by value
	pairs map[pairing]int // unordered pairs of two different marks
	marks int
}

// pairing is two marks that met in a unit of so many marks; a < b.
type pairing struct {
	a, b float64
	size int
}

// AddUnit adds the marks one unit was given, whoever gave them; missing marks
// are left out. NaN and infinities are refused and change nothing.
func (c *Coincidences) AddUnit(marks ...float64) error {
	for i, mark := range marks {
		if !finite(mark) {
			return invalid(CodeNotFinite, "marks", "%v is not a finite number", mark).at(-1, i)
		}
	}
	if len(marks) < 2 {
		return nil
	}
	if c.tally == nil {
		c.tally, c.pairs = make(map[float64]int), make(map[pairing]int)
	}
	unit := make(map[float64]int, len(marks))
	for _, mark := range marks {
		unit[mark+0]++ // -0 becomes 0
	}
	for a, n := range unit {
		c.tally[a] += n
		for b, m := range unit {
			if a < b {
				c.pairs[pairing{a, b, len(marks)}] += n * m
			}
		}
	}
	c.marks += len(marks)
	return nil
}

// Merge adds all units of other, which stays as it is.
func (c *Coincidences) Merge(other *Coincidences) {
	if other == nil || other.marks == 0 {
		return
	}
	if c.tally == nil {
		c.tally, c.pairs = make(map[float64]int), make(map[pairing]int)
	}
	// Copies, so that merging with oneself doubles every unit.
	for value, n := range maps.Clone(other.tally) {
		c.tally[value] += n
	}
	for pair, n := range maps.Clone(other.pairs) {
		c.pairs[pair] += n
	}
	c.marks += other.marks
}

// Alpha returns α of the units added so far, as [KrippendorffAlpha] does. Time
// is linear in the pairs held plus the square of the number of distinct marks.
func (c *Coincidences) Alpha(level Level) (Value, error) {
	if err := level.check(); err != nil {
		return Value{}, err
	}
	values := slices.Sorted(maps.Keys(c.tally))
	switch {
	case len(values) == 0:
		return undefined(NoPairableUnits), nil
	case level == Ratio && values[0] < 0:
		return Value{}, invalid(CodeNegative, "marks", "%v is negative, which the ratio level does not take", values[0])
	case len(values) == 1:
		return undefined(NoVariation), nil
	}
	place := make(map[float64]int, len(values))
	for i, value := range values {
		place[value] = i
	}
	difference := c.differences(values, level)
	pairs := slices.SortedFunc(maps.Keys(c.pairs), func(x, y pairing) int {
		return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b), cmp.Compare(x.size, y.size))
	})
	var observed, expected float64
	for _, p := range pairs {
		observed += 2 * float64(c.pairs[p]) / float64(p.size-1) * difference(place[p.a], place[p.b])
	}
	counts := make([]float64, len(values))
	for i, value := range values {
		counts[i] = float64(c.tally[value])
		for j := range i {
			expected += 2 * counts[i] * counts[j] * difference(i, j)
		}
	}
	return alpha(observed, expected, c.marks), nil
}

// differences returns the squared difference of two different values, by their
// places among the sorted values.
func (c *Coincidences) differences(values []float64, level Level) func(i, j int) float64 {
	switch level {
	case Nominal:
		return func(int, int) float64 { return 1 }
	case Ratio:
		return func(i, j int) float64 { return ratioDifference(values[i], values[j]) }
	case Ordinal, Interval:
	}
	position := make([]float64, len(values))
	scale := powerOfTwoFor(max(-values[0], values[len(values)-1]))
	below := 0
	for i, value := range values {
		position[i] = value * scale
		if level == Ordinal { // twice the mid-rank, from its mean
			position[i] = float64(2*below + c.tally[value] - c.marks)
		}
		below += c.tally[value]
	}
	return func(i, j int) float64 {
		distance := position[i] - position[j]
		return distance * distance
	}
}

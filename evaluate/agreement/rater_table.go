package agreement

import "math"

// RaterRow says how one rater marked.
type RaterRow struct {
	Rater int // the rater's place in the [Ratings], from 0
	Count int // the marks given
	Units int // the units there were to mark

	// Coverage is Count over Units; undefined for NoObservations without units.
	Coverage Value

	// MeanDeviation is the mean, over the units that others marked too, of the
	// rater's mark less the mean of the others' marks: above 0 is generous. It
	// depends on whom the rater shared units with; Severity does not.
	MeanDeviation Value

	// Spread is the standard deviation of the rater's own marks (n − 1);
	// undefined for TooFewValues below two marks.
	Spread Value

	// ZeroVariance marks a rater who gave two marks or more, all alike.
	ZeroVariance bool

	// Severity (评分偏严程度) is how many marks below the average rater of the
	// component this rater gives to the same unit, by least squares on
	// mark = unit − severity. It is advice, no correction of scores; below 0 is
	// generous. Severities of one component sum to 0.
	Severity Value

	// Component numbers, from 1, the groups of raters connected by shared
	// units; 0 is a rater who shared none. Severities of two components have
	// nothing in common and must not be compared.
	Component int
}

// RaterTable returns a row for every rater, in order. Deviation and severity
// are undefined for [NoPairableUnits] when the rater shared no unit.
//
// Time is linear in the cells, times the iterations of the least squares,
// which are at most a few times the number of raters and mostly a handful.
func RaterTable(r *Ratings) []RaterRow {
	if r == nil {
		return nil
	}
	r, scale := withinRange(r)
	table := make([]RaterRow, r.raters)
	severity, component := additiveSeverity(r)
	deviation := meanDeviations(r)
	spread := spreads(r)
	for i := range table {
		row := RaterRow{
			Rater: i, Count: spread[i].count, Units: r.units,
			Coverage:      undefined(NoObservations),
			MeanDeviation: undefined(NoPairableUnits),
			Spread:        undefined(TooFewValues),
			Severity:      undefined(NoPairableUnits),
			Component:     component[i],
		}
		if r.units > 0 {
			row.Coverage = number(float64(row.Count) / float64(r.units))
		}
		if row.Count >= 2 {
			row.Spread = number(spread[i].deviation() / scale)
			row.ZeroVariance = spread[i].low == spread[i].high
		}
		if row.Component > 0 {
			row.MeanDeviation = number(deviation[i] / scale)
			row.Severity = number(severity[i] / scale)
		}
		table[i] = row
	}
	return table
}

// spread gathers a rater's marks by Welford's update.
type spread struct {
	count         int
	mean, squares float64
	low, high     float64
}

func (s *spread) add(mark float64) {
	if s.count == 0 {
		s.low, s.high = mark, mark
	}
	s.low, s.high = min(s.low, mark), max(s.high, mark)
	s.count++
	step := mark - s.mean
	s.mean += step / float64(s.count)
	s.squares += step * (mark - s.mean)
}

func (s *spread) deviation() float64 {
	if s.low == s.high {
		return 0
	}
	return math.Sqrt(s.squares / float64(s.count-1))
}

func spreads(r *Ratings) []spread {
	all := make([]spread, r.raters)
	for u := range r.units {
		for rater, mark := range r.unit(u) {
			if !math.IsNaN(mark) {
				all[rater].add(mark)
			}
		}
	}
	return all
}

// meanDeviations is 0 for a rater who shared no unit.
func meanDeviations(r *Ratings) []float64 {
	deviations, shared := make([]float64, r.raters), make([]float64, r.raters)
	for u, given := range r.given {
		if given < 2 {
			continue
		}
		marks := r.unit(u)
		mean := meanOf(marks, given)
		for rater, mark := range marks {
			if math.IsNaN(mark) {
				continue
			}
			// mark − (m·mean − mark)/(m−1)
			deviations[rater] += (mark - mean) * float64(given) / float64(given-1)
			shared[rater]++
		}
	}
	for rater, n := range shared {
		if n > 0 {
			deviations[rater] /= n
		}
	}
	return deviations
}

// meanOf is the mean of the n marks that are not missing.
func meanOf(marks []float64, n int) float64 {
	first := firstGiven(marks)
	sum := 0.0
	for _, mark := range marks {
		if !math.IsNaN(mark) {
			sum += mark - first
		}
	}
	return first + sum/float64(n)
}

// withinRange returns r itself, or a copy in another unit when squares of its
// marks could overflow or vanish; marks of the result are marks of r times
// scale.
func withinRange(r *Ratings) (scaled *Ratings, scale float64) {
	largest := 0.0
	for _, mark := range r.marks {
		if size := math.Abs(mark); size > largest { // false for a missing mark
			largest = size
		}
	}
	if largest == 0 || largest > 1e-100 && largest < 1e100 {
		return r, 1
	}
	scale = powerOfTwoFor(largest)
	scaled = &Ratings{raters: r.raters, units: r.units, given: r.given, marks: make([]float64, len(r.marks))}
	for i, mark := range r.marks {
		scaled.marks[i] = mark * scale
	}
	return scaled, scale
}

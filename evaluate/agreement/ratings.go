package agreement

import "math"

// maxCells bounds a table of ratings to 1 GiB of marks, so that a mistyped
// size is an error and not an exhausted machine.
const maxCells = 1 << 27

// Ratings holds the marks that raters gave to units; a mark may be missing.
// Make one with [NewRatings] or [RatingsOf]; the zero Ratings has no raters
// and no units.
//
// A Ratings may be read by many goroutines at once, but not while it is
// written to.
type Ratings struct {
	raters, units int
	// marks lies unit after unit, because every statistic asks what one unit
	// was given. NaN stands for a missing mark and never leaves this package.
	marks []float64
	given []int // marks per unit
}

// NewRatings returns a table in which every mark is missing.
func NewRatings(raters, units int) (*Ratings, error) {
	if raters < 0 || units < 0 {
		return nil, invalid(CodeOutOfRange, "ratings", "%d raters by %d units: neither may be negative", raters, units)
	}
	if units > maxCells || raters > 0 && units > maxCells/raters {
		return nil, invalid(CodeTooLarge, "ratings", "%d raters by %d units are more than %d cells", raters, units, maxCells)
	}
	r := &Ratings{raters: raters, units: units, marks: make([]float64, raters*units), given: make([]int, units)}
	missing := math.NaN()
	for i := range r.marks {
		r.marks[i] = missing
	}
	return r, nil
}

// RatingsOf copies a table whose rows are raters; a nil cell is a missing mark.
func RatingsOf(ratersByUnits [][]*float64) (*Ratings, error) {
	units := 0
	if len(ratersByUnits) > 0 {
		units = len(ratersByUnits[0])
	}
	r, err := NewRatings(len(ratersByUnits), units)
	if err != nil {
		return nil, err
	}
	for rater, row := range ratersByUnits {
		if len(row) != units {
			return nil, invalid(CodeRagged, ratingsField, "has %d cells where row 1 has %d", len(row), units).at(rater, -1)
		}
		for unit, mark := range row {
			if mark == nil {
				continue
			}
			if err := r.Put(rater, unit, *mark); err != nil {
				return nil, err
			}
		}
	}
	return r, nil
}

const ratingsField = "raters_by_units"

// Put records a mark, replacing an earlier one. Rater and unit count from 0.
// A place outside the table, NaN or an infinity is refused and changes nothing.
func (r *Ratings) Put(rater, unit int, mark float64) error {
	if rater < 0 || rater >= r.raters || unit < 0 || unit >= r.units {
		return invalid(CodeOutOfRange, ratingsField, "rater %d, unit %d lies outside %d raters by %d units, counted from 0",
			rater, unit, r.raters, r.units)
	}
	if !finite(mark) {
		return invalid(CodeNotFinite, ratingsField, "%v is not a finite number", mark).at(rater, unit)
	}
	cell := &r.marks[unit*r.raters+rater]
	if math.IsNaN(*cell) {
		r.given[unit]++
	}
	*cell = mark + 0 // -0 becomes 0: they are one value
	return nil
}

// At returns the mark a rater gave a unit, and whether there is one; a place
// outside the table has none.
func (r *Ratings) At(rater, unit int) (mark float64, ok bool) {
	if rater < 0 || rater >= r.raters || unit < 0 || unit >= r.units {
		return 0, false
	}
	mark = r.marks[unit*r.raters+rater]
	if math.IsNaN(mark) {
		return 0, false
	}
	return mark, true
}

// Raters returns the number of raters.
func (r *Ratings) Raters() int { return r.raters }

// Units returns the number of units.
func (r *Ratings) Units() int { return r.units }

// unit returns the marks of one unit by rater, missing ones as NaN.
func (r *Ratings) unit(unit int) []float64 {
	return r.marks[unit*r.raters : (unit+1)*r.raters]
}

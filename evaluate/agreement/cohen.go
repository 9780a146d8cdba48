package agreement

import "math"

// Weighting says how grave a disagreement of two ordered categories is to
// [CohenKappa].
type Weighting string

// The weightings, with the weight of categories i and j.
const (
	Unweighted Weighting = "none"      // 1 unless i = j
	Linear     Weighting = "linear"    // |i − j|
	Quadratic  Weighting = "quadratic" // (i − j)²
)

// CohenKappa returns Cohen's κ of two raters. Cell (i, j) of the square table
// holds how many units, or which share of them, the first rater put in
// category i and the second in category j. The weighted forms take the
// categories in the order of the table, equally spaced.
//
// It is undefined for [NoObservations] when the table is empty or all zero,
// and for [NoVariation] when both raters used one and the same category. A
// table that is not square, a negative cell and an unknown weighting are
// errors.
//
// Sources: J. Cohen, A coefficient of agreement for nominal scales, 1960;
// J. Cohen, Weighted kappa, 1968.
func CohenKappa(table [][]float64, weights Weighting) (Value, error) {
	weigh, err := weights.weigh()
	if err != nil {
		return Value{}, err
	}
	if err := square(tableField, table); err != nil {
		return Value{}, err
	}
	scale := powerOfTwoFor(largestIn(table))
	rows, columns := make([]float64, len(table)), make([]float64, len(table))
	var total, observed float64
	for i, row := range table {
		for j, cell := range row {
			if cell < 0 {
				return Value{}, invalid(CodeNegative, tableField, "a count may not be negative: %v", cell).at(i, j)
			}
			cell *= scale
			rows[i] += cell
			columns[j] += cell
			total += cell
			observed += weigh(i, j) * cell
		}
	}
	if total == 0 {
		return undefined(NoObservations), nil
	}
	expected := 0.0 // times total
	for i := range rows {
		for j := range columns {
			expected += weigh(i, j) * rows[i] * columns[j]
		}
	}
	if expected == 0 {
		return undefined(NoVariation), nil
	}
	return number(1 - observed/expected*total), nil
}

const tableField = "table"

func (w Weighting) weigh() (func(i, j int) float64, error) {
	switch w {
	case Unweighted:
		return func(i, j int) float64 {
			if i == j {
				return 0
			}
			return 1
		}, nil
	case Linear:
		return func(i, j int) float64 { return math.Abs(float64(i - j)) }, nil
	case Quadratic:
		return func(i, j int) float64 { return float64(i-j) * float64(i-j) }, nil
	default:
		return nil, invalid(CodeUnknown, "weights", "%.40q is not one of none, linear, quadratic", string(w))
	}
}

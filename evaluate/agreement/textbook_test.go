package agreement_test

import (
	"math"
	"math/big"
	"slices"

	"github.com/tian-go/tian/evaluate/agreement"
)

// This file computes every statistic once more, slowly, straight from its
// definition, sharing no code with the package. NaN means undefined.

// sheet is marks by rater and unit; nil is missing.
type sheet [][]*float64

func (s sheet) unit(u int) []float64 {
	var marks []float64
	for _, row := range s {
		if row[u] != nil {
			marks = append(marks, *row[u])
		}
	}
	return marks
}

// textbookAlpha is 1 − Do/De over all ordered pairs, as Krippendorff defines
// them.
func textbookAlpha(s sheet, level agreement.Level) float64 {
	units := 0
	if len(s) > 0 {
		units = len(s[0])
	}
	var all []float64
	for u := range units {
		if marks := s.unit(u); len(marks) >= 2 {
			all = append(all, marks...)
		}
	}
	delta := func(a, b float64) float64 {
		switch level {
		case agreement.Nominal:
			if a == b {
				return 0
			}
			return 1
		case agreement.Ordinal:
			low, high := min(a, b), max(a, b)
			between := 0.0
			for _, v := range all {
				if v >= low && v <= high {
					between++
				}
				if v == low {
					between -= 0.5
				}
				if v == high {
					between -= 0.5
				}
			}
			return between * between
		case agreement.Interval:
			return (a - b) * (a - b)
		case agreement.Ratio:
			if a+b == 0 {
				return 0
			}
			return (a - b) * (a - b) / ((a + b) * (a + b))
		default:
			panic(level)
		}
	}
	n := float64(len(all))
	var observed, expected float64
	for u := range units {
		marks := s.unit(u)
		for i, a := range marks {
			for j, b := range marks {
				if i != j {
					observed += delta(a, b) / float64(len(marks)-1) / n
				}
			}
		}
	}
	for i, a := range all {
		for j, b := range all {
			if i != j {
				expected += delta(a, b) / (n * (n - 1))
			}
		}
	}
	if expected == 0 {
		return math.NaN()
	}
	return 1 - observed/expected
}

// textbookRanks counts, for every value, those below and those equal.
func textbookRanks(values []float64, ties agreement.Ties) []float64 {
	ranks := make([]float64, len(values))
	for i, x := range values {
		var below, equal, before int
		var smaller []float64
		for j, y := range values {
			if y < x {
				below++
				if !slices.Contains(smaller, y) {
					smaller = append(smaller, y)
				}
			}
			if y == x {
				equal++
				if j < i {
					before++
				}
			}
		}
		ranks[i] = map[agreement.Ties]float64{
			agreement.AverageTies: float64(below) + float64(equal+1)/2,
			agreement.MinTies:     float64(below + 1),
			agreement.MaxTies:     float64(below + equal),
			agreement.DenseTies:   float64(len(smaller) + 1),
			agreement.OrdinalTies: float64(below + before + 1),
		}[ties]
	}
	return ranks
}

// textbookFriedman is Friedman's statistic in Conover's form for ties, a
// formula of sums of squared ranks that nowhere counts ties; W is it over
// m(n − 1).
func textbookFriedman(ratersByObjects [][]float64) (w, chi float64) {
	m, n := float64(len(ratersByObjects)), float64(len(ratersByObjects[0]))
	sums := make([]float64, len(ratersByObjects[0]))
	squares := 0.0
	for _, row := range ratersByObjects {
		for j, rank := range textbookRanks(row, agreement.AverageTies) {
			sums[j] += rank
			squares += rank * rank
		}
	}
	above := 0.0
	for _, sum := range sums {
		above += (sum - m*(n+1)/2) * (sum - m*(n+1)/2)
	}
	below := squares - m*n*(n+1)*(n+1)/4
	if below == 0 {
		return math.NaN(), math.NaN()
	}
	chi = (n - 1) * above / below
	return chi / (m * (n - 1)), chi
}

// textbookFleiss is (P̄ − P̄e)/(1 − P̄e) of Fleiss (1971).
func textbookFleiss(counts [][]int) float64 {
	units := float64(len(counts))
	n := 0.0
	for _, count := range counts[0] {
		n += float64(count)
	}
	var agreed, chance float64
	shares := make([]float64, len(counts[0]))
	for _, row := range counts {
		pairs := 0.0
		for j, count := range row {
			pairs += float64(count) * float64(count-1)
			shares[j] += float64(count)
		}
		agreed += pairs / (n * (n - 1)) / units
	}
	for _, total := range shares {
		share := total / (units * n)
		if share == 1 {
			return math.NaN()
		}
		chance += share * share
	}
	return (agreed - chance) / (1 - chance)
}

// textbookCohen is (po − pe)/(1 − pe) with weights of agreement, as programs
// print it, and not of disagreement.
func textbookCohen(table [][]float64, weights agreement.Weighting) float64 {
	total := 0.0
	for _, row := range table {
		for _, cell := range row {
			total += cell
		}
	}
	if total == 0 || len(table) == 1 {
		return math.NaN()
	}
	weight := func(i, j int) float64 {
		distance := math.Abs(float64(i-j)) / float64(len(table)-1)
		switch weights {
		case agreement.Unweighted:
			return map[bool]float64{true: 1}[i == j]
		case agreement.Linear:
			return 1 - distance
		case agreement.Quadratic:
			return 1 - distance*distance
		default:
			panic(weights)
		}
	}
	var observed, expected float64
	oneCategory := false
	for i, row := range table {
		for j, cell := range row {
			var rowShare, columnShare float64
			for k := range table {
				rowShare += table[i][k] / total
				columnShare += table[k][j] / total
			}
			oneCategory = oneCategory || i == j && cell == total
			observed += weight(i, j) * cell / total
			expected += weight(i, j) * rowShare * columnShare
		}
	}
	if oneCategory {
		return math.NaN()
	}
	return (observed - expected) / (1 - expected)
}

// textbookICC works in exact fractions from sums of squares about zero.
// nil means undefined.
func textbookICC(table [][]float64) (forms [6]*big.Rat) {
	rat := func(x float64) *big.Rat { return new(big.Rat).SetFloat64(x) }
	n, k := rat(float64(len(table))), rat(float64(len(table[0])))
	one := rat(1)
	add := func(x, y *big.Rat) *big.Rat { return new(big.Rat).Add(x, y) }
	sub := func(x, y *big.Rat) *big.Rat { return new(big.Rat).Sub(x, y) }
	mul := func(x, y *big.Rat) *big.Rat { return new(big.Rat).Mul(x, y) }
	div := func(x, y *big.Rat) *big.Rat {
		if y.Sign() == 0 {
			return nil
		}
		return new(big.Rat).Quo(x, y)
	}
	total, squares := rat(0), rat(0)
	columns := make([]*big.Rat, len(table[0]))
	for j := range columns {
		columns[j] = rat(0)
	}
	targets := rat(0)
	for _, row := range table {
		sum := rat(0)
		for j, x := range row {
			sum = add(sum, rat(x))
			squares = add(squares, mul(rat(x), rat(x)))
			columns[j] = add(columns[j], rat(x))
		}
		total = add(total, sum)
		targets = add(targets, div(mul(sum, sum), k))
	}
	judges := rat(0)
	for _, sum := range columns {
		judges = add(judges, div(mul(sum, sum), n))
	}
	correction := div(mul(total, total), mul(n, k))
	targets, judges, squares = sub(targets, correction), sub(judges, correction), sub(squares, correction)
	bms := div(targets, sub(n, one))
	jms := div(judges, sub(k, one))
	wms := div(sub(squares, targets), mul(n, sub(k, one)))
	ems := div(sub(sub(squares, targets), judges), mul(sub(n, one), sub(k, one)))
	gain := sub(jms, ems)
	return [6]*big.Rat{
		div(sub(bms, wms), add(bms, mul(sub(k, one), wms))),
		div(sub(bms, ems), add(add(bms, mul(sub(k, one), ems)), div(mul(k, gain), n))),
		div(sub(bms, ems), add(bms, mul(sub(k, one), ems))),
		div(sub(bms, wms), bms),
		div(sub(bms, ems), add(bms, div(gain, n))),
		div(sub(bms, ems), bms),
	}
}

// textbookWilson halves until it stands where |x/n − p| = z·√(p(1−p)/n).
func textbookWilson(x, n int, z float64) (low, high float64) {
	share := float64(x) / float64(n)
	inside := func(p float64) bool {
		return (share-p)*(share-p) <= z*z*p*(1-p)/float64(n)
	}
	search := func(out, in float64) float64 {
		for range 200 {
			middle := (out + in) / 2
			if inside(middle) {
				in = middle
			} else {
				out = middle
			}
		}
		return in
	}
	low, high = 0, 1
	if x > 0 {
		low = search(0, share)
	}
	if x < n {
		high = search(1, share)
	}
	return low, high
}

// textbookTrimmedMean throws the smallest and the largest out, k times.
func textbookTrimmedMean(values []float64, k int) float64 {
	left := slices.Clone(values)
	for range k {
		for _, extreme := range []func([]float64) float64{slices.Min[[]float64], slices.Max[[]float64]} {
			if len(left) == 0 {
				return math.NaN()
			}
			i := slices.Index(left, extreme(left))
			left = slices.Delete(left, i, i+1)
		}
	}
	if len(left) == 0 {
		return math.NaN()
	}
	sum := 0.0
	for _, x := range left {
		sum += x
	}
	return sum / float64(len(left))
}

// textbookPrincipal is plain power iteration until nothing moves.
func textbookPrincipal(matrix [][]float64) (weights []float64, lambda float64) {
	weights = make([]float64, len(matrix))
	for i := range weights {
		weights[i] = 1 / float64(len(matrix))
	}
	for range 1000 {
		next := make([]float64, len(matrix))
		lambda = 0
		for i, row := range matrix {
			for j, a := range row {
				next[i] += a * weights[j]
			}
			lambda += next[i]
		}
		moved := 0.0
		for i := range next {
			next[i] /= lambda
			moved = max(moved, math.Abs(next[i]-weights[i]))
		}
		weights = next
		if moved < 1e-16 {
			break
		}
	}
	return weights, lambda
}

// textbookSeverity solves the normal equations of mark = unit − severity with
// every effect an unknown. Each component's first rater is set to 0 to make
// the solution one, and the severities are centred afterwards.
func textbookSeverity(s sheet, component []int) []float64 {
	raters, units := len(s), len(s[0])
	size := raters + units
	matrix := make([][]float64, size)
	for i := range matrix {
		matrix[i] = make([]float64, size+1)
	}
	fixed := map[int]bool{0: true}
	for rater := range raters {
		if !fixed[component[rater]] {
			fixed[component[rater]] = true
			matrix[rater][rater]++
		}
		if component[rater] == 0 {
			matrix[rater][rater]++
		}
	}
	for u := range units {
		if len(s.unit(u)) < 2 {
			matrix[raters+u][raters+u]++
			continue
		}
		for rater := range raters {
			if s[rater][u] == nil {
				continue
			}
			mark := *s[rater][u]
			row, column := matrix[rater], matrix[raters+u]
			row[rater]++
			row[raters+u]--
			row[size] -= mark
			column[raters+u]++
			column[rater]--
			column[size] += mark
		}
	}
	solution := gauss(matrix)
	severity := solution[:raters]
	for c := range fixed {
		var sum, members float64
		for rater := range raters {
			if component[rater] == c {
				sum += severity[rater]
				members++
			}
		}
		for rater := range raters {
			if component[rater] == c {
				severity[rater] -= sum / members
			}
		}
	}
	return severity
}

// gauss solves the system whose right-hand side is the last column.
func gauss(matrix [][]float64) []float64 {
	n := len(matrix)
	for i := range n {
		best := i
		for r := i; r < n; r++ {
			if math.Abs(matrix[r][i]) > math.Abs(matrix[best][i]) {
				best = r
			}
		}
		matrix[i], matrix[best] = matrix[best], matrix[i]
		for r := range n {
			if r == i {
				continue
			}
			factor := matrix[r][i] / matrix[i][i]
			for c := i; c <= n; c++ {
				matrix[r][c] -= factor * matrix[i][c]
			}
		}
	}
	solution := make([]float64, n)
	for i := range solution {
		solution[i] = matrix[i][n] / matrix[i][i]
	}
	return solution
}

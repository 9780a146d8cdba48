package agreement

import "math"

// Prioritisation is how [AHP] takes weights from pairwise comparisons.
type Prioritisation string

// The two methods. They agree on a consistent matrix.
const (
	Eigenvector   Prioritisation = "eigenvector"    // 特征根法: the principal right eigenvector
	GeometricMean Prioritisation = "geometric_mean" // 几何平均法: the geometric means of the rows
)

// Priorities is what an analytic hierarchy process says about one matrix of
// comparisons.
type Priorities struct {
	Weights []float64 // positive, in the order of the rows, summing to 1

	// LambdaMax (最大特征根) is the mean of (Aw)ᵢ/wᵢ: the principal eigenvalue
	// for Eigenvector, its usual estimate for GeometricMean.
	LambdaMax float64

	// CI is the consistency index (一致性指标), (λmax − n)/(n − 1); 0 for n = 1.
	CI float64

	// CR is the consistency ratio (一致性比例), CI over the random index of
	// size n. Up to 0.1 is commonly accepted. Matrices of size 1 and 2 cannot
	// contradict themselves: their ratio is 0. It is undefined for
	// [BeyondTable] past the table of [SaatyRandomIndex].
	CR Value

	RandomIndex string // the name of the table CR was taken from
}

const (
	largestMatrix = 256
	// Saaty's scale runs from 1/9 to 9; this bound only keeps powers in range.
	largestComparison = 1e9
	// Comparisons are printed with two decimals: 7 × 0.14 is 0.98, 8 × 0.13 is 1.04.
	reciprocalTolerance = 0.05
)

// AHP returns the weights of n criteria from a matrix of pairwise comparisons
// (判断矩阵): cell (i, j) says how many times as important criterion i is as
// criterion j.
//
// Cells must be positive, at most 10⁹ and at least 10⁻⁹; the diagonal must be
// 1; a[i][j]·a[j][i] must be 1 within 0.05, which the two decimals of printed
// tables satisfy (0.33 for 1/3, 0.14 for 1/7). The matrix is used as it is given,
// so that rounded cells can bring λmax a little below n and CI below 0. Sizes 1
// to 256 are taken.
//
// Sources: T. L. Saaty, A scaling method for priorities in hierarchical
// structures, Journal of Mathematical Psychology 15, 1977; G. Crawford and
// C. Williams, A note on the analysis of subjective judgment matrices, same
// journal 29, 1985.
func AHP(matrix [][]float64, method Prioritisation) (Priorities, error) {
	if method != Eigenvector && method != GeometricMean {
		return Priorities{}, invalid(CodeUnknown, "variant", "%.40q is not one of eigenvector, geometric_mean", string(method))
	}
	if err := checkComparisons(matrix); err != nil {
		return Priorities{}, err
	}
	weights := geometricMeans(matrix)
	if method == Eigenvector {
		weights = principalEigenvector(matrix)
	}
	n := len(matrix)
	_, lambda, _ := growth(matrix, weights)
	if math.Abs(lambda-float64(n)) <= 1e-12*float64(n) {
		lambda = float64(n) // consistent, but for rounding
	}
	table := SaatyRandomIndex()
	p := Priorities{Weights: weights, LambdaMax: lambda, RandomIndex: table.Name}
	if n > 1 {
		p.CI = (lambda - float64(n)) / float64(n-1)
	}
	p.CR = table.ratio(p.CI, n)
	return p, nil
}

func checkComparisons(matrix [][]float64) error {
	switch n := len(matrix); {
	case n == 0:
		return invalid(CodeMissing, matrixField, "is empty")
	case n > largestMatrix:
		return invalid(CodeTooLarge, matrixField, "has %d rows, more than %d", n, largestMatrix)
	}
	if err := square(matrixField, matrix); err != nil {
		return err
	}
	for i, row := range matrix {
		for j, a := range row {
			if a < 1/largestComparison || a > largestComparison {
				return invalid(CodeOutOfRange, matrixField, "%v is not a comparison from 1e-9 to 1e9", a).at(i, j)
			}
			if i == j && math.Abs(a-1) > 1e-9 {
				return invalid(CodeNotReciprocal, matrixField, "the diagonal holds %v, not 1", a).at(i, j)
			}
		}
		for j, a := range row[:i] {
			if b := matrix[j][i]; math.Abs(a*b-1) > reciprocalTolerance {
				return invalid(CodeNotReciprocal, matrixField,
					"%v is not one over %v in row %d, column %d", a, b, j+1, i+1).at(i, j)
			}
		}
	}
	return nil
}

const matrixField = "matrix"

func geometricMeans(matrix [][]float64) []float64 {
	weights := make([]float64, len(matrix))
	for i, row := range matrix {
		logs := 0.0
		for _, a := range row {
			logs += math.Log(a)
		}
		weights[i] = math.Exp(logs / float64(len(matrix)))
	}
	return normalised(weights)
}

// principalEigenvector squares the matrix until the row sums of its power stop
// turning. Squaring reaches the power 2^k in k steps, so a matrix of wild
// contradictions, on which plain iteration crawls, takes a few steps more. All
// numbers are positive: nothing cancels.
func principalEigenvector(matrix [][]float64) []float64 {
	power := matrix
	weights := rowSums(power)
	rounding := 1e-15 * float64(len(matrix)+4) // of sums of so many products
	for range 64 {
		low, _, high := growth(matrix, weights)
		if high-low <= rounding*high {
			break
		}
		power = squared(power)
		weights = rowSums(power)
	}
	// A step with the matrix itself wipes out the rounding of the squarings.
	for range 2 {
		weights = times(matrix, weights)
	}
	return normalised(weights)
}

// growth returns the least, the mean and the largest (Aw)ᵢ/wᵢ. The principal
// eigenvalue lies between the least and the largest (Collatz and Wielandt).
func growth(matrix [][]float64, weights []float64) (low, mean, high float64) {
	low = math.Inf(1)
	for i, product := range times(matrix, weights) {
		ratio := product / weights[i]
		low, high = min(low, ratio), max(high, ratio)
		mean += ratio / float64(len(weights))
	}
	return low, mean, high
}

func times(matrix [][]float64, vector []float64) []float64 {
	product := make([]float64, len(matrix))
	for i, row := range matrix {
		for j, a := range row {
			product[i] += a * vector[j]
		}
	}
	return product
}

func squared(matrix [][]float64) [][]float64 {
	n := len(matrix)
	product := make([][]float64, n)
	largest := 0.0
	for i, row := range matrix {
		product[i] = make([]float64, n)
		for k, a := range row {
			for j, b := range matrix[k] {
				product[i][j] += a * b
			}
		}
		for _, x := range product[i] {
			largest = max(largest, x)
		}
	}
	for _, row := range product {
		for j := range row {
			row[j] /= largest
		}
	}
	return product
}

func rowSums(matrix [][]float64) []float64 {
	sums := make([]float64, len(matrix))
	for i, row := range matrix {
		for _, a := range row {
			sums[i] += a
		}
	}
	return sums
}

func normalised(weights []float64) []float64 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for i := range weights {
		weights[i] /= sum
	}
	return weights
}

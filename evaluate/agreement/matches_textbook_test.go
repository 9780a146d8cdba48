package agreement_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/agreement"
)

// rounds is how many random inputs each statistic is tried on. They are small,
// so that ties, missing marks and undefined results are frequent.
func rounds() int {
	if testing.Short() {
		return 1000
	}
	return 10_000
}

// requireSame compares a value with the textbook's, NaN being undefined.
func requireSame(t *testing.T, want float64, got agreement.Value, input any) {
	t.Helper()
	x, ok := got.Float()
	if math.IsNaN(want) {
		require.False(t, ok, "%v: should be undefined, is %v", input, x)
		return
	}
	require.True(t, ok, "%v: undefined: %s", input, got.Undefined())
	// Not require.InDelta: this runs hundreds of thousands of times.
	if math.Abs(x-want) > 1e-9*max(1, math.Abs(want)) {
		require.InDelta(t, want, x, 1e-9*max(1, math.Abs(want)), "%v", input)
	}
}

func randomSheet(random *rand.Rand) sheet {
	raters, units := random.IntN(6), random.IntN(9)
	values := []float64{1, 2, 3, 4, 5}
	switch random.IntN(3) {
	case 0:
		values = []float64{0, 0.5, 7.25, 100}
	case 1:
		for range 20 {
			values = append(values, float64(random.IntN(1000))/8)
		}
	}
	values = values[:1+random.IntN(len(values))]
	missing := random.IntN(10)
	s := make(sheet, raters)
	for i := range s {
		s[i] = make([]*float64, units)
		for j := range s[i] {
			if random.IntN(10) >= missing {
				mark := values[random.IntN(len(values))]
				s[i][j] = &mark
			}
		}
	}
	return s
}

func TestAlphaMatchesTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 1))
	undefined := 0
	for range rounds() {
		s := randomSheet(random)
		r, err := agreement.RatingsOf(s)
		require.NoError(t, err)
		require.Equal(t, len(s), r.Raters())
		var stream agreement.Coincidences
		for u := range r.Units() {
			require.NoError(t, stream.AddUnit(s.unit(u)...))
		}
		for _, level := range []agreement.Level{agreement.Nominal, agreement.Ordinal, agreement.Interval, agreement.Ratio} {
			want := textbookAlpha(s, level)
			got, err := agreement.KrippendorffAlpha(r, level)
			require.NoError(t, err)
			requireSame(t, want, got, level)
			streamed, err := stream.Alpha(level)
			require.NoError(t, err)
			requireSame(t, want, streamed, level)
			require.Equal(t, got.Undefined(), streamed.Undefined())
			if !got.Defined() {
				undefined++
			}
		}
	}
	require.Greater(t, undefined, 100, "the inputs never leave the easy ground")
}

// randomTable has whole marks from a few values, so that ties are frequent.
func randomTable(random *rand.Rand, rows, columns int) [][]float64 {
	values := 1 + random.IntN(8)
	table := make([][]float64, rows)
	for i := range table {
		table[i] = make([]float64, columns)
		for j := range table[i] {
			table[i][j] = float64(random.IntN(values))
		}
	}
	return table
}

func TestKendallMatchesTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 2))
	for range rounds() {
		table := randomTable(random, 2+random.IntN(5), 2+random.IntN(9))
		w, chi := textbookFriedman(table)
		got, err := agreement.KendallW(table)
		require.NoError(t, err)
		requireSame(t, w, got.W, table)
		requireSame(t, chi, got.ChiSquare, table)
	}
}

func TestFleissMatchesTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 3))
	for range rounds() {
		units, categories, raters := 1+random.IntN(9), 1+random.IntN(5), 2+random.IntN(6)
		counts := make([][]int, units)
		for i := range counts {
			counts[i] = make([]int, categories)
			for range raters {
				counts[i][min(random.IntN(categories), random.IntN(categories))]++
			}
		}
		got, err := agreement.FleissKappa(counts)
		require.NoError(t, err)
		requireSame(t, textbookFleiss(counts), got, counts)
	}
}

func TestCohenMatchesTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 4))
	for range rounds() {
		size := 1 + random.IntN(6)
		table := randomTable(random, size, size)
		if random.IntN(5) == 0 { // mostly empty
			for i := range table {
				for j := range table[i] {
					table[i][j] *= float64(random.IntN(4) / 3)
				}
			}
		}
		for _, weights := range []agreement.Weighting{agreement.Unweighted, agreement.Linear, agreement.Quadratic} {
			got, err := agreement.CohenKappa(table, weights)
			require.NoError(t, err)
			requireSame(t, textbookCohen(table, weights), got, table)
		}
	}
}

func TestICCMatchesTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 5))
	some := 0 // tables of which some forms are defined and others not
	for range rounds() {
		table := randomTable(random, 2+random.IntN(5), 2+random.IntN(4))
		got, err := agreement.IntraclassCorrelations(table)
		require.NoError(t, err)
		defined := 0
		values := []agreement.Value{got.ICC11, got.ICC21, got.ICC31, got.ICC1k, got.ICC2k, got.ICC3k}
		for i, exact := range textbookICC(table) {
			want := math.NaN()
			if exact != nil {
				want, _ = exact.Float64()
				defined++
			}
			requireSame(t, want, values[i], table)
		}
		if defined > 0 && defined < 6 {
			some++
		}
	}
	require.Positive(t, some)
}

func TestWilsonMatchesTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 6))
	for range rounds() {
		n := 1 + random.IntN(200)
		x, z := random.IntN(n+1), 0.1+4*random.Float64()
		low, high := textbookWilson(x, n, z)
		got, err := agreement.Wilson(x, n, z)
		require.NoError(t, err)
		requireSame(t, low, got.Low, []any{x, n, z})
		requireSame(t, high, got.High, []any{x, n, z})
	}
}

func TestTrimmedMeanMatchesTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 7))
	for range rounds() {
		values := randomTable(random, 1, random.IntN(12))[0]
		each := random.IntN(5)
		got, err := agreement.TrimmedMean(values, each)
		require.NoError(t, err)
		requireSame(t, textbookTrimmedMean(values, each), got, values)
	}
}

func TestRanksMatchTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 8))
	for range rounds() {
		values := randomTable(random, 1, random.IntN(12))[0]
		for _, ties := range []agreement.Ties{agreement.AverageTies, agreement.MinTies, agreement.MaxTies,
			agreement.DenseTies, agreement.OrdinalTies} {
			got, err := agreement.Ranks(values, ties)
			require.NoError(t, err)
			require.Equal(t, textbookRanks(values, ties), got, "%v %s", values, ties)
		}
	}
}

func TestAHPMatchesTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 9))
	for range rounds() {
		n := 1 + random.IntN(9)
		judgments := make([]float64, n*(n-1)/2)
		for i := range judgments {
			judgments[i] = float64(1 + random.IntN(9))
			if random.IntN(2) == 0 {
				judgments[i] = 1 / judgments[i]
			}
		}
		matrix := upper(n, judgments...)
		weights, lambda := textbookPrincipal(matrix)
		got, err := agreement.AHP(matrix, agreement.Eigenvector)
		require.NoError(t, err)
		require.InDelta(t, lambda, got.LambdaMax, 1e-9)
		require.InDeltaSlice(t, weights, got.Weights, 1e-9)
		if n > 1 {
			require.InDelta(t, (lambda-float64(n))/float64(n-1), got.CI, 1e-9)
		}

		got, err = agreement.AHP(matrix, agreement.GeometricMean)
		require.NoError(t, err)
		sum, products := 0.0, make([]float64, n)
		for i, row := range matrix {
			products[i] = 1
			for _, a := range row {
				products[i] *= a
			}
			products[i] = math.Pow(products[i], 1/float64(n))
			sum += products[i]
		}
		lambda = 0
		for i, row := range matrix {
			require.InDelta(t, products[i]/sum, got.Weights[i], 1e-12)
			for j, a := range row {
				lambda += a * products[j] / products[i] / float64(n)
			}
		}
		require.InDelta(t, lambda, got.LambdaMax, 1e-9)
	}
}

func TestRaterTableMatchesTheTextbook(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 10))
	for range rounds() {
		s := randomSheet(random)
		r, err := agreement.RatingsOf(s)
		require.NoError(t, err)
		table := agreement.RaterTable(r)
		require.Len(t, table, len(s))
		if len(s) == 0 {
			continue
		}
		component := make([]int, len(s))
		for i, row := range table {
			component[i] = row.Component
		}
		severity := textbookSeverity(s, component)
		for i, row := range table {
			var marks []float64
			var deviation, shared float64
			for u, mark := range s[i] {
				if mark == nil {
					continue
				}
				marks = append(marks, *mark)
				var others, n float64
				for k := range s {
					if k != i && s[k][u] != nil {
						others += *s[k][u]
						n++
						require.Equal(t, component[i], component[k])
					}
				}
				if n > 0 {
					deviation += *mark - others/n
					shared++
				}
			}
			mean, squares, alike := 0.0, 0.0, true
			for _, x := range marks {
				mean += x / float64(len(marks))
				alike = alike && x == marks[0]
			}
			for _, x := range marks {
				squares += (x - mean) * (x - mean)
			}
			want := func(x float64, defined bool) float64 {
				if !defined {
					return math.NaN()
				}
				return x
			}
			require.Equal(t, i, row.Rater)
			require.Equal(t, len(marks), row.Count)
			require.Equal(t, len(s[i]), row.Units)
			requireSame(t, float64(len(marks))/float64(len(s[i])), row.Coverage, s)
			requireSame(t, deviation/shared, row.MeanDeviation, s)
			requireSame(t, want(math.Sqrt(squares/float64(len(marks)-1)), len(marks) >= 2), row.Spread, s)
			require.Equal(t, alike && len(marks) >= 2, row.ZeroVariance)
			require.Equal(t, shared > 0, row.Component > 0)
			requireSame(t, want(severity[i], shared > 0), row.Severity, s)
		}
	}
}

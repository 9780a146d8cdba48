package agreement_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/agreement"
)

var levels = []agreement.Level{agreement.Nominal, agreement.Ordinal, agreement.Interval, agreement.Ratio}

// requireClose holds two values equal within 1e-12, or undefined for one reason.
func requireClose(t *testing.T, want, got agreement.Value) {
	t.Helper()
	require.Equal(t, want.Undefined(), got.Undefined())
	x, _ := want.Float()
	y, _ := got.Float()
	require.InDelta(t, x, y, 1e-12*max(1, math.Abs(x)))
}

// shuffled returns the table with its rows and its columns in another order.
func shuffled[T any](random *rand.Rand, table [][]T) [][]T {
	if len(table) == 0 {
		return table
	}
	rows, columns := random.Perm(len(table)), random.Perm(len(table[0]))
	turned := make([][]T, len(table))
	for i := range table {
		turned[i] = make([]T, len(table[0]))
		for j := range table[0] {
			turned[i][j] = table[rows[i]][columns[j]]
		}
	}
	return turned
}

func TestOrderOfRatersAndUnitsChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 1))
	for range 500 {
		s := randomSheet(random)
		turned := shuffled(random, s)
		for _, level := range levels {
			requireClose(t, alphaOf(t, s, level), alphaOf(t, turned, level))
		}

		table := randomTable(random, 2+random.IntN(6), 2+random.IntN(6))
		turnedTable := shuffled(random, table)
		w, err := agreement.KendallW(table)
		require.NoError(t, err)
		turnedW, err := agreement.KendallW(turnedTable)
		require.NoError(t, err)
		requireClose(t, w.W, turnedW.W)
		requireClose(t, w.ChiSquare, turnedW.ChiSquare)

		icc, err := agreement.IntraclassCorrelations(table)
		require.NoError(t, err)
		turnedICC, err := agreement.IntraclassCorrelations(turnedTable)
		require.NoError(t, err)
		requireClose(t, icc.ICC31, turnedICC.ICC31)
		requireClose(t, icc.BetweenJudges, turnedICC.BetweenJudges)

		mean, err := agreement.TrimmedMean(table[0], 1)
		require.NoError(t, err)
		turnedMean, err := agreement.TrimmedMean(shuffled(random, table[:1])[0], 1)
		require.NoError(t, err)
		require.Equal(t, mean, turnedMean, "sorted before it is summed: equal to the bit")
	}
	turned, err := agreement.FleissKappa(shuffled(random, diagnoses))
	require.NoError(t, err)
	whole, err := agreement.FleissKappa(diagnoses)
	require.NoError(t, err)
	requireClose(t, whole, turned)
}

func alphaOf(t *testing.T, s [][]*float64, level agreement.Level) agreement.Value {
	t.Helper()
	r, err := agreement.RatingsOf(s)
	require.NoError(t, err)
	v, err := agreement.KrippendorffAlpha(r, level)
	require.NoError(t, err)
	return v
}

// TestPerfectAgreementIsOne: exactly 1, not nearly.
func TestPerfectAgreementIsOne(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 2))
	for range 500 {
		raters, units := 2+random.IntN(5), 2+random.IntN(8)
		s := make(sheet, raters)
		marks := make([][]float64, raters)
		for u := range units {
			mark := float64(u) + random.Float64() // all different
			for i := range raters {
				s[i] = append(s[i], &mark)
				marks[i] = append(marks[i], mark)
			}
		}
		for _, level := range levels {
			require.Equal(t, "1", alphaOf(t, s, level).String(), level)
		}
		w, err := agreement.KendallW(marks)
		require.NoError(t, err)
		require.Equal(t, "1", w.W.String())
		icc, err := agreement.IntraclassCorrelations(transpose(marks))
		require.NoError(t, err)
		for _, v := range []agreement.Value{icc.ICC11, icc.ICC21, icc.ICC31, icc.ICC1k, icc.ICC2k, icc.ICC3k} {
			x, ok := v.Float()
			require.True(t, ok)
			require.InDelta(t, 1, x, 1e-12)
		}
		counts := make([][]int, units)
		table := make([][]float64, units)
		for i := range counts {
			counts[i], table[i] = make([]int, units), make([]float64, units)
			counts[i][i] = raters
			table[i][i] = float64(1 + random.IntN(9))
		}
		fleiss, err := agreement.FleissKappa(counts)
		require.NoError(t, err)
		require.Equal(t, "1", fleiss.String())
		for _, weights := range []agreement.Weighting{agreement.Unweighted, agreement.Linear, agreement.Quadratic} {
			cohen, err := agreement.CohenKappa(table, weights)
			require.NoError(t, err)
			require.Equal(t, "1", cohen.String())
		}
	}
}

// TestRelabellingMovesNoCoarserLevel: nominal α survives any renaming, ordinal
// any growing one, interval a shift and a stretch, ratio a stretch.
func TestRelabellingMovesNoCoarserLevel(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 3))
	relabel := func(s sheet, name func(float64) float64) sheet {
		turned := make(sheet, len(s))
		for i, row := range s {
			turned[i] = make([]*float64, len(row))
			for j, mark := range row {
				if mark != nil {
					x := name(*mark)
					turned[i][j] = &x
				}
			}
		}
		return turned
	}
	for range 500 {
		s := randomSheet(random)
		requireClose(t, alphaOf(t, s, agreement.Nominal),
			alphaOf(t, relabel(s, func(x float64) float64 { return -x * x }), agreement.Nominal))
		requireClose(t, alphaOf(t, s, agreement.Ordinal),
			alphaOf(t, relabel(s, func(x float64) float64 { return x*x*x - 5 }), agreement.Ordinal))
		requireClose(t, alphaOf(t, s, agreement.Interval),
			alphaOf(t, relabel(s, func(x float64) float64 { return 1024*x - 77 }), agreement.Interval))
		requireClose(t, alphaOf(t, s, agreement.Ratio),
			alphaOf(t, relabel(s, func(x float64) float64 { return x * 64 }), agreement.Ratio))
	}
}

// TestUnratedUnitsSayNothing: a unit with one mark or none moves no α.
func TestUnratedUnitsSayNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 4))
	for range 500 {
		s := randomSheet(random)
		if len(s) == 0 {
			continue
		}
		wider := make(sheet, len(s))
		lonely := 99.0
		for i := range s {
			wider[i] = append(append([]*float64{nil}, s[i]...), nil)
		}
		wider[0][0] = &lonely
		for _, level := range levels {
			require.Equal(t, alphaOf(t, s, level), alphaOf(t, wider, level))
		}
	}
}

// TestExtremeMarksStayFinite: sums of squares of such marks leave float64.
func TestExtremeMarksStayFinite(t *testing.T) {
	plain := [][]float64{{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}}
	for _, unit := range []float64{0x1p1000, 0x1p-1000, 0x1p-1060} {
		table := make([][]float64, len(plain))
		s, plainSheet := make(sheet, len(plain)), make(sheet, len(plain))
		for i, row := range plain {
			for j := range row {
				x := row[j] * unit
				table[i] = append(table[i], x)
				s[i] = append(s[i], &x)
				plainSheet[i] = append(plainSheet[i], &row[j])
			}
		}
		for _, level := range levels {
			requireClose(t, alphaOf(t, plainSheet, level), alphaOf(t, s, level))
		}
		want, err := agreement.IntraclassCorrelations(plain)
		require.NoError(t, err)
		got, err := agreement.IntraclassCorrelations(table)
		require.NoError(t, err)
		requireClose(t, want.ICC21, got.ICC21)
		if unit > 1 {
			require.Equal(t, agreement.OutOfRange, got.BetweenTargets.Undefined())
		}
		wantKappa, err := agreement.CohenKappa(plain, agreement.Linear)
		require.NoError(t, err)
		kappa, err := agreement.CohenKappa(table, agreement.Linear)
		require.NoError(t, err)
		requireClose(t, wantKappa, kappa)

		r, err := agreement.RatingsOf(s)
		require.NoError(t, err)
		plainRatings, err := agreement.RatingsOf(plainSheet)
		require.NoError(t, err)
		wantRows := agreement.RaterTable(plainRatings)
		for i, row := range agreement.RaterTable(r) {
			x, ok := row.Severity.Float()
			require.True(t, ok)
			want, _ := wantRows[i].Severity.Float()
			require.InDelta(t, want, x/unit, 1e-9)
		}
	}
	mean, err := agreement.TrimmedMean([]float64{math.MaxFloat64, math.MaxFloat64, -1}, 0)
	require.NoError(t, err)
	x, _ := mean.Float()
	require.InEpsilon(t, math.MaxFloat64/3*2, x, 1e-12)
	ends := [][]*float64{{ptr(math.MaxFloat64), ptr(-math.MaxFloat64)}, {ptr(math.MaxFloat64), ptr(0)}}
	requireClose(t, alphaOf(t, [][]*float64{{ptr(1), ptr(-1)}, {ptr(1), ptr(0)}}, agreement.Interval), alphaOf(t, ends, agreement.Interval))
}

func ptr(x float64) *float64 { return &x }

func TestZeroAndMinusZeroAreOneMark(t *testing.T) {
	minus := math.Copysign(0, -1)
	s := [][]*float64{{ptr(0), ptr(1)}, {ptr(minus), ptr(1)}}
	for _, level := range levels {
		require.Equal(t, "1", alphaOf(t, s, level).String())
	}
	var c agreement.Coincidences
	require.NoError(t, c.AddUnit(0, minus))
	require.NoError(t, c.AddUnit(1, 1))
	v, err := c.Alpha(agreement.Nominal)
	require.NoError(t, err)
	require.Equal(t, "1", v.String())
	ranks, err := agreement.Ranks([]float64{0, minus}, agreement.MinTies)
	require.NoError(t, err)
	require.Equal(t, []float64{1, 1}, ranks)
}

// TestManyDifferentMarks leaves the small table of the codebook for its map.
func TestManyDifferentMarks(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 5))
	s := make(sheet, 3)
	for range 400 {
		for i := range s {
			mark := math.Floor(1e6*random.Float64()) / 8
			s[i] = append(s[i], &mark)
		}
	}
	for _, level := range []agreement.Level{agreement.Nominal, agreement.Interval, agreement.Ratio} {
		requireSame(t, textbookAlpha(s, level), alphaOf(t, s, level), level)
	}
	// Ordinal is interval on the ranks; the textbook would take a minute.
	var all []float64
	for _, row := range s {
		for _, mark := range row {
			all = append(all, *mark)
		}
	}
	ranks, err := agreement.Ranks(all, agreement.AverageTies)
	require.NoError(t, err)
	ranked := make(sheet, 3)
	for i := range ranked {
		for j := range s[i] {
			ranked[i] = append(ranked[i], &ranks[i*len(s[i])+j])
		}
	}
	requireSame(t, textbookAlpha(ranked, agreement.Interval), alphaOf(t, s, agreement.Ordinal), "ordinal")
}

func TestMergedCoincidencesAreTheWholeToTheBit(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 6))
	for range 300 {
		s := randomSheet(random)
		if len(s) == 0 {
			continue
		}
		var whole agreement.Coincidences
		parts := make([]agreement.Coincidences, 3)
		for _, u := range random.Perm(len(s[0])) {
			require.NoError(t, parts[random.IntN(3)].AddUnit(s.unit(u)...))
		}
		for u := range s[0] {
			require.NoError(t, whole.AddUnit(s.unit(u)...))
		}
		var merged agreement.Coincidences
		for _, i := range random.Perm(3) {
			merged.Merge(&parts[i])
		}
		merged.Merge(nil)
		for _, level := range levels {
			want, err := whole.Alpha(level)
			require.NoError(t, err)
			got, err := merged.Alpha(level)
			require.NoError(t, err)
			require.Equal(t, want, got)
		}
	}
}

func TestWilsonStaysInsideAndMirrors(t *testing.T) {
	for n := 1; n <= 60; n++ {
		for x := 0; x <= n; x++ {
			got, err := agreement.WilsonConfidence(x, n, 0.95)
			require.NoError(t, err)
			low, _ := got.Low.Float()
			high, _ := got.High.Float()
			share := float64(x) / float64(n)
			require.True(t, 0 <= low && low <= share && share <= high && high <= 1, "%d of %d: %v", x, n, got)
			mirror, err := agreement.WilsonConfidence(n-x, n, 0.95)
			require.NoError(t, err)
			mirrored, _ := mirror.High.Float()
			require.InDelta(t, low, 1-mirrored, 1e-12)
		}
	}
}

func TestConsistentComparisonsGiveTheirOwnWeights(t *testing.T) {
	weights := []float64{0.4, 0.3, 0.2, 0.1}
	matrix := make([][]float64, len(weights))
	for i := range matrix {
		for j := range weights {
			matrix[i] = append(matrix[i], weights[i]/weights[j])
		}
	}
	for _, method := range []agreement.Prioritisation{agreement.Eigenvector, agreement.GeometricMean} {
		got, err := agreement.AHP(matrix, method)
		require.NoError(t, err)
		require.InDeltaSlice(t, weights, got.Weights, 1e-12)
		require.InDelta(t, 4, got.LambdaMax, 0, "exactly n")
		require.Zero(t, got.CI)
		require.Equal(t, "0", got.CR.String())
	}
}

// TestWildComparisonsConverge: a preferred to b, b to c, c to a, each a million
// times. Plain power iteration would need millions of steps.
func TestWildComparisonsConverge(t *testing.T) {
	for _, times := range []float64{9, 1e3, 1e6, 1e9} {
		got, err := agreement.AHP(upper(3, times, 1/times, times), agreement.Eigenvector)
		require.NoError(t, err)
		require.InDeltaSlice(t, []float64{1.0 / 3, 1.0 / 3, 1.0 / 3}, got.Weights, 1e-9)
		require.InEpsilon(t, 1+times+1/times, got.LambdaMax, 1e-9)

		// A random wild matrix: the weights are an eigenvector.
		random := rand.New(rand.NewPCG(12, 7))
		for range 50 {
			judgments := make([]float64, 10)
			for i := range judgments {
				judgments[i] = math.Pow(times, 2*random.Float64()-1)
			}
			matrix := upper(5, judgments...)
			got, err := agreement.AHP(matrix, agreement.Eigenvector)
			require.NoError(t, err)
			for i, row := range matrix {
				product := 0.0
				for j, a := range row {
					product += a * got.Weights[j]
				}
				require.InEpsilon(t, got.LambdaMax*got.Weights[i], product, 1e-9)
			}
		}
	}
}

// TestSeverityIsRecovered builds marks from known severities, with holes, and
// two panels that share no unit.
func TestSeverityIsRecovered(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 8))
	severities := []float64{2, -1, -1, 0.5, -0.5} // panel one: 0 to 2, panel two: 3 and 4
	r, err := agreement.NewRatings(6, 80)
	require.NoError(t, err)
	for unit := range 80 {
		quality := 60 + 30*random.Float64()
		for rater, severity := range severities {
			if (rater <= 2) == (unit < 40) && random.IntN(3) > 0 {
				require.NoError(t, r.Put(rater, unit, quality-severity))
			}
		}
	}
	table := agreement.RaterTable(r)
	for rater, severity := range severities {
		x, ok := table[rater].Severity.Float()
		require.True(t, ok)
		require.InDelta(t, severity, x, 1e-9)
		require.Equal(t, map[bool]int{true: 1, false: 2}[rater <= 2], table[rater].Component)
	}
	require.Equal(t, agreement.NoPairableUnits, table[5].Severity.Undefined())
	require.Zero(t, table[5].Component)
	require.Nil(t, agreement.RaterTable(nil))
}

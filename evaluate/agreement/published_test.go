package agreement_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/agreement"
)

// The tables of this file come from outside; each names where it was printed.
// A number is compared to as many digits as its source gives.
//
// Read in a package's tests, documentation or printed results: three coders,
// 2011 D ordinal and ratio, both Fleiss tables, SAS and irr for Cohen, Cohen's
// 1968 table, both Kendall tables, psych's ICC, the npm readmes for Wilson, the
// trimmed means, scipy's ranks, Saaty's drinks and jobs. Quoted from the
// literature without the page at hand: Krippendorff 2011 A, B, and D nominal
// and interval, Shrout and Fleiss 1979, Newcombe 1998, Saaty's house. The 0.492
// of Cohen 1968 is worked out beside it.

// requirePrinted compares a value to a printed figure: within half a unit of
// its last digit.
func requirePrinted(t *testing.T, printed, lastDigit float64, got agreement.Value) {
	t.Helper()
	x, ok := got.Float()
	require.True(t, ok, "undefined: %s", got.Undefined())
	require.InDelta(t, printed, x, lastDigit/2*1.0001)
}

func ratings(t *testing.T, ratersByUnits string) *agreement.Ratings {
	t.Helper()
	var table [][]*float64
	require.NoError(t, json.Unmarshal([]byte(ratersByUnits), &table))
	r, err := agreement.RatingsOf(table)
	require.NoError(t, err)
	return r
}

// Four observers, twelve units: section D of Krippendorff, Computing
// Krippendorff's Alpha-Reliability (2011); α to three digits as printed there
// and in the manual of the R package irr (kripp.alpha).
const krippendorff2011 = `[
	[1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
	[1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
	[null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
	[1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null]]`

// Three coders, fifteen units: the computational example of Wikipedia's article
// on Krippendorff's alpha; six digits from the tests of the Python package
// krippendorff.
const threeCoders = `[
	[null, null, null, null, null, 3, 4, 1, 2, 1, 1, 3, 3, null, 3],
	[1, null, 2, 1, 3, 3, 4, 3, null, null, null, null, null, null, null],
	[null, null, 2, 1, 3, 4, 4, null, 2, 1, 1, 3, 3, null, 4]]`

// Two observers, ten units, two values: section A of Krippendorff (2011).
const binary = `[
	[0, 1, 0, 0, 0, 0, 0, 0, 1, 0],
	[1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]`

// Two observers, twelve units, the values a to e as 1 to 5: section B of
// Krippendorff (2011).
const benAndGerry = `[
	[1, 1, 2, 2, 4, 3, 3, 3, 5, 4, 4, 1],
	[2, 1, 2, 2, 2, 3, 3, 3, 5, 4, 4, 4]]`

func TestPublishedAlpha(t *testing.T) {
	for _, c := range []struct {
		name, table string
		level       agreement.Level
		alpha, last float64
	}{
		{"2011 D nominal", krippendorff2011, agreement.Nominal, 0.743, 1e-3},
		{"2011 D ordinal", krippendorff2011, agreement.Ordinal, 0.815, 1e-3},
		{"2011 D interval", krippendorff2011, agreement.Interval, 0.849, 1e-3},
		{"2011 D ratio", krippendorff2011, agreement.Ratio, 0.797, 1e-3},
		{"three coders nominal", threeCoders, agreement.Nominal, 0.691358, 1e-6},
		{"three coders interval", threeCoders, agreement.Interval, 0.810845, 1e-6},
		{"2011 A binary", binary, agreement.Nominal, 0.095, 1e-3},
		{"2011 B nominal", benAndGerry, agreement.Nominal, 0.692, 1e-3},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := agreement.KrippendorffAlpha(ratings(t, c.table), c.level)
			require.NoError(t, err)
			requirePrinted(t, c.alpha, c.last, got)
		})
	}
}

// Thirty patients, six psychiatrists, five diagnoses: Fleiss (1971), table 1,
// as counts of the data set "diagnoses" of the R package irr. κ to seven digits
// from irr's kappam.fleiss, quoted in the tests of statsmodels.
var diagnoses = [][]int{
	{0, 0, 0, 6, 0}, {0, 3, 0, 0, 3}, {0, 1, 4, 0, 1}, {0, 0, 0, 0, 6}, {0, 3, 0, 3, 0},
	{2, 0, 4, 0, 0}, {0, 0, 4, 0, 2}, {2, 0, 3, 1, 0}, {2, 0, 0, 4, 0}, {0, 0, 0, 0, 6},
	{1, 0, 0, 5, 0}, {1, 1, 0, 4, 0}, {0, 3, 3, 0, 0}, {1, 0, 0, 5, 0}, {0, 2, 0, 3, 1},
	{0, 0, 5, 0, 1}, {3, 0, 0, 1, 2}, {5, 1, 0, 0, 0}, {0, 2, 0, 4, 0}, {1, 0, 2, 0, 3},
	{0, 0, 0, 0, 6}, {0, 1, 0, 5, 0}, {0, 2, 0, 1, 3}, {2, 0, 0, 4, 0}, {1, 0, 0, 4, 1},
	{0, 5, 0, 1, 0}, {4, 0, 0, 0, 2}, {0, 2, 0, 4, 0}, {1, 0, 5, 0, 0}, {0, 0, 0, 0, 6},
}

// Ten subjects, fourteen raters, five categories: the worked example of
// Wikipedia's article on Fleiss' kappa, also in the tests of statsmodels.
var fourteenRaters = [][]int{
	{0, 0, 0, 0, 14}, {0, 2, 6, 4, 2}, {0, 0, 3, 5, 6}, {0, 3, 9, 2, 0}, {2, 2, 8, 1, 1},
	{7, 7, 0, 0, 0}, {3, 2, 6, 3, 0}, {2, 5, 3, 2, 2}, {6, 5, 2, 1, 0}, {0, 2, 2, 3, 7},
}

func TestPublishedFleissKappa(t *testing.T) {
	got, err := agreement.FleissKappa(diagnoses)
	require.NoError(t, err)
	requirePrinted(t, 0.4302445, 1e-7, got)

	got, err = agreement.FleissKappa(fourteenRaters)
	require.NoError(t, err)
	requirePrinted(t, 0.210, 1e-3, got)
}

// anxiety is the data set of that name of the R package irr: twenty people,
// three raters, marks from 1 to 6. Rows are raters.
var anxiety = [][]float64{
	{3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3},
	{3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4},
	{2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2},
}

// anxietyTable crosses raters 2 and 3 over the values 1, 2, 3, 4, 6. Nobody
// gave a 5, and irr leaves the category out.
func anxietyTable() [][]float64 {
	place := map[float64]int{1: 0, 2: 1, 3: 2, 4: 3, 6: 4}
	table := make([][]float64, len(place))
	for i := range table {
		table[i] = make([]float64, len(place))
	}
	for i := range anxiety[1] {
		table[place[anxiety[1][i]]][place[anxiety[2][i]]]++
	}
	return table
}

func TestPublishedCohenKappa(t *testing.T) {
	// A SAS printout quoted in the tests of statsmodels.
	sas := [][]float64{{0, 4, 1}, {0, 8, 0}, {0, 1, 5}}
	// Cohen (1968), table 1, whose unweighted κ is 0.49: (0.70 − 0.41)/0.59.
	cohen1968 := [][]float64{{0.44, 0.07, 0.09}, {0.05, 0.20, 0.05}, {0.01, 0.03, 0.06}}
	for _, c := range []struct {
		name        string
		table       [][]float64
		weights     agreement.Weighting
		kappa, last float64
	}{
		{"SAS none", sas, agreement.Unweighted, 0.4842, 1e-4},
		{"SAS linear", sas, agreement.Linear, 0.4701, 1e-4},
		{"irr none", anxietyTable(), agreement.Unweighted, -0.006289308, 1e-9},
		{"irr linear", anxietyTable(), agreement.Linear, 0.1459075, 1e-7},
		{"irr quadratic", anxietyTable(), agreement.Quadratic, 0.2520325, 1e-7},
		{"Cohen 1968 none", cohen1968, agreement.Unweighted, 0.492, 1e-3},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := agreement.CohenKappa(c.table, c.weights)
			require.NoError(t, err)
			requirePrinted(t, c.kappa, c.last, got)
		})
	}
}

func TestPublishedKendallW(t *testing.T) {
	// irr's kendall(anxiety, TRUE), quoted in the tests of the Python pyirr.
	got, err := agreement.KendallW(anxiety)
	require.NoError(t, err)
	requirePrinted(t, 0.54, 1e-2, got.W)
	requirePrinted(t, 30.8, 1e-1, got.ChiSquare)
	require.Equal(t, 19, got.Freedom)

	// Three rankings of ten objects with ties: Siegel (1956), chapter 9; W as
	// printed in the example results of NAG routine G08DAF.
	got, err = agreement.KendallW([][]float64{
		{1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10},
		{2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5},
		{2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10},
	})
	require.NoError(t, err)
	requirePrinted(t, 0.828, 1e-3, got.W)
}

// transpose turns rows of raters into rows of units.
func transpose(table [][]float64) [][]float64 {
	turned := make([][]float64, len(table[0]))
	for j := range turned {
		for i := range table {
			turned[j] = append(turned[j], table[i][j])
		}
	}
	return turned
}

func TestPublishedICC(t *testing.T) {
	// Shrout and Fleiss (1979), tables 2 to 4: six targets, four judges.
	got, err := agreement.IntraclassCorrelations([][]float64{
		{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7},
	})
	require.NoError(t, err)
	for i, v := range []agreement.Value{got.ICC11, got.ICC21, got.ICC31, got.ICC1k, got.ICC2k, got.ICC3k} {
		requirePrinted(t, []float64{0.17, 0.29, 0.71, 0.44, 0.62, 0.91}[i], 1e-2, v)
	}
	for i, v := range []agreement.Value{got.BetweenTargets, got.WithinTargets, got.BetweenJudges, got.Residual} {
		requirePrinted(t, []float64{11.24, 6.26, 32.49, 1.02}[i], 1e-2, v)
	}

	// The R package psych on irr's anxiety data. It prints seven digits, but
	// fits the variances by iteration; six of them are the formula's.
	got, err = agreement.IntraclassCorrelations(transpose(anxiety))
	require.NoError(t, err)
	for i, v := range []agreement.Value{got.ICC11, got.ICC21, got.ICC31, got.ICC1k, got.ICC2k, got.ICC3k} {
		printed := []float64{0.1750225, 0.1979983, 0.2160493, 0.3889259, 0.4254988, 0.4525861}
		requirePrinted(t, printed[i], 1e-6, v)
	}
}

func TestPublishedWilson(t *testing.T) {
	for _, c := range []struct {
		name            string
		x, n            int
		low, high, last float64
	}{
		// Newcombe (1998), table I, method 3, 95 %.
		{"Newcombe", 81, 263, 0.2553, 0.3662, 1e-4},
		{"Newcombe", 15, 148, 0.0624, 0.1605, 1e-4},
		{"Newcombe", 0, 20, 0, 0.1611, 1e-4},
		{"Newcombe", 1, 29, 0.0061, 0.1718, 1e-4},
	} {
		got, err := agreement.WilsonConfidence(c.x, c.n, 0.95)
		require.NoError(t, err)
		requirePrinted(t, c.low, c.last, got.Low)
		requirePrinted(t, c.high, c.last, got.High)
	}
	for _, c := range []struct {
		x, n      int
		z         float64
		low, high float64
	}{
		// The readme of the npm package wilson-score-interval, z = 1.96.
		{430, 474, 1.96, 0.8776750858242243, 0.9301239839930541},
		{392, 436, 1.96, 0.8672311846637769, 0.9239627360567735},
		{10, 14, 1.96, 0.4535045882751561, 0.882788120898909},
		// The readme of the npm package wilson-interval: 40 of 50 at z = 1.
		{40, 50, 1, 0.7377984054260978, 0.8504368886915493},
	} {
		got, err := agreement.Wilson(c.x, c.n, c.z)
		require.NoError(t, err)
		requirePrinted(t, c.low, 1e-14, got.Low)
		requirePrinted(t, c.high, 1e-14, got.High)
	}
}

func TestPublishedTrimmedMean(t *testing.T) {
	// The example of Wikipedia's article on the truncated mean: 5 % of twenty
	// values at each end, 101.5 before and 56.5 after.
	values := []float64{92, 19, 101, 58, 1053, 91, 26, 78, 10, 13, -40, 101, 86, 85, 15, 89, 89, 28, -5, 41}
	got, err := agreement.TrimmedMean(values, 0)
	require.NoError(t, err)
	requirePrinted(t, 101.5, 1e-12, got)
	got, err = agreement.TrimmedMeanShare(values, 0.05)
	require.NoError(t, err)
	requirePrinted(t, 56.5, 1e-12, got)

	// The examples of scipy.stats.trim_mean.
	got, err = agreement.TrimmedMeanShare([]float64{1, 2, 3, 5}, 0.25)
	require.NoError(t, err)
	requirePrinted(t, 2.5, 1e-12, got)
	got, err = agreement.TrimmedMeanShare([]float64{1, 2, 3, 5}, 0.24999)
	require.NoError(t, err)
	requirePrinted(t, 2.75, 1e-12, got)
}

func TestPublishedRanks(t *testing.T) {
	for _, c := range []struct {
		name   string
		ties   agreement.Ties
		values []float64
		ranks  []float64
	}{
		// The examples of scipy.stats.rankdata.
		{"scipy", agreement.AverageTies, []float64{0, 2, 3, 2}, []float64{1, 2.5, 4, 2.5}},
		{"scipy", agreement.MinTies, []float64{0, 2, 3, 2}, []float64{1, 2, 4, 2}},
		{"scipy", agreement.MaxTies, []float64{0, 2, 3, 2}, []float64{1, 3, 4, 3}},
		{"scipy", agreement.DenseTies, []float64{0, 2, 3, 2}, []float64{1, 2, 3, 2}},
		{"scipy", agreement.OrdinalTies, []float64{0, 2, 3, 2}, []float64{1, 2, 4, 3}},
		// The ranks Siegel (1956) prints for his third ranking (see Kendall's W)
		// are average ranks, so ranking them again gives them back.
		{"Siegel", agreement.AverageTies,
			[]float64{2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10}, []float64{2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10}},
	} {
		got, err := agreement.Ranks(c.values, c.ties)
		require.NoError(t, err)
		require.Equal(t, c.ranks, got, "%s %s", c.name, c.ties)
	}
}

// upper fills a reciprocal matrix from the judgments above its diagonal.
func upper(n int, judgments ...float64) [][]float64 {
	matrix := make([][]float64, n)
	for i := range matrix {
		matrix[i] = make([]float64, n)
		matrix[i][i] = 1
	}
	next := 0
	for i := range n {
		for j := i + 1; j < n; j++ {
			matrix[i][j], matrix[j][i] = judgments[next], 1/judgments[next]
			next++
		}
	}
	return matrix
}

// drinks compares seven drinks by consumption: table 3 of T. L. Saaty, Decision
// making with the analytic hierarchy process, International Journal of Services
// Sciences 1, 2008; also in the tests of the Python package ahpy.
func drinks() [][]float64 {
	return upper(7,
		9, 5, 2, 1, 1, 1.0/2,
		1.0/3, 1.0/9, 1.0/9, 1.0/9, 1.0/9,
		1.0/3, 1.0/4, 1.0/3, 1.0/9,
		1.0/2, 1, 1.0/3,
		2, 1.0/2,
		1.0/3)
}

func TestPublishedAHP(t *testing.T) {
	// Eight criteria for buying a house: T. L. Saaty, How to make a decision,
	// European Journal of Operational Research 48, 1990.
	house := upper(8,
		5, 3, 7, 6, 6, 1.0/3, 1.0/4,
		1.0/3, 5, 3, 3, 1.0/5, 1.0/7,
		6, 3, 4, 6, 1.0/5,
		1.0/3, 1.0/4, 1.0/7, 1.0/8,
		1.0/2, 1.0/5, 1.0/6,
		1.0/5, 1.0/6,
		1.0/2)
	got, err := agreement.AHP(house, agreement.Eigenvector)
	require.NoError(t, err)
	requireWeights(t, []float64{0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333}, got.Weights)
	require.InDelta(t, 9.669, got.LambdaMax, 0.0005)
	require.InDelta(t, 0.238, got.CI, 0.0005)
	requirePrinted(t, 0.169, 1e-3, got.CR)
	require.Equal(t, "Saaty 1980", got.RandomIndex)

	got, err = agreement.AHP(drinks(), agreement.Eigenvector)
	require.NoError(t, err)
	requireWeights(t, []float64{0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327}, got.Weights)
	requirePrinted(t, 0.022, 1e-3, got.CR)

	// Flexibility of three jobs: table 4 of the same paper. For three criteria
	// the two methods give the same weights (Crawford and Williams, 1985).
	for _, method := range []agreement.Prioritisation{agreement.Eigenvector, agreement.GeometricMean} {
		got, err = agreement.AHP(upper(3, 1.0/3, 1.0/6, 1.0/4), method)
		require.NoError(t, err)
		requireWeights(t, []float64{0.091, 0.218, 0.691}, got.Weights)
	}
}

// requireWeights compares weights with those printed to three digits.
func requireWeights(t *testing.T, printed, got []float64) {
	t.Helper()
	require.Len(t, got, len(printed))
	for i := range printed {
		require.InDelta(t, printed[i], got[i], 0.0005001, "weight %d", i+1)
	}
}

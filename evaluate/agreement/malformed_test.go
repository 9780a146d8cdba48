package agreement_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/agreement"
)

// TestMalformedInputNamesThePlace: rows and columns count from 1.
func TestMalformedInputNamesThePlace(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	second := func(_ any, err error) error { return err }
	ratings, err := agreement.NewRatings(2, 3)
	require.NoError(t, err)
	require.NoError(t, ratings.Put(0, 1, 5))
	negative, err := agreement.RatingsOf([][]*float64{{ptr(1), ptr(2)}, {ptr(3), ptr(-4)}})
	require.NoError(t, err)
	var below agreement.Coincidences
	require.NoError(t, below.AddUnit(-1, 2))
	large := make([][]float64, 257)

	for name, c := range map[string]struct {
		err         error
		code        agreement.Code
		field       string
		row, column int
	}{
		"ratings ragged": {second(agreement.RatingsOf([][]*float64{{nil, nil}, {nil}})), agreement.CodeRagged, "raters_by_units", 2, 0},
		"ratings NaN":    {second(agreement.RatingsOf([][]*float64{{nil, nil}, {nil, &nan}})), agreement.CodeNotFinite, "raters_by_units", 2, 2},
		"put inf":        {ratings.Put(1, 2, inf), agreement.CodeNotFinite, "raters_by_units", 2, 3},
		"put outside":    {ratings.Put(2, 0, 1), agreement.CodeOutOfRange, "raters_by_units", 0, 0},
		"put before":     {ratings.Put(0, -1, 1), agreement.CodeOutOfRange, "raters_by_units", 0, 0},
		"size below 0":   {second(agreement.NewRatings(-1, 2)), agreement.CodeOutOfRange, "ratings", 0, 0},
		"size too large": {second(agreement.NewRatings(1<<20, 1<<20)), agreement.CodeTooLarge, "ratings", 0, 0},
		"units too many": {second(agreement.NewRatings(0, math.MaxInt)), agreement.CodeTooLarge, "ratings", 0, 0},
		"alpha level":    {second(agreement.KrippendorffAlpha(ratings, "circular")), agreement.CodeUnknown, "level", 0, 0},
		"alpha ratio":    {second(agreement.KrippendorffAlpha(negative, agreement.Ratio)), agreement.CodeNegative, "raters_by_units", 2, 2},
		"stream NaN":     {new(agreement.Coincidences).AddUnit(1, nan), agreement.CodeNotFinite, "marks", 0, 2},
		"stream level":   {second(new(agreement.Coincidences).Alpha("")), agreement.CodeUnknown, "level", 0, 0},
		"stream ratio":   {second(below.Alpha(agreement.Ratio)), agreement.CodeNegative, "marks", 0, 0},

		"fleiss ragged":   {second(agreement.FleissKappa([][]int{{1, 2}, {3}})), agreement.CodeRagged, "counts", 2, 0},
		"fleiss negative": {second(agreement.FleissKappa([][]int{{1, 2}, {4, -1}})), agreement.CodeNegative, "counts", 2, 2},
		"fleiss unequal":  {second(agreement.FleissKappa([][]int{{1, 2}, {1, 1}})), agreement.CodeUnequalTotals, "counts", 2, 0},
		"fleiss overflow": {second(agreement.FleissKappa([][]int{{math.MaxInt, 1}})), agreement.CodeTooLarge, "counts", 1, 2},

		"cohen ragged":   {second(agreement.CohenKappa([][]float64{{1, 2}, {3}}, agreement.Linear)), agreement.CodeRagged, "table", 2, 0},
		"cohen oblong":   {second(agreement.CohenKappa([][]float64{{1, 2}}, agreement.Linear)), agreement.CodeRagged, "table", 0, 0},
		"cohen negative": {second(agreement.CohenKappa([][]float64{{1, -2}, {3, 4}}, agreement.Linear)), agreement.CodeNegative, "table", 1, 2},
		"cohen NaN":      {second(agreement.CohenKappa([][]float64{{1, 2}, {nan, 4}}, agreement.Linear)), agreement.CodeNotFinite, "table", 2, 1},
		"cohen weights":  {second(agreement.CohenKappa([][]float64{{1}}, "cubic")), agreement.CodeUnknown, "weights", 0, 0},

		"kendall ragged": {second(agreement.KendallW([][]float64{{1, 2}, {1, 2, 3}})), agreement.CodeRagged, "raters_by_objects", 2, 0},
		"kendall inf":    {second(agreement.KendallW([][]float64{{1, 2}, {1, -inf}})), agreement.CodeNotFinite, "raters_by_objects", 2, 2},
		"icc NaN":        {second(agreement.IntraclassCorrelations([][]float64{{nan, 2}, {1, 2}})), agreement.CodeNotFinite, "targets_by_judges", 1, 1},

		"wilson x":          {second(agreement.Wilson(-1, 2, 1)), agreement.CodeNegative, "x", 0, 0},
		"wilson n":          {second(agreement.Wilson(0, -2, 1)), agreement.CodeNegative, "n", 0, 0},
		"wilson x above n":  {second(agreement.Wilson(3, 2, 1)), agreement.CodeOutOfRange, "x", 0, 0},
		"wilson z":          {second(agreement.Wilson(1, 2, nan)), agreement.CodeOutOfRange, "z", 0, 0},
		"wilson z zero":     {second(agreement.Wilson(1, 2, 0)), agreement.CodeOutOfRange, "z", 0, 0},
		"wilson confidence": {second(agreement.WilsonConfidence(1, 2, 1)), agreement.CodeOutOfRange, "confidence", 0, 0},

		"trim negative": {second(agreement.TrimmedMean([]float64{1}, -1)), agreement.CodeNegative, "trim_each_end", 0, 0},
		"trim NaN":      {second(agreement.TrimmedMean([]float64{1, nan}, 0)), agreement.CodeNotFinite, "values", 0, 2},
		"trim share":    {second(agreement.TrimmedMeanShare([]float64{1}, 0.5)), agreement.CodeOutOfRange, "trim_each_end", 0, 0},
		"rank inf":      {second(agreement.Ranks([]float64{1, 2, inf}, agreement.MinTies)), agreement.CodeNotFinite, "values", 0, 3},
		"rank ties":     {second(agreement.Ranks(nil, "modal")), agreement.CodeUnknown, "ties", 0, 0},

		"ahp empty":    {second(agreement.AHP(nil, agreement.Eigenvector)), agreement.CodeMissing, "matrix", 0, 0},
		"ahp large":    {second(agreement.AHP(large, agreement.Eigenvector)), agreement.CodeTooLarge, "matrix", 0, 0},
		"ahp oblong":   {second(agreement.AHP([][]float64{{1, 2}}, agreement.Eigenvector)), agreement.CodeRagged, "matrix", 0, 0},
		"ahp zero":     {second(agreement.AHP([][]float64{{1, 0}, {2, 1}}, agreement.Eigenvector)), agreement.CodeOutOfRange, "matrix", 1, 2},
		"ahp negative": {second(agreement.AHP([][]float64{{1, 2}, {-0.5, 1}}, agreement.Eigenvector)), agreement.CodeOutOfRange, "matrix", 2, 1},
		"ahp diagonal": {second(agreement.AHP([][]float64{{1, 2}, {0.5, 2}}, agreement.Eigenvector)), agreement.CodeNotReciprocal, "matrix", 2, 2},
		"ahp reciprocal by more than two decimals explain": {second(agreement.AHP([][]float64{{1, 7}, {0.13, 1}}, agreement.GeometricMean)), agreement.CodeNotReciprocal, "matrix", 2, 1},
		"ahp reciprocal": {second(agreement.AHP([][]float64{{1, 3, 1}, {1.0 / 3, 1, 2}, {1, 2, 1}}, agreement.GeometricMean)), agreement.CodeNotReciprocal, "matrix", 3, 2},
		"ahp variant":    {second(agreement.AHP([][]float64{{1}}, "mean")), agreement.CodeUnknown, "variant", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			require.ErrorIs(t, c.err, agreement.ErrInvalid)
			var input *agreement.InputError
			require.ErrorAs(t, c.err, &input)
			require.Equal(t, c.code, input.Code)
			require.Equal(t, c.field, input.Field)
			require.Equal(t, [2]int{c.row, c.column}, [2]int{input.Row, input.Column}, "%v", c.err)
			require.Contains(t, c.err.Error(), c.field)
		})
	}

	// Nothing was changed by what was refused.
	mark, ok := ratings.At(0, 1)
	require.True(t, ok)
	require.InDelta(t, 5, mark, 0)
	_, ok = ratings.At(1, 2)
	require.False(t, ok)
	_, ok = ratings.At(5, 5)
	require.False(t, ok)
}

func TestErrorReadsAsASentence(t *testing.T) {
	_, err := agreement.AHP([][]float64{{1, 3}, {3, 1}}, agreement.Eigenvector)
	require.EqualError(t, err, "agreement: matrix, row 2, column 1: 3 is not one over 3 in row 1, column 2")
	_, err = agreement.FleissKappa([][]int{{1, 2}, {1, 1}})
	require.EqualError(t, err, "agreement: counts, row 2: sums to 2 ratings where row 1 has 3")
	_, err = agreement.Measure([]byte(`[]`))
	require.EqualError(t, err, "agreement: a question is a JSON object")
}

// TestThreeDecimalsAreReciprocal: 1/3, 1/7 and 1/9 as people type them.
func TestThreeDecimalsAreReciprocal(t *testing.T) {
	for whole := 1; whole <= 9; whole++ {
		typed := math.Round(1000/float64(whole)) / 1000
		_, err := agreement.AHP([][]float64{{1, float64(whole)}, {typed, 1}}, agreement.Eigenvector)
		require.NoError(t, err, "%d × %v", whole, typed)
	}
}

// Ten thousand letters in a question are not repeated in the error.
func TestErrorsAreBounded(t *testing.T) {
	long := strings.Repeat("九", 10_000)
	for _, question := range []string{
		`{"method":"` + long + `"}`,
		`{"method":"icc","` + long + `":1}`,
		`{"` + long + `":1,"` + long + `":1}`,
		`{"` + long + `":}`,
		`{"method":"rank","values":[1],"ties":"` + long + `"}`,
		`{"method":"ahp","matrix":[[1]],"variant":"` + long + `"}`,
		`{"method":"cohen_kappa","table":[[1]],"weights":"` + long + `"}`,
		`{"method":"krippendorff_alpha","raters_by_units":[],"level":"` + long + `"}`,
	} {
		_, err := agreement.Measure([]byte(question))
		require.ErrorIs(t, err, agreement.ErrInvalid)
		require.Less(t, len(err.Error()), 400, question[:40])
	}
}

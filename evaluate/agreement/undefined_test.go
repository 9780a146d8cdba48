package agreement_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/agreement"
)

// TestUndefinedHasAReason asks for statistics that do not exist.
func TestUndefinedHasAReason(t *testing.T) {
	one := func(v agreement.Value, err error) (agreement.Value, error) { return v, err }
	kendall := func(table [][]float64) (agreement.Value, error) {
		c, err := agreement.KendallW(table)
		return c.W, err
	}
	icc := func(table [][]float64) (agreement.Value, error) {
		c, err := agreement.IntraclassCorrelations(table)
		return c.ICC21, err
	}
	wilson := func(x, n int) (agreement.Value, error) {
		c, err := agreement.Wilson(x, n, 1.96)
		return c.High, err
	}
	alpha := func(table [][]*float64) (agreement.Value, error) {
		r, err := agreement.RatingsOf(table)
		if err != nil {
			return agreement.Value{}, err
		}
		return agreement.KrippendorffAlpha(r, agreement.Ordinal)
	}
	for name, c := range map[string]struct {
		reason  agreement.Reason
		measure func() (agreement.Value, error)
	}{
		"alpha, nobody": {agreement.NoPairableUnits, func() (agreement.Value, error) { return alpha(nil) }},
		"alpha, nil": {agreement.NoPairableUnits, func() (agreement.Value, error) {
			return one(agreement.KrippendorffAlpha(nil, agreement.Ratio))
		}},
		"alpha, one rater":  {agreement.NoPairableUnits, func() (agreement.Value, error) { return alpha([][]*float64{{ptr(1), ptr(2)}}) }},
		"alpha, no overlap": {agreement.NoPairableUnits, func() (agreement.Value, error) { return alpha([][]*float64{{ptr(1), nil}, {nil, ptr(2)}}) }},
		"alpha, one value":  {agreement.NoVariation, func() (agreement.Value, error) { return alpha([][]*float64{{ptr(3), ptr(3)}, {ptr(3), ptr(3)}}) }},
		"alpha, one value among pairable": {agreement.NoVariation, func() (agreement.Value, error) {
			return alpha([][]*float64{{ptr(3), ptr(8)}, {ptr(3), nil}})
		}},
		"fleiss, no units":      {agreement.TooFewUnits, func() (agreement.Value, error) { return agreement.FleissKappa(nil) }},
		"fleiss, one rater":     {agreement.TooFewRaters, func() (agreement.Value, error) { return agreement.FleissKappa([][]int{{1, 0}, {0, 1}}) }},
		"fleiss, no ratings":    {agreement.TooFewRaters, func() (agreement.Value, error) { return agreement.FleissKappa([][]int{{0, 0}}) }},
		"fleiss, no categories": {agreement.TooFewRaters, func() (agreement.Value, error) { return agreement.FleissKappa([][]int{{}, {}}) }},
		"fleiss, one category":  {agreement.NoVariation, func() (agreement.Value, error) { return agreement.FleissKappa([][]int{{3, 0}, {3, 0}}) }},
		"cohen, no table":       {agreement.NoObservations, func() (agreement.Value, error) { return agreement.CohenKappa(nil, agreement.Linear) }},
		"cohen, no units": {agreement.NoObservations, func() (agreement.Value, error) {
			return agreement.CohenKappa([][]float64{{0, 0}, {0, 0}}, agreement.Linear)
		}},
		"cohen, one category": {agreement.NoVariation, func() (agreement.Value, error) {
			return agreement.CohenKappa([][]float64{{7, 0}, {0, 0}}, agreement.Quadratic)
		}},
		"kendall, nobody":     {agreement.TooFewRaters, func() (agreement.Value, error) { return kendall(nil) }},
		"kendall, one rater":  {agreement.TooFewRaters, func() (agreement.Value, error) { return kendall([][]float64{{1, 2, 3}}) }},
		"kendall, one object": {agreement.TooFewUnits, func() (agreement.Value, error) { return kendall([][]float64{{1}, {2}}) }},
		"kendall, all tied":   {agreement.NoVariation, func() (agreement.Value, error) { return kendall([][]float64{{5, 5, 5}, {2, 2, 2}}) }},
		"icc, one target":     {agreement.TooFewUnits, func() (agreement.Value, error) { return icc([][]float64{{1, 2}}) }},
		"icc, one judge":      {agreement.TooFewRaters, func() (agreement.Value, error) { return icc([][]float64{{1}, {2}}) }},
		"icc, one mark": {agreement.NoVariation, func() (agreement.Value, error) {
			return icc([][]float64{{0.1, 0.1, 0.1}, {0.1, 0.1, 0.1}, {0.1, 0.1, 0.1}})
		}},
		"icc, no estimate":       {agreement.ZeroVariance, func() (agreement.Value, error) { return icc([][]float64{{1, 2}, {2, 1}}) }},
		"wilson, no trials":      {agreement.NoObservations, func() (agreement.Value, error) { return wilson(0, 0) }},
		"trimmed mean, nothing":  {agreement.TooFewValues, func() (agreement.Value, error) { return agreement.TrimmedMean(nil, 0) }},
		"trimmed mean, all gone": {agreement.TooFewValues, func() (agreement.Value, error) { return agreement.TrimmedMean([]float64{1, 2, 3, 4}, 2) }},
		"stream, nothing":        {agreement.NoPairableUnits, func() (agreement.Value, error) { return new(agreement.Coincidences).Alpha(agreement.Nominal) }},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.measure()
			require.NoError(t, err)
			require.False(t, got.Defined())
			require.Equal(t, c.reason, got.Undefined())
			require.NotEqual(t, string(c.reason), c.reason.English(), "a reason has words")
			require.NotEqual(t, string(c.reason), c.reason.Chinese())
		})
	}
}

// TestOneFormOfICCMayBeMissing: the judges differ, the targets do not.
func TestOneFormOfICCMayBeMissing(t *testing.T) {
	got, err := agreement.IntraclassCorrelations([][]float64{{0.1, 0.7, 0.3}, {0.1, 0.7, 0.3}, {0.1, 0.7, 0.3}, {0.1, 0.7, 0.3}})
	require.NoError(t, err)
	x, ok := got.ICC11.Float()
	require.True(t, ok)
	require.InDelta(t, -0.5, x, 1e-12)
	require.Equal(t, "0", got.ICC21.String())
	require.Equal(t, agreement.ZeroVariance, got.ICC31.Undefined())
	require.Equal(t, agreement.ZeroVariance, got.ICC1k.Undefined())
	require.Equal(t, agreement.ZeroVariance, got.ICC3k.Undefined())
}

func TestConsistencyRatioEndsWithItsTable(t *testing.T) {
	for n := 1; n <= 20; n++ {
		judgments := make([]float64, n*(n-1)/2)
		for i := range judgments {
			judgments[i] = float64(1 + i%3)
		}
		got, err := agreement.AHP(upper(n, judgments...), agreement.Eigenvector)
		require.NoError(t, err)
		require.Equal(t, n <= len(agreement.SaatyRandomIndex().Values), got.CR.Defined(), "size %d", n)
		if n > 15 {
			require.Equal(t, agreement.BeyondTable, got.CR.Undefined())
		}
	}
}

func TestValuePrintsAndEncodes(t *testing.T) {
	var zero agreement.Value
	require.Equal(t, agreement.NotMeasured, zero.Undefined())
	require.Equal(t, "undefined: nothing was measured", zero.String())
	text, err := json.Marshal(zero)
	require.NoError(t, err)
	require.JSONEq(t, `{"undefined":"not_measured"}`, string(text))

	half, err := agreement.TrimmedMean([]float64{0, 1}, 0)
	require.NoError(t, err)
	text, err = json.Marshal(half)
	require.NoError(t, err)
	require.JSONEq(t, `{"value":0.5}`, string(text))
	require.Empty(t, half.Undefined())
	require.Equal(t, "novel", agreement.Reason("novel").English())
	require.Equal(t, "novel", agreement.Reason("novel").Chinese())
}

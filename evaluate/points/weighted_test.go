package points_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
)

// TestWeightedSumIsExactWhereFloatsAreNot: 90 throughout at 0.1, 0.7 and 0.2 is
// 90, which float64 gives as 89.99999999999999.
func TestWeightedSumIsExactWhereFloatsAreNot(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		weights, scores []string
		places          int
		rule            points.Rounding
		total, rounded  string
	}{
		{[]string{"0.3", "0.3", "0.4"}, []string{"90", "90", "90"}, 1, points.HalfUp, "90.0", "90.0"},
		{[]string{"0.1", "0.7", "0.2"}, []string{"90", "90", "90"}, 1, points.HalfUp, "90.0", "90.0"},
		{[]string{"1"}, []string{"2.675"}, 2, points.HalfUp, "2.675", "2.68"},
		{[]string{"1"}, []string{"2.665"}, 2, points.HalfEven, "2.665", "2.66"},
		{[]string{"1"}, []string{"-2.675"}, 2, points.HalfUp, "-2.675", "-2.68"},
		{[]string{"0.123456789"}, []string{"1e2"}, 0, points.Truncate, "12.3456789", "12"},
		{[]string{"0"}, []string{"5"}, 2, points.HalfUp, "0.00", "0.00"},
	} {
		got, err := points.WeightedSum(c.weights, c.scores, c.places, c.rule)
		require.NoError(t, err)
		require.Equal(t, c.total, got.Total)
		require.Equal(t, c.rounded, got.Rounded)
	}
	got, err := points.WeightedSum([]string{"1"}, []string{"89.96"}, 1, points.HalfUp)
	require.NoError(t, err)
	exact, err := got.Reaches("90")
	require.NoError(t, err)
	rounded, err := got.RoundedReaches("90")
	require.NoError(t, err)
	require.Equal(t, []bool{false, true}, []bool{exact, rounded}, "89.96 is below 90; its print, 90.0, is not")
	_, err = got.Reaches("many")
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = points.WeightedTotal{}.Reaches("1")
	require.ErrorIs(t, err, points.ErrUndefined)
}

func TestWeightedSumRefusesWhatIsNoSum(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"", "x", "1/3", "0x10", "1_000", "NaN", "Inf", "1e999", "1.2.3"} {
		_, err := points.WeightedSum([]string{"1"}, []string{bad}, 1, points.HalfUp)
		require.ErrorIs(t, err, points.ErrInvalid, bad)
		require.ErrorContains(t, err, "scores[0]")
	}
	_, err := points.WeightedSum([]string{"1", "2"}, []string{"1"}, 1, points.HalfUp)
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = points.WeightedSum([]string{"1"}, []string{"1"}, 13, points.HalfUp)
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = points.WeightedSum([]string{"1"}, []string{"1"}, 1, "")
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = points.WeightedSum(nil, nil, 1, points.HalfUp)
	require.ErrorIs(t, err, points.ErrUndefined)
}

// TestFloatsDisagreeOnHalfPointTies repeats the measurement that made points
// exact: half-point marks under common weights, two cards with exactly equal
// totals, and float64 often calls them different.
func TestFloatsDisagreeOnHalfPointTies(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(71, 72))
	ws := []string{"0.15", "0.2", "0.2", "0.25", "0.1", "0.1"}
	sums := map[string]map[float64]bool{}
	for range 5_000 {
		scores := make([]string, len(ws))
		binary := 0.0
		for i, w := range ws {
			half := rng.IntN(21)
			scores[i] = strconv.FormatFloat(80+float64(half)/2, 'f', 1, 64)
			f, err := strconv.ParseFloat(w, 64)
			require.NoError(t, err)
			binary += f * (80 + float64(half)/2)
		}
		got, err := points.WeightedSum(ws, scores, 3, points.HalfUp)
		require.NoError(t, err)
		exact, ok := new(big.Rat).SetString(got.Total)
		require.True(t, ok)
		near, _ := exact.Float64()
		require.InDelta(t, near, binary, 1e-9)
		if sums[got.Total] == nil {
			sums[got.Total] = map[float64]bool{}
		}
		sums[got.Total][binary] = true
	}
	split := 0
	for _, values := range sums {
		if len(values) > 1 {
			split++
		}
	}
	require.Greater(t, split, len(sums)/10, "floats split many exact ties")
}

func ExampleWeightedSum() {
	total, _ := points.WeightedSum([]string{"0.3", "0.3", "0.4"}, []string{"90", "90", "90"}, 1, points.HalfUp)
	inBand, _ := total.Reaches("90")
	fmt.Println(total.Total, total.Rounded, inBand)
	// Output: 90.0 90.0 true
}

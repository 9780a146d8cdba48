package evaluate_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
)

func TestRatePrintsByRule(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		count, base   int64
		places        int
		up, even, cut string
	}{
		{7, 19, 2, "36.84", "36.84", "36.84"},
		{7, 19, 4, "36.8421", "36.8421", "36.8421"},
		{1, 8, 0, "13", "12", "12"},
		{1, 800, 2, "0.13", "0.12", "0.12"},
		{46, 115, 1, "40.0", "40.0", "40.0"}, // Dazhu 2020: 46 of 115 answered A, printed 40 %
		{65, 115, 1, "56.5", "56.5", "56.5"}, // and 65 answered B, printed 56.5 %
		{0, 5, 2, "0.00", "0.00", "0.00"},
		{5, 4, 0, "125", "125", "125"},
		{1<<63 - 1, 1, 0, "", "", ""},
	} {
		for rule, want := range map[evaluate.Rounding]string{
			evaluate.HalfUp: c.up, evaluate.HalfEven: c.even, evaluate.Truncate: c.cut,
		} {
			got, err := evaluate.Rate{Count: c.count, Base: c.base}.Percent(c.places, rule)
			if want == "" {
				require.ErrorIs(t, err, evaluate.ErrOverflow)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, want, got, "%d/%d %s", c.count, c.base, rule)
		}
	}
}

func TestRatePercentAgreesWithBigRationals(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range repeated(20_000) {
		base := rng.Int64()>>(2+rng.IntN(60)) + 1
		r := evaluate.Rate{Count: rng.Int64N(base + base/2 + 1), Base: base}
		places := rng.IntN(5)
		for _, rule := range evaluate.Roundings() {
			got, err := r.Percent(places, rule)
			require.NoError(t, err)
			scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places+2)), nil)
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(r.Count), scale), big.NewInt(base))
			require.Equal(t, roundRat(exact, rule).String(), unpoint(got), "%v %d %s printed %s", r, places, rule, got)
		}
	}
}

func unpoint(s string) string {
	s = strings.TrimLeft(strings.ReplaceAll(s, ".", ""), "0")
	if s == "" {
		return "0"
	}
	return s
}

func TestRateWithoutBaseIsUndefinedForAReason(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rate evaluate.Rate
		why  evaluate.Reason
	}{
		{evaluate.Rate{}, evaluate.BaseZero},
		{evaluate.Rate{Count: 3}, evaluate.BaseZero},
		{evaluate.Rate{Count: -1, Base: 3}, evaluate.NegativeRate},
		{evaluate.Rate{Count: 1, Base: -3}, evaluate.NegativeRate},
	} {
		require.Equal(t, c.why, c.rate.Undefined())
		_, err := c.rate.Percent(2, evaluate.HalfUp)
		require.ErrorIs(t, err, evaluate.ErrUndefined)
		var undefined *evaluate.UndefinedError
		require.ErrorAs(t, err, &undefined)
		require.Equal(t, c.why, undefined.Reason)
		_, _, err = c.rate.Wilson(1.96)
		require.ErrorIs(t, err, evaluate.ErrUndefined)
	}
	_, _, err := evaluate.Rate{Count: 3, Base: 2}.Wilson(1.96)
	require.ErrorIs(t, err, evaluate.ErrUndefined)
}

func TestRateRefusesUnstatedRuleAndPlaces(t *testing.T) {
	t.Parallel()
	r := evaluate.Rate{Count: 1, Base: 2}
	for _, places := range []int{-1, 13} {
		_, err := r.Percent(places, evaluate.HalfUp)
		require.ErrorIs(t, err, evaluate.ErrInvalid)
	}
	_, err := r.Percent(2, "")
	require.ErrorIs(t, err, evaluate.ErrInvalid)
	_, err = r.Percent(2, "bankers")
	require.ErrorIs(t, err, evaluate.ErrInvalid)
}

func TestRateKeepsCountAndBaseOnTheWire(t *testing.T) {
	t.Parallel()
	r := evaluate.Rate{Count: 7, Base: 19, Of: "assigned", Rule: "answered"}
	out, err := json.Marshal(r)
	require.NoError(t, err)
	require.JSONEq(t, `{"count":7,"base":19,"of":"assigned","rule":"answered","percent":"36.84"}`, string(out))
	var back evaluate.Rate
	require.NoError(t, json.Unmarshal(out, &back))
	require.Equal(t, r, back)
	out, err = json.Marshal(evaluate.Rate{})
	require.NoError(t, err)
	require.JSONEq(t, `{"count":0,"base":0,"undefined":"base_zero"}`, string(out))
}

func TestRateTellsWhichRulesPrintAFigure(t *testing.T) {
	t.Parallel()
	for printed, want := range map[string][]evaluate.Rounding{
		"13": {evaluate.HalfUp},
		"12": {evaluate.HalfEven, evaluate.Truncate},
		"11": nil, "12.5": evaluate.Roundings(), "12.50": evaluate.Roundings(),
	} {
		got, err := evaluate.Rate{Count: 1, Base: 8}.Reproduces(printed)
		require.NoError(t, err)
		require.Equal(t, want, got, printed)
	}
	for _, bad := range []string{"", "13%", "1.", ".5", "-1", "1e1"} {
		_, err := evaluate.Rate{Count: 1, Base: 8}.Reproduces(bad)
		require.ErrorIs(t, err, evaluate.ErrInvalid, bad)
	}
}

func TestRatesRollUpByCountAndBase(t *testing.T) {
	t.Parallel()
	sum, err := evaluate.Rate{Count: 1, Base: 2, Of: "assigned"}.Add(evaluate.Rate{Count: 1, Base: 3})
	require.NoError(t, err)
	require.Equal(t, evaluate.Rate{Count: 2, Base: 5, Of: "assigned"}, sum)
	_, err = evaluate.Rate{Count: 1, Base: 1<<63 - 1}.Add(evaluate.Rate{Base: 1})
	require.ErrorIs(t, err, evaluate.ErrOverflow)
}

// The 95 % score intervals without continuity correction (method 3) of
// Newcombe, R. G., "Two-sided confidence intervals for the single proportion",
// Statistics in Medicine 17 (1998) 857–872, table I.
func TestWilsonGivesPublishedTables(t *testing.T) {
	t.Parallel()
	z, err := evaluate.Z(0.95)
	require.NoError(t, err)
	require.InDelta(t, 1.959964, z, 1e-6)
	for _, c := range []struct {
		x, n      int64
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718},
	} {
		low, high, err := evaluate.Rate{Count: c.x, Base: c.n}.Wilson(z)
		require.NoError(t, err)
		require.InDelta(t, c.low, low, 5e-5, "%d/%d", c.x, c.n)
		require.InDelta(t, c.high, high, 5e-5, "%d/%d", c.x, c.n)
	}
	// R 4, package binom, binom.confint(method = "wilson"), as recorded in the
	// test results of statsmodels (results_proportion.py).
	for _, c := range []struct {
		x, n      int64
		low, high float64
	}{
		{18, 20, 0.6989663547715128, 0.972133518786232}, {4, 20, 0.0806576625797981, 0.4160174322518935},
		{4, 200, 0.00780442641634947, 0.05028708690582643}, {190, 200, 0.910421851861224, 0.972617354399236},
		{1, 30, 0.00590859, 0.16670391}, {29, 30, 0.8332961, 0.9940914}, {30, 30, 0.8864866, 1},
	} {
		low, high, err := evaluate.Rate{Count: c.x, Base: c.n}.Wilson(z)
		require.NoError(t, err)
		require.InDelta(t, c.low, low, 1e-7, "%d/%d", c.x, c.n)
		require.InDelta(t, c.high, high, 1e-7, "%d/%d", c.x, c.n)
	}
	for _, bad := range []float64{0, 1, -1, 2} {
		_, err := evaluate.Z(bad)
		require.ErrorIs(t, err, evaluate.ErrInvalid)
	}
}

func ExampleRate_Percent() {
	filed := evaluate.Rate{Count: 7, Base: 19, Of: "received"}
	two, _ := filed.Percent(2, evaluate.HalfUp)
	four, _ := filed.Percent(4, evaluate.HalfUp)
	_, err := evaluate.Rate{}.Percent(2, evaluate.HalfUp)
	fmt.Println(two, four)
	fmt.Println(err)
	// Output:
	// 36.84 36.8421
	// evaluate: rate 0/0 is undefined: base_zero
}

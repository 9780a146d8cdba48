package rates_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rates"
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
		{1<<63 - 1, 1, 0, "922337203685477580700", "922337203685477580700", "922337203685477580700"},
	} {
		for rule, want := range map[points.Rounding]string{
			points.HalfUp: c.up, points.HalfEven: c.even, points.Truncate: c.cut,
		} {
			got, err := rates.Rate{Count: c.count, Base: c.base}.Percent(c.places, rule)
			require.NoError(t, err)
			require.Equal(t, want, got, "%d/%d %s", c.count, c.base, rule)
		}
	}
}

func TestRatePercentAgreesWithBigRationals(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range 5_000 {
		base := rng.Int64()>>(2+rng.IntN(60)) + 1
		r := rates.Rate{Count: rng.Int64N(base + base/2 + 1), Base: base}
		places := rng.IntN(5)
		for _, rule := range points.Roundings() {
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
		rate rates.Rate
		why  points.Reason
	}{
		{rates.Rate{}, points.BaseZero},
		{rates.Rate{Count: 3}, points.BaseZero},
		{rates.Rate{Count: -1, Base: 3}, points.Negative},
		{rates.Rate{Count: 1, Base: -3}, points.Negative},
	} {
		require.Equal(t, c.why, c.rate.Undefined())
		_, err := c.rate.Percent(2, points.HalfUp)
		require.ErrorIs(t, err, points.ErrUndefined)
		var undefined *points.UndefinedError
		require.ErrorAs(t, err, &undefined)
		require.Equal(t, c.why, undefined.Reason)
	}
}

func TestRateRefusesUnstatedRuleAndPlaces(t *testing.T) {
	t.Parallel()
	r := rates.Rate{Count: 1, Base: 2}
	for _, places := range []int{-1, 13} {
		_, err := r.Percent(places, points.HalfUp)
		require.ErrorIs(t, err, points.ErrInvalid)
	}
	_, err := r.Percent(2, "")
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = r.Percent(2, "bankers")
	require.ErrorIs(t, err, points.ErrInvalid)
}

func TestRateKeepsCountAndBaseOnTheWire(t *testing.T) {
	t.Parallel()
	r := rates.Rate{Count: 7, Base: 19, Of: "assigned", Rule: "answered"}
	out, err := json.Marshal(r)
	require.NoError(t, err)
	require.JSONEq(t, `{"count":7,"base":19,"of":"assigned","rule":"answered","percent":"36.84"}`, string(out))
	var back rates.Rate
	require.NoError(t, json.Unmarshal(out, &back))
	require.Equal(t, r, back)
	out, err = json.Marshal(rates.Rate{})
	require.NoError(t, err)
	require.JSONEq(t, `{"count":0,"base":0,"undefined":"base_zero"}`, string(out))
}

func TestRateTellsWhichRulesPrintAFigure(t *testing.T) {
	t.Parallel()
	for printed, want := range map[string][]points.Rounding{
		"13": {points.HalfUp},
		"12": {points.HalfEven, points.Truncate},
		"11": nil, "12.5": points.Roundings(), "12.50": points.Roundings(),
	} {
		got, err := rates.Rate{Count: 1, Base: 8}.Reproduces(printed)
		require.NoError(t, err)
		require.Equal(t, want, got, printed)
	}
	for _, same := range []string{"13%", "１３％", " 13 %", "013"} {
		got, err := rates.Rate{Count: 1, Base: 8}.Reproduces(same)
		require.NoError(t, err)
		require.Equal(t, []points.Rounding{points.HalfUp}, got, same)
	}
	for _, bad := range []string{"", "%", "1.", ".5", "-1", "1e1", "13%%", "1.23456", "1 3"} {
		_, err := rates.Rate{Count: 1, Base: 8}.Reproduces(bad)
		require.ErrorIs(t, err, points.ErrInvalid, bad)
	}
}

func TestRatesRollUpByCountAndBase(t *testing.T) {
	t.Parallel()
	sum, err := rates.Rate{Count: 1, Base: 2, Of: "assigned"}.Add(rates.Rate{Count: 1, Base: 3})
	require.NoError(t, err)
	require.Equal(t, rates.Rate{Count: 2, Base: 5, Of: "assigned"}, sum)
	sum, err = rates.Rate{Count: 1, Base: 2}.Add(rates.Rate{Count: 1, Base: 3, Of: "assigned", Rule: "answered"})
	require.NoError(t, err)
	require.Equal(t, rates.Rate{Count: 2, Base: 5, Of: "assigned", Rule: "answered"}, sum)
	_, err = rates.Rate{Count: 526, Base: 527, Of: "returned"}.Add(rates.Rate{Count: 90, Base: 600, Of: "assigned"})
	require.ErrorIs(t, err, points.ErrInvalid, "616/1127 is a rate of nothing")
	_, err = rates.Rate{Count: 6, Base: 10, Rule: "satisfied"}.Add(rates.Rate{Count: 9, Base: 10, Rule: "satisfied_or_basically"})
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = rates.Rate{Count: 1, Base: 1<<63 - 1}.Add(rates.Rate{Base: 1})
	require.ErrorIs(t, err, points.ErrOverflow)
}

func ExampleRate_Percent() {
	filed := rates.Rate{Count: 7, Base: 19, Of: "received"}
	two, _ := filed.Percent(2, points.HalfUp)
	four, _ := filed.Percent(4, points.HalfUp)
	_, err := rates.Rate{}.Percent(2, points.HalfUp)
	fmt.Println(two, four)
	fmt.Println(err)
	// Output:
	// 36.84 36.8421
	// evaluate: rate 0/0 is undefined: base_zero
}

// roundRat is the second, slow implementation of the rounding rules.
func roundRat(x *big.Rat, rule points.Rounding) *big.Int {
	abs := new(big.Rat).Abs(x)
	q, rem := new(big.Int).QuoRem(abs.Num(), abs.Denom(), new(big.Int))
	twice := new(big.Int).Lsh(rem, 1).Cmp(abs.Denom())
	if rule != points.Truncate && (twice > 0 || twice == 0 && (rule == points.HalfUp || q.Bit(0) == 1)) {
		q.Add(q, big.NewInt(1))
	}
	if x.Sign() < 0 {
		q.Neg(q)
	}
	return q
}

func ExampleRate_Reproduces() {
	filed := rates.Rate{Count: 1, Base: 8, Of: "received"}
	for _, printed := range []string{"13", "12", "14"} {
		rules, _ := filed.Reproduces(printed)
		fmt.Println(printed, rules)
	}
	// Output:
	// 13 [half_up]
	// 12 [half_even truncate]
	// 14 []
}

package points_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate/points"
)

func pts(t testing.TB, s string) points.Points {
	t.Helper()
	p, err := points.Parse(s)
	require.NoError(t, err, s)
	return p
}

func TestPointsReadAndPrintExactly(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "+7": "7", "90": "90", "90.0": "90", "3.125": "3.125",
		"0.0001": "0.0001", "-0.2": "-0.2", "007.50": "7.5", "103.48": "103.48",
		"1.00000000": "1", "922337203685477.5807": "922337203685477.5807",
		"-922337203685477.5807": "-922337203685477.5807",
	} {
		require.Equal(t, want, pts(t, in).String(), in)
	}
}

func TestPointsRefuseWhatIsNotAnExactDecimal(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", "-", ".", ".5", "5.", "1e3", " 1", "1,5", "0x1", "1_0", "NaN", "--1", "1.23456", "九十"} {
		_, err := points.Parse(in)
		require.ErrorIs(t, err, points.ErrInvalid, "%q", in)
	}
	for _, in := range []string{"922337203685477.5808", "-922337203685477.5808", "99999999999999999999999"} {
		_, err := points.Parse(in)
		require.ErrorIs(t, err, points.ErrOverflow, in)
	}
}

func TestPointsRoundOnceByTheNamedRule(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in, up, even, cut string
		places            int
	}{
		{"89.95", "90.0", "90.0", "89.9", 1},
		{"89.85", "89.9", "89.8", "89.8", 1},
		{"2.5", "3", "2", "2", 0},
		{"3.5", "4", "4", "3", 0},
		{"-2.5", "-3", "-2", "-2", 0},
		{"-0.4", "0", "0", "0", 0},
		{"74.9999", "75.00", "75.00", "74.99", 2},
		{"1.5", "1.500000", "1.500000", "1.500000", 6},
	} {
		for rule, want := range map[points.Rounding]string{
			points.HalfUp: c.up, points.HalfEven: c.even, points.Truncate: c.cut,
		} {
			got, err := pts(t, c.in).Format(c.places, rule)
			require.NoError(t, err)
			require.Equal(t, want, got, "%s to %d by %s", c.in, c.places, rule)
		}
	}
	_, err := points.Points(1).Format(1, "")
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = points.Points(1).Round(5, points.HalfUp)
	require.ErrorIs(t, err, points.ErrInvalid)
	_, err = points.Max.Round(0, points.HalfUp)
	require.ErrorIs(t, err, points.ErrOverflow)
}

// TestPointsAgreeWithBigRationals holds every operation against math/big.
func TestPointsAgreeWithBigRationals(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	limit := big.NewInt(int64(points.Max))
	for range 5_000 {
		p, q := randomPoints(rng), randomPoints(rng)
		check := func(op string, got points.Points, err error, want *big.Int) {
			if new(big.Int).Abs(want).Cmp(limit) > 0 {
				require.ErrorIs(t, err, points.ErrOverflow, "%s %s %s", p, op, q)
				return
			}
			require.NoError(t, err)
			require.Equal(t, want.String(), fmt.Sprint(int64(got)), "%s %s %s", p, op, q)
		}
		bp, bq := big.NewInt(int64(p)), big.NewInt(int64(q))
		got, err := p.Add(q)
		check("+", got, err, new(big.Int).Add(bp, bq))
		got, err = p.Sub(q)
		check("-", got, err, new(big.Int).Sub(bp, bq))
		r := points.Ratio{Num: int64(randomPoints(rng)), Den: int64(randomPoints(rng))}
		if r.Den == 0 {
			continue
		}
		exact := new(big.Rat).SetFrac(new(big.Int).Mul(bp, big.NewInt(r.Num)), big.NewInt(r.Den))
		for _, rule := range points.Roundings() {
			got, err = p.Mul(r, rule)
			check("× "+r.String(), got, err, roundRat(exact, rule))
		}
	}
}

func randomPoints(rng *rand.Rand) points.Points {
	p := points.Points(rng.Int64() >> rng.IntN(63))
	if rng.IntN(2) == 0 {
		return -p
	}
	return p
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

func TestPointsTravelAsJSONText(t *testing.T) {
	t.Parallel()
	var v struct{ A, B points.Points }
	require.NoError(t, json.Unmarshal([]byte(`{"A":"2.50","B":0.1}`), &v))
	out, err := json.Marshal(v)
	require.NoError(t, err)
	require.JSONEq(t, `{"A":"2.5","B":"0.1"}`, string(out))
	for _, bad := range []string{`{"A":null}`, `{"A":1e2}`, `{"A":true}`, `{"A":"x"}`, `{"A":0.00001}`} {
		require.Error(t, json.Unmarshal([]byte(bad), &v), bad)
	}
}

// TestHalfPointTiesStayTies is the reason points are not floats: in binary,
// 0.1+0.2 and 0.3 differ.
func TestHalfPointTiesStayTies(t *testing.T) {
	t.Parallel()
	sum, err := points.Sum(pts(t, "0.1"), pts(t, "0.2"))
	require.NoError(t, err)
	require.Equal(t, pts(t, "0.3"), sum)
	_, err = points.Sum(points.Max, 1)
	require.ErrorIs(t, err, points.ErrOverflow)
	_, err = points.Whole(1 << 60)
	require.ErrorIs(t, err, points.ErrOverflow)
}

func FuzzParsePoints(f *testing.F) {
	for _, s := range []string{"0", "-0.2", "3.125", "1e5", "922337203685477.5807", "1.00001"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := points.Parse(s)
		if err != nil {
			return
		}
		want, ok := new(big.Rat).SetString(s)
		require.True(t, ok, "accepted %q", s)
		require.Zero(t, want.Cmp(big.NewRat(int64(p), int64(points.One))), "%q read as %s", s, p)
		again, err := points.Parse(p.String())
		require.NoError(t, err)
		require.Equal(t, p, again)
	})
}

func ExamplePoints_Mul() {
	full, _ := points.Parse("25")
	first, _ := full.Mul(points.Ratio{Num: 1, Den: 2}, points.HalfUp)
	each, _ := first.Mul(points.Ratio{Num: 1, Den: 4}, points.HalfUp)
	fmt.Println(first, each)
	// Output: 12.5 3.125
}

// Points are keys of a JSON object, and come back as they were; what is no number is
// refused and changes nothing.
func TestPointsAreKeysOfJSON(t *testing.T) {
	t.Parallel()
	kept := map[points.Points]string{12 * points.One: "甲", points.One / 2: "乙"}
	data, err := json.Marshal(kept)
	require.NoError(t, err)
	var back map[points.Points]string
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, kept, back)
	p := points.One
	require.Error(t, p.UnmarshalText([]byte("many")))
	require.Equal(t, points.One, p)
}

package points

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExactAgreesWithBigRationals walks random chains of operations and holds
// the 64-bit form, and its passage to big numbers, against math/big.
func TestExactAgreesWithBigRationals(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 8))
	draw := func() int64 {
		v := rng.Int64() >> rng.IntN(63)
		if rng.IntN(2) == 0 {
			return -v
		}
		return v
	}
	for range 1500 {
		x, slow := Exact{}, new(big.Rat)
		for range 1 + rng.IntN(8) {
			a, num, den := draw(), draw(), max(1, rng.Int64()>>rng.IntN(63))
			if rng.IntN(3) > 0 { // the size sheets have
				a, num, den = a%1_000_000, num%101, den%97+1
			}
			y := Points(a).Scaled(num, den)
			slowY := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a), big.NewInt(num)), big.NewInt(den))
			require.Zero(t, y.rat().Cmp(slowY))
			require.Equal(t, slow.Cmp(slowY), x.Cmp(y))
			if rng.IntN(2) == 0 {
				y, slowY = y.Neg(), slowY.Neg(slowY)
			}
			x, slow = x.Add(y), slow.Add(slow, slowY)
			if rng.IntN(4) == 0 {
				x, slow = x.Scale(num, den), slow.Mul(slow, big.NewRat(num, den))
			}
			require.Zero(t, x.rat().Cmp(slow))
		}
		for places := range Places + 1 {
			for _, rule := range Roundings() {
				got, err := x.Round(places, rule)
				want := slowRound(slow, pow10(Places-places), rule)
				if !want.IsInt64() || want.Int64() == math.MinInt64 {
					require.ErrorIs(t, err, ErrOverflow)
					continue
				}
				require.NoError(t, err)
				require.Equal(t, want.Int64(), int64(got), "%s to %d by %s", slow, places, rule)
			}
		}
	}
}

// slowRound rounds by the school rule: add a half and drop the fraction.
func slowRound(x *big.Rat, unit uint64, rule Rounding) *big.Int {
	r := new(big.Rat).Quo(x, new(big.Rat).SetUint64(unit))
	r.Abs(r)
	if rule != Truncate {
		r.Add(r, big.NewRat(1, 2))
	}
	n := new(big.Int).Div(r.Num(), r.Denom())
	if rule == HalfEven && r.IsInt() && n.Bit(0) == 1 {
		n.Sub(n, big.NewInt(1))
	}
	n.Mul(n, new(big.Int).SetUint64(unit))
	if x.Sign() < 0 {
		n.Neg(n)
	}
	return n
}

// TestFloorAndCeilAreTheNearestWholePoints holds them against their meaning, on
// both forms of an Exact.
func TestFloorAndCeilAreTheNearestWholePoints(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 10))
	one := One.Exact()
	for range 5000 {
		up, down := rng.Int64()>>rng.IntN(63), rng.Int64()>>rng.IntN(63)
		x := Points(up-down).Scaled(rng.Int64N(200)-100, 1+rng.Int64N(97))
		if rng.IntN(4) == 0 {
			x = x.Scale(1<<40, 7)
		}
		floor, ceil := x.Floor(), x.Ceil()
		require.LessOrEqual(t, floor.Cmp(x), 0)
		require.Positive(t, floor.Add(one).Cmp(x))
		require.GreaterOrEqual(t, ceil.Cmp(x), 0)
		require.Negative(t, ceil.Add(one.Neg()).Cmp(x))
		for _, whole := range []Exact{floor, ceil} {
			require.True(t, new(big.Rat).Quo(whole.rat(), big.NewRat(int64(One), 1)).IsInt())
		}
	}
}

// TestADivisionByZeroIsToldByRound: nothing panics on the way, and no number
// comes out.
func TestADivisionByZeroIsToldByRound(t *testing.T) {
	t.Parallel()
	for _, x := range []Exact{
		One.Scaled(1, 0), One.Exact().Scale(1, 0), One.Scaled(1, 0).Add(One.Exact()), One.Exact().Add(One.Scaled(1, 0)).Neg(),
		One.Scaled(1, 0).Scale(1, 2), One.Scaled(1, 0).Floor(), One.Scaled(1, 0).Ceil(),
	} {
		_, err := x.Round(1, HalfUp)
		require.ErrorIs(t, err, ErrUndefined)
		require.False(t, x.IsZero())
	}
	p, err := Points(7).Scaled(2, -4).Round(Places, HalfUp)
	require.NoError(t, err)
	require.Equal(t, Points(-4), p, "a divisor below 0 turns the sign")
	_, err = One.Exact().Round(1, "")
	require.ErrorIs(t, err, ErrInvalid)
	_, err = One.Exact().Round(5, HalfUp)
	require.ErrorIs(t, err, ErrInvalid)
}

func TestRatios(t *testing.T) {
	t.Parallel()
	require.Equal(t, Ratio{Num: -1, Den: 3}, Ratio{Num: 20, Den: -60}.Reduced())
	require.Equal(t, Ratio{Num: 0, Den: 1}, Ratio{Num: 0, Den: 5}.Reduced())
	require.Equal(t, Ratio{Num: 3}, Ratio{Num: 3}.Reduced())
	seats, err := Ratio{Num: 1, Den: 5}.Of(12, Truncate)
	require.NoError(t, err)
	require.Equal(t, int64(2), seats)
	require.Equal(t, []Points{3, 0}, []Points{Points(-3).Abs(), Points(0).Abs()})
}

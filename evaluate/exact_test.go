package evaluate

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
		x, slow := exact{}, new(big.Rat)
		for range 1 + rng.IntN(8) {
			a, num, den := draw(), draw(), max(1, rng.Int64()>>rng.IntN(63))
			if rng.IntN(3) > 0 { // the size sheets have
				a, num, den = a%1_000_000, num%101, den%97+1
			}
			y := exactMul(a, num, den)
			slowY := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a), big.NewInt(num)), big.NewInt(den))
			require.Zero(t, y.rat().Cmp(slowY))
			require.Equal(t, slow.Cmp(slowY), x.cmp(y))
			if rng.IntN(2) == 0 {
				y, slowY = y.neg(), slowY.Neg(slowY)
			}
			x, slow = x.add(y), slow.Add(slow, slowY)
			if rng.IntN(4) == 0 {
				x, slow = x.scale(num, den), slow.Mul(slow, big.NewRat(num, den))
			}
			require.Zero(t, x.rat().Cmp(slow))
		}
		for places := range PointPlaces + 1 {
			for _, rule := range Roundings() {
				got, err := x.round(places, rule)
				want := slowRound(slow, pow10(PointPlaces-places), rule)
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

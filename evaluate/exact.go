package evaluate

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
)

// exact is a rational number of ten-thousandths, the form in which a score
// lives between its marks and the one step that rounds it. It is
// whole + num/den with 0 ≤ num < den (den 0: no fraction) as long as that fits
// 64 bits, and a big.Rat after that. Values are immutable.
type exact struct {
	whole    int64
	num, den uint64
	big      *big.Rat
}

func exactOf(p Points) exact { return exact{whole: int64(p)} }

// exactMul gives a·num/den; den is positive.
func exactMul(a, num, den int64) exact {
	hi, lo := bits.Mul64(Points(a).abs(), Points(num).abs())
	d := uint64(den) //nolint:gosec // positive by contract
	if hi < d {
		q, rem := bits.Div64(hi, lo, d)
		if q < math.MaxInt64 {
			return fraction(int64(q), rem, d, (a < 0) != (num < 0))
		}
	}
	r := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a), big.NewInt(num)), big.NewInt(den))
	return exact{big: r}
}

func fraction(whole int64, rem, den uint64, neg bool) exact {
	if neg {
		whole = -whole
		if rem > 0 {
			whole, rem = whole-1, den-rem
		}
	}
	return exact{whole: whole}.withFraction(rem, den)
}

func (x exact) withFraction(num, den uint64) exact {
	if num == 0 {
		x.num, x.den = 0, 0
		return x
	}
	g := gcd(num, den)
	x.num, x.den = num/g, den/g
	return x
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func (x exact) rat() *big.Rat {
	if x.big != nil {
		return x.big
	}
	r := new(big.Rat).SetInt64(x.whole)
	if x.den != 0 {
		f := new(big.Rat).SetFrac(new(big.Int).SetUint64(x.num), new(big.Int).SetUint64(x.den))
		r.Add(r, f)
	}
	return r
}

func (x exact) add(y exact) exact {
	if sum, ok := x.addSmall(y); ok {
		return sum
	}
	return exact{big: new(big.Rat).Add(x.rat(), y.rat())}
}

func (x exact) addSmall(y exact) (exact, bool) {
	whole := x.whole + y.whole
	if x.big != nil || y.big != nil ||
		(y.whole > 0 && whole < x.whole) || (y.whole < 0 && whole > x.whole) || whole == math.MaxInt64 {
		return exact{}, false
	}
	sum := exact{whole: whole}
	switch {
	case y.den == 0:
		sum.num, sum.den = x.num, x.den
		return sum, true
	case x.den == 0:
		sum.num, sum.den = y.num, y.den
		return sum, true
	}
	den, num := x.den, x.num+y.num
	if x.den != y.den {
		g := gcd(x.den, y.den)
		hi, lcm := bits.Mul64(x.den/g, y.den)
		if hi != 0 || lcm > 1<<62 {
			return exact{}, false
		}
		den, num = lcm, x.num*(lcm/x.den)+y.num*(lcm/y.den)
	} else if den > 1<<62 {
		return exact{}, false
	}
	if num >= den {
		num -= den
		sum.whole++
	}
	return sum.withFraction(num, den), true
}

func (x exact) neg() exact {
	if x.big != nil || x.whole == math.MinInt64 {
		return exact{big: new(big.Rat).Neg(x.rat())}
	}
	if x.num == 0 {
		return exact{whole: -x.whole}
	}
	return exact{whole: -x.whole - 1, num: x.den - x.num, den: x.den}
}

// scale gives x·num/den; den is positive.
func (x exact) scale(num, den int64) exact {
	if x.big == nil && x.num == 0 {
		return exactMul(x.whole, num, den)
	}
	return exact{big: new(big.Rat).Mul(x.rat(), big.NewRat(num, den))}
}

func (x exact) cmp(y exact) int {
	if x.big != nil || y.big != nil {
		return x.rat().Cmp(y.rat())
	}
	if x.whole != y.whole {
		if x.whole < y.whole {
			return -1
		}
		return 1
	}
	// A missing fraction is 0/1.
	ah, al := bits.Mul64(x.num, max(y.den, 1))
	bh, bl := bits.Mul64(y.num, max(x.den, 1))
	switch {
	case ah < bh || ah == bh && al < bl:
		return -1
	case ah == bh && al == bl:
		return 0
	}
	return 1
}

func (x exact) isZero() bool { return x.big == nil && x.whole == 0 && x.num == 0 }

// round brings x to places decimals (0 to 4) by a valid rule: the only way out
// of exact arithmetic.
func (x exact) round(places int, rule Rounding) (Points, error) {
	if x.big == nil && x.num == 0 && places == PointPlaces {
		return Points(x.whole), nil
	}
	unit := pow10(PointPlaces - places)
	if x.big == nil && x.whole > math.MinInt64/2 && x.whole < math.MaxInt64/2 {
		return x.roundSmall(unit, rule), nil
	}
	r := new(big.Rat).Quo(x.rat(), new(big.Rat).SetUint64(unit))
	neg := r.Sign() < 0
	r.Abs(r)
	q := roundAbs(r, rule)
	q.Mul(q, new(big.Int).SetUint64(unit))
	if q.Cmp(big.NewInt(int64(MaxPoints))) > 0 {
		return 0, fmt.Errorf("%w: a score of about %s points", ErrOverflow, x.rat().FloatString(0))
	}
	return signed(q.Uint64(), neg), nil
}

// roundSmall rounds whole + num/den to a multiple of unit.
func (x exact) roundSmall(unit uint64, rule Rounding) Points {
	neg := x.whole < 0
	if neg {
		x = x.neg()
	}
	whole := uint64(x.whole) //nolint:gosec // not negative here
	q, rem := whole/unit, whole%unit
	// Compare rem + num/den with unit/2 in two steps, so that nothing overflows.
	up := false
	if rule != Truncate {
		switch twice := 2 * rem; {
		case twice > unit:
			up = true
		case twice == unit:
			up = x.num > 0 || rule == HalfUp || q&1 == 1
		case twice+1 >= unit && x.num > 0:
			// Only when unit is odd, that is 1: the fraction decides alone.
			rest := x.den - x.num
			up = x.num > rest || x.num == rest && (rule == HalfUp || q&1 == 1)
		}
	}
	if up {
		q++
	}
	return signed(q*unit, neg)
}

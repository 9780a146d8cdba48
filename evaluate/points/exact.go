package points

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
)

// Exact is a rational number of ten-thousandths, the form in which a score
// lives between its marks and the one step that rounds it. It is
// whole + num/den with 0 ≤ num < den (den 0: no fraction) as long as that fits
// 64 bits, and a big.Rat after that. Values are immutable; the zero value is 0.
//
// A division by 0 makes it undefined, and with it whatever is computed from it:
// Round then says so.
type Exact struct {
	whole    int64
	num, den uint64
	big      *big.Rat
	baseless bool // somewhere it was divided by 0
}

// Exact gives p as a number that nothing rounds before Round.
func (p Points) Exact() Exact { return Exact{whole: int64(p)} }

// Scaled gives p·num/den exactly.
func (p Points) Scaled(num, den int64) Exact {
	switch {
	case den == 0:
		return Exact{baseless: true}
	case den < 0:
		return p.Exact().Scale(num, den)
	}
	hi, lo := bits.Mul64(p.abs(), Points(num).abs())
	d := uint64(den)
	if hi < d {
		q, rem := bits.Div64(hi, lo, d)
		if q < math.MaxInt64 {
			return fraction(int64(q), rem, d, (p < 0) != (num < 0))
		}
	}
	r := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(int64(p)), big.NewInt(num)), big.NewInt(den))
	return Exact{big: r}
}

func fraction(whole int64, rem, den uint64, neg bool) Exact {
	if neg {
		whole = -whole
		if rem > 0 {
			whole, rem = whole-1, den-rem
		}
	}
	return Exact{whole: whole}.withFraction(rem, den)
}

func (x Exact) withFraction(num, den uint64) Exact {
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

func (x Exact) rat() *big.Rat {
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

// Add gives x+y.
func (x Exact) Add(y Exact) Exact {
	if x.baseless || y.baseless {
		return Exact{baseless: true}
	}
	if sum, ok := x.addSmall(y); ok {
		return sum
	}
	return Exact{big: new(big.Rat).Add(x.rat(), y.rat())}
}

func (x Exact) addSmall(y Exact) (Exact, bool) {
	whole := x.whole + y.whole
	if x.big != nil || y.big != nil ||
		(y.whole > 0 && whole < x.whole) || (y.whole < 0 && whole > x.whole) || whole == math.MaxInt64 {
		return Exact{}, false
	}
	sum := Exact{whole: whole}
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
			return Exact{}, false
		}
		den, num = lcm, x.num*(lcm/x.den)+y.num*(lcm/y.den)
	} else if den > 1<<62 {
		return Exact{}, false
	}
	if num >= den {
		num -= den
		sum.whole++
	}
	return sum.withFraction(num, den), true
}

// Neg gives -x.
func (x Exact) Neg() Exact {
	if x.baseless {
		return x
	}
	if x.big != nil || x.whole == math.MinInt64 {
		return Exact{big: new(big.Rat).Neg(x.rat())}
	}
	if x.num == 0 {
		return Exact{whole: -x.whole}
	}
	return Exact{whole: -x.whole - 1, num: x.den - x.num, den: x.den}
}

// Scale gives x·num/den.
func (x Exact) Scale(num, den int64) Exact {
	switch {
	case x.baseless || den == 0:
		return Exact{baseless: true}
	case den > 0 && x.big == nil && x.num == 0:
		return Points(x.whole).Scaled(num, den)
	}
	return Exact{big: new(big.Rat).Mul(x.rat(), big.NewRat(num, den))}
}

// Cmp is -1 when x is less than y, 0 when they are equal, and 1 when it is more.
// What is undefined counts as 0.
func (x Exact) Cmp(y Exact) int {
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

// IsZero reports whether x is 0; what is undefined is not.
func (x Exact) IsZero() bool { return !x.baseless && x.Cmp(Exact{}) == 0 }

// Floor gives the largest number of whole points that is not above x.
func (x Exact) Floor() Exact {
	switch {
	case x.baseless:
		return x
	case x.big == nil:
		rest := x.whole % int64(One)
		if rest < 0 {
			rest += int64(One)
		}
		if x.whole >= math.MinInt64+rest {
			return Exact{whole: x.whole - rest}
		}
	}
	units := new(big.Rat).Quo(x.rat(), big.NewRat(int64(One), 1))
	floor := new(big.Int).Div(units.Num(), units.Denom()) // Euclidean: towards -∞ for a positive divisor
	return Exact{big: new(big.Rat).SetInt(floor.Mul(floor, big.NewInt(int64(One))))}
}

// Ceil gives the least number of whole points that is not below x.
func (x Exact) Ceil() Exact { return x.Neg().Floor().Neg() }

// Round brings x to places decimals (0 to 4) by rule: the only way out of exact
// arithmetic. It is an *UndefinedError when something was divided by 0.
func (x Exact) Round(places int, rule Rounding) (Points, error) {
	if err := rule.check(); err != nil {
		return 0, err
	}
	if places < 0 || places > Places {
		return 0, fmt.Errorf("%w: %d places; points have 0 to %d", ErrInvalid, places, Places)
	}
	if x.baseless {
		return 0, &UndefinedError{What: "a quotient", Reason: BaseZero}
	}
	if x.big == nil && x.num == 0 && places == Places {
		return Points(x.whole), nil
	}
	unit := pow10(Places - places)
	if x.big == nil && x.whole > math.MinInt64/2 && x.whole < math.MaxInt64/2 {
		return x.roundSmall(unit, rule), nil
	}
	r := new(big.Rat).Quo(x.rat(), new(big.Rat).SetUint64(unit))
	neg := r.Sign() < 0
	r.Abs(r)
	q := roundAbs(r, rule)
	q.Mul(q, new(big.Int).SetUint64(unit))
	if q.Cmp(big.NewInt(int64(Max))) > 0 {
		return 0, fmt.Errorf("%w: a score of about %s points", ErrOverflow, x.rat().FloatString(0))
	}
	return signed(q.Uint64(), neg), nil
}

// roundSmall rounds whole + num/den to a multiple of unit.
func (x Exact) roundSmall(unit uint64, rule Rounding) Points {
	neg := x.whole < 0
	if neg {
		x = x.Neg()
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

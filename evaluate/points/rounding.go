package points

import (
	"fmt"
	"math/bits"
)

// Rounding names how a number is brought to fewer places. It is part of a
// sheet's or a report's definition and is applied once, at the step that names
// it. The zero value is refused: a figure without a stated rule cannot be
// checked.
type Rounding string

// The rounding rules found in published sheets and reports. All of them treat
// a negative number as the mirror of the positive one.
const (
	// HalfUp rounds a half away from zero (四舍五入).
	HalfUp Rounding = "half_up"
	// HalfEven rounds a half to the even neighbour (四舍六入五成双, GB/T 8170).
	HalfEven Rounding = "half_even"
	// Truncate drops what does not fit, towards zero (去尾).
	Truncate Rounding = "truncate"
)

// Roundings lists the rules in the order reports use them most.
func Roundings() []Rounding { return []Rounding{HalfUp, HalfEven, Truncate} }

// Valid reports whether r is one of the named rules.
func (r Rounding) Valid() bool { return r == HalfUp || r == HalfEven || r == Truncate }

func (r Rounding) check() error {
	if !r.Valid() {
		return fmt.Errorf("%w: rounding rule %q is not half_up, half_even or truncate", ErrInvalid, string(r))
	}
	return nil
}

// up reports whether quotient q with remainder rem of divisor den is rounded
// to q+1. The caller guarantees rem < den and a valid rule.
func (r Rounding) up(q, rem, den uint64) bool {
	if r == Truncate || rem == 0 {
		return false
	}
	rest := den - rem
	if rem != rest {
		return rem > rest
	}
	return r == HalfUp || q&1 == 1
}

// mulDiv gives a*b/den rounded by rule, computed in 128 bits. den must not be
// zero; ok is false when the result does not fit.
func mulDiv(a, b, den uint64, rule Rounding) (q uint64, ok bool) {
	hi, lo := bits.Mul64(a, b)
	if hi >= den {
		return 0, false
	}
	q, rem := bits.Div64(hi, lo, den)
	if rule.up(q, rem, den) {
		q++
		if q == 0 {
			return 0, false
		}
	}
	return q, true
}

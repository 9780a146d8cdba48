package points

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/tian-go/tian/evaluate/internal/quote"
)

// WeightedTotal (加权总分) is an exact weighted sum of decimals and the one
// rounding of it.
type WeightedTotal struct {
	// Total is the exact sum, with at least as many decimals as Rounded.
	Total string `json:"total"`
	// Rounded is the sum rounded once.
	Rounded string `json:"rounded"`

	exact, rounded *big.Rat
}

// WeightedSum gives Σ weight·score exactly and its rounding to places decimals
// (0 to 12) by rule. Weights and scores are decimals as written: "0.15", "87.5",
// "1e-3"; they need not fit Points. Weights are used as they are, not brought to
// a sum of 1.
func WeightedSum(weights, scores []string, places int, rule Rounding) (WeightedTotal, error) {
	if err := rule.check(); err != nil {
		return WeightedTotal{}, err
	}
	if places < 0 || places > maxPlaces {
		return WeightedTotal{}, fmt.Errorf("%w: %d places; 0 to %d are possible", ErrInvalid, places, maxPlaces)
	}
	if len(weights) != len(scores) {
		return WeightedTotal{}, fmt.Errorf("%w: %d weights for %d scores", ErrInvalid, len(weights), len(scores))
	}
	if len(scores) == 0 {
		return WeightedTotal{}, &UndefinedError{What: "weighted sum", Reason: NoValues}
	}
	sum := new(big.Rat)
	for i := range scores {
		w, err := decimal(weights[i])
		if err != nil {
			return WeightedTotal{}, fmt.Errorf("weights[%d]: %w", i, err)
		}
		s, err := decimal(scores[i])
		if err != nil {
			return WeightedTotal{}, fmt.Errorf("scores[%d]: %w", i, err)
		}
		sum.Add(sum, w.Mul(w, s))
	}
	t := WeightedTotal{exact: sum, rounded: roundRational(sum, places, rule)}
	digits, _ := sum.FloatPrec() // exact: sums and products of decimals are decimals
	t.Total, t.Rounded = sum.FloatString(max(digits, places)), t.rounded.FloatString(places)
	return t, nil
}

// Reaches reports whether the exact total is at least bound.
func (t WeightedTotal) Reaches(bound string) (bool, error) { return reaches(t.exact, bound) }

// RoundedReaches reports whether the rounded total is at least bound: what a
// body that bands its printed totals asks.
func (t WeightedTotal) RoundedReaches(bound string) (bool, error) { return reaches(t.rounded, bound) }

func reaches(total *big.Rat, bound string) (bool, error) {
	if total == nil {
		return false, &UndefinedError{What: "weighted sum", Reason: NoValues}
	}
	b, err := decimal(bound)
	if err != nil {
		return false, err
	}
	return total.Cmp(b) >= 0, nil
}

// decimal reads a decimal number, with an exponent of at most two digits.
func decimal(s string) (*big.Rat, error) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(s), "e")
	exponent = strings.TrimLeft(exponent, "+-")
	if len(mantissa) > 60 || len(exponent) > 2 || strings.Trim(mantissa, "+-.0123456789") != "" {
		return nil, fmt.Errorf("%w: %s is not a decimal number", ErrInvalid, quote.Short(s))
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, fmt.Errorf("%w: %s is not a decimal number", ErrInvalid, quote.Short(s))
	}
	return r, nil
}

// roundRational rounds x to places decimals.
func roundRational(x *big.Rat, places int, rule Rounding) *big.Rat {
	unit := new(big.Rat).SetUint64(pow10(places))
	scaled := new(big.Rat).Mul(x, unit)
	neg := scaled.Sign() < 0
	scaled.Abs(scaled)
	q := roundAbs(scaled, rule)
	if neg {
		q.Neg(q)
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(q), unit)
}

// roundAbs rounds x ≥ 0 to a whole number.
func roundAbs(x *big.Rat, rule Rounding) *big.Int {
	q, rem := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	half := new(big.Int).Lsh(rem, 1).Cmp(x.Denom())
	if rule != Truncate && (half > 0 || half == 0 && (rule == HalfUp || q.Bit(0) == 1)) {
		q.Add(q, big.NewInt(1))
	}
	return q
}

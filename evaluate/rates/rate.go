package rates

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
)

// maxPlaces bounds the decimals a figure may be printed with.
const maxPlaces = 12

// Rate (率) is a share that keeps its count and its base: the filing rate
// 36/40, not 90 %. Reports differ in what they divide by (returned, assigned,
// handled, before or after merging), so the base has a name beside its number.
// The zero value is a rate over nothing: undefined.
type Rate struct {
	Count int64
	Base  int64
	// Of names the base in the report's own words ("assigned", "returned
	// forms"); it is carried, never computed with.
	Of string
	// Rule names the formula the count comes from ("satisfied_or_basically",
	// "adopted_or_planned"); carried, like Of.
	Rule string
}

// Undefined gives the reason the rate has no value, or "" when it has one:
// points.BaseZero for base 0, Negative for a count or base below 0. A count above
// the base is a value above 100 %.
func (r Rate) Undefined() points.Reason {
	switch {
	case r.Count < 0 || r.Base < 0:
		return points.Negative
	case r.Base == 0:
		return points.BaseZero
	}
	return ""
}

// Ratio gives the exact fraction Count/Base.
func (r Rate) Ratio() points.Ratio { return points.Ratio{Num: r.Count, Den: r.Base} }

func (r Rate) defined() error {
	if why := r.Undefined(); why != "" {
		return &points.UndefinedError{What: "rate " + r.Ratio().String(), Reason: why}
	}
	return nil
}

// Percent prints the rate as a percentage with exactly places decimals (0 to
// 12), rounded once by rule, exactly whatever the size: 7/19 to two places is
// "36.84", to four "36.8421". There is no percent sign. An undefined rate gives
// an *UndefinedError.
func (r Rate) Percent(places int, rule points.Rounding) (string, error) {
	if places < 0 || places > maxPlaces {
		return "", fmt.Errorf("%w: %d places; 0 to %d are possible", points.ErrInvalid, places, maxPlaces)
	}
	if !rule.Valid() {
		return "", fmt.Errorf("%w: rounding rule %q is not half_up, half_even or truncate", points.ErrInvalid, string(rule))
	}
	if err := r.defined(); err != nil {
		return "", err
	}
	return percent(big.NewInt(r.Count), big.NewInt(r.Base), places, rule), nil
}

// percent prints 100·count/base with places decimals, rounded once by a valid
// rule; base is above 0 and count not below.
func percent(count, base *big.Int, places int, rule points.Rounding) string {
	scaled := new(big.Int).Mul(count, big.NewInt(100*pow10(places)))
	q, rest := scaled.QuoRem(scaled, base, new(big.Int))
	half := rest.Lsh(rest, 1).Cmp(base)
	if rule != points.Truncate && (half > 0 || half == 0 && (rule == points.HalfUp || q.Bit(0) == 1)) {
		q.Add(q, big.NewInt(1))
	}
	return fixed(q.String(), places)
}

// pow10 gives 10^n for 0 ≤ n ≤ maxPlaces+2.
func pow10(n int) int64 {
	v := int64(1)
	for range n {
		v *= 10
	}
	return v
}

// fixed prints a whole number, given by its digits, with its last places digits
// after the point.
func fixed(digits string, places int) string {
	if places == 0 {
		return digits
	}
	if len(digits) <= places {
		digits = strings.Repeat("0", places+1-len(digits)) + digits
	}
	return digits[:len(digits)-places] + "." + digits[len(digits)-places:]
}

// Points gives full·Count/Base rounded to four places by rule.
func (r Rate) Points(full points.Points, rule points.Rounding) (points.Points, error) {
	if err := r.defined(); err != nil {
		return 0, err
	}
	return full.Mul(r.Ratio(), rule)
}

// Add merges two rates of the same rule over disjoint bases, as a roll-up of
// units does: counts and bases add, percentages do not. Rates whose bases or
// rules have different names do not add up, which is points.ErrInvalid; an empty
// name takes that of the other.
func (r Rate) Add(s Rate) (Rate, error) {
	if r.Of != s.Of && r.Of != "" && s.Of != "" {
		return Rate{}, fmt.Errorf("%w: rates over different bases do not add up: %s of %s and %s of %s",
			points.ErrInvalid, r.Ratio(), quote.Short(r.Of), s.Ratio(), quote.Short(s.Of))
	}
	if r.Rule != s.Rule && r.Rule != "" && s.Rule != "" {
		return Rate{}, fmt.Errorf("%w: rates of different rules do not add up: %s by %s and %s by %s",
			points.ErrInvalid, r.Ratio(), quote.Short(r.Rule), s.Ratio(), quote.Short(s.Rule))
	}
	r.Of, r.Rule = cmp.Or(r.Of, s.Of), cmp.Or(r.Rule, s.Rule)
	count, base := r.Count+s.Count, r.Base+s.Base
	if (r.Count > 0 && s.Count > 0 && count < 0) || (r.Base > 0 && s.Base > 0 && base < 0) {
		return Rate{}, fmt.Errorf("%w: rates %s and %s", points.ErrOverflow, r.Ratio(), s.Ratio())
	}
	r.Count, r.Base = count, base
	return r, nil
}

// rateJSON is the wire form of a rate.
type rateJSON struct {
	Count     int64         `json:"count"`
	Base      int64         `json:"base"`
	Of        string        `json:"of,omitempty"`
	Rule      string        `json:"rule,omitempty"`
	Percent   string        `json:"percent,omitempty"`
	Undefined points.Reason `json:"undefined,omitempty"`
}

// MarshalJSON writes count and base, and beside them the percentage to two
// places half up, or the reason there is none.
func (r Rate) MarshalJSON() ([]byte, error) {
	w := rateJSON{Count: r.Count, Base: r.Base, Of: r.Of, Rule: r.Rule, Undefined: r.Undefined()}
	if w.Undefined == "" {
		var err error
		if w.Percent, err = r.Percent(2, points.HalfUp); err != nil {
			return nil, err
		}
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads count, base, of and rule; a percentage or a reason in
// the data is derived and therefore not read back.
func (r *Rate) UnmarshalJSON(data []byte) error {
	var w rateJSON
	if err := json.Unmarshal(data, &w); err != nil {
		return fmt.Errorf("%w: rate: %w", points.ErrInvalid, err)
	}
	*r = Rate{Count: w.Count, Base: w.Base, Of: w.Of, Rule: w.Rule}
	return nil
}

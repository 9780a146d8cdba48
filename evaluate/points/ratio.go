package points

import "strconv"

// Ratio is an exact fraction, the factor of [Points.Mul]: a weight of 30 % is
// Ratio{30, 100}, one of three proposers Ratio{1, 3}. A zero Den is refused
// where the ratio is used.
type Ratio struct {
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// String prints "Num/Den" as given, not reduced.
func (r Ratio) String() string {
	return strconv.FormatInt(r.Num, 10) + "/" + strconv.FormatInt(r.Den, 10)
}

// Of gives n·r rounded to a whole number by rule: a fifth of 12 is 2, truncated.
func (r Ratio) Of(n int64, rule Rounding) (int64, error) {
	p, err := Points(n).Mul(r, rule)
	return int64(p), err
}

// Reduced gives the same fraction in lowest terms with a denominator above 0. A
// fraction without a value, or one that has no mirror, stays as it is.
func (r Ratio) Reduced() Ratio {
	if r.Den == 0 || r.Num < int64(Min) || r.Den < int64(Min) {
		return r
	}
	g := int64(gcd(Points(r.Num).abs(), Points(r.Den).abs())) //nolint:gosec // divides both
	if r.Den < 0 {
		g = -g
	}
	return Ratio{Num: r.Num / g, Den: r.Den / g}
}

package points

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/tian-go/tian/evaluate/internal/quote"
)

// Points (分) is an exact score: a whole number of ten-thousandths. Its range
// is ±922337203685477.5807; every operation that would leave it returns
// ErrOverflow. Four places hold what published sheets need (3.125 for a fifth
// share of a halved 25) with one to spare. Compare with the ordinary operators.
type Points int64

const (
	// One is one whole point.
	One Points = 10_000
	// Places is the number of decimals Points holds.
	Places = 4
	// Max is the largest score.
	Max Points = math.MaxInt64
	// Min is its mirror, so that a negation never overflows.
	Min Points = -math.MaxInt64
)

// Whole gives n points, or ErrOverflow.
func Whole(n int64) (Points, error) {
	if n > int64(Max/One) || n < int64(Min/One) {
		return 0, fmt.Errorf("%w: %d points", ErrOverflow, n)
	}
	return Points(n) * One, nil
}

// Parse reads a plain decimal such as "12.5" or "-0.2": an optional sign,
// digits, and up to four significant decimals (zeros beyond the fourth are
// accepted, anything else there is refused rather than rounded). Exponents,
// blanks and digit separators are refused.
func Parse(s string) (Points, error) {
	body, neg := s, false
	if body != "" && (body[0] == '-' || body[0] == '+') {
		neg, body = body[0] == '-', body[1:]
	}
	whole, frac, dotted := strings.Cut(body, ".")
	if whole == "" || (dotted && frac == "") || !digits(whole) || !digits(frac) {
		return 0, fmt.Errorf("%w: %s is not a decimal number", ErrInvalid, quote.Short(s))
	}
	if frac = strings.TrimRight(frac, "0"); len(frac) > Places {
		return 0, fmt.Errorf("%w: %s has more than %d decimals", ErrInvalid, quote.Short(s), Places)
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > 15 {
		return 0, fmt.Errorf("%w: %s", ErrOverflow, quote.Short(s))
	}
	// At most 19 digits: fits uint64.
	n, err := strconv.ParseUint("0"+whole+frac+"0000"[len(frac):], 10, 64)
	if err != nil || n > uint64(Max) {
		return 0, fmt.Errorf("%w: %s", ErrOverflow, quote.Short(s))
	}
	p := Points(n)
	if neg {
		p = -p
	}
	return p, nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// String prints p exactly, without trailing zeros: "90", "3.125", "-0.2".
func (p Points) String() string {
	var buf [24]byte
	return string(p.append(buf[:0]))
}

func (p Points) append(b []byte) []byte {
	u := p.abs()
	if p < 0 {
		b = append(b, '-')
	}
	b = strconv.AppendUint(b, u/uint64(One), 10)
	frac := u % uint64(One)
	if frac == 0 {
		return b
	}
	b = append(b, '.')
	for unit := uint64(One) / 10; frac > 0; unit /= 10 {
		b = append(b, "0123456789"[frac/unit])
		frac %= unit
	}
	return b
}

// Abs gives the size of p.
func (p Points) Abs() Points { return max(p, -p) }

func (p Points) abs() uint64 {
	if p < 0 {
		return -uint64(p) //nolint:gosec // two's complement: right for the least value too
	}
	return uint64(p)
}

// maxPlaces bounds the decimals a figure may be printed with.
const maxPlaces = 12

// Format prints p with exactly places decimals, rounded by rule: 89.96 to one
// place half up is "90.0". places is 0 or more; beyond four only zeros follow.
func (p Points) Format(places int, rule Rounding) (string, error) {
	if places < 0 || places > maxPlaces {
		return "", fmt.Errorf("%w: %d places; 0 to %d are possible", ErrInvalid, places, maxPlaces)
	}
	r, err := p.Round(min(places, Places), rule)
	if err != nil {
		return "", err
	}
	s := r.String()
	_, frac, dotted := strings.Cut(s, ".")
	if missing := places - len(frac); missing > 0 {
		if !dotted {
			s += "."
		}
		s += strings.Repeat("0", missing)
	}
	return s, nil
}

// Round brings p to places decimals (0 to 4) by rule.
func (p Points) Round(places int, rule Rounding) (Points, error) {
	if err := rule.check(); err != nil {
		return 0, err
	}
	if places < 0 || places > Places {
		return 0, fmt.Errorf("%w: %d places; points have 0 to %d", ErrInvalid, places, Places)
	}
	unit := pow10(Places - places)
	u := p.abs()
	q := u / unit
	if rule.up(q, u%unit, unit) {
		q++
	}
	if q > uint64(Max)/unit {
		return 0, fmt.Errorf("%w: %s rounded to %d places", ErrOverflow, p, places)
	}
	return signed(q*unit, p < 0), nil
}

// pow10 gives 10^n for 0 ≤ n ≤ 18.
func pow10(n int) uint64 {
	v := uint64(1)
	for range n {
		v *= 10
	}
	return v
}

func signed(u uint64, neg bool) Points {
	p := Points(u) //nolint:gosec // callers bound u by MaxPoints
	if neg {
		return -p
	}
	return p
}

// Add gives p+q, or ErrOverflow.
func (p Points) Add(q Points) (Points, error) {
	s := p + q
	if (q > 0 && s < p) || (q < 0 && s > p) || s < Min {
		return 0, fmt.Errorf("%w: %s + %s", ErrOverflow, p, q)
	}
	return s, nil
}

// Sub gives p-q, or ErrOverflow.
func (p Points) Sub(q Points) (Points, error) {
	if q < Min {
		return 0, fmt.Errorf("%w: %s - %s", ErrOverflow, p, q)
	}
	return p.Add(-q)
}

// Times gives p·n exactly, or ErrOverflow.
func (p Points) Times(n int64) (Points, error) {
	return p.Mul(Ratio{Num: n, Den: 1}, Truncate)
}

// Mul gives p·r rounded to four places by rule. The product itself is exact
// (128 bits): only the last step rounds.
func (p Points) Mul(r Ratio, rule Rounding) (Points, error) {
	if err := rule.check(); err != nil {
		return 0, err
	}
	if r.Den == 0 {
		return 0, &UndefinedError{What: "ratio " + r.String(), Reason: BaseZero}
	}
	q, ok := mulDiv(p.abs(), Points(r.Num).abs(), Points(r.Den).abs(), rule)
	if !ok || q > uint64(Max) {
		return 0, fmt.Errorf("%w: %s × %s", ErrOverflow, p, r)
	}
	return signed(q, (p < 0) != ((r.Num < 0) != (r.Den < 0))), nil
}

// Sum adds ps, or gives ErrOverflow. The order does not matter as long as no
// partial sum overflows.
func Sum(ps ...Points) (Points, error) {
	var total Points
	for _, p := range ps {
		var err error
		if total, err = total.Add(p); err != nil {
			return 0, err
		}
	}
	return total, nil
}

// Float64 gives the nearest float, for statistics that are real by nature; it
// must not find its way back into points.
func (p Points) Float64() float64 { return float64(p) / float64(One) }

// MarshalJSON writes a JSON string, so that no reader passes it through a
// binary float.
func (p Points) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 24), '"')
	return append(p.append(b), '"'), nil
}

// UnmarshalJSON reads a string or a plain JSON number with at most four
// decimals; null is refused.
func (p *Points) UnmarshalJSON(data []byte) error {
	text := bytes.TrimSpace(data)
	if n := len(text); n >= 2 && text[0] == '"' && text[n-1] == '"' {
		text = text[1 : len(text)-1]
	}
	v, err := Parse(string(text))
	if err != nil {
		return err
	}
	*p = v
	return nil
}

// MarshalText prints p as String does; it makes Points usable as a map key.
func (p Points) MarshalText() ([]byte, error) { return p.append(nil), nil }

// UnmarshalText reads what Parse reads.
func (p *Points) UnmarshalText(text []byte) error {
	v, err := Parse(string(text))
	if err != nil {
		return err
	}
	*p = v
	return nil
}

package points

import "fmt"

// CreditSplit (联名分摊) divides the points of one entry among its proposers,
// the first signer (第一提案人) first.
type CreditSplit struct {
	// Lead is the first signer's part, e.g. 1/2 (折半); the rest is shared
	// equally. Absent: all share equally.
	Lead *Ratio `json:"lead,omitempty"`
	// Most is how many proposers may share (0: any number), such as the three
	// main members of a collective proposal.
	Most int `json:"most,omitempty"`
}

// Split divides points, which must not be negative, among n proposers. The
// parts are exact to four places and sum to points: what does not divide goes
// to the first. One proposer alone has it all.
func (c CreditSplit) Split(points Points, n int) ([]Points, error) {
	switch {
	case n < 1:
		return nil, fmt.Errorf("%w: %d proposers", ErrInvalid, n)
	case c.Most < 0 || c.Most > 0 && n > c.Most:
		return nil, fmt.Errorf("%w: %d proposers; at most %d may share", ErrInvalid, n, c.Most)
	case points < 0:
		return nil, fmt.Errorf("%w: %s points to share", ErrInvalid, points)
	case c.Lead != nil && (c.Lead.Den <= 0 || c.Lead.Num < 0 || c.Lead.Num > c.Lead.Den):
		return nil, fmt.Errorf("%w: the first signer's part %s is not between 0 and 1", ErrInvalid, c.Lead)
	}
	parts := make([]Points, n)
	lead := Ratio{Num: 1, Den: int64(n)}
	if c.Lead != nil {
		lead = *c.Lead
	}
	if n == 1 {
		lead = Ratio{Num: 1, Den: 1}
	}
	first, err := points.Mul(lead, Truncate)
	if err != nil {
		return nil, err
	}
	rest := points - first
	if n > 1 {
		each := rest / Points(n-1)
		if c.Lead == nil {
			each = first
		}
		for i := range parts[1:] {
			parts[i+1] = each
			rest -= each
		}
	}
	parts[0] = first + rest
	return parts, nil
}

package rates

import (
	"fmt"
	"strings"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
)

// mostPrinted bounds the decimals of a printed percentage.
const mostPrinted = 4

// printed brings a percentage as reports print it ("36.8", "36.8%", "３６．８％")
// to plain digits, and tells how many decimals it has.
func printed(text string) (plain string, places int, err error) {
	plain = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．':
			return '.'
		case r == '％':
			return '%'
		}
		return r
	}, strings.TrimSpace(text))
	plain = strings.TrimRight(strings.TrimSuffix(plain, "%"), " ")
	whole, frac, dotted := strings.Cut(plain, ".")
	switch {
	case whole == "" || len(whole) > 20 || !digits(whole) || !digits(frac) || dotted != (frac != ""):
		return "", 0, fmt.Errorf("%w: %s is not a printed percentage", points.ErrInvalid, quote.Short(text))
	case len(frac) > mostPrinted:
		return "", 0, fmt.Errorf("%w: %s has more than %d decimals", points.ErrInvalid, quote.Short(text), mostPrinted)
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if dotted {
		whole += "." + frac
	}
	return whole, len(frac), nil
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// Reproduces lists the rules that print this rate as printed, a percentage of 0
// to 4 decimals with or without its sign, also in full-width digits; the number
// of decimals is taken from it. Empty means that no plain rounding of this count
// and base gives the figure.
func (r Rate) Reproduces(figure string) ([]points.Rounding, error) {
	plain, places, err := printed(figure)
	if err != nil {
		return nil, err
	}
	var rules []points.Rounding
	for _, rule := range points.Roundings() {
		got, err := r.Percent(places, rule)
		if err != nil {
			return nil, err
		}
		if got == plain {
			rules = append(rules, rule)
		}
	}
	return rules, nil
}

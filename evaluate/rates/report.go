package rates

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
)

// Report (统计表) is what a published report prints: totals by name, sums of
// parts, and percentages. Counts are whole and not negative, of any size.
type Report struct {
	// Name is the report's title; carried, never computed with.
	Name   string
	Totals map[string]*big.Int
	Sums   []PrintedSum
	Rates  []PrintedRate
}

// PrintedSum is a total beside the parts it is printed with.
type PrintedSum struct {
	Label string
	Total *big.Int
	Parts []*big.Int
}

// PrintedRate is a percentage as it was printed, with the count and the base it
// is said to come from.
type PrintedRate struct {
	Label string
	Count *big.Int
	// Base is the number divided by; without it, Of names one of the totals.
	Base *big.Int
	Of   string
	// Printed is the figure, such as "36.8", "36.8%" or "３６．８％".
	Printed string
	// Group names the figures that were forced to add up to 100 together, if any.
	Group string
}

// Verify holds every printed figure against its counts: sums against their
// parts, percentages against each rounding rule, and those that no plain
// rounding gives against a forced sum and the other totals. The error is for a
// report that cannot be verified, and names the place; figures that do not
// agree are findings.
func (r Report) Verify() (Verdict, error) {
	figures, err := r.figures()
	if err != nil {
		return Verdict{}, err
	}
	v := Verdict{Name: r.Name, Consistent: true, Sums: make([]SumFinding, len(r.Sums)), Rates: make([]RateFinding, len(figures))}
	for i, s := range r.Sums {
		got := new(big.Int)
		for _, p := range s.Parts {
			got.Add(got, p)
		}
		v.Sums[i] = SumFinding{Label: s.Label, Got: got, OK: got.Cmp(s.Total) == 0, total: s.Total}
		v.Consistent = v.Consistent && v.Sums[i].OK
	}
	for i, f := range figures {
		v.Rates[i] = f.finding(r.Totals, f.Group != "" && forced(figures, i))
		v.Consistent = v.Consistent && v.Rates[i].OK
	}
	for i := range v.Rates {
		v.Rates[i].Balance = len(v.Rates[i].Rules) == 0 && balance(v.Rates, i)
	}
	return v, nil
}

// figures checks the report and reads its percentages.
func (r Report) figures() ([]figure, error) {
	for _, name := range sortedKeys(r.Totals) {
		if err := whole("totals."+name, r.Totals[name]); err != nil {
			return nil, err
		}
	}
	sums := map[string]bool{}
	for i, s := range r.Sums {
		at := fmt.Sprintf("sums[%d]", i)
		if s.Label != "" && sums[s.Label] {
			return nil, fmt.Errorf("%w: %s.label: %s appears twice", points.ErrInvalid, at, quote.Short(s.Label))
		}
		sums[s.Label] = true
		if err := whole(at+".total", s.Total); err != nil {
			return nil, err
		}
		for k, p := range s.Parts {
			if err := whole(fmt.Sprintf("%s.parts[%d]", at, k), p); err != nil {
				return nil, err
			}
		}
	}
	figures := make([]figure, len(r.Rates))
	labels := map[[2]string]bool{}
	for i, p := range r.Rates {
		at := fmt.Sprintf("rates[%d]", i)
		if p.Label != "" && labels[[2]string{p.Group, p.Label}] {
			return nil, fmt.Errorf("%w: %s.label: %s appears twice", points.ErrInvalid, at, quote.Short(p.Label))
		}
		labels[[2]string{p.Group, p.Label}] = true
		f := figure{PrintedRate: p, base: p.Base}
		if p.Of != "" {
			total, known := r.Totals[p.Of]
			switch {
			case p.Base != nil:
				return nil, fmt.Errorf("%w: %s.base: both a number and the total %s", points.ErrInvalid, at, quote.Short(p.Of))
			case !known:
				return nil, fmt.Errorf("%w: %s.base: there is no total %s", points.ErrInvalid, at, quote.Short(p.Of))
			}
			f.base = total
		}
		if err := whole(at+".count", p.Count); err != nil {
			return nil, err
		}
		if err := whole(at+".base", f.base); err != nil {
			return nil, err
		}
		var err error
		if f.plain, f.places, err = printed(p.Printed); err != nil {
			return nil, fmt.Errorf("%w: %s.printed: %s", points.ErrInvalid, at, strings.TrimPrefix(err.Error(), points.ErrInvalid.Error()+": "))
		}
		figures[i] = f
	}
	return figures, nil
}

func whole(at string, n *big.Int) error {
	switch {
	case n == nil:
		return fmt.Errorf("%w: %s: is missing", points.ErrInvalid, at)
	case n.Sign() < 0:
		return fmt.Errorf("%w: %s: %s is negative; counts are not", points.ErrInvalid, at, quote.Short(n.String()))
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// figure is a printed rate that was read: its base, its digits, its decimals.
type figure struct {
	PrintedRate

	base   *big.Int
	plain  string
	places int
}

func (f figure) finding(totals map[string]*big.Int, forced bool) RateFinding {
	found := RateFinding{Label: f.Label, Rules: []Rule{}, OtherBases: []OtherBase{}, figure: f}
	if f.base.Sign() == 0 {
		found.Reason = points.BaseZero
	} else {
		found.Exact = percent(f.Count, f.base, mostPrinted, points.HalfUp)
		found.Rules = append(found.Rules, f.rules(f.base)...)
	}
	found.OK = len(found.Rules) > 0
	if forced {
		found.Rules = append(found.Rules, ByLargestRemainder)
	}
	if found.OK {
		return found
	}
	for _, name := range sortedKeys(totals) {
		if base := totals[name]; base.Sign() > 0 && base.Cmp(f.base) != 0 {
			for _, rule := range f.rules(base) {
				found.OtherBases = append(found.OtherBases, OtherBase{Base: name, Rule: rule})
			}
		}
	}
	return found
}

// rules lists the plain rules that print the figure over a base above 0.
func (f figure) rules(base *big.Int) []Rule {
	var rules []Rule
	for _, rule := range points.Roundings() {
		if percent(f.Count, base, f.places, rule) == f.plain {
			rules = append(rules, Rule(rule))
		}
	}
	return rules
}

// forced reports whether the i-th figure is what its group's sum of 100 makes of
// it. Where remainders are equal, each may have been given the last unit.
func forced(all []figure, i int) bool {
	var counts []*big.Int
	own := 0
	for k, g := range all {
		if g.Group != all[i].Group {
			continue
		}
		if k == i {
			own = len(counts)
		}
		counts = append(counts, g.Count)
	}
	seats, err := apportion(counts, 100*pow10(all[i].places))
	if err != nil { // the counts of the group are all 0
		return false
	}
	could := []int64{seats.shares[own]}
	if slices.Contains(seats.tied, own) {
		could = []int64{seats.least[own], seats.least[own] + 1}
	}
	return slices.ContainsFunc(could, func(share int64) bool {
		return fixed(strconv.FormatInt(share, 10), all[i].places) == all[i].plain
	})
}

package evaluate_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"sort"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rubric"
)

// slow is the second, deliberately dumb scorer: big rationals, one criterion at
// a time, nothing shared with the first but the data types. It knows the rules
// that randomSheet draws.
type slow struct {
	r       rubric.Rubric
	card    evaluate.Card
	void    bool
	soon    bool // provisional
	missing *big.Rat
	byLine  bool
}

func rat(p points.Points) *big.Rat { return big.NewRat(int64(p), int64(points.One)) }

// rounded brings x to the sheet's places.
func (s *slow) rounded(x *big.Rat) *big.Rat {
	unit := new(big.Rat).SetInt64(1)
	for range *s.r.Round.Places {
		unit.Mul(unit, big.NewRat(10, 1))
	}
	n := roundRat(new(big.Rat).Mul(x, unit), s.r.Round.Rule)
	return new(big.Rat).Quo(new(big.Rat).SetInt(n), unit)
}

func (s *slow) line(x *big.Rat) *big.Rat {
	if s.byLine {
		return s.rounded(x)
	}
	return x
}

// clip brings x between two bounds; either may be nil.
func clip(x, low, high *big.Rat) *big.Rat {
	if low != nil && x.Cmp(low) < 0 {
		return low
	}
	if high != nil && x.Cmp(high) > 0 {
		return high
	}
	return x
}

// score gives the status and the total.
func (s *slow) score() (evaluate.Status, *big.Rat) {
	s.missing, s.byLine = new(big.Rat), s.r.Round.Step == rubric.RoundLine
	zero, base := new(big.Rat), new(big.Rat)
	for _, c := range s.r.Criteria {
		x := s.leaf(c)
		base.Add(base, clip(x, zero, rat(c.Points)))
	}
	if full := rat(s.r.Full); s.missing.Sign() > 0 && !s.void {
		judged := new(big.Rat).Sub(full, s.missing)
		if judged.Sign() <= 0 {
			return evaluate.Undefined, nil
		}
		extra := new(big.Rat).Mul(base, s.missing)
		base.Add(base, s.line(extra.Quo(extra, judged)))
	}
	if s.r.Bonus != nil {
		bonus := clip(s.leaf(s.r.Bonus.Items[0]), zero, nil)
		base.Add(base, clip(bonus, nil, rat(*s.r.Bonus.Cap)))
		base.Add(base, clip(s.leaf(s.r.Penalty.Items[0]), nil, zero))
	}
	switch {
	case s.void:
		return evaluate.Void, nil
	case s.soon:
		return evaluate.Provisional, s.rounded(base)
	}
	return evaluate.Final, s.rounded(base)
}

func (s *slow) leaf(c rubric.Criterion) *big.Rat {
	if len(c.Groups) > 0 {
		return s.judged(c)
	}
	full := rat(c.Points)
	f, ok := s.card.Facts[c.Fact]
	if !ok && c.Rule.PerEvent == nil {
		return new(big.Rat)
	}
	rate, _ := f.Rate()
	percent := new(big.Rat)
	if rate.Base > 0 {
		percent.SetFrac64(100*rate.Count, rate.Base)
	}
	switch {
	case c.Rule.Shortfall != nil:
		short := new(big.Rat).Sub(big.NewRat(100, 1), percent)
		if short.Sign() <= 0 {
			return s.line(full)
		}
		short = begun(short, c.Rule.Shortfall.Started, rubric.StartedProRata)
		return s.line(full.Sub(full, short.Mul(short, rat(c.Rule.Shortfall.PerPoint))))
	case c.Rule.Lateness != nil:
		rule := c.Rule.Lateness
		days, _ := f.Number()
		late := new(big.Rat).Sub(rat(days), rat(rule.Grace))
		if late.Sign() <= 0 {
			return s.line(full)
		}
		units := begun(late.Quo(late, rat(rule.Unit)), rule.Started, rubric.StartedWhole)
		return s.line(full.Sub(full, units.Mul(units, rat(rule.PerUnit))))
	case c.Rule.Steps != nil:
		best := new(big.Rat)
		for _, st := range c.Rule.Steps.Table {
			if percent.Cmp(rat(st.Min)) >= 0 && rat(st.Points).Cmp(best) > 0 {
				best = rat(st.Points)
			}
		}
		return s.line(best)
	}
	tally, _ := f.Tally()
	sum := new(big.Rat)
	if c.Rule.PerEvent.Start == "full" {
		sum.Add(sum, s.line(full))
	}
	for _, ev := range c.Rule.PerEvent.Events {
		n := tally[ev.Key] - ev.Free
		if n <= 0 {
			continue
		}
		x := s.line(new(big.Rat).Mul(big.NewRat(n, 1), rat(ev.Each)))
		if ev.Cap != nil {
			limit := rat(*ev.Cap)
			x = clip(x, new(big.Rat).Neg(limit), limit)
			x = s.line(x)
		}
		sum.Add(sum, x)
	}
	return sum
}

// begun counts started units by the rule.
func begun(x *big.Rat, rule, otherwise rubric.Started) *big.Rat {
	if rule == "" {
		rule = otherwise
	}
	floor := new(big.Rat).SetInt(new(big.Int).Quo(x.Num(), x.Denom()))
	switch {
	case rule == rubric.StartedProRata:
		return x
	case rule == rubric.StartedWhole && floor.Cmp(x) < 0:
		return floor.Add(floor, big.NewRat(1, 1))
	}
	return floor
}

// worth is a mark in points of the criterion.
func worth(c rubric.Criterion, m evaluate.Mark) *big.Rat {
	switch {
	case c.Rule.Direct != nil:
		p, _ := m.Points()
		x := rat(p)
		if c.Direction == rubric.Cost {
			x.Sub(rat(c.Rule.Direct.OutOf), x)
		}
		x.Mul(x, rat(c.Points))
		return x.Quo(x, rat(c.Rule.Direct.OutOf))
	case c.Rule.Grade != nil:
		for _, l := range c.Rule.Grade.Levels {
			if l.Key == m.Grade() {
				return rat(*l.Points)
			}
		}
	}
	full := rat(c.Points)
	coefficient := map[string]*big.Rat{"good": big.NewRat(1, 1), "fair": big.NewRat(7, 10), "poor": new(big.Rat)}[m.Grade()]
	if m.Grade() == "fair" {
		switch c.Rule.Rate.Count {
		case rubric.CountStrict:
			coefficient = new(big.Rat)
		case rubric.CountLenient:
			coefficient = big.NewRat(1, 1)
		}
	}
	return full.Mul(full, coefficient)
}

func (s *slow) group(key string) rubric.Group {
	for _, g := range s.r.Groups {
		if g.Key == key {
			return g
		}
	}
	panic(key)
}

// dropped finds the ballots a group leaves out by their totals.
func (s *slow) dropped(g rubric.Group) (out map[string]bool, ok bool) {
	type whole struct {
		id  string
		sum *big.Rat
	}
	var complete []whole
	for _, b := range s.card.Ballots {
		w := whole{b.ID, new(big.Rat)}
		all := b.Group == g.Key
		for _, c := range s.r.Criteria {
			for _, key := range c.Groups {
				if m, marked := b.Marks[c.Key]; key == g.Key && marked && m.Missing() == "" {
					w.sum.Add(w.sum, worth(c, m))
				} else if key == g.Key {
					all = false
				}
			}
		}
		if all {
			complete = append(complete, w)
		}
	}
	if len(complete) <= g.Drop.Highest+g.Drop.Lowest {
		return nil, false
	}
	sort.Slice(complete, func(i, j int) bool {
		if d := complete[i].sum.Cmp(complete[j].sum); d != 0 {
			return d < 0
		}
		return complete[i].id < complete[j].id
	})
	out = map[string]bool{}
	for i, w := range complete {
		out[w.id] = i < g.Drop.Lowest || i >= len(complete)-g.Drop.Highest
	}
	return out, true
}

// figure is a group's figure for a criterion, or nil.
func (s *slow) figure(g rubric.Group, c rubric.Criterion) *big.Rat {
	byTotal := map[string]bool{}
	if g.Drop != nil && g.Drop.By == rubric.DropByTotal {
		var ok bool
		if byTotal, ok = s.dropped(g); !ok {
			return nil
		}
	}
	var marks []*big.Rat
	for _, b := range s.card.Ballots {
		if m, marked := b.Marks[c.Key]; b.Group == g.Key && marked && m.Missing() == "" && !byTotal[b.ID] {
			marks = append(marks, worth(c, m))
		}
	}
	sort.Slice(marks, func(i, j int) bool { return marks[i].Cmp(marks[j]) < 0 })
	if d := g.Drop; d != nil && d.By != rubric.DropByTotal {
		low, high := d.Lowest, d.Highest
		if c.Direction == rubric.Cost { // the highest mark is worth least
			low, high = high, low
		}
		if len(marks) <= low+high {
			return nil
		}
		marks = marks[low : len(marks)-high]
	}
	if len(marks) == 0 {
		return nil
	}
	return s.aggregate(g, c, marks)
}

func (s *slow) aggregate(g rubric.Group, c rubric.Criterion, marks []*big.Rat) *big.Rat {
	sum, n := new(big.Rat), int64(len(marks))
	for _, m := range marks {
		sum.Add(sum, m)
	}
	switch g.Aggregate {
	case rubric.Median:
		sum = new(big.Rat).Add(marks[n/2], marks[(n-1)/2])
		return sum.Quo(sum, big.NewRat(2, 1))
	case rubric.ModeGrade:
		counts, best := map[string]int{}, 0
		for _, m := range marks {
			counts[m.String()]++
			best = max(best, counts[m.String()])
		}
		var mode *big.Rat
		for _, m := range marks { // rising; for a cost the lowest mark is worth most
			if counts[m.String()] == best && (mode == nil || c.Direction == rubric.Cost) {
				mode = m
			}
		}
		return mode
	case rubric.Summed:
		if c.Direction == rubric.Cost { // full points less all that was marked
			full := rat(c.Points)
			return sum.Sub(sum, full.Mul(full, big.NewRat(n-1, 1)))
		}
		return sum
	}
	return sum.Quo(sum, big.NewRat(n, 1))
}

func (s *slow) judged(c rubric.Criterion) *big.Rat {
	figures := map[string]*big.Rat{}
	shares := new(big.Rat)
	for _, key := range c.Groups {
		g := s.group(key)
		f := s.figure(g, c)
		if f == nil {
			switch g.Missing {
			case "", rubric.MissingVoid:
				s.void = true
				return new(big.Rat)
			case rubric.MissingProvisional:
				s.soon = true
			case rubric.MissingRedistribute:
				continue
			}
			f = new(big.Rat)
		}
		figures[key] = f
		shares.Add(shares, rat(g.Share))
	}
	if len(figures) == 0 {
		s.missing.Add(s.missing, rat(c.Points))
		return new(big.Rat)
	}
	sum := new(big.Rat)
	for key, f := range figures {
		share := rat(s.group(key).Share)
		sum.Add(sum, s.line(share.Mul(share, f).Quo(share, shares)))
	}
	return sum
}

// TestScoreAgreesWithTheSlowScorer is the campaign: ten thousand random sheets
// and cards, with missing marks, ties, dropped extremes, every policy.
func TestScoreAgreesWithTheSlowScorer(t *testing.T) {
	t.Parallel()
	seen := map[evaluate.Status]int{}
	for i := range repeated(10_000) {
		rng := rand.New(rand.NewPCG(uint64(i), 9))
		r := randomSheet(rng)
		card := randomCard(rng, r, fmt.Sprintf("s%d", i))
		sheet, err := evaluate.Compile(r)
		require.NoError(t, err, "seed %d", i)
		o, err := sheet.Score(card)
		require.NoError(t, err, "seed %d", i)
		status, total := (&slow{r: r, card: card}).score()
		require.Equal(t, status, o.Status, "seed %d: %v", i, o.Reasons)
		seen[status]++
		if total == nil {
			continue
		}
		require.Zero(t, total.Cmp(rat(o.Total)), "seed %d: slow %s, fast %s", i, total.FloatString(6), o.Total)
		sumsToTotal(t, o)
	}
	for _, status := range []evaluate.Status{evaluate.Final, evaluate.Provisional, evaluate.Void, evaluate.Undefined} {
		require.NotZero(t, seen[status], "the campaign never met %s", status)
	}
}

// roundRat is the second, slow implementation of the rounding rules.
func roundRat(x *big.Rat, rule points.Rounding) *big.Int {
	abs := new(big.Rat).Abs(x)
	q, rem := new(big.Int).QuoRem(abs.Num(), abs.Denom(), new(big.Int))
	twice := new(big.Int).Lsh(rem, 1).Cmp(abs.Denom())
	if rule != points.Truncate && (twice > 0 || twice == 0 && (rule == points.HalfUp || q.Bit(0) == 1)) {
		q.Add(q, big.NewInt(1))
	}
	if x.Sign() < 0 {
		q.Neg(q)
	}
	return q
}

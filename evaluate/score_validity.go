package evaluate

import (
	"math/bits"
	"sort"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// aggregates checks marks that were handed in added up.
func (r *run) aggregates(p *panel) {
	if p.added == nil {
		return
	}
	at := "aggregates." + p.Key
	if len(p.ballots) > 0 {
		r.add(problem.BothForms, at, "", "the group has ballots as well; one of the two")
		return
	}
	mean := p.Aggregate == "" || p.Aggregate == rubric.Mean || p.Aggregate == rubric.Summed
	if d := p.Drop; !mean || (d != nil && (d.By == rubric.DropByTotal || d.Highest > 1 || d.Lowest > 1)) {
		r.add(problem.NotAggregable, at, "", "the group's median, mode or dropped ballots cannot be found from sums")
		return
	}
	keys := make(map[string]bool, len(p.leaves))
	for _, n := range p.leaves {
		keys[n.c.Key] = true
		a, ok := p.added[n.c.Key]
		if !ok {
			r.add(problem.MarkMissing, at+"."+n.c.Key, n.c.Key, "no aggregate for this criterion")
			continue
		}
		if _, isHost := n.rule.(*host); isHost {
			r.add(problem.NotAggregable, at+"."+n.c.Key, n.c.Key, "a host function reads single ballots")
			continue
		}
		if why := a.wrong(); why != "" {
			r.add(problem.Range, at+"."+n.c.Key, n.c.Key, "%s", why)
			continue
		}
		if a.Count > 0 {
			if why := aggregateBounds(a, n); why != "" {
				r.add(problem.Mark, at+"."+n.c.Key, n.c.Key, "%s", why)
			}
		}
	}
	for _, key := range strayKeys(p.added, keys) {
		r.add(problem.Unknown, at+"."+key, "", "group %s judges no criterion %s", p.Key, quote.Short(key))
	}
}

// wrong tells what makes an aggregate impossible.
func (a Aggregate) wrong() string {
	const most = 1_000_000_000
	for _, n := range []int64{a.Count, a.Abstain, a.DontKnow, a.Recused, a.NotDue} {
		if n < 0 || n > most {
			return "a count lies outside 0 to a thousand million"
		}
	}
	if a.Count == 0 {
		if a.Sum != 0 || a.Min != 0 || a.Max != 0 {
			return "there are no marks, and yet a sum"
		}
		return ""
	}
	// One mark is the least, one the greatest, and the others lie between.
	low := a.Min.Scaled(a.Count-1, 1).Add(a.Max.Exact())
	high := a.Max.Scaled(a.Count-1, 1).Add(a.Min.Exact())
	if sum := a.Sum.Exact(); a.Min > a.Max || sum.Cmp(low) < 0 || sum.Cmp(high) > 0 {
		return "sum, least and greatest mark do not fit together"
	}
	return ""
}

func aggregateBounds(a Aggregate, n *node) string {
	low, high := markRange(n)
	if a.Min < low || a.Max > high {
		return "marks lie between " + low.String() + " and " + high.String()
	}
	return ""
}

// markRange is the raw marks a criterion can take.
func markRange(n *node) (low, high points.Points) {
	switch rule := n.rule.(type) {
	case *direct:
		if high = rule.outOf(n); high == 0 {
			high = maxRubricPoints
		}
	case *tallied:
		high = points.One
	case *grade:
		for i := range rule.Levels {
			l, h := ends(&rule.Levels[i])
			if i == 0 {
				low, high = l, h
			}
			low, high = min(low, l), max(high, h)
		}
	}
	return low, high
}

// size is how many ballots came: counted, or the most any criterion shows.
func (p *panel) size() int {
	n := int64(len(p.ballots))
	for _, a := range p.added {
		n = max(n, a.Count+a.Abstain+a.DontKnow+a.Recused+a.NotDue)
	}
	return int(n)
}

// valid decides whether the group's vote counts.
func (r *run) valid(p *panel) {
	s := p.session
	for _, part := range []struct {
		name  string
		count *int64
	}{{"expected", s.Expected}, {"present", s.Present}, {"issued", s.Issued}, {"returned", s.Returned}} {
		if c := part.count; c != nil && (*c < 0 || *c > 1_000_000_000) {
			r.add(problem.Session, "sessions."+p.Key+"."+part.name, "", "%d is not a count", *c)
			return
		}
	}
	came := int64(p.size())
	if s.Returned != nil && *s.Returned < came {
		r.add(problem.Session, "sessions."+p.Key+".returned", "", "%d ballots returned, but %d are here", *s.Returned, came)
		return
	}
	if s.Expected != nil && s.Present != nil && *s.Present > *s.Expected {
		r.add(problem.Session, "sessions."+p.Key+".present", "", "%d present of %d expected", *s.Present, *s.Expected)
		return
	}
	if p.why = p.invalid(came); p.Key == r.without {
		p.why = WhyLeftOut
	}
	for _, m := range missingKinds() {
		for _, a := range p.added {
			if n := a.of(m); n > 0 {
				if p.counts == nil {
					p.counts = map[rubric.Missing]int64{}
				}
				p.counts[m] += n
			}
		}
	}
}

func (a Aggregate) of(m rubric.Missing) int64 {
	switch m {
	case rubric.Abstain:
		return a.Abstain
	case rubric.DontKnow:
		return a.DontKnow
	case rubric.Recused:
		return a.Recused
	case rubric.NotDue:
		return a.NotDue
	}
	return 0
}

// invalid gives the code of why the vote does not count, or "".
func (p *panel) invalid(came int64) string {
	s := p.session
	returned := came
	if s.Returned != nil {
		returned = *s.Returned
	}
	if s.Issued != nil && returned > *s.Issued {
		return WhyMoreReturned
	}
	recused := int64(0)
	for i := range p.ballots {
		if p.recusedFully(i) {
			recused++
		}
	}
	q := p.Quorum
	if q == nil {
		if came == 0 {
			return WhyNoMarks
		}
		return ""
	}
	if came-recused < int64(q.MinBallots) {
		return WhyTooFewBallots
	}
	if came == 0 {
		return WhyNoMarks
	}
	if q.MoreThan == nil && q.AtLeast == nil {
		return ""
	}
	if s.Expected == nil || s.Present == nil {
		return WhyUnknownSession
	}
	expected, present := max(0, *s.Expected-recused), max(0, *s.Present-recused)
	if q.MoreThan != nil && compareShare(present, expected, *q.MoreThan) <= 0 ||
		q.AtLeast != nil && compareShare(present, expected, *q.AtLeast) < 0 {
		return WhyQuorum
	}
	return ""
}

func (p *panel) recusedFully(ballot int) bool {
	for slot := range p.leaves {
		if _, why := p.mark(slot, ballot); why != rubric.Recused {
			return false
		}
	}
	return true
}

// compareShare compares a/b with r, without dividing; nothing here is negative.
func compareShare(a, b int64, r points.Ratio) int {
	ah, al := bits.Mul64(uint64(a), uint64(r.Den)) //nolint:gosec // not negative
	bh, bl := bits.Mul64(uint64(b), uint64(r.Num)) //nolint:gosec // not negative
	switch {
	case ah != bh && ah < bh, ah == bh && al < bl:
		return -1
	case ah == bh && al == bl:
		return 0
	}
	return 1
}

// dropTotals marks the ballots left out by their totals; false when none would
// be left.
func (p *panel) dropTotals() bool {
	d := p.Drop
	type whole struct {
		ballot int
		total  points.Exact
	}
	var all []whole
	for i := range p.ballots {
		if sum, missing := p.total(i); missing == 0 {
			all = append(all, whole{i, sum})
		}
	}
	p.totals = make([]bool, len(p.ballots))
	if len(all) <= d.Highest+d.Lowest {
		return false
	}
	// Ballots are in the order of their ids, so a stable sort breaks ties by id.
	sort.SliceStable(all, func(i, j int) bool { return all[i].total.Cmp(all[j].total) < 0 })
	for _, w := range all[:d.Lowest] {
		p.totals[w.ballot] = true
	}
	for _, w := range all[len(all)-d.Highest:] {
		p.totals[w.ballot] = true
	}
	return true
}

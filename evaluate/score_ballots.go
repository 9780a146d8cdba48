package evaluate

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/rubric"
)

// panel gives the vote of a group.
func (r *run) panel(group int) *panel { return r.panels[group] }

// missingGroup applies the policy of a group without a valid figure, for the
// reason why at where; false when the run cannot go on to score the criterion.
func (r *run) missingGroup(p *panel, why, where string) bool {
	switch r.policy(p) {
	case rubric.MissingZero, rubric.MissingRedistribute:
	case rubric.MissingProvisional:
		r.because(Provisional, why, where)
	case "", rubric.MissingVoid:
		r.because(Void, why, where)
		return false
	}
	return true
}

func (r *run) policy(p *panel) rubric.MissingPolicy {
	if p.Key == r.without {
		return rubric.MissingRedistribute
	}
	return p.Missing
}

// figure is what a group's marks on one criterion come to: sum/n of raw marks.
type figure struct {
	sum              int64
	n                int64
	ballots, dropped []string
	note             string
}

// scoreBallots scores a leaf from its groups' votes.
func (r *run) scoreBallots(n *node, rule ballotRule) (points.Exact, bool) {
	type part struct {
		p    *panel
		f    figure
		zero bool
	}
	var room [4]part
	parts := room[:0]
	var shares points.Points
	for k, g := range n.groups {
		p := r.panel(g)
		f, why := r.figure(p, n.slots[k], n)
		if why != "" {
			where := p.Key
			if p.why == "" { // the vote is valid, this criterion has no figure in it
				where += ":" + n.path
			}
			if !r.missingGroup(p, why, where) {
				return points.Exact{}, false
			}
			if r.policy(p) == rubric.MissingRedistribute {
				continue
			}
		}
		parts = append(parts, part{p, f, why != ""})
		shares += p.share(n)
	}
	if len(parts) == 0 {
		if n.section == SectionBase {
			r.unplaced += n.c.Points
		}
		return r.line(n, Line{Rule: rule.key(), Note: "no valid vote; the points are redistributed"}, points.Exact{}), true
	}
	var sum points.Exact
	lin := rule.linear(n)
	for _, pt := range parts {
		l := Line{Rule: rule.key(), Group: pt.p.Key, Ballots: pt.f.ballots, Dropped: pt.f.dropped, Note: pt.f.note}
		if pt.zero {
			l.Note = "no valid vote"
			sum = sum.Add(r.line(n, l, points.Exact{}))
			continue
		}
		share := pt.p.share(n)
		if share != shares {
			l.Note += fmt.Sprintf(", share %s/%s", share, shares)
		}
		sum = sum.Add(r.line(n, l, lin.share(share, shares, pt.f.sum, pt.f.n)))
	}
	return sum, true
}

// share is the group's weight on a criterion: any number where it is alone.
func (p *panel) share(n *node) points.Points {
	if len(n.groups) == 1 {
		return points.One
	}
	return p.Share
}

// figure aggregates a group's marks on one criterion, or says why it cannot.
func (r *run) figure(p *panel, slot int, n *node) (figure, string) {
	if p.why != "" {
		return figure{}, p.why
	}
	if p.added != nil {
		return p.addedFigure(n)
	}
	if p.Drop != nil && p.Drop.By == rubric.DropByTotal && p.totals == nil && !p.dropTotals() {
		p.why = WhyNothingLeft
		return figure{}, p.why
	}
	f := figure{ballots: p.ids}
	kept := make([]int, 0, len(p.ballots))
	var absent [4]int64
	kinds := missingKinds()
	for i := range p.ballots {
		_, why := p.mark(slot, i)
		switch {
		case why != "":
			absent[slices.Index(kinds[:], why)]++
		case p.totals != nil && p.totals[i]:
			f.dropped = append(f.dropped, p.ids[i])
		default:
			kept = append(kept, i)
		}
	}
	if len(kept) == 0 {
		return figure{}, WhyNoMarks
	}
	if d := p.Drop; d != nil && d.By != rubric.DropByTotal {
		var ok bool
		if kept, f.dropped, ok = p.dropMarks(slot, kept); !ok {
			return figure{}, WhyNothingLeft
		}
	}
	if len(kept) != len(p.ids) {
		f.ballots = make([]string, len(kept))
		for k, i := range kept {
			f.ballots[k] = p.ids[i]
		}
	}
	p.aggregate(&f, slot, kept)
	why := p.base(&f, n, Aggregate{Count: int64(len(kept)), Abstain: absent[0], DontKnow: absent[1], Recused: absent[2], NotDue: absent[3]})
	return f, why
}

// missingKinds is the order in which missing marks are counted and told.
func missingKinds() [4]rubric.Missing {
	return [4]rubric.Missing{rubric.Abstain, rubric.DontKnow, rubric.Recused, rubric.NotDue}
}

// dropMarks leaves out the extremes of one criterion.
func (p *panel) dropMarks(slot int, kept []int) (rest []int, dropped []string, ok bool) {
	d := p.Drop
	if len(kept) <= d.Highest+d.Lowest {
		return nil, nil, false
	}
	order := slices.Clone(kept)
	slices.SortStableFunc(order, func(a, b int) int {
		x, _ := p.mark(slot, a)
		y, _ := p.mark(slot, b)
		return cmp.Compare(x, y)
	})
	out := append(slices.Clone(order[:d.Lowest]), order[len(order)-d.Highest:]...)
	rest = order[d.Lowest : len(order)-d.Highest]
	slices.Sort(out)
	slices.Sort(rest)
	for _, i := range out {
		dropped = append(dropped, p.ids[i])
	}
	return rest, dropped, true
}

// aggregate makes one figure of the kept marks.
func (p *panel) aggregate(f *figure, slot int, kept []int) {
	f.n = 1
	switch p.Aggregate {
	case "", rubric.Mean, rubric.Summed:
		for _, i := range kept {
			v, _ := p.mark(slot, i)
			f.sum += int64(v) // marks are bounded by maxRubricPoints: 9·10⁸ of them fit
		}
		if p.Aggregate != rubric.Summed {
			f.n = int64(len(kept))
		}
	case rubric.Median, rubric.ModeGrade:
		values := make([]points.Points, len(kept))
		for k, i := range kept {
			values[k], _ = p.mark(slot, i)
		}
		slices.Sort(values)
		if p.Aggregate == rubric.ModeGrade {
			f.sum = int64(mostFrequent(values))
			break
		}
		mid := len(values) / 2
		f.sum = int64(values[mid])
		if len(values)%2 == 0 {
			f.sum, f.n = f.sum+int64(values[mid-1]), 2
		}
	}
}

// mostFrequent gives the most frequent of sorted values, the lowest of several.
func mostFrequent(sorted []points.Points) points.Points {
	best, most := sorted[0], 0
	for i := 0; i < len(sorted); {
		j := i
		for j < len(sorted) && sorted[j] == sorted[i] {
			j++
		}
		if j-i > most {
			best, most = sorted[i], j-i
		}
		i = j
	}
	return best
}

// addedFigure is the figure of marks that came added up.
func (p *panel) addedFigure(n *node) (figure, string) {
	a := p.added[n.c.Key]
	f := figure{sum: int64(a.Sum), n: a.Count}
	if a.Count == 0 {
		return figure{}, WhyNoMarks
	}
	if d := p.Drop; d != nil {
		if int64(d.Highest+d.Lowest) >= a.Count {
			return figure{}, WhyNothingLeft
		}
		if d.Highest == 1 {
			f.sum, f.n = f.sum-int64(a.Max), f.n-1
		}
		if d.Lowest == 1 {
			f.sum, f.n = f.sum-int64(a.Min), f.n-1
		}
	}
	counted := a
	counted.Count = f.n
	if p.Aggregate == rubric.Summed {
		f.n = 1
	}
	why := p.base(&f, n, counted)
	return f, why
}

// base notes the calculation and widens the base of a rate beyond those who
// chose. counts.Count is the marks that are in the figure.
func (p *panel) base(f *figure, n *node, counts Aggregate) string {
	if t, ok := n.rule.(*tallied); ok && t.Over != "" && t.Over != rubric.OverVoiced {
		f.n = counts.Count + counts.Abstain + counts.DontKnow + p.spoilt()
		if t.Over == rubric.OverIssued {
			if p.session.Issued == nil {
				return WhyUnknownSession
			}
			f.n = *p.session.Issued
		}
		if f.n == 0 {
			return WhyBaseZero
		}
	}
	how := p.Aggregate
	if how == "" {
		how = rubric.Mean
	}
	f.note = fmt.Sprintf("%s of %d marks", how, counts.Count)
	if f.n > 1 {
		f.note += ": " + points.Points(f.sum).String() + "/" + fmt.Sprint(f.n)
	} else {
		f.note += ": " + points.Points(f.sum).String()
	}
	for _, m := range missingKinds() {
		if k := counts.of(m); k > 0 {
			f.note += fmt.Sprintf("; %d %s", k, m)
		}
	}
	if k := p.spoilt(); k > 0 {
		f.note += fmt.Sprintf("; %d returned and not on the card", k)
	}
	return ""
}

// spoilt is how many ballots came back, by the session's count, that the card
// does not have: invalid ones (废票), and those nobody entered.
func (p *panel) spoilt() int64 {
	if p.session.Returned == nil {
		return 0
	}
	return max(0, *p.session.Returned-int64(p.size()))
}

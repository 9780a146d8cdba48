package evaluate

import (
	"errors"
	"fmt"
	"slices"

	"github.com/tian-go/tian/evaluate/internal/quote"
	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

func asProblems(err error, into *problem.List) bool { return errors.As(err, into) }

// Score scores one card. A card that cannot be read under the sheet gives
// a problem.List, all at once, and no outcome; a card that can be read but has no
// total (a void vote, a missing fact, a sealed ballot) is an Outcome that says
// why. The card is not changed and not kept.
func (s *Sheet) Score(card Card) (Outcome, error) {
	if err := s.compiled(); err != nil {
		return Outcome{}, err
	}
	return s.score(card, "")
}

// score scores a card as if one group, when named, did not exist.
func (s *Sheet) score(card Card, without string) (Outcome, error) {
	r := s.begin(&card, without)
	out := Outcome{
		Card: card.ID, Subject: card.Subject, League: card.League,
		Rubric: s.rubric.Name, Version: s.rubric.Version, Hash: s.hash,
	}
	r.references()
	r.ballots()
	if err := r.err(); err != nil {
		return Outcome{}, err
	}
	if s.rubric.Blind && !card.Decided {
		out.Status, out.Reasons = Undefined, []Because{{Code: WhySealed}}
		return out, nil
	}
	base := r.baseSum()
	bonus := r.section(s.bonus, s.rubric.Bonus, SectionBonus)
	penalty := r.section(s.extra, s.rubric.Penalty, SectionPenalty)
	total := base.Add(bonus).Add(penalty)
	ceiling := r.vetoed(&out, total)
	if err := r.err(); err != nil {
		return Outcome{}, err
	}
	out.Panels = r.report()
	out.Status, out.Reasons = r.status, r.reasons
	if !out.Scored() {
		return out, nil
	}
	if ceiling.zero {
		total = points.Exact{}
	}
	if err := r.close(&out, total); err != nil {
		return Outcome{}, err
	}
	if i := s.bandAt(out.Total); i >= 0 {
		out.Band = s.bands[max(i, ceiling.band)].Key
	}
	return out, nil
}

func (s *Sheet) bandAt(total points.Points) int {
	if b, ok := s.BandOf(total); ok {
		return s.bandIndex(b.Key)
	}
	return -1
}

// references reports keys on the card that the sheet does not know.
func (r *run) references() {
	if r.card.ID == "" {
		r.add(problem.Key, "id", "", "the card has no id")
	}
	for _, key := range strayKeys(r.card.Facts, r.sheet.facts) {
		r.add(problem.Unknown, "facts."+key, "", "no criterion reads fact %s", quote.Short(key))
	}
	for _, key := range strayKeys(r.card.Nested, r.sheet.nested) {
		r.add(problem.Unknown, "nested."+key, "", "no criterion reads nested card %s", quote.Short(key))
	}
}

func (r *run) baseSum() points.Exact {
	var sum points.Exact
	for _, n := range r.sheet.base {
		sum = sum.Add(r.node(n))
	}
	if r.unplaced == 0 || r.status == Void || r.status == Undefined {
		return sum
	}
	var judged points.Points
	for _, n := range r.sheet.base {
		judged += full(n.c)
	}
	judged -= r.unplaced
	if judged <= 0 {
		r.because(Undefined, WhyNothingPresent, "")
		return sum
	}
	l := Line{
		Section: SectionBase, Rule: LineRedistribute,
		Note: fmt.Sprintf("%s points without a valid vote, spread over the other %s", r.unplaced, judged),
	}
	return sum.Add(r.write(l, sum.Scale(int64(r.unplaced), int64(judged))))
}

func (r *run) section(nodes []*node, s *rubric.Section, name string) points.Exact {
	var sum points.Exact
	for _, n := range nodes {
		sum = sum.Add(r.node(n))
	}
	if s == nil || s.Cap == nil {
		return sum
	}
	limit := *s.Cap
	if name == SectionPenalty {
		return sum.Add(r.clip(Line{Section: name}, sum, ptr(-limit), nil))
	}
	return sum.Add(r.clip(Line{Section: name}, sum, nil, &limit))
}

func ptr(p points.Points) *points.Points { return &p }

// node scores a criterion and everything under it.
func (r *run) node(n *node) points.Exact {
	var sum points.Exact
	if len(n.items) > 0 {
		for _, item := range n.items {
			sum = sum.Add(r.node(item))
		}
	} else {
		var ok bool
		if sum, ok = n.rule.score(r, n); !ok {
			return points.Exact{}
		}
	}
	return sum.Add(r.clip(Line{Section: n.section, Criterion: n.path}, sum, n.floor, n.cap))
}

// clip writes the line that brings sum between floor and cap, and gives its
// points: nothing when sum is there already.
func (r *run) clip(l Line, sum points.Exact, floor, top *points.Points) points.Exact {
	switch {
	case floor != nil && sum.Cmp(floor.Exact()) < 0:
		l.Rule, l.Note = LineFloor, "not below "+floor.String()
		return r.write(l, floor.Exact().Add(sum.Neg()))
	case top != nil && sum.Cmp(top.Exact()) > 0:
		l.Rule, l.Note = LineCap, "not above "+top.String()
		return r.write(l, top.Exact().Add(sum.Neg()))
	}
	return points.Exact{}
}

// write adds a ledger line worth x and gives what it is worth in the total: x
// itself, or x rounded when the sheet rounds by line.
func (r *run) write(l Line, x points.Exact) points.Exact {
	round := r.sheet.round
	places := points.Places
	if round.byLine {
		places = round.places
	}
	p, err := x.Round(places, round.rule)
	if err != nil {
		r.add(problem.Overflow, "", l.Criterion, "%v", err)
		return points.Exact{}
	}
	l.Points = p
	r.lines = append(r.lines, l)
	if round.byLine {
		return p.Exact()
	}
	return x
}

// ceiling is what vetoes leave possible.
type ceiling struct {
	zero bool
	band int // index into the bands, highest first
}

// vetoed applies the vetoes. A condition whose fact is not on the card, or is
// missing for a reason, does not hold for now and makes the outcome provisional:
// nobody knows yet that it does not. A rate without a base does not hold.
func (r *run) vetoed(out *Outcome, total points.Exact) ceiling {
	var c ceiling
	for i := range r.sheet.rubric.Vetoes {
		v := &r.sheet.rubric.Vetoes[i]
		switch r.ask(v.When, rubric.NoBaseUndefined, "") {
		case yes:
		case absent:
			r.because(Provisional, WhyVetoUnknown, v.Key)
			continue
		default:
			continue
		}
		out.Vetoes = append(out.Vetoes, v.Key)
		switch v.Effect {
		case rubric.VetoVoid:
			r.because(Void, WhyVeto, v.Key)
		case rubric.VetoBand:
			c.band = max(c.band, r.sheet.bandIndex(v.Band))
		case rubric.VetoZero:
			if !c.zero {
				r.write(Line{Section: SectionVeto, Rule: LineVeto, Fact: v.When.Fact, Note: v.Key}, total.Neg())
			}
			c.zero = true
		}
	}
	return c
}

// close rounds the total and makes the ledger sum to it.
func (r *run) close(out *Outcome, total points.Exact) error {
	round := r.sheet.round
	var err error
	if out.Total, err = total.Round(round.places, round.rule); err != nil {
		r.add(problem.Overflow, "", "", "%v", err)
		return r.err()
	}
	var sum points.Exact
	parts := map[string]*points.Points{SectionBase: &out.Base, SectionBonus: &out.Bonus, SectionPenalty: &out.Penalty}
	for i := range r.lines {
		l := &r.lines[i]
		sum = sum.Add(l.Points.Exact())
		if part := parts[l.Section]; part != nil {
			if *part, err = part.Add(l.Points); err != nil {
				r.add(problem.Overflow, "", l.Criterion, "%v", err)
				return r.err()
			}
		}
	}
	if rest := out.Total.Exact().Add(sum.Neg()); !rest.IsZero() {
		note := fmt.Sprintf("total to %d places, %s", round.places, round.rule)
		r.write(Line{Section: SectionRounding, Rule: LineRounding, Note: note}, rest)
	}
	out.Ledger = slices.Clip(r.lines)
	return r.err()
}

func (r *run) undefined(code string, n *node) (points.Exact, bool) {
	r.because(Undefined, code, n.path)
	return points.Exact{}, false
}

func (r *run) overflow(n *node, err error) {
	r.add(problem.Overflow, "", n.c.Key, "%v", err)
}

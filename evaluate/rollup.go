package evaluate

import (
	"fmt"
	"sort"

	"github.com/tian-go/tian/evaluate/points"
	"github.com/tian-go/tian/evaluate/problem"
	"github.com/tian-go/tian/evaluate/rubric"
)

// Contribution says that an outcome, usually of one proposal, counts for a
// unit. Weight lets a lead unit (主办) carry more of it than a co-unit (会办).
type Contribution struct {
	Unit    string
	Outcome Outcome
	// Weight is relative and above 0.
	Weight points.Points
}

// RollUpRule makes one figure of a unit's outcomes.
type RollUpRule struct {
	// Sum adds the weighted totals up; otherwise they are averaged by weight.
	Sum bool `json:"sum,omitempty"`
	// MinCount is how many outcomes a unit needs to have a figure (0: 1).
	MinCount int `json:"min_count,omitempty"`
	// Round is the one rounding, at the unit's total; its step must be "total".
	Round rubric.Round `json:"round,omitzero"`
}

// UnitOutcome is what a unit's outcomes come to.
type UnitOutcome struct {
	Unit   string `json:"unit"`
	Status Status `json:"status"`
	// Reasons tell which cards keep the status from being final.
	Reasons []Because `json:"reasons,omitempty"`
	// Count is the outcomes that have a total, of Of altogether.
	Count int           `json:"count"`
	Of    int           `json:"of"`
	Total points.Points `json:"total"`
	// Ledger has one line for each outcome counted, by card; its points sum to
	// Total. Criterion is the card's id.
	Ledger []Line `json:"ledger,omitempty"`
}

// RollUp brings outcomes together by unit, in the order of the units' names.
// All outcomes must be of one sheet. Outcomes without a total do not count; a
// provisional one makes the unit provisional. The order of the input changes
// nothing.
func (r RollUpRule) RollUp(cs []Contribution) ([]UnitOutcome, error) {
	round, err := r.rounding()
	if err != nil {
		return nil, err
	}
	units := map[string][]Contribution{}
	seen := map[[2]string]bool{}
	for _, c := range cs {
		key := [2]string{c.Unit, c.Outcome.Card}
		switch {
		case c.Unit == "":
			return nil, fmt.Errorf("%w: card %s counts for no unit", points.ErrInvalid, c.Outcome.Card)
		case c.Weight <= 0 || c.Weight > maxRubricPoints:
			return nil, fmt.Errorf("%w: card %s counts for %s with weight %s", points.ErrInvalid, c.Outcome.Card, c.Unit, c.Weight)
		case c.Outcome.Hash != cs[0].Outcome.Hash:
			return nil, fmt.Errorf("%w: cards %s and %s were scored by different sheets", points.ErrInvalid, cs[0].Outcome.Card, c.Outcome.Card)
		case seen[key]:
			return nil, fmt.Errorf("%w: card %s counts for %s twice", points.ErrInvalid, c.Outcome.Card, c.Unit)
		}
		seen[key] = true
		units[c.Unit] = append(units[c.Unit], c)
	}
	out := make([]UnitOutcome, 0, len(units))
	for _, unit := range sortedKeys(units) {
		own := units[unit]
		sort.Slice(own, func(i, j int) bool { return own[i].Outcome.Card < own[j].Outcome.Card })
		u, err := r.unit(unit, own, round)
		if err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	return out, nil
}

func (r RollUpRule) rounding() (rounding, error) {
	c := compiler{sheet: &Sheet{rubric: rubric.Rubric{Name: "roll_up", Version: 1, Round: r.Round}}}
	c.header()
	if c.sheet.round.byLine {
		c.add(problem.Rounding, "round.step", "", "a roll-up rounds at the total")
	}
	if r.MinCount < 0 {
		c.add(problem.Range, "min_count", "", "min_count is %d", r.MinCount)
	}
	return c.sheet.round, c.err()
}

func (r RollUpRule) unit(unit string, own []Contribution, round rounding) (UnitOutcome, error) {
	u := UnitOutcome{Unit: unit, Status: Final, Of: len(own)}
	var weights points.Points
	for i := range own {
		o := &own[i].Outcome
		if o.Scored() {
			u.Count++
			weights += own[i].Weight // each is bounded by maxRubricPoints
		}
		if o.Status == Provisional {
			u.Status = Provisional
		}
		if o.Status != Final {
			u.Reasons = append(u.Reasons, Because{Code: string(o.Status), Where: o.Card})
		}
	}
	if u.Count < max(1, r.MinCount) {
		u.Status = Undefined
		u.Reasons = append(u.Reasons, Because{Code: string(points.NoValues), Where: unit})
		return u, nil
	}
	var total points.Exact
	var shown points.Points
	for i := range own {
		o, w := &own[i].Outcome, own[i].Weight
		if !o.Scored() {
			continue
		}
		all := points.One
		if !r.Sum {
			all = weights
		}
		x := o.Total.Scaled(int64(w), int64(all))
		total = total.Add(x)
		p, err := x.Round(points.Places, round.rule)
		if err != nil {
			return UnitOutcome{}, err
		}
		if shown, err = shown.Add(p); err != nil {
			return UnitOutcome{}, err
		}
		u.Ledger = append(u.Ledger, Line{
			Section: SectionBase, Criterion: o.Card, Rule: "roll_up", Points: p,
			Note: fmt.Sprintf("%s × %s/%s", o.Total, w, all),
		})
	}
	var err error
	if u.Total, err = total.Round(round.places, round.rule); err != nil {
		return UnitOutcome{}, err
	}
	rest, err := u.Total.Sub(shown)
	if err != nil {
		return UnitOutcome{}, err
	}
	if rest != 0 {
		u.Ledger = append(u.Ledger, Line{
			Section: SectionRounding, Rule: LineRounding, Points: rest,
			Note: fmt.Sprintf("total to %d places, %s", round.places, round.rule),
		})
	}
	return u, nil
}

package topic

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// Nominate makes a topic a candidate.
type Nominate struct{}

// Event is "nominate".
func (Nominate) Event() string { return "nominate" }

// Apply changes nothing but the state.
func (Nominate) Apply(_ *rules.Act, t *Topic) error {
	t.Declined = ""
	return nil
}

// Screen holds a candidate against the body's criteria and exclusions.
type Screen struct {
	Met      []string `json:"met,omitempty" zh:"符合的选题标准" en:"criteria met" field:"from=criteria"`
	Excluded []string `json:"excluded,omitempty" zh:"不宜协商的情形" en:"exclusions that apply" field:"from=exclusions"`
	Text     string   `json:"text,omitempty" zh:"审查意见" en:"remarks" field:"text"`
}

// Event is "screen".
func (Screen) Event() string { return "screen" }

// Apply keeps what was found, instead of what was found before.
func (s Screen) Apply(act *rules.Act, t *Topic) error {
	for i, key := range s.Met {
		if err := act.Rules.Criteria.Use(check.At("met", i), key); err != nil {
			return err
		}
	}
	for i, key := range s.Excluded {
		if err := act.Rules.Exclusions.Use(check.At("excluded", i), key); err != nil {
			return err
		}
	}
	if err := check.Text("text", s.Text); err != nil {
		return err
	}
	t.Screening = &Screening{On: act.Today(), By: act.Actor.ID, Met: slices.Clone(s.Met), Excluded: slices.Clone(s.Excluded), Text: s.Text}
	return nil
}

// Poll records a vote on a candidate. Numbers of voters that are left out are those of
// the wider circle: without a word everybody present was eligible and cast a valid
// ballot.
type Poll struct {
	Eligible  *int `json:"eligible,omitempty" zh:"应到" en:"eligible"`
	Present   int  `json:"present" zh:"到会" en:"present" field:"required"`
	Cast      *int `json:"cast,omitempty" zh:"收回选票" en:"ballots returned"`
	Valid     *int `json:"valid,omitempty" zh:"有效选票" en:"valid ballots"`
	For       int  `json:"for" zh:"赞成" en:"for" field:"required"`
	Against   int  `json:"against,omitempty" zh:"反对" en:"against"`
	Abstained int  `json:"abstained,omitempty" zh:"弃权" en:"abstained"`
}

// Event is "poll".
func (Poll) Event() string { return "poll" }

// Apply keeps the vote, instead of the one before. More ballots than voters make the
// vote void, and it is refused.
func (p Poll) Apply(act *rules.Act, t *Topic) error {
	b := Ballot{On: act.Today(), Eligible: p.Present, Present: p.Present, For: p.For, Against: p.Against, Abstained: p.Abstained}
	if p.Eligible != nil {
		b.Eligible = *p.Eligible
	}
	if b.Cast = b.Present; p.Cast != nil {
		b.Cast = *p.Cast
	}
	if b.Valid = b.Cast; p.Valid != nil {
		b.Valid = *p.Valid
	}
	if b.Present > b.Eligible || b.Cast > b.Present || b.Valid > b.Cast {
		return workflow.Invalid("present", "out_of_range", "有效%d、收回%d、到会%d、应到%d不符", "%d valid of %d cast by %d present of %d eligible do not go together", b.Valid, b.Cast, b.Present, b.Eligible)
	}
	votes, ok := check.Sum(p.For, p.Against, p.Abstained)
	if !ok || votes > b.Valid {
		return workflow.Invalid("for", "out_of_range", "赞成%d、反对%d、弃权%d与有效选票%d不符", "%d for, %d against and %d abstaining do not come from %d valid ballots", p.For, p.Against, p.Abstained, b.Valid)
	}
	t.Ballot = &b
	return nil
}

// Select chooses a candidate by the criteria.
type Select struct{}

// Event is "select".
func (Select) Event() string { return "select" }

// Apply changes nothing but the state.
func (Select) Apply(*rules.Act, *Topic) error { return nil }

// Elect chooses a candidate by the vote on it.
type Elect struct{}

// Event is "elect".
func (Elect) Event() string { return "elect" }

// Apply changes nothing but the state.
func (Elect) Apply(*rules.Act, *Topic) error { return nil }

// Schedule puts a chosen topic into the yearly plan, or moves it there. Moved to
// another year (结转) it stays in the plan from which it was carried over.
type Schedule struct {
	Slot
}

// Event is "schedule".
func (Schedule) Event() string { return "schedule" }

// Apply keeps the place in the plan.
func (s Schedule) Apply(act *rules.Act, t *Topic) error {
	if s.Year < 1949 || s.Year > 9999 {
		return workflow.Invalid("year", "out_of_range", "%d不是计划年度", "%d is no year of a plan", s.Year)
	}
	if s.Quarter < 0 || s.Quarter > 4 {
		return workflow.Invalid("quarter", "out_of_range", "%d不是季度", "%d is no quarter", s.Quarter)
	}
	if _, err := act.Rules.UseForm("form", s.Form); err != nil {
		return err
	}
	for _, f := range []struct{ name, text string }{{"lead", s.Lead}, {"approved", s.Approved}, {"platform", s.Platform}} {
		if err := check.Line(f.name, f.text); err != nil {
			return err
		}
	}
	slot := s.Slot
	slot.Units = slices.Clone(s.Units)
	if t.Plan != nil && t.Plan.Year != slot.Year {
		if err := check.Len("carried", len(t.Carried), 1); err != nil {
			return err
		}
		t.Carried = append(t.Carried, *t.Plan)
	}
	t.Carried = slices.DeleteFunc(t.Carried, func(s Slot) bool { return s.Year == slot.Year }) // it is back in that plan
	t.Plan = &slot
	return nil
}

// Decline does not take a topic, and says why.
type Decline struct {
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "decline".
func (Decline) Event() string { return "decline" }

// Apply keeps the reason; a place in the plan is given up, those from which it was
// carried over stay.
func (d Decline) Apply(_ *rules.Act, t *Topic) error {
	if err := check.Said("reason", d.Reason); err != nil {
		return err
	}
	t.Declined, t.Plan = d.Reason, nil
	return nil
}

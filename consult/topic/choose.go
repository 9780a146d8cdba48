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

// Poll records a vote on a candidate.
type Poll struct {
	Present int `json:"present" zh:"到会" en:"present" field:"required"`
	For     int `json:"for" zh:"赞成" en:"for" field:"required"`
	Against int `json:"against,omitempty" zh:"反对" en:"against"`
}

// Event is "poll".
func (Poll) Event() string { return "poll" }

// Apply keeps the vote, instead of the one before.
func (p Poll) Apply(act *rules.Act, t *Topic) error {
	if p.For < 0 || p.Against < 0 || p.For > p.Present || p.Against > p.Present-p.For {
		return workflow.Invalid("for", "out_of_range", "赞成%d、反对%d与到会%d不符", "%d for and %d against do not come from %d present", p.For, p.Against, p.Present)
	}
	t.Ballot = &Ballot{On: act.Today(), Present: p.Present, For: p.For, Against: p.Against}
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

// Schedule puts a chosen topic into the yearly plan, or moves it there.
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
	t.Plan = &slot
	return nil
}

// Decline does not take a topic, and says why.
type Decline struct {
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "decline".
func (Decline) Event() string { return "decline" }

// Apply keeps the reason; a place in the plan is given up.
func (d Decline) Apply(_ *rules.Act, t *Topic) error {
	if err := check.Said("reason", d.Reason); err != nil {
		return err
	}
	t.Declined, t.Plan = d.Reason, nil
	return nil
}

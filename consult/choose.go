package consult

import (
	"slices"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Suggest is what a topic begins with; see [Service.Suggest].
type Suggest struct {
	Title    string `json:"title"`
	Source   Source `json:"source"`
	Platform string `json:"platform,omitempty"`
	Text     string `json:"text,omitempty"` // the first clue
}

// suggested is a Suggest with what the platform it names was then.
type suggested struct {
	Suggest
	Convenor string `json:"convenor,omitempty"`
	Unit     string `json:"unit,omitempty"`
}

// Event is "open".
func (suggested) Event() string { return "open" }

// Apply fills the new topic.
func (s suggested) Apply(act *Act, t *Topic) error {
	if err := checkName("title", s.Title); err != nil {
		return err
	}
	if err := s.Source.check("source"); err != nil {
		return err
	}
	t.Title, t.Source, t.Platform, t.Convenor, t.Unit = s.Title, s.Source, s.Platform, s.Convenor, s.Unit
	if s.Text == "" {
		return nil
	}
	return AddClue{Source: s.Source, Text: s.Text}.Apply(act, t)
}

// Rename rewords a topic that has not been chosen: to make its cut smaller.
type Rename struct {
	Title string `json:"title"`
}

// Event is "rename".
func (Rename) Event() string { return "rename" }

// Apply replaces the title. What was found and voted of the old one is gone.
func (r Rename) Apply(_ *Act, t *Topic) error {
	if err := checkName("title", r.Title); err != nil {
		return err
	}
	t.Title, t.Screening, t.Ballot = r.Title, nil, nil
	return nil
}

// AddClue adds something that was said for a topic.
type AddClue struct {
	On     calendar.Date `json:"on,omitzero"` // zero: today
	Source Source        `json:"source"`
	Text   string        `json:"text"`
	Count  int           `json:"count,omitempty"`
}

// Event is "add_clue".
func (AddClue) Event() string { return "add_clue" }

// Apply adds it.
func (a AddClue) Apply(act *Act, t *Topic) error {
	on, err := past(act, a.On)
	if err != nil {
		return err
	}
	if err := a.Source.check("source"); err != nil {
		return err
	}
	if err := checkSaid("text", a.Text); err != nil {
		return err
	}
	if a.Count < 0 {
		return workflow.Invalid("count", "out_of_range", "人数不能为%d", "%d people cannot have said so", a.Count)
	}
	if err := checkLen("clues", len(t.Clues), 1); err != nil {
		return err
	}
	t.Clues = append(t.Clues, Clue{On: on, Source: a.Source, Text: a.Text, Count: a.Count})
	return nil
}

// Nominate makes a topic a candidate.
type Nominate struct{}

// Event is "nominate".
func (Nominate) Event() string { return "nominate" }

// Apply changes nothing but the state.
func (Nominate) Apply(_ *Act, t *Topic) error {
	t.Declined = ""
	return nil
}

// Screen holds a candidate against the body's criteria and exclusions.
type Screen struct {
	Met      []string `json:"met,omitempty"`
	Excluded []string `json:"excluded,omitempty"`
	Text     string   `json:"text,omitempty"`
}

// Event is "screen".
func (Screen) Event() string { return "screen" }

// Apply keeps what was found, instead of what was found before.
func (s Screen) Apply(act *Act, t *Topic) error {
	rules := act.Rules
	for i, key := range s.Met {
		if err := rules.Criteria.use(at("met", i), key); err != nil {
			return err
		}
	}
	for i, key := range s.Excluded {
		if err := rules.Exclusions.use(at("excluded", i), key); err != nil {
			return err
		}
	}
	if err := checkText("text", s.Text); err != nil {
		return err
	}
	t.Screening = &Screening{On: act.Today(), By: act.Actor.ID, Met: slices.Clone(s.Met), Excluded: slices.Clone(s.Excluded), Text: s.Text}
	return nil
}

// Poll records a vote on a candidate.
type Poll struct {
	Present int `json:"present"`
	For     int `json:"for"`
	Against int `json:"against,omitempty"`
}

// Event is "poll".
func (Poll) Event() string { return "poll" }

// Apply keeps the vote, instead of the one before.
func (p Poll) Apply(act *Act, t *Topic) error {
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
func (Select) Apply(*Act, *Topic) error { return nil }

// Elect chooses a candidate by the vote on it.
type Elect struct{}

// Event is "elect".
func (Elect) Event() string { return "elect" }

// Apply changes nothing but the state.
func (Elect) Apply(*Act, *Topic) error { return nil }

// Schedule puts a chosen topic into the yearly plan, or moves it there.
type Schedule struct {
	Slot
}

// Event is "schedule".
func (Schedule) Event() string { return "schedule" }

// Apply keeps the place in the plan.
func (s Schedule) Apply(act *Act, t *Topic) error {
	if s.Year < 1949 || s.Year > 9999 {
		return workflow.Invalid("year", "out_of_range", "%d不是计划年度", "%d is no year of a plan", s.Year)
	}
	if s.Quarter < 0 || s.Quarter > 4 {
		return workflow.Invalid("quarter", "out_of_range", "%d不是季度", "%d is no quarter", s.Quarter)
	}
	form, ok := act.Rules.Form(s.Form)
	if err := usable("form", s.Form, ok, form.Retired); err != nil {
		return err
	}
	for _, f := range []struct{ name, text string }{{"lead", s.Lead}, {"approved", s.Approved}, {"platform", s.Platform}} {
		if err := checkLine(f.name, f.text); err != nil {
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
	Reason string `json:"reason"`
}

// Event is "decline".
func (Decline) Event() string { return "decline" }

// Apply keeps the reason; a place in the plan is given up.
func (d Decline) Apply(_ *Act, t *Topic) error {
	if err := checkSaid("reason", d.Reason); err != nil {
		return err
	}
	t.Declined, t.Plan = d.Reason, nil
	return nil
}

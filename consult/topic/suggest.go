package topic

import (
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Suggest is what a topic begins with; see [Suggest.At].
type Suggest struct {
	Title    string `json:"title" zh:"议题" en:"title" field:"required,max=200"`
	Source   Source `json:"source" zh:"议题来源" en:"source" field:"required"`
	Platform string `json:"platform,omitempty" zh:"平台" en:"platform" field:"id"`
	Text     string `json:"text,omitempty" zh:"线索" en:"first clue" field:"text"` // the first clue
}

// At returns the action that opens the topic, given the convenor of the platform
// that it names, and the unit that runs it; both are empty when it names none.
func (s Suggest) At(convenor, unit string) workflow.Action[*Topic, rules.Rules] {
	return suggested{Suggest: s, Convenor: convenor, Unit: unit}
}

// suggested is a Suggest with what the platform it names was then.
type suggested struct {
	Suggest
	Convenor string `json:"convenor,omitempty" zh:"平台召集人" en:"convenor of the platform" field:"id"`
	Unit     string `json:"unit,omitempty" zh:"平台主办单位" en:"unit of the platform" field:"id"`
}

// Event is "open".
func (suggested) Event() string { return "open" }

// Apply fills the new topic.
func (s suggested) Apply(act *rules.Act, t *Topic) error {
	if err := check.Name("title", s.Title); err != nil {
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
	Title string `json:"title" zh:"议题" en:"title" field:"required,max=200"`
}

// Event is "rename".
func (Rename) Event() string { return "rename" }

// Apply replaces the title. What was found and voted of the old one is gone.
func (r Rename) Apply(_ *rules.Act, t *Topic) error {
	if err := check.Name("title", r.Title); err != nil {
		return err
	}
	t.Title, t.Screening, t.Ballot = r.Title, nil, nil
	return nil
}

// AddClue adds something that was said for a topic.
type AddClue struct {
	On     calendar.Date `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	Source Source        `json:"source" zh:"来源" en:"source" field:"required"`
	Text   string        `json:"text" zh:"线索" en:"clue" field:"text,required"`
	Count  int           `json:"count,omitempty" zh:"人数" en:"how many said so"`
}

// Event is "add_clue".
func (AddClue) Event() string { return "add_clue" }

// Apply adds it.
func (a AddClue) Apply(act *rules.Act, t *Topic) error {
	on, err := check.Past(act.Today(), a.On)
	if err != nil {
		return err
	}
	if err := a.Source.check("source"); err != nil {
		return err
	}
	if err := check.Said("text", a.Text); err != nil {
		return err
	}
	if a.Count < 0 {
		return workflow.Invalid("count", "out_of_range", "人数不能为%d", "%d people cannot have said so", a.Count)
	}
	if err := check.Len("clues", len(t.Clues), 1); err != nil {
		return err
	}
	t.Clues = append(t.Clues, Clue{On: on, Source: a.Source, Text: a.Text, Count: a.Count})
	return nil
}

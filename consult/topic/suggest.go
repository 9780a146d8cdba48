package topic

import (
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Suggest is what a topic begins with.
type Suggest struct {
	Title    string `json:"title" zh:"议题" en:"title" field:"required,max=200"`
	Source   Source `json:"source" zh:"议题来源" en:"source" field:"required"`
	Platform string `json:"platform,omitempty" zh:"平台" en:"platform" field:"id"`
	Text     string `json:"text,omitempty" zh:"线索" en:"first clue" field:"text"` // the first clue
}

// Event is "open".
func (Suggest) Event() string { return "open" }

// Apply fills the new topic.
func (s Suggest) Apply(act *rules.Act, t *Topic) error {
	if err := check.Name("title", s.Title); err != nil {
		return err
	}
	if err := s.Source.check("source"); err != nil {
		return err
	}
	t.Title, t.Source, t.Platform = s.Title, s.Source, s.Platform
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

// Package minutes is the minutes of a consultation (会议纪要): drafted, sent round,
// objected to, filed, and corrected later with every version kept.
//
// They are part of an activity, and change through the actions of package activity,
// whose lifecycle says when.
package minutes

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Minutes (会议纪要) are the minutes of the activity: a draft that goes round, what is
// objected to it, the text that was filed, and every text that it replaced.
type Minutes struct {
	Draft      string        `json:"draft,omitempty"` // while they have not been filed
	Rounds     []Circulation `json:"rounds,omitempty"`
	Objections []Objection   `json:"objections,omitempty"`
	Filed      calendar.Date `json:"filed,omitzero"` // zero: they are a draft
	By         string        `json:"by"`
	Text       string        `json:"text,omitempty"`
	Versions   []Version     `json:"versions,omitempty"` // those before, the oldest first
}

// Circulation (征求意见) is one sending round of the draft.
type Circulation struct {
	On calendar.Date `json:"on"`
	By string        `json:"by"`
	To []string      `json:"to"` // IDs of participants
}

// Objection (异议) is what somebody who was there has against the draft.
type Objection struct {
	ID       string        `json:"id"` // b1, b2 …
	By       string        `json:"by"` // ID of a participant
	On       calendar.Date `json:"on"`
	Text     string        `json:"text"`
	Answered calendar.Date `json:"answered,omitzero"`
	Taken    bool          `json:"taken,omitempty"` // the draft was changed for it
	Answer   string        `json:"answer,omitempty"`
}

// Version is the minutes as they were until a day.
type Version struct {
	Until  calendar.Date `json:"until"`
	By     string        `json:"by"` // who had filed it
	Text   string        `json:"text"`
	Reason string        `json:"reason,omitempty"` // why it was replaced
}

// Send notes to whom the draft went.
func (m *Minutes) Send(on calendar.Date, by string, to []string) error {
	if m.Draft == "" {
		return workflow.Invalid("text", "no_draft", "没有纪要草稿", "there is no draft")
	}
	if err := check.Len("rounds", len(m.Rounds), 1); err != nil {
		return err
	}
	m.Rounds = append(m.Rounds, Circulation{On: on, By: by, To: to})
	return nil
}

// Object keeps an objection to the draft.
func (m *Minutes) Object(on calendar.Date, by, text string) error {
	if m.Draft == "" {
		return workflow.Invalid("text", "no_draft", "没有纪要草稿", "there is no draft")
	}
	if err := check.Said("text", text); err != nil {
		return err
	}
	if err := check.Len("objections", len(m.Objections), 1); err != nil {
		return err
	}
	m.Objections = append(m.Objections, Objection{ID: fmt.Sprintf("b%d", len(m.Objections)+1), By: by, On: on, Text: text})
	return nil
}

// Answer says what was made of an objection, once.
func (m *Minutes) Answer(on calendar.Date, id string, taken bool, answer string) error {
	i := slices.IndexFunc(m.Objections, func(o Objection) bool { return o.ID == id })
	if i < 0 {
		return workflow.Invalid("objection", "unknown", "没有异议%q", "there is no objection %q", id)
	}
	if err := check.Said("answer", answer); err != nil {
		return err
	}
	o := &m.Objections[i]
	if !o.Answered.IsZero() {
		return workflow.Invalid("objection", "answered", "异议%q已处理", "the objection %q has been answered", id)
	}
	o.Answered, o.Taken, o.Answer = on, taken, answer
	return nil
}

// File files a text. A later one replaces it, and the one before is kept; the day of
// filing stays that of the first.
func (m *Minutes) File(on calendar.Date, by, text, reason string) error {
	if err := check.Said("text", text); err != nil {
		return err
	}
	if m.Filed.IsZero() {
		m.Filed = on
	} else {
		if err := check.Len("versions", len(m.Versions), 1); err != nil {
			return err
		}
		m.Versions = append(m.Versions, Version{Until: on, By: m.By, Text: m.Text, Reason: reason})
	}
	m.Text, m.By, m.Draft = text, by, ""
	return nil
}

// As returns the text that was in force at the end of a day, "" when none had been
// filed by then.
func (m *Minutes) As(on calendar.Date) string {
	if m.Filed.IsZero() || m.Filed.After(on) {
		return ""
	}
	for _, v := range m.Versions {
		if v.Until.After(on) {
			return v.Text
		}
	}
	return m.Text
}

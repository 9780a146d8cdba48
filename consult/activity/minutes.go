package activity

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/minutes"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// DraftMinutes drafts the minutes, or replaces the draft.
type DraftMinutes struct {
	Text string `json:"text" zh:"纪要草稿" en:"draft" field:"text,required"`
}

// Event is "draft_minutes".
func (DraftMinutes) Event() string { return "draft_minutes" }

// Apply keeps the draft. Objections to the one before stay, with their answers.
func (d DraftMinutes) Apply(act *rules.Act, a *Activity) error {
	if err := check.Said("text", d.Text); err != nil {
		return err
	}
	m := a.minutes()
	m.Draft, m.By = d.Text, act.Actor.ID
	return nil
}

// SendMinutes (印发征求意见) sends the draft round.
type SendMinutes struct {
	To []string `json:"to,omitempty" zh:"征求意见对象" en:"to whom" field:"id"` // IDs of participants; none: everybody who was there
}

// Event is "send_minutes".
func (SendMinutes) Event() string { return "send_minutes" }

// Apply keeps to whom it went.
func (s SendMinutes) Apply(act *rules.Act, a *Activity) error {
	to := slices.Clone(s.To)
	for i, id := range to {
		if err := a.speaker(check.At("to", i), id); err != nil {
			return err
		}
	}
	if len(to) == 0 {
		for _, p := range a.Participants {
			if p.Attended {
				to = append(to, p.ID)
			}
		}
	}
	return a.minutes().Send(act.Today(), act.Actor.ID, to)
}

// ObjectToMinutes (提出异议) objects to the draft.
type ObjectToMinutes struct {
	By   string `json:"by,omitempty" zh:"提出人" en:"by" field:"id"` // "": the actor
	Text string `json:"text" zh:"异议" en:"objection" field:"text,required"`
}

// Event is "object_to_minutes".
func (ObjectToMinutes) Event() string { return "object_to_minutes" }

// Apply keeps it. Whoever convenes enters that of a person without an account.
func (o ObjectToMinutes) Apply(act *rules.Act, a *Activity) error {
	by := o.By
	if by == "" {
		by = act.Actor.ID
	}
	if act.Role == attendee && by != act.Actor.ID {
		return workflow.Invalid("by", "other", "只能提出本人的异议", "everybody objects for themselves")
	}
	if err := a.speaker("by", by); err != nil {
		return err
	}
	return a.minutes().Object(act.Today(), by, o.Text)
}

// AnswerObjection (处理异议) says what was made of an objection.
type AnswerObjection struct {
	Objection string `json:"objection" zh:"异议" en:"objection" field:"id,required"`
	Taken     bool   `json:"taken" zh:"是否采纳" en:"taken up"`
	Answer    string `json:"answer" zh:"处理意见" en:"answer" field:"text,required"`
}

// Event is "answer_objection".
func (AnswerObjection) Event() string { return "answer_objection" }

// Apply keeps the answer.
func (n AnswerObjection) Apply(act *rules.Act, a *Activity) error {
	return a.minutes().Answer(act.Today(), n.Objection, n.Taken, n.Answer)
}

// FileMinutes files the minutes (形成纪要): with a text of their own or, without,
// the draft as it stands. Filed again before the conclusion, they replace the text
// before, which is kept.
type FileMinutes struct {
	Text string `json:"text,omitempty" zh:"会议纪要" en:"minutes" field:"text"` // "": the draft
}

// Event is "file_minutes".
func (FileMinutes) Event() string { return "file_minutes" }

// Apply keeps them. The day of filing stays that of the first.
func (f FileMinutes) Apply(act *rules.Act, a *Activity) error {
	text := f.Text
	if text == "" && a.Minutes != nil {
		text = a.Minutes.Draft
	}
	return a.minutes().File(act.Today(), act.Actor.ID, text, "")
}

// CorrectMinutes (更正纪要) replaces the minutes after the conclusion. Both versions
// are kept.
type CorrectMinutes struct {
	Text   string `json:"text" zh:"会议纪要" en:"minutes" field:"text,required"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "correct_minutes".
func (CorrectMinutes) Event() string { return "correct_minutes" }

// Apply replaces them.
func (c CorrectMinutes) Apply(act *rules.Act, a *Activity) error {
	if err := check.Said("reason", c.Reason); err != nil {
		return err
	}
	return a.minutes().File(act.Today(), act.Actor.ID, c.Text, c.Reason)
}

// minutes returns the minutes to be changed, which begin with the first that is said
// of them.
func (a *Activity) minutes() *minutes.Minutes {
	if a.Minutes == nil {
		a.Minutes = new(minutes.Minutes)
	}
	return a.Minutes
}

func objectionsSettled(_ *rules.Act, a *Activity) []workflow.Blocker {
	if a.Minutes == nil {
		return nil
	}
	var blockers []workflow.Blocker
	for _, o := range a.Minutes.Objections {
		if o.Answered.IsZero() {
			blockers = append(blockers, workflow.Block("objection_open", "对纪要的异议"+o.ID+"尚未处理", "the objection "+o.ID+" to the minutes has not been answered"))
		}
	}
	return blockers
}

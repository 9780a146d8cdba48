package activity

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Investigate records research (调研) that the activity rests on.
type Investigate struct {
	On    calendar.Date `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	Place string        `json:"place,omitempty" zh:"地点" en:"place"`
	Found string        `json:"found" zh:"调研情况" en:"findings" field:"text,required"`
}

// Event is "research".
func (Investigate) Event() string { return "research" }

// Apply adds it.
func (i Investigate) Apply(act *rules.Act, a *Activity) error {
	on, err := check.Past(act.Today(), i.On)
	if err != nil {
		return err
	}
	if err := check.Said("found", i.Found); err != nil {
		return err
	}
	if err := check.Line("place", i.Place); err != nil {
		return err
	}
	a.Research = append(a.Research, Inquiry{On: on, By: act.Actor.ID, Place: i.Place, Found: i.Found})
	return nil
}

// Notify gives notice of the activity on the day it is planned for (通知).
type Notify struct {
	To []string `json:"to,omitempty" zh:"通知对象" en:"to whom" field:"id"` // participants; none: everybody who has not declined
}

// Event is "notify".
func (Notify) Event() string { return "notify" }

// Apply keeps the notice.
func (n Notify) Apply(act *rules.Act, a *Activity) error {
	to, err := a.to(n.To)
	if err != nil {
		return err
	}
	a.Notices = append(a.Notices, Notice{Sent: act.Today(), For: a.On, By: act.Actor.ID, To: to})
	return nil
}

// SendMaterials sends the materials of the activity to those who take part.
type SendMaterials struct {
	Files []string `json:"files" zh:"材料" en:"files" field:"required,max=200"` // what they are called
	To    []string `json:"to,omitempty" zh:"印发对象" en:"to whom" field:"id"`    // participants; none: everybody who has not declined
}

// Event is "send_materials".
func (SendMaterials) Event() string { return "send_materials" }

// Apply keeps what was sent.
func (s SendMaterials) Apply(act *rules.Act, a *Activity) error {
	if len(s.Files) == 0 {
		return workflow.Invalid("files", "empty", "没有写明发送的材料", "it is not said what was sent")
	}
	if err := check.Len("files", 0, len(s.Files)); err != nil {
		return err
	}
	for i, f := range s.Files {
		if err := check.Name(check.At("files", i), f); err != nil {
			return err
		}
	}
	to, err := a.to(s.To)
	if err != nil {
		return err
	}
	a.Materials = append(a.Materials, Dispatch{Sent: act.Today(), By: act.Actor.ID, Files: slices.Clone(s.Files), To: to})
	return nil
}

// Postpone moves an activity that has not been held (延期). It needs a new notice.
type Postpone struct {
	To     calendar.Date `json:"to,omitzero" zh:"改期至" en:"to"` // zero: until further notice
	Reason string        `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "postpone".
func (Postpone) Event() string { return "postpone" }

// Apply moves the day.
func (p Postpone) Apply(act *rules.Act, a *Activity) error {
	if err := check.Said("reason", p.Reason); err != nil {
		return err
	}
	if !p.To.IsZero() && !p.To.After(a.On) {
		return workflow.Invalid("to", "not_later", "%s不晚于%s", "%s is not after %s", p.To, a.On)
	}
	a.Postponed = append(a.Postponed, Postponement{At: act.At, By: act.Actor.ID, From: a.On, To: p.To, Reason: p.Reason})
	a.setDay(act, p.To)
	return nil
}

// Cancel gives up an activity that has not been held (取消).
type Cancel struct {
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "cancel".
func (Cancel) Event() string { return "cancel" }

// Apply keeps the reason.
func (c Cancel) Apply(_ *rules.Act, a *Activity) error {
	if err := check.Said("reason", c.Reason); err != nil {
		return err
	}
	a.Cancelled = c.Reason
	return nil
}

// to returns to whom something is sent: those named, who all take part, or everybody
// who has not declined.
func (a *Activity) to(named []string) ([]string, error) {
	for i, id := range named {
		if a.Participant(id) == nil {
			return nil, workflow.Invalid(check.At("to", i), "unknown", "%q不在参加人员中", "%q does not take part", id)
		}
	}
	if len(named) > 0 {
		return slices.Clone(named), nil
	}
	var all []string
	for _, p := range a.Participants {
		if a.TrackMeans(invitationTrack, p.ID) != declined {
			all = append(all, p.ID)
		}
	}
	return all, nil
}

package consult

import (
	"slices"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// consultationDay is the named date that limits of an activity count from.
const consultationDay = "consultation_day"

// Plan is what an activity begins with; see [Service.Plan].
type Plan struct {
	Title     string        `json:"title"`
	Form      string        `json:"form"`
	Platform  string        `json:"platform,omitempty"` // ID; "": a meeting of the conference itself
	Convenor  string        `json:"convenor,omitempty"` // "": the platform's, else the actor
	Unit      string        `json:"unit,omitempty"`     // "": the platform's
	Topics    []string      `json:"topics,omitempty"`   // IDs of topics that have been chosen
	Proposals []string      `json:"proposals,omitempty"`
	On        calendar.Date `json:"on,omitzero"` // zero: not yet settled
	Place     string        `json:"place,omitempty"`
}

// planned is a Plan with what its platform and topics were when it was made,
// which the act was decided by.
type planned struct {
	Plan
	At        *venue   `json:"at,omitempty"`
	NotChosen []string `json:"not_chosen,omitempty"`
}

type venue struct {
	State    string `json:"state"`
	Kind     string `json:"kind"`
	Convenor string `json:"convenor,omitempty"`
	Unit     string `json:"unit,omitempty"`
	Member   bool   `json:"member,omitempty"` // the actor belongs to it
}

// Event is "open".
func (planned) Event() string { return "open" }

// Apply fills the new activity. It denies whoever neither convenes the platform
// nor belongs to it nor has an office, and refuses a platform out of service and
// topics that were not chosen.
func (p planned) Apply(act *Act, a *Activity) error {
	if err := p.permitted(act, a); err != nil {
		return err
	}
	form, ok := act.Rules.Form(p.Form)
	if err := usable("form", p.Form, ok, form.Retired); err != nil {
		return err
	}
	a.Platform, a.Convenor, a.Unit = p.Platform, p.Convenor, p.Unit
	if p.At != nil {
		a.Kind = p.At.Kind
		if a.Convenor == "" {
			a.Convenor = p.At.Convenor
		}
		if a.Unit == "" {
			a.Unit = p.At.Unit
		}
	}
	if a.Convenor == "" && a.Unit == "" {
		a.Convenor = act.Actor.ID
	}
	a.Form = p.Form
	for i, id := range p.Proposals {
		if err := checkID(at("proposals", i), id); err != nil {
			return err
		}
	}
	if err := checkLen("proposals", 0, len(p.Proposals)); err != nil {
		return err
	}
	a.Topics, a.Proposals = slices.Clone(p.Topics), slices.Clone(p.Proposals)
	return Replan{Title: p.Title, On: p.On, Place: p.Place}.Apply(act, a)
}

func (p planned) permitted(act *Act, a *Activity) error {
	var blockers []workflow.Blocker
	if v := p.At; v != nil {
		belongs := v.Member || act.Actor.ID == v.Convenor || act.Actor.Unit != "" && act.Actor.Unit == v.Unit
		if !belongs && !slices.Contains(act.Roles, "office") && !slices.Contains(act.Roles, "committee") {
			return &workflow.DeniedError{Actor: act.Actor.ID, Event: act.Event, ID: p.Platform,
				Reason: workflow.Block("other_platform", "不是本平台的召集人或委员", "the actor neither convenes the platform nor belongs to it")}
		}
		if v.State != platformOpen {
			blockers = append(blockers, workflow.Block("platform_not_open", "平台已暂停或撤销", "the platform is "+v.State))
		}
	}
	for _, id := range p.NotChosen {
		blockers = append(blockers, workflow.Block("topic_not_chosen", "议题尚未选定", "the topic "+id+" has not been chosen"))
	}
	if len(blockers) > 0 {
		return &workflow.RefusedError{ID: a.ID, Event: act.Event, State: a.State, Blockers: blockers}
	}
	return nil
}

// Replan replaces title, day and place of an activity of which no notice has
// been given, or that has been postponed.
type Replan struct {
	Title string        `json:"title"`
	On    calendar.Date `json:"on,omitzero"`
	Place string        `json:"place,omitempty"`
}

// Event is "replan".
func (Replan) Event() string { return "replan" }

// Apply replaces them.
func (r Replan) Apply(act *Act, a *Activity) error {
	if err := checkName("title", r.Title); err != nil {
		return err
	}
	if err := checkLine("place", r.Place); err != nil {
		return err
	}
	a.Title, a.Place = r.Title, r.Place
	a.setDay(act, r.On)
	return nil
}

// setDay sets the day of the activity, and with it what counts from it.
func (a *Activity) setDay(act *Act, on calendar.Date) {
	a.On = on
	act.SetDate(consultationDay, on)
}

// Investigate records research (调研) that the activity rests on.
type Investigate struct {
	On    calendar.Date `json:"on,omitzero"` // zero: today
	Place string        `json:"place,omitempty"`
	Found string        `json:"found"`
}

// Event is "research".
func (Investigate) Event() string { return "research" }

// Apply adds it.
func (i Investigate) Apply(act *Act, a *Activity) error {
	on, err := past(act, i.On)
	if err != nil {
		return err
	}
	if err := checkSaid("found", i.Found); err != nil {
		return err
	}
	if err := checkLine("place", i.Place); err != nil {
		return err
	}
	a.Research = append(a.Research, Inquiry{On: on, By: act.Actor.ID, Place: i.Place, Found: i.Found})
	return nil
}

// Notify gives notice of the activity on the day it is planned for (通知).
type Notify struct{}

// Event is "notify".
func (Notify) Event() string { return "notify" }

// Apply keeps the notice.
func (Notify) Apply(act *Act, a *Activity) error {
	a.Notices = append(a.Notices, Notice{Sent: act.Today(), For: a.On, By: act.Actor.ID})
	return nil
}

// SendMaterials sends the materials of the activity to those who take part.
type SendMaterials struct {
	Files []string `json:"files"` // what they are called
}

// Event is "send_materials".
func (SendMaterials) Event() string { return "send_materials" }

// Apply keeps what was sent.
func (s SendMaterials) Apply(act *Act, a *Activity) error {
	if len(s.Files) == 0 {
		return workflow.Invalid("files", "empty", "没有写明发送的材料", "it is not said what was sent")
	}
	if err := checkLen("files", 0, len(s.Files)); err != nil {
		return err
	}
	for i, f := range s.Files {
		if err := checkName(at("files", i), f); err != nil {
			return err
		}
	}
	a.Materials = append(a.Materials, Dispatch{Sent: act.Today(), By: act.Actor.ID, Files: slices.Clone(s.Files)})
	return nil
}

// Postpone moves an activity that has not been held (延期). It needs a new notice.
type Postpone struct {
	To     calendar.Date `json:"to,omitzero"` // zero: until further notice
	Reason string        `json:"reason"`
}

// Event is "postpone".
func (Postpone) Event() string { return "postpone" }

// Apply moves the day.
func (p Postpone) Apply(act *Act, a *Activity) error {
	if err := checkSaid("reason", p.Reason); err != nil {
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
	Reason string `json:"reason"`
}

// Event is "cancel".
func (Cancel) Event() string { return "cancel" }

// Apply keeps the reason.
func (c Cancel) Apply(_ *Act, a *Activity) error {
	if err := checkSaid("reason", c.Reason); err != nil {
		return err
	}
	a.Cancelled = c.Reason
	return nil
}

// HandOver gives the activity to another convenor or organising unit.
type HandOver struct {
	Convenor string `json:"convenor,omitempty"`
	Unit     string `json:"unit,omitempty"`
}

// Event is "hand_over".
func (HandOver) Event() string { return "hand_over" }

// Apply replaces both.
func (h HandOver) Apply(_ *Act, a *Activity) error {
	if h.Convenor == "" && h.Unit == "" {
		return workflow.Invalid("convenor", "empty", "活动须有召集人或主办单位", "an activity has a convenor, or a unit that organises it")
	}
	for _, f := range []struct{ name, id string }{{"convenor", h.Convenor}, {"unit", h.Unit}} {
		if f.id == "" {
			continue
		}
		if err := checkID(f.name, f.id); err != nil {
			return err
		}
	}
	a.Convenor, a.Unit = h.Convenor, h.Unit
	return nil
}

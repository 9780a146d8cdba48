package proposal

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
	"github.com/tian-go/tian/proposal/workflow/form"
)

// Contact (沟通) is one contact of a unit with the proposers while it handles
// their proposal.
type Contact struct {
	At   time.Time   `json:"at"`
	By   string      `json:"by"`
	Form ContactForm `json:"form"`
	With []string    `json:"with,omitempty"` // who spoke with the unit; none named: the first signer
	Text string      `json:"text,omitempty"` // what was said
}

// ContactForm (沟通方式) is how a unit spoke with the proposers.
type ContactForm string

// The forms of contact.
const (
	ByVisit   ContactForm = "visit"   // 走访
	ByMeeting ContactForm = "meeting" // 座谈
	ByPhone   ContactForm = "phone"   // 电话
	ByLetter  ContactForm = "letter"  // 信函
)

// Values returns every form, with its label.
func (ContactForm) Values() []form.Value {
	return []form.Value{
		{Key: string(ByVisit), Label: label("走访", "visit")},
		{Key: string(ByMeeting), Label: label("座谈", "meeting")},
		{Key: string(ByPhone), Label: label("电话", "phone")},
		{Key: string(ByLetter), Label: label("信函", "letter")},
	}
}

// Face reports whether people met: what some places count as 面商.
func (f ContactForm) Face() bool { return f == ByVisit || f == ByMeeting }

// LogContact logs a contact of a unit with the proposers (沟通记录). A limit for the
// first contact starts with "accept" and stops with "contact".
type LogContact struct {
	Unit string      `json:"unit,omitempty" zh:"单位" en:"unit" field:"id"` // "": the actor's own
	Form ContactForm `json:"form" zh:"沟通方式" en:"form" field:"required"`
	With []string    `json:"with,omitempty" zh:"沟通对象" en:"with whom"`
	Text string      `json:"text,omitempty" zh:"沟通情况" en:"what was said" field:"text"`
}

// Event is "contact".
func (LogContact) Event() string { return "contact" }

// Instance is the unit.
func (a LogContact) Instance(actor Actor) string { return ownUnit(a.Unit, actor) }

// Apply logs it.
func (a LogContact) Apply(act *Act, p *Proposal) error {
	if err := checkLine("form", string(a.Form)); err != nil {
		return err
	}
	if !slices.ContainsFunc(a.Form.Values(), func(v form.Value) bool { return v.Key == string(a.Form) }) {
		return workflow.Invalid("form", "unknown", "没有沟通方式%q：应为 visit、meeting、phone 或 letter", "there is no form of contact %q: visit, meeting, phone or letter", a.Form)
	}
	if err := checkList("with", a.With); err != nil {
		return err
	}
	if err := checkText("text", a.Text); err != nil {
		return err
	}
	part, err := p.part("unit", act.Instance)
	if err != nil {
		return err
	}
	if len(part.Contacts) >= MaxList {
		return workflow.Invalid("text", "too_many", "已沟通%d次", "there were %d contacts", len(part.Contacts))
	}
	part.Contacts = append(part.Contacts, Contact{At: act.At, By: act.Actor.ID, Form: a.Form, With: slices.Clone(a.With), Text: a.Text})
	return nil
}

// contacted reports whether a unit has to answer the proposers, and whether each
// such unit has been in contact with them.
func (p *Proposal) contacted() (assigned, contacted bool) {
	contacted = true
	p.required(func(part Part, _ string) bool {
		assigned = true
		contacted = contacted && len(part.Contacts) > 0
		return true
	})
	return assigned, assigned && contacted
}

package proposal

import (
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
)

// Draft is what a proposal begins with.
type Draft struct {
	Title    string   `json:"title"`
	Text     Text     `json:"text,omitzero"`
	Category Category `json:"category,omitempty"` // of the body's scheme; "": not yet decided
	Session  string   `json:"session,omitempty"`
	Year     int      `json:"year,omitempty"`
	Timing   Timing   `json:"timing,omitempty"`  // "": Ordinary
	Proposer Proposer `json:"proposer,omitzero"` // without an ID: the actor, as a member
}

// Event is "open".
func (Draft) Event() string { return "open" }

// Apply fills the new proposal.
func (d Draft) Apply(act *workflow.Act, p *Proposal) error {
	if err := checkLines("session", d.Session, "proposer.name", d.Proposer.Name); err != nil {
		return err
	}
	if err := checkYear("year", d.Year); err != nil {
		return err
	}
	p.Proposer = d.Proposer
	if p.Proposer.ID == "" {
		p.Proposer.ID = act.Actor.ID
		if p.Proposer.Kind == "" {
			p.Proposer.Kind = Member
		}
	}
	if err := checkID("proposer.id", p.Proposer.ID); err != nil {
		return err
	}
	if p.Proposer.Kind != "" && !p.Proposer.Kind.known() {
		return workflow.Invalid("proposer.kind", "unknown", "there is no kind of proposer %q", p.Proposer.Kind)
	}
	p.Session, p.Year = d.Session, d.Year
	switch d.Timing {
	case "":
		p.Timing = Ordinary
	case Plenary, Ordinary:
		p.Timing = d.Timing
	default:
		return workflow.Invalid("timing", "unknown", "%q is neither plenary nor ordinary", d.Timing)
	}
	return Revise{Title: d.Title, Text: d.Text, Category: d.Category}.Apply(act, p)
}

// Revise replaces title, text and category of a proposal that has not been
// submitted, or has been returned.
type Revise struct {
	Title    string   `json:"title"`
	Text     Text     `json:"text,omitzero"`
	Category Category `json:"category,omitempty"`
}

// Event is "revise".
func (Revise) Event() string { return "revise" }

// Apply replaces them.
func (r Revise) Apply(act *workflow.Act, p *Proposal) error {
	if err := checkTitle(r.Title); err != nil {
		return err
	}
	if err := r.Text.check(); err != nil {
		return err
	}
	p.Title, p.Text, p.Category, p.Scheme = strings.TrimSpace(r.Title), r.Text, "", ""
	if r.Category == "" {
		return nil
	}
	scheme := RulesOf(act).Categories.Latest()
	if _, err := scheme.use("category", string(r.Category)); err != nil {
		return err
	}
	p.Category, p.Scheme = r.Category, scheme.ID()
	return nil
}

// Research records an inquiry (调研) from which the proposal grows.
type Research struct {
	Topic string `json:"topic"`
	Place string `json:"place,omitempty"`
	Found string `json:"found,omitempty"`
}

// Event is "research".
func (Research) Event() string { return "research" }

// Apply adds the record.
func (a Research) Apply(act *workflow.Act, p *Proposal) error {
	if strings.TrimSpace(a.Topic) == "" {
		return workflow.Invalid("topic", "empty", "research is about something")
	}
	if err := checkLines("topic", a.Topic, "place", a.Place); err != nil {
		return err
	}
	if err := checkText("found", a.Found); err != nil {
		return err
	}
	p.Research = append(p.Research, Inquiry{At: act.At, By: act.Actor.ID, Topic: a.Topic, Place: a.Place, Found: a.Found})
	return nil
}

// Submit hands the proposal in.
type Submit struct{}

// Event is "submit".
func (Submit) Event() string { return "submit" }

// Apply changes nothing but the state.
func (Submit) Apply(*workflow.Act, *Proposal) error { return nil }

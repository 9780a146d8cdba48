package proposal

import (
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
)

// Draft is what a proposal begins with.
type Draft struct {
	Title    string   `json:"title" zh:"题目" en:"title" field:"required,max=200"`
	Text     Text     `json:"text,omitzero" zh:"正文" en:"text"`
	Category Category `json:"category,omitempty" zh:"类别" en:"category" field:"from=categories"` // of the body's scheme; "": not yet decided
	Session  string   `json:"session,omitempty" zh:"届次" en:"session"`
	Year     int      `json:"year,omitempty" zh:"年份" en:"year"`
	Timing   Timing   `json:"timing,omitempty" zh:"提出时间" en:"timing"`   // "": Ordinary
	Proposer Proposer `json:"proposer,omitzero" zh:"提案者" en:"proposer"` // without an ID: the actor, as a member
}

// Event is "open".
func (Draft) Event() string { return "open" }

// Apply fills the new proposal.
func (d Draft) Apply(act *Act, p *Proposal) error {
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
		return workflow.Invalid("proposer.kind", "unknown", "没有提案者类别%q", "there is no kind of proposer %q", p.Proposer.Kind)
	}
	p.Session, p.Year = d.Session, d.Year
	switch d.Timing {
	case "":
		p.Timing = Ordinary
	case Plenary, Ordinary:
		p.Timing = d.Timing
	default:
		return workflow.Invalid("timing", "unknown", "提出时间%q既不是 plenary 也不是 ordinary", "%q is neither plenary nor ordinary", d.Timing)
	}
	return Revise{Title: d.Title, Text: d.Text, Category: d.Category}.Apply(act, p)
}

// Revise replaces title, text and category of a proposal that has not been
// submitted, or has been returned.
type Revise struct {
	Title    string   `json:"title" zh:"题目" en:"title" field:"required,max=200"`
	Text     Text     `json:"text,omitzero" zh:"正文" en:"text"`
	Category Category `json:"category,omitempty" zh:"类别" en:"category" field:"from=categories"`
}

// Event is "revise".
func (Revise) Event() string { return "revise" }

// Apply replaces them.
func (r Revise) Apply(act *Act, p *Proposal) error {
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
	scheme := act.Rules.Categories.Latest()
	if _, err := scheme.use("category", string(r.Category)); err != nil {
		return err
	}
	p.Category, p.Scheme = r.Category, scheme.ID()
	return nil
}

// Research records an inquiry (调研) from which the proposal grows.
type Research struct {
	Topic string `json:"topic" zh:"主题" en:"topic" field:"required"`
	Place string `json:"place,omitempty" zh:"地点" en:"place"`
	Found string `json:"found,omitempty" zh:"所见" en:"findings" field:"text"`
}

// Event is "research".
func (Research) Event() string { return "research" }

// Apply adds the record.
func (a Research) Apply(act *Act, p *Proposal) error {
	if err := needLine("topic", a.Topic, "调研须有主题", "research is about something"); err != nil {
		return err
	}
	if err := checkLine("place", a.Place); err != nil {
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
func (Submit) Apply(*Act, *Proposal) error { return nil }

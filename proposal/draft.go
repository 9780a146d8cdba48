package proposal

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tian-go/tian/proposal/workflow"
)

// The most that the parts of a proposal may hold, in characters.
const (
	MaxTitle       = 200
	MaxText        = 100_000 // of the background, the analysis or one suggestion
	MaxSuggestions = 100
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
	p.Proposer = d.Proposer
	if p.Proposer.ID == "" {
		p.Proposer.ID = act.Actor.ID
		if p.Proposer.Kind == "" {
			p.Proposer.Kind = Member
		}
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

func checkTitle(title string) error {
	switch n := utf8.RuneCountInString(title); {
	case strings.TrimSpace(title) == "":
		return workflow.Invalid("title", "empty", "a proposal needs a title")
	case n > MaxTitle:
		return workflow.Invalid("title", "too_long", "the title has %d characters, more than %d", n, MaxTitle)
	}
	if i := strings.IndexFunc(title, unicode.IsControl); i >= 0 {
		return workflow.Invalid("title", "control_character", "the title holds a control character at byte %d", i)
	}
	return nil
}

func (t Text) check() error {
	if len(t.Suggestions) > MaxSuggestions {
		return workflow.Invalid("text.suggestions", "too_many", "%d suggestions, more than %d", len(t.Suggestions), MaxSuggestions)
	}
	if err := checkText("text.background", t.Background); err != nil {
		return err
	}
	if err := checkText("text.analysis", t.Analysis); err != nil {
		return err
	}
	for i, s := range t.Suggestions {
		if err := checkText(fmt.Sprintf("text.suggestions[%d]", i), s); err != nil {
			return err
		}
	}
	return nil
}

// checkText refuses a text that is too long or holds a NUL, which not every
// database stores.
func checkText(field, s string) error {
	switch n := utf8.RuneCountInString(s); {
	case n > MaxText:
		return workflow.Invalid(field, "too_long", "%d characters, more than %d", n, MaxText)
	case strings.IndexByte(s, 0) >= 0:
		return workflow.Invalid(field, "control_character", "the text holds a NUL byte")
	}
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

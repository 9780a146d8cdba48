package proposal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/text"
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
	Proposer Proposer `json:"proposer,omitzero" zh:"提案者" en:"proposer"` // without an ID: the actor, as a member, or the unit they act for

	SuggestedUnits []string `json:"suggested_units,omitempty" zh:"希望承办单位" en:"units suggested" field:"id"` // at most five
}

// maxSuggestedUnits is how many units a proposer may suggest for the handling
// (希望承办单位).
const maxSuggestedUnits = 5

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
	if d.Proposer.Kind != "" && !d.Proposer.Kind.known() {
		return workflow.Invalid("proposer.kind", "unknown", "没有提案者类别%q", "there is no kind of proposer %q", d.Proposer.Kind)
	}
	p.Proposer = d.Proposer
	if p.Proposer.ID == "" {
		p.Proposer.ID = act.Actor.InName()
		if p.Proposer.Kind == "" {
			p.Proposer.Kind = Member
		}
		if p.Proposer.Kind.Collective() {
			p.Proposer.ID = act.Actor.Unit
		}
	}
	if err := checkID("proposer.id", p.Proposer.ID); err != nil {
		return err
	}
	if err := p.entered(act); err != nil {
		return err
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
	return Revise{Title: d.Title, Text: d.Text, Category: d.Category, SuggestedUnits: d.SuggestedUnits}.Apply(act, p)
}

// entered refuses a proposal in another's name, unless the actor has a role that
// may enter for others; then it says who did.
func (p *Proposal) entered(act *Act) error {
	own, actor := Relations()[0].Holds, act.Actor
	actor.ID = actor.InName()
	if own(actor, p, "") {
		if actor.For != "" {
			p.EnteredBy = act.Actor.ID
		}
		return nil
	}
	if !slices.ContainsFunc(act.Rules.EnterFor, func(role string) bool { return slices.Contains(act.Roles, role) }) {
		return &workflow.DeniedError{
			Actor: act.Actor.ID, Event: act.Event, ID: p.ID,
			Reason: workflow.Block("not_proposer", "无权以他人名义提出提案", "the actor may not propose in another's name"),
		}
	}
	p.EnteredBy = act.Actor.ID
	return nil
}

// Revise replaces title, text and category of a proposal that has not been
// submitted, or has been returned. Whoever consented to co-sign what it said
// before is asked again (重新征求联名人意见) when title or text changes: the track of
// co-signers says what the event "reask" makes of a consent.
type Revise struct {
	Title    string   `json:"title" zh:"题目" en:"title" field:"required,max=200"`
	Text     Text     `json:"text,omitzero" zh:"正文" en:"text"`
	Category Category `json:"category,omitempty" zh:"类别" en:"category" field:"from=categories"`

	SuggestedUnits []string `json:"suggested_units,omitempty" zh:"希望承办单位" en:"units suggested" field:"id"` // at most five
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
	if len(r.SuggestedUnits) > maxSuggestedUnits {
		return workflow.Invalid("suggested_units", "too_many", "%d个单位，超过%d个", "%d units, more than %d", len(r.SuggestedUnits), maxSuggestedUnits)
	}
	for i, unit := range r.SuggestedUnits {
		if err := checkID(fmt.Sprintf("suggested_units[%d]", i), unit); err != nil {
			return err
		}
	}
	if strings.TrimSpace(r.Title) != p.Title || !r.Text.same(p.Text) {
		p.askAgain(act)
	}
	p.SuggestedUnits = slices.Clone(r.SuggestedUnits)
	p.Title, p.Text, p.Category, p.Scheme = strings.TrimSpace(r.Title), r.Text, "", ""
	if r.Category == "" {
		return nil
	}
	scheme := act.Rules.Categories.On(act.Today())
	if _, err := scheme.use("category", string(r.Category)); err != nil {
		return err
	}
	p.Category, p.Scheme = r.Category, scheme.ID()
	return nil
}

// Recategorise corrects the category of a proposal that has been submitted: its
// proposer chose another than the review finds right.
type Recategorise struct {
	Category Category `json:"category" zh:"类别" en:"category" field:"from=categories,required"`
	Reason   string   `json:"reason,omitempty" zh:"理由" en:"reason" field:"text"`
}

// Event is "recategorise".
func (Recategorise) Event() string { return "recategorise" }

// Apply sets the category, and keeps the one before.
func (r Recategorise) Apply(act *Act, p *Proposal) error {
	if err := checkText("reason", r.Reason); err != nil {
		return err
	}
	scheme := act.Rules.Categories.On(act.Today())
	if _, err := scheme.use("category", string(r.Category)); err != nil {
		return err
	}
	if r.Category == p.Category && scheme.ID() == p.Scheme {
		return workflow.Invalid("category", "same", "类别已是%q", "the category is %q already", r.Category)
	}
	if len(p.Recategorised) >= MaxList {
		return workflow.Invalid("category", "too_many", "类别已改%d次", "the category has been corrected %d times", len(p.Recategorised))
	}
	p.Recategorised = append(p.Recategorised, Recategorised{
		At: act.At, By: act.Actor.ID, From: p.Category, Scheme: p.Scheme, To: r.Category, Reason: r.Reason,
	})
	p.Category, p.Scheme = r.Category, scheme.ID()
	return nil
}

// Recategorised is one correction of a category.
type Recategorised struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	From   Category  `json:"from,omitempty"`   // "": there was none
	Scheme string    `json:"scheme,omitempty"` // of From, as name@version
	To     Category  `json:"to"`
	Reason string    `json:"reason,omitempty"`
}

// Submit hands the proposal in. Where the rules of the body say when a plenary
// takes proposals, the hour of the submission decides what the proposal is: a
// minute after the close it is one made between sessions (平时提案).
type Submit struct{}

// Event is "submit".
func (Submit) Event() string { return "submit" }

// Apply settles the timing, and gives the case the dates of its plenary.
func (Submit) Apply(act *Act, p *Proposal) error {
	for _, plenary := range act.Rules.Plenaries {
		switch {
		case plenary.Session != "" && p.Session != "" && text.SessionKey(plenary.Session) != text.SessionKey(p.Session):
		case !act.At.Before(plenary.Opens) && !act.At.After(plenary.Closes):
			p.Timing = Plenary
			return setSessionDates(act, plenary)
		default:
			p.Timing = Ordinary
			if plenary.Session != "" && p.Session != "" {
				if err := setSessionDates(act, plenary); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// The dates that a submission gives a proposal, for limits that count from them.
const (
	plenaryClose = "plenary_close" // 提案截止日: the last day on which its plenary takes proposals
	PlenaryEnd   = "plenary_end"   // 闭会日: the last day of its plenary
)

// setSessionDates gives the case the dates of the plenary that it belongs to.
func setSessionDates(act *Act, plenary PlenaryTime) error {
	for name, at := range map[string]time.Time{plenaryClose: plenary.Closes, PlenaryEnd: plenary.Ends} {
		if at.IsZero() {
			continue
		}
		day, err := calendar.DateOf(at, act.Local().Location())
		if err != nil {
			return workflow.Invalid("plenaries", "out_of_range", "%v", "%v", err)
		}
		act.SetDate(name, day)
	}
	return nil
}

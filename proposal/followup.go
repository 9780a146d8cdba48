package proposal

import (
	"strings"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// FollowUp (回头看) is a later look at what became of a reply.
type FollowUp struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Unit  string    `json:"unit,omitempty"`
	Found string    `json:"found"`
}

// Follow records a follow-up, which may change the class of a unit's reply: from
// B to A when what was planned has been done.
type Follow struct {
	Unit  string `json:"unit,omitempty"`
	Found string `json:"found"`
	Class string `json:"class,omitempty"` // the class the unit's reply has from now on
}

// Event is "follow_up".
func (Follow) Event() string { return "follow_up" }

// Apply adds the follow-up and changes the class.
func (a Follow) Apply(act *workflow.Act, p *Proposal) error {
	if strings.TrimSpace(a.Found) == "" {
		return workflow.Invalid("found", "empty", "it is not said what was found")
	}
	if err := checkText("found", a.Found); err != nil {
		return err
	}
	p.FollowUps = append(p.FollowUps, FollowUp{At: act.At, By: act.Actor.ID, Unit: a.Unit, Found: a.Found})
	if a.Class == "" {
		return nil
	}
	part := p.Part(a.Unit)
	if part == nil || part.Reply() == nil {
		return workflow.Invalid("unit", "unknown", "there is no reply of %q to reclass", a.Unit)
	}
	classes := RulesOf(act).Classes.Latest()
	if _, err := classes.use("class", a.Class); err != nil {
		return err
	}
	answer := part.Reply()
	answer.Raised = append(answer.Raised, Raise{From: answer.Class, To: a.Class, At: act.At, By: act.Actor.ID, Reason: a.Found})
	answer.Class, answer.Scheme = a.Class, classes.ID()
	return nil
}

// Close ends the case (办结).
type Close struct {
	Text string `json:"text,omitempty"`
}

// Event is "close".
func (Close) Event() string { return "close" }

// Apply changes nothing but the state.
func (a Close) Apply(*workflow.Act, *Proposal) error { return checkText("text", a.Text) }

// Reopen has units handle a proposal again that was replied to or closed.
type Reopen struct {
	Units  []string `json:"units"`
	Reason string   `json:"reason"`
}

// Event is "reopen".
func (Reopen) Event() string { return "reopen" }

// Apply hands the units their parts again.
func (a Reopen) Apply(act *workflow.Act, p *Proposal) error {
	required := false
	for _, unit := range a.Units {
		part := p.Part(unit)
		if part == nil {
			return workflow.Invalid("units", "unknown", "%q has no part in %s", unit, p.ID)
		}
		required = required || part.Role.Required()
		act.Then("redo", unit)
	}
	switch {
	case !required:
		return workflow.Invalid("units", "empty", "none of the units named has to answer the proposer")
	case strings.TrimSpace(a.Reason) == "":
		return workflow.Invalid("reason", "empty", "it is not said why the proposal is reopened")
	}
	return nil
}

// Evaluation (评价) is what an evaluator found, a third party for instance, in a
// word; scores are the business of package evaluate.
type Evaluation struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Role  string    `json:"role"` // in what role: evaluator, committee, proposer
	Text  string    `json:"text"`
	Score string    `json:"score,omitempty"` // as decided elsewhere, with its scale
}

// Evaluate records an evaluation.
type Evaluate struct {
	Text  string `json:"text"`
	Score string `json:"score,omitempty"`
}

// Event is "evaluate".
func (Evaluate) Event() string { return "evaluate" }

// Apply adds it.
func (a Evaluate) Apply(act *workflow.Act, p *Proposal) error {
	if strings.TrimSpace(a.Text) == "" {
		return workflow.Invalid("text", "empty", "an evaluation says something")
	}
	if err := checkText("text", a.Text); err != nil {
		return err
	}
	role := ""
	if len(act.Roles) > 0 {
		role = act.Roles[0]
	}
	p.Evaluations = append(p.Evaluations, Evaluation{At: act.At, By: act.Actor.ID, Role: role, Text: a.Text, Score: a.Score})
	return nil
}

// Honour (表彰) is a distinction, such as 优秀提案.
type Honour struct {
	Title string    `json:"title"`
	Year  int       `json:"year,omitempty"`
	At    time.Time `json:"at"`
}

// GiveHonour gives the proposal a distinction.
type GiveHonour struct {
	Title string `json:"title"`
	Year  int    `json:"year,omitempty"`
}

// Event is "honour".
func (GiveHonour) Event() string { return "honour" }

// Apply adds it.
func (a GiveHonour) Apply(act *workflow.Act, p *Proposal) error {
	if strings.TrimSpace(a.Title) == "" {
		return workflow.Invalid("title", "empty", "an honour has a name")
	}
	p.Honours = append(p.Honours, Honour{Title: a.Title, Year: a.Year, At: act.At})
	return nil
}

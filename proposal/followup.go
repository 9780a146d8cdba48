package proposal

import (
	"fmt"
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
	Unit  string `json:"unit,omitempty" zh:"单位" en:"unit" field:"id"`
	Found string `json:"found" zh:"所见" en:"findings" field:"text,required"`
	Class string `json:"class,omitempty" zh:"答复类别" en:"class" field:"from=classes"` // the class the unit's reply has from now on
}

// Event is "follow_up".
func (Follow) Event() string { return "follow_up" }

func (a Follow) changes() (unit, class string) { return a.Unit, a.Class }

// Apply adds the follow-up and changes the class.
func (a Follow) Apply(act *Act, p *Proposal) error {
	if err := needText("found", a.Found, "没有写明回访所见", "it is not said what was found"); err != nil {
		return err
	}
	var part *Part
	unit := ""
	if a.Unit != "" || a.Class != "" {
		var err error
		if part, err = p.part("unit", a.Unit); err != nil {
			return err
		}
		unit = part.Unit
	}
	if len(p.FollowUps) >= MaxList {
		return workflow.Invalid("found", "too_many", "已回访%d次", "there were %d follow-ups", len(p.FollowUps))
	}
	p.FollowUps = append(p.FollowUps, FollowUp{At: act.At, By: act.Actor.ID, Unit: unit, Found: a.Found})
	if a.Class == "" {
		return nil
	}
	if !part.issued() {
		return workflow.Invalid("unit", "no_reply", "%q尚无已发出的答复可供更改类别", "no reply of %q has gone out whose class could change", a.Unit)
	}
	classes := act.Rules.Classes.Latest()
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
	Text string `json:"text,omitempty" zh:"说明" en:"remarks" field:"text"`
}

// Event is "close".
func (Close) Event() string { return "close" }

// Apply changes nothing but the state.
func (a Close) Apply(*Act, *Proposal) error { return checkText("text", a.Text) }

// Reopen has units handle a proposal again that was replied to or closed.
type Reopen struct {
	Units  []string `json:"units" zh:"单位" en:"units" field:"id,required"`
	Reason string   `json:"reason" zh:"原因" en:"reason" field:"text,required"`
}

// Event is "reopen".
func (Reopen) Event() string { return "reopen" }

func (a Reopen) reopens() []string { return a.Units }

// Apply hands the units their parts again.
func (a Reopen) Apply(act *Act, p *Proposal) error {
	required := false
	var units []string
	for i, unit := range a.Units {
		at := fmt.Sprintf("units[%d]", i)
		part, err := p.part(at, unit)
		switch {
		case err != nil:
			return err
		case among(a.Units[:i], unit):
			return workflow.Invalid(at, "duplicate", "%q重复", "%q is named twice", unit)
		}
		required = required || part.Role.Required()
		units = append(units, part.Unit)
	}
	p.redo(act, units...)
	if !required {
		return workflow.Invalid("units", "empty", "所列单位都不直接答复提案者", "none of the units named has to answer the proposer")
	}
	return needText("reason", a.Reason, "没有写明重新办理的原因", "it is not said why the proposal is reopened")
}

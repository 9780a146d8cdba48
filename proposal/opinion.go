package proposal

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// Opinion (评议意见) is what a proposer thinks of a unit's reply, on the scale on
// which they were asked. Some places ask twice: of the result (办理结果) and of
// the work, or attitude (办理态度).
type Opinion struct {
	Unit     string    `json:"unit"`
	Reply    int       `json:"reply"`              // which of the unit's replies it is on, from 1
	Scale    string    `json:"scale"`              // as name@version
	Result   string    `json:"result"`             // a key of the scale
	Attitude string    `json:"attitude,omitempty"` // a key of the scale; "": not asked
	Counts   string    `json:"counts,omitempty"`   // what Result counts as
	Text     string    `json:"text,omitempty"`
	At       time.Time `json:"at"`
	By       string    `json:"by"`
}

// GiveOpinion gives the proposer's opinion on a reply, or on all that required
// units gave. A result that counts as [Dissatisfied] reopens the handling of
// the unit's part and with it that of the proposal.
type GiveOpinion struct {
	Unit     string `json:"unit,omitempty" zh:"单位" en:"unit" field:"id"` // one that answers the proposer; "": every such unit that has
	Scale    string `json:"scale,omitempty" zh:"量表" en:"scale"`          // name of one of the body's scales; "": the first
	Result   string `json:"result" zh:"办理结果" en:"result" field:"from=opinions,required"`
	Attitude string `json:"attitude,omitempty" zh:"办理态度" en:"attitude" field:"from=opinions"`
	Text     string `json:"text,omitempty" zh:"意见" en:"remarks" field:"text"`
}

// Event is "give_opinion".
func (GiveOpinion) Event() string { return "give_opinion" }

// Apply keeps the opinion and has what it calls for handled again.
func (a GiveOpinion) Apply(act *Act, p *Proposal) error {
	scale, err := act.Rules.scale(a.Scale)
	if err != nil {
		return err
	}
	term, err := scale.use("result", a.Result)
	if err != nil {
		return err
	}
	if a.Attitude != "" {
		if _, err := scale.use("attitude", a.Attitude); err != nil {
			return err
		}
	}
	if err := checkText("text", a.Text); err != nil {
		return err
	}
	asked := p.Part(a.Unit)
	if asked != nil && !asked.Role.Required() {
		return workflow.Invalid("unit", "co_unit", "%q的意见交主办单位，不直接答复提案者", "%q answers the lead, not the proposer", a.Unit)
	}
	about := 0
	for i := range p.Parts {
		part := &p.Parts[i]
		if a.Unit != "" && part != asked || a.Unit == "" && !part.Role.Required() || p.partMeans(part.Unit) != answered {
			continue
		}
		about++
		p.Opinions = append(p.Opinions, Opinion{
			Unit: part.Unit, Reply: len(part.Replies), Scale: scale.ID(), Result: a.Result, Attitude: a.Attitude,
			Counts: term.As, Text: a.Text, At: act.At, By: act.Actor.ID,
		})
		if term.As == Dissatisfied {
			act.Then("redo", part.Unit)
		}
	}
	if about == 0 {
		if a.Unit == "" {
			return workflow.Invalid("unit", "unknown", "尚无答复可供评议", "there is no reply to have an opinion on")
		}
		return workflow.Invalid("unit", "unknown", "%q尚无答复可供评议", "there is no reply of %q to have an opinion on", a.Unit)
	}
	return nil
}

// heard reports whether the unit's current reply has an opinion.
func (p *Proposal) heard(part Part) bool {
	return slices.ContainsFunc(p.Opinions, func(o Opinion) bool {
		return o.Unit == part.Unit && o.Reply == len(part.Replies)
	})
}

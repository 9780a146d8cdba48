package proposal

import (
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
	Of       string    `json:"of,omitempty"` // whose opinion it is, when that is not By: a collective proposer's

	AttitudeScale string `json:"attitude_scale,omitempty"` // of Attitude, when it is not Scale
	Weighed       bool   `json:"weighed,omitempty"`        // it counts in what several make only: see Proposal.Verdicts
	Stands        bool   `json:"stands,omitempty"`         // dissatisfied, and the part is not handled again because of it
}

// GiveOpinion gives the proposer's opinion on a reply, or on all that required
// units gave. A result that counts as [Dissatisfied] reopens the handling of
// the unit's part and with it that of the proposal, unless the body's [Hearing]
// says otherwise.
type GiveOpinion struct {
	Unit     string `json:"unit,omitempty" zh:"单位" en:"unit" field:"id"` // one that answers the proposer; "": every such unit that has
	Scale    string `json:"scale,omitempty" zh:"量表" en:"scale"`          // name of one of the body's scales; "": the first
	Result   string `json:"result" zh:"办理结果" en:"result" field:"from=opinions,required"`
	Attitude string `json:"attitude,omitempty" zh:"办理态度" en:"attitude" field:"from=attitudes"`
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
	if term.Key == NoFeedback {
		return workflow.Invalid("result", "unusable", "未反馈由期限确定，不能填写", "no feedback is what the deadline says, nobody gives it")
	}
	attitudeScale, err := a.attitudeOn(act.Rules, scale)
	if err != nil {
		return err
	}
	of := p.whose(act.Actor)
	if of == act.Actor.ID {
		of = ""
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
			Of: of, AttitudeScale: attitudeScale,
		})
		act.Rules.Hearing.hear(act, p, *part)
	}
	if about == 0 {
		if a.Unit == "" {
			return workflow.Invalid("unit", "unknown", "尚无答复可供评议", "there is no reply to have an opinion on")
		}
		return workflow.Invalid("unit", "unknown", "%q尚无答复可供评议", "there is no reply of %q to have an opinion on", a.Unit)
	}
	return nil
}

// attitudeOn returns the scale on which the attitude is given, "" when that is the
// scale of the result or none is given.
func (a GiveOpinion) attitudeOn(r Rules, result Scheme) (string, error) {
	if a.Attitude == "" {
		return "", nil
	}
	scale := result
	if r.Hearing.Attitude != "" {
		var err error
		if scale, err = r.scale(r.Hearing.Attitude); err != nil {
			return "", err
		}
	}
	if _, err := scale.use("attitude", a.Attitude); err != nil {
		return "", err
	}
	if scale.ID() == result.ID() {
		return "", nil
	}
	return scale.ID(), nil
}

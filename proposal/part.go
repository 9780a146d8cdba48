package proposal

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// Part (承办件) is one unit's share in handling a proposal. Its state is the
// state of the track "part" for Unit, the unit that it was given to.
type Part struct {
	Unit       string      `json:"unit"`
	Role       PartRole    `json:"role"`
	Assigned   time.Time   `json:"assigned"`
	Accepted   time.Time   `json:"accepted,omitzero"`
	MoreUnits  []string    `json:"more_units,omitempty"` // that the unit asked for on accepting
	Objections []Objection `json:"objections,omitempty"`
	Contacts   []Contact   `json:"contacts,omitempty"` // with the proposers, oldest first
	Replies    []Answer    `json:"replies,omitempty"`  // the last is the current one

	Matters     []Matter      `json:"matters,omitempty"`     // what the part was divided into, each to be answered
	Signatures  []Signature   `json:"signatures,omitempty"`  // of a unit that answers with the lead, on its drafts
	Successions []Succession  `json:"successions,omitempty"` // each time another unit took its place
	Transferred []Transferred `json:"transferred,omitempty"` // each time the office took it from the unit
	Publication *Publication  `json:"publication,omitempty"` // of the unit's reply
}

// Reply returns the current reply, for reading, or nil.
func (p *Part) Reply() *Answer {
	if len(p.Replies) == 0 {
		return nil
	}
	return &p.Replies[len(p.Replies)-1]
}

// issued reports whether the current reply has gone out.
func (p *Part) issued() bool { return p.Reply() != nil && !p.Reply().Issued.IsZero() }

// Objection (申退) is a unit's objection to being assigned the proposal.
type Objection struct {
	At        time.Time `json:"at"`
	By        string    `json:"by"`
	Reason    string    `json:"reason"`
	Suggested string    `json:"suggested,omitempty"` // another unit
	Approved  *bool     `json:"approved,omitempty"`  // nil: not yet decided
	Decided   time.Time `json:"decided,omitzero"`
	Text      string    `json:"text,omitempty"`    // of the decision
	Recalled  time.Time `json:"recalled,omitzero"` // when the unit took it back
}

// objection returns the objection that is still to be decided on, or nil.
func (p *Part) objection() *Objection {
	n := len(p.Objections)
	if n == 0 || p.Objections[n-1].Approved != nil || !p.Objections[n-1].Recalled.IsZero() {
		return nil
	}
	return &p.Objections[n-1]
}

// Accept takes a unit's own part on (接收).
type Accept struct {
	More []string `json:"more,omitempty" zh:"建议增加的单位" en:"units to be added"` // units it asks to be added
}

// Event is "accept".
func (Accept) Event() string { return "accept" }

// Apply dates it.
func (a Accept) Apply(act *Act, p *Proposal) error {
	part, err := p.part("unit", act.Instance)
	if err != nil {
		return err
	}
	if err := checkList("more", a.More); err != nil {
		return err
	}
	part.Accepted, part.MoreUnits = act.At, slices.Clone(a.More)
	return nil
}

// Object asks to be relieved of the unit's own part (申请退回).
type Object struct {
	Reason    string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
	Suggested string `json:"suggested,omitempty" zh:"建议单位" en:"unit suggested"` // another unit
}

// Event is "object".
func (Object) Event() string { return "object" }

// Apply keeps the objection.
func (a Object) Apply(act *Act, p *Proposal) error {
	if err := needText("reason", a.Reason, "申退须有理由", "an objection needs a reason"); err != nil {
		return err
	}
	if err := checkLine("suggested", a.Suggested); err != nil {
		return err
	}
	part, err := p.part("unit", act.Instance)
	if err != nil {
		return err
	}
	part.Objections = append(part.Objections, Objection{At: act.At, By: act.Actor.ID, Reason: a.Reason, Suggested: a.Suggested})
	return nil
}

// ApproveObjection relieves a unit of its part, and may give it to others. When
// no required part is left, the proposal awaits a new assignment.
type ApproveObjection struct {
	Unit string   `json:"unit" zh:"单位" en:"unit" field:"id,required"`
	To   []string `json:"to,omitempty" zh:"改由" en:"given to" field:"id"` // units that take the part over, in the same role
	Text string   `json:"text,omitempty" zh:"说明" en:"remarks" field:"text"`
}

// Event is "approve_objection".
func (ApproveObjection) Event() string { return "approve_objection" }

// Instance is the unit.
func (a ApproveObjection) Instance(Actor) string { return a.Unit }

// Apply decides the objection and gives the part to others.
func (a ApproveObjection) Apply(act *Act, p *Proposal) error {
	part, err := p.part("unit", a.Unit)
	if err != nil {
		return err
	}
	role := part.Role
	if err := part.decide(act, true, a.Text); err != nil {
		return err
	}
	if role == Lead && len(a.To) > 1 {
		return workflow.Invalid("to", "mode", "主办单位只能有一个，不是%d个", "one unit leads, not %d", len(a.To))
	}
	return p.giveAll(act, "to", a.To, role)
}

// Transfer takes a part from a unit that has not answered yet (改派), as when the
// unit was chosen by mistake or is no more, and may give it to others. When no
// required part is left, the proposal awaits a new assignment.
type Transfer struct {
	Unit   string   `json:"unit" zh:"单位" en:"unit" field:"id,required"`
	To     []string `json:"to,omitempty" zh:"改由" en:"given to" field:"id"` // units that take the part over, in the same role
	Reason string   `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "transfer".
func (Transfer) Event() string { return "transfer" }

// Instance is the unit.
func (a Transfer) Instance(Actor) string { return a.Unit }

func (a Transfer) givenTo(*Proposal) []string { return a.To }

// Apply gives the part to others; the unit keeps its record, and is relieved.
func (a Transfer) Apply(act *Act, p *Proposal) error {
	part, err := p.part("unit", a.Unit)
	if err != nil {
		return err
	}
	if err := needText("reason", a.Reason, "改派须有理由", "moving a part needs a reason"); err != nil {
		return err
	}
	if among(a.To, a.Unit) {
		return workflow.Invalid("to", "duplicate", "不能改派给原单位%q", "the part is taken from %q and cannot go to it", a.Unit)
	}
	part.Transferred = append(part.Transferred, Transferred{At: act.At, By: act.Actor.ID, Reason: a.Reason})
	role := part.Role
	if role == Lead && len(a.To) > 1 {
		return workflow.Invalid("to", "mode", "主办单位只能有一个，不是%d个", "one unit leads, not %d", len(a.To))
	}
	return p.giveAll(act, "to", a.To, role)
}

// Transferred says who took a part from its unit, and why.
type Transferred struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

// RefuseObjection leaves the part with the unit.
type RefuseObjection struct {
	Unit string `json:"unit" zh:"单位" en:"unit" field:"id,required"`
	Text string `json:"text,omitempty" zh:"说明" en:"remarks" field:"text"`
}

// Event is "refuse_objection".
func (RefuseObjection) Event() string { return "refuse_objection" }

// Instance is the unit.
func (a RefuseObjection) Instance(Actor) string { return a.Unit }

// Apply decides the objection.
func (a RefuseObjection) Apply(act *Act, p *Proposal) error {
	part, err := p.part("unit", a.Unit)
	if err != nil {
		return err
	}
	return part.decide(act, false, a.Text)
}

func (p *Part) decide(act *Act, approved bool, text string) error {
	if err := checkText("text", text); err != nil {
		return err
	}
	o := p.objection()
	if o == nil {
		return workflow.Invalid("unit", "no_objection", "%q没有待决定的申退", "%q has no objection to decide on", p.Unit)
	}
	o.Approved, o.Decided, o.Text = &approved, act.At, text
	return nil
}

// AddUnits gives further units a part of a proposal under way, as when a unit
// asked for more on accepting.
type AddUnits struct {
	Units []string `json:"units" zh:"单位" en:"units" field:"id,required"`
}

// Event is "add_units".
func (AddUnits) Event() string { return "add_units" }

func (a AddUnits) givenTo(p *Proposal) []string {
	if p.Mode != Separate {
		return nil // co-units, who answer the lead
	}
	return a.Units
}

// Apply gives them their parts: as co-units of a lead, else each its own.
func (a AddUnits) Apply(act *Act, p *Proposal) error {
	if len(a.Units) == 0 {
		return workflow.Invalid("units", "empty", "没有指明单位", "no unit is named")
	}
	role := EachOwn
	switch p.Mode {
	case Separate:
	case Mixed:
		role = Co
	default:
		role, p.Mode = Co, Led
	}
	return p.giveAll(act, "units", a.Units, role)
}

// Suspend stops the clocks of a unit's part, as while the unit waits for the
// proposer, for a co-unit or for a hearing (中止).
type Suspend struct {
	Unit   string `json:"unit,omitempty" zh:"单位" en:"unit" field:"id"` // "": the actor's own
	Reason string `json:"reason" zh:"原因" en:"reason" field:"text,required"`
}

// Event is "suspend".
func (Suspend) Event() string { return "suspend" }

// Instance is the unit.
func (a Suspend) Instance(actor Actor) string { return ownUnit(a.Unit, actor) }

// Apply changes nothing but the state; the reason is in the history.
func (a Suspend) Apply(*Act, *Proposal) error {
	return needText("reason", a.Reason, "没有写明中止的原因", "it is not said what the unit waits for")
}

// Continue lets them run again.
type Continue struct {
	Unit string `json:"unit,omitempty" zh:"单位" en:"unit" field:"id"` // "": the actor's own
}

// Event is "continue".
func (Continue) Event() string { return "continue" }

// Instance is the unit.
func (a Continue) Instance(actor Actor) string { return ownUnit(a.Unit, actor) }

// Apply changes nothing but the state.
func (Continue) Apply(*Act, *Proposal) error { return nil }

func ownUnit(unit string, a Actor) string {
	if unit == "" {
		return a.Unit
	}
	return unit
}

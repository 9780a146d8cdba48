package proposal

import (
	"github.com/tian-go/tian/proposal/workflow"
)

// Recall takes a submission back (撤回) until the review has begun: the proposal
// is a draft again, and whoever consented to co-sign still does.
type Recall struct {
	Reason string `json:"reason,omitempty" zh:"原因" en:"reason" field:"text"`
}

// Event is "recall".
func (Recall) Event() string { return "recall" }

// Apply changes nothing but the state; the reason is in the history.
func (a Recall) Apply(*Act, *Proposal) error { return checkText("reason", a.Reason) }

// RecallObjection takes back the objection of the actor's own unit (撤回申退) until
// it has been decided on. The part is as it was assigned.
type RecallObjection struct {
	Reason string `json:"reason,omitempty" zh:"原因" en:"reason" field:"text"`
}

// Event is "recall_objection".
func (RecallObjection) Event() string { return "recall_objection" }

// Apply dates it; the objection stays on record.
func (a RecallObjection) Apply(act *Act, p *Proposal) error {
	if err := checkText("reason", a.Reason); err != nil {
		return err
	}
	part, err := p.part("unit", act.Instance)
	if err != nil {
		return err
	}
	o := part.objection()
	if o == nil {
		return workflow.Invalid("unit", "no_objection", "%q没有待决定的申退", "%q has no objection to decide on", part.Unit)
	}
	o.Recalled = act.At
	return nil
}

// RecallReply takes back the draft of the reply of the actor's own unit (撤回答复稿)
// until it has been decided on. Whoever drafted it may, and so may a colleague.
type RecallReply struct {
	Reason string `json:"reason,omitempty" zh:"原因" en:"reason" field:"text"`
}

// Event is "recall_reply".
func (RecallReply) Event() string { return "recall_reply" }

// Apply dates it; the draft stays on record.
func (a RecallReply) Apply(act *Act, p *Proposal) error {
	if err := checkText("reason", a.Reason); err != nil {
		return err
	}
	answer, err := p.draftOf(act.Instance)
	if err != nil {
		return err
	}
	answer.Recalled = act.At
	return nil
}

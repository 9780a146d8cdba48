package proposal

import (
	"fmt"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// Signature (会签) is a unit's agreement to the answer of the lead that it answers
// with.
type Signature struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Lead  string    `json:"lead"`  // the unit whose draft it is
	Reply int       `json:"reply"` // which of that unit's, from 1
}

// Countersign agrees to the draft of the lead that the actor's own unit answers
// with (会签). The answer goes out once all have: the guard "countersigned".
type Countersign struct{}

// Event is "countersign".
func (Countersign) Event() string { return "countersign" }

// Apply keeps the signature.
func (Countersign) Apply(act *Act, p *Proposal) error {
	part, err := p.part("unit", act.Instance)
	if err != nil {
		return err
	}
	if part.Role != With {
		return workflow.Invalid("unit", "mode", "%q不是合办单位", "%q does not answer with a lead", part.Unit)
	}
	lead := p.leading()
	if lead == nil {
		return workflow.Invalid("unit", "no_draft", "%s没有主办单位", "no unit of %s leads", p.ID)
	}
	if _, err := p.draftOf(lead.Unit); err != nil {
		return err
	}
	if part.signed(lead) {
		return workflow.Invalid("unit", "signed", "%q已会签本稿", "%q has countersigned this draft", part.Unit)
	}
	part.Signatures = append(part.Signatures, Signature{At: act.At, By: act.Actor.ID, Lead: lead.Unit, Reply: len(lead.Replies)})
	return nil
}

// leading returns the part that leads, or nil.
func (p *Proposal) leading() *Part {
	for i := range p.Parts {
		if p.has(p.Parts[i].Unit, Lead) {
			return &p.Parts[i]
		}
	}
	return nil
}

// leads reports whether a unit leads others that answer with it.
func (p *Proposal) leads(unit string) bool {
	lead := p.leading()
	return lead != nil && p.Part(unit) == lead
}

// signed reports whether a unit that answers with the lead has agreed to the
// lead's current draft.
func (p *Part) signed(lead *Part) bool {
	n := len(p.Signatures)
	return n > 0 && p.Signatures[n-1].Lead == lead.Unit && p.Signatures[n-1].Reply == len(lead.Replies)
}

// answerTogether has the units that answer with a lead answered when it is.
func (p *Proposal) answerTogether(act *Act, lead string) {
	for i := range p.Parts {
		if part := &p.Parts[i]; p.leads(lead) && part.Role == With && p.Allows("answer_with", part.Unit) {
			act.Then("answer_with", part.Unit)
		}
	}
}

// redo has a unit handle its part again, and those that answer with it theirs.
func (p *Proposal) redo(act *Act, units ...string) {
	for _, unit := range units {
		act.Then("redo", unit)
		for i := range p.Parts {
			if part := &p.Parts[i]; p.leads(unit) && part.Role == With && p.partMeans(part.Unit) == answered && !among(units, part.Unit) {
				act.Then("redo", part.Unit)
			}
		}
	}
}

// countersigned asks that every unit that answers with the lead agrees to what is
// to go out.
func countersigned(act *Act, p *Proposal) []workflow.Blocker {
	lead := p.leading()
	if lead == nil || p.Part(act.Instance) != lead {
		return nil
	}
	var blockers []workflow.Blocker
	for i := range p.Parts {
		part := &p.Parts[i]
		means := p.partMeans(part.Unit)
		if part.Role != With || means == released || means == accepted && part.signed(lead) {
			continue
		}
		blockers = append(blockers, workflow.Block("not_countersigned",
			fmt.Sprintf("合办单位“%s”尚未会签", part.Unit), fmt.Sprintf("%q, which answers with the lead, has not countersigned", part.Unit)))
	}
	return blockers
}

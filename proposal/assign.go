package proposal

import (
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/workflow"
)

// Mode (办理方式) is how the units of a proposal share the work.
type Mode string

// The three modes.
const (
	Sole     Mode = "sole"     // 单办、独办: one unit
	Led      Mode = "led"      // 主办+会办、协办: one leads and answers, the others give it their opinion first
	Separate Mode = "separate" // 分办: each unit answers by itself
)

// Assign hands a filed proposal to units (交办): to one, to one with co-units,
// or to several separately. Units are named by the IDs under which their people
// act (Actor.Unit).
type Assign struct {
	Lead     string   `json:"lead,omitempty"`
	Co       []string `json:"co,omitempty"`
	Separate []string `json:"separate,omitempty"` // instead of Lead and Co
}

// Event is "assign".
func (Assign) Event() string { return "assign" }

// Apply gives every unit its part. A unit that had a part before keeps it.
func (a Assign) Apply(act *workflow.Act, p *Proposal) error {
	switch {
	case a.Lead != "" && len(a.Separate) > 0:
		return workflow.Invalid("separate", "mode", "a proposal has a lead or is handled separately, not both")
	case a.Lead == "" && len(a.Co) > 0:
		return workflow.Invalid("lead", "empty", "co-units need a lead")
	case a.Lead != "" && len(a.Co) == 0:
		p.Mode = Sole
	case a.Lead != "":
		p.Mode = Led
	case len(a.Separate) > 0:
		p.Mode = Separate
	default:
		return workflow.Invalid("lead", "empty", "no unit is named")
	}
	for _, unit := range a.Separate {
		if err := p.give(act, unit, EachOwn); err != nil {
			return err
		}
	}
	if a.Lead != "" {
		if err := p.give(act, a.Lead, Lead); err != nil {
			return err
		}
	}
	for _, unit := range a.Co {
		if err := p.give(act, unit, Co); err != nil {
			return err
		}
	}
	return nil
}

// give gives a unit its part.
func (p *Proposal) give(act *workflow.Act, unit string, role PartRole) error {
	if strings.TrimSpace(unit) == "" || len(unit) > 100 {
		return workflow.Invalid("unit", "empty", "a unit's ID has 1 to 100 bytes, not %q", unit)
	}
	if p.Part(unit) != nil {
		return workflow.Invalid("unit", "duplicate", "%q has a part in %s", unit, p.ID)
	}
	p.Parts = append(p.Parts, Part{Unit: unit, Role: role, Assigned: act.At})
	act.Begin("part", unit)
	return nil
}

// PartRole is what a unit's part is in the whole.
type PartRole string

// The roles of parts.
const (
	Lead    PartRole = "lead"     // 主办, also the only unit: it answers the proposer
	Co      PartRole = "co"       // 会办、协办: it answers the lead
	EachOwn PartRole = "separate" // 分办: it answers the proposer for its part
)

// Required tells whether the proposal is answered only when such a part is.
func (r PartRole) Required() bool { return r != Co }

// Part returns the part of a unit, for reading, or nil.
func (p *Proposal) Part(unit string) *Part {
	i := slices.IndexFunc(p.Parts, func(part Part) bool { return part.Unit == unit })
	if i < 0 {
		return nil
	}
	return &p.Parts[i]
}

// PartState returns the state of a unit's part: assigned, accepted, objecting,
// checking, answered, released; "" when it has none.
func (p *Proposal) PartState(unit string) string { return p.Track("part", unit) }

package proposal

import (
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Mode (办理方式) is how the units of a proposal share the work.
type Mode string

// The modes.
const (
	Sole     Mode = "sole"     // 单办、独办: one unit
	Led      Mode = "led"      // 主办+会办、协办: one leads and answers, the others give it their opinion first
	Separate Mode = "separate" // 分办: each unit answers by itself
	Mixed    Mode = "mixed"    // 主办与分办并用: a lead with or without co-units, and units that answer beside it
	Jointly  Mode = "jointly"  // 合办: several lead and give one answer; with or without co-units
)

// Assign hands a filed proposal to units (交办): to one, to one with co-units,
// to several separately, or to a lead and beside it to others separately. Units are named by the IDs under which their people
// act (Actor.Unit). Spellings that [text.Narrow] makes one are one unit, whose part
// has the first of them for a name.
type Assign struct {
	Lead     string   `json:"lead,omitempty" zh:"主办单位" en:"lead unit" field:"id"`
	With     []string `json:"with,omitempty" zh:"合办单位" en:"units that answer with the lead" field:"id"` // beside Lead: several leads with one answer
	Co       []string `json:"co,omitempty" zh:"会办单位" en:"co-units" field:"id"`
	Separate []string `json:"separate,omitempty" zh:"分办单位" en:"separate units" field:"id"` // alone, or beside Lead and Co
}

// Event is "assign".
func (Assign) Event() string { return "assign" }

// Apply gives every unit its part. When a proposal is assigned again, because
// whoever had to answer was relieved, the co-units that are left keep their
// parts whether they are named again or not.
func (a Assign) Apply(act *Act, p *Proposal) error {
	a = a.orProposed(p)
	switch {
	case a.Lead == "" && len(a.Co)+len(a.With) > 0:
		return workflow.Invalid("lead", "empty", "有会办、合办单位须有主办单位", "co-units, and units that answer with a lead, need a lead")
	case a.Lead == "" && len(a.Separate) == 0:
		return workflow.Invalid("lead", "empty", "没有指明单位", "no unit is named")
	}
	if a.Lead == "" {
		p.Mode = Separate
		return p.giveAll(act, "separate", a.Separate, EachOwn)
	}
	if among(a.Co, a.Lead) {
		return workflow.Invalid("co", "duplicate", "%q已是主办单位，不能又是会办单位", "%q leads, and is no co-unit as well", a.Lead)
	}
	if err := p.give(act, "lead", a.Lead, Lead); err != nil {
		return err
	}
	p.Mode = Sole
	co := slices.DeleteFunc(slices.Clone(a.Co), func(unit string) bool { return p.has(unit, Co) })
	if err := p.giveAll(act, "co", co, Co); err != nil {
		return err
	}
	left := func(part Part) bool { return p.has(part.Unit, Co) }
	if len(a.Co) > 0 || slices.ContainsFunc(p.Parts, left) {
		p.Mode = Led
	}
	if err := a.together(act, p); err != nil {
		return err
	}
	if len(a.Separate) == 0 {
		return nil
	}
	for _, unit := range slices.Concat(a.Co, a.With, []string{a.Lead}) {
		if among(a.Separate, unit) {
			return workflow.Invalid("separate", "duplicate", "%q已是主办或会办单位", "%q leads or is a co-unit already", unit)
		}
	}
	p.Mode = Mixed
	return p.giveAll(act, "separate", a.Separate, EachOwn)
}

// orProposed returns what is assigned: what was proposed, when no unit is named.
func (a Assign) orProposed(p *Proposal) Assign {
	if a.Lead == "" && len(a.With)+len(a.Co)+len(a.Separate) == 0 && p.Proposed != nil {
		return p.Proposed.Units
	}
	return a
}

// givenTo returns the units that are to answer.
func (a Assign) givenTo(p *Proposal) []string {
	a = a.orProposed(p)
	units := slices.Concat(a.With, a.Separate)
	if a.Lead != "" {
		units = append(units, a.Lead)
	}
	return units
}

// together gives the units that answer with the lead their parts.
func (a Assign) together(act *Act, p *Proposal) error {
	for i, unit := range a.With {
		if unit == a.Lead || among(a.Co, unit) {
			return workflow.Invalid(fmt.Sprintf("with[%d]", i), "duplicate", "%q已是主办或会办单位", "%q leads or is a co-unit already", unit)
		}
	}
	with := slices.DeleteFunc(slices.Clone(a.With), func(unit string) bool { return p.has(unit, With) })
	if len(a.With) > 0 {
		p.Mode = Jointly
	}
	return p.giveAll(act, "with", with, With)
}

func (p *Proposal) giveAll(act *Act, field string, units []string, role PartRole) error {
	if err := checkUnitCount(field, units); err != nil {
		return err
	}
	for i, unit := range units {
		at := fmt.Sprintf("%s[%d]", field, i)
		if among(units[:i], unit) {
			return workflow.Invalid(at, "duplicate", "%q重复", "%q is named twice", unit)
		}
		if err := p.give(act, at, unit, role); err != nil {
			return err
		}
	}
	return nil
}

func checkUnitCount(field string, units []string) error {
	if len(units) > MaxList {
		return workflow.Invalid(field, "too_many", "%d个单位，超过%d个", "%d units, more than %d", len(units), MaxList)
	}
	return nil
}

// give gives a unit its part. One that was relieved of its part gets it anew,
// and so does a co-unit that is to answer from now on: what it has told the lead
// is no answer to the proposer. Not while it objects, or has a draft to decide
// on: the machine refuses that.
func (p *Proposal) give(act *Act, field, unit string, role PartRole) error {
	if err := checkUnit(act, field, unit); err != nil {
		return err
	}
	part := p.Part(unit)
	if part == nil {
		p.Parts = append(p.Parts, Part{Unit: text.Spell(unit), Role: role, Assigned: act.At})
		act.Begin(partTrack, text.Spell(unit))
		return nil
	}
	promoted := !part.Role.Required() && role.Required()
	if p.partMeans(unit) != released && !promoted {
		return workflow.Invalid(field, "duplicate", "%q已承办%s（%s，%s）", "%q has a part in %s (%s, %s)", unit, p.ID, part.Role, p.PartState(unit))
	}
	part.Role, part.Assigned, part.Accepted, part.MoreUnits, part.Matters = role, act.At, time.Time{}, nil, nil
	if p.held(unit) == nil { // it comes back to whom it was given first
		part.Successions = append(part.Successions, Succession{At: act.At, By: act.Actor.ID, To: text.Spell(unit), Reason: act.Event})
	}
	act.Then("reassign", part.Unit)
	return nil
}

// among reports whether a unit is in a list, in any spelling.
func among(units []string, unit string) bool {
	key := text.Narrow(unit)
	return slices.ContainsFunc(units, func(u string) bool { return text.Narrow(u) == key })
}

// has reports whether the unit has a part in that role and was not relieved of it.
func (p *Proposal) has(unit string, role PartRole) bool {
	part := p.Part(unit)
	return part != nil && part.Role == role && p.partMeans(unit) != released
}

// PartRole is what a unit's part is in the whole.
type PartRole string

// The roles of parts.
const (
	Lead    PartRole = "lead"     // 主办, also the only unit: it answers the proposer
	Co      PartRole = "co"       // 会办、协办: it answers the lead
	EachOwn PartRole = "separate" // 分办: it answers the proposer for its part
	With    PartRole = "with"     // 合办: it leads with another and countersigns that one's answer, which is its own too
)

// Required reports whether such a part has an answer of its own to the proposer:
// the proposal is answered only when every part that has one is.
func (r PartRole) Required() bool { return r == Lead || r == EachOwn }

// Part returns the part that was given to a unit, in any spelling of its name, or
// else the one that it holds as a successor, for reading, or nil.
func (p *Proposal) Part(unit string) *Part {
	i := slices.IndexFunc(p.Parts, func(part Part) bool { return part.Unit == unit })
	if i < 0 && unit != "" {
		key := text.Narrow(unit)
		i = slices.IndexFunc(p.Parts, func(part Part) bool { return text.Narrow(part.Unit) == key })
	}
	if i < 0 && unit != "" {
		key := text.Narrow(unit)
		i = slices.IndexFunc(p.Parts, func(part Part) bool { return text.Narrow(part.Holder()) == key })
	}
	if i < 0 {
		return nil
	}
	return &p.Parts[i]
}

// part returns the part of a unit, or an error that says there is none: a
// definition of a place's own may let an action in where no unit has a part.
func (p *Proposal) part(field, unit string) (*Part, error) {
	part := p.Part(unit)
	if part == nil {
		return nil, workflow.Invalid(field, "unknown", "%q没有承办%s", "%q has no part in %s", unit, p.ID)
	}
	return part, nil
}

// PartState returns the state of a unit's part, "" when it has none. In the
// shipped lifecycles that is assigned, accepted, objecting, suspended, checking,
// answered or released; a definition may have others.
func (p *Proposal) PartState(unit string) string { return p.Track(partTrack, p.instance(unit)) }

// partMeans returns what the state of a unit's part means.
func (p *Proposal) partMeans(unit string) string {
	return p.TrackMeans(partTrack, p.instance(unit))
}

// instance returns the name under which a unit has its part, in any spelling of
// it, and any other name as it is.
func (p *Proposal) instance(name string) string {
	if part := p.Part(name); part != nil {
		return part.Unit
	}
	return name
}

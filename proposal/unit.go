package proposal

import (
	"fmt"
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Unit (承办单位) is an entry in a body's list of units. Where [Rules] list any,
// proposals are given to those of the list and to no other, and to none after its
// last day.
type Unit struct {
	ID     string          `json:"id"` // under which its people act, in any spelling
	Label  lifecycle.Label `json:"label,omitzero"`
	Kind   string          `json:"kind,omitempty"`   // 党群, 政府, 垂直管理 …: the place's own key
	Office string          `json:"office,omitempty"` // the office that assigns to it (两办), by its ID
	Until  calendar.Date   `json:"until,omitzero"`   // the last day on which it is there; zero: it goes on
	Into   []string        `json:"into,omitempty"`   // what it was merged into, divided into or renamed to
}

// unit returns the entry of a unit.
func (r Rules) unit(id string) (Unit, bool) {
	key := text.Narrow(id)
	i := slices.IndexFunc(r.Units, func(u Unit) bool { return text.Narrow(u.ID) == key })
	if i < 0 {
		return Unit{}, false
	}
	return r.Units[i], true
}

// Current returns the unit that has taken the place of another by the list of units
// (现承继单位), however often it changed; of one that was divided, that is not in the
// list or goes on, the unit itself.
func (r Rules) Current(unit string) string {
	for range r.Units {
		entry, ok := r.unit(unit)
		if !ok || len(entry.Into) != 1 {
			break
		}
		unit = entry.Into[0]
	}
	return unit
}

// gives refuses a unit that the list does not have, or has no longer.
func (r Rules) gives(act *Act, field, unit string) error {
	if len(r.Units) == 0 {
		return nil
	}
	entry, ok := r.unit(unit)
	switch {
	case !ok:
		return workflow.Invalid(field, "unknown", "单位名录中没有%q", "the list of units has no %q", unit)
	case !entry.Until.IsZero() && entry.Until.Before(act.Today()):
		return workflow.Invalid(field, "gone", "%q自%v起不再存在，现为%q", "%q is no more after %v, and is %q now", unit, entry.Until, entry.Into)
	}
	return nil
}

// checkUnit refuses what names no unit that a proposal could be given to.
func checkUnit(act *Act, field, unit string) error {
	if err := checkID(field, unit); err != nil {
		return err
	}
	return act.Rules.gives(act, field, unit)
}

func (r Rules) checkUnits(field string) error {
	for i, u := range r.Units {
		at := fmt.Sprintf("%s[%d]", field, i)
		if err := checkID(at+".id", u.ID); err != nil {
			return err
		}
		if slices.ContainsFunc(r.Units[:i], func(other Unit) bool { return text.Narrow(other.ID) == text.Narrow(u.ID) }) {
			return workflow.Invalid(at+".id", "duplicate", "单位%q重复", "the unit %q is there twice", u.ID)
		}
		if err := checkLines(at+".kind", u.Kind, at+".office", u.Office); err != nil {
			return err
		}
		for j, into := range u.Into {
			if _, ok := r.unit(into); !ok || text.Narrow(into) == text.Narrow(u.ID) {
				return workflow.Invalid(fmt.Sprintf("%s.into[%d]", at, j), "unknown", "单位名录中没有%q", "the list of units has no %q", into)
			}
		}
	}
	return nil
}

// ownUnits holds an assigning office to the units that are its own (两办分别交办): the
// actor's unit is the office of each unit that is to answer.
func ownUnits(act *Act, p *Proposal) []workflow.Blocker {
	type giving interface{ givenTo(p *Proposal) []string }
	return looked(act, "无法检查这一操作交给哪些单位", "to whom %T gives the proposal cannot be told", func(gives giving) []workflow.Blocker {
		var blockers []workflow.Blocker
		for _, unit := range gives.givenTo(p) {
			entry, _ := act.Rules.unit(unit)
			if entry.Office == "" || text.Narrow(entry.Office) != text.Narrow(act.Actor.Unit) {
				blockers = append(blockers, workflow.Block("other_office",
					fmt.Sprintf("“%s”不由本机构交办", unit), fmt.Sprintf("%q is assigned to by %q", unit, entry.Office)))
			}
		}
		return blockers
	})
}

// Proposed (预交办) is to whom a proposal is to be assigned, as the committee
// proposes it to the offices that assign.
type Proposed struct {
	Units Assign    `json:"units"`
	At    time.Time `json:"at"`
	By    string    `json:"by"`
}

// PreAssign proposes to whom a filed proposal is to be assigned (预交办). An [Assign]
// that names no unit assigns it so.
type PreAssign struct {
	Assign
}

// Event is "pre_assign".
func (PreAssign) Event() string { return "pre_assign" }

// Apply keeps what is proposed.
func (a PreAssign) Apply(act *Act, p *Proposal) error {
	if a.Lead == "" && len(a.Separate) == 0 {
		return workflow.Invalid("lead", "empty", "没有指明单位", "no unit is named")
	}
	if a.Lead != "" {
		if err := checkUnit(act, "lead", a.Lead); err != nil {
			return err
		}
	}
	for _, named := range []struct {
		field string
		units []string
	}{{"with", a.With}, {"co", a.Co}, {"separate", a.Separate}} {
		if err := checkUnitCount(named.field, named.units); err != nil {
			return err
		}
		for i, unit := range named.units {
			if err := checkUnit(act, fmt.Sprintf("%s[%d]", named.field, i), unit); err != nil {
				return err
			}
		}
	}
	a.With, a.Co, a.Separate = slices.Clone(a.With), slices.Clone(a.Co), slices.Clone(a.Separate)
	p.Proposed = &Proposed{Units: a.Assign, At: act.At, By: act.Actor.ID}
	return nil
}

// Succession (承继) is one unit's taking another's place.
type Succession struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	To     string    `json:"to"`
	Reason string    `json:"reason"`
}

// Succeed has another unit take the place of one that was merged or renamed (机构
// 改革承继). The part keeps the name it was given under, and all that was done in it;
// from now on those act in it who act for the successor, and nobody else.
type Succeed struct {
	Unit   string `json:"unit" zh:"原单位" en:"unit" field:"id,required"`
	To     string `json:"to" zh:"承继单位" en:"successor" field:"id,required"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "succeed".
func (Succeed) Event() string { return "succeed" }

// Apply names the successor.
func (a Succeed) Apply(act *Act, p *Proposal) error {
	part, err := p.part("unit", a.Unit)
	if err != nil {
		return err
	}
	if err := needText("reason", a.Reason, "承继须有理由", "a succession needs a reason"); err != nil {
		return err
	}
	if err := checkUnit(act, "to", a.To); err != nil {
		return err
	}
	switch other := p.Part(a.To); {
	case other == part && text.Narrow(part.Holder()) == text.Narrow(a.To):
		return workflow.Invalid("to", "duplicate", "%q已由%q办理", "%q is in the hands of %q already", part.Unit, a.To)
	case other != nil && other != part:
		return workflow.Invalid("to", "duplicate", "%q已承办%s，请改派", "%q has a part in %s: transfer this one", a.To, p.ID)
	case len(part.Successions) >= MaxList:
		return workflow.Invalid("to", "too_many", "已承继%d次", "it has been taken over %d times", len(part.Successions))
	}
	part.Successions = append(part.Successions, Succession{At: act.At, By: act.Actor.ID, To: text.Spell(a.To), Reason: a.Reason})
	return nil
}

// Holder returns the unit whose people act in the part: the one it was given to,
// or who has taken its place since.
func (p *Part) Holder() string {
	if n := len(p.Successions); n > 0 {
		return p.Successions[n-1].To
	}
	return p.Unit
}

// held returns the part that a unit holds now, or nil.
func (p *Proposal) held(unit string) *Part {
	if part := p.Part(unit); part != nil && text.Narrow(part.Holder()) == text.Narrow(unit) {
		return part
	}
	return nil
}

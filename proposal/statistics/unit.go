package statistics

import (
	"cmp"
	"slices"

	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal"
)

// The dimensions of the table by unit. They count items by their unit.
const (
	unitLead     = ofUnit + "lead"
	unitSeparate = ofUnit + "separate"
	unitCo       = ofUnit + "co"
	unitAll      = ofUnit + "all"
	unitAnswered = ofUnit + "answered"
	unitResult   = ofUnit + "result."
	unitAttitude = ofUnit + "attitude."
)

// item counts one unit's part.
func (f *Figures) item(p *proposal.Proposal, part *proposal.Part) {
	unit := part.Unit
	if f.options.CurrentUnits {
		unit = f.options.Rules(p.Body).Current(part.Holder())
	}
	of := func(d proposal.Dimension) { f.Count(d, p.ID, unit) }
	f.total(p.ID, Items)
	f.Count(ByRole, p.ID, string(part.Role))
	of(unitAll)
	switch part.Role {
	case proposal.Lead, proposal.With:
		of(unitLead)
	case proposal.EachOwn:
		of(unitSeparate)
	default:
		of(unitCo)
	}
	reply := last(part)
	if reply != nil {
		of(unitAnswered)
	}
	f.days(p, part)
	f.promised(p, part)
	if !part.Role.Required() {
		return
	}
	f.total(p.ID, RequiredItems)
	if reply != nil {
		f.total(p.ID, AnsweredItems)
		f.Count(ByClassOfItem, p.ID, f.meaning(p.Body, reply.Scheme, reply.Class, classes))
	}
	o := opinionOn(p, part.Unit)
	if o == nil {
		return
	}
	f.total(p.ID, HeardItems)
	if as := f.counts(p.Body, o); as != "" {
		of(proposal.Dimension(unitResult + as))
		f.Count(ByResultItem, p.ID, as)
	}
	if as := f.meaning(p.Body, cmp.Or(o.AttitudeScale, o.Scale), o.Attitude, scales); as != "" {
		of(proposal.Dimension(unitAttitude + as))
	}
}

// Unit (承办单位) is a row of the table by unit. It counts items.
type Unit struct {
	Unit     string   `json:"unit"`
	Lead     int64    `json:"lead"`     // 主办, the only unit of a proposal and those of 合办 included
	Separate int64    `json:"separate"` // 分办
	Co       int64    `json:"co"`       // 协办、会办
	All      int64    `json:"all"`      // 总数
	Answered int64    `json:"answered"` // 办复: a reply, or a co-unit's opinion, went out
	Result   Opinions `json:"result"`   // 办理结果, on the lead and separate items
	Attitude Opinions `json:"attitude"` // 办理态度
	Cases    []string `json:"cases,omitempty"`
}

// Opinions are how many opinions count as what.
type Opinions struct {
	Satisfied    int64 `json:"satisfied"`
	Mostly       int64 `json:"basically_satisfied"`
	Dissatisfied int64 `json:"dissatisfied"`
}

// Given is how many opinions count as anything (已反馈).
func (o Opinions) Given() int64 { return o.Satisfied + o.Mostly + o.Dissatisfied }

// Satisfaction (满意率) is satisfied and basically satisfied over a base that is
// named: the forms returned, what was answered, what was assigned.
func (o Opinions) Satisfaction(base int64, of Base) rates.Rate {
	return rates.Rate{Count: o.Satisfied + o.Mostly, Base: base, Of: string(of), Rule: "satisfied_or_basically"}
}

// AnsweredRate (办复率) is answered over all.
func (u Unit) AnsweredRate() rates.Rate {
	return rates.Rate{Count: u.Answered, Base: u.All, Of: string(Items), Rule: "answered"}
}

// Units is the table by unit, those with most items first and of equals by name.
func (f *Figures) Units() []Unit {
	names := f.Keys(unitAll)
	units := make([]Unit, len(names))
	for i, name := range names {
		n := func(d proposal.Dimension) int64 { return f.tally.Rate(d, name).Count }
		opinions := func(axis proposal.Dimension) Opinions {
			return Opinions{n(axis + proposal.Satisfied), n(axis + proposal.Mostly), n(axis + proposal.Dissatisfied)}
		}
		units[i] = Unit{
			Unit: name, Lead: n(unitLead), Separate: n(unitSeparate), Co: n(unitCo), All: n(unitAll), Answered: n(unitAnswered),
			Result: opinions(unitResult), Attitude: opinions(unitAttitude),
			Cases: slices.Clone(f.behind[cell{unitAll, name}]),
		}
	}
	slices.SortStableFunc(units, func(a, b Unit) int { return cmp.Compare(b.All, a.All) })
	return units
}

// Opinions are those of all proposals on the result and on the attitude: of
// several on one proposal the worst.
func (f *Figures) Opinions() (result, attitude Opinions) {
	of := func(d proposal.Dimension) Opinions {
		n := func(as string) int64 { return f.tally.Rate(d, as).Count }
		return Opinions{n(proposal.Satisfied), n(proposal.Mostly), n(proposal.Dissatisfied)}
	}
	return of(ByResultAs), of(ByAttitudeAs)
}

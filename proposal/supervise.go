package proposal

import (
	"slices"
	"time"

	"github.com/tian-go/tian/proposal/workflow"
)

// Supervision (督办) runs beside the handling.
type Supervision struct {
	Opened time.Time `json:"opened"`
	By     string    `json:"by"`
	Leader string    `json:"leader,omitempty"` // who leads it
	Form   string    `json:"form,omitempty"`   // 调研、座谈、走访、联合督查 …: a key of the body's forms of supervision, its own word where it has none
	Scheme string    `json:"scheme,omitempty"` // of Form
	Visits []Visit   `json:"visits,omitempty"`
	Closed time.Time `json:"closed,omitzero"`
	Result string    `json:"result,omitempty"`
}

// Visit is one visit, meeting or inspection of a supervision.
type Visit struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Place string    `json:"place,omitempty"`
	Who   []string  `json:"who,omitempty"` // units, members, third-party evaluators
	Found string    `json:"found,omitempty"`
}

// Supervise opens a supervision.
type Supervise struct {
	Leader string `json:"leader,omitempty" zh:"督办领导" en:"leader"`
	Form   string `json:"form,omitempty" zh:"形式" en:"form" field:"from=supervision_forms"`
}

// Event is "supervise".
func (Supervise) Event() string { return "supervise" }

// Apply adds it.
func (a Supervise) Apply(act *Act, p *Proposal) error {
	if err := checkLines("leader", a.Leader, "form", a.Form); err != nil {
		return err
	}
	scheme, err := act.Rules.SupervisionForms.free("form", a.Form)
	if err != nil {
		return err
	}
	p.Supervisions = append(p.Supervisions, Supervision{Opened: act.At, By: act.Actor.ID, Leader: a.Leader, Form: a.Form, Scheme: scheme})
	return nil
}

// VisitSite records a visit of the open supervision (督办调研).
type VisitSite struct {
	Place string   `json:"place,omitempty" zh:"地点" en:"place"`
	Who   []string `json:"who,omitempty" zh:"参加人员" en:"who came"`
	Found string   `json:"found,omitempty" zh:"所见" en:"findings" field:"text"`
}

// Event is "visit".
func (VisitSite) Event() string { return "visit" }

// Apply adds it.
func (a VisitSite) Apply(act *Act, p *Proposal) error {
	if err := checkText("found", a.Found); err != nil {
		return err
	}
	if err := checkLine("place", a.Place); err != nil {
		return err
	}
	if err := checkList("who", a.Who); err != nil {
		return err
	}
	s, err := p.openSupervision()
	if err != nil {
		return err
	}
	if len(s.Visits) >= MaxList {
		return workflow.Invalid("found", "too_many", "已登记%d次调研", "there were %d visits", len(s.Visits))
	}
	s.Visits = append(s.Visits, Visit{At: act.At, By: act.Actor.ID, Place: a.Place, Who: slices.Clone(a.Who), Found: a.Found})
	return nil
}

func (p *Proposal) openSupervision() (*Supervision, error) {
	n := len(p.Supervisions)
	if n == 0 || !p.Supervisions[n-1].Closed.IsZero() {
		return nil, workflow.Invalid("supervision", "unknown", "%s没有进行中的督办", "no supervision of %s is open", p.ID)
	}
	return &p.Supervisions[n-1], nil
}

// Conclude closes the open supervision.
type Conclude struct {
	Result string `json:"result" zh:"结果" en:"result" field:"text"`
}

// Event is "conclude".
func (Conclude) Event() string { return "conclude" }

// Apply keeps the result.
func (a Conclude) Apply(act *Act, p *Proposal) error {
	if err := checkText("result", a.Result); err != nil {
		return err
	}
	s, err := p.openSupervision()
	if err != nil {
		return err
	}
	s.Closed, s.Result = act.At, a.Result
	return nil
}

// Urging (催办) is one reminder to the units.
type Urging struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Unit string    `json:"unit,omitempty"` // "": all of them
	Text string    `json:"text,omitempty"`
}

// Urge logs a reminder. Of all that were logged the proposal holds the last
// twenty, so that it does not grow with them.
type Urge struct {
	Unit string `json:"unit,omitempty" zh:"单位" en:"unit" field:"id"`
	Text string `json:"text,omitempty" zh:"内容" en:"text" field:"text"`
}

// Event is "urge".
func (Urge) Event() string { return "urge" }

// Apply logs it.
func (a Urge) Apply(act *Act, p *Proposal) error {
	unit := ""
	if a.Unit != "" {
		part, err := p.part("unit", a.Unit)
		if err != nil {
			return err
		}
		unit = part.Unit
	}
	if err := checkText("text", a.Text); err != nil {
		return err
	}
	p.Urgings = append(p.Urgings, Urging{At: act.At, By: act.Actor.ID, Unit: unit, Text: a.Text})
	if gone := len(p.Urgings) - maxUrgings; gone > 0 {
		p.Urgings = slices.Delete(p.Urgings, 0, gone)
		p.UrgedBefore += gone
	}
	return nil
}

package plan

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Submit (提请审议) puts the draft before the meeting of chairs.
type Submit struct{}

// Event is "submit".
func (Submit) Event() string { return "submit" }

// Apply notes who submitted it.
func (Submit) Apply(act *rules.Act, p *Plan) error {
	p.Submitter = act.Actor.ID
	return nil
}

// Resolution is what a meeting decided.
type Resolution struct {
	Of     string        `json:"of" zh:"会议" en:"meeting" field:"required,max=200"`
	On     calendar.Date `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	Number string        `json:"number,omitempty" zh:"文号" en:"document number"`
	Text   string        `json:"text,omitempty" zh:"意见" en:"remarks" field:"text"`
}

func (r Resolution) decision(act *rules.Act, passed bool) (Decision, error) {
	on, err := check.Past(act.Today(), r.On)
	if err != nil {
		return Decision{}, err
	}
	if err := check.Name("of", r.Of); err != nil {
		return Decision{}, err
	}
	if err := check.Line("number", r.Number); err != nil {
		return Decision{}, err
	}
	if err := check.Text("text", r.Text); err != nil {
		return Decision{}, err
	}
	return Decision{By: act.Actor.ID, On: on, Of: r.Of, Number: r.Number, Text: r.Text, Passed: passed}, nil
}

func (p *Plan) decided(act *rules.Act, r Resolution, passed bool) error {
	if err := check.Len("decisions", len(p.Decisions), 1); err != nil {
		return err
	}
	d, err := r.decision(act, passed)
	if err != nil {
		return err
	}
	p.Decisions = append(p.Decisions, d)
	return nil
}

// Endorse (主席会议审议通过) has the meeting of chairs agree to the plan.
type Endorse struct {
	Resolution
}

// Event is "endorse".
func (Endorse) Event() string { return "endorse" }

// Apply keeps the decision.
func (e Endorse) Apply(act *rules.Act, p *Plan) error { return p.decided(act, e.Resolution, true) }

// Approve (党委批准) has the Party committee approve the plan, which is then in force.
type Approve struct {
	Resolution
}

// Event is "approve".
func (Approve) Event() string { return "approve" }

// Apply keeps the decision.
func (a Approve) Apply(act *rules.Act, p *Plan) error { return p.decided(act, a.Resolution, true) }

// Return (退回修改) sends the plan back to be drafted again.
type Return struct {
	Resolution
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "return".
func (Return) Event() string { return "return" }

// Apply keeps the decision, with the reason as its text.
func (r Return) Apply(act *rules.Act, p *Plan) error {
	if err := check.Said("reason", r.Reason); err != nil {
		return err
	}
	r.Text = r.Reason
	return p.decided(act, r.Resolution, false)
}

// AskChange (申请调整) asks for a change of a plan that is in force: an entry dropped, one
// added, or one replaced by another; see [AskChange.At].
type AskChange struct {
	Drop   string `json:"drop,omitempty" zh:"取消的项目" en:"entry dropped" field:"id"`
	Add    *Slot  `json:"add,omitempty" zh:"增加的项目" en:"entry added"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// At returns the action, given its topic when that has not been chosen.
func (a AskChange) At(notChosen ...string) workflow.Action[*Plan, rules.Rules] {
	return asked{AskChange: a, NotChosen: notChosen}
}

// asked is an AskChange with what its topic was when it was made.
type asked struct {
	AskChange
	NotChosen []string `json:"not_chosen,omitempty" zh:"尚未选定的议题" en:"topics not chosen" field:"id"`
}

// Event is "ask_change".
func (asked) Event() string { return "ask_change" }

// Apply keeps what is asked for. Nothing changes before it is decided on.
func (a asked) Apply(act *rules.Act, p *Plan) error {
	if a.Drop == "" && a.Add == nil {
		return workflow.Invalid("drop", "empty", "没有写明取消或增加的项目", "neither an entry to drop nor one to add is named")
	}
	if err := check.Said("reason", a.Reason); err != nil {
		return err
	}
	if err := refuse(act, p, a.NotChosen); err != nil {
		return err
	}
	if a.Drop != "" {
		if _, err := p.entry("drop", a.Drop); err != nil {
			return err
		}
		if slices.ContainsFunc(p.Changes, func(c Change) bool { return c.Decision == nil && c.Drop == a.Drop }) {
			return workflow.Invalid("drop", "asked", "项目%q已有调整申请", "a change of %q has been asked for already", a.Drop)
		}
	}
	change := Change{ID: fmt.Sprintf("h%d", len(p.Changes)+1), By: act.Actor.ID, On: act.Today(), Drop: a.Drop, Reason: a.Reason}
	if a.Add != nil {
		if err := a.Add.check(act, "add", p.Year); err != nil {
			return err
		}
		slot := *a.Add
		slot.Units = slices.Clone(slot.Units)
		change.Add = &slot
	}
	if err := check.Len("changes", len(p.Changes), 1); err != nil {
		return err
	}
	p.Changes = append(p.Changes, change)
	return nil
}

// DecideChange (审批调整) grants or refuses a change. Whoever asked for it does not.
type DecideChange struct {
	Change  string `json:"change" zh:"调整申请" en:"change" field:"id,required"`
	Granted bool   `json:"granted" zh:"是否同意" en:"granted"`
	Resolution
}

// Event is "decide_change".
func (DecideChange) Event() string { return "decide_change" }

// Apply changes the plan when it is granted: from today on.
func (d DecideChange) Apply(act *rules.Act, p *Plan) error {
	i := slices.IndexFunc(p.Changes, func(c Change) bool { return c.ID == d.Change && c.Decision == nil })
	if i < 0 {
		return workflow.Invalid("change", "unknown", "没有待审批的调整申请%q", "no change %q waits to be decided on", d.Change)
	}
	c := &p.Changes[i]
	if c.By == act.Actor.ID {
		return workflow.Invalid("change", "own_change", "不能审批本人申请的调整", "nobody decides on a change that they asked for")
	}
	decision, err := d.decision(act, d.Granted)
	if err != nil {
		return err
	}
	c.Decision = &decision
	if !d.Granted {
		return nil
	}
	return p.change(act, *c)
}

func (p *Plan) change(act *rules.Act, c Change) error {
	if c.Drop != "" {
		e, err := p.entry("change", c.Drop)
		if err != nil {
			return err
		}
		e.Until, e.Reason = act.Today(), c.Reason
		if c.Add != nil {
			e.Replaced = fmt.Sprintf("e%d", len(p.Entries)+1)
		}
	}
	if c.Add == nil {
		return nil
	}
	return p.enter(act, "change", *c.Add)
}

// Conclude (年度总结) ends the plan with what was held and what was left undone; see
// [Conclude.At].
type Conclude struct {
	Text   string   `json:"text" zh:"落实情况" en:"report" field:"text,required"`
	Undone []Undone `json:"undone,omitempty" zh:"未完成项目" en:"left undone"`
}

// At returns the action, given the entries that were held.
func (c Conclude) At(held ...string) workflow.Action[*Plan, rules.Rules] {
	return concluded{Conclude: c, Held: held}
}

// concluded is a Conclude with what had been held when it was made.
type concluded struct {
	Conclude
	Held []string `json:"held,omitempty" zh:"已召开的项目" en:"held" field:"id"`
}

// Event is "conclude".
func (concluded) Event() string { return "conclude" }

// Apply keeps the report. Every entry in the plan was held, or it is said why not.
func (c concluded) Apply(act *rules.Act, p *Plan) error {
	if err := check.Said("text", c.Text); err != nil {
		return err
	}
	for i, u := range c.Undone {
		at := check.At("undone", i)
		if _, err := p.entry(at+".entry", u.Entry); err != nil {
			return err
		}
		if slices.Contains(c.Held, u.Entry) || slices.ContainsFunc(c.Undone[:i], func(v Undone) bool { return v.Entry == u.Entry }) {
			return workflow.Invalid(at+".entry", "duplicate", "项目%q已召开或重复", "%q was held, or is there twice", u.Entry)
		}
		if err := check.Said(at+".reason", u.Reason); err != nil {
			return err
		}
	}
	for _, e := range p.Now() {
		if slices.Contains(c.Held, e.ID) || slices.ContainsFunc(c.Undone, func(u Undone) bool { return u.Entry == e.ID }) {
			continue
		}
		return workflow.Invalid("undone", "not_explained", "项目%[1]s“%[2]s”未召开，须写明原因", "the entry %[1]s (%[2]s) was not held: say why", e.ID, e.Slot.Title)
	}
	p.Report = &Report{On: act.Today(), By: act.Actor.ID, Text: c.Text, Held: slices.Clone(c.Held), Undone: slices.Clone(c.Undone)}
	return nil
}

package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// Draft (起草计划) begins the plan of a year: there is one for a body and a year.
type Draft struct {
	Year  int    `json:"year" zh:"年度" en:"year" field:"required"`
	Title string `json:"title" zh:"名称" en:"title" field:"required,max=200"`
}

// Event is "open".
func (Draft) Event() string { return workflow.Opening }

// Apply fills the new plan.
func (d Draft) Apply(act *rules.Act, p *Plan) error {
	if d.Year < 1949 || d.Year > 9999 {
		return workflow.Invalid("year", "out_of_range", "%d不是计划年度", "%d is no year of a plan", d.Year)
	}
	if err := check.Name("title", d.Title); err != nil {
		return err
	}
	p.Year, p.Title = d.Year, d.Title
	act.Claim(fmt.Sprintf("plan %d of %s", d.Year, p.Body))
	return nil
}

// Enter (列入计划) puts consultations into a plan that is being drafted; see [Enter.At].
type Enter struct {
	Slots []Slot `json:"slots" zh:"计划项目" en:"entries" field:"required"`
}

// At returns the action, given those of its topics that have not been chosen.
func (e Enter) At(notChosen ...string) workflow.Action[*Plan, rules.Rules] {
	return entered{Enter: e, NotChosen: notChosen}
}

// entered is an Enter with what its topics were when it was made.
type entered struct {
	Enter
	NotChosen []string `json:"not_chosen,omitempty" zh:"尚未选定的议题" en:"topics not chosen" field:"id"`
}

// Event is "enter".
func (entered) Event() string { return "enter" }

// Apply adds the entries.
func (e entered) Apply(act *rules.Act, p *Plan) error {
	if len(e.Slots) == 0 {
		return workflow.Invalid("slots", "empty", "没有计划项目", "there is no entry")
	}
	if err := refuse(act, p, e.NotChosen); err != nil {
		return err
	}
	for i, s := range e.Slots {
		if err := p.enter(act, check.At("slots", i), s); err != nil {
			return err
		}
	}
	return nil
}

// refuse refuses topics that have not been chosen.
func refuse(act *rules.Act, p *Plan, notChosen []string) error {
	if len(notChosen) == 0 {
		return nil
	}
	blockers := make([]workflow.Blocker, len(notChosen))
	for i, id := range notChosen {
		blockers[i] = workflow.Block("topic_not_chosen", "议题尚未选定", "the topic "+id+" has not been chosen")
	}
	return &workflow.RefusedError{ID: p.ID, Event: act.Event, State: p.State, Blockers: blockers}
}

// enter adds an entry. A topic is in the plan once.
func (p *Plan) enter(act *rules.Act, field string, s Slot) error {
	if err := s.check(act, field, p.Year); err != nil {
		return err
	}
	if slices.ContainsFunc(p.Now(), func(e Entry) bool { return e.Slot.Topic == s.Topic }) {
		return workflow.Invalid(field+".topic", "duplicate", "议题%q已在计划中", "the topic %q is in the plan already", s.Topic)
	}
	if err := check.Len("entries", len(p.Entries), 1); err != nil {
		return err
	}
	s.Units = slices.Clone(s.Units)
	p.Entries = append(p.Entries, Entry{ID: fmt.Sprintf("e%d", len(p.Entries)+1), Slot: s, From: act.Today()})
	return nil
}

func (s Slot) check(act *rules.Act, field string, year int) error {
	if err := check.ID(field+".topic", s.Topic); err != nil {
		return err
	}
	if err := check.Name(field+".title", s.Title); err != nil {
		return err
	}
	if _, err := act.Rules.UseForm(field+".form", s.Form); err != nil {
		return err
	}
	if s.Month < 0 || s.Month > 12 {
		return workflow.Invalid(field+".month", "out_of_range", "%d不是%d年的月份", "%d is no month of %d", s.Month, year)
	}
	if s.Quarter < 0 || s.Quarter > 4 || s.Month > 0 && s.Quarter > 0 && (s.Month+2)/3 != s.Quarter {
		return workflow.Invalid(field+".quarter", "out_of_range", "%d不是季度，或与月份不符", "%d is no quarter, or not that of the month", s.Quarter)
	}
	for _, f := range []struct{ name, text string }{{"lead", s.Lead}, {"platform", s.Platform}, {"carried", s.Carried}} {
		if err := check.Line(field+"."+f.name, f.text); err != nil {
			return err
		}
	}
	if err := check.Len(field+".units", 0, len(s.Units)); err != nil {
		return err
	}
	for i, u := range s.Units {
		if err := check.Name(check.At(field+".units", i), u); err != nil {
			return err
		}
	}
	return nil
}

// Remove takes an entry out of a plan that is being drafted.
type Remove struct {
	Entry  string `json:"entry" zh:"计划项目" en:"entry" field:"id,required"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "remove".
func (Remove) Event() string { return "remove" }

// Apply ends the entry, which stays with its reason.
func (r Remove) Apply(act *rules.Act, p *Plan) error {
	if err := check.Said("reason", r.Reason); err != nil {
		return err
	}
	e, err := p.entry("entry", r.Entry)
	if err != nil {
		return err
	}
	e.Until, e.Reason = act.Today(), r.Reason
	return nil
}

// entry returns an entry that is in the plan, to be changed.
func (p *Plan) entry(field, id string) (*Entry, error) {
	if e := p.Entry(id); e != nil && e.Until.IsZero() {
		return e, nil
	}
	return nil, workflow.Invalid(field, "unknown", "计划中没有项目%q", "there is no entry %q in the plan", id)
}

// Circulate (征求意见) sends the draft round.
type Circulate struct {
	To []string `json:"to" zh:"征求意见对象" en:"to whom" field:"required"`
}

// Event is "circulate".
func (Circulate) Event() string { return "circulate" }

// Apply keeps to whom it went.
func (c Circulate) Apply(act *rules.Act, p *Plan) error {
	if len(c.To) == 0 {
		return workflow.Invalid("to", "empty", "没有写明征求意见对象", "it is not said to whom it goes")
	}
	if err := check.Len("to", 0, len(c.To)); err != nil {
		return err
	}
	for i, to := range c.To {
		if err := check.Name(check.At("to", i), to); err != nil {
			return err
		}
	}
	if err := check.Len("rounds", len(p.Rounds), 1); err != nil {
		return err
	}
	p.Rounds = append(p.Rounds, Circulation{On: act.Today(), By: act.Actor.ID, To: slices.Clone(c.To)})
	return nil
}

// Remark (反馈意见) says something of the draft.
type Remark struct {
	From string `json:"from,omitempty" zh:"反馈单位" en:"from"` // "": the actor's unit, else the actor
	Text string `json:"text" zh:"意见" en:"comment" field:"text,required"`
}

// Event is "remark".
func (Remark) Event() string { return "remark" }

// Apply adds it. The office and committees enter those of others.
func (r Remark) Apply(act *rules.Act, p *Plan) error {
	own := act.Actor.Unit
	if own == "" {
		own = act.Actor.ID
	}
	from := strings.TrimSpace(r.From)
	if from == "" {
		from = own
	}
	if from != own && !slices.Contains(act.Roles, "office") && !slices.Contains(act.Roles, "committee") {
		return workflow.Invalid("from", "other", "只能反馈本单位的意见", "everybody comments for themselves")
	}
	if err := check.Name("from", from); err != nil {
		return err
	}
	if err := check.Said("text", r.Text); err != nil {
		return err
	}
	if err := check.Len("comments", len(p.Comments), 1); err != nil {
		return err
	}
	p.Comments = append(p.Comments, Comment{ID: fmt.Sprintf("m%d", len(p.Comments)+1), From: from, On: act.Today(), Text: r.Text})
	return nil
}

// Answer (意见采纳情况) says what was made of a comment.
type Answer struct {
	Comment string `json:"comment" zh:"意见" en:"comment" field:"id,required"`
	Taken   bool   `json:"taken" zh:"是否采纳" en:"taken up"`
	Answer  string `json:"answer" zh:"说明" en:"answer" field:"text,required"`
}

// Event is "answer".
func (Answer) Event() string { return "answer" }

// Apply keeps the answer.
func (n Answer) Apply(act *rules.Act, p *Plan) error {
	i := slices.IndexFunc(p.Comments, func(c Comment) bool { return c.ID == n.Comment })
	if i < 0 || !p.Comments[i].Answered.IsZero() {
		return workflow.Invalid("comment", "unknown", "没有待处理的意见%q", "there is no comment %q without an answer", n.Comment)
	}
	if err := check.Said("answer", n.Answer); err != nil {
		return err
	}
	c := &p.Comments[i]
	c.Answered, c.Taken, c.Answer = act.Today(), n.Taken, n.Answer
	return nil
}

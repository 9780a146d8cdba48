// Package outcome is what comes of a consultation beside its checklist (协商成果):
// minutes, reports sent up, formal recommendations (建议案) that are voted on and led
// by a named official, notes, clues to proposals; what leaders wrote on them (批示),
// how that was handled, and what became of each.
//
// An [Outcome] is part of an activity, and changes through the actions of package
// activity.
package outcome

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Outcome (协商成果) is one product of the activity.
type Outcome struct {
	ID     string        `json:"id" zh:"编号" en:"ID" field:"id"`                           // c1, c2 … within the activity
	Kind   string        `json:"kind" zh:"成果形式" en:"kind" field:"required,from=outcomes"` // of the body's rules
	Title  string        `json:"title" zh:"名称" en:"title" field:"required,max=200"`
	Text   string        `json:"text,omitempty" zh:"内容" en:"text" field:"text"`
	Lead   string        `json:"lead,omitempty" zh:"领办人" en:"lead"`             // 领办人: the named official who takes it on
	To     []string      `json:"to,omitempty" zh:"报送对象" en:"to"`                // whom it goes to
	Number string        `json:"number,omitempty" zh:"文号" en:"document number"` // of the document
	On     calendar.Date `json:"on,omitzero" zh:"日期" en:"date"`

	Vote         *Vote         `json:"vote,omitempty" field:"-"`         // the last one
	Sent         []Sending     `json:"sent,omitempty" field:"-"`         // 报送
	Instructions []Instruction `json:"instructions,omitempty" field:"-"` // 批示
	Became       []Tracing     `json:"became,omitempty" field:"-"`       // 采纳、转化情况
}

// Vote (表决) is a vote on a formal recommendation.
type Vote struct {
	On        calendar.Date `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	Eligible  int           `json:"eligible" zh:"应到" en:"eligible" field:"required"`
	Present   int           `json:"present" zh:"实到" en:"present" field:"required"`
	For       int           `json:"for" zh:"赞成" en:"for" field:"required"`
	Against   int           `json:"against,omitempty" zh:"反对" en:"against"`
	Abstained int           `json:"abstained,omitempty" zh:"弃权" en:"abstained"`
}

// Sending (报送) is one sending of an outcome to whom it is for.
type Sending struct {
	On     calendar.Date `json:"on"`
	By     string        `json:"by"`
	To     []string      `json:"to"`
	Number string        `json:"number,omitempty"`
}

// Instruction (批示) is what a leader wrote on an outcome, and how it was handled.
type Instruction struct {
	ID      string        `json:"id"` // d1, d2 … within the outcome
	Leader  string        `json:"leader"`
	On      calendar.Date `json:"on"`
	Text    string        `json:"text"`
	Units   []string      `json:"units,omitempty"` // whom it asks
	Handled calendar.Date `json:"handled,omitzero"`
	Result  string        `json:"result,omitempty"`
}

// Tracing (转化情况) is what had become of an outcome by a day.
type Tracing struct {
	On   calendar.Date `json:"on"`
	By   string        `json:"by"`
	How  How           `json:"how"`
	Text string        `json:"text"`
}

// Check refuses an outcome that its kind does not allow.
func (o Outcome) Check(field string, kind rules.OutcomeKind) error {
	if field != "" {
		field += "."
	}
	for _, err := range []error{check.Name(field+"title", o.Title), check.Text(field+"text", o.Text), check.Line(field+"lead", o.Lead), check.Line(field+"number", o.Number)} {
		if err != nil {
			return err
		}
	}
	if kind.Led && strings.TrimSpace(o.Lead) == "" {
		return workflow.Invalid(field+"lead", "empty", "%s须有领办人", "a %s has a named lead", kind.Label.In("en", o.Kind))
	}
	return names(field+"to", o.To)
}

func names(field string, list []string) error {
	if err := check.Len(field, 0, len(list)); err != nil {
		return err
	}
	for i, name := range list {
		if err := check.Name(check.At(field, i), name); err != nil {
			return err
		}
	}
	return nil
}

// Ballot keeps a vote whose numbers go together.
func (o *Outcome) Ballot(v Vote) error {
	cast, ok := check.Sum(v.For, v.Against, v.Abstained)
	if !ok || v.Present > v.Eligible || cast > v.Present {
		return workflow.Invalid("present", "out_of_range", "赞成%d、反对%d、弃权%d与实到%d、应到%d不符",
			"%d for, %d against and %d abstaining do not come from %d present of %d eligible", v.For, v.Against, v.Abstained, v.Present, v.Eligible)
	}
	o.Vote = &v
	return nil
}

// Adopted reports whether the last vote was for the outcome by the share that its
// kind asks for, which is of those eligible; of a kind that is not voted on, always.
func (o Outcome) Adopted(kind rules.OutcomeKind) bool {
	if kind.Votes == "" {
		return true
	}
	share, ok := check.ShareOf(kind.Votes)
	return ok && o.Vote != nil && share.Exceeded(o.Vote.For, o.Vote.Eligible)
}

// Send notes that the outcome went to those it is for.
func (o *Outcome) Send(on calendar.Date, by string, to []string, number string) error {
	if len(to) == 0 {
		to = o.To
	}
	if len(to) == 0 {
		return workflow.Invalid("to", "empty", "没有写明报送对象", "it is not said to whom it goes")
	}
	if err := names("to", to); err != nil {
		return err
	}
	if err := check.Line("number", number); err != nil {
		return err
	}
	if err := check.Len("sent", len(o.Sent), 1); err != nil {
		return err
	}
	o.Sent = append(o.Sent, Sending{On: on, By: by, To: slices.Clone(to), Number: number})
	return nil
}

// Instruct keeps what a leader wrote on the outcome.
func (o *Outcome) Instruct(i Instruction) error {
	if err := check.Name("leader", i.Leader); err != nil {
		return err
	}
	if err := check.Said("text", i.Text); err != nil {
		return err
	}
	if err := names("units", i.Units); err != nil {
		return err
	}
	if err := check.Len("instructions", len(o.Instructions), 1); err != nil {
		return err
	}
	i.ID, i.Units = fmt.Sprintf("d%d", len(o.Instructions)+1), slices.Clone(i.Units)
	o.Instructions = append(o.Instructions, i)
	return nil
}

// Handle says how an instruction was handled, once.
func (o *Outcome) Handle(id string, on calendar.Date, result string) error {
	i := slices.IndexFunc(o.Instructions, func(i Instruction) bool { return i.ID == id })
	if i < 0 {
		return workflow.Invalid("instruction", "unknown", "没有批示%q", "there is no instruction %q", id)
	}
	if !o.Instructions[i].Handled.IsZero() {
		return workflow.Invalid("instruction", "handled", "批示%q已办结", "the instruction %q has been handled", id)
	}
	if err := check.Said("result", result); err != nil {
		return err
	}
	o.Instructions[i].Handled, o.Instructions[i].Result = on, result
	return nil
}

// Trace keeps what had become of the outcome by a day.
func (o *Outcome) Trace(t Tracing) error {
	if !t.How.known() {
		return workflow.Invalid("how", "unknown", "没有转化情况%q", "there is no %q", t.How)
	}
	if err := check.Said("text", t.Text); err != nil {
		return err
	}
	if err := check.Len("became", len(o.Became), 1); err != nil {
		return err
	}
	o.Became = append(o.Became, t)
	return nil
}

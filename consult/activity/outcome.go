package activity

import (
	"fmt"
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Issue adds an outcome after the conclusion: a report, a note.
type Issue struct {
	outcome.Outcome
}

// Event is "issue".
func (Issue) Event() string { return "issue" }

// Apply adds it.
func (i Issue) Apply(act *rules.Act, a *Activity) error {
	return a.produce(act, "outcome", []outcome.Outcome{i.Outcome})
}

// VoteOutcome (表决) records the vote on an outcome of a kind that is voted on.
type VoteOutcome struct {
	Outcome string `json:"outcome" zh:"成果" en:"outcome" field:"id,required"`
	outcome.Vote
}

// Event is "vote_outcome".
func (VoteOutcome) Event() string { return "vote_outcome" }

// Apply keeps the vote, instead of the one before.
func (v VoteOutcome) Apply(act *rules.Act, a *Activity) error {
	o, err := a.outcome(v.Outcome)
	if err != nil {
		return err
	}
	if v.On, err = check.Past(act.Today(), v.On); err != nil {
		return err
	}
	if kind, _ := act.Rules.Outcome(o.Kind); kind.Votes == "" {
		return workflow.Invalid("outcome", "not_voted_on", "%s不须表决", "a %s is not voted on", kind.Label.In("en", o.Kind))
	}
	return o.Ballot(v.Vote)
}

// SendOutcome (报送) notes that an outcome went to those it is for.
type SendOutcome struct {
	Outcome string   `json:"outcome" zh:"成果" en:"outcome" field:"id,required"`
	To      []string `json:"to,omitempty" zh:"报送对象" en:"to"` // none: those it names
	Number  string   `json:"number,omitempty" zh:"文号" en:"document number"`
}

// Event is "send_outcome".
func (SendOutcome) Event() string { return "send_outcome" }

// Apply keeps it. What has to be voted on goes out after the vote only.
func (s SendOutcome) Apply(act *rules.Act, a *Activity) error {
	o, err := a.outcome(s.Outcome)
	if err != nil {
		return err
	}
	if kind, _ := act.Rules.Outcome(o.Kind); !o.Adopted(kind) {
		return &workflow.RefusedError{ID: a.ID, Event: act.Event, State: a.State, Blockers: block("not_adopted",
			fmt.Sprintf("“%s”未经表决通过", o.Title), fmt.Sprintf("%q has not been voted for", o.Title))}
	}
	return o.Send(act.Today(), act.Actor.ID, s.To, s.Number)
}

// InstructOn (领导批示) keeps what a leader wrote on an outcome.
type InstructOn struct {
	Outcome string        `json:"outcome" zh:"成果" en:"outcome" field:"id,required"`
	Leader  string        `json:"leader" zh:"批示领导" en:"leader" field:"required"`
	On      calendar.Date `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	Text    string        `json:"text" zh:"批示内容" en:"instruction" field:"text,required"`
	Units   []string      `json:"units,omitempty" zh:"承办单位" en:"units asked"`
}

// Event is "instruct_on".
func (InstructOn) Event() string { return "instruct_on" }

// Apply adds it.
func (i InstructOn) Apply(act *rules.Act, a *Activity) error {
	o, err := a.outcome(i.Outcome)
	if err != nil {
		return err
	}
	on, err := check.Past(act.Today(), i.On)
	if err != nil {
		return err
	}
	return o.Instruct(outcome.Instruction{Leader: i.Leader, On: on, Text: i.Text, Units: i.Units})
}

// HandleInstruction (批示办理) says how an instruction was handled.
type HandleInstruction struct {
	Outcome     string `json:"outcome" zh:"成果" en:"outcome" field:"id,required"`
	Instruction string `json:"instruction" zh:"批示" en:"instruction" field:"id,required"`
	Result      string `json:"result" zh:"办理结果" en:"result" field:"text,required"`
}

// Event is "handle_instruction".
func (HandleInstruction) Event() string { return "handle_instruction" }

// Apply keeps it.
func (h HandleInstruction) Apply(act *rules.Act, a *Activity) error {
	o, err := a.outcome(h.Outcome)
	if err != nil {
		return err
	}
	return o.Handle(h.Instruction, act.Today(), h.Result)
}

// TraceOutcome (成果转化) says what became of an outcome.
type TraceOutcome struct {
	Outcome string        `json:"outcome" zh:"成果" en:"outcome" field:"id,required"`
	On      calendar.Date `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	How     outcome.How   `json:"how" zh:"转化情况" en:"what became of it" field:"required"`
	Text    string        `json:"text" zh:"说明" en:"remarks" field:"text,required"`
}

// Event is "trace_outcome".
func (TraceOutcome) Event() string { return "trace_outcome" }

// Apply adds it; what was said before stays.
func (t TraceOutcome) Apply(act *rules.Act, a *Activity) error {
	o, err := a.outcome(t.Outcome)
	if err != nil {
		return err
	}
	on, err := check.Past(act.Today(), t.On)
	if err != nil {
		return err
	}
	return o.Trace(outcome.Tracing{On: on, By: act.Actor.ID, How: t.How, Text: t.Text})
}

// outcome returns an outcome to be changed.
func (a *Activity) outcome(id string) (*outcome.Outcome, error) {
	i := slices.IndexFunc(a.Outcomes, func(o outcome.Outcome) bool { return o.ID == id })
	if i < 0 {
		return nil, workflow.Invalid("outcome", "unknown", "没有成果%q", "there is no outcome %q", id)
	}
	return &a.Outcomes[i], nil
}

// produce adds outcomes.
func (a *Activity) produce(act *rules.Act, field string, outcomes []outcome.Outcome) error {
	if err := check.Len(field, len(a.Outcomes), len(outcomes)); err != nil {
		return err
	}
	for i, o := range outcomes {
		where := check.At(field, i)
		kind, err := act.Rules.UseOutcome(where+".kind", o.Kind)
		if err != nil {
			return err
		}
		if o.ID != "" || o.Vote != nil || len(o.Sent)+len(o.Instructions)+len(o.Became) > 0 {
			return workflow.Invalid(where+".id", "given", "成果的编号由系统给定，表决、报送、批示和转化另行登记",
				"the ID of an outcome is given here; its vote, its sending and what became of it are entered later")
		}
		if err := o.Check(where, kind); err != nil {
			return err
		}
		if o.On.IsZero() {
			o.On = act.Today()
		}
		o.ID, o.To = fmt.Sprintf("c%d", len(a.Outcomes)+1), slices.Clone(o.To)
		a.Outcomes = append(a.Outcomes, o)
	}
	return nil
}

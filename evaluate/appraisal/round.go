package appraisal

import (
	"encoding/json"
	"slices"

	"github.com/tian-go/tian/evaluate"
	"github.com/tian-go/tian/evaluate/rubric"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/text"
	"github.com/tian-go/tian/proposal/workflow"
)

// Kind is the kind of the records that hold rounds.
const Kind = "evaluate.appraisal"

// Round (考评) is one round of appraisal. It is a case; its fields are changed by
// actions only.
type Round struct {
	workflow.Header `json:"-"`

	Title      string           `json:"title"`
	From       calendar.Date    `json:"from"` // the period that is judged
	To         calendar.Date    `json:"to"`
	Until      calendar.Date    `json:"until"` // the last day for cards
	Rubric     json.RawMessage  `json:"rubric"`
	Name       string           `json:"name"` // of the sheet
	Version    int              `json:"version"`
	Hash       string           `json:"hash"`
	Ranking    evaluate.Ranking `json:"ranking"`
	Subjects   []Subject        `json:"subjects"`
	Evaluators []Evaluator      `json:"evaluators,omitempty"`
	Cards      []Card           `json:"cards,omitempty"` // every one handed in, also those replaced or withdrawn
	Facts      []Fact           `json:"facts,omitempty"` // every one supplied; the last of a key counts
	Scorings   []Scoring        `json:"scorings,omitempty"`
	Appeals    []Appeal         `json:"appeals,omitempty"`
	Opened     calendar.Date    `json:"opened_on,omitzero"` // the day on which the cards were opened
	Shown      calendar.Date    `json:"shown_on,omitzero"`
	Published  calendar.Date    `json:"published_on,omitzero"`
	Cancelled  string           `json:"cancelled,omitempty"` // why
	erasure.Requests
}

// Subject (被考评对象) is who or what is scored.
type Subject struct {
	Key    string `json:"key" zh:"编号" en:"ID" field:"id,required"` // the account that is scored, or the unit
	Unit   bool   `json:"unit,omitempty" zh:"是单位" en:"is a unit"`  // whoever acts for the unit stands for it; otherwise the account alone
	Name   string `json:"name" zh:"名称" en:"name" field:"required"`
	League string `json:"league,omitempty" zh:"组别" en:"league"` // whom it is ranked among
}

// Evaluator (评分人) is who scores. How much they weigh is the share of their
// group on the sheet.
type Evaluator struct {
	Key      string          `json:"key" zh:"编号" en:"ID" field:"id,required"` // an account, or a unit that scores as one
	Unit     bool            `json:"unit,omitempty" zh:"是单位" en:"is a unit"`
	Group    string          `json:"group" zh:"评分组" en:"group" field:"required"`
	Judges   []string        `json:"judges,omitempty" zh:"评分对象" en:"whom they score"` // empty: everybody but themselves; in a self-rating group, themselves
	Invited  calendar.Date   `json:"invited,omitzero" field:"-"`
	Reminded []calendar.Date `json:"reminded,omitempty" field:"-"`
	Recused  []Recusal       `json:"recused,omitempty" field:"-"`
}

// Recusal (回避) keeps an evaluator from scoring a subject.
type Recusal struct {
	Subject string        `json:"subject"`
	Reason  string        `json:"reason"` // a key of the rules
	Text    string        `json:"text,omitempty"`
	By      string        `json:"by"`
	On      calendar.Date `json:"on"`
}

// Card (评分) is what one evaluator hands in on one subject.
type Card struct {
	Subject   string          `json:"subject"`
	Ballot    evaluate.Ballot `json:"ballot"`
	On        calendar.Date   `json:"on"`
	Withdrawn calendar.Date   `json:"withdrawn,omitzero"`
	Struck    string          `json:"struck,omitempty"` // the appeal by which it no longer counts
}

// Fact is one figure of the records about a subject, with the cases behind it.
type Fact struct {
	Subject string        `json:"subject"`
	Key     string        `json:"key"`
	Value   evaluate.Fact `json:"value"`
	Cases   []string      `json:"cases,omitempty"`
	Source  string        `json:"source,omitempty"`
	By      string        `json:"by"`
	On      calendar.Date `json:"on"`
	Appeal  string        `json:"appeal,omitempty"` // by which it was corrected
}

// Scoring (计分) is what the sheet made of the cards and facts of its day. A later
// one stands beside the earlier, which is kept.
type Scoring struct {
	By       string             `json:"by"`
	On       calendar.Date      `json:"on"`
	Appeals  []string           `json:"appeals,omitempty"` // that asked for it
	Facts    int                `json:"facts"`             // how many of the round's facts had been supplied
	Outcomes []evaluate.Outcome `json:"outcomes"`          // in the order of the subjects
	Places   []evaluate.Place   `json:"places"`
}

// Appeal (申诉) is what a scored unit has against its outcome.
type Appeal struct {
	ID      string        `json:"id"`
	Subject string        `json:"subject"`
	By      string        `json:"by"`
	On      calendar.Date `json:"on"`
	Ground  string        `json:"ground"` // a key of the rules
	Reason  string        `json:"reason"`
	Papers  []string      `json:"papers,omitempty"`
	Decided calendar.Date `json:"decided,omitzero"`
	Decider string        `json:"decider,omitempty"`
	Upheld  bool          `json:"upheld,omitempty"`
	Answer  string        `json:"answer,omitempty"`
	Applied bool          `json:"applied,omitempty"` // it has been scored again
}

// Last returns the scoring that counts, nil before the first.
func (r *Round) Last() *Scoring {
	if len(r.Scorings) == 0 {
		return nil
	}
	return &r.Scorings[len(r.Scorings)-1]
}

// Sheet compiles the sheet that the round began with.
func (r *Round) Sheet() (*evaluate.Sheet, error) {
	sheet, err := rubric.Parse(r.Rubric)
	if err != nil {
		return nil, err
	}
	return evaluate.Compile(sheet)
}

// subject is the place of a subject in the list; -1 for none.
func (r *Round) subject(key string) int {
	return slices.IndexFunc(r.Subjects, func(s Subject) bool { return s.Key == key })
}

// subjectOf is the subject that an actor is or acts for; -1 for none.
func (r *Round) subjectOf(a workflow.Actor) int {
	return slices.IndexFunc(r.Subjects, func(s Subject) bool { return stands(a, party(s.Key, s.Unit)) })
}

// evaluatorOf is the evaluator that an actor is or acts for; -1 for none.
func (r *Round) evaluatorOf(a workflow.Actor) int {
	return slices.IndexFunc(r.Evaluators, func(e Evaluator) bool { return stands(a, party(e.Key, e.Unit)) })
}

// party returns whom a key names: an account and a unit of one ID are two.
func party(key string, unit bool) workflow.Party {
	if unit {
		return workflow.Party{Unit: key}
	}
	return workflow.Party{Person: key}
}

// stands reports whether an actor is or acts for a party.
func stands(a workflow.Actor, p workflow.Party) bool {
	if p.Unit != "" {
		return text.Narrow(a.Unit) == text.Narrow(p.Unit)
	}
	return p.Person != "" && a.InName() == p.Person
}

package topic

import (
	"encoding/json"
	"slices"

	"github.com/tian-go/tian/consult/internal/extra"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
)

// Kind is the kind of the records that hold topics.
const Kind = "consult.topic"

// What the states of topics mean to code. A definition may give its states other
// keys, and says by "is" which one means what.
const (
	Selected  = "selected"  // it may be held
	Scheduled = "scheduled" // it has its place in the yearly plan
)

// Topic (协商议题) is what might be consulted on: collected, screened, chosen, put
// into the yearly plan. It is a case; its fields are changed by actions only.
// Whether it has been consulted on is told by the activities that name it.
type Topic struct {
	workflow.Header `json:"-"`

	Title     string     `json:"title"`
	Source    Source     `json:"source"`
	Sources   []Source   `json:"sources,omitempty"`  // who else raised it
	Platform  string     `json:"platform,omitempty"` // ID of the platform it was raised at, whose convenor is looked up there
	Clues     []Clue     `json:"clues,omitempty"`
	Screening *Screening `json:"screening,omitempty"` // the last one
	Ballot    *Ballot    `json:"ballot,omitempty"`    // the last one
	Plan      *Slot      `json:"plan,omitempty"`      // its place in the yearly plan
	Carried   []Slot     `json:"carried,omitempty"`   // its places in the plans of other years, from which it was carried over
	Declined  string     `json:"declined,omitempty"`  // why

	MergedInto string     `json:"merged_into,omitempty"` // ID of the topic that goes on with it
	Absorbed   []Absorbed `json:"absorbed,omitempty"`    // those merged into this one

	erasure.Requests

	Extra map[string]json.RawMessage `json:"extra,omitempty"`
}

// Clue (线索) is one thing that was said for a topic.
type Clue struct {
	On     calendar.Date `json:"on"`
	Source Source        `json:"source"`
	Text   string        `json:"text"`
	Count  int           `json:"count,omitempty"` // how many said so; 0: one
}

// Screening (议题审查) is what was found when a topic was held against the body's
// criteria and against what may not be discussed.
type Screening struct {
	On       calendar.Date `json:"on"`
	By       string        `json:"by"`
	Met      []string      `json:"met,omitempty"`      // criteria
	Excluded []string      `json:"excluded,omitempty"` // exclusions that apply
	Text     string        `json:"text,omitempty"`
}

// Ballot (票选) is one vote on a topic, with its voters counted.
type Ballot struct {
	On        calendar.Date `json:"on"`
	Eligible  int           `json:"eligible"` // 应到: who may vote
	Present   int           `json:"present"`  // 实到
	Cast      int           `json:"cast"`     // ballots returned (收回)
	Valid     int           `json:"valid"`    // of those (有效)
	For       int           `json:"for"`
	Against   int           `json:"against,omitempty"`
	Abstained int           `json:"abstained,omitempty"`
}

// Base returns how many of the voters a share is of: "eligible", "present", "cast" or
// "valid". It reports false for any other word.
func (b Ballot) Base(of string) (int, bool) {
	switch of {
	case "eligible":
		return b.Eligible, true
	case "present":
		return b.Present, true
	case "cast":
		return b.Cast, true
	case "valid":
		return b.Valid, true
	}
	return 0, false
}

// Slot is a topic's place in a yearly plan (年度协商计划).
type Slot struct {
	Year     int      `json:"year" zh:"年度" en:"year" field:"required"`
	Quarter  int      `json:"quarter,omitempty" zh:"季度" en:"quarter"` // 1 to 4; 0: at some time of the year
	Form     string   `json:"form" zh:"协商形式" en:"form" field:"required,from=forms"`
	Platform string   `json:"platform,omitempty" zh:"平台" en:"platform" field:"id"` // ID, where it is held at one
	Lead     string   `json:"lead,omitempty" zh:"主办单位" en:"lead unit"`             // the unit that organises it
	Units    []string `json:"units,omitempty" zh:"参加单位" en:"units"`                // that take part
	Approved string   `json:"approved,omitempty" zh:"批准文件" en:"approved by"`       // the document by which the plan was approved
}

// PlanOf returns the topic's place in the plan of a year, for reading, or nil:
// where it is now, or the one from which it was carried over.
func (t *Topic) PlanOf(year int) *Slot {
	if t.Plan != nil && t.Plan.Year == year {
		return t.Plan
	}
	for i := range t.Carried {
		if t.Carried[i].Year == year {
			return &t.Carried[i]
		}
	}
	return nil
}

// Met reports whether the last screening found the criterion met.
func (t *Topic) Met(criterion string) bool {
	return t.Screening != nil && slices.Contains(t.Screening.Met, criterion)
}

// Chosen reports whether an activity may be held on the topic.
func (t *Topic) Chosen() bool { return t.Means() == Selected || t.Means() == Scheduled }

// SetExtra keeps a value of the caller's own under key, which should carry a
// prefix of theirs ("acme.stream"). It is for the Apply of an action.
func (t *Topic) SetExtra(key string, value any) error { return extra.Set(&t.Extra, key, value) }

// GetExtra reads what SetExtra kept under key into value, and reports whether
// there was something.
func (t *Topic) GetExtra(key string, value any) (bool, error) {
	return extra.Get(t.Extra, t.ID, key, value)
}

package plan

import (
	"encoding/json"
	"slices"

	"github.com/tian-go/tian/consult/internal/extra"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
)

// Kind is the kind of the records that hold plans.
const Kind = "consult.plan"

// InForce is what the state of a plan means that has been approved.
const InForce = "in_force"

// Plan (年度协商计划) is what a body means to consult on in a year. It is a case; its
// fields are changed by actions only.
type Plan struct {
	workflow.Header `json:"-"`

	Year      int               `json:"year"`
	Title     string            `json:"title"`
	Entries   []Entry           `json:"entries,omitempty"` // every one there has been
	Rounds    []Circulation     `json:"rounds,omitempty"`
	Comments  []Comment         `json:"comments,omitempty"`
	Submitter string            `json:"submitter,omitempty"` // the account that submitted it last
	Decisions []Decision        `json:"decisions,omitempty"` // in their order
	Changes   []Change          `json:"changes,omitempty"`   // asked for while it was in force
	Report    *Report           `json:"report,omitempty"`
	Accounts  []printed.Account `json:"accounts,omitempty"` // what sources print of the body's year

	erasure.Requests

	Extra map[string]json.RawMessage `json:"extra,omitempty"` // what users of the library add; see SetExtra
}

// Entry (计划项目) is one consultation that is planned.
type Entry struct {
	ID       string        `json:"id"` // e1, e2 … within the plan
	Slot     Slot          `json:"slot"`
	From     calendar.Date `json:"from"`               // in the plan since
	Until    calendar.Date `json:"until,omitzero"`     // the first day on which it no longer was
	Replaced string        `json:"replaced,omitempty"` // by which entry
	Reason   string        `json:"reason,omitempty"`   // why it was dropped or replaced
}

// Slot is what is planned: on which topic, in which form, where, when and who leads.
type Slot struct {
	Topic    string   `json:"topic" zh:"议题" en:"topic" field:"id,required"` // ID
	Title    string   `json:"title" zh:"题目" en:"title" field:"required,max=200"`
	Form     string   `json:"form" zh:"协商形式" en:"form" field:"required,from=forms"`
	Platform string   `json:"platform,omitempty" zh:"平台" en:"platform" field:"id"`
	Month    int      `json:"month,omitempty" zh:"月份" en:"month"`     // 1 to 12; 0: its quarter only
	Quarter  int      `json:"quarter,omitempty" zh:"季度" en:"quarter"` // 1 to 4; 0: that of its month, or some time in the year
	Lead     string   `json:"lead,omitempty" zh:"牵头领导" en:"led by"`
	Units    []string `json:"units,omitempty" zh:"承办单位" en:"units"`
	Carried  string   `json:"carried,omitempty" zh:"结转自" en:"carried over from" field:"id"` // the plan, "#" and the entry
}

// Circulation (征求意见) is one sending round of the draft.
type Circulation struct {
	On calendar.Date `json:"on"`
	By string        `json:"by"`
	To []string      `json:"to"` // units, parties, committees
}

// Comment (反馈意见) is what somebody had to say of the draft.
type Comment struct {
	ID       string        `json:"id"` // m1, m2 …
	From     string        `json:"from"`
	On       calendar.Date `json:"on"`
	Text     string        `json:"text"`
	Answered calendar.Date `json:"answered,omitzero"`
	Taken    bool          `json:"taken,omitempty"`
	Answer   string        `json:"answer,omitempty"`
}

// Decision (审议、批准) is what a meeting or a committee decided on the plan.
type Decision struct {
	By     string        `json:"by"` // the account that entered it
	On     calendar.Date `json:"on"`
	Of     string        `json:"of"` // the meeting: 主席会议, 市委常委会
	Number string        `json:"number,omitempty"`
	Text   string        `json:"text,omitempty"`
	Passed bool          `json:"passed"`
}

// Change (计划调整) is a change of the plan that somebody asks for while it is in
// force, until another decides.
type Change struct {
	ID       string        `json:"id"` // h1, h2 …
	By       string        `json:"by"`
	On       calendar.Date `json:"on"`
	Drop     string        `json:"drop,omitempty"` // the entry that is dropped, or replaced by Add
	Add      *Slot         `json:"add,omitempty"`
	Reason   string        `json:"reason"`
	Decision *Decision     `json:"decision,omitempty"`
}

// Report (年度落实情况) is what was held of the plan and what was left undone.
type Report struct {
	On     calendar.Date `json:"on"`
	By     string        `json:"by"`
	Text   string        `json:"text"`
	Held   []string      `json:"held,omitempty"` // IDs of entries
	Undone []Undone      `json:"undone,omitempty"`
}

// Undone (未完成) is an entry that was not held, and why.
type Undone struct {
	Entry  string `json:"entry" zh:"计划项目" en:"entry" field:"id,required"`
	Reason string `json:"reason" zh:"未完成原因" en:"reason" field:"text,required"`
	Next   bool   `json:"next,omitempty" zh:"结转下年" en:"carried over"`
}

// Entry returns the entry of that ID, for reading, or nil.
func (p *Plan) Entry(id string) *Entry {
	i := slices.IndexFunc(p.Entries, func(e Entry) bool { return e.ID == id })
	if i < 0 {
		return nil
	}
	return &p.Entries[i]
}

// As returns the entries that were in the plan at the end of a day.
func (p *Plan) As(on calendar.Date) []Entry {
	var then []Entry
	for _, e := range p.Entries {
		if !e.From.After(on) && (e.Until.IsZero() || e.Until.After(on)) {
			then = append(then, e)
		}
	}
	return then
}

// Now returns the entries that are in the plan.
func (p *Plan) Now() []Entry {
	return slices.DeleteFunc(slices.Clone(p.Entries), func(e Entry) bool { return !e.Until.IsZero() })
}

// By returns the last month, 1 to 12, in which the entry is to be held.
func (s Slot) By() int {
	switch {
	case s.Month > 0:
		return s.Month
	case s.Quarter > 0:
		return 3 * s.Quarter
	}
	return 12
}

// SetExtra keeps a value of the caller's own under key, which should carry a
// prefix of theirs ("acme.stream"). It is for the Apply of an action.
func (p *Plan) SetExtra(key string, value any) error { return extra.Set(&p.Extra, key, value) }

// GetExtra reads what SetExtra kept under key into value, and reports whether
// there was something.
func (p *Plan) GetExtra(key string, value any) (bool, error) {
	return extra.Get(p.Extra, p.ID, key, value)
}

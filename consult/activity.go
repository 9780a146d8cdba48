package consult

import (
	"encoding/json"
	"time"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Activity (协商活动) is one consultation, from its plan to the close of its
// checklist. It is a case; its fields are changed by actions only.
type Activity struct {
	workflow.Header `json:"-"`

	Title     string   `json:"title"`
	Form      string   `json:"form"`                // of the body's rules
	Platform  string   `json:"platform,omitempty"`  // ID; "": a meeting of the conference itself
	Kind      string   `json:"kind,omitempty"`      // of the platform
	Convenor  string   `json:"convenor,omitempty"`  // 召集人: an account
	Unit      string   `json:"unit,omitempty"`      // that organises it (承办)
	Topics    []string `json:"topics,omitempty"`    // IDs
	Proposals []string `json:"proposals,omitempty"` // IDs of the proposals whose handling it serves

	On    calendar.Date `json:"on,omitzero"` // the day it is to be held; of one that was, the day it was
	Place string        `json:"place,omitempty"`

	Research  []Inquiry      `json:"research,omitempty"`
	Notices   []Notice       `json:"notices,omitempty"`
	Materials []Dispatch     `json:"materials,omitempty"`
	Postponed []Postponement `json:"postponed,omitempty"`
	Cancelled string         `json:"cancelled,omitempty"` // why

	Participants []Participant  `json:"participants,omitempty"`
	Surveys      []Survey       `json:"surveys,omitempty"`
	Held         bool           `json:"held,omitempty"`
	Backfilled   bool           `json:"backfilled,omitempty"` // entered after the fact: nobody checked notice or composition
	Account      *Account       `json:"account,omitempty"`    // of one entered after the fact: what the source tells
	Statements   []Statement    `json:"statements,omitempty"`
	Opinions     []Opinion      `json:"opinions,omitempty"`
	Responses    []Response     `json:"responses,omitempty"`
	Minutes      *Minutes       `json:"minutes,omitempty"`
	Outcomes     []Outcome      `json:"outcomes,omitempty"`
	Items        []Item         `json:"items,omitempty"` // the checklist (协商清单)
	FollowUps    []FollowUp     `json:"follow_ups,omitempty"`
	Satisfaction []Satisfaction `json:"satisfaction,omitempty"`
	Publication  *Publication   `json:"publication,omitempty"`

	Extra map[string]json.RawMessage `json:"extra,omitempty"` // what users of the library add
}

// Inquiry (调研) is a piece of research that an activity rests on.
type Inquiry struct {
	On    calendar.Date `json:"on"`
	By    string        `json:"by"`
	Place string        `json:"place,omitempty"`
	Found string        `json:"found"`
}

// Notice (通知) is a notice that the activity will be held on a day.
type Notice struct {
	Sent calendar.Date `json:"sent"`
	For  calendar.Date `json:"for"`
	By   string        `json:"by"`
}

// Dispatch is one sending of materials.
type Dispatch struct {
	Sent  calendar.Date `json:"sent"`
	By    string        `json:"by"`
	Files []string      `json:"files"`
}

// Postponement (延期) moved the activity to another day.
type Postponement struct {
	At     time.Time     `json:"at"`
	By     string        `json:"by"`
	From   calendar.Date `json:"from,omitzero"`
	To     calendar.Date `json:"to,omitzero"` // zero: until further notice
	Reason string        `json:"reason"`
}

// ActivityRelations returns the relations that definitions of activities may
// name as roles:
//
//	convenor   the convenor, or anyone who acts for the organising unit
//	invitee    a participant: towards their own invitation only
//	owner      one who owns a checklist item: towards the item if it is theirs,
//	           or their unit's
func ActivityRelations() []workflow.Relation[*Activity] {
	return []workflow.Relation[*Activity]{
		{Name: "convenor", Holds: func(a workflow.Actor, c *Activity, _ string) bool {
			return a.ID != "" && a.ID == c.Convenor || a.Unit != "" && a.Unit == c.Unit
		}},
		{Name: "invitee", Holds: func(a workflow.Actor, c *Activity, of string) bool {
			return of == a.ID && c.Participant(of) != nil
		}},
		{Name: "owner", Holds: func(a workflow.Actor, c *Activity, of string) bool {
			item := c.Item(of)
			return item != nil && item.Owner.is(a)
		}},
	}
}

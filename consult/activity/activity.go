package activity

import (
	"encoding/json"
	"slices"

	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/internal/extra"
	"github.com/tian-go/tian/consult/minutes"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/printed"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/erasure"
	"github.com/tian-go/tian/proposal/workflow"
)

// Kind is the kind of the records that hold activities.
const Kind = "consult.activity"

// Activity (协商活动) is one consultation, from its plan to the close of its
// checklist. It is a case; its fields are changed by actions only.
type Activity struct {
	workflow.Header `json:"-"`

	Title    string `json:"title"`
	Form     string `json:"form"`               // of the body's rules
	Platform string `json:"platform,omitempty"` // ID; "": a meeting of the conference itself
	Kind     string `json:"kind,omitempty"`     // of the platform
	Convenor string `json:"convenor,omitempty"` // 召集人: an account
	Unit     string `json:"unit,omitempty"`     // that organises it (承办)

	// OfPlatform says that whoever convenes the platform convenes the activity; Convenor
	// and Unit are then those of the day it was planned, and give no right.
	OfPlatform bool `json:"of_platform,omitempty"`

	Topics    []string `json:"topics,omitempty"`    // IDs
	Proposals []string `json:"proposals,omitempty"` // IDs of the proposals whose handling it serves

	On    calendar.Date `json:"on,omitzero"`     // the day it is to be held; of one that was, the day it was
	Month string        `json:"month,omitempty"` // 2026-05: the month it is planned for, before it has a day and after
	Place string        `json:"place,omitempty"`
	Mode  Mode          `json:"mode,omitempty"` // "": in a room

	Research  []Inquiry      `json:"research,omitempty"`
	Notices   []Notice       `json:"notices,omitempty"`
	Materials []Dispatch     `json:"materials,omitempty"`
	Postponed []Postponement `json:"postponed,omitempty"`
	Call      *Call          `json:"call,omitempty"`
	Waivers   []Waiver       `json:"waivers,omitempty"`
	Relocated []Relocation   `json:"relocated,omitempty"`
	Cancelled string         `json:"cancelled,omitempty"` // why

	Participants []Participant         `json:"participants,omitempty"`
	Surveys      []survey.Survey       `json:"surveys,omitempty"`
	Held         bool                  `json:"held,omitempty"`
	Backfilled   bool                  `json:"backfilled,omitempty"` // entered after the fact: nobody checked notice or composition
	Account      *printed.Account      `json:"account,omitempty"`    // of one entered after the fact: what the source tells
	Sittings     []Sitting             `json:"sittings,omitempty"`   // after the first
	Statements   []Statement           `json:"statements,omitempty"`
	Opinions     []Opinion             `json:"opinions,omitempty"`
	Responses    []Response            `json:"responses,omitempty"`
	Minutes      *minutes.Minutes      `json:"minutes,omitempty"`
	Outcomes     []outcome.Outcome     `json:"outcomes,omitempty"`
	Items        []checklist.Item      `json:"items,omitempty"` // the checklist (协商清单)
	FollowUps    []FollowUp            `json:"follow_ups,omitempty"`
	Satisfaction []survey.Satisfaction `json:"satisfaction,omitempty"`
	Publication  *Publication          `json:"publication,omitempty"`
	Corrections  []Correction          `json:"corrections,omitempty"`

	erasure.Requests

	Extra map[string]json.RawMessage `json:"extra,omitempty"` // what users of the library add
}

// Participant returns the participant of that ID, for reading, or nil.
func (a *Activity) Participant(id string) *Participant {
	i := slices.IndexFunc(a.Participants, func(p Participant) bool { return p.ID == id })
	if i < 0 {
		return nil
	}
	return &a.Participants[i]
}

// Present counts who attended, by kind.
func (a *Activity) Present() map[string]int {
	present := make(map[string]int)
	for _, p := range a.Participants {
		if p.Attended {
			present[p.Kind]++
		}
	}
	return present
}

// Opinion returns the opinion of that ID, for reading, or nil.
func (a *Activity) Opinion(id string) *Opinion {
	i := slices.IndexFunc(a.Opinions, func(o Opinion) bool { return o.ID == id })
	if i < 0 {
		return nil
	}
	return &a.Opinions[i]
}

// Answered reports whether a response was given to the statement or opinion.
func (a *Activity) Answered(id string) bool {
	return slices.ContainsFunc(a.Responses, func(r Response) bool { return slices.Contains(r.To, id) })
}

// Item returns the item of that ID, for reading, or nil.
func (a *Activity) Item(id string) *checklist.Item {
	i := slices.IndexFunc(a.Items, func(item checklist.Item) bool { return item.ID == id })
	if i < 0 {
		return nil
	}
	return &a.Items[i]
}

// ItemState returns what the state of an item means, one of [checklist.Open] and the
// others unless a definition has meanings of its own; "" when there is no item
// of that ID.
func (a *Activity) ItemState(id string) string { return a.TrackMeans(itemTrack, id) }

// Awaited reports whether the item's owner has yet to say that it is done or not
// feasible.
func (a *Activity) Awaited(id string) bool {
	return checklist.Awaited(a.ItemState(id))
}

// ConfirmedItems counts the items that have been confirmed.
func (a *Activity) ConfirmedItems() int {
	n := 0
	for _, item := range a.Items {
		if a.ItemState(item.ID) == checklist.Confirmed {
			n++
		}
	}
	return n
}

// PracticalMatters (实事) counts the practical matters whose item has been
// confirmed as done.
func (a *Activity) PracticalMatters() int {
	n := 0
	for _, item := range a.Items {
		if item.Practical && item.Continues == "" && item.Reason == "" && a.ItemState(item.ID) == checklist.Confirmed {
			n++
		}
	}
	return n
}

// SetExtra keeps a value of the caller's own under key, which should carry a
// prefix of theirs ("acme.stream"). It is for the Apply of an action.
func (a *Activity) SetExtra(key string, value any) error { return extra.Set(&a.Extra, key, value) }

// GetExtra reads what SetExtra kept under key into value, and reports whether there
// was something.
func (a *Activity) GetExtra(key string, value any) (bool, error) {
	return extra.Get(a.Extra, a.ID, key, value)
}

package checklist

import (
	"time"

	"github.com/tian-go/tian/proposal/calendar"
)

// Item (清单事项) is one line of a checklist: what is to be done, by whom, by when.
// What its state means, [Open] and the others, is kept by the case that holds
// the checklist: each item has a machine of its own there.
type Item struct {
	ID        string        `json:"id"` // i1, i2 … within the case
	What      string        `json:"what"`
	Owner     Owner         `json:"owner"`
	Due       calendar.Date `json:"due"`                 // the last day that is in time
	Practical bool          `json:"practical,omitempty"` // 实事: a practical matter done for residents
	From      []string      `json:"from,omitempty"`      // IDs of the opinions it comes from

	Begun     time.Time     `json:"begun,omitzero"`
	Progress  []Progress    `json:"progress,omitempty"`
	Finished  calendar.Date `json:"finished,omitzero"`  // done, or found not feasible
	Evidence  []string      `json:"evidence,omitempty"` // that it is done: documents, pictures, by reference
	Reason    string        `json:"reason,omitempty"`   // why it is not feasible
	Confirmed time.Time     `json:"confirmed,omitzero"`
	Reopened  []Reopening   `json:"reopened,omitempty"`
	Extended  []Deferral    `json:"extended,omitempty"`
	Owners    []Handing     `json:"owners,omitempty"` // who owned it before
}

// What the states of items mean.
const (
	Open        = "open"
	UnderWay    = "under_way"
	Done        = "done"
	NotFeasible = "not_feasible"
	Confirmed   = "confirmed"
)

// Awaited reports whether the owner of an item whose state means this has yet to
// say that it is done or not feasible.
func Awaited(meaning string) bool { return meaning == Open || meaning == UnderWay }

// Progress is one report on an item under way.
type Progress struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Text string    `json:"text"`
}

// Reopening says why an item that was said to be done was not.
type Reopening struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason"`
}

// Deferral (延长期限) moved the due date of an item to a later day.
type Deferral struct {
	At     time.Time     `json:"at"`
	By     string        `json:"by"`
	From   calendar.Date `json:"from"`
	To     calendar.Date `json:"to"`
	Reason string        `json:"reason"`
}

// Handing says that an item went from one owner to another.
type Handing struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	From   Owner     `json:"from"`
	Reason string    `json:"reason"`
}

// Late returns by how many days an item is late on a day, which is how many
// passed between its due date and the day it was finished, or that day if it
// has not been. 0 is in time.
func (i Item) Late(on calendar.Date) int {
	until := on
	if !i.Finished.IsZero() {
		until = i.Finished
	}
	return max(0, until.Sub(i.Due))
}

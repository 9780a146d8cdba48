package checklist

import (
	"time"

	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/evaluate/rates"
	"github.com/tian-go/tian/proposal/calendar"
)

// Item (清单事项) is one line of a checklist: what is to be done, by whom, by when.
// What its state means, [Open] and the others, is kept by the case that holds
// the checklist: each item has a machine of its own there.
type Item struct {
	ID        string        `json:"id"` // i1, i2 … within the case
	What      string        `json:"what"`
	Owner     Owner         `json:"owner"`               // in the lead (牵头)
	With      []Owner       `json:"with,omitempty"`      // 协办: who help
	Due       calendar.Date `json:"due"`                 // the last day that is in time
	Practical bool          `json:"practical,omitempty"` // 实事: a practical matter done for residents
	Continues string        `json:"continues,omitempty"` // a practical matter that is counted elsewhere: where
	From      []string      `json:"from,omitempty"`      // IDs of the opinions it comes from
	Steps     []Step        `json:"steps,omitempty"`
	Given     calendar.Date `json:"given,omitzero"` // when it came onto the checklist

	Begun     time.Time             `json:"begun,omitzero"`
	Progress  []Progress            `json:"progress,omitempty"`
	Finished  calendar.Date         `json:"finished,omitzero"`  // done, or found not feasible
	Evidence  []string              `json:"evidence,omitempty"` // that it is done: documents, pictures, by reference
	Reason    string                `json:"reason,omitempty"`   // why it is not feasible
	Confirmed time.Time             `json:"confirmed,omitzero"`
	Reopened  []Reopening           `json:"reopened,omitempty"`
	Extended  []Deferral            `json:"extended,omitempty"`
	Asked     []TimeRequest         `json:"asked,omitempty"`
	Missed    calendar.Date         `json:"missed,omitzero"` // the first due date that had passed when more time was given
	Revisits  []Revisit             `json:"revisits,omitempty"`
	Polls     []survey.Satisfaction `json:"polls,omitempty"`  // of residents, about what was done
	Owners    []Handing             `json:"owners,omitempty"` // who owned it before
	Did       []string              `json:"did,omitempty"`    // the accounts that began it, reported on it or said what became of it
	Past      []Standing            `json:"past,omitempty"`   // how it stood before each day on which it changed
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

// Satisfied is the share of the residents polled about the item, by the end of a day,
// that were satisfied with it.
func (i Item) Satisfied(on calendar.Date) rates.Rate {
	sum := survey.Satisfaction{}.Rate()
	for _, poll := range i.Polls {
		if !poll.On.After(on) {
			rate := poll.Rate()
			sum.Count, sum.Base = sum.Count+rate.Count, sum.Base+rate.Base
		}
	}
	return sum
}

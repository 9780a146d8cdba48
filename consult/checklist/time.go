package checklist

import (
	"time"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// TimeRequest (申请延期) is more time that the owner of an item asks for, until
// somebody else answers.
type TimeRequest struct {
	At       time.Time     `json:"at"`
	By       string        `json:"by"`
	To       calendar.Date `json:"to"`
	Reason   string        `json:"reason"`
	Answered time.Time     `json:"answered,omitzero"`
	Decider  string        `json:"decider,omitempty"`
	Granted  bool          `json:"granted,omitempty"`
	Answer   string        `json:"answer,omitempty"`
}

// Ask asks for more time. Only one request is open at a time.
func (i *Item) Ask(at time.Time, by string, to calendar.Date, reason string) error {
	if err := check.Said("reason", reason); err != nil {
		return err
	}
	if !to.After(i.Due) {
		return workflow.Invalid("to", "not_later", "%s不晚于%s", "%s is not after %s", to, i.Due)
	}
	if r := i.Open(); r != nil {
		return workflow.Invalid("to", "asked", "延期至%s的申请尚未审批", "the request for %s has not been answered", r.To)
	}
	if err := check.Len("asked", len(i.Asked), 1); err != nil {
		return err
	}
	i.Asked = append(i.Asked, TimeRequest{At: at, By: by, To: to, Reason: reason})
	return nil
}

// Open returns the request that has not been answered, or nil.
func (i *Item) Open() *TimeRequest {
	if n := len(i.Asked); n > 0 && i.Asked[n-1].Answered.IsZero() {
		return &i.Asked[n-1]
	}
	return nil
}

// Answer grants the open request, which moves the due date, or refuses it. today is
// the day of the answer.
func (i *Item) Answer(at time.Time, today calendar.Date, by string, granted bool, answer string) error {
	r := i.Open()
	if r == nil {
		return workflow.Invalid("item", "not_asked", "没有待审批的延期申请", "no request waits for an answer")
	}
	if r.By == by {
		return workflow.Invalid("item", "own_request", "不能审批本人的申请", "nobody answers their own request")
	}
	if err := check.Said("answer", answer); err != nil {
		return err
	}
	r.Answered, r.Decider, r.Granted, r.Answer = at, by, granted, answer
	if !granted {
		return nil
	}
	return i.Extend(at, today, by, r.To, r.Reason)
}

// Extend moves the due date to a later day. One that is granted after the due day
// gives a new day to work to and does not undo that it was missed: see [Item.Late].
func (i *Item) Extend(at time.Time, today calendar.Date, by string, to calendar.Date, reason string) error {
	if err := check.Said("reason", reason); err != nil {
		return err
	}
	if !to.After(i.Due) {
		return workflow.Invalid("to", "not_later", "%s不晚于%s", "%s is not after %s", to, i.Due)
	}
	if today.After(i.Due) && i.Missed.IsZero() {
		i.Missed = i.Due
	}
	i.Extended = append(i.Extended, Deferral{At: at, By: by, From: i.Due, To: to, Reason: reason})
	i.Due = to
	return nil
}

// Late returns by how many days an item is late on a day: how many passed between the
// first due date that was missed, or its due date, and the day it was finished, or
// that day if it has not been. 0 is in time.
func (i Item) Late(on calendar.Date) int {
	due := i.Due
	if !i.Missed.IsZero() {
		due = i.Missed
	}
	until := on
	if !i.Finished.IsZero() {
		until = i.Finished
	}
	return max(0, until.Sub(due))
}

// Card (亮牌) is the warning that an item which is still to be done has on a day.
type Card string

// The cards.
const (
	NoCard Card = ""
	Yellow Card = "yellow" // 黄牌: its day has passed
	Red    Card = "red"    // 红牌: it has passed again, after the item was given more time or returned
)

// Card returns the warning of an item whose state means state: none while the day
// to which it is worked has not passed, or once it is done.
func (i Item) Card(on calendar.Date, state string) Card {
	if !Awaited(state) || !on.After(i.Due) {
		return NoCard
	}
	if !i.Missed.IsZero() || len(i.Extended)+len(i.Reopened) > 0 {
		return Red
	}
	return Yellow
}

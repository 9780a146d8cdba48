package activity

import (
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// AskItemTime (申请延期) asks for more time for an item: its owner asks, another
// answers.
type AskItemTime struct {
	Item   string        `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	To     calendar.Date `json:"to" zh:"延长至" en:"to" field:"required"`
	Reason string        `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "ask_item_time".
func (AskItemTime) Event() string { return "ask_item_time" }

// Instance is the item.
func (k AskItemTime) Instance(workflow.Actor) string { return k.Item }

// Apply keeps the request.
func (k AskItemTime) Apply(act *rules.Act, a *Activity) error {
	return a.onItem(act, k.Item, func(item *checklist.Item) error { return item.Ask(act.At, act.Actor.ID, k.To, k.Reason) })
}

// AnswerItemTime (审批延期) grants or refuses the time that was asked for.
type AnswerItemTime struct {
	Item    string `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	Granted bool   `json:"granted" zh:"是否同意" en:"granted"`
	Answer  string `json:"answer" zh:"审批意见" en:"answer" field:"text,required"`
}

// Event is "answer_item_time".
func (AnswerItemTime) Event() string { return "answer_item_time" }

// Instance is the item.
func (n AnswerItemTime) Instance(workflow.Actor) string { return n.Item }

// Apply moves the due date when the time is granted.
func (n AnswerItemTime) Apply(act *rules.Act, a *Activity) error {
	return a.putOff(act, n.Item, func(item *checklist.Item) error {
		return item.Answer(act.At, act.Today(), act.Actor.ID, n.Granted, n.Answer)
	})
}

// ExtendItem gives an item more time.
type ExtendItem struct {
	Item   string        `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	To     calendar.Date `json:"to" zh:"延长至" en:"to" field:"required"`
	Reason string        `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "extend_item".
func (ExtendItem) Event() string { return "extend_item" }

// Instance is the item.
func (e ExtendItem) Instance(workflow.Actor) string { return e.Item }

// Apply moves the due date.
func (e ExtendItem) Apply(act *rules.Act, a *Activity) error {
	return a.putOff(act, e.Item, func(item *checklist.Item) error {
		return item.Extend(act.At, act.Today(), act.Actor.ID, e.To, e.Reason)
	})
}

// putOff is onItem for what moves the due date of the item, and the clock with it.
func (a *Activity) putOff(act *rules.Act, id string, change func(*checklist.Item) error) error {
	return a.onItem(act, id, func(item *checklist.Item) error {
		if err := change(item); err != nil {
			return err
		}
		act.SetDate(lifecycle.Instance(itemDue, item.ID), item.Due)
		return nil
	})
}

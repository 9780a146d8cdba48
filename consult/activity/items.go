package activity

import (
	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/workflow"
)

// BeginItem says that an item is under way.
type BeginItem struct {
	Item string `json:"item" zh:"清单事项" en:"item" field:"id,required"`
}

// Event is "begin_item".
func (BeginItem) Event() string { return "begin_item" }

// Instance is the item.
func (b BeginItem) Instance(workflow.Actor) string { return b.Item }

// Apply dates it.
func (b BeginItem) Apply(act *rules.Act, a *Activity) error {
	return a.workOn(act, b.Item, func(item *checklist.Item) error {
		item.Begin(act.At)
		return nil
	})
}

// ReportItem says how an item under way stands.
type ReportItem struct {
	Item string `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	Text string `json:"text" zh:"进展" en:"progress" field:"text,required"`
}

// Event is "report_item".
func (ReportItem) Event() string { return "report_item" }

// Instance is the item.
func (r ReportItem) Instance(workflow.Actor) string { return r.Item }

// Apply adds it.
func (r ReportItem) Apply(act *rules.Act, a *Activity) error {
	return a.workOn(act, r.Item, func(item *checklist.Item) error { return item.Report(act.At, act.Actor.ID, r.Text) })
}

// FinishStep (完成子项) says that a step of an item is done.
type FinishStep struct {
	Item string `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	Step string `json:"step" zh:"子项" en:"step" field:"id,required"`
}

// Event is "finish_step".
func (FinishStep) Event() string { return "finish_step" }

// Instance is the item.
func (f FinishStep) Instance(workflow.Actor) string { return f.Item }

// Apply dates it.
func (f FinishStep) Apply(act *rules.Act, a *Activity) error {
	return a.workOn(act, f.Item, func(item *checklist.Item) error { return item.FinishStep(f.Step, act.Actor.ID, act.Today()) })
}

// FinishItem says that an item is done today, with the evidence. What was done
// earlier is entered with [workflow.Happened].
type FinishItem struct {
	Item     string   `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	Evidence []string `json:"evidence" zh:"办结佐证" en:"evidence" field:"text,required"`
}

// Event is "finish_item".
func (FinishItem) Event() string { return "finish_item" }

// Instance is the item.
func (f FinishItem) Instance(workflow.Actor) string { return f.Item }

// Apply keeps the evidence.
func (f FinishItem) Apply(act *rules.Act, a *Activity) error {
	return a.workOn(act, f.Item, func(item *checklist.Item) error { return item.Finish(act.Today(), f.Evidence) })
}

// GiveUpItem says that an item is not feasible, and why.
type GiveUpItem struct {
	Item   string `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "give_up_item".
func (GiveUpItem) Event() string { return "give_up_item" }

// Instance is the item.
func (g GiveUpItem) Instance(workflow.Actor) string { return g.Item }

// Apply keeps the reason.
func (g GiveUpItem) Apply(act *rules.Act, a *Activity) error {
	return a.workOn(act, g.Item, func(item *checklist.Item) error { return item.GiveUp(act.Today(), g.Reason) })
}

// ConfirmItem agrees that an item is done, or not feasible. Its owner cannot.
type ConfirmItem struct {
	Item string `json:"item" zh:"清单事项" en:"item" field:"id,required"`
}

// Event is "confirm_item".
func (ConfirmItem) Event() string { return "confirm_item" }

// Instance is the item.
func (c ConfirmItem) Instance(workflow.Actor) string { return c.Item }

// Apply dates it.
func (c ConfirmItem) Apply(act *rules.Act, a *Activity) error {
	return a.onItem(act, c.Item, func(item *checklist.Item) error {
		item.Confirm(act.At)
		return nil
	})
}

// ReturnItem has an item that was said to be done or not feasible, or confirmed,
// worked on again. Its due date stands until it is extended.
type ReturnItem struct {
	Item   string `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	Reason string `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "return_item".
func (ReturnItem) Event() string { return "return_item" }

// Instance is the item.
func (r ReturnItem) Instance(workflow.Actor) string { return r.Item }

// Apply keeps the reason.
func (r ReturnItem) Apply(act *rules.Act, a *Activity) error {
	return a.onItem(act, r.Item, func(item *checklist.Item) error { return item.Return(act.At, act.Actor.ID, r.Reason) })
}

// HandItem gives an item to another owner.
type HandItem struct {
	Item   string          `json:"item" zh:"清单事项" en:"item" field:"id,required"`
	To     checklist.Owner `json:"to" zh:"新的责任人" en:"new owner" field:"required"`
	Reason string          `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "hand_item".
func (HandItem) Event() string { return "hand_item" }

// Instance is the item.
func (h HandItem) Instance(workflow.Actor) string { return h.Item }

// Apply changes the owner.
func (h HandItem) Apply(act *rules.Act, a *Activity) error {
	return a.onItem(act, h.Item, func(item *checklist.Item) error { return item.Hand(act.At, act.Actor.ID, h.To, h.Reason) })
}

// onItem changes the item of that ID, or says that there is none: a definition of a
// place's own may let an action in where there is no item.
//
// How the item stands is noted first, for it is about to change.
func (a *Activity) onItem(act *rules.Act, id string, change func(*checklist.Item) error) error {
	item := a.Item(id)
	if item == nil {
		return workflow.Invalid("item", "unknown", "没有清单事项%q", "there is no item %q", id)
	}
	item.Keep(a.ItemState(id), act.Today())
	return change(item)
}

// workOn is onItem for one who works on the item, which is noted: they do not decide
// on it.
func (a *Activity) workOn(act *rules.Act, id string, change func(*checklist.Item) error) error {
	return a.onItem(act, id, func(item *checklist.Item) error {
		item.DoneBy(act.Actor.ID)
		return change(item)
	})
}

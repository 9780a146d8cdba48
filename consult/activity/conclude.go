package activity

import (
	"fmt"

	"github.com/tian-go/tian/consult/checklist"
	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/outcome"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/lifecycle"
	"github.com/tian-go/tian/proposal/workflow"
)

// Conclude ends the consultation itself (形成成果): with outcomes, and with the
// items of the checklist, each with its owner and due date.
type Conclude struct {
	Outcomes []outcome.Outcome `json:"outcomes,omitempty" zh:"成果" en:"outcomes"` // their IDs are given here
	Items    []checklist.Task  `json:"items,omitempty" zh:"清单事项" en:"items"`
}

// Event is "conclude".
func (Conclude) Event() string { return "conclude" }

// Apply adds outcomes and items.
func (c Conclude) Apply(act *rules.Act, a *Activity) error {
	if err := a.produce(act, "outcomes", c.Outcomes); err != nil {
		return err
	}
	return a.give(act, "items", c.Items)
}

// AddItems adds items to the checklist of an activity that has been concluded.
type AddItems struct {
	Items []checklist.Task `json:"items" zh:"清单事项" en:"items" field:"required"`
}

// Event is "add_items".
func (AddItems) Event() string { return "add_items" }

// Apply adds them.
func (t AddItems) Apply(act *rules.Act, a *Activity) error {
	if len(t.Items) == 0 {
		return workflow.Invalid("items", "empty", "没有清单事项", "there is no item")
	}
	return a.give(act, "items", t.Items)
}

// give adds items to the checklist and begins them.
func (a *Activity) give(act *rules.Act, field string, tasks []checklist.Task) error {
	if err := check.Len(field, len(a.Items), len(tasks)); err != nil {
		return err
	}
	for i, t := range tasks {
		where := check.At(field, i)
		if err := t.Check(where, a.On); err != nil {
			return err
		}
		for j, from := range t.From {
			if a.Opinion(from) == nil {
				return workflow.Invalid(check.At(where+".from", j), "unknown", "没有意见%q", "there is no opinion %q", from)
			}
		}
		item := t.Item(fmt.Sprintf("i%d", len(a.Items)+1))
		item.Given = act.Today()
		a.Items = append(a.Items, item)
		act.SetDate(lifecycle.Instance(itemDue, item.ID), item.Due)
		act.Begin(itemTrack, item.ID)
	}
	return nil
}

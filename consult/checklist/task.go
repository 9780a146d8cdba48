package checklist

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Task is an item as it is given: what, by whom, by when.
type Task struct {
	What      string        `json:"what" zh:"事项" en:"what" field:"required,max=200"`
	Owner     Owner         `json:"owner" zh:"责任单位、责任人" en:"owner" field:"required"`
	Due       calendar.Date `json:"due" zh:"办理期限" en:"due date" field:"required"`
	Practical bool          `json:"practical,omitempty" zh:"实事" en:"practical matter"`
	With      []Owner       `json:"with,omitempty" zh:"协办单位、责任人" en:"helped by"`
	Steps     []Step        `json:"steps,omitempty" zh:"子项" en:"steps"`
	Continues string        `json:"continues,omitempty" zh:"已在他处计数的实事" en:"counted elsewhere, at" field:"max=200"` // "" counts here
	From      []string      `json:"from,omitempty" zh:"来自意见" en:"from opinions" field:"id"`                        // IDs of opinions
}

// Check refuses a task that does not say what, by whom and by when, or that is
// due before the day on which it is given.
func (t Task) Check(field string, given calendar.Date) error {
	if err := check.Name(field+".what", t.What); err != nil {
		return err
	}
	if err := t.Owner.Check(field + ".owner"); err != nil {
		return err
	}
	if t.Due.IsZero() {
		return workflow.Invalid(field+".due", "empty", "清单事项须有期限", "an item has a due date")
	}
	if t.Due.Before(given) {
		return workflow.Invalid(field+".due", "too_early", "%s早于活动日期%s", "%s is before the activity, %s", t.Due, given)
	}
	for i, o := range t.With {
		at := check.At(field+".with", i)
		if err := o.Check(at); err != nil {
			return err
		}
		if o.Key() == t.Owner.Key() || slices.ContainsFunc(t.With[:i], func(p Owner) bool { return p.Key() == o.Key() }) {
			return workflow.Invalid(at, "duplicate", "%q重复", "%q is there twice", o.Key())
		}
	}
	if err := check.Line(field+".continues", t.Continues); err != nil {
		return err
	}
	return checkSteps(field+".steps", t.Steps, t.Due)
}

// Item returns the task as the item of that ID.
func (t Task) Item(id string) Item {
	return Item{ID: id, What: t.What, Owner: t.Owner, Due: t.Due, Practical: t.Practical,
		With: slices.Clone(t.With), Steps: numbered(t.Steps), Continues: t.Continues, From: slices.Clone(t.From)}
}

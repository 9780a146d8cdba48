package checklist

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/consult/survey"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Step (子项) is a part of an item that is done by itself. The item is done when all
// of them are.
type Step struct {
	ID    string        `json:"id,omitempty" field:"-"` // k1, k2 … within the item
	What  string        `json:"what" zh:"子项" en:"what" field:"required,max=200"`
	Owner string        `json:"owner,omitempty" zh:"负责人" en:"in charge"`
	Due   calendar.Date `json:"due,omitzero" zh:"期限" en:"due date"`
	Done  calendar.Date `json:"done,omitzero" field:"-"`
	By    string        `json:"by,omitempty" field:"-"` // who said so
}

// checkSteps refuses steps that are due after the item.
func checkSteps(field string, steps []Step, due calendar.Date) error {
	if err := check.Len(field, 0, len(steps)); err != nil {
		return err
	}
	for i, s := range steps {
		at := check.At(field, i)
		if err := check.Name(at+".what", s.What); err != nil {
			return err
		}
		if err := check.Line(at+".owner", s.Owner); err != nil {
			return err
		}
		if s.Due.After(due) {
			return workflow.Invalid(at+".due", "too_late", "子项期限%s晚于事项期限%s", "%s is after the item, which is due by %s", s.Due, due)
		}
		if s.ID != "" || !s.Done.IsZero() {
			return workflow.Invalid(at+".id", "given", "子项的编号和完成日期由系统给定", "the ID of a step and the day on which it is done are given here")
		}
	}
	return nil
}

func numbered(steps []Step) []Step {
	steps = slices.Clone(steps)
	for i := range steps {
		steps[i].ID = fmt.Sprintf("k%d", i+1)
	}
	return steps
}

// FinishStep says that a step is done.
func (i *Item) FinishStep(id, by string, on calendar.Date) error {
	n := slices.IndexFunc(i.Steps, func(s Step) bool { return s.ID == id })
	if n < 0 {
		return workflow.Invalid("step", "unknown", "没有子项%q", "there is no step %q", id)
	}
	if !i.Steps[n].Done.IsZero() {
		return workflow.Invalid("step", "done", "子项%q已完成", "the step %q is done", id)
	}
	i.Steps[n].Done, i.Steps[n].By = on, by
	return nil
}

// stepsDone refuses to call an item done while a step is not.
func (i *Item) stepsDone() error {
	var open []string
	for _, s := range i.Steps {
		if s.Done.IsZero() {
			open = append(open, s.ID)
		}
	}
	if len(open) == 0 {
		return nil
	}
	return workflow.Invalid("item", "steps_open", "子项%[1]s尚未完成", "the steps %[1]s are not done", strings.Join(open, ", "))
}

// Revisit (回访) is a look at an item after it was done: whether it has lasted.
type Revisit struct {
	On    calendar.Date `json:"on"`
	By    string        `json:"by"`
	Found string        `json:"found"`
	Lasts bool          `json:"lasts"` // what was done is still so
}

// Revisited keeps what a revisit found.
func (i *Item) Revisited(r Revisit) error {
	if err := check.Said("found", r.Found); err != nil {
		return err
	}
	if err := check.Len("revisits", len(i.Revisits), 1); err != nil {
		return err
	}
	i.Revisits = append(i.Revisits, r)
	return nil
}

// Polled keeps a poll of residents about the item, on the scale on which they were
// asked.
func (i *Item) Polled(poll survey.Satisfaction, on calendar.Date, scale []rules.Mark) error {
	kept, err := poll.Taken(on, scale, i.Polls)
	if err != nil {
		return err
	}
	if err := check.Len("polls", len(i.Polls), 1); err != nil {
		return err
	}
	i.Polls = append(i.Polls, kept)
	return nil
}

package activity

import (
	"slices"

	"github.com/tian-go/tian/consult/internal/check"
	"github.com/tian-go/tian/consult/rules"
	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// FollowUp (跟踪问效) is one look at what became of the outcomes.
type FollowUp struct {
	Kind  string        `json:"kind"` // of the body's rules
	On    calendar.Date `json:"on"`
	By    string        `json:"by"`
	Items []string      `json:"items,omitempty"` // IDs; none: all of it
	Found string        `json:"found"`
}

// Follow records a follow-up; of a closed activity it is a revisit (回访).
type Follow struct {
	Kind  string        `json:"kind" zh:"方式" en:"kind" field:"required,from=follow_ups"`
	On    calendar.Date `json:"on,omitzero" zh:"日期" en:"date"` // zero: today
	Items []string      `json:"items,omitempty" zh:"清单事项" en:"items" field:"id"`
	Found string        `json:"found" zh:"情况" en:"findings" field:"text,required"`
}

// Event is "follow_up".
func (Follow) Event() string { return "follow_up" }

// Apply adds it.
func (f Follow) Apply(act *rules.Act, a *Activity) error {
	on, err := check.Past(act.Today(), f.On)
	if err != nil {
		return err
	}
	if err := act.Rules.FollowUps.Use("kind", f.Kind); err != nil {
		return err
	}
	for i, id := range f.Items {
		if a.Item(id) == nil {
			return workflow.Invalid(check.At("items", i), "unknown", "没有清单事项%q", "there is no item %q", id)
		}
	}
	if err := check.Said("found", f.Found); err != nil {
		return err
	}
	if err := check.Len("follow_ups", len(a.FollowUps), 1); err != nil {
		return err
	}
	a.FollowUps = append(a.FollowUps, FollowUp{Kind: f.Kind, On: on, By: act.Actor.ID, Items: slices.Clone(f.Items), Found: f.Found})
	return nil
}

// Close ends the case (办结): every item has been confirmed.
type Close struct{}

// Event is "close".
func (Close) Event() string { return "close" }

// Apply changes nothing but the state.
func (Close) Apply(*rules.Act, *Activity) error { return nil }

// Reopen opens a closed activity again, because items that were confirmed turned
// out not to be done.
type Reopen struct {
	Items  []string `json:"items" zh:"清单事项" en:"items" field:"id,required"`
	Reason string   `json:"reason" zh:"理由" en:"reason" field:"text,required"`
}

// Event is "reopen".
func (Reopen) Event() string { return "reopen" }

// Apply has the items worked on again.
func (r Reopen) Apply(act *rules.Act, a *Activity) error {
	if len(r.Items) == 0 {
		return workflow.Invalid("items", "empty", "没有指明清单事项", "no item is named")
	}
	for i, id := range r.Items {
		item := a.Item(id)
		if item == nil {
			return workflow.Invalid(check.At("items", i), "unknown", "没有清单事项%q", "there is no item %q", id)
		}
		if slices.Contains(r.Items[:i], id) {
			return workflow.Invalid(check.At("items", i), "duplicate", "%q重复", "%q is there twice", id)
		}
		item.Keep(a.ItemState(id), act.Today())
		if err := item.Return(act.At, act.Actor.ID, r.Reason); err != nil {
			return err
		}
		act.Then("return_item", id)
	}
	return nil
}

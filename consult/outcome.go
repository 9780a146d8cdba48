package consult

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tian-go/tian/proposal/calendar"
	"github.com/tian-go/tian/proposal/workflow"
)

// Outcome (协商成果) is one product of the activity. The checklist itself is in
// Activity.Items.
type Outcome struct {
	ID     string        `json:"id"`   // c1, c2 … within the activity
	Kind   string        `json:"kind"` // of the body's rules
	Title  string        `json:"title"`
	Text   string        `json:"text,omitempty"`
	Lead   string        `json:"lead,omitempty"`   // 领办人: the named official who takes it on
	To     []string      `json:"to,omitempty"`     // whom it goes to
	Number string        `json:"number,omitempty"` // of the document
	On     calendar.Date `json:"on,omitzero"`
}

// Conclude ends the consultation itself (形成成果): with outcomes, and with the
// items of the checklist, each with its owner and due date.
type Conclude struct {
	Outcomes []Outcome `json:"outcomes,omitempty"` // their IDs are given here
	Items    []Task    `json:"items,omitempty"`
}

// Event is "conclude".
func (Conclude) Event() string { return "conclude" }

// Apply adds outcomes and items.
func (c Conclude) Apply(act *Act, a *Activity) error {
	if err := a.produce(act, "outcomes", c.Outcomes); err != nil {
		return err
	}
	return a.give(act, "items", c.Items)
}

// Issue adds an outcome after the conclusion: a report, a note.
type Issue struct {
	Outcome
}

// Event is "issue".
func (Issue) Event() string { return "issue" }

// Apply adds it.
func (i Issue) Apply(act *Act, a *Activity) error {
	return a.produce(act, "outcome", []Outcome{i.Outcome})
}

func (a *Activity) produce(act *Act, field string, outcomes []Outcome) error {
	if err := checkLen(field, len(a.Outcomes), len(outcomes)); err != nil {
		return err
	}
	for i, o := range outcomes {
		where := at(field, i)
		kind, ok := act.Rules.Outcome(o.Kind)
		if err := usable(where+".kind", o.Kind, ok, kind.Retired); err != nil {
			return err
		}
		if o.ID != "" {
			return workflow.Invalid(where+".id", "given", "成果的编号由系统给定", "the ID of an outcome is given here")
		}
		if err := checkName(where+".title", o.Title); err != nil {
			return err
		}
		if err := checkText(where+".text", o.Text); err != nil {
			return err
		}
		if kind.Led && strings.TrimSpace(o.Lead) == "" {
			return workflow.Invalid(where+".lead", "empty", "%s须有领办人", "a %s has a named lead", kind.Label.In("en", o.Kind))
		}
		if o.On.IsZero() {
			o.On = act.Today()
		}
		o.ID, o.To = fmt.Sprintf("c%d", len(a.Outcomes)+1), slices.Clone(o.To)
		a.Outcomes = append(a.Outcomes, o)
	}
	return nil
}

// FollowUp (跟踪问效) is one look at what became of the outcomes.
type FollowUp struct {
	Kind  string        `json:"kind"` // of the body's rules
	On    calendar.Date `json:"on"`
	By    string        `json:"by"`
	Items []string      `json:"items,omitempty"` // IDs; none: all of it
	Found string        `json:"found"`
}

// Follow records a follow-up.
type Follow struct {
	Kind  string        `json:"kind"`
	On    calendar.Date `json:"on,omitzero"` // zero: today
	Items []string      `json:"items,omitempty"`
	Found string        `json:"found"`
}

// Event is "follow_up".
func (Follow) Event() string { return "follow_up" }

// Apply adds it.
func (f Follow) Apply(act *Act, a *Activity) error {
	on, err := past(act, f.On)
	if err != nil {
		return err
	}
	if err := act.Rules.FollowUps.use("kind", f.Kind); err != nil {
		return err
	}
	for i, id := range f.Items {
		if a.Item(id) == nil {
			return workflow.Invalid(at("items", i), "unknown", "没有清单事项%q", "there is no item %q", id)
		}
	}
	if err := checkSaid("found", f.Found); err != nil {
		return err
	}
	if err := checkLen("follow_ups", len(a.FollowUps), 1); err != nil {
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
func (Close) Apply(*Act, *Activity) error { return nil }

// Reopen opens a closed activity again, because items that were confirmed turned
// out not to be done.
type Reopen struct {
	Items  []string `json:"items"`
	Reason string   `json:"reason"`
}

// Event is "reopen".
func (Reopen) Event() string { return "reopen" }

// Apply has the items worked on again.
func (r Reopen) Apply(act *Act, a *Activity) error {
	if len(r.Items) == 0 {
		return workflow.Invalid("items", "empty", "没有指明清单事项", "no item is named")
	}
	for i, id := range r.Items {
		if a.Item(id) == nil {
			return workflow.Invalid(at("items", i), "unknown", "没有清单事项%q", "there is no item %q", id)
		}
		if slices.Contains(r.Items[:i], id) {
			return workflow.Invalid(at("items", i), "duplicate", "%q重复", "%q is there twice", id)
		}
		if err := a.takeBack(act, id, r.Reason); err != nil {
			return err
		}
		act.Then("return_item", id)
	}
	return nil
}

// Backfill enters an activity that was held before it was planned here, on paper
// or long ago (补录). Nobody checked its notice or who sat there, and it stays
// marked as such; from then on it goes the same way as any other.
type Backfill struct {
	On       calendar.Date `json:"on,omitzero"` // the day it was held; zero: not known
	Joined   []Participant `json:"joined,omitempty"`
	Account  Account       `json:"account,omitzero"`
	Outcomes []Outcome     `json:"outcomes,omitempty"`
}

// Event is "backfill".
func (Backfill) Event() string { return "backfill" }

// Apply fills it in.
func (b Backfill) Apply(act *Act, a *Activity) error {
	if b.On.After(act.Today()) {
		return workflow.Invalid("on", "future", "%s晚于今天", "%s is after today", b.On)
	}
	if err := b.Account.check("account"); err != nil {
		return err
	}
	a.setDay(act, b.On)
	a.Held, a.Backfilled, a.Account = true, true, b.Account.clone()
	if err := a.join(act, "joined", b.Joined, true); err != nil {
		return err
	}
	return a.produce(act, "outcomes", b.Outcomes)
}

// confirmedItems counts the items that have been confirmed.
func (a *Activity) confirmedItems() int {
	n := 0
	for _, item := range a.Items {
		if a.ItemState(item.ID) == ItemConfirmed {
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
		if item.Practical && item.Reason == "" && a.ItemState(item.ID) == ItemConfirmed {
			n++
		}
	}
	return n
}
